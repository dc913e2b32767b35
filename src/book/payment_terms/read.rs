//! Reads payment terms, billing schedules and renewal dates.

use super::keys::{
    BILLING, BillingKeys, PAYMENT, PAYMENT_TERM, PaymentKeys, RENEWAL, RenewalKeys, WAY,
};
use super::{
    BillingFrequency, BillingSchedule, BillingTerms, PaymentTerm, PaymentTerms, RenewalTerms,
};
use crate::book::rule::{rule, rule_of};
use crate::table::{self, Keys, NamedTables, OneTable, Section, TypedKey, suggestion};
use crate::text::diagnostic::{Code, Diagnostic};
use crate::text::source::Written;

/// Payment terms, billing schedules and renewal dates of a book, with the names that rules can use.
#[derive(Debug, Default)]
pub(in crate::book) struct PaymentSettings {
    pub payment: Option<PaymentTerms>,
    pub billing: Option<BillingTerms>,
    pub renewal: Option<RenewalTerms>,
    /// Names in `[payment.terms]` and `[billing.ways]`, even of entries with errors.
    names: Vec<String>,
    ways: Vec<String>,
    /// Whether the names are known: neither table is misspelled.
    is_known: bool,
}

impl PaymentSettings {
    pub fn read(
        top: Section<'_>,
        payment_key: TypedKey<OneTable<PaymentKeys>>,
        billing_key: TypedKey<OneTable<BillingKeys>>,
        renewal_key: TypedKey<OneTable<RenewalKeys>>,
    ) -> Self {
        let payment = top.get(payment_key);
        let billing = top.get(billing_key);
        let terms = payment.map(|table| table.names(PAYMENT.terms)).unwrap_or_default();
        let ways = billing.map(|table| table.names(BILLING.ways)).unwrap_or_default();
        let is_known = !top.is_misspelled(payment_key) && !top.is_misspelled(billing_key);
        let settings = Self {
            payment: payment.and_then(read_payment),
            billing: billing.and_then(read_billing),
            renewal: top.get(renewal_key).and_then(read_renewal),
            names: terms.iter().chain(&ways).cloned().collect(),
            ways,
            is_known,
        };
        if let Some(billing) = billing {
            for (name, _) in
                billing.get(BILLING.ways).iter().filter(|(it, _)| terms.contains(&it.value))
            {
                let message = format!("\"{}\" is also a payment term", name.value);
                billing.fault(
                    Diagnostic::new(Code::Duplicate, name.place.clone(), message)
                        .hint("discounts name both kinds by name only: rename one of them"),
                );
            }
        }
        settings
    }

    pub fn billing_schedule(&self, section: Section<'_>, key: TypedKey<String>) -> Option<usize> {
        let name = section.get(key)?;
        let known = self.ways.iter().map(String::as_str);
        let read = self.billing.as_ref().map_or(&[][..], |billing| &billing.schedules);
        let found = read.iter().position(|way| way.name == name.value);
        if !self.ways.contains(&name.value) && self.is_known {
            section.fault(unknown(&name, known, "billing schedule", "[billing.ways.NAME]"));
        }
        found
    }

    pub fn choices(&self, section: Section<'_>, key: TypedKey<Vec<String>>) -> Vec<String> {
        let names = section.get(key);
        for name in names.iter().filter(|name| !self.names.contains(&name.value)) {
            let known = self.names.iter().map(String::as_str);
            if self.is_known {
                let what = "payment term or billing schedule";
                section.fault(unknown(name, known, what, "[payment.terms.NAME]"));
            }
        }
        names.into_iter().map(|name| name.value).collect()
    }
}

/// Returns the error for an unknown name; `table` is the table that could add it.
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
    let named = table.get(PAYMENT.terms);
    let standard = standard(table, PAYMENT.standard, PAYMENT.terms, &named);
    let terms = named.iter().map(|(name, table)| {
        let (title, days) = (table.get(PAYMENT_TERM.title), table.get(PAYMENT_TERM.days));
        Some(PaymentTerm {
            name: name.value.clone(),
            title: title?.value,
            days: days?.value,
            refuse: table.get(PAYMENT_TERM.refuse),
            rule: rule_of("payment", name),
        })
    });
    let terms = terms.collect::<Vec<_>>().into_iter().collect::<Option<_>>()?;
    Some(PaymentTerms { terms, standard: standard? })
}

fn read_billing(table: Section<'_>) -> Option<BillingTerms> {
    let named = table.get(BILLING.ways);
    let standard = standard(table, BILLING.standard, BILLING.ways, &named);
    let proration = table
        .get(BILLING.proration)
        .map(|written| (written.value, rule("billing.proration", &written.place)));
    let ways = named.iter().map(|(name, table)| {
        let (title, frequency) = (table.get(WAY.title), frequency(*table));
        Some(BillingSchedule {
            name: name.value.clone(),
            title: title?.value,
            frequency: frequency?,
            rule: rule_of("billing", name),
        })
    });
    let ways = ways.collect::<Vec<_>>().into_iter().collect::<Option<_>>()?;
    Some(BillingTerms { schedules: ways, standard: standard?, proration })
}

/// Reads the name of the standard entry, and returns its index among the entries of `list`.
fn standard<K: Keys>(
    table: Section<'_>,
    key: TypedKey<String>,
    list: TypedKey<NamedTables<K>>,
    named: &[(Written<String>, Section<'_>)],
) -> Option<usize> {
    let standard = table.get(key)?;
    let names = named.iter().map(|(name, _)| name.value.as_str());
    let found = names.clone().position(|name| name == standard.value);
    if found.is_none() && !table.is_misspelled(list) {
        let list = list.name;
        let message = format!("the standard \"{}\" is not one of the {list}", standard.value);
        let hint = match names.clone().next() {
            Some(_) => suggestion(&standard.value, names),
            None => format!("add it under `{list}`"),
        };
        table.fault(Diagnostic::new(Code::UnknownChoice, standard.place, message).hint(hint));
    }
    found
}

fn frequency(table: Section<'_>) -> Option<BillingFrequency> {
    let months = table.get(WAY.months);
    if table.get(WAY.whole_term) {
        for key in [WAY.months.name, WAY.arrears.name] {
            table.report_unless(false, key, "invoices that are sent more than once");
        }
        return Some(BillingFrequency::Term);
    }
    if table.is_missing(WAY.months) && !table.is_misspelled(WAY.whole_term) {
        let message = "a billing schedule needs `months`";
        table.fault(
            Diagnostic::new(Code::MissingKey, table.place(), message)
                .hint("add the months that an invoice covers, or whole_term = true"),
        );
    }
    let months = months?;
    if 12 % months.value != 0 {
        let message = "an invoice covers 1, 2, 3, 4, 6 or 12 months, so that invoices fill a year";
        table.fault(
            Diagnostic::new(Code::BadNumber, months.place, message).hint("write one of these"),
        );
        return None;
    }
    Some(BillingFrequency::Months { months: months.value, arrears: table.get(WAY.arrears) })
}

fn read_renewal(table: Section<'_>) -> Option<RenewalTerms> {
    let (work, notice) = (table.get(RENEWAL.work_days), table.get(RENEWAL.notice_days));
    Some(RenewalTerms {
        work_days: work?.value,
        notice_days: notice?.value,
        rule: rule("renewal", &table.place()),
    })
}
