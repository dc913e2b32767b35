//! Words for concessions and the customer's returns.

use crate::answer::negotiate::{Concession, Return, SuggestedReturn};
use crate::book::{PriceBook, Program};
use crate::number::{Currency, Money};

/// An amount as people read it: in whole coins, as everything that is invoiced.
pub(crate) fn shown(book: &PriceBook, amount: Money) -> String {
    book.currency().show(rounded(book, amount))
}

/// Rounds an amount to whole coins.
pub(crate) fn rounded(book: &PriceBook, amount: Money) -> Money {
    book.rounding().round(amount, book.currency().minor)
}

/// "Volume discount 15%"; "Volume discount 5% to 15%", where lines or years differ.
pub(crate) fn concession_text(concession: &Concession<'_>) -> String {
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

/// "3 years, $2,167,500.00 beyond the first".
pub(crate) fn counterpart_text(get: &Return<'_>, book: &PriceBook) -> String {
    let show = |amount: Money| shown(book, amount);
    match get {
        Return::Quantity(bought) => {
            let bought = bought.iter().map(|(metric, count)| metric.count(*count));
            bought.collect::<Vec<_>>().join(", ")
        }
        Return::Term { years, beyond } => {
            let years = format!("{years} years");
            let beyond = show(*beyond);
            format!("{years}, {beyond} committed after year 1")
        }
        Return::Prepay { way, ahead, months } => {
            let ahead = ahead.filter(|ahead| !ahead.is_zero()).map(|ahead| {
                let earlier = format!(", up to {months} months earlier");
                let earlier = if *months > 0 { earlier } else { String::new() };
                format!(": {} paid in advance{earlier}", show(ahead))
            });
            format!("{way} prepayment{}", ahead.unwrap_or_default())
        }
        Return::Paying(words) => words.join(", "),
        Return::Program(program, duties) => {
            let duties = duties.iter().map(|duty| (*duty).to_owned());
            duties.chain(conditions(program, book.currency())).collect::<Vec<_>>().join(", ")
        }
        Return::Duties(duties) => duties.join(", "),
        Return::Uplift(money) => format!("{} more", show(*money)),
    }
}

/// Returns the conditions of a program.
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
pub(crate) fn requests(requests: &[SuggestedReturn<'_>]) -> String {
    let word = |request: &SuggestedReturn<'_>| match request {
        SuggestedReturn::Years(years) => years.to_string(),
        SuggestedReturn::Prepay(way) => format!("{way} prepayment"),
        SuggestedReturn::Duty(duty) => (*duty).to_owned(),
    };
    let words: Vec<_> = requests.iter().map(word).collect();
    match words.as_slice() {
        [] => String::new(),
        [one] => one.clone(),
        [first @ .., last] => format!("{} or {last}", first.join(", ")),
    }
}
