//! A check of several deals: each by itself, and all deals of a customer together.

use super::customers::{SharedName, shared_names};
use super::first_customer::later_ones;
use super::joined_contract::not_joined;
use super::joined_term::judge_joined_terms;
use super::judged_deal::{CheckStatus, CheckedDeal, DealTotals, JudgedDeal, NamedDeal};
use super::partner_of_customer::refuse_partners;
use super::segments::of_one_customer;
use super::split::{SplitDeal, splits};
use crate::approve::ApprovalOutcome;
use crate::book::{Level, PriceBook};
use crate::number::Date;
use crate::quote::Quote;
use crate::quote::notice::{Notice, NoticeKind, kinds};
use std::collections::HashMap;

#[derive(Debug, Clone)]
pub struct Check<'a, 'b> {
    /// The price book; the first of a book with several currencies.
    pub book: &'b PriceBook,
    pub day: Date,
    /// The highest approval level that a deal may need, if one was given.
    pub within: Option<Level>,
    /// The kinds of notices that no deal may have.
    pub denied: Vec<&'static NoticeKind>,
    pub deals: Vec<CheckedDeal<'a, 'b>>,
    /// Deals of one customer that together need more than each of them alone, or cost less apart.
    pub splits: Vec<SplitDeal<'a, 'b>>,
    /// Names that deals have under several accounts.
    pub shared_names: Vec<SharedName<'a>>,
}

/// Checks deals on a day, each by itself and all deals of a customer together.
///
/// ```
/// use dealdesk::answer::pipeline::{CheckStatus, NamedDeal, check};
/// use dealdesk::{book, deal, number::Date, text::source::Source};
/// let books = book::load(&Source::file("pricing.toml", include_str!("../../../pricing.toml")))?;
/// let day = Date::parse("2026-11-21").expect("a date");
/// let text = "term_years = 7\n[[line]]\nmetric = \"node\"\nquantity = 100\n";
/// let draft = deal::read(&Source::file("long.toml", text));
/// let long = NamedDeal { name: "long.toml".to_owned(), deal: Ok(deal::resolve(&draft, &books, day)?) };
///
/// let deals = [long];
/// let checked = check(&deals, books.first(), day, None);
/// assert_eq!(checked.worst_status(), CheckStatus::Refused);
/// # Ok::<(), dealdesk::text::diagnostic::Diagnostics>(())
/// ```
pub fn check<'a, 'b>(
    deals: &'a [NamedDeal<'b>],
    book: &'b PriceBook,
    day: Date,
    within: Option<Level>,
) -> Check<'a, 'b> {
    check_beside(deals, &[], book, day, within)
}

/// Checks deals like [`check`], beside contracts that customers have signed. A contract is one more deal of its customer,
/// and is neither judged nor listed. Its name is that of no deal.
pub fn check_beside<'a, 'b>(
    deals: &'a [NamedDeal<'b>],
    contracts: &'a [NamedDeal<'b>],
    book: &'b PriceBook,
    day: Date,
    within: Option<Level>,
) -> Check<'a, 'b> {
    let checked = |named: &'a [NamedDeal<'b>]| -> Vec<CheckedDeal<'a, 'b>> {
        named.iter().map(|named| CheckedDeal::of(named, day)).collect()
    };
    let (mut deals, mut signed) = (checked(deals), checked(contracts));
    let all = deals.iter_mut().chain(&mut signed);
    let mut judged: Vec<_> = all.filter_map(|it| it.outcome.as_mut().ok()).collect();
    judge_joined_terms(&mut judged);
    refuse_partners(&mut judged);
    let judged: Vec<_> = deals.iter().chain(&signed).filter_map(CheckedDeal::judged).collect();
    let (splits, shared_names) = (splits(&judged, day), shared_names(&judged));
    let mut notices: HashMap<&str, Vec<Notice>> = HashMap::new();
    for split in &splits {
        for name in &split.deals {
            notices.entry(name).or_default().push(split.notice());
        }
    }
    for shared in &shared_names {
        for name in shared.deals() {
            notices.entry(name).or_default().push(shared.notice());
        }
    }
    let of_others = later_ones(&judged, day).into_iter().chain(not_joined(&judged));
    for (at, notice) in of_others.chain(of_one_customer(&judged)) {
        notices.entry(judged[at].name).or_default().push(notice);
    }
    for judged in deals.iter_mut().filter_map(|deal| deal.outcome.as_mut().ok()) {
        judged.notices.extend(notices.remove(judged.name).unwrap_or_default());
        let open = open_questions(judged);
        judged.notices.extend(open);
    }
    Check { book, day, within, denied: Vec::new(), deals, splits, shared_names }
}

/// Judges a quote beside contracts that customers have signed, as a check does: with the notices that the deal has beside
/// them, and at the length of those that are signed together with it.
pub fn judge_beside<'b>(quote: &mut Quote<'_, 'b>, contracts: &[NamedDeal<'b>]) {
    if contracts.is_empty() {
        return;
    }
    let deal = quote.deal;
    let named = [NamedDeal { name: "this deal".to_owned(), deal: Ok(deal.clone()) }];
    let checked = check_beside(&named, contracts, deal.book, deal.date, None);
    let beside = [
        &kinds::DEALS_SPLIT,
        &kinds::ACCOUNTS_OF_ONE_NAME,
        &kinds::NOT_FIRST_CUSTOMER,
        &kinds::JOINED_CONTRACT_NOT_GIVEN,
        &kinds::SEGMENTS_OF_ONE_CUSTOMER,
    ];
    for judged in checked.judged() {
        let notices = judged.notices.iter().filter(|notice| beside.contains(&notice.kind));
        quote.notices.extend(notices.cloned());
        quote.verdict = judged.verdict.clone();
    }
}

/// Returns notes of what a quote does not say, because a salesperson knows: who the customer is, and that a review
/// is under way.
fn open_questions(judged: &JudgedDeal<'_, '_>) -> Vec<Notice> {
    let message = "the deal does not name its customer".to_owned();
    let unnamed = Notice::new(&kinds::CUSTOMER_NOT_NAMED, message, None);
    let unnamed = (!judged.deal.states_customer()).then_some(unnamed);
    let reviews = judged.verdict.required.iter().filter_map(|required| {
        let title = judged.deal.book.review_title(required.approval.review.as_ref()?);
        let message = format!("{title} is open: {}", required.reason);
        Some(Notice::new(&kinds::REVIEW_OPEN, message, &required.rule))
    });
    unnamed.into_iter().chain(reviews).collect()
}

impl<'a, 'b> Check<'a, 'b> {
    /// Returns the check with kinds of notices that no deal may have, and kinds that are not reported.
    #[must_use]
    pub fn with_codes(
        mut self,
        denied: Vec<&'static NoticeKind>,
        allowed: &[&'static NoticeKind],
    ) -> Self {
        for judged in self.deals.iter_mut().filter_map(|deal| deal.outcome.as_mut().ok()) {
            judged.notices.retain(|notice| !allowed.contains(&notice.kind));
        }
        if allowed.contains(&&kinds::DEALS_SPLIT) {
            self.splits.clear();
        }
        if allowed.contains(&&kinds::ACCOUNTS_OF_ONE_NAME) {
            self.shared_names.clear();
        }
        Self { denied, ..self }
    }

    /// Returns the notices of a deal that the check denies.
    pub fn denied_notices<'j>(
        &'j self,
        judged: &'j JudgedDeal<'a, 'b>,
    ) -> impl Iterator<Item = &'j Notice> {
        judged.notices.iter().filter(|notice| self.denied.contains(&notice.kind))
    }

    pub fn judged(&self) -> impl Iterator<Item = &JudgedDeal<'a, 'b>> {
        self.deals.iter().filter_map(CheckedDeal::judged)
    }

    pub fn status(&self, deal: &CheckedDeal<'_, '_>) -> CheckStatus {
        match (deal.judged().map(JudgedDeal::standing), self.within) {
            (None, _) => CheckStatus::Unread,
            (Some(ApprovalOutcome::Refused), _) => CheckStatus::Refused,
            (Some(ApprovalOutcome::Needs(level)), Some(within)) if level > within => {
                CheckStatus::Above
            }
            (Some(ApprovalOutcome::Needs(_)), _) => {
                let mut judged = deal.judged().into_iter();
                let is_denied = judged.any(|it| self.denied_notices(it).next().is_some());
                if is_denied { CheckStatus::Denied } else { CheckStatus::Within }
            }
        }
    }

    /// A deal that cannot be read is worst, because its approvals are unknown.
    pub fn worst_status(&self) -> CheckStatus {
        self.deals.iter().map(|deal| self.status(deal)).max().unwrap_or(CheckStatus::Within)
    }

    pub fn count(&self, status: CheckStatus) -> usize {
        self.deals.iter().filter(|deal| self.status(deal) == status).count()
    }

    /// Returns the books that price the deals, in the order of the deals, or the book of the check.
    pub(crate) fn books(&self) -> Vec<&'b PriceBook> {
        let mut books: Vec<&PriceBook> = Vec::new();
        for judged in self.judged() {
            if books.iter().all(|known| known.sha256 != judged.deal.book.sha256) {
                books.push(judged.deal.book);
            }
        }
        if books.is_empty() { vec![self.book] } else { books }
    }

    pub fn deal_totals(&self) -> DealTotals<'b> {
        DealTotals::of(self.judged())
    }

    /// Returns the totals by approval level, lowest first, with deals outside policy last.
    pub fn standings(&self) -> impl Iterator<Item = (ApprovalOutcome, DealTotals<'b>)> {
        ApprovalOutcome::all(self.book).map(|standing| {
            let deals = self.judged().filter(|deal| deal.standing() == standing);
            (standing, DealTotals::of(deals))
        })
    }
}
