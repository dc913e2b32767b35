//! Asks for a deal, with its price and approval after every answer.
//!
//! Answers become the same [`Draft`] as words in a file or in flags, and are read, resolved and
//! quoted by the same functions. What can be chosen comes from the book.

mod bench;
mod desk;
mod lines;
mod programs;
mod save;
mod terms;

pub use save::{may_write, offer, to as save_to};

use super::failure::Failure;
use crate::book::Books;
use crate::deal::{CUSTOMER, Deal, Draft, FactValue};
use crate::number::Date;
use crate::text::source::{Place, Source};
use bench::{WizardContext, written};
use desk::{MenuItem, Note, Prompt, WizardTerminal};
use std::io::IsTerminal;

/// Whether somebody is there to answer.
pub fn can_ask() -> bool {
    std::io::stdin().is_terminal()
        && std::io::stderr().is_terminal()
        && dialoguer::console::user_attended_stderr()
}

/// Asks for a deal. Leaving with Ctrl-C is [`Failure::Cancelled`].
pub fn ask(books: &Books, today: Date) -> Result<Deal<'_>, Failure> {
    let mut desk = WizardTerminal::open();
    let welcome = "Enter takes what is in brackets. Ctrl-C leaves, and nothing is written.";
    desk.say(&Note { lines: vec![welcome.to_owned()], ..Note::NOTHING });
    let mut draft = customer(&mut desk)?;
    let bench = currency(&mut desk, books, today, &mut draft)?;
    loop {
        draft = lines::ask(&mut desk, bench, &draft)?;
        if !desk.confirm("Another line", false)? {
            break;
        }
    }
    let draft = terms::term(&mut desk, bench, &draft)?;
    let draft = terms::prepay(&mut desk, bench, draft)?;
    let draft = programs::ask(&mut desk, bench, draft)?;
    bench.deal(&draft).map_err(|faults| Failure::faults("this deal cannot be quoted", faults))
}

/// Asked only where the book has several.
fn currency<'b>(
    desk: &mut WizardTerminal,
    books: &'b Books,
    today: Date,
    draft: &mut Draft,
) -> Result<WizardContext<'b>, Failure> {
    let all: Vec<_> = books.iter().collect();
    let mut book = books.first();
    if all.len() > 1 {
        let items: Vec<_> = books.currencies().map(|code| MenuItem::new(code, "")).collect();
        let chosen = desk.choose("Currency", &items, 0, |_| Ok(((), Note::NOTHING)))?;
        book = all.get(chosen).copied().unwrap_or(book);
        draft.currency = Some(written(&book.currency().code));
    }
    Ok(WizardContext { books, book, today })
}

fn customer(desk: &mut WizardTerminal) -> Result<Draft, Failure> {
    let place = Place::new(Source::typed("answers", ""), 0..0);
    let help = ["it may be left empty".to_owned()];
    desk.text(&Prompt { label: "Customer", default: "", help: &help }, |answer| {
        let mut draft = Draft::new(place.clone());
        if !answer.is_empty() {
            draft.record.set(CUSTOMER, FactValue::text(answer));
        }
        Ok((draft, Note::NOTHING))
    })
}
