//! Every combination of levers, each decided exactly.

use super::edit::{DraftEdit, open};
use super::found::SearchState;
use super::lever::program::ProgramSet;
use super::lever::{LEVERS, Lever, LeverGroup, PROGRAM, VOLUME, program};
use super::{CustomerRequest, Goal, Offer};
use crate::approve::{ApprovalRule, Requirement};
use crate::book::{Level, Rule};
use crate::deal;
use crate::deal::Draft;
use crate::number::Rate;

/// What is looked for, and what may be changed for it.
#[derive(Debug)]
pub struct Search<'b> {
    /// The number to meet.
    pub goal: Goal,
    /// The highest level that may be asked.
    pub within: Level,
    /// Rates are multiples of it; as fine as a price needs, if nothing is said.
    pub step: Option<Rate>,
    /// What a later payment loses in a year: offers are then held against each other by what they are
    /// worth at the start of the contract.
    pub discount_rate: Option<Rate>,
    /// The settings of each matter.
    settings: Vec<Vec<DraftEdit<'b>>>,
    /// The programs that can be claimed together.
    pub(super) programs: Vec<ProgramSet<'b>>,
    /// Whether discounts that the book gives by itself can be given in part.
    pub(super) takes: bool,
    /// The rules that offers are judged by.
    pub(super) rules: &'static [&'static dyn ApprovalRule],
}

/// How far a search has come.
#[derive(Debug, Clone, Copy)]
pub struct SearchProgress {
    /// Combinations that are decided.
    pub decided: u64,
    /// All of them.
    pub combinations: u64,
}

/// What a search came to.
#[derive(Debug)]
pub struct SearchResult<'b> {
    /// The offers that meet the goal within the level, best for us first.
    pub offers: Vec<Offer<'b>>,
    /// What comes closest within the level, where none meets it.
    pub closest: Option<Offer<'b>>,
    /// The easiest offer that meets it above the level, where none does within.
    pub above: Option<Offer<'b>>,
    /// Why it is not easier to get.
    pub certificate: Certificate<'b>,
}

/// Why no offer at a lower level meets the goal.
#[derive(Debug)]
pub struct Certificate<'b> {
    /// The level below that of the first offer; nothing, if that needs none.
    pub lower: Option<Level>,
    /// What comes closest there.
    pub closest: Option<Offer<'b>>,
    /// The rules that ask for more in the first offer.
    pub binding: Vec<Requirement>,
    /// How many combinations were decided, each with every rate.
    pub decided: u64,
    /// How many there are: more than were decided, if the search was stopped.
    pub combinations: u64,
    /// The lines of the book whose rule promises no direction in the rate, where not every rate could be
    /// tried: an offer at a lower level may exist. Empty for every rule of the program.
    pub unproved: Vec<&'b Rule>,
}

impl<'b> Search<'b> {
    /// A search that leaves all levers as they are unless nobody has to say so.
    ///
    /// # Errors
    /// A lever that is unknown, or settings that the book does not know.
    pub fn new(
        table: &CustomerRequest<'b>,
        goal: Goal,
        free: &[(&str, Vec<&str>)],
        locked: &[&str],
    ) -> Result<Self, String> {
        let words = |lever: &Lever| {
            let freed = free.iter().find(|(name, _)| *name == lever.name);
            let is_free = lever.is_free && !locked.contains(&lever.name);
            freed.map(|(_, words)| words.as_slice()).or(is_free.then_some(&[][..]))
        };
        let named = |lever: &Lever, fault: String| format!("{}: {fault}", lever.name);
        let mut settings = Vec::new();
        for matter in LeverGroup::SET {
            let mut mine = Vec::new();
            for lever in LEVERS.iter().filter(|lever| lever.group() == matter) {
                if let Some(words) = words(lever) {
                    mine.extend(lever.settings(table, words).map_err(|it| named(lever, it))?);
                }
            }
            settings.push(if mine.is_empty() { vec![DraftEdit::AsAsked] } else { mine });
        }
        let lever = LEVERS.iter().find(|lever| lever.name == PROGRAM);
        let programs = match lever.and_then(|lever| Some((lever, words(lever)?))) {
            Some((lever, words)) => {
                program::sets(table, words).map_err(|fault| named(lever, fault))?
            }
            None => program::own(table),
        };
        Ok(Self {
            goal,
            within: table.top(),
            step: None,
            discount_rate: None,
            settings,
            programs,
            takes: !locked.contains(&VOLUME),
            rules: table.rules,
        })
    }

    /// How many combinations there are.
    pub fn combinations(&self) -> u64 {
        let sets = self.programs.len() as u64;
        self.settings.iter().map(|settings| settings.len() as u64).product::<u64>() * sets
    }

    /// Decides every combination. `go_on` is told how far it is, and can stop it: then what was found
    /// so far is the outcome.
    pub fn run(
        &self,
        table: &CustomerRequest<'b>,
        go_on: &dyn Fn(SearchProgress) -> bool,
    ) -> SearchResult<'b> {
        let combinations = self.combinations();
        let sets = self.programs.len() as u64;
        let mut found = SearchState::new(table, self);
        let draft = open(&table.draft);
        let mut decided = 0;
        while decided < combinations && go_on(SearchProgress { decided, combinations }) {
            let mut draft = draft.clone();
            self.apply(decided / sets, &mut draft);
            // What the book does not sell is decided too: nobody can offer it.
            if let Ok(deal) = deal::resolve(&draft, table.books, table.date) {
                found.decide(&deal);
            }
            decided += sets;
        }
        found.outcome(decided, combinations)
    }

    /// Changes a draft to one of the combinations.
    fn apply(&self, combination: u64, draft: &mut Draft) {
        let mut left = combination;
        // The first matter turns slowest.
        let mut places = Vec::with_capacity(self.settings.len());
        for settings in self.settings.iter().rev() {
            let count = settings.len().max(1) as u64;
            places.push(left % count);
            left /= count;
        }
        for (settings, place) in self.settings.iter().zip(places.into_iter().rev()) {
            if let Some(edit) = usize::try_from(place).ok().and_then(|place| settings.get(place)) {
                edit.apply(draft);
            }
        }
    }
}
