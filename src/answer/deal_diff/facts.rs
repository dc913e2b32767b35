//! Facts of a deal besides its lines and services, and how they changed.

use super::change::{self, Change};
use crate::book::{Cost, PartnerSale};
use crate::deal::{
    Deal, DiscountOverride, FactPosition, Line, Partner, PartnerTerms, ProgramClaim, ValueClaim,
};
use crate::quote::Quote;
use crate::quote::text::book_version;
use std::fmt::Display;

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FactChange {
    /// Name in JSON, such as `term` or `strategic.lighthouse.rate`.
    pub name: String,
    pub title: String,
    pub value: Change<String>,
}

struct DealFact {
    name: String,
    title: String,
    value: String,
}

/// Facts of one version, in the order in which they are shown.
#[derive(Default)]
struct FactList(Vec<DealFact>);

impl FactList {
    fn push(&mut self, name: impl Into<String>, title: &str, value: Option<impl Display>) {
        if let Some(value) = value {
            let (name, title) = (name.into(), title.to_owned());
            self.0.push(DealFact { name, title, value: value.to_string() });
        }
    }
}

pub(super) fn changed(quotes: &Change<&Quote<'_, '_>>) -> Vec<FactChange> {
    // One book prices both versions, unless their dates are those of two.
    let books = quotes.map(|quote| quote.deal.book);
    let is_same = books.old.zip(books.new).is_none_or(|(old, new)| old.sha256 == new.sha256);
    compared(&quotes.map(|quote| {
        let mut facts = of_deal(quote.deal);
        facts.push("price_book", "Price book", (!is_same).then(|| book_version(quote.deal.book)));
        facts
    }))
}

/// Compares the facts of a line besides its figures.
pub(super) fn of_lines(lines: &Change<&Line<'_>>) -> Vec<FactChange> {
    compared(&lines.map(|line| {
        let mut facts = FactList::default();
        facts.push("edition", "Edition", line.edition);
        facts.push("hosts", "Hosts", line.hosts);
        facts.push("sold_for", "Sold for", line.sold_for);
        facts.push("committed", "Committed", line.committed);
        facts.push("count", "Counted from", line.count());
        facts
    }))
}

fn compared(facts: &Change<FactList>) -> Vec<FactChange> {
    let pairs = change::changed(
        facts.map(|list| list.0.as_slice()),
        &[
            &|old: &DealFact, new: &DealFact| old.name == new.name && old.value == new.value,
            &|old, new| old.name == new.name,
        ],
    );
    let facts = pairs.iter().filter_map(|pair| {
        let DealFact { name, title, .. } = pair.latest()?;
        let value = pair.map(|fact| fact.value.clone());
        Some(FactChange { name: name.clone(), title: title.clone(), value })
    });
    facts.collect()
}

#[deny(unused_variables)]
fn of_deal(deal: &Deal<'_>) -> FactList {
    // Every field is taken out of the deal by its name, and a name without use does not compile, so
    // that no field can be left out of a comparison. Lines and services are compared with their prices.
    let Deal {
        book,
        record,
        date,
        // A question about a book is no version of a deal.
        is_what_if: _,
        is_apart: _,
        term: _,
        months_in_term: _,
        period,
        prepay: _,
        payment,
        billing,
        lines: _,
        companions: _,
        signed: _,
        signed_as: _,
        later_contracts: _,
        earlier_contracts: _,
        discount_overrides,
        claims,
        claims_of_nothing: _,
        partner,
        horizon,
        services: _,
        clauses,
        alternatives,
        own_costs,
        value_claims,
    } = deal;
    let mut facts = FactList::default();
    for (fact, value) in record.at(FactPosition::Head) {
        facts.push(fact.key, fact.title, Some(value));
    }
    facts.push("date", "Date", Some(date));
    let currency = book.is_one_of_several.then_some(&book.currency.code);
    facts.push("currency", "Currency", currency);
    facts.push("price_column", "Prices", book.column.as_ref().map(|column| &column.name));
    facts.push("term", "Term", Some(deal.length_words()));
    facts.push("start", "Start", period.map(|period| period.start()));
    facts.push("end", "End", deal.end());
    facts.push("prepay", "Prepay", deal.prepay());
    facts.push("payment", "Payment", payment.map(|term| &term.title));
    facts.push("billing", "Billed", billing.map(|way| &way.title));
    for (discount, take) in discount_overrides {
        let name = format!("discount.{}", discount.name);
        facts.push(name, &discount.title, taken(*take));
    }
    for claim in claims {
        of_claim(claim, &mut facts);
    }
    if let Some(partner) = partner {
        of_partner(partner, &mut facts);
    }
    for asked in clauses {
        let reason = asked.reason.as_deref().unwrap_or("requested");
        let rate = asked.rate.map(|rate| format!("{rate}, ")).unwrap_or_default();
        let (name, value) = (format!("clause.{}", asked.clause.name), format!("{rate}{reason}"));
        facts.push(name, &asked.clause.title, Some(value));
    }
    for asked in alternatives {
        let costs: Vec<_> = asked.costs.iter().map(|cost| of_cost(deal, cost)).collect();
        let costs = match (costs.is_empty(), asked.adds) {
            (true, _) => "as in the price book".to_owned(),
            (false, true) => format!("as in the price book, and {}", costs.join("; ")),
            (false, false) => costs.join("; "),
        };
        let name = format!("alternative.{}", asked.alternative.name);
        facts.push(name, &asked.alternative.title, Some(costs));
    }
    let own: Vec<_> = own_costs.iter().map(|cost| of_cost(deal, cost)).collect();
    facts.push("cost", "The customer's own costs", (!own.is_empty()).then(|| own.join("; ")));
    for (number, claim) in (1..).zip(value_claims) {
        let value = of_value(deal, claim);
        facts.push(format!("claim.{number}"), &format!("Claim {number}"), Some(value));
    }
    facts.push("horizon", "Horizon", *horizon);
    for (fact, value) in record.at(FactPosition::Foot) {
        facts.push(fact.key, fact.title, Some(value));
    }
    facts
}

/// Describes the share of a discount. Returns `None` for a discount that is taken as the book
/// gives it.
fn taken(take: DiscountOverride) -> Option<String> {
    match take {
        DiscountOverride::Auto => None,
        DiscountOverride::Withheld => Some("withheld".to_owned()),
        DiscountOverride::Rate(rate) => Some(format!("at most {rate}")),
    }
}

fn of_claim(claim: &ProgramClaim<'_>, facts: &mut FactList) {
    let (name, title) = (&claim.program.name, &claim.program.title);
    let name = |what: &str| format!("{}.{name}.{what}", claim.discount.name);
    facts.push(name("rate"), title, Some(claim.rate));
    let metrics = (!claim.metrics.is_empty()).then(|| claim.metrics.join(", "));
    facts.push(name("metrics"), &format!("{title}: metrics"), metrics);
    facts.push(name("reason"), &format!("{title}: reason"), claim.reason.as_ref());
    let duties = (!claim.duties.is_empty()).then(|| claim.duties.join(", "));
    facts.push(name("duties"), &format!("{title}: customer commitments"), duties);
    facts.push(name("count"), &format!("{title}: customer number"), claim.count);
    let grant = claim.grant.as_ref().map(|grant| format!("{}, {}", grant.date, grant.reference));
    facts.push(name("grant"), &format!("{title}: grant"), grant);
}

/// Describes a cost: "Licenses $6,000,000.00 for 3 years per socket".
fn of_cost(deal: &Deal<'_>, cost: &Cost) -> String {
    let amount = deal.book.currency.show(cost.amount);
    let per = cost.per.as_ref().map(|per| format!(" per {per}")).unwrap_or_default();
    format!("{} {amount} {}{per}", cost.title, cost.frequency)
}

/// Describes a claim: "saves 70% against VMware over 3 years: much cheaper".
fn of_value(deal: &Deal<'_>, claim: &ValueClaim<'_>) -> String {
    let saving = claim.saving.map(|it| deal.book.currency.show(it));
    let figures = [
        claim.saves.map(|it| format!("saves {it}")),
        saving.map(|it| format!("saves {it}")),
        claim.roi.map(|it| format!("ROI {it}")),
    ];
    let figures: Vec<_> = figures.into_iter().flatten().collect();
    let years = claim.years.map(|years| format!(" over {years} years")).unwrap_or_default();
    let text = claim.text.as_ref().map(|text| format!(": {text}")).unwrap_or_default();
    format!("{} against {}{years}{text}", figures.join(", "), claim.against.title)
}

fn of_partner(partner: &Partner<'_>, facts: &mut FactList) {
    facts.push("channel", "Channel", Some(&partner.channel.title));
    facts.push("partner", "Partner", partner.name.as_ref());
    match partner.terms {
        PartnerTerms::Discount { agreed, base } => {
            facts.push("channel.rate", "Partner rate", agreed);
            facts.push("channel.base", "Partner rate is off", Some(base.title()));
        }
        PartnerTerms::RevenueShare { share, revenue } => {
            facts.push("channel.share", "Our share of partner revenue", Some(share));
            facts.push("channel.revenue", "Partner revenue", Some(revenue.at_least(0)));
        }
    }
    facts.push("channel.level", "Partner level", partner.level);
    let sale = Some(partner.sale).filter(|sale| *sale != PartnerSale::default());
    facts.push("channel.sale", "Kind of sale", sale.map(PartnerSale::name));
    let claimed: Vec<_> = partner.claimed.iter().map(|it| it.title.as_str()).collect();
    let claimed = (!claimed.is_empty()).then(|| claimed.join(", "));
    facts.push("channel.incentives", "Partner incentives", claimed);
    facts.push("channel.basis", "Basis of partner revenue", partner.basis.as_ref());
}
