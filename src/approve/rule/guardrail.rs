//! Guardrails: house rules of a book on a whole quote.
//!
//! The playbook has no limit on the discount of a quote, its ACV, its TCV or its term: rates that need no
//! approval add up to 31.36% off list, and a VP alone can give 51.36% (see `docs`). A company that wants a
//! limit writes it as a guardrail, with the approval that a quote beyond it needs. Our book has none.
//!
//! Where a partner sells the deal, a guardrail judges what its customer pays and what reaches us, and the stricter
//! result counts: otherwise a partner would be a discount that nobody approves.
//!
//! A guardrail on the discount is the one rule without a proof: where a line has a price of its own (graduated
//! tiers, flat amounts, fees and minimums of a line), that price is rounded for each quantity. The share off
//! list then goes up and down by the rounding, and can cross the limit of the guardrail many times.

use crate::approve::{
    ApprovalRule, DealThreshold, Direction, PricedDeal, Promise, Verdict, VerdictSink,
};
use crate::book::{Guardrail, GuardrailMeasure, Metric, PriceBook};
use crate::number::{Money, Rate, Ratio, Share, Total};
use crate::price::{Growth, GuardedNet, PricingStep, guarded_net};

/// Decimal places of a share in every answer.
const SHARE_PLACES: u32 = 4;

/// Decimal places of a share that is told apart from a limit.
const MOST_SHARE_PLACES: u32 = 8;

/// Asks for the approval of every guardrail that a quote goes beyond, or refuses the quote.
#[derive(Debug)]
pub struct GuardrailRule;

impl ApprovalRule for GuardrailRule {
    fn judge<'b>(&self, case: &PricedDeal<'_, 'b>, sink: &mut dyn VerdictSink<'b>) {
        let totals = &case.pricing.totals;
        // What is charged for services has no discount, and takes nothing from that of the lines.
        let lines = &case.pricing.lines;
        let list: Money = lines.iter().map(|line| line.list_tcv).sum();
        let net: Money = lines.iter().map(|line| line.tcv).sum();
        let our_net = guarded_net(case.deal, case.pricing);
        let length = case.deal.length();
        let show = |amount| case.show(amount);
        for guardrail in &case.deal.book.guardrails {
            let found = match guardrail.measure {
                // Compared as amounts, not as a rounded percentage.
                GuardrailMeasure::Discount(most) => (list - net > most.of(list)).then(|| {
                    format!("{} off list, more than {most}", share_above(list, net, most))
                }),
                GuardrailMeasure::Acv(most) => (totals.tcv - totals.once > most * case.deal.term)
                    .then(|| format!("ACV of {}, more than {}", show(totals.acv), show(most))),
                GuardrailMeasure::Tcv(most) => (totals.tcv > most)
                    .then(|| format!("TCV of {}, more than {}", show(totals.tcv), show(most))),
                GuardrailMeasure::Term(most) => (length.years_begun() > most)
                    .then(|| format!("term of {length}, more than {most}")),
            };
            let ours = our_net.as_ref().and_then(|ours| beyond_at_our_net(case, ours, guardrail));
            let found = found.into_iter().chain(ours).collect::<Vec<_>>().join("; ");
            if !found.is_empty() {
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

/// Returns the words for what reaches us through a partner, if that is beyond a guardrail: of all lines or of one,
/// in the average of the years or in the largest.
fn beyond_at_our_net(
    case: &PricedDeal<'_, '_>,
    ours: &GuardedNet,
    guardrail: &Guardrail,
) -> Option<String> {
    let show = |amount| case.show(amount);
    match guardrail.measure {
        GuardrailMeasure::Discount(most) => {
            let is_above = |list: Money, net: Money| list - net > most.of(list);
            let above = |list: Money, net: Money| {
                let share = share_above(list, net, most);
                format!("{share} off list at our net of {}, more than {most}", show(net))
            };
            if is_above(ours.list, ours.net) {
                return Some(above(ours.list, ours.net));
            }
            let lines = ours.lines.iter().filter(|line| is_above(line.list, line.net));
            let line = lines.max_by_key(|line| Share::off(line.list, line.net))?;
            let title = &case.deal.lines.get(line.first)?.metric.title;
            Some(format!("{title}: {}", above(line.list, line.net)))
        }
        // No average is above every year.
        GuardrailMeasure::Acv(most) => (ours.largest_year > most).then(|| {
            let (year, most) = (show(ours.largest_year), show(most));
            format!("{year} in the largest year at our net, more than {most}")
        }),
        GuardrailMeasure::Tcv(most) => (ours.tcv > most)
            .then(|| format!("TCV of {} at our net, more than {}", show(ours.tcv), show(most))),
        GuardrailMeasure::Term(_) => None,
    }
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
