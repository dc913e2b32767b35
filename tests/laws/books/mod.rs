//! Random books, valid by construction.

mod settled;

use super::model::{
    Ask, Book, Currencies, Cut, Discount, Given, Guardrail, Measure, Metric, Mode, Per, Program,
    Range, Rate, Row, Service, Style, Tier,
};
use super::prices::{money, ranges, rate, word};
use proptest::collection::vec;
use proptest::option::{of, weighted};
use proptest::prelude::*;
use proptest::sample::Index;
pub use settled::no_finer;
use settled::settled;

/// Any book.
pub fn book() -> impl Strategy<Value = Book> {
    let identity = (of(word()), of(any::<bool>()), weighted(0.3, ranges(1..3_u64, 5)));
    let people = (vec(word(), 0..=5), vec(word(), 0..=2));
    let service = (0..20_000_000_u64, any::<bool>())
        .prop_map(|(included, refused_beyond)| Service { included, refused_beyond });
    let services = vec(service, 0..=2);
    let content = (vec(metric(), 1..=3), vec(discount(), 0..=5), vec(guardrail(), 0..=2), services);
    let book = (currencies(), identity, people, content);
    book.prop_map(|(currencies, (symbol, half_even, terms), people, content)| {
        let book = Book {
            currencies,
            symbol: symbol.map(|word| word + "¤"),
            half_even,
            terms: terms.map(|ranges| ranges[0]),
            levels: named(people.0, "level"),
            reviews: named(people.1, "review"),
            metrics: content.0,
            discounts: content.1,
            guardrails: content.2,
            services: content.3,
        };
        settled(book)
    })
}

/// One to three currencies, whose smallest coins differ.
fn currencies() -> impl Strategy<Value = Currencies> {
    let codes = Just(["EUR", "JPY", "BHD", "USD"]).prop_shuffle();
    let others = prop_oneof![2 => Just(0), 1 => Just(1), 1 => Just(2)];
    (codes, others, 0..=2_usize, any::<bool>(), any::<bool>()).prop_map(
        |(codes, others, before, foreign, named)| Currencies {
            main: codes[0],
            others: codes[1..=others].to_vec(),
            before,
            foreign: foreign && others > 0,
            named,
        },
    )
}

fn named(words: Vec<String>, what: &str) -> Vec<String> {
    words.into_iter().enumerate().map(|(at, word)| format!("{word}{what}{at}")).collect()
}

fn ask() -> impl Strategy<Value = Ask> {
    let level = weighted(0.4, 0..=5_usize);
    (level, weighted(0.1, 0..2_usize)).prop_map(|(level, review)| Ask { level, review })
}

fn metric() -> impl Strategy<Value = Metric> {
    let mode = prop_oneof![
        3 => Just(Mode::Volume),
        2 => Just(Mode::Graduated),
        2 => (1..30_u32, prop_oneof![Just(0), 0..20_u32])
            .prop_map(|(size, included)| Mode::Package { size, included }),
    ];
    let overage = weighted(0.4, prop_oneof![0..40_000_u32, Just(10_000)]);
    let charges =
        ((weighted(0.2, money()), weighted(0.2, money()), weighted(0.1, money())), overage);
    let per = prop_oneof![
        5 => Just(Per::Year),
        1 => Just(Per::Hour(730)),
        1 => (1..=744_u32).prop_map(Per::Hour),
        1 => Just(Per::Month),
        2 => Just(Per::Use),
        2 => rate().prop_map(Per::Once),
    ];
    let places = (0..=6_u32, prop::bool::weighted(0.4), prop::bool::weighted(0.2));
    let shape = (word(), per, mode, places, prop::bool::weighted(0.3));
    (shape, charges, ask(), tiers()).prop_map(|(shape, charges, ask, mut tiers)| {
        let (name, per, mode, places, fractional) = shape;
        if mode == Mode::Graduated {
            // Its ranges start at 0 or 1, and none buys an edition.
            tiers[0].range.from = tiers[0].range.from.min(1);
            for tier in &mut tiers {
                tier.edition = None;
            }
        }
        for tier in tiers.iter_mut().filter(|tier| tier.edition.is_none()) {
            (tier.max_hosts, tier.exclusive) = (None, false);
        }
        for tier in tiers.iter_mut().filter(|tier| tier.max_hosts.is_none()) {
            tier.units_per_host = None;
        }
        for tier in tiers.iter_mut().filter(|_| matches!(per, Per::Hour(_))) {
            // A charge by year does not stand beside a price per hour.
            tier.price = tier.price.or(Some(FREE));
            tier.flat = None;
        }
        for tier in &mut tiers {
            // A fee stands in place of a price, for what is bought once.
            let is_package = matches!(per, Per::Once(_)) && mode == Mode::Volume;
            tier.fee = tier.fee.filter(|_| is_package);
            if tier.fee.is_some() {
                (tier.price, tier.flat) = (None, None);
            } else if tier.flat.is_none() {
                tier.price = tier.price.or(Some(FREE));
            }
        }
        let (charges, overage) = charges;
        let has_charges = matches!(per, Per::Year) || per.is_by_month();
        let (fee, minimum, net_minimum) = if has_charges { charges } else { (None, None, None) };
        let (places, silent_places, main_only) = places;
        Metric {
            name,
            per,
            mode,
            places,
            silent_places,
            main_only,
            fractional,
            counts_all_lines: false,
            fee,
            minimum,
            net_minimum,
            overage,
            ask,
            tiers,
        }
    })
}

fn tiers() -> impl Strategy<Value = Vec<Tier>> {
    let row = (
        weighted(0.9, money()),
        weighted(0.15, money()),
        weighted(0.3, word()),
        (weighted(0.3, 1..20_u32), weighted(0.5, 1..30_u32), prop::bool::weighted(0.2)),
        prop::bool::weighted(0.1),
        weighted(0.4, (money(), money())),
    );
    (ranges(0..4_u64, 60), vec(row, 8)).prop_map(|(ranges, rows)| {
        let tiers = ranges.into_iter().zip(rows).enumerate();
        let tiers = tiers.map(|(at, (range, (price, flat, edition, hosts, assumed, fee)))| {
            let (max_hosts, units_per_host, exclusive) = hosts;
            let edition = edition.map(|word| format!("{word}{at}"));
            let price = if flat.is_none() { price.or(Some(FREE)) } else { price };
            // Two amounts are a range only in quotes.
            let fee = fee.map(|(one, other)| {
                let pick = |pick: fn(u64, u64) -> u64| super::model::Money {
                    micros: pick(one.micros, other.micros),
                    elsewhere: [0, 1].map(|at| pick(one.elsewhere[at], other.elsewhere[at])),
                    style: Style::Quoted,
                };
                (pick(u64::min), pick(u64::max))
            });
            Tier { range, price, flat, fee, edition, max_hosts, units_per_host, exclusive, assumed }
        });
        tiers.collect()
    })
}

const FREE: super::model::Money =
    super::model::Money { micros: 0, elsewhere: [0, 0], style: Style::Bare };

fn row() -> impl Strategy<Value = Row> {
    let cut = prop_oneof![5 => rate().prop_map(Cut::Rate), 1 => money().prop_map(Cut::Amount)];
    let years = weighted(0.2, 1..6_u32);
    (cut, ask(), weighted(0.5, any::<Index>()), years, prop::bool::weighted(0.1)).prop_map(
        |(cut, ask, less, min_years, assumed)| {
            // Less than the rate, and only where somebody is asked.
            let otherwise = match (cut, less) {
                (Cut::Rate(Rate { millionths, style }), Some(less)) if millionths > 0 => {
                    let less = u32::try_from(less.index(millionths as usize)).unwrap_or(0);
                    Some(Rate { millionths: less, style })
                }
                _ => None,
            };
            let asked = ask.level.is_some();
            Row { cut, ask, otherwise: otherwise.filter(|_| asked), min_years, assumed }
        },
    )
}

fn rows(first: std::ops::Range<u64>, width: u64) -> impl Strategy<Value = Vec<(Range, Row)>> {
    (ranges(first, width), vec(row(), 8))
        .prop_map(|(ranges, rows)| ranges.into_iter().zip(rows).collect())
}

fn program() -> impl Strategy<Value = Program> {
    let words = || vec(word(), 0..=2);
    let arr = (weighted(0.3, money()), prop::bool::weighted(0.1));
    let conditions = (words(), weighted(0.3, 1..9_u32), words(), arr);
    let alone = (prop::bool::weighted(0.35), weighted(0.7, money()));
    let meant = (weighted(0.2, ranges(0..20_u64, 60)), weighted(0.2, ranges(1..3_u64, 4)));
    let rates = (rate(), prop::bool::weighted(0.3));
    let program = (word(), rates, ask(), alone, meant, conditions);
    program.prop_map(|(name, (max_rate, fixed), ask, alone, meant, conditions)| {
        let (exclusive, floor) = alone;
        let (duties, limit, incumbents, (arr_above, assumed)) = conditions;
        Program {
            name,
            max_rate,
            fixed,
            exclusive,
            floor: floor.filter(|_| exclusive),
            quantity: meant.0.map(|ranges| ranges[0]),
            years: meant.1.map(|ranges| ranges[0]),
            level: ask.level.unwrap_or(1),
            review: ask.review,
            duties: named(duties, "duty"),
            limit,
            incumbents: named(incumbents, "rival"),
            arr_above,
            assumed,
        }
    })
}

fn discount() -> impl Strategy<Value = Discount> {
    let given = prop_oneof![
        3 => rows(0..40, 80).prop_map(Given::Quantity),
        2 => rows(1..4, 3).prop_map(Given::Term),
        2 => rows(1..3, 2).prop_map(Given::ContractYear),
        2 => (vec((word(), row()), 1..4), any::<Index>()).prop_map(|(ways, standard)| {
            let standard = standard.index(ways.len());
            Given::Prepay { ways, standard }
        }),
        1 => row().prop_map(Given::Always),
        3 => (vec(program(), 1..4), 1..=2_u32)
            .prop_map(|(programs, at_most)| Given::Program { programs, at_most }),
    ];
    let metrics = prop_oneof![2 => Just(vec![0, 1, 2]), 1 => vec(0..3_usize, 0..3)];
    (word(), any::<bool>(), prop::bool::weighted(0.2), metrics, given).prop_map(
        |(name, off_list, main_only, metrics, given)| Discount {
            name,
            off_list,
            main_only,
            metrics,
            given,
        },
    )
}

fn guardrail() -> impl Strategy<Value = Guardrail> {
    let measure = prop_oneof![
        rate().prop_map(Measure::Discount),
        money().prop_map(Measure::Acv),
        money().prop_map(Measure::Tcv),
        (0..=6_u32).prop_map(Measure::Term),
    ];
    let also = weighted(0.3, measure.clone());
    (measure, also, ask(), any::<bool>()).prop_map(|(measure, also, ask, refuse)| {
        let asks = ask.level.is_some();
        Guardrail { measure, also, ask, refuse: refuse || !asks }
    })
}
