//! The figures of a deal: lines, segments, services, and what is committed.

use super::{Waterfall, price_segment};
use crate::book::{ApprovalNeed, ListPrice, Metric, Service};
use crate::deal::{Deal, Line, PoolShare, Segment};
use crate::number::{Length, Money, Quantity, Share};
use std::borrow::Cow;

#[derive(Debug, Clone)]
pub struct Pricing<'b> {
    pub lines: Vec<PricedLine<'b>>,
    pub services: Vec<PricedService<'b>>,
    pub totals: Totals,
}

impl Pricing<'_> {
    pub fn services_price(&self) -> Money {
        self.services.iter().map(|service| service.price).sum()
    }
}

/// Figures of all lines and services together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Totals {
    pub list_tcv: Money,
    /// Total contract value: all years of all lines, and what services cost.
    pub tcv: Money,
    /// The part of the TCV that is paid once.
    pub once: Money,
    /// Annual recurring revenue of the first year.
    pub arr: Money,
    /// ARR of the last year, where years differ.
    pub exit_arr: Option<Money>,
    /// ARR of the last year before any program, exact, without use that nobody commits to. Programs for
    /// large deals are measured by it.
    pub arr_before_programs: Money,
    /// Average contract value of a year: TCV without `once`, over the years, to the smallest coin. A part of a year
    /// counts with its share of the yearly charge before that is rounded. It is rounded as the book
    /// rounds.
    pub acv: Money,
    /// TCV at policy prices, where a price was negotiated.
    pub policy_tcv: Option<Money>,
    pub discount: Share,
}

impl Totals {
    /// Adds up the figures of lines and services of a deal.
    pub(super) fn of<'b>(
        deal: &Deal<'b>,
        lines: &[PricedLine<'b>],
        services: &[PricedService<'_>],
    ) -> Self {
        let services: Money = services.iter().map(|service| service.price).sum();
        let segments = || lines.iter().flat_map(|line| &line.segments);
        let first = lines.iter().filter_map(|line| line.segments.first());
        let last = || lines.iter().filter_map(|line| line.segments.last());
        let list_tcv = lines.iter().map(|line| line.list_tcv).sum::<Money>() + services;
        let tcv = lines.iter().map(|line| line.tcv).sum::<Money>() + services;
        let once = segments().map(|segment| segment.at_net.once).sum::<Money>() + services;
        let at_policy = |segment: &PricedSegment<'_>| {
            segment.policy.map_or_else(|| segment.tcv(), |policy| policy.tcv)
        };
        let is_agreed = segments().any(|segment| segment.policy.is_some());
        let is_ramp = lines.iter().any(|line| line.segments.len() > 1);
        Self {
            list_tcv,
            tcv,
            once,
            arr: first.map(|segment| segment.at_net.annual).sum(),
            exit_arr: is_ramp.then(|| last().map(|segment| segment.at_net.annual).sum()),
            arr_before_programs: last_certain(deal, lines, |_, it| it.annual_before_programs),
            acv: average_year(deal, tcv - once, segments().filter_map(PricedSegment::part_of_year)),
            policy_tcv: is_agreed.then(|| segments().map(at_policy).sum::<Money>() + services),
            discount: Share::off(list_tcv, tcv),
        }
    }
}

/// Part of a year that costs its share of the yearly charge.
#[derive(Debug, Clone, Copy)]
pub(super) struct ChargedPart {
    /// The share, to the smallest coin.
    pub charge: Money,
    pub annual: Money,
}

/// Returns the average of a year, to the smallest coin: of all that is paid over the length of a deal but once. A
/// part of a year counts with its share of the yearly charge before that is rounded, so that a year of the same
/// charges is the average of any length.
pub(super) fn average_year(
    deal: &Deal<'_>,
    paid: Money,
    parts: impl Iterator<Item = ChargedPart>,
) -> Money {
    let (charges, years): (Vec<_>, Vec<_>) = parts.map(|it| (it.charge, it.annual)).unzip();
    let whole = paid - charges.into_iter().sum();
    let years = years.into_iter().sum();
    let (length, minor) = (deal.length(), deal.book.currency.minor);
    deal.book.rounding.average_with_part(whole, years, length, minor)
}

#[derive(Debug, Clone)]
pub struct PricedLine<'b> {
    pub line: Line<'b>,
    /// One for each segment of the line, in its order; never empty.
    pub segments: Vec<PricedSegment<'b>>,
    pub list_tcv: Money,
    pub tcv: Money,
}

impl<'b> PricedLine<'b> {
    /// Returns the segments, each with the first of its years, counted from 1.
    pub(crate) fn by_year(&self) -> impl Iterator<Item = (u32, &PricedSegment<'b>)> {
        let mut next = 1;
        self.segments.iter().map(move |segment| {
            let first = next;
            next += segment.length.years();
            (first, segment)
        })
    }
}

/// Years of a line that are alike, with their figures.
#[derive(Debug, Clone)]
pub struct PricedSegment<'b> {
    pub segment: Segment<'b>,
    /// How long they are paid for.
    pub length: Length,
    /// The list price, what one price of the waterfall is for, and how often the line takes it.
    pub list: ListPrice<'b>,
    /// From list to net, for one unit, package or line.
    pub waterfall: Waterfall<'b>,
    pub at_list: Charges,
    pub at_net: Charges,
    /// The charge for the part of a year before the first whole one, at list.
    pub stub_at_list: Money,
    pub stub: Money,
    /// The least that a started year costs by the floor of a program, which all lines that are priced as one pay
    /// once; no floor if `None`.
    pub least_year: Option<Money>,
    /// Whether the part of a year before the first whole one costs that.
    pub part_costs_floor: bool,
    /// The yearly charge at the exact price before programs.
    pub annual_before_programs: Money,
    pub policy: Option<PolicyPrice>,
    /// All lines that are priced as one, where the figures of the line are its share of theirs.
    pub whole: Option<Box<Self>>,
}

/// The price that the discounts of the book give, beside a negotiated price.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PolicyPrice {
    pub price: Money,
    pub tcv: Money,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Charges {
    pub once: Money,
    pub annual: Money,
}

impl Charges {
    /// Returns the charges over a length, with the charge for its part of a year.
    pub fn over(self, length: Length, stub: Money) -> Money {
        self.once + stub + self.annual * length.years()
    }
}

impl<'b> PricedSegment<'b> {
    /// Returns the waterfall that rules judge: that of all lines which are priced as one.
    pub(crate) fn judged(&self) -> &Waterfall<'b> {
        self.whole.as_deref().map_or(&self.waterfall, |all| &all.waterfall)
    }

    /// Returns the net price of one unit, package or line: the end of the waterfall.
    pub fn net(&self) -> Money {
        self.waterfall.price()
    }

    /// Returns the part of a year before the first whole one, unless it costs the floor of a program.
    pub(super) fn part_of_year(&self) -> Option<ChargedPart> {
        let part = ChargedPart { charge: self.stub, annual: self.at_net.annual };
        (self.length.part().is_some() && !self.part_costs_floor).then_some(part)
    }

    /// Returns the share of the line in amounts of all lines that are priced as one, where there are others.
    pub(crate) fn share(&self) -> Option<(&Self, &PoolShare)> {
        self.whole.as_deref().zip(self.segment.pool.as_ref())
    }

    pub fn list_tcv(&self) -> Money {
        self.at_list.over(self.length, self.stub_at_list)
    }

    pub fn tcv(&self) -> Money {
        self.at_net.over(self.length, self.stub)
    }

    pub fn discount(&self) -> Share {
        Share::off(self.list_tcv(), self.tcv())
    }
}

/// Figure of our net to which somebody commits.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct AssuredMoney {
    pub amount: Money,
    /// Whether the figure is the price of the lines, because our share of a partner's revenue is an estimate.
    pub leaves_out_estimate: bool,
}

impl AssuredMoney {
    /// Returns the words that follow the amount in a sentence.
    pub(crate) const fn whose(self) -> &'static str {
        if self.leaves_out_estimate {
            "without the estimated share of revenue"
        } else {
            "at our net"
        }
    }
}

#[derive(Debug, Clone, Copy)]
pub struct PricedService<'b> {
    pub service: &'b Service,
    pub value: Money,
    /// Units that the value is the price of, if the book has the price of one.
    pub quantity: Option<Quantity>,
    /// Value that other contracts of the customer include, as the deal states it.
    pub included_before: Money,
    /// Committed TCV at our net, whose share can be included without an approval.
    pub net: AssuredMoney,
    /// The part of the value that the contract includes (playbook L505: migration up to $100K). It is
    /// no price, and so it is no discount either.
    pub included: Money,
    /// The rest of the value, charged once. No discount applies to services.
    pub price: Money,
}

impl<'b> PricedService<'b> {
    /// Returns the approval that including so much of the value needs.
    pub fn needs(&self) -> Option<&'b ApprovalNeed> {
        let share = self.service.included_share.as_ref()?;
        (self.included > share.share.of(self.net.amount)).then_some(&share.approval)
    }
}

/// Prices a segment of a line with nothing but its committed use. Both are given by their places. Returns
/// `None` where nothing is committed.
pub fn committed<'b>(deal: &Deal<'b>, line: usize, segment: usize) -> Option<PricedSegment<'b>> {
    let used = deal.committed(line, segment)?;
    Some(price_segment(deal, deal.lines.get(line)?, &used))
}

/// Returns the segments of a line with nothing but its committed use: none of a line by use without a
/// commitment, and those of the line itself if it is not by use.
pub fn committed_segments<'a, 'b>(
    deal: &Deal<'b>,
    at: usize,
    line: &'a PricedLine<'b>,
) -> Cow<'a, [PricedSegment<'b>]> {
    if !line.line.metric.is_metered() {
        return Cow::Borrowed(&line.segments);
    }
    (0..line.segments.len()).filter_map(|segment| committed(deal, at, segment)).collect()
}

/// Returns a figure of the last year of all lines without use that nobody commits to, of each line no more than
/// that of the deal as it stands.
pub(super) fn last_certain<'b>(
    deal: &Deal<'b>,
    lines: &[PricedLine<'b>],
    figure: impl Fn(&Metric, &PricedSegment<'b>) -> Money,
) -> Money {
    let last = lines.iter().enumerate().filter_map(|(at, line)| {
        let certain = committed_segments(deal, at, line);
        let (certain, stands) = certain.last().zip(line.segments.last())?;
        let figure = |segment| figure(line.line.metric, segment);
        Some(figure(certain).min(figure(stands)))
    });
    last.sum()
}
