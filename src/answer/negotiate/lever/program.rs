//! Which programs are claimed together.

use super::among;
use crate::answer::negotiate::CustomerRequest;
use crate::book::{Discount, DiscountCondition, Program};
use crate::deal::{Deal, ProgramClaim};

/// Programs that are claimed together, each with the discount that it belongs to.
pub type ProgramSet<'b> = Vec<(&'b Discount, &'b Program)>;

/// Every set that one quote may have of the programs that words name, none of them first. Without
/// words these are all but those that only customers of a kind can claim: those exclude every other
/// discount, or need duties that are what a customer is. The deal's own are always among them.
pub fn sets<'b>(
    table: &CustomerRequest<'b>,
    words: &[&str],
) -> Result<Vec<ProgramSet<'b>>, String> {
    let book = table.deal.book();
    let names = book.programs().map(|(_, program)| program.name());
    let named = among("program", words, names)?;
    Ok(sets_of(table, |program| {
        let is_for_a_kind = program.exclusive || program.duties_required;
        named.contains(&program.name()) && (!words.is_empty() || !is_for_a_kind)
    }))
}

/// Every set of the programs that the deal claims.
pub fn own<'b>(table: &CustomerRequest<'b>) -> Vec<ProgramSet<'b>> {
    sets_of(table, |_| false)
}

fn sets_of<'b>(
    table: &CustomerRequest<'b>,
    may_claim: impl Fn(&Program) -> bool,
) -> Vec<ProgramSet<'b>> {
    let is_own = |program: &Program| {
        table.deal.claims.iter().any(|claim| claim.program.name() == program.name())
    };
    let mut alone = Vec::new();
    let mut sets: Vec<ProgramSet<'b>> = vec![Vec::new()];
    for discount in table.deal.book().discounts() {
        let DiscountCondition::Program { programs, at_most } = &discount.condition else {
            continue;
        };
        let mut with: Vec<ProgramSet<'b>> = vec![Vec::new()];
        for program in programs.iter().filter(|it| is_own(it) || may_claim(it)) {
            if program.exclusive {
                alone.push(vec![(discount, program)]);
                continue;
            }
            let may_grow = |set: &&ProgramSet<'_>| set.len() < *at_most as usize;
            let more: Vec<_> = with.iter().filter(may_grow).cloned().collect();
            with.extend(more.into_iter().map(|set| [set, vec![(discount, program)]].concat()));
        }
        let each = |set: &ProgramSet<'b>| {
            with.iter().map(|more| [set.as_slice(), more].concat()).collect::<Vec<_>>()
        };
        sets = sets.iter().flat_map(each).collect();
    }
    sets.extend(alone);
    sets
}

/// The deal with the programs of a set at their largest rates, their duties promised; nothing, if one
/// of them is for nothing that it buys. What the deal says of a program stays.
pub fn claiming<'b>(deal: &Deal<'b>, set: &ProgramSet<'b>) -> Option<Deal<'b>> {
    let applies = |discount: &Discount| {
        deal.lines().iter().any(|line| discount.applies_to(line.metric().name()))
    };
    if !set.iter().all(|(discount, _)| applies(discount)) {
        return None;
    }
    let claim = |(discount, program): &(&'b Discount, &'b Program)| {
        let known = deal.claims.iter().find(|claim| claim.program.name() == program.name());
        ProgramClaim {
            reason: known.and_then(|known| known.reason.clone()),
            count: known.and_then(|known| known.count),
            ..ProgramClaim::at_max_rate(discount, program)
        }
    };
    Some(Deal { claims: set.iter().map(claim).collect(), ..deal.clone() })
}
