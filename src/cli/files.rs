//! Reads input files, and writes output files whole or not at all.

use super::{Failure, interrupt, output, wrong_command_line};
use crate::text::diagnostic::nearest;
use crate::text::source::Source;
use anyhow::anyhow;
use std::collections::HashSet;
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
    write_as(path, text, PendingFile::keep)
}

/// Writes a file that must not be there: of two writers one is refused.
pub fn write_new(path: &Path, text: &str) -> Result<(), Failure> {
    write_as(path, text, PendingFile::keep_new)
}

fn write_as(
    path: &Path,
    text: &str,
    keep: impl FnOnce(PendingFile) -> std::io::Result<()>,
) -> Result<(), Failure> {
    // A signal waits until the temporary file is gone. A reader of a pipe could let it wait for ever.
    let is_file = std::fs::metadata(path).map_or(true, |there| there.is_file());
    let _held = is_file.then(interrupt::block_signals);
    let mut pending = PendingFile::new(path)?;
    let kept = pending.write_all(text.as_bytes()).and_then(|()| keep(pending));
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
    /// A file without a name until it is complete, where the system has such files: not even a signal that
    /// nobody can handle leaves it behind.
    Unnamed(File, PathBuf),
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
        let place = match destination(path) {
            Ok(place) => place,
            Err(_) if !folder_of(path).is_dir() => {
                let message = format!("there is no folder {}", folder_of(path).display());
                return Err(cannot_write(path, &message));
            }
            Err(error) if error.kind() == ErrorKind::NotFound => {
                return Err(cannot_write(path, "it is a link into a folder that does not exist"));
            }
            Err(_) => return Err(cannot_write(path, "it is a link that leads nowhere")),
        };
        let folder = folder_of(&place);
        let pending = match std::fs::metadata(&place) {
            Ok(there) if there.is_dir() => return Err(cannot_write(path, "it is a folder")),
            Ok(there) if !there.is_file() => {
                File::options().write(true).open(&place).map(Self::Device)
            }
            there => {
                let permissions = there.ok().map(|there| there.permissions());
                match create_unnamed(folder, permissions.as_ref()) {
                    Some(file) => {
                        interrupt::begin_unnamed();
                        Ok(Self::Unnamed(file, place))
                    }
                    None => {
                        create_temporary(folder, permissions).map(|file| Self::Beside(file, place))
                    }
                }
            }
        };
        pending.map_err(|error| cannot_write(path, &reason(&error)))
    }

    /// Renames the temporary file to its target in one step.
    ///
    /// The content and its name survive a loss of power.
    pub fn keep(self) -> std::io::Result<()> {
        self.keep_as(
            |file, place| file.persist(place).map(drop).map_err(Into::into),
            |file, place| match link(file, place) {
                Err(error) if error.kind() == ErrorKind::AlreadyExists => link_over(file, place),
                linked => linked,
            },
        )
    }

    /// Gives the temporary file the name of its target, which must not be there: of two writers one is refused.
    fn keep_new(self) -> std::io::Result<()> {
        let named = |file: NamedTempFile, place: &Path| {
            file.persist_noclobber(place).map(drop).map_err(Into::into)
        };
        self.keep_as(named, link)
    }

    fn keep_as(
        self,
        named: impl FnOnce(NamedTempFile, &Path) -> std::io::Result<()>,
        unnamed: impl FnOnce(&File, &Path) -> std::io::Result<()>,
    ) -> std::io::Result<()> {
        let place = match self {
            Self::Device(_) | Self::Stderr => return Ok(()),
            Self::Stdout => return std::io::stdout().flush(),
            Self::Beside(file, place) => {
                file.as_file().sync_all()?;
                interrupt::run_uninterrupted(|| named(file, &place))?;
                place
            }
            Self::Unnamed(file, place) => {
                file.sync_all()?;
                interrupt::run_uninterrupted(|| unnamed(&file, &place))?;
                interrupt::name_unnamed();
                place
            }
        };
        // Where a folder cannot be opened or synchronized, its system needs or has no such thing.
        let _ = File::open(folder_of(&place)).and_then(|folder| folder.sync_all());
        Ok(())
    }
}

impl Write for PendingFile {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        match self {
            Self::Beside(file, _) => file.write(bytes),
            Self::Unnamed(file, _) => file.write(bytes),
            Self::Device(device) => device.write(bytes),
            Self::Stdout => std::io::stdout().write(bytes),
            Self::Stderr => std::io::stderr().write(bytes),
        }
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

/// Creates a file without a name in a folder; `None` where the system or the folder has no such files.
#[cfg(target_os = "linux")]
fn create_unnamed(folder: &Path, permissions: Option<&Permissions>) -> Option<File> {
    use nix::fcntl::OFlag;
    use std::os::unix::fs::OpenOptionsExt;
    let mut options = File::options();
    // The user's mask applies, as for any new file.
    let options = options.write(true).mode(0o666).custom_flags(OFlag::O_TMPFILE.bits());
    let file = options.open(folder).ok()?;
    if let Some(permissions) = permissions {
        file.set_permissions(permissions.clone()).ok()?;
    }
    // Without /proc the file could not get its name.
    Path::new("/proc/self/fd").is_dir().then_some(file)
}

#[cfg(not(target_os = "linux"))]
const fn create_unnamed(_: &Path, _: Option<&Permissions>) -> Option<File> {
    None
}

/// Gives a file without a name its first one, which must not be there.
#[cfg(target_os = "linux")]
fn link(file: &File, place: &Path) -> std::io::Result<()> {
    use nix::fcntl::{AT_FDCWD, AtFlags};
    use std::os::fd::AsRawFd;
    let open = format!("/proc/self/fd/{}", file.as_raw_fd());
    let flags = AtFlags::AT_SYMLINK_FOLLOW;
    nix::unistd::linkat(AT_FDCWD, open.as_str(), AT_FDCWD, place, flags).map_err(Into::into)
}

#[cfg(not(target_os = "linux"))]
fn link(_: &File, _: &Path) -> std::io::Result<()> {
    Err(ErrorKind::Unsupported.into())
}

/// Puts a file without a name in the place of one that is there. Only a link can be renamed, and for that moment
/// it has a temporary name.
fn link_over(file: &File, place: &Path) -> std::io::Result<()> {
    let name = format!(".dealdesk-{}", std::process::id());
    let beside = folder_of(place).join(name);
    let _ = std::fs::remove_file(&beside);
    link(file, &beside)?;
    let renamed = std::fs::rename(&beside, place);
    if renamed.is_err() {
        let _ = std::fs::remove_file(&beside);
    }
    renamed
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

/// Whether two paths are the same file, which may not be there yet. `-` is standard input, which can be a file too.
pub fn are_same(one: &Path, other: &Path) -> bool {
    KnownFiles::new([one]).contains(other)
}

/// Files by the places that their paths lead to, each looked up once.
pub struct KnownFiles(HashSet<PathBuf>);

impl KnownFiles {
    pub fn new<'p>(paths: impl IntoIterator<Item = &'p Path>) -> Self {
        Self(paths.into_iter().filter_map(|path| meant(path).ok()).collect())
    }

    /// Whether a path leads to one of the files.
    pub fn contains(&self, path: &Path) -> bool {
        !self.0.is_empty() && meant(path).is_ok_and(|path| self.0.contains(&path))
    }
}

fn meant(path: &Path) -> std::io::Result<PathBuf> {
    if is_standard(path) { Path::new("/dev/stdin").canonicalize() } else { destination(path) }
}

/// Returns the file that a path leads to, through links, whether it is there or not.
///
/// # Errors
/// A folder that does not exist, and links that lead in a circle.
fn destination(path: &Path) -> std::io::Result<PathBuf> {
    let mut path = path.to_owned();
    // As many links as Linux follows.
    for _ in 0..40 {
        match std::fs::canonicalize(&path) {
            Err(error) if error.kind() == ErrorKind::NotFound => {}
            found => return found,
        }
        let Ok(target) = std::fs::read_link(&path) else {
            let name = path.file_name().ok_or(ErrorKind::NotFound)?;
            return Ok(folder_of(&path).canonicalize()?.join(name));
        };
        path = folder_of(&path).join(target);
    }
    Err(std::io::Error::other("its links lead in a circle"))
}
