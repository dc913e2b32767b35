//! Keys of a metric and of its tiers.

use super::MonthHours;
use crate::number::{Interval, Money, MoneyRange, Rate};
use crate::table::{CurrencyList, TableList, WholeNumber, choices, keys};

choices! {
    /// Word for what a price pays for.
    pub(in crate::book) enum PricePeriodKind {
        Year = "year",
        Hour = "hour",
        Once = "once",
    }
}

choices! {
    /// Word for how tiers turn a quantity into money.
    pub(in crate::book) enum TierModeKind {
        Volume = "volume",
        Graduated = "graduated",
        Package = "package",
    }
}

keys! {
    /// Keys of a metric.
    pub(in crate::book) METRIC: MetricKeys = "a metric", "A unit of sale with its price list.";

    required title: String = "The words that people read, such as CPU socket.";
    required unit: String = "One of it: socket.";
    required units: String = "Several of it: sockets.";
    required per: PricePeriodKind =
        "What a price pays for: one unit for a year, for an hour, or for good.";
    optional hours_per_month: WholeNumber<1, 744> = "Hours to a month, for prices per hour.";
    optional usage_hours: MonthHours =
        "The hours that a month of use is billed by: those of `hours_per_month` in every month, or the real ones of the calendar. Without it, dealdesk usage has to be told.";
    optional maintenance: Rate =
        "per = \"once\": what maintenance costs in a year, as a share of the net price.";
    optional months: WholeNumber<1, 360> =
        "per = \"once\": how many months what is bought lasts; for good, if it is left out.";
    required mode: TierModeKind =
        "volume: the whole quantity takes the price of its range. graduated: each unit takes that of its own range. package: started packages count.";
    optional places: WholeNumber<0, 6> =
        "Decimal places of the net price; those of the currency, if it is left out.";
    optional size: WholeNumber<1, 1_000_000> = "Units to a package.";
    optional included: WholeNumber<0, 1_000_000_000> = "Units that are free before packages count.";
    optional fractional: bool = "Whether parts of a unit can be sold, to 3 decimal places.";
    optional fee: Money = "Charged for each line and year beside its units.";
    optional minimum: Money = "The least that a line costs in a year at list, before discounts.";
    optional billing: String = "How it is invoiced, whatever a deal says: one of [billing.ways].";
    optional currencies: CurrencyList =
        "The currencies in which it is sold, such as [\"USD\"]; all of the book's, if it is left out.";
    optional instead_of: String =
        "per = \"once\" or \"hour\": the metric by the year that quotes compare it with, unit for unit.";
    optional approval: String = "The level that every quote of it needs.";
    optional approval_assumed: bool =
        "The playbook does not say that it needs approval; quotes say so.";
    optional review: String = "The review that every quote of it needs.";
    required tiers: TableList<TierKeys> =
        "The price list: ranges of quantity that follow one another without a gap.";
}

keys! {
    /// Keys of a tier.
    pub(in crate::book) TIER: TierKeys = "a tier", "One range of a price list.";

    required quantity: Interval = "The range: \"3-49\", \"500+\".";
    optional price: Money = "The price of a unit (or a package); nothing if there is a flat price.";
    optional flat: Money = "Charged once for the range, beside the price of its units.";
    optional fee: MoneyRange =
        "per = \"once\": what the whole line costs, in place of a price. A deal names it inside a range.";
    optional edition: String = "The edition that the range buys.";
    optional max_hosts: WholeNumber<1, 1_000_000> =
        "The edition may be named for any quantity on at most so many hosts.";
    optional assumed: bool = "The figure is not from the playbook; quotes say so.";
}
