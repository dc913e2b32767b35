//! The most that each level can give away.

use super::deepest::{ApprovalCap, DiscountedDeal, max_discount};
use super::{BookUnderCheck, Finding, FindingKind, FindingSeverity};
use crate::book::{Level, Metric};
use crate::deal::DiscountOverride;
use crate::number::Share;

pub(super) const CODE: FindingKind = FindingKind {
    name: "level-gives-at-most",
    severity: FindingSeverity::Note,
    title: "The most that an approval level can give away",
    lesson: "\
Off list, over every quantity, term, prepayment, program and rate of the book: the largest discount of a
deal that needs no more than this level, and a deal that reaches it. Without approval means that nobody
is asked: a deal that only needs a review is told by itself, if that gives more.

Every discount and every program only lowers a price. So the deal with everything that the level may
give, and of the programs those with the largest rates, gives most. Where that goes beyond a guardrail on
the discount, rates are taken back one after the other, to the largest of 0.0001% steps that does not:
prices are rounded, and up to 10,000 of their smallest parts for each of those steps every price is
reached. Guardrails on ACV, TCV and term, and the ARR that a program asks for, are those of the
deal that is told.

It is told as \"at least\" where the proof leaves room for a figure that reads otherwise: the price of a
whole line, whose rounding differs from quantity to quantity; a price so large that 0.0001% of it is more
than its smallest part, with a guardrail that has more digits than the figure; a guardrail on ACV or TCV
beside a program that asks for ARR; more than six fixed amounts in one deal. No deals are looked at but
those of one line with equal years, of a whole quantity, at no agreed price or fee of a range, in the
edition of its quantity, on the terms of the book (if it names none, up to its last discount by term).
Where nothing but the rounding of a line takes something off, nothing is told. Programs that exclude every
other discount, as those for universities do, are left out: they are for customers of a kind, and not for
a negotiation.

What to do: compare it with what the level was meant to be able to give. A guardrail on the discount of a
whole quote sends what goes beyond to a higher level.",
    find,
};

fn find<'b>(case: &BookUnderCheck<'b>, found: &mut Vec<Finding<'b>>) {
    let nobody = ApprovalCap { level: Level::NONE, reviews: false };
    let levels = std::iter::once(Level::NONE).chain(case.book.ladder().levels().map(|it| it.0));
    let rungs = levels.map(|level| ApprovalCap { level, reviews: true });
    let mut least = Share::default();
    for rung in std::iter::once(nobody).chain(rungs) {
        let deepest = max_discount(case, rung);
        let Some(most) = deepest.most else { continue };
        // Of a review alone it is told only what it gives beyond nobody's word.
        if rung.level == Level::NONE && most.discount <= least {
            continue;
        }
        if rung == nobody {
            least = most.discount;
        }
        found.push(told(case, rung, &most, deepest.bound > most.discount));
    }
}

fn told<'b>(
    case: &BookUnderCheck<'b>,
    rung: ApprovalCap,
    most: &DiscountedDeal<'b>,
    is_least: bool,
) -> Finding<'b> {
    let DiscountedDeal { deal, discount, reviews } = most;
    let line = deal.lines.first();
    let metric = line.map(|line| line.metric);
    let quantity = line.and_then(|line| line.segments.first()).map(|segment| segment.quantity);
    let count = metric.zip(quantity).map(|(metric, quantity)| metric.count(quantity));
    let prepay = deal.prepay().map(|prepay| format!("{prepay} prepayment"));
    let standard = case.book.payment.as_ref().and_then(|it| it.terms.get(it.standard));
    let payment = deal.payment.filter(|term| standard.is_none_or(|it| it.name() != term.name()));
    let payment = payment.map(|term| term.title.clone());
    let billing = deal.billing.map(|way| format!("billed {}", way.title));
    let claims = deal.claims.iter().map(|claim| format!("{} {}", claim.program.title, claim.rate));
    let takes = deal.discount_overrides.iter().filter_map(|(discount, take)| match take {
        DiscountOverride::Rate(rate) => {
            Some(format!("{} at {rate}", discount.title.to_lowercase()))
        }
        DiscountOverride::Withheld => Some(format!("no {}", discount.title.to_lowercase())),
        DiscountOverride::Auto => None,
    });
    let parts: Vec<String> = count
        .into_iter()
        .chain([deal.term().to_string()])
        .chain(prepay)
        .chain(payment)
        .chain(billing)
        .chain(takes)
        .chain(claims)
        .collect();
    let needed = (!reviews.is_empty()).then(|| reviews.join(" and "));
    let who = match (rung.level, needed) {
        (Level::NONE, None) => "without approval".to_owned(),
        (Level::NONE, Some(review)) => format!("without approval, with {review}"),
        (level, review) => {
            let title = case.book.ladder().title(level);
            let review = review.map(|review| format!(" and {review}"));
            format!("with {title} approval{}", review.unwrap_or_default())
        }
    };
    let rule = case.book.ladder().levels().find(|(known, _)| *known == rung.level);
    let rule = rule.map_or(&case.book.rule, |(_, named)| &named.rule);
    let least = if is_least { "at least " } else { "" };
    let message = format!("{who} a deal can be {least}{discount} off list: {}", parts.join(", "));
    let finding = Finding::new(case, &CODE, rule, message)
        .advice("compare it with what the level is meant to give; a guardrail can say less");
    Finding { metric: metric.map(Metric::name), share: Some(*discount), ..finding }
}
