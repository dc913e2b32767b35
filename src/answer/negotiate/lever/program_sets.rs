//! The sets of programs that one quote may claim together.

use super::super::request::CustomerRequest;
use super::settings::select;
use crate::book::{Discount, DiscountCondition, Program};
use crate::deal::{Deal, ProgramClaim};

pub type ProgramSet<'b> = Vec<(&'b Discount, &'b Program)>;

/// Returns every set that one quote may have of the programs that the deal claims and those that words
/// name, the empty set first. No word names all programs except those for customers of a kind: programs
/// that exclude every other discount, or that require their duties.
pub fn program_sets<'b>(
    request: &CustomerRequest<'b>,
    words: Option<&[&str]>,
) -> Result<Vec<ProgramSet<'b>>, String> {
    let (book, claims) = (request.deal.book, &request.deal.claims);
    let names = book.programs().map(|(_, program)| program.name());
    let named = words.map(|words| select("program", words, names)).transpose()?;
    let named = named.unwrap_or_default();
    let is_any_kind = words.is_some_and(|words| !words.is_empty());
    let may_claim = |program: &&Program| {
        let is_for_a_kind = program.exclusive || program.duties_required;
        claims.iter().any(|claim| claim.program.name() == program.name())
            || named.contains(&program.name()) && (is_any_kind || !is_for_a_kind)
    };
    let mut exclusive = Vec::new();
    let mut sets: Vec<ProgramSet<'b>> = vec![Vec::new()];
    for discount in &book.discounts {
        let DiscountCondition::Program { programs, at_most } = &discount.condition else {
            continue;
        };
        let mut of_discount: Vec<ProgramSet<'b>> = vec![Vec::new()];
        for program in programs.iter().filter(may_claim) {
            if program.exclusive {
                exclusive.push(vec![(discount, program)]);
                continue;
            }
            let may_grow = |set: &&ProgramSet<'_>| set.len() < *at_most as usize;
            let larger = |set: &ProgramSet<'b>| [set.as_slice(), &[(discount, program)]].concat();
            let more: Vec<_> = of_discount.iter().filter(may_grow).map(larger).collect();
            of_discount.extend(more);
        }
        let extended = |set: &ProgramSet<'b>| {
            of_discount.iter().map(|more| [set.as_slice(), more].concat()).collect::<Vec<_>>()
        };
        sets = sets.iter().flat_map(extended).collect();
    }
    sets.extend(exclusive);
    Ok(sets)
}

/// Returns the deal with the programs of a set at their largest rates and all their duties promised, or
/// `None` if one of them applies to no line. Claims of the deal keep their reason and ordinal.
pub fn claim_programs<'b>(deal: &Deal<'b>, set: &ProgramSet<'b>) -> Option<Deal<'b>> {
    let applies =
        |discount: &Discount| deal.lines.iter().any(|line| discount.applies_to(line.metric.name()));
    if !set.iter().all(|(discount, _)| applies(discount)) {
        return None;
    }
    let claim = |(discount, program): &(&'b Discount, &'b Program)| {
        let known = deal.claims.iter().find(|claim| claim.program.name() == program.name());
        ProgramClaim {
            metrics: known.map(|known| known.metrics.clone()).unwrap_or_default(),
            reason: known.and_then(|known| known.reason.clone()),
            count: known.and_then(|known| known.count),
            grant: known.and_then(|known| known.grant.clone()),
            ..ProgramClaim::at_max_rate(discount, program)
        }
    };
    Some(Deal { claims: set.iter().map(claim).collect(), ..deal.clone() })
}
