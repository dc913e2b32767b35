//! A row of a kind with other quantities and rates, as the engine is asked for it.

use super::Column;
use super::cell::{Ask, Corner};
use super::desk::{Desk, Texts};
use std::borrow::Cow;
use std::cell::RefCell;
use std::rc::Rc;

/// What a row says of its rate. Nothing and zero are not the same: a program can have a rate of its
/// own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Said {
    Nothing,
    Zero,
    Some,
}

impl Said {
    /// By whether there is a text and whether it says a rate. What has no text says none.
    #[inline(always)]
    pub const fn of(is_there: bool, is_some: bool) -> Self {
        // A branch would be guessed wrong every other time.
        const SAID: [Said; 3] = [Said::Nothing, Said::Zero, Said::Some];
        SAID[is_there as usize + is_some as usize]
    }
}

/// A row with other quantities and rates.
pub(super) struct Variants<'a, 'b> {
    desk: &'a Desk<'b>,
    texts: &'a Texts<'a>,
    said: Said,
    asked: RefCell<Vec<Asked<'b>>>,
}

/// A row that has been asked about.
struct Asked<'b> {
    quantity: u64,
    rate: u64,
    corner: Option<Rc<Corner<'b>>>,
}

impl<'a, 'b> Variants<'a, 'b> {
    pub fn new(desk: &'a Desk<'b>, texts: &'a Texts<'a>, said: Said) -> Self {
        Self { desk, texts, said, asked: RefCell::default() }
    }
}

impl<'b> Ask<'b> for Variants<'_, 'b> {
    fn ask(&self, quantity: u64, rate: u64) -> Option<Rc<Corner<'b>>> {
        let mut asked = self.asked.borrow_mut();
        if let Some(asked) = asked.iter().find(|it| (it.quantity, it.rate) == (quantity, rate)) {
            return asked.corner.clone();
        }
        let mut texts = self.texts.each_ref().map(|text| Cow::Borrowed(text.as_ref()));
        texts[Column::Quantity as usize] = Cow::Owned(quantity.to_string());
        texts[Column::StrategicRate as usize] = match self.said {
            Said::Nothing => Cow::Borrowed(""),
            Said::Zero => Cow::Borrowed("0"),
            Said::Some => Cow::Owned(format!("{}.{:06}", rate / 1_000_000, rate % 1_000_000)),
        };
        let corner = self.desk.work(&texts, Corner::of).ok().flatten();
        let corner = corner.map(Rc::new);
        asked.push(Asked { quantity, rate, corner: corner.clone() });
        corner
    }
}
