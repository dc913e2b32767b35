//! Codes that fail a change, from flags and from settings.

use crate::answer::book_check::FINDING_KINDS;
use crate::quote::notice::{NOTICE_KINDS, NoticeKind};
use crate::text::diagnostic::nearest;

/// Notices that fail a deal, and findings that fail a price book. A code can be both.
#[derive(Default)]
pub struct DeniedCodes {
    pub notices: Vec<&'static NoticeKind>,
    pub findings: Vec<&'static str>,
}

impl DeniedCodes {
    /// Adds the kinds of a code.
    ///
    /// # Errors
    /// There is no such code.
    pub fn add(&mut self, code: &str) -> Result<(), String> {
        let notices = || NOTICE_KINDS.iter().copied();
        let findings = || FINDING_KINDS.iter().map(|kind| kind.name);
        let known = || notices().map(|kind| kind.code).chain(findings());
        if !known().any(|it| it == code) {
            let near = nearest(code, known()).map(|near| format!("did you mean {near}?"));
            let hint = near.unwrap_or_else(|| "dealdesk explain lists all codes".to_owned());
            return Err(format!("there is no code \"{code}\"; {hint}"));
        }
        self.notices.extend(notices().filter(|kind| kind.code == code));
        self.findings.extend(findings().filter(|it| *it == code));
        Ok(())
    }
}
