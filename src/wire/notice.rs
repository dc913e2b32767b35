//! What the reader should know.

use crate::advise::Notice;
use crate::source::Place;
use serde::Serialize;

#[derive(Serialize)]
pub(super) struct NoticeWire<'a> {
    code: &'static str,
    severity: &'static str,
    message: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    source: Option<&'a Place>,
}

impl<'a> NoticeWire<'a> {
    pub(super) fn of(notice: &'a Notice) -> Self {
        Self {
            code: notice.code,
            severity: notice.severity.name(),
            message: &notice.message,
            source: notice.rule.as_ref().map(|rule| &rule.source),
        }
    }
}
