//! Files in, and files out whole or not at all.

use super::failure::Failure;
use crate::diagnostic::nearest;
use crate::source::Source;
use anyhow::{Context, anyhow};
use std::fs::{File, Permissions};
use std::io::{ErrorKind, Read, Write};
use std::path::Path;
use std::sync::Arc;

/// The largest book or deal that is read, in MiB. Real ones have kilobytes; `/dev/zero` has no end.
const LARGEST: u64 = 16;

/// The largest usage file that is read, in MiB: nine million rows.
const LARGEST_USAGE: u64 = 256;

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
    let is_input = path.as_os_str() == "-";
    let result = if is_input {
        std::io::stdin().lock().take(most + 1).read_to_end(&mut bytes)
    } else {
        File::open(path).and_then(|file| file.take(most + 1).read_to_end(&mut bytes))
    };
    result
        .map_err(|error| match error.kind() {
            ErrorKind::NotFound => anyhow!("there is no such file{}", near(path)),
            _ => error.into(),
        })
        .with_context(|| format!("the {what} {} cannot be read", path.display()))?;
    if bytes.len() as u64 > most {
        return Err(anyhow!("the {what} {} is larger than {largest} MiB", path.display()).into());
    }
    let text = String::from_utf8(bytes).map_err(|error| {
        let good = error.utf8_error().valid_up_to();
        let line = error.as_bytes()[..good].split(|&byte| byte == b'\n').count();
        anyhow!("the {what} {} is not UTF-8 text: see line {line}", path.display())
    })?;
    // A byte order mark belongs to the encoding, not to the text.
    let text = text.strip_prefix('\u{feff}').unwrap_or(&text);
    Ok(Source::file(if is_input { "standard input" } else { &name }, text))
}

/// The file beside it that may have been meant by a name that is not there.
fn near(path: &Path) -> String {
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

/// Writes a file beside its place and moves it there: it appears whole or not at all.
///
/// A link is followed, an existing file keeps its permissions, and what is no file (a terminal, a
/// pipe) is written to and stays what it is.
pub fn write(path: &Path, text: &str) -> Result<(), Failure> {
    let cannot = |why: String| anyhow!("{} cannot be written: {why}", path.display());
    let target = std::fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
    let folder = target.parent().filter(|parent| !parent.as_os_str().is_empty());
    let folder = folder.unwrap_or(Path::new("."));
    if !folder.is_dir() {
        return Err(cannot(format!("there is no folder {}", folder.display())).into());
    }
    match std::fs::metadata(&target) {
        Ok(there) if there.is_dir() => Err(cannot("it is a folder".to_owned()).into()),
        Ok(there) if !there.is_file() => {
            let device = File::options().write(true).open(&target);
            let written = device.and_then(|mut device| device.write_all(text.as_bytes()));
            written.map_err(|error| cannot(error.to_string()).into())
        }
        there => {
            let permissions = there.ok().map(|there| there.permissions());
            replace(&target, folder, permissions, text)
                .map_err(|error| cannot(error.kind().to_string()).into())
        }
    }
}

/// Writes beside the place and moves there, which happens at once or not at all.
fn replace(
    target: &Path,
    folder: &Path,
    permissions: Option<Permissions>,
    text: &str,
) -> std::io::Result<()> {
    let mut builder = tempfile::Builder::new();
    builder.prefix(".dealdesk-");
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        // Less what the user's mask takes away, as for any new file.
        builder.permissions(Permissions::from_mode(0o666));
    }
    let mut file = builder.tempfile_in(folder)?;
    if let Some(permissions) = permissions {
        file.as_file().set_permissions(permissions)?;
    }
    file.write_all(text.as_bytes())?;
    file.as_file().sync_all()?;
    file.persist(target)?;
    Ok(())
}

/// Whether two names are of the same file.
pub fn are_same(one: &Path, other: &Path) -> bool {
    match (std::fs::canonicalize(one), std::fs::canonicalize(other)) {
        (Ok(one), Ok(other)) => one == other,
        _ => false,
    }
}
