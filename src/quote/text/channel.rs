//! The partner's payments and margin, beside the payments of its customer.

use super::explain::in_coins;
use super::words::{QuotedSegment, money, segments};
use crate::book::{Incentive, Metric, PriceBasis, PricePeriod};
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
        PartnerTerms::Discount { base, .. } => {
            format!("{title}, {} off {}", partner.rates_in_words(), base.title())
        }
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
    let mut lines = match partner.terms {
        PartnerTerms::Discount { base, .. } => rates(quote, partner, base.title()),
        PartnerTerms::RevenueShare { share, .. } => {
            vec![format!(
                "The partner pays {share} of its revenue from its own customers.  [{source}]"
            )]
        }
    };
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

/// Says how much less the partner pays than a price, by metric where the book fixes rates or incentives add to them, and
/// lists the rebates.
fn rates(quote: &Quote<'_, '_>, partner: &Partner<'_>, base: &str) -> Vec<String> {
    let is_sold =
        |metric: &&Metric| quote.deal.lines.iter().any(|line| line.metric.name() == metric.name());
    let metrics: Vec<_> = quote.deal.book.metrics().iter().filter(is_sold).collect();
    let of_metric = |metric: &&Metric| {
        let (own, rule) = partner.own_rate(metric);
        let source = &rule.source;
        let named = partner.level.map(|level| format!("{level} ")).unwrap_or_default();
        let points = partner.points_for(metric);
        let points = points.map(|it| format!(" + {} {} [{}]", it.title, it.rate, it.rule.source));
        let points = points.collect::<Vec<_>>().concat();
        let (title, rate) = (&metric.title, partner.rate_for(metric));
        format!(
            "{title}: the partner pays {rate} less than {base}: {named}{own} [{source}]{points}"
        )
    };
    let mut lines = match partner.terms {
        PartnerTerms::Discount { agreed: Some(rate), .. }
            if metrics.iter().all(|metric| partner.points_for(metric).next().is_none()) =>
        {
            let source = &partner.channel.rule.source;
            vec![format!("The partner pays {rate} less than {base}.  [{source}]")]
        }
        _ => metrics.iter().map(of_metric).collect(),
    };
    lines.extend(partner.incentives().filter_map(|it| {
        let (title, rate, source) = (&it.title, it.rate, &it.rule.source);
        let paid = it.paid.as_ref()?;
        let of: Vec<_> = metrics.iter().filter(|metric| it.scope.has_metric(metric)).collect();
        let of: Vec<_> = of.into_iter().map(|metric| metric.title.as_str()).collect();
        let of = of.join(", ");
        Some(format!("{title}: {rate} of the invoices for {of}, paid {paid}.  [{source}]"))
    }));
    lines
}

fn prices(quote: &Quote<'_, '_>, resale: &Resale<'_>) -> Table {
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

fn arithmetic(quote: &Quote<'_, '_>, resale: &Resale<'_>) -> impl Iterator<Item = String> {
    let resold = resale.lines.iter().flatten();
    segments(quote).zip(resold).flat_map(|(segment, resold)| {
        let what = segment.describe(quote);
        let price = price(quote, segment.line, resold);
        let paid = paid(quote, segment.line, segment.priced, resold);
        [format!("{what}: {price}"), format!("{what}: {paid}")]
    })
}

/// "$201.88 - 40% of $201.88 = $121.128, to 2 decimal places, half up: $121.13".
fn price(quote: &Quote<'_, '_>, line: &Line<'_>, resold: &ResoldSegment) -> String {
    let book = quote.deal.book();
    let show = |amount| quote.show(amount);
    let places = line.metric.places;
    let rounded = if resold.price == resold.exact {
        String::new()
    } else {
        format!(", to {places} decimal places, {}: {}", book.rounding, show(resold.price))
    };
    let base = show(resold.base);
    format!("{base} - {} of {base} = {}{rounded}", resold.rate, show(resold.exact))
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

fn flows(quote: &Quote<'_, '_>, resale: &Resale<'_>) -> Table {
    let is_ramp = quote.pricing.totals.exit_arr.is_some();
    let show = |amount| money(quote, amount);
    let off_list = |flow: CashFlow| Cell::share(Share::off(resale.list_tcv, flow.tcv));
    let part = |flow: CashFlow| {
        // A flow lies below the customer's by all but its part of that.
        Cell::share(Share::off(resale.customer.tcv, resale.customer.tcv - flow.tcv))
    };
    let (customer, partner) = (resale.customer, resale.partner);
    let mut rows = vec![("Customer pays".to_owned(), customer, off_list(customer))];
    if resale.rebates.is_empty() {
        rows.push(("Partner pays us: our net".to_owned(), partner, off_list(partner)));
    } else {
        rows.push(("Partner is invoiced".to_owned(), partner, off_list(partner)));
        let less = |(rebate, flow): &(&Incentive, CashFlow)| {
            (format!("Less {}", rebate.title), *flow, Cell::default())
        };
        rows.extend(resale.rebates.iter().map(less));
        rows.push(("Pocket price: our net".to_owned(), resale.ours, off_list(resale.ours)));
    }
    rows.push(("Partner keeps".to_owned(), resale.partner_margin(), Cell::default()));
    let table = Table::of_items(
        rows,
        &[
            ("All lines", &|(name, ..)| Cell::text(name)),
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
