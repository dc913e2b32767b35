//! What a partner pays and keeps, beside what its customer pays.

use super::document::{Block, Cell, Row, Table, Tone};
use super::words::{describe, segments};
use crate::channel::{Flow, PartnerDeal, Resale, ResoldSegment, RevenueSplit};
use crate::deal::{Partner, PartnerTerms};
use crate::quote::Quote;
use crate::value::{Money, Share};

/// What stands in the head of a quote: "Reseller, 32% off the customer's net price".
pub(super) fn agreed(partner: &Partner<'_>) -> String {
    let title = partner.channel().title();
    match partner.terms() {
        PartnerTerms::Discount { rate, base } => format!("{title}, {rate} off {}", base.title()),
        PartnerTerms::RevenueShare { share, .. } => {
            format!("{title}, {share} of the partner's revenue is ours")
        }
    }
}

/// The parts about the partner, if there is one.
pub(super) fn part(quote: &Quote<'_, '_>, explained: bool, blocks: &mut Vec<Block>) {
    let (Some(partner), Some(found)) = (quote.deal.partner(), &quote.partner) else { return };
    let title = partner.channel().title();
    let name = partner.name().map_or_else(|| title.to_owned(), |name| format!("{title} {name}"));
    let source = format!("{}  [{}]", sentence(partner), partner.channel().source());
    let heading = |text: String| Block::Heading(text, Tone::Plain);
    match found {
        PartnerDeal::Resale(resale) => {
            blocks.push(heading(format!("{name}: one by one")));
            blocks.push(Block::Table(prices(quote, resale)));
            let arithmetic = if explained { arithmetic(quote, resale) } else { Vec::new() };
            blocks.push(Block::Lines(std::iter::once(source).chain(arithmetic).collect()));
            blocks.push(heading(format!("{name}: all lines")));
            blocks.push(Block::Table(flows(quote, resale)));
        }
        PartnerDeal::RevenueSplit(split) => {
            blocks.push(heading(format!("{name}: share of revenue")));
            blocks.push(Block::Table(split_flows(quote, split)));
            blocks.push(Block::Lines(
                std::iter::once(source).chain(break_even(quote, split)).collect(),
            ));
        }
    }
}

/// What the partner pays, as a sentence.
fn sentence(partner: &Partner<'_>) -> String {
    match partner.terms() {
        PartnerTerms::Discount { rate, base } => {
            format!("The partner pays {rate} less than {}.", base.title())
        }
        PartnerTerms::RevenueShare { share, .. } => {
            format!("The partner pays {share} of what it takes from its own customers.")
        }
    }
}

fn table(header: &[&str]) -> Table {
    Table { header: header.iter().map(|&name| name.to_owned()).collect(), rows: Vec::new() }
}

/// What one unit, package or line costs whom.
fn prices(quote: &Quote<'_, '_>, resale: &Resale) -> Table {
    let mut table =
        table(&["Price of one", "Customer pays", "Partner pays", "Partner keeps", "Share"]);
    let show = |amount: Money| Cell::number(quote.deal.book().currency().show(amount));
    let resold = resale.lines.iter().flatten();
    for ((line, segment, priced, years), resold) in segments(quote).into_iter().zip(resold) {
        table.rows.push(Row {
            cells: vec![
                Cell::text(describe(line, segment, priced, &years)),
                show(priced.net()),
                show(resold.price),
                show(resold.margin),
                Cell::number(resold.kept_share().to_string()),
            ],
        });
    }
    table
}

/// How the partner's price of each line comes about.
fn arithmetic(quote: &Quote<'_, '_>, resale: &Resale) -> Vec<String> {
    let book = quote.deal.book();
    let show = |amount: Money| book.currency().show(amount);
    let rounded = |resold: &ResoldSegment, places: u32| {
        let rounding = format!(", to {places} decimal places, {}: ", book.rounding);
        let price = show(resold.price);
        if resold.price == resold.exact { String::new() } else { rounding + &price }
    };
    let resold = resale.lines.iter().flatten();
    let parts = segments(quote).into_iter().zip(resold);
    let lines = parts.map(|((line, segment, priced, years), resold)| {
        format!(
            "{}: {} - {} of {} = {}{}",
            describe(line, segment, priced, &years),
            show(resold.base),
            resale.rate,
            show(resold.base),
            show(resold.exact),
            rounded(resold, line.metric.places)
        )
    });
    lines.collect()
}

/// What flows between customer, partner and us.
fn flows(quote: &Quote<'_, '_>, resale: &Resale) -> Table {
    let totals = &quote.pricing.totals;
    let (ramp, once) = (totals.exit_arr.is_some(), !totals.once.is_zero());
    let mut table = table(&["All lines", if ramp { "First year" } else { "A year" }]);
    table.header.extend(once.then(|| "Once".to_owned()));
    table.header.extend(["Contract", "Share", "Off list"].map(str::to_owned));
    let show = |amount: Money| Cell::number(quote.deal.book().currency().show(amount));
    // What lies below a total by all but a part is that part of it.
    let part = |flow: Flow| {
        let rest = resale.customer.tcv - flow.tcv;
        Cell::number(Share::off(resale.customer.tcv, rest).to_string())
    };
    let off_list = |flow: Flow| Share::off(totals.list_tcv, flow.tcv).to_string();
    let row = |name: &str, flow: Flow, off_list: String| {
        let mut cells = vec![Cell::text(name), show(flow.first_year)];
        cells.extend(once.then(|| show(flow.once)));
        cells.extend([show(flow.tcv), part(flow), Cell::number(off_list)]);
        Row { cells }
    };
    table.rows = vec![
        row("Customer pays", resale.customer, off_list(resale.customer)),
        row("Partner pays us: our net", resale.partner, off_list(resale.partner)),
        row("Partner keeps", resale.kept(), String::new()),
    ];
    table
}

fn split_flows(quote: &Quote<'_, '_>, split: &RevenueSplit) -> Table {
    let mut table = table(&["All lines", "A year", "Contract", "Share"]);
    let show = |amount: Money| quote.deal.book().currency().show(amount);
    let row = |name: &str, year: String, contract: Money, share: String| Row {
        cells: vec![
            Cell::text(name),
            Cell::number(year),
            Cell::number(show(contract)),
            Cell::number(share),
        ],
    };
    let yearly = |name: &str, year: Money, share: String| {
        row(name, show(year), year * quote.deal.term(), share)
    };
    let totals = &quote.pricing.totals;
    let every_year_alike = totals.exit_arr.is_none() && totals.once.is_zero();
    let year = if every_year_alike { show(totals.arr) } else { String::new() };
    table.rows = vec![
        yearly("The partner's revenue", split.revenue, String::new()),
        yearly("Partner pays us: our share", split.ours, split.share.to_string()),
        yearly("Partner keeps", split.kept, split.share.rest().to_string()),
        row("In place of the price of the lines", year, totals.tcv, String::new()),
    ];
    table
}

/// The revenue at which it makes no difference to the partner what it pays.
fn break_even(quote: &Quote<'_, '_>, split: &RevenueSplit) -> Vec<String> {
    let show = |amount: Money| quote.deal.book().currency().show(amount);
    let Some((revenue, exact)) = split.break_even else { return Vec::new() };
    let tcv = show(quote.pricing.totals.tcv);
    let rounded = if exact { "" } else { ", rounded half up" };
    let (share, term) = (split.share, quote.deal.term());
    vec![
        format!("Break-even: {tcv} / {share} / {term} = {} a year{rounded}.", show(revenue)),
        "With less revenue than that, the share costs the partner less than the lines would."
            .to_owned(),
    ]
}
