//! Files of deals: what a row costs in a file is what it costs alone.
//!
//! | module | what its laws say |
//! | --- | --- |
//! | `run`, `rows`, `drawn` | a batch in memory; a row as texts; rows that are drawn for a book |
//! | `alone` | what a row costs as a deal file of its own, which owes `batch` nothing |
//! | `quoted` | a file is priced as its rows are alone, by any book |
//! | `cells` | by books that were made to catch out what is looked up |
//! | `playbook` | and by the book that comes with the program, row by row |
//! | `arrival` | threads, slow readers and the cuts between chunks change nothing |
//! | `grammar` | CSV is read as the `csv` crate reads it, and a bad row hides no good one |
//! | `json` | an object in each line says what the same row of CSV does |
//! | `beside` | under two books at once they cost what they cost under each, and parts add up |
//! | `hostile` | any bytes at all are rows or faults |

mod alone;
mod arrival;
mod beside;
mod cells;
mod drawn;
mod grammar;
mod hostile;
mod json;
mod playbook;
mod quoted;
pub mod rows;
pub mod run;
