//! A file is priced as its rows are alone.

use super::alone::held_alone;
use super::drawn::file;
use super::rows::csv;
use super::run::{CSV, desk, priced};
use crate::laws::cases;
use crate::laws::world::load;
use proptest::prelude::*;
use proptest::test_runner::Config;

proptest! {
    #![proptest_config(Config { max_shrink_iters: 15, ..cases(80) })]

    /// Whatever the book, and however many rows are alike: the figures of every row are those that
    /// it has by itself, and so is who must agree. A row that is no deal is told by its number.
    #[test]
    fn a_row_costs_in_a_file_what_it_costs_alone(file in file()) {
        let books = load(&file.book.toml());
        let code = file.book.currencies.main;
        let ran = priced(&desk(&books, Some(code)), &csv(&file.rows), CSV);
        held_alone(&ran, &file.rows, &books, code)?;
    }
}
