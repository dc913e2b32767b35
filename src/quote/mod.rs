//! A quote: a deal with its figures, its approvals, and what its reader should know.
pub mod billing;
pub mod json;
pub mod notice;
mod on_day;
pub mod rows;
pub mod subscription_comparison;
pub mod text;

use crate::approve::{PricedDeal, Verdict};
use crate::book::{Level, PriceBook};
use crate::deal::Deal;
use crate::number::{Date, Money};
use crate::price::{PartnerDeal, Pricing, partner_deal};
use crate::quote::billing::InvoiceSchedule;
use crate::quote::notice::Notice;
use crate::quote::subscription_comparison::SubscriptionComparison;
use crate::{approve, deal, price};
use sha2::{Digest, Sha256};

#[derive(Debug, Clone)]
pub struct Quote<'a, 'b> {
    pub deal: &'a Deal<'b>,
    pub pricing: Pricing<'b>,
    pub partner: Option<PartnerDeal<'b>>,
    pub comparisons: Vec<SubscriptionComparison<'b>>,
    /// The invoices, if the deal says when it starts and the book how it bills.
    pub schedule: Option<InvoiceSchedule>,
    pub verdict: Verdict,
    pub notices: Vec<Notice>,
}

/// Quotes a deal. The same deal and book always give the same quote.
///
/// ```
/// use dealdesk::{book, deal, number::Date, quote::quote, text::source::Source};
/// let books = book::load(&Source::file("pricing.toml", include_str!("../../pricing.toml")))?;
/// let text = r#"
///     term_years = 3
///     prepay = "multi-year"
///     [[line]]
///     metric = "socket"
///     quantity = 500
///     [strategic]
///     program = "lighthouse"
///     rate = "10%"
/// "#;
/// let draft = deal::read(&Source::file("deal.toml", text));
/// let deal = deal::resolve(&draft, &books, Date::parse("2026-11-21").expect("a date"))?;
///
/// let quote = quote(&deal);
/// assert_eq!(quote.pricing.totals.tcv.at_least(2), "2779815.00");
/// assert_eq!(deal.book().ladder().name(quote.verdict.level()), "svp");
/// # Ok::<(), dealdesk::text::diagnostic::Diagnostics>(())
/// ```
pub fn quote<'a, 'b>(deal: &'a Deal<'b>) -> Quote<'a, 'b> {
    let pricing = price::price(deal);
    let case = PricedDeal { deal, pricing: &pricing };
    let verdict = approve::route(&case);
    let notices = notice::notices(&case, &verdict);
    let partner = partner_deal(deal, &pricing);
    let comparisons = subscription_comparison::comparisons(&case);
    let schedule = billing::schedule(deal, &pricing);
    Quote { deal, pricing, partner, comparisons, schedule, verdict, notices }
}

/// Returns the identifier of a quote with a digest.
pub(crate) fn quote_id(digest: &str) -> String {
    format!("Q-{}", digest[..32].to_uppercase())
}

/// Returns the lines that count together, in a sentence, where these are more than one.
fn all_lines(deal: &Deal<'_>) -> &'static str {
    if deal.companion_lines().next().is_some() {
        " in all lines and contracts"
    } else {
        " in all lines"
    }
}

/// Returns ", with SVP approval" where a level is higher than one that has to agree anyway.
fn with_approval(book: &PriceBook, level: Level, anyway: Level) -> String {
    if level > anyway {
        format!(", with {} approval", book.ladder.title(level))
    } else {
        String::new()
    }
}

impl Quote<'_, '_> {
    /// Returns the identifier of the quote: 128 bits of its digest. The same deal on the same day by the same book has
    /// the same one.
    pub fn id(&self) -> String {
        quote_id(&self.digest())
    }

    /// Returns the SHA-256 hash, in hexadecimal, of the price book, of the deal with its date, and of the signed
    /// contracts that count.
    pub fn digest(&self) -> String {
        let mut digest = Sha256::new();
        digest.update(self.deal.book.sha256.as_bytes());
        digest.update(deal::to_toml(self.deal).as_bytes());
        for contract in self.deal.contracts_beside() {
            // No deal has this byte, so that a deal and its contracts are no other deal.
            digest.update([0]);
            digest.update(contract.identity.as_bytes());
        }
        format!("{:x}", digest.finalize())
    }

    pub(crate) fn show(&self, amount: Money) -> String {
        self.deal.book.currency.show(amount)
    }

    pub fn valid_until(&self) -> Date {
        self.deal.book.validity.last_day(self.deal.date)
    }
}
