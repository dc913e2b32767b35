//! Money that rules measure: what the customer pays, and what reaches us of it.
//!
//! Guardrails and programs look at the discount, the ACV, the TCV and the ARR of a deal. Where a partner sells
//! the deal, less reaches us than its customer pays, so each of these figures is there twice, and the stricter
//! result counts: otherwise a partner would be a discount that nobody approves. A rebate that the partner is paid later
//! is on no invoice, and lowers what reaches us all the same. Use that nobody commits to is in
//! none of these figures: an estimate is no contract, and adding one must not hide a discount or make a deal
//! large. A commitment counts for no more than the deal as it stands costs: more use can land in a cheaper range,
//! and the customer then pays less than the commitment alone would cost. Every rule that measures money takes it
//! from here.

use super::figures::{ChargedPart, average_year, last_certain};
use super::partner::{our_share, resold};
use super::{AssuredMoney, Charges, PricedLine, PricedSegment, Pricing, committed_segments, stub};
use crate::book::{ChannelBase, Metric, PricePeriod};
use crate::deal::{Deal, PartnerTerms, YearRun};
use crate::number::{Money, Rate};
use std::borrow::Cow;

/// Money of a deal on one side of its partner.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MeasuredMoney {
    /// The lines at list. Services have no discount, and take nothing from that of the lines.
    pub list: Money,
    /// The lines at their net price, or what a partner pays us in their place, less its rebates.
    pub net: Money,
    /// Lines and services.
    pub tcv: Money,
    /// Average of a year without what is paid once, to the smallest coin; of a part of a year before it is rounded.
    pub acv: Money,
    /// Charge of the year that costs most, without what is paid once.
    pub largest_year: Money,
    /// Lines whose metric states a cost.
    pub costed: CostedMoney,
    /// The lines of the deal in their order; none of a share of revenue, which is for all lines together.
    pub lines: Vec<MeasuredLine>,
}

/// Contract value of one line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct MeasuredLine {
    pub list: Money,
    pub net: Money,
    /// Net price and cost; zero for a metric that states no cost.
    pub costed: CostedMoney,
}

/// Net price of lines beside what they cost the seller. Maintenance is in neither.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct CostedMoney {
    pub net: Money,
    pub cost: Money,
}

impl CostedMoney {
    /// Whether the share of the net price that is left after the cost is less than a limit.
    pub fn is_margin_below(self, least: Rate) -> bool {
        !self.cost.is_zero() && self.net - self.cost < least.of(self.net)
    }
}

/// Money of a deal on both sides of its partner.
#[derive(Debug, Clone, PartialEq, Eq)]
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

/// Segments of each line that are measured.
type MeasuredSegments<'a, 'b> = Vec<Cow<'a, [PricedSegment<'b>]>>;

/// Charges of a segment.
struct SegmentMoney {
    tcv: Money,
    once: Money,
    annual: Money,
    part: Option<ChargedPart>,
}

impl Measured {
    /// Measures the whole deal, with its estimates of use.
    pub fn of(deal: &Deal<'_>, pricing: &Pricing<'_>) -> Self {
        let all = pricing.lines.iter().map(|line| Cow::Borrowed(line.segments.as_slice()));
        Self::of_segments(deal, &pricing.lines, pricing.services_price(), &all.collect())
    }

    /// Measures the deal without use that nobody commits to, as rules do.
    pub fn committed<'b>(deal: &Deal<'b>, pricing: &Pricing<'b>) -> Self {
        let segments = certain(deal, &pricing.lines);
        Self::of_segments(deal, &pricing.lines, pricing.services_price(), &segments)
    }

    /// Measures the lines of a deal alone, without use that nobody commits to.
    pub(super) fn of_lines<'b>(deal: &Deal<'b>, lines: &[PricedLine<'b>]) -> Self {
        Self::of_segments(deal, lines, Money::ZERO, &certain(deal, lines))
    }

    fn of_segments<'b>(
        deal: &Deal<'b>,
        lines: &[PricedLine<'b>],
        services: Money,
        segments: &MeasuredSegments<'_, 'b>,
    ) -> Self {
        let side = |money: &dyn Fn(&PricedLine<'_>, &PricedSegment<'_>) -> SegmentMoney| {
            money_of(deal, lines.iter().zip(segments), services, money)
        };
        let customer = side(&|_, segment| SegmentMoney {
            tcv: segment.tcv(),
            once: segment.at_net.once,
            annual: segment.at_net.annual,
            part: segment.part_of_year(),
        });
        let ours = deal.partner.as_ref().map(|partner| match partner.terms {
            PartnerTerms::Discount { base, .. } => side(&|line, segment| {
                let bought = resold(deal.book, line.line.metric, segment, partner, base);
                let (Charges { once, annual }, _) = bought.our_charges();
                SegmentMoney {
                    tcv: bought.our_tcv(),
                    once,
                    annual,
                    part: bought.our_part_of_year(),
                }
            }),
            PartnerTerms::RevenueShare { share, revenue } => {
                let paid = our_share(deal, share, revenue);
                MeasuredMoney {
                    list: customer.list,
                    net: paid.tcv,
                    tcv: paid.tcv + services,
                    // The revenue of a year is the same in all years.
                    acv: paid.first_year,
                    largest_year: paid.first_year,
                    costed: CostedMoney { net: paid.tcv, ..customer.costed },
                    lines: Vec::new(),
                }
            }
        });
        Self { customer, ours }
    }

    /// Returns our net: what the partner pays us after its rebates, or what the customer pays.
    pub fn our_net(&self) -> &MeasuredMoney {
        self.ours.as_ref().unwrap_or(&self.customer)
    }

    /// Returns a figure of our net to which somebody commits. A partner that shares its revenue commits to none
    /// of it, so that it pays no more than the lines cost.
    pub fn assured(&self, figure: impl Fn(&MeasuredMoney) -> Money) -> AssuredMoney {
        let (ours, customer) = (figure(self.our_net()), figure(&self.customer));
        if self.our_net().lines.is_empty() && customer < ours {
            return AssuredMoney { amount: customer, leaves_out_estimate: true };
        }
        AssuredMoney { amount: ours, leaves_out_estimate: false }
    }

    /// Returns the side of which a figure is larger; the customer's where both are equal.
    pub fn largest(&self, figure: impl Fn(&MeasuredMoney) -> Money) -> (&MeasuredMoney, MoneySide) {
        match &self.ours {
            Some(ours) if figure(ours) > figure(&self.customer) => (ours, MoneySide::Ours),
            _ => (&self.customer, MoneySide::Customer),
        }
    }
}

fn certain<'a, 'b>(deal: &Deal<'b>, lines: &'a [PricedLine<'b>]) -> MeasuredSegments<'a, 'b> {
    let lines = lines.iter().enumerate();
    lines.map(|(at, line)| committed_segments(deal, at, line)).collect()
}

fn money_of<'l, 'b: 'l>(
    deal: &Deal<'_>,
    priced: impl Iterator<Item = (&'l PricedLine<'b>, &'l Cow<'l, [PricedSegment<'b>]>)>,
    services: Money,
    money: &dyn Fn(&PricedLine<'_>, &PricedSegment<'_>) -> SegmentMoney,
) -> MeasuredMoney {
    let runs = YearRun::of(deal.lines.iter());
    let mut years = vec![Money::ZERO; runs.len()];
    let (mut once, mut parts) = (Money::ZERO, Vec::new());
    let mut lines = Vec::with_capacity(deal.lines.len());
    for (line, segments) in priced {
        // What is committed costs no more than the same years of the deal as it stands.
        let pairs = segments.iter().zip(&line.segments);
        let smaller = pairs.map(|(certain, stands)| {
            let (of_certain, of_stands) = (money(line, certain), money(line, stands));
            if of_stands.tcv < of_certain.tcv { (stands, of_stands) } else { (certain, of_certain) }
        });
        let (segments, charges): (Vec<_>, Vec<_>) = smaller.unzip();
        for (year, run) in years.iter_mut().zip(&runs) {
            let charge = line.line.place_in(*run).and_then(|at| charges.get(at));
            *year = charge.map_or(*year, |charge| *year + charge.annual);
        }
        parts.extend(charges.iter().filter_map(|it| it.part));
        once = once + charges.iter().map(|it| it.once).sum();
        let costed = line.line.metric.cost.map(|cost| {
            let metric = line.line.metric;
            let net = match metric.price_period {
                PricePeriod::Once { .. } => charges.iter().map(|it| it.once).sum(),
                _ => charges.iter().map(|it| it.tcv).sum(),
            };
            let costs = segments.iter().map(|it| cost_of(deal, metric, cost, it));
            CostedMoney { net, cost: costs.sum() }
        });
        lines.push(MeasuredLine {
            list: segments.iter().map(|segment| segment.list_tcv()).sum(),
            net: charges.iter().map(|it| it.tcv).sum(),
            costed: costed.unwrap_or_default(),
        });
    }
    let (list, net) = (lines.iter().map(|it| it.list).sum(), lines.iter().map(|it| it.net).sum());
    MeasuredMoney {
        list,
        net,
        tcv: net + services,
        acv: average_year(deal, net - once, parts.into_iter()),
        largest_year: years.into_iter().max().unwrap_or_default(),
        costed: CostedMoney {
            net: lines.iter().map(|it| it.costed.net).sum(),
            cost: lines.iter().map(|it| it.costed.cost).sum(),
        },
        lines,
    }
}

/// Returns what the units of a segment cost the seller; a part of a year costs its share of a year.
fn cost_of(deal: &Deal<'_>, metric: &Metric, cost: Money, segment: &PricedSegment<'_>) -> Money {
    let times = metric.price_period.times_per_year();
    let year = cost * segment.segment.quantity * times;
    match metric.price_period {
        PricePeriod::Once { .. } => year,
        _ => year * segment.length.years() + stub(deal.book, segment.length, year),
    }
}

/// Returns the exact ARR of the last year before any program, by which programs for large deals are measured:
/// at the customer's price or at our net, whichever is less.
pub fn arr_before_programs<'b>(deal: &Deal<'b>, pricing: &Pricing<'b>) -> (Money, MoneySide) {
    let customer = pricing.totals.arr_before_programs;
    let ours = match deal.partner.as_ref().map(|partner| (partner, partner.terms)) {
        None => customer,
        Some((partner, PartnerTerms::Discount { base, .. })) => {
            last_certain(deal, &pricing.lines, |metric, segment| {
                let base = match base {
                    ChannelBase::CustomerNet => segment.annual_before_programs,
                    ChannelBase::List => segment.at_list.annual,
                };
                let paid = base - partner.rate_for(metric).of(base);
                partner.rebates_for(metric).fold(paid, |left, it| left - it.rate.of(paid))
            })
        }
        Some((_, PartnerTerms::RevenueShare { share, revenue })) => {
            our_share(deal, share, revenue).first_year
        }
    };
    if ours < customer { (ours, MoneySide::Ours) } else { (customer, MoneySide::Customer) }
}

/// Returns the contract value that is certain: of lines by use only the committed part, all other lines, and
/// services. A commitment whose use as expected costs less than it would alone is certain for that much. Returns
/// `None` for a deal without a commitment.
pub fn committed_tcv(deal: &Deal<'_>, pricing: &Pricing<'_>) -> Option<Money> {
    let is_committed = deal.lines.iter().any(|line| line.committed.is_some());
    is_committed.then(|| Measured::committed(deal, pricing).customer.tcv)
}
