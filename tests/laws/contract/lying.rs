//! Rules that misstate their contract, to show that the law finds out.

use super::course::{DealAxis, answers, check};
use crate::findings::resolve;
use crate::laws::world::load;
use dealdesk::approve::{
    APPROVAL_RULES, ApprovalRule, Direction, PricedDeal, Promise, VerdictSink,
};
use dealdesk::book::{Books, Metric, PriceBook};
use dealdesk::deal::Deal;
use std::sync::LazyLock;

/// A book in which every rule has something to misstate.
static BOOK: LazyLock<Books> = LazyLock::new(|| load(include_str!("book.toml")));

/// A misstatement.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Lie {
    /// No breakpoint in an axis.
    NoBreakpoints(DealAxis),
    /// Every breakpoint comes one too late.
    TooLate(DealAxis),
    /// What rises is said to fall.
    Reversed(DealAxis),
    /// A line of the book is not declared.
    Undeclared,
}

/// A rule that judges as another one and declares something else.
#[derive(Debug)]
struct Lying<'r> {
    rule: &'r dyn ApprovalRule,
    lie: Lie,
}

impl ApprovalRule for Lying<'_> {
    fn judge<'b>(&self, case: &PricedDeal<'_, 'b>, sink: &mut dyn VerdictSink<'b>) {
        self.rule.judge(case, sink);
    }

    fn promises<'b>(&self, book: &'b PriceBook, metric: &Metric) -> Vec<Promise<'b>> {
        if self.lie == Lie::Undeclared {
            return Vec::new();
        }
        let lie = |mut promise: Promise<'b>| {
            let (Lie::NoBreakpoints(axis) | Lie::TooLate(axis) | Lie::Reversed(axis)) = self.lie
            else {
                return promise;
            };
            let course = match axis {
                DealAxis::Quantity => &mut promise.quantity,
                DealAxis::Rate => &mut promise.rate,
                DealAxis::Term => &mut promise.term,
            };
            match self.lie {
                Lie::NoBreakpoints(_) => course.breakpoints.clear(),
                Lie::TooLate(_) => course.breakpoints.iter_mut().for_each(|at| *at += 1),
                _ => {
                    course.between = match course.between {
                        Direction::Rises => Direction::Falls,
                        Direction::Falls => Direction::Rises,
                        other => other,
                    }
                }
            }
            promise
        };
        self.rule.promises(book, metric).into_iter().map(lie).collect()
    }
}

/// A deal of the book, by quantity, rate and term. Its other terms are those of a case.
type DealAt = fn(u64, u64, u64) -> String;

fn percent(millionths: u64) -> String {
    format!("{}.{:06}", millionths / 1_000_000, millionths % 1_000_000)
}

fn seats(quantity: u64, term: u64, more: &str) -> String {
    format!("term_years = {term}\n{more}")
        .replace("LINE", &format!("[[line]]\nmetric = \"seat\"\nquantity = {quantity}\n"))
}

/// Rules with a lie about each that some deal contradicts: the rule, the lie, the quantity, the rate and the
/// term that do not vary, and the deal.
const LIES: &[(&str, Lie, [u64; 3], DealAt)] = &[
    ("BookDatesRule", Lie::Undeclared, [20, 0, 1], late_quote),
    ("EditionRule", Lie::NoBreakpoints(DealAxis::Quantity), [20, 0, 1], named_edition),
    ("EditionRule", Lie::TooLate(DealAxis::Quantity), [20, 0, 1], named_edition),
    ("EditionRule", Lie::Reversed(DealAxis::Quantity), [20, 0, 1], on_hosts),
    ("EditionRule", Lie::Undeclared, [5, 0, 1], named_edition),
    ("FeeRule", Lie::NoBreakpoints(DealAxis::Quantity), [20, 0, 1], package),
    ("FeeRule", Lie::TooLate(DealAxis::Quantity), [20, 0, 1], package),
    ("TermRule", Lie::NoBreakpoints(DealAxis::Term), [20, 0, 1], plain),
    ("TermRule", Lie::TooLate(DealAxis::Term), [20, 0, 1], plain),
    ("DiscountRule", Lie::NoBreakpoints(DealAxis::Quantity), [20, 0, 1], plain),
    ("DiscountRule", Lie::TooLate(DealAxis::Quantity), [20, 0, 1], plain),
    ("DiscountRule", Lie::NoBreakpoints(DealAxis::Rate), [150, 0, 1], volume),
    ("DiscountRule", Lie::TooLate(DealAxis::Rate), [150, 0, 1], volume),
    ("DiscountRule", Lie::NoBreakpoints(DealAxis::Term), [20, 0, 1], plain),
    ("PaymentRule", Lie::NoBreakpoints(DealAxis::Rate), [20, 0, 1], late),
    ("ProgramRule", Lie::NoBreakpoints(DealAxis::Quantity), [20, 100_000, 1], partner),
    ("ProgramRule", Lie::TooLate(DealAxis::Quantity), [20, 100_000, 1], partner),
    ("ProgramRule", Lie::Reversed(DealAxis::Quantity), [20, 100_000, 1], large),
    ("ProgramRule", Lie::Reversed(DealAxis::Rate), [60, 100_000, 1], large_with_volume),
    ("ProgramRule", Lie::NoBreakpoints(DealAxis::Rate), [20, 0, 1], partner),
    ("ProgramRule", Lie::TooLate(DealAxis::Rate), [20, 0, 1], partner),
    ("ProgramRule", Lie::NoBreakpoints(DealAxis::Term), [20, 100_000, 1], partner),
    ("ChannelRule", Lie::Undeclared, [20, 0, 1], resold),
    ("ChannelRule", Lie::Reversed(DealAxis::Quantity), [20, 0, 1], shared),
    ("ChannelRule", Lie::Reversed(DealAxis::Rate), [20, 0, 1], shared),
    ("ServiceRule", Lie::Reversed(DealAxis::Quantity), [20, 0, 1], helped),
    ("ServiceRule", Lie::Reversed(DealAxis::Rate), [500, 0, 1], helped),
    // 300 seats are $12,960.00 a year, and $2,000.00 are a tenth of more than one.
    ("ServiceRule", Lie::Reversed(DealAxis::Term), [300, 0, 1], helped),
    ("ServiceRule", Lie::Undeclared, [20, 0, 1], serviced),
    ("RequiredMetricRule", Lie::Undeclared, [20, 0, 1], alone),
    ("ClauseRule", Lie::Undeclared, [20, 0, 1], warranted),
    ("GuardrailRule", Lie::Reversed(DealAxis::Quantity), [20, 0, 1], plain),
    ("GuardrailRule", Lie::Reversed(DealAxis::Rate), [150, 0, 1], partner),
    ("GuardrailRule", Lie::NoBreakpoints(DealAxis::Term), [20, 0, 1], plain),
    ("GuardrailRule", Lie::Undeclared, [500, 0, 1], plain),
];

fn plain(quantity: u64, _: u64, term: u64) -> String {
    seats(quantity, term, "LINE")
}

fn late_quote(quantity: u64, _: u64, term: u64) -> String {
    seats(quantity, term, "date = 2030-01-01\nLINE")
}

fn named_edition(quantity: u64, _: u64, term: u64) -> String {
    seats(quantity, term, "LINEedition = \"Team\"")
}

fn on_hosts(quantity: u64, _: u64, term: u64) -> String {
    let line = format!("[[line]]\nmetric = \"blade\"\nquantity = {quantity}\n");
    format!("term_years = {term}\n{line}edition = \"Small\"\nhosts = 10")
}

fn package(quantity: u64, _: u64, term: u64) -> String {
    format!(
        "term_years = {term}\n[[line]]\nmetric = \"pilot\"\nquantity = {quantity}\nfee = \"150.00\""
    )
}

fn volume(quantity: u64, rate: u64, term: u64) -> String {
    seats(quantity, term, &format!("LINE[discount]\nvolume = \"{}\"", percent(rate)))
}

fn late(quantity: u64, rate: u64, term: u64) -> String {
    let claim = format!("LINE[strategic]\nprogram = \"partner\"\nrate = \"{}\"", percent(rate));
    seats(quantity, term, &format!("payment = \"net-60\"\n{claim}"))
}

fn partner(quantity: u64, rate: u64, term: u64) -> String {
    let claim = format!("LINE[strategic]\nprogram = \"partner\"\nrate = \"{}\"", percent(rate));
    seats(quantity, term, &claim)
}

fn large(quantity: u64, rate: u64, term: u64) -> String {
    let claim = format!("LINE[strategic]\nprogram = \"large\"\nrate = \"{}\"", percent(rate));
    seats(quantity, term, &claim)
}

fn large_with_volume(quantity: u64, rate: u64, term: u64) -> String {
    let claim = "LINE[strategic]\nprogram = \"large\"\nrate = \"0.1\"\n";
    seats(quantity, term, &format!("{claim}[discount]\nintroduction = \"{}\"", percent(rate)))
}

fn resold(quantity: u64, _: u64, term: u64) -> String {
    seats(quantity, term, "LINE[channel]\nname = \"reseller\"\nrate = \"30%\"")
}

/// Our share is $1,500 a year.
fn shared(quantity: u64, rate: u64, term: u64) -> String {
    let channel = "LINE[channel]\nname = \"share\"\nrevenue = \"5000.00\"\n";
    seats(quantity, term, &format!("{channel}[discount]\nintroduction = \"{}\"", percent(rate)))
}

fn serviced(quantity: u64, _: u64, term: u64) -> String {
    seats(quantity, term, "LINE[[service]]\nname = \"migration\"\nvalue = \"2000.00\"")
}

fn helped(quantity: u64, rate: u64, term: u64) -> String {
    partner(quantity, rate.max(1), term) + "\n[[service]]\nname = \"help\"\nvalue = \"2000.00\""
}

fn warranted(quantity: u64, _: u64, term: u64) -> String {
    seats(quantity, term, "LINE[[clause]]\nname = \"warranty\"")
}

fn alone(quantity: u64, _: u64, term: u64) -> String {
    format!("term_years = {term}\n[[line]]\nmetric = \"log\"\nquantity = {quantity}\n")
}

fn rule(name: &str) -> &'static dyn ApprovalRule {
    *APPROVAL_RULES.iter().find(|rule| format!("{rule:?}") == name).expect("a rule")
}

/// Holds a rule to what it declares, along the axis that a lie is about.
fn held(
    rule: &dyn ApprovalRule,
    axis: DealAxis,
    fixed: [u64; 3],
    deal_at: DealAt,
) -> Result<(), String> {
    let [quantity, rate, term] = fixed;
    let any = resolve(&BOOK, &deal_at(quantity, rate, term)).expect("a deal");
    let (book, metric) = (any.book(), any.lines()[0].metric());
    let numbers = axis.samples(APPROVAL_RULES, book, metric);
    let at = |number: u64| -> Option<(u64, Deal<'static>)> {
        let text = match axis {
            DealAxis::Quantity => deal_at(number, rate, term),
            DealAxis::Rate => deal_at(quantity, number, term),
            DealAxis::Term => deal_at(quantity, rate, number),
        };
        Some((number, resolve(&BOOK, &text)?))
    };
    let answers = answers(rule, numbers.into_iter().filter_map(at));
    assert!(!answers.is_empty(), "no deal");
    check(&rule.promises(book, metric), axis, &axis.of_price(book, metric), &answers)
}

#[test]
fn a_rule_that_misstates_its_contract_is_caught() {
    for &(name, lie, fixed, deal_at) in LIES {
        let axis = match lie {
            Lie::NoBreakpoints(axis) | Lie::TooLate(axis) | Lie::Reversed(axis) => axis,
            Lie::Undeclared => DealAxis::Quantity,
        };
        let honest = held(rule(name), axis, fixed, deal_at);
        assert_eq!(honest, Ok(()), "{name} {axis:?}");
        let lying = held(&Lying { rule: rule(name), lie }, axis, fixed, deal_at);
        assert!(lying.is_err(), "{name} {lie:?} is not caught");
    }
}

/// Each rule is in the table, so that a new rule needs a row.
#[test]
fn a_lie_about_every_rule_is_tried() {
    for rule in APPROVAL_RULES {
        assert!(LIES.iter().any(|(name, ..)| *name == format!("{rule:?}")), "{rule:?}");
    }
}
