//! What is said about the value of a deal, to be held against its quote.

use super::Deal;
use super::alternative::find;
use super::draft::Draft;
use crate::book::{Alternative, PriceBook};
use crate::number::{Money, Percentage, Rate};
use crate::table::{Key, Kind, Section, Shape};
use crate::text::diagnostic::{Code, Diagnostic};
use crate::text::source::{Place, Written};

/// The keys of a claim in a deal file.
pub(super) static SHAPE: Shape = Shape {
    what: "a claim",
    about: "Something that is said about the value of the deal; `dealdesk value` recomputes it.",
    keys: &[
        Key::required("against", Kind::Text, "One of the book's alternatives."),
        Key::optional("text", Kind::Text, "The words in which it is said."),
        Key::optional(
            "years",
            Kind::Whole(1, Deal::MAX_HORIZON),
            "The years that it is about; those of the comparison, if it is left out.",
        ),
        Key::optional(
            "saves",
            Kind::Rate,
            "The share of what the alternative costs that is saved, such as \"70%\".",
        ),
        Key::optional("saving", Kind::Money, "The amount that is saved."),
        Key::optional(
            "roi",
            Kind::Percentage,
            "The return: net benefit over our price, such as \"288%\".",
        ),
    ],
};

/// A claim as it was written.
#[derive(Debug, Clone)]
pub struct DraftValueClaim {
    place: Place,
    against: Written<String>,
    text: Option<Written<String>>,
    years: Option<Written<u32>>,
    saves: Option<Rate>,
    saving: Option<Written<Money>>,
    roi: Option<Percentage>,
}

/// Something that is said about the value of a deal.
#[derive(Debug, Clone)]
pub struct ValueClaim<'b> {
    pub(crate) against: &'b Alternative,
    pub(crate) text: Option<String>,
    /// The years that it is about; those of the comparison, if it does not say.
    pub(crate) years: Option<u32>,
    pub(crate) saves: Option<Rate>,
    pub(crate) saving: Option<Money>,
    pub(crate) roi: Option<Percentage>,
    /// Where it is written.
    pub(crate) source: Place,
}

pub(super) fn read(top: Section<'_>) -> Vec<DraftValueClaim> {
    let claims = top.tables("claim").into_iter().filter_map(|table| {
        let figures = ["saves", "saving", "roi"];
        if figures.iter().all(|key| table.is_missing(key)) {
            let message = "a claim needs a figure";
            let fault = Diagnostic::new(Code::MissingKey, table.place(), message);
            table.fault(fault.hint("add `saves`, `saving` or `roi`"));
        }
        let (text, years) = (table.text("text"), table.whole("years"));
        let (saves, saving, roi) =
            (table.rate("saves"), table.money("saving"), table.percentage("roi"));
        Some(DraftValueClaim {
            place: table.place(),
            against: table.text("against")?,
            text,
            years,
            saves: saves.map(|it| it.value),
            saving,
            roi: roi.map(|it| it.value),
        })
    });
    claims.collect()
}

pub(super) fn resolve<'b>(
    draft: &Draft,
    book: &'b PriceBook,
    faults: &mut Vec<Diagnostic>,
) -> Vec<ValueClaim<'b>> {
    let mut claims = Vec::new();
    for claim in &draft.value_claims {
        let against = find(&claim.against, book, faults);
        let minor = book.currency.minor;
        if let Some(saving) = claim.saving.as_ref().filter(|it| it.value.decimals() > minor) {
            let code = &book.currency.code;
            let message = format!("an amount in {code} has at most {minor} decimal places");
            faults.push(Diagnostic::new(Code::BadNumber, saving.place.clone(), message));
        }
        claims.extend(against.map(|against| ValueClaim {
            against,
            text: super::resolve::text(claim.text.as_ref()),
            years: claim.years.as_ref().map(|years| years.value),
            saves: claim.saves,
            saving: claim.saving.as_ref().map(|saving| saving.value),
            roi: claim.roi,
            source: claim.place.clone(),
        }));
    }
    claims
}

/// Reports comparisons over fewer years than the customer pays for: what those would cost, no quote
/// says.
pub(super) fn horizons(draft: &Draft, deal: &Deal<'_>, faults: &mut Vec<Diagnostic>) {
    let years = deal.length().years();
    let claims = draft.value_claims.iter().filter_map(|claim| claim.years.as_ref());
    for written in claims.filter(|written| written.value < years) {
        let message = format!("the customer pays for {years} years, and this is about fewer");
        let fault = Diagnostic::new(Code::Conflict, written.place.clone(), message);
        faults.push(fault.hint(format!("write {years} years or more, or a shorter term")));
    }
}
