//! The reference pages in `docs/src/reference`, held against the schemas that the program prints, and
//! the figures of the pages in `docs/src/methods`.
//!
//! A heading such as `` ## `[[line.year]]` `` opens the section of a table. The key table of a section
//! has a row for every key of the table, and no other row.

use crate::support::{DAY, Desk, root};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;

/// The heading of the top table of a page.
const TOP: &str = "The file";

/// One key of a table, as a schema describes it.
#[derive(Debug, Default)]
struct Key {
    required: bool,
    /// The words that the key may have.
    words: Vec<String>,
    /// The smallest and the largest number that the key may have.
    bounds: Option<(u64, u64)>,
}

/// Tables by heading, each with its keys by name.
type Tables = BTreeMap<String, BTreeMap<String, Key>>;

/// The tables of `dealdesk schema book` or `dealdesk schema deal`.
fn schema(what: &str) -> Tables {
    let printed = Desk::new().run(&["schema", what]);
    let schema: Value = serde_json::from_str(&printed.stdout).expect("a JSON Schema");
    let mut tables = Tables::new();
    collect(&schema, "", TOP, &mut tables);
    tables
}

/// Adds a table and the tables below it. `path` is the path of the table in TOML, such as `metric.NAME`.
fn collect(table: &Value, path: &str, heading: &str, tables: &mut Tables) {
    let required = texts(&table["required"]);
    let mut keys = BTreeMap::new();
    for (name, value) in table["properties"].as_object().into_iter().flatten() {
        let number = |bound: &str| value[bound].as_u64();
        keys.insert(
            name.clone(),
            Key {
                required: required.contains(name),
                words: texts(&value["enum"]),
                bounds: number("minimum").zip(number("maximum")),
            },
        );
        let inside = if path.is_empty() { name.clone() } else { format!("{path}.{name}") };
        below(value, &inside, tables);
    }
    tables.insert(heading.to_owned(), keys);
}

/// Adds the tables that a value of a key can be.
fn below(value: &Value, path: &str, tables: &mut Tables) {
    let variants = value["anyOf"].as_array();
    let either = variants.and_then(|all| all.iter().find(|it| it["properties"].is_object()));
    let value = either.unwrap_or(value);
    let named = &value["additionalProperties"];
    if value["properties"].is_object() {
        collect(value, path, &format!("[{path}]"), tables);
    } else if value["items"]["properties"].is_object() {
        collect(&value["items"], path, &format!("[[{path}]]"), tables);
    } else if named["properties"].is_object() {
        let path = format!("{path}.NAME");
        collect(named, &path, &format!("[{path}]"), tables);
    } else if value["type"] == "object" {
        // The author chooses the keys, and their values are no tables.
        tables.insert(format!("[{path}]"), BTreeMap::new());
    }
}

fn texts(list: &Value) -> Vec<String> {
    let texts = list.as_array().into_iter().flatten().filter_map(Value::as_str);
    texts.map(str::to_owned).collect()
}

fn page(what: &str) -> String {
    let path = root().join(format!("docs/src/reference/{what}.md"));
    fs::read_to_string(path).expect("a reference page")
}

/// The lines of a page outside of code blocks.
fn prose(page: &str) -> impl Iterator<Item = &str> {
    let mut is_code = false;
    page.lines().filter(move |line| {
        let is_fence = line.starts_with("```");
        is_code ^= is_fence;
        !is_code && !is_fence
    })
}

/// The rows of each section of a table: the name of the key, and the whole row.
fn sections(page: &str) -> BTreeMap<String, Vec<(String, String)>> {
    let mut sections: BTreeMap<String, Vec<(String, String)>> = BTreeMap::new();
    let mut heading = None;
    let mut is_keys = false;
    for line in prose(page) {
        if let Some(title) = line.strip_prefix("## ") {
            let table = title.strip_prefix('`').and_then(|title| title.strip_suffix('`'));
            heading = table.or((title == TOP).then_some(TOP)).map(str::to_owned);
            if let Some(heading) = heading.clone() {
                assert!(sections.insert(heading, Vec::new()).is_none(), "twice: {title}");
            }
        }
        is_keys = line.starts_with("| Key |") || is_keys && line.starts_with('|');
        let key = line.strip_prefix("| `").and_then(|row| row.split_once("` |"));
        if let (true, Some((name, _)), Some(heading)) = (is_keys, key, &heading) {
            let rows = sections.get_mut(heading).expect("an open section");
            rows.push((name.to_owned(), line.to_owned()));
        }
    }
    sections
}

/// Every table and key of the schemas is on its page once, and no other key is.
#[test]
fn pages_have_every_key_and_no_other() {
    for what in ["book", "deal"] {
        let (tables, page) = (schema(what), page(what));
        let sections = sections(&page);
        let names = |keys: Vec<&String>| keys.into_iter().cloned().collect::<BTreeSet<_>>();
        assert_eq!(
            names(sections.keys().collect()),
            names(tables.keys().collect()),
            "{what}.md: the sections are not the tables of the schema"
        );
        for (heading, keys) in &tables {
            let rows: Vec<_> = sections[heading].iter().map(|(name, _)| name).collect();
            let known = names(keys.keys().collect());
            assert_eq!(names(rows.clone()), known, "{what}.md: the keys of {heading}");
            assert_eq!(rows.len(), known.len(), "{what}.md: a key of {heading} is there twice");
        }
    }
}

/// A row says whether its key is required, every word that the key may have, and its bounds.
#[test]
fn rows_say_what_the_schema_says() {
    for what in ["book", "deal"] {
        let (tables, sections) = (schema(what), sections(&page(what)));
        for (heading, keys) in &tables {
            for (name, row) in &sections[heading] {
                let key = &keys[name];
                let is_required = row.contains("| required |");
                assert_eq!(is_required, key.required, "{what}.md: {heading} {row}");
                for word in &key.words {
                    assert!(row.contains(&format!("`\"{word}\"`")), "{word} is missing: {row}");
                }
                if let Some((least, most)) = key.bounds {
                    let bounds = format!("{least} to {most} |");
                    assert!(row.contains(&bounds), "\"{bounds}\" is missing: {row}");
                }
            }
        }
    }
}

/// The name of a key, if a code span looks like one: `max_rate`, or `rate = "15%"`.
fn key_of(span: &str) -> Option<&str> {
    let name = span.split_once(" = ").map_or(span, |(name, _)| name);
    let is_letter = |c: char| c.is_ascii_lowercase() || c == '_';
    (!name.is_empty() && name.chars().all(is_letter)).then_some(name)
}

/// Every code span that looks like a key is a key of a book or of a deal.
#[test]
fn prose_names_no_other_key() {
    // Steps that every waterfall can have, and values that are no keys.
    let others = ["list", "floor", "negotiated", "rounding", "true", "false", "dealdesk"];
    let mut known: BTreeSet<String> = others.map(str::to_owned).into();
    for what in ["book", "deal"] {
        known.extend(schema(what).into_values().flat_map(BTreeMap::into_keys));
    }
    for what in ["book", "deal"] {
        let page = page(what);
        for line in prose(&page) {
            // Every second piece between backticks is a code span.
            for name in line.split('`').skip(1).step_by(2).filter_map(key_of) {
                assert!(known.contains(name), "{what}.md: no key `{name}`: {line}");
            }
        }
    }
}

/// The code blocks of a page that are marked `toml,MARK`.
fn blocks(page: &str, mark: &str) -> Vec<String> {
    let opening = format!("```toml,{mark}\n");
    let blocks = page.split(&opening).skip(1).filter_map(|rest| rest.split_once("```\n"));
    blocks.map(|(block, _)| block.to_owned()).collect()
}

/// `book check` finds no error in any example of a price book.
#[test]
fn books_pass_the_check() {
    let books = blocks(&page("book"), "book");
    assert!(books.len() > 20, "the page has {} books", books.len());
    for book in books {
        let ran = Desk::new().file("book.toml", &book).run(&[
            "book",
            "check",
            "book.toml",
            "--date",
            DAY,
        ]);
        assert_eq!((ran.code, ran.stderr.as_str()), (Some(0), ""), "{book}");
    }
}

/// `quote` prices every example of a deal by the price book of the repository, within policy.
#[test]
fn deals_are_quoted() {
    let deals = blocks(&page("deal"), "deal");
    assert!(deals.len() > 12, "the page has {} deals", deals.len());
    let book = root().join("pricing.toml");
    let book = book.to_str().expect("a path");
    for deal in deals {
        let desk = Desk::new().file("deal.toml", &deal);
        let ran = desk.run(&["quote", "deal.toml", "--price-book", book, "--date", DAY]);
        assert_eq!((ran.code, ran.stderr.as_str()), (Some(0), ""), "{deal}");
    }
}

/// Every example of the two pages is checked: no TOML block is left unmarked.
#[test]
fn every_block_is_marked() {
    for (what, mark) in [("book", "book"), ("deal", "deal")] {
        let page = page(what);
        let fences = page.lines().filter(|line| line.starts_with("```") && line.len() > 3);
        let unmarked: Vec<_> = fences.filter(|it| *it != format!("```toml,{mark}")).collect();
        assert!(unmarked.is_empty(), "{what}.md: {unmarked:?}");
    }
}

/// A page of `docs/src/methods`.
fn method(name: &str) -> String {
    fs::read_to_string(root().join(format!("docs/src/methods/{name}.md"))).expect("a method page")
}

/// Every figure in a column named `Figure` of the value page comes out of the command of the page.
#[test]
fn figures_of_the_value_page_come_out() {
    let page = method("value");
    let deal = root().join("examples/value.toml");
    let deal = deal.to_str().expect("a path");
    let ran = Desk::new().run(&["value", deal, "--discount-rate", "8%"]);
    let mut is_figures = false;
    let mut count = 0;
    for line in prose(&page) {
        is_figures = line.ends_with("| Figure |") || is_figures && line.starts_with('|');
        let cell = line.trim_end_matches(" |").rsplit("| ").next().unwrap_or_default();
        if is_figures && cell.contains(|c: char| c.is_ascii_digit()) {
            assert!(ran.stdout.contains(cell), "{cell} does not come out: {line}");
            count += 1;
        }
    }
    assert!(count >= 9, "the page has {count} figures");
}

/// The worked example of the negotiation page comes out of a search.
#[test]
fn the_worked_negotiation_comes_out() {
    let deal = root().join("examples/lighthouse.toml");
    let deal = deal.to_str().expect("a path");
    let ran = Desk::new().run(&["negotiate", deal, "--target", "40%", "--within", "vp"]);
    assert!(method("negotiation").contains("16.955%") && ran.stdout.contains("16.955%"));
}

/// The worked example of the proofs page is what `book check` finds of its tiers.
#[test]
fn the_worked_proof_is_found() {
    let (proofs, book) = (method("proofs"), page("book"));
    let tiers = blocks(&proofs, "tiers").concat();
    let books = blocks(&book, "book");
    let book = books.iter().find(|book| book.contains(&tiers)).expect("a book with these tiers");
    let desk = Desk::new().file("book.toml", book);
    let ran = desk.run(&["book", "check", "book.toml", "--date", DAY]);
    assert!(proofs.contains("99 seats cost more than 100"));
    assert!(ran.stdout.contains("99 seats cost more than 100"), "{}", ran.stdout);
}
