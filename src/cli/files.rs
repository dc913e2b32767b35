//! Files in, and files out whole or not at all.

use super::failure::Failure;
use crate::source::Source;
use anyhow::{Context, anyhow};
use std::fs::{File, Permissions};
use std::io::{Read, Write};
use std::path::Path;
use std::sync::Arc;

/// The largest book or deal that is read. Real ones have kilobytes; `/dev/zero` has no end.
const LARGEST: u64 = 16 << 20;

/// Reads a text file. `-` is standard input.
pub fn read(path: &Path, what: &str) -> Result<Arc<Source>, Failure> {
    let name = path.file_name().unwrap_or(path.as_os_str()).to_string_lossy();
    let mut bytes = Vec::new();
    let is_input = path.as_os_str() == "-";
    let result = if is_input {
        std::io::stdin().lock().take(LARGEST + 1).read_to_end(&mut bytes)
    } else {
        File::open(path).and_then(|file| file.take(LARGEST + 1).read_to_end(&mut bytes))
    };
    result.with_context(|| format!("the {what} {} cannot be read", path.display()))?;
    if bytes.len() as u64 > LARGEST {
        return Err(anyhow!("the {what} {} is larger than 16 MiB", path.display()).into());
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

/// Writes a file beside its place and moves it there: it appears whole or not at all.
pub fn write(path: &Path, text: &str) -> Result<(), Failure> {
    let folder = path.parent().filter(|parent| !parent.as_os_str().is_empty());
    if let Some(folder) = folder.filter(|folder| !folder.is_dir()) {
        return Err(anyhow!(
            "{} cannot be written: there is no folder {}",
            path.display(),
            folder.display()
        )
        .into());
    }
    let mut builder = tempfile::Builder::new();
    builder.prefix(".dealdesk-");
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        builder.permissions(Permissions::from_mode(0o644));
    }
    let write = || -> anyhow::Result<()> {
        let mut file = builder.tempfile_in(folder.unwrap_or(Path::new(".")))?;
        file.write_all(text.as_bytes())?;
        file.as_file().sync_all()?;
        file.persist(path)?;
        Ok(())
    };
    write().with_context(|| format!("{} cannot be written", path.display()))?;
    Ok(())
}
