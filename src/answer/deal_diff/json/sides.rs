//! Old value, new value, and their difference.

use crate::answer::deal_diff::{Change, DealDiff};
use crate::number::{Currency, Money, Total};
use serde::Serialize;

/// Old and new value; `null` where a version has none.
#[derive(Serialize)]
pub(crate) struct ChangeJson<T> {
    old: Option<T>,
    new: Option<T>,
}

impl<T> ChangeJson<T> {
    pub(crate) fn of(change: Change<T>) -> Self {
        Self { old: change.old, new: change.new }
    }
}

/// Decimal places of the amounts of either version, and whether both have one currency.
#[derive(Clone, Copy)]
pub(crate) struct MinorUnits {
    old: u32,
    new: u32,
    is_one: bool,
}

impl MinorUnits {
    pub(crate) fn of(currency: &Currency) -> Self {
        Self { old: currency.minor, new: currency.minor, is_one: true }
    }

    pub(crate) fn of_both(difference: &DealDiff<'_, '_>) -> Self {
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
pub(crate) struct AmountChangeJson {
    old: Option<String>,
    new: Option<String>,
    /// Difference; a missing amount counts as 0. Amounts in different currencies have no
    /// difference.
    #[serde(skip_serializing_if = "Option::is_none")]
    change: Option<String>,
    /// Difference as a share of the old amount; `None` where that is 0.
    #[serde(skip_serializing_if = "Option::is_none")]
    share: Option<String>,
}

impl AmountChangeJson {
    pub(crate) fn of_money(change: Change<Money>, coins: MinorUnits) -> Self {
        Self::of(change.map(|amount| Total::from(*amount)), coins)
    }

    pub(crate) fn of(amount: Change<Total>, coins: MinorUnits) -> Self {
        let (old, new) = (amount.old.unwrap_or_default(), amount.new.unwrap_or_default());
        Self {
            old: amount.old.map(|it| it.plain(coins.old)),
            new: amount.new.map(|it| it.plain(coins.new)),
            change: coins.is_one.then(|| new.minus(old).plain(coins.new)),
            share: (coins.is_one && !old.is_zero()).then(|| old.growth_to(new).plain()),
        }
    }
}
