//! `dealdesk.offers/1`: what a negotiation came to. Money, rates and quantities are texts in plain
//! decimal.

use super::approvals::ApprovalsWire;
use super::book::BookWire;
use super::concession::{ConcessionWire, GetWire};
use super::quote::ClaimWire;
use crate::book::PriceBook;
use crate::deal::Take;
use crate::negotiate::{Certificate, Concession, Goal, Offer, Outcome, Search, Table, concessions};
use crate::source::Place;
use serde::Serialize;
use std::collections::BTreeMap;

/// What a search came to as JSON, indented, with a line break at its end; no more than so many offers.
#[must_use]
pub fn to_json<'b>(
    table: &Table<'b>,
    search: &Search<'b>,
    found: &Outcome<'b>,
    top: usize,
) -> String {
    let book = table.deal().book();
    let told = |offer| (offer, concessions(offer));
    let offers: Vec<_> = found.offers.iter().take(top).map(told).collect();
    let (closest, above) = (found.closest.as_ref().map(told), found.above.as_ref().map(told));
    super::pretty(&Wire {
        schema: "dealdesk.offers/1",
        customer: table.deal().customer(),
        currency: &book.currency().code,
        price_book: BookWire::of(book),
        goal: GoalWire::of(book, search.goal),
        within: book.ladder().name(search.within),
        discount_rate: search.discount_rate.map(crate::value::Rate::plain),
        found: found.offers.len(),
        offers: offers.iter().map(OfferWire::of).collect(),
        closest: closest.as_ref().map(OfferWire::of),
        above: above.as_ref().map(OfferWire::of),
        certificate: CertificateWire::of(book, &found.certificate),
    })
}

#[derive(Serialize)]
struct Wire<'a> {
    schema: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    customer: Option<&'a str>,
    currency: &'a str,
    price_book: BookWire<'a>,
    goal: GoalWire,
    within: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    discount_rate: Option<String>,
    /// All of them, shown or not.
    found: usize,
    offers: Vec<OfferWire<'a>>,
    /// Where there is no offer: what comes closest within the level.
    #[serde(skip_serializing_if = "Option::is_none")]
    closest: Option<OfferWire<'a>>,
    /// Where there is no offer: the easiest one above the level.
    #[serde(skip_serializing_if = "Option::is_none")]
    above: Option<OfferWire<'a>>,
    certificate: CertificateWire<'a>,
}

/// Which number, and how much.
#[derive(Serialize)]
struct GoalWire {
    by: &'static str,
    value: String,
}

impl GoalWire {
    fn of(book: &PriceBook, goal: Goal) -> Self {
        let plain = |amount| book.currency().plain(amount);
        let (by, value) = match goal {
            Goal::Discount(rate) => ("discount", rate.plain()),
            Goal::Tcv(most) => ("tcv", plain(most)),
            Goal::UnitPrice(most) => ("unit_price", plain(most)),
            Goal::YearlyBudget(most) => ("budget_year", plain(most)),
        };
        Self { by, value }
    }
}

#[derive(Serialize)]
struct OfferWire<'a> {
    level: &'a str,
    discount: String,
    list_tcv: String,
    tcv: String,
    /// What its payments are worth at the start of the contract, if a discount rate was stated.
    #[serde(skip_serializing_if = "Option::is_none")]
    present_value: Option<String>,
    term_years: u32,
    #[serde(skip_serializing_if = "Option::is_none")]
    prepay: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    payment: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    billing: Option<&'a str>,
    metric: &'a str,
    /// Of the first line, in its first year.
    quantity: String,
    lines: Vec<LineWire<'a>>,
    /// The first program, if there is one.
    strategic: Option<ClaimWire<'a>>,
    programs: Vec<ClaimWire<'a>>,
    /// Discounts that are given in part, or not at all: a rate, or `none`.
    discounts: BTreeMap<&'a str, String>,
    approvals: ApprovalsWire<'a>,
    /// What is given, each with what the customer does for it.
    gives: Vec<ConcessionWire<'a>>,
    /// All that the customer does.
    gets: Vec<GetWire<'a>>,
}

#[derive(Serialize)]
struct LineWire<'a> {
    metric: &'a str,
    /// One for each stretch of years that are alike.
    quantities: Vec<String>,
    net_units: Vec<String>,
    tcv: String,
}

impl<'a> OfferWire<'a> {
    fn of((offer, given): &'a (&'a Offer<'_>, Vec<Concession<'_>>)) -> Self {
        let deal = &offer.deal;
        let (ladder, currency) = (deal.book().ladder(), deal.book().currency());
        let totals = &offer.pricing.totals;
        let lines = deal.lines().iter().zip(&offer.pricing.lines).map(|(line, priced)| LineWire {
            metric: line.metric().name(),
            quantities: line.segments().iter().map(|it| it.quantity().to_string()).collect(),
            net_units: priced.segments.iter().map(|it| currency.plain(it.net())).collect(),
            tcv: currency.plain(priced.tcv),
        });
        let lines: Vec<_> = lines.collect();
        let take = |take: Take| match take {
            Take::Auto => None,
            Take::Nothing => Some("none".to_owned()),
            Take::Rate(rate) => Some(rate.plain()),
        };
        let takes = deal.takes.iter();
        Self {
            level: deal.book().ladder().name(offer.level()),
            discount: totals.discount.plain(),
            list_tcv: currency.plain(totals.list_tcv),
            tcv: currency.plain(totals.tcv),
            present_value: offer.present_value.map(|worth| currency.plain(worth)),
            term_years: deal.term().count(),
            prepay: deal.prepay(),
            payment: deal.payment.map(crate::book::PaymentTerm::name),
            billing: deal.billing.map(crate::book::Way::name),
            metric: lines.first().map_or("", |line| line.metric),
            quantity: lines
                .first()
                .and_then(|it| it.quantities.first())
                .cloned()
                .unwrap_or_default(),
            lines,
            strategic: ClaimWire::all(deal).into_iter().next(),
            programs: ClaimWire::all(deal),
            discounts: takes
                .filter_map(|(discount, taken)| Some((discount.name(), take(*taken)?)))
                .collect(),
            approvals: ApprovalsWire::of(deal.book().ladder(), &offer.verdict),
            gives: given.iter().map(|it| ConcessionWire::of(it, ladder, currency)).collect(),
            gets: given
                .iter()
                .filter_map(|it| Some(GetWire::of(it.get.as_ref()?, currency)))
                .collect(),
        }
    }
}

#[derive(Serialize)]
struct CertificateWire<'a> {
    /// The level below that of the first offer; `null`, if that needs none.
    lower_level: Option<&'a str>,
    /// The most off list of what comes closest there.
    best_discount: Option<String>,
    best_tcv: Option<String>,
    /// The first rule that asks for more in the first offer.
    binding: Option<&'a str>,
    binding_source: Option<&'a Place>,
    decided: u64,
    combinations: u64,
}

impl<'a> CertificateWire<'a> {
    fn of(book: &'a PriceBook, certificate: &'a Certificate<'_>) -> Self {
        let totals = certificate.closest.as_ref().map(|closest| closest.pricing.totals);
        let binding = certificate.binding.first();
        Self {
            lower_level: certificate.lower.map(|level| book.ladder().name(level)),
            best_discount: totals.map(|totals| totals.discount.plain()),
            best_tcv: totals.map(|totals| book.currency().plain(totals.tcv)),
            binding: binding.map(|it| it.reason.as_str()),
            binding_source: binding.map(|it| &it.rule.source),
            decided: certificate.decided,
            combinations: certificate.combinations,
        }
    }
}
