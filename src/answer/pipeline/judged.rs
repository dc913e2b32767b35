//! A deal by itself.

use crate::approve::ApprovalOutcome;
use crate::approve::Verdict;
use crate::deal::Deal;
use crate::number::Date;
use crate::price::Totals;
use crate::quote::notice::{Notice, NoticeSeverity};
use crate::quote::{Quote, quote};
use crate::text::is_invisible_control;

/// A deal, and what it is known by.
#[derive(Debug, Clone)]
pub struct NamedDeal<'b> {
    /// The name of its file.
    pub name: String,
    /// The deal, or all that is wrong with it, a sentence for each.
    pub deal: Result<Deal<'b>, Vec<String>>,
}

/// A deal that was checked.
#[derive(Debug, Clone)]
pub struct CheckedDeal<'a, 'b> {
    /// What it is known by.
    pub name: &'a str,
    /// Its price and its verdict, or all that is wrong with it.
    pub outcome: Result<JudgedDeal<'a, 'b>, &'a [String]>,
}

/// How a deal stands, best first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum CheckStatus {
    /// It needs no more than is allowed.
    Within,
    /// It needs a higher level.
    Above,
    /// It is outside policy: no level grants it.
    Refused,
    /// It cannot be read, or not be priced.
    Unread,
}

/// A deal that was priced and judged.
#[derive(Debug, Clone)]
pub struct JudgedDeal<'a, 'b> {
    /// What it is known by.
    pub name: &'a str,
    /// What was asked for.
    pub deal: &'a Deal<'b>,
    /// What it comes to.
    pub totals: Totals,
    /// Who must say yes.
    pub verdict: Verdict,
    /// What its reader should know.
    pub notices: Vec<Notice>,
    /// The last day on which it can be accepted.
    pub valid_until: Date,
}

impl<'a, 'b> CheckedDeal<'a, 'b> {
    pub(super) fn of(named: &'a NamedDeal<'b>, day: Date) -> Self {
        let name = named.name.as_str();
        let judged = |deal| JudgedDeal::of(name, &quote(deal), day);
        Self { name, outcome: named.deal.as_ref().map(judged).map_err(Vec::as_slice) }
    }

    /// Its price and its verdict, if it has them.
    pub fn judged(&self) -> Option<&JudgedDeal<'a, 'b>> {
        self.outcome.as_ref().ok()
    }
}

impl<'a, 'b> JudgedDeal<'a, 'b> {
    fn of(name: &'a str, quote: &Quote<'a, 'b>, day: Date) -> Self {
        let mut judged = Self {
            name,
            deal: quote.deal,
            totals: quote.pricing.totals,
            verdict: quote.verdict.clone(),
            notices: quote.notices.clone(),
            valid_until: quote.valid_until(),
        };
        if judged.is_expired(day) {
            let message = format!(
                "the quote of {} was valid until {}, and this is {day}",
                quote.deal.date(),
                judged.valid_until
            );
            let (severity, code) = (NoticeSeverity::Warning, "quote-expired");
            judged.notices.insert(0, Notice { severity, code, message, rule: None });
        }
        judged
    }

    /// Who must say yes, if anybody can.
    pub fn standing(&self) -> ApprovalOutcome {
        self.verdict.outcome()
    }

    /// Whether nobody can accept it any more: its last day is before this one.
    pub fn is_expired(&self, day: Date) -> bool {
        self.valid_until < day
    }

    /// What somebody should do something about.
    pub fn warnings(&self) -> impl Iterator<Item = &Notice> {
        self.notices.iter().filter(|notice| notice.severity == NoticeSeverity::Warning)
    }

    /// The customer, as names are compared; nothing, if none is named.
    pub fn customer_key(&self) -> Option<String> {
        self.deal.customer().map(customer_key).filter(|key| !key.is_empty())
    }
}

/// A customer's name without its case, the blanks around it, runs of blanks, and letters that nobody
/// sees: "ACME  Bank " is Acme Bank.
pub(crate) fn customer_key(name: &str) -> String {
    // A line break is no letter, but it keeps two words apart.
    let seen: String =
        name.chars().filter(|c| c.is_whitespace() || !is_invisible_control(*c)).collect();
    seen.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase()
}
