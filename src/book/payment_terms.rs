//! Payment terms, billing schedules and renewal dates.

use super::rule::{Rule, rule, rule_of};
use crate::number::{Date, ProrationConvention};
use crate::table::{
    self, Keys, NamedTables, OneTable, Section, TypedKey, WholeNumber, choices, keys, suggestion,
};
use crate::text::diagnostic::{Code, Diagnostic};
use crate::text::source::Written;

#[derive(Debug, Clone)]
pub struct PaymentTerms {
    /// Terms in the order of the file; never empty.
    pub(crate) terms: Vec<PaymentTerm>,
    /// Index of the term for deals that name none.
    pub(crate) standard: usize,
}

/// Number of days that a customer has to pay an invoice.
#[derive(Debug, Clone)]
pub struct PaymentTerm {
    pub(crate) name: String,
    pub(crate) title: String,
    pub(crate) days: u32,
    pub(crate) refuse: bool,
    pub(crate) rule: Rule,
}

#[derive(Debug, Clone)]
pub struct BillingTerms {
    /// Schedules in the order of the file; never empty.
    pub(crate) schedules: Vec<BillingSchedule>,
    /// Index of the schedule for lines whose metric, deal and prepayment name none.
    pub(crate) standard: usize,
    pub(crate) proration: Option<(ProrationConvention, Rule)>,
}

#[derive(Debug, Clone)]
pub struct BillingSchedule {
    pub(crate) name: String,
    /// Title in words that follow "billed".
    pub(crate) title: String,
    pub(crate) frequency: BillingFrequency,
    /// Whether the invoice for the whole term is dated with the day of signature.
    pub(crate) at_signature: bool,
    pub(crate) rule: Rule,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BillingFrequency {
    /// One invoice for this number of months, before them or in arrears.
    Months {
        /// Months that an invoice covers: a divisor of 12.
        months: u32,
        arrears: bool,
    },
    /// One invoice for the whole term, at its start.
    Term,
}

/// Days of a renewal, counted back from the end of the contract.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RenewalTerms {
    pub(crate) work_days: u32,
    pub(crate) notice_days: u32,
    pub(crate) rule: Rule,
}

impl RenewalTerms {
    /// Returns the day on which work on the renewal starts, if it lies in the contract.
    pub fn start_renewal_by(&self, start: Date, end: Date) -> Option<Date> {
        Some(end.minus_days(self.work_days)).filter(|day| *day >= start)
    }

    /// Returns the last day for notice, if it lies in the contract.
    pub fn give_notice_by(&self, start: Date, end: Date) -> Option<Date> {
        Some(end.minus_days(self.notice_days)).filter(|day| *day >= start)
    }
}

choices! {
    impl pub ProrationConvention {
        Actual = "actual/actual",
        Thirty360 = "30/360",
        Months = "whole months",
        Actual365 = "actual/365",
    }
}

keys! {
    pub(super) PAYMENT: PaymentKeys = "[payment]", "How long customers have to pay.";

    required standard: String = "The default payment term of a deal.";
    required terms: NamedTables<PaymentTermKeys> = "The payment terms that a deal may choose.";
}

keys! {
    pub(super) PAYMENT_TERM: PaymentTermKeys = "a payment term",
        "How long a customer has to pay an invoice.";

    required title: String = "The title that readers see, such as Net 30.";
    required days: WholeNumber<0, 365> = "Days from the date of an invoice.";
    optional refuse: bool = "The term is outside policy.";
}

keys! {
    pub(super) BILLING: BillingKeys = "[billing]", "When invoices are sent.";

    required standard: String =
        "The default, if neither the metric, the deal nor its prepayment names another.";
    required ways: NamedTables<WayKeys> = "The billing schedules.";
    optional proration: ProrationConvention =
        "How a part of a year is counted. actual/actual: days of 365 or 366. 30/360: months of 30 \
         days in a year of 360. whole months: started months of 12. actual/365: all days of the \
         contract over 365. Without it no part of a year can be sold, but that of `months`.";
}

keys! {
    pub(super) WAY: WayKeys = "a billing schedule", "How often an invoice is sent, and when.";

    required title: String = "The text after \"billed\", such as yearly in advance.";
    optional months: WholeNumber<1, 12> = "The months that an invoice covers.";
    optional arrears: bool = "The invoice is sent after those months, not before them.";
    optional whole_term: bool = "One invoice for the whole term, when it begins.";
    optional at_signature: bool =
        "That invoice is dated with the day of the quote, on which it is signed, and not with the \
         first day of the contract.";
}

keys! {
    pub(super) RENEWAL: RenewalKeys = "[renewal]", "The renewal of a contract.";

    required work_days: WholeNumber<1, 3650> =
        "Days before the end on which work on the renewal begins.";
    required notice_days: WholeNumber<1, 3650> =
        "Days before the end by which either side gives notice.";
}

/// Payment terms, billing schedules and renewal dates of a book, with the names that rules can use.
#[derive(Debug, Default)]
pub(super) struct PaymentSettings {
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
        for (name, table) in billing.map(|table| table.get(BILLING.ways)).unwrap_or_default() {
            if terms.contains(&name.value) {
                let message = format!("\"{}\" is also a payment term", name.value);
                let hint = "discounts name both kinds by name only: rename one of them";
                table.report_at(Code::Duplicate, name.place, message, hint);
            }
        }
        Self {
            payment: payment.and_then(read_payment),
            billing: billing.and_then(read_billing),
            renewal: top.get(renewal_key).and_then(read_renewal),
            names: terms.iter().chain(&ways).cloned().collect(),
            ways,
            is_known,
        }
    }

    pub fn billing_schedule(&self, section: Section<'_>, key: TypedKey<String>) -> Option<usize> {
        let name = section.get(key)?;
        if !self.ways.contains(&name.value) && self.is_known {
            section.fault(unknown(&name, &self.ways, "billing schedule", "[billing.ways.NAME]"));
        }
        let read = self.billing.as_ref().map_or(&[][..], |billing| &billing.schedules);
        read.iter().position(|way| way.name == name.value)
    }

    pub fn choices(&self, section: Section<'_>, key: TypedKey<Vec<String>>) -> Vec<String> {
        let names = section.get(key);
        for name in &names {
            if !self.names.contains(&name.value) && self.is_known {
                let what = "payment term or billing schedule";
                section.fault(unknown(name, &self.names, what, "[payment.terms.NAME]"));
            }
        }
        names.into_iter().map(|name| name.value).collect()
    }
}

/// Returns the error for an unknown name; `table` is the table that could add it.
fn unknown(name: &Written<String>, known: &[String], what: &str, table: &str) -> Diagnostic {
    let hint = known.is_empty().then(|| format!("add it with {table}"));
    let known = known.iter().map(String::as_str);
    table::unknown(Code::UnknownChoice, what, name, known).maybe_hint(hint)
}

fn read_payment(table: Section<'_>) -> Option<PaymentTerms> {
    let named = table.get(PAYMENT.terms);
    let standard = standard(table, PAYMENT.standard, PAYMENT.terms, &named);
    let terms = named.iter().map(|(name, table)| {
        let (title, days) = (table.value(PAYMENT_TERM.title), table.value(PAYMENT_TERM.days));
        Some(PaymentTerm {
            name: name.value.clone(),
            title: title?,
            days: days?,
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
        let (title, frequency) = (table.value(WAY.title), frequency(*table));
        Some(BillingSchedule {
            name: name.value.clone(),
            title: title?,
            frequency: frequency?,
            at_signature: table.get(WAY.at_signature),
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
        let hint = match named {
            [] => format!("add it under `{list}`"),
            _ => suggestion(&standard.value, names),
        };
        table.report_at(Code::UnknownChoice, standard.place, message, hint);
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
    let where_meant = "one invoice for the whole term: whole_term = true";
    table.report_unless(false, WAY.at_signature, where_meant);
    if table.is_missing(WAY.months) && !table.is_misspelled(WAY.whole_term) {
        let hint = "add the months that an invoice covers, or whole_term = true";
        table.report_missing("a billing schedule needs `months`", hint);
    }
    let months = months?;
    if 12 % months.value != 0 {
        let message = "an invoice covers 1, 2, 3, 4, 6 or 12 months, so that invoices fill a year";
        table.report_at(Code::BadNumber, months.place, message, "write one of these");
        return None;
    }
    Some(BillingFrequency::Months { months: months.value, arrears: table.get(WAY.arrears) })
}

fn read_renewal(table: Section<'_>) -> Option<RenewalTerms> {
    let (work, notice) = (table.value(RENEWAL.work_days), table.value(RENEWAL.notice_days));
    Some(RenewalTerms {
        work_days: work?,
        notice_days: notice?,
        rule: rule("renewal", &table.place()),
    })
}
