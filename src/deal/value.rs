//! Facts for `dealdesk value`: the customer's alternatives, its own costs besides our price, and
//! claims about the value of the deal.

use super::Deal;
use super::draft::Draft;
use super::resolve::text;
use crate::book::{
    Alternative, AlternativeCostKeys, Cost, DraftCost, PriceBook, read_costs, resolve_costs,
};
use crate::number::{Money, Percentage, Rate};
use crate::table::{Section, TableList, WholeNumber, keys, unknown};
use crate::text::diagnostic::{Code, Diagnostic};
use crate::text::source::{Place, Written};

keys! {
    pub(super) ALTERNATIVE: DealAlternativeKeys =
        "an alternative", "A product that the customer could buy instead, for `dealdesk value`.";

    required name: String = "One of the book's alternatives.";
    optional cost: TableList<AlternativeCostKeys> =
        "The customer's own figures, one table a cost.";
}

keys! {
    pub(super) CLAIM: ValueClaimKeys =
        "a claim", "A claim about the value of the deal, which `dealdesk value` recomputes.";

    required against: String = "One of the book's alternatives.";
    optional text: String = "The text of the claim.";
    optional years: WholeNumber<1, { Deal::MAX_HORIZON }> =
        "The years of the claim. Default: those of the comparison.";
    optional saves: Rate =
        "The share of the alternative's cost that is saved, such as \"70%\".";
    optional saving: Money = "The amount that is saved.";
    optional roi: Percentage = "The return: net benefit over our price, such as \"288%\".";
}

#[derive(Debug, Clone)]
pub struct DraftAlternative {
    pub name: Written<String>,
    /// Figures of the customer, in place of those of the book.
    pub(super) costs: Vec<DraftCost>,
}

/// Alternative of the book that a deal is compared with.
#[derive(Debug, Clone)]
pub struct DealAlternative<'b> {
    pub(crate) alternative: &'b Alternative,
    /// Figures of the customer, in place of those of the book.
    pub(crate) costs: Vec<Cost>,
}

pub(super) fn read_alternative(table: Section<'_>) -> Option<DraftAlternative> {
    let costs = read_costs(table.get(ALTERNATIVE.cost));
    Some(DraftAlternative { name: table.get(ALTERNATIVE.name)?, costs })
}

pub(super) fn alternatives<'b>(
    draft: &Draft,
    book: &'b PriceBook,
    faults: &mut Vec<Diagnostic>,
) -> Vec<DealAlternative<'b>> {
    let mut asked = Vec::new();
    for (index, DraftAlternative { name, costs }) in draft.alternatives.iter().enumerate() {
        let id = format!("alternative.{}", name.value);
        let (costs, wrong) = resolve_costs(costs, &id, Some(book.metrics()), Some(&book.currency));
        faults.extend(wrong);
        let same = |other: &&DraftAlternative| other.name.value == name.value;
        if let Some(first) = draft.alternatives[..index].iter().find(same) {
            let what = format!("the alternative \"{}\"", name.value);
            faults.push(
                Diagnostic::twice(name.place.clone(), first.name.place.clone(), &what)
                    .hint("write one with all its costs"),
            );
        }
        if let Some(alternative) = find(name, book, faults) {
            asked.push(DealAlternative { alternative, costs });
        }
    }
    asked
}

/// Returns the alternative of a name, and reports a name that the book does not have.
fn find<'b>(
    name: &Written<String>,
    book: &'b PriceBook,
    faults: &mut Vec<Diagnostic>,
) -> Option<&'b Alternative> {
    let found = book.alternative(&name.value);
    if found.is_none() {
        let names = book.alternatives().iter().map(Alternative::name);
        faults.push(unknown(Code::UnknownAlternative, "alternative", name, names));
    }
    found
}

impl Deal<'_> {
    /// Whether the deal is compared with an alternative, in a table of its own or in a claim.
    pub fn names(&self, alternative: &Alternative) -> bool {
        let mut asked = self.alternatives.iter().map(|asked| asked.alternative);
        let mut claimed = self.value_claims.iter().map(|claim| claim.against);
        let is_it = |known: &Alternative| known.name() == alternative.name();
        asked.any(is_it) || claimed.any(is_it)
    }
}

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

/// Claim about the value of a deal.
#[derive(Debug, Clone)]
pub struct ValueClaim<'b> {
    pub(crate) against: &'b Alternative,
    pub(crate) text: Option<String>,
    /// Years that the claim is about; those of the comparison if `None`.
    pub(crate) years: Option<u32>,
    pub(crate) saves: Option<Rate>,
    pub(crate) saving: Option<Money>,
    pub(crate) roi: Option<Percentage>,
    /// Place in the deal file.
    pub(crate) source: Place,
}

pub(super) fn read_claim(table: Section<'_>) -> Option<DraftValueClaim> {
    let figures = [CLAIM.saves.name, CLAIM.saving.name, CLAIM.roi.name];
    if figures.iter().all(|key| table.is_missing(key)) {
        let message = "a claim needs a figure";
        let fault = Diagnostic::new(Code::MissingKey, table.place(), message);
        table.fault(fault.hint("add `saves`, `saving` or `roi`"));
    }
    let (text, years) = (table.get(CLAIM.text), table.get(CLAIM.years));
    let (saves, saving, roi) =
        (table.get(CLAIM.saves), table.get(CLAIM.saving), table.get(CLAIM.roi));
    Some(DraftValueClaim {
        place: table.place(),
        against: table.get(CLAIM.against)?,
        text,
        years,
        saves: saves.map(|it| it.value),
        saving,
        roi: roi.map(|it| it.value),
    })
}

pub(super) fn value_claims<'b>(
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
            text: text(claim.text.as_ref()),
            years: claim.years.as_ref().map(|years| years.value),
            saves: claim.saves,
            saving: claim.saving.as_ref().map(|saving| saving.value),
            roi: claim.roi,
            source: claim.place.clone(),
        }));
    }
    claims
}

/// Reports comparisons over fewer years than the customer pays for: no quote has the price of
/// those years alone.
pub(super) fn horizons(draft: &Draft, deal: &Deal<'_>, faults: &mut Vec<Diagnostic>) {
    let years = deal.length().years();
    let claims = draft.value_claims.iter().filter_map(|claim| claim.years.as_ref());
    for written in claims.filter(|written| written.value < years) {
        let message = format!("the customer pays for {years} years, and this claim has fewer");
        let fault = Diagnostic::new(Code::Conflict, written.place.clone(), message);
        faults.push(fault.hint(format!("write {years} years or more, or a shorter term")));
    }
}

/// Resolves the costs that the customer pays besides our price when it chooses us.
pub(super) fn own_costs(
    draft: &Draft,
    book: &PriceBook,
    faults: &mut Vec<Diagnostic>,
) -> Vec<Cost> {
    let (costs, wrong) =
        resolve_costs(&draft.own_costs, "cost", Some(book.metrics()), Some(&book.currency));
    faults.extend(wrong);
    costs
}
