//! A row priced as `quote` prices a deal.

use super::row::Row;
use super::{Column, Layout};
use crate::approve::{self, Case, Clerk};
use crate::book::{Ask, Basis, Books, Level, Per, PriceBook, Rule};
use crate::deal::{self, Deal, Draft, DraftLine, DraftProgram, words};
use crate::diagnostic::Diagnostic;
use crate::price::{self, Pricing};
use crate::reading;
use crate::source::{Place, Source, Written};
use crate::value::{Date, Money, Share};
use std::borrow::Cow;
use std::fmt::Arguments;
use std::sync::Arc;

/// Where rows are priced: the books, and what all rows have in common.
#[derive(Debug)]
pub struct Desk<'b> {
    books: &'b Books,
    book: &'b PriceBook,
    date: Date,
    /// The names of the columns, for faults to point at.
    header: Arc<Source>,
    currency: Option<String>,
}

/// What one deal costs, and who must say yes to it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Priced {
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
    pub standing: Standing,
    /// The reviews that it needs beside that, each once.
    pub reviews: Vec<String>,
}

/// Who must say yes to a deal.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Standing {
    /// Within policy: the highest level that any of its rules asks for.
    Needs(Level),
    /// Outside policy: no level can grant it.
    Refused,
}

/// The texts of a row that decide its price.
pub(super) type Texts<'a> = [Cow<'a, str>; Column::ALL.len()];

/// A row that was priced, with what its figures come from.
pub(super) struct Worked<'b> {
    pub priced: Priced,
    /// The unit price before it was rounded.
    pub exact: Money,
    /// Whether that is a price of one unit, which is due every year.
    pub is_by_unit: bool,
    /// Every rule that asks for something or refuses, in its order.
    pub rules: Vec<&'b str>,
    pub years: u32,
}

impl<'b> Desk<'b> {
    /// Rows are priced in one currency, on one day.
    ///
    /// # Errors
    /// None of the books is in that currency.
    pub fn new(books: &'b Books, currency: Option<&str>, date: Date) -> Option<Self> {
        let book = currency.map_or(Some(books.first()), |code| books.of(code))?;
        let names: Vec<_> = Column::ALL.iter().map(|(name, _)| *name).collect();
        let header = Source::typed("row", &names.join(","));
        Some(Self { books, book, date, header, currency: currency.map(str::to_owned) })
    }

    /// The book that rows are priced by.
    #[must_use]
    pub const fn book(&self) -> &'b PriceBook {
        self.book
    }

    /// Prices a row.
    pub(super) fn price(&self, row: Row<'_>, layout: &Layout) -> Result<Priced, String> {
        let texts = texts(row, layout)?;
        let id = &texts[Column::Id as usize];
        if id.is_empty() {
            return Err(said(Column::Id, "this is empty"));
        }
        if id.contains(['\n', '\r']) {
            return Err(said(Column::Id, "this goes over lines: a quotation mark may be missing"));
        }
        self.work(&texts, |worked| worked.priced)
    }

    /// Prices what the texts of a row say, and looks at how that came about.
    pub(super) fn work<T>(
        &self,
        texts: &Texts<'_>,
        look: impl FnOnce(Worked<'b>) -> T,
    ) -> Result<T, String> {
        let draft = self.draft(texts)?;
        let deal = deal::resolve(&draft, self.books, self.date)
            .map_err(|faults| self.told(faults.iter()))?;
        let pricing = price::price(&deal);
        let mut heard = Heard::default();
        approve::hear(&Case { deal: &deal, pricing: &pricing }, &mut heard);
        match worked(&deal, &pricing, heard) {
            Some(worked) => Ok(look(worked)),
            None => Err(said(Column::Quantity, "this has no price")),
        }
    }

    fn draft(&self, texts: &Texts<'_>) -> Result<Draft, String> {
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
                    line.quantity = Some(reading::quantity(Written::new(text, place()))?);
                }
                Column::TermYears => draft.term = Some(words::years(text, &place())?),
                Column::Prepay => draft.prepay = Some(written()),
                Column::Strategic => {
                    draft.programs = vec![DraftProgram {
                        program: written(),
                        rate: None,
                        reason: None,
                        duties: Vec::new(),
                        count: None,
                        told: false,
                    }];
                }
                Column::StrategicRate => {
                    rate = Some(reading::rate(Written::new(text, place()))?);
                }
                Column::Volume => {
                    let take = words::take(text, &place())?;
                    draft.takes.push((Written::new("volume".to_owned(), place()), take));
                }
                Column::Edition => line.edition = Some(written()),
                Column::Hosts => line.hosts = Some(words::hosts(text, &place())?),
                Column::Incumbent => draft.incumbent = Some(written()),
            }
            Ok(())
        };
        for (text, (_, column)) in texts.iter().zip(Column::ALL) {
            if !text.is_empty() {
                faults.extend(read(*column, text).err().map(|fault| self.told([&fault])));
            } else if Column::NEEDED.contains(column) {
                faults.push(said(*column, "this is empty"));
            }
        }
        match draft.programs.last_mut() {
            Some(program) => program.rate = rate,
            None if rate.is_some_and(|rate| !rate.value.is_zero()) => {
                faults.push(said(Column::StrategicRate, "a rate belongs to a program"));
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
    fn told<'f>(&self, faults: impl IntoIterator<Item = &'f Diagnostic>) -> String {
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
pub(super) fn said(column: Column, message: &str) -> String {
    format!("{column}: {message}")
}

/// The texts of all columns.
pub(super) fn texts<'a>(row: Row<'a>, layout: &Layout) -> Result<Texts<'a>, String> {
    let mut texts = Texts::default();
    for (text, (_, column)) in texts.iter_mut().zip(Column::ALL) {
        // No price depends on who buys, so nothing in the name of a customer stops one.
        if *column != Column::Customer {
            *text = row.text(layout, *column).map_err(|it| said(it, "this is not UTF-8 text"))?;
        }
    }
    Ok(texts)
}

fn worked<'b>(deal: &Deal<'_>, pricing: &Pricing<'_>, mut heard: Heard<'b>) -> Option<Worked<'b>> {
    heard.reviews.sort_unstable();
    let [line] = pricing.lines.as_slice() else { return None };
    let [segment] = line.segments.as_slice() else { return None };
    Some(Worked {
        priced: Priced {
            list_unit: segment.list.price,
            net_unit: segment.net(),
            annual: segment.at_net.annual,
            list_tcv: line.list_tcv,
            tcv: line.tcv,
            discount: pricing.totals.discount,
            standing: heard.standing,
            reviews: heard.reviews,
        },
        exact: segment.waterfall.before_rounding(),
        is_by_unit: segment.list.basis == Basis::Unit
            && deal.lines().iter().all(|line| line.metric().per() == Per::Year),
        rules: heard.rules,
        years: deal.term().count(),
    })
}

/// What the judges of a row ask for. Nobody reads why.
#[derive(Default)]
struct Heard<'b> {
    standing: Standing,
    reviews: Vec<String>,
    rules: Vec<&'b str>,
}

impl Default for Standing {
    fn default() -> Self {
        Self::Needs(Level::NONE)
    }
}

impl<'b> Clerk<'b> for Heard<'b> {
    fn asks(&mut self, ask: &'b Ask, rule: &'b Rule, _: Arguments<'_>) {
        self.standing = self.standing.max(Standing::Needs(ask.level));
        if let Some(review) = ask.review.as_ref().filter(|it| !self.reviews.contains(*it)) {
            self.reviews.push(review.clone());
        }
        self.rules.push(&rule.id);
    }

    fn refuse(&mut self, rule: &'b Rule, _: Arguments<'_>) {
        self.standing = Standing::Refused;
        self.rules.push(&rule.id);
    }
}
