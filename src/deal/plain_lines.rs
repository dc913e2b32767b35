//! Lines of a metric that differ in nothing but their quantities, as one.

use super::commitment::count_years;
use super::companions::recount_beside;
use super::counting::years_together;
use super::what_if::alone_with;
use super::{Deal, Line, Segment, precision_limits};
use crate::book::Metric;

impl Deal<'_> {
    /// Returns the deal with the lines of a metric alone, of which the plain ones that count together are one. They cost the
    /// same: a line in parts changes no price. What many lines of many deals cost beside each other is found in a fraction
    /// of the time. A share of other lines stays beside all of them.
    pub fn with_plain_lines_of(&self, metric: &str) -> Self {
        let Some(metric) = self.book.metric(metric).filter(|metric| metric.share.is_none()) else {
            return self.clone();
        };
        let mut deal = self.plain_lines_as_one(metric).unwrap_or_else(|| self.clone());
        deal.lines.retain(|line| line.metric.name == metric.name);
        deal
    }

    /// Returns `None` where nothing can be joined.
    fn plain_lines_as_one(&self, metric: &Metric) -> Option<Self> {
        let is_mine = |line: &Line<'_>| line.metric.name == metric.name && is_plain(line);
        let mine: Vec<_> = self.lines.iter().filter(|line| is_mine(line)).collect();
        let (first, _) = mine.split_first().filter(|(_, others)| !others.is_empty())?;
        let years = years_together(&mine).into_iter().map(|(length, quantity)| {
            let year = Segment { length, ..first.segments.first()?.clone() };
            alone_with(first, &year, quantity)
        });
        let segments = years.collect::<Option<_>>()?;
        let joined = Line { segments, count: None, ..(*first).clone() };
        let mut deal = self.clone();
        let at = self.lines.iter().position(is_mine)?;
        deal.lines.retain(|line| !is_mine(line));
        deal.lines.insert(at, joined);
        recount_beside(&mut deal.lines, &deal.companions, self.book.rounding).ok()?;
        count_years(&mut deal.lines, self.book);
        precision_limits::is_exact(&deal).then_some(deal)
    }
}

/// Whether a line states nothing but quantities of a metric that counts all its lines together.
pub(super) fn is_plain(line: &Line<'_>) -> bool {
    let mut segments = line.segments.iter();
    line.metric.counts_all_lines()
        && line.metric.share.is_none()
        && line.edition.is_none()
        && line.hosts.is_none()
        && line.committed.is_none()
        && segments.all(|it| it.agreed.is_none() && it.fee.is_none() && it.expected.is_none())
}
