//! The one test binary.
//!
//! | module | what it holds |
//! | --- | --- |
//! | `support` | a scratch folder, the real binary run in it, snapshots, and the runner of worked cases |
//! | `pricing` | worked cases: tables in `tests/pricing/*.toml`, arithmetic in their comments |
//! | `price_lists` | the books of `examples/books`: their examples, and every answer to their deals |
//! | `usage` | the same of usage files: what was used, and what is invoiced |
//! | `compare` | worked cases of one need by every metric that can meet it |
//! | `value` | the same of `dealdesk value`: what a deal is worth against what else there is |
//! | `batch` | a file of deals, and its prices by another program |
//! | `customers` | which deals are of one customer, and what they cost together and apart |
//! | `days` | which day it is, which price book holds on it, and which quotes still do |
//! | `pipeline` | deals of one customer that are split, case by case |
//! | `errors` | one specimen a diagnostic in `tests/errors`, with its snapshot |
//! | `findings` | what is proved of a book, held against trying everything; a specimen of each kind |
//! | `ladder` | from list down to what each level gives, worked by hand |
//! | `laws` | properties over random books and deals |
//! | `negotiate` | worked cases of negotiations: what is offered for a number |
//! | `cli` | the real binary: formats, exit codes, hostile text, the wizard |
//! | `docs` | README and examples executed, schemas held against the files they describe |
//! | `architecture` | who may import whom, where output is written, names and prose |
//! | `reference` | the reference pages: every key of the schemas, and examples that are run |

#![allow(clippy::expect_used, clippy::panic, reason = "a test that cannot go on has failed")]

mod architecture;
mod batch;
mod cli;
mod compare;
mod customers;
mod days;
mod docs;
mod errors;
mod findings;
mod ladder;
mod laws;
mod negotiate;
mod pipeline;
mod price_lists;
mod pricing;
mod reference;
mod support;
mod usage;
mod value;
