//! Questions about a first price book. A question that a flag has answered is not asked.

use super::terminal::{MenuItem, WizardTerminal};
use crate::answer::book_new::{
    BOOK_CURRENCY, BOOK_KINDS, BOOK_NAME, BookAnswers, BookDiscount, BookPeriod, book_currency,
    book_name, book_price,
};
use crate::cli::{Failure, wrong_command_line};
use crate::document::Tone;

/// Discounts of a new book, with the words of the menu and of the command line.
pub const DISCOUNTS: [(&str, &str, BookDiscount); 3] = [
    ("none", "No discount for larger orders", BookDiscount::None),
    ("steps", "A discount by quantity that needs nobody", BookDiscount::Steps),
    (
        "approval",
        "A discount by quantity whose largest step needs an approval",
        BookDiscount::Approved,
    ),
];

/// Asks each question that has no answer yet. Ctrl-C is [`Failure::Canceled`].
pub fn ask_for_book(answers: &mut BookAnswers) -> Result<(), Failure> {
    let terminal = &mut WizardTerminal::open();
    let welcome = "Enter takes the value in brackets. Ctrl-C cancels without writing a file.";
    terminal.say(Tone::Plain, &[welcome.to_owned()]);
    if answers.name.is_none() {
        answers.name = Some(ask(terminal, "Company or price list", BOOK_NAME, book_name)?);
    }
    if answers.currency.is_none() {
        answers.currency = Some(ask(terminal, "Currency", BOOK_CURRENCY, book_currency)?);
    }
    if answers.kind.is_none() {
        let items = BOOK_KINDS.each_ref().map(|kind| MenuItem::new(kind.title, kind.about));
        answers.kind = BOOK_KINDS.get(terminal.pick("Pricing", &items)?);
    }
    ask_for_product(terminal, answers)?;
    if answers.discount.is_none() {
        let items = DISCOUNTS.map(|(word, about, _)| MenuItem::new(word, about));
        let chosen = terminal.pick("Discount for larger orders", &items)?;
        answers.discount = DISCOUNTS.get(chosen).map(|(.., discount)| *discount);
    }
    if answers.has_partners.is_none() {
        answers.has_partners = Some(terminal.confirm("Partners sell too", false)?);
    }
    Ok(())
}

fn ask_for_product(
    terminal: &mut WizardTerminal,
    answers: &mut BookAnswers,
) -> Result<(), Failure> {
    let kind = answers.kind();
    if answers.has_needless_period() {
        let message = format!("--period cannot be used with {}: leave it out", kind.title);
        return Err(wrong_command_line(&message));
    }
    if answers.product.is_none() {
        answers.product = Some(ask(terminal, "Product", kind.product, book_name)?);
    }
    if answers.unit.is_none() {
        answers.unit = Some(ask(terminal, "Unit", kind.unit, book_name)?);
    }
    if answers.units.is_none() {
        answers.units = Some(ask(terminal, "Several of them", &answers.units(), book_name)?);
    }
    if kind.has_period && answers.period.is_none() {
        let items = [MenuItem::new("Year", ""), MenuItem::new("Month", "")];
        let is_yearly = terminal.pick("Prices are for a", &items)? == 0;
        answers.period = Some(if is_yearly { BookPeriod::Year } else { BookPeriod::Month });
    }
    if answers.price.is_none() {
        answers.price = Some(ask(terminal, kind.price_of, kind.price, book_price)?);
    }
    Ok(())
}

/// Asks for a text until it can be read.
fn ask<T>(
    terminal: &mut WizardTerminal,
    label: &str,
    default: &str,
    read: fn(&str) -> Result<T, String>,
) -> Result<T, Failure> {
    terminal.text(label, default, &[], |answer| read(answer).map_err(|wrong| vec![wrong]))
}
