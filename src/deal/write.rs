//! A deal as a deal file.

use super::{AgreedPrice, Deal, DiscountOverride, Line, PartnerTerms};
use crate::book::{BillingSchedule, Cost, CostFrequency, PaymentTerm};
use crate::number::{Currency, Quantity};
use std::fmt::Write;

/// The deal file that resolves to this deal again, always in the same words.
///
/// ```
/// use dealdesk::{book, deal, source::Source, value::Date};
/// let books = book::load(&Source::file("pricing.toml", include_str!("../../pricing.toml")))?;
/// let text = "term_years = 3\n[[line]]\nmetric = \"node\"\nquantity = 1000\n";
/// let draft = deal::read(&Source::file("deal.toml", text));
/// let today = Date::parse("2026-11-21").expect("a date");
/// let first = deal::resolve(&draft, &books, today)?;
///
/// let saved = deal::to_toml(&first);
/// let again = deal::resolve(&deal::read(&Source::file("saved.toml", &saved)), &books, today)?;
/// assert_eq!(deal::to_toml(&again), saved);
/// # Ok::<(), dealdesk::text::diagnostic::Faults>(())
/// ```
pub fn to_toml(deal: &Deal<'_>) -> String {
    let mut file = DealWriter(String::new());
    file.text("customer", deal.customer.as_deref());
    file.text("segment", deal.segment.as_deref());
    file.text("opportunity", deal.opportunity.as_deref());
    file.text("incumbent", deal.incumbent.as_deref());
    file.text("notes", deal.notes.as_deref());
    file.bare("date", deal.date);
    // A book with one currency leaves nothing to say.
    let book = deal.book;
    file.text("currency", book.is_one_of_several.then_some(book.currency.code.as_str()));
    file.period(deal);
    file.text("prepay", deal.prepay());
    file.text("payment", deal.payment.filter(|_| deal.names_payment()).map(PaymentTerm::name));
    file.text("billing", deal.billing.map(BillingSchedule::name));
    if let Some(horizon) = deal.horizon {
        file.bare("horizon_years", horizon);
    }
    for line in &deal.lines {
        file.line(line, &book.currency);
    }
    if !deal.discount_overrides.is_empty() {
        file.table("[discount]");
        for (discount, take) in &deal.discount_overrides {
            let take = match take {
                DiscountOverride::Auto => "auto".to_owned(),
                DiscountOverride::Withheld => "none".to_owned(),
                DiscountOverride::Rate(rate) => rate.to_string(),
            };
            file.text(&key(&discount.name), Some(&take));
        }
    }
    for claim in &deal.claims {
        let one = deal.claims.len() == 1;
        file.table(if one { "[strategic]" } else { "[[strategic]]" });
        file.text("program", Some(&claim.program.name));
        // Agreed prices leave no room for a rate that says what is implied.
        let implied = claim.program.rate.unwrap_or_default();
        if claim.rate != implied || !deal.has_negotiated_prices() {
            file.text("rate", Some(&claim.rate.to_string()));
        }
        file.text("reason", claim.reason.as_deref());
        if !claim.duties.is_empty() {
            let duties: Vec<_> = claim.duties.iter().map(|duty| quoted(duty)).collect();
            file.bare("duties", format!("[{}]", duties.join(", ")));
        }
        if let Some(count) = claim.count {
            file.bare("count", count);
        }
    }
    file.partner(deal);
    for asked in &deal.services {
        file.table("[[service]]");
        file.text("name", Some(&asked.service.name));
        file.text("value", Some(&deal.book.currency.plain(asked.value)));
    }
    for asked in &deal.clauses {
        file.table("[[clause]]");
        file.text("name", Some(&asked.clause.name));
        file.text("reason", asked.reason.as_deref());
    }
    file.value(deal);
    file.0
}

impl Deal<'_> {
    /// Whether its payment term is not the one that a deal has which says nothing.
    fn names_payment(&self) -> bool {
        let standard = self.book.payment.as_ref().and_then(|it| it.terms.get(it.standard));
        self.payment.map(PaymentTerm::name) != standard.map(PaymentTerm::name)
    }

    fn has_negotiated_prices(&self) -> bool {
        let mut segments = self.lines.iter().flat_map(|line| &line.segments);
        segments.any(|segment| segment.agreed.is_some())
    }
}

struct DealWriter(String);

impl DealWriter {
    /// How long the contract is, and when.
    fn period(&mut self, deal: &Deal<'_>) {
        let Some(period) = &deal.period else { return self.bare("term_years", deal.term.count()) };
        if period.is_co_termed() {
            self.bare("start", period.start());
            return self.bare("co_term_end", period.end());
        }
        self.bare("term_years", deal.term.count());
        self.bare("start", period.start());
        if period.length().part().is_some() {
            self.bare("first_year", period.boundary(0));
        }
    }

    fn partner(&mut self, deal: &Deal<'_>) {
        let Some(partner) = &deal.partner else { return };
        self.table("[channel]");
        self.text("name", Some(&partner.channel.name));
        self.text("partner", partner.name.as_deref());
        match partner.terms {
            PartnerTerms::Discount { rate, .. } => self.text("rate", Some(&rate.to_string())),
            PartnerTerms::RevenueShare { revenue, .. } => {
                self.text("revenue", Some(&deal.book.currency.plain(revenue)));
            }
        }
    }

    /// What the customer could have instead, and what is said about it.
    fn value(&mut self, deal: &Deal<'_>) {
        let currency = &deal.book.currency;
        for asked in &deal.alternatives {
            self.table("[[alternative]]");
            self.text("name", Some(asked.alternative.name()));
            for cost in &asked.costs {
                self.cost("[[alternative.cost]]", cost, currency);
            }
        }
        for cost in &deal.own_costs {
            self.cost("[[cost]]", cost, currency);
        }
        for claim in &deal.value_claims {
            self.table("[[claim]]");
            self.text("against", Some(claim.against.name()));
            self.text("text", claim.text.as_deref());
            if let Some(years) = claim.years {
                self.bare("years", years);
            }
            self.text("saves", claim.saves.map(|it| it.to_string()).as_deref());
            self.text("saving", claim.saving.map(|it| currency.plain(it)).as_deref());
            self.text("roi", claim.roi.map(|it| it.to_string()).as_deref());
        }
    }

    fn cost(&mut self, header: &str, cost: &Cost, currency: &Currency) {
        self.table(header);
        self.text("title", Some(&cost.title));
        let (key, years) = match cost.frequency {
            CostFrequency::Once => ("once", None),
            CostFrequency::Years(1) => ("yearly", None),
            CostFrequency::Years(years) => ("total", Some(years)),
        };
        self.text(key, Some(&currency.plain(cost.amount)));
        if let Some(years) = years {
            self.bare("years", years);
        }
        self.text("per", cost.per.as_ref().map(ToString::to_string).as_deref());
    }

    fn table(&mut self, header: &str) {
        self.0.push('\n');
        self.0.push_str(header);
        self.0.push('\n');
    }

    fn text(&mut self, key: &str, value: Option<&str>) {
        if let Some(value) = value {
            self.bare(key, quoted(value));
        }
    }

    fn bare(&mut self, key: &str, value: impl std::fmt::Display) {
        // Writing to a String cannot fail.
        let _ = writeln!(self.0, "{key} = {value}");
    }

    fn quantity(&mut self, key: &str, quantity: Quantity) {
        if quantity.is_whole() {
            self.bare(key, quantity);
        } else {
            self.text(key, Some(&quantity.to_string()));
        }
    }

    fn line(&mut self, line: &Line<'_>, currency: &Currency) {
        self.table("[[line]]");
        self.text("metric", Some(&line.metric.name));
        self.text("edition", line.edition);
        if let Some(hosts) = line.hosts {
            self.bare("hosts", hosts);
        }
        if let Some(committed) = line.committed {
            self.quantity("committed", committed);
        }
        let ramp = line.is_ramp();
        for segment in &line.segments {
            for _ in 0..if ramp { segment.length.years() } else { 1 } {
                if ramp {
                    self.table("[[line.year]]");
                }
                self.quantity("quantity", segment.expected());
                if let Some(fee) = segment.fee {
                    // One outside its range is an agreed price too.
                    self.text("fee", Some(&currency.plain(fee)));
                    continue;
                }
                match segment.agreed {
                    Some(AgreedPrice::UnitPrice(price)) => {
                        self.text("unit_price", Some(&currency.plain(price)));
                    }
                    Some(AgreedPrice::Discount(rate)) => {
                        self.text("discount", Some(&rate.to_string()));
                    }
                    None => {}
                }
            }
        }
    }
}

/// A basic string on one line. Control characters become escapes, so that opening the file in a
/// terminal does nothing.
fn quoted(text: &str) -> String {
    let mut quoted = String::with_capacity(text.len() + 2);
    quoted.push('"');
    for c in text.chars() {
        match c {
            '"' => quoted.push_str("\\\""),
            '\\' => quoted.push_str("\\\\"),
            '\n' => quoted.push_str("\\n"),
            '\t' => quoted.push_str("\\t"),
            c if crate::text::is_invisible_control(c) => {
                let _ = write!(quoted, "\\U{:08X}", u32::from(c));
            }
            c => quoted.push(c),
        }
    }
    quoted.push('"');
    quoted
}

/// A discount's name as a key: quoted unless TOML takes it bare.
fn key(name: &str) -> String {
    let bare = !name.is_empty()
        && name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_');
    if bare { name.to_owned() } else { quoted(name) }
}
