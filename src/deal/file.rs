//! Deal files.

use super::draft::{Draft, DraftLine, DraftPartner, DraftProgram, DraftYear, Take};
use super::{Agreed, Deal, clause, service};
use crate::diagnostic::{Code, Diagnostic};
use crate::reading::{self, Key, Kind, Reading, Section, Shape};
use crate::source::{Place, Source, Written};
use crate::value::Years;
use std::sync::Arc;

/// The keys of a deal file.
pub static SHAPE: Shape = Shape {
    what: "the deal",
    about: "A dealdesk deal: what one customer asks for.",
    keys: &[
        Key::optional("customer", Kind::Text, "Who buys."),
        Key::optional("segment", Kind::Text, "The customer's segment, for the record."),
        Key::optional(
            "opportunity",
            Kind::Text,
            "The opportunity's number in the CRM, for the record.",
        ),
        Key::optional("incumbent", Kind::Text, "Whose product is to be replaced, such as VMware."),
        Key::optional("notes", Kind::Text, "Anything that whoever approves should know."),
        Key::optional("date", Kind::Date, "The day of the quote; today, if it is left out."),
        Key::optional(
            "currency",
            Kind::Text,
            "The currency of the deal and of every amount in it: one of the book's, such as JPY. Its first, if it is left out.",
        ),
        Key::optional(
            "term_years",
            Kind::Whole(1, 30),
            "The commitment in years; 1, if it is left out.",
        ),
        Key::optional("start", Kind::Date, "The first day of the contract; invoices need it."),
        Key::optional(
            "first_year",
            Kind::Date,
            "The day on which the first whole year begins, where a part of a year comes before it.",
        ),
        Key::optional(
            "co_term_end",
            Kind::Date,
            "The last day of the contract that this one joins, in place of `term_years`.",
        ),
        Key::optional(
            "prepay",
            Kind::Text,
            "How the customer prepays: one of the ways that the book has.",
        ),
        Key::optional(
            "payment",
            Kind::Text,
            "How long the customer has to pay: one of the book's [payment.terms].",
        ),
        Key::optional(
            "billing",
            Kind::Text,
            "How the customer is billed: one of the book's [billing.ways].",
        ),
        Key::optional("line", Kind::Tables(&LINE), "What the customer buys, one table a line."),
        Key::optional(
            "discount",
            Kind::NamedRates(Take::WORDS),
            "How much to take of the book's discounts: \"auto\", \"none\", or a rate.",
        ),
        Key::optional(
            "strategic",
            Kind::TableOrTables(&PROGRAM),
            "The strategic program that is claimed.",
        ),
        Key::optional("channel", Kind::Table(&CHANNEL), "The partner that it is sold through."),
        Key::optional(
            "horizon_years",
            Kind::Whole(1, Deal::MAX_HORIZON),
            "The years for which a perpetual licence is compared with a subscription; the term, if it is left out.",
        ),
        Key::optional(
            "service",
            Kind::Tables(&service::SHAPE),
            "What comes with the contract at its value, one table a service.",
        ),
        Key::optional(
            "clause",
            Kind::Tables(&clause::SHAPE),
            "What the customer wants in the contract, one table a clause.",
        ),
    ],
};

static LINE: Shape = Shape {
    what: "a line",
    about: "One thing that the customer buys.",
    keys: &[
        Key::required("metric", Kind::Text, "What is counted: one of the book's metrics."),
        Key::optional("quantity", Kind::Quantity, "How many."),
        Key::optional(
            "committed",
            Kind::Quantity,
            "What is paid by the hour: how many, on average over each month, are paid for even if they are not used.",
        ),
        Key::optional(
            "unit_price",
            Kind::Money,
            "A price of a unit, or of a package, agreed in negotiation.",
        ),
        Key::optional(
            "discount",
            Kind::Rate,
            "A discount off list agreed in negotiation, in place of everything that the book gives.",
        ),
        Key::optional(
            "fee",
            Kind::Money,
            "What the whole line costs, where the book has a range of fixed fees for it.",
        ),
        Key::optional("edition", Kind::Text, "An edition, where the quantity should not decide."),
        Key::optional("hosts", Kind::Whole(1, 1_000_000), "The hosts that it runs on."),
        Key::optional(
            "year",
            Kind::Tables(&YEAR),
            "A ramp: one table a year, in place of `quantity`.",
        ),
    ],
};

static YEAR: Shape = Shape {
    what: "a year",
    about: "One year of a ramp.",
    keys: &[
        Key::required("quantity", Kind::Quantity, "How many in this year."),
        Key::optional(
            "unit_price",
            Kind::Money,
            "A unit price agreed in negotiation for this year.",
        ),
        Key::optional(
            "discount",
            Kind::Rate,
            "A discount off list agreed in negotiation for this year.",
        ),
    ],
};

static PROGRAM: Shape = Shape {
    what: "[strategic]",
    about: "A strategic program that the deal claims.",
    keys: &[
        Key::required("program", Kind::Text, "One of the book's programs."),
        Key::optional(
            "rate",
            Kind::Rate,
            "The rate asked for. Left out where negotiated unit prices imply it.",
        ),
        Key::optional("reason", Kind::Text, "Why the customer deserves it."),
        Key::optional("duties", Kind::Texts, "What the customer agreed to give for it."),
        Key::optional(
            "count",
            Kind::Whole(1, 1_000_000),
            "The so-manieth customer of the program, if that is known.",
        ),
    ],
};

static CHANNEL: Shape = Shape {
    what: "[channel]",
    about: "The partner that the deal is sold through.",
    keys: &[
        Key::required("name", Kind::Text, "One of the book's channels, such as reseller."),
        Key::optional("partner", Kind::Text, "What the partner is called."),
        Key::optional(
            "rate",
            Kind::Rate,
            "The rate that the partner gets off, where the channel has a range of rates.",
        ),
        Key::optional(
            "revenue",
            Kind::Money,
            "What the partner takes from its own customers in a year, where the channel has a share of it.",
        ),
    ],
};

/// Reads a deal file. What is wrong with it stays in the draft until it is resolved, so that all
/// of it is told together with what the book has to say.
#[must_use]
pub fn read(source: &Arc<Source>) -> Draft {
    let (draft, faults) = Reading::read_some(source, &SHAPE, |top| {
        let mut draft = Draft::new(top.place());
        draft.customer = top.text("customer");
        draft.segment = top.text("segment");
        draft.opportunity = top.text("opportunity");
        draft.incumbent = top.text("incumbent");
        draft.notes = top.text("notes");
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
        draft.takes = takes(top);
        draft.programs = top.tables("strategic").into_iter().filter_map(program).collect();
        draft.partner = top.table("channel").and_then(partner);
        draft.horizon = top.whole("horizon_years");
        draft.services = service::read(top);
        draft.clauses = clause::read(top);
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
        names_fee: !table.lacks("fee"),
        edition: table.text("edition"),
        hosts: table.whole("hosts"),
        years: table.tables("year").into_iter().map(year).collect(),
        told: true,
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
        (None, _) if table.lacks("quantity") && !table.misspells("year") => table.fault(
            Diagnostic::new(Code::MissingKey, table.place(), "a line needs `quantity`")
                .hint("say how many, or for a ramp add one [[line.year]] a year"),
        ),
        _ => {}
    }
    draft
}

/// A price or a discount, and not both.
fn agreed(table: Section<'_>) -> Option<Written<Agreed>> {
    let price = table.money("unit_price");
    let discount = table.rate("discount");
    if let (Some(price), Some(discount)) =
        (table.key_place("unit_price"), table.key_place("discount"))
    {
        let message = "a line is agreed at a unit price or at a discount, not both";
        table.fault(
            Diagnostic::new(Code::Conflict, discount, message)
                .related(price, "the price")
                .hint("take one of them out"),
        );
    }
    let price = price.map(|it| Written::new(Agreed::UnitPrice(it.value), it.place));
    price.or_else(|| discount.map(|it| Written::new(Agreed::Discount(it.value), it.place)))
}

fn year(table: Section<'_>) -> DraftYear {
    DraftYear { place: table.place(), quantity: table.quantity("quantity"), agreed: agreed(table) }
}

fn takes(top: Section<'_>) -> Vec<(Written<String>, Take)> {
    let entries = top.named_rates("discount").into_iter().filter_map(|(name, literal)| {
        let take = top.report(take(&literal.value, &literal.place))?;
        Some((name, take))
    });
    entries.collect()
}

/// "auto", "none" or a rate.
///
/// # Errors
/// Anything else.
pub(crate) fn take(text: &str, place: &Place) -> Result<Take, Diagnostic> {
    match text {
        "auto" => Ok(Take::Auto),
        "none" => Ok(Take::Nothing),
        word if !word.contains(|c: char| c.is_ascii_digit()) => {
            let message = format!("\"{word}\" is neither a rate nor a word for one");
            Err(Diagnostic::new(Code::BadNumber, place.clone(), message)
                .hint("write auto, none, or a rate such as 10%"))
        }
        rate => reading::rate(Written::new(rate, place.clone())).map(|rate| Take::Rate(rate.value)),
    }
}

fn program(table: Section<'_>) -> Option<DraftProgram> {
    let rate = table.rate("rate");
    Some(DraftProgram {
        program: table.text("program")?,
        told: rate.is_none() && !table.lacks("rate"),
        rate,
        reason: table.text("reason"),
        duties: table.texts("duties"),
        count: table.whole("count").map(|count| count.value),
    })
}

fn partner(table: Section<'_>) -> Option<DraftPartner> {
    let (rate, revenue) = (table.rate("rate"), table.money("revenue"));
    let unread = |key: &str, read: bool| !read && !table.lacks(key);
    Some(DraftPartner {
        channel: table.text("name")?,
        name: table.text("partner"),
        told: unread("rate", rate.is_some()) || unread("revenue", revenue.is_some()),
        rate,
        revenue,
    })
}
