//! Fast reading and writing, for rows that are as plain as most are.
//!
//! No code outside of this folder knows how it works, and no code in it decides a price. A row of CSV meets
//! these types in turn:
//!
//! | type | task |
//! | --- | --- |
//! | [`Scan`] | marks every comma and line break outside of quotation marks, 64 bytes at a time |
//! | [`FieldEnds`] | turns the marks into places: [`RowBlock`](super::row::RowBlock)s of whole rows |
//! | `RowView` | a row of less than 256 bytes, in which no index has to be checked |
//! | [`RowReader`] | quantity and rate as numbers, the key of the row, and whether its id is plain |
//! | [`OutputBuffer`] | writes id, list price, figures and approval in words of eight or sixteen bytes |
//!
//! Each of them gives up on an unusual row (`None` or `false`), which the careful code of `read`, `price` and
//! `output` takes.
//!
//! Functions are compiled twice by `multiversion`, with AVX2 and without, and chosen when the program
//! runs. Their callees are `inline(always)`: a callee that is not inlined is built without the
//! instructions of its caller.

mod buffer;
mod key;
mod number;
mod reader;
mod scan;
mod view;

pub(super) use buffer::{OutputBuffer, ShortText, TOO_LARGE};
pub(super) use key::{LONGEST as KEY_LANES, RowKey};
pub(super) use reader::{QuickRow, RowReader};
pub(super) use scan::{FieldEnds, Scan};
pub(super) use view::Field;
