//! Reads input files, and writes output files whole or not at all.

use super::{Failure, interrupt, output, wrong_command_line};
use crate::text::diagnostic::nearest;
use crate::text::source::Source;
use anyhow::anyhow;
use std::fs::{File, Permissions};
use std::io::{ErrorKind, Read, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use tempfile::NamedTempFile;

/// The largest book or deal that is read, in MiB. Real ones have kilobytes; the limit stops at endless
/// files such as `/dev/zero`.
const LARGEST: u64 = 16;

/// The largest usage file that is read, in MiB: nine million rows.
pub const LARGEST_USAGE: u64 = 256;

/// The name of a price book that is found without being named.
pub const PRICE_BOOK: &str = "pricing.toml";

/// Whether a path is `-`, which stands for standard input or output.
pub fn is_standard(path: &Path) -> bool {
    path.as_os_str() == "-"
}

/// Returns the name of an input in messages, without its folder.
pub fn name(path: &Path) -> String {
    if is_standard(path) { "standard input".to_owned() } else { file_name(path) }
}

fn file_name(path: &Path) -> String {
    path.file_name().unwrap_or(path.as_os_str()).to_string_lossy().into_owned()
}

pub fn is_toml(path: &Path) -> bool {
    path.extension().is_some_and(|it| it.eq_ignore_ascii_case("toml"))
}

/// Refuses a command line that reads standard input more than once.
pub fn read_once<'p>(inputs: impl IntoIterator<Item = &'p Path>) -> Result<(), Failure> {
    if inputs.into_iter().filter(|path| is_standard(path)).count() > 1 {
        return Err(wrong_command_line("only one of the files can be standard input"));
    }
    Ok(())
}

/// Reads a text file; `-` is standard input. `what` names the file in messages: "deal file".
pub fn read(path: &Path, what: &str) -> Result<Arc<Source>, Failure> {
    read_at_most(LARGEST, path, what)
}

/// Reads a text file as [`read`] does, of at most `largest` MiB.
pub fn read_at_most(largest: u64, path: &Path, what: &str) -> Result<Arc<Source>, Failure> {
    let most = (largest << 20) + 1;
    let mut bytes = Vec::new();
    let read = if is_standard(path) {
        std::io::stdin().lock().take(most).read_to_end(&mut bytes)
    } else {
        File::open(path).and_then(|file| file.take(most).read_to_end(&mut bytes))
    };
    read.map_err(|error| cannot_read(path, what, error))?;
    source(&name(path), bytes, &format!("{what} {}", path.display()), largest)
}

/// Returns the text of a file whose bytes are known. `what` names the file in messages: "deal file".
pub fn source_of(path: &Path, bytes: Vec<u8>, what: &str) -> Result<Arc<Source>, Failure> {
    source(&file_name(path), bytes, &format!("{what} {}", path.display()), LARGEST)
}

/// Returns the text of a file in a revision of git. `what` names the file in messages: "deal file".
pub fn source_in_revision(
    revision: &str,
    path: &Path,
    bytes: Vec<u8>,
    what: &str,
) -> Result<Arc<Source>, Failure> {
    let name = format!("{revision}:{}", file_name(path));
    source(&name, bytes, &format!("{what} {name}"), LARGEST)
}

fn source(name: &str, bytes: Vec<u8>, what: &str, largest: u64) -> Result<Arc<Source>, Failure> {
    if bytes.len() as u64 > largest << 20 {
        return Err(anyhow!("the {what} is larger than {largest} MiB").into());
    }
    let text = String::from_utf8(bytes).map_err(|error| {
        let good = error.utf8_error().valid_up_to();
        let line = error.as_bytes()[..good].split(|&byte| byte == b'\n').count();
        anyhow!("the {what} is not UTF-8 text: see line {line}")
    })?;
    // A byte order mark belongs to the encoding, not to the text.
    let text = text.strip_prefix('\u{feff}').unwrap_or(&text);
    Ok(Source::file(name, text))
}

pub fn open(path: &Path, what: &str) -> Result<File, Failure> {
    File::open(path).map_err(|error| cannot_read(path, what, error).into())
}

/// Returns the error for a file that cannot be read, with a similar name if the file does not exist.
pub fn cannot_read(path: &Path, what: &str, error: std::io::Error) -> anyhow::Error {
    let why = match error.kind() {
        ErrorKind::NotFound => anyhow!("there is no such file{}", similar_name(path)),
        _ => error.into(),
    };
    why.context(format!("the {what} {} cannot be read", path.display()))
}

/// Returns a hint with a similar name in the same folder; empty if there is none.
fn similar_name(path: &Path) -> String {
    let beside = std::fs::read_dir(folder_of(path));
    let (Some(name), Ok(beside)) = (path.file_name(), beside) else { return String::new() };
    let names = beside.flatten().map(|entry| entry.file_name().to_string_lossy().into_owned());
    let mut names: Vec<_> = names.collect();
    names.sort();
    nearest(&name.to_string_lossy(), names.iter().map(String::as_str))
        .map(|near| format!("; did you mean {}?", path.with_file_name(near).display()))
        .unwrap_or_default()
}

/// Returns the folder of a file: `.` for a name alone.
pub fn folder_of(path: &Path) -> &Path {
    path.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

/// Writes a file, which appears whole or not at all.
pub fn write(path: &Path, text: &str) -> Result<(), Failure> {
    let mut pending = PendingFile::new(path)?;
    let written = pending.write_all(text.as_bytes()).and_then(|()| pending.sync());
    let kept = written.and_then(|()| pending.keep());
    // A pipe or standard output: its reader has seen enough.
    output::unless_closed(kept).map_err(|error| cannot_write(path, &reason(&error)))
}

/// A file that is written under a temporary name beside its target, and renamed when it is complete.
/// Until then the target keeps its old content.
///
/// A link is followed, an existing file keeps its permissions, and a terminal or a pipe is written to
/// directly.
pub enum PendingFile {
    Beside(NamedTempFile, PathBuf),
    Device(File),
    /// A stream that this process has open. Opened again by its path, a file behind it would be
    /// overwritten from its start.
    Stdout,
    Stderr,
}

impl PendingFile {
    pub fn new(path: &Path) -> Result<Self, Failure> {
        match path.to_str() {
            Some("/dev/stdout" | "/dev/fd/1" | "/proc/self/fd/1") => return Ok(Self::Stdout),
            Some("/dev/stderr" | "/dev/fd/2" | "/proc/self/fd/2") => return Ok(Self::Stderr),
            _ => {}
        }
        let place = std::fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
        let folder = folder_of(&place);
        if !folder.is_dir() {
            return Err(cannot_write(path, &format!("there is no folder {}", folder.display())));
        }
        let pending = match std::fs::metadata(&place) {
            Ok(there) if there.is_dir() => return Err(cannot_write(path, "it is a folder")),
            Ok(there) if !there.is_file() => {
                File::options().write(true).open(&place).map(Self::Device)
            }
            there => create_temporary(folder, there.ok().map(|there| there.permissions()))
                .map(|file| Self::Beside(file, place)),
        };
        pending.map_err(|error| cannot_write(path, &reason(&error)))
    }

    /// Renames the temporary file to its target in one step.
    pub fn keep(self) -> std::io::Result<()> {
        match self {
            Self::Device(_) | Self::Stderr => Ok(()),
            Self::Stdout => std::io::stdout().flush(),
            Self::Beside(file, place) => {
                interrupt::run_uninterrupted(|| file.persist(place)).map(drop).map_err(Into::into)
            }
        }
    }

    /// Waits until the content would survive a loss of power.
    fn sync(&self) -> std::io::Result<()> {
        match self {
            Self::Beside(file, _) => file.as_file().sync_all(),
            _ => Ok(()),
        }
    }
}

impl Write for PendingFile {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        match self {
            Self::Beside(file, _) => file.write(bytes),
            Self::Device(device) => device.write(bytes),
            Self::Stdout => std::io::stdout().write(bytes),
            Self::Stderr => std::io::stderr().write(bytes),
        }
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

/// Creates a temporary file in a folder. It is deleted when dropped, unless it was renamed.
fn create_temporary(
    folder: &Path,
    permissions: Option<Permissions>,
) -> std::io::Result<NamedTempFile> {
    let mut builder = tempfile::Builder::new();
    builder.prefix(".dealdesk-");
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        // The user's mask applies, as for any new file.
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

/// Returns the reason in the words of the system, without error numbers.
pub fn reason(error: &std::io::Error) -> String {
    error.kind().to_string()
}

/// Whether two paths are the same file. `-` is standard input, which can be a file too.
pub fn are_same(one: &Path, other: &Path) -> bool {
    let meant = |path: &Path| {
        std::fs::canonicalize(if is_standard(path) { Path::new("/dev/stdin") } else { path })
    };
    meant(one).is_ok_and(|one| meant(other).is_ok_and(|other| one == other))
}
