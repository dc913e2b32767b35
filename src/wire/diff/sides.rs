//! What was, what is, and what lies between.

use crate::diff::{Change, Difference};
use crate::value::{Currency, Money, Total};
use serde::Serialize;

/// What was and what is; `null`, where there was or is none.
#[derive(Serialize)]
pub(super) struct SidesWire<T> {
    old: Option<T>,
    new: Option<T>,
}

impl<T> SidesWire<T> {
    pub(super) fn of(change: Change<T>) -> Self {
        Self { old: change.old, new: change.new }
    }
}

/// How many decimal places amounts of either side have, and whether they are of one currency.
#[derive(Clone, Copy)]
pub(super) struct Coins {
    old: u32,
    new: u32,
    is_one: bool,
}

impl Coins {
    pub(super) fn of(currency: &Currency) -> Self {
        Self { old: currency.minor, new: currency.minor, is_one: true }
    }

    pub(super) fn of_both(difference: &Difference<'_, '_>) -> Self {
        let minor = difference.quotes.map(|quote| quote.deal.book().currency().minor);
        let other = minor.latest().copied().unwrap_or_default();
        Self {
            old: minor.old.unwrap_or(other),
            new: minor.new.unwrap_or(other),
            is_one: difference.currency().is_some(),
        }
    }
}

#[derive(Serialize)]
pub(super) struct AmountWire {
    old: Option<String>,
    new: Option<String>,
    /// What is not there counts as nothing. Nothing is held against an amount in another currency.
    #[serde(skip_serializing_if = "Option::is_none")]
    change: Option<String>,
    /// Of the old one; nothing, where that is nothing.
    #[serde(skip_serializing_if = "Option::is_none")]
    share: Option<String>,
}

impl AmountWire {
    pub(super) fn of_money(change: Change<Money>, coins: Coins) -> Self {
        Self::of(change.map(|amount| Total::from(*amount)), coins)
    }

    pub(super) fn of(amount: Change<Total>, coins: Coins) -> Self {
        let (old, new) = (amount.old.unwrap_or_default(), amount.new.unwrap_or_default());
        Self {
            old: amount.old.map(|it| it.plain(coins.old)),
            new: amount.new.map(|it| it.plain(coins.new)),
            change: coins.is_one.then(|| new.less(old).plain(coins.new)),
            share: (coins.is_one && !old.is_zero()).then(|| old.change_to(new).plain()),
        }
    }
}
