//! From list down to the most that each level gives, on any book; and what any deal gives, added up.

use super::world::{World, resolve, world};
use crate::support::DAY;
use dealdesk::answer::negotiate::{
    Commitment, ConcessionKind, ConcessionLadder, CustomerRequest, Goal, LadderStep, Offer, Return,
    Search, concessions, rounding,
};
use dealdesk::approve::{PricedDeal, route};
use dealdesk::book::{Books, Level};
use dealdesk::deal;
use dealdesk::number::{Date, Money, Rate};
use dealdesk::price::price;
use dealdesk::text::source::Source;
use proptest::prelude::*;

/// More than this takes too long for a law.
const MOST: u64 = 100;

fn table<'b>(world: &World, books: &'b Books) -> Option<CustomerRequest<'b>> {
    let draft = deal::read(&Source::file("deal.toml", &world.deal.toml(&world.book)));
    CustomerRequest::new(draft, books, Date::parse(DAY).expect("a date")).ok()
}

fn search<'b>(table: &CustomerRequest<'b>, locked: &[&str]) -> Search<'b> {
    let goal = Goal::Discount(Rate::of_millionths(1_000_000));
    Search::new(table, goal, &[], locked).expect("levers that are known")
}

/// What rounding and concessions leave of list is the contract.
fn adds_up(offer: &Offer<'_>) -> bool {
    let mut tcv = offer.pricing.totals.list_tcv + rounding(offer);
    for given in concessions(offer) {
        let is_beside =
            matches!(given.kind, ConcessionKind::Service(_) | ConcessionKind::Clause(_));
        let paid = match given.counterpart {
            Some(Return::Uplift(paid)) => paid,
            _ => Money::ZERO,
        };
        let given = if is_beside { Money::ZERO } else { given.money };
        tcv = tcv - given + paid;
    }
    tcv == offer.pricing.totals.tcv
}

proptest! {
    #![proptest_config(super::cases(400))]

    /// What a deal gives adds up from list to the contract, to the last digit.
    #[test]
    fn concessions_add_up(world in world()) {
        let books = world.load();
        let Some(deal) = world.resolve(&books) else { return Ok(()) };
        let pricing = price(&deal);
        let verdict = route(&PricedDeal { deal: &deal, pricing: &pricing });
        let commitment = Commitment {
            years: 1,
            months_ahead: 0,
            days_to_pay: 0,
            quantities: Vec::new(),
            programs: Vec::new(),
        };
        let offer = Offer { deal, pricing, verdict, commitment, present_value: None };
        prop_assert!(adds_up(&offer));
    }
}

proptest! {
    #![proptest_config(super::cases(50))]

    /// Every step is further off list than the one before it, by less than that one was unless it says
    /// so, and needs no less approval; quoted again it is what it says; and each level ends where a
    /// search finds that it can give no more.
    #[test]
    fn a_ladder_shrinks_to_what_each_level_gives(world in world(), is_locked in any::<bool>()) {
        let books = world.load();
        let Some(table) = table(&world, &books) else { return Ok(()) };
        let locked: &[&str] = if is_locked { &["term", "prepay"] } else { &[] };
        if search(&table, locked).combinations() > MOST {
            return Ok(());
        }
        let ladder = ConcessionLadder::new(&table, search(&table, locked), &|_| true);
        for pair in ladder.steps.windows(2) {
            let [last, next] = pair else { unreachable!("pairs") };
            prop_assert!(next.off() > last.off());
            prop_assert_eq!(next.conceded, Some(next.off() - last.off()));
            prop_assert!(next.is_larger || last.conceded.is_none() || next.conceded < last.conceded);
            prop_assert!(!next.is_larger || next.conceded >= last.conceded);
            prop_assert!(next.offer.level() >= last.offer.level());
            prop_assert_eq!(last.next.is_some(), !last.ends.is_empty());
        }
        for step in &ladder.steps {
            prop_assert!(adds_up(&step.offer));
            let again = resolve(&deal::to_toml(&step.offer.deal), &books);
            let again = again.map_err(|faults| TestCaseError::fail(faults.to_string()))?;
            let pricing = price(&again);
            prop_assert_eq!(&pricing.totals, &step.offer.pricing.totals);
            let verdict = route(&PricedDeal { deal: &again, pricing: &pricing });
            prop_assert!(!verdict.is_refused());
            prop_assert_eq!(verdict.level(), step.offer.level());
        }
        let levels = std::iter::once(Level::NONE);
        let levels = levels.chain(ladder.book.ladder().levels().map(|(level, _)| level));
        for level in levels {
            let mut search = search(&table, locked);
            search.within = level;
            let outcome = search.run(&table, &|_| true);
            let closest = outcome.closest.or_else(|| outcome.offers.into_iter().next());
            let found = closest.map(|it| it.pricing.totals.discount);
            let mut ends = ladder.steps.iter().filter(|step| step.ends.contains(&level));
            prop_assert_eq!(ends.next().map(LadderStep::off), found);
            prop_assert!(ends.next().is_none());
        }
    }
}
