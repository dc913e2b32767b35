//! A scratch folder, the real binary run in it, and snapshots of what it prints.

pub mod cases;
mod masked;

pub use masked::masked;

use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

/// The day of every quote in these tests.
pub const DAY: &str = "2026-11-21";

/// The text of the repository's price book.
pub const OUR_BOOK: &str = include_str!("../../pricing.toml");

/// The top of the repository.
pub fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// Compares a text with the snapshot of that name, with line numbers of `pricing.toml`, hashes and
/// quote ids masked.
macro_rules! assert_shows {
    ($name:expr, $text:expr) => {
        crate::support::assert_shows_whole!($name, crate::support::masked(&$text))
    };
}

/// Compares a text with the snapshot of that name, unmasked: for tests with a book of their own, and
/// for the few tests about line numbers, hashes and ids.
macro_rules! assert_shows_whole {
    ($name:expr, $text:expr) => {
        insta::with_settings!({ prepend_module_to_snapshot => false, omit_expression => true }, {
            insta::assert_snapshot!($name, $text);
        })
    };
}

pub(crate) use assert_shows;
pub(crate) use assert_shows_whole;

/// A folder of its own, and what is run in it.
#[must_use]
pub struct Desk {
    folder: tempfile::TempDir,
}

/// What a run printed and how it ended.
#[derive(Debug)]
pub struct Ran {
    pub stdout: String,
    pub stderr: String,
    pub code: Option<i32>,
}

impl Desk {
    /// An empty folder outside the repository, so that the built-in book quotes.
    pub fn new() -> Self {
        Self { folder: tempfile::tempdir().expect("a scratch folder") }
    }

    /// The same folder with one more file in it.
    pub fn file(self, name: &str, text: &str) -> Self {
        let path = self.path(name);
        std::fs::create_dir_all(path.parent().expect("a parent")).expect("a folder");
        std::fs::write(path, text).expect("a file");
        self
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    pub fn read(&self, name: &str) -> String {
        std::fs::read_to_string(self.path(name)).expect("a file that was written")
    }

    /// The real binary, in the folder, with an environment that says nothing.
    pub fn command(&self) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_dealdesk"));
        command
            .current_dir(self.folder.path())
            .env_remove("DEALDESK_PRICE_BOOK")
            .env_remove("NO_COLOR")
            .env_remove("CLICOLOR_FORCE")
            .stdin(Stdio::null());
        command
    }

    /// Runs git in the folder, as somebody without settings of their own, and answers with what it
    /// printed.
    pub fn git(&self, words: &[&str]) -> String {
        let output = Command::new("git")
            .args(["-c", "user.name=Desk", "-c", "user.email=desk@desk.example"])
            .args(words)
            .current_dir(self.folder.path())
            .env("GIT_CONFIG_GLOBAL", "/dev/null")
            .env("GIT_CONFIG_NOSYSTEM", "1")
            .output()
            .expect("git runs");
        assert!(
            output.status.success(),
            "git {words:?}: {}",
            String::from_utf8_lossy(&output.stderr)
        );
        String::from_utf8(output.stdout).expect("UTF-8 from git").trim().to_owned()
    }

    /// The same folder, with all that is in it committed.
    pub fn committed(self) -> Self {
        if !self.path(".git").exists() {
            self.git(&["init", "--quiet", "--initial-branch", "main"]);
        }
        self.git(&["add", "--all"]);
        self.git(&["commit", "--quiet", "--message", "deals"]);
        self
    }

    /// Runs it with these arguments.
    pub fn run(&self, args: &[&str]) -> Ran {
        Ran::of(self.command().args(args).output().expect("the binary runs"))
    }
}

impl Ran {
    /// What was told on standard error, in one line: a terminal breaks it anywhere.
    pub fn told(&self) -> String {
        self.stderr.split_whitespace().collect::<Vec<_>>().join(" ")
    }

    pub fn of(output: Output) -> Self {
        Self {
            stdout: String::from_utf8(output.stdout).expect("UTF-8 on standard output"),
            stderr: String::from_utf8(output.stderr).expect("UTF-8 on standard error"),
            code: output.status.code(),
        }
    }
}
