//! What the parts of a quote are called.

use crate::book::{Basis, Per};
use crate::deal::{Line, Segment};
use crate::price::{Grant, PricedSegment, Step};
use crate::quote::Quote;
use crate::value::{Length, Share};

/// A segment with what it is part of.
type Part<'q, 'b> = (&'q Line<'b>, &'q Segment<'b>, &'q PricedSegment<'b>, String);

/// Every segment of every line, with the years that it is for: ", year 2" or ", years 2-3" of a
/// ramp, nothing for a flat line.
pub(super) fn segments<'q, 'b>(quote: &'q Quote<'_, 'b>) -> Vec<Part<'q, 'b>> {
    let mut parts = Vec::new();
    for (line, priced) in quote.deal.lines.iter().zip(&quote.pricing.lines) {
        let mut first = 1;
        for (segment, priced) in line.segments.iter().zip(&priced.segments) {
            let count = priced.length.years();
            let years = match (line.is_ramp(), count) {
                (false, _) => String::new(),
                (true, 1) => format!(", year {first}"),
                (true, _) => format!(", years {first}-{}", first + count - 1),
            };
            first += count;
            parts.push((line, segment, priced, years));
        }
    }
    parts
}

/// "500 sockets, Enterprise+, year 3".
pub(super) fn describe(
    line: &Line<'_>,
    segment: &Segment<'_>,
    priced: &PricedSegment<'_>,
    years: &str,
) -> String {
    let count = line.metric.count(segment.expected());
    let average = match line.metric.per {
        Per::Year => "",
        Per::Hour { .. } => " on average",
        Per::Once { .. } => " for good",
    };
    let edition = priced.list.tier.edition.as_ref().map(|edition| format!(", {edition}"));
    let committed = line.committed.map(|count| format!(", {} committed", count.grouped()));
    format!(
        "{count}{average}{}{}{years}",
        committed.unwrap_or_default(),
        edition.unwrap_or_default()
    )
}

/// "$191,250.00 × 3 years", after what a part of a year before them costs, if there is one.
pub(super) fn over(priced: &PricedSegment<'_>, annual: &str, stub: &str) -> String {
    let length = priced.length;
    let years = format!("{annual} × {}", Length::new(None, length.years()));
    match (length.part(), length.years()) {
        (None, _) => years,
        (Some(_), 0) => stub.to_owned(),
        (Some(_), _) => format!("{stub} + {years}"),
    }
}

/// "one socket a year".
pub(super) fn basis(line: &Line<'_>, priced: &PricedSegment<'_>) -> String {
    let (one, many) = &line.metric.unit;
    let per = match line.metric.per {
        Per::Year => "a year",
        Per::Hour { .. } => "an hour",
        Per::Once { .. } => "for good",
    };
    match priced.list.basis {
        Basis::Unit => format!("one {one} {per}"),
        Basis::Package(size) => format!("a package of {size} {many} {per}"),
        Basis::Line => format!("the whole line {per}"),
    }
}

/// What a step is: the program itself, where it is for one.
pub(super) fn title(step: &Step<'_>) -> String {
    match step.grant {
        Grant::Program(program) => program.title().to_owned(),
        _ => step.title.to_owned(),
    }
}

/// The rate of a step; of an agreed price how far it lies below policy, to 2 places.
pub(super) fn rate(step: &Step<'_>) -> String {
    match step.grant {
        Grant::Negotiated if step.amount.is_negative() => {
            Share::off(step.base, step.price).to_string()
        }
        _ => step.rate.map(|rate| rate.to_string()).unwrap_or_default(),
    }
}
