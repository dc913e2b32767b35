//! The metered line of a deal: the one that a usage file is rated by.

use crate::book::{Metric, PriceBook};
use crate::deal::{Draft, DraftLine};
use crate::table::{self, suggestion};
use crate::text::diagnostic::{Code, Diagnostic};
use crate::text::source::Written;

/// Returns the name of the column with the figures: `core_hours` for a metric that counts cores by the hour, and `units`
/// for units without hours.
pub fn column(metric: &Metric) -> String {
    if !metric.is_hourly() {
        return "units".to_owned();
    }
    let letters = metric.unit.chars().flat_map(char::to_lowercase);
    let unit: String = letters.map(|c| if c.is_alphanumeric() { c } else { '_' }).collect();
    format!("{unit}_hours")
}

/// Returns the place of the line that is paid by use, and its metric. `asked` names the metric. A
/// draft without lines gets one, of the book's only metric that is paid by use.
///
/// # Errors
/// Reports a deal or a book with no such metric, or with several where `asked` is `None`.
pub fn choose<'b>(
    draft: &mut Draft,
    book: &'b PriceBook,
    asked: Option<&Written<String>>,
) -> Result<(usize, &'b Metric), Diagnostic> {
    let is_asked = |metric: &&Metric| asked.is_none_or(|asked| asked.value == metric.name);
    let sold: Vec<_> = book.metrics().iter().filter(|metric| metric.is_metered()).collect();
    let asked_for: Vec<_> = sold.iter().copied().filter(is_asked).collect();
    if let Some(asked) = asked.filter(|_| asked_for.is_empty()) {
        return Err(unknown(asked, book, &sold));
    }
    if draft.lines.is_empty() && draft.faults.is_empty() {
        let metric = only(&asked_for, draft, "the book has")?;
        let mut line = DraftLine::new(draft.place.clone());
        line.metric = Some(Written::new(metric.name.clone(), draft.place.clone()));
        draft.lines.push(line);
        return Ok((0, metric));
    }
    let lines = draft.lines.iter().enumerate().filter_map(|(at, line)| {
        let name = line.metric.as_ref()?;
        let found = asked_for.iter().copied().find(|metric| metric.name == name.value);
        found.map(|metric| (at, metric))
    });
    let lines: Vec<_> = lines.collect();
    let metrics: Vec<_> = lines.iter().map(|(_, metric)| *metric).collect();
    let metric = only(&metrics, draft, "the deal has")?;
    let at = lines.first().map_or(0, |(at, _)| *at);
    Ok((at, metric))
}

fn unknown(asked: &Written<String>, book: &PriceBook, sold: &[&Metric]) -> Diagnostic {
    let names: Vec<_> = sold.iter().map(|metric| metric.name()).collect();
    if book.metric(&asked.value).is_some() {
        let message = format!("{} is not billed by use", asked.value);
        return Diagnostic::new(Code::Conflict, asked.place.clone(), message)
            .hint(suggestion(&asked.value, names));
    }
    table::unknown(Code::UnknownMetric, "metric", asked, names)
}

fn only<'b>(found: &[&'b Metric], draft: &Draft, who: &str) -> Result<&'b Metric, Diagnostic> {
    let fault = |message| Diagnostic::new(Code::Conflict, draft.place.clone(), message);
    match found {
        [metric] => Ok(metric),
        [] => Err(fault(format!("{who} nothing that is billed by use"))
            .hint("usage needs a metric with per = \"hour\" or \"use\"")),
        [first, rest @ ..] if rest.iter().all(|metric| metric.name == first.name) => {
            let message = format!("{who} {} lines of {}", found.len(), first.name);
            Err(fault(message).hint("write them as one line: their usage is metered together"))
        }
        _ => {
            let names: Vec<_> = found.iter().map(|metric| metric.name()).collect();
            let message = format!("{who} several metrics that are billed by use");
            Err(fault(message).hint(format!("add --metric with one of {}", names.join(", "))))
        }
    }
}
