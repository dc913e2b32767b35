//! Concessions and the customer's returns.

use crate::answer::negotiate::{Concession, ConcessionKind, Return, SuggestedReturn};
use crate::book::ApprovalLadder;
use crate::number::Currency;
use crate::text::source::Place;
use serde::Serialize;

#[derive(Serialize)]
pub(crate) struct ConcessionJson<'a> {
    kind: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    name: Option<String>,
    title: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    rate: Option<String>,
    /// Every rate, where lines or years differ.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    rates: Vec<String>,
    /// Amount that the customer saves by it over the contract; for a service, its value.
    money: String,
    approval: &'a str,
    rule: &'a str,
    source: &'a Place,
    /// Return from the customer; `null` if there is none.
    get: Option<ReturnJson<'a>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    ask_instead: Vec<SuggestedReturnJson<'a>>,
}

impl<'a> ConcessionJson<'a> {
    pub(crate) fn of(
        given: &'a Concession<'_>,
        ladder: &'a ApprovalLadder,
        currency: &Currency,
    ) -> Self {
        // One and the same rate is told by itself.
        let rates = given.rates.iter().filter(|_| given.rate.is_none());
        Self {
            kind: kind(&given.kind),
            name: given.kind.name().map(str::to_owned),
            title: given.kind.title(),
            rate: given.rate.map(crate::number::Rate::plain),
            rates: rates.map(|rate| rate.plain()).collect(),
            money: currency.plain(given.money),
            approval: ladder.name(given.level),
            rule: &given.rule.id,
            source: &given.rule.source,
            get: given.counterpart.as_ref().map(|get| ReturnJson::of(get, currency)),
            ask_instead: given.instead.iter().map(SuggestedReturnJson::of).collect(),
        }
    }
}

/// Kind of a concession.
fn kind(give: &ConcessionKind<'_>) -> &'static str {
    match give {
        ConcessionKind::Discount(_) => "discount",
        ConcessionKind::Program(_) => "program",
        ConcessionKind::Agreed => "agreed-price",
        ConcessionKind::Payment(_) => "payment",
        ConcessionKind::Service(_) => "service",
        ConcessionKind::Clause(_) => "clause",
    }
}

/// Something that the customer does.
#[derive(Serialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub(crate) enum ReturnJson<'a> {
    Quantity {
        metrics: Vec<MetricQuantityJson<'a>>,
    },
    Term {
        years: u32,
        /// Amount committed after the first year.
        beyond_first_year: String,
    },
    Prepay {
        prepay: &'a str,
        /// Amount paid earlier than by the standard of the book; on a ladder, than on the terms of
        /// the step before.
        #[serde(skip_serializing_if = "Option::is_none")]
        ahead: Option<String>,
        months_earlier: u32,
    },
    Payment {
        ways: &'a [&'a str],
    },
    Program {
        program: &'a str,
        duties: &'a [&'a str],
        incumbents: &'a [String],
        #[serde(skip_serializing_if = "Option::is_none")]
        arr_above: Option<String>,
        #[serde(skip_serializing_if = "Option::is_none")]
        limit: Option<u32>,
    },
    Duties {
        duties: &'a [&'a str],
    },
    Uplift {
        money: String,
    },
}

#[derive(Serialize)]
pub(crate) struct MetricQuantityJson<'a> {
    metric: &'a str,
    quantity: String,
}

impl<'a> ReturnJson<'a> {
    pub(crate) fn of(get: &'a Return<'_>, currency: &Currency) -> Self {
        match get {
            Return::Quantity(bought) => {
                let wire = bought.iter().map(|(metric, quantity)| MetricQuantityJson {
                    metric: metric.name(),
                    quantity: quantity.to_string(),
                });
                Self::Quantity { metrics: wire.collect() }
            }
            Return::Term { years, beyond } => {
                Self::Term { years: *years, beyond_first_year: currency.plain(*beyond) }
            }
            Return::Prepay { way, ahead, months } => Self::Prepay {
                prepay: way,
                ahead: ahead.map(|ahead| currency.plain(ahead)),
                months_earlier: *months,
            },
            Return::Paying(ways) => Self::Payment { ways },
            Return::Program(program, duties) => Self::Program {
                program: program.name(),
                duties,
                incumbents: &program.incumbents,
                arr_above: program.arr_above.map(|floor| currency.plain(floor)),
                limit: program.limit,
            },
            Return::Duties(duties) => Self::Duties { duties },
            Return::Uplift(money) => Self::Uplift { money: currency.plain(*money) },
        }
    }
}

/// Something that the customer could be asked for.
#[derive(Serialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum SuggestedReturnJson<'a> {
    Years(u32),
    Prepay(&'a str),
    Duty(&'a str),
}

impl<'a> SuggestedReturnJson<'a> {
    pub(crate) fn of(request: &SuggestedReturn<'a>) -> Self {
        match request {
            SuggestedReturn::Years(years) => Self::Years(years.count()),
            SuggestedReturn::Prepay(way) => Self::Prepay(way),
            SuggestedReturn::Duty(duty) => Self::Duty(duty),
        }
    }
}
