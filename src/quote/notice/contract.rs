//! Notices about the contract: refunds, services, commitments that get smaller, and dates.

use super::{Notice, kinds};
use crate::approve::{PricedDeal, Verdict};
use crate::book::{Clause, ClauseClass, DiscountCondition, PriceColumn};
use crate::deal::{ContractPeriod, CountedContract, FactPosition, Line, YearAtList};
use crate::number::{Money, counted, plural};
use crate::price::{Measured, StepSource};
use crate::quote::billing::{RefundExposure, exposures};
use crate::text::folded_words;

/// Warns about money that the customer could ask back. A 90-day rollback with a refund is promised in
/// sales talks (playbook L464, L1959) and contradicts the standard contract, which does not end early
/// without cause (L1900).
pub(super) fn exposure(case: &PricedDeal<'_, '_>, _: &Verdict, notices: &mut Vec<Notice>) {
    for exposure in exposures(case.deal, case.pricing) {
        let RefundExposure { clause, from, until, amount } = exposure;
        let start = match case.deal.period() {
            Some(_) => "",
            None => ", if the contract started on the day of the quote",
        };
        let (title, amount) = (&clause.title, case.show(amount));
        let message = format!(
            "{title}: up to {amount} may have to be refunded, invoiced from {from} to {until}{start}"
        );
        notices.push(Notice::new(&kinds::REFUND_EXPOSURE, message, &clause.rule));
    }
}

/// Warns about a title of a clause that is not given, or only as an exception, in the free text of a deal: a word
/// in the notes asks nobody. Case, blanks and punctuation do not matter.
pub(super) fn red_lines(case: &PricedDeal<'_, '_>, _: &Verdict, notices: &mut Vec<Notice>) {
    let deal = case.deal;
    let notes = deal.record.at(FactPosition::Foot).map(|(fact, value)| {
        (format!("the {} of the deal", fact.title.to_lowercase()), value.to_string())
    });
    let claims = deal.claims.iter().chain(&deal.claims_of_nothing);
    let claims = claims.filter_map(|claim| {
        Some((format!("the reason for {}", claim.program.title), claim.reason.clone()?))
    });
    let clauses = deal.clauses.iter().filter_map(|asked| {
        Some((format!("the reason for {}", asked.clause.title), asked.reason.clone()?))
    });
    for (place, text) in notes.chain(claims).chain(clauses) {
        let text = folded(&text);
        let is_red = |clause: &&Clause| {
            matches!(clause.class, ClauseClass::RedLine | ClauseClass::Never)
                && !deal.clauses.iter().any(|asked| asked.clause.name == clause.name)
        };
        for clause in deal.book.clauses.iter().filter(is_red) {
            if text.contains(&folded(&clause.title)) {
                let what = match clause.class {
                    ClauseClass::Never => "a clause that is never given",
                    _ => "a red-line clause",
                };
                let title = &clause.title;
                let message = format!(
                    "\"{title}\" stands in {place}: {what}, which the deal does not ask for"
                );
                notices.push(Notice::new(&kinds::RED_LINE_IN_TEXT, message, &clause.rule));
            }
        }
    }
}

/// Returns the folded words of a text with one blank before, between and after them.
fn folded(text: &str) -> String {
    format!(" {} ", folded_words(text))
}

/// Warns about a segment that the book does not list: no program is for it.
pub(super) fn customer(case: &PricedDeal<'_, '_>, _: &Verdict, notices: &mut Vec<Notice>) {
    let known = &case.deal.book.customers.segments;
    if let Some(segment) = case.deal.segment().filter(|it| !known.iter().any(|name| name == it))
        && !known.is_empty()
    {
        let known = known.join(", ");
        let message = format!("the book has no segment \"{segment}\": its segments are {known}");
        notices.push(Notice::new(&kinds::UNKNOWN_SEGMENT, message, None));
    }
    standard_prices(case, notices);
}

/// Notes the standard prices of a deal that does not say whether it has others.
fn standard_prices(case: &PricedDeal<'_, '_>, notices: &mut Vec<Notice>) {
    let (deal, book) = (case.deal, case.deal.book);
    if book.column.is_some() {
        return;
    }
    let facts = [
        ("segment", deal.segment(), &book.customers.segments),
        ("region", deal.region(), &book.customers.regions),
    ];
    for (noun, stated, known) in facts {
        let names = |column: &&PriceColumn| match noun {
            "segment" => !column.segments.is_empty(),
            _ => !column.regions.is_empty(),
        };
        let is_known = stated.is_some_and(|stated| known.iter().any(|name| name == stated));
        let Some(column) = book.columns.iter().find(names).filter(|_| !is_known) else { continue };
        let message = format!("the deal names no {noun} of the book, and has the standard prices");
        notices.push(Notice::new(&kinds::STANDARD_PRICES, message, &column.rule));
    }
}

/// Notes a service that a customer gets once in some months: nobody sees its other contracts here.
pub(super) fn included_once(case: &PricedDeal<'_, '_>, _: &Verdict, notices: &mut Vec<Notice>) {
    for priced in case.pricing.services.iter().filter(|it| !it.included.is_zero()) {
        let Some(months) = priced.service.included_months else { continue };
        let (title, most) = (&priced.service.title, case.show(priced.service.included));
        let message = format!(
            "{title}: up to {most} is included once for a customer in {}, in all its contracts",
            counted(months, "month")
        );
        notices.push(Notice::new(&kinds::SERVICE_INCLUDED_ONCE, message, &priced.service.rule));
    }
}

/// Notes a deal below the size that the book wants. The playbook qualifies customers by $250K a year (L1022); a
/// smaller deal is no mistake, and needs nobody.
pub(super) fn minimum(case: &PricedDeal<'_, '_>, _: &Verdict, notices: &mut Vec<Notice>) {
    for least in &case.deal.book.minimums {
        let is_for = |segment: &str| least.segments.iter().any(|known| known == segment);
        if !least.segments.is_empty() && !case.deal.segment().is_some_and(is_for) {
            continue;
        }
        let acv = Measured::committed(case.deal, case.pricing).assured(|side| side.acv);
        if acv.amount < least.acv {
            let (shown, most, whose) = (case.show(acv.amount), case.show(least.acv), acv.whose());
            let message =
                format!("{} (committed ACV of {shown} {whose}, below {most})", least.reason);
            notices.push(Notice::new(&kinds::BELOW_MINIMUM, message, &least.rule));
        }
    }
}

/// Warns where the included services are worth more than the contract. Services cost nothing because the
/// contract pays for them.
pub(super) fn services(case: &PricedDeal<'_, '_>, _: &Verdict, notices: &mut Vec<Notice>) {
    let lines: Money = case.pricing.lines.iter().map(|line| line.tcv).sum();
    let included: Money = case.pricing.services.iter().map(|service| service.included).sum();
    let largest = case.pricing.services.iter().max_by_key(|service| service.included);
    if let Some(largest) = largest.filter(|_| included > lines) {
        let (included, lines) = (case.show(included), case.show(lines));
        let message = format!("services of {included} are included in a contract of {lines}");
        notices.push(Notice::new(&kinds::SERVICES_EXCEED_CONTRACT, message, &largest.service.rule));
    }
}

/// Warns about a ramp that gets smaller. The discount for the term and the prepayment holds for all
/// years, so a ramp that falls earns it with a commitment that the customer does not keep.
pub(super) fn falling(case: &PricedDeal<'_, '_>, _: &Verdict, notices: &mut Vec<Notice>) {
    for line in &case.pricing.lines {
        for (before, (year, after)) in line.segments.iter().zip(line.by_year().skip(1)) {
            let (had, has) = (before.segment.quantity, after.segment.quantity);
            let earned = before.waterfall.steps.iter().find(|step| {
                let discount = case.deal.book.discount(step.name);
                let is_for_commitment = discount.is_some_and(|it| {
                    matches!(
                        it.condition,
                        DiscountCondition::Term(_) | DiscountCondition::Prepay { .. }
                    )
                });
                is_for_commitment && matches!(step.grant, StepSource::Row(_))
            });
            if let Some(step) = earned.filter(|_| has < had) {
                let (has, had) = (line.line.metric.count(has), had.grouped());
                let (discount, term) = (step.title.to_lowercase(), case.deal.term);
                let message = format!(
                    "from year {year} the customer buys {has} instead of {had}, but {discount} is \
                     for the whole term of {term}"
                );
                notices.push(Notice::new(&kinds::COMMITMENT_FALLS, message, step.rule));
            }
        }
    }
}

/// Notes each signed contract whose units count with those of the deal, and each that was signed after the quote.
pub(super) fn signed(case: &PricedDeal<'_, '_>, _: &Verdict, notices: &mut Vec<Notice>) {
    for CountedContract { contract, metric, most, last_day } in case.deal.counted_contracts() {
        let (units, name) = (metric.count(most), &contract.name);
        let until = last_day.map_or_else(String::new, |day| format!(", until {day}"));
        let message = format!("{units} of the signed contract {name} count too{until}");
        notices.push(Notice::new(&kinds::CONTRACT_COUNTED, message, &metric.rule));
    }
    for contract in case.deal.later_contracts() {
        let (name, signed, quoted) = (&contract.name, contract.date, case.deal.date);
        let message =
            format!("the contract {name} of {signed} does not count: the quote is of {quoted}");
        notices.push(Notice::new(&kinds::CONTRACT_DATED_LATER, message, None));
    }
}

/// Notes how many years of a contract count for the discounts of its commitment, and why not all.
pub(super) fn uncounted(case: &PricedDeal<'_, '_>, _: &Verdict, notices: &mut Vec<Notice>) {
    let Some((kept, rule)) = &case.deal.book.commitment.kept else { return };
    for (at, line) in case.deal.lines.iter().enumerate() {
        let is_first = case.deal.counted_with(at).next() == Some(at);
        let titles = commitment_discounts(case, line);
        if line.uncounted_years() == 0 || !is_first || titles.is_empty() {
            continue;
        }
        let years = case.deal.term.count();
        let counted = line.counted_years(case.deal.term);
        let (s, count) = (plural(years), if counted == 1 { "counts" } else { "count" });
        let mut reasons = Vec::new();
        for ((from, to), year) in alike(&case.deal.years_at_list(at)) {
            let when =
                if from == to { format!("year {from}") } else { format!("years {from}-{to}") };
            let title = &line.metric.title;
            reasons.push(if year.list.is_zero() {
                format!("{title} is free at list in {when}")
            } else {
                let (list, largest) = (case.show(year.list), case.show(year.largest_before));
                format!("{title} in {when} is {list} at list, less than {kept} of {largest} before")
            });
        }
        let (titles, reasons) = (titles.join(" and "), reasons.join("; "));
        let message = format!("{counted} of {years} year{s} {count} for {titles}: {reasons}");
        notices.push(Notice::new(&kinds::YEARS_NOT_COUNTED, message, rule));
    }
}

/// Returns the titles of the discounts of a line that years of a commitment earn, and of the way to pay that
/// needs them.
fn commitment_discounts(case: &PricedDeal<'_, '_>, line: &Line<'_>) -> Vec<String> {
    let name = line.metric.name();
    let discounts = case.deal.book.discounts.iter().filter(|it| it.applies_to(name));
    let paying = case.deal.paying(line.metric);
    let earned = discounts.filter(|discount| match &discount.condition {
        DiscountCondition::Term(_) => true,
        DiscountCondition::Payment(rows) => {
            rows.iter().any(|row| row.min_years.is_some() && row.is_for(&paying))
        }
        _ => discount.rows().iter().any(|row| row.min_years.is_some()),
    });
    earned.map(|discount| discount.title.to_lowercase()).collect()
}

/// Returns the years that do not count, those of one price together: the first and the last, and one of them.
fn alike(years: &[YearAtList]) -> Vec<((usize, usize), YearAtList)> {
    let mut runs: Vec<((usize, usize), YearAtList)> = Vec::new();
    for (year, &found) in (1..).zip(years).filter(|(_, year)| !year.counts) {
        match runs.last_mut() {
            Some(((_, to), last)) if *last == found && *to + 1 == year => *to = year,
            _ => runs.push(((year, year), found)),
        }
    }
    runs
}

/// Warns about a contract that starts before its quote.
pub(super) fn dates(case: &PricedDeal<'_, '_>, verdict: &Verdict, notices: &mut Vec<Notice>) {
    let (book, date) = (case.deal.book, case.deal.date);
    // A start in the past commits the customer to years that are over.
    let start = case.deal.period().map(ContractPeriod::start);
    let limit = book.commitment.start_before.as_ref().map(|(_, rule)| rule);
    let is_refused = verdict.violations.iter().any(|it| Some(&it.rule) == limit);
    if let Some(start) = start.filter(|start| *start < date && !is_refused) {
        let message = format!("the contract starts on {start}, and this quote is dated {date}");
        notices.push(Notice::new(&kinds::STARTS_IN_THE_PAST, message, None));
    }
}
