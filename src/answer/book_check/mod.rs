//! What the owner of a price book should know, proved over everything that the book sells.
//!
//! Breakpoints split the quantities of a metric into pieces on which a total only grows, and the
//! terms, prepayments, programs and shares of discounts that a deal can choose are finitely many. So
//! what is said here is not of samples: each analyst asks the engine at the ends of every piece, under
//! every choice. What is sold in parts of a unit is counted in them ([`Increment`]). Adding one is a file here, and a row in [`CODES`].

mod allowed;
mod assumed;
mod choices;
mod dates;
mod deepest;
mod gives;
pub mod json;
mod larger_order;
mod nobody;
mod not_proved;
mod rising;
pub mod rows;
mod small_rate;
pub mod text;
mod undercut;
mod unreached;

use crate::book::{Books, Metric, PriceBook, Program, Rule};
use crate::number::{Date, Increment, Money, MoneyRange, Quantity, Share, Years};
use std::collections::HashSet;

/// How much a finding matters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum FindingSeverity {
    /// Worth knowing.
    Note,
    /// Somebody should look at it.
    Warning,
    /// The book does not do what a book is for.
    Error,
}

impl FindingSeverity {
    /// The word for it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Note => "note",
            Self::Warning => "warning",
            Self::Error => "error",
        }
    }
}

/// A kind of finding.
#[derive(Debug)]
pub struct FindingKind {
    /// A fixed word for programs: `larger-order-costs-less`.
    pub name: &'static str,
    /// How much one of them matters.
    pub severity: FindingSeverity,
    /// What it is, in a few words.
    pub title: &'static str,
    /// What it means, how it is found, and what to do about it.
    pub lesson: &'static str,
    find: for<'b> fn(&BookUnderCheck<'b>, &mut Vec<Finding<'b>>),
}

impl PartialEq for FindingKind {
    fn eq(&self, other: &Self) -> bool {
        self.name == other.name
    }
}

/// Every kind, in the order in which findings are told.
pub const FINDING_KINDS: &[FindingKind] = &[
    dates::CODE,
    dates::BETWEEN,
    unreached::CODE,
    larger_order::CODE,
    undercut::CODE,
    small_rate::CODE,
    rising::CODE,
    nobody::CODE,
    gives::CODE,
    not_proved::CODE,
    assumed::CODE,
];

impl FindingKind {
    /// The kind of that name.
    pub fn of(name: &str) -> Option<&'static Self> {
        FINDING_KINDS.iter().find(|code| code.name == name)
    }
}

/// Something that is so for every deal of an interval, or of the whole book.
#[derive(Debug, Clone)]
pub struct Finding<'b> {
    /// Its kind.
    pub code: &'static FindingKind,
    /// The book that it is about.
    pub book: &'b PriceBook,
    /// The metric that it is about, if it is about one.
    pub metric: Option<&'b str>,
    /// The quantities that it holds for, first and last; an open end has none.
    pub quantities: Option<(Quantity, Option<Quantity>)>,
    /// Where it costs most, if it costs something.
    pub worst: Option<WorstCase>,
    /// What it costs at the most under any terms that it holds under, if they can differ.
    pub at_most: Option<CostliestTerms<'b>>,
    /// The discount that it is about, if it is about one.
    pub share: Option<Share>,
    /// At these terms it begins earlier than at the shortest one with the standard prepayment and no
    /// program; if that is where its quantities begin, it holds at other terms alone.
    pub elsewhere: Option<EarliestTerms<'b>>,
    /// The line of the book that it goes back to.
    pub rule: Rule,
    /// What is so.
    pub message: String,
    /// What to do about it.
    pub advice: String,
}

impl<'b> Finding<'b> {
    fn new(
        case: &BookUnderCheck<'b>,
        code: &'static FindingKind,
        rule: &Rule,
        message: String,
    ) -> Self {
        Self {
            code,
            book: case.book,
            metric: None,
            quantities: None,
            worst: None,
            at_most: None,
            share: None,
            elsewhere: None,
            rule: rule.clone(),
            message,
            advice: String::new(),
        }
    }

    fn advice(mut self, advice: impl Into<String>) -> Self {
        self.advice = advice.into();
        self
    }

    /// Of quantities of a metric, as counts of an increment.
    fn of(mut self, metric: &'b Metric, counts: (u64, Option<u64>), increment: Increment) -> Self {
        let (from, to) = counts;
        let to = to.and_then(|to| increment.quantity(to));
        self.metric = Some(metric.name());
        self.quantities = increment.quantity(from).map(|from| (from, to));
        self
    }
}

/// The worst case of a finding, in money.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct WorstCase {
    /// At this quantity.
    pub quantity: Quantity,
    /// So much too much or too little.
    pub extra: Money,
}

/// Books that were looked at, and what was found.
#[derive(Debug, Clone, Copy)]
pub struct BookCheck<'a, 'b> {
    /// The books, in the order in which they were named.
    pub books: &'a [&'b PriceBook],
    /// By kind.
    pub found: &'a [Finding<'b>],
    /// Kinds that may not be.
    pub denied: &'a [&'static FindingKind],
}

impl BookCheck<'_, '_> {
    /// Whether a finding is one that may not be.
    pub fn is_denied(&self, finding: &Finding<'_>) -> bool {
        finding.code.severity == FindingSeverity::Error || self.denied.contains(&finding.code)
    }
}

/// What an order can choose.
#[derive(Debug, Clone)]
pub struct OrderTerms<'b> {
    /// The term.
    pub years: Years,
    /// How it is prepaid.
    pub prepay: Option<&'b str>,
    /// The programs that the customer has.
    pub programs: Vec<&'b Program>,
}

/// The terms at which a finding begins earliest.
#[derive(Debug, Clone)]
pub struct EarliestTerms<'b> {
    /// The first quantity.
    pub from: Quantity,
    /// The terms.
    pub terms: OrderTerms<'b>,
}

/// The terms at which a finding costs most.
#[derive(Debug, Clone)]
pub struct CostliestTerms<'b> {
    /// How much, and at which quantity.
    pub worst: WorstCase,
    /// The terms.
    pub terms: OrderTerms<'b>,
}

/// A book that is looked at.
struct BookUnderCheck<'b> {
    books: &'b Books,
    book: &'b PriceBook,
    /// Whether other files are looked at with its own.
    is_one_of_several: bool,
    /// The one that is to follow it.
    next: Option<&'b PriceBook>,
    /// The day on which it is looked at.
    date: Date,
}

impl<'b> BookUnderCheck<'b> {
    fn show(&self, amount: Money) -> String {
        self.book.currency.show(amount)
    }

    /// Metrics whose price follows from the quantity: where a deal names a fee, nobody knows more.
    fn priced(&self) -> impl Iterator<Item = &'b Metric> + use<'b> {
        self.book.metrics().iter().filter(|metric| {
            metric.tiers().iter().all(|tier| tier.fee().is_none_or(MoneyRange::is_one))
        })
    }
}

/// Everything that there is to know of files of price books on a day, by kind, and within one by the
/// order of the files and their lines. The files follow one another in time.
pub fn findings<'b>(files: &[&'b Books], date: Date) -> Vec<Finding<'b>> {
    let mut found = Vec::new();
    for code in FINDING_KINDS {
        for (place, books) in files.iter().enumerate() {
            for book in books.iter() {
                let next = files.get(place + 1).map(|next| next.first());
                (code.find)(
                    &BookUnderCheck { books, book, is_one_of_several: files.len() > 1, next, date },
                    &mut found,
                );
            }
        }
    }
    // What is said in no money is the same in every currency.
    let mut said = HashSet::new();
    found.retain(|it: &Finding<'_>| said.insert((it.rule.source.to_string(), it.message.clone())));
    found
}
