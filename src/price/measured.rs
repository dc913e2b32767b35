//! Money that rules measure: what the customer pays, and what reaches us of it.
//!
//! Guardrails and programs look at the discount, the ACV, the TCV and the ARR of a deal. Where a partner sells
//! the deal, less reaches us than its customer pays, so each of these figures is there twice, and the stricter
//! result counts: otherwise a partner would be a discount that nobody approves. Every rule that measures money
//! takes it from here.

use super::partner::partner_deal;
use super::{PricedSegment, Pricing};
use crate::book::ChannelBase;
use crate::deal::{Deal, PartnerTerms};
use crate::number::{Money, rounding};

/// Money of a deal on one side of its partner.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct MeasuredMoney {
    /// The lines at list. Services have no discount, and take nothing from that of the lines.
    pub list: Money,
    /// The lines at their net price, or what a partner pays us in their place.
    pub net: Money,
    /// Lines and services.
    pub tcv: Money,
    /// The part of the TCV that is paid once.
    pub once: Money,
    /// Average of a year without `once`, to the smallest coin.
    pub acv: Money,
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
        let totals = &pricing.totals;
        let customer = MeasuredMoney {
            list: pricing.lines.iter().map(|line| line.list_tcv).sum(),
            net: pricing.lines.iter().map(|line| line.tcv).sum(),
            tcv: totals.tcv,
            once: totals.once,
            acv: totals.acv,
        };
        let ours = partner_deal(deal, pricing).map(|partner| {
            let paid = partner.paid();
            let (tcv, once) =
                (paid.tcv + pricing.services_price(), paid.once + pricing.services_price());
            MeasuredMoney {
                list: customer.list,
                net: paid.tcv,
                tcv,
                once,
                acv: rounding::average(tcv - once, deal.length(), deal.book.currency.minor),
            }
        });
        Self { customer, ours }
    }

    /// Returns our net: what the partner pays us, or what the customer pays.
    pub fn our_net(&self) -> &MeasuredMoney {
        self.ours.as_ref().unwrap_or(&self.customer)
    }

    /// Returns the side of which a figure is larger; the customer's where both are equal.
    pub fn largest(&self, figure: impl Fn(&MeasuredMoney) -> Money) -> (&MeasuredMoney, MoneySide) {
        match &self.ours {
            Some(ours) if figure(ours) > figure(&self.customer) => (ours, MoneySide::Ours),
            _ => (&self.customer, MoneySide::Customer),
        }
    }
}

/// Returns the exact ARR of the last year before any program, by which programs for large deals are measured:
/// at the customer's price or at our net, whichever is less.
pub fn arr_before_programs(deal: &Deal<'_>, pricing: &Pricing<'_>) -> (Money, MoneySide) {
    let customer = pricing.totals.arr_before_programs;
    let last = || pricing.lines.iter().filter_map(|line| line.segments.last());
    let less = |figure: fn(&PricedSegment<'_>) -> Money| last().map(figure).sum::<Money>();
    let ours = match deal.partner.as_ref().map(|partner| partner.terms) {
        None => customer,
        Some(PartnerTerms::Discount { rate, base }) => {
            let base = match base {
                ChannelBase::CustomerNet => customer,
                ChannelBase::List => less(|segment| segment.at_list.annual),
            };
            base - rate.of(base)
        }
        Some(PartnerTerms::RevenueShare { .. }) => {
            partner_deal(deal, pricing).map_or(customer, |it| it.paid().first_year)
        }
    };
    if ours < customer { (ours, MoneySide::Ours) } else { (customer, MoneySide::Customer) }
}
