//! Words for the parts of a quote.

use crate::book::{PriceBasis, PriceBook, PricePeriod};
use crate::deal::{Deal, Line, Segment};
use crate::document::Cell;
use crate::number::{Length, Money, Share, plural};
use crate::price::{PricedLine, PricedSegment, StepSource, WaterfallStep};
use crate::quote::Quote;

pub(crate) fn money(quote: &Quote<'_, '_>, amount: Money) -> Cell {
    Cell::money(quote.deal.book().currency(), amount)
}

pub(crate) struct QuotedSegment<'q, 'b> {
    pub line: &'q Line<'b>,
    pub priced: &'q PricedSegment<'b>,
    /// ", year 2" or ", years 2-3" of a ramp, nothing for a flat line.
    pub years: String,
}

impl QuotedSegment<'_, '_> {
    /// Returns "500 sockets, Enterprise+, year 3".
    pub fn describe(&self, quote: &Quote<'_, '_>) -> String {
        describe(quote.deal.book, self.line, &self.priced.segment, self.priced, &self.years)
    }
}

pub(crate) fn segments<'q, 'b>(
    quote: &'q Quote<'_, 'b>,
) -> impl Iterator<Item = QuotedSegment<'q, 'b>> {
    quote.pricing.lines.iter().flat_map(segments_of)
}

pub(crate) fn segments_of<'q, 'b>(
    bought: &'q PricedLine<'b>,
) -> impl Iterator<Item = QuotedSegment<'q, 'b>> {
    bought.by_year().map(|(first, priced)| {
        let years = match (bought.line.has_years(), priced.length.years()) {
            (false, _) => String::new(),
            (true, 1) => format!(", year {first}"),
            (true, count) => format!(", years {first}-{}", first + count - 1),
        };
        QuotedSegment { line: &bought.line, priced, years }
    })
}

/// "500 sockets, Enterprise+, year 3".
pub(crate) fn describe(
    book: &PriceBook,
    line: &Line<'_>,
    segment: &Segment<'_>,
    priced: &PricedSegment<'_>,
    years: &str,
) -> String {
    let count = line.metric.count(segment.expected());
    let average = match line.metric.price_period {
        PricePeriod::Year | PricePeriod::Month => String::new(),
        PricePeriod::Hour { .. } => " on average".to_owned(),
        PricePeriod::Use => " per month".to_owned(),
        PricePeriod::Once { .. } => match line.metric.months {
            None => ", perpetual".to_owned(),
            Some(months) => format!(" for {}", of_months(months)),
        },
    };
    // A package goes by its name: its units are sold by themselves too. So does a product whose unit
    // another product of the book has.
    let is_named = priced.list.tier.fee.is_some() || book.shares_unit(line.metric);
    let package = is_named.then(|| format!("{}, ", line.metric.title));
    let edition = priced.list.tier.edition.as_ref().map(|edition| format!(", {edition}"));
    let committed = line.committed.map(|count| format!(", {} committed", count.grouped()));
    let counted = line.count().map(|groups| format!(" ({groups})")).unwrap_or_default();
    let [package, committed, edition] =
        [package, committed, edition].map(Option::unwrap_or_default);
    format!("{package}{count}{counted}{average}{committed}{edition}{years}")
}

fn of_months(months: u32) -> String {
    format!("{months} month{}", plural(months))
}

/// "3 years"; "6 months" or "3 to 6 months" where the commitment decides nothing, because all that
/// is bought lasts for some months.
pub(crate) fn term(deal: &Deal<'_>) -> String {
    match deal.months() {
        None => deal.length_words(),
        Some((least, most)) if least == most => of_months(least),
        Some((least, most)) => format!("{least} to {}", of_months(most)),
    }
}

/// "$191,250.00 × 3 years", after what a part of a year before them costs, if there is one.
pub(crate) fn over(priced: &PricedSegment<'_>, annual: &str, stub: &str) -> String {
    let length = priced.length;
    let years = format!("{annual} × {}", Length::new(None, length.years()));
    match (length.part(), length.years()) {
        (None, _) => years,
        (Some(_), 0) => stub.to_owned(),
        (Some(_), _) => format!("{stub} + {years}"),
    }
}

/// "3 years", "(182/365 + 3) years": what a total is divided by to be that of a year.
pub(crate) fn divisor(length: Length) -> String {
    match (length.part(), length.years()) {
        (Some(part), 0) => format!("({part}) of a year"),
        (Some(part), years) => format!("({part} + {years}) years"),
        (None, _) => length.to_string(),
    }
}

/// "per socket per year".
pub(crate) fn basis(line: &Line<'_>, priced: &PricedSegment<'_>) -> String {
    let (one, many) = (&line.metric.unit, &line.metric.units);
    // The description of the line says how long a purchase lasts that is paid once.
    let per = match line.metric.price_period {
        PricePeriod::Year => " per year",
        PricePeriod::Month => " per month",
        PricePeriod::Hour { .. } => " per hour",
        PricePeriod::Use if priced.list.basis == PriceBasis::Line => " per month",
        PricePeriod::Use | PricePeriod::Once { .. } => "",
    };
    match priced.list.basis {
        PriceBasis::Unit => format!("per {one}{per}"),
        PriceBasis::Package(size) => format!("per package of {size} {many}{per}"),
        PriceBasis::Line => format!("for the whole line{per}"),
    }
}

/// Returns the title of a step: that of its program, if the step is for one.
pub(crate) fn title(step: &WaterfallStep<'_>) -> String {
    match step.grant {
        StepSource::Program(program) => program.title.clone(),
        _ => step.title.to_owned(),
    }
}

/// Returns the change of a step, with its sign; an empty cell for the list price.
pub(crate) fn amount(quote: &Quote<'_, '_>, step: &WaterfallStep<'_>) -> Cell {
    if step.name == "list" {
        return Cell::default();
    }
    money(quote, step.amount).plus_if(step.amount > Money::ZERO)
}

/// The rate of a step; of an agreed price how far it lies below policy, to 2 places.
pub(crate) fn rate(step: &WaterfallStep<'_>) -> Cell {
    match step.grant {
        StepSource::Negotiated if step.amount.is_negative() => {
            let off = Share::off(step.base, step.price);
            // What rounds to nothing would say that nothing was taken off: the amount says it.
            if off.is_zero() { Cell::default() } else { Cell::share(off) }
        }
        _ => {
            let is_uplift = step.amount > Money::ZERO;
            step.stated_rate().map(|rate| Cell::rate(rate).plus_if(is_uplift)).unwrap_or_default()
        }
    }
}

/// Returns what is said of an average that the rounded charge of a part of a year would miss by a coin.
pub(super) fn before_rounding(quote: &Quote<'_, '_>) -> &'static str {
    let (totals, minor) = (&quote.pricing.totals, quote.deal.book.currency.minor);
    let rounding = quote.deal.book.rounding;
    let rounded = rounding.average(totals.tcv - totals.once, quote.deal.length(), minor);
    if rounded == totals.acv { "" } else { ", before the part of a year is rounded" }
}
