//! A deal written as a deal file.

use super::extras::{CLAUSE, SERVICE};
use super::file::{DEAL, LINE};
use super::partner::PARTNER;
use super::program::PROGRAM;
use super::value::{ALTERNATIVE, CLAIM};
use super::{
    AgreedPrice, ContractPeriod, Deal, DealAlternative, DealClause, DealService, DiscountOverride,
    FactValue, Line, Partner, PartnerTerms, ProgramClaim, Segment, ValueClaim,
};
use crate::book::{Cost, CostFrequency, Discount, PartnerSale};
use crate::number::{Currency, Money, Quantity, Years};
use crate::table::quoted;
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
        is_what_if: _,
        is_apart: _,
        term,
        months_in_term,
        period,
        prepay,
        payment,
        billing,
        lines,
        // Other deals and contracts have their own files.
        companions: _,
        signed: _,
        signed_as: _,
        later_contracts: _,
        earlier_contracts: _,
        discount_overrides,
        claims,
        // They give nothing.
        claims_of_nothing: _,
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
            FactValue::Date(date) => file.bare(fact.key, Some(date)),
        }
    }
    file.bare(DEAL.date, Some(date));
    // A book with one currency leaves no choice to write.
    file.text(DEAL.currency, book.is_one_of_several.then_some(book.currency.code.as_str()));
    file.timing(*term, *months_in_term, period.as_ref());
    file.text(DEAL.prepay, prepay.and(deal.prepay()));
    // A deal that names no payment term has the standard one.
    let [standard, payment] = [book.standard_payment(), *payment].map(|it| Some(it?.name.as_str()));
    file.text(DEAL.payment, payment.filter(|name| Some(*name) != standard));
    file.text(DEAL.billing, billing.map(|it| it.name.as_str()));
    file.bare(DEAL.horizon_years, *horizon);
    file.lines(lines);
    file.overrides(discount_overrides);
    file.claims(claims, lines.iter().any(Line::has_agreed_price));
    file.partner(partner.as_ref());
    file.services(services);
    file.clauses(clauses);
    file.alternatives(alternatives);
    file.costs(DEAL.cost.name, own_costs);
    file.value_claims(value_claims);
    file.text
}

/// Deal file that is being written, and the currency of its amounts.
struct DealWriter<'b> {
    text: String,
    currency: &'b Currency,
}

impl DealWriter<'_> {
    /// Writes the term and the first day; of a contract that ends with another one, both its days.
    fn timing(&mut self, term: Years, months: Option<u32>, period: Option<&ContractPeriod>) {
        if months.is_some() {
            self.bare(DEAL.months, months);
            self.bare(DEAL.start, period.map(ContractPeriod::start));
            return;
        }
        let co_termed = period.filter(|period| period.is_co_termed());
        let led = period.filter(|period| period.length().part().is_some());
        if co_termed.is_none() {
            self.bare(DEAL.term_years, Some(term.count()));
        }
        self.bare(DEAL.start, period.map(ContractPeriod::start));
        match co_termed {
            Some(period) => self.bare(DEAL.co_term_end, Some(period.end())),
            None => self.bare(DEAL.first_year, led.map(|period| period.boundary(0))),
        }
    }

    fn lines(&mut self, lines: &[Line<'_>]) {
        for line in lines {
            self.item(DEAL.line.name);
            self.text(LINE.metric, Some(&line.metric.name));
            self.text(LINE.edition, line.edition);
            self.bare(LINE.hosts, line.hosts);
            self.text(LINE.sold_for, line.sold_for);
            self.quantity(LINE.committed, line.committed);
            self.display(LINE.count, line.count());
            let ramp = line.differs_by_year();
            let written = if ramp { line.segments.len() } else { 1 };
            for segment in line.segments.iter().take(written) {
                for _ in 0..if ramp { segment.length.years() } else { 1 } {
                    if ramp {
                        self.item(&format!("{}.{}", DEAL.line.name, LINE.year.name));
                    }
                    self.segment(segment, line.count().is_none());
                }
            }
        }
    }

    fn segment(&mut self, segment: &Segment<'_>, has_quantity: bool) {
        self.quantity(LINE.quantity, has_quantity.then_some(segment.expected()));
        match (segment.fee, segment.agreed) {
            // A fee outside the book's range is an agreed price too.
            (Some(fee), _) => self.amount(LINE.fee, Some(fee)),
            (_, Some(AgreedPrice::UnitPrice(price))) => self.amount(LINE.unit_price, Some(price)),
            (_, Some(AgreedPrice::Discount(rate))) => self.display(LINE.discount, Some(rate)),
            (None, None) => {}
        }
    }

    fn overrides(&mut self, overrides: &[(&Discount, DiscountOverride)]) {
        if !overrides.is_empty() {
            self.table(DEAL.discount.name);
        }
        for (discount, take) in overrides {
            self.display(key(&discount.name), Some(take));
        }
    }

    fn claims(&mut self, claims: &[ProgramClaim<'_>], has_agreed_prices: bool) {
        for claim in claims {
            let name = DEAL.strategic.name;
            if claims.len() == 1 {
                self.table(name);
            } else {
                self.item(name);
            }
            self.text(PROGRAM.program, Some(&claim.program.name));
            // Agreed prices leave no room for a rate that repeats the implied one.
            let implied = claim.program.rate.unwrap_or_default();
            let is_written = claim.rate != implied || !has_agreed_prices;
            self.display(PROGRAM.rate, is_written.then_some(claim.rate));
            let metrics: Vec<_> = claim.metrics.iter().map(|name| quoted(name)).collect();
            let metrics = (!metrics.is_empty()).then(|| format!("[{}]", metrics.join(", ")));
            self.bare(PROGRAM.metrics, metrics);
            self.text(PROGRAM.reason, claim.reason.as_deref());
            let duties: Vec<_> = claim.duties.iter().map(|duty| quoted(duty)).collect();
            let duties = (!duties.is_empty()).then(|| format!("[{}]", duties.join(", ")));
            self.bare(PROGRAM.duties, duties);
            self.bare(PROGRAM.count, claim.count);
            self.bare(PROGRAM.grant, claim.grant.as_ref().map(|grant| grant.date));
            let reference = claim.grant.as_ref().map(|grant| grant.reference.as_str());
            self.text(PROGRAM.grant_reference, reference);
        }
    }

    fn partner(&mut self, partner: Option<&Partner<'_>>) {
        let Some(partner) = partner else { return };
        self.table(DEAL.channel.name);
        self.text(PARTNER.name, Some(&partner.channel.name));
        self.text(PARTNER.partner, partner.name.as_deref());
        match partner.terms {
            PartnerTerms::Discount { agreed, .. } => self.display(PARTNER.rate, agreed),
            PartnerTerms::RevenueShare { revenue, .. } => {
                self.amount(PARTNER.revenue, Some(revenue));
            }
        }
        self.text(PARTNER.level, partner.level);
        // A new sale is what a deal is that names none.
        let sale = Some(partner.sale).filter(|sale| *sale != PartnerSale::default());
        self.text(PARTNER.sale, sale.map(PartnerSale::name));
        let claimed: Vec<_> = partner.claimed.iter().map(|it| quoted(&it.name)).collect();
        let claimed = (!claimed.is_empty()).then(|| format!("[{}]", claimed.join(", ")));
        self.bare(PARTNER.incentives, claimed);
        self.text(PARTNER.basis, partner.basis.as_deref());
    }

    fn services(&mut self, services: &[DealService<'_>]) {
        for asked in services {
            self.item(DEAL.service.name);
            self.text(SERVICE.name, Some(&asked.service.name));
            self.quantity(SERVICE.quantity, asked.quantity);
            self.amount(SERVICE.value, asked.quantity.is_none().then_some(asked.value));
            let before = Some(asked.included_before).filter(|before| !before.is_zero());
            self.amount(SERVICE.included_before, before);
        }
    }

    fn clauses(&mut self, clauses: &[DealClause<'_>]) {
        for asked in clauses {
            self.item(DEAL.clause.name);
            self.text(CLAUSE.name, Some(&asked.clause.name));
            self.display(CLAUSE.rate, asked.rate);
            self.text(CLAUSE.reason, asked.reason.as_deref());
        }
    }

    fn alternatives(&mut self, alternatives: &[DealAlternative<'_>]) {
        for asked in alternatives {
            self.item(DEAL.alternative.name);
            self.text(ALTERNATIVE.name, Some(asked.alternative.name.as_str()));
            self.bare(ALTERNATIVE.adds.name, asked.adds.then_some(true));
            let path = format!("{}.{}", DEAL.alternative.name, ALTERNATIVE.cost.name);
            self.costs(&path, &asked.costs);
        }
    }

    fn costs(&mut self, path: &str, costs: &[Cost]) {
        for cost in costs {
            self.item(path);
            self.text("title", Some(&cost.title));
            let (key, years) = match cost.frequency {
                CostFrequency::Once => ("once", None),
                CostFrequency::Years(1) => ("yearly", None),
                CostFrequency::Years(years) => ("total", Some(years)),
            };
            self.amount(key, Some(cost.amount));
            self.bare("years", years);
            self.display("per", cost.per.as_ref());
        }
    }

    fn value_claims(&mut self, claims: &[ValueClaim<'_>]) {
        for claim in claims {
            self.item(DEAL.claim.name);
            self.text(CLAIM.against, Some(claim.against.name.as_str()));
            self.text(CLAIM.text, claim.text.as_deref());
            self.bare(CLAIM.years, claim.years);
            self.display(CLAIM.saves, claim.saves);
            self.amount(CLAIM.saving, claim.saving);
            self.display(CLAIM.roi, claim.roi);
        }
    }

    fn table(&mut self, path: &str) {
        self.text.extend(["\n[", path, "]\n"]);
    }

    /// Writes the header of one table of a list.
    fn item(&mut self, path: &str) {
        self.table(&format!("[{path}]"));
    }

    /// Writes a value without quotation marks, if there is one.
    fn bare(&mut self, key: impl AsRef<str>, value: Option<impl Display>) {
        if let Some(value) = value {
            // Writing to a String cannot fail.
            let _ = writeln!(self.text, "{} = {value}", key.as_ref());
        }
    }

    fn text(&mut self, key: impl AsRef<str>, value: Option<&str>) {
        self.bare(key, value.map(quoted));
    }

    fn display(&mut self, key: impl AsRef<str>, value: Option<impl Display>) {
        self.bare(key, value.map(|value| quoted(&value.to_string())));
    }

    fn amount(&mut self, key: impl AsRef<str>, value: Option<Money>) {
        self.display(key, value.map(|value| self.currency.plain(value)));
    }

    fn quantity(&mut self, key: impl AsRef<str>, quantity: Option<Quantity>) {
        match quantity {
            Some(quantity) if quantity.is_whole() => self.bare(key, Some(quantity)),
            _ => self.display(key, quantity),
        }
    }
}

/// Writes a discount's name as a key, in quotation marks unless TOML takes it without.
fn key(name: &str) -> String {
    let bare = !name.is_empty()
        && name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_');
    if bare { name.to_owned() } else { quoted(name) }
}
