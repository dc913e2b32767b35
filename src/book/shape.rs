//! The keys of a price book.

use super::{clause, service};
use crate::reading::{Key, Kind, Shape};

/// The whole file.
pub static BOOK: Shape = Shape {
    what: "the price book",
    about: "A dealdesk price book: what is sold, at what price, with which discounts, and who must agree.",
    keys: &[
        Key::required("book", Kind::Table(&IDENTITY), "What the book is, and when it holds."),
        Key::optional(
            "currency",
            Kind::Tables(&CURRENCY),
            "The currencies of a book with several, in place of `currency` in [book]. A deal that names none has the first.",
        ),
        Key::optional("term", Kind::Table(&TERM), "The terms that may be sold."),
        Key::optional("rounding", Kind::Table(&ROUNDING), "How the net unit price is rounded."),
        Key::optional("approval", Kind::Tables(&LEVEL), "The approval ladder, lowest level first."),
        Key::optional("review", Kind::Tables(&REVIEW), "Reviews that stand beside the ladder."),
        Key::required("metric", Kind::Named(&METRIC), "What is sold: one table for each metric."),
        Key::optional("waterfall", Kind::Table(&WATERFALL), "The order of the discounts."),
        Key::optional("discount", Kind::Named(&DISCOUNT), "The steps of the waterfall."),
        Key::optional("channel", Kind::Named(&CHANNEL), "The ways to sell through a partner."),
        Key::optional("payment", Kind::Table(&PAYMENT), "How long customers have to pay."),
        Key::optional("billing", Kind::Table(&BILLING), "When invoices are sent."),
        Key::optional("renewal", Kind::Table(&RENEWAL), "When a contract comes up again."),
        Key::optional("guardrail", Kind::Tables(&GUARDRAIL), "House rules on a whole quote."),
        Key::optional(
            "service",
            Kind::Named(&service::SHAPE),
            "Services that come with a contract, up to a value.",
        ),
        Key::optional("clause", Kind::Named(&clause::SHAPE), "Clauses that a contract may have."),
    ],
};

static IDENTITY: Shape = Shape {
    what: "[book]",
    about: "What the book is, and when it holds.",
    keys: &[
        Key::required("name", Kind::Text, "The name that every quote shows."),
        Key::required("version", Kind::Text, "The version that every quote shows."),
        Key::optional(
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

static CURRENCY: Shape = Shape {
    what: "a currency",
    about: "A currency in which the book has every amount: price = { USD = \"1500.00\", JPY = \"220000\" }. Nothing is ever converted.",
    keys: &[
        Key::required("code", Kind::Text, "Its ISO 4217 code, such as JPY."),
        Key::optional(
            "symbol",
            Kind::Text,
            "What stands before an amount, such as ¥. The code and a space by default.",
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
            "usage_hours",
            Kind::Choice(&["book", "real"]),
            "The hours that a month of use is billed by: those of `hours_per_month` in every month, or the real ones of the calendar. Without it, dealdesk usage has to be told.",
        ),
        Key::optional(
            "maintenance",
            Kind::Rate,
            "per = \"once\": what maintenance costs in a year, as a share of the net price.",
        ),
        Key::optional(
            "months",
            Kind::Whole(1, 360),
            "per = \"once\": how many months what is bought lasts; for good, if it is left out.",
        ),
        Key::required(
            "mode",
            Kind::Choice(&["volume", "graduated", "package"]),
            "volume: the whole quantity takes the price of its range. graduated: each unit takes that of its own range. package: started packages count.",
        ),
        Key::optional(
            "places",
            Kind::Whole(0, 6),
            "Decimal places of the net price; those of the currency, if it is left out.",
        ),
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
            "How it is invoiced, whatever a deal says: one of [billing.ways].",
        ),
        Key::optional(
            "currencies",
            Kind::Currencies,
            "The currencies in which it is sold, such as [\"USD\"]; all of the book's, if it is left out.",
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
        Key::optional(
            "fee",
            Kind::MoneyRange,
            "per = \"once\": what the whole line costs, in place of a price. A deal names it inside a range.",
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
            Kind::Choice(&["quantity", "term", "prepay", "program", "payment", "always"]),
            "What decides whether it is given, and how much.",
        ),
        Key::required(
            "base",
            Kind::Choice(&["running", "list"]),
            "What a rate applies to: the price that the step before left, or the list price.",
        ),
        Key::required("metrics", Kind::Texts, "The metrics that it applies to."),
        Key::optional(
            "currencies",
            Kind::Currencies,
            "The currencies in which it is given, such as [\"USD\"]; all of the book's, if it is left out.",
        ),
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
        Key::optional(
            "payment",
            Kind::Texts,
            "by = \"payment\": payment terms and ways to bill; a deal with any of them gets it.",
        ),
        Key::optional("rate", Kind::Rate, "The share that is taken off, such as \"15%\"."),
        Key::optional(
            "uplift",
            Kind::Rate,
            "by = \"payment\": the share that is put on, in place of a rate that is taken off.",
        ),
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
            "by = \"prepay\": how it is invoiced: one of [billing.ways].",
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
        Key::optional(
            "currencies",
            Kind::Currencies,
            "The currencies in which it is given, such as [\"USD\"]; all those of its discount, if it is left out.",
        ),
        Key::optional("exclusive", Kind::Flag, "It excludes every other discount."),
        Key::optional("floor", Kind::Money, "A year of a line never costs less."),
        Key::optional("quantity", Kind::Range, "The quantities of a line that it is meant for."),
        Key::optional("years", Kind::Range, "The terms that it is meant for."),
        Key::optional(
            "payment",
            Kind::Texts,
            "The payment terms and ways to bill that it is meant for, all of them.",
        ),
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
        Key::optional(
            "assumed",
            Kind::Flag,
            "The playbook does not give a figure of it, or who approves it; quotes say so.",
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

static PAYMENT: Shape = Shape {
    what: "[payment]",
    about: "How long customers have to pay.",
    keys: &[
        Key::required("standard", Kind::Text, "What holds if a deal says nothing."),
        Key::required("terms", Kind::Named(&PAYMENT_TERM), "What a deal may say."),
    ],
};

static PAYMENT_TERM: Shape = Shape {
    what: "a payment term",
    about: "How long a customer has to pay an invoice.",
    keys: &[
        Key::required("title", Kind::Text, "The words that people read, such as Net 30."),
        Key::required("days", Kind::Whole(0, 365), "Days from the date of an invoice."),
        Key::optional("refuse", Kind::Flag, "It is outside policy: nobody can grant it."),
    ],
};

static BILLING: Shape = Shape {
    what: "[billing]",
    about: "When invoices are sent.",
    keys: &[
        Key::required(
            "standard",
            Kind::Text,
            "What holds if neither the metric, the deal nor its prepayment says another.",
        ),
        Key::required("ways", Kind::Named(&WAY), "The ways that there are."),
        Key::optional(
            "proration",
            Kind::Choice(&["actual/actual", "30/360", "whole months"]),
            "How a part of a year is counted. actual/actual: days, of 365 or 366. 30/360: months of 30 days, of 360. whole months: months that have begun, of 12. Without it no part of a year can be sold.",
        ),
    ],
};

static WAY: Shape = Shape {
    what: "a way to bill",
    about: "How often an invoice is sent, and when.",
    keys: &[
        Key::required("title", Kind::Text, "The words that follow \"billed\"."),
        Key::optional("months", Kind::Whole(1, 12), "The months that an invoice covers."),
        Key::optional("arrears", Kind::Flag, "It is sent after those months, not before them."),
        Key::optional("whole_term", Kind::Flag, "One invoice for the whole term, when it begins."),
    ],
};

static RENEWAL: Shape = Shape {
    what: "[renewal]",
    about: "When a contract comes up again.",
    keys: &[
        Key::required(
            "work_days",
            Kind::Whole(1, 3650),
            "Days before the end on which work on the renewal begins.",
        ),
        Key::required(
            "notice_days",
            Kind::Whole(1, 3650),
            "Days before the end by which either side gives notice.",
        ),
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
