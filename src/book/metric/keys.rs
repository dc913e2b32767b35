//! Keys of metrics and their tiers.

use super::{CountedLines, MonthHours};
use crate::number::{Interval, Money, MoneyRange, Percentage, Quantity, Rate};
use crate::table::{CurrencyList, FlagOrText, TableList, WholeNumber, choices, keys};

choices! {
    pub(in crate::book) enum PricePeriodKind {
        Year = "year",
        Month = "month",
        Hour = "hour",
        Use = "use",
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

choices! {
    /// Price of the other lines that a share is taken of.
    pub enum ShareBase {
        List = "list",
        Net = "net",
    }
}

keys! {
    pub(in crate::book) METRIC: MetricKeys = "a metric", "A unit of sale with its price list.";

    required title: String = "The title that readers see, such as CPU socket.";
    required unit: String = "The unit in the singular: socket.";
    required units: String = "The unit in the plural: sockets.";
    required per: PricePeriodKind =
        "The period of a price: a year, a month, an hour, use for each unit that is used in a month, \
         or once for a perpetual license.";
    optional hours_per_month: WholeNumber<1, 744> = "Hours per month, for prices per hour.";
    optional usage_hours: MonthHours =
        "The hours by which a month of usage is billed: `hours_per_month` in every month, or the \
         actual hours of the calendar. Without it, dealdesk usage needs --hours.";
    optional overage_price: Money =
        "per = \"use\": the price of a unit beyond the commitment of a line. Default: as any other \
         unit.";
    optional overage: Percentage =
        "per = \"use\": the price of a unit beyond the commitment of a line, as a percentage of its \
         price, such as \"150%\".";
    optional maintenance: Rate =
        "per = \"once\": the yearly maintenance, as a share of what the licenses of the line cost.";
    optional months: WholeNumber<1, 360> =
        "per = \"once\": the number of months that the purchase lasts. Default: perpetual.";
    optional mode: TierModeKind =
        "volume: the whole quantity takes the price of its range. graduated: each unit takes the \
         price of its own range. package: started packages count.";
    optional places: WholeNumber<0, 12> =
        "Decimal places of the net price; no price of the metric has more. Default: those of the \
         currency.";
    optional size: WholeNumber<1, 1_000_000> = "Units per package.";
    optional included: WholeNumber<0, 1_000_000_000> = "Units that are free before packages count.";
    optional fractional: bool = "Whether parts of a unit can be sold, to 3 decimal places.";
    optional counted: CountedLines =
        "The quantity that finds the tier and the volume step. deal: that of all lines of the \
         metric in the same contract year. line: that of each line by itself. customer: that of the \
         deal and of the customer's signed contracts (--contracts). Default: deal, and line for a \
         metric with a price for overage.";
    optional count: TableList<CountLevelKeys> =
        "The units inside units from which a deal can count the quantity, from the outside in: \
         servers, their CPUs, and the cores of these.";
    optional count_factor: Quantity =
        "The quantity that one counted unit is, such as \"0.5\". Default: 1.";
    optional count_least: WholeNumber<1, 1_000_000_000> =
        "The least quantity of a line that is counted.";
    optional fee: Money = "A fixed amount per line and year (or month, as the price), in addition \
                           to the price of its units.";
    optional minimum: Money =
        "The least that a line costs per year (or month, as the price) at list, before discounts.";
    optional net_minimum: Money =
        "The least that a line costs per year (or month, as the price) after discounts, before what is \
         put on for late payment.";
    optional cost: Money =
        "The cost of a unit to the seller, as often as the price, by which guardrails judge the margin. \
         No customer sees it.";
    optional billing: String = "Its billing schedule, one of [billing.ways]; a deal cannot change \
                                it.";
    optional currencies: CurrencyList =
        "The currencies in which it is sold, such as [\"USD\"]. Default: all currencies of the \
         book.";
    optional instead_of: String =
        "per = \"once\" or \"hour\": the subscription that quotes compare it with, unit for unit.";
    optional inclusions: Vec<String> =
        "What comes with a paid unit, such as \"24/7 support\"; quotes list it.";
    optional sold_for: String =
        "What may be sold by it, such as edge devices. A deal says in its line that this is so; if \
         it does not, and another metric would cost more for the same count, the quote notes it.";
    optional requires: Vec<String> =
        "The metrics one of which a deal needs beside it, in each of its years. A deal without any of \
         them is outside policy, unless the customer has one by a signed contract.";
    optional approval: String = "The level that every quote of it needs.";
    optional approval_assumed: bool =
        "The playbook does not give this approval; quotes say so.";
    optional review: String = "The review that every quote of it needs.";
    optional share: Rate =
        "per = \"year\": the share of what the lines of `share_of` cost in a year, in place of a price \
         list, such as \"30%\" for support.";
    optional share_of: Vec<String> = "The metrics whose lines are shared. What is paid once for them counts in each year.";
    optional share_from: WholeNumber<2, 30> =
        "The first contract year in which the share is paid, such as 2 for support after a year of \
         warranty. Default: 1.";
    optional share_base: ShareBase = "The price of these lines that the share is taken of.";
    optional tiers: TableList<TierKeys> =
        "The price list: ranges of quantity that follow one another without a gap.";

    @guesses {
        "interval" | "period" | "frequency" | "billing_period" | "cadence" => "per";
        "prices" | "price_list" | "ranges" | "steps" | "bands" => "tiers";
        "price" | "unit_price" | "list_price" =>
            "a price stands in the price list: tiers = [{ quantity = \"1+\", price = \"100.00\" }]";
        "name" | "description" | "label" => "title";
        "plural" | "unit_plural" => "units";
        "type" | "pricing" | "model" | "pricing_model" | "scheme" => "mode";
        "decimals" | "precision" | "scale" => "places";
        "package_size" | "package" | "pack_size" | "block" => "size";
        "included_units" | "free_units" | "allowance" | "free" => "included";
        "min" | "minimum_commit" | "minimum_commitment" | "minimum_spend" | "floor" => "minimum";
        "minimum_quantity" | "min_quantity" => "the first range is the least quantity: tiers = [{ quantity = \"10+\", ... }]";
        "support" | "annual_maintenance" => "maintenance";
        "percent_of" | "percentage_of" => "share_of";
        "depends_on" | "add_on_to" | "needs" => "requires";
        "overage_rate" => "overage";
        "discount" | "discounts" =>
            "a discount is a table of its own, which names its metrics: [discount.NAME]";
        "margin" => "the margin is a limit of [[guardrail]], and `cost` is what it is measured by";
        per "annual" | "yearly" | "annually" | "seat" | "user" => "year";
        per "monthly" => "month";
        per "hourly" => "hour";
        per "usage" | "unit" | "call" | "event" | "metered" => "use";
        per "one_time" | "perpetual" | "license" => "once";
        per "quarter" | "quarterly" => "write the price of a month or a year; [billing.ways] says when invoices are sent";
        per "day" | "daily" => "write the price of an hour, or per = \"use\" for days that are used";
        mode "tiered" | "progressive" | "incremental" | "marginal" => "graduated";
        mode "all_units" | "stairstep" | "flat" | "per_unit" | "standard" => "volume";
        mode "block" | "packages" | "bundle" => "package";
    }
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
    optional units_per_host: WholeNumber<1, 1_000_000> =
        "The most units that one host can have: more units than that on the hosts of a deal are \
         outside policy.";
    optional exclusive: bool =
        "No unit of another tier of the metric stands beside the edition in one contract year.";
    optional assumed: FlagOrText =
        "The figure is not from the playbook; quotes say so. A text says what the playbook does \
         not give.";

    @guesses {
        "from" | "to" | "min" | "max" | "up_to" | "upto" | "range" | "units" => "quantity";
        "unit_price" | "unit_amount" | "amount" | "rate" | "list_price" => "price";
        "flat_fee" | "flat_amount" | "flat_price" | "base" | "base_price" => "flat";
        "name" | "title" | "plan" => "edition";
        "discount" => "a discount by quantity is a table of its own: [discount.NAME] with by = \"quantity\"";
    }
}

keys! {
    pub(in crate::book) COUNT_LEVEL: CountLevelKeys = "a level of `count`",
        "Units inside the units of the level before.";

    required unit: String = "The unit of the level, such as server.";
    optional least: WholeNumber<1, 1_000_000> =
        "The fewest units of the last level that one unit of this level counts as.";
}
