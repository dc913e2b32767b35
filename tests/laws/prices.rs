//! Random numbers, ranges and names, as people would write them and a little worse.

use super::model::{Money, Range, Rate, Style};
use proptest::collection::vec;
use proptest::prelude::*;

fn style() -> impl Strategy<Value = Style> {
    prop_oneof![3 => Just(Style::Quoted), 1 => Just(Style::Long), 1 => Just(Style::Bare)]
}

/// From nothing to 999999999999.999999; mostly cents.
pub fn money() -> impl Strategy<Value = Money> {
    let money = (micros(), [micros(), micros()], style());
    let money = money.prop_map(|(micros, elsewhere, style)| Money { micros, elsewhere, style });
    // On the heap: a book has many, and together they are too large for the stack of a test.
    money.boxed()
}

/// What a book has many of is boxed, lest a strategy for a whole book outgrow the stack of a test.
fn micros() -> BoxedStrategy<u64> {
    let units = prop_oneof![
        1 => Just(0),
        8 => 1..5000_u64,
        2 => 0..10_000_000_u64,
        1 => 0..=999_999_999_999_u64,
    ];
    let decimals = prop_oneof![
        3 => Just(0),
        5 => (0..100_u64).prop_map(|cents| cents * 10_000),
        // With half of something in them.
        3 => (0..8_u64).prop_map(|eighths| eighths * 125_000),
        3 => 0..1_000_000_u64,
        1 => Just(999_999),
    ];
    (units, decimals).prop_map(|(units, decimals)| units * 1_000_000 + decimals).boxed()
}

/// From nothing to all of it; mostly whole percent.
pub fn rate() -> BoxedStrategy<Rate> {
    let millionths = prop_oneof![
        6 => (1..=60_u32).prop_map(|percent| percent * 10_000),
        3 => (0..=1000_u32).prop_map(|tenths| tenths * 1000),
        2 => 0..=1_000_000_u32,
        1 => Just(1_000_000),
        2 => Just(500_000),
    ];
    (millionths, style()).prop_map(|(millionths, style)| Rate { millionths, style }).boxed()
}

/// One to eight ranges that follow one another, the last one open or not.
pub fn ranges(first: impl Strategy<Value = u64>, width: u64) -> impl Strategy<Value = Vec<Range>> {
    let widths = prop_oneof![4 => 1..=width, 1 => 1..=width * 50, 1 => Just(1)];
    let open = prop::bool::weighted(0.7);
    (first, vec(widths, 1..8), open).prop_map(|(first, widths, open)| {
        let mut from = first;
        let mut ranges = Vec::new();
        for width in widths {
            ranges.push(Range { from, to: Some(from + width - 1) });
            from += width;
        }
        if let Some(last) = ranges.last_mut().filter(|_| open) {
            last.to = None;
        }
        ranges
    })
}

/// The beginning of a name; what makes it unlike all others is put behind it.
pub fn word() -> impl Strategy<Value = String> {
    let plain = prop::char::range('a', 'z');
    let odd =
        prop::sample::select("aZé ß%'\"\\.=#[]-\u{202e}\u{7f}\t日".chars().collect::<Vec<_>>());
    let characters = prop_oneof![
        4 => vec(plain, 1..5),
        1 => vec(odd, 0..5),
    ];
    characters.prop_map(String::from_iter)
}
