//! `example-differs`: an example of a book whose quote has another figure than the book states.

use super::finding::{BookUnderCheck, Finding, FindingKind, FindingSeverity};
use crate::approve::Verdict;
use crate::book::{PriceBook, Rule};
use crate::deal::{self, Deal, Example, ExpectedFigure};
use crate::number::{Money, plural};
use crate::price::{PricedLine, Pricing, Totals};
use crate::quote::{Quote, quote};
use crate::text::diagnostic::Diagnostic;
use crate::text::source::Place;

pub(super) const KIND: FindingKind = FindingKind {
    name: "example-differs",
    severity: FindingSeverity::Error,
    title: "Examples with other figures",
    lesson: "\
The book has an [[example]]: a deal, and the figures that its quote must have. The quote of the deal has another
figure, or the deal has an error. Each figure of an example is compared exactly, at the line that states the figure.

What to do: correct the price list or the discount that gives the other figure, or correct the example.",
    find,
};

fn find<'b>(check: &BookUnderCheck<'b>, found: &mut Vec<Finding<'b>>) {
    // An example names its currency, so the examples of a file are quoted once.
    if !std::ptr::eq(check.book, check.books.first()) {
        return;
    }
    let day = check.book.effective.unwrap_or(check.date);
    for example in deal::examples(&check.book.rule.source.source) {
        let mut differences = Differences { found: Vec::new() };
        let resolved = deal::resolve(&example.draft, check.books, day);
        match (resolved, &example.expected.error) {
            _ if !example.faults.is_empty() => {
                differences.add_errors(example.draft.faults.iter().chain(&example.faults));
            }
            (Err(errors), Some(code)) => {
                if !errors.iter().any(|it| it.code.name() == code.value) {
                    differences.add_errors(errors.iter());
                }
            }
            (Err(errors), None) => differences.add_errors(errors.iter()),
            (Ok(_), Some(code)) => {
                differences.add(&code.place, format!("the deal has no error `{}`", code.value));
            }
            (Ok(deal), None) => differences.compare(&example, &quote(&deal)),
        }
        let id = format!("example.{}", example.name);
        found.extend(differences.found.into_iter().map(|(place, message, advice)| {
            let rule = Rule { id: id.clone(), source: place };
            Finding::new(check, &KIND, &rule, format!("{}: {message}", example.name), advice)
        }));
    }
}

/// Returns the number of examples of some books.
pub(super) fn count(books: &[&PriceBook]) -> usize {
    books.iter().map(|book| deal::examples(&book.rule.source.source).len()).sum()
}

/// Differences between an example and its quote: place, message and advice of each.
struct Differences {
    found: Vec<(Place, String, String)>,
}

impl Differences {
    fn add(&mut self, place: &Place, message: String) {
        let advice = "correct the book, or the example";
        self.found.push((place.clone(), message, advice.to_owned()));
    }

    fn add_errors<'d>(&mut self, errors: impl IntoIterator<Item = &'d Diagnostic>) {
        let added = errors.into_iter().map(|error| {
            let advice = error.hint.clone().unwrap_or_else(|| "correct the example".to_owned());
            (error.place.clone(), error.message.clone(), advice)
        });
        self.found.extend(added);
    }

    /// Compares each figure that the example states.
    fn compare(&mut self, example: &Example, quote: &Quote<'_, '_>) {
        let (deal, expected) = (quote.deal, &example.expected);
        let Pricing { lines, totals, .. } = &quote.pricing;
        for (figure, wanted) in &expected.totals {
            let actual = total(totals, *figure).or_else(|| of_partner(quote, *figure));
            self.amount(deal, figure.name(), actual, (wanted.value, &wanted.place));
        }
        if let Some(wanted) = &expected.discount {
            self.word("discount", &totals.discount.to_string(), &wanted.value, &wanted.place);
        }
        if !expected.lines.is_empty() && expected.lines.len() != lines.len() {
            let (has, wanted) = (lines.len(), expected.lines.len());
            let message = format!("the deal has {has} line{}, not {wanted}", plural(has));
            self.add(&expected.place, message);
        }
        for (at, (wanted, line)) in expected.lines.iter().zip(lines).enumerate() {
            for (figure, wanted) in wanted {
                let name = format!("{} of line {}", figure.name(), at + 1);
                let resold = quote.partner.as_ref().and_then(|partner| partner.resold(at, 0));
                let actual = match figure {
                    ExpectedFigure::PartnerUnitPrice => resold.map(|it| it.price),
                    _ => of_line(line, *figure),
                };
                self.amount(deal, &name, actual, (wanted.value, &wanted.place));
            }
        }
        self.compare_years(example, quote);
        self.compare_verdict(example, deal.book, &quote.verdict);
    }

    fn compare_years(&mut self, example: &Example, quote: &Quote<'_, '_>) {
        let years = &example.expected.years;
        let term = quote.deal.length().years();
        if !years.is_empty() && years.len() != term as usize {
            let (plural, wanted) = (plural(term as usize), years.len());
            let message = format!("the contract has {term} whole year{plural}, not {wanted}");
            self.add(&example.expected.place, message);
        }
        for (year, wanted) in (1..=term).zip(years) {
            let in_year = |line: &PricedLine<'_>| {
                let at = line.line.segment_of_year(year)?;
                Some(line.segments.get(at)?.at_net.annual)
            };
            let charge = quote.pricing.lines.iter().filter_map(in_year).sum();
            let name = format!("the charge of year {year}");
            self.amount(quote.deal, &name, Some(charge), (wanted.value, &wanted.place));
        }
    }

    fn compare_verdict(&mut self, example: &Example, book: &PriceBook, verdict: &Verdict) {
        let expected = &example.expected;
        if let Some(wanted) = &expected.level {
            let level = book.ladder.name(verdict.level());
            self.word("the level", level, &wanted.value, &wanted.place);
        }
        if let Some(wanted) = &expected.reviews {
            let sorted = |mut names: Vec<String>| {
                names.sort_unstable();
                if names.is_empty() { "none".to_owned() } else { names.join(", ") }
            };
            let required = verdict.reviews().into_iter().map(str::to_owned).collect();
            self.word("reviews", &sorted(required), &sorted(wanted.value.clone()), &wanted.place);
        }
        match (expected.outside_policy, verdict.violations.first()) {
            (false, Some(violation)) => {
                let message = format!("the deal is outside policy: {}", violation.message);
                self.add(&expected.place, message);
            }
            (true, None) => self.add(&expected.place, "the deal is within policy".to_owned()),
            _ => {}
        }
    }

    fn amount(
        &mut self,
        deal: &Deal<'_>,
        name: &str,
        actual: Option<Money>,
        (wanted, place): (Money, &Place),
    ) {
        let show = |amount| deal.book.currency.show(amount);
        match actual {
            Some(actual) if actual == wanted => {}
            Some(actual) => {
                self.add(place, format!("{name} is {}, not {}", show(actual), show(wanted)));
            }
            None => self.add(place, format!("the quote has no {name}")),
        }
    }

    fn word(&mut self, name: &str, actual: &str, wanted: &str, place: &Place) {
        if actual != wanted {
            self.add(place, format!("{name} is {actual}, not {wanted}"));
        }
    }
}

/// Returns a figure of the whole quote; `None` for one that the quote does not have.
fn total(totals: &Totals, figure: ExpectedFigure) -> Option<Money> {
    match figure {
        ExpectedFigure::ListTcv => Some(totals.list_tcv),
        ExpectedFigure::Tcv => Some(totals.tcv),
        ExpectedFigure::OneTime => Some(totals.once),
        ExpectedFigure::Arr => Some(totals.arr),
        ExpectedFigure::ExitArr => totals.exit_arr,
        ExpectedFigure::Acv => Some(totals.acv),
        _ => None,
    }
}

/// Returns a figure of the partner; `None` for a deal without one.
fn of_partner(quote: &Quote<'_, '_>, figure: ExpectedFigure) -> Option<Money> {
    let partner = quote.partner.as_ref()?;
    match figure {
        ExpectedFigure::PartnerPays => Some(partner.paid().tcv),
        ExpectedFigure::OurNet => Some(partner.our_net().tcv),
        _ => None,
    }
}

/// Returns a figure of a line, by its first year where years differ.
fn of_line(line: &PricedLine<'_>, figure: ExpectedFigure) -> Option<Money> {
    let first = line.segments.first()?;
    match figure {
        ExpectedFigure::ListTcv => Some(line.list_tcv),
        ExpectedFigure::Tcv => Some(line.tcv),
        ExpectedFigure::OneTime => Some(first.at_net.once),
        ExpectedFigure::ListUnitPrice => Some(first.list.price),
        ExpectedFigure::NetUnitPrice => Some(first.net()),
        ExpectedFigure::Annual => Some(first.at_net.annual),
        _ => None,
    }
}
