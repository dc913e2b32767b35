//! Meaning of an answer: the draft with the answer in it, resolved and quoted like any other.

use super::terminal::WizardAnswer;
use crate::book::{Books, Discount, PriceBasis, PriceBook};
use crate::deal;
use crate::deal::{Deal, Draft};
use crate::document::Tone;
use crate::number::{Date, Share};
use crate::quote::{Quote, quote, text};
use crate::text::clean;
use crate::text::diagnostic::{Diagnostic, Diagnostics};
use crate::text::source::{Place, Source, Written};

/// Books and day that answers are resolved against.
#[derive(Clone, Copy)]
pub struct WizardContext<'b> {
    pub books: &'b Books,
    pub book: &'b PriceBook,
    pub today: Date,
}

impl<'b> WizardContext<'b> {
    pub fn deal(self, draft: &Draft) -> Result<Deal<'b>, Diagnostics> {
        deal::resolve(draft, self.books, self.today)
    }

    /// Puts an answer into the draft, and returns the result with its quote if the book takes it.
    pub fn with(
        self,
        draft: &Draft,
        answer: &str,
        put: impl Fn(&mut Draft, &Written<String>) -> Result<(), Diagnostic>,
    ) -> WizardAnswer<(Draft, QuoteNote)> {
        let mut draft = draft.clone();
        put(&mut draft, &written(answer)).map_err(|fault| error_lines(&fault))?;
        match self.deal(&draft) {
            Ok(deal) => Ok((draft, quote_note(&quote(&deal)))),
            Err(faults) => Err(faults.iter().take(1).flat_map(error_lines).collect()),
        }
    }
}

pub fn needed(approvals: &[String]) -> String {
    if approvals.is_empty() {
        "no approval needed".to_owned()
    } else {
        format!("needs {}", approvals.join(" and "))
    }
}

pub fn reaches(discount: &Discount, draft: &Draft) -> bool {
    let mut metrics = draft.lines.iter().filter_map(|line| line.metric.as_ref());
    metrics.any(|metric| discount.applies_to(&metric.value))
}

/// Makes a value of a typed answer, with a source that messages can point into.
pub fn written(answer: &str) -> Written<String> {
    let source = Source::typed("answer", &clean(answer));
    let end = source.text().len();
    Written::new(answer.to_owned(), Place::new(source, 0..end))
}

fn error_lines(fault: &Diagnostic) -> Vec<String> {
    let hint = fault.hint.as_ref().map(|hint| format!("hint: {hint}"));
    std::iter::once(fault.message.clone()).chain(hint).collect()
}

/// Price and approval in one line, and the violations of policy, in the tone of their news.
pub type QuoteNote = (Tone, Vec<String>);

fn quote_note(quote: &Quote<'_, '_>) -> QuoteNote {
    let totals = &quote.pricing.totals;
    let term = text::words::term(quote.deal);
    let mut parts = vec![format!("{} for {term}", quote.show(totals.tcv))];
    parts.extend(unit_price(quote));
    parts.push(if totals.discount == Share::default() {
        "at list".to_owned()
    } else {
        format!("{} off list", totals.discount)
    });
    let needs = text::needs(quote);
    let violations = &quote.verdict.violations;
    let tone = match (violations.is_empty(), needs.is_empty()) {
        (false, _) => Tone::Bad,
        (true, true) => Tone::Good,
        (true, false) => Tone::Warning,
    };
    if violations.is_empty() || !needs.is_empty() {
        parts.push(needed(&needs));
    }
    let refused =
        violations.iter().map(|violation| format!("OUTSIDE POLICY: {}", violation.message));
    let lines = std::iter::once(format!("so far: {}", parts.join(", "))).chain(refused);
    (tone, lines.collect())
}

/// Describes the unit price of a deal that has only one: "$1,853.21 per socket".
fn unit_price(quote: &Quote<'_, '_>) -> Option<String> {
    let [priced] = quote.pricing.lines.as_slice() else { return None };
    let [segment] = priced.segments.as_slice() else { return None };
    let metric = priced.line.metric();
    let (one, many) = (&metric.unit, &metric.units);
    let unit = match segment.list.basis {
        PriceBasis::Unit => one.clone(),
        PriceBasis::Package(size) => format!("{size} {many}"),
        PriceBasis::Line => return None,
    };
    let hour = if metric.is_hourly() { " and hour" } else { "" };
    Some(format!("{} per {unit}{hour}", quote.show(segment.net())))
}
