//! A deal desk: one price book in TOML and one exact engine that prices deals from it.
//!
//! # Architecture
//!
//! A price book in TOML becomes [`book::Books`], one book for each currency. A deal file, the flags of a
//! command or a row of a file become a [`deal::Deal`] of one book. Loading reports every error at once;
//! after loading, nothing can fail: [`price::price`] computes the waterfall of each line,
//! [`approve::route`] decides who must approve the deal, and [`quote::quote`] adds invoices, the partner's
//! figures and the notes for the reader. Each folder of `answer/` asks the same engine and belongs to
//! the command of its name. Only `cli` reads files, the clock, the environment and the terminal.
//!
//! The table lists every module, lowest first, with the modules that it may import:
//!
//! ```text
//! text                       text from outside made harmless; sources; diagnostics with carets
//! number                     money, rates, quantities and dates: exact, rounded in one place
//! table <- number, text      keys of a TOML table, declared once for reader, schema and writer
//! document <- number, text   a document of typed cells, and how each format draws it
//! book <- number, table,     prices, discounts, programs, channels and rules of one currency
//!     text
//! deal <- book, number,      the order of one customer, resolved against a book
//!     table, text
//! price <- book, deal,       the engine: waterfalls, totals, what reaches us, and price curves
//!     number
//! approve <- book, deal,     the rules: who must approve, and what no level can approve
//!     number, price
//! quote <- approve, book,    a priced deal with its notes, partner, invoices and comparisons
//!     deal, document, number, price, text
//! answer/batch, answer/book_check, answer/compare, answer/negotiate, answer/usage, answer/value <-
//!     approve, book, deal, document, number, price, quote, table, text
//! answer/deal_diff, answer/pipeline, answer/reprice <-
//!     answer/batch, approve, book, deal, document, number, price, quote, text
//! answer/book_import <-      a price list of a spreadsheet as a book
//!     book, number, table, text
//! answer/book_new <-         a first book from a few answers
//!     book, deal, number, quote, table, text
//! answer/book_tables <-      a book in tables, and two books compared
//!     answer/reprice, book, deal, document, number, price, quote, table, text
//! answer/gate <-             a change of deals and book, judged before it is merged
//!     answer/batch, answer/book_check, answer/book_tables, answer/deal_diff, answer/pipeline,
//!     answer/reprice, book, document, number, quote, table, text
//! cli <-                     one file for each command: load, call, print
//!     answer/batch, answer/book_check, answer/book_import, answer/book_new, answer/book_tables, answer/compare,
//!     answer/deal_diff, answer/gate, answer/negotiate, answer/pipeline, answer/reprice, answer/usage, answer/value,
//!     approve, book, deal, document, number, price, quote, table, text
//! ```
//!
//! `tests/architecture` reads this table and enforces it.

pub mod answer;
pub mod approve;
pub mod book;
pub mod cli;
pub mod deal;
pub mod document;
pub mod number;
pub mod price;
pub mod quote;
pub mod table;
pub mod text;
