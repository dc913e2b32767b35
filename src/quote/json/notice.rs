//! What the reader should know.

use crate::quote::notice::Notice;
use crate::text::source::Place;
use serde::Serialize;

#[derive(Serialize)]
pub(crate) struct NoticeJson<'a> {
    code: &'static str,
    severity: &'static str,
    message: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    source: Option<&'a Place>,
}

impl<'a> NoticeJson<'a> {
    pub(crate) fn of(notice: &'a Notice) -> Self {
        Self {
            code: notice.code,
            severity: notice.severity.name(),
            message: &notice.message,
            source: notice.rule.as_ref().map(|rule| &rule.source),
        }
    }
}
