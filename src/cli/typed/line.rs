//! The flags about the only line of a deal.

use super::value::named;
use crate::deal::{AgreedPrice, DraftLine, parse_flags};
use crate::table;
use crate::text::diagnostic::{Code, Diagnostic};
use crate::text::source::Written;

/// What one of them says, on top of the deal file.
pub(super) fn typed(
    flag: &str,
    line: &mut DraftLine,
    word: &Written<String>,
) -> Result<(), Diagnostic> {
    let text = Written::new(word.value.as_str(), word.place.clone());
    match flag {
        "--metric" => line.metric = Some(named(word)?),
        "--committed" => line.committed = Some(table::quantity(text)?),
        "--edition" => line.edition = Some(named(word)?),
        "--fee" => {
            line.names_fee = true;
            line.fee = Some(table::money(text)?);
        }
        "--quantity" => {
            flat(line, word, "quantity")?;
            line.quantity = Some(table::quantity(text)?);
        }
        "--unit-price" | "--off-list" => {
            flat(line, word, "price")?;
            let agreed = if flag == "--off-list" {
                AgreedPrice::Discount(table::rate(text)?.value)
            } else {
                AgreedPrice::UnitPrice(table::money(text)?.value)
            };
            line.agreed = Some(Written::new(agreed, word.place.clone()));
        }
        _ => line.hosts = Some(parse_flags::hosts(&word.value, &word.place)?),
    }
    Ok(())
}

/// One figure cannot stand in for those of several years.
fn flat(line: &DraftLine, word: &Written<String>, figure: &str) -> Result<(), Diagnostic> {
    if line.years.is_empty() {
        return Ok(());
    }
    let message = format!("the line is a ramp, with a {figure} for each year");
    Err(Diagnostic::new(Code::Conflict, word.place.clone(), message)
        .hint("change the deal file instead"))
}
