//! Customers of several deals: which deals are of one customer, and names that stand for two.

use super::judged_deal::JudgedDeal;
use crate::quote::notice::{Notice, kinds};
use crate::text::{NameKey, code_key, is_name};
use std::collections::HashMap;

/// Mark that two deals of one customer share.
#[derive(Debug, PartialEq, Eq, Hash)]
enum CustomerMark {
    Account(String),
    Name(NameKey),
    Opportunity(String),
}

fn marks(judged: &JudgedDeal<'_, '_>) -> impl Iterator<Item = CustomerMark> {
    let deal = judged.deal;
    let name = deal.customer().and_then(NameKey::of).map(CustomerMark::Name);
    // Signs alone, such as "-", stand for a number that nobody knows.
    let number = |code: Option<&str>| code.filter(|code| is_name(code)).map(code_key);
    let account = number(deal.account()).map(CustomerMark::Account);
    let opportunity = number(deal.opportunity()).map(CustomerMark::Opportunity);
    account.into_iter().chain(name).chain(opportunity)
}

/// Returns the places of the deals of each customer, in the order of the deals. Two deals are of one customer
/// if their account, the key of their name or their opportunity agree, and so are those that a third deal
/// connects. A deal that states none of the three is nobody's.
pub(super) fn by_customer(deals: &[&JudgedDeal<'_, '_>]) -> Vec<Vec<usize>> {
    let mut first_with = HashMap::new();
    let mut links = Links::new(deals.len());
    let mut is_known = vec![false; deals.len()];
    for (at, judged) in deals.iter().enumerate() {
        for mark in marks(judged) {
            is_known[at] = true;
            links.join(*first_with.entry(mark).or_insert(at), at);
        }
    }
    links.groups().into_iter().filter(|group| group.iter().any(|&at| is_known[at])).collect()
}

/// How many names a sentence lists when two or more would remain.
const MOST_LISTED: usize = 5;

/// Formats names: "a, b and c"; of many, only the first ones.
pub(super) fn listed(names: &[&str]) -> String {
    if let Some((most, rest)) = names.split_at_checked(MOST_LISTED)
        && rest.len() > 1
    {
        return format!("{} and {} more", most.join(", "), rest.len());
    }
    match names.split_last() {
        Some((last, names)) if !names.is_empty() => format!("{} and {last}", names.join(", ")),
        _ => names.concat(),
    }
}

/// Connections between numbered things.
#[derive(Debug)]
pub(super) struct Links(Vec<usize>);

impl Links {
    pub fn new(count: usize) -> Self {
        Self((0..count).collect())
    }

    pub fn join(&mut self, one: usize, other: usize) {
        let (one, other) = (self.first(one), self.first(other));
        self.0[one.max(other)] = one.min(other);
    }

    /// Returns the first of the things that one is connected with.
    fn first(&mut self, mut at: usize) -> usize {
        while self.0[at] != at {
            self.0[at] = self.0[self.0[at]];
            at = self.0[at];
        }
        at
    }

    /// Returns the groups of connected things, each in ascending order, by their first.
    pub fn groups(mut self) -> Vec<Vec<usize>> {
        let mut groups = vec![Vec::new(); self.0.len()];
        for at in 0..groups.len() {
            groups[self.first(at)].push(at);
        }
        groups.retain(|group| !group.is_empty());
        groups
    }
}

/// One name that deals have under different accounts: one customer that was entered twice, or two customers
/// of one name.
#[derive(Debug, Clone)]
pub struct SharedName<'a> {
    /// The name in the first of the deals.
    pub customer: &'a str,
    /// The accounts, two at least, each with the names of its deals.
    pub accounts: Vec<(&'a str, Vec<&'a str>)>,
}

impl SharedName<'_> {
    /// Returns the note: "Acme Bank is 2 accounts: A-1 (a.toml) and A-2 (b.toml)".
    pub fn message(&self) -> String {
        self.message_of(|name| name)
    }

    /// Returns the note with the deals' names changed by `name`.
    pub(crate) fn message_of<'n>(&'n self, name: impl Fn(&'n str) -> &'n str) -> String {
        let accounts = self.accounts.iter().map(|(account, deals)| {
            let deals: Vec<_> = deals.iter().map(|deal| name(deal)).collect();
            format!("{account} ({})", listed(&deals))
        });
        let accounts: Vec<_> = accounts.collect();
        let accounts: Vec<_> = accounts.iter().map(String::as_str).collect();
        let count = accounts.len();
        format!("{} has {count} accounts: {}", self.customer, listed(&accounts))
    }

    pub(super) fn notice(&self) -> Notice {
        Notice::new(&kinds::ACCOUNTS_OF_ONE_NAME, self.message(), None)
    }

    pub fn deals(&self) -> impl Iterator<Item = &str> {
        self.accounts.iter().flat_map(|(_, deals)| deals).copied()
    }
}

/// Finds names under two accounts, in the order of the deals.
pub(super) fn shared_names<'a>(deals: &[&JudgedDeal<'a, '_>]) -> Vec<SharedName<'a>> {
    let mut places = HashMap::new();
    let mut names: Vec<SharedName<'a>> = Vec::new();
    for judged in deals {
        let (Some(customer), Some(account)) = (judged.deal.customer(), judged.deal.account())
        else {
            continue;
        };
        let Some(key) = NameKey::of(customer) else { continue };
        let place = *places.entry(key).or_insert(names.len());
        if place == names.len() {
            names.push(SharedName { customer, accounts: Vec::new() });
        }
        let accounts = &mut names[place].accounts;
        match accounts.iter_mut().find(|(known, _)| code_key(known) == code_key(account)) {
            Some((_, deals)) => deals.push(judged.name),
            None => accounts.push((account, vec![judged.name])),
        }
    }
    // Contracts alone are no question of a check.
    let is_new = |name: &str| deals.iter().any(|it| it.name == name && !it.is_signed());
    names.retain(|name| name.accounts.len() > 1 && name.deals().any(is_new));
    names
}
