//! What fails a change, each at its line: for hosts that show it there.

use super::{Gate, GatedDeal};
use crate::answer::pipeline::text::check::reasons;
use crate::answer::pipeline::{CheckStatus, CheckedDeal};
use crate::document::json::{Json, object};
use crate::document::{Cell, Table};
use sha2::{Digest, Sha256};

/// A statement about a line of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Annotation {
    pub path: String,
    pub line: usize,
    /// A fixed word: the status of a deal, or the kind of the statement.
    pub code: &'static str,
    pub message: String,
}

/// Returns everything that fails a change, in the order of the report.
pub fn annotations(gate: &Gate<'_, '_>) -> Vec<Annotation> {
    let at = |path: &str, line: usize, code: &'static str, message: String| Annotation {
        path: path.to_owned(),
        line,
        code,
        message,
    };
    let unjudged = gate.unjudged.iter().map(|(path, why)| at(path, 1, "not-judged", why.clone()));
    let mut found: Vec<_> = unjudged.collect();
    if let Some(book) = &gate.book {
        found.extend(book.loosenings().map(|change| {
            let line = change.new.as_ref().map_or(1, |side| side.place.line());
            at(&book.path, line, "loosening", format!("the change loosens {}", change.path()))
        }));
        if book.keeps_version() {
            let message = "the price book changed without a new version".to_owned();
            found.push(at(&book.path, 1, "version", message));
        }
        found.extend(book.denied_findings().map(|finding| {
            at(&book.path, finding.rule.source.line(), finding.code.name, finding.message.clone())
        }));
    }
    for deal in gate.deals().iter().filter(|deal| deal.status > CheckStatus::Within) {
        let mut messages = messages(gate, deal);
        messages.dedup();
        let code = deal.status.name();
        found.extend(messages.into_iter().map(|message| at(deal.name, 1, code, message)));
    }
    found
}

fn messages(gate: &Gate<'_, '_>, deal: &GatedDeal<'_, '_, '_>) -> Vec<String> {
    let of = |checked: Option<&CheckedDeal<'_, '_>>, check| {
        let reasons = checked.map(|checked| reasons(check, checked)).unwrap_or_default();
        reasons.into_iter().map(|item| item.text).collect::<Vec<_>>()
    };
    let base = gate.by_base.as_ref().map(|check| of(deal.by_base, check));
    let own = gate.by_own.as_ref().map(|check| of(deal.by_own, check));
    [base, own].into_iter().flatten().flatten().collect()
}

/// Lists annotations as rows of a spreadsheet.
pub(super) fn rows(annotations: &[Annotation]) -> Table {
    Table::of_items(
        annotations,
        &[
            ("path", &|it| Cell::text(&it.path)),
            ("line", &|it| Cell::ordinal(it.line)),
            ("code", &|it| Cell::text(it.code)),
            ("message", &|it| Cell::text(&it.message)),
        ],
    )
}

/// Returns annotations as SARIF 2.1.0, which GitHub shows at the lines of a pull request.
pub fn sarif(annotations: &[Annotation]) -> Json {
    let mut codes: Vec<_> = annotations.iter().map(|it| it.code).collect();
    codes.sort_unstable();
    codes.dedup();
    let results = annotations.iter().map(|it| {
        object! {
            ruleId: it.code,
            level: "error",
            message: object! { text: &it.message },
            locations: Json::list([object! {
                physicalLocation: object! {
                    artifactLocation: object! { uri: uri(&it.path) },
                    region: object! { startLine: it.line },
                },
            }]),
        }
    });
    object! {
        version: "2.1.0",
        runs: Json::list([object! {
            tool: object! {
                driver: object! {
                    name: "dealdesk",
                    version: env!("CARGO_PKG_VERSION"),
                    rules: Json::list(codes.into_iter().map(|code| object! { id: code })),
                },
            },
            results: Json::list(results),
        }]),
    }
}

/// Returns annotations as a code quality report of GitLab.
pub fn code_quality(annotations: &[Annotation]) -> Json {
    Json::list(annotations.iter().map(|it| {
        let fingerprint = Sha256::digest(format!("{}\0{}\0{}", it.code, it.path, it.message));
        object! {
            description: &it.message,
            check_name: it.code,
            fingerprint: format!("{fingerprint:x}"),
            severity: "major",
            location: object! { path: &it.path, lines: object! { begin: it.line } },
        }
    }))
}

/// Returns a path as a relative reference of RFC 3986.
fn uri(path: &str) -> String {
    let keeps = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~/".contains(&byte);
    path.bytes().fold(String::new(), |mut uri, byte| {
        if keeps(byte) {
            uri.push(char::from(byte));
        } else {
            uri.push_str(&format!("%{byte:02X}"));
        }
        uri
    })
}
