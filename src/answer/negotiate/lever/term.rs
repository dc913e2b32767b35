//! How many years the customer commits to.

use super::numbers;
use crate::answer::negotiate::CustomerRequest;
use crate::answer::negotiate::edit::DraftEdit;
use crate::number::Years;

pub(super) fn settings<'b>(
    table: &CustomerRequest<'b>,
    words: &[&str],
) -> Result<Vec<DraftEdit<'b>>, String> {
    // A contract that ends with another one, or a ramp, says by itself how long it is.
    let is_fixed = table.draft.co_term_end.is_some()
        || table.draft.lines.iter().any(|line| !line.years.is_empty());
    if is_fixed && words.is_empty() {
        return Ok(vec![DraftEdit::AsAsked]);
    }
    if let Some((sold, _)) = &table.deal.book().terms
        && !words.is_empty()
        && !numbers(words)?.into_iter().any(|years| sold.contains(years))
    {
        let words = words.join(",");
        return Err(format!("the price book sells terms of {}: {words} is none", sold.of("year")));
    }
    let terms = if words.is_empty() {
        table.deal.book().available_terms()
    } else {
        let years = |count| Years::new(count).ok_or_else(|| format!("{count} years are no term"));
        numbers(words)?.into_iter().map(years).collect::<Result<_, _>>()?
    };
    Ok(terms.into_iter().map(DraftEdit::Term).collect())
}
