//! The day on which a quote is looked at: what a check knows and the quote by itself does not.
//!
//! A quote follows from its deal and its book alone, so that it is the same on any day. A check has a day: a quote
//! can be dated after it, and it can have expired since. A date ahead of the day would keep a price, or take one
//! of a later book, for longer than anybody offers it.

use super::Quote;
use super::notice::{Notice, kinds};
use crate::approve::Violation;
use crate::book::Rule;
use crate::number::Date;

impl Quote<'_, '_> {
    /// Adds what a check on a day finds. A quote that is dated after the day is outside policy. One that has
    /// expired has a warning, and is outside policy if its price book is no longer in force: nobody offers its
    /// prices any more.
    pub fn on_day(mut self, day: Date) -> Self {
        let (date, last, book) = (self.deal.date, self.valid_until(), self.deal.book);
        let refused = |code: &str, message: String| {
            let rule = Rule { id: code.to_owned(), source: book.rule.source.clone() };
            Violation { rule, message }
        };
        if date > day {
            let message = format!("the quote is dated {date}, and today is {day}");
            self.verdict.violations.push(refused(kinds::DATED_AHEAD.code, message));
        }
        if last >= day {
            return self;
        }
        if let Some(until) = book.until.filter(|until| *until < day) {
            let message = format!(
                "the quote was valid until {last}, and its price book was in force until {until}"
            );
            self.verdict.violations.push(refused(kinds::QUOTE_EXPIRED.code, message));
        }
        let message = format!("the quote of {date} was valid until {last}, and today is {day}");
        self.notices.insert(0, Notice::new(&kinds::QUOTE_EXPIRED, message, None));
        self
    }
}
