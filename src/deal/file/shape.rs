//! The keys of a deal file.

use crate::deal::{
    Deal, DiscountOverride, FACTS, Line, alternative, clause, own_cost, service, value_claim,
};
use crate::table::{Key, Kind, Shape};

/// Shape of a deal file.
pub static DEAL: Shape =
    Shape { what: "the deal", about: "A dealdesk deal: what one customer asks for.", keys: &KEYS };

/// Keys of a deal file: those of the plain facts, then those with rules of their own.
static KEYS: [Key; FACTS.len() + OWN_KEYS.len()] = {
    let mut keys = [const { FACTS[0].key() }; FACTS.len() + OWN_KEYS.len()];
    let mut index = 0;
    while index < keys.len() {
        keys[index] = match index.checked_sub(FACTS.len()) {
            Some(own) => OWN_KEYS[own],
            None => FACTS[index].key(),
        };
        index += 1;
    }
    keys
};

const OWN_KEYS: &[Key] = &[
    Key::optional("date", Kind::Date, "The day of the quote; today, if it is left out."),
    Key::optional(
        "currency",
        Kind::Text,
        "The currency of the deal and of every amount in it: one of the book's, such as JPY. Its first, if it is left out.",
    ),
    Key::optional(
        "term_years",
        Kind::Whole(1, 30),
        "The commitment in years; 1, if it is left out.",
    ),
    Key::optional("start", Kind::Date, "The first day of the contract; invoices need it."),
    Key::optional(
        "first_year",
        Kind::Date,
        "The day on which the first whole year begins, where a part of a year comes before it.",
    ),
    Key::optional(
        "co_term_end",
        Kind::Date,
        "The last day of the contract that this one joins, in place of `term_years`.",
    ),
    Key::optional(
        "prepay",
        Kind::Text,
        "How the customer prepays: one of the ways that the book has.",
    ),
    Key::optional(
        "payment",
        Kind::Text,
        "How long the customer has to pay: one of the book's [payment.terms].",
    ),
    Key::optional(
        "billing",
        Kind::Text,
        "How the customer is billed: one of the book's [billing.ways].",
    ),
    Key::optional("line", Kind::Tables(&LINE), "What the customer buys, one table a line."),
    Key::optional(
        "discount",
        Kind::NamedRates(DiscountOverride::WORDS),
        "How much to take of the book's discounts: \"auto\", \"none\", or a rate.",
    ),
    Key::optional(
        "strategic",
        Kind::TableOrTables(&PROGRAM),
        "The strategic program that is claimed.",
    ),
    Key::optional("channel", Kind::Table(&CHANNEL), "The partner that it is sold through."),
    Key::optional(
        "horizon_years",
        Kind::Whole(1, Deal::MAX_HORIZON),
        "The years for which a perpetual licence is compared with a subscription, and the deal with its alternatives; the term, if it is left out.",
    ),
    Key::optional(
        "service",
        Kind::Tables(&service::SHAPE),
        "What comes with the contract at its value, one table a service.",
    ),
    Key::optional(
        "clause",
        Kind::Tables(&clause::SHAPE),
        "What the customer wants in the contract, one table a clause.",
    ),
    Key::optional(
        "alternative",
        Kind::Tables(&alternative::SHAPE),
        "What the customer could have instead, one table an alternative.",
    ),
    Key::optional(
        "cost",
        Kind::Tables(own_cost::SHAPE),
        "What the customer pays besides our price when it chooses us, for `dealdesk value`, one table a cost.",
    ),
    Key::optional(
        "claim",
        Kind::Tables(&value_claim::SHAPE),
        "What is said about the value of the deal, one table a claim.",
    ),
];

static LINE: Shape = Shape {
    what: "a line",
    about: "One thing that the customer buys.",
    keys: &[
        Key::required("metric", Kind::Text, "What is counted: one of the book's metrics."),
        Key::optional("quantity", Kind::Quantity, "How many."),
        Key::optional(
            "committed",
            Kind::Quantity,
            "What is paid by the hour: how many, on average over each month, are paid for even if they are not used.",
        ),
        Key::optional(
            "unit_price",
            Kind::Money,
            "A price of a unit, or of a package, agreed in negotiation.",
        ),
        Key::optional(
            "discount",
            Kind::Rate,
            "A discount off list agreed in negotiation, in place of everything that the book gives.",
        ),
        Key::optional(
            "fee",
            Kind::Money,
            "What the whole line costs, where the book has a range of fixed fees for it.",
        ),
        Key::optional("edition", Kind::Text, "An edition, where the quantity should not decide."),
        Key::optional("hosts", Kind::Whole(1, Line::MAX_HOSTS), "The hosts that it runs on."),
        Key::optional(
            "year",
            Kind::Tables(&YEAR),
            "A ramp: one table a year, in place of `quantity`.",
        ),
    ],
};

static YEAR: Shape = Shape {
    what: "a year",
    about: "One year of a ramp.",
    keys: &[
        Key::required("quantity", Kind::Quantity, "How many in this year."),
        Key::optional(
            "unit_price",
            Kind::Money,
            "A unit price agreed in negotiation for this year.",
        ),
        Key::optional(
            "discount",
            Kind::Rate,
            "A discount off list agreed in negotiation for this year.",
        ),
    ],
};

static PROGRAM: Shape = Shape {
    what: "[strategic]",
    about: "A strategic program that the deal claims.",
    keys: &[
        Key::required("program", Kind::Text, "One of the book's programs."),
        Key::optional(
            "rate",
            Kind::Rate,
            "The rate asked for. Left out where negotiated unit prices imply it.",
        ),
        Key::optional("reason", Kind::Text, "Why the customer deserves it."),
        Key::optional("duties", Kind::Texts, "What the customer agreed to give for it."),
        Key::optional(
            "count",
            Kind::Whole(1, 1_000_000),
            "The so-manieth customer of the program, if that is known.",
        ),
    ],
};

static CHANNEL: Shape = Shape {
    what: "[channel]",
    about: "The partner that the deal is sold through.",
    keys: &[
        Key::required("name", Kind::Text, "One of the book's channels, such as reseller."),
        Key::optional("partner", Kind::Text, "What the partner is called."),
        Key::optional(
            "rate",
            Kind::Rate,
            "The rate that the partner gets off, where the channel has a range of rates.",
        ),
        Key::optional(
            "revenue",
            Kind::Money,
            "What the partner takes from its own customers in a year, where the channel has a share of it.",
        ),
    ],
};
