//! Lines of both versions: their pairs, and the changes of each pair year by year.

use super::change::{self, Change};
use super::{FactChange, facts};
use crate::number::Money;
use crate::price::{PricedLine, PricedSegment, StepSource, WaterfallStep};
use crate::quote::Quote;

#[derive(Debug)]
pub struct LineChange<'q, 'b> {
    pub line: Change<&'q PricedLine<'b>>,
    /// Facts of the line that changed, besides its figures.
    pub facts: Vec<FactChange>,
    /// Years that changed, each in one part. All years are one part where neither version is a
    /// ramp.
    pub parts: Vec<SegmentChange<'q, 'b>>,
}

/// Years of a line that changed in the same way.
#[derive(Debug)]
pub struct SegmentChange<'q, 'b> {
    /// First and last of the years, counted from 1, where a version is a ramp.
    pub years: Option<(u32, u32)>,
    pub segment: Change<&'q PricedSegment<'b>>,
    pub tcv: Change<Money>,
    pub steps: Vec<Change<&'q WaterfallStep<'b>>>,
}

impl LineChange<'_, '_> {
    pub fn tcv(&self) -> Change<Money> {
        self.line.map(|line| line.tcv)
    }

    pub fn list_tcv(&self) -> Change<Money> {
        self.line.map(|line| line.list_tcv)
    }
}

/// Pairs lines by metric and named edition, then by metric alone. Unchanged lines are paired
/// before all others, so that a removed line does not change the lines after it.
pub(super) fn changed<'q, 'b>(quotes: &Change<&'q Quote<'q, 'b>>) -> Vec<LineChange<'q, 'b>> {
    let lines = quotes.map(|quote| quote.pricing.lines.as_slice());
    let pairs = change::changed(lines, &[&is_same, &is_of_edition, &is_of_metric]);
    let changes = pairs.into_iter().map(|line| LineChange {
        facts: facts::of_lines(&line.map(|line| &line.line)),
        parts: parts(&line),
        line,
    });
    // Of what is free, a longer term is no change.
    changes.filter(|it| !(it.facts.is_empty() && it.parts.is_empty())).collect()
}

fn is_of_metric(old: &PricedLine<'_>, new: &PricedLine<'_>) -> bool {
    old.line.metric.name == new.line.metric.name
}

fn is_of_edition(old: &PricedLine<'_>, new: &PricedLine<'_>) -> bool {
    is_of_metric(old, new) && old.line.edition == new.line.edition
}

fn is_same(old: &PricedLine<'_>, new: &PricedLine<'_>) -> bool {
    let stated =
        |it: &PricedLine<'_>| (it.line.hosts, it.line.committed, it.line.sold_for.is_some());
    let figures = |it: &PricedLine<'_>| (stated(it), it.segments.len(), it.tcv);
    is_of_edition(old, new)
        && old.line.count() == new.line.count()
        && figures(old) == figures(new)
        && old
            .segments
            .iter()
            .zip(&new.segments)
            .all(|(old, new)| old.segment.length == new.segment.length && is_same_segment(old, new))
}

/// Whether the years of two segments have the same figures. One price is the same in other words: 10% off $100.00
/// and $90.00. What is paid for a part of a year is compared with the contract value, because only the first year
/// has it.
fn is_same_segment(old: &PricedSegment<'_>, new: &PricedSegment<'_>) -> bool {
    let figures = |it: &PricedSegment<'_>| {
        let segment = &it.segment;
        (segment.quantity, segment.expected, segment.agreed_price(), segment.fee, it.at_net)
    };
    let (old_steps, new_steps) = (&old.waterfall.steps, &new.waterfall.steps);
    figures(old) == figures(new)
        && old_steps.len() == new_steps.len()
        && old_steps.iter().zip(new_steps).all(|(old, new)| is_same_step(old, new))
}

fn parts<'q, 'b>(line: &Change<&'q PricedLine<'b>>) -> Vec<SegmentChange<'q, 'b>> {
    let has_years = line.old.into_iter().chain(line.new).any(|it| it.line.has_years());
    if !has_years {
        let whole = line.and_then(|line| line.segments.first().map(|it| (it, it.tcv())));
        return part(None, &whole).into_iter().collect();
    }
    let lasts: Change<u32> =
        line.map(|it| it.segments.iter().map(|it| it.segment.length.years()).sum());
    let last = lasts.old.max(lasts.new).unwrap_or_default();
    let place = |year| line.and_then(|line| line.line.segment_of_year(year));
    let all: Vec<u32> = (1..=last).collect();
    let parts = all.chunk_by(|one, next| place(*one) == place(*next)).filter_map(|alike| {
        let (first, until) = (*alike.first()?, *alike.last()?);
        part(Some((first, until)), &line.and_then(|line| years(line, first, until)))
    });
    parts.collect()
}

/// Returns the segment of some years, with their contract value. The first year of the segment
/// includes what is paid once and for a part of a year before.
fn years<'q, 'b>(
    line: &'q PricedLine<'b>,
    first: u32,
    until: u32,
) -> Option<(&'q PricedSegment<'b>, Money)> {
    let at = line.line.segment_of_year(first)?;
    let begins = first == 1 || line.line.segment_of_year(first - 1) != Some(at);
    let priced = line.segments.get(at)?;
    let yearly = priced.at_net.annual * (until + 1 - first);
    Some((priced, if begins { priced.at_net.once + priced.stub + yearly } else { yearly }))
}

fn part<'q, 'b>(
    years: Option<(u32, u32)>,
    priced: &Change<(&'q PricedSegment<'b>, Money)>,
) -> Option<SegmentChange<'q, 'b>> {
    let (segment, tcv) = (priced.map(|it| it.0), priced.map(|it| it.1));
    let is_same = segment.old.zip(segment.new).is_some_and(|(old, new)| is_same_segment(old, new));
    if is_same && tcv.is_same() {
        return None;
    }
    let steps = segment.map(|priced| priced.waterfall.steps.as_slice());
    let steps = change::changed(steps, &[&is_same_step, &is_alike]);
    Some(SegmentChange { years, segment, tcv, steps })
}

fn is_same_step(old: &WaterfallStep<'_>, new: &WaterfallStep<'_>) -> bool {
    (old.name, old.rate, old.amount, old.price, &old.rule.id)
        == (new.name, new.rate, new.amount, new.price, &new.rule.id)
}

/// Whether two steps belong together: the same discount, at any rate, of the same program.
fn is_alike(old: &WaterfallStep<'_>, new: &WaterfallStep<'_>) -> bool {
    old.name == new.name && program(old) == program(new)
}

/// Returns the name of the program that grants a step.
pub(super) fn program<'b>(step: &WaterfallStep<'b>) -> Option<&'b str> {
    match step.grant {
        StepSource::Program(program) | StepSource::Floor(program) => Some(&program.name),
        _ => None,
    }
}
