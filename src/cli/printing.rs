//! What a command made, to the terminal or to a file, in the format that was asked for.

use super::failure::{Failure, wrong_command_line};
use super::{files, output};
use crate::document::Canvas;
use crate::text::clean;
use clap::{Args, ValueEnum};
use std::path::{Path, PathBuf};

/// The flags of every command that prints figures.
#[derive(Debug, Clone, Args)]
#[command(next_help_heading = "Output")]
pub struct OutputArgs {
    /// How to print it [default: table, or what the name of the output file says]
    #[arg(long, value_name = "FORMAT")]
    format: Option<Format>,

    /// Write it to a file, whole or not at all; - is standard output
    #[arg(long, value_name = "FILE")]
    output: Option<PathBuf>,

    /// Show the arithmetic of every figure (tables and Markdown)
    #[arg(long)]
    pub explain: bool,
}

/// How figures are printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// For people at a terminal
    Table,
    /// For programs, with the name and version of its schema
    Json,
    /// For spreadsheets
    Csv,
    /// For pull requests and wikis
    Markdown,
}

/// How an answer is printed that is no table of figures to calculate with.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum AnswerFormat {
    /// For people at a terminal
    Table,
    /// For programs, with the name and version of its schema
    Json,
    /// For pull requests and wikis
    Markdown,
}

impl OutputArgs {
    /// The format that was asked for, or that the name of the output file asks for.
    pub fn format(&self) -> Result<Format, Failure> {
        let path = self.output.as_deref().unwrap_or(Path::new(""));
        let extension = path.extension().map(|it| it.to_string_lossy().to_ascii_lowercase());
        match (self.format, extension.as_deref()) {
            (Some(format), _) => Ok(format),
            (None, Some("json")) => Ok(Format::Json),
            (None, Some("csv")) => Ok(Format::Csv),
            (None, Some("md" | "markdown")) => Ok(Format::Markdown),
            (None, Some("txt") | None) => Ok(Format::Table),
            (None, Some(_)) => Err(wrong_command_line(&format!(
                "{} does not say in which format: add --format, or name it .txt, .json, .csv or .md",
                path.display()
            ))),
        }
    }

    /// Whether it goes to a file.
    pub const fn is_to_file(&self) -> bool {
        self.output.is_some()
    }

    /// What is made never replaces what it is made from. `what` is what is made: "the quote".
    pub fn refuse_overwrite(&self, inputs: &[Option<&Path>], what: &str) -> Result<(), Failure> {
        let Some(output) = &self.output else { return Ok(()) };
        if inputs.iter().flatten().any(|input| files::are_same(output, input)) {
            let message = format!("{} is what {what} is made from", output.display());
            return Err(wrong_command_line(&message));
        }
        Ok(())
    }

    /// Prints it, drawn for where it goes.
    pub fn print(&self, draw: impl FnOnce(Canvas) -> String) -> Result<(), Failure> {
        let file = self.output.as_ref().filter(|path| !files::is_standard(path));
        let Some(path) = file else { return output::data(&draw(output::stdout())) };
        files::write(path, &draw(output::FILE))?;
        output::stderr_line(&format!("{} written\n", clean(&path.display().to_string())));
        Ok(())
    }
}
