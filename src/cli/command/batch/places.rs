//! Files of a batch, by the names on the command line.

use super::BatchArgs;
use super::naming::{self, FileEncoding};
use super::output::{ErrorFile, ErrorOutput};
use super::progress::BatchProgress;
use crate::cli::failure::{Failure, wrong_command_line};
use crate::cli::files::{self, is_standard};
use std::ffi::OsString;
use std::io::IsTerminal;
use std::path::{Path, PathBuf};

pub struct BatchFiles<'a> {
    args: &'a BatchArgs,
    pub input: FileEncoding,
    pub output: FileEncoding,
    /// File of the rows that cannot be priced; `None` if they are printed on standard error.
    pub errors: Option<PathBuf>,
}

impl<'a> BatchFiles<'a> {
    pub fn of(args: &'a BatchArgs) -> Result<Self, Failure> {
        let beside = || {
            let mut name = OsString::from(&args.output);
            name.push(".errors.csv");
            is_file(&args.output).then(|| name.into())
        };
        Ok(Self {
            args,
            input: naming::of(&args.input, args.input_format, "--input-format")?,
            output: naming::of(&args.output, args.output_format, "--output-format")?,
            errors: args.errors.clone().or_else(beside),
        })
    }

    /// Refuses to write over the input, the book, or the other output.
    pub fn refuse_overwrite<'p>(
        &self,
        books: impl Iterator<Item = &'p Path>,
    ) -> Result<(), Failure> {
        let books: Vec<&Path> = books.collect();
        let made = [("--output", Some(&self.args.output)), ("--errors", self.errors.as_ref())];
        for (flag, path) in made {
            let Some(path) = path.filter(|path| !is_standard(path)) else { continue };
            let is_same = |input: &Path| files::are_same(path, input);
            if is_same(&self.args.input) || books.iter().copied().any(is_same) {
                let message = format!("{flag}: {} is the input of this command", path.display());
                return Err(wrong_command_line(&message));
            }
        }
        if self.errors.as_ref().is_some_and(|errors| is_one(errors, &self.args.output)) {
            return Err(wrong_command_line("--errors: name another file than --output"));
        }
        Ok(())
    }

    /// Says whether a progress bar would disturb no output.
    pub fn may_show(&self, is_quiet: bool) -> bool {
        let paths = [Some(&self.args.output), self.errors.as_ref()];
        let is_printed = paths.into_iter().flatten().any(|path| !is_file(path));
        !(is_quiet || is_printed && std::io::stdout().is_terminal())
    }

    /// Says whether all outputs are files, which no reader can hold up.
    pub fn are_files(&self) -> bool {
        is_file(&self.args.output) && self.errors.as_deref().is_some_and(is_file)
    }

    pub fn errors<'p>(&'p self, progress: &'p BatchProgress) -> Result<ErrorOutput<'p>, Failure> {
        let Some(path) = &self.errors else { return Ok(ErrorOutput::Terminal(progress)) };
        let mut file = ErrorFile::new(path, naming::of_csv(path, "--errors")?);
        if self.args.errors.is_some() {
            // A place that cannot be written is reported at once. Beside the output it can be written.
            file.begin()?;
        }
        Ok(ErrorOutput::File(file))
    }
}

pub fn name(path: &Path) -> String {
    if is_standard(path) { "standard output".to_owned() } else { path.display().to_string() }
}

/// Says whether a path is or would be a file: no pipe, no terminal, no other device.
fn is_file(path: &Path) -> bool {
    !is_standard(path) && std::fs::metadata(path).map_or(true, |it| it.is_file() || it.is_dir())
}

/// Says whether two names are of one file, which may not exist yet.
fn is_one(one: &Path, other: &Path) -> bool {
    let is_device = std::fs::metadata(one).is_ok_and(|it| !it.is_file());
    files::are_same(one, other) && !is_device
}
