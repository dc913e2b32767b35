//! Words for concessions and the customer's returns.

use super::{Concession, Return, SuggestedReturn};
use crate::book::{PriceBook, Program};
use crate::deal::Line;
use crate::number::{Currency, Money};

/// An amount as people read it: in whole coins, as everything that is invoiced.
pub(super) fn shown(book: &PriceBook, amount: Money) -> String {
    book.currency.show(rounded(book, amount))
}

pub(super) fn rounded(book: &PriceBook, amount: Money) -> Money {
    book.rounding.round(amount, book.currency.minor)
}

/// "Volume discount 15%"; "Volume discount 5% to 15%", where lines or years differ.
pub(super) fn concession_text(concession: &Concession<'_>) -> String {
    let title = concession.kind.title();
    // The rate of what is put on belongs to what the customer pays.
    match concession.rate.filter(|_| !matches!(concession.counterpart, Some(Return::Uplift(_)))) {
        Some(rate) => format!("{title} {rate}"),
        None => match (concession.rates.iter().min(), concession.rates.iter().max()) {
            (Some(least), Some(most)) if least < most => format!("{title} {least} to {most}"),
            _ => title,
        },
    }
}

/// "3 years, $2,167,500.00 committed after year 1".
pub(super) fn counterpart_text(get: &Return<'_>, book: &PriceBook) -> String {
    let show = |amount: Money| shown(book, amount);
    match get {
        Return::Quantity(bought) => {
            let bought = bought.iter().map(|(metric, count)| metric.count(*count));
            bought.collect::<Vec<_>>().join(", ")
        }
        Return::Term { years, beyond } => {
            format!("{years} years, {} committed after year 1", show(*beyond))
        }
        Return::Prepay { way, ahead, months } => match ahead.filter(|ahead| !ahead.is_zero()) {
            None => format!("{way} prepayment"),
            Some(ahead) => {
                let earlier = (*months > 0).then(|| format!(", up to {months} months earlier"));
                let earlier = earlier.unwrap_or_default();
                format!("{way} prepayment: {} paid in advance{earlier}", show(ahead))
            }
        },
        Return::Paying(words) => words.join(", "),
        Return::Program(program, duties) => {
            let duties = duties.iter().map(|duty| (*duty).to_owned());
            duties.chain(conditions(program, &book.currency)).collect::<Vec<_>>().join(", ")
        }
        Return::Duties(duties) => duties.join(", "),
        Return::Uplift(money) => format!("{} more", show(*money)),
        Return::Signature(last) => format!("signature by {last}"),
    }
}

fn conditions(program: &Program, currency: &Currency) -> Vec<String> {
    let replaces = (!program.incumbents.is_empty())
        .then(|| format!("replaces {}", program.incumbents.join(" or ")));
    let arr = program.arr_above.map(|floor| format!("ARR above {}", currency.show(floor)));
    let years = program.years.map(|years| format!("a term of {}", years.of("year")));
    let quantity = program.quantity.map(|range| format!("a quantity of {range}"));
    let paying = (!program.payment.is_empty()).then(|| program.payment.join(", "));
    let segments = (!program.segments.is_empty())
        .then(|| format!("a customer of {}", program.segments.join(" or ")));
    let limit = program.limit.map(|limit| format!("one of {limit} customers"));
    [segments, replaces, arr, years, quantity, paying, limit].into_iter().flatten().collect()
}

/// "; ask for 4 years, multi-year prepayment or reference"; empty if there is nothing to ask for.
pub(super) fn ask_instead(suggested: &[SuggestedReturn<'_>]) -> String {
    let word = |it: &SuggestedReturn<'_>| match it {
        SuggestedReturn::Years(years) => years.to_string(),
        SuggestedReturn::Prepay(way) => format!("{way} prepayment"),
        SuggestedReturn::Duty(duty) => (*duty).to_owned(),
    };
    let words: Vec<_> = suggested.iter().map(word).collect();
    match words.as_slice() {
        [] => String::new(),
        [one] => format!("; ask for {one}"),
        [first @ .., last] => format!("; ask for {} or {last}", first.join(", ")),
    }
}

/// "CPU socket, ": the title of a line's metric, where another metric has the same unit.
pub(super) fn metric_title(book: &PriceBook, line: &Line<'_>) -> Option<String> {
    book.shares_unit(line.metric).then(|| format!("{}, ", line.metric.title))
}
