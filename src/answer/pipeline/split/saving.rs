//! Money that a split saves: what deals of one customer cost apart and together.

use super::beside::{DealsBeside, Member, SavingSet, are_all_signed, cost_by_year, most_of};
use super::{SplitDeal, SplitNeed, SplitSubject, overlapping, whose};
use crate::answer::pipeline::judged_deal::JudgedDeal;
use crate::book::{Metric, PriceBook};
use crate::deal::{Deal, to_toml};

/// The most kinds of deals of which every pair is looked at.
const MOST_PAIRED: usize = 16;

/// The most deals of which every set is looked at.
const MOST_IN_EVERY_SET: usize = 7;

/// The most deals of which each is left out in turn.
const MOST_LEFT_OUT: usize = 64;

/// Returns the splits of deals whose lines of a metric cost less apart than together, and a split of deals that
/// together have no price.
///
/// Some deals can cost less together than apart, and quotes that nobody means to sign would hide a split of the
/// others. So the deals that cost more together are looked at by themselves, until none of them costs less; so is
/// every pair of up to 16 kinds of deals, and every set of up to 7 deals; and where all deals save nothing, all but one of
/// up to 64. The deals with the
/// largest saving are told, and again those of the rest, until the rest saves nothing: for each currency. A deal of the
/// rest is told with a deal that is told already, where these two save, or where a deal that says the same is told.
/// Deals are compared by what they say, so that neither their names nor their order decide who is told.
pub(super) fn savings<'a, 'b>(
    metric: &str,
    deals: &[&JudgedDeal<'a, 'b>],
) -> Vec<SplitDeal<'a, 'b>> {
    let members = by_contents(metric, deals);
    let all: Vec<_> = members.iter().collect();
    if are_all_signed(&all) {
        return Vec::new();
    }
    let refused = match DealsBeside::of(metric, &all) {
        Some(_) => None,
        None => unsold(metric, &all),
    };
    let books = books_by_currency(deals.iter().copied()).into_iter();
    let saving = books.flat_map(|book| {
        let search = SavingSearch { metric, book };
        let told = search.sets(&all).into_iter();
        told.filter_map(move |set| set.split(metric, book))
    });
    refused.into_iter().chain(saving).collect()
}

/// Returns deals with what they cost alone, in the order of what they say.
fn by_contents<'j, 'a, 'b>(
    metric: &str,
    deals: &[&'j JudgedDeal<'a, 'b>],
) -> Vec<Member<'j, 'a, 'b>> {
    let mut contents: Vec<_> =
        deals.iter().map(|judged| contents(judged.deal)).zip(0..deals.len()).collect();
    contents.sort();
    let kinds = contents.chunk_by(|one, other| one.0 == other.0).enumerate();
    let members = kinds.flat_map(|(kind, same)| {
        same.iter().map(move |(_, place)| {
            let judged = deals[*place];
            Member {
                judged,
                deal: judged.deal.with_plain_lines_of(metric),
                place: *place,
                kind,
                alone: cost_by_year(metric, judged.deal),
            }
        })
    });
    members.collect()
}

/// Returns what decides the price of a deal's lines beside others, as text: the book, the deal, and the signed contracts
/// that count with it.
fn contents(deal: &Deal<'_>) -> [String; 3] {
    let contracts = deal.counted_contracts();
    let contracts: Vec<_> = contracts.iter().map(|it| it.contract.name.as_str()).collect();
    let book = format!("{} {}", deal.book.currency.code, deal.book.sha256);
    [book, to_toml(&deal.with_lines_alone()), contracts.join("\n")]
}

/// Search for deals that cost less apart, in the currency of a book.
#[derive(Clone, Copy)]
struct SavingSearch<'s, 'b> {
    metric: &'s str,
    book: &'b PriceBook,
}

impl<'b> SavingSearch<'_, 'b> {
    /// Returns sets of deals that save, such that every deal which is found to be a part of one is in one of them.
    fn sets<'m, 'j, 'a>(self, all: &[&'m Member<'j, 'a, 'b>]) -> Vec<SavingSet<'m, 'j, 'a, 'b>> {
        let mut told: Vec<SavingSet<'m, 'j, 'a, 'b>> = Vec::new();
        let mut rest = all.to_vec();
        while let Some(most) = self.most_of(&rest) {
            // Other deals that say the same save as much.
            let mut next = Some(most);
            while let Some(set) = next {
                rest.retain(|it| set.members.iter().all(|told| told.place != it.place));
                next = set.again_in(&rest);
                told.push(set);
            }
        }
        let with_rest: Vec<_> =
            rest.iter().filter_map(|deal| self.with_told(deal, all, &told)).collect();
        told.extend(with_rest);
        told
    }

    /// Returns a set of a deal that is not told yet and of others that may be.
    fn with_told<'m, 'j, 'a>(
        self,
        deal: &'m Member<'j, 'a, 'b>,
        all: &[&'m Member<'j, 'a, 'b>],
        told: &[SavingSet<'m, 'j, 'a, 'b>],
    ) -> Option<SavingSet<'m, 'j, 'a, 'b>> {
        told.iter().find_map(|set| set.with_in_place(deal)).or_else(|| {
            let others = all.iter().filter(|other| other.place != deal.place);
            let kinds: Vec<_> = one_of_each_kind(others.copied());
            let pairs = kinds.into_iter().filter(|_| is_pairable(all)).map(|other| [deal, other]);
            most(pairs.filter_map(|pair| self.of_pair(pair)))
        })
    }

    /// Returns the deals of some that save most.
    fn most_of<'m, 'j, 'a>(
        self,
        deals: &[&'m Member<'j, 'a, 'b>],
    ) -> Option<SavingSet<'m, 'j, 'a, 'b>> {
        let connected = overlapping(deals, |it| it.judged.deal.days_of_units());
        let chains = connected.iter().flat_map(|group| self.of_group(group));
        let pairs = if is_pairable(deals) && deals.len() > MOST_IN_EVERY_SET {
            pairs(deals)
        } else {
            Vec::new()
        };
        most(chains.chain(pairs.into_iter().filter_map(|pair| self.of_pair(pair))))
    }

    /// Returns the sets that save of deals that are connected by their days: of a few deals all, and of many all of them,
    /// those that cost more together, and, where all of them save nothing, all but one.
    fn of_group<'m, 'j, 'a>(
        self,
        group: &[&'m Member<'j, 'a, 'b>],
    ) -> Vec<SavingSet<'m, 'j, 'a, 'b>> {
        if are_all_signed(group) {
            return Vec::new();
        }
        if group.len() <= MOST_IN_EVERY_SET {
            return self.of_every_set(group);
        }
        let mut sets = Vec::new();
        let mut rest = group.to_vec();
        while let Some(set) = DealsBeside::of(self.metric, &rest) {
            let dearer = set.dearer();
            let is_last = dearer.len() < 2 || dearer.len() == rest.len() || are_all_signed(&dearer);
            sets.extend(set.saving(self.metric, self.book));
            if is_last {
                break;
            }
            rest = dearer;
        }
        let has_all = sets.first().is_some_and(|set| set.members.len() == group.len());
        if !has_all && group.len() <= MOST_LEFT_OUT {
            for left_out in one_of_each_kind(group.iter().copied()) {
                let others = group.iter().filter(|it| it.place != left_out.place);
                let others: Vec<_> = others.copied().collect();
                for connected in overlapping(&others, |it| it.judged.deal.days_of_units()) {
                    sets.extend(self.of(&connected));
                }
            }
        }
        sets
    }

    /// Returns the sets that save of some deals, each connected by its days.
    fn of_every_set<'m, 'j, 'a>(
        self,
        deals: &[&'m Member<'j, 'a, 'b>],
    ) -> Vec<SavingSet<'m, 'j, 'a, 'b>> {
        let sets = (1..1_usize << deals.len()).map(|chosen| {
            let is_in = |at: &usize| chosen >> at & 1 == 1;
            (0..deals.len()).filter(is_in).map(|at| deals[at]).collect::<Vec<_>>()
        });
        let is_connected = |set: &Vec<&Member<'_, '_, '_>>| {
            overlapping(set, |it| it.judged.deal.days_of_units()).len() == 1
        };
        sets.filter(is_connected).filter_map(|set| self.of(&set)).collect()
    }

    fn of_pair<'m, 'j, 'a>(
        self,
        pair: [&'m Member<'j, 'a, 'b>; 2],
    ) -> Option<SavingSet<'m, 'j, 'a, 'b>> {
        let [one, other] = pair;
        if overlap(one.judged.deal, other.judged.deal) { self.of(&pair) } else { None }
    }

    fn of<'m, 'j, 'a>(
        self,
        members: &[&'m Member<'j, 'a, 'b>],
    ) -> Option<SavingSet<'m, 'j, 'a, 'b>> {
        if members.len() < 2 || are_all_signed(members) {
            return None;
        }
        DealsBeside::of(self.metric, members)?.saving(self.metric, self.book)
    }
}

/// Returns the set that saves most; of equal savings that of the most deals, and the first of these.
fn most<'m, 'j, 'a, 'b>(
    sets: impl Iterator<Item = SavingSet<'m, 'j, 'a, 'b>>,
) -> Option<SavingSet<'m, 'j, 'a, 'b>> {
    let size = |set: &SavingSet<'_, '_, '_, '_>| (set.saving.saved(), set.members.len());
    sets.reduce(|most, next| if size(&next) > size(&most) { next } else { most })
}

/// Returns the first of each kind of some deals in the order of what they say.
fn one_of_each_kind<'m, 'j: 'm, 'a: 'm, 'b: 'm>(
    deals: impl Iterator<Item = &'m Member<'j, 'a, 'b>>,
) -> Vec<&'m Member<'j, 'a, 'b>> {
    let mut firsts: Vec<&Member<'j, 'a, 'b>> = deals.collect();
    firsts.dedup_by_key(|it| it.kind);
    firsts
}

/// Whether every pair of kinds of deals is looked at.
fn is_pairable(deals: &[&Member<'_, '_, '_>]) -> bool {
    one_of_each_kind(deals.iter().copied()).len() <= MOST_PAIRED
}

/// Returns a pair of each two kinds of deals, and of each kind of which there are two.
fn pairs<'m, 'j, 'a, 'b>(deals: &[&'m Member<'j, 'a, 'b>]) -> Vec<[&'m Member<'j, 'a, 'b>; 2]> {
    let kinds: Vec<_> = deals.chunk_by(|one, other| one.kind == other.kind).collect();
    let pairs = kinds.iter().enumerate().flat_map(|(at, same)| {
        let alike = same.get(1).map(|second| [same[0], *second]);
        let others = kinds[at + 1..].iter().map(|other| [same[0], other[0]]);
        alike.into_iter().chain(others)
    });
    pairs.collect()
}

impl<'m, 'j, 'a, 'b> SavingSet<'m, 'j, 'a, 'b> {
    /// Returns a set of other deals that say the same, if some deals have one.
    fn again_in(&self, deals: &[&'m Member<'j, 'a, 'b>]) -> Option<Self> {
        let mut free = deals.to_vec();
        let members = self.members.iter().map(|member| {
            let at = free.iter().position(|it| it.kind == member.kind)?;
            Some(free.remove(at))
        });
        Some(Self { members: members.collect::<Option<_>>()?, ..*self })
    }

    /// Returns the set with a deal in place of one that says the same, if there is such a one.
    fn with_in_place(&self, deal: &'m Member<'j, 'a, 'b>) -> Option<Self> {
        let at = self.members.iter().position(|it| it.kind == deal.kind)?;
        let mut set = self.clone();
        set.members[at] = deal;
        Some(set)
    }

    fn split(&self, metric: &str, book: &'b PriceBook) -> Option<SplitDeal<'a, 'b>> {
        let metric = book.metric(metric)?;
        let show = |sum| book.currency.show_total(sum);
        let (apart, together) = (show(self.saving.apart), show(self.saving.together));
        let SplitSubject::Units(_, most) = self.saving.subject else { return None };
        let all = metric.count(most);
        let left_out =
            if self.has_cheaper_days { "; days that cost less together are left out" } else { "" };
        let reason = format!("{apart} apart, {together} as {all}{left_out}");
        Some(split((book, metric), &self.members, SplitNeed::Pays(self.saving), reason))
    }
}

/// Returns the first book in each currency of some deals.
fn books_by_currency<'j, 'a: 'j, 'b: 'a>(
    deals: impl Iterator<Item = &'j JudgedDeal<'a, 'b>>,
) -> Vec<&'b PriceBook> {
    let mut books: Vec<&PriceBook> = Vec::new();
    for book in deals.map(|judged| judged.deal.book) {
        if books.iter().all(|known| known.currency.code != book.currency.code) {
            books.push(book);
        }
    }
    books
}

fn overlap(one: &Deal<'_>, other: &Deal<'_>) -> bool {
    let ((first, last), (other_first, other_last)) = (one.days_of_units(), other.days_of_units());
    first <= other_last && other_first <= last
}

/// Returns the split of deals whose quantity together the book does not sell.
fn unsold<'a, 'b>(metric: &str, members: &[&Member<'_, 'a, 'b>]) -> Option<SplitDeal<'a, 'b>> {
    let book = members.first()?.judged.deal.book;
    let metric = book.metric(metric)?;
    let all = metric.count(most_of(metric, members));
    let reason = format!("the price book has no price for {all} together");
    Some(split((book, metric), members, SplitNeed::Refused, reason))
}

fn split<'a, 'b>(
    (book, metric): (&'b PriceBook, &'b Metric),
    members: &[&Member<'_, 'a, 'b>],
    crossing: SplitNeed<'b>,
    reason: String,
) -> SplitDeal<'a, 'b> {
    let mut members = members.to_vec();
    members.sort_by_key(|member| member.place);
    SplitDeal {
        customer: whose(members[0].judged),
        deals: members.iter().map(|member| member.judged.name).collect(),
        crossing,
        rule: metric.rule.clone(),
        reason,
        book,
    }
}
