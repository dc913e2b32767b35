//! Money that rules measure: what the customer pays, and what reaches us of it.
//!
//! Guardrails and programs look at the discount, the ACV, the TCV and the ARR of a deal. Where a partner sells
//! the deal, less reaches us than its customer pays, so each of these figures is there twice, and the stricter
//! result counts: otherwise a partner would be a discount that nobody approves. The rules take what reaches us
//! from here.

use super::partner::{PartnerDeal, ResoldSegment, partner_deal, resold};
use super::{PricedLine, PricedSegment, Pricing, committed};
use crate::book::ChannelBase;
use crate::deal::{AgreedPrice, Deal, PartnerTerms};
use crate::number::{Money, Rate};
use std::collections::BTreeMap;

/// Money of a deal on one side of its partner.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct MeasuredMoney {
    /// The lines at list. Services have no discount, and take nothing from that of the lines.
    pub list: Money,
    /// The lines at their net price, or what a partner pays us in their place.
    pub net: Money,
    /// Lines and services.
    pub tcv: Money,
}

/// Money of a deal on both sides of its partner.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Measured {
    pub customer: MeasuredMoney,
    /// Our net; `None` for a deal without a partner, of which all reaches us.
    pub ours: Option<MeasuredMoney>,
}

/// Side of a partner: the one of its customer, or ours.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MoneySide {
    Customer,
    Ours,
}

impl Measured {
    pub fn of(deal: &Deal<'_>, pricing: &Pricing<'_>) -> Self {
        let customer = MeasuredMoney {
            list: pricing.lines.iter().map(|line| line.list_tcv).sum(),
            net: pricing.lines.iter().map(|line| line.tcv).sum(),
            tcv: pricing.totals.tcv,
        };
        let ours = partner_deal(deal, pricing).map(|partner| {
            let net = partner.paid().tcv;
            MeasuredMoney { list: customer.list, net, tcv: net + pricing.services_price() }
        });
        Self { customer, ours }
    }

    /// Returns our net: what the partner pays us, or what the customer pays.
    pub fn our_net(&self) -> &MeasuredMoney {
        self.ours.as_ref().unwrap_or(&self.customer)
    }
}

/// Our net of a deal through a partner, as guardrails measure it: without use that nobody commits to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GuardedNet {
    pub list: Money,
    pub net: Money,
    /// The lines, where the partner pays for each of them; none for a share of its revenue.
    pub lines: Vec<GuardedLine>,
    /// Lines and services.
    pub tcv: Money,
    /// Payment of the year that is worth most, without what is paid once.
    pub largest_year: Money,
}

/// Lines that count together at one price, which are one line for a limit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct GuardedLine {
    /// Place of the first of the lines.
    pub first: usize,
    pub list: Money,
    pub net: Money,
}

/// Returns our net of a deal as guardrails measure it; `None` for a deal without a partner.
pub fn guarded_net(deal: &Deal<'_>, pricing: &Pricing<'_>) -> Option<GuardedNet> {
    let services = pricing.services_price();
    match deal.partner.as_ref()?.terms {
        PartnerTerms::Discount { rate, base } => {
            let certain = pricing.lines.iter().enumerate();
            let certain = certain.map(|(at, line)| certain_segments(deal, at, line, (rate, base)));
            let certain: Vec<Vec<_>> = certain.collect();
            let lines = guarded_lines(deal, &certain);
            let net: Money = lines.iter().map(|line| line.net).sum();
            Some(GuardedNet {
                list: lines.iter().map(|line| line.list).sum(),
                net,
                tcv: net + services,
                largest_year: largest_year(pricing, &certain),
                lines,
            })
        }
        PartnerTerms::RevenueShare { .. } => {
            let partner = partner_deal(deal, pricing)?;
            let PartnerDeal::RevenueSplit(split) = &partner else { return None };
            let list = pricing.lines.iter().map(|line| line.list_tcv).sum();
            let (net, largest_year) = (split.ours_tcv, split.ours);
            Some(GuardedNet { list, net, lines: Vec::new(), tcv: net + services, largest_year })
        }
    }
}

/// A segment at list and as a partner pays for it; `None` for use that nobody commits to.
type CertainSegment = Option<(Money, ResoldSegment)>;

fn certain_segments(
    deal: &Deal<'_>,
    at: usize,
    line: &PricedLine<'_>,
    (rate, base): (Rate, ChannelBase),
) -> Vec<CertainSegment> {
    let metric = line.line.metric;
    let paid = |segment: &PricedSegment<'_>| {
        (segment.list_tcv(), resold(deal.book, metric, segment, rate, base))
    };
    let segments = line.segments.iter().enumerate();
    let segments = segments.map(|(place, segment)| {
        if metric.is_hourly() {
            committed(deal, at, place).as_ref().map(paid)
        } else {
            Some(paid(segment))
        }
    });
    segments.collect()
}

/// Joins lines that count together and have the same agreed prices: a line in several parts is one line.
fn guarded_lines(deal: &Deal<'_>, certain: &[Vec<CertainSegment>]) -> Vec<GuardedLine> {
    let mut lines: BTreeMap<(usize, Vec<(u32, Option<AgreedPrice>)>), GuardedLine> =
        BTreeMap::new();
    for (at, (line, segments)) in deal.lines.iter().zip(certain).enumerate() {
        let first = deal.counted_with(at).next().unwrap_or(at);
        let mut agreed: Vec<(u32, Option<AgreedPrice>)> = Vec::new();
        for segment in &line.segments {
            let years = segment.length.years();
            match agreed.last_mut().filter(|(_, price)| *price == segment.agreed) {
                Some((run, _)) => *run += years,
                None => agreed.push((years, segment.agreed)),
            }
        }
        let nothing = GuardedLine { first: at, list: Money::ZERO, net: Money::ZERO };
        let group = lines.entry((first, agreed)).or_insert(nothing);
        for (list, resold) in segments.iter().flatten() {
            group.list = group.list + *list;
            group.net = group.net + resold.tcv();
        }
    }
    lines.into_values().collect()
}

fn largest_year(pricing: &Pricing<'_>, certain: &[Vec<CertainSegment>]) -> Money {
    let mut ends: Vec<u32> = pricing.lines.iter().flat_map(|line| line.line.year_ends()).collect();
    ends.sort_unstable();
    ends.dedup();
    let of_year = |end: u32| -> Money {
        let annual = pricing.lines.iter().zip(certain).filter_map(|(line, segments)| {
            let (_, resold) = segments.get(line.line.segment_until(end)?)?.as_ref()?;
            Some(resold.charges.annual)
        });
        annual.sum()
    };
    ends.into_iter().map(of_year).max().unwrap_or_default()
}

/// Returns the exact ARR of the last year before any program, by which programs for large deals are measured:
/// at the customer's price or at our net, whichever is less.
pub fn arr_before_programs(deal: &Deal<'_>, pricing: &Pricing<'_>) -> (Money, MoneySide) {
    let customer = pricing.totals.arr_before_programs;
    let at_list = || {
        let last = pricing.lines.iter().filter_map(|line| line.segments.last());
        last.map(|segment| segment.at_list.annual).sum::<Money>()
    };
    let ours = match deal.partner.as_ref().map(|partner| partner.terms) {
        None => customer,
        Some(PartnerTerms::Discount { rate, base }) => {
            let base = match base {
                ChannelBase::CustomerNet => customer,
                ChannelBase::List => at_list(),
            };
            base - rate.of(base)
        }
        Some(PartnerTerms::RevenueShare { .. }) => {
            partner_deal(deal, pricing).map_or(customer, |it| it.paid().first_year)
        }
    };
    if ours < customer { (ours, MoneySide::Ours) } else { (customer, MoneySide::Customer) }
}
