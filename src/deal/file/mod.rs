//! Deal files.

mod shape;

use super::draft::{DiscountOverride, Draft, DraftLine, DraftPartner, DraftProgram, DraftYear};
use super::{
    AgreedPrice, Record, alternative, clause, own_cost, parse_flags, service, value_claim,
};
use crate::number::Years;
use crate::table::{Section, TomlReader};
use crate::text::diagnostic::{Code, Diagnostic};
use crate::text::source::{Place, Source, Written};
pub use shape::DEAL as SHAPE;
use std::sync::Arc;

/// Reads a deal file. What is wrong with it stays in the draft until it is resolved, so that all
/// of it is told together with what the book has to say.
pub fn read(source: &Arc<Source>) -> Draft {
    let (draft, faults) = TomlReader::read_partial(source, &SHAPE, |top| {
        let mut draft = Draft::new(top.place());
        draft.record = Record::read(top);
        draft.date = top.date("date");
        draft.term = top
            .whole("term_years")
            .and_then(|term| Some(Written::new(Years::new(term.value.into())?, term.place)));
        draft.currency = top.text("currency");
        draft.start = top.date("start");
        draft.first_year = top.date("first_year");
        draft.co_term_end = top.date("co_term_end");
        draft.prepay = top.text("prepay");
        draft.payment = top.text("payment");
        draft.billing = top.text("billing");
        draft.lines = top.tables("line").into_iter().map(line).collect();
        draft.discount_overrides = discount_overrides(top);
        draft.programs = top.tables("strategic").into_iter().filter_map(program).collect();
        draft.partner = top.table("channel").and_then(partner);
        draft.horizon = top.whole("horizon_years");
        draft.services = service::read(top);
        draft.clauses = clause::read(top);
        draft.alternatives = alternative::read(top);
        draft.own_costs = own_cost::read(top);
        draft.value_claims = value_claim::read(top);
        Some(draft)
    });
    let unread = || Draft::new(Place::new(Arc::clone(source), 0..0));
    Draft { faults, ..draft.unwrap_or_else(unread) }
}

fn line(table: Section<'_>) -> DraftLine {
    let draft = DraftLine {
        place: table.place(),
        metric: table.text("metric"),
        quantity: table.quantity("quantity"),
        committed: table.quantity("committed"),
        agreed: agreed(table),
        fee: table.money("fee"),
        names_fee: !table.is_missing("fee"),
        edition: table.text("edition"),
        hosts: table.whole("hosts"),
        years: table.tables("year").into_iter().map(year).collect(),
        error_reported: true,
    };
    let ramp = table.key_place("year");
    let mut flat = ["quantity", "unit_price", "discount", "fee"].iter();
    let flat = flat.find_map(|key| table.key_place(key));
    match (ramp, flat) {
        (Some(ramp), Some(flat)) => table.fault(
            Diagnostic::new(Code::Conflict, flat, "a ramp has its figures year by year")
                .hint("take this key out, or the years")
                .related(ramp, "the ramp"),
        ),
        (None, _) if table.is_missing("quantity") && !table.is_misspelled("year") => table.fault(
            Diagnostic::new(Code::MissingKey, table.place(), "a line needs `quantity`")
                .hint("say how many, or for a ramp add one [[line.year]] a year"),
        ),
        (Some(ramp), None) if table.is_empty_list("year") == Some(true) => table.fault(
            Diagnostic::new(Code::Empty, ramp, "a ramp needs its years")
                .hint("add one [[line.year]] a year, or give the line its `quantity`"),
        ),
        _ => {}
    }
    draft
}

/// A price or a discount, and not both.
fn agreed(table: Section<'_>) -> Option<Written<AgreedPrice>> {
    let price = table.money("unit_price");
    let discount = table.rate("discount");
    if let (Some(price), Some(discount)) =
        (table.key_place("unit_price"), table.key_place("discount"))
    {
        let message = "a line is agreed at a unit price or at a discount, not both";
        table.report_conflict(message, price, "the price", discount);
    }
    let price = price.map(|it| Written::new(AgreedPrice::UnitPrice(it.value), it.place));
    price.or_else(|| discount.map(|it| Written::new(AgreedPrice::Discount(it.value), it.place)))
}

fn year(table: Section<'_>) -> DraftYear {
    DraftYear { place: table.place(), quantity: table.quantity("quantity"), agreed: agreed(table) }
}

fn discount_overrides(top: Section<'_>) -> Vec<(Written<String>, DiscountOverride)> {
    let entries = top.named_rates("discount").into_iter().filter_map(|(name, literal)| {
        let take = top.report(parse_flags::parse_override(&literal.value, &literal.place))?;
        Some((name, take))
    });
    entries.collect()
}

fn program(table: Section<'_>) -> Option<DraftProgram> {
    let rate = table.rate("rate");
    Some(DraftProgram {
        program: table.text("program")?,
        error_reported: rate.is_none() && !table.is_missing("rate"),
        rate,
        reason: table.text("reason"),
        duties: table.texts("duties"),
        count: table.whole("count").map(|count| count.value),
    })
}

fn partner(table: Section<'_>) -> Option<DraftPartner> {
    let (rate, revenue) = (table.rate("rate"), table.money("revenue"));
    let unread = |key: &str, read: bool| !read && !table.is_missing(key);
    Some(DraftPartner {
        channel: table.text("name")?,
        name: table.text("partner"),
        error_reported: unread("rate", rate.is_some()) || unread("revenue", revenue.is_some()),
        rate,
        revenue,
    })
}
