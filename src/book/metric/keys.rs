//! Keys of a metric and of its tiers.

use super::MonthHours;
use crate::number::{Interval, Money, MoneyRange, Rate};
use crate::table::{CurrencyList, TableList, WholeNumber, choices, keys};

choices! {
    pub(in crate::book) enum PricePeriodKind {
        Year = "year",
        Hour = "hour",
        Once = "once",
    }
}

choices! {
    pub(in crate::book) enum TierModeKind {
        Volume = "volume",
        Graduated = "graduated",
        Package = "package",
    }
}

keys! {
    pub(in crate::book) METRIC: MetricKeys = "a metric", "A unit of sale with its price list.";

    required title: String = "The title that readers see, such as CPU socket.";
    required unit: String = "The unit in the singular: socket.";
    required units: String = "The unit in the plural: sockets.";
    required per: PricePeriodKind =
        "The period of a price: a year, an hour, or once for a perpetual license.";
    optional hours_per_month: WholeNumber<1, 744> = "Hours per month, for prices per hour.";
    optional usage_hours: MonthHours =
        "The hours by which a month of usage is billed: `hours_per_month` in every month, or the \
         actual hours of the calendar. Without it, dealdesk usage needs --hours.";
    optional maintenance: Rate =
        "per = \"once\": the yearly maintenance, as a share of the net price.";
    optional months: WholeNumber<1, 360> =
        "per = \"once\": the number of months that the purchase lasts. Default: perpetual.";
    required mode: TierModeKind =
        "volume: the whole quantity takes the price of its range. graduated: each unit takes the \
         price of its own range. package: started packages count.";
    optional places: WholeNumber<0, 6> =
        "Decimal places of the net price. Default: those of the currency.";
    optional size: WholeNumber<1, 1_000_000> = "Units per package.";
    optional included: WholeNumber<0, 1_000_000_000> = "Units that are free before packages count.";
    optional fractional: bool = "Whether parts of a unit can be sold, to 3 decimal places.";
    optional fee: Money = "A fixed amount per line and year, in addition to the price of its \
                           units.";
    optional minimum: Money = "The least that a line costs per year at list, before discounts.";
    optional billing: String = "Its billing schedule, one of [billing.ways]; a deal cannot change \
                                it.";
    optional currencies: CurrencyList =
        "The currencies in which it is sold, such as [\"USD\"]. Default: all currencies of the \
         book.";
    optional instead_of: String =
        "per = \"once\" or \"hour\": the yearly metric that quotes compare it with, unit for unit.";
    optional approval: String = "The level that every quote of it needs.";
    optional approval_assumed: bool =
        "The playbook does not give this approval; quotes say so.";
    optional review: String = "The review that every quote of it needs.";
    required tiers: TableList<TierKeys> =
        "The price list: ranges of quantity that follow one another without a gap.";
}

keys! {
    pub(in crate::book) TIER: TierKeys = "a tier", "One range of a price list.";

    required quantity: Interval = "The range: \"3-49\", \"500+\".";
    optional price: Money = "The price of a unit (or a package); may be left out beside `flat`.";
    optional flat: Money = "A fixed amount for the range, in addition to the price of its units.";
    optional fee: MoneyRange =
        "per = \"once\": the fee of the whole line, in place of a price. If it is a range, the \
         deal states the fee.";
    optional edition: String = "The edition of the range.";
    optional max_hosts: WholeNumber<1, 1_000_000> =
        "The number of hosts up to which a deal may name the edition for any quantity.";
    optional assumed: bool = "The figure is not from the playbook; quotes say so.";
}
