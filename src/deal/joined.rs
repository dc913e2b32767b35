//! Several deals as one, and several lines as one.

use super::commitment::count_years;
use super::companions::recount_beside;
use super::counting::{cut_by_steps, years_together};
use super::order::count_orders;
use super::what_if::alone_with;
use super::{
    Deal, DiscountOverride, FactValue, INCUMBENT, Line, Partner, PartnerTerms, ProgramClaim,
    Segment, precision_limits,
};
use crate::book::{Metric, PartnerSale};
use crate::number::Rate;

impl<'b> Deal<'b> {
    /// Whether both could be parts of one deal: the same book and the same terms.
    pub fn has_same_terms(&self, other: &Self) -> bool {
        std::ptr::eq(self.book, other.book) && self.states_same_terms(other)
    }

    /// Whether both have the same commitment, length, payment, programs, shares of discounts and channel, each by its
    /// name, whatever their books. Lines may differ, and so may the days on which the deals are quoted and begin: a day
    /// more does not make another deal.
    pub(super) fn states_same_terms(&self, other: &Self) -> bool {
        let terms = |deal: &Self| {
            let payment = deal.payment.map(|term| &term.name);
            let billing = deal.billing.map(|way| &way.name);
            (deal.term, deal.length(), deal.prepay(), payment, billing)
        };
        terms(self) == terms(other)
            && self.overrides_sorted() == other.overrides_sorted()
            && self.claims_sorted() == other.claims_sorted()
            && self.channel() == other.channel()
    }

    fn overrides_sorted(&self) -> Vec<(&'b str, DiscountOverride)> {
        let overrides = self.discount_overrides.iter();
        let overrides = overrides.filter(|(_, take)| *take != DiscountOverride::Auto);
        let mut overrides: Vec<_> =
            overrides.map(|(discount, take)| (discount.name.as_str(), *take)).collect();
        overrides.sort_unstable_by_key(|(name, _)| *name);
        overrides
    }

    fn claims_sorted(&self) -> Vec<(&'b str, Rate, Vec<String>)> {
        let claim = |claim: &ProgramClaim<'b>| {
            (claim.program.name.as_str(), claim.rate, claim.metrics.clone())
        };
        let mut claims: Vec<_> = self.claims.iter().map(claim).collect();
        claims.sort_unstable();
        claims
    }

    fn channel(&self) -> Option<PartnerKey<'b>> {
        let Partner { channel, terms, level, sale, claimed, .. } = self.partner.as_ref()?;
        let claimed = claimed.iter().map(|it| it.name.as_str()).collect();
        Some((&channel.name, *terms, *level, *sale, claimed))
    }

    /// Returns one deal with the lines of all deals, on the terms of the first, or `None` if its
    /// figures could not be exact. A service of several deals is there once, with the sum of its
    /// values.
    pub fn joined(deals: &[&Self]) -> Option<Self> {
        let (first, others) = deals.split_first()?;
        let mut deal = Self { signed_as: None, ..(*first).clone() };
        // A contract knows none of the others, and one among the deals is there already.
        let new = deals.iter().find(|it| it.signed_as.is_none()).into_iter();
        let beside = new.flat_map(|it| &it.signed).filter(|it| !it.is_among(deals));
        deal.signed = beside.cloned().collect();
        for other in others {
            // A share of other lines is taken once, of the lines of all deals.
            let is_new = |line: &&Line<'b>| {
                let is_known = |known: &Line<'b>| known.metric.name == line.metric.name;
                line.metric.share.is_none() || !deal.lines.iter().any(is_known)
            };
            let new: Vec<_> = other.lines.iter().filter(is_new).cloned().collect();
            deal.lines.extend(new);
            if let (None, Some(incumbent)) = (deal.incumbent(), other.incumbent()) {
                deal.record.set(INCUMBENT, FactValue::text(incumbent));
            }
            for asked in &other.services {
                let name = asked.service.name.as_str();
                match deal.services.iter_mut().find(|known| known.service.name == name) {
                    Some(known) => {
                        known.value = known.value + asked.value;
                        let both = known.quantity.zip(asked.quantity);
                        known.quantity = both.map(|(one, other)| one + other);
                        known.included_before = known.included_before.max(asked.included_before);
                    }
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
        deal.companions = deal.beside_contracts();
        recount_beside(&mut deal.lines, &deal.companions, deal.book.rounding).ok()?;
        count_years(&mut deal.lines, deal.book);
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

    /// Returns the deal with all lines of a metric as one line, year by year. Returns `None` if there are
    /// fewer than two, if they count together anyway, or if one of them has an agreed price, a fee or a
    /// commitment, or names an edition.
    pub fn with_one_line(&self, metric: &Metric) -> Option<Self> {
        if metric.counts_all_lines() {
            return None;
        }
        let is_mine = |line: &Line<'_>| line.metric.name == metric.name;
        let is_plain = |line: &&Line<'_>| {
            let mut segments = line.segments.iter();
            line.edition.is_none()
                && line.committed.is_none()
                && segments.all(|it| it.agreed.is_none() && it.fee.is_none())
        };
        let at = self.lines.iter().position(is_mine)?;
        let mine: Vec<_> = self.lines.iter().filter(|line| is_mine(line)).collect();
        if mine.len() < 2 || !mine.iter().all(is_plain) {
            return None;
        }
        let first = self.lines.get(at)?;
        let years = years_together(&mine).into_iter().map(|(length, quantity)| {
            let year = Segment { length, ..first.segments.first()?.clone() };
            alone_with(first, &year, quantity)
        });
        let joined = Line { segments: years.collect::<Option<_>>()?, ..first.clone() };
        let mut deal = self.clone();
        deal.lines.retain(|line| !is_mine(line));
        deal.lines.insert(at, joined);
        deal.lines[at].number_years();
        count_orders(&mut deal.lines);
        cut_by_steps(&mut deal.lines);
        count_years(&mut deal.lines, self.book);
        precision_limits::is_exact(&deal).then_some(deal)
    }
}

/// Terms of a partner, each by its name: the channel, the rate, the level, the kind of sale and the incentives.
type PartnerKey<'b> = (&'b str, PartnerTerms, Option<&'b str>, PartnerSale, Vec<&'b str>);
