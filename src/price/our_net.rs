//! The committed contract value at our net: what the customer commits to, less what a partner keeps of it.

use super::{Charges, PricedLine, PricedSegment, Pricing, charges_at, committed, stub};
use crate::book::{ChannelBase, Metric};
use crate::deal::{Deal, PartnerTerms};
use crate::number::{Money, rounding};

/// Charges that reach us over the contract: all of them, and those that are paid once.
#[derive(Debug, Clone, Copy, Default)]
struct NetCharges {
    tcv: Money,
    once: Money,
}

/// Returns what reaches us of the lines. Of use that is paid by the hour, only the commitment counts. A partner
/// that shares its revenue pays no more than the lines cost, because nobody commits to that revenue.
pub(super) fn committed_net(deal: &Deal<'_>, lines: &[PricedLine<'_>]) -> Money {
    of_lines(deal, lines).tcv
}

/// Returns the average of a year of what reaches us, without what is paid once, to the smallest coin.
pub fn committed_acv(deal: &Deal<'_>, pricing: &Pricing<'_>) -> Money {
    let NetCharges { tcv, once } = of_lines(deal, &pricing.lines);
    rounding::average(tcv - once, deal.length(), deal.book.currency.minor)
}

fn of_lines(deal: &Deal<'_>, lines: &[PricedLine<'_>]) -> NetCharges {
    let mut all = NetCharges::default();
    for (at, priced) in lines.iter().enumerate() {
        let metric = priced.line.metric;
        for (index, segment) in priced.segments.iter().enumerate() {
            let used = metric.is_hourly().then(|| committed(deal, at, index));
            let Some(segment) = used.as_ref().map_or(Some(segment), Option::as_ref) else {
                continue;
            };
            let net = of_segment(deal, metric, segment);
            all = NetCharges { tcv: all.tcv + net.tcv, once: all.once + net.once };
        }
    }
    match deal.partner.as_ref().map(|partner| partner.terms) {
        Some(PartnerTerms::RevenueShare { share, revenue }) => {
            let (book, length) = (deal.book, deal.length());
            let year = book.rounding.round(share.of(revenue), book.currency.minor);
            let ours = year * length.years() + stub(book, length, year);
            let once = all.once.min(ours);
            NetCharges { tcv: all.tcv.min(ours), once }
        }
        Some(PartnerTerms::Discount { .. }) | None => all,
    }
}

/// Returns what reaches us of a segment, at the price of a partner that buys it.
fn of_segment(deal: &Deal<'_>, metric: &Metric, segment: &PricedSegment<'_>) -> NetCharges {
    let terms = deal.partner.as_ref().map(|partner| partner.terms);
    let Some(PartnerTerms::Discount { rate, base }) = terms else {
        return NetCharges { tcv: segment.tcv(), once: segment.at_net.once };
    };
    let base = match base {
        ChannelBase::CustomerNet => segment.net(),
        ChannelBase::List => segment.list.price,
    };
    let price = deal.book.rounding.round(base - rate.of(base), metric.places);
    let (charges, stub): (Charges, Money) = charges_at(deal.book, metric, segment, price);
    NetCharges { tcv: charges.over(segment.length, stub), once: charges.once }
}
