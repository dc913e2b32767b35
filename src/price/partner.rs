//! The partner of a deal: its price, its margin, or its share of revenue (playbook L600-L626).
//!
//! The quote itself stays the customer's. Beside it stands either a [`Resale`], in which the partner buys the
//! same lines at a rate off, or a [`RevenueSplit`], in which the partner shares its revenue with us.
//!
//! Rebates pay a part of the invoices back later. A rebate is on no invoice, and lowers what reaches us.

use super::figures::ChargedPart;
use super::shared::part_at;
use super::{Charges, PricedSegment, Pricing, charges_at, charges_shared, stub};
use crate::book::{ChannelBase, Incentive, Metric, PriceBook};
use crate::deal::{Deal, Partner, PartnerTerms, PoolShare};
use crate::number::{Length, Money, Rate, Share, rounding};

#[derive(Debug, Clone)]
pub enum PartnerDeal<'b> {
    Resale(Resale<'b>),
    RevenueSplit(RevenueSplit),
}

/// Lines that a partner buys and sells on.
#[derive(Debug, Clone)]
pub struct Resale<'b> {
    /// The price that the rates are off.
    pub base: ChannelBase,
    /// For each line of the deal, for each of its segments.
    pub lines: Vec<Vec<ResoldSegment>>,
    /// The customer's payments for all lines. Services are not part of them: no rate is off services.
    pub customer: CashFlow,
    pub list_tcv: Money,
    /// The amounts that the partner is invoiced.
    pub partner: CashFlow,
    /// Rebates of all lines, each with what the partner is paid of it.
    pub rebates: Vec<(&'b Incentive, CashFlow)>,
    /// The amounts that reach us: the invoices less the rebates.
    pub ours: CashFlow,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ResoldSegment {
    pub length: Length,
    /// The partner's rate, with the points of its incentives.
    pub rate: Rate,
    /// The price that the rate is off, for one unit, package or line.
    pub base: Money,
    /// The partner's price before rounding.
    pub exact: Money,
    /// The partner's price for one, rounded as the book rounds the customer's price.
    pub price: Money,
    /// The margin of the partner on one; below zero where the partner loses.
    pub margin: Money,
    pub charges: Charges,
    /// The partner's charge for the part of a year before the first whole one.
    pub stub: Money,
    /// Whether that is what the partner pays of the floor of a program.
    pub part_costs_floor: bool,
    /// All rebates on the charges, and on the part of a year.
    pub rebates: (Charges, Money),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CashFlow {
    /// The payments of the first year, without what is paid once.
    pub first_year: Money,
    pub once: Money,
    pub tcv: Money,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RevenueSplit {
    pub share: Rate,
    pub revenue: Money,
    pub revenue_tcv: Money,
    /// Our share in a year, rounded to the smallest coin of the currency.
    pub ours: Money,
    pub ours_tcv: Money,
    pub lines_tcv: Money,
    /// The yearly revenue at which our share equals the price of the lines over the contract, to the smallest
    /// coin, and whether that is exact. `None` where our share is 0%.
    pub break_even: Option<(Money, bool)>,
}

impl PartnerDeal<'_> {
    /// Returns what the partner is invoiced in place of the price of the lines.
    pub fn paid(&self) -> CashFlow {
        match self {
            Self::Resale(resale) => resale.partner,
            Self::RevenueSplit(split) => split.paid(),
        }
    }

    /// Returns what reaches us of the lines: what the partner is invoiced, less all rebates.
    pub fn our_net(&self) -> CashFlow {
        match self {
            Self::Resale(resale) => resale.ours,
            Self::RevenueSplit(split) => split.paid(),
        }
    }

    pub fn resold(&self, line: usize, segment: usize) -> Option<&ResoldSegment> {
        match self {
            Self::Resale(resale) => resale.lines.get(line)?.get(segment),
            Self::RevenueSplit(_) => None,
        }
    }
}

impl ResoldSegment {
    pub fn tcv(&self) -> Money {
        self.charges.over(self.length, self.stub)
    }

    /// Returns what reaches us of the charges, and of the part of a year.
    pub fn our_charges(&self) -> (Charges, Money) {
        let (back, back_of_part) = self.rebates;
        let (once, annual) = (self.charges.once - back.once, self.charges.annual - back.annual);
        (Charges { once, annual }, self.stub - back_of_part)
    }

    /// Returns what reaches us over the contract.
    pub fn our_tcv(&self) -> Money {
        let (charges, stub) = self.our_charges();
        charges.over(self.length, stub)
    }

    /// Returns what reaches us of the part of a year before the first whole one, unless it costs the floor of a program.
    pub(super) fn our_part_of_year(&self) -> Option<ChargedPart> {
        let (Charges { annual, .. }, charge) = self.our_charges();
        let part = ChargedPart { charge, annual };
        (self.length.part().is_some() && !self.part_costs_floor).then_some(part)
    }

    /// Returns the margin of the partner as a share of the customer's price.
    pub fn margin_share(&self) -> Share {
        Share::off(self.price + self.margin, self.price)
    }
}

impl RevenueSplit {
    const fn paid(&self) -> CashFlow {
        CashFlow { first_year: self.ours, once: Money::ZERO, tcv: self.ours_tcv }
    }

    /// Returns the revenue that the partner keeps, in a year and over the contract.
    pub fn partner_margin(&self) -> (Money, Money) {
        (self.revenue - self.ours, self.revenue_tcv - self.ours_tcv)
    }
}

impl Resale<'_> {
    /// Returns what the partner keeps, with its rebates.
    pub fn partner_margin(&self) -> CashFlow {
        CashFlow {
            first_year: self.customer.first_year - self.ours.first_year,
            once: self.customer.once - self.ours.once,
            tcv: self.customer.tcv - self.ours.tcv,
        }
    }
}

/// Returns what a partner that buys the lines pays for a segment; `None` without such a partner.
pub fn resold_to_partner(
    deal: &Deal<'_>,
    metric: &Metric,
    priced: &PricedSegment<'_>,
) -> Option<ResoldSegment> {
    let partner = deal.partner.as_ref()?;
    match partner.terms {
        PartnerTerms::Discount { base, .. } => {
            Some(resold(deal.book, metric, priced, partner, base))
        }
        PartnerTerms::RevenueShare { .. } => None,
    }
}

pub fn partner_deal<'b>(deal: &Deal<'b>, pricing: &Pricing<'_>) -> Option<PartnerDeal<'b>> {
    let partner = deal.partner.as_ref()?;
    Some(match partner.terms {
        PartnerTerms::Discount { base, .. } => {
            PartnerDeal::Resale(resale(deal, pricing, partner, base))
        }
        PartnerTerms::RevenueShare { share, revenue } => {
            let (coin, length) = (deal.book.currency.minor, deal.length());
            let ours = our_share(deal, share, revenue);
            let lines_tcv = pricing.lines.iter().map(|line| line.tcv).sum();
            PartnerDeal::RevenueSplit(RevenueSplit {
                share,
                revenue,
                revenue_tcv: over_contract(deal, revenue),
                ours: ours.first_year,
                ours_tcv: ours.tcv,
                lines_tcv,
                break_even: rounding::base_of(lines_tcv, share, length, coin),
            })
        }
    })
}

/// Returns our share of a partner's yearly revenue, rounded to the smallest coin in each year.
pub(super) fn our_share(deal: &Deal<'_>, share: Rate, revenue: Money) -> CashFlow {
    let first_year = deal.book.rounding.round(share.of(revenue), deal.book.currency.minor);
    CashFlow { first_year, once: Money::ZERO, tcv: over_contract(deal, first_year) }
}

fn over_contract(deal: &Deal<'_>, year: Money) -> Money {
    let length = deal.length();
    year * length.years() + stub(deal.book, length, year)
}

fn resale<'b>(
    deal: &Deal<'b>,
    pricing: &Pricing<'_>,
    partner: &Partner<'b>,
    base: ChannelBase,
) -> Resale<'b> {
    let lines = pricing.lines.iter().map(|line| {
        let segments = line.segments.iter();
        segments.map(|it| resold(deal.book, line.line.metric, it, partner, base)).collect()
    });
    let lines: Vec<Vec<ResoldSegment>> = lines.collect();
    let sold = pricing.lines.iter().flat_map(|line| &line.segments);
    let rebates = partner.incentives().filter(|it| it.is_rebate()).map(|rebate| {
        let mine = pricing.lines.iter().zip(&lines);
        let mine = mine.filter(|(line, _)| rebate.scope.has_metric(line.line.metric));
        (rebate, flow(mine.map(|(_, bought)| bought), |it| rebate_on(deal.book, rebate.rate, it)))
    });
    Resale {
        base,
        customer: CashFlow {
            first_year: pricing.totals.arr,
            once: sold.map(|segment| segment.at_net.once).sum(),
            tcv: pricing.lines.iter().map(|line| line.tcv).sum(),
        },
        list_tcv: pricing.lines.iter().map(|line| line.list_tcv).sum(),
        partner: flow(lines.iter(), |it| (it.charges, it.stub)),
        rebates: rebates.collect(),
        ours: flow(lines.iter(), ResoldSegment::our_charges),
        lines,
    }
}

/// Adds the payments of lines: of each segment some charges, and those of the part of a year.
fn flow<'s>(
    lines: impl Iterator<Item = &'s Vec<ResoldSegment>> + Clone,
    paid: impl Fn(&ResoldSegment) -> (Charges, Money),
) -> CashFlow {
    let firsts = lines.clone().filter_map(|line| line.first());
    let segments = lines.flatten().map(|it| (it.length, paid(it)));
    let (once, over): (Vec<_>, Vec<_>) = segments
        .map(|(length, (charges, stub))| (charges.once, charges.over(length, stub)))
        .unzip();
    CashFlow {
        first_year: firsts.map(|it| paid(it).0.annual).sum(),
        once: once.into_iter().sum(),
        tcv: over.into_iter().sum(),
    }
}

/// Returns a rebate on what the partner is invoiced for a segment, each charge to the smallest coin.
fn rebate_on(book: &PriceBook, rate: Rate, resold: &ResoldSegment) -> (Charges, Money) {
    let back = |charge: Money| book.rounding.round(rate.of(charge), book.currency.minor);
    let Charges { once, annual } = resold.charges;
    (Charges { once: back(once), annual: back(annual) }, back(resold.stub))
}

/// Prices a segment for the partner, with its rebates.
pub(super) fn resold(
    book: &PriceBook,
    metric: &Metric,
    priced: &PricedSegment<'_>,
    partner: &Partner<'_>,
    off: ChannelBase,
) -> ResoldSegment {
    let mut resold = invoiced(book, metric, priced, partner.rate_for(metric), off);
    for rebate in partner.rebates_for(metric) {
        let (back, part) = rebate_on(book, rebate.rate, &resold);
        let (all, parts) = &mut resold.rebates;
        (all.once, all.annual) = (all.once + back.once, all.annual + back.annual);
        *parts = *parts + part;
    }
    resold
}

/// Prices a segment for the partner. The partner's price and charges are rounded like the customer's, so that
/// quantity times price is what its invoices say.
fn invoiced(
    book: &PriceBook,
    metric: &Metric,
    priced: &PricedSegment<'_>,
    rate: Rate,
    off: ChannelBase,
) -> ResoldSegment {
    if let Some((all, pool)) = priced.share() {
        return shared(book, (metric, all, pool), &invoiced(book, metric, all, rate, off));
    }
    let customer = priced.net();
    let base = match off {
        ChannelBase::CustomerNet => customer,
        ChannelBase::List => priced.list.price,
    };
    let exact = base - rate.of(base);
    let price = book.rounding.round(exact, metric.places);
    let (charges, _) = charges_at(book, metric, priced, price);
    // A floor is of the customer's price: a rate off list knows none.
    let least = priced.least_year.filter(|_| off == ChannelBase::CustomerNet);
    let least = least.map(|least| least - rate.of(least));
    let least = least.map(|least| book.rounding.round(least, book.currency.minor));
    let (stub, part_costs_floor) = part_at(book, metric, priced, price, least);
    let (length, margin) = (priced.length, customer - price);
    let rebates = (Charges::default(), Money::ZERO);
    ResoldSegment {
        length,
        rate,
        base,
        exact,
        price,
        margin,
        charges,
        stub,
        part_costs_floor,
        rebates,
    }
}

/// Returns the share of a line in what a partner pays for all lines that are priced as one.
fn shared(
    book: &PriceBook,
    (metric, all, pool): (&Metric, &PricedSegment<'_>, &PoolShare),
    resold: &ResoldSegment,
) -> ResoldSegment {
    let of = |price: Money| pool.of(price * all.list.times, metric.places);
    let price = of(resold.price);
    ResoldSegment {
        length: resold.length,
        rate: resold.rate,
        base: of(resold.base),
        exact: of(resold.exact),
        price,
        margin: of(all.net()) - price,
        charges: charges_shared(book, metric, pool, resold.charges),
        stub: pool.of(resold.stub, book.currency.minor),
        part_costs_floor: resold.part_costs_floor,
        rebates: resold.rebates,
    }
}
