//! When customers are billed, how long they have to pay, and when a contract comes up again.

use crate::table::{Key, Kind, Shape};

pub(super) static PAYMENT: Shape = Shape {
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

pub(super) static BILLING: Shape = Shape {
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

pub(super) static RENEWAL: Shape = Shape {
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
