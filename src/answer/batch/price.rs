//! One row, priced as `quote` prices a deal.

use super::column::{Column, ColumnLayout};
use super::row::Row;
use crate::approve::{APPROVAL_RULES, ApprovalOutcome, ApprovalRule, PricedDeal, VerdictSink};
use crate::book::{ApprovalNeed, Books, PriceBasis, PriceBook, PricePeriod, Rule};
use crate::deal::{
    Deal, DiscountOverride, Draft, DraftLine, DraftProgram, FactValue, INCUMBENT, REGION, SEGMENT,
    parse_flags,
};
use crate::number::{Date, Money, Share};
use crate::price::Pricing;
use crate::text::diagnostic::Diagnostic;
use crate::text::source::{Place, Source, Written};
use crate::{approve, deal, price, table};
use std::borrow::Cow;
use std::fmt::Arguments;
use std::sync::Arc;

/// Prices rows by the books, in one currency and on one day.
#[derive(Debug)]
pub struct RowPricer<'b> {
    books: &'b Books,
    book: &'b PriceBook,
    date: Date,
    /// Names of the columns, which diagnostics point at.
    header: Arc<Source>,
    currency: Option<String>,
    pub(super) rules: &'static [&'static dyn ApprovalRule],
    is_what_if: bool,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PricedRow {
    /// List price of one unit, package or line.
    pub list_unit: Money,
    /// Net price of the same.
    pub net_unit: Money,
    pub basis: PriceBasis,
    pub annual: Money,
    pub list_tcv: Money,
    pub tcv: Money,
    /// Share by which the contract value lies below list, with 4 decimal places.
    pub discount: Share,
    pub outcome: ApprovalOutcome,
    /// Reviews beside the approval level, each once, by name.
    pub reviews: Vec<String>,
}

/// Text of every column of a row but the customer, in the order of [`Column::ALL`].
pub(super) type RowTexts<'a> = [Cow<'a, str>; Column::ALL.len()];

/// A priced row, with the figures that its price comes from.
pub(super) struct RowCalculation<'b> {
    pub priced: PricedRow,
    /// Unit price before it was rounded.
    pub exact: Money,
    /// Whether that is a price of one unit, which is due every year.
    pub is_by_unit: bool,
    /// Id of every rule that requires an approval or refuses, in the order of the rules.
    pub rules: Vec<&'b str>,
    pub years: u32,
}

impl<'b> RowPricer<'b> {
    /// Prices rows in a currency (the first of the books, if none is named) on a day. Returns `None` if no
    /// book is in that currency.
    pub fn new(books: &'b Books, currency: Option<&str>, date: Date) -> Option<Self> {
        let books = books.on(date);
        let book = currency.map_or(Some(books.first()), |code| books.of(code))?;
        let names: Vec<_> = Column::ALL.iter().map(|(name, _)| *name).collect();
        let header = Source::typed("row", &names.join(","));
        let currency = currency.map(str::to_owned);
        Some(Self { books, book, date, header, currency, rules: APPROVAL_RULES, is_what_if: false })
    }

    /// Asks what the book would charge, on whatever day: its dates do not matter.
    pub fn on_any_day(self) -> Self {
        Self { is_what_if: true, ..self }
    }

    /// Judges rows by other rules than those of the program.
    pub fn with_rules(self, rules: &'static [&'static dyn ApprovalRule]) -> Self {
        Self { rules, ..self }
    }

    pub const fn book(&self) -> &'b PriceBook {
        self.book
    }

    /// Returns the book with the amounts of a row: those of its price column, if one is for its customer.
    pub(super) fn book_of(&self, texts: &RowTexts<'_>) -> &'b PriceBook {
        let text = |column: Column| Some(&*texts[column as usize]).filter(|text| !text.is_empty());
        self.books.for_customer(self.book, text(Column::Segment), text(Column::Region))
    }

    /// Prices a row, or says in one line everything that is wrong with it.
    pub(super) fn price(&self, row: Row<'_>, layout: &ColumnLayout) -> Result<PricedRow, String> {
        let texts = texts(row, layout)?;
        let id = &texts[Column::Id as usize];
        if id.is_empty() {
            return Err(column_error(Column::Id, "this is empty"));
        }
        if id.contains(['\n', '\r']) {
            let message = "this field spans several lines: a quotation mark may be missing";
            return Err(column_error(Column::Id, message));
        }
        self.calculate(&self.draft(&texts)?).map(|calculation| calculation.priced)
    }

    /// Prices a draft of one line, or says in one line everything that is wrong with it.
    pub(super) fn calculate(&self, draft: &Draft) -> Result<RowCalculation<'b>, String> {
        let deal = deal::resolve(draft, self.books, self.date)
            .map_err(|errors| self.error_message(errors.iter()))?;
        let deal = if self.is_what_if { deal.on_any_day() } else { deal };
        let pricing = price::price(&deal);
        let mut trace = RuleTrace::default();
        approve::run_rules(self.rules, &PricedDeal { deal: &deal, pricing: &pricing }, &mut trace);
        calculation(&deal, &pricing, trace)
            .ok_or_else(|| column_error(Column::Quantity, "this quantity has no price"))
    }

    /// Reads the texts of a row into a draft, or says in one line everything that is wrong with them.
    pub(super) fn draft(&self, texts: &RowTexts<'_>) -> Result<Draft, String> {
        let all = Place::whole(Arc::clone(&self.header));
        let mut draft = Draft::new(all.clone());
        let mut line = DraftLine::new(all);
        let mut errors = Vec::new();
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
                Column::Months => draft.months = Some(parse_flags::months(text, &place())?),
                Column::Prepay => draft.prepay = Some(written()),
                Column::Strategic => {
                    draft.programs = vec![DraftProgram::new(written(), None)];
                }
                Column::StrategicRate => {
                    rate = Some(table::rate(Written::new(text, place()))?);
                }
                Column::Volume => {
                    let volume = Written::new("volume".to_owned(), place());
                    let take = DiscountOverride::parse(text, &place())?;
                    draft.discount_overrides.push((volume, take));
                }
                Column::Edition => line.edition = Some(written()),
                Column::Hosts => line.hosts = Some(parse_flags::hosts(text, &place())?),
                Column::Segment => draft.record.set(SEGMENT, FactValue::text(text)),
                Column::Region => draft.record.set(REGION, FactValue::text(text)),
                Column::Incumbent => draft.record.set(INCUMBENT, FactValue::text(text)),
            }
            Ok(())
        };
        for (text, (_, column)) in texts.iter().zip(Column::ALL) {
            if !text.is_empty() {
                errors.extend(read(*column, text).err().map(|error| self.error_message([&error])));
            } else if Column::NEEDED.contains(column) {
                errors.push(column_error(*column, "this is empty"));
            }
        }
        match draft.programs.last_mut() {
            Some(program) => program.rate = rate,
            None if rate.is_some_and(|rate| !rate.value.is_zero()) => {
                let message = "a strategic_rate needs a strategic program";
                errors.push(column_error(Column::StrategicRate, message));
            }
            None => {}
        }
        draft.lines = vec![line];
        draft.currency =
            self.currency.as_ref().map(|code| Written::new(code.clone(), draft.place.clone()));
        if errors.is_empty() { Ok(draft) } else { Err(errors.join(" | ")) }
    }

    fn place(&self, column: Column) -> Place {
        let before = Column::ALL.iter().take(column as usize);
        let start = before.map(|(name, _)| name.len() + 1).sum();
        Place::new(Arc::clone(&self.header), start..start + column.name().len())
    }

    /// Joins diagnostics into one line: of each the column, the message, and the hint.
    fn error_message<'e>(&self, errors: impl IntoIterator<Item = &'e Diagnostic>) -> String {
        let messages = errors.into_iter().map(|error| {
            let column = &self.header.text()[error.place.span.clone()];
            let column = if column.is_empty() { "row" } else { column };
            let hint = error.hint.as_ref().map(|hint| format!("; {hint}"));
            format!("{column}: {}{}", error.message, hint.unwrap_or_default())
        });
        messages.collect::<Vec<_>>().join(" | ")
    }
}

fn column_error(column: Column, message: &str) -> String {
    format!("{column}: {message}")
}

/// Reads the texts of a row, or says which column is not UTF-8 text.
pub(super) fn texts<'a>(row: Row<'a>, layout: &ColumnLayout) -> Result<RowTexts<'a>, String> {
    let mut texts = RowTexts::default();
    for (text, (_, column)) in texts.iter_mut().zip(Column::ALL) {
        // No price depends on the customer, so that no name of a customer stops a row.
        if *column != Column::Customer {
            let invalid = || column_error(*column, "this is not UTF-8 text");
            *text = row.text(layout, *column).ok_or_else(invalid)?;
        }
    }
    Ok(texts)
}

fn calculation<'b>(
    deal: &Deal<'_>,
    pricing: &Pricing<'_>,
    mut trace: RuleTrace<'b>,
) -> Option<RowCalculation<'b>> {
    trace.reviews.sort_unstable();
    let [line] = pricing.lines.as_slice() else { return None };
    // The prices of a line whose years differ are those of the first.
    let segment = line.segments.first()?;
    Some(RowCalculation {
        priced: PricedRow {
            list_unit: segment.list.price,
            net_unit: segment.net(),
            basis: segment.list.basis,
            annual: segment.at_net.annual,
            list_tcv: line.list_tcv,
            tcv: line.tcv,
            discount: pricing.totals.discount,
            outcome: trace.outcome,
            reviews: trace.reviews,
        },
        exact: segment.waterfall.before_rounding(),
        is_by_unit: segment.list.basis == PriceBasis::Unit
            && line.segments.len() == 1
            && deal.length().part().is_none()
            && deal.lines().iter().all(|line| line.metric().price_period() == PricePeriod::Year),
        rules: trace.rules,
        years: deal.term().count(),
    })
}

/// Requirements of the approval rules for a row, without their reasons, which no output of a batch has.
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
