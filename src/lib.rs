//! A deal desk: one price book in TOML, and one exact engine that quotes from it.
//!
//! # The house in one page
//!
//! Text becomes [`book::Books`], one for each currency, and a [`deal::Deal`] of one of them, or
//! every fault in it. From there on nothing can fail: [`quote::quote`] prices the deal, routes it
//! to whoever must approve it, and says what its reader should know. Only [`cli`] touches files,
//! the clock and the terminal.
//!
//! ```text
//! source, diagnostic, text      where something was written, what is wrong with it
//! value                         money, rates, quantities: exact, and rounded in one place
//! cashflow <- value             dated amounts of money, and what they are worth on one day
//! reading                       TOML against a written-down shape; JSON Schema from the same
//! book    <- reading, value     what may be sold, at what price, under which rules
//! listing <- book, reading      a book as its file says it, line by line; two of them compared
//! deal    <- book               what one customer asks for, resolved against a book
//! price   <- deal               the engine: the waterfall of every line, and totals
//! curve   <- price              a metric at every quantity, and what a larger order saves
//! channel <- price              what a partner pays us, and what it keeps
//! billing <- channel            dated invoices that add up to the contract
//! approve <- price              who must say yes, and what nobody can say yes to
//! compare <- approve, price     one need, met in two ways; prices variants of the deal
//! candidates <- compare, curve  one need by every metric that fits, and where it turns
//! advise  <- billing, compare   what the reader should know; prices variants of the deal
//! quote   <- advise, compare    all of it together
//! negotiate <- billing, cashflow  the offers that meet a number, and why none is easier to get
//! findings <- approve, curve    what is so of a book, proved over everything that it sells
//! batch   <- approve, price     files of deals: the engine asked once for all rows that are alike
//! reprice <- batch              what a new book does to deals that are there
//! tco     <- quote, cashflow    what a deal is worth against what its customer could have instead
//! check   <- quote, batch       many deals, each judged, and those of a customer together
//! desk    <- check              the pipeline: who each deal waits for
//! diff    <- quote              what changed between two versions of a deal
//! usage   <- quote              what was used, rated into monthly invoices in arrears
//! report, wire <- all of these   what people are told, what programs are told
//! render  <- report             how a document is drawn; knows no domain type
//! cli     <- everything         arguments, files, terminal, clock, exit codes
//! ```
//!
//! Arrows point one way, and `tests/architecture.rs` holds them to it.

pub mod advise;
pub mod approve;
pub mod batch;
pub mod billing;
pub mod book;
pub mod candidates;
pub mod cashflow;
pub mod channel;
pub mod check;
pub mod cli;
pub mod compare;
pub mod curve;
pub mod deal;
pub mod desk;
pub mod diagnostic;
pub mod diff;
pub mod findings;
pub mod listing;
pub mod negotiate;
pub mod price;
pub mod quote;
pub mod reading;
pub mod render;
pub mod report;
pub mod reprice;
pub mod source;
pub mod tco;
pub mod text;
pub mod usage;
pub mod value;
pub mod wire;
