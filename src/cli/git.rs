//! Files of a git revision.

use super::{Failure, wrong_command_line};
use anyhow::{Context, anyhow};
use std::ffi::{OsStr, OsString};
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

/// Returns the content of a file in a revision; `None` where the revision does not have the file.
pub fn file_in(revision: &str, path: &Path) -> Result<Option<Vec<u8>>, Failure> {
    if revision.is_empty() || revision.starts_with('-') || revision.contains(':') {
        let message = "--against: this is not a revision: name a branch, a tag or a commit";
        return Err(wrong_command_line(message));
    }
    let (folder, name) = place(path);
    let commit = commit(revision, &folder)?;
    // The path is relative to the folder, and `:` and `*` in it are literal.
    let listed = git(&folder, &["ls-tree", "-z", &commit, "--"], Some(name.as_os_str()))?;
    if printed(listed, "git cannot read the revision")?.is_empty() {
        return Ok(None);
    }
    let mut object = OsString::from(format!("{commit}:./"));
    object.push(&name);
    // Not `git show`, which applies the repository's filters for display.
    let file = git(&folder, &["cat-file", "blob"], Some(&object))?;
    printed(file, &format!("git cannot read {} in {revision}", path.display())).map(Some)
}

/// Returns the nearest existing folder of a file, and the path of the file from there. The folder of a
/// deleted file may be deleted too.
fn place(path: &Path) -> (PathBuf, PathBuf) {
    let mut name = PathBuf::from(path.file_name().unwrap_or_default());
    let mut folder = path.parent().unwrap_or(Path::new(""));
    while !folder.as_os_str().is_empty() && !folder.is_dir() {
        name = Path::new(folder.file_name().unwrap_or_default()).join(name);
        folder = folder.parent().unwrap_or(Path::new(""));
    }
    let here = folder.as_os_str().is_empty();
    (if here { PathBuf::from(".") } else { folder.to_owned() }, name)
}

fn commit(revision: &str, folder: &Path) -> Result<String, Failure> {
    let asked = format!("{revision}^{{commit}}");
    let found = git(folder, &["rev-parse", "--verify", "--quiet", &asked], None)?;
    if found.status.success() {
        return Ok(String::from_utf8_lossy(&found.stdout).trim().to_owned());
    }
    let inside = git(folder, &["rev-parse", "--is-shallow-repository"], None)?;
    let outside = format!("{} is in no git repository that can be read", folder.display());
    let hint = if printed(inside, &outside)?.starts_with(b"true") {
        ": this is a shallow clone; fetch the revision first, as with git fetch --unshallow"
    } else {
        ""
    };
    Err(anyhow!("--against: git has no revision {revision}{hint}").into())
}

/// Returns a command of git in a folder, which takes paths as they are.
pub fn command(folder: &Path, words: &[&str]) -> Command {
    let mut command = Command::new("git");
    command.arg("-C").arg(folder).args(words);
    command.env("GIT_LITERAL_PATHSPECS", "1").env("LC_ALL", "C").stdin(Stdio::null());
    // Objects are those that were pushed: no other object stands in for one, and no commit has other parents.
    command.env("GIT_NO_REPLACE_OBJECTS", "1").env("GIT_GRAFT_FILE", "/dev/null");
    command.env_remove("GIT_WORK_TREE");
    command
}

fn git(folder: &Path, words: &[&str], last: Option<&OsStr>) -> Result<Output, Failure> {
    Ok(command(folder, words)
        .args(last)
        .output()
        .context("git cannot be run, which --against needs")?)
}

/// Returns what git printed, or an error with the first line of git's own message.
pub fn printed(output: Output, cannot: &str) -> Result<Vec<u8>, Failure> {
    if output.status.success() {
        return Ok(output.stdout);
    }
    let message = String::from_utf8_lossy(&output.stderr);
    Err(match message.lines().next() {
        Some(first) => anyhow!("{cannot}: {first}").into(),
        None => anyhow!("{cannot}").into(),
    })
}
