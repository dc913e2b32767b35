//! The flags about a partner.

use super::value::{named, pair};
use crate::deal::{Draft, DraftPartner};
use crate::table;
use crate::text::diagnostic::{Code, Diagnostic};
use crate::text::source::Written;

/// What one of them says, on top of the deal file.
pub(super) fn typed(
    flag: &str,
    word: &Written<String>,
    draft: &mut Draft,
) -> Result<(), Diagnostic> {
    let text = Written::new(word.value.as_str(), word.place.clone());
    match (flag, &mut draft.partner) {
        ("--channel", partner) => channel(word, partner),
        ("--partner", Some(partner)) => {
            partner.name = Some(named(word)?);
            Ok(())
        }
        (_, Some(partner)) => {
            let revenue = table::money(text);
            partner.error_reported |= revenue.is_err();
            partner.revenue = Some(revenue?);
            Ok(())
        }
        (_, None) => {
            let message = "this is about a partner, and the deal is sold through none";
            Err(Diagnostic::new(Code::Conflict, word.place.clone(), message)
                .hint("add --channel NAME=RATE, or --channel NAME for one that shares revenue"))
        }
    }
}

/// A channel with the rate off, or by itself. The same channel leaves the rest of what the deal
/// file says; another one is another partner's.
fn channel(word: &Written<String>, partner: &mut Option<DraftPartner>) -> Result<(), Diagnostic> {
    let (name, rate) = if word.value.contains('=') {
        let (name, rate) = pair(word)?;
        (name, Some(rate))
    } else {
        (named(word)?, None)
    };
    let same = partner.take().filter(|written| written.channel.value == name.value);
    let typed = partner.insert(same.unwrap_or_else(|| DraftPartner::new(name.clone())));
    typed.channel = name;
    if let Some(rate) = rate {
        let rate = table::rate(Written::new(rate.value.as_str(), rate.place));
        typed.error_reported |= rate.is_err();
        typed.rate = Some(rate?);
    }
    Ok(())
}
