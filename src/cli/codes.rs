//! Codes of findings and notices on the command line.

use super::{Failure, levels, wrong_command_line};
use crate::answer::book_check::FindingKind;
use crate::quote::notice::NoticeKind;

/// Kind of statement with a code.
pub trait CodedKind {
    fn code(&self) -> &'static str;
}

impl CodedKind for FindingKind {
    fn code(&self) -> &'static str {
        self.name
    }
}

impl CodedKind for NoticeKind {
    fn code(&self) -> &'static str {
        self.code
    }
}

/// Returns the kind with a code that was typed. `flag` is the flag or the argument.
pub fn find<K: CodedKind>(
    flag: &str,
    name: &str,
    known: &[&'static K],
) -> Result<&'static K, Failure> {
    let codes = known.iter().map(|kind| kind.code());
    let found = known.iter().find(|kind| kind.code() == name).copied();
    found.ok_or_else(|| levels::no_such(flag, ("code", "codes"), name, codes))
}

/// Returns the kinds with codes that were typed.
pub fn find_all<K: CodedKind>(
    flag: &str,
    names: &[String],
    known: &[&'static K],
) -> Result<Vec<&'static K>, Failure> {
    names.iter().map(|name| find(flag, name, known)).collect()
}

/// Returns the kinds of `--deny` and of `--allow`. A kind that is not reported cannot be denied.
pub fn denied_and_allowed<K: CodedKind + PartialEq>(
    denied: &[String],
    allowed: &[String],
    known: &[&'static K],
) -> Result<(Vec<&'static K>, Vec<&'static K>), Failure> {
    let (denied, allowed) =
        (find_all("--deny", denied, known)?, find_all("--allow", allowed, known)?);
    match denied.iter().find(|kind| allowed.contains(kind)) {
        Some(kind) => Err(not_reported(*kind)),
        None => Ok((denied, allowed)),
    }
}

/// Returns the failure for a code that is denied and not reported.
pub fn not_reported(kind: &impl CodedKind) -> Failure {
    let message = format!("--deny: {} is not reported, so it cannot be denied", kind.code());
    wrong_command_line(&message)
}
