//! Guardrails: house rules of a book on a whole quote.
//!
//! The playbook has no limit on the discount of a quote, its ACV, its TCV or its term: rates that need no
//! approval add up to 31.36% off list, and a VP alone can give 51.36% (see `docs`). A company that wants a
//! limit writes it as a guardrail, with the approval that a quote beyond it needs. The standard license term is 1
//! to 3 years (L1894): our book sends every longer one to the VP, whatever it earns. It has no other guardrail.
//!
//! Where a partner sells the deal, a guardrail judges what its customer pays and what reaches us, and the stricter
//! result counts.
//!
//! A guardrail on the discount is the one rule without a proof: where a line has a price of its own (graduated
//! tiers, flat amounts, fees and minimums of a line), or can cost a fraction of a coin (prices per hour or of
//! more places, parts of a unit, maintenance), an amount is rounded for each quantity. The share off list then
//! goes up and down by the rounding, and can cross the limit of the guardrail many times.

use crate::approve::{
    ApprovalRule, DealThreshold, Direction, PricedDeal, Promise, Verdict, VerdictSink,
};
use crate::book::{Guardrail, GuardrailMeasure, Metric, PriceBook};
use crate::number::{Money, Rate, Ratio, Share, Total};
use crate::price::{Growth, Measured, MeasuredMoney, MoneySide, PricingStep};

/// Decimal places of a share in every answer.
const SHARE_PLACES: u32 = 4;

/// Decimal places of a share that is told apart from a limit.
const MOST_SHARE_PLACES: u32 = 8;

/// Asks for the approval of every guardrail that a quote goes beyond, or refuses the quote.
#[derive(Debug)]
pub struct GuardrailRule;

impl ApprovalRule for GuardrailRule {
    fn judge<'b>(&self, case: &PricedDeal<'_, 'b>, sink: &mut dyn VerdictSink<'b>) {
        let money = Measured::of(case.deal, case.pricing);
        let length = case.deal.length();
        let show = |amount| case.show(amount);
        for guardrail in &case.deal.book.guardrails {
            let found = match guardrail.measure {
                GuardrailMeasure::Discount(most) => {
                    let (MeasuredMoney { list, net, .. }, side) =
                        money.largest(|side| side.list - side.net);
                    let whose = match side {
                        MoneySide::Customer => String::new(),
                        MoneySide::Ours => format!(" at our net of {}", show(*net)),
                    };
                    // Compared as amounts, not as a rounded percentage.
                    (*list - *net > most.of(*list)).then(|| {
                        let share = share_above(*list, *net, most);
                        format!("{share} off list{whose}, more than {most}")
                    })
                }
                GuardrailMeasure::Acv(most) => {
                    let (paid, side) = money.largest(|side| side.tcv - side.once);
                    (paid.tcv - paid.once > most * case.deal.term).then(|| {
                        let acv = show(paid.acv);
                        format!("ACV of {acv}{}, more than {}", at_net(side), show(most))
                    })
                }
                GuardrailMeasure::Tcv(most) => {
                    let (paid, side) = money.largest(|side| side.tcv);
                    (paid.tcv > most).then(|| {
                        let tcv = show(paid.tcv);
                        format!("TCV of {tcv}{}, more than {}", at_net(side), show(most))
                    })
                }
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

const fn at_net(side: MoneySide) -> &'static str {
    match side {
        MoneySide::Customer => "",
        MoneySide::Ours => " at our net",
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
