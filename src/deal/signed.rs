//! Contracts that the customer has signed: their lines count with those of a new deal, where the metric has
//! `counted = "customer"`.
//!
//! Only a contract file lowers a price in this way. A deal has no key for units that the customer is said to have.

use super::companions::recount_beside;
use super::counting::{UnsoldCount, count_together};
use super::dated_line::{CompanionLine, DatedLine, LineFromElsewhere, runs};
use super::{Deal, YearRun};
use crate::book::{Metric, SignedContract, SignedLine};
use crate::number::{Date, Days, Quantity};
use crate::text::{NameKey, code_key, is_name};

/// Line of a signed contract that counts with the lines of a deal.
#[derive(Debug, Clone)]
pub struct SignedCompanion<'b> {
    pub(super) contract: &'b SignedContract,
    pub(super) line: DatedLine<'b>,
}

impl<'b> SignedCompanion<'b> {
    /// Whether the contract is one of some deals.
    pub(super) fn is_among(&self, deals: &[&Deal<'b>]) -> bool {
        let mut contracts = deals.iter().filter_map(|deal| deal.signed_as);
        contracts.any(|contract| std::ptr::eq(contract, self.contract))
    }
}

/// Units of a metric that a deal counts from one signed contract.
#[derive(Debug, Clone, Copy)]
pub struct CountedContract<'b> {
    pub contract: &'b SignedContract,
    pub metric: &'b Metric,
    /// The most units of it that count in one year of the deal.
    pub most: Quantity,
    /// The last day on which it has units; `None` for perpetual ones.
    pub last_day: Option<Date>,
}

/// Returns a deal as a contract that its customer has signed. Use that nobody commits to is left out.
pub fn signed_contract(name: &str, deal: &Deal<'_>) -> SignedContract {
    let lines = deal.lines.iter().filter_map(|line| {
        let certain = |quantity| match line.committed {
            Some(committed) => committed,
            None if line.metric.is_metered() => Quantity::ZERO,
            None => quantity,
        };
        let runs = runs(deal, line).into_iter().map(|(days, quantity)| (days, certain(quantity)));
        let runs: Vec<_> = runs.filter(|(_, quantity)| !quantity.is_zero()).collect();
        let claims = deal.claims.iter().filter(|claim| claim.is_for(&line.metric.name));
        let programs = claims.map(|claim| claim.program.name.clone());
        (!runs.is_empty()).then(|| SignedLine {
            metric: line.metric.name.clone(),
            edition: line.edition.map(str::to_owned),
            hosts: line.hosts,
            programs: programs.collect(),
            exclusive: deal.exclusive_program(line).map(str::to_owned),
            runs,
        })
    });
    SignedContract {
        name: name.to_owned(),
        identity: super::to_toml(deal),
        date: deal.date,
        customer: deal.customer().and_then(NameKey::of),
        account: number(deal.account()),
        opportunity: number(deal.opportunity()),
        lines: lines.collect(),
    }
}

/// Returns the key of the number of an account or an opportunity; signs alone are no number.
fn number(code: Option<&str>) -> Option<String> {
    code.filter(|code| is_name(code)).map(code_key)
}

/// Whether a contract has units of a metric on one of some days.
fn holds(contract: &SignedContract, metric: &str, within: Days) -> bool {
    let mut lines = contract.lines.iter().filter(|line| line.metric == metric);
    let is_within =
        |(days, _): &(Days, Quantity)| days.from < within.until && within.from < days.until;
    lines.any(|line| line.runs.iter().any(is_within))
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
        let (account, opportunity) = (number(self.account()), number(self.opportunity()));
        let is_mine = |it: &&SignedContract| {
            it.is_of(customer.as_ref(), account.as_deref(), opportunity.as_deref())
        };
        let mine = contracts.iter().filter(is_mine);
        let (mine, later) = mine.partition::<Vec<_>, _>(|it| it.date <= self.date);
        self.later_contracts = later;
        self.earlier_contracts = mine;
        let lines = self
            .earlier_contracts
            .iter()
            .flat_map(|contract| contract.lines.iter().map(move |it| (contract, it)));
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
            hosts: signed.hosts,
            programs: signed.programs.iter().map(String::as_str).collect(),
            exclusive: signed.exclusive.as_deref(),
            runs: signed.runs.clone(),
        });
        let line = line.filter(|it| it.line.metric.counts_signed_contracts())?;
        Some(SignedCompanion { contract, line: DatedLine { contract: Some(contract), ..line } })
    }

    /// Returns the contracts of the customer that were not signed yet on the day of the quote: they do not count.
    pub fn later_contracts(&self) -> &[&'b SignedContract] {
        &self.later_contracts
    }

    /// Returns the signed contracts that count, each with its units of one metric: those that find the range of
    /// lines of the deal.
    pub fn counted_contracts(&self) -> Vec<CountedContract<'b>> {
        let counted =
            self.companions.iter().filter_map(|CompanionLine { contract, line, .. }| {
                let contract = (*contract)?;
                self.lines.iter().find(|own| count_together(own, line))?;
                let most = line.segments.iter().map(|segment| segment.quantity).max()?;
                let mine = contract.lines.iter().filter(|it| it.metric == line.metric.name);
                let runs = mine.flat_map(|signed| &signed.runs);
                let until = runs.map(|(days, _)| days.until).max()?;
                let last_day = Some(until.minus_days(1)).filter(|_| until < Date::LAST);
                Some(CountedContract { contract, metric: line.metric, most, last_day })
            });
        counted.collect()
    }

    /// Returns the signed contracts on whose units the price or the verdict can depend: those with a metric of the
    /// deal on its days.
    pub(crate) fn contracts_beside(&self) -> impl Iterator<Item = &'b SignedContract> {
        let (first, last) = self.contract_days();
        let is_mine = |metric: &Metric| self.lines.iter().any(|it| std::ptr::eq(it.metric, metric));
        let beside = self.signed.iter().filter(move |SignedCompanion { line, .. }| {
            let runs_beside =
                |(days, _): &(Days, Quantity)| days.from <= last && first < days.until;
            is_mine(line.line.metric) && line.runs.iter().any(runs_beside)
        });
        let required = self.lines.iter().flat_map(|line| &line.metric.requires);
        let required: Vec<_> = required.collect();
        let held = self.earlier_contracts.iter().copied();
        let within = Days { from: first, until: last.plus_days(1) };
        let held = held.filter(move |it| required.iter().any(|name| holds(it, name, within)));
        beside.map(|it| it.contract).chain(held)
    }

    /// Whether the customer has one of some metrics by signed contracts on all days of some contract years.
    pub(crate) fn holds_any(&self, metrics: &[String], years: YearRun) -> bool {
        let period = self.contract_period();
        let first = years.first();
        let from = if first > 1 { period.boundary(12 * (first - 1)) } else { period.start() };
        let within = Days { from, until: period.boundary(12 * years.last()) };
        let lines = self.earlier_contracts.iter().flat_map(|contract| &contract.lines);
        let held = lines.filter(|line| metrics.contains(&line.metric)).flat_map(|line| &line.runs);
        let held = held.filter(|(_, quantity)| !quantity.is_zero());
        let mut held: Vec<_> = held.map(|(days, _)| (days.from, days.until)).collect();
        held.sort_unstable();
        let covered = held.into_iter().fold(within.from, |covered, (from, until)| {
            if from <= covered { covered.max(until) } else { covered }
        });
        covered >= within.until
    }
}
