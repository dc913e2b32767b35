//! What is calculated in whole numbers is what decimals and fractions say.

use super::cases;
use super::exact::{Half, exact, read, round, scaled, whole, zero};
use dealdesk::number::{Divisor, Money, Rounding, Share, Total};
use num_bigint::BigInt;
use proptest::collection::vec;
use proptest::prelude::*;

/// Numbers of any length, and those beside powers of two and of ten.
fn number() -> impl Strategy<Value = u64> {
    let power = prop_oneof![
        (0..64_u32).prop_map(|power| 1_u64 << power),
        (0..=19_u32).prop_map(|power| 10_u64.pow(power)),
    ];
    let beside = (power, -3_i64..=3).prop_map(|(power, more)| power.saturating_add_signed(more));
    prop_oneof![
        2 => any::<u64>(),
        2 => (any::<u64>(), 0..64_u32).prop_map(|(number, less)| number >> less),
        3 => beside,
        1 => (0..4_u64).prop_map(|less| u64::MAX - less),
    ]
}

fn divisor() -> impl Strategy<Value = Divisor> {
    number().prop_map(|by| Divisor::new(by.clamp(2, 1 << 63)).expect("within its limits"))
}

fn big(number: u64) -> BigInt {
    BigInt::from(number)
}

proptest! {
    #![proptest_config(cases(4000))]

    /// A reciprocal divides as a division does, whatever it divides.
    #[test]
    fn a_reciprocal_divides(dividend in number(), divisor in divisor(), times in number()) {
        let by = divisor.by();
        // Beside anything, the multiples of the divisor, where a quotient is a hair from the next.
        let multiple = times % (u64::MAX / by + 1) * by;
        for dividend in [dividend, multiple, multiple.saturating_sub(1), multiple.saturating_add(by - 1)] {
            prop_assert_eq!(divisor.divide(dividend), (dividend / by, dividend % by));
        }
    }

    /// A quotient is rounded as a fraction is, halves included, up to the largest dividend.
    #[test]
    fn a_quotient_is_rounded_once(dividend in number(), divisor in divisor(), times in number()) {
        let by = divisor.by();
        let half = (times % (u64::MAX / by)) * by + by / 2;
        for dividend in [dividend, half, half.saturating_add(1), half - 1] {
            let dividend = dividend.min(1 << 63);
            let fraction = num_rational::BigRational::new(big(dividend), big(by));
            for (rounding, half) in [(Rounding::HalfUp, Half::Away), (Rounding::HalfEven, Half::Even)] {
                let expected = round(&fraction, 0, half).to_integer();
                prop_assert_eq!(big(rounding.whole(dividend, divisor)), expected, "{} / {}", dividend, by);
            }
        }
    }

    /// An amount in the smallest coin is rounded as the amount is.
    #[test]
    fn whole_coins_round_as_amounts_do(units in 0..=999_999_999_999_999_999_u64, places in 0..=6_u32) {
        let unit = 10_u64.pow(6 - places);
        let half = units / unit * unit + unit / 2;
        for units in [units, half] {
            for rounding in [Rounding::HalfUp, Rounding::HalfEven] {
                let expected = rounding.round(Money::of_scaled(units, 6), places).scaled(places);
                let coins = match Divisor::new(unit) {
                    Some(unit) => rounding.whole(units, unit),
                    None => units,
                };
                prop_assert_eq!(Some(coins), expected);
            }
        }
    }

    /// An amount and its units say the same; one that is finer, or too large, has none.
    #[test]
    fn amounts_are_whole_numbers_of_their_smallest_part(units in number(), places in 0..=8_u32, coarser in 0..=8_u32) {
        let amount = Money::of_scaled(units, places);
        prop_assert_eq!(exact(amount), scaled(units, places));
        prop_assert_eq!(amount.scaled(places), Some(units));
        let fits = units.is_multiple_of(10_u64.pow(places.saturating_sub(coarser)));
        let wide = u128::from(units) * 10_u128.pow(coarser.saturating_sub(places))
            / 10_u128.pow(places.saturating_sub(coarser));
        let expected = u64::try_from(wide).ok().filter(|_| fits);
        prop_assert_eq!(amount.scaled(coarser), expected, "{} at {}", amount.at_least(0), coarser);
        prop_assert_eq!((Money::ZERO - amount).scaled(places), Some(0).filter(|_| units == 0));
    }

    /// A share off in whole numbers is that of the amounts.
    #[test]
    fn a_share_of_coins_is_that_of_amounts(list in 2..=99_999_999_999_999_u64, part in any::<u64>(), step in 0..=20_000_u64) {
        // Beside anything, halves of the last place.
        let even = list.div_ceil(20_000) * 20_000;
        let half = even / 20_000 * step;
        for (list, net) in [(list, part % (list + 1)), (list, 0), (list, list), (even, half), (even, even - half)] {
            let whole = Divisor::new(list).expect("more than one");
            let expected = Share::off(Money::of_scaled(list, 2), Money::of_scaled(net, 2));
            let share = i64::try_from(Share::off_scaled(list - net, whole)).expect("all at most");
            prop_assert_eq!(Share::of_ten_thousandths(share), expected, "{} of {}", net, list);
        }
    }

    /// A total is the sum, however much it holds; and its share off is that of the sums.
    #[test]
    fn totals_are_sums(
        amounts in vec((0..=999_999_999_999_999_999_u64, any::<bool>()), 0..40), more in vec((any::<u64>(), 0..=12_u32), 0..10),
        places in 0..=6_u32,
    ) {
        let (mut total, mut sum) = (Total::default(), zero());
        let (mut net, mut net_sum) = (Total::default(), zero());
        for (micros, is_net) in &amounts {
            let amount = Money::of_scaled(*micros, 6);
            total.add(amount);
            sum += exact(amount);
            if *is_net {
                net.add(amount);
                net_sum += exact(amount);
            }
        }
        prop_assert_eq!(read(&total.off(net).plain()), match &sum {
            sum if *sum == zero() => zero(),
            sum => round(&((sum - &net_sum) / sum), 4, Half::Away),
        });
        let mut others = Total::default();
        for (units, places) in &more {
            others.add_scaled(i128::from(*units), *places);
            sum += scaled(*units, *places);
        }
        total += others;
        prop_assert_eq!(read(&total.plain(places)), sum.clone());
        let decimals = total.plain(places).split_once('.').map_or(0, |(_, decimals)| decimals.len());
        prop_assert!(decimals >= places as usize);
        prop_assert_eq!(total.is_zero(), sum == zero());
        let below = net.minus(total);
        prop_assert_eq!(read(&below.plain(0)), net_sum.clone() - sum.clone());
        prop_assert_eq!(below < Total::default(), net_sum < sum);
    }
}

/// What cannot be divided by has no divisor.
#[test]
fn a_divisor_has_limits() {
    for by in [0, 1, (1 << 63) + 1, u64::MAX] {
        assert_eq!(Divisor::new(by), None);
    }
    assert_eq!(Divisor::new(2).map(|by| by.divide(u64::MAX)), Some((u64::MAX / 2, 1)));
    assert_eq!(Divisor::new(1 << 63).map(|by| by.divide(u64::MAX)), Some((1, (1 << 63) - 1)));
    assert_eq!(whole(1), scaled(10, 1));
}
