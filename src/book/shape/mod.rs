//! The keys of a price book: one file for each of its parts, named as those that read them.

mod alternative;
mod channel;
mod clause;
mod discount;
mod metric;
mod paying;
mod policy;

pub use alternative::{ALTERNATIVE_COST, OWN_COST};

use super::service::ServiceKeys;
use crate::table::{Key, Keys, Kind, Shape};

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
        Key::optional(
            "approval",
            Kind::Tables(&policy::LEVEL),
            "The approval ladder, lowest level first.",
        ),
        Key::optional(
            "review",
            Kind::Tables(&policy::REVIEW),
            "Reviews that stand beside the ladder.",
        ),
        Key::required(
            "metric",
            Kind::Named(&metric::METRIC),
            "What is sold: one table for each metric.",
        ),
        Key::optional(
            "waterfall",
            Kind::Table(&discount::WATERFALL),
            "The order of the discounts.",
        ),
        Key::optional("discount", Kind::Named(&discount::DISCOUNT), "The steps of the waterfall."),
        Key::optional(
            "channel",
            Kind::Named(&channel::CHANNEL),
            "The ways to sell through a partner.",
        ),
        Key::optional("payment", Kind::Table(&paying::PAYMENT), "How long customers have to pay."),
        Key::optional("billing", Kind::Table(&paying::BILLING), "When invoices are sent."),
        Key::optional("renewal", Kind::Table(&paying::RENEWAL), "When a contract comes up again."),
        Key::optional(
            "guardrail",
            Kind::Tables(&policy::GUARDRAIL),
            "House rules on a whole quote.",
        ),
        Key::optional(
            "service",
            Kind::Named(ServiceKeys::SHAPE),
            "Services that come with a contract, up to a value.",
        ),
        Key::optional("clause", Kind::Named(&clause::CLAUSE), "Clauses that a contract may have."),
        Key::optional(
            "alternative",
            Kind::Named(&alternative::ALTERNATIVE),
            "What a customer could have instead, and what it costs.",
        ),
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
