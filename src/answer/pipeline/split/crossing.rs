//! Thresholds that deals of one customer cross together, and none of them alone.

use super::{SplitDeal, SplitNeed, whose};
use crate::answer::pipeline::judged_deal::JudgedDeal;
use crate::approve::{self, PricedDeal, Requirement, Verdict, Violation};
use crate::book::Rule;
use crate::deal::{CustomerLines, Deal};
use crate::number::{Date, Total};
use crate::price::{Measured, price};

/// Returns the verdict on several deals as one; `None` where they cannot be joined.
type JointVerdict = fn(&[&JudgedDeal<'_, '_>]) -> Option<Verdict>;

/// Adds the splits among the members under each threshold, and then among all of them. What was found from the
/// place `first` on is told of fewer or as many of them, and not again.
pub(super) fn crossings<'a, 'b>(
    members: &[JudgedDeal<'a, 'b>],
    together: JointVerdict,
    first: usize,
    found: &mut Vec<SplitDeal<'a, 'b>>,
) {
    let Some(book) = members.first().map(|first| first.deal.book) else { return };
    let under = |is_under: &dyn Fn(&Verdict) -> bool| -> Vec<&JudgedDeal<'a, 'b>> {
        members.iter().filter(|member| is_under(&member.verdict)).collect()
    };
    let levels = (1..).map_while(|height| book.ladder().level_at(height));
    let mut sets: Vec<_> = levels.map(|level| under(&|it| it.level() < level)).collect();
    sets.extend(
        book.reviews
            .iter()
            .map(|review| under(&|it| !it.reviews().contains(&review.name.as_str()))),
    );
    sets.extend([under(&|it| !it.is_refused()), members.iter().collect()]);
    // Most thresholds have the same deals under them, so that each set is looked at once.
    let mut seen: Vec<Vec<&str>> = Vec::new();
    for members in sets.iter().flat_map(|members| in_force_together(members)) {
        let names: Vec<_> = members.iter().map(|member| member.name).collect();
        if names.len() > 1 && !seen.contains(&names) {
            of_members(&members, &names, together, (first, found));
            seen.push(names);
        }
    }
}

/// Returns the largest sets of deals that are in force on one day, each in the order of the deals.
fn in_force_together<'m, 'a, 'b>(
    members: &[&'m JudgedDeal<'a, 'b>],
) -> Vec<Vec<&'m JudgedDeal<'a, 'b>>> {
    let days = |member: &JudgedDeal<'_, '_>| {
        let period = member.deal.days_in_force();
        (period.start(), period.end())
    };
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
    together: JointVerdict,
    (known, found): (usize, &mut Vec<SplitDeal<'a, 'b>>),
) {
    let (Some(verdict), Some(first)) = (together(members), members.first()) else { return };
    let mut add = |crossing: SplitNeed<'b>, rule: Rule, reason: String| {
        let is_known = |known: &SplitDeal<'_, '_>| {
            known.rule == rule && known.deals.iter().all(|name| names.contains(name))
        };
        if !found[known..].iter().any(is_known) {
            let customer = whose(first);
            let book = first.deal.book;
            found.push(SplitDeal { customer, deals: names.to_vec(), crossing, rule, reason, book });
        }
    };
    for Violation { rule, message } in verdict.violations {
        if members.iter().all(|it| it.verdict.violations.iter().all(|known| known.rule != rule)) {
            add(SplitNeed::Refused, rule, message);
        }
    }
    for Requirement { approval, rule, reason } in verdict.required {
        let mut known = members.iter().flat_map(|member| &member.verdict.required);
        // An approver of each of the deals sees all of them anyway.
        let is_higher = |verdict: &Verdict| {
            let reviews = verdict.reviews();
            approval.level > verdict.level()
                || approval.review.as_deref().is_some_and(|review| !reviews.contains(&review))
        };
        if known.all(|known| known.rule != rule) && members.iter().any(|it| is_higher(&it.verdict))
        {
            add(SplitNeed::Needs(approval), rule, reason);
        }
    }
}

/// Returns the verdict on deals with the same terms, joined into one.
pub(super) fn as_one(members: &[&JudgedDeal<'_, '_>]) -> Option<Verdict> {
    let deals: Vec<_> = members.iter().map(|member| member.deal).collect();
    let deal = Deal::joined(&deals)?;
    Some(with_merged_lines(&deal, route(&deal)))
}

/// Returns the verdicts on deals at the tier and the steps that they have beside each other.
pub(super) fn beside_each_other(members: &[&JudgedDeal<'_, '_>]) -> Option<Verdict> {
    let mut all = Verdict::default();
    for deal in beside(members)? {
        add_new(&mut all, route(&deal));
    }
    Some(all)
}

/// Returns deals as they are beside each other.
fn beside<'b>(members: &[&JudgedDeal<'_, 'b>]) -> Option<Vec<Deal<'b>>> {
    let deals: Vec<_> = members.iter().map(|member| member.deal).collect();
    CustomerLines::of(&deals).all_beside(&deals)
}

/// Returns the verdict on the sums of ACV and TCV, each ACV rounded to its smallest coin: those of the deals as
/// they are, or beside each other where that is more. Of a deal through a partner the larger side counts.
pub(super) fn as_sums(members: &[&JudgedDeal<'_, '_>]) -> Option<Verdict> {
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
    Some(approve::of_sums(members.first()?.deal.book, acv, tcv))
}

/// Adds to the verdict on a deal what the deal needs with the lines of each metric merged.
pub(super) fn with_merged_lines(deal: &Deal<'_>, mut verdict: Verdict) -> Verdict {
    if let Some(merged) = deal.with_lines_joined() {
        add_new(&mut verdict, route(&merged));
    }
    verdict
}

/// Adds what a verdict says of rules of which another one says nothing.
fn add_new(verdict: &mut Verdict, other: Verdict) {
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
