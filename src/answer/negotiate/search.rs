//! The question of a search: the goal, the free levers, and the combinations of their settings.

use super::draft_edit::DraftEdit;
use super::goal::Goal;
use super::lever::program_sets::{ProgramSet, program_sets};
use super::lever::{LEVERS, Lever, LeverGroup, PROGRAM, VOLUME};
use super::request::CustomerRequest;
use crate::approve::ApprovalRule;
use crate::book::Level;
use crate::deal::Draft;
use crate::number::Rate;

#[derive(Debug)]
pub struct Search<'b> {
    pub goal: Goal,
    pub within: Level,
    /// Rates are multiples of this. `None` allows every rate of 0.0001%.
    pub step: Option<Rate>,
    /// A yearly rate. If it is stated, offers are compared by their present values.
    pub discount_rate: Option<Rate>,
    settings: Vec<Vec<DraftEdit<'b>>>,
    pub(super) programs: Vec<ProgramSet<'b>>,
    /// Whether automatic discounts can be given in part, or held back.
    pub(super) varies_automatic: bool,
    pub(super) rules: &'static [&'static dyn ApprovalRule],
}

impl<'b> Search<'b> {
    /// Returns a search with the default levers, those that `free` names with their words, and without
    /// those that are `locked`. All levels may be asked.
    ///
    /// # Errors
    /// Returns a message for settings that the book does not know, with the name of the lever.
    pub fn new(
        request: &CustomerRequest<'b>,
        goal: Goal,
        free: &[(&str, Vec<&str>)],
        locked: &[&str],
    ) -> Result<Self, String> {
        let words = |lever: &Lever| {
            let freed = free.iter().find(|(name, _)| *name == lever.name);
            let is_free = lever.is_free && !locked.contains(&lever.name);
            freed.map(|(_, words)| words.as_slice()).or(is_free.then_some(&[][..]))
        };
        let mut settings = Vec::new();
        for group in LeverGroup::WITH_SETTINGS {
            let mut of_group = Vec::new();
            for lever in LEVERS.iter().filter(|lever| lever.group == group) {
                if let Some(words) = words(lever) {
                    let settings = (lever.settings)(request, words);
                    of_group.extend(settings.map_err(|error| format!("{}: {error}", lever.name))?);
                }
            }
            settings.push(if of_group.is_empty() { vec![DraftEdit::AsAsked] } else { of_group });
        }
        let words = LEVERS.iter().find(|lever| lever.name == PROGRAM).and_then(words);
        let programs = program_sets(request, words).map_err(|it| format!("{PROGRAM}: {it}"))?;
        Ok(Self {
            goal,
            within: request.highest_level(),
            step: None,
            discount_rate: None,
            settings,
            programs,
            varies_automatic: !locked.contains(&VOLUME),
            rules: request.rules,
        })
    }

    pub fn combinations(&self) -> u64 {
        let sets = self.programs.len() as u64;
        self.settings.iter().map(|settings| settings.len() as u64).product::<u64>() * sets
    }

    /// Applies a combination, in which the settings of the last group change with every number.
    pub(super) fn apply(&self, combination: u64, draft: &mut Draft) {
        let mut rest = self.settings.iter().map(|settings| settings.len() as u64).product::<u64>();
        for settings in &self.settings {
            let count = settings.len() as u64;
            rest /= count;
            let place = usize::try_from(combination / rest % count).ok();
            if let Some(edit) = place.and_then(|place| settings.get(place)) {
                edit.apply(draft);
            }
        }
    }
}
