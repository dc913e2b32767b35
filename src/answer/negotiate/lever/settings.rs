//! The settings of each lever, read from the words of the command line.
//!
//! Each function returns the settings that the words name. Without words it returns every setting of
//! the book, or an error if only the user can know them.

use super::super::draft_edit::DraftEdit;
use super::super::request::CustomerRequest;
use crate::book::Metric;
use crate::number::{Quantity, Years};
use crate::text::diagnostic::not_in_book;
use std::iter::once;

type Settings<'b> = Result<Vec<DraftEdit<'b>>, String>;

pub(super) fn term<'b>(request: &CustomerRequest<'b>, words: &[&str]) -> Settings<'b> {
    // A co-term date, months or a ramp fix the length of the contract.
    let is_fixed = request.draft.co_term_end.is_some()
        || request.draft.months.is_some()
        || request.draft.lines.iter().any(|line| !line.years.is_empty());
    let book = request.deal.book;
    match words {
        [] if is_fixed => return Ok(vec![DraftEdit::AsAsked]),
        [] => return Ok(book.available_terms().into_iter().map(DraftEdit::Term).collect()),
        _ => {}
    }
    let counts = numbers(words)?;
    if let Some((sold, _)) = &book.terms
        && !counts.iter().any(|years| sold.contains(*years))
    {
        let words = words.join(",");
        return Err(format!("the price book sells terms of {}, not {words}", sold.of("year")));
    }
    let years = |count| Years::new(count).ok_or_else(|| format!("a term cannot be {count} years"));
    counts.into_iter().map(|count| years(count).map(DraftEdit::Term)).collect()
}

pub(super) fn prepay<'b>(request: &CustomerRequest<'b>, words: &[&str]) -> Settings<'b> {
    let (rows, _) = request.deal.book.prepayments().unwrap_or_default();
    let names = rows.iter().filter_map(|row| row.choices.first()).map(String::as_str);
    // A deal with a billing schedule of its own does not prepay, and may stay so.
    let may_stay = words.is_empty() && request.deal.prepay().is_none();
    let as_asked = may_stay.then_some(DraftEdit::AsAsked).into_iter();
    let prepayments = select("prepayment", words, names)?;
    Ok(as_asked.chain(prepayments.into_iter().map(DraftEdit::Prepay)).collect())
}

pub(super) fn payment<'b>(request: &CustomerRequest<'b>, words: &[&str]) -> Settings<'b> {
    let terms = request.deal.book.payment.as_ref().map_or(&[][..], |payment| &payment.terms);
    let names = terms.iter().map(|term| term.name.as_str());
    Ok(or_as_asked(select("payment term", words, names)?, DraftEdit::Payment))
}

pub(super) fn billing<'b>(request: &CustomerRequest<'b>, words: &[&str]) -> Settings<'b> {
    let billing = request.deal.book.billing.as_ref();
    let schedules = billing.map_or(&[][..], |billing| &billing.schedules);
    let names = schedules.iter().map(|schedule| schedule.name.as_str());
    let mut settings = or_as_asked(select("billing schedule", words, names)?, DraftEdit::Billing);
    if words.is_empty() {
        settings.insert(0, DraftEdit::AsAsked);
    }
    Ok(settings)
}

pub(super) fn quantity<'b>(request: &CustomerRequest<'b>, words: &[&str]) -> Settings<'b> {
    only_metric(request)?;
    if words.is_empty() {
        return Err("give a range of quantities: quantity=480..600".to_owned());
    }
    numbers(words)?.into_iter().map(|count| whole(count).map(DraftEdit::Quantity)).collect()
}

pub(super) fn metric<'b>(request: &CustomerRequest<'b>, words: &[&str]) -> Settings<'b> {
    only_metric(request)?;
    if words.is_empty() {
        return Err("give the quantity that the customer would need: metric=core:8000".to_owned());
    }
    let book = request.deal.book;
    let setting = |word: &&str| {
        let (name, count) = word.split_once(':').ok_or("give a quantity: metric=core:8000")?;
        let names = book.metrics().iter().map(Metric::name);
        let metric = book.metric(name).ok_or_else(|| not_in_book("metric", name, names))?;
        let count = numbers(&[count])?.first().copied().unwrap_or_default();
        Ok(DraftEdit::Metric(metric.name(), whole(count)?))
    };
    once(Ok(DraftEdit::AsAsked)).chain(words.iter().map(setting)).collect()
}

pub(super) fn edition<'b>(request: &CustomerRequest<'b>, words: &[&str]) -> Settings<'b> {
    let editions = select("edition", words, only_metric(request)?.editions())?;
    Ok(once(DraftEdit::AsAsked).chain(editions.into_iter().map(DraftEdit::Edition)).collect())
}

/// Ramps: those that words name, or the deal's own ramp with its first years left out and its last
/// quantity repeated.
pub(super) fn ramp<'b>(request: &CustomerRequest<'b>, words: &[&str]) -> Settings<'b> {
    only_metric(request)?;
    let ramps = if words.is_empty() {
        earlier_ramps(request)
    } else {
        let year = |count: &str| whole(numbers(&[count])?[0]);
        let ramp = |word: &&str| word.split('/').map(year).collect::<Result<_, String>>();
        words.iter().map(ramp).collect::<Result<_, _>>()?
    };
    Ok(once(DraftEdit::AsAsked).chain(ramps.into_iter().map(DraftEdit::Ramp)).collect())
}

fn earlier_ramps(request: &CustomerRequest<'_>) -> Vec<Vec<Quantity>> {
    let years = request.draft.lines.iter().flat_map(|line| &line.years);
    let asked: Vec<Quantity> =
        years.filter_map(|year| Some(year.quantity.as_ref()?.value)).collect();
    let Some(last) = asked.last().copied() else { return Vec::new() };
    let without = |years: usize| {
        let rest = asked.iter().skip(years).copied();
        rest.chain(std::iter::repeat(last)).take(asked.len()).collect()
    };
    (1..asked.len()).map(without).collect()
}

/// The metric of a deal with one line. A change of the size needs to know which line it is of.
fn only_metric<'b>(request: &CustomerRequest<'b>) -> Result<&'b Metric, String> {
    let lines = &request.deal.lines;
    let fault =
        || format!("the deal has {} lines, and this flag needs a deal with one line", lines.len());
    if let [line] = lines.as_slice() { Ok(line.metric) } else { Err(fault()) }
}

fn whole(count: u64) -> Result<Quantity, String> {
    Quantity::whole(count)
        .filter(|_| count > 0)
        .ok_or_else(|| format!("{count} units cannot be bought"))
}

fn or_as_asked<'b>(names: Vec<&'b str>, edit: fn(&'b str) -> DraftEdit<'b>) -> Vec<DraftEdit<'b>> {
    if names.is_empty() { vec![DraftEdit::AsAsked] } else { names.into_iter().map(edit).collect() }
}

/// Returns the known names that words ask for, or all if there are no words.
///
/// # Errors
/// Returns a message for a word that is no known name.
pub(super) fn select<'b>(
    what: &str,
    words: &[&str],
    known: impl Iterator<Item = &'b str> + Clone,
) -> Result<Vec<&'b str>, String> {
    if words.is_empty() {
        return Ok(known.collect());
    }
    let find = |word: &&str| {
        let found = known.clone().find(|known| known == word);
        found.ok_or_else(|| not_in_book(what, word, known.clone()))
    };
    words.iter().map(find).collect()
}

/// Reads whole numbers: `500`, `480..600`, `500..1000:50`.
fn numbers(words: &[&str]) -> Result<Vec<u64>, String> {
    const MOST: u64 = 10_000;
    let number = |text: &str| {
        // A comma separates values, so `1,000` arrives as `1` and `000`.
        if text.len() > 1 && text.starts_with('0') {
            return Err(format!("\"{text}\" is not a number: write 1000, without a comma"));
        }
        text.parse::<u64>().map_err(|_| format!("\"{text}\" is not a whole number; write 480..600"))
    };
    let mut numbers = Vec::new();
    for word in words {
        let (range, step) = word.split_once(':').unwrap_or((word, "1"));
        let (from, to) = range.split_once("..").unwrap_or((range, range));
        let (from, to, step) = (number(from)?, number(to)?, number(step)?.max(1));
        if from > to {
            return Err(format!("{word} ends before it starts"));
        }
        if (to - from) / step >= MOST {
            return Err(format!(
                "{word} has more than {MOST} values: take larger steps, {from}..{to}:{}",
                (to - from) / MOST + 1
            ));
        }
        numbers.extend((0..=(to - from) / step).map(|count| from + count * step));
    }
    Ok(numbers)
}
