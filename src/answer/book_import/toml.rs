//! Writes an imported price list as a price book.

use super::ImportOptions;
use super::cells::ListPeriod;
use super::products::{Product, ProductRange};
use crate::number::{Currency, Money};
use crate::table::quoted;
use std::fmt::Write;

/// Writes the book, with the assumptions in its head.
pub(super) fn write(
    list: &str,
    options: &ImportOptions,
    products: &[Product],
    assumptions: &[String],
) -> String {
    let mut text = String::new();
    // Writing to a String cannot fail.
    let _ = writeln!(
        text,
        "# Imported from {}. Nothing here gives a discount or needs an approval.",
        comment(list)
    );
    for (at, assumption) in assumptions.iter().enumerate() {
        let head = if at == 0 { "# Assumed, because the list does not say:\n" } else { "" };
        let _ = writeln!(text, "{head}# - {}", comment(assumption));
    }
    let mut currencies: Vec<&String> = Vec::new();
    for currency in products.iter().flat_map(|product| &product.currencies) {
        if !currencies.contains(&currency) {
            currencies.push(currency);
        }
    }
    let _ = writeln!(text, "\n[book]\nname = {}\nversion = \"1\"", quoted(&options.name));
    if let [currency] = currencies[..] {
        let _ = writeln!(text, "currency = {}", quoted(currency));
    }
    text += "quote_valid = \"30 days\"\n";
    if currencies.len() > 1 {
        for currency in &currencies {
            let _ = writeln!(text, "\n[[currency]]\ncode = {}", quoted(currency));
        }
    }
    for product in products {
        metric(&mut text, options, product, currencies.len());
    }
    text
}

fn metric(text: &mut String, options: &ImportOptions, product: &Product, currencies: usize) {
    let Product { key, title, unit, period, ranges, .. } = product;
    let (one, many) = units(unit.as_deref());
    let _ = writeln!(text, "\n[metric.{key}]\ntitle = {}", quoted(title));
    let _ = writeln!(text, "unit = {}\nunits = {}", quoted(&one), quoted(&many));
    let _ = writeln!(text, "per = \"{}\"", period.name());
    match period {
        ListPeriod::Hour => text.push_str("hours_per_month = 730\n"),
        ListPeriod::Once => text.push_str("maintenance = \"0%\"\n"),
        ListPeriod::Year | ListPeriod::Month => {}
    }
    let is_graduated = options.is_graduated && ranges.first().is_some_and(|it| it.from <= 1);
    let mode = if is_graduated && ranges.len() > 1 { "graduated" } else { "volume" };
    let _ = writeln!(text, "mode = \"{mode}\"");
    if let Some(places) = product.places() {
        let _ = writeln!(text, "places = {places}");
    }
    if product.currencies.len() < currencies {
        let codes: Vec<String> = product.currencies.iter().map(|code| quoted(code)).collect();
        let _ = writeln!(text, "currencies = [{}]", codes.join(", "));
    }
    text.push_str("tiers = [\n");
    for range in ranges {
        let quantity = match range.to {
            Some(to) if to == range.from => to.to_string(),
            Some(to) => format!("{}-{to}", range.from),
            None => format!("{}+", range.from),
        };
        let price = prices(product, range, currencies > 1);
        let _ = writeln!(text, "  {{ quantity = \"{quantity}\", price = {price} }},");
    }
    text.push_str("]\n");
}

fn prices(product: &Product, range: &ProductRange, in_currencies: bool) -> String {
    let plain = |(code, price): (&String, &Money)| {
        let minor = Currency::new(code, None).map_or(0, |currency| currency.minor);
        (code.clone(), quoted(&price.at_least(minor)))
    };
    let amounts: Vec<_> = product.currencies.iter().zip(&range.prices).map(plain).collect();
    if !in_currencies {
        return amounts.into_iter().map(|(_, amount)| amount).collect();
    }
    let amounts: Vec<_> =
        amounts.into_iter().map(|(code, amount)| format!("{code} = {amount}")).collect();
    format!("{{ {} }}", amounts.join(", "))
}

/// Returns the singular and the plural of a unit: an "s" is the whole difference.
fn units(written: Option<&str>) -> (String, String) {
    let word = written.unwrap_or("unit").trim();
    let one = word.strip_suffix('s').filter(|one| !one.ends_with('s') && !one.is_empty());
    let one = one.unwrap_or(word).to_owned();
    let many = format!("{one}s");
    (one, many)
}

/// Returns a text that cannot end the comment it stands in.
fn comment(text: &str) -> String {
    text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect()
}
