//! Split deals: deals of one customer that together cross a threshold which each of them stays under.

use super::judged_deal::JudgedDeal;
use crate::approve::{self, PricedDeal, Requirement, Verdict, Violation};
use crate::book::{ApprovalNeed, Level, PriceBook, Rule};
use crate::deal::Deal;
use crate::number::{Date, Total};
use crate::price::price;
use crate::quote::notice::Notice;
use std::collections::HashMap;

/// Deals of one customer that together trigger a rule which none of them triggers alone.
///
/// A customer is identified by name, whatever its case and blanks. Its deals with the same terms
/// ([`Deal::has_same_terms`]) are joined into one deal, on which the approval rules run as on any
/// other: once with all lines side by side, which keeps the price, and once with the lines of each
/// metric merged, which shows rules on quantities. For deals whose terms differ, the sums of ACV and
/// TCV are checked against the book's guardrails.
///
/// Pairs would not be enough, because three deals can split what no two of them do; and all subsets
/// would take too long. So for each level of the ladder, each review and the policy itself, all
/// deals of the customer that stay under that threshold alone are joined, and in the end all of its
/// deals. A large deal that needs the level anyway therefore hides no split among the others. A split
/// says that its deals together cross a threshold, not that all of them are necessary for that.
///
/// Deals that name no customer are left out, because their customer is unknown, and so are expired
/// quotes: last quarter's version is no part of this quarter's contract. A split is a warning and
/// does not change the approvals of a deal, because the customer may well want two contracts.
#[derive(Debug, Clone)]
pub struct SplitDeal<'a, 'b> {
    /// The customer's name in the first of the deals.
    pub customer: &'a str,
    /// The names of the deals, two at least.
    pub deals: Vec<&'a str>,
    /// The need that only all of them together have.
    pub crossing: SplitNeed,
    pub rule: Rule,
    pub reason: String,
    pub book: &'b PriceBook,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SplitNeed {
    Needs(ApprovalNeed),
    /// None that can be met: together the deals are outside policy.
    Refused,
}

/// How many deals of a split a sentence names when two or more would remain.
const MOST_NAMED: usize = 5;

impl SplitDeal<'_, '_> {
    /// The code of the warning that each of the deals gets.
    pub const CODE: &'static str = "deals-split";

    /// Returns the warning: "a.toml and b.toml of Acme Bank together need VP approval: ...".
    pub fn message(&self) -> String {
        self.message_of(|name| name)
    }

    /// Returns the warning with the deals' names changed by `name`.
    pub(crate) fn message_of<'n>(&'n self, name: impl Fn(&'n str) -> &'n str) -> String {
        let names: Vec<_> = self.deals.iter().map(|deal| name(deal)).collect();
        let needs = match &self.crossing {
            SplitNeed::Refused => "are outside policy".to_owned(),
            SplitNeed::Needs(ask) => {
                let level = format!("{} approval", self.book.ladder().title(ask.level));
                let level = (ask.level > Level::NONE).then_some(level);
                let review = ask.review.as_ref().map(|it| self.book.review_title(it).to_owned());
                format!(
                    "need {}",
                    level.into_iter().chain(review).collect::<Vec<_>>().join(" and ")
                )
            }
        };
        format!("{} of {} together {needs}: {}", listed(&names), self.customer, self.reason)
    }

    pub(super) fn notice(&self) -> Notice {
        Notice::warning(Self::CODE, self.message(), &self.rule)
    }
}

/// Formats at least two names: "a, b and c"; of many, only the first ones.
fn listed(names: &[&str]) -> String {
    if let Some((most, rest)) = names.split_at_checked(MOST_NAMED)
        && rest.len() > 1
    {
        return format!("{} and {} more", most.join(", "), rest.len());
    }
    let (last, names) = names.split_last().unwrap_or((&"", &[]));
    format!("{} and {last}", names.join(", "))
}

/// Returns the verdict on several deals as one; `None` where they cannot be joined.
type JointVerdict = fn(&[&JudgedDeal<'_, '_>]) -> Option<Verdict>;

/// Finds every split among deals, customer by customer in the order of the deals.
pub(super) fn splits<'j, 'a: 'j, 'b: 'a>(
    deals: impl Iterator<Item = &'j JudgedDeal<'a, 'b>>,
    day: Date,
) -> Vec<SplitDeal<'a, 'b>> {
    let mut places = HashMap::new();
    let mut customers: Vec<Vec<&JudgedDeal<'a, 'b>>> = Vec::new();
    for judged in deals.filter(|judged| !judged.is_expired(day)) {
        let Some(key) = judged.customer_key() else { continue };
        let place = places.entry((key, &judged.deal.book.currency.code));
        let place = *place.or_insert(customers.len());
        if place == customers.len() {
            customers.push(Vec::new());
        }
        customers[place].push(judged);
    }
    let several = customers.iter().filter(|deals| deals.len() > 1);
    several.flat_map(|deals| of_customer(deals)).collect()
}

/// Finds the splits of one customer. Its deals have the verdict for separate and for merged lines.
fn of_customer<'a, 'b>(deals: &[&JudgedDeal<'a, 'b>]) -> Vec<SplitDeal<'a, 'b>> {
    let mut parts: Vec<Vec<JudgedDeal<'a, 'b>>> = Vec::new();
    for judged in deals {
        let verdict = with_merged_lines(judged.deal, judged.verdict.clone());
        let member = JudgedDeal { verdict, notices: Vec::new(), ..**judged };
        match parts.iter_mut().find(|part| part[0].deal.has_same_terms(judged.deal)) {
            Some(part) => part.push(member),
            None => parts.push(vec![member]),
        }
    }
    let mut found = Vec::new();
    let mut are_all_one = parts.len() == 1;
    for part in &parts {
        are_all_one &= as_one(&part.iter().collect::<Vec<_>>()).is_some();
        crossings(part, as_one, &mut found);
    }
    if !are_all_one {
        let all: Vec<_> = parts.into_iter().flatten().collect();
        crossings(&all, as_sums, &mut found);
    }
    found
}

/// Adds the splits among the members under each threshold, and then among all of them.
fn crossings<'a, 'b>(
    members: &[JudgedDeal<'a, 'b>],
    together: JointVerdict,
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
    for members in sets {
        let names: Vec<_> = members.iter().map(|member| member.name).collect();
        if names.len() > 1 && !seen.contains(&names) {
            of_members(&members, &names, together, found);
            seen.push(names);
        }
    }
}

fn of_members<'a, 'b>(
    members: &[&JudgedDeal<'a, 'b>],
    names: &[&'a str],
    together: JointVerdict,
    found: &mut Vec<SplitDeal<'a, 'b>>,
) {
    let (Some(verdict), Some(first)) = (together(members), members.first()) else { return };
    let mut add = |crossing: SplitNeed, rule: Rule, reason: String| {
        let is_known = |known: &SplitDeal<'_, '_>| {
            known.rule == rule && known.deals.iter().all(|name| names.contains(name))
        };
        if !found.iter().any(is_known) {
            let customer = first.deal.customer().unwrap_or_default();
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
fn as_one(members: &[&JudgedDeal<'_, '_>]) -> Option<Verdict> {
    let deals: Vec<_> = members.iter().map(|member| member.deal).collect();
    let deal = Deal::joined(&deals)?;
    Some(with_merged_lines(&deal, route(&deal)))
}

/// Returns the verdict on the sums of ACV and TCV, each ACV rounded to its smallest coin.
fn as_sums(members: &[&JudgedDeal<'_, '_>]) -> Option<Verdict> {
    let (mut acv, mut tcv) = (Total::default(), Total::default());
    for member in members {
        acv.add(member.totals.acv);
        tcv.add(member.totals.tcv);
    }
    Some(approve::of_sums(members.first()?.deal.book, acv, tcv))
}

/// Adds to the verdict on a deal what the deal needs with the lines of each metric merged.
fn with_merged_lines(deal: &Deal<'_>, mut verdict: Verdict) -> Verdict {
    let Some(other) = deal.with_lines_joined().map(|deal| route(&deal)) else { return verdict };
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
    verdict
}

fn route(deal: &Deal<'_>) -> Verdict {
    approve::route(&PricedDeal { deal, pricing: &price(deal) })
}
