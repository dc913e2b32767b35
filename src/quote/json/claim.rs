//! The programs that a deal claims.

use crate::deal::Deal;
use serde::Serialize;

#[derive(Serialize)]
pub(crate) struct ProgramClaimJson<'a> {
    program: &'a str,
    /// Nothing where agreed prices say it.
    #[serde(skip_serializing_if = "Option::is_none")]
    rate: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    reason: Option<&'a str>,
    duties: &'a [String],
}

impl<'a> ProgramClaimJson<'a> {
    pub(crate) fn all(deal: &'a Deal<'_>) -> Vec<Self> {
        let claims = deal.claims.iter().map(|claim| Self {
            program: claim.program.name(),
            rate: (!claim.rate.is_zero()).then(|| claim.rate.plain()),
            reason: claim.reason.as_deref(),
            duties: &claim.duties,
        });
        claims.collect()
    }
}
