//! The keys of a file of cases.

use dealdesk::table::{Key, Kind, Section, Shape, TomlReader};
use dealdesk::text::diagnostic::Checked;
use dealdesk::text::source::Source;
use std::sync::Arc;

static FILE: Shape = Shape {
    what: "a file of cases",
    about: "Needs, with what they cost by every metric that fits.",
    keys: &[
        Key::optional("book", Kind::Text, "The text of the price book."),
        Key::required("case", Kind::Tables(&CASE), "The cases, in any order."),
    ],
};

static CASE: Shape = Shape {
    what: "a case",
    about: "A deal, what its user says beside it, and what must come out.",
    keys: &[
        Key::required("name", Kind::Text, "What it shows."),
        Key::required("deal", Kind::Text, "The text of a deal file."),
        Key::optional("units", Kind::Texts, "How many of other units it is: \"core=16/socket\"."),
        Key::optional("utilisation", Kind::Text, "The share of all hours in which a unit is used."),
        Key::required("costs", Kind::Texts, "Each: \"core 3200: 560000.00, 560000.00, we\"."),
        Key::optional("cheapest", Kind::Texts, "The metrics that cost least."),
        Key::optional("share", Kind::Texts, "What each costs more than the deal, as a share."),
        Key::optional("each", Kind::Texts, "What a unit of the need costs by each."),
        Key::optional("first_year", Kind::Texts, "What the first year costs by each."),
        Key::optional("average_year", Kind::Texts, "What an average year costs by each."),
        Key::optional("years", Kind::Texts, "What each year costs by each: \"1.00, 2.00\"."),
        Key::optional("tcv", Kind::Texts, "The contract value of each."),
        Key::optional("needs", Kind::Texts, "The level of each; \"refused\" outside policy."),
        Key::optional("asked", Kind::Texts, "What the deal asks for."),
        Key::optional("turns", Kind::Texts, "\"core list: 1-1428 less, 1429+ more\"."),
        Key::optional(
            "year_turns",
            Kind::Texts,
            "The same where years differ: \"year 2 of 200: core net: 1-10 less\".",
        ),
        Key::optional("left_out", Kind::Texts, "Metrics without a price: \"node no-count\"."),
    ],
};

const GIVEN: &[&str] = &["name", "deal", "units", "utilisation"];

pub struct Table {
    pub book: Option<String>,
    pub cases: Vec<Case>,
}

/// A need, and what must come out under each key.
pub struct Case {
    pub name: String,
    pub deal: String,
    pub units: Vec<String>,
    pub utilisation: Option<String>,
    pub expected: Vec<(&'static str, Vec<String>)>,
}

pub fn read(source: &Arc<Source>) -> Checked<Table> {
    TomlReader::read(source, &FILE, |top| {
        let cases = top.tables("case").into_iter().filter_map(case).collect();
        Some(Table { book: top.text("book").map(|book| book.value), cases })
    })
}

fn case(table: Section<'_>) -> Option<Case> {
    let stated = CASE.keys.iter().filter(|key| !GIVEN.contains(&key.name));
    let stated = stated.filter(|key| table.key_place(key.name).is_some());
    let texts = |key| table.texts(key).into_iter().map(|it| it.value).collect::<Vec<_>>();
    Some(Case {
        expected: stated.map(|key| (key.name, texts(key.name))).collect(),
        name: table.text("name")?.value,
        deal: table.text("deal")?.value,
        units: texts("units"),
        utilisation: table.text("utilisation").map(|it| it.value),
    })
}
