//! The keys of a price book.

use crate::reading::{Key, Kind, Shape};

/// The whole file.
pub static BOOK: Shape = Shape {
    what: "the price book",
    about: "A dealdesk price book: what is sold, at what price, with which discounts, and who must agree.",
    keys: &[
        Key::required("book", Kind::Table(&IDENTITY), "What the book is, and when it holds."),
        Key::optional("term", Kind::Table(&TERM), "The terms that may be sold."),
        Key::optional("rounding", Kind::Table(&ROUNDING), "How the net unit price is rounded."),
        Key::optional("approval", Kind::Tables(&LEVEL), "The approval ladder, lowest level first."),
        Key::optional("review", Kind::Tables(&REVIEW), "Reviews that stand beside the ladder."),
        Key::required("metric", Kind::Named(&METRIC), "What is sold: one table for each metric."),
        Key::optional("waterfall", Kind::Table(&WATERFALL), "The order of the discounts."),
        Key::optional("discount", Kind::Named(&DISCOUNT), "The steps of the waterfall."),
        Key::optional("channel", Kind::Named(&CHANNEL), "The ways to sell through a partner."),
        Key::optional("guardrail", Kind::Tables(&GUARDRAIL), "House rules on a whole quote."),
    ],
};

static IDENTITY: Shape = Shape {
    what: "[book]",
    about: "What the book is, and when it holds.",
    keys: &[
        Key::required("name", Kind::Text, "The name that every quote shows."),
        Key::required("version", Kind::Text, "The version that every quote shows."),
        Key::required(
            "currency",
            Kind::Text,
            "ISO 4217 code of every amount in the book, such as USD.",
        ),
        Key::optional(
            "symbol",
            Kind::Text,
            "What stands before an amount, such as $. The code and a space by default.",
        ),
        Key::optional("effective", Kind::Date, "The first day on which the book may be quoted."),
        Key::optional("until", Kind::Date, "The last day on which the book may be quoted."),
        Key::required(
            "quote_valid",
            Kind::Text,
            "How long a quote is valid: \"quarter-end\", or days such as \"30 days\".",
        ),
    ],
};

static TERM: Shape = Shape {
    what: "[term]",
    about: "The terms that may be sold. Others are priced, and are outside policy.",
    keys: &[Key::required("years", Kind::Range, "Years, such as \"1-5\".")],
};

static ROUNDING: Shape = Shape {
    what: "[rounding]",
    about: "How the net unit price is rounded to the places of its metric.",
    keys: &[Key::required(
        "mode",
        Kind::Choice(&["half-up", "half-even"]),
        "What happens to a half.",
    )],
};

static LEVEL: Shape = Shape {
    what: "an approval level",
    about: "A level of the approval ladder; higher ones follow.",
    keys: &[
        Key::required("level", Kind::Text, "The name that rules use, such as vp."),
        Key::required("title", Kind::Text, "The words that people read, such as VP."),
    ],
};

static REVIEW: Shape = Shape {
    what: "a review",
    about: "Somebody who has to look at a quote, whatever its level.",
    keys: &[
        Key::required("name", Kind::Text, "The name that rules use, such as legal."),
        Key::required("title", Kind::Text, "The words that people read."),
    ],
};

static METRIC: Shape = Shape {
    what: "a metric",
    about: "A unit of sale with its price list.",
    keys: &[
        Key::required("title", Kind::Text, "The words that people read, such as CPU socket."),
        Key::required("unit", Kind::Text, "One of it: socket."),
        Key::required("units", Kind::Text, "Several of it: sockets."),
        Key::required(
            "per",
            Kind::Choice(&["year", "hour", "once"]),
            "What a price pays for: one unit for a year, for an hour, or for good.",
        ),
        Key::optional(
            "hours_per_month",
            Kind::Whole(1, 744),
            "Hours to a month, for prices per hour.",
        ),
        Key::optional(
            "maintenance",
            Kind::Rate,
            "per = \"once\": what maintenance costs in a year, as a share of the net price.",
        ),
        Key::required(
            "mode",
            Kind::Choice(&["volume", "graduated", "package"]),
            "volume: the whole quantity takes the price of its range. graduated: each unit takes that of its own range. package: started packages count.",
        ),
        Key::required("places", Kind::Whole(0, 6), "Decimal places of the net price."),
        Key::optional("size", Kind::Whole(1, 1_000_000), "Units to a package."),
        Key::optional(
            "included",
            Kind::Whole(0, 1_000_000_000),
            "Units that are free before packages count.",
        ),
        Key::optional(
            "fractional",
            Kind::Flag,
            "Whether parts of a unit can be sold, to 3 decimal places.",
        ),
        Key::optional("fee", Kind::Money, "Charged for each line and year beside its units."),
        Key::optional(
            "minimum",
            Kind::Money,
            "The least that a line costs in a year at list, before discounts.",
        ),
        Key::optional(
            "billing",
            Kind::Text,
            "How it is invoiced, in words that follow \"billed\".",
        ),
        Key::optional(
            "instead_of",
            Kind::Text,
            "per = \"once\" or \"hour\": the metric by the year that quotes compare it with, unit for unit.",
        ),
        Key::optional("approval", Kind::Text, "The level that every quote of it needs."),
        Key::optional(
            "approval_assumed",
            Kind::Flag,
            "The playbook does not say that it needs approval; quotes say so.",
        ),
        Key::optional("review", Kind::Text, "The review that every quote of it needs."),
        Key::required(
            "tiers",
            Kind::Tables(&TIER),
            "The price list: ranges of quantity that follow one another without a gap.",
        ),
    ],
};

static TIER: Shape = Shape {
    what: "a tier",
    about: "One range of a price list.",
    keys: &[
        Key::required("quantity", Kind::Range, "The range: \"3-49\", \"500+\"."),
        Key::optional(
            "price",
            Kind::Money,
            "The price of a unit (or a package); nothing if there is a flat price.",
        ),
        Key::optional(
            "flat",
            Kind::Money,
            "Charged once for the range, beside the price of its units.",
        ),
        Key::optional("edition", Kind::Text, "The edition that the range buys."),
        Key::optional(
            "max_hosts",
            Kind::Whole(1, 1_000_000),
            "The edition may be named for any quantity on at most so many hosts.",
        ),
        Key::optional("assumed", Kind::Flag, "The figure is not from the playbook; quotes say so."),
    ],
};

static WATERFALL: Shape = Shape {
    what: "[waterfall]",
    about: "The order in which discounts apply, from list to net.",
    keys: &[Key::required("order", Kind::Texts, "Names of the discounts, each once.")],
};

static DISCOUNT: Shape = Shape {
    what: "a discount",
    about: "A step of the waterfall.",
    keys: &[
        Key::required("title", Kind::Text, "The words that people read."),
        Key::required(
            "by",
            Kind::Choice(&["quantity", "term", "prepay", "program", "always"]),
            "What decides whether it is given, and how much.",
        ),
        Key::required(
            "base",
            Kind::Choice(&["running", "list"]),
            "What a rate applies to: the price that the step before left, or the list price.",
        ),
        Key::required("metrics", Kind::Texts, "The metrics that it applies to."),
        Key::optional(
            "standard",
            Kind::Text,
            "by = \"prepay\": the way to pay if a deal says nothing.",
        ),
        Key::optional(
            "at_most",
            Kind::Whole(1, 16),
            "by = \"program\": how many programs one quote may have.",
        ),
        Key::optional("steps", Kind::Tables(&STEP), "How much, under which condition."),
        Key::optional(
            "program",
            Kind::Named(&PROGRAM),
            "by = \"program\": the programs that a deal may ask for.",
        ),
    ],
};

static STEP: Shape = Shape {
    what: "a discount step",
    about: "How much is given, under which condition.",
    keys: &[
        Key::optional("quantity", Kind::Range, "by = \"quantity\": the quantities that get it."),
        Key::optional("years", Kind::Range, "by = \"term\": the terms that get it."),
        Key::optional("prepay", Kind::Text, "by = \"prepay\": the way to pay that gets it."),
        Key::optional("rate", Kind::Rate, "The share that is taken off, such as \"15%\"."),
        Key::optional(
            "amount",
            Kind::Money,
            "A fixed amount in place of a rate, off each price: that of a unit, of a package, or of a line that is priced as a whole.",
        ),
        Key::optional("approval", Kind::Text, "The level that it needs."),
        Key::optional("review", Kind::Text, "The review that it needs."),
        Key::optional("otherwise", Kind::Rate, "The rate that may be given without the approval."),
        Key::optional(
            "billing",
            Kind::Text,
            "by = \"prepay\": how it is invoiced, in words that follow \"billed\".",
        ),
        Key::optional("min_years", Kind::Whole(1, 30), "The shortest term that it is meant for."),
        Key::optional("assumed", Kind::Flag, "The figure is not from the playbook; quotes say so."),
    ],
};

static PROGRAM: Shape = Shape {
    what: "a program",
    about: "A reason to give a customer more.",
    keys: &[
        Key::required("title", Kind::Text, "The words that people read."),
        Key::optional(
            "max_rate",
            Kind::Rate,
            "The most that anybody can grant of a rate that deals ask for.",
        ),
        Key::optional(
            "rate",
            Kind::Rate,
            "The rate that it gives to everybody, in place of `max_rate`.",
        ),
        Key::required("approval", Kind::Text, "The level that any rate above zero needs."),
        Key::optional("review", Kind::Text, "The review that any rate above zero needs."),
        Key::optional("exclusive", Kind::Flag, "It excludes every other discount."),
        Key::optional("floor", Kind::Money, "A year of a line never costs less."),
        Key::optional("quantity", Kind::Range, "The quantities of a line that it is meant for."),
        Key::optional("years", Kind::Range, "The terms that it is meant for."),
        Key::optional("duties", Kind::Texts, "What the customer gives for it."),
        Key::optional(
            "duties_required",
            Kind::Flag,
            "A deal that does not state all duties is outside policy, not only warned.",
        ),
        Key::optional(
            "limit",
            Kind::Whole(1, 1_000_000),
            "The number of customers that it is meant for.",
        ),
        Key::optional("incumbents", Kind::Texts, "The incumbents that it is meant to displace."),
        Key::optional(
            "arr_above",
            Kind::Money,
            "ARR before the program that a deal has to exceed.",
        ),
    ],
};

static CHANNEL: Shape = Shape {
    what: "a channel",
    about: "A way to sell through a partner.",
    keys: &[
        Key::required("title", Kind::Text, "The words that people read, such as Reseller."),
        Key::optional(
            "rate",
            Kind::Rates,
            "What the partner gets off: a range such as \"30%-35%\". A deal says which rate of it.",
        ),
        Key::optional(
            "base",
            Kind::Choice(super::ChannelBase::NAMES),
            "What the rate is off: the customer's net price, or the list price.",
        ),
        Key::optional(
            "share",
            Kind::Rate,
            "Our share of what the partner takes from its own customers, in place of `rate`.",
        ),
        Key::optional("approval", Kind::Text, "The level that every quote through it needs."),
        Key::optional("review", Kind::Text, "The review that every quote through it needs."),
        Key::optional("assumed", Kind::Flag, "The figure is not from the playbook; quotes say so."),
    ],
};

static GUARDRAIL: Shape = Shape {
    what: "a guardrail",
    about: "A house rule on a whole quote.",
    keys: &[
        Key::required("name", Kind::Text, "The name that quotes show."),
        Key::required(
            "measure",
            Kind::Choice(&["discount", "acv", "tcv", "term"]),
            "What it looks at.",
        ),
        Key::required(
            "above",
            Kind::Threshold,
            "The value that a quote may reach without it: a rate, an amount, or years.",
        ),
        Key::optional("approval", Kind::Text, "The level that a quote beyond it needs."),
        Key::optional("review", Kind::Text, "The review that a quote beyond it needs."),
        Key::optional(
            "refuse",
            Kind::Flag,
            "A quote beyond it is outside policy: nobody can grant it.",
        ),
        Key::required("reason", Kind::Text, "Why, in words that a quote can show."),
    ],
};
