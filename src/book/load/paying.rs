//! Payment terms, ways to bill, and renewal dates.

use super::{rule, rule_of};
use crate::book::{
    BillingFrequency, BillingSchedule, BillingTerms, PaymentTerm, PaymentTerms, RenewalTerms,
};
use crate::number::ProrationConvention;
use crate::table;
use crate::table::{Section, suggestion};
use crate::text::diagnostic::{Code, Diagnostic};
use crate::text::source::Written;

/// What a deal says in one word: how long it has to pay, or how it is billed.
#[derive(Debug, Default)]
pub(super) struct PaymentSettings {
    pub payment: Option<PaymentTerms>,
    pub billing: Option<BillingTerms>,
    pub renewal: Option<RenewalTerms>,
    /// Names of `[payment.terms]` and `[billing.ways]`, read or not.
    names: Vec<String>,
    ways: Vec<String>,
    /// Whether no table of either is misspelt.
    is_known: bool,
}

impl PaymentSettings {
    pub fn read(top: Section<'_>) -> Self {
        let payment = top.table("payment");
        let billing = top.table("billing");
        let terms = payment.map(|table| table.names("terms")).unwrap_or_default();
        let ways = billing.map(|table| table.names("ways")).unwrap_or_default();
        let is_known = !top.is_misspelled("payment") && !top.is_misspelled("billing");
        let paying = Self {
            payment: payment.and_then(read_payment),
            billing: billing.and_then(read_billing),
            renewal: top.table("renewal").and_then(renewal),
            names: terms.iter().chain(&ways).cloned().collect(),
            ways,
            is_known,
        };
        if let Some(billing) = billing {
            for (name, _) in
                billing.named("ways").iter().filter(|(it, _)| terms.contains(&it.value))
            {
                let message = format!("\"{}\" is also a payment term", name.value);
                billing.fault(
                    Diagnostic::new(Code::Duplicate, name.place.clone(), message)
                        .hint("discounts name both without saying which: call one otherwise"),
                );
            }
        }
        paying
    }

    /// The way to bill that a rule names.
    pub fn billing_schedule(&self, section: Section<'_>) -> Option<usize> {
        let name = section.text("billing")?;
        let known = self.ways.iter().map(String::as_str);
        let read = self.billing.as_ref().map_or(&[][..], |billing| &billing.schedules);
        let found = read.iter().position(|way| way.name == name.value);
        if !self.ways.contains(&name.value) && self.is_known {
            section.fault(unknown(&name, known, "way to bill", "[billing.ways.NAME]"));
        }
        found
    }

    /// The payment terms and ways to bill that a key lists.
    pub fn choices(&self, section: Section<'_>, key: &str) -> Vec<String> {
        let names = section.texts(key);
        for name in names.iter().filter(|name| !self.names.contains(&name.value)) {
            let known = self.names.iter().map(String::as_str);
            if self.is_known {
                let what = "payment term or way to bill";
                section.fault(unknown(name, known, what, "[payment.terms.NAME]"));
            }
        }
        names.into_iter().map(|name| name.value).collect()
    }
}

fn unknown<'a>(
    name: &Written<String>,
    known: impl Iterator<Item = &'a str> + Clone,
    what: &str,
    table: &str,
) -> Diagnostic {
    let hint = known.clone().next().is_none().then(|| format!("add it with {table}"));
    table::unknown(Code::UnknownChoice, what, name, known).maybe_hint(hint)
}

fn read_payment(table: Section<'_>) -> Option<PaymentTerms> {
    let named = table.named("terms");
    let standard = standard(table, &named, "terms");
    let terms = named.iter().map(|(name, table)| {
        let (title, days) = (table.text("title"), table.whole("days"));
        Some(PaymentTerm {
            name: name.value.clone(),
            title: title?.value,
            days: days?.value,
            refuse: table.flag("refuse"),
            rule: rule_of("payment", name),
        })
    });
    let terms = terms.collect::<Vec<_>>().into_iter().collect::<Option<_>>()?;
    Some(PaymentTerms { terms, standard: standard? })
}

fn read_billing(table: Section<'_>) -> Option<BillingTerms> {
    let named = table.named("ways");
    let standard = standard(table, &named, "ways");
    let proration = table.choice("proration").map(|written| {
        (ProrationConvention::NAMES[written.value].1, rule("billing.proration", &written.place))
    });
    let ways = named.iter().map(|(name, table)| {
        let (title, every) = (table.text("title"), frequency(*table));
        Some(BillingSchedule {
            name: name.value.clone(),
            title: title?.value,
            frequency: every?,
            rule: rule_of("billing", name),
        })
    });
    let ways = ways.collect::<Vec<_>>().into_iter().collect::<Option<_>>()?;
    Some(BillingTerms { schedules: ways, standard: standard?, proration })
}

/// The one that holds if nothing is said.
fn standard(
    table: Section<'_>,
    named: &[(Written<String>, Section<'_>)],
    key: &str,
) -> Option<usize> {
    let standard = table.text("standard")?;
    let names = named.iter().map(|(name, _)| name.value.as_str());
    let found = names.clone().position(|name| name == standard.value);
    if found.is_none() && !table.is_misspelled(key) {
        let message = format!("the standard \"{}\" is none of the {key}", standard.value);
        let hint = match names.clone().next() {
            Some(_) => suggestion(&standard.value, names),
            None => format!("add it under `{key}`"),
        };
        table.fault(Diagnostic::new(Code::UnknownChoice, standard.place, message).hint(hint));
    }
    found
}

fn frequency(table: Section<'_>) -> Option<BillingFrequency> {
    let months = table.whole("months");
    let term = table.flag("whole_term");
    if term {
        for key in ["months", "arrears"] {
            table.report_unless(false, key, "invoices that are sent more than once");
        }
        return Some(BillingFrequency::Term);
    }
    if table.is_missing("months") && !table.is_misspelled("whole_term") {
        let message = "a way to bill needs `months`";
        table.fault(
            Diagnostic::new(Code::MissingKey, table.place(), message)
                .hint("say how many months an invoice covers, or whole_term = true"),
        );
    }
    let months = months?;
    if 12 % months.value != 0 {
        let message = "an invoice covers 1, 2, 3, 4, 6 or 12 months, so that years come out whole";
        table.fault(
            Diagnostic::new(Code::BadNumber, months.place, message).hint("write one of these"),
        );
        return None;
    }
    Some(BillingFrequency::Months { months: months.value, arrears: table.flag("arrears") })
}

fn renewal(table: Section<'_>) -> Option<RenewalTerms> {
    let (work, notice) = (table.whole("work_days"), table.whole("notice_days"));
    Some(RenewalTerms {
        work_days: work?.value,
        notice_days: notice?.value,
        rule: rule("renewal", &table.place()),
    })
}
