//! The places of a chain that decide it, each with how far its deal goes towards the goal.

use super::deal_chain::DealChain;
use super::goal::{Goal, GoalProgress};
use crate::approve::PricedDeal;
use crate::deal::Deal;
use crate::price::price;
use std::cell::OnceCell;

/// Returns the deal at a place of a chain, with its progress towards a goal.
pub(super) fn progress_at<'b>(
    chain: &DealChain<'b>,
    goal: Goal,
    place: u32,
) -> Option<(Deal<'b>, GoalProgress)> {
    let deal = chain.deal_at(place)?;
    let progress = goal.progress_of(&PricedDeal { deal: &deal, pricing: &price(&deal) })?;
    Some((deal, progress))
}

/// Places of a chain, each of which is priced once, when its progress is needed first.
pub(super) struct PricedPlaces<'c, 'b> {
    pub chain: &'c DealChain<'b>,
    goal: Goal,
    /// The places, ascending, each once.
    pub places: Vec<u32>,
    priced: Vec<OnceCell<Option<(Deal<'b>, GoalProgress)>>>,
}

impl<'c, 'b> PricedPlaces<'c, 'b> {
    pub fn new(chain: &'c DealChain<'b>, goal: Goal, mut places: Vec<u32>) -> Self {
        places.sort_unstable();
        places.dedup();
        let priced = places.iter().map(|_| OnceCell::new()).collect();
        Self { chain, goal, places, priced }
    }

    /// The deal at the place with an index, with its progress towards the goal.
    pub fn progress(&self, index: usize) -> Option<&(Deal<'b>, GoalProgress)> {
        let priced = || progress_at(self.chain, self.goal, self.places[index]);
        self.priced[index].get_or_init(priced).as_ref()
    }

    /// The deals at the places that meet the goal.
    pub fn meeting(&self) -> impl Iterator<Item = &Deal<'b>> {
        let priced = (0..self.places.len()).filter_map(|index| self.progress(index));
        priced.filter(|(_, progress)| self.goal.is_met(*progress)).map(|(deal, _)| deal)
    }

    /// The range of the first deal that meets the goal: from behind the last place that does not meet it up to
    /// a place that does. Returns `None` if the cheapest deal does not meet it.
    pub fn range_of_first_met(&self) -> Option<(u32, u32)> {
        let (mut from, mut met) = (0, None);
        // The cheapest deal is judged first, because most chains do not meet the goal at all.
        for (index, place) in self.places.iter().enumerate().rev() {
            match self.progress(index).map(|(_, progress)| self.goal.is_met(*progress)) {
                Some(true) => met = Some(*place),
                Some(false) => {
                    from = place + 1;
                    break;
                }
                None => {}
            }
        }
        Some((from, met?))
    }
}
