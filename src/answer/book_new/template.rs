//! Puts answers and figures into the templates of a book.
//!
//! A template is TOML whose values can be `"$word"`, or `"$price x 90%"` for a share of the price.

use super::{BOOK_CURRENCY, BOOK_NAME, BookAnswers, BookDiscount, BookPeriod, book_price};
use crate::book;
use crate::deal;
use crate::number::{Currency, Date, Money, Rate, Rounding};
use crate::quote::{Quote, quote};
use crate::table::quoted;
use crate::text::diagnostic::Diagnostics;
use crate::text::source::Source;

const HEAD: &str = include_str!("head.toml");
const DISCOUNT: &str = include_str!("discount.toml");
const DISCOUNT_WITH_APPROVAL: &str = include_str!("discount_with_approval.toml");
const PARTNERS: &str = include_str!("partners.toml");

/// Line that begins an example.
const EXAMPLE: &str = "\n[[example]]\n";

/// Longest name of a metric that is made of the name of a product.
const LONGEST_KEY: usize = 40;

/// Writes the book. Its examples are quoted on this day, on which no figure of theirs depends.
pub(super) fn write(answers: &BookAnswers, today: Date) -> Result<String, Diagnostics> {
    let discount = match answers.discount.unwrap_or(BookDiscount::None) {
        BookDiscount::None => "",
        BookDiscount::Steps => DISCOUNT,
        BookDiscount::Approved => DISCOUNT_WITH_APPROVAL,
    };
    let partners = if answers.has_partners.unwrap_or(false) { PARTNERS } else { "" };
    let template = [HEAD, answers.kind().template, discount, partners].concat();
    let values = BookValues::new(answers);
    with_figures(&fill(&template, |word| values.value(word)), today)
}

/// Replaces each `"$word"` of a template for which there is a value, written as TOML.
fn fill(template: &str, value: impl Fn(&str) -> Option<String>) -> String {
    let mut text = String::with_capacity(template.len());
    let mut rest = template;
    while let Some((before, after)) = rest.split_once("\"$") {
        text.push_str(before);
        let (word, after) = after.split_once('"').unwrap_or((after, ""));
        match value(word) {
            // The name of a table is bare.
            Some(value) if before.ends_with('.') => text.push_str(value.trim_matches('"')),
            Some(value) => text.push_str(&value),
            None => text.extend(["\"$", word, "\""]),
        }
        rest = after;
    }
    text + rest
}

/// Answers as values of TOML.
struct BookValues<'a> {
    answers: &'a BookAnswers,
    currency: &'a str,
    /// Decimal places of the smallest coin.
    coin: u32,
    price: Money,
    places: u32,
}

impl<'a> BookValues<'a> {
    fn new(answers: &'a BookAnswers) -> Self {
        let kind = answers.kind();
        let currency = answers.currency.as_deref().unwrap_or(BOOK_CURRENCY);
        let coin = Currency::new(currency, None).map_or(0, |currency| currency.minor);
        let price = answers.price.or_else(|| book_price(kind.price).ok()).unwrap_or_default();
        let places = coin.max(price.decimals() + kind.finer);
        Self { answers, currency, coin, price, places }
    }

    fn value(&self, word: &str) -> Option<String> {
        let kind = self.answers.kind();
        let [small, medium, large] = kind.orders;
        let product = self.answers.product.as_deref().unwrap_or(kind.product);
        Some(match word {
            "name" => quoted(self.answers.name.as_deref().unwrap_or(BOOK_NAME)),
            "currency" => quoted(self.currency),
            "metric" => quoted(&key(product)),
            "product" => quoted(product),
            "unit" => quoted(self.answers.unit()),
            "units" => quoted(&self.answers.units()),
            "period" => quoted(self.answers.period.unwrap_or(BookPeriod::Year).name()),
            "places" => self.places.to_string(),
            "small" => small.to_string(),
            "medium" => medium.to_string(),
            "large" => large.to_string(),
            "first_step" => format!("\"{medium}-{}\"", large - 1),
            "second_step" => format!("\"{large}+\""),
            _ => quoted(&self.share_of_price(word)?.at_least(self.coin)),
        })
    }

    /// Returns a price such as `price x 90%`.
    fn share_of_price(&self, word: &str) -> Option<Money> {
        let times = word.strip_prefix("price")?;
        let Some(rate) = times.strip_prefix(" x ") else {
            return times.is_empty().then_some(self.price);
        };
        let share = Rate::parse(rate).ok()?.of(self.price);
        Some(Rounding::HalfUp.round(share, self.places))
    }
}

/// Returns the name of the metric of a product, which needs no quotation marks.
fn key(product: &str) -> String {
    let words = product.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty());
    let mut key = words.collect::<Vec<_>>().join("-").to_ascii_lowercase();
    key.truncate(LONGEST_KEY);
    let key = key.trim_end_matches('-');
    if key.is_empty() { "product".to_owned() } else { key.to_owned() }
}

/// Puts the figures of the engine into the examples of a book.
fn with_figures(book: &str, today: Date) -> Result<String, Diagnostics> {
    let source = Source::file("the new price book", book);
    let books = book::load(&source)?;
    let mut parts = book.split(EXAMPLE);
    let mut text = parts.next().unwrap_or_default().to_owned();
    for (part, example) in parts.zip(deal::examples(&source)) {
        let deal = deal::resolve(&example.draft, &books, today)?;
        let quote = quote(&deal);
        text.push_str(EXAMPLE);
        text.push_str(&fill(part, |word| figure(&quote, word)));
    }
    Ok(text)
}

fn figure(quote: &Quote<'_, '_>, word: &str) -> Option<String> {
    let totals = &quote.pricing.totals;
    let amount = match word {
        "tcv" => totals.tcv,
        "arr" => totals.arr,
        "one_time" => totals.once,
        "partner_pays" => quote.partner.as_ref()?.paid().tcv,
        "discount" => return Some(quoted(&totals.discount.to_string())),
        "level" => return Some(quoted(quote.deal.book().ladder.name(quote.verdict.level()))),
        _ => return None,
    };
    Some(quoted(&quote.deal.book().currency().plain(amount)))
}
