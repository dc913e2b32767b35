//! Batch and `negotiate` with a rule that promises nothing.

use crate::findings::day;
use crate::laws::batch::run::{CSV, desk, priced};
use crate::laws::world::load;
use dealdesk::answer::negotiate::{CustomerRequest, Goal, Search};
use dealdesk::approve::{
    APPROVAL_RULES, ApprovalRule, Direction, PricedDeal, Promise, VerdictSink,
};
use dealdesk::book::{Books, Metric, PriceBook, Rule};
use dealdesk::deal;
use dealdesk::number::Rate;
use dealdesk::price::{Pricing, StepSource};
use dealdesk::text::source::Source;
use std::sync::LazyLock;

static BOOK: LazyLock<Books> = LazyLock::new(|| load(include_str!("book.toml")));

/// Refuses odd quantities, and rates whose last whole percent is odd: no bisection finds those.
#[derive(Debug)]
struct OddRule {
    /// What the rule declares.
    between: Direction,
}

impl ApprovalRule for OddRule {
    fn judge<'b>(&self, case: &PricedDeal<'_, 'b>, sink: &mut dyn VerdictSink<'b>) {
        for line in case.deal.lines() {
            let is_odd = line.segments().iter().any(|segment| segment.quantity().ceil() % 2 == 1);
            let rates = program_rates(case.pricing);
            let is_odd_rate = rates.iter().any(|rate| rate.millionths() / 10_000 % 2 == 1);
            if is_odd || is_odd_rate {
                sink.refuse(rule(case.deal.book()), format_args!("odd"));
            }
        }
    }

    fn promises<'b>(&self, book: &'b PriceBook, _: &Metric) -> Vec<Promise<'b>> {
        let mut promise = Promise::constant(rule(book));
        (promise.quantity.between, promise.rate.between) = (self.between, self.between);
        vec![promise]
    }
}

/// Any line of the book.
fn rule(book: &PriceBook) -> &Rule {
    book.ladder().levels().next().map(|(_, level)| &level.rule).expect("a level")
}

/// The rates of programs in a deal.
fn program_rates(pricing: &Pricing<'_>) -> Vec<Rate> {
    let segments = pricing.lines.iter().flat_map(|line| &line.segments);
    let steps = segments.flat_map(|segment| &segment.waterfall.steps);
    steps.filter(|it| matches!(it.grant, StepSource::Program(_))).filter_map(|it| it.rate).collect()
}

static UNPROVED: OddRule = OddRule { between: Direction::Unproved };
static LYING: OddRule = OddRule { between: Direction::Constant };
static WITH_UNPROVED: LazyLock<Vec<&'static dyn ApprovalRule>> = LazyLock::new(|| with(&UNPROVED));
static WITH_LYING: LazyLock<Vec<&'static dyn ApprovalRule>> = LazyLock::new(|| with(&LYING));

fn with(rule: &'static dyn ApprovalRule) -> Vec<&'static dyn ApprovalRule> {
    APPROVAL_RULES.iter().copied().chain([rule]).collect()
}

/// The approvals of 100 to 139 seats, as batch writes them.
fn approvals(rules: &'static [&'static dyn ApprovalRule]) -> Vec<String> {
    let rows = (100..140).map(|quantity| format!("d{quantity},seat,{quantity},1\n"));
    let file = format!("id,metric,quantity,term_years\n{}", rows.collect::<String>());
    let ran = priced(&desk(&BOOK, None).with_rules(rules), file.as_bytes(), CSV);
    ran.rows().into_iter().map(|row| row[6].clone()).collect()
}

/// Every row is judged by itself. The same rule with a promise that it does not keep shows that the promise
/// is what batch relies on.
#[test]
fn batch_asks_for_each_row_where_a_rule_promises_nothing() {
    let expected: Vec<_> =
        (100..140).map(|it| if it % 2 == 1 { "refused" } else { "lead" }).collect();
    assert_eq!(approvals(&WITH_UNPROVED), expected);
    assert_ne!(approvals(&WITH_LYING), expected);
}

/// What a search for 46% off list finds, with rates in whole percent or finer.
fn search(
    rules: &'static [&'static dyn ApprovalRule],
    step: Option<Rate>,
) -> (Vec<Rate>, Vec<String>) {
    let text = "term_years = 1\n[[line]]\nmetric = \"seat\"\nquantity = 40\n";
    let draft = deal::read(&Source::file("deal.toml", text));
    let asked = CustomerRequest::new(draft, &BOOK, day()).expect("a deal").with_rules(rules);
    let goal = Goal::Discount(Rate::parse("49.7%").expect("a rate"));
    let locked = ["term", "prepay", "volume"];
    let free = [("program", vec!["partner"])];
    let mut search = Search::new(&asked, goal, &free, &locked).expect("levers");
    search.step = step;
    let found = search.run(&asked, &|_| true);
    let rates = found.offers.iter().flat_map(|it| program_rates(&it.pricing));
    let unproved = found.certificate.unproved.iter().map(|rule| rule.id.clone());
    (rates.collect(), unproved.collect())
}

/// 43% are off by itself. 11.76% more of the rest would do, which is odd; so the first rate that somebody can
/// grant is 12%. With rates that are too fine to try each, the result says that it is not proved.
#[test]
fn negotiate_tries_every_rate_or_says_that_nothing_is_proved() {
    let percent = Rate::parse("1%").expect("a rate");
    let twelve = Rate::parse("12%").expect("a rate");
    assert_eq!(search(&WITH_UNPROVED, Some(percent)), (vec![twelve], Vec::new()));
    let (_, unproved) = search(&WITH_UNPROVED, None);
    assert!(!unproved.is_empty());
    let (_, unproved) = search(APPROVAL_RULES, None);
    assert!(unproved.is_empty());
}
