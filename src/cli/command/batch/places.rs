//! Which file is read, and which ones are written.

use super::args::BatchArgs;
use super::naming;
use super::naming::FileCompression;
use super::output::{ErrorFile, ErrorOutput};
use super::progress::BatchProgress;
use crate::answer::batch::RowFormat;
use crate::cli::failure::{Failure, wrong_command_line};
use crate::cli::files;
use crate::cli::files::is_standard;
use crate::number::Currency;
use std::ffi::OsString;
use std::io::IsTerminal;
use std::path::{Path, PathBuf};

/// The files of a batch, by their names.
pub struct BatchFiles<'a> {
    args: &'a BatchArgs,
    pub input: (RowFormat, FileCompression),
    pub output: (RowFormat, FileCompression),
    /// Nothing, where they are told on standard error.
    errors: Option<PathBuf>,
}

impl<'a> BatchFiles<'a> {
    pub fn of(args: &'a BatchArgs) -> Result<Self, Failure> {
        let beside = || is_file(&args.output).then(|| behind(&args.output, ".errors.csv"));
        let places = Self {
            args,
            input: naming::of(&args.input, args.input_format, "--input-format")?,
            output: naming::of(&args.output, args.output_format, "--output-format")?,
            errors: args.errors.clone().or_else(beside),
        };
        Ok(places)
    }

    /// What is made never replaces what it is made from, nor the other thing that is made.
    pub fn refuse_overwrite(&self, book: Option<&Path>) -> Result<(), Failure> {
        let made = [("--output", Some(&self.args.output)), ("--errors", self.errors.as_ref())];
        for (flag, path) in made {
            let Some(path) = path.filter(|path| !is_standard(path)) else { continue };
            let inputs = [Some(self.args.input.as_path()), book];
            if inputs.iter().flatten().any(|input| files::are_same(path, input)) {
                let message = format!("{flag}: {} is the input of this command", path.display());
                return Err(wrong_command_line(&message));
            }
        }
        if self.errors.as_ref().is_some_and(|errors| is_one(errors, &self.args.output)) {
            let message = "--errors: name another file than --output";
            return Err(wrong_command_line(message));
        }
        Ok(())
    }

    /// Whether a bar would be in nobody's way.
    pub fn may_show(&self, is_quiet: bool) -> bool {
        let paths = [Some(&self.args.output), self.errors.as_ref()];
        let is_printed = paths.into_iter().flatten().any(|path| !is_file(path));
        !(is_quiet || is_printed && std::io::stdout().is_terminal())
    }

    /// Whether all that is written are files, which nobody can hold up.
    pub fn are_files(&self) -> bool {
        is_file(&self.args.output) && self.errors.as_deref().is_some_and(is_file)
    }

    /// Begins to collect the rows that cannot be priced.
    pub fn errors<'p>(
        &'p self,
        progress: &'p BatchProgress,
        currency: &'p Currency,
    ) -> Result<ErrorOutput<'p>, Failure> {
        let Some(path) = &self.errors else { return Ok(ErrorOutput::Talk(progress)) };
        let packing = naming::of_csv(path, "--errors")?;
        let mut file = ErrorFile::new(path, packing, currency);
        if self.args.errors.is_some() {
            // What cannot be written there is to be said at once. Beside the output it can.
            file.begin()?;
        }
        Ok(ErrorOutput::File(file))
    }

    /// Where those go, for messages.
    pub fn errors_path(&self) -> &Path {
        self.errors.as_deref().unwrap_or(Path::new("standard error"))
    }

    /// What the output is called.
    pub fn output_name(&self) -> String {
        name(&self.args.output)
    }

    /// What the file of those is called.
    pub fn errors_name(&self) -> Option<String> {
        self.errors.as_deref().map(name)
    }
}

fn name(path: &Path) -> String {
    if is_standard(path) { "standard output".to_owned() } else { path.display().to_string() }
}

/// Whether something written there would be a file: no pipe, no terminal, no other device.
fn is_file(path: &Path) -> bool {
    !is_standard(path) && std::fs::metadata(path).map_or(true, |it| it.is_file() || it.is_dir())
}

/// A name with more behind it.
fn behind(path: &Path, more: &str) -> PathBuf {
    let mut name = OsString::from(path);
    name.push(more);
    name.into()
}

/// Whether two names are of one file, which may not be there yet.
fn is_one(one: &Path, other: &Path) -> bool {
    let absolute = |path| std::path::absolute(path).ok();
    let is_same_name =
        one == other || (absolute(one).is_some() && absolute(one) == absolute(other));
    let is_there_for_all = |path: &Path| std::fs::metadata(path).is_ok_and(|it| !it.is_file());
    (is_same_name || files::are_same(one, other)) && !is_there_for_all(one)
}
