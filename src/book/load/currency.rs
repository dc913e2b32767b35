//! The currencies of a book, the one that deals have by default first.

use super::UniqueNames;
use crate::number::Currency;
use crate::table::Section;
use crate::text::diagnostic::{Code, Diagnostic};
use crate::text::source::Place;

/// Every currency of the book; nothing, if one of them cannot be read.
pub(super) fn all(top: Section<'_>) -> Option<Vec<Currency>> {
    let book = top.table("book");
    let Some(list) = top.key_place("currency") else {
        let book = book?;
        if top.is_missing("currency") {
            let hint = "add `currency`: ISO 4217 code of every amount in the book, such as USD";
            book.require("currency", "[book]", hint);
        }
        return Some(vec![currency(book, "currency")?]);
    };
    let tables = top.tables("currency");
    let only = book.and_then(|book| book.key_place("currency"));
    if let Some(only) = &only {
        let message = "a book has one `currency`, or a list of them, not both";
        top.fault(
            Diagnostic::new(Code::Conflict, only.clone(), message)
                .related(list.clone(), "the list")
                .hint("take this one out: a deal that names no currency has the first of the list"),
        );
    } else if let Some(book) = book {
        book.report_unless(false, "symbol", "`currency`");
    }
    let read: Vec<_> = tables.iter().map(|table| currency(*table, "code")).collect();
    let all: Vec<_> = read.into_iter().collect::<Option<_>>()?;
    if all.is_empty() {
        let fault = Diagnostic::new(Code::Empty, list, "the book has no currency");
        top.fault(fault.hint("add a [[currency]] with its `code`"));
    }
    (only.is_none() && are_distinct(&tables) && !all.is_empty()).then_some(all)
}

fn currency(table: Section<'_>, key: &str) -> Option<Currency> {
    let symbol = table.text("symbol").map(|symbol| symbol.value);
    let code = table.text(key)?;
    table.report(Currency::new(&code.value, symbol).ok_or_else(|| {
        let message = format!("\"{}\" is not a currency code", code.value);
        Diagnostic::new(Code::UnknownChoice, code.place, message)
            .hint("write an ISO 4217 code, such as USD")
    }))
}

fn are_distinct(tables: &[Section<'_>]) -> bool {
    let mut names = UniqueNames::default();
    let mut distinct = true;
    for table in tables {
        let Some(code) = table.text("code") else { continue };
        let what = format_args!("the currency {}", code.value);
        distinct &= names.is_new(*table, &code, what, "take one of them out");
    }
    distinct
}

/// Where the list has a currency; the whole text, if it is the only one.
pub(super) fn place(top: Section<'_>, currency: &Currency) -> Place {
    let is_it =
        |table: &Section<'_>| table.text("code").is_some_and(|code| code.value == currency.code);
    top.tables("currency").iter().find(|table| is_it(table)).unwrap_or(&top).place()
}
