//! The partner's payments and margin, beside the payments of its customer.

use super::explain::in_coins;
use super::words::{QuotedSegment, money, segments};
use crate::book::{PriceBasis, PricePeriod};
use crate::deal::{Line, Partner, PartnerTerms};
use crate::document::{Block, Cell, Table, TableRow};
use crate::number::{Money, Share};
use crate::price::{
    CashFlow, Charges, PartnerDeal, PricedSegment, Resale, ResoldSegment, RevenueSplit,
};
use crate::quote::{Quote, all_lines};

/// Returns the fact for the head of a quote: "Reseller, 32% off the customer's net price".
pub(crate) fn agreed(partner: &Partner<'_>) -> String {
    let title = &partner.channel.title;
    match partner.terms {
        PartnerTerms::Discount { rate, base } => format!("{title}, {rate} off {}", base.title()),
        PartnerTerms::RevenueShare { share, .. } => {
            format!("{title}, our share is {share} of the partner's revenue")
        }
    }
}

pub(super) fn part(quote: &Quote<'_, '_>, explained: bool, blocks: &mut Vec<Block>) {
    let (Some(partner), Some(found)) = (&quote.deal.partner, &quote.partner) else { return };
    let title = &partner.channel.title;
    let name = partner.name.as_ref();
    let name = name.map_or_else(|| title.clone(), |name| format!("{title} {name}"));
    let source = &partner.channel.rule.source;
    let mut lines = vec![match partner.terms {
        PartnerTerms::Discount { rate, base } => {
            format!("The partner pays {rate} less than {}.  [{source}]", base.title())
        }
        PartnerTerms::RevenueShare { share, .. } => {
            format!("The partner pays {share} of its revenue from its own customers.  [{source}]")
        }
    }];
    match found {
        PartnerDeal::Resale(resale) => {
            if explained {
                lines.extend(arithmetic(quote, resale));
            }
            blocks.push(Block::heading(format!("{name}: unit prices")));
            blocks.extend([Block::Table(prices(quote, resale)), Block::Lines(lines)]);
            blocks.push(Block::heading(format!("{name}: all lines")));
            blocks.push(Block::Table(flows(quote, resale)));
            let charged = quote.pricing.services_price();
            if !charged.is_zero() {
                blocks.push(Block::Lines(vec![format!(
                    "Services of {} are added without a discount for the partner.",
                    quote.show(charged)
                )]));
            }
        }
        PartnerDeal::RevenueSplit(split) => {
            lines
                .extend(partner.basis.iter().map(|basis| format!("The revenue is from: {basis}.")));
            lines.extend(break_even(quote, split));
            blocks.push(Block::heading(format!("{name}: share of revenue")));
            blocks.extend([Block::Table(split_flows(quote, split)), Block::Lines(lines)]);
        }
    }
}

fn prices(quote: &Quote<'_, '_>, resale: &Resale) -> Table {
    let show = |amount| money(quote, amount);
    let what = |segment: &QuotedSegment<'_, '_>| {
        let what = segment.describe(quote);
        match segment.priced.list.basis {
            PriceBasis::Unit => what,
            PriceBasis::Package(size) => format!("{what}, a package of {size}"),
            PriceBasis::Line => format!("{what}, the whole line"),
        }
    };
    Table::of_items(
        segments(quote).zip(resale.lines.iter().flatten()),
        &[
            ("Price of", &|(segment, _)| Cell::text(what(segment))),
            ("Customer pays", &|(segment, _)| show(segment.priced.net())),
            ("Partner pays", &|(_, resold)| show(resold.price)),
            ("Partner keeps", &|(_, resold)| show(resold.margin)),
            ("Share", &|(_, resold)| Cell::share(resold.margin_share())),
        ],
    )
}

fn arithmetic(quote: &Quote<'_, '_>, resale: &Resale) -> impl Iterator<Item = String> {
    let resold = resale.lines.iter().flatten();
    segments(quote).zip(resold).flat_map(|(segment, resold)| {
        let what = segment.describe(quote);
        let price = price(quote, resale, segment.line, resold);
        let paid = paid(quote, segment.line, segment.priced, resold);
        [format!("{what}: {price}"), format!("{what}: {paid}")]
    })
}

/// "$201.88 - 40% of $201.88 = $121.128, to 2 decimal places, half up: $121.13".
fn price(
    quote: &Quote<'_, '_>,
    resale: &Resale,
    line: &Line<'_>,
    resold: &ResoldSegment,
) -> String {
    let book = quote.deal.book();
    let show = |amount| quote.show(amount);
    let places = line.metric.places;
    let rounded = if resold.price == resold.exact {
        String::new()
    } else {
        format!(", to {places} decimal places, {}: {}", book.rounding, show(resold.price))
    };
    let base = show(resold.base);
    format!("{base} - {} of {base} = {}{rounded}", resale.rate, show(resold.exact))
}

/// "300 × $121.13 = $36,339.00 a year, $109,017.00 over 3 years".
fn paid(
    quote: &Quote<'_, '_>,
    line: &Line<'_>,
    priced: &PricedSegment<'_>,
    resold: &ResoldSegment,
) -> String {
    let list = &priced.list;
    let show = |amount| quote.show(amount);
    let Charges { once, annual } = resold.charges;
    let of = |price: Money, often: &str| match list.basis {
        PriceBasis::Line if often.is_empty() => String::new(),
        PriceBasis::Line => format!("{}{often} = ", show(price)),
        PriceBasis::Unit | PriceBasis::Package(_) => {
            format!("{} × {}{often} = ", list.times.grouped(), show(price))
        }
    };
    let often = line.metric.price_period.factor();
    let times = line.metric.price_period.times_per_year();
    // Lines that count together share what all of them pay.
    let charged = |exact: Money, charge: Money| match &priced.segment.pool {
        Some(_) if exact != charge => {
            format!("{}; its share{}: {}", show(exact), all_lines(quote.deal), show(charge))
        }
        _ => in_coins(quote, exact, charge, None),
    };
    let year = if let PricePeriod::Once { maintenance } = line.metric.price_period {
        let license = charged(resold.price * list.times, once);
        let yearly = charged(maintenance.of(once), annual);
        let (license, once) = (format!("{}{license}", of(resold.price, "")), show(once));
        format!("{license} once and {maintenance} of {once} = {yearly} per year")
    } else {
        let yearly = charged(resold.price * list.times * times, annual);
        format!("{}{yearly} per year", of(resold.price, &often))
    };
    format!("{year}, {} over {}", show(resold.tcv()), resold.length)
}

fn flows(quote: &Quote<'_, '_>, resale: &Resale) -> Table {
    let is_ramp = quote.pricing.totals.exit_arr.is_some();
    let show = |amount| money(quote, amount);
    let off_list = |flow: CashFlow| Cell::share(Share::off(resale.list_tcv, flow.tcv));
    let part = |flow: CashFlow| {
        // A flow lies below the customer's by all but its part of that.
        Cell::share(Share::off(resale.customer.tcv, resale.customer.tcv - flow.tcv))
    };
    let table = Table::of_items(
        [
            ("Customer pays", resale.customer, off_list(resale.customer)),
            ("Partner pays us: our net", resale.partner, off_list(resale.partner)),
            ("Partner keeps", resale.partner_margin(), Cell::default()),
        ],
        &[
            ("All lines", &|(name, ..)| Cell::text(*name)),
            (if is_ramp { "First year" } else { "Per year" }, &|it| show(it.1.first_year)),
            ("Once", &|(_, flow, _)| show(flow.once)),
            ("Contract", &|(_, flow, _)| show(flow.tcv)),
            ("Share", &|(_, flow, _)| part(*flow)),
            ("Off list", &|(.., off_list)| off_list.clone()),
        ],
    );
    table.column_if("Once", !resale.customer.once.is_zero())
}

fn split_flows(quote: &Quote<'_, '_>, split: &RevenueSplit) -> Table {
    let show = |amount| money(quote, amount);
    let row = |name: &str, year: Cell, contract: Money, share: Cell| {
        TableRow::new([Cell::text(name), year, show(contract), share])
    };
    let totals = &quote.pricing.totals;
    let (kept, kept_tcv) = split.partner_margin();
    let our_share = Cell::rate(split.share);
    let every_year_alike =
        totals.exit_arr.is_none() && totals.arr * quote.deal.length().years() == split.lines_tcv;
    let year = if every_year_alike { show(totals.arr) } else { Cell::default() };
    let rows = [
        row("The partner's revenue", show(split.revenue), split.revenue_tcv, Cell::default()),
        row("Partner pays us: our share", show(split.ours), split.ours_tcv, our_share),
        row("Partner keeps", show(kept), kept_tcv, Cell::rate(split.share.complement())),
        row("Replaces the price of the lines", year, split.lines_tcv, Cell::default()),
    ];
    Table::new(["All lines", "Per year", "Contract", "Share"], rows)
}

/// The revenue at which it makes no difference to the partner what it pays.
fn break_even(quote: &Quote<'_, '_>, split: &RevenueSplit) -> Vec<String> {
    let show = |amount| quote.show(amount);
    let Some((revenue, exact)) = split.break_even else { return Vec::new() };
    let tcv = show(split.lines_tcv);
    let rounded = if exact { "" } else { ", rounded half up" };
    let (share, length) = (split.share, quote.deal.length());
    vec![
        format!("Break-even: {tcv} / {share} / {length} = {} per year{rounded}.", show(revenue)),
        "With less revenue, the partner pays less by share than by the prices of the lines."
            .to_owned(),
    ]
}
