//! Currency and customer of a deal, which decide its price book.

use super::Resolver;
use crate::book::{Books, PriceBook};
use crate::deal::{Draft, REGION, SEGMENT};
use crate::table::unknown;
use crate::text::diagnostic::{Code, Diagnostic, nearest};
use crate::text::source::Written;

/// Returns the price book in a draft's currency, and whether that currency is known. For an
/// unknown currency, returns the likeliest book, so that other errors are found too.
pub(super) fn book<'b>(
    draft: &Draft,
    books: &'b Books,
    faults: &mut Vec<Diagnostic>,
) -> (&'b PriceBook, bool) {
    let (standard, is_known) = standard(draft, books, faults);
    let (segment, region) = (draft.record.text(SEGMENT), draft.record.text(REGION));
    (books.for_customer(standard, segment, region), is_known)
}

/// Returns the price book with the standard amounts in a draft's currency.
fn standard<'b>(
    draft: &Draft,
    books: &'b Books,
    faults: &mut Vec<Diagnostic>,
) -> (&'b PriceBook, bool) {
    let Some(asked) = &draft.currency else {
        // There may be one that could not be read.
        return (books.first(), draft.faults.is_empty());
    };
    if let Some(book) = books.of(&asked.value) {
        return (book, true);
    }
    let only = (books.currencies().count() == 1).then(|| &books.first().currency.code);
    let hint = only.map(|code| format!("its prices are in {code}, and nothing is converted"));
    let fault = unknown(Code::UnknownCurrency, "currency", asked, books.currencies());
    faults.push(fault.maybe_hint(hint));
    let near = nearest(&asked.value, books.currencies()).and_then(|code| books.of(code));
    (near.unwrap_or(books.first()), false)
}

impl Resolver<'_, '_> {
    /// Reports a name that the book has in other currencies only, and returns whether it has.
    /// `done` is "sold" or "given".
    pub(super) fn is_elsewhere(
        &mut self,
        name: &Written<String>,
        done: &str,
        has: impl Fn(&PriceBook) -> bool,
    ) -> bool {
        let others = self.books.iter().filter(|book| has(book));
        let codes = others.map(|book| book.currency().code.as_str());
        let mut codes: Vec<_> = codes.collect();
        codes.dedup();
        if self.currency_known && !codes.is_empty() {
            let message = format!("{} is not {done} in {}", name.value, self.book.currency().code);
            let hint = format!("it is {done} in {} only", codes.join(", "));
            self.fault(Code::NotSold, &name.place, message, hint);
        }
        !codes.is_empty()
    }
}
