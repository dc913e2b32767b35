//! Thresholds that deals of one customer cross together, and none of them alone.

use super::rates_taken::at_rates_taken;
use super::{SplitDeal, SplitNeed, books, whose};
use crate::answer::pipeline::judged_deal::JudgedDeal;
use crate::approve::{self, PricedDeal, Requirement, Verdict, Violation};
use crate::book::{PriceBook, Rule};
use crate::deal::{CustomerLines, Deal};
use crate::number::{Date, Total};
use crate::price::{Measured, price};

/// Verdicts on several deals, each by the rules of one of their books.
pub(super) type JointVerdict<'b> = Vec<(&'b PriceBook, Verdict)>;

/// Judges several deals as one; returns `None` where they cannot be joined.
type JudgeAsOne<'b> = for<'m, 'j, 'a> fn(&'m [&'j JudgedDeal<'a, 'b>]) -> Option<JointVerdict<'b>>;

/// Returns the deals of a set that can be one, in groups.
type Parts<'a, 'b> = for<'j> fn(&[&'j JudgedDeal<'a, 'b>]) -> Vec<Vec<&'j JudgedDeal<'a, 'b>>>;

/// Adds the splits among the members under each threshold, and then among all of them: of each set among the deals that
/// are in force on one day. What was found from the place `first` on is told of fewer or as many of them, and not again.
pub(super) fn crossings<'a, 'b>(
    members: &[&JudgedDeal<'a, 'b>],
    together: JudgeAsOne<'b>,
    first: usize,
    found: &mut Vec<SplitDeal<'a, 'b>>,
) {
    crossings_of(members, (in_force_together, together), first, found);
}

/// Adds the splits like [`crossings`], among the deals of which the customer has units on one day: perpetual ones stay
/// when their contract has ended.
pub(super) fn crossings_of_units<'a, 'b>(
    members: &[&JudgedDeal<'a, 'b>],
    first: usize,
    found: &mut Vec<SplitDeal<'a, 'b>>,
) {
    crossings_of(members, (with_units_together, beside_each_other), first, found);
}

/// Adds the splits like [`crossings`], among the deals of each part of a set.
pub(super) fn crossings_of<'a, 'b>(
    members: &[&JudgedDeal<'a, 'b>],
    (parts, together): (Parts<'a, 'b>, JudgeAsOne<'b>),
    first: usize,
    found: &mut Vec<SplitDeal<'a, 'b>>,
) {
    let books = books(members.iter().copied());
    let under = |is_under: &dyn Fn(&Verdict) -> bool| -> Vec<&JudgedDeal<'a, 'b>> {
        members.iter().filter(|member| is_under(&member.verdict)).copied().collect()
    };
    let level_at = |height| books.iter().find_map(|book| book.ladder().level_at(height));
    let levels = (1..).map_while(level_at);
    let mut sets: Vec<_> = levels.map(|level| under(&|it| it.level() < level)).collect();
    let reviews = books.iter().flat_map(|book| &book.reviews).map(|review| review.name.as_str());
    sets.extend(reviews.map(|name| under(&|it| !it.reviews().contains(&name))));
    sets.extend([under(&|it| !it.is_refused()), members.to_vec()]);
    // Most thresholds have the same deals under them, so that each set is looked at once.
    let mut seen: Vec<Vec<&str>> = Vec::new();
    for members in sets.iter().flat_map(|members| parts(members)) {
        let names: Vec<_> = members.iter().map(|member| member.name).collect();
        let is_new = members.iter().any(|member| !member.is_signed());
        if is_new && names.len() > 1 && !seen.contains(&names) {
            of_members(&members, &names, together, (first, found));
            seen.push(names);
        }
    }
}

/// Returns the largest sets of deals that are in force on one day, each in the order of the deals.
pub(super) fn in_force_together<'m, 'a, 'b>(
    members: &[&'m JudgedDeal<'a, 'b>],
) -> Vec<Vec<&'m JudgedDeal<'a, 'b>>> {
    on_one_day(members, |member| {
        let period = member.deal.days_in_force();
        (period.start(), period.end())
    })
}

/// Returns the largest sets of deals of which the customer has units on one day.
fn with_units_together<'m, 'a, 'b>(
    members: &[&'m JudgedDeal<'a, 'b>],
) -> Vec<Vec<&'m JudgedDeal<'a, 'b>>> {
    on_one_day(members, |member| member.deal.days_of_units())
}

fn on_one_day<'m, 'a, 'b>(
    members: &[&'m JudgedDeal<'a, 'b>],
    days: fn(&JudgedDeal<'_, '_>) -> (Date, Date),
) -> Vec<Vec<&'m JudgedDeal<'a, 'b>>> {
    let mut starts: Vec<Date> = members.iter().map(|member| days(member).0).collect();
    starts.sort_unstable();
    starts.dedup();
    // A set is complete when the last of its deals begins, and a part of the next one if none of them has ended
    // by then.
    let nexts = starts.iter().skip(1).map(Some).chain([None]);
    let sets = starts.iter().zip(nexts).filter_map(|(day, next)| {
        let is_in_force = |member: &&&JudgedDeal<'_, '_>| {
            let (start, end) = days(member);
            start <= *day && *day <= end
        };
        let set: Vec<_> = members.iter().filter(is_in_force).copied().collect();
        let is_part = next.is_some_and(|next| set.iter().all(|member| *next <= days(member).1));
        (!is_part).then_some(set)
    });
    sets.collect()
}

fn of_members<'a, 'b>(
    members: &[&JudgedDeal<'a, 'b>],
    names: &[&'a str],
    together: JudgeAsOne<'b>,
    (known, found): (usize, &mut Vec<SplitDeal<'a, 'b>>),
) {
    let (Some(verdicts), Some(first)) = (together(members), members.first()) else { return };
    let mut add = |book: &'b PriceBook, crossing: SplitNeed<'b>, rule: Rule, reason: String| {
        let is_known = |known: &SplitDeal<'_, '_>| {
            known.rule.id == rule.id && known.deals.iter().all(|name| names.contains(name))
        };
        if !found[known..].iter().any(is_known) {
            let customer = whose(first);
            found.push(SplitDeal { customer, deals: names.to_vec(), crossing, rule, reason, book });
        }
    };
    let mut required = Vec::new();
    for (book, verdict) in verdicts {
        for Violation { rule, message } in verdict.violations {
            let mut known = members.iter().flat_map(|member| &member.verdict.violations);
            if known.all(|known| known.rule.id != rule.id) {
                add(book, SplitNeed::Refused, rule, message);
            }
        }
        required.extend(verdict.required.into_iter().map(|required| (book, required)));
    }
    for (book, Requirement { approval, rule, reason }) in required {
        let mut known = members.iter().flat_map(|member| &member.verdict.required);
        // An approver of each of the deals sees all of them anyway.
        let is_higher = |verdict: &Verdict| {
            let reviews = verdict.reviews();
            approval.level > verdict.level()
                || approval.review.as_deref().is_some_and(|review| !reviews.contains(&review))
        };
        if known.all(|known| known.rule.id != rule.id)
            && members.iter().any(|it| is_higher(&it.verdict))
        {
            add(book, SplitNeed::Needs(approval), rule, reason);
        }
    }
}

/// Returns the verdict on deals with the same terms, joined into one.
pub(super) fn as_one<'b>(members: &[&JudgedDeal<'_, 'b>]) -> Option<JointVerdict<'b>> {
    let deals: Vec<_> = members.iter().map(|member| member.deal).collect();
    let joined = at_rates_taken(&deals, vec![Deal::joined(&deals)?]);
    let verdict = |deal: &Deal<'b>| (deal.book, with_merged_lines(deal, route(deal)));
    Some(joined.iter().map(verdict).collect())
}

/// Returns the verdicts on deals at the tier and the steps that they have beside each other.
fn beside_each_other<'b>(members: &[&JudgedDeal<'_, 'b>]) -> Option<JointVerdict<'b>> {
    let mut all = JointVerdict::new();
    let deals: Vec<_> = members.iter().map(|member| member.deal).collect();
    for deal in at_rates_taken(&deals, beside(members)?) {
        let verdict = route(&deal);
        match all.iter_mut().find(|(book, _)| std::ptr::eq(*book, deal.book)) {
            Some((_, known)) => add_new(known, verdict),
            None => all.push((deal.book, verdict)),
        }
    }
    Some(all)
}

/// Returns deals as they are beside each other.
pub(super) fn beside<'b>(members: &[&JudgedDeal<'_, 'b>]) -> Option<Vec<Deal<'b>>> {
    let deals: Vec<_> = members.iter().map(|member| member.deal).collect();
    CustomerLines::of(&deals).all_beside(&deals)
}

/// Returns the verdict on the sums of ACV and TCV, each ACV rounded to its smallest coin: those of the deals as
/// they are, or beside each other where that is more. Of a deal through a partner the larger side counts.
/// All deals are in one currency.
#[expect(
    clippy::unnecessary_wraps,
    reason = "one of several ways to judge members, some of which can fail"
)]
pub(super) fn as_sums<'b>(members: &[&JudgedDeal<'_, 'b>]) -> Option<JointVerdict<'b>> {
    let sums = |all: &mut dyn Iterator<Item = Measured>| {
        let (mut acv, mut tcv) = (Total::default(), Total::default());
        for money in all {
            acv.add(money.largest(|side| side.acv).0.acv);
            tcv.add(money.largest(|side| side.tcv).0.tcv);
        }
        (acv, tcv)
    };
    let measured = |deal: &Deal<'_>| Measured::committed(deal, &price(deal));
    let (mut acv, mut tcv) = sums(&mut members.iter().map(|member| measured(member.deal)));
    if let Some(together) = beside(members) {
        let (more_acv, more_tcv) = sums(&mut together.iter().map(measured));
        (acv, tcv) = (acv.max(more_acv), tcv.max(more_tcv));
    }
    let deals: Vec<_> = members.iter().map(|member| member.deal).collect();
    let books = books(members.iter().copied()).into_iter();
    Some(books.map(|book| (book, approve::of_sums(book, &deals, (acv, tcv), None))).collect())
}

/// Adds to the verdict on a deal what the deal needs with the lines of each metric merged.
pub(super) fn with_merged_lines(deal: &Deal<'_>, mut verdict: Verdict) -> Verdict {
    if let Some(merged) = deal.with_lines_joined() {
        add_new(&mut verdict, route(&merged));
    }
    verdict
}

/// Adds what a verdict says of rules of which another one says nothing.
pub(super) fn add_new(verdict: &mut Verdict, other: Verdict) {
    for required in other.required {
        if verdict.required.iter().all(|known| known.rule != required.rule) {
            verdict.required.push(required);
        }
    }
    for violation in other.violations {
        if verdict.violations.iter().all(|known| known.rule != violation.rule) {
            verdict.violations.push(violation);
        }
    }
}

fn route(deal: &Deal<'_>) -> Verdict {
    approve::route(&PricedDeal { deal, pricing: &price(deal) })
}
