//! Deals made from other deals: a deal with one change, and several deals as one.

use super::{
    AgreedPrice, Deal, DiscountOverride, FactValue, INCUMBENT, Line, Partner, PartnerTerms,
    ProgramClaim, Segment, precision_limits,
};
use crate::book::{Discount, Metric, PricePeriod};
use crate::number::{Length, Quantity, Rate};

impl<'b> Deal<'b> {
    /// Returns a segment of a line with another quantity, if the book sells that quantity. A fee
    /// that the line names is kept where the book has fees. Returns `None` where the book has a
    /// range of fees and the line names none: nobody knows the price.
    pub fn segment_with(
        &self,
        line: &Line<'b>,
        segment: &Segment<'b>,
        quantity: Quantity,
    ) -> Option<Segment<'b>> {
        let list = line.metric.list(quantity, line.edition)?;
        let (list, agreed, fee) = match (list.tier.fee, segment.fee) {
            (Some(_), Some(fee)) => {
                let (list, outside) = list.at_fee(fee);
                (list, outside.map(AgreedPrice::UnitPrice), Some(fee))
            }
            (Some(range), None) if !range.is_one() => return None,
            (None, Some(_)) => (list, None, None),
            (_, None) => (list, segment.agreed, None),
        };
        let segment = Segment { quantity, expected: None, list, agreed, fee, ..*segment };
        let fits = precision_limits::is_within_limit(&segment)
            && precision_limits::segment_fits(self, line, &segment);
        fits.then_some(segment)
    }

    /// Returns a segment of a line with the committed quantity, if the line has one.
    pub fn committed(&self, line: &Line<'b>, segment: &Segment<'b>) -> Option<Segment<'b>> {
        self.segment_with(line, segment, line.committed?)
    }

    /// Returns the deal with another quantity in one segment, if the book sells that quantity.
    pub fn with_quantity(&self, line: usize, segment: usize, quantity: Quantity) -> Option<Self> {
        let written = self.lines.get(line)?;
        let changed = self.segment_with(written, written.segments.get(segment)?, quantity)?;
        let mut deal = self.clone();
        deal.lines[line].segments[segment] = changed;
        precision_limits::is_exact(&deal).then_some(deal)
    }

    /// Returns the deal with all lines of a metric as one line. Returns `None` if there are fewer
    /// than two, or if one of them is a ramp, has an agreed price, a fee or a commitment, or names
    /// an edition.
    pub fn with_one_line(&self, metric: &Metric) -> Option<Self> {
        let is_mine = |line: &Line<'_>| line.metric.name == metric.name;
        let is_plain = |line: &Line<'_>| {
            line.edition.is_none()
                && line.committed.is_none()
                && matches!(
                    line.segments.as_slice(),
                    [segment] if segment.agreed.is_none() && segment.fee.is_none()
                )
        };
        let first = self.lines.iter().position(is_mine)?;
        let (before, rest) = self.lines.split_at(first + 1);
        let mine = || self.lines.iter().filter(|line| is_mine(line));
        if mine().count() < 2 || !mine().all(is_plain) {
            return None;
        }
        let others = rest.iter().filter(|line| !is_mine(line));
        let lines = before.iter().chain(others).cloned().collect();
        Self { lines, ..self.clone() }.with_quantity(first, 0, self.quantity_of(metric))
    }

    pub fn with_take(&self, discount: &'b Discount, take: DiscountOverride) -> Self {
        let mut deal = self.clone();
        deal.discount_overrides.retain(|(known, _)| known.name != discount.name);
        deal.discount_overrides.push((discount, take));
        deal
    }

    /// Whether every figure of the deal is exact. A deal is never quoted otherwise.
    pub fn is_exact(&self) -> bool {
        precision_limits::is_exact(self)
    }

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
            let list = metric.list(quantity, None).filter(|list| list.tier.fee.is_none())?;
            Some(Segment { length, quantity, expected: None, list, agreed: None, fee: None })
        });
        let segments = segments.collect::<Option<Vec<_>>>()?;
        let line = Line { metric, edition: None, hosts: None, committed: None, segments };
        let deal = Self { lines: vec![line], ..self.clone() };
        precision_limits::is_exact(&deal).then_some(deal)
    }

    /// Returns the terms of the deal with one of its lines, without its agreed price.
    pub fn line_alone(&self, line: &Line<'b>) -> Self {
        let mut line = line.clone();
        for segment in line.segments.iter_mut().filter(|segment| segment.fee.is_none()) {
            segment.agreed = None;
        }
        Self { lines: vec![line], ..self.without_items() }
    }

    /// Returns the terms of the deal without its lines, services, programs, clauses and partner.
    pub fn without_items(&self) -> Self {
        Self {
            lines: Vec::new(),
            claims: Vec::new(),
            partner: None,
            services: Vec::new(),
            clauses: Vec::new(),
            ..self.clone()
        }
    }

    /// Whether both could be parts of one deal: the same book, commitment, length, payment,
    /// programs, shares of discounts and channel. Lines may differ, and so may the days on which
    /// the deals are quoted and begin: a day more does not make another deal.
    pub fn has_same_terms(&self, other: &Self) -> bool {
        let terms = |deal: &Self| {
            let payment = deal.payment.map(|term| &term.name);
            let billing = deal.billing.map(|way| &way.name);
            (deal.term, deal.length(), deal.prepay, payment, billing)
        };
        std::ptr::eq(self.book, other.book)
            && terms(self) == terms(other)
            && self.all_overrides() == other.all_overrides()
            && self.claims_sorted() == other.claims_sorted()
            && self.channel() == other.channel()
    }

    fn all_overrides(&self) -> Vec<DiscountOverride> {
        self.book.discounts.iter().map(|discount| self.discount_override(discount)).collect()
    }

    fn claims_sorted(&self) -> Vec<(&'b str, Rate)> {
        let claim = |claim: &ProgramClaim<'b>| (claim.program.name.as_str(), claim.rate);
        let mut claims: Vec<_> = self.claims.iter().map(claim).collect();
        claims.sort_unstable();
        claims
    }

    fn channel(&self) -> Option<(&'b str, PartnerTerms)> {
        self.partner.as_ref().map(|Partner { channel, terms, .. }| (channel.name.as_str(), *terms))
    }

    /// Returns one deal with the lines of all deals, on the terms of the first, or `None` if its
    /// figures could not be exact. A service of several deals is there once, with the sum of its
    /// values.
    pub fn joined(deals: &[&Self]) -> Option<Self> {
        let (first, others) = deals.split_first()?;
        let mut deal = (*first).clone();
        for other in others {
            deal.lines.extend(other.lines.iter().cloned());
            if let (None, Some(incumbent)) = (deal.incumbent(), other.incumbent()) {
                deal.record.set(INCUMBENT, FactValue::text(incumbent));
            }
            for asked in &other.services {
                let name = asked.service.name.as_str();
                match deal.services.iter_mut().find(|known| known.service.name == name) {
                    Some(known) => known.value = known.value + asked.value,
                    None => deal.services.push(*asked),
                }
            }
            for asked in &other.clauses {
                let name = asked.clause.name.as_str();
                if !deal.clauses.iter().any(|known| known.clause.name == name) {
                    deal.clauses.push(asked.clone());
                }
            }
        }
        precision_limits::is_exact(&deal).then_some(deal)
    }

    /// Returns the deal with lines joined as [`Self::with_one_line`] does, if any can be.
    pub fn with_lines_joined(&self) -> Option<Self> {
        let mut found: Option<Self> = None;
        for metric in self.book.metrics() {
            let joined = found.as_ref().unwrap_or(self).with_one_line(metric);
            found = joined.or(found);
        }
        found
    }
}
