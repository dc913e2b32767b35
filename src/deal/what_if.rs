//! Deals made from other deals by one change.

use super::commitment::count_years;
use super::companions::{count_years_beside, recount_beside};
use super::counting::count_together;
use super::{
    AgreedPrice, Deal, DiscountOverride, Line, Partner, Record, Segment, precision_limits,
};
use crate::book::Discount;
use crate::number::{MoneyRange, Quantity};

impl<'b> Deal<'b> {
    /// Returns a segment of a line with another quantity, if the book sells that quantity. Both are
    /// given by their places. A fee that the line names is kept where the book has fees. Returns
    /// `None` where the book has a range of fees and the line names none: nobody knows the price.
    pub fn segment_with(
        &self,
        line: usize,
        segment: usize,
        quantity: Quantity,
    ) -> Option<Segment<'b>> {
        let bought = self.lines.get(line)?;
        if !self.counts_with_others(line) {
            if bought.differs_by_steps() {
                let changed = self.flat_line_with(bought, quantity)?;
                let changed = changed.segments.into_iter().nth(segment)?;
                return precision_limits::segment_fits(self, bought, &changed).then_some(changed);
            }
            let old = bought.segments.get(segment)?;
            let mut changed = alone_with(bought, old, quantity)?;
            changed.uncounted_years = self.uncounted_with(bought, segment, &changed);
            return precision_limits::segment_fits(self, bought, &changed).then_some(changed);
        }
        let lines = self.lines_with(line, segment, quantity)?;
        let changed = same_years(bought, segment, lines.get(line)?)?;
        precision_limits::segment_fits(self, bought, &changed).then_some(changed)
    }

    /// Returns the segments of a line with another quantity in all its years, if the book sells that quantity.
    pub fn segments_with(&self, line: usize, quantity: Quantity) -> Option<Vec<Segment<'b>>> {
        let bought = self.lines.get(line)?;
        let years = 0..bought.segments.len();
        years.map(|segment| self.segment_with(line, segment, quantity)).collect()
    }

    /// Returns a line that counts alone, and whose years differ by steps alone, with another quantity.
    fn flat_line_with(&self, line: &Line<'b>, quantity: Quantity) -> Option<Line<'b>> {
        let years = line.segments.iter().map(|year| alone_with(line, year, quantity));
        let mut changed = [Line { segments: years.collect::<Option<_>>()?, ..line.clone() }];
        count_years(&mut changed, self.book);
        let [changed] = changed;
        Some(changed)
    }

    /// Returns a segment as if its line were all lines that count together, with a quantity for all of them. Where
    /// these lines have one edition and no negotiated price, they cost what this segment costs.
    pub fn segment_of_all(
        &self,
        line: usize,
        segment: usize,
        quantity: Quantity,
    ) -> Option<Segment<'b>> {
        let bought = self.lines.get(line)?;
        let old = bought.segments.get(segment)?;
        let all = alone_with(bought, old, quantity)?;
        let all = Segment { uncounted_years: old.uncounted_years, ..all };
        let order = old.order.as_ref().map(|known| {
            let others = known.iter().filter(|it| it.metric != bought.metric.name).copied();
            others.chain(bought.ordered(&all)).collect()
        });
        let all = Segment { order, ..all };
        precision_limits::segment_fits(self, bought, &all).then_some(all)
    }

    /// Returns the years of a line that would not count with another segment in a place.
    fn uncounted_with(&self, line: &Line<'b>, segment: usize, changed: &Segment<'b>) -> u32 {
        if line.segments.len() == 1 {
            return 0;
        }
        let mut line = line.clone();
        line.segments[segment] = changed.clone();
        count_years(std::slice::from_mut(&mut line), self.book);
        line.uncounted_years()
    }

    /// Whether other lines count together with a line, of the deal or of the customer's other deals.
    pub fn counts_with_others(&self, line: usize) -> bool {
        let is_mine =
            |mine: &Line<'b>| self.companions.iter().any(|it| count_together(mine, &it.line));
        self.counted_with(line).nth(1).is_some()
            || self.lines.get(line).is_some_and(|it| is_mine(it) || self.orders_with_others(it))
    }

    /// Whether lines of other metrics find a step of a discount together with a line.
    fn orders_with_others(&self, line: &Line<'b>) -> bool {
        let with = &line.metric.ordered_with;
        let is_other = |other: &Line<'_>| !std::ptr::eq(other.metric, line.metric);
        self.lines.iter().any(|other| is_other(other) && with.contains(&other.metric.name))
    }

    /// Returns the places of all lines that count together with a line, which is one of them.
    pub fn counted_with(&self, line: usize) -> impl Iterator<Item = usize> {
        let mine = self.lines.get(line);
        let is_mine = move |other: &Line<'b>| mine.is_some_and(|mine| count_together(mine, other));
        let lines = self.lines.iter().enumerate();
        lines.filter(move |(at, it)| *at == line || is_mine(it)).map(|(at, _)| at)
    }

    /// Returns the lines with another quantity in one segment, or in all years of a line that differ by steps alone,
    /// counted together again.
    fn lines_with(&self, line: usize, segment: usize, quantity: Quantity) -> Option<Vec<Line<'b>>> {
        let mut lines = self.lines.clone();
        let changed = lines.get_mut(line)?;
        let is_flat = changed.differs_by_steps();
        for (at, year) in changed.segments.iter_mut().enumerate() {
            if is_flat || at == segment {
                (year.quantity, year.expected) = (quantity, None);
            }
        }
        recount_beside(&mut lines, &self.companions, self.book.rounding).ok()?;
        count_years_beside(&mut lines, &self.companions, self.book);
        let mut segments = lines.iter().flat_map(|line| &line.segments);
        // Where the book has a range of fees, nobody knows the price of a line that names none.
        let is_known =
            |it: &Segment<'_>| it.fee.is_some() || it.list.tier.fee.is_none_or(MoneyRange::is_one);
        segments.all(is_known).then_some(lines)
    }

    /// Returns a segment of a line with the committed quantity, if the line has one. Of the lines
    /// that count together, each counts with its own commitment: the rest is not certain.
    pub fn committed(&self, line: usize, segment: usize) -> Option<Segment<'b>> {
        let bought = self.lines.get(line)?;
        let committed = bought.committed?;
        if !self.counts_with_others(line) {
            // The same is committed in every year.
            let same = self.segment_with(line, segment, committed)?;
            return Some(Segment { uncounted_years: 0, ..same });
        }
        let mut place = self.counted_with(line).filter(|&at| self.lines[at].committed.is_some());
        let place = place.position(|at| at == line)?;
        let mut lines = self.committed_lines(line);
        recount_beside(&mut lines, &self.beside_contracts(), self.book.rounding).ok()?;
        count_years(&mut lines, self.book);
        let changed = same_years(bought, segment, lines.get(place)?)?;
        precision_limits::segment_fits(self, bought, &changed).then_some(changed)
    }

    /// Returns the lines that count together with a line and have a commitment, with no more than that.
    fn committed_lines(&self, line: usize) -> Vec<Line<'b>> {
        let mine = self.counted_with(line).map(|at| &self.lines[at]);
        let mine = mine.filter_map(|line| Some((line.clone(), line.committed?)));
        let committed = mine.map(|(mut line, committed)| {
            for segment in &mut line.segments {
                (segment.quantity, segment.expected) = (committed, None);
            }
            line
        });
        committed.collect()
    }

    /// Returns the deal with another quantity in one segment, or in all years of a line that differ by steps alone, if
    /// the book sells that quantity.
    pub fn with_quantity(&self, line: usize, segment: usize, quantity: Quantity) -> Option<Self> {
        let mut deal = self.clone();
        if self.counts_with_others(line) {
            deal.lines = self.lines_with(line, segment, quantity)?;
        } else if self.lines.get(line).is_some_and(Line::differs_by_steps) {
            deal.lines[line] = self.flat_line_with(&self.lines[line], quantity)?;
        } else {
            deal.lines[line].segments[segment] = self.segment_with(line, segment, quantity)?;
            count_years(&mut deal.lines, self.book);
        }
        precision_limits::is_exact(&deal).then_some(deal)
    }

    /// Returns the deal with another commitment of one line.
    pub fn with_commitment(&self, line: usize, committed: Quantity) -> Option<Self> {
        let mut deal = self.clone();
        deal.lines.get_mut(line)?.committed = Some(committed);
        Some(deal)
    }

    pub fn with_take(&self, discount: &'b Discount, take: DiscountOverride) -> Self {
        let mut deal = self.clone();
        deal.discount_overrides.retain(|(known, _)| known.name != discount.name);
        deal.discount_overrides.push((discount, take));
        deal
    }

    /// Returns the deal as a question about its book: the dates of the book do not matter.
    pub fn on_any_day(self) -> Self {
        Self { is_what_if: true, ..self }
    }

    /// Returns the deal as a question about its lines by themselves, on whatever day: nothing has to stand beside them.
    pub fn of_lines_apart(self) -> Self {
        Self { is_apart: true, ..self.on_any_day() }
    }

    /// Whether every figure of the deal is exact. A deal is never quoted otherwise.
    pub fn is_exact(&self) -> bool {
        precision_limits::is_exact(self)
    }

    /// Returns the terms of the deal with one of its lines, without its agreed price. The line still
    /// counts together with the others: it has the price that it has beside them.
    pub fn line_alone(&self, line: &Line<'b>) -> Self {
        Self { lines: vec![line.without_agreed_prices()], ..self.without_items() }
    }

    /// Returns the deal with all lines at the prices of the book.
    pub fn without_agreed_prices(&self) -> Self {
        let lines = self.lines.iter().map(Line::without_agreed_prices);
        Self { lines: lines.collect(), ..self.clone() }
    }

    /// Returns the deal with no more than what decides the price of its lines: deals that differ in the records of
    /// customer and partner, in services or in clauses alone become alike.
    pub fn with_lines_alone(&self) -> Self {
        Self {
            record: Record::default(),
            date: self.first_day(),
            partner: self.partner.clone().map(|it| Partner { name: None, basis: None, ..it }),
            services: Vec::new(),
            clauses: Vec::new(),
            alternatives: Vec::new(),
            own_costs: Vec::new(),
            value_claims: Vec::new(),
            ..self.clone()
        }
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
}

impl Line<'_> {
    fn without_agreed_prices(&self) -> Self {
        let mut line = self.clone();
        for segment in line.segments.iter_mut().filter(|segment| segment.fee.is_none()) {
            segment.agreed = None;
        }
        line
    }
}

/// Returns a segment of a line as its years are after a change, and as long as it is: the changed line can have
/// its years and others in one segment.
fn same_years<'b>(line: &Line<'b>, segment: usize, changed: &Line<'b>) -> Option<Segment<'b>> {
    let year = line.year_ends().nth(segment)?;
    let found = changed.segments.get(changed.segment_until(year)?)?;
    Some(Segment { length: line.segments.get(segment)?.length, ..found.clone() })
}

/// Returns a segment of a line that counts alone with another quantity.
pub(super) fn alone_with<'b>(
    line: &Line<'b>,
    segment: &Segment<'b>,
    quantity: Quantity,
) -> Option<Segment<'b>> {
    let list = line.metric.list_committed(quantity, line.committed, line.edition)?;
    let (list, agreed, fee) = match (list.tier.fee, segment.fee) {
        (Some(_), Some(fee)) => {
            let (list, outside) = list.at_fee(fee);
            (list, outside.map(AgreedPrice::UnitPrice), Some(fee))
        }
        (Some(range), None) if !range.is_one() => return None,
        (None, Some(_)) => (list, None, None),
        (_, None) => (list, segment.agreed, None),
    };
    let (length, counted) = (segment.length, quantity);
    let alone = Segment {
        length,
        year: segment.year,
        quantity,
        expected: None,
        counted,
        list,
        agreed,
        fee,
        uncounted_years: 0,
        pool: None,
        order: None,
    };
    let order = line.order_alone(&alone);
    Some(Segment { order, ..alone })
}
