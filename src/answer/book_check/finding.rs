//! The types of a finding, and the book that is checked.

use crate::book::{Books, Discount, Metric, PriceBook, Program, Rule, Tier};
use crate::number::{Date, Increment, Money, Quantity, Share, Years};

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum FindingSeverity {
    /// Good to know.
    Note,
    /// Somebody should look at it.
    Warning,
    /// The book cannot be used as it is.
    Error,
}

impl FindingSeverity {
    /// The word in reports and in JSON.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Note => "note",
            Self::Warning => "warning",
            Self::Error => "error",
        }
    }
}

#[derive(Debug)]
pub struct FindingKind {
    /// The code: `larger-order-costs-less`.
    pub name: &'static str,
    pub severity: FindingSeverity,
    pub title: &'static str,
    /// The text of `explain`: the meaning of the finding, its proof, and the remedy.
    pub lesson: &'static str,
    /// Adds the findings of this kind in one book.
    pub(super) find: for<'b> fn(&BookUnderCheck<'b>, &mut Vec<Finding<'b>>),
}

impl PartialEq for FindingKind {
    fn eq(&self, other: &Self) -> bool {
        self.name == other.name
    }
}

/// One finding: a statement about every deal of a range of quantities, or about the whole book.
#[derive(Debug, Clone)]
pub struct Finding<'b> {
    pub code: &'static FindingKind,
    pub book: &'b PriceBook,
    pub metric: Option<&'b str>,
    /// The first and the last quantity. An open range has no last one.
    pub quantities: Option<(Quantity, Option<Quantity>)>,
    /// The quantity with the largest loss, under the terms of the message.
    pub worst: Option<WorstCase>,
    /// The orders of the cheapest split of the worst quantity, largest first; empty for other findings.
    pub orders: Vec<Quantity>,
    /// The terms with the largest loss, if terms can differ.
    pub at_most: Option<CostliestTerms<'b>>,
    /// The discount off list, if the finding is about one.
    pub share: Option<Share>,
    /// The terms under which the finding begins earlier than under the standard terms. If the finding's
    /// quantities begin there, it holds only under terms that are not standard.
    pub elsewhere: Option<EarliestTerms<'b>>,
    /// The line of the book that causes the finding.
    pub rule: Rule,
    pub message: String,
    pub advice: String,
}

impl<'b> Finding<'b> {
    pub(super) fn new(
        check: &BookUnderCheck<'b>,
        code: &'static FindingKind,
        rule: &Rule,
        message: String,
        advice: impl Into<String>,
    ) -> Self {
        Self {
            code,
            book: check.book,
            metric: None,
            quantities: None,
            worst: None,
            orders: Vec::new(),
            at_most: None,
            share: None,
            elsewhere: None,
            rule: rule.clone(),
            message,
            advice: advice.into(),
        }
    }

    /// Limits the finding to quantities of a metric, which are counts of an increment.
    pub(super) fn of(
        mut self,
        metric: &'b Metric,
        (from, to): (u64, Option<u64>),
        increment: Increment,
    ) -> Self {
        let to = to.and_then(|to| increment.quantity(to));
        self.metric = Some(metric.name());
        self.quantities = increment.quantity(from).map(|from| (from, to));
        self
    }
}

impl Finding<'_> {
    /// Whether the finding is part of an earlier one of the same line of the book: it holds for quantities of that one
    /// alone, and its worst cases cost no more.
    pub fn is_part_of(&self, earlier: &Finding<'_>) -> bool {
        let is_same = self.code == earlier.code
            && self.rule.id == earlier.rule.id
            && self.metric == earlier.metric
            && self.book.currency.code == earlier.book.currency.code;
        let is_inside =
            || self.span().zip(earlier.span()).is_some_and(|(own, all)| is_within(own, all));
        let losses = || self.losses().zip(earlier.losses());
        let is_no_worse = || losses().is_some_and(|(own, all)| own.0 <= all.0 && own.1 <= all.1);
        is_same && is_inside() && is_no_worse()
    }

    /// Returns the first and the last quantity, under any terms.
    fn span(&self) -> Option<(Quantity, Option<Quantity>)> {
        let (from, to) = self.quantities?;
        let earliest = self.elsewhere.as_ref().map(|it| it.from);
        Some((earliest.map_or(from, |it| it.min(from)), to))
    }

    /// Returns the largest loss under the terms of the message, and under any terms.
    fn losses(&self) -> Option<(Money, Money)> {
        let own = self.worst?.extra;
        Some((own, self.at_most.as_ref().map_or(own, |it| it.worst.extra.max(own))))
    }
}

fn is_within(own: (Quantity, Option<Quantity>), all: (Quantity, Option<Quantity>)) -> bool {
    let ends = || own.1.zip(all.1).is_some_and(|(own, all)| own <= all);
    all.0 <= own.0 && (all.1.is_none() || ends())
}

/// The quantity of a finding at which most money is lost.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct WorstCase {
    pub quantity: Quantity,
    /// The amount that is too much or too little.
    pub extra: Money,
}

#[derive(Debug, Clone)]
pub struct OrderTerms<'b> {
    pub years: Years,
    pub prepay: Option<&'b str>,
    /// A way to pay that costs more than the standard.
    pub payment: Option<&'b str>,
    pub programs: Vec<&'b Program>,
}

/// The terms under which a finding begins at the smallest quantity.
#[derive(Debug, Clone)]
pub struct EarliestTerms<'b> {
    pub from: Quantity,
    pub terms: OrderTerms<'b>,
}

/// The terms under which a finding costs most.
#[derive(Debug, Clone)]
pub struct CostliestTerms<'b> {
    pub worst: WorstCase,
    pub terms: OrderTerms<'b>,
}

pub(super) struct BookUnderCheck<'b> {
    /// All books of the file, one for each currency.
    pub books: &'b Books,
    pub book: &'b PriceBook,
    /// Whether several files are checked together.
    pub is_one_of_several: bool,
    /// The book of the next file, which follows in time.
    pub next: Option<&'b PriceBook>,
    pub date: Date,
}

impl<'b> BookUnderCheck<'b> {
    pub fn show(&self, amount: Money) -> String {
        self.book.currency.show(amount)
    }

    pub fn discounts_of(&self, metric: &Metric) -> impl Iterator<Item = &'b Discount> + Clone {
        self.book.discounts.iter().filter(|it| it.applies_to(metric.name()))
    }

    /// The priced metrics that customers order a quantity of. Nobody orders use.
    pub fn ordered(&self) -> impl Iterator<Item = &'b Metric> + use<'b> {
        self.priced().filter(|metric| !metric.is_metered())
    }

    /// The metrics whose price follows from the quantity. A fee of a range is named by each deal, so
    /// nothing can be proved about it.
    pub fn priced(&self) -> impl Iterator<Item = &'b Metric> + use<'b> {
        self.book.metrics().iter().filter(|metric| is_priced(metric))
    }
}

/// Whether the price of a metric follows from the quantity, and not from a fee or from other lines.
pub(super) fn is_priced(metric: &Metric) -> bool {
    let has_fee = |tier: &Tier| tier.fee().is_some_and(|fee| !fee.is_one());
    metric.share.is_none() && !metric.tiers().iter().any(has_fee)
}
