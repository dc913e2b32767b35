//! `dealdesk.ladder/1`: from list down to the most that each level can give. Money and rates are
//! texts in plain decimal.

use super::concession::{ConcessionJson, ReturnJson, SuggestedReturnJson};
use crate::answer::negotiate::{ConcessionKind, ConcessionLadder, LadderStep};
use crate::document::json::Json;
use crate::quote::json::price_book;
use serde::Serialize;

/// The ladder as JSON, indented, with a line break at its end.
pub fn to_json(ladder: &ConcessionLadder<'_>) -> Json {
    crate::document::json::pretty(&LadderJson::of(ladder))
}

#[derive(Serialize)]
struct LadderJson<'a> {
    schema: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    customer: Option<&'a str>,
    currency: &'a str,
    price_book: Json,
    /// The highest level that was looked at.
    within: &'a str,
    /// Levels that are not known, because the search was stopped.
    undecided: Vec<&'a str>,
    /// Nobody can give more than the last step.
    is_all: bool,
    steps: Vec<LadderStepJson<'a>>,
}

impl<'a> LadderJson<'a> {
    fn of(ladder: &'a ConcessionLadder<'_>) -> Self {
        let first = ladder.steps.first();
        let name = |level| ladder.book.ladder().name(level);
        Self {
            schema: "dealdesk.ladder/1",
            customer: first.and_then(|first| first.offer.deal.customer()),
            currency: &ladder.book.currency().code,
            price_book: price_book(ladder.book),
            within: name(ladder.within),
            undecided: ladder.undecided.iter().map(|level| name(*level)).collect(),
            is_all: ladder.is_all(),
            steps: ladder.steps.iter().map(|step| LadderStepJson::of(ladder, step)).collect(),
        }
    }
}

#[derive(Serialize)]
struct LadderStepJson<'a> {
    term_years: u32,
    #[serde(skip_serializing_if = "Option::is_none")]
    prepay: Option<&'a str>,
    list_tcv: String,
    tcv: String,
    discount: String,
    /// The share of list that it gives more than the step before; none at the first.
    #[serde(skip_serializing_if = "Option::is_none")]
    conceded: Option<String>,
    /// Whether the step concedes more than the step before it.
    is_larger: bool,
    prices: Vec<LadderPriceJson<'a>>,
    programs: Vec<LadderProgramJson<'a>>,
    approval: &'a str,
    reviews: Vec<&'a str>,
    /// Concessions of the step that are new or larger than in the step before.
    gives: Vec<ConcessionJson<'a>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    in_place_of: Vec<String>,
    /// Returns from the customer.
    asks: Vec<ReturnJson<'a>>,
    /// Whether the step has no return from the customer.
    unpaired: bool,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    ask_instead: Vec<SuggestedReturnJson<'a>>,
    /// The levels that can give no more.
    walk_away: Vec<&'a str>,
    /// Level that has to approve more than this.
    #[serde(skip_serializing_if = "Option::is_none")]
    next_approval: Option<&'a str>,
}

#[derive(Serialize)]
struct LadderPriceJson<'a> {
    metric: &'a str,
    quantity: String,
    list: String,
    net: String,
}

#[derive(Serialize)]
struct LadderProgramJson<'a> {
    program: &'a str,
    rate: String,
    duties: &'a [String],
}

impl<'a> LadderStepJson<'a> {
    fn of(ladder: &'a ConcessionLadder<'_>, step: &'a LadderStep<'_>) -> Self {
        let (levels, currency) = (ladder.book.ladder(), ladder.book.currency());
        let (deal, totals) = (&step.offer.deal, &step.offer.pricing.totals);
        let prices = step.offer.pricing.lines.iter().flat_map(|line| {
            line.segments.iter().map(|priced| LadderPriceJson {
                metric: line.line.metric().name(),
                quantity: priced.segment.quantity().to_string(),
                list: currency.plain(priced.waterfall.list()),
                net: currency.plain(priced.net()),
            })
        });
        let programs = deal.claims.iter().map(|claim| LadderProgramJson {
            program: claim.program.name(),
            rate: claim.rate.plain(),
            duties: &claim.duties,
        });
        let gives = step.given.iter().map(|it| ConcessionJson::of(it, levels, currency));
        Self {
            term_years: deal.term().count(),
            prepay: deal.prepay(),
            list_tcv: currency.plain(totals.list_tcv),
            tcv: currency.plain(totals.tcv),
            discount: totals.discount.plain(),
            conceded: step.conceded.map(crate::number::Share::plain),
            is_larger: step.is_larger,
            prices: prices.collect(),
            programs: programs.collect(),
            approval: levels.name(step.offer.level()),
            reviews: step.offer.verdict.reviews(),
            gives: gives.collect(),
            in_place_of: step.replaced.iter().map(ConcessionKind::title).collect(),
            asks: step.asks.iter().map(|get| ReturnJson::of(get, currency)).collect(),
            unpaired: step.has_no_return(),
            ask_instead: step.instead.iter().map(SuggestedReturnJson::of).collect(),
            walk_away: step.ends.iter().map(|level| levels.name(*level)).collect(),
            next_approval: step.next.map(|level| levels.name(level)),
        }
    }
}
