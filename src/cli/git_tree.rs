//! A repository of git as its objects have it: nothing is read from the work tree, where a link could lead anywhere.

use super::Failure;
use super::git::{command, printed};
use anyhow::{Context, anyhow};
use std::io::{BufRead, BufReader, Read, Write};
use std::path::{Path, PathBuf};
use std::process::Stdio;

/// The repository of the current folder.
pub struct Repository {
    top: PathBuf,
}

/// Kind of a path in a tree of git.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EntryKind {
    File,
    Link,
    Submodule,
}

/// Path in a tree of git.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TreeEntry {
    pub kind: EntryKind,
    /// The hash of the content.
    pub object: String,
    /// The path from the top, with `/` between its parts. Bytes that are no UTF-8 are replaced by U+FFFD.
    pub path: String,
}

/// Path that two trees have differently, as each has it.
#[derive(Debug, Clone)]
pub struct ChangedEntry {
    pub path: String,
    pub old: Option<TreeEntry>,
    pub new: Option<TreeEntry>,
}

impl Repository {
    /// Finds the repository of the current folder.
    pub fn here() -> Result<Self, Failure> {
        let found =
            run(Path::new("."), &["rev-parse", "--show-toplevel"], "this is no git repository")?;
        let top = String::from_utf8_lossy(&found).trim_end_matches('\n').to_owned();
        Ok(Self { top: PathBuf::from(top) })
    }

    /// Returns the folder of the work tree.
    pub fn top(&self) -> &Path {
        &self.top
    }

    /// Returns the hash of the commit that a revision names.
    pub fn commit(&self, flag: &str, revision: &str) -> Result<String, Failure> {
        if revision.is_empty() || revision.starts_with('-') {
            return Err(anyhow!("{flag}: this is no revision: \"{revision}\"").into());
        }
        self.refuse_ambiguous(flag, revision)?;
        let asked = format!("{revision}^{{commit}}");
        let words = ["-c", "core.warnAmbiguousRefs=true", "rev-parse", "--verify"];
        let words = [&words[..], &["--end-of-options", &asked]].concat();
        let found = command(&self.top, &words).output().context("git cannot be run")?;
        if !found.status.success() {
            return Err(anyhow!(
                "{flag}: git has no revision {revision} here; a shallow clone needs more history: fetch-depth 0 on \
                 GitHub, GIT_DEPTH 0 on GitLab"
            )
            .into());
        }
        // Git warns of files of its own too, such as .git/main, and of a name with `~1` behind it.
        if String::from_utf8_lossy(&found.stderr).contains("is ambiguous") {
            return Err(anyhow!(
                "{flag}: {revision} names several things for git: write it in full, such as refs/heads/main"
            )
            .into());
        }
        Ok(String::from_utf8_lossy(&found.stdout).trim().to_owned())
    }

    /// Refuses a revision that names several things: git takes one silently, and who may push a tag could choose.
    fn refuse_ambiguous(&self, flag: &str, revision: &str) -> Result<(), Failure> {
        let places = ["refs/", "refs/tags/", "refs/heads/", "refs/remotes/"];
        let names = places.map(|place| format!("{place}{revision}"));
        let words = names.iter().map(String::as_str);
        let words: Vec<_> =
            ["for-each-ref", "--format=%(refname)"].into_iter().chain(words).collect();
        let listed = run(&self.top, &words, "git cannot list its references")?;
        let listed = String::from_utf8_lossy(&listed).into_owned();
        // A name of a folder of references lists all of them.
        let mut found: Vec<_> =
            listed.lines().filter(|line| names.iter().any(|it| it == line)).collect();
        let is_hash = revision.len() >= 4 && revision.chars().all(|c| c.is_ascii_hexdigit());
        if is_hash && !found.is_empty() {
            found.push("a commit");
        }
        match found.as_slice() {
            [first, .., last] => Err(anyhow!(
                "{flag}: {revision} is both {first} and {last}: write one of them in full"
            )
            .into()),
            _ => Ok(()),
        }
    }

    /// Returns the commit from which two commits went different ways. Refuses several of them: a merge starts from all, and
    /// a path that one of them has could come back in the merge without a difference from that one.
    pub fn merge_base(&self, one: &str, other: &str) -> Result<String, Failure> {
        let cannot = "the base and the change have no commit in common here; a shallow clone needs more history: \
                      fetch-depth 0 on GitHub, GIT_DEPTH 0 on GitLab";
        let found = run(&self.top, &["merge-base", "--all", one, other], cannot)?;
        let found = String::from_utf8_lossy(&found);
        match found.trim().split_once('\n') {
            None => Ok(found.trim().to_owned()),
            Some(_) => Err(anyhow!(
                "the base and the change have several last commits in common: merge the base into the change first"
            )
            .into()),
        }
    }

    /// Lists the paths that differ between two commits. A renamed file is one that went and one that came.
    pub fn changed(&self, from: &str, to: &str) -> Result<Vec<ChangedEntry>, Failure> {
        let words = ["diff-tree", "-r", "-z", "--raw", "--no-renames", "--no-abbrev", from, to];
        let listed = run(&self.top, &words, "git cannot compare the commits")?;
        let mut parts = listed.split(|byte| *byte == 0);
        let mut found = Vec::new();
        while let (Some(facts), Some(path)) = (parts.next(), parts.next()) {
            let facts = String::from_utf8_lossy(facts).into_owned();
            let facts: Vec<_> = facts.trim_start_matches(':').split(' ').collect();
            let [old_mode, new_mode, old, new, ..] = facts[..] else { continue };
            let path = String::from_utf8_lossy(path).into_owned();
            let entry = |mode, object: &str| {
                let object = object.to_owned();
                Some(TreeEntry { kind: kind(mode)?, object, path: path.clone() })
            };
            let (old, new) = (entry(old_mode, old), entry(new_mode, new));
            found.push(ChangedEntry { path: path.clone(), old, new });
        }
        Ok(found)
    }

    /// Lists every path below a folder in a commit.
    pub fn below(&self, commit: &str, folder: &str) -> Result<Vec<TreeEntry>, Failure> {
        self.listed(&["ls-tree", "-r", "-z", "--full-tree", commit, "--", folder])
    }

    /// Returns what a path is in a commit; `None` where the commit does not have the path.
    pub fn entry(&self, commit: &str, path: &str) -> Result<Option<PathInTree>, Failure> {
        let words = ["ls-tree", "-z", "--full-tree", commit, "--", path];
        let listed = run(&self.top, &words, "git cannot read the commit")?;
        let Some((facts, _)) = split_entry(&listed) else { return Ok(None) };
        let mode = facts.split(' ').next().unwrap_or_default().to_owned();
        Ok(Some(match kind(&mode) {
            _ if mode == "040000" => PathInTree::Folder,
            _ => {
                PathInTree::Entry(parsed(&listed).ok_or_else(|| anyhow!("git lists {path} oddly"))?)
            }
        }))
    }

    /// Whether the history of a commit has had a path.
    pub fn has_had(&self, commit: &str, path: &str) -> Result<bool, Failure> {
        let words = ["rev-list", "--max-count=1", commit, "--", path];
        Ok(!run(&self.top, &words, "git cannot read the history")?.is_empty())
    }

    fn listed(&self, words: &[&str]) -> Result<Vec<TreeEntry>, Failure> {
        let listed = run(&self.top, words, "git cannot read the commit")?;
        Ok(listed.split(|byte| *byte == 0).filter_map(parsed).collect())
    }

    /// Returns the contents of objects, in their order.
    pub fn contents(&self, objects: &[&str]) -> Result<Vec<Vec<u8>>, Failure> {
        let mut child = command(&self.top, &["cat-file", "--batch"])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .context("git cannot be run")?;
        let (Some(mut asked), Some(answers)) = (child.stdin.take(), child.stdout.take()) else {
            return Err(anyhow!("git cannot be run").into());
        };
        let mut answers = BufReader::new(answers);
        let mut found = Vec::with_capacity(objects.len());
        // One question after the other: many at once could fill both pipes.
        for object in objects {
            writeln!(asked, "{object}").context("git cannot be asked for a file")?;
            let mut head = String::new();
            answers.read_line(&mut head).context("git cannot read a file")?;
            let size = head.trim_end().rsplit(' ').next().and_then(|size| size.parse().ok());
            let Some(size) = size else {
                return Err(anyhow!("git cannot read an object: {}", head.trim_end()).into());
            };
            let mut content = vec![0; size];
            answers.read_exact(&mut content).context("git cannot read a file")?;
            let mut end = [0];
            answers.read_exact(&mut end).context("git cannot read a file")?;
            found.push(content);
        }
        drop(asked);
        child.wait().context("git cannot be run")?;
        Ok(found)
    }
}

/// A path of a commit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PathInTree {
    Folder,
    Entry(TreeEntry),
}

fn kind(mode: &str) -> Option<EntryKind> {
    match mode {
        "120000" => Some(EntryKind::Link),
        "160000" => Some(EntryKind::Submodule),
        "000000" | "040000" => None,
        _ => Some(EntryKind::File),
    }
}

/// Splits `100644 blob HASH<tab>PATH` at its tab.
fn split_entry(listed: &[u8]) -> Option<(String, &[u8])> {
    let tab = listed.iter().position(|byte| *byte == b'\t')?;
    Some((String::from_utf8_lossy(&listed[..tab]).into_owned(), &listed[tab + 1..]))
}

fn parsed(listed: &[u8]) -> Option<TreeEntry> {
    let (facts, path) = split_entry(listed)?;
    let mut facts = facts.split(' ');
    let kind = kind(facts.next()?)?;
    let object = facts.nth(1)?.to_owned();
    let path = String::from_utf8_lossy(path).trim_end_matches('\0').to_owned();
    Some(TreeEntry { kind, object, path })
}

fn run(folder: &Path, words: &[&str], cannot: &str) -> Result<Vec<u8>, Failure> {
    printed(command(folder, words).output().context("git cannot be run")?, cannot)
}
