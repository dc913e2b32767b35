//! One setting of a lever, as a change of what was written.

use crate::deal::{Draft, DraftLine, DraftYear};
use crate::number::{Quantity, Years};
use crate::text::source::Written;

/// What a setting of a lever changes in a draft.
#[derive(Debug, Clone)]
pub(super) enum DraftEdit<'b> {
    /// Nothing: it is as the customer asked.
    AsAsked,
    Term(Years),
    /// The way to prepay, and with it the way to bill.
    Prepay(&'b str),
    Payment(&'b str),
    Billing(&'b str),
    Quantity(Quantity),
    /// Another metric, and how many of it meet the need.
    Metric(&'b str, Quantity),
    Edition(&'b str),
    /// One quantity a year.
    Ramp(Vec<Quantity>),
}

impl DraftEdit<'_> {
    pub fn apply(&self, draft: &mut Draft) {
        let place = draft.place.clone();
        let word = |text: &str| Written::new(text.to_owned(), place.clone());
        match self {
            Self::AsAsked => {}
            Self::Term(years) => draft.term = Some(Written::new(*years, place)),
            Self::Prepay(name) => {
                draft.prepay = Some(word(name));
                draft.billing = None;
            }
            Self::Payment(name) => draft.payment = Some(word(name)),
            Self::Billing(name) => {
                draft.billing = Some(word(name));
                draft.prepay = None;
            }
            Self::Quantity(quantity) => {
                each(draft, |line| line.quantity = Some(Written::new(*quantity, place.clone())));
            }
            Self::Metric(name, quantity) => each(draft, |line| {
                *line = DraftLine::new(line.place.clone());
                line.metric = Some(word(name));
                line.quantity = Some(Written::new(*quantity, place.clone()));
            }),
            Self::Edition(name) => each(draft, |line| line.edition = Some(word(name))),
            Self::Ramp(quantities) => each(draft, |line| {
                line.quantity = None;
                let year = |quantity: &Quantity| DraftYear {
                    place: place.clone(),
                    quantity: Some(Written::new(*quantity, place.clone())),
                    agreed: None,
                };
                line.years = quantities.iter().map(year).collect();
            }),
        }
    }
}

fn each(draft: &mut Draft, change: impl FnMut(&mut DraftLine)) {
    draft.lines.iter_mut().for_each(change);
}

/// A draft without agreed prices: those are what a negotiation is about.
pub(super) fn open(draft: &Draft) -> Draft {
    let mut open = draft.clone();
    each(&mut open, |line| {
        line.agreed = None;
        line.years.iter_mut().for_each(|year| year.agreed = None);
    });
    // A rate that an agreed price implied is no fault: rates are looked for.
    open.programs.iter_mut().for_each(|program| program.error_reported = true);
    open
}
