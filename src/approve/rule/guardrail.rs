//! Guardrails: house rules of a book on a whole quote.
//!
//! The playbook has no limit on the discount of a quote, its ACV, its TCV or its term: rates that need no
//! approval add up to 31.36% off list, and a VP alone can give 51.36% (see `docs`). A company that wants a
//! limit writes it as a guardrail, with the approval that a quote beyond it needs. The standard license term is 1
//! to 3 years (L1894): our book sends every longer one to the VP, whatever it earns. It has no other guardrail.
//!
//! Use that nobody commits to counts in no figure that a guardrail measures: 2,000 cores of it would bring 31.36%
//! down to 21.38%, and could be zero in the end. For the same reason a limit on the discount holds for each line
//! as for the deal, and a limit on the ACV for each year as for their average: a large line without a discount,
//! or a year of one unit, does not make another one smaller.
//!
//! A guardrail on the discount is the one rule without a proof: where a line has a price of its own (graduated
//! tiers, flat amounts, fees and minimums of a line), that price is rounded for each quantity. The share off
//! list then goes up and down by the rounding, and can cross the limit of the guardrail many times.

use crate::approve::{
    ApprovalRule, DealThreshold, Direction, PricedDeal, Promise, Verdict, VerdictSink,
};
use crate::book::{Guardrail, GuardrailMeasure, Metric, PriceBook};
use crate::deal::AgreedPrice;
use crate::number::{Money, Rate, Ratio, Share, Total};
use crate::price::{Growth, PricingStep, committed_segments};
use std::collections::BTreeMap;

/// Decimal places of a share in every answer.
const SHARE_PLACES: u32 = 4;

/// Decimal places of a share that is told apart from a limit.
const MOST_SHARE_PLACES: u32 = 8;

/// Asks for the approval of every guardrail that a quote goes beyond, or refuses the quote.
#[derive(Debug)]
pub struct GuardrailRule;

impl ApprovalRule for GuardrailRule {
    fn judge<'b>(&self, case: &PricedDeal<'_, 'b>, sink: &mut dyn VerdictSink<'b>) {
        let totals = &case.pricing.totals.committed;
        let length = case.deal.length();
        let show = |amount| case.show(amount);
        for guardrail in &case.deal.book.guardrails {
            let found = match guardrail.measure {
                GuardrailMeasure::Discount(most) => discount_above(case, most),
                // No average is above every year.
                GuardrailMeasure::Acv(most) => (totals.largest_year > most).then(|| {
                    if totals.acv > most {
                        return format!("ACV of {}, more than {}", show(totals.acv), show(most));
                    }
                    let largest = show(totals.largest_year);
                    format!("{largest} in the largest year, more than {}", show(most))
                }),
                GuardrailMeasure::Tcv(most) => (totals.tcv > most)
                    .then(|| format!("TCV of {}, more than {}", show(totals.tcv), show(most))),
                GuardrailMeasure::Term(most) => case
                    .deal
                    .is_longer_than(most)
                    .then(|| format!("term of {length}, more than {most}")),
            };
            if let Some(found) = found {
                report(guardrail, &found, sink);
            }
        }
    }

    fn promises<'b>(&self, book: &'b PriceBook, metric: &Metric) -> Vec<Promise<'b>> {
        let promise = |guardrail: &'b Guardrail| {
            let promise = Promise::constant(&guardrail.rule);
            let size = [Direction::Rises, Direction::Falls, Direction::Rises];
            match guardrail.measure {
                // A floor takes less off a small order, so that the share rises with the quantity.
                GuardrailMeasure::Discount(most) => {
                    let quantity = match metric.growth() {
                        Growth::Linear => Direction::Rises,
                        Growth::RoundedByLine => Direction::Unproved,
                    };
                    let directions = [quantity, Direction::Rises, Direction::TurnsOnce];
                    promise.depends_on(DealThreshold::Discount(most), directions)
                }
                // A larger discount makes the contract smaller.
                GuardrailMeasure::Acv(most) => promise.depends_on(DealThreshold::Acv(most), size),
                GuardrailMeasure::Tcv(most) => promise.depends_on(DealThreshold::Tcv(most), size),
                GuardrailMeasure::Term(most) => promise.terms([u64::from(most) + 1]),
            }
        };
        book.guardrails.iter().map(promise).collect()
    }
}

/// Returns the words for a discount of the deal, or of one of its lines, that is more than a share of the list
/// price. Lines that count together at the same agreed prices are one line. What is charged for services has
/// no discount, and takes nothing from that of the lines; and neither does use that nobody commits to.
fn discount_above(case: &PricedDeal<'_, '_>, most: Rate) -> Option<String> {
    let mut lines: BTreeMap<LineKey, (Money, Money)> = BTreeMap::new();
    for (at, line) in case.pricing.lines.iter().enumerate() {
        let (list, net) = lines.entry(line_key(case, at)).or_default();
        for segment in committed_segments(case.deal, at, line).iter() {
            *list = *list + segment.list_tcv();
            *net = *net + segment.tcv();
        }
    }
    // Compared as amounts, not as a rounded percentage.
    let is_above = |(list, net): (Money, Money)| list - net > most.of(list);
    let sum = |of: fn((Money, Money)) -> Money| lines.values().copied().map(of).sum::<Money>();
    let all = (sum(|(list, _)| list), sum(|(_, net)| net));
    if is_above(all) {
        return Some(format!("{} off list, more than {most}", share_above(all.0, all.1, most)));
    }
    let above = lines.into_iter().filter(|(_, amounts)| is_above(*amounts));
    let ((at, _), (list, net)) = above.max_by_key(|(_, (list, net))| Share::off(*list, *net))?;
    let (share, title) = (share_above(list, net, most), &case.deal.lines[at].metric.title);
    Some(format!("{title}: {share} off list, more than {most}"))
}

/// First of the lines that count together, and the price that was agreed in each run of years.
type LineKey = (usize, Vec<(u32, Option<AgreedPrice>)>);

fn line_key(case: &PricedDeal<'_, '_>, at: usize) -> LineKey {
    let mut agreed: Vec<(u32, Option<AgreedPrice>)> = Vec::new();
    for segment in &case.deal.lines[at].segments {
        let years = segment.length.years();
        match agreed.last_mut() {
            Some((run, price)) if *price == segment.agreed => *run += years,
            _ => agreed.push((years, segment.agreed)),
        }
    }
    (case.deal.counted_with(at).next().unwrap_or(at), agreed)
}

/// Returns the share of `net` below `list` in percent, with as many digits as show that it is above `most`.
fn share_above(list: Money, net: Money, most: Rate) -> String {
    let shares = |places| Ratio::of(list - net, list, places).filter(|share| share.is_above(most));
    match (SHARE_PLACES..=MOST_SHARE_PLACES).find_map(|places| Some((places, shares(places)?))) {
        Some((SHARE_PLACES, _)) => Share::off(list, net).to_string(),
        Some((_, share)) => share.to_string(),
        None => format!("just above {most}"),
    }
}

fn report<'b>(guardrail: &'b Guardrail, found: &str, sink: &mut dyn VerdictSink<'b>) {
    let reason = format_args!("{} ({found})", guardrail.reason);
    if guardrail.refuse {
        sink.refuse(&guardrail.rule, reason);
    }
    sink.require(&guardrail.approval, &guardrail.rule, reason);
}

/// Judges the sums of several deals by the guardrails on ACV and TCV. The other guardrails cannot be judged:
/// deals whose terms differ so much that they cannot be one have no common discount or term.
pub fn of_sums(book: &PriceBook, acv: Total, tcv: Total) -> Verdict {
    let mut verdict = Verdict::default();
    for guardrail in &book.guardrails {
        let (what, sum, most) = match guardrail.measure {
            GuardrailMeasure::Acv(most) => ("ACV", acv, most),
            GuardrailMeasure::Tcv(most) => ("TCV", tcv, most),
            GuardrailMeasure::Discount(_) | GuardrailMeasure::Term(_) => continue,
        };
        if sum > most.into() {
            let (sum, most) = (book.currency.show_total(sum), book.currency.show(most));
            report(guardrail, &format!("{what} of {sum} in all, more than {most}"), &mut verdict);
        }
    }
    verdict
}
