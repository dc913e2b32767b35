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
//! text                  text from outside made harmless; sources with lines; diagnostics with carets
//! number                money, rates, quantities, dates: exact, and rounded in one place
//! table <- number, text  keys of a TOML table, declared once for the reader, the schema and editors
//! document <- number, text  a document with typed cells, and how each format draws it
//! book <- number, table, text  prices, discounts, programs, channels and approval rules of one currency
//! deal <- book, number, table, text  the order of one customer, resolved against a book
//! price <- book, deal, number  the engine: waterfalls, totals, and the price curve of a metric
//! approve <- book, deal, number, price  rules: who must approve, and what no level can approve
//! quote <- approve, book, deal, document, number, price, text  a priced deal: notes, partner, invoices
//! answer/batch <- approve, book, deal, document, number, price, quote, table, text  files of deals
//! answer/book_check <- approve, book, deal, document, number, price, quote, text  proofs over a book
//! answer/book_tables <- answer/reprice, book, deal, document, number, price, quote, table, text  a book shown, and two compared
//! answer/compare <- approve, book, deal, document, number, price, quote, text  one need by every metric
//! answer/deal_diff <- answer/batch, approve, book, deal, document, number, price, quote, text  two versions of a deal
//! answer/negotiate <- approve, book, deal, document, number, price, quote, text  offers that meet a target
//! answer/pipeline <- answer/batch, approve, book, deal, document, number, price, quote, text  check and desk
//! answer/reprice <- answer/batch, approve, book, deal, document, number, price, quote, text  deals under a new book
//! answer/usage <- approve, book, deal, document, number, price, quote, table, text  invoices for metered use
//! answer/value <- book, deal, document, number, price, quote, text  savings, return and payback
//! cli <- answer, approve, book, deal, document, number, price, quote, table, text  one file a command
//! build                 runs before the program is compiled
//! ```
//!
//! `tests/architecture.rs` reads this table and enforces it.

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
