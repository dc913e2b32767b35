//! Who must agree: the ladder, the reviews beside it, and the house rules.

use crate::table::{Key, Kind, Shape};

pub(super) static LEVEL: Shape = Shape {
    what: "an approval level",
    about: "A level of the approval ladder; higher ones follow.",
    keys: &[
        Key::required("level", Kind::Text, "The name that rules use, such as vp."),
        Key::required("title", Kind::Text, "The words that people read, such as VP."),
    ],
};

pub(super) static REVIEW: Shape = Shape {
    what: "a review",
    about: "Somebody who has to look at a quote, whatever its level.",
    keys: &[
        Key::required("name", Kind::Text, "The name that rules use, such as legal."),
        Key::required("title", Kind::Text, "The words that people read."),
    ],
};

pub(super) static GUARDRAIL: Shape = Shape {
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
