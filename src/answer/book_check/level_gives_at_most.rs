//! `level-gives-at-most`: the largest discount that each approval level can give, with a deal that has it.

use super::finding::{BookUnderCheck, Finding, FindingKind, FindingSeverity};
use super::max_discount::{ApprovalCap, DiscountedDeal, max_discount};
use crate::book::{DealMeasure, Level};
use crate::deal::DiscountOverride;
use crate::number::Share;

pub(super) const KIND: FindingKind = FindingKind {
    name: "level-gives-at-most",
    severity: FindingSeverity::Note,
    title: "Largest discount that each approval level can give",
    lesson: "\
The largest discount off list of a deal that needs no more than this level, over every quantity, term,
prepayment, program and rate of the book, and a deal that reaches it. \"Without approval\" means no level and
no review. A deal that needs only a review is reported separately, if its discount is larger.

Every discount and every program only lowers a price. So the deal with everything that the level may give,
and with the programs of the largest rates, gives most. If this deal exceeds a guardrail on the discount, its
rates are lowered one after the other, to the largest step of 0.0001% that stays within it: prices are
rounded, so every price is reached as long as it has no more than 10,000 of its smallest parts for each of
those steps. The guardrails on ACV, TCV and term, and the ARR that a program demands, are those of the deal
that is reported.

The finding says \"at least\" where the proof leaves room for a larger figure: the price of a whole line,
or a charge in fractions of a coin, whose rounding differs from quantity to quantity; a price so large that
0.0001% of it is more than its smallest part, with a guardrail that has more digits than the figure; a
guardrail on ACV or TCV beside a program that demands ARR; a guardrail on the margin; more than six fixed amounts in one deal. The proof
covers deals of one line with
equal years and a whole quantity, at no negotiated price and no fee of a range, in the edition of their
quantity, on the terms of the book (if it names none, up to its last discount by term). Nothing is reported
if only the rounding of a line takes something off. Programs that exclude every other discount, as those for
universities do, are left out: they are for customers of a kind, and not for a negotiation.

What to do: compare it with the discount that the level was meant to give. A guardrail on the discount of a
whole quote sends larger discounts to a higher level.",
    find,
};

fn find<'b>(check: &BookUnderCheck<'b>, found: &mut Vec<Finding<'b>>) {
    let nobody = ApprovalCap { level: Level::NONE, reviews: false };
    let levels = std::iter::once(Level::NONE).chain(check.book.ladder().levels().map(|it| it.0));
    let caps = levels.map(|level| ApprovalCap { level, reviews: true });
    let mut without_review = Share::default();
    for cap in std::iter::once(nobody).chain(caps) {
        let max = max_discount(check, cap);
        let Some(most) = max.most else { continue };
        // A review without a level is reported only if it allows a larger discount.
        if cap.level == Level::NONE && most.discount <= without_review {
            continue;
        }
        if cap == nobody {
            without_review = most.discount;
        }
        let has_margin = check.book.guardrails.iter().any(|guardrail| {
            guardrail.measures().any(|measure| matches!(measure, DealMeasure::Margin(_)))
        });
        let is_at_least = has_margin || max.bound > most.discount;
        found.push(finding(check, cap, &most, is_at_least));
    }
}

fn finding<'b>(
    check: &BookUnderCheck<'b>,
    cap: ApprovalCap,
    most: &DiscountedDeal<'b>,
    is_at_least: bool,
) -> Finding<'b> {
    let metric = most.deal.lines.first().map(|line| line.metric.name());
    let approval = approval(check, cap, &most.reviews);
    let rule = check.book.ladder().levels().find(|(known, _)| *known == cap.level);
    let rule = rule.map_or(&check.book.rule, |(_, named)| &named.rule);
    let at_least = if is_at_least { "at least " } else { "" };
    let (discount, deal) = (most.discount, description(check, most));
    let message = format!("{approval} a deal can be {at_least}{discount} off list: {deal}");
    let advice = "compare it with what the level is meant to give; a guardrail can lower it";
    let finding = Finding::new(check, &KIND, rule, message, advice);
    Finding { metric, share: Some(discount), ..finding }
}

/// "with VP approval and legal review".
fn approval(check: &BookUnderCheck<'_>, cap: ApprovalCap, reviews: &[&str]) -> String {
    let (needs, link) = match cap.level {
        Level::NONE => ("without approval".to_owned(), ", with "),
        level => (format!("with {} approval", check.book.ladder().title(level)), " and "),
    };
    if reviews.is_empty() { needs } else { format!("{needs}{link}{}", reviews.join(" and ")) }
}

/// "1,000 sockets, 4 years, multi-year prepayment, Lighthouse customer 30%".
fn description(check: &BookUnderCheck<'_>, most: &DiscountedDeal<'_>) -> String {
    let deal = &most.deal;
    let segment = deal.lines.first().and_then(|line| Some((line.metric, line.segments.first()?)));
    let quantity = segment.map(|(metric, segment)| metric.count(segment.quantity));
    let prepay = deal.prepay().map(|prepay| format!("{prepay} prepayment"));
    let standard = check.book.standard_payment();
    let payment = deal.payment.filter(|term| standard.is_none_or(|it| it.name != term.name));
    let payment = payment.map(|term| term.title.clone());
    let billing = deal.billing.map(|schedule| format!("billed {}", schedule.title));
    let overrides = deal.discount_overrides.iter().filter_map(|(discount, change)| match change {
        DiscountOverride::Rate(it) => Some(format!("{} at {it}", discount.title.to_lowercase())),
        DiscountOverride::Withheld => Some(format!("no {}", discount.title.to_lowercase())),
        DiscountOverride::Auto => None,
    });
    let claims = deal.claims.iter().map(|claim| format!("{} {}", claim.program.title, claim.rate));
    let terms = [quantity, Some(deal.term().to_string()), prepay, payment, billing];
    let parts = terms.into_iter().flatten().chain(overrides).chain(claims);
    parts.collect::<Vec<_>>().join(", ")
}
