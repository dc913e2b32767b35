//! Wizard: asks for a deal, and shows its price and approval after every answer.
//!
//! Answers become a [`Draft`], like the values of a deal file or of flags, and are read, resolved
//! and quoted by the same functions. The entries of the menus come from the book.

mod context;
mod lines;
mod programs;
mod save;
mod terminal;
mod terms;

pub use save::{may_write, offer, to as save_to};

use super::failure::Failure;
use crate::book::Books;
use crate::deal::{CUSTOMER, Deal, Draft, FactValue};
use crate::number::Date;
use crate::text::source::{Place, Source};
use context::{WizardContext, written};
use std::io::IsTerminal;
use terminal::{MenuItem, Note, Prompt, WizardTerminal};

/// Whether standard input and standard error are terminals.
pub fn can_ask() -> bool {
    std::io::stdin().is_terminal()
        && std::io::stderr().is_terminal()
        && dialoguer::console::user_attended_stderr()
}

/// Asks for a deal.
///
/// # Errors
/// Ctrl-C, which is [`Failure::Canceled`], and a deal that cannot be quoted.
pub fn ask(books: &Books, today: Date) -> Result<Deal<'_>, Failure> {
    let mut terminal = WizardTerminal::open();
    let welcome = "Enter takes the value in brackets. Ctrl-C cancels without writing a file.";
    terminal.say(&Note { lines: vec![welcome.to_owned()], ..Note::NOTHING });
    let mut draft = customer(&mut terminal)?;
    let context = currency(&mut terminal, books, today, &mut draft)?;
    loop {
        draft = lines::ask(&mut terminal, context, &draft)?;
        if !terminal.confirm("Another line", false)? {
            break;
        }
    }
    let draft = terms::term(&mut terminal, context, &draft)?;
    let draft = terms::prepay(&mut terminal, context, draft)?;
    let draft = programs::ask(&mut terminal, context, draft)?;
    context.deal(&draft).map_err(|faults| Failure::faults("this deal cannot be quoted", faults))
}

/// Asks for the currency, if the book has several.
fn currency<'b>(
    terminal: &mut WizardTerminal,
    books: &'b Books,
    today: Date,
    draft: &mut Draft,
) -> Result<WizardContext<'b>, Failure> {
    let all: Vec<_> = books.iter().collect();
    let mut book = books.first();
    if all.len() > 1 {
        let items: Vec<_> = books.currencies().map(|code| MenuItem::new(code, "")).collect();
        let chosen = terminal.choose("Currency", &items, 0, |_| Ok(((), Note::NOTHING)))?;
        book = all.get(chosen).copied().unwrap_or(book);
        draft.currency = Some(written(&book.currency().code));
    }
    Ok(WizardContext { books, book, today })
}

fn customer(terminal: &mut WizardTerminal) -> Result<Draft, Failure> {
    let place = Place::new(Source::typed("answers", ""), 0..0);
    let help = ["may be left empty".to_owned()];
    terminal.text(&Prompt { label: "Customer", default: "", help: &help }, |answer| {
        let mut draft = Draft::new(place.clone());
        if !answer.is_empty() {
            draft.record.set(CUSTOMER, FactValue::text(answer));
        }
        Ok((draft, Note::NOTHING))
    })
}
