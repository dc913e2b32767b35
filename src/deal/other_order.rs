//! Terms of a deal with another order: one line, a line beside others, or a share of its lines.

use super::commitment::count_years;
use super::companions::recount_beside;
use super::counting::cut_by_steps;
use super::order::count_orders;
use super::{Deal, Line, Segment, precision_limits};
use crate::book::{Metric, PricePeriod};
use crate::number::{Length, Quantity};

impl<'b> Deal<'b> {
    /// Returns the deal with one line instead, if the book sells it at a unit price.
    pub fn with_order(&self, metric: &'b Metric, quantity: Quantity) -> Option<Self> {
        self.with_order_by_year(metric, &[(self.length(), quantity)])
    }

    /// Returns the terms of the deal with one line, whose quantities are given with their lengths.
    /// Returns `None` for several quantities of a metric that is bought once.
    pub fn with_order_by_year(
        &self,
        metric: &'b Metric,
        years: &[(Length, Quantity)],
    ) -> Option<Self> {
        if years.len() > 1 && matches!(metric.price_period, PricePeriod::Once { .. }) {
            return None;
        }
        let segments = years.iter().map(|&(length, quantity)| {
            let segment = Segment::at_list(metric, length, quantity, None)?;
            segment.list.tier.fee.is_none().then_some(segment)
        });
        let segments = segments.collect::<Option<Vec<_>>>()?;
        let line = Line {
            metric,
            edition: None,
            hosts: None,
            sold_for: None,
            committed: None,
            count: None,
            segments,
        };
        let mut deal = Self { lines: vec![line], ..self.clone() };
        deal.lines.iter_mut().for_each(Line::number_years);
        count_orders(&mut deal.lines);
        cut_by_steps(&mut deal.lines);
        if !deal.signed.is_empty() {
            deal.companions = deal.beside_contracts();
            recount_beside(&mut deal.lines, &deal.companions, deal.book.rounding).ok()?;
        }
        count_years(&mut deal.lines, self.book);
        precision_limits::is_exact(&deal).then_some(deal)
    }

    /// Returns the terms of the deal with one line like [`Self::with_order_by_year`], at the price that
    /// the line has beside others of the metric, which are given by their quantity in each year.
    pub fn with_order_beside(
        &self,
        metric: &'b Metric,
        years: &[(Length, Quantity)],
        others: &[(Length, Quantity)],
    ) -> Option<Self> {
        let mut deal = self.with_order_by_year(metric, years)?;
        if metric.counts_all_lines() && others.iter().any(|(_, quantity)| !quantity.is_zero()) {
            deal.lines.extend(self.with_order_by_year(metric, others)?.lines);
            recount_beside(&mut deal.lines, &deal.companions, deal.book.rounding).ok()?;
            count_years(&mut deal.lines, self.book);
            deal.lines.truncate(1);
        }
        precision_limits::is_exact(&deal).then_some(deal)
    }

    /// Returns the deal with a line that is a share of its other lines. Returns `None` if none of them is shared.
    pub fn with_share(&self, metric: &'b Metric) -> Option<Self> {
        let share = metric.share.as_ref()?;
        if !self.lines.iter().any(|line| share.is_of(line.metric)) {
            return None;
        }
        let whole = self.with_order(metric, Quantity::ONE)?;
        let mut deal = self.clone();
        deal.lines.extend(whole.lines);
        recount_beside(&mut deal.lines, &deal.companions, deal.book.rounding).ok()?;
        count_years(&mut deal.lines, deal.book);
        precision_limits::is_exact(&deal).then_some(deal)
    }
}
