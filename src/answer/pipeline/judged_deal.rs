//! The deals of a check: each priced, with its approvals and warnings; and their totals.

use crate::approve::{ApprovalOutcome, Verdict};
use crate::deal::Deal;
use crate::number::{Currency, Date, Total};
use crate::price::{Measured, MeasuredMoney, Totals};
use crate::quote::notice::Notice;
use crate::quote::{Quote, quote};
use crate::text::NameKey;

#[derive(Debug, Clone)]
pub struct NamedDeal<'b> {
    pub name: String,
    /// The deal, or its errors, a sentence for each.
    pub deal: Result<Deal<'b>, Vec<String>>,
}

#[derive(Debug, Clone)]
pub struct CheckedDeal<'a, 'b> {
    pub name: &'a str,
    /// The priced deal, or its errors, a sentence for each.
    pub outcome: Result<JudgedDeal<'a, 'b>, &'a [String]>,
}

/// The status of a deal against the highest allowed level, best first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum CheckStatus {
    Within,
    /// The deal has a notice that the check denies.
    Denied,
    Above,
    /// The deal is outside policy: no level can approve it.
    Refused,
    /// The deal cannot be read or priced.
    Unread,
}

impl CheckStatus {
    /// Returns the name in JSON and CSV.
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Within => "ok",
            Self::Denied => "denied",
            Self::Above => "above-max-approval",
            Self::Refused => "outside-policy",
            Self::Unread => "unreadable",
        }
    }
}

#[derive(Debug, Clone)]
pub struct JudgedDeal<'a, 'b> {
    pub name: &'a str,
    /// The deal as its file has it.
    pub deal: &'a Deal<'b>,
    pub totals: Totals,
    /// The money that rules measure: the customer's, and what reaches us of it.
    pub money: Measured,
    pub verdict: Verdict,
    pub notices: Vec<Notice>,
    /// The last day on which the customer can accept its quote.
    pub valid_until: Date,
}

impl<'a, 'b> CheckedDeal<'a, 'b> {
    pub(super) fn of(named: &'a NamedDeal<'b>, day: Date) -> Self {
        let name = named.name.as_str();
        let judged = |deal: &'a Deal<'b>| {
            let quote = quote(deal);
            // A contract that is signed does not expire.
            let is_open = deal.signed_as.is_none();
            JudgedDeal::of(name, if is_open { quote.on_day(day) } else { quote })
        };
        Self { name, outcome: named.deal.as_ref().map(judged).map_err(Vec::as_slice) }
    }

    pub fn judged(&self) -> Option<&JudgedDeal<'a, 'b>> {
        self.outcome.as_ref().ok()
    }

    pub(crate) fn errors(&self) -> &'a [String] {
        self.outcome.as_ref().err().copied().unwrap_or_default()
    }
}

impl<'a, 'b> JudgedDeal<'a, 'b> {
    fn of(name: &'a str, quote: Quote<'a, 'b>) -> Self {
        Self {
            name,
            deal: quote.deal,
            totals: quote.pricing.totals,
            money: Measured::of(quote.deal, &quote.pricing),
            valid_until: quote.valid_until(),
            verdict: quote.verdict,
            notices: quote.notices,
        }
    }

    /// Returns the approval level that the deal needs, or that it is outside policy.
    pub fn standing(&self) -> ApprovalOutcome {
        self.verdict.outcome()
    }

    /// Returns what reaches us: what a partner pays, or what the customer pays.
    pub fn our_net(&self) -> &MeasuredMoney {
        self.money.our_net()
    }

    /// Whether the quote can no longer be accepted. A contract that is signed does not expire.
    pub fn is_expired(&self, day: Date) -> bool {
        !self.is_signed() && self.valid_until < day
    }

    /// Whether the deal is a contract that its customer has signed.
    pub(super) const fn is_signed(&self) -> bool {
        self.deal.signed_as.is_some()
    }

    pub fn warnings(&self) -> impl Iterator<Item = &Notice> {
        self.notices.iter().filter(|notice| notice.is_warning())
    }

    /// Whether the quote counts with the customer's other deals: it is signed or valid, or has expired no longer ago
    /// than the book says.
    pub(super) fn counts_on(&self, day: Date) -> bool {
        let rules = self.deal.book.customers.expired_quotes.as_ref();
        self.is_signed() || self.valid_until.plus_days(rules.map_or(0, |it| it.days)) >= day
    }

    /// Returns the key of the customer's name; `None` for a deal without one.
    pub fn customer_key(&self) -> Option<NameKey> {
        self.deal.customer().and_then(NameKey::of)
    }
}

#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct CurrencyTotals<'b>(Vec<(&'b Currency, Total)>);

/// Totals of several deals. Amounts in different currencies are never added.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct DealTotals<'b> {
    pub deals: usize,
    /// Payments of customers.
    pub tcv: CurrencyTotals<'b>,
    /// Our net, which is what partners leave us of it.
    pub our_net: CurrencyTotals<'b>,
}

impl<'b> CurrencyTotals<'b> {
    /// Returns each currency with its sum, in the order in which the currencies first occur.
    pub fn iter(&self) -> impl Iterator<Item = (&'b Currency, Total)> {
        self.0.iter().copied()
    }

    fn add(&mut self, currency: &'b Currency, amount: Total) {
        match self.0.iter_mut().find(|(known, _)| known.code == currency.code) {
            Some((_, sum)) => *sum += amount,
            None => self.0.push((currency, amount)),
        }
    }

    /// Formats the sums: "$10.00 and ¥500"; "none" without any.
    pub fn show(&self) -> String {
        let shown: Vec<_> = self.iter().map(|(currency, sum)| currency.show_total(sum)).collect();
        if shown.is_empty() { "none".to_owned() } else { shown.join(" and ") }
    }
}

impl<'b> DealTotals<'b> {
    pub(super) fn of<'j, 'a: 'j>(deals: impl Iterator<Item = &'j JudgedDeal<'a, 'b>>) -> Self
    where
        'b: 'a,
    {
        let mut totals = Self::default();
        for judged in deals {
            totals.deals += 1;
            let currency = &judged.deal.book.currency;
            totals.tcv.add(currency, judged.totals.tcv.into());
            totals.our_net.add(currency, judged.our_net().tcv.into());
        }
        totals
    }
}
