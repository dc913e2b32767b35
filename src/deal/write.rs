//! A deal as a deal file.

use super::{Deal, Line, PartnerTerms, Take};
use crate::value::Money;
use std::fmt::Write;

/// The deal file that resolves to this deal again, always in the same words.
///
/// ```
/// use dealdesk::{book, deal, source::Source, value::Date};
/// let book = book::load(&Source::file("pricing.toml", include_str!("../../pricing.toml")))?;
/// let text = "term_years = 3\n[[line]]\nmetric = \"node\"\nquantity = 1000\n";
/// let draft = deal::read(&Source::file("deal.toml", text));
/// let today = Date::parse("2026-11-21").expect("a date");
/// let first = deal::resolve(&draft, &book, today)?;
///
/// let saved = deal::to_toml(&first);
/// let again = deal::resolve(&deal::read(&Source::file("saved.toml", &saved)), &book, today)?;
/// assert_eq!(deal::to_toml(&again), saved);
/// # Ok::<(), dealdesk::diagnostic::Faults>(())
/// ```
#[must_use]
pub fn to_toml(deal: &Deal<'_>) -> String {
    let mut file = File(String::new());
    file.text("customer", deal.customer.as_deref());
    file.text("segment", deal.segment.as_deref());
    file.text("opportunity", deal.opportunity.as_deref());
    file.text("incumbent", deal.incumbent.as_deref());
    file.text("notes", deal.notes.as_deref());
    file.bare("date", deal.date);
    file.bare("term_years", deal.term.count());
    file.text("prepay", deal.prepay());
    if let Some(horizon) = deal.horizon {
        file.bare("horizon_years", horizon);
    }
    for line in &deal.lines {
        file.line(line);
    }
    if !deal.takes.is_empty() {
        file.table("[discount]");
        for (discount, take) in &deal.takes {
            let take = match take {
                Take::Auto => "auto".to_owned(),
                Take::Nothing => "none".to_owned(),
                Take::Rate(rate) => rate.to_string(),
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
    if let Some(partner) = &deal.partner {
        file.table("[channel]");
        file.text("name", Some(&partner.channel.name));
        file.text("partner", partner.name.as_deref());
        match partner.terms {
            PartnerTerms::Discount { rate, .. } => file.text("rate", Some(&rate.to_string())),
            PartnerTerms::RevenueShare { revenue, .. } => {
                file.text("revenue", Some(&revenue.plain()));
            }
        }
    }
    file.0
}

impl Deal<'_> {
    fn has_negotiated_prices(&self) -> bool {
        let mut segments = self.lines.iter().flat_map(|line| &line.segments);
        segments.any(|segment| segment.unit_price.is_some())
    }
}

struct File(String);

impl File {
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

    fn line(&mut self, line: &Line<'_>) {
        self.table("[[line]]");
        self.text("metric", Some(&line.metric.name));
        self.text("edition", line.edition);
        if let Some(hosts) = line.hosts {
            self.bare("hosts", hosts);
        }
        let ramp = line.is_ramp();
        for segment in &line.segments {
            for _ in 0..if ramp { segment.years.count() } else { 1 } {
                if ramp {
                    self.table("[[line.year]]");
                }
                let quantity = segment.quantity;
                if quantity.is_whole() {
                    self.bare("quantity", quantity);
                } else {
                    self.text("quantity", Some(&quantity.to_string()));
                }
                self.text("unit_price", segment.unit_price.map(Money::plain).as_deref());
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
            c if crate::text::is_hostile(c) => {
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
