//! From the text of a price book to a [`PriceBook`], or to everything that is wrong with it.

mod channel;
mod clause;
mod cost;
mod currency;
mod discount;
mod metric;
mod paying;
mod policy;
mod ranges;

pub use cost::{DraftCost, read as read_costs, resolve as resolve_costs};

use super::{Books, PriceBook, Rule, service, shape};
use crate::number::{Currency, Rounding};
use crate::table::{Section, TomlReader};
use crate::text::diagnostic::{Checked, Diagnostic};
use crate::text::source::{Place, Source, Written};
use paying::PaymentSettings;
use policy::PolicyNames;
use sha2::{Digest, Sha256};
use std::fmt::Display;
use std::sync::Arc;

/// Reads a price book in each of its currencies.
///
/// ```
/// use dealdesk::{book, source::Source};
/// let text = include_str!("../../../pricing.toml");
/// let books = book::load(&Source::file("pricing.toml", text))?;
/// assert_eq!(books.first().name(), "DWCP v3");
/// # Ok::<(), dealdesk::text::diagnostic::Faults>(())
/// ```
///
/// # Errors
/// Every fault of the text, each with its place.
pub fn load(source: &Arc<Source>) -> Checked<Books> {
    let (first, others) = in_each_currency(source, |top, currency| build(top, source, currency))?;
    Ok(Books::new(first, others))
}

/// Reads the text of a price book once for each of its currencies: what is made of the first, and
/// of the others.
///
/// # Errors
/// What `make` reports, and whatever is wrong with the currencies.
pub fn in_each_currency<T>(
    source: &Arc<Source>,
    make: impl Fn(Section<'_>, Option<&Currency>) -> Option<T>,
) -> Checked<(T, Vec<T>)> {
    TomlReader::read_each(source, &shape::BOOK, currency::all, make)
}

/// The price book of one currency.
fn build(top: Section<'_>, source: &Source, currency: Option<&Currency>) -> Option<PriceBook> {
    let identity = policy::identity(top);
    let policy = PolicyNames::read(top);
    let channels = channel::all(top, &policy);
    let paying = PaymentSettings::read(top);
    let metrics = metric::all(top, &policy, &paying, currency);
    let discounts = discount::all(top, &policy, &paying, &metrics);
    let guardrails = policy::guardrails(top, &policy);
    let services = {
        let services = top.named("service").into_iter();
        services.filter_map(|(name, table)| service::read(&name, table, currency)).collect()
    };
    let clauses = clause::all(top, &policy);
    let alternatives = cost::all(top, &metrics, currency);
    let terms = top.table("term").and_then(|term| {
        let years = term.range("years")?;
        Some((years.value, rule("term", &years.place)))
    });
    let (rounding, rounding_rule) = rounding(top);
    let (identity, currency) = (identity?, currency?);
    Some(PriceBook {
        name: identity.name,
        version: identity.version,
        sha256: format!("{:x}", Sha256::digest(source.text().as_bytes())),
        currency: currency.clone(),
        is_one_of_several: false,
        effective: identity.effective,
        until: identity.until,
        validity: identity.validity,
        rule: identity.rule,
        terms,
        rounding,
        rounding_rule,
        ladder: policy.ladder,
        reviews: policy.reviews,
        metrics,
        discounts,
        channels,
        guardrails,
        services,
        clauses,
        alternatives,
        payment: paying.payment,
        billing: paying.billing,
        renewal: paying.renewal,
    })
}

fn rounding(top: Section<'_>) -> (Rounding, Rule) {
    let table = top.table("rounding");
    let mode = table.and_then(|table| table.choice("mode"));
    let place = mode.as_ref().map_or_else(|| top.place(), |mode| mode.place.clone());
    let mode = mode.map_or(Rounding::HalfUp, |mode| Rounding::NAMES[mode.value].1);
    (mode, rule("rounding", &place))
}

/// The rule of a table that has a name of its own.
pub(super) fn rule_of(kind: &str, name: &Written<String>) -> Rule {
    rule([kind, ".", &name.value].concat(), &name.place)
}

fn rule(id: impl Into<String>, place: &Place) -> Rule {
    Rule { id: id.into(), source: place.clone() }
}

/// What to do about a name that is given a second time.
const ANOTHER_NAME: &str = "take one of them out, or give it another name";

/// Names of one kind, each of which may be given once.
#[derive(Default)]
struct UniqueNames(Vec<Written<String>>);

impl UniqueNames {
    /// Whether a name is a new one; if it is not, that is reported. `what` is the thing it names,
    /// with the name.
    fn is_new(
        &mut self,
        section: Section<'_>,
        name: &Written<String>,
        what: impl Display,
        hint: &str,
    ) -> bool {
        let first = self.0.iter().find(|first| first.value == name.value);
        if let Some(first) = first {
            duplicate(section, name.place.clone(), first.place.clone(), what, hint);
        }
        let is_new = first.is_none();
        self.0.push(name.clone());
        is_new
    }
}

/// Reports a name that is given a second time.
fn duplicate(section: Section<'_>, place: Place, first: Place, what: impl Display, hint: &str) {
    section.fault(Diagnostic::twice(place, first, what).hint(hint));
}
