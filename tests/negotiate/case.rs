//! The keys of a file of cases.

use dealdesk::table::{Key, Kind, Section, Shape, TomlReader};
use dealdesk::text::diagnostic::{Checked, Code, Diagnostic};
use dealdesk::text::source::Source;
use std::sync::Arc;

static FILE: Shape = Shape {
    what: "a file of cases",
    about: "Deals and numbers, with what must be offered.",
    keys: &[Key::required("case", Kind::Tables(&CASE), "The cases, in any order.")],
};

static CASE: Shape = Shape {
    what: "a case",
    about: "A deal, a number, and what must come out.",
    keys: &[
        Key::required("name", Kind::Text, "What it shows."),
        Key::required("deal", Kind::Text, "The text of a deal file."),
        Key::optional("off", Kind::Text, "The number: a discount off list."),
        Key::optional("tcv", Kind::Text, "Or what the contract costs at most."),
        Key::optional("unit", Kind::Text, "Or what a unit costs at most."),
        Key::optional("year", Kind::Text, "Or what a year costs at most."),
        Key::optional("within", Kind::Text, "The highest level that may be asked."),
        Key::optional("lock", Kind::Texts, "Levers that stay as they are."),
        Key::optional("free", Kind::Texts, "Levers that are free: \"quantity=480..600\"."),
        // What must come out.
        Key::optional("offers", Kind::Texts, "All offers, best first."),
        Key::optional("first", Kind::Text, "The first of them."),
        Key::optional("count", Kind::Text, "How many there are."),
        Key::optional("closest", Kind::Text, "What comes closest, where there is none."),
        Key::optional("closest_off", Kind::Text, "How far off list that is."),
        Key::optional("above", Kind::Text, "The easiest that is above the level."),
        Key::optional("lower", Kind::Text, "What comes closest at the level below."),
        Key::optional("binding", Kind::Texts, "The rules that ask for the level."),
        Key::optional("combinations", Kind::Text, "How many were decided."),
    ],
};

const GOALS: &[&str] = &["off", "tcv", "unit", "year"];
const GIVEN: &[&str] = &["name", "deal", "within", "lock", "free"];

/// A deal and a number, and what must come out.
pub struct Case {
    pub name: String,
    pub deal: String,
    /// Its key, and the number.
    pub goal: (&'static str, String),
    pub within: Option<String>,
    pub lock: Vec<String>,
    pub free: Vec<String>,
    /// Each key that is stated, with what it states.
    pub expected: Vec<(&'static str, Vec<String>)>,
}

pub fn read(source: &Arc<Source>) -> Checked<Vec<Case>> {
    TomlReader::read(source, &FILE, |top| {
        Some(top.tables("case").into_iter().filter_map(case).collect())
    })
}

fn case(table: Section<'_>) -> Option<Case> {
    let name = table.text("name")?;
    let text = |key| table.text(key).map(|it| it.value);
    let texts = |key| table.texts(key).into_iter().map(|it| it.value).collect::<Vec<_>>();
    let goals: Vec<_> = GOALS.iter().filter_map(|key| Some((*key, text(key)?))).collect();
    let keys =
        CASE.keys.iter().filter(|key| !GIVEN.contains(&key.name) && !GOALS.contains(&key.name));
    let stated = keys.filter(|key| table.key_place(key.name).is_some());
    let expected: Vec<_> = stated
        .map(|key| match key.kind {
            Kind::Texts => (key.name, texts(key.name)),
            _ => (key.name, text(key.name).into_iter().collect()),
        })
        .collect();
    let fault = |message: &str| {
        table.fault(Diagnostic::new(Code::Conflict, name.place.clone(), message));
    };
    let [goal] = goals.as_slice() else {
        fault("a case has one number");
        return None;
    };
    if expected.is_empty() {
        fault("a case states what comes out");
    }
    Some(Case {
        name: name.value.clone(),
        deal: text("deal")?,
        goal: goal.clone(),
        within: text("within"),
        lock: texts("lock"),
        free: texts("free"),
        expected,
    })
}
