//! The answer of a command, and every format that it can be drawn in.
//!
//! A new format is a file beside this one and a row in [`FORMATS`]; a new answer implements
//! [`Answer`]. Neither needs a change of the other.

use super::json::Json;
use super::{Canvas, Chart, Document, Table, csv, html, markdown, svg, terminal};

/// An answer of a command, in each of the forms that formats are drawn from.
pub trait Answer {
    fn document(&self) -> Document;

    /// Returns a row for each item of the answer, under column names that do not change.
    fn rows(&self) -> Table;

    /// Returns JSON with the name of its schema, indented, with a line break at its end.
    fn json(&self) -> Json;

    fn charts(&self) -> Vec<Chart> {
        Vec::new()
    }
}

#[derive(Debug)]
pub struct Format {
    pub name: &'static str,
    /// Suffixes of `--output` that mean this format, the usual one first.
    pub suffixes: &'static [&'static str],
    pub about: &'static str,
    /// Whether the format holds drawings alone, so that only answers with drawings have it.
    pub is_drawing: bool,
    /// Draws an answer. Formats without lines of a fixed width ignore the canvas.
    pub draw: fn(&dyn Answer, Canvas) -> String,
}

/// Every format. The first one is used where nothing else is said.
pub const FORMATS: &[Format] = &[
    Format {
        name: "table",
        suffixes: &["txt"],
        about: "For people at a terminal",
        is_drawing: false,
        draw: |answer, canvas| terminal(&answer.document(), canvas),
    },
    Format {
        name: "json",
        suffixes: &["json"],
        about: "For programs, with the name and version of its schema",
        is_drawing: false,
        draw: |answer, _| answer.json().to_string(),
    },
    Format {
        name: "csv",
        suffixes: &["csv"],
        about: "For spreadsheets",
        is_drawing: false,
        draw: |answer, _| csv(&answer.rows()),
    },
    Format {
        name: "markdown",
        suffixes: &["md", "markdown"],
        about: "For pull requests and wikis",
        is_drawing: false,
        draw: |answer, _| markdown(&answer.document()),
    },
    Format {
        name: "html",
        suffixes: &["html", "htm"],
        about: "For browsers and printers",
        is_drawing: false,
        draw: |answer, _| html(&answer.document()),
    },
    Format {
        name: "svg",
        suffixes: &["svg"],
        about: "The drawing alone, for slides",
        is_drawing: true,
        draw: |answer, _| svg(&answer.charts()),
    },
];

impl Format {
    pub fn of_name(name: &str) -> Option<&'static Self> {
        FORMATS.iter().find(|format| format.name == name)
    }

    /// Returns the format that a suffix means, in capitals or not.
    pub fn of_suffix(suffix: &str) -> Option<&'static Self> {
        let is_known = |known: &str| known.eq_ignore_ascii_case(suffix);
        FORMATS.iter().find(|format| format.suffixes.iter().any(|known| is_known(known)))
    }
}
