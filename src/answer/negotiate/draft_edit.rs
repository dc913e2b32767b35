//! One setting of a lever, as a change of the written deal.

use crate::deal::{Draft, DraftLine, DraftYear};
use crate::number::{Quantity, Years};
use crate::text::source::Written;

#[derive(Debug, Clone)]
pub(super) enum DraftEdit<'b> {
    /// No change: the deal stays as the customer asked.
    AsAsked,
    Term(Years),
    /// The prepayment, which replaces the billing schedule.
    Prepay(&'b str),
    Payment(&'b str),
    /// The billing schedule, which replaces the prepayment.
    Billing(&'b str),
    Quantity(Quantity),
    /// Another metric, and its quantity for the same need.
    Metric(&'b str, Quantity),
    Edition(&'b str),
    Ramp(Vec<Quantity>),
}

impl DraftEdit<'_> {
    pub fn apply(&self, draft: &mut Draft) {
        let place = draft.place.clone();
        let word = |text: &str| Written::new(text.to_owned(), place.clone());
        match self {
            Self::AsAsked => {}
            Self::Term(years) => {
                draft.term = Some(Written::new(*years, place));
                draft.months = None;
            }
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
                for line in &mut draft.lines {
                    line.quantity = Some(Written::new(*quantity, place.clone()));
                }
            }
            Self::Metric(name, quantity) => {
                for line in &mut draft.lines {
                    *line = DraftLine::new(line.place.clone());
                    line.metric = Some(word(name));
                    line.quantity = Some(Written::new(*quantity, place.clone()));
                }
            }
            Self::Edition(name) => {
                draft.lines.iter_mut().for_each(|line| line.edition = Some(word(name)));
            }
            Self::Ramp(quantities) => {
                let year = |quantity: &Quantity| DraftYear {
                    place: place.clone(),
                    quantity: Some(Written::new(*quantity, place.clone())),
                    agreed: None,
                };
                for line in &mut draft.lines {
                    line.quantity = None;
                    line.years = quantities.iter().map(year).collect();
                }
            }
        }
    }
}

/// A copy of a draft without agreed prices, because those are what a negotiation is about.
pub(super) fn without_agreed_prices(draft: &Draft) -> Draft {
    let mut open = draft.clone();
    for line in &mut open.lines {
        line.agreed = None;
        line.years.iter_mut().for_each(|year| year.agreed = None);
    }
    // A program whose rate followed from an agreed price has no rate now. That is no error: the search
    // finds the rate.
    open.programs.iter_mut().for_each(|program| program.error_reported = true);
    open
}
