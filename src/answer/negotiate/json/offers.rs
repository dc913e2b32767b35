//! `dealdesk.offers/1`: what a negotiation came to. Money, rates and quantities are texts in plain
//! decimal.

use super::concession::{ConcessionJson, ReturnJson};
use crate::answer::negotiate::{
    Certificate, Concession, CustomerRequest, Goal, Offer, Search, SearchResult, concessions,
};
use crate::book::PriceBook;
use crate::deal::DiscountOverride;
use crate::document::json::Json;
use crate::quote::json::approvals;
use crate::quote::json::price_book;
use crate::quote::json::program_claim;
use crate::text::source::Place;
use serde::Serialize;
use std::collections::BTreeMap;

/// Writes the result of a search as JSON, with at most `top` offers, indented, with a line break at
/// its end.
pub fn to_json<'b>(
    table: &CustomerRequest<'b>,
    search: &Search<'b>,
    found: &SearchResult<'b>,
    top: usize,
) -> Json {
    let book = table.deal().book();
    let told = |offer| (offer, concessions(offer));
    let offers: Vec<_> = found.offers.iter().take(top).map(told).collect();
    let (closest, above) = (found.closest.as_ref().map(told), found.above.as_ref().map(told));
    crate::document::json::pretty(&OffersJson {
        schema: "dealdesk.offers/1",
        customer: table.deal().customer(),
        currency: &book.currency().code,
        price_book: price_book(book),
        goal: GoalJson::of(book, search.goal),
        within: book.ladder().name(search.within),
        discount_rate: search.discount_rate.map(crate::number::Rate::plain),
        found: found.offers.len(),
        offers: offers.iter().map(OfferJson::of).collect(),
        closest: closest.as_ref().map(OfferJson::of),
        above: above.as_ref().map(OfferJson::of),
        certificate: CertificateJson::of(book, &found.certificate),
    })
}

#[derive(Serialize)]
struct OffersJson<'a> {
    schema: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    customer: Option<&'a str>,
    currency: &'a str,
    price_book: Json,
    goal: GoalJson,
    within: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    discount_rate: Option<String>,
    /// All of them, shown or not.
    found: usize,
    offers: Vec<OfferJson<'a>>,
    /// Deal that comes closest within the level, if there is no offer.
    #[serde(skip_serializing_if = "Option::is_none")]
    closest: Option<OfferJson<'a>>,
    /// Easiest offer above the level, if there is none within it.
    #[serde(skip_serializing_if = "Option::is_none")]
    above: Option<OfferJson<'a>>,
    certificate: CertificateJson<'a>,
}

/// Kind of the customer's number, and its amount.
#[derive(Serialize)]
struct GoalJson {
    by: &'static str,
    value: String,
}

impl GoalJson {
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
struct OfferJson<'a> {
    level: &'a str,
    discount: String,
    list_tcv: String,
    tcv: String,
    /// Present value of its payments at the start of the contract, if a discount rate was stated.
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
    /// Quantity of the first line in its first year.
    quantity: String,
    lines: Vec<OfferLineJson<'a>>,
    /// The first program, if there is one.
    strategic: Option<Json>,
    programs: Vec<Json>,
    /// Discounts that are given in part, or not at all: a rate, or `none`.
    discounts: BTreeMap<&'a str, String>,
    approvals: Json,
    /// Concessions, each with the customer's return.
    gives: Vec<ConcessionJson<'a>>,
    /// All that the customer does.
    gets: Vec<ReturnJson<'a>>,
}

#[derive(Serialize)]
struct OfferLineJson<'a> {
    metric: &'a str,
    /// One for each stretch of years that are alike.
    quantities: Vec<String>,
    net_units: Vec<String>,
    tcv: String,
}

impl<'a> OfferJson<'a> {
    fn of((offer, given): &'a (&'a Offer<'_>, Vec<Concession<'_>>)) -> Self {
        let deal = &offer.deal;
        let (ladder, currency) = (deal.book().ladder(), deal.book().currency());
        let totals = &offer.pricing.totals;
        let lines = offer.pricing.lines.iter().map(|priced| OfferLineJson {
            metric: priced.line.metric().name(),
            quantities: priced
                .segments
                .iter()
                .map(|it| it.segment.quantity().to_string())
                .collect(),
            net_units: priced.segments.iter().map(|it| currency.plain(it.net())).collect(),
            tcv: currency.plain(priced.tcv),
        });
        let lines: Vec<_> = lines.collect();
        let take = |take: DiscountOverride| match take {
            DiscountOverride::Auto => None,
            DiscountOverride::Withheld => Some("none".to_owned()),
            DiscountOverride::Rate(rate) => Some(rate.plain()),
        };
        let takes = deal.discount_overrides.iter();
        Self {
            level: deal.book().ladder().name(offer.level()),
            discount: totals.discount.plain(),
            list_tcv: currency.plain(totals.list_tcv),
            tcv: currency.plain(totals.tcv),
            present_value: offer.present_value.map(|worth| currency.plain(worth)),
            term_years: deal.term().count(),
            prepay: deal.prepay(),
            payment: deal.payment.map(crate::book::PaymentTerm::name),
            billing: deal.billing.map(crate::book::BillingSchedule::name),
            metric: lines.first().map_or("", |line| line.metric),
            quantity: lines
                .first()
                .and_then(|it| it.quantities.first())
                .cloned()
                .unwrap_or_default(),
            lines,
            strategic: deal.claims.first().map(program_claim),
            programs: deal.claims.iter().map(program_claim).collect(),
            discounts: takes
                .filter_map(|(discount, taken)| Some((discount.name(), take(*taken)?)))
                .collect(),
            approvals: approvals(deal.book().ladder(), &offer.verdict),
            gives: given.iter().map(|it| ConcessionJson::of(it, ladder, currency)).collect(),
            gets: given
                .iter()
                .filter_map(|it| Some(ReturnJson::of(it.counterpart.as_ref()?, currency)))
                .collect(),
        }
    }
}

#[derive(Serialize)]
struct CertificateJson<'a> {
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
    /// The lines of the book whose rule promises no direction, where not every rate was tried.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    not_proved: Vec<&'a str>,
}

impl<'a> CertificateJson<'a> {
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
            not_proved: certificate.unproved.iter().map(|rule| rule.id.as_str()).collect(),
        }
    }
}
