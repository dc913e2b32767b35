//! Discounts, their steps and programs, and the order that they apply in.

use crate::table::{Key, Kind, Shape};

pub(super) static WATERFALL: Shape = Shape {
    what: "[waterfall]",
    about: "The order in which discounts apply, from list to net.",
    keys: &[Key::required("order", Kind::Texts, "Names of the discounts, each once.")],
};

pub(super) static DISCOUNT: Shape = Shape {
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
        Key::optional(
            "includes",
            Kind::Texts,
            "Payment terms and ways to bill that cost nothing with it.",
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
