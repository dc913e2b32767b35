//! Lines of both versions: their pairs, and the changes of each pair year by year.

use super::change::{Change, matched};
use super::{FactChange, facts};
use crate::deal::{Line, Segment};
use crate::number::Money;
use crate::price::{PricedLine, PricedSegment, StepSource, WaterfallStep};
use crate::quote::Quote;

/// Line with its figures.
#[derive(Debug, Clone, Copy)]
pub struct BoughtLine<'q, 'b> {
    /// Line of the deal.
    pub line: &'q Line<'b>,
    /// Figures of the line.
    pub priced: &'q PricedLine<'b>,
}

/// Line that changed.
#[derive(Debug)]
pub struct LineChange<'q, 'b> {
    /// Line in both versions.
    pub bought: Change<BoughtLine<'q, 'b>>,
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
    /// Quantity and unit price of the years.
    pub segment: Change<(&'q Segment<'b>, &'q PricedSegment<'b>)>,
    /// Contract value of the years.
    pub tcv: Change<Money>,
    /// Steps of the waterfall that changed.
    pub steps: Vec<Change<&'q WaterfallStep<'b>>>,
}

impl LineChange<'_, '_> {
    /// Returns the contract value of the line.
    pub fn tcv(&self) -> Change<Money> {
        self.bought.map(|bought| bought.priced.tcv)
    }

    /// Returns the contract value of the line at list.
    pub fn list_tcv(&self) -> Change<Money> {
        self.bought.map(|bought| bought.priced.list_tcv)
    }
}

/// Pairs lines by metric and named edition, then by metric alone. Unchanged lines are paired
/// before all others, so that a removed line does not change the lines after it.
pub(super) fn changed<'q, 'b>(quotes: &Change<&'q Quote<'q, 'b>>) -> Vec<LineChange<'q, 'b>> {
    let bought = quotes.map(|quote| {
        let lines = quote.pricing.lines.iter();
        lines.map(|priced| BoughtLine { line: &priced.line, priced }).collect::<Vec<_>>()
    });
    let (old, new) = (bought.old.unwrap_or_default(), bought.new.unwrap_or_default());
    let named = |old: &BoughtLine<'_, '_>, new: &BoughtLine<'_, '_>| {
        is_of_metric(old, new) && old.line.edition == new.line.edition
    };
    let pairs = matched(&old, &new, &[&is_same, &named, &is_of_metric]);
    let pairs = pairs.into_iter().map(|pair| pair.map(|bought| **bought));
    let pairs = pairs.filter(|pair| !pair.old.zip(pair.new).is_some_and(|(a, b)| is_same(&a, &b)));
    let changes = pairs.map(line_change);
    // Of what is free, a longer term is no change.
    changes.filter(|it| !(it.facts.is_empty() && it.parts.is_empty())).collect()
}

fn is_of_metric(old: &BoughtLine<'_, '_>, new: &BoughtLine<'_, '_>) -> bool {
    old.line.metric.name == new.line.metric.name
}

fn is_same(old: &BoughtLine<'_, '_>, new: &BoughtLine<'_, '_>) -> bool {
    let said = |bought: &BoughtLine<'_, '_>| {
        let line = bought.line;
        (line.hosts, line.committed, line.segments.len(), bought.priced.tcv)
    };
    is_of_metric(old, new)
        && old.line.edition == new.line.edition
        && said(old) == said(new)
        && segments(*old)
            .zip(segments(*new))
            .all(|(old, new)| old.0.length == new.0.length && is_same_segment(old, new))
}

fn is_same_segment(
    old: (&Segment<'_>, &PricedSegment<'_>),
    new: (&Segment<'_>, &PricedSegment<'_>),
) -> bool {
    let said = |it: (&Segment<'_>, &PricedSegment<'_>)| {
        let (segment, priced) = it;
        (
            segment.quantity,
            segment.expected,
            segment.agreed,
            segment.fee,
            priced.at_net,
            priced.stub,
        )
    };
    let (old_steps, new_steps) = (old.1.waterfall.steps(), new.1.waterfall.steps());
    said(old) == said(new)
        && old_steps.len() == new_steps.len()
        && old_steps.iter().zip(new_steps).all(|(old, new)| is_same_step(old, new))
}

fn segments<'q, 'b>(
    bought: BoughtLine<'q, 'b>,
) -> impl Iterator<Item = (&'q Segment<'b>, &'q PricedSegment<'b>)> {
    bought.priced.segments.iter().map(|priced| (&priced.segment, priced))
}

fn line_change<'q, 'b>(bought: Change<BoughtLine<'q, 'b>>) -> LineChange<'q, 'b> {
    LineChange {
        facts: facts::of_lines(&bought.map(|bought| bought.line)),
        parts: parts(&bought),
        bought,
    }
}

/// Equal years of one line.
struct LineYears<'q, 'b> {
    segment: (&'q Segment<'b>, &'q PricedSegment<'b>),
    tcv: Money,
}

fn parts<'q, 'b>(bought: &Change<BoughtLine<'q, 'b>>) -> Vec<SegmentChange<'q, 'b>> {
    let is_ramp = [&bought.old, &bought.new].into_iter().flatten().any(|it| it.line.is_ramp());
    if !is_ramp {
        let whole = |bought: &BoughtLine<'q, 'b>| {
            let segment = segments(*bought).next()?;
            Some(LineYears { segment, tcv: segment.1.tcv() })
        };
        let pair = bought.and_then(whole);
        return part(None, &pair).into_iter().collect();
    }
    let lasts =
        |bought: &BoughtLine<'q, 'b>| bought.line.segments.iter().map(|it| it.length.years()).sum();
    let lasts: Change<u32> = bought.map(lasts);
    let last = lasts.old.unwrap_or_default().max(lasts.new.unwrap_or_default());
    let place = |year| {
        bought.and_then(move |bought: &BoughtLine<'_, '_>| bought.line.segment_of_year(year))
    };
    let mut parts = Vec::new();
    let mut first = 1;
    while first <= last {
        let mut until = first;
        while until < last && place(until + 1) == place(first) {
            until += 1;
        }
        let pair = bought.and_then(|bought| stretch(*bought, first, until));
        parts.extend(part(Some((first, until)), &pair));
        first = until + 1;
    }
    parts
}

/// Returns some years of a segment. The first year of the segment includes what is paid once and
/// for a part of a year before.
fn stretch<'q, 'b>(
    bought: BoughtLine<'q, 'b>,
    first: u32,
    until: u32,
) -> Option<LineYears<'q, 'b>> {
    let at = bought.line.segment_of_year(first)?;
    let begins = first == 1 || bought.line.segment_of_year(first - 1) != Some(at);
    let segment = segments(bought).nth(at)?;
    let priced = segment.1;
    let yearly = priced.at_net.annual * (until + 1 - first);
    let tcv = if begins { priced.at_net.once + priced.stub + yearly } else { yearly };
    Some(LineYears { segment, tcv })
}

fn part<'q, 'b>(
    years: Option<(u32, u32)>,
    pair: &Change<LineYears<'q, 'b>>,
) -> Option<SegmentChange<'q, 'b>> {
    let (segment, tcv) = (pair.map(|it| it.segment), pair.map(|it| it.tcv));
    let is_same = segment.old.zip(segment.new).is_some_and(|(old, new)| is_same_segment(old, new));
    if is_same && tcv.is_same() {
        return None;
    }
    let steps = segment.map(|(_, priced)| priced.waterfall.steps());
    let (old, new) = (steps.old.unwrap_or_default(), steps.new.unwrap_or_default());
    let mut steps = matched(old, new, &[&is_same_step, &is_alike]);
    steps.retain(|it| !it.old.zip(it.new).is_some_and(|(old, new)| is_same_step(old, new)));
    Some(SegmentChange { years, segment, tcv, steps })
}

fn is_same_step(old: &WaterfallStep<'_>, new: &WaterfallStep<'_>) -> bool {
    (old.name, old.rate, old.amount, old.price, &old.rule.id)
        == (new.name, new.rate, new.amount, new.price, &new.rule.id)
}

/// Whether two steps belong together: the same discount, at any rate, of the same program.
fn is_alike(old: &WaterfallStep<'_>, new: &WaterfallStep<'_>) -> bool {
    let program = |step: &WaterfallStep<'_>| match step.grant {
        StepSource::Program(program) | StepSource::Floor(program) => Some(program.name.clone()),
        _ => None,
    };
    old.name == new.name && program(old) == program(new)
}
