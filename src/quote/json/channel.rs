//! The deal as its partner sees it.

use crate::book::{Incentive, PartnerSale};
use crate::deal::{Partner, PartnerTerms};
use crate::document::json::{Json, object};
use crate::number::{Currency, Money, Share};
use crate::price::{CashFlow, PartnerDeal, Resale, ResoldSegment, RevenueSplit};
use crate::quote::Quote;

pub(super) fn channel(quote: &Quote<'_, '_>) -> Option<Json> {
    let partner = quote.deal.partner.as_ref()?;
    let currency = &quote.deal.book.currency;
    let terms = match quote.partner.as_ref()? {
        PartnerDeal::Resale(it) => resale(currency, partner, it),
        PartnerDeal::RevenueSplit(it) => revenue_split(currency, it),
    };
    Some(object! {
        name: &partner.channel.name,
        partner: partner.name.as_deref(),
        basis: partner.basis.as_deref(),
        level: partner.level,
        sale: Some(partner.sale).filter(|it| *it != PartnerSale::default()).map(PartnerSale::name),
        ..terms,
        source: &partner.channel.rule.source,
    })
}

/// Prices and totals of both sides: `partner` is what the partner is invoiced, and `our_net` what rebates leave of it, where
/// there are any; `kept` is the difference between the customer's payments and our net. Each line has a rate of its own
/// where the book fixes rates or the partner has incentives.
fn resale(currency: &Currency, partner: &Partner<'_>, resale: &Resale<'_>) -> Json {
    let plain = |amount| currency.plain(amount);
    let (customer, invoiced, kept) = (resale.customer, resale.partner, resale.partner_margin());
    let agreed = match partner.terms {
        PartnerTerms::Discount { agreed, .. } => agreed,
        PartnerTerms::RevenueShare { .. } => None,
    };
    let is_by_line = agreed.is_none() || partner.incentives().next().is_some();
    let net = Some(resale.ours).filter(|_| !resale.rebates.is_empty());
    let points = partner.incentives().filter(|it| !it.is_rebate()).map(|it| incentive(it, None));
    let rebates = resale.rebates.iter().map(|(it, flow)| incentive(it, Some((currency, *flow))));
    let lines = (1..).zip(&resale.lines).flat_map(|(number, segments)| {
        let mut first_year = 1;
        segments.iter().map(move |segment| {
            let line = resold_line(currency, (number, first_year), segment, is_by_line);
            first_year += segment.length.years();
            line
        })
    });
    object! {
        rate: agreed,
        incentives: Json::list_if_any(points.chain(rebates)),
        base: resale.base.name(),
        lines: Json::list(lines),
        totals: object! {
            customer_arr: plain(customer.first_year),
            customer_tcv: plain(customer.tcv),
            partner_arr: plain(invoiced.first_year),
            partner_tcv: plain(invoiced.tcv),
            our_net_arr: net.map(|it| plain(it.first_year)),
            our_net_tcv: net.map(|it| plain(it.tcv)),
            kept_arr: plain(kept.first_year),
            kept_tcv: plain(kept.tcv),
            margin: Share::off(customer.tcv, resale.ours.tcv),
        },
    }
}

/// Reward of the partner; of a rebate with what is paid back, in the first year, once and over the contract.
fn incentive(incentive: &Incentive, rebate: Option<(&Currency, CashFlow)>) -> Json {
    let plain = |amount: &dyn Fn(CashFlow) -> Money| {
        rebate.map(|(currency, flow)| currency.plain(amount(flow)))
    };
    object! {
        name: &incentive.name,
        title: &incentive.title,
        rate: incentive.rate,
        paid: incentive.paid.as_deref(),
        arr: plain(&|flow| flow.first_year),
        one_time: plain(&|flow| flow.once),
        tcv: plain(&|flow| flow.tcv),
        source: &incentive.rule.source,
    }
}

/// Years of a line that have one price. `line` counts from 1, as in `lines` of the quote.
fn resold_line(
    currency: &Currency,
    (line, first_year): (u32, u32),
    segment: &ResoldSegment,
    is_by_line: bool,
) -> Json {
    let plain = |amount| currency.plain(amount);
    let once = segment.charges.once;
    object! {
        line,
        first_year,
        years: segment.length.years(),
        rate: is_by_line.then_some(segment.rate),
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
