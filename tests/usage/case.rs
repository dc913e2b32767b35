//! The keys of a file of cases.

use dealdesk::book::MonthHours;
use dealdesk::table::{Choice, Key, Kind, Section, Shape, TomlReader};
use dealdesk::text::diagnostic::Checked;
use dealdesk::text::source::Source;
use std::sync::Arc;

static FILE: Shape = Shape {
    what: "a file of cases",
    about: "Usage files with the invoices that must come out.",
    keys: &[
        Key::optional("book", Kind::Text, "The text of the price book."),
        Key::required("case", Kind::Tables(&CASE), "The cases, in any order."),
    ],
};

static CASE: Shape = Shape {
    what: "a case",
    about: "A usage file, and what must come out.",
    keys: &[
        Key::required("name", Kind::Text, "What it shows."),
        Key::optional("deal", Kind::Text, "The text of a deal file."),
        Key::optional("hours", Kind::Choice(&["book", "real"]), "The hours of a month."),
        Key::required("usage", Kind::Text, "The text of the usage file."),
        Key::required("months", Kind::Texts, "What is charged, at which price, and what is due."),
        Key::optional(
            "dates",
            Kind::Texts,
            "The day of each invoice, and the last on which it can be paid.",
        ),
        Key::optional("hours_of", Kind::Texts, "The hours of each month."),
        Key::optional("averages", Kind::Texts, "The average of each month."),
        Key::optional("sources", Kind::Texts, "The range that each month lands in."),
        Key::optional("total", Kind::Text, "What is due for all months."),
        Key::optional("baseline", Kind::Text, "What of that is for the commitment."),
        Key::optional("overage", Kind::Text, "What of that is beyond it."),
        Key::optional(
            "estimate",
            Kind::Texts,
            "The quantity of the deal and its share that was used; a year of the deal, a year of months like these, and its share.",
        ),
        Key::optional(
            "subscriptions",
            Kind::Texts,
            "The same by subscription: \"average: 10667 core, 1280040.00, vp\".",
        ),
        Key::optional("level", Kind::Text, "The level of approval."),
        Key::optional("required", Kind::Texts, "What it needs, each: \"vp: the reason\"."),
        Key::optional("violations", Kind::Texts, "What is outside policy, in words."),
        Key::optional("warnings", Kind::Texts, "The codes of all warnings."),
        Key::optional("says", Kind::Texts, "The last of the warnings, in words."),
    ],
};

const GIVEN: &[&str] = &["name", "deal", "hours", "usage"];

pub struct Table {
    pub book: Option<String>,
    pub cases: Vec<Case>,
}

/// A usage file, and what must come out under each key.
pub struct Case {
    pub name: String,
    pub deal: Option<String>,
    pub hours: MonthHours,
    pub usage: String,
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
    let expected = stated.map(|key| {
        let values = match key.kind {
            Kind::Texts => table.texts(key.name),
            _ => table.text(key.name).into_iter().collect(),
        };
        (key.name, values.into_iter().map(|it| it.value).collect())
    });
    let hours = table.choice("hours").map_or(MonthHours::Book, |it| MonthHours::VALUES[it.value]);
    Some(Case {
        expected: expected.collect(),
        name: table.text("name")?.value,
        deal: table.text("deal").map(|deal| deal.value),
        hours,
        usage: table.text("usage")?.value,
    })
}
