//! The deal as its partner sees it.

use crate::document::json::{Json, object};
use crate::number::{Currency, Money, Share};
use crate::price::{PartnerDeal, Resale, ResoldSegment, RevenueSplit};
use crate::quote::Quote;

pub(super) fn channel(quote: &Quote<'_, '_>) -> Option<Json> {
    let partner = quote.deal.partner.as_ref()?;
    let currency = &quote.deal.book.currency;
    let terms = match quote.partner.as_ref()? {
        PartnerDeal::Resale(it) => resale(currency, it),
        PartnerDeal::RevenueSplit(it) => revenue_split(currency, it),
    };
    Some(object! {
        name: &partner.channel.name,
        partner: partner.name.as_deref(),
        basis: partner.basis.as_deref(),
        ..terms,
        source: &partner.channel.rule.source,
    })
}

/// Prices and totals of both sides; `kept` is the difference between them, and `partner` is our net.
fn resale(currency: &Currency, resale: &Resale) -> Json {
    let plain = |amount| currency.plain(amount);
    let (customer, partner, kept) = (resale.customer, resale.partner, resale.partner_margin());
    let lines = (1..).zip(&resale.lines).flat_map(|(number, segments)| {
        let mut first_year = 1;
        segments.iter().map(move |segment| {
            let line = resold_line(currency, number, first_year, segment);
            first_year += segment.length.years();
            line
        })
    });
    object! {
        rate: resale.rate,
        base: resale.base.name(),
        lines: Json::list(lines),
        totals: object! {
            customer_arr: plain(customer.first_year),
            customer_tcv: plain(customer.tcv),
            partner_arr: plain(partner.first_year),
            partner_tcv: plain(partner.tcv),
            kept_arr: plain(kept.first_year),
            kept_tcv: plain(kept.tcv),
            margin: Share::off(customer.tcv, partner.tcv),
        },
    }
}

/// Years of a line that have one price. `line` counts from 1, as in `lines` of the quote.
fn resold_line(currency: &Currency, line: u32, first_year: u32, segment: &ResoldSegment) -> Json {
    let plain = |amount| currency.plain(amount);
    let once = segment.charges.once;
    object! {
        line,
        first_year,
        years: segment.length.years(),
        customer_unit_price: plain(segment.price + segment.margin),
        partner_unit_price: plain(segment.price),
        unit_margin: plain(segment.margin),
        partner_one_time: (once != Money::ZERO).then(|| plain(once)),
        partner_stub: segment.length.part().map(|_| plain(segment.stub)),
        partner_annual: plain(segment.charges.annual),
        partner_tcv: plain(segment.tcv()),
        margin: segment.margin_share(),
    }
}

fn revenue_split(currency: &Currency, split: &RevenueSplit) -> Json {
    let plain = |amount| currency.plain(amount);
    let (kept, kept_tcv) = split.partner_margin();
    object! {
        share: split.share,
        revenue: plain(split.revenue),
        partner_annual: plain(split.ours),
        partner_tcv: plain(split.ours_tcv),
        kept_annual: plain(kept),
        kept_tcv: plain(kept_tcv),
        break_even_revenue: split.break_even.map(|(revenue, _)| plain(revenue)),
    }
}
