//! Files in, and files out whole or not at all.

use super::failure::{Failure, wrong_command_line};
use super::interrupt;
use crate::text::diagnostic::nearest;
use crate::text::source::Source;
use anyhow::anyhow;
use std::fs::{File, Permissions};
use std::io::{ErrorKind, Read, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use tempfile::NamedTempFile;

/// The largest book or deal that is read, in MiB. Real ones have kilobytes; `/dev/zero` has no end.
const LARGEST: u64 = 16;

/// The largest usage file that is read, in MiB: nine million rows.
const LARGEST_USAGE: u64 = 256;

/// Whether a name is that of standard input or output.
pub fn is_standard(path: &Path) -> bool {
    path.as_os_str() == "-"
}

/// Standard input can be read once.
///
/// # Errors
/// More of what a command reads is to come from there.
pub fn read_once<'p>(inputs: impl IntoIterator<Item = &'p Path>) -> Result<(), Failure> {
    if inputs.into_iter().filter(|path| is_standard(path)).count() > 1 {
        return Err(wrong_command_line("only one of the files can be standard input"));
    }
    Ok(())
}

/// Reads a text file. `-` is standard input.
pub fn read(path: &Path, what: &str) -> Result<Arc<Source>, Failure> {
    read_at_most(LARGEST, path, what)
}

/// Reads a usage file. `-` is standard input.
pub fn read_usage(path: &Path) -> Result<Arc<Source>, Failure> {
    read_at_most(LARGEST_USAGE, path, "usage file")
}

fn read_at_most(largest: u64, path: &Path, what: &str) -> Result<Arc<Source>, Failure> {
    let most = largest << 20;
    let name = path.file_name().unwrap_or(path.as_os_str()).to_string_lossy();
    let mut bytes = Vec::new();
    let is_input = is_standard(path);
    let result = if is_input {
        std::io::stdin().lock().take(most + 1).read_to_end(&mut bytes)
    } else {
        File::open(path).and_then(|file| file.take(most + 1).read_to_end(&mut bytes))
    };
    result.map_err(|error| cannot_read(path, what, error))?;
    if bytes.len() as u64 > most {
        return Err(anyhow!("the {what} {} is larger than {largest} MiB", path.display()).into());
    }
    let name = if is_input { "standard input" } else { &name };
    source(name, bytes, &format!("{what} {}", path.display()))
}

/// A text that was kept somewhere else than in a file. `name` is what messages call it, and `what` is
/// what it should be: "deal file".
pub fn source_from_bytes(name: &str, bytes: Vec<u8>, what: &str) -> Result<Arc<Source>, Failure> {
    if bytes.len() as u64 > LARGEST << 20 {
        return Err(anyhow!("the {what} {name} is larger than {LARGEST} MiB").into());
    }
    source(name, bytes, &format!("{what} {name}"))
}

fn source(name: &str, bytes: Vec<u8>, what: &str) -> Result<Arc<Source>, Failure> {
    let text = String::from_utf8(bytes).map_err(|error| {
        let good = error.utf8_error().valid_up_to();
        let line = error.as_bytes()[..good].split(|&byte| byte == b'\n').count();
        anyhow!("the {what} is not UTF-8 text: see line {line}")
    })?;
    // A byte order mark belongs to the encoding, not to the text.
    let text = text.strip_prefix('\u{feff}').unwrap_or(&text);
    Ok(Source::file(name, text))
}

/// Opens a file that is read as it comes.
pub fn open(path: &Path, what: &str) -> Result<File, Failure> {
    File::open(path).map_err(|error| cannot_read(path, what, error).into())
}

pub fn cannot_read(path: &Path, what: &str, error: std::io::Error) -> anyhow::Error {
    let why = match error.kind() {
        ErrorKind::NotFound => anyhow!("there is no such file{}", similar_name(path)),
        _ => error.into(),
    };
    why.context(format!("the {what} {} cannot be read", path.display()))
}

/// The file beside it that may have been meant by a name that is not there.
fn similar_name(path: &Path) -> String {
    let folder = path.parent().filter(|parent| !parent.as_os_str().is_empty());
    let beside = std::fs::read_dir(folder.unwrap_or(Path::new(".")));
    let (Some(name), Ok(beside)) = (path.file_name(), beside) else { return String::new() };
    let names = beside.flatten().map(|entry| entry.file_name().to_string_lossy().into_owned());
    let mut names: Vec<String> = names.collect();
    names.sort();
    let known = names.iter().map(String::as_str);
    let Some(near) = nearest(&name.to_string_lossy(), known) else { return String::new() };
    format!("; did you mean {}?", path.with_file_name(near).display())
}

/// Writes a file: it appears whole or not at all.
pub fn write(path: &Path, text: &str) -> Result<(), Failure> {
    let cannot = |error: std::io::Error| cannot_write(path, &reason(&error));
    let mut pending = PendingFile::new(path)?;
    pending.write_all(text.as_bytes()).and_then(|()| pending.sync()).map_err(cannot)?;
    pending.keep()
}

/// A file that is being written beside its place, and is moved there when it is whole. Until then,
/// and if it never is, what stands there stays.
///
/// A link is followed, an existing file keeps its permissions, and what is no file (a terminal, a
/// pipe) is written to and stays what it is.
#[derive(Debug)]
pub struct PendingFile {
    path: PathBuf,
    target: PendingTarget,
}

#[derive(Debug)]
enum PendingTarget {
    /// Written beside the place it is to have.
    Beside(NamedTempFile, PathBuf),
    /// A terminal or a pipe.
    Device(File),
    /// What this process has open already: opened again, a file would be written from its start.
    Standard(StandardStream),
}

#[derive(Debug, Clone, Copy)]
enum StandardStream {
    Output,
    Error,
}

impl StandardStream {
    /// The names that systems have for them.
    fn of(path: &Path) -> Option<Self> {
        match path.to_str()? {
            "/dev/stdout" | "/dev/fd/1" | "/proc/self/fd/1" => Some(Self::Output),
            "/dev/stderr" | "/dev/fd/2" | "/proc/self/fd/2" => Some(Self::Error),
            _ => None,
        }
    }
}

impl PendingFile {
    /// Begins a file.
    pub fn new(path: &Path) -> Result<Self, Failure> {
        let cannot = |why: &str| cannot_write(path, why);
        if let Some(stream) = StandardStream::of(path) {
            return Ok(Self { path: path.to_owned(), target: PendingTarget::Standard(stream) });
        }
        let place = std::fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
        let folder = place.parent().filter(|parent| !parent.as_os_str().is_empty());
        let folder = folder.unwrap_or(Path::new("."));
        if !folder.is_dir() {
            return Err(cannot(&format!("there is no folder {}", folder.display())));
        }
        let target = match std::fs::metadata(&place) {
            Ok(there) if there.is_dir() => return Err(cannot("it is a folder")),
            Ok(there) if !there.is_file() => {
                File::options().write(true).open(&place).map(PendingTarget::Device)
            }
            there => create_temporary(folder, there.ok().map(|there| there.permissions()))
                .map(|file| PendingTarget::Beside(file, place)),
        };
        let target = target.map_err(|error| cannot(&reason(&error)))?;
        Ok(Self { path: path.to_owned(), target })
    }

    /// Moves it to its place, which happens at once or not at all.
    pub fn keep(self) -> Result<(), Failure> {
        match self.target {
            PendingTarget::Device(_) | PendingTarget::Standard(StandardStream::Error) => Ok(()),
            PendingTarget::Standard(StandardStream::Output) => {
                std::io::stdout().flush().map_err(|error| cannot_write(&self.path, &reason(&error)))
            }
            PendingTarget::Beside(file, place) => match interrupt::settle(|| file.persist(place)) {
                Ok(_) => Ok(()),
                Err(error) => Err(cannot_write(&self.path, &reason(&error.error))),
            },
        }
    }

    /// Waits until it would survive a loss of power.
    fn sync(&self) -> std::io::Result<()> {
        match &self.target {
            PendingTarget::Beside(file, _) => file.as_file().sync_all(),
            PendingTarget::Device(_) | PendingTarget::Standard(_) => Ok(()),
        }
    }
}

impl Write for PendingFile {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        match &mut self.target {
            PendingTarget::Beside(file, _) => file.write(bytes),
            PendingTarget::Device(device) => device.write(bytes),
            PendingTarget::Standard(StandardStream::Output) => std::io::stdout().write(bytes),
            PendingTarget::Standard(StandardStream::Error) => std::io::stderr().write(bytes),
        }
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

/// A new file in a folder, which is gone again unless it is kept.
fn create_temporary(
    folder: &Path,
    permissions: Option<Permissions>,
) -> std::io::Result<NamedTempFile> {
    let mut builder = tempfile::Builder::new();
    builder.prefix(".dealdesk-");
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        // Less what the user's mask takes away, as for any new file.
        builder.permissions(Permissions::from_mode(0o666));
    }
    let file = interrupt::create_tracked(|| builder.tempfile_in(folder))?;
    if let Some(permissions) = permissions {
        file.as_file().set_permissions(permissions)?;
    }
    Ok(file)
}

pub fn cannot_write(path: &Path, why: &str) -> Failure {
    anyhow!("{} cannot be written: {why}", path.display()).into()
}

/// Why, in the words of the system without its numbers.
pub fn reason(error: &std::io::Error) -> String {
    error.kind().to_string()
}

/// Whether two names are of the same file. `-` is standard input, which can come from a file too.
pub fn are_same(one: &Path, other: &Path) -> bool {
    let meant = |path: &Path| {
        std::fs::canonicalize(if is_standard(path) { Path::new("/dev/stdin") } else { path })
    };
    match (meant(one), meant(other)) {
        (Ok(one), Ok(other)) => one == other,
        _ => false,
    }
}
