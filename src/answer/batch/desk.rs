//! A row priced as `quote` prices a deal.

use super::row::CsvRow;
use super::{Column, ColumnLayout};
use crate::approve::{
    APPROVAL_RULES, ApprovalOutcome, ApprovalRule, PricedDeal, Promise, VerdictSink,
};
use crate::book::{ApprovalNeed, Books, Metric, PriceBasis, PriceBook, PricePeriod, Rule};
use crate::deal::{
    Deal, DiscountOverride, Draft, DraftLine, DraftProgram, FactValue, INCUMBENT, parse_flags,
};
use crate::number::{Date, Money, Share};
use crate::price::Pricing;
use crate::text::diagnostic::Diagnostic;
use crate::text::source::{Place, Source, Written};
use crate::{approve, deal, price, table};
use std::borrow::Cow;
use std::fmt::Arguments;
use std::sync::Arc;

/// Where rows are priced: the books, and what all rows have in common.
#[derive(Debug)]
pub struct RowPricer<'b> {
    books: &'b Books,
    book: &'b PriceBook,
    date: Date,
    /// The names of the columns, for faults to point at.
    header: Arc<Source>,
    currency: Option<String>,
    rules: &'static [&'static dyn ApprovalRule],
}

/// What one deal costs, and who must say yes to it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PricedRow {
    /// Of one unit, package or line.
    pub list_unit: Money,
    /// The same at net.
    pub net_unit: Money,
    /// What is due every year.
    pub annual: Money,
    /// The contract value at list.
    pub list_tcv: Money,
    /// The contract value.
    pub tcv: Money,
    /// How far that lies below list.
    pub discount: Share,
    /// Who must say yes.
    pub outcome: ApprovalOutcome,
    /// The reviews that it needs beside that, each once.
    pub reviews: Vec<String>,
}

/// The texts of a row that decide its price.
pub(super) type RowTexts<'a> = [Cow<'a, str>; Column::ALL.len()];

/// A row that was priced, with what its figures come from.
pub(super) struct RowCalculation<'b> {
    pub priced: PricedRow,
    /// The unit price before it was rounded.
    pub exact: Money,
    /// Whether that is a price of one unit, which is due every year.
    pub is_by_unit: bool,
    /// Every rule that asks for something or refuses, in its order.
    pub rules: Vec<&'b str>,
    pub years: u32,
}

impl<'b> RowPricer<'b> {
    /// Rows are priced in one currency, on one day.
    ///
    /// # Errors
    /// None of the books is in that currency.
    pub fn new(books: &'b Books, currency: Option<&str>, date: Date) -> Option<Self> {
        let book = currency.map_or(Some(books.first()), |code| books.of(code))?;
        let names: Vec<_> = Column::ALL.iter().map(|(name, _)| *name).collect();
        let header = Source::typed("row", &names.join(","));
        let currency = currency.map(str::to_owned);
        Some(Self { books, book, date, header, currency, rules: APPROVAL_RULES })
    }

    /// Judges rows by other rules than those of the program.
    pub fn with_rules(self, rules: &'static [&'static dyn ApprovalRule]) -> Self {
        Self { rules, ..self }
    }

    /// Returns the promises of the rules that rows are judged by.
    pub(super) fn promises(&self, metric: &Metric) -> Vec<Promise<'b>> {
        approve::promises(self.rules, self.book, metric)
    }

    /// Returns the quantities between which the engine is asked for corners alone.
    pub(super) fn quantity_breakpoints(&self, metric: &Metric) -> Vec<u64> {
        approve::quantity_breakpoints(self.rules, self.book, metric)
    }

    /// The book that rows are priced by.
    pub const fn book(&self) -> &'b PriceBook {
        self.book
    }

    /// Prices a row.
    pub(super) fn price(
        &self,
        row: CsvRow<'_>,
        layout: &ColumnLayout,
    ) -> Result<PricedRow, String> {
        let texts = texts(row, layout)?;
        let id = &texts[Column::Id as usize];
        if id.is_empty() {
            return Err(column_error(Column::Id, "this is empty"));
        }
        if id.contains(['\n', '\r']) {
            return Err(column_error(
                Column::Id,
                "this field spans several lines: a quotation mark may be missing",
            ));
        }
        self.price_row(&texts, |worked| worked.priced)
    }

    /// Prices what the texts of a row say, and looks at how that came about.
    pub(super) fn price_row<T>(
        &self,
        texts: &RowTexts<'_>,
        look: impl FnOnce(RowCalculation<'b>) -> T,
    ) -> Result<T, String> {
        let draft = self.draft(texts)?;
        let deal = deal::resolve(&draft, self.books, self.date)
            .map_err(|faults| self.error_message(faults.iter()))?;
        let pricing = price::price(&deal);
        let mut heard = RuleTrace::default();
        approve::run_rules(self.rules, &PricedDeal { deal: &deal, pricing: &pricing }, &mut heard);
        match worked(&deal, &pricing, heard) {
            Some(worked) => Ok(look(worked)),
            None => Err(column_error(Column::Quantity, "this quantity has no price")),
        }
    }

    fn draft(&self, texts: &RowTexts<'_>) -> Result<Draft, String> {
        let all = Place::whole(Arc::clone(&self.header));
        let mut draft = Draft::new(all.clone());
        let mut line = DraftLine::new(all);
        let mut faults = Vec::new();
        let mut rate = None;
        let mut read = |column: Column, text: &str| {
            let place = || self.place(column);
            let written = || Written::new(text.to_owned(), place());
            match column {
                Column::Id | Column::Customer => {}
                Column::Metric => line.metric = Some(written()),
                Column::Quantity => {
                    line.quantity = Some(table::quantity(Written::new(text, place()))?);
                }
                Column::TermYears => draft.term = Some(parse_flags::years(text, &place())?),
                Column::Prepay => draft.prepay = Some(written()),
                Column::Strategic => {
                    draft.programs = vec![DraftProgram {
                        program: written(),
                        rate: None,
                        reason: None,
                        duties: Vec::new(),
                        count: None,
                        error_reported: false,
                    }];
                }
                Column::StrategicRate => {
                    rate = Some(table::rate(Written::new(text, place()))?);
                }
                Column::Volume => {
                    let take = DiscountOverride::parse(text, &place())?;
                    draft
                        .discount_overrides
                        .push((Written::new("volume".to_owned(), place()), take));
                }
                Column::Edition => line.edition = Some(written()),
                Column::Hosts => line.hosts = Some(parse_flags::hosts(text, &place())?),
                Column::Incumbent => draft.record.set(INCUMBENT, FactValue::text(text)),
            }
            Ok(())
        };
        for (text, (_, column)) in texts.iter().zip(Column::ALL) {
            if !text.is_empty() {
                faults.extend(read(*column, text).err().map(|fault| self.error_message([&fault])));
            } else if Column::NEEDED.contains(column) {
                faults.push(column_error(*column, "this is empty"));
            }
        }
        match draft.programs.last_mut() {
            Some(program) => program.rate = rate,
            None if rate.is_some_and(|rate| !rate.value.is_zero()) => {
                faults.push(column_error(
                    Column::StrategicRate,
                    "a strategic_rate needs a strategic program",
                ));
            }
            None => {}
        }
        draft.lines = vec![line];
        draft.currency =
            self.currency.as_ref().map(|code| Written::new(code.clone(), draft.place.clone()));
        if faults.is_empty() { Ok(draft) } else { Err(faults.join(" | ")) }
    }

    /// Where a column is named.
    fn place(&self, column: Column) -> Place {
        let before = Column::ALL.iter().take(column as usize);
        let start = before.map(|(name, _)| name.len() + 1).sum();
        Place::new(Arc::clone(&self.header), start..start + column.name().len())
    }

    /// What is wrong, in one line: the column, the fault, and what to do.
    fn error_message<'f>(&self, faults: impl IntoIterator<Item = &'f Diagnostic>) -> String {
        let told = faults.into_iter().map(|fault| {
            let column = &self.header.text()[fault.place.span.clone()];
            let column = if column.is_empty() { "row" } else { column };
            let hint = fault.hint.as_ref().map(|hint| format!("; {hint}"));
            format!("{column}: {}{}", fault.message, hint.unwrap_or_default())
        });
        told.collect::<Vec<_>>().join(" | ")
    }
}

/// What is wrong with a column.
pub(super) fn column_error(column: Column, message: &str) -> String {
    format!("{column}: {message}")
}

/// The texts of all columns.
pub(super) fn texts<'a>(row: CsvRow<'a>, layout: &ColumnLayout) -> Result<RowTexts<'a>, String> {
    let mut texts = RowTexts::default();
    for (text, (_, column)) in texts.iter_mut().zip(Column::ALL) {
        // No price depends on who buys, so nothing in the name of a customer stops one.
        if *column != Column::Customer {
            *text = row
                .text(layout, *column)
                .map_err(|it| column_error(it, "this is not UTF-8 text"))?;
        }
    }
    Ok(texts)
}

fn worked<'b>(
    deal: &Deal<'_>,
    pricing: &Pricing<'_>,
    mut heard: RuleTrace<'b>,
) -> Option<RowCalculation<'b>> {
    heard.reviews.sort_unstable();
    let [line] = pricing.lines.as_slice() else { return None };
    let [segment] = line.segments.as_slice() else { return None };
    Some(RowCalculation {
        priced: PricedRow {
            list_unit: segment.list.price,
            net_unit: segment.net(),
            annual: segment.at_net.annual,
            list_tcv: line.list_tcv,
            tcv: line.tcv,
            discount: pricing.totals.discount,
            outcome: heard.outcome,
            reviews: heard.reviews,
        },
        exact: segment.waterfall.before_rounding(),
        is_by_unit: segment.list.basis == PriceBasis::Unit
            && deal.lines().iter().all(|line| line.metric().price_period() == PricePeriod::Year),
        rules: heard.rules,
        years: deal.term().count(),
    })
}

/// What the judges of a row ask for. Nobody reads why.
#[derive(Default)]
struct RuleTrace<'b> {
    outcome: ApprovalOutcome,
    reviews: Vec<String>,
    rules: Vec<&'b str>,
}

impl<'b> VerdictSink<'b> for RuleTrace<'b> {
    fn add_requirement(&mut self, ask: &'b ApprovalNeed, rule: &'b Rule, _: Arguments<'_>) {
        self.outcome = self.outcome.max(ApprovalOutcome::Needs(ask.level));
        if let Some(review) = ask.review.as_ref().filter(|it| !self.reviews.contains(*it)) {
            self.reviews.push(review.clone());
        }
        self.rules.push(&rule.id);
    }

    fn refuse(&mut self, rule: &'b Rule, _: Arguments<'_>) {
        self.outcome = ApprovalOutcome::Refused;
        self.rules.push(&rule.id);
    }
}
