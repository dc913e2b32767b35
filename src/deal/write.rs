//! A deal written as a deal file.

use super::extras::{CLAUSE, SERVICE};
use super::file::{DEAL, LINE};
use super::partner::PARTNER;
use super::program::PROGRAM;
use super::value::{ALTERNATIVE, CLAIM};
use super::{
    AgreedPrice, ContractPeriod, Deal, DealAlternative, DealClause, DealService, DiscountOverride,
    FactValue, Line, Partner, PartnerTerms, ProgramClaim, ValueClaim,
};
use crate::book::{BillingSchedule, Cost, CostFrequency, Discount, PaymentTerm};
use crate::number::{Currency, Money, Quantity, Years};
use std::fmt::{Display, Write};

/// Writes the deal file that resolves to this deal again. Equal deals give equal bytes.
///
/// ```
/// use dealdesk::{book, deal, number::Date, text::source::Source};
/// let books = book::load(&Source::file("pricing.toml", include_str!("../../pricing.toml")))?;
/// let text = "term_years = 3\n[[line]]\nmetric = \"node\"\nquantity = 1000\n";
/// let draft = deal::read(&Source::file("deal.toml", text));
/// let today = Date::parse("2026-11-21").expect("a date");
/// let first = deal::resolve(&draft, &books, today)?;
///
/// let saved = deal::to_toml(&first);
/// let again = deal::resolve(&deal::read(&Source::file("saved.toml", &saved)), &books, today)?;
/// assert_eq!(deal::to_toml(&again), saved);
/// # Ok::<(), dealdesk::text::diagnostic::Diagnostics>(())
/// ```
#[deny(unused_variables)]
pub fn to_toml(deal: &Deal<'_>) -> String {
    // Every field is taken out of the deal by its name, and a name without use does not compile, so
    // that no field can be left out of saved deals and of the quote's id.
    let Deal {
        book,
        record,
        date,
        term,
        period,
        prepay,
        payment,
        billing,
        lines,
        discount_overrides,
        claims,
        partner,
        horizon,
        services,
        clauses,
        alternatives,
        own_costs,
        value_claims,
    } = deal;
    let mut file = DealWriter { text: String::new(), currency: &book.currency };
    for (fact, value) in record.iter() {
        match value {
            FactValue::Text(text) => file.text(fact.key, Some(text)),
            FactValue::Date(date) => file.bare(fact.key, date),
        }
    }
    file.bare(DEAL.date, date);
    // A book with one currency leaves no choice to write.
    file.text(DEAL.currency, book.is_one_of_several.then_some(book.currency.code.as_str()));
    file.timing(*term, period.as_ref());
    file.text(DEAL.prepay, prepay.and(deal.prepay()));
    // A deal that names no payment term has the standard one.
    let standard = book.payment.as_ref().and_then(|it| it.terms.get(it.standard));
    let standard = standard.map(PaymentTerm::name);
    file.text(DEAL.payment, payment.map(PaymentTerm::name).filter(|name| Some(*name) != standard));
    file.text(DEAL.billing, billing.map(BillingSchedule::name));
    file.number(DEAL.horizon_years, *horizon);
    for line in lines {
        file.line(line);
    }
    file.overrides(discount_overrides);
    file.claims(claims, lines.iter().any(Line::has_agreed_price));
    if let Some(partner) = partner {
        file.partner(partner);
    }
    for asked in services {
        file.service(asked);
    }
    for asked in clauses {
        file.clause(asked);
    }
    for asked in alternatives {
        file.alternative(asked);
    }
    for cost in own_costs {
        file.cost(&list(DEAL.cost.name), cost);
    }
    for claim in value_claims {
        file.value_claim(claim);
    }
    file.text
}

/// Deal file that is being written, and the currency of its amounts.
struct DealWriter<'b> {
    text: String,
    currency: &'b Currency,
}

impl DealWriter<'_> {
    /// Writes the term and the first day; of a contract that ends with another one, both its days.
    fn timing(&mut self, term: Years, period: Option<&ContractPeriod>) {
        let Some(period) = period else { return self.bare(DEAL.term_years, term.count()) };
        if period.is_co_termed() {
            self.bare(DEAL.start, period.start());
            return self.bare(DEAL.co_term_end, period.end());
        }
        self.bare(DEAL.term_years, term.count());
        self.bare(DEAL.start, period.start());
        if period.length().part().is_some() {
            self.bare(DEAL.first_year, period.boundary(0));
        }
    }

    fn overrides(&mut self, overrides: &[(&Discount, DiscountOverride)]) {
        if !overrides.is_empty() {
            self.table(&table(DEAL.discount.name));
        }
        for (discount, take) in overrides {
            self.display(key(&discount.name), Some(take));
        }
    }

    fn claims(&mut self, claims: &[ProgramClaim<'_>], has_agreed_prices: bool) {
        for claim in claims {
            let header = if claims.len() == 1 { table } else { list };
            self.table(&header(DEAL.strategic.name));
            self.text(PROGRAM.program, Some(&claim.program.name));
            // Agreed prices leave no room for a rate that repeats the implied one.
            let implied = claim.program.rate.unwrap_or_default();
            if claim.rate != implied || !has_agreed_prices {
                self.display(PROGRAM.rate, Some(claim.rate));
            }
            self.text(PROGRAM.reason, claim.reason.as_deref());
            if !claim.duties.is_empty() {
                let duties: Vec<_> = claim.duties.iter().map(|duty| quoted(duty)).collect();
                self.bare(PROGRAM.duties, format!("[{}]", duties.join(", ")));
            }
            self.number(PROGRAM.count, claim.count);
        }
    }

    fn partner(&mut self, partner: &Partner<'_>) {
        self.table(&table(DEAL.channel.name));
        self.text(PARTNER.name, Some(&partner.channel.name));
        self.text(PARTNER.partner, partner.name.as_deref());
        match partner.terms {
            PartnerTerms::Discount { rate, .. } => self.display(PARTNER.rate, Some(rate)),
            PartnerTerms::RevenueShare { revenue, .. } => {
                self.amount(PARTNER.revenue, Some(revenue));
            }
        }
    }

    fn service(&mut self, asked: &DealService<'_>) {
        self.table(&list(DEAL.service.name));
        self.text(SERVICE.name, Some(&asked.service.name));
        self.amount(SERVICE.value, Some(asked.value));
    }

    fn clause(&mut self, asked: &DealClause<'_>) {
        self.table(&list(DEAL.clause.name));
        self.text(CLAUSE.name, Some(&asked.clause.name));
        self.text(CLAUSE.reason, asked.reason.as_deref());
    }

    fn alternative(&mut self, asked: &DealAlternative<'_>) {
        self.table(&list(DEAL.alternative.name));
        self.text(ALTERNATIVE.name, Some(asked.alternative.name()));
        for cost in &asked.costs {
            let path = format!("{}.{}", DEAL.alternative.name, ALTERNATIVE.cost.name);
            self.cost(&list(&path), cost);
        }
    }

    fn cost(&mut self, header: &str, cost: &Cost) {
        self.table(header);
        self.text("title", Some(&cost.title));
        let (key, years) = match cost.frequency {
            CostFrequency::Once => ("once", None),
            CostFrequency::Years(1) => ("yearly", None),
            CostFrequency::Years(years) => ("total", Some(years)),
        };
        self.amount(key, Some(cost.amount));
        self.number("years", years);
        self.display("per", cost.per.as_ref());
    }

    fn value_claim(&mut self, claim: &ValueClaim<'_>) {
        self.table(&list(DEAL.claim.name));
        self.text(CLAIM.against, Some(claim.against.name()));
        self.text(CLAIM.text, claim.text.as_deref());
        self.number(CLAIM.years, claim.years);
        self.display(CLAIM.saves, claim.saves);
        self.amount(CLAIM.saving, claim.saving);
        self.display(CLAIM.roi, claim.roi);
    }

    fn table(&mut self, header: &str) {
        self.text.push('\n');
        self.text.push_str(header);
        self.text.push('\n');
    }

    fn text(&mut self, key: impl AsRef<str>, value: Option<&str>) {
        if let Some(value) = value {
            self.bare(key, quoted(value));
        }
    }

    fn display(&mut self, key: impl AsRef<str>, value: Option<impl Display>) {
        self.text(key, value.map(|value| value.to_string()).as_deref());
    }

    fn amount(&mut self, key: impl AsRef<str>, value: Option<Money>) {
        self.text(key, value.map(|value| self.currency.plain(value)).as_deref());
    }

    fn number(&mut self, key: impl AsRef<str>, value: Option<u32>) {
        if let Some(value) = value {
            self.bare(key, value);
        }
    }

    fn bare(&mut self, key: impl AsRef<str>, value: impl Display) {
        // Writing to a String cannot fail.
        let _ = writeln!(self.text, "{} = {value}", key.as_ref());
    }

    fn quantity(&mut self, key: impl AsRef<str>, quantity: Quantity) {
        if quantity.is_whole() {
            self.bare(key, quantity);
        } else {
            self.text(key, Some(&quantity.to_string()));
        }
    }

    fn line(&mut self, line: &Line<'_>) {
        self.table(&list(DEAL.line.name));
        self.text(LINE.metric, Some(&line.metric.name));
        self.text(LINE.edition, line.edition);
        self.number(LINE.hosts, line.hosts);
        if let Some(committed) = line.committed {
            self.quantity(LINE.committed, committed);
        }
        let ramp = line.is_ramp();
        for segment in &line.segments {
            for _ in 0..if ramp { segment.length.years() } else { 1 } {
                if ramp {
                    self.table(&list(&format!("{}.{}", DEAL.line.name, LINE.year.name)));
                }
                self.quantity(LINE.quantity, segment.expected());
                match (segment.fee, segment.agreed) {
                    // A fee outside the book's range is an agreed price too.
                    (Some(fee), _) => self.amount(LINE.fee, Some(fee)),
                    (_, Some(AgreedPrice::UnitPrice(price))) => {
                        self.amount(LINE.unit_price, Some(price));
                    }
                    (_, Some(AgreedPrice::Discount(rate))) => {
                        self.display(LINE.discount, Some(rate));
                    }
                    (None, None) => {}
                }
            }
        }
    }
}

fn table(path: &str) -> String {
    format!("[{path}]")
}

fn list(path: &str) -> String {
    format!("[[{path}]]")
}

/// Writes a text as a TOML string on one line. Control characters become escapes, so that opening the file in a
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

/// Writes a discount's name as a key, in quotation marks unless TOML takes it without.
fn key(name: &str) -> String {
    let bare = !name.is_empty()
        && name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_');
    if bare { name.to_owned() } else { quoted(name) }
}
