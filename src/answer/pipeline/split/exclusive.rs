//! Programs that exclude every other discount, in one contract, and other discounts in another one.
//!
//! An academic license stands alone in a quote (playbook L907-L925): a purchase beside it brings no discount. Two quotes
//! would undo that.

use super::crossing::add_new;
use super::{SplitDeal, SplitNeed, whose};
use crate::answer::pipeline::judged_deal::JudgedDeal;
use crate::approve::{self, PricedDeal, Verdict, Violation};
use crate::price::price;

/// Returns the splits of deals with an exclusive program and those of the customer, on the same days, which have other
/// programs or discounts, as one deal that has both would be refused.
pub(super) fn exclusive_apart<'a, 'b>(deals: &[&JudgedDeal<'a, 'b>]) -> Vec<SplitDeal<'a, 'b>> {
    let is_exclusive =
        |judged: &&&JudgedDeal<'_, '_>| judged.deal.claims.iter().any(|it| it.program.exclusive);
    deals.iter().filter(is_exclusive).flat_map(|judged| beside(judged, deals)).collect()
}

/// Returns the splits of a deal with an exclusive program and of the others that it does not go with.
fn beside<'a, 'b>(
    exclusive: &JudgedDeal<'a, 'b>,
    deals: &[&JudgedDeal<'a, 'b>],
) -> Vec<SplitDeal<'a, 'b>> {
    let own = PricedDeal { deal: exclusive.deal, pricing: &price(exclusive.deal) };
    let mut refused: Vec<(&JudgedDeal<'a, 'b>, Verdict)> = Vec::new();
    for other in deals.iter().filter(|other| is_beside(exclusive, other)) {
        let case = PricedDeal { deal: other.deal, pricing: &price(other.deal) };
        let found = approve::beside_exclusive(&case, &own);
        if !found.violations.is_empty() {
            refused.push((other, found));
        }
    }
    let mut all = Verdict::default();
    for (_, found) in &refused {
        add_new(&mut all, found.clone());
    }
    let split = |Violation { rule, message }: Violation| {
        let has = |verdict: &Verdict| verdict.violations.iter().any(|it| it.rule == rule);
        let mine = refused.iter().filter(|(_, found)| has(found)).map(|(other, _)| *other);
        let members: Vec<_> = std::iter::once(exclusive).chain(mine).collect();
        // A deal that is refused for this alone has been told so.
        let is_new = members.iter().any(|it| !it.is_signed());
        let is_known = members.iter().all(|it| has(&it.verdict));
        (is_new && !is_known).then(|| SplitDeal {
            customer: whose(exclusive),
            deals: members.iter().map(|judged| judged.name).collect(),
            crossing: SplitNeed::Refused,
            rule,
            reason: message,
            book: exclusive.deal.book,
        })
    };
    all.violations.into_iter().filter_map(split).collect()
}

/// Whether another deal is under the same book, on some of the days of a deal.
fn is_beside(one: &JudgedDeal<'_, '_>, other: &JudgedDeal<'_, '_>) -> bool {
    let ((first, last), (begins, ends)) = (one.deal.contract_days(), other.deal.contract_days());
    !std::ptr::eq(one.deal, other.deal)
        && std::ptr::eq(one.deal.book, other.deal.book)
        && first <= ends
        && begins <= last
}
