//! The day of a contract year on which the customer's other deals count.

use super::Line;
use super::dated_line::{CompanionLine, DatedLine};
use crate::book::Metric;
use crate::number::{Date, Days, Length, Quantity};

/// The day of each contract year on which the lines of other deals count.
#[derive(Debug, Clone, Copy)]
pub(super) enum CountedDay<'d> {
    /// The day on which they are most.
    Busiest,
    /// These days, one for each year.
    On(&'d [Date]),
}

/// Whether a price is found by one day of a contract year, on whatever days the other units are there.
pub(super) fn counts_by_year(metric: &Metric) -> bool {
    metric.is_perpetual() || metric.counts_signed_contracts()
}

/// Returns lines with the quantities that they have on a day of each of some years.
pub(super) fn on_days<'b>(
    years: &[(Days, Length)],
    counted: CountedDay<'_>,
    lines: &[&DatedLine<'b>],
    in_its_years: impl Fn(&DatedLine<'b>) -> Option<Line<'b>>,
) -> Vec<CompanionLine<'b>> {
    let days: Vec<Option<Date>> = match counted {
        CountedDay::Busiest => years.iter().map(|(days, _)| busiest(*days, lines)).collect(),
        CountedDay::On(days) => days.iter().copied().map(Some).collect(),
    };
    let companion = |other: &&DatedLine<'b>| {
        let on_day = |day: &Option<Date>| day.map_or(Quantity::ZERO, |day| other.on(day));
        let quantities: Vec<_> = days.iter().map(on_day).collect();
        if quantities.iter().all(|quantity| quantity.is_zero()) {
            return None;
        }
        let lengths = years.iter().map(|(_, length)| *length);
        let segments = other.segments(lengths.zip(quantities));
        let line = Line { segments, committed: None, ..other.line.clone() };
        Some(CompanionLine {
            line,
            in_its_years: in_its_years(other),
            programs: other.programs.clone(),
            exclusive: other.exclusive,
            contract: other.contract,
        })
    };
    lines.iter().filter_map(companion).collect()
}

/// Returns the first of those days on which lines have the most units, if they have any.
fn busiest(within: Days, lines: &[&DatedLine<'_>]) -> Option<Date> {
    let mut changes: Vec<(Date, i128)> = Vec::new();
    for (days, quantity) in lines.iter().flat_map(|line| &line.runs) {
        let (from, until) = (days.from.max(within.from), days.until.min(within.until));
        if from < until {
            let units = i128::from(quantity.thousandths());
            changes.extend([(from, units), (until, -units)]);
        }
    }
    changes.sort_unstable();
    let (mut running, mut most, mut found) = (0, 0, None);
    for day in changes.chunk_by(|one, other| one.0 == other.0) {
        running += day.iter().map(|(_, units)| units).sum::<i128>();
        if running > most {
            (most, found) = (running, day.first().map(|(date, _)| *date));
        }
    }
    found
}
