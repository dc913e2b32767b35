//! What is proved of a book, held against trying.

mod approvals;
mod level_gives_at_most;
mod parts;
mod splits;

use super::larger_order::{LAST, small};
use super::model;
use super::model::{
    Ask, Book, Claim, Discount, Given, Guardrail, Line, Measure, Mode, Money, Per, Program, Range,
    Rate, Style, Year,
};
use super::world::{World, load, world};
use crate::findings::{count, counts, day, proved, resolve, total, tried};
use dealdesk::answer::book_check::{Finding, OrderTerms, findings};
use dealdesk::approve::{PricedDeal, route};
use dealdesk::book;
use dealdesk::book::Books;
use dealdesk::deal::Deal;
use dealdesk::number::{Increment, Money as Price, Quantity};
use dealdesk::price::price;
use proptest::collection::vec;
use proptest::option::weighted;
use proptest::prelude::*;
use proptest::test_runner::TestCaseResult;
use std::collections::{BTreeMap, BTreeSet};

proptest! {
    #![proptest_config(super::cases(80))]

    /// Larger orders that cost less are found at every quantity, and nowhere else.
    #[test]
    fn larger_orders_that_cost_less_are_all_found(world in world().prop_map(small)) {
        let books = world.load();
        let found = findings(&[&books], day());
        let book = books.first();
        let is_tried = |it: &&book::Metric| {
            // What is sold in parts has its own laws.
            it.increment() == Increment::UNIT &&
            // What is sold at a fee is no matter of quantity, and nobody orders use.
            !matches!(it.price_period(), book::PricePeriod::Hour { .. }) && it.tiers().iter().all(|tier| tier.fee().is_none())
        };
        for metric in book.metrics().iter().filter(is_tried) {
            let first = metric.tiers()[0].quantity().from().max(1);
            let code = &book.currency().code;
            let text = format!(
                "currency = \"{code}\"\n[[line]]\nmetric = \"{}\"\nquantity = {first}", metric.name()
            );
            let Some(deal) = resolve(&books, &text) else { continue };
            // Odd rates can need more digits for one quantity than for a larger one, which is then
            // priced and it is not. What no quote can say is no finding.
            let is_priced: Vec<_> = (first..LAST + 12).map(|it| total(&deal, it).is_some()).collect();
            if is_priced.windows(2).any(|it| it == [false, true]) {
                continue;
            }
            let mine: Vec<_> = found
                .iter()
                .filter(|it| it.book.currency() == book.currency())
                // At the shortest term, with the standard prepayment.
                .filter(|it| it.elsewhere.as_ref().is_none_or(|at| Some(at.from) != it.quantities.map(|it| it.0)))
                .cloned()
                .collect();
            prop_assert_eq!(proved(&mine, metric.name()), tried(&deal, LAST + 12), "{}\n{}", metric.name(), world.book.toml());
        }
    }
}

/// Nothing is sold beyond.
const MOST: u64 = LAST + 14;

/// What is done to a random book, so that its programs decide something near its prices.
#[derive(Debug, Clone)]
struct Tweak {
    programs: Vec<Near>,
    /// One metric at one price for every quantity, so that only programs and rules decide.
    plain: Option<u64>,
    terms: (u64, u64),
    /// A guardrail on ACV or TCV, in first prices.
    most: Option<(bool, u64)>,
}

/// What a program asks for, in first prices where it is money.
#[derive(Debug, Clone)]
struct Near {
    quantity: Option<Range>,
    arr_above: Option<u64>,
    floor: u64,
    /// Nobody has to approve it.
    is_free: bool,
    /// In a book that has no other programs.
    percent: u32,
    is_exclusive: bool,
    years: Option<Range>,
}

impl Near {
    fn program(&self, name: &str, money: impl Fn(u64) -> Money, is_free: bool) -> Program {
        Program {
            name: name.to_owned(),
            max_rate: Rate { millionths: self.percent * 10_000, style: Style::Quoted },
            fixed: false,
            exclusive: self.is_exclusive,
            floor: self.is_exclusive.then(|| money(self.floor)),
            quantity: self.quantity,
            years: self.years,
            level: usize::from(!is_free),
            review: None,
            duties: Vec::new(),
            limit: None,
            incumbents: Vec::new(),
            arr_above: self.arr_above.map(money),
            assumed: false,
        }
    }
}

fn tweak() -> impl Strategy<Value = Tweak> {
    let quantity = (0..40_u64, weighted(0.5, 0..30_u64))
        .prop_map(|(from, more)| Range { from, to: more.map(|more| from + more) });
    let limits = (weighted(0.5, quantity), weighted(0.35, 1..40_u64), 1..60_u64, any::<bool>());
    let gives = (1..=100_u32, weighted(0.4, Just(())), weighted(0.25, 1..4_u64));
    let program = (limits, gives).prop_map(|(limits, (percent, exclusive, years))| Near {
        quantity: limits.0,
        arr_above: limits.1,
        floor: limits.2,
        is_free: limits.3,
        percent,
        is_exclusive: exclusive.is_some(),
        years: years.map(|from| Range { from, to: None }),
    });
    let terms = prop::sample::select(vec![(1, 1), (1, 2), (2, 3)]);
    let most = weighted(0.3, (any::<bool>(), 5..80_u64));
    (vec(program, 8), weighted(0.7, 1..13_u64), terms, most)
        .prop_map(|(programs, plain, terms, most)| Tweak { programs, plain, terms, most })
}

/// Leaves one metric at one price, or one that falls, and programs alone.
fn plain(book: &mut Book, tweak: &Tweak, price: u64) {
    let money = |times: u64| Money::of(price * times * 1_000_000);
    book.metrics.truncate(1);
    let metric = &mut book.metrics[0];
    (metric.per, metric.fee, metric.minimum) = (Per::Year, None, None);
    metric.net_minimum = None;
    (metric.main_only, metric.fractional) = (false, false);
    if price.is_multiple_of(2) {
        // Whole prices lose much where they are rounded.
        (metric.places, metric.silent_places) = (0, false);
    }
    if price.is_multiple_of(3) {
        metric.mode = Mode::Package { size: 1, included: 5 };
    }
    let count = if price.is_multiple_of(4) { metric.tiers.len() } else { 1 };
    for (tier, times) in metric.tiers.iter_mut().zip((1..=count).rev().chain(std::iter::repeat(1)))
    {
        let times = u64::try_from(times).expect("small");
        (tier.price, tier.flat, tier.fee) = (Some(money(times)), None, None);
    }
    let programs = tweak.programs.iter().take(3).enumerate().map(|(at, near)| {
        near.program(&format!("p{at}"), money, near.is_free || book.levels.is_empty())
    });
    let given = Given::Program { programs: programs.collect(), at_most: 2 };
    book.discounts = vec![Discount {
        name: "programs".to_owned(),
        off_list: false,
        main_only: false,
        metrics: vec![0],
        given,
    }];
}

/// A small book with few programs, which its prices are held against.
fn granting((world, tweak): (World, Tweak)) -> Book {
    let modes: Vec<_> = world.book.metrics.iter().map(|metric| metric.mode).collect();
    let mut book = small(world).book;
    for (metric, mode) in book.metrics.iter_mut().zip(modes) {
        metric.mode = mode;
        let last = metric.tiers.last_mut().expect("a tier");
        last.range.to = Some(MOST);
    }
    let first = book.metrics[0].tiers[0].price.map_or(1, |price| price.micros / 1_000_000);
    let unit = tweak.plain.unwrap_or(first).clamp(1, 1_000_000_000);
    let money = |times: u64| Money::of(unit * times * 1_000_000);
    let mut lists = 0;
    book.discounts.retain(|it| {
        lists += usize::from(matches!(it.given, Given::Program { .. }));
        lists <= 2 || !matches!(it.given, Given::Program { .. })
    });
    let mut tweaks = tweak.programs.iter();
    for discount in &mut book.discounts {
        let Given::Program { programs, .. } = &mut discount.given else { continue };
        programs.truncate(2);
        for (program, tweak) in programs.iter_mut().zip(&mut tweaks) {
            program.quantity = tweak.quantity;
            program.arr_above = tweak.arr_above.map(money);
            program.floor = program.floor.map(|_| money(tweak.floor));
            if tweak.is_free {
                (program.level, program.review) = (0, None);
            }
        }
    }
    if let Some(price) = tweak.plain {
        plain(&mut book, &tweak, price);
    }
    book.terms = Some(Range { from: tweak.terms.0, to: Some(tweak.terms.1) });
    book.guardrails.extend(tweak.most.map(|(annual, most)| Guardrail {
        measure: if annual { Measure::Acv(money(most)) } else { Measure::Tcv(money(most)) },
        also: None,
        ask: Ask { level: None, review: None },
        refuse: true,
    }));
    book
}

/// A program by its places in the book.
type Place = (usize, usize);

/// What every quantity costs under one choice.
struct Way {
    term: u32,
    prepay: Option<String>,
    programs: BTreeSet<String>,
    totals: Vec<Option<Price>>,
}

impl Way {
    /// How much more than a larger order each quantity costs that does.
    fn dear(&self) -> BTreeMap<u64, Price> {
        let mut dear = BTreeMap::new();
        let mut least: Option<Price> = None;
        for (quantity, total) in (0..).zip(&self.totals).collect::<Vec<_>>().into_iter().rev() {
            let Some(total) = *total else { continue };
            if let Some(least) = least.filter(|least| *least < total) {
                dear.insert(quantity, total - least);
            }
            least = least.into_iter().chain([total]).min();
        }
        dear
    }

    fn is(&self, terms: &OrderTerms<'_>) -> bool {
        let programs: BTreeSet<_> = terms.programs.iter().map(|it| it.name().to_owned()).collect();
        self.term == terms.years.count()
            && self.prepay.as_deref() == terms.prepay
            && self.programs == programs
    }
}

/// What a quantity costs, and whether somebody can grant it.
fn tried_at(deal: &Deal<'_>, count: u64) -> Option<(Price, bool)> {
    let metric = deal.lines()[0].metric();
    let deal = deal.with_order(metric, metric.increment().quantity(count)?)?;
    let pricing = price(&deal);
    let verdict = route(&PricedDeal { deal: &deal, pricing: &pricing });
    Some((pricing.totals.tcv, !verdict.is_refused()))
}

fn program(book: &Book, (discount, program): Place) -> &Program {
    &book.discounts[discount].programs()[program]
}

/// Every set of programs that one quote may have.
fn sets(book: &Book, metric: usize) -> Vec<Vec<Place>> {
    let mine = |it: &usize| book.discounts[*it].metrics.contains(&metric);
    let discounts = (0..book.discounts.len()).filter(mine);
    let all: Vec<Place> = discounts
        .flat_map(|it| (0..book.discounts[it].programs().len()).map(move |program| (it, program)))
        .collect();
    let sets = (0..1_usize << all.len()).map(|bits| {
        let chosen = all.iter().enumerate().filter(|(at, _)| bits >> at & 1 == 1);
        chosen.map(|(_, place)| *place).collect::<Vec<_>>()
    });
    let may_be = |set: &Vec<Place>| {
        let is_within = |place: &Place| match book.discounts[place.0].given {
            Given::Program { at_most, .. } => {
                set.iter().filter(|other| other.0 == place.0).count() <= at_most as usize
            }
            _ => false,
        };
        let alone = set.iter().any(|place| program(book, *place).exclusive);
        set.iter().all(is_within) && (set.len() < 2 || !alone)
    };
    sets.filter(may_be).collect()
}

/// The totals of a choice, one quantity after the other. Nothing, if the figures are too long for some
/// quantity and not for a larger one, or with a program and not without it.
fn way(
    book: &Book,
    books: &Books,
    line: &Line,
    terms: (u32, Option<usize>),
    set: &[Place],
    most: u64,
) -> Option<Way> {
    let (term, prepay) = terms;
    let (free, granted): (Vec<Place>, Vec<_>) = set.iter().partition(|place| {
        let program = program(book, **place);
        program.level == 0 && program.review.is_none()
    });
    let named: Vec<_> = set.iter().map(|it| &program(book, *it).incumbents).collect();
    let named = || named.iter().filter(|it| !it.is_empty());
    let incumbent = named().next().map(|first| {
        let common = first.iter().find(|it| named().all(|all| all.contains(it)));
        common.unwrap_or(&first[0]).clone()
    });
    let mut parts: Vec<Vec<Place>> = (0..1_usize << free.len())
        .map(|bits| (0..free.len()).filter(|at| bits >> at & 1 == 1).map(|at| free[at]).collect())
        .collect();
    parts.sort_by_key(|part| std::cmp::Reverse(part.len()));
    let mut totals: Vec<Option<Price>> = vec![None; usize::try_from(most + 1).expect("small")];
    let (mut found, mut priced) = (None, None);
    for part in &parts {
        let is_everybody = granted.is_empty() && part.is_empty();
        let claims = granted.iter().chain(part).map(|place| Claim {
            program: *place,
            rate: Some(program(book, *place).max_rate),
            duties: program(book, *place).duties.clone(),
            count: None,
        });
        let deal = model::Deal {
            customer: None,
            incumbent: incumbent.clone(),
            term,
            prepay,
            lines: vec![line.clone()],
            takes: Vec::new(),
            claims: claims.collect(),
            services: Vec::new(),
        };
        let deal = resolve(books, &deal.toml(book))?;
        found = deal.prepay().map(ToOwned::to_owned);
        let tried: Vec<_> = (0..=most).map(|it| tried_at(&deal, it)).collect();
        let metric = deal.lines()[0].metric();
        let first = metric.increment().first(metric.tiers()[0].quantity().from());
        let first = usize::try_from(first).expect("small");
        let is_priced: Vec<_> = tried[first..].iter().map(Option::is_some).collect();
        let flips = is_priced.windows(2).any(|it| it == [false, true]);
        if flips || priced.is_some_and(|known| known != is_priced) {
            return None;
        }
        priced = Some(is_priced);
        for (total, tried) in totals.iter_mut().zip(tried) {
            let there = tried.filter(|(_, is_allowed)| *is_allowed || is_everybody);
            *total = total.or(there.map(|(total, _)| total));
        }
    }
    let programs = set.iter().map(|it| program(book, *it).name.clone()).collect();
    Some(Way { term, prepay: found, programs, totals })
}

/// Every choice that there is for a metric.
fn ways(book: &Book, books: &Books, metric: usize, most: u64) -> Option<Vec<Way>> {
    let first = book.metrics[metric].tiers[0].range.from.max(1);
    let year = Year { quantity: first * 1000, unit_price: None, fee: None };
    let line = Line {
        metric,
        edition: None,
        hosts: None,
        committed: None,
        years: vec![year],
        ramp: false,
    };
    let sold = book.terms.expect("terms");
    let terms = sold.from..=sold.to.expect("an end");
    // The standard comes first.
    let standard = book.discounts.iter().find_map(|it| match it.given {
        Given::Prepay { standard, .. } => Some(standard),
        _ => None,
    });
    let others = (0..book.ways().len()).filter(|it| Some(*it) != standard);
    let prepays: Vec<_> = std::iter::once(standard).chain(others.map(Some)).collect();
    let mut ways = Vec::new();
    for set in sets(book, metric) {
        for term in terms.clone() {
            for prepay in &prepays {
                let term = u32::try_from(term).expect("small");
                ways.push(way(book, books, &line, (term, *prepay), &set, most)?);
            }
        }
    }
    Some(ways)
}

/// First and last, with what begins earlier at other terms.
fn range(it: &Finding<'_>) -> (u64, u64) {
    let (from, to) = counts(it);
    let earlier = it.elsewhere.as_ref().map_or(from, |at| counted(it, at.from));
    (from.min(earlier), to)
}

fn counted(it: &Finding<'_>, quantity: Quantity) -> u64 {
    count(it.book.metric(it.metric.expect("a metric")).expect("a metric"), quantity)
}

proptest! {
    #![proptest_config(super::cases(100))]

    /// Larger orders that cost less are found under every term, prepayment and set of programs, at
    /// every quantity and at no other, with the most that they cost too much.
    #[test]
    fn larger_orders_that_cost_less_are_found_under_every_choice(
        book in (world(), tweak()).prop_map(granting)
    ) {
        for at in (0..book.metrics.len()).filter(|at| !book.metrics[*at].fractional) {
            holds_under_every_choice(&book, at, MOST)?;
        }
    }
}

/// Whether what is found of a metric is what its orders cost, up to so many.
fn holds_under_every_choice(book: &Book, at: usize, most: u64) -> TestCaseResult {
    let books = load(&book.toml());
    let found = findings(&[&books], day());
    let metric = &book.metrics[at];
    let is_left_out = metric.per.is_metered();
    if is_left_out || metric.tiers.iter().any(|it| it.fee.is_some()) {
        return Ok(());
    }
    let Some(ways) = ways(book, &books, at, most) else { return Ok(()) };
    let dear: Vec<_> = ways.iter().map(Way::dear).collect();
    let mine: Vec<_> = found
        .iter()
        .filter(|it| it.book.currency().code == book.currencies.main)
        .filter(|it| it.code.name == "larger-order-costs-less" && it.metric == Some(&metric.name))
        .collect();
    let proved: BTreeSet<u64> =
        mine.iter().map(|it| range(it)).flat_map(|it| it.0..=it.1).collect();
    let tried: BTreeSet<u64> = dear.iter().flat_map(|it| it.keys().copied()).collect();
    let messages: Vec<_> = mine.iter().map(|it| &it.message).collect();
    let text = || format!("{messages:#?}\n{}", book.toml());
    prop_assert_eq!(proved, tried, "{}", text());
    for it in mine {
        let (first, last) = range(it);
        let most = it.at_most.as_ref().expect("a worst case");
        let inside = |dear: &BTreeMap<u64, Price>| dear.range(first..=last).map(|it| *it.1).max();
        let worst = dear.iter().filter_map(inside).max();
        prop_assert_eq!(Some(most.worst.extra), worst, "{}", text());
        let way = ways.iter().position(|way| way.is(&most.terms)).expect("a way");
        prop_assert_eq!(
            dear[way].get(&counted(it, most.worst.quantity)),
            worst.as_ref(),
            "{}",
            text()
        );
        // What is said to be so elsewhere is so there, and the rest at the terms of the message.
        let (from, to) = counts(it);
        let other = it.elsewhere.as_ref().map(|at| (counted(it, at.from), &at.terms));
        if let Some((earlier, terms)) = other {
            let way = ways.iter().position(|way| way.is(terms)).expect("a way");
            let until = if earlier < from { from } else { to };
            prop_assert!((earlier..=until).all(|it| dear[way].contains_key(&it)), "{}", text());
        }
        let way = match other.filter(|it| it.0 == from) {
            Some((_, terms)) => ways.iter().position(|way| way.is(terms)).expect("a way"),
            None => 0,
        };
        let own = it.worst.expect("a worst case");
        prop_assert!((from..=to).all(|it| dear[way].contains_key(&it)), "{}", text());
        let worst = dear[way].range(from..=to).map(|it| *it.1).max();
        prop_assert_eq!(Some(own.extra), worst, "{}", text());
        prop_assert_eq!(dear[way].get(&counted(it, own.quantity)), Some(&own.extra), "{}", text());
    }
    Ok(())
}
