//! Which programs are claimed together.

use super::among;
use crate::book::{Discount, Given, Program};
use crate::negotiate::Table;
use crate::negotiate::edit::Edit;

/// Every set that one quote may have of the programs that words name. Without words these are all but
/// those that only customers of a kind can claim: those exclude every other discount, or need duties
/// that are what a customer is. The deal's own are always among them.
pub(super) fn settings<'b>(table: &Table<'b>, words: &[&str]) -> Result<Vec<Edit<'b>>, String> {
    let book = table.deal.book();
    let names = book.programs().map(|(_, program)| program.name());
    let claimed = |name: &str| table.draft.programs.iter().any(|it| it.program.value == name);
    let named = among("program", words, names)?;
    let may_claim = |program: &Program| {
        let is_for_a_kind = program.exclusive || program.duties_required;
        claimed(program.name())
            || named.contains(&program.name()) && (!words.is_empty() || !is_for_a_kind)
    };
    let taken = |discount: &Discount| {
        table.deal.lines().iter().any(|line| discount.applies_to(line.metric().name()))
    };
    let mut alone = Vec::new();
    let mut sets: Vec<Vec<&'b Program>> = vec![Vec::new()];
    for discount in book.discounts().iter().filter(|discount| taken(discount)) {
        let Given::Program { programs, at_most } = &discount.given else { continue };
        let mut with = vec![(0, Vec::new())];
        for program in programs.iter().filter(|program| may_claim(program)) {
            if program.exclusive {
                alone.push(vec![program]);
                continue;
            }
            let more: Vec<_> = with
                .iter()
                .filter(|(count, _)| count < at_most)
                .map(|(count, set)| (count + 1, [set.as_slice(), &[program]].concat()))
                .collect();
            with.extend(more);
        }
        let each = |set: &Vec<&'b Program>| {
            with.iter().map(|(_, more)| [set.as_slice(), more].concat()).collect::<Vec<_>>()
        };
        sets = sets.iter().flat_map(each).collect();
    }
    sets.extend(alone);
    Ok(sets.into_iter().map(Edit::Programs).collect())
}
