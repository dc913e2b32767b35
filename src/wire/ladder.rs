//! `dealdesk.ladder/1`: from list down to the most that each level can give. Money and rates are
//! texts in plain decimal.

use super::book::BookWire;
use super::concession::{ConcessionWire, GetWire, RequestWire};
use crate::negotiate::{Give, Ladder, Step};
use serde::Serialize;

/// The ladder as JSON, indented, with a line break at its end.
#[must_use]
pub fn to_json(ladder: &Ladder<'_>) -> String {
    super::pretty(&Wire::of(ladder))
}

#[derive(Serialize)]
struct Wire<'a> {
    schema: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    customer: Option<&'a str>,
    currency: &'a str,
    price_book: BookWire<'a>,
    /// The highest level that was looked at.
    within: &'a str,
    /// Levels that are not known, because the search was stopped.
    undecided: Vec<&'a str>,
    /// Nobody can give more than the last step.
    is_all: bool,
    steps: Vec<StepWire<'a>>,
}

impl<'a> Wire<'a> {
    fn of(ladder: &'a Ladder<'_>) -> Self {
        let first = ladder.steps.first();
        let name = |level| ladder.book.ladder().name(level);
        Self {
            schema: "dealdesk.ladder/1",
            customer: first.and_then(|first| first.offer.deal.customer()),
            currency: &ladder.book.currency().code,
            price_book: BookWire::of(ladder.book),
            within: name(ladder.within),
            undecided: ladder.undecided.iter().map(|level| name(*level)).collect(),
            is_all: ladder.is_all(),
            steps: ladder.steps.iter().map(|step| StepWire::of(ladder, step)).collect(),
        }
    }
}

#[derive(Serialize)]
struct StepWire<'a> {
    term_years: u32,
    #[serde(skip_serializing_if = "Option::is_none")]
    prepay: Option<&'a str>,
    list_tcv: String,
    tcv: String,
    discount: String,
    /// The share of list that it gives more than the step before; none at the first.
    #[serde(skip_serializing_if = "Option::is_none")]
    conceded: Option<String>,
    /// It gives more than the step before it did.
    is_larger: bool,
    prices: Vec<PriceWire<'a>>,
    programs: Vec<ProgramWire<'a>>,
    approval: &'a str,
    reviews: Vec<&'a str>,
    /// What it gives that the step before does not, or less of it.
    gives: Vec<ConcessionWire<'a>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    in_place_of: Vec<String>,
    /// What the customer does for it.
    asks: Vec<GetWire<'a>>,
    /// It asks for nothing; here is what could be asked for.
    unpaired: bool,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    ask_instead: Vec<RequestWire<'a>>,
    /// The levels that can give no more.
    walk_away: Vec<&'a str>,
    /// Who has to agree to more.
    #[serde(skip_serializing_if = "Option::is_none")]
    next_approval: Option<&'a str>,
}

#[derive(Serialize)]
struct PriceWire<'a> {
    metric: &'a str,
    quantity: String,
    list: String,
    net: String,
}

#[derive(Serialize)]
struct ProgramWire<'a> {
    program: &'a str,
    rate: String,
    duties: &'a [String],
}

impl<'a> StepWire<'a> {
    fn of(ladder: &'a Ladder<'_>, step: &'a Step<'_>) -> Self {
        let (levels, currency) = (ladder.book.ladder(), ladder.book.currency());
        let (deal, totals) = (&step.offer.deal, &step.offer.pricing.totals);
        let lines = deal.lines().iter().zip(&step.offer.pricing.lines);
        let prices = lines.flat_map(|(line, priced)| {
            let segments = line.segments().iter().zip(&priced.segments);
            segments.map(|(segment, priced)| PriceWire {
                metric: line.metric().name(),
                quantity: segment.quantity().to_string(),
                list: currency.plain(priced.waterfall.list()),
                net: currency.plain(priced.net()),
            })
        });
        let programs = deal.claims.iter().map(|claim| ProgramWire {
            program: claim.program.name(),
            rate: claim.rate.plain(),
            duties: &claim.duties,
        });
        let gives = step.given.iter().map(|it| ConcessionWire::of(it, levels, currency));
        Self {
            term_years: deal.term().count(),
            prepay: deal.prepay(),
            list_tcv: currency.plain(totals.list_tcv),
            tcv: currency.plain(totals.tcv),
            discount: totals.discount.plain(),
            conceded: step.conceded.map(crate::value::Share::plain),
            is_larger: step.is_larger,
            prices: prices.collect(),
            programs: programs.collect(),
            approval: levels.name(step.offer.level()),
            reviews: step.offer.verdict.reviews(),
            gives: gives.collect(),
            in_place_of: step.replaced.iter().map(Give::title).collect(),
            asks: step.asks.iter().map(|get| GetWire::of(get, currency)).collect(),
            unpaired: step.is_unpaired(),
            ask_instead: step.instead.iter().map(RequestWire::of).collect(),
            walk_away: step.ends.iter().map(|level| levels.name(*level)).collect(),
            next_approval: step.next.map(|level| levels.name(level)),
        }
    }
}
