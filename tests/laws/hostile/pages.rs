//! No text from outside changes what a page is made of.

use super::super::cases;
use super::texts::any_text;
use crate::laws::written::quoted;
use dealdesk::document::{
    Answer, Block, Cell, Chart, Document, ListItem, Table, TableRow, Tone, html,
};
use dealdesk::quote::quote;
use dealdesk::quote::text::QuoteView;
use dealdesk::text::clean;
use proptest::prelude::*;

/// Elements of a page that hold others, and those that hold nothing.
const ELEMENTS: &[&str] = &[
    "body",
    "caption",
    "code",
    "dd",
    "defs",
    "desc",
    "details",
    "div",
    "dl",
    "dt",
    "figcaption",
    "figure",
    "h1",
    "h2",
    "h3",
    "h4",
    "head",
    "html",
    "li",
    "main",
    "p",
    "section",
    "span",
    "style",
    "summary",
    "svg",
    "symbol",
    "table",
    "tbody",
    "td",
    "text",
    "tfoot",
    "th",
    "thead",
    "title",
    "tr",
    "ul",
    "polyline",
];
const EMPTY: &[&str] = &["br", "circle", "meta", "path", "polyline", "rect", "use"];

/// What a page could load, run or go to.
const FORBIDDEN: &[&str] = &["src=", "url(", "@import", "://", "javascript:", " on"];

/// Returns the names of the tags of a page in their order, and checks each of them.
fn tags(page: &str) -> Result<Vec<String>, TestCaseError> {
    let mut open: Vec<String> = Vec::new();
    let mut names = Vec::new();
    let body = page.strip_prefix("<!DOCTYPE html>").expect("the kind of document");
    let style = body.find("<style>").expect("styles")..body.find("</style>").expect("an end");
    for (at, _) in body.match_indices('<').filter(|(at, _)| *at <= style.start || *at >= style.end)
    {
        let end = body[at..].find('>').map(|end| at + end).expect("the end of a tag");
        let tag = &body[at + 1..end];
        // Every second piece is the value of an attribute, which loads and runs nothing.
        let markup: String = tag.split('"').step_by(2).collect();
        prop_assert!(!FORBIDDEN.iter().any(|it| markup.contains(it)), "<{tag}>");
        let target = tag.split("href=\"").nth(1).map(|it| &it[..1]);
        prop_assert!(target.is_none_or(|it| it == "#"), "<{tag}>");
        let (is_end, is_closed) = (tag.starts_with('/'), tag.ends_with('/'));
        let name = tag.trim_matches('/').split([' ', '\n']).next().unwrap_or_default().to_owned();
        if is_end {
            prop_assert_eq!(open.pop(), Some(name));
        } else if is_closed || EMPTY.contains(&name.as_str()) && name != "polyline" {
            prop_assert!(EMPTY.contains(&name.as_str()), "<{tag}>");
            names.push(name);
        } else {
            prop_assert!(ELEMENTS.contains(&name.as_str()), "<{tag}>");
            open.push(name.clone());
            names.push(name);
        }
    }
    prop_assert!(open.is_empty(), "{open:?} are still open");
    Ok(names)
}

/// A document with a text in every place that can have one.
fn everywhere(text: &str) -> Document {
    let words = || text.to_owned();
    let chart = Chart {
        title: words(),
        along: words(),
        top: words(),
        bottom: words(),
        ticks: vec![(0, words())],
        pieces: vec![vec![(0, 5_000), (10_000, 10_000)]],
        beside: None,
        marked: vec![(0, 100)],
        mark: words(),
    };
    let item = ListItem { tone: Tone::Bad, badge: words(), text: words(), source: Some(words()) };
    let table = Table::new(
        ["a", "b", "c", text],
        [
            TableRow::new(vec![
                Cell::text(text),
                Cell::figure(text),
                Cell::text(""),
                Cell::text(text),
            ]),
            TableRow::total(vec![Cell::text(text); 4]),
        ],
    );
    Document {
        blocks: vec![
            Block::Title(words()),
            Block::Facts(vec![(words(), words())]),
            Block::Heading(words(), Tone::Warning),
            Block::Table(table),
            Block::Items(vec![item]),
            Block::Lines(vec![words()]),
            Block::Chart(chart),
            Block::Folded(
                words(),
                vec![Block::Heading(words(), Tone::Good), Block::Lines(vec![words()])],
            ),
        ],
    }
}

/// Moves a cursor, or hides or reorders the letters beside it.
fn acts(c: char) -> bool {
    c.is_control() && c != '\n'
        || matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

fn is_harmless(text: &str) -> Result<(), TestCaseError> {
    let page = html(&everywhere(text));
    prop_assert!(!page.contains(acts), "{page:?}");
    // A fact can have line breaks, and a tick of a chart too little room; nothing else differs.
    let fixed = |page: &str| -> Result<Vec<_>, TestCaseError> {
        Ok(tags(page)?
            .into_iter()
            .filter(|name| !["br", "text"].contains(&name.as_str()))
            .collect())
    };
    prop_assert_eq!(fixed(&page)?, fixed(&html(&everywhere("a")))?);
    Ok(())
}

proptest! {
    #![proptest_config(cases(150))]

    #[test]
    fn no_text_changes_a_page(text in "[<>&\"'a-z/= \\n\u{202e}\u{7}-]{1,40}") {
        is_harmless(&text)?;
    }

    #[test]
    fn no_text_of_any_kind_changes_a_page(text in any_text()) {
        prop_assume!(!text.trim().is_empty());
        is_harmless(&text)?;
    }

    #[test]
    fn a_customer_cannot_write_a_page(name in "[<>&\"'a-z/=\u{202e}]{1,30}") {
        let text = format!("customer = {}\n{}", quoted(&name), super::DEAL.split_once('\n').expect("a line").1);
        let deal = super::resolve(&text, &super::PLAIN).expect("a deal");
        let quote = quote(&deal);
        let page = html(&QuoteView { quote: &quote, explained: true }.document());
        tags(&page)?;
        let shown = clean(&name).replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
        let shown = shown.replace('"', "&quot;").replace('\'', "&#39;");
        prop_assert!(page.contains(&format!(">Quote for {shown}</h1>")), "{shown} in {page}");
    }
}

#[test]
fn known_tricks_do_not_work() -> Result<(), TestCaseError> {
    let tricks = [
        "</style><script>alert(1)</script>",
        "\"><img src=x onerror=alert(1)>",
        "' onmouseover='alert(1)",
        "</title></svg><a href=\"javascript:alert(1)\">x</a>",
        "<!-- --><![CDATA[x]]>&lt;b&gt;&#60;b&#62;",
        "a\u{202e}b\u{2066}c\u{200b}d\x1b[2J\0e",
    ];
    tricks.iter().try_for_each(|trick| is_harmless(trick))
}
