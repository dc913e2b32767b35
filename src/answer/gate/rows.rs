//! The statements of a gate as rows of a spreadsheet.

use super::annotations::Annotation;
use crate::document::{Cell, Table};

/// Lists annotations as rows of a spreadsheet.
pub(super) fn table(annotations: &[Annotation]) -> Table {
    Table::of_items(
        annotations,
        &[
            ("path", &|it| Cell::text(&it.path)),
            ("line", &|it| Cell::ordinal(it.line)),
            ("code", &|it| Cell::text(it.code)),
            ("message", &|it| Cell::text(&it.message)),
        ],
    )
}
