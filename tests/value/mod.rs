//! Worked cases of `dealdesk value`, in `*.toml` beside this file: a deal, and what must come out
//! against the first of its alternatives. What a case does not state is not compared.

use crate::support::{DAY, root};
use dealdesk::answer::value::{ValueRequest, value_analysis};
use dealdesk::book::Books;
use dealdesk::number::{Date, Rate};
use dealdesk::quote::quote;
use dealdesk::table::{Key, Kind, Section, Shape, TomlReader};
use dealdesk::text::diagnostic::Checked;
use dealdesk::text::source::Source;
use dealdesk::{book, deal};
use serde_json::Value;
use std::fs;

static FILE: Shape = Shape {
    what: "a file of cases",
    about: "Deals with what they are worth.",
    keys: &[
        Key::optional("book", Kind::Text, "The text of the price book."),
        Key::required("case", Kind::Tables(&CASE), "The cases, in any order."),
    ],
};

static CASE: Shape = Shape {
    what: "a case",
    about: "A deal, and what must come out.",
    keys: &[
        Key::required("name", Kind::Text, "What it shows."),
        Key::required("deal", Kind::Text, "The text of a deal file."),
        Key::optional("against", Kind::Text, "The alternative; what the deal names by default."),
        Key::optional("discount_rate", Kind::Rate, "The yearly rate of present values."),
        Key::optional("price", Kind::Text, "What we cost."),
        Key::optional("payments", Kind::Texts, "Each: \"date amount\"."),
        Key::optional("costs", Kind::Texts, "Each: \"title: times x amount = total\"."),
        Key::optional("own", Kind::Texts, "The same for what the customer pays besides our price."),
        Key::optional("with_price", Kind::Text, "Our price and that."),
        Key::optional("present_own", Kind::Text, "What that is worth on the first day."),
        Key::optional("total", Kind::Text, "What the alternative costs."),
        Key::optional("net_benefit", Kind::Text, "The one less the other."),
        Key::optional("saved", Kind::Text, "Net benefit over what the alternative costs."),
        Key::optional("roi", Kind::Text, "Net benefit over price."),
        Key::optional("savings_multiple", Kind::Text, "What the alternative costs over price."),
        Key::optional("payback", Kind::Text, "The first month, and that from which it lasts."),
        Key::optional("present_price", Kind::Text, "What we cost, worth on the first day."),
        Key::optional("present_value", Kind::Text, "The same of the alternative."),
        Key::optional("present_net_benefit", Kind::Text, "The one less the other."),
        Key::optional("claims", Kind::Texts, "Each: \"figure found verdict price formula\"."),
        Key::optional("warnings", Kind::Texts, "The codes of all notices."),
        Key::optional("says", Kind::Texts, "Parts of what they say."),
    ],
};

struct Case {
    name: String,
    deal: String,
    against: Option<String>,
    rate: Option<Rate>,
    expected: Vec<(&'static str, Vec<String>)>,
}

fn read(section: Section<'_>) -> Option<Case> {
    let given = ["name", "deal", "against", "discount_rate"];
    let keys = CASE.keys.iter().filter(|key| !given.contains(&key.name));
    let keys = keys.filter(|key| section.key_place(key.name).is_some());
    let expected = keys.map(|key| {
        let values = match key.kind {
            Kind::Texts => section.texts(key.name),
            _ => section.text(key.name).into_iter().collect(),
        };
        (key.name, values.into_iter().map(|it| it.value).collect())
    });
    Some(Case {
        name: section.text("name")?.value,
        deal: section.text("deal")?.value,
        against: section.text("against").map(|it| it.value),
        rate: section.rate("discount_rate").map(|it| it.value),
        expected: expected.collect(),
    })
}

#[test]
fn every_case_comes_out() {
    let folder = fs::read_dir(root().join("tests/value")).expect("the folder of the cases");
    let mut paths: Vec<_> = folder.map(|entry| entry.expect("an entry").path()).collect();
    paths.retain(|path| path.extension().is_some_and(|it| it == "toml"));
    paths.sort();
    assert!(!paths.is_empty(), "no file has cases");
    let mut failures = Vec::new();
    for path in paths {
        let text = fs::read_to_string(&path).expect("a file of cases");
        let source = Source::file(&path.file_name().expect("a name").to_string_lossy(), &text);
        let (book, cases) = TomlReader::read(&source, &FILE, |top| {
            let cases: Vec<_> = top.tables("case").into_iter().filter_map(read).collect();
            Some((top.text("book").map(|it| it.value), cases))
        })
        .expect("cases");
        let book = book.as_deref().unwrap_or(include_str!("../../pricing.toml"));
        let book = book::load(&Source::file("book", book)).expect("a book");
        failures.extend(cases.iter().flat_map(|case| judge(case, &book)));
    }
    assert!(failures.is_empty(), "\n\n{}\n", failures.join("\n"));
}

fn judge(case: &Case, books: &Books) -> Vec<String> {
    let found = match value(case, books) {
        Ok(found) => found,
        Err(faults) => return vec![format!("{}: {faults}", case.name)],
    };
    let wrong = case.expected.iter().filter_map(|(key, expected)| {
        let found = look(key, &found);
        let comes_out = match *key {
            "says" => expected.iter().all(|part| found.iter().any(|said| said.contains(part))),
            _ => found == *expected,
        };
        let (name, expected) = (&case.name, expected.join("\n      "));
        let found = found.join("\n      ");
        (!comes_out)
            .then(|| format!("{name}: {key}\n  expected\n      {expected}\n  found\n      {found}"))
    });
    wrong.collect()
}

/// What programs are told: what is compared is what leaves the house.
fn value(case: &Case, books: &Books) -> Checked<Value> {
    let today = Date::parse(DAY).expect("a date");
    let draft = deal::read(&Source::file("deal", &case.deal));
    let deal = deal::resolve(&draft, books, today)?;
    let named = case.against.as_ref().map(|name| deal.book().alternative(name));
    let against = named.map(|it| it.expect("an alternative of the book"));
    let quote = quote(&deal);
    let ask = ValueRequest { against: against.into_iter().collect(), rate: case.rate };
    let worth = value_analysis(&quote, &ask).expect("figures within bounds");
    Ok(serde_json::from_str(&dealdesk::answer::value::json::to_json(&worth)).expect("JSON"))
}

fn look(key: &str, found: &Value) -> Vec<String> {
    let all = |value: &Value| value.as_array().cloned().unwrap_or_default();
    let first = &found["alternatives"][0];
    match key {
        "price" => vec![text(&found["price"]["total"])],
        "present_price" => vec![text(&found["price"]["present_value"])],
        "payments" => {
            let payments = all(&found["price"]["payments"]).into_iter();
            payments.map(|it| format!("{} {}", text(&it["date"]), text(&it["amount"]))).collect()
        }
        "costs" => all(&first["costs"]).iter().map(cost).collect(),
        "own" => all(&found["own_costs"]["costs"]).iter().map(cost).collect(),
        "with_price" => vec![text(&found["own_costs"]["with_price"])],
        "present_own" => vec![text(&found["own_costs"]["present_value"])],
        "payback" => {
            let months = ["payback_month", "payback_lasting_month"].map(|key| &first[key]);
            vec![months.map(ToString::to_string).join(" ")]
        }
        "claims" => {
            let claims = all(&found["claims"]).into_iter();
            claims.flat_map(|claim| all(&claim["findings"])).map(|it| finding(&it)).collect()
        }
        "warnings" => all(&found["warnings"]).iter().map(|it| text(&it["code"])).collect(),
        "says" => all(&found["warnings"]).iter().map(|it| text(&it["message"])).collect(),
        key => vec![text(&first[key])],
    }
}

fn text(value: &Value) -> String {
    value.as_str().unwrap_or("-").to_owned()
}

fn cost(cost: &Value) -> String {
    let [title, times, amount, total] =
        ["title", "times", "amount", "total"].map(|key| text(&cost[key]));
    format!("{title}: {times} x {amount} = {total}")
}

fn finding(finding: &Value) -> String {
    let verdict = if finding["holds"] == true { "holds" } else { "does-not-hold" };
    let [figure, found, price] =
        ["figure", "found", "price_at_most"].map(|key| text(&finding[key]));
    format!("{figure} {found} {verdict} {price} {}", text(&finding["formula"]["name"]))
}
