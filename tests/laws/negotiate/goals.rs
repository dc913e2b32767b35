//! The numbers that customers name.

use super::books::Small;
use dealdesk::answer::negotiate::Goal;
use dealdesk::number::{Money, Rate};
use proptest::prelude::*;

/// A number, in hundredths of a percent or in cents.
#[derive(Debug, Clone, Copy)]
pub enum Wish {
    Discount(u32),
    Tcv(u32),
    UnitPrice(u32),
    Year(u32),
}

impl Wish {
    pub fn goal(self) -> Goal {
        let money = |cents: u32| Money::of_scaled(cents.into(), 2);
        match self {
            Self::Discount(points) => Goal::Discount(Rate::of_millionths(100 * points)),
            Self::Tcv(cents) => Goal::Tcv(money(cents)),
            Self::UnitPrice(cents) => Goal::UnitPrice(money(cents)),
            Self::Year(cents) => Goal::YearlyBudget(money(cents)),
        }
    }
}

/// A book, and a number that lies near its prices.
pub fn wished(small: impl Strategy<Value = Small>) -> impl Strategy<Value = (Small, Wish)> {
    (small, 0..4_usize, 500..1010_u32, 0..5000_u32).prop_map(|(small, kind, part, points)| {
        let years = 1 + points % small.years;
        let grown: u32 = small.ramps.iter().flatten().sum();
        let units = if small.ramps.is_empty() { small.quantity * years } else { grown };
        let wish = match kind {
            0 => Wish::Discount(points),
            1 => Wish::Tcv(small.price * units * part / 1000),
            2 => Wish::UnitPrice(small.price * part / 1000),
            _ => Wish::Year(small.price * small.quantity * part / 1000),
        };
        (small, wish)
    })
}
