//! Deal files: their keys, and what is read from them.

use super::draft::{DiscountOverride, Draft, DraftLine, DraftYear};
use super::extras::{self, DealClauseKeys, DealServiceKeys};
use super::facts::{FACTS, Record};
use super::line::{AgreedPrice, Line};
use super::parse_flags;
use super::partner::{self, PartnerKeys};
use super::program::{self, ProgramClaimKeys};
use super::value::{self, DealAlternativeKeys, MAX_HORIZON, ValueClaimKeys};
use crate::book::{OwnCostKeys, read_costs};
use crate::number::{Date, MOST_MONTHS, Money, Quantity, Rate, Years};
use crate::table::{
    Key, Keys, NamedRates, OneTable, Section, Shape, TableList, TableOrList, TomlReader, TypedKey,
    WholeNumber, keys,
};
use crate::text::diagnostic::{Code, Diagnostic};
use crate::text::source::{Place, Source, Written};
use std::sync::Arc;

keys! {
    /// Keys of a deal file, besides those of the plain facts.
    pub(super) DEAL: DealKeys = "the deal", "A dealdesk deal: the order of one customer.";

    optional date: Date = "The date of the quote. Default: today.";
    optional currency: String =
        "The currency of the deal and of every amount in it: one of the book's, such as JPY. \
         Default: the first of the book.";
    optional term_years: WholeNumber<1, 30> = "The commitment in years. A long one can need an approval. Default: 1.";
    optional months: WholeNumber<1, MOST_MONTHS> =
        "The length of the contract in months, in place of `term_years`: 35 months cost 35/12 of a \
         year, and are a commitment of 2 years.";
    optional start: Date =
        "The first day of the contract; invoices need it. A late one can need an approval.";
    optional first_year: Date =
        "The day on which the first whole year begins, after a part of a year.";
    optional co_term_end: Date =
        "The last day of the contract that this one joins, in place of `term_years`. A long \
         contract can need an approval.";
    optional prepay: String =
        "The prepayment: one of the book's, such as annual or multi-year. It can need an approval.";
    optional payment: String =
        "The payment term: one of the book's [payment.terms]. It can need an approval.";
    optional billing: String =
        "The billing schedule: one of the book's [billing.ways]. It can need an approval.";
    optional line: TableList<LineKeys> = "The lines that the customer buys, one table each.";
    optional discount: NamedRates<DiscountOverride> =
        "The book's automatic discounts: \"auto\", \"none\", or the largest rate to give. A step can \
         need an approval at any rate.";
    optional strategic: TableOrList<ProgramClaimKeys> =
        "The strategic program that the deal claims. It can need an approval.";
    optional channel: OneTable<PartnerKeys> = "The partner that sells the deal. The channel can need an approval.";
    optional horizon_years: WholeNumber<1, MAX_HORIZON> =
        "The years over which a perpetual license is compared with a subscription, and the deal \
         with its alternatives. Default: the term.";
    optional service: TableList<DealServiceKeys> =
        "Services included in the contract, one table each.";
    optional clause: TableList<DealClauseKeys> =
        "Clauses that the customer wants in the contract, one table each. A clause can need an \
         approval.";
    optional alternative: TableList<DealAlternativeKeys> =
        "Products that the customer could buy instead, one table each.";
    optional cost: TableList<OwnCostKeys> =
        "The customer's own costs besides our price, for `dealdesk value`, one table each.";
    optional claim: TableList<ValueClaimKeys> =
        "Claims about the value of the deal, one table each.";

    @guesses {
        "term" | "years" | "duration" | "commitment" => "term_years";
        "lines" | "items" | "products" | "product" => "line";
        "metric" | "quantity" => "what is bought stands in a line: [[line]]";
        "program" | "programs" => "strategic";
        "partner" | "reseller" => "channel";
        "services" => "service";
        "end" | "end_date" => "a deal has a term or months; `co_term_end` is the end of a contract that it joins";
        "start_date" => "start";
        "payment_terms" | "terms" => "payment";
    }
}

keys! {
    pub(super) LINE: LineKeys = "a line", "One thing that the customer buys.";

    required metric: String =
        "The unit of sale: one of the book's metrics. It can need an approval.";
    optional quantity: Quantity = "The number of units. A large one can need an approval.";
    optional count: String =
        "The units inside units from which the quantity is counted, in the order of the metric's \
         levels, such as \"4 x 2 x 12 + 1 x 2 x 8\" for servers, CPUs and cores. In place of \
         `quantity`.";
    optional committed: Quantity =
        "For a metric per hour or use: the number of units per month, on average for one per hour, \
         that is charged even if not used.";
    optional unit_price: Money =
        "The negotiated price of a unit or a package. One below policy needs a program.";
    optional discount: Rate =
        "The negotiated discount off list, in place of all discounts of the book. A price below \
         policy needs a program.";
    optional fee: Money =
        "The fee of the whole line, where the book has a range of fees.";
    optional edition: String = "The edition, if not the edition of the quantity.";
    optional hosts: WholeNumber<1, { Line::MAX_HOSTS }> = "The number of hosts.";
    optional sold_for: String =
        "What is sold, in the words of the metric's `sold_for`, such as edge devices: somebody has \
         confirmed it.";
    optional year: TableList<RampYearKeys> = "A ramp: one table per year, in place of `quantity`.";

    @guesses {
        "product" | "sku" | "item" | "name" => "metric";
        "qty" | "units" | "seats" | "amount" => "quantity";
        "price" | "net_price" => "unit_price";
        "ramp" | "years" => "year";
        "commit" | "commitment" => "committed";
    }
}

keys! {
    pub(super) YEAR: RampYearKeys = "a year", "One year of a ramp.";

    required quantity: Quantity =
        "The number of units in this year. A large one can need an approval.";
    optional unit_price: Money =
        "The negotiated unit price of this year. One below policy needs a program.";
    optional discount: Rate =
        "The negotiated discount off list of this year. A price below policy needs a program.";
}

/// Shape of a deal file.
pub static SHAPE: Shape = Shape { keys: &KEYS, ..*DealKeys::SHAPE };

/// Keys of a deal file: those of the plain facts, then those with rules of their own.
static KEYS: [Key; FACTS.len() + DealKeys::SHAPE.keys.len()] = {
    let mut keys = [const { FACTS[0].key() }; FACTS.len() + DealKeys::SHAPE.keys.len()];
    let mut index = 0;
    while index < keys.len() {
        keys[index] = match index.checked_sub(FACTS.len()) {
            Some(own) => DealKeys::SHAPE.keys[own],
            None => FACTS[index].key(),
        };
        index += 1;
    }
    keys
};

/// Reads a deal file. Errors stay with the draft until it is resolved, so that they are reported
/// together with what the book does not know.
pub fn read(source: &Arc<Source>) -> Draft {
    let (draft, faults) = TomlReader::read_partial(source, &SHAPE, |top| Some(read_table(top)));
    let unread = || Draft::new(Place::new(Arc::clone(source), 0..0));
    Draft { faults, ..draft.unwrap_or_else(unread) }
}

/// Reads the table of a deal. Its errors stay with the reader of the text.
pub(super) fn read_table(top: Section<'_>) -> Draft {
    // Every field of the draft is written out: a field that is not read does not compile.
    Draft {
        is_need: false,
        place: top.place(),
        record: Record::read(top),
        date: top.get(DEAL.date),
        currency: top.get(DEAL.currency),
        term: top
            .get(DEAL.term_years)
            .and_then(|term| Some(Written::new(Years::new(term.value.into())?, term.place))),
        months: top.get(DEAL.months),
        start: top.get(DEAL.start),
        first_year: top.get(DEAL.first_year),
        co_term_end: top.get(DEAL.co_term_end),
        prepay: top.get(DEAL.prepay),
        payment: top.get(DEAL.payment),
        billing: top.get(DEAL.billing),
        lines: top.get(DEAL.line).into_iter().map(line).collect(),
        discount_overrides: discount_overrides(top),
        programs: top.get(DEAL.strategic).into_iter().filter_map(program::read).collect(),
        partner: top.get(DEAL.channel).and_then(partner::read),
        horizon: top.get(DEAL.horizon_years),
        services: top.get(DEAL.service).into_iter().filter_map(extras::read_service).collect(),
        clauses: top.get(DEAL.clause).into_iter().filter_map(extras::read_clause).collect(),
        alternatives: top
            .get(DEAL.alternative)
            .into_iter()
            .filter_map(value::read_alternative)
            .collect(),
        own_costs: read_costs(top.get(DEAL.cost)),
        value_claims: top.get(DEAL.claim).into_iter().filter_map(value::read_claim).collect(),
        faults: Vec::new(),
    }
}

fn line(table: Section<'_>) -> DraftLine {
    let mut draft = DraftLine {
        place: table.place(),
        metric: table.get(LINE.metric),
        quantity: table.get(LINE.quantity),
        count: table.get(LINE.count).and_then(|text| table.report(parse_flags::groups(&text))),
        committed: table.get(LINE.committed),
        agreed: agreed(table, LINE.unit_price, LINE.discount),
        fee: table.get(LINE.fee),
        names_fee: !table.is_missing(LINE.fee),
        edition: table.get(LINE.edition),
        hosts: table.get(LINE.hosts),
        sold_for: table.get(LINE.sold_for),
        years: table.get(LINE.year).into_iter().map(year).collect(),
        no_quantity: None,
        error_reported: true,
    };
    let ramp = table.key_place(LINE.year);
    if let (Some(quantity), Some(count)) =
        (table.key_place(LINE.quantity), table.key_place(LINE.count))
    {
        let message = "a line has a quantity or counts it, not both";
        table.report_conflict(message, quantity, "the quantity", count);
    }
    let flat = [
        LINE.quantity.name,
        LINE.count.name,
        LINE.unit_price.name,
        LINE.discount.name,
        LINE.fee.name,
    ];
    let flat = flat.into_iter().find_map(|key| table.key_place(key));
    match (ramp, flat) {
        (Some(ramp), Some(flat)) => table.fault(
            Diagnostic::new(Code::Conflict, flat, "a ramp has its figures in [[line.year]]")
                .hint("remove this key, or the years")
                .related(ramp, "the ramp"),
        ),
        (None, _)
            if table.is_missing(LINE.quantity)
                && table.is_missing(LINE.count)
                && !table.is_misspelled(LINE.year) =>
        {
            let hint = "add the number of units, or one [[line.year]] per year for a ramp";
            let message = "a line needs `quantity`";
            let fault = Diagnostic::new(Code::MissingKey, table.place(), message).hint(hint);
            draft.no_quantity = Some(fault);
        }
        (Some(ramp), None) if table.is_empty_list(LINE.year) == Some(true) => {
            let hint = "add one [[line.year]] per year, or give the line a `quantity`";
            table.report_at(Code::Empty, ramp, "a ramp needs its years", hint);
        }
        _ => {}
    }
    draft
}

/// Reads the price that was agreed: a unit price or a discount, and not both.
fn agreed(
    table: Section<'_>,
    unit_price: TypedKey<Money>,
    discount_key: TypedKey<Rate>,
) -> Option<Written<AgreedPrice>> {
    let (price, discount) = (table.get(unit_price), table.get(discount_key));
    if let (Some(price), Some(discount)) =
        (table.key_place(unit_price), table.key_place(discount_key))
    {
        let message = "a line has a negotiated unit price or discount, not both";
        table.report_conflict(message, price, "the price", discount);
    }
    let price = price.map(|price| price.map(AgreedPrice::UnitPrice));
    price.or_else(|| discount.map(|rate| rate.map(AgreedPrice::Discount)))
}

fn year(table: Section<'_>) -> DraftYear {
    DraftYear {
        place: table.place(),
        quantity: table.get(YEAR.quantity),
        agreed: agreed(table, YEAR.unit_price, YEAR.discount),
    }
}

fn discount_overrides(top: Section<'_>) -> Vec<(Written<String>, DiscountOverride)> {
    let take = |(name, take): (_, Written<String>)| {
        Some((name, top.report(DiscountOverride::parse(&take.value, &take.place))?))
    };
    top.get(DEAL.discount).into_iter().filter_map(take).collect()
}
