//! Facts for `dealdesk value`: the customer's alternatives, its own costs besides our price, and
//! claims about the value of the deal.

use crate::book::{Alternative, AlternativeCostKeys, Cost, DraftCost, read_costs};
use crate::number::{Money, Percentage, Rate};
use crate::table::{Section, TableList, WholeNumber, keys};
use crate::text::source::{Place, Written};

pub(super) const MAX_HORIZON: u32 = 100;

keys! {
    pub(super) ALTERNATIVE: DealAlternativeKeys =
        "an alternative", "A product that the customer could buy instead, for `dealdesk value`.";

    required name: String = "One of the book's alternatives.";
    optional cost: TableList<AlternativeCostKeys> =
        "The customer's own figures, one table a cost. They replace all figures of the book.";
    optional adds: bool =
        "Whether the customer's figures add to those of the book, of which each with the same title \
         is replaced. Default: false.";
}

keys! {
    pub(super) CLAIM: ValueClaimKeys =
        "a claim", "A claim about the value of the deal, which `dealdesk value` recomputes.";

    required against: String = "One of the book's alternatives.";
    optional text: String = "The text of the claim.";
    optional years: WholeNumber<1, MAX_HORIZON> =
        "The years of the claim. Default: those of the comparison.";
    optional saves: Rate =
        "The share of the alternative's cost that is saved, such as \"70%\".";
    optional saving: Money = "The amount that is saved.";
    optional roi: Percentage = "The return: net benefit over our price, such as \"288%\".";
}

#[derive(Debug, Clone)]
pub struct DraftAlternative {
    pub name: Written<String>,
    pub(super) costs: Vec<DraftCost>,
    pub(super) adds: bool,
}

/// Alternative of the book that a deal is compared with.
#[derive(Debug, Clone)]
pub struct DealAlternative<'b> {
    pub(crate) alternative: &'b Alternative,
    /// Figures of the customer, in place of those of the book.
    pub(crate) costs: Vec<Cost>,
    /// Whether only figures with the same title are replaced.
    pub(crate) adds: bool,
}

pub(super) fn read_alternative(table: Section<'_>) -> Option<DraftAlternative> {
    let costs = read_costs(table.get(ALTERNATIVE.cost));
    table.report_unless(!table.is_missing(ALTERNATIVE.cost), ALTERNATIVE.adds, "`cost`");
    let adds = table.get(ALTERNATIVE.adds);
    Some(DraftAlternative { name: table.get(ALTERNATIVE.name)?, costs, adds })
}

#[derive(Debug, Clone)]
pub struct DraftValueClaim {
    pub(super) place: Place,
    pub(super) against: Written<String>,
    pub(super) text: Option<Written<String>>,
    pub(super) years: Option<Written<u32>>,
    pub(super) saves: Option<Rate>,
    pub(super) saving: Option<Written<Money>>,
    pub(super) roi: Option<Percentage>,
}

#[derive(Debug, Clone)]
pub struct ValueClaim<'b> {
    pub(crate) against: &'b Alternative,
    pub(crate) text: Option<String>,
    /// Years that the claim is about; those of the comparison if `None`.
    pub(crate) years: Option<u32>,
    pub(crate) saves: Option<Rate>,
    pub(crate) saving: Option<Money>,
    pub(crate) roi: Option<Percentage>,
    pub(crate) source: Place,
}

pub(super) fn read_claim(table: Section<'_>) -> Option<DraftValueClaim> {
    let figures = [CLAIM.saves.name, CLAIM.saving.name, CLAIM.roi.name];
    if figures.iter().all(|key| table.is_missing(key)) {
        table.report_missing("a claim needs a figure", "add `saves`, `saving` or `roi`");
    }
    let (text, years) = (table.get(CLAIM.text), table.get(CLAIM.years));
    let (saves, saving, roi) =
        (table.value(CLAIM.saves), table.get(CLAIM.saving), table.value(CLAIM.roi));
    Some(DraftValueClaim {
        place: table.place(),
        against: table.get(CLAIM.against)?,
        text,
        years,
        saves,
        saving,
        roi,
    })
}
