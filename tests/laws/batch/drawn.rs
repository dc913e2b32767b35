//! Rows that are drawn for a book: many of a kind, close to where something changes.

use super::alone::alone;
use super::rows::{Row, numbered};
use crate::laws::books::{book, no_finer};
use crate::laws::model::{
    Book, Given, Guardrail, Measure, Metric, Mode, Money, Per, Rate as BookRate, Style,
};
use crate::laws::world::load;
use crate::laws::written::decimal;
use proptest::collection::vec;
use proptest::option::weighted;
use proptest::prelude::*;
use proptest::sample::{Index, select};

/// A book with rows for it.
#[derive(Debug, Clone)]
pub struct File {
    pub book: Book,
    pub rows: Vec<Row>,
}

/// Any book with any rows.
pub fn file() -> impl Strategy<Value = File> {
    let plain = vec(weighted(0.9, any::<PlainPrice>()), 3);
    (book(), plain, vec(kind(), 1..=2)).prop_map(|(mut book, plain, kinds)| {
        for (metric, plain) in book.metrics.iter_mut().zip(plain) {
            if let Some(plain) = plain {
                plain.put(metric);
            }
        }
        let by_year = book.metrics.iter().all(|metric| matches!(metric.per, Per::Year));
        for discount in &mut book.discounts {
            let is_once = |metric: &usize| matches!(book.metrics[*metric].per, Per::Once(_));
            let is_by_year = matches!(discount.given, Given::ContractYear(_));
            let all = 0..book.metrics.len();
            discount.metrics = all.filter(|metric| !is_by_year || !is_once(metric)).collect();
            if let Given::Program { programs, .. } = &mut discount.given {
                for program in programs {
                    program.floor = program.floor.filter(|_| by_year);
                    if let Some(floor) = &mut program.floor {
                        // Whole amounts need no places.
                        floor.micros -= floor.micros % 1_000_000;
                    }
                }
            }
        }
        let automatic =
            |given: &Given| !matches!(given, Given::Program { .. } | Given::Prepay { .. });
        if let Some(first) = book.discounts.iter_mut().find(|it| automatic(&it.given)) {
            // The one that rows can take less of.
            "volume".clone_into(&mut first.name);
        }
        let rows: Vec<_> = kinds.iter().flat_map(|kind| kind.rows(&mut book)).collect();
        File { rows: numbered(rows), book }
    })
}

/// A price for each unit, such as most books have, and how it is rounded.
#[derive(Debug, Clone, Copy)]
struct PlainPrice {
    /// In cents, largest first.
    cents: [u32; 2],
    places: u32,
}

impl Arbitrary for PlainPrice {
    type Parameters = ();
    type Strategy = BoxedStrategy<Self>;

    fn arbitrary_with((): ()) -> Self::Strategy {
        let cents = prop_oneof![4 => 100..500_000_u32, 1 => 0..300_u32, 1 => (1..5000_u32).prop_map(|it| it * 100)];
        let places = prop_oneof![6 => Just(2), 1 => 0..=6_u32];
        (cents.clone(), cents, places)
            .prop_map(|(one, other, places)| Self {
                cents: [one.max(other), one.min(other)],
                places,
            })
            .boxed()
    }
}

impl PlainPrice {
    fn put(self, metric: &mut Metric) {
        (metric.mode, metric.per) = (Mode::Volume, Per::Year);
        (metric.fee, metric.minimum, metric.net_minimum) = (None, None, None);
        (metric.places, metric.silent_places) = (self.places, false);
        for (at, tier) in metric.tiers.iter_mut().enumerate() {
            let cents = self.cents[at % 2];
            let coins = u64::from(cents) * 10_000;
            tier.price =
                Some(Money { micros: coins, elsewhere: [1_000_000; 2], style: Style::Quoted });
            (tier.flat, tier.fee) = (None, None);
        }
        no_finer(metric);
    }
}

/// Common fields of the rows of a kind, and the rule that they test.
#[derive(Debug, Clone)]
struct Kind {
    metric: Index,
    edition: Option<Index>,
    hosts: Option<u32>,
    term: Option<u32>,
    prepay: Option<Index>,
    program: Option<Index>,
    volume: Option<&'static str>,
    incumbent: Option<&'static str>,
    /// The tier and how far in it the deal is that a rule is to turn at.
    pivot: (Index, u64, Index),
    rule: Option<(Rule, i64)>,
    tiers: Vec<(Index, u64)>,
    rates: Vec<Index>,
    odd: Vec<(&'static str, &'static str)>,
}

/// Rule whose answer changes.
#[derive(Debug, Clone, Copy)]
enum Rule {
    Discount,
    Acv,
    Tcv,
    /// The ARR that a program needs.
    Arr,
}

fn kind() -> impl Strategy<Value = Kind> {
    let what = (any::<Index>(), weighted(0.2, any::<Index>()), weighted(0.2, 1..12_u32));
    let terms = (
        weighted(0.8, prop_oneof![5 => 1..=6_u32, 1 => 1..=30_u32]),
        weighted(0.5, any::<Index>()),
    );
    let asked = (
        weighted(0.85, any::<Index>()),
        weighted(0.2, select(&["none", "auto", "10%", "0.05", "0", "2.5%", "some", "1"][..])),
        weighted(0.2, select(&["rival0", "Rival0, Inc.", "other"][..])),
    );
    let rule = select(&[Rule::Discount, Rule::Acv, Rule::Tcv, Rule::Arr][..]);
    let pivot = (any::<Index>(), 0..300_u64, any::<Index>());
    let rule = weighted(0.8, (rule, select(&[0_i64, 1, -1, 10_000, -10_000][..])));
    let seen = (
        vec((any::<Index>(), prop_oneof![3 => 0..60_u64, 1 => 0..1_000_000_000_u64]), 0..2),
        vec(any::<Index>(), 3..6),
        vec((select(QUANTITIES), select(RATES)), 2..6),
    );
    (what, terms, asked, pivot, rule, seen).prop_map(|(what, terms, asked, pivot, rule, seen)| {
        Kind {
            metric: what.0,
            edition: what.1,
            hosts: what.2,
            term: terms.0,
            prepay: terms.1,
            program: asked.0,
            volume: asked.1,
            incumbent: asked.2,
            pivot,
            rule,
            tiers: seen.0,
            rates: seen.1,
            odd: seen.2,
        }
    })
}

/// Quantities that are none, or that are not written as most are.
const QUANTITIES: &[&str] = &[
    "",
    "0",
    "-5",
    "+5",
    "5.0",
    "05",
    " 7 ",
    "1.000",
    "1,000",
    "1e3",
    "2.5",
    "0.001",
    "1.0005",
    "1000000000",
    "999999999",
    "1000000001",
    "99999999",
    "100000000",
    "x",
    "12x",
    "٣",
    "1/2",
    "00000000000000000007",
    "4294967301",
    "18446744073709551617",
    "\"5\"",
    "'5",
];

/// Rates that are none, or that are not written as most are.
const RATES: &[&str] = &[
    "",
    "0",
    "0.0",
    "0%",
    "0.00%",
    "1",
    "1.0",
    "100%",
    "101%",
    "0.1",
    "0.10",
    "10%",
    " 10% ",
    "10 %",
    "0.100000",
    "0.1000000",
    "0.0000001",
    "0.000001",
    "0.999999",
    ".5",
    "5",
    "-0.1",
    "+0.1",
    "0.1x",
    "0,1",
    "1e-1",
    "00.10",
    "0.",
    "x",
    "2.5%",
    "0.0001%",
    "0.00001%",
    "\"0.1\"",
    "0..1",
    "0.1.",
];

impl Kind {
    /// The rows, after the book was given a rule that turns among them.
    fn rows(&self, book: &mut Book) -> Vec<Row> {
        let metric = self.metric.index(book.metrics.len());
        let editions: Vec<_> =
            book.metrics[metric].tiers.iter().filter_map(|tier| tier.edition.clone()).collect();
        let programs: Vec<_> = book
            .discounts
            .iter()
            .enumerate()
            .flat_map(|(at, it)| (0..it.programs().len()).map(move |program| (at, program)))
            .collect();
        let pick = |index: &Option<Index>, from: &[String]| {
            index
                .filter(|_| !from.is_empty())
                .map_or("", |index| &from[index.index(from.len())])
                .to_owned()
        };
        let claimed = self.program.filter(|_| !programs.is_empty());
        let claimed = claimed.map(|index| programs[index.index(programs.len())]);
        let chosen =
            claimed.map(|(discount, program)| book.discounts[discount].programs()[program].clone());
        let row = Row::default()
            .with("id", "x")
            .with("customer", "Acme")
            .with("metric", &book.metrics[metric].name)
            .with("term_years", &self.term.map_or_else(String::new, |term| term.to_string()))
            .with("prepay", &pick(&self.prepay, &book.ways()))
            .with("strategic", chosen.as_ref().map_or("", |program| &program.name))
            .with("volume", self.volume.unwrap_or_default())
            .with("edition", &pick(&self.edition, &editions))
            .with("hosts", &self.hosts.map_or_else(String::new, |hosts| hosts.to_string()))
            .with("incumbent", self.incumbent.unwrap_or_default());
        let tiers: Vec<_> = book.metrics[metric].tiers.iter().map(|tier| tier.range).collect();
        let within = |tier: &Index, offset: u64| {
            let range = tiers[tier.index(tiers.len())];
            range.from + offset % range.to.map_or(1_000_000_000, |to| to - range.from + 1)
        };
        let most = chosen.as_ref().map_or(300_000, |program| program.max_rate.millionths);
        let (quantity, rate) =
            (within(&self.pivot.0, self.pivot.1), self.pivot.2.index(most as usize + 1));
        let rate_text = |millionths: u64| decimal(millionths.min(999_999), 6);
        let pivot = row.clone().with("quantity", &quantity.to_string());
        let pivot = pivot.with("strategic_rate", &rate_text(rate as u64));
        if let Some((rule, more)) = self.rule {
            turn(book, rule, more, &pivot, claimed);
        }
        let edges = tiers.iter().flat_map(|range| {
            [Some(range.from), range.to]
                .into_iter()
                .flatten()
                .flat_map(|at| [at.saturating_sub(1), at, at + 1])
        });
        let near = [quantity.saturating_sub(1), quantity, quantity + 1, quantity * 2];
        let own = self.tiers.iter().map(|(tier, offset)| within(tier, *offset));
        let quantities: Vec<u64> = near.into_iter().chain(own).collect();
        let rates = [1, rate - rate.min(1), rate, rate + 1, most as usize + 1];
        let drawn = self.rates.iter().map(|at| at.index(most as usize + 1));
        let rates: Vec<_> = rates.into_iter().chain(drawn).collect();
        let with = |quantity: &str, rate: &str| {
            row.clone().with("quantity", quantity).with("strategic_rate", rate)
        };
        let mut rows: Vec<Row> = Vec::new();
        for quantity in &quantities {
            rows.extend(
                rates.iter().map(|rate| with(&quantity.to_string(), &rate_text(*rate as u64))),
            );
        }
        rows.extend(edges.map(|at| with(&at.to_string(), &rate_text(rate as u64))));
        rows.extend(quantities.iter().map(|at| with(&at.to_string(), "")));
        for (quantity_text, rate_text) in &self.odd {
            rows.push(with(quantity_text, ""));
            rows.push(with(&quantity.to_string(), rate_text));
            rows.push(with(&(quantity + 1).to_string(), rate_text));
        }
        rows
    }
}

/// Gives the book a rule that turns at a deal, or a millionth beside it.
fn turn(book: &mut Book, rule: Rule, more: i64, pivot: &Row, claimed: Option<(usize, usize)>) {
    let Some(figures) = alone(pivot, &load(&book.toml()), book.currencies.main) else { return };
    let micros = |text: &str| crate::laws::exact::read(text) * crate::laws::exact::whole(1_000_000);
    let near = |text: &str, divisor: u64| {
        let amount = (micros(text) / crate::laws::exact::whole(divisor)).to_integer();
        let amount = u64::try_from(amount).unwrap_or(0).saturating_add_signed(more);
        Money {
            micros: amount.min(999_999_999_999_999_999),
            elsewhere: [0; 2],
            style: Style::Quoted,
        }
    };
    let measure = match rule {
        Rule::Discount => {
            let share = u32::try_from(micros(&figures[5]).to_integer()).unwrap_or(0);
            let millionths = share.saturating_add_signed(i32::try_from(more / 100).unwrap_or(0));
            Measure::Discount(BookRate {
                millionths: millionths.min(999_999),
                style: Style::Quoted,
            })
        }
        Rule::Acv => Measure::Acv(near(&figures[3], 1)),
        Rule::Tcv => Measure::Tcv(near(&figures[4], 1)),
        Rule::Arr => {
            let Some((discount, program)) = claimed else { return };
            let Given::Program { programs, .. } = &mut book.discounts[discount].given else {
                return;
            };
            programs[program].arr_above = Some(near(&figures[3], 1));
            return;
        }
    };
    let ask = book.metrics[0].ask;
    let refuse = ask.level.is_none() || more > 0;
    book.guardrails.push(Guardrail { measure, also: None, ask, refuse });
}
