//! One contract, written in several ways: by its term or by its end, flat or as a ramp of equal years, from any
//! start. Each way has the same price, approvals and invoices.

use crate::findings::{day, resolve};
use crate::support::OUR_BOOK;
use dealdesk::book;
use dealdesk::book::Books;
use dealdesk::number::{Date, Money};
use dealdesk::quote::quote;
use dealdesk::text::source::Source;
use proptest::prelude::*;
use proptest::sample::select;
use std::sync::LazyLock;

/// Our book, without limits of days for a start: the law is about every start.
static BOOK: LazyLock<Books> = LazyLock::new(|| {
    let text = OUR_BOOK.replace("start_before = 30\n", "").replace("start_after = 180\n", "");
    let text = text.replace("start_after_approval = \"vp\"\n", "");
    book::load(&Source::file("book", &text)).unwrap_or_else(|faults| panic!("{faults}"))
});

#[derive(Debug, PartialEq, Eq)]
struct Contract {
    tcv: Money,
    arr: Money,
    ends: Option<Date>,
    level: usize,
    reasons: Vec<String>,
    violations: Vec<String>,
    invoices: Vec<(Date, Money)>,
}

fn contract(text: &str) -> Contract {
    let deal = resolve(&BOOK, text).unwrap_or_else(|| panic!("a deal:\n{text}"));
    let quote = quote(&deal);
    let verdict = &quote.verdict;
    let schedule = quote.schedule.as_ref().expect("invoices");
    Contract {
        tcv: quote.pricing.totals.tcv,
        arr: quote.pricing.totals.arr,
        ends: deal.end(),
        level: verdict.level().height(),
        reasons: verdict.required.iter().map(|it| it.rule.id.clone()).collect(),
        violations: verdict.violations.iter().map(|it| it.message.clone()).collect(),
        invoices: schedule.invoices.iter().map(|it| (it.date, it.amount)).collect(),
    }
}

/// Any day of five years, and each last day of a February and of the months beside it.
fn starts() -> impl Strategy<Value = Date> {
    const ENDS: [&str; 6] =
        ["2027-02-28", "2028-02-28", "2028-02-29", "2028-03-01", "2026-12-31", "2028-01-31"];
    let first = Date::parse("2026-01-01").expect("a date");
    prop_oneof![
        (0..1_826_u32).prop_map(move |days| first.plus_days(days)),
        select(&ENDS[..]).prop_map(|day| Date::parse(day).expect("a date")),
    ]
}

proptest! {
    #![proptest_config(super::cases(300))]

    #[test]
    fn every_way_to_write_a_contract_is_one_contract(
        metric in select(&["socket", "core", "node"][..]),
        quantity in 3..1_200_u32,
        years in 1..6_u32,
        start in starts(),
        prepay in select(&["annual", "multi-year"][..]),
    ) {
        let end = start.plus_months(i32::try_from(12 * years).expect("months")).minus_days(1);
        let line = format!("[[line]]\nmetric = \"{metric}\"\n");
        let flat = format!("{line}quantity = {quantity}\n");
        let year = format!("{{ quantity = {quantity} }}, ");
        let ramp = format!("{line}year = [{}]\n", year.repeat(years as usize));
        let top = format!("date = {}\nprepay = \"{prepay}\"\nstart = {start}\n", day());
        let by_term = format!("{top}term_years = {years}\n");
        let by_end = format!("{top}co_term_end = {end}\njoins = \"C-1\"\n");
        let plain = contract(&format!("{by_term}{flat}"));
        prop_assert_eq!(plain.ends, Some(end));
        for other in [format!("{by_term}{ramp}"), format!("{by_end}{flat}"), format!("{by_end}{ramp}")] {
            prop_assert_eq!(&contract(&other), &plain, "{}", other);
        }
    }
}
