//! Contracts that the customer has signed: their lines count with those of a new deal, where the metric has
//! `counted = "customer"`.
//!
//! Only a contract file lowers a price in this way. A deal has no key for units that the customer is said to have.

use super::Deal;
use super::companions::{DatedLine, LineFromElsewhere, recount_beside, runs};
use super::counting::UnsoldCount;
use crate::book::{Metric, SignedContract, SignedLine};
use crate::number::{Date, Quantity};
use crate::text::NameKey;

/// Line of a signed contract that counts with the lines of a deal.
#[derive(Debug, Clone)]
pub struct SignedCompanion<'b> {
    pub(super) contract: &'b SignedContract,
    pub(super) line: DatedLine<'b>,
}

/// Units of a metric that a deal counts from one signed contract.
#[derive(Debug, Clone, Copy)]
pub struct CountedContract<'b> {
    pub contract: &'b SignedContract,
    pub metric: &'b Metric,
    /// The most units that it has on one day of the deal.
    pub most: Quantity,
    /// The last day on which it has units; `None` for perpetual ones.
    pub last_day: Option<Date>,
}

/// Returns a deal as a contract that its customer has signed. Use that nobody commits to is left out.
pub fn signed_contract(name: &str, deal: &Deal<'_>) -> SignedContract {
    let lines = deal.lines.iter().filter_map(|line| {
        let certain = |quantity| match line.committed {
            Some(committed) => committed,
            None if line.metric.is_hourly() => Quantity::ZERO,
            None => quantity,
        };
        let runs = runs(deal, line).into_iter().map(|(days, quantity)| (days, certain(quantity)));
        let runs: Vec<_> = runs.filter(|(_, quantity)| !quantity.is_zero()).collect();
        let programs = deal.claims.iter().map(|claim| claim.program.name.clone());
        (!runs.is_empty()).then(|| SignedLine {
            metric: line.metric.name.clone(),
            edition: line.edition.map(str::to_owned),
            programs: programs.collect(),
            exclusive: deal.exclusive_program(line).map(str::to_owned),
            runs,
        })
    });
    SignedContract {
        name: name.to_owned(),
        identity: super::to_toml(deal),
        customer: deal.customer().and_then(NameKey::of),
        account: deal.account().map(str::to_owned),
        opportunity: deal.opportunity().map(str::to_owned),
        lines: lines.collect(),
    }
}

impl<'b> Deal<'b> {
    /// Counts the lines of the customer's signed contracts with those of the deal.
    ///
    /// # Errors
    /// Lines whose quantity together is not sold.
    pub(super) fn count_signed(
        &mut self,
        contracts: &'b [SignedContract],
    ) -> Result<(), UnsoldCount> {
        let customer = self.customer().and_then(NameKey::of);
        let (account, opportunity) = (self.account(), self.opportunity());
        let mine = contracts.iter().filter(|it| it.is_of(customer.as_ref(), account, opportunity));
        let lines = mine.flat_map(|contract| contract.lines.iter().map(move |it| (contract, it)));
        let signed = lines.filter_map(|(contract, line)| self.signed_companion(contract, line));
        self.signed = signed.collect();
        if self.signed.is_empty() {
            return Ok(());
        }
        self.companions = self.beside_contracts();
        recount_beside(&mut self.lines, &self.companions, self.book.rounding)
    }

    fn signed_companion(
        &self,
        contract: &'b SignedContract,
        signed: &'b SignedLine,
    ) -> Option<SignedCompanion<'b>> {
        let line = self.line_from_elsewhere(LineFromElsewhere {
            metric: &signed.metric,
            edition: signed.edition.as_deref(),
            hosts: None,
            programs: signed.programs.iter().map(String::as_str).collect(),
            exclusive: signed.exclusive.as_deref(),
            runs: signed.runs.clone(),
        });
        let line = line.filter(|it| it.line.metric.counts_signed_contracts())?;
        Some(SignedCompanion { contract, line })
    }

    /// Returns the signed contracts that count, each with its units of one metric.
    pub fn counted_contracts(&self) -> Vec<CountedContract<'b>> {
        let (first, last) = self.contract_days();
        let is_mine = |metric: &Metric| self.lines.iter().any(|it| std::ptr::eq(it.metric, metric));
        let signed = self.signed.iter().filter(|it| is_mine(it.line.line.metric));
        let counted = signed.filter_map(|SignedCompanion { contract, line }| {
            let metric = line.line.metric;
            let last = if metric.is_perpetual() { Date::LAST } else { last };
            let runs = line.runs.iter().filter(|(it, _)| it.from <= last && first < it.until);
            let most = runs.map(|(_, quantity)| *quantity).max()?;
            let until = line.runs.iter().map(|(days, _)| days.until).max()?;
            let last_day = Some(until.minus_days(1)).filter(|_| until < Date::LAST);
            Some(CountedContract { contract, metric, most, last_day })
        });
        counted.collect()
    }
}
