//! An offer is real, and gives nothing that it need not.

use super::books::{Small, small};
use super::goals::wished;
use super::trying::draft;
use super::{found, search, table};
use crate::findings::day;
use crate::laws::world::load;
use dealdesk::answer::negotiate::{Goal, Offer};
use dealdesk::approve::{PricedDeal, route};
use dealdesk::book::Books;
use dealdesk::deal;
use dealdesk::deal::{Deal, DiscountOverride, to_toml};
use dealdesk::number::{Money, Rate};
use dealdesk::price::price;
use dealdesk::quote::quote;
use proptest::prelude::*;
use proptest::sample::Index;

/// Whether the deal file of an offer, quoted, says what the offer does.
pub fn is_real(books: &Books, offer: &Offer<'_>, goal: Goal) -> Result<(), TestCaseError> {
    let file = to_toml(&offer.deal);
    let deal = deal::resolve(&draft(&file), books, day());
    let deal = deal.unwrap_or_else(|faults| panic!("{faults}\n{file}"));
    let quote = quote(&deal);
    prop_assert_eq!(quote.pricing.totals.tcv, offer.tcv(), "{}", &file);
    prop_assert_eq!(quote.pricing.totals.list_tcv, offer.pricing.totals.list_tcv, "{}", &file);
    prop_assert_eq!(&quote.verdict.required, &offer.verdict.required, "{}", &file);
    prop_assert!(!quote.verdict.is_refused(), "{}", &file);
    let case = PricedDeal { deal: &deal, pricing: &quote.pricing };
    let is_met = goal.progress_of(&case).is_some_and(|reached| goal.is_met(reached));
    prop_assert!(is_met, "{}", &file);
    Ok(())
}

/// A deal with other rates of what an offer gives.
struct Other {
    tcv: Money,
    level: usize,
    reviews: usize,
    is_met: bool,
    is_refused: bool,
}

impl Other {
    fn of(deal: &Deal<'_>, goal: Goal) -> Self {
        let pricing = price(deal);
        let case = PricedDeal { deal, pricing: &pricing };
        let verdict = route(&case);
        Self {
            tcv: pricing.totals.tcv,
            level: verdict.level().height(),
            reviews: verdict.reviews().len(),
            is_met: goal.progress_of(&case).is_some_and(|reached| goal.is_met(reached)),
            is_refused: verdict.is_refused(),
        }
    }

    fn can_stand_for(&self, offer: &Offer<'_>) -> bool {
        self.is_met
            && !self.is_refused
            && self.level <= offer.level().height()
            && self.reviews <= offer.verdict.reviews().len()
    }
}

/// The rates of what an offer gives, in millionths: of each discount, and of each program.
fn rates(small: &Small, offer: &Offer<'_>) -> Vec<(String, u32)> {
    let file = to_toml(&offer.deal);
    let written = draft(&file);
    let mut rates = Vec::new();
    for (at, given) in small.given.iter().enumerate().filter(|(_, it)| it.amount.is_none()) {
        let name = format!("a{at}");
        let take = written.discount_overrides.iter().find(|(known, _)| known.value == name);
        match take.map(|(_, take)| *take) {
            Some(DiscountOverride::Withheld) => {}
            Some(DiscountOverride::Rate(rate)) => rates.push((name, rate.millionths())),
            Some(DiscountOverride::Auto) | None => rates.push((name, 100 * given.rate)),
        }
    }
    for (at, program) in small.programs.iter().enumerate().filter(|(_, it)| !it.is_fixed) {
        let name = format!("p{at}");
        let claim = written.programs.iter().find(|it| it.program.value == name);
        let rate = claim.and_then(|claim| claim.rate.as_ref());
        rates.extend(rate.map(|rate| (name, rate.value.millionths().min(100 * program.most))));
    }
    rates
}

impl Small {
    /// The largest rate of a discount or a program, in millionths.
    fn most(&self, name: &str) -> u32 {
        let (kind, at) = name.split_at(1);
        let at: usize = at.parse().expect("a number");
        100 * if kind == "a" { self.given[at].rate } else { self.programs[at].most }
    }
}

/// The deal of an offer with another rate of one of these.
fn with<'b>(books: &'b Books, offer: &Offer<'b>, name: &str, rate: u32) -> Deal<'b> {
    let mut written = draft(&to_toml(&offer.deal));
    let rate = Rate::of_millionths(rate);
    if let Some(discount) = offer.deal.book().discount(name) {
        return offer.deal.with_take(discount, DiscountOverride::Rate(rate));
    }
    for claim in written.programs.iter_mut().filter(|it| it.program.value == name) {
        claim.rate = claim.rate.as_ref().map(|written| written.clone().map(|_| rate));
    }
    deal::resolve(&written, books, day()).unwrap_or_else(|faults| panic!("{faults}"))
}

proptest! {
    #![proptest_config(crate::laws::cases(150))]

    /// Its deal file quotes to its figures and to what it needs, and meets the number.
    #[test]
    fn an_offer_is_what_its_quote_says((small, wish) in wished(small())) {
        let books = load(&small.toml());
        let table = table(&books, &small.deal());
        let outcome = found(&table, &search(&table, &small, wish.goal(), &[]));
        for offer in outcome.offers.iter().chain(&outcome.above) {
            is_real(&books, offer, wish.goal())?;
        }
    }

    /// Less of anything that it gives, by the smallest step of a rate or by any other, either costs
    /// the same, or misses the number, or is harder to get.
    #[test]
    fn less_of_anything_does_not_do(
        (small, wish) in wished(small()),
        parts in proptest::collection::vec(any::<Index>(), 8),
    ) {
        let books = load(&small.toml());
        let table = table(&books, &small.deal());
        for offer in found(&table, &search(&table, &small, wish.goal(), &[])).offers {
            for (name, rate) in rates(&small, &offer) {
                let smaller = parts.iter().map(|part| part.index(rate as usize));
                let smaller = smaller.filter_map(|it| u32::try_from(it).ok());
                for less in smaller.chain([rate - 1]).filter(|less| *less > 0) {
                    let other = Other::of(&with(&books, &offer, &name, less), wish.goal());
                    prop_assert!(
                        !other.can_stand_for(&offer) || other.tcv == offer.tcv(),
                        "{name} at {less}: {:?} instead of {:?}\n{}\n{}",
                        other.tcv, offer.tcv(), to_toml(&offer.deal), small.toml()
                    );
                }
            }
        }
    }

    /// Where a rate is cut to a number, none with fewer digits costs the same. What leaves a program
    /// the ARR that it needs is cut to that instead.
    #[test]
    fn a_rate_has_no_more_digits_than_it_needs((small, wish) in wished(small().prop_map(Small::without_needs))) {
        let books = load(&small.toml());
        let table = table(&books, &small.deal());
        for offer in found(&table, &search(&table, &small, wish.goal(), &[])).offers {
            for (name, rate) in rates(&small, &offer) {
                let full = small.given.iter().flat_map(|it| [Some(it.rate), it.otherwise]).flatten();
                let full = full.chain(small.programs.iter().map(|it| it.most));
                if full.map(|points| 100 * points).any(|full| full == rate) {
                    continue;
                }
                let coarse = [10, 100, 1000, 10_000].into_iter().filter(|unit| rate % unit > 0);
                for other in coarse.flat_map(|unit| [rate / unit * unit, rate.div_ceil(unit) * unit]) {
                    if other == 0 || other > small.most(&name) {
                        continue;
                    }
                    let tried = Other::of(&with(&books, &offer, &name, other), wish.goal());
                    prop_assert!(
                        !tried.can_stand_for(&offer) || tried.tcv != offer.tcv(),
                        "{name} at {other} does what {rate} does\n{}\n{}",
                        to_toml(&offer.deal), small.toml()
                    );
                }
            }
        }
    }
}
