//! What a program reads in the JSON is what the engine holds.

use super::world::world;
use dealdesk::number::{Currency, Money, Quantity, Rate};
use dealdesk::price::{PricedSegment, WaterfallStep};
use dealdesk::quote::json::to_json;
use dealdesk::quote::quote;
use proptest::prelude::*;
use serde_json::Value;

const MONEY: &[&str] = &[
    "list_unit_price",
    "net_unit_price",
    "unit_price",
    "monthly",
    "list_annual",
    "annual",
    "list_tcv",
    "tcv",
    "base",
    "amount",
    "arr",
    "exit_arr",
    "one_time",
    "acv",
];

/// Every figure, read by the type that stands behind it, is written the same again.
fn figures_parse(currency: &Currency, value: &Value) -> Result<(), TestCaseError> {
    match value {
        Value::Array(items) => items.iter().try_for_each(|item| figures_parse(currency, item)),
        Value::Object(map) => map.iter().try_for_each(|(key, value)| match value.as_str() {
            Some(text) => figure(currency, key, text),
            None => figures_parse(currency, value),
        }),
        _ => Ok(()),
    }
}

fn figure(currency: &Currency, key: &str, text: &str) -> Result<(), TestCaseError> {
    let again = if MONEY.contains(&key) {
        let unsigned = text.strip_prefix('-').unwrap_or(text);
        let (units, decimals) = unsigned.split_once('.').unwrap_or((unsigned, ""));
        if units.len() > 12 || decimals.len() > 6 {
            // A total, or a price before it is rounded: more than anybody may write into a book.
            return Ok(());
        }
        let sign = &text[..text.len() - unsigned.len()];
        Money::parse(unsigned).map(|money| format!("{sign}{}", currency.plain(money)))
    } else if key == "rate" {
        Rate::parse(text).map(Rate::plain)
    } else if key == "quantity" || key == "price_times" {
        Quantity::parse(text).map(|quantity| quantity.to_string())
    } else {
        return Ok(());
    };
    prop_assert_eq!(again, Ok(text.to_owned()), "{}", key);
    Ok(())
}

fn price_holds(
    currency: &Currency,
    json: &Value,
    segment: &PricedSegment<'_>,
) -> Result<(), TestCaseError> {
    prop_assert_eq!(&json["list_unit_price"], &currency.plain(segment.list.price));
    prop_assert_eq!(&json["net_unit_price"], &currency.plain(segment.net()));
    prop_assert_eq!(&json["price_times"], &segment.list.times.to_string());
    prop_assert_eq!(&json["list_annual"], &currency.plain(segment.at_list.annual));
    prop_assert_eq!(&json["annual"], &currency.plain(segment.at_net.annual));
    let steps = json["waterfall"].as_array().map_or(&[][..], Vec::as_slice);
    prop_assert_eq!(steps.len(), segment.waterfall.steps.len());
    for (index, (json, step)) in steps.iter().zip(&segment.waterfall.steps).enumerate() {
        step_holds(currency, json, step, index == 0)?;
    }
    Ok(())
}

fn step_holds(
    currency: &Currency,
    json: &Value,
    step: &WaterfallStep<'_>,
    is_list: bool,
) -> Result<(), TestCaseError> {
    let changes = |text: String| if is_list { Value::Null } else { Value::String(text) };
    prop_assert_eq!(&json["step"], step.name);
    prop_assert_eq!(&json["unit_price"], &currency.plain(step.price));
    prop_assert_eq!(&json["base"], &changes(currency.plain(step.base)));
    prop_assert_eq!(&json["amount"], &changes(currency.plain(step.amount)));
    prop_assert_eq!(json["rate"].as_str().map(ToOwned::to_owned), step.rate.map(Rate::plain));
    Ok(())
}

proptest! {
    #![proptest_config(super::cases(250))]

    /// The JSON of every quote parses, and each figure in it is the engine's.
    #[test]
    fn json_says_what_the_engine_holds(world in world()) {
        let book = world.load();
        let Some(deal) = world.resolve(&book) else { return Ok(()) };
        let quote = quote(&deal);
        let currency = deal.book().currency();
        let text = to_json(&quote).to_string();
        prop_assert!(!text.contains(|c: char| c.is_control() && c != '\n'));
        let json: Value = serde_json::from_str(&text).expect("JSON");
        figures_parse(currency, &json)?;

        let totals = quote.pricing.totals;
        prop_assert_eq!(&json["totals"]["tcv"], &currency.plain(totals.tcv));
        prop_assert_eq!(&json["totals"]["list_tcv"], &currency.plain(totals.list_tcv));
        prop_assert_eq!(&json["totals"]["arr"], &currency.plain(totals.arr));
        prop_assert_eq!(&json["totals"]["acv"], &currency.plain(totals.acv));
        prop_assert_eq!(&json["totals"]["discount"], &totals.discount.plain());
        prop_assert_eq!(&json["approvals"]["level"], deal.book().ladder().name(quote.verdict.level()));
        let lines = json["lines"].as_array().expect("lines");
        prop_assert_eq!(lines.len(), quote.pricing.lines.len());
        for (json, priced) in lines.iter().zip(&quote.pricing.lines) {
            price_holds(currency, json, &priced.segments[0])?;
            prop_assert_eq!(&json["tcv"], &currency.plain(priced.tcv));
            prop_assert_eq!(&json["list_tcv"], &currency.plain(priced.list_tcv));
            let periods = json["periods"].as_array().map_or(&[][..], Vec::as_slice);
            let years = priced.segments.iter().flat_map(|segment| {
                std::iter::repeat_n(segment, segment.length.years() as usize)
            });
            if priced.segments.len() > 1 {
                prop_assert_eq!(periods.len(), world.deal.term as usize);
            }
            for (index, (json, segment)) in periods.iter().zip(years).enumerate() {
                prop_assert_eq!(&json["year"], index + 1);
                price_holds(currency, json, segment)?;
            }
        }
    }
}
