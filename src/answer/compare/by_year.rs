//! A need whose years differ, each of them by itself: a year with its own break-evens.

use super::{BreakEven, CompareOptions, ComparedYears, Need};
use crate::book::{Metric, PricePeriod};
use crate::deal::{Deal, Line, Segment};

/// Years of a need that are alike.
#[derive(Debug)]
pub struct YearNeed<'b> {
    /// The first of them, counted from 1; a part of a year comes before it.
    pub from: u32,
    /// The last of them.
    pub to: u32,
    /// The need of one of them, as a year of a contract as long as the deal's: a price depends on
    /// the quantity of its own year alone. What is bought once is for no single year, so it has no
    /// break-even here.
    pub need: Need<'b>,
}

/// Every year of a line whose years differ.
pub(super) fn all<'b>(
    deal: &Deal<'b>,
    line: &Line<'b>,
    question: &CompareOptions,
) -> Vec<YearNeed<'b>> {
    if !line.is_ramp() {
        return Vec::new();
    }
    let mut from = 1;
    let mut years = Vec::new();
    for segment in &line.segments {
        let to = from + segment.length.years().saturating_sub(1);
        let flat = Segment { length: deal.length(), ..*segment };
        let line = Line { segments: vec![flat], ..line.clone() };
        let mut need = Need::of(deal, &line, question, ComparedYears::A_YEAR);
        need.break_evens.retain(|found| match found {
            BreakEven::Units(turning) => !is_once(turning.metric),
            BreakEven::Use(turning) => !is_once(turning.other),
            BreakEven::Years(_) => false,
        });
        years.push(YearNeed { from, to, need });
        from = to + 1;
    }
    years
}

fn is_once(metric: &Metric) -> bool {
    matches!(metric.price_period(), PricePeriod::Once { .. })
}
