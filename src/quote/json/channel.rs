//! The deal as its partner sees it.

use crate::deal::Partner;
use crate::number::{Currency, Money, Share};
use crate::quote::Quote;
use crate::quote::channel::{PartnerDeal, Resale, ResoldSegment, RevenueSplit};
use crate::text::source::Place;
use serde::Serialize;

#[derive(Serialize)]
pub(crate) struct ChannelJson<'a> {
    name: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    partner: Option<&'a str>,
    #[serde(flatten)]
    terms: ChannelTermsJson,
    source: &'a Place,
}

#[derive(Serialize)]
#[serde(untagged)]
enum ChannelTermsJson {
    Resale {
        rate: String,
        base: &'static str,
        lines: Vec<ResoldLineJson>,
        totals: ChannelTotalsJson,
    },
    RevenueSplit {
        share: String,
        revenue: String,
        /// Payment of the partner, per year and over the contract.
        partner_annual: String,
        partner_tcv: String,
        kept_annual: String,
        kept_tcv: String,
        /// The revenue a year at which that is the price of the lines.
        #[serde(skip_serializing_if = "Option::is_none")]
        break_even_revenue: Option<String>,
    },
}

/// Years of a line that are alike.
#[derive(Serialize)]
struct ResoldLineJson {
    /// From 1, as they stand in `lines`.
    line: usize,
    first_year: u32,
    years: u32,
    customer_unit_price: String,
    partner_unit_price: String,
    unit_margin: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    partner_one_time: Option<String>,
    /// For the part of a year before the first whole one.
    #[serde(skip_serializing_if = "Option::is_none")]
    partner_stub: Option<String>,
    partner_annual: String,
    partner_tcv: String,
    margin: String,
}

/// Both sides, and what is between them. `partner` is our net.
#[derive(Serialize)]
struct ChannelTotalsJson {
    customer_arr: String,
    customer_tcv: String,
    partner_arr: String,
    partner_tcv: String,
    kept_arr: String,
    kept_tcv: String,
    /// The share of the contract that the partner keeps.
    margin: String,
}

impl<'a> ChannelJson<'a> {
    pub(crate) fn of(quote: &'a Quote<'_, '_>) -> Option<Self> {
        let partner: &Partner<'_> = quote.deal.partner()?;
        let currency = quote.deal.book().currency();
        let terms = match quote.partner.as_ref()? {
            PartnerDeal::Resale(resale) => ChannelTermsJson::resale(currency, resale),
            PartnerDeal::RevenueSplit(split) => ChannelTermsJson::revenue_split(currency, split),
        };
        Some(Self {
            name: partner.channel().name(),
            partner: partner.name(),
            terms,
            source: partner.channel().source(),
        })
    }
}

impl ChannelTermsJson {
    fn resale(currency: &Currency, resale: &Resale) -> Self {
        let plain = |amount| currency.plain(amount);
        let (customer, partner, kept) = (resale.customer, resale.partner, resale.partner_margin());
        let lines = resale.lines.iter().enumerate().flat_map(|(at, segments)| {
            let mut first_year = 1;
            segments.iter().map(move |segment| {
                let wire = ResoldLineJson::of(currency, at + 1, first_year, segment);
                first_year += segment.length.years();
                wire
            })
        });
        Self::Resale {
            rate: resale.rate.plain(),
            base: resale.base.name(),
            lines: lines.collect(),
            totals: ChannelTotalsJson {
                customer_arr: plain(customer.first_year),
                customer_tcv: plain(customer.tcv),
                partner_arr: plain(partner.first_year),
                partner_tcv: plain(partner.tcv),
                kept_arr: plain(kept.first_year),
                kept_tcv: plain(kept.tcv),
                margin: Share::off(customer.tcv, partner.tcv).plain(),
            },
        }
    }

    fn revenue_split(currency: &Currency, split: &RevenueSplit) -> Self {
        let plain = |amount| currency.plain(amount);
        let (kept, kept_tcv) = split.partner_margin();
        Self::RevenueSplit {
            share: split.share.plain(),
            revenue: plain(split.revenue),
            partner_annual: plain(split.ours),
            partner_tcv: plain(split.ours_tcv),
            kept_annual: plain(kept),
            kept_tcv: plain(kept_tcv),
            break_even_revenue: split.break_even.map(|(revenue, _)| plain(revenue)),
        }
    }
}

impl ResoldLineJson {
    fn of(currency: &Currency, line: usize, first_year: u32, segment: &ResoldSegment) -> Self {
        let plain = |amount| currency.plain(amount);
        let once = segment.charges.once;
        Self {
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
            margin: segment.margin_share().plain(),
        }
    }
}
