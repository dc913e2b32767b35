//! Years of a contract, counted from its first day and back from its last one.

use dealdesk::deal::ContractPeriod;
use dealdesk::number::{Date, Length, ProrationConvention, Years};
use dealdesk::table::Choice;

fn date(text: &str) -> Date {
    Date::parse(text).expect("a date")
}

fn days(from: &str, to: &str) -> impl Iterator<Item = Date> {
    let (from, to) = (date(from), date(to));
    (0..=from.days_to(to)).map(move |days| from.plus_days(days))
}

fn years(count: u32) -> Years {
    Years::new(count.into()).expect("years")
}

fn boundaries(period: &ContractPeriod) -> Vec<Date> {
    (0..=12 * period.length().years()).map(|months| period.boundary(months)).collect()
}

/// From whatever day on, the contract of so many years is the one that ends on its last day.
#[test]
fn a_term_and_its_last_day_are_one_contract() {
    for start in days("2027-01-01", "2034-12-31") {
        for count in 1..=6 {
            let term = ContractPeriod::years(start, years(count));
            for convention in ProrationConvention::VALUES {
                let joined = ContractPeriod::co_term(start, term.end(), *convention);
                assert_eq!(joined.length(), term.length(), "{start} {count}");
                assert_eq!(joined.end(), term.end(), "{start} {count}");
                assert_eq!(boundaries(&joined), boundaries(&term), "{start} {count}");
            }
        }
    }
}

/// Whether one length is longer than another of the same convention.
fn is_longer(one: Length, other: Length) -> bool {
    // Over 365 x 366 parts of a year.
    let parts = |length: Length| {
        let part = length.part().map_or(0, |part| 365 * 366 * part.count() / part.of());
        365 * 366 * length.years() + part
    };
    parts(one) > parts(other)
}

/// Every last day of contracts that begin about the end of a February, with 28 days and with 29: the whole years
/// are those that have passed from the first day on, only whole years have no part beside them, and a day more
/// is never less.
#[test]
fn whole_years_are_the_same_from_both_ends() {
    let starts = days("2027-02-20", "2027-03-05").chain(days("2028-02-20", "2028-03-05"));
    for (start, convention) in
        starts.flat_map(|start| ProrationConvention::VALUES.iter().map(move |it| (start, *it)))
    {
        let mut before = None;
        for last in days(&start.to_string(), "2033-03-05") {
            let joined = ContractPeriod::co_term(start, last, convention);
            let (length, said) = (joined.length(), format!("{start} to {last}"));
            let passed =
                (1..9).take_while(|it| ContractPeriod::years(start, years(*it)).end() <= last);
            assert_eq!(length.years(), u32::try_from(passed.count()).expect("few"), "{said}");
            assert_eq!(joined.end(), last, "{said}");
            let is_whole = length.years() > 0
                && ContractPeriod::years(start, years(length.years())).end() == last;
            assert_eq!(length.part().is_none(), is_whole, "{said}");
            assert_eq!(joined.boundary(0) == start, is_whole, "{said}");
            if let Some(part) = length.part() {
                assert!(0 < part.count() && part.count() <= part.of(), "{said}: {part}");
                assert!(start < joined.boundary(0), "{said}");
            }
            let ascends = boundaries(&joined).windows(2).all(|pair| pair[0] < pair[1]);
            assert!(ascends, "{said}");
            assert!(before.is_none_or(|before| !is_longer(before, length)), "{said}");
            before = Some(length);
        }
    }
}

/// A day earlier is never less, up to each last day of three years.
#[test]
fn a_day_earlier_is_no_shorter() {
    for last in days("2030-01-01", "2032-12-31") {
        let mut before = None;
        for start in days("2028-02-15", "2028-03-10") {
            let length = ContractPeriod::co_term(start, last, ProrationConvention::Actual).length();
            let is_shorter = before.is_none_or(|before| !is_longer(length, before));
            assert!(is_shorter, "{start} to {last}: {length}, and {before:?} a day earlier");
            before = Some(length);
        }
    }
}
