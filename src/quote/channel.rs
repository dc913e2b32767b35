//! What a partner pays us, and what it keeps.
//!
//! The quote itself stays the customer's. Beside it stands either a [`Resale`], in which the
//! partner buys the same lines at a rate off, or a [`RevenueSplit`], in which it shares what it
//! takes from its own customers.

use crate::book::{ChannelBase, Metric, PriceBook};
use crate::deal::{Deal, PartnerTerms};
use crate::number::{Length, Money, Rate, Share, rounding};
use crate::price::{Charges, PricedSegment, Pricing, charges, stub};

/// A deal as its partner sees it.
#[derive(Debug, Clone)]
pub enum PartnerDeal {
    /// The partner buys the lines and sells them on.
    Resale(Resale),
    /// The partner pays a share of its revenue.
    RevenueSplit(RevenueSplit),
}

/// Lines that a partner buys and sells on.
#[derive(Debug, Clone)]
pub struct Resale {
    /// What the partner gets off.
    pub rate: Rate,
    /// What that is off.
    pub base: ChannelBase,
    /// For each line of the deal, for each of its segments.
    pub lines: Vec<Vec<ResoldSegment>>,
    /// What the customer pays, all lines: services are not part of it, for no rate is off them.
    pub customer: CashFlow,
    /// All lines at list, over the contract.
    pub list_tcv: Money,
    /// What the partner pays us, all lines: our net.
    pub partner: CashFlow,
}

/// Years of a line as a partner buys and sells them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ResoldSegment {
    /// How long they are paid for.
    pub length: Length,
    /// What the rate is off, for one unit, package or line.
    pub base: Money,
    /// What is left of it, before rounding.
    pub exact: Money,
    /// What the partner pays for one: rounded as the book rounds the customer's price.
    pub price: Money,
    /// What it keeps of one; below zero, where it loses.
    pub margin: Money,
    /// What it pays us.
    pub charges: Charges,
    /// What it pays us for the part of a year before the first whole one.
    pub stub: Money,
}

/// What flows from one side to the other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CashFlow {
    /// With the first year, beside what is paid once.
    pub first_year: Money,
    /// Once.
    pub once: Money,
    /// Over the contract, all of it.
    pub tcv: Money,
}

/// Revenue of a partner that is shared with us.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RevenueSplit {
    /// Our share.
    pub share: Rate,
    /// The partner's revenue, a year.
    pub revenue: Money,
    /// Over the contract.
    pub revenue_tcv: Money,
    /// Ours, a year, to the smallest coin of the currency.
    pub ours: Money,
    /// Over the contract.
    pub ours_tcv: Money,
    /// What the lines would cost over the contract.
    pub lines_tcv: Money,
    /// The revenue a year at which our share is what the lines cost over the contract, to the
    /// smallest coin, and whether that is exact; nothing where our share is nothing.
    pub break_even: Option<(Money, bool)>,
}

impl PartnerDeal {
    /// What the partner pays us for a segment of a line, if it buys lines.
    pub fn resold(&self, line: usize, segment: usize) -> Option<&ResoldSegment> {
        match self {
            Self::Resale(resale) => resale.lines.get(line)?.get(segment),
            Self::RevenueSplit(_) => None,
        }
    }
}

impl ResoldSegment {
    /// What the partner pays us over these years.
    pub fn tcv(&self) -> Money {
        self.charges.over(self.length, self.stub)
    }

    /// The share of the customer's price that the partner keeps.
    pub fn margin_share(&self) -> Share {
        Share::off(self.price + self.margin, self.price)
    }
}

impl RevenueSplit {
    /// What the partner keeps, a year and over the contract.
    pub fn partner_margin(&self) -> (Money, Money) {
        (self.revenue - self.ours, self.revenue_tcv - self.ours_tcv)
    }
}

impl Resale {
    /// What the partner keeps, all lines.
    pub fn partner_margin(&self) -> CashFlow {
        CashFlow {
            first_year: self.customer.first_year - self.partner.first_year,
            once: self.customer.once - self.partner.once,
            tcv: self.customer.tcv - self.partner.tcv,
        }
    }
}

/// The deal as its partner sees it, if it has one.
pub fn partner_deal(deal: &Deal<'_>, pricing: &Pricing<'_>) -> Option<PartnerDeal> {
    Some(match deal.partner()?.terms() {
        PartnerTerms::Discount { rate, base } => {
            PartnerDeal::Resale(resale(deal, pricing, rate, base))
        }
        PartnerTerms::RevenueShare { share, revenue } => {
            PartnerDeal::RevenueSplit(revenue_split(deal, pricing, share, revenue))
        }
    })
}

fn resale(deal: &Deal<'_>, pricing: &Pricing<'_>, rate: Rate, base: ChannelBase) -> Resale {
    let lines = pricing.lines.iter().map(|line| {
        let segments = line.segments.iter();
        segments.map(|it| resold(deal.book(), line.line.metric(), it, rate, base)).collect()
    });
    let lines: Vec<Vec<ResoldSegment>> = lines.collect();
    let all = || lines.iter().flatten();
    let sold = || pricing.lines.iter().flat_map(|line| &line.segments);
    Resale {
        rate,
        base,
        customer: CashFlow {
            first_year: pricing.totals.arr,
            once: sold().map(|segment| segment.at_net.once).sum(),
            tcv: pricing.lines.iter().map(|line| line.tcv).sum(),
        },
        list_tcv: pricing.lines.iter().map(|line| line.list_tcv).sum(),
        partner: CashFlow {
            first_year: lines.iter().filter_map(|line| Some(line.first()?.charges.annual)).sum(),
            once: all().map(|segment| segment.charges.once).sum(),
            tcv: all().map(ResoldSegment::tcv).sum(),
        },
        lines,
    }
}

/// The partner's price is rounded like the customer's, so that its invoices are quantity times
/// price too.
fn resold(
    book: &PriceBook,
    metric: &Metric,
    priced: &PricedSegment<'_>,
    rate: Rate,
    base: ChannelBase,
) -> ResoldSegment {
    let customer = priced.net();
    let base = match base {
        ChannelBase::CustomerNet => customer,
        ChannelBase::List => priced.list.price,
    };
    let exact = base - rate.of(base);
    let price = book.rounding.round(exact, metric.places);
    let charges = charges(book.rounding, metric, price, priced.list.times);
    ResoldSegment {
        length: priced.length,
        base,
        exact,
        price,
        margin: customer - price,
        charges,
        stub: stub(book, priced.length, charges.annual),
    }
}

fn revenue_split(
    deal: &Deal<'_>,
    pricing: &Pricing<'_>,
    share: Rate,
    revenue: Money,
) -> RevenueSplit {
    let book = deal.book();
    let (coin, length) = (book.currency().minor, deal.length());
    let ours = book.rounding.round(share.of(revenue), coin);
    let over = |year: Money| year * length.years() + stub(book, length, year);
    let lines_tcv = pricing.lines.iter().map(|line| line.tcv).sum();
    RevenueSplit {
        share,
        revenue,
        revenue_tcv: over(revenue),
        ours,
        ours_tcv: over(ours),
        lines_tcv,
        break_even: rounding::base_of(lines_tcv, share, length, coin),
    }
}
