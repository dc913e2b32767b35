//! The answer of a command, to the terminal or to a file: the format, the width and the file are
//! decided here for every command.

use super::{CommandOutcome, Failure, files, output, typed, wrong_command_line};
use crate::document::{Answer, FORMATS, Format};
use crate::text::clean;
use clap::Args;
use std::path::{Path, PathBuf};

/// The flags of every command that prints an answer.
#[derive(Debug, Clone, Args)]
#[command(next_help_heading = "Output")]
pub struct OutputArgs {
    #[command(flatten)]
    printed: FormatArgs,

    /// Write it to a file, whole or not at all; - is standard output
    #[arg(long, value_name = "FILE")]
    pub(crate) output: Option<PathBuf>,
}

/// The format of an answer that goes to standard output.
#[derive(Debug, Clone, Args)]
#[command(next_help_heading = "Output")]
pub struct FormatArgs {
    /// How to print it [default: table, or what the name of the output file says]
    #[arg(long, value_name = "FORMAT", value_parser = typed::one_of(formats()))]
    format: Option<&'static Format>,
}

fn formats() -> impl Iterator<Item = (&'static str, &'static str, &'static Format)> {
    let formats = FORMATS.iter().filter(|format| !format.is_drawing);
    formats.map(|format| (format.name, format.about, format))
}

impl FormatArgs {
    pub fn format(&self) -> &'static Format {
        self.format.unwrap_or(&FORMATS[0])
    }
}

impl OutputArgs {
    /// Returns the format that was typed, or else the one that the name of the output file means. A
    /// drawing is refused.
    pub fn format(&self) -> Result<&'static Format, Failure> {
        self.format_among(|format| !format.is_drawing)
    }

    /// Returns the format as [`Self::format`] does, for an answer that has a drawing.
    pub fn format_or_drawing(&self) -> Result<&'static Format, Failure> {
        if self.printed.format.is_some()
            && let Some(suffix) = self.suffix()
            && Format::of_suffix(&suffix).is_some_and(|meant| meant.is_drawing)
        {
            return Err(wrong_command_line(&format!(
                "--format: a file named .{suffix} takes the drawing alone: leave --format out"
            )));
        }
        self.format_among(|_| true)
    }

    fn format_among(&self, is_possible: fn(&Format) -> bool) -> Result<&'static Format, Failure> {
        let (None, Some(path), Some(suffix)) = (self.printed.format, &self.output, self.suffix())
        else {
            return Ok(self.printed.format());
        };
        let meant = Format::of_suffix(&suffix).filter(|format| is_possible(format));
        meant.ok_or_else(|| {
            let suffixes = FORMATS.iter().filter(|format| is_possible(format));
            let mut suffixes: Vec<_> =
                suffixes.map(|format| format!(".{}", format.suffixes[0])).collect();
            let last = suffixes.pop().unwrap_or_default();
            wrong_command_line(&format!(
                "the format of {} is not known: add --format, or name it {} or {last}",
                path.display(),
                suffixes.join(", "),
            ))
        })
    }

    fn suffix(&self) -> Option<String> {
        let suffix = self.output.as_deref()?.extension()?;
        Some(suffix.to_string_lossy().to_ascii_lowercase())
    }

    /// Refuses to replace a file that the command reads, as [`refuse_overwrite`] does.
    pub fn refuse_overwrite<'p>(
        &self,
        inputs: impl IntoIterator<Item = &'p Path>,
        what: &str,
    ) -> Result<(), Failure> {
        self.output.as_ref().map_or(Ok(()), |output| refuse_overwrite(output, inputs, what))
    }

    /// Prints an answer, drawn for the terminal or for the file that it goes to.
    pub fn print(&self, format: &Format, answer: &dyn Answer) -> Result<CommandOutcome, Failure> {
        match self.output.as_deref().filter(|path| !files::is_standard(path)) {
            Some(path) => write(path, format, answer),
            None => print(format, answer),
        }
    }
}

pub fn print(format: &Format, answer: &dyn Answer) -> Result<CommandOutcome, Failure> {
    output::data(&(format.draw)(answer, output::stdout()))
}

/// Writes an answer to a file, whole or not at all, and says so.
pub fn write(path: &Path, format: &Format, answer: &dyn Answer) -> Result<CommandOutcome, Failure> {
    files::write(path, &(format.draw)(answer, output::FILE))?;
    output::stderr_line(&format!("{} written\n", clean(&path.display().to_string())));
    Ok(CommandOutcome::Done)
}

/// Refuses to replace a file that the command reads, under this name or another. `what` names what is
/// written: "the quote is".
pub fn refuse_overwrite<'p>(
    output: &Path,
    inputs: impl IntoIterator<Item = &'p Path>,
    what: &str,
) -> Result<(), Failure> {
    if inputs.into_iter().any(|input| files::are_same(output, input)) {
        let message = format!("{} is the input that {what} made from", output.display());
        return Err(wrong_command_line(&message));
    }
    Ok(())
}
