//! Wizard: asks for a deal, and shows its price and approval after every answer.
//!
//! Answers become a [`Draft`], like the values of a deal file or of flags, and are read, resolved
//! and quoted by the same functions. The entries of the menus come from the book.

mod context;
mod lines;
mod price_book;
mod programs;
mod save;
mod terminal;

pub use price_book::{DISCOUNTS, ask_for_book};
pub use save::{may_write, save};

use super::{Failure, typed};
use crate::book::{Books, DiscountCondition};
use crate::deal::{CUSTOMER, Deal, Draft, FactValue, JOINS, parse_flags};
use crate::document::Tone;
use crate::number::Date;
use crate::table;
use crate::text::diagnostic::{Code, Diagnostic};
use crate::text::source::{Place, Source, Written};
use context::{QuoteNote, WizardContext, reaches, written};
use std::io::IsTerminal;
use terminal::{MenuItem, WizardTerminal};

pub fn can_ask() -> bool {
    std::io::stdin().is_terminal()
        && std::io::stderr().is_terminal()
        && dialoguer::console::user_attended_stderr()
}

/// Asks for a deal. Ctrl-C is [`Failure::Canceled`].
pub fn ask(books: &Books, today: Date) -> Result<Deal<'_>, Failure> {
    let books = books.on(today);
    let mut wizard = Wizard {
        terminal: WizardTerminal::open(),
        context: WizardContext { books, book: books.first(), today },
        draft: Draft::new(Place::whole(Source::typed("answers", ""))),
    };
    let welcome = "Enter takes the value in brackets. Ctrl-C cancels without writing a file.";
    wizard.terminal.say(Tone::Plain, &[welcome.to_owned()]);
    wizard.customer()?;
    wizard.currency()?;
    loop {
        wizard.line()?;
        if !wizard.terminal.confirm("Another line", false)? {
            break;
        }
    }
    if !wizard.joins()? {
        wizard.term()?;
    }
    wizard.prepay()?;
    wizard.programs()?;
    let deal = wizard.context.deal(&wizard.draft);
    deal.map_err(|faults| Failure::faults("this deal cannot be quoted", faults))
}

struct Wizard<'b> {
    terminal: WizardTerminal,
    context: WizardContext<'b>,
    draft: Draft,
}

impl Wizard<'_> {
    /// Asks for a text until the book takes the draft with it.
    fn ask(
        &mut self,
        label: &str,
        default: &str,
        help: &[String],
        put: impl Fn(&mut Draft, &Written<String>) -> Result<(), Diagnostic>,
    ) -> Result<(), Failure> {
        let (context, draft) = (self.context, &self.draft);
        let read = |answer: &str| context.with(draft, answer, &put);
        let answered = self.terminal.text(label, default, help, read)?;
        self.take(answered);
        Ok(())
    }

    /// Asks for an entry of a menu until the book takes the draft with it.
    fn choose(
        &mut self,
        label: &str,
        items: &[MenuItem],
        start: usize,
        put: impl Fn(&mut Draft, usize),
    ) -> Result<(), Failure> {
        let (context, draft) = (self.context, &self.draft);
        let read = |chosen: usize| {
            context.with(draft, "", |draft, _| {
                put(draft, chosen);
                Ok(())
            })
        };
        let chosen = self.terminal.choose(label, items, start, read)?;
        self.take(chosen);
        Ok(())
    }

    fn take(&mut self, (draft, (tone, lines)): (Draft, QuoteNote)) {
        self.terminal.say(tone, &lines);
        self.draft = draft;
    }

    fn customer(&mut self) -> Result<(), Failure> {
        let help = ["may be left empty".to_owned()];
        let name = self.terminal.text("Customer", "", &help, |answer| Ok(answer.to_owned()))?;
        if !name.is_empty() {
            self.draft.record.set(CUSTOMER, FactValue::text(&name));
        }
        Ok(())
    }

    /// Asks for the currency, if the book has several.
    fn currency(&mut self) -> Result<(), Failure> {
        let books: Vec<_> = self.context.books.iter().collect();
        if books.len() > 1 {
            let codes = self.context.books.currencies();
            let items: Vec<_> = codes.map(|code| MenuItem::new(code, "")).collect();
            let chosen = self.terminal.pick("Currency", &items)?;
            self.context.book = books.get(chosen).copied().unwrap_or(self.context.book);
            self.draft.currency = Some(written(&self.context.book.currency().code));
        }
        Ok(())
    }

    /// Whether all lines last for a number of months, which is then the term.
    fn is_for_months(&self) -> bool {
        self.context.deal(&self.draft).is_ok_and(|deal| deal.months().is_some())
    }

    /// Asks for the contract that the deal joins, whose end it has in place of a term. Returns whether there is
    /// one. A book that counts no part of a year sells none that ends with another.
    fn joins(&mut self) -> Result<bool, Failure> {
        let billing = self.context.book.billing.as_ref();
        let is_sold = billing.is_some_and(|billing| billing.proration.is_some());
        if !is_sold
            || self.is_for_months()
            || !self.terminal.confirm("Ends with another contract", false)?
        {
            return Ok(false);
        }
        self.ask("Number or name of that contract", "", &[], |draft, word| {
            if word.value.trim().is_empty() {
                return Err(word.fault(Code::Empty, "this is empty"));
            }
            draft.record.set(JOINS, FactValue::text(&word.value));
            Ok(())
        })?;
        self.ask("First day of this one", "", &[], |draft, word| {
            draft.start = Some(table::date(typed::text(word))?);
            Ok(())
        })?;
        self.ask("Last day of both", "", &[], |draft, word| {
            draft.co_term_end = Some(table::date(typed::text(word))?);
            Ok(())
        })?;
        Ok(true)
    }

    /// Asks for the term, unless it is a number of months.
    fn term(&mut self) -> Result<(), Failure> {
        if self.is_for_months() {
            return Ok(());
        }
        let label = match &self.context.book.terms {
            Some((years, _)) => format!("Term in years, {years}"),
            None => "Term in years".to_owned(),
        };
        self.ask(&label, "1", &[], |draft, word| {
            draft.term = Some(parse_flags::years(&word.value, &word.place)?);
            Ok(())
        })
    }

    /// Asks for the prepayment, if a line of the deal can be prepaid in more than one way.
    fn prepay(&mut self) -> Result<(), Failure> {
        let book = self.context.book;
        let found = book.discounts.iter().find_map(|discount| match &discount.condition {
            DiscountCondition::Prepay { rows, standard } if reaches(discount, &self.draft) => {
                Some((discount, rows, *standard))
            }
            _ => None,
        });
        let Some((discount, rows, standard)) = found else { return Ok(()) };
        let ways = rows.iter().filter_map(|row| {
            let billing = book.billing_schedule(row.billing);
            let note = billing.map(|way| format!("billed {}", way.title)).unwrap_or_default();
            Some(MenuItem::new(row.choices.first()?, note))
        });
        let ways: Vec<_> = ways.collect();
        if ways.len() < 2 {
            return Ok(());
        }
        self.choose(&discount.title, &ways, standard, |draft, chosen| {
            draft.prepay = ways.get(chosen).map(|way| written(&way.title));
        })
    }
}
