//! What is given, and what the customer does for it.

use crate::book::Ladder;
use crate::negotiate::{Concession, Get, Give, Request};
use crate::source::Place;
use crate::value::Currency;
use serde::Serialize;

#[derive(Serialize)]
pub(super) struct ConcessionWire<'a> {
    kind: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    name: Option<String>,
    title: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    rate: Option<String>,
    /// Every rate, where lines or years differ.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    rates: Vec<String>,
    /// What the customer pays less for it over the contract; of a service its value.
    money: String,
    approval: &'a str,
    rule: &'a str,
    source: &'a Place,
    /// What the customer does for it; `null`, if that is nothing.
    get: Option<GetWire<'a>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    ask_instead: Vec<RequestWire<'a>>,
}

impl<'a> ConcessionWire<'a> {
    pub(super) fn of(given: &'a Concession<'_>, ladder: &'a Ladder, currency: &Currency) -> Self {
        // One and the same rate is told by itself.
        let rates = given.rates.iter().filter(|_| given.rate.is_none());
        Self {
            kind: kind(&given.give),
            name: given.give.name().map(str::to_owned),
            title: given.give.title(),
            rate: given.rate.map(crate::value::Rate::plain),
            rates: rates.map(|rate| rate.plain()).collect(),
            money: currency.plain(given.money),
            approval: ladder.name(given.level),
            rule: &given.rule.id,
            source: &given.rule.source,
            get: given.get.as_ref().map(|get| GetWire::of(get, currency)),
            ask_instead: given.instead.iter().map(RequestWire::of).collect(),
        }
    }
}

/// What kind of thing is given.
fn kind(give: &Give<'_>) -> &'static str {
    match give {
        Give::Discount(_) => "discount",
        Give::Program(_) => "program",
        Give::Agreed => "agreed-price",
        Give::Payment(_) => "payment",
        Give::Service(_) => "service",
        Give::Clause(_) => "clause",
    }
}

/// Something that the customer does.
#[derive(Serialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub(super) enum GetWire<'a> {
    Quantity {
        metrics: Vec<QuantityWire<'a>>,
    },
    Term {
        years: u32,
        /// What is bound to be paid after the first year.
        beyond_first_year: String,
    },
    Prepay {
        prepay: &'a str,
        /// What is paid earlier than by the standard of the book; on a ladder, than on the terms of the
        /// step before.
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
pub(super) struct QuantityWire<'a> {
    metric: &'a str,
    quantity: String,
}

impl<'a> GetWire<'a> {
    pub(super) fn of(get: &'a Get<'_>, currency: &Currency) -> Self {
        match get {
            Get::Quantity(bought) => {
                let wire = bought.iter().map(|(metric, quantity)| QuantityWire {
                    metric: metric.name(),
                    quantity: quantity.to_string(),
                });
                Self::Quantity { metrics: wire.collect() }
            }
            Get::Term { years, beyond } => {
                Self::Term { years: *years, beyond_first_year: currency.plain(*beyond) }
            }
            Get::Prepay { way, ahead, months } => Self::Prepay {
                prepay: way,
                ahead: ahead.map(|ahead| currency.plain(ahead)),
                months_earlier: *months,
            },
            Get::Paying(ways) => Self::Payment { ways },
            Get::Program(program, duties) => Self::Program {
                program: program.name(),
                duties,
                incumbents: &program.incumbents,
                arr_above: program.arr_above.map(|floor| currency.plain(floor)),
                limit: program.limit,
            },
            Get::Duties(duties) => Self::Duties { duties },
            Get::Uplift(money) => Self::Uplift { money: currency.plain(*money) },
        }
    }
}

/// Something that the customer could be asked for.
#[derive(Serialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum RequestWire<'a> {
    Years(u32),
    Prepay(&'a str),
    Duty(&'a str),
}

impl<'a> RequestWire<'a> {
    pub(super) fn of(request: &Request<'a>) -> Self {
        match request {
            Request::Years(years) => Self::Years(years.count()),
            Request::Prepay(way) => Self::Prepay(way),
            Request::Duty(duty) => Self::Duty(duty),
        }
    }
}
