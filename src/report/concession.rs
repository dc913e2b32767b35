//! What is given and what the customer does for it, in words.

use crate::book::{PriceBook, Program};
use crate::negotiate::{Concession, Get, Request};
use crate::value::{Currency, Money};

/// An amount as people read it: in whole coins, as everything that is invoiced.
pub(super) fn shown(book: &PriceBook, amount: Money) -> String {
    book.currency().show(rounded(book, amount))
}

/// The same before it is written.
pub(super) fn rounded(book: &PriceBook, amount: Money) -> Money {
    book.rounding().round(amount, book.currency().minor)
}

/// "Volume discount 15%"; "Volume discount 5% to 15%", where lines or years differ.
pub(super) fn give(concession: &Concession<'_>) -> String {
    let title = concession.give.title();
    // The rate of what is put on belongs to what the customer pays.
    match concession.rate.filter(|_| !matches!(concession.get, Some(Get::Uplift(_)))) {
        Some(rate) => format!("{title} {rate}"),
        None => match (concession.rates.iter().min(), concession.rates.iter().max()) {
            (Some(least), Some(most)) if least < most => format!("{title} {least} to {most}"),
            _ => title,
        },
    }
}

/// "3 years, $2,167,500.00 beyond the first".
pub(super) fn get(get: &Get<'_>, book: &PriceBook) -> String {
    let show = |amount: Money| shown(book, amount);
    match get {
        Get::Quantity(bought) => {
            let bought = bought.iter().map(|(metric, count)| metric.count(*count));
            bought.collect::<Vec<_>>().join(", ")
        }
        Get::Term { years, beyond } => {
            let years = format!("{years} years");
            let beyond = show(*beyond);
            format!("{years}, {beyond} beyond the first")
        }
        Get::Prepay { way, ahead, months } => {
            let ahead = ahead.filter(|ahead| !ahead.is_zero()).map(|ahead| {
                let earlier = format!(", up to {months} months earlier");
                let earlier = if *months > 0 { earlier } else { String::new() };
                format!(": {} ahead{earlier}", show(ahead))
            });
            format!("{way} prepayment{}", ahead.unwrap_or_default())
        }
        Get::Paying(words) => words.join(", "),
        Get::Program(program, duties) => {
            let duties = duties.iter().map(|duty| (*duty).to_owned());
            duties.chain(conditions(program, book.currency())).collect::<Vec<_>>().join(", ")
        }
        Get::Duties(duties) => duties.join(", "),
        Get::Uplift(money) => format!("{} more", show(*money)),
    }
}

/// What a program is for.
fn conditions(program: &Program, currency: &Currency) -> Vec<String> {
    let replaces = (!program.incumbents.is_empty())
        .then(|| format!("replaces {}", program.incumbents.join(" or ")));
    let arr = program.arr_above.map(|floor| format!("ARR above {}", currency.show(floor)));
    let years = program.years.map(|years| format!("a term of {}", years.of("year")));
    let quantity = program.quantity.map(|range| format!("a quantity of {range}"));
    let paying = (!program.payment.is_empty()).then(|| program.payment.join(", "));
    let limit = program.limit.map(|limit| format!("one of {limit} customers"));
    [replaces, arr, years, quantity, paying, limit].into_iter().flatten().collect()
}

/// "4 years, multi-year prepayment or reference".
pub(super) fn requests(requests: &[Request<'_>]) -> String {
    let word = |request: &Request<'_>| match request {
        Request::Years(years) => years.to_string(),
        Request::Prepay(way) => format!("{way} prepayment"),
        Request::Duty(duty) => (*duty).to_owned(),
    };
    let words: Vec<_> = requests.iter().map(word).collect();
    match words.as_slice() {
        [] => String::new(),
        [one] => one.clone(),
        [first @ .., last] => format!("{} or {last}", first.join(", ")),
    }
}
