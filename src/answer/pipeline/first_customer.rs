//! Customers that are not the first in their vertical or region, though their deal says so.

use super::judged_deal::JudgedDeal;
use crate::number::Date;
use crate::quote::notice::{Notice, kinds};

/// Returns a warning for each deal that claims a program for the first customer in a vertical or a region, where
/// an earlier deal of another customer claims the same, or one of the same day, each with the place of its deal: of one
/// day nobody is the first, and a signed contract is named before a quote. A quote that has expired was not signed, and
/// takes nobody's place.
pub(super) fn later_ones(deals: &[&JudgedDeal<'_, '_>], day: Date) -> Vec<(usize, Notice)> {
    let mut found = Vec::new();
    let rank = |at: usize, judged: &JudgedDeal<'_, '_>| (judged.deal.date, !judged.is_signed(), at);
    for (at, judged) in deals.iter().enumerate().filter(|(_, judged)| !judged.is_signed()) {
        for claim in &judged.deal.claims {
            for fact in &claim.program.first_in {
                let Some(place) = judged.deal.listed_fact(*fact) else { continue };
                let takes_place = |(other, known): &(usize, &&JudgedDeal<'_, '_>)| {
                    *other != at
                        && known.deal.date <= judged.deal.date
                        && known.customer_key() != judged.customer_key()
                        && !known.is_expired(day)
                        && known.deal.listed_fact(*fact) == Some(place)
                        && known.deal.claims.iter().any(|it| it.program.name == claim.program.name)
                };
                let earlier = deals.iter().enumerate().filter(takes_place);
                let Some((_, first)) = earlier.min_by_key(|(other, it)| rank(*other, it)) else {
                    continue;
                };
                let (title, fact) = (&claim.program.title, fact.name());
                let customer = first.deal.customer().unwrap_or("another customer");
                let is_of_day = first.deal.date == judged.deal.date;
                let which = if is_of_day { "one of the same day" } else { "an earlier one" };
                let message = format!(
                    "{title}: {customer} is {which} in the {fact} {place} ({})",
                    first.name
                );
                found.push((
                    at,
                    Notice::new(&kinds::NOT_FIRST_CUSTOMER, message, &claim.program.rule),
                ));
            }
        }
    }
    found
}
