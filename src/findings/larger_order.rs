//! Larger orders that cost less.
//!
//! Within a piece a total only grows. So whether any of its quantities costs more than some larger
//! order is decided by its last one and by the cheapest start of a later piece, and the first
//! quantity that does is found by halving.

use super::curve::{Curve, Piece, first, pieces};
use super::{Case, Code, Finding, Severity, choices};
use crate::approve::{self, Case as Priced};
use crate::book::{Level, Metric, Per};
use crate::deal::Deal;
use crate::price::price;
use crate::value::{Money, Quantity};

pub(super) const CODE: Code = Code {
    name: "larger-order-costs-less",
    severity: Severity::Warning,
    title: "A larger order costs less than a smaller one",
    lesson: "\
Where the whole quantity takes the price of the range that it lands in, the first quantity of a range
can cost less than the last ones of the range before: 49 edge nodes at $500.00 cost $24,500.00, and 50
at $250.00 cost $12,500.00. A customer who notices orders more and pays less; one who does not pays for
nothing. Between two breaks of a price list a total only grows, so every such interval is found, for
every term and prepayment, and none is missed.

What to do: sell each unit at the price of its own range (mode = \"graduated\"), or set the prices of a
range so that its first quantity costs at least as much as the last one before it. Quotes in the
interval name the cheaper order by themselves.",
    find,
};

/// Quantities that cost more than a larger order.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Cliff {
    from: u64,
    to: u64,
    /// The larger order, and what it costs.
    next: u64,
    cost: Money,
    /// What the last of the quantities costs.
    worst: Money,
}

fn find<'b>(case: &Case<'b>, found: &mut Vec<Finding<'b>>) {
    // Use is what it turns out to be: nobody orders more of it.
    let ordered = case.priced().filter(|metric| !matches!(metric.per(), Per::Hour { .. }));
    for metric in ordered {
        let pieces = pieces(case, metric);
        let deals = choices::deals(case, metric);
        let Some((standard, others)) = deals.split_first() else { continue };
        for piece in 0..pieces.len() {
            let Some(cliff) = cliff(Curve(standard), &pieces, piece, None) else { continue };
            // At other terms the rounding of a unit price can move its beginning.
            let moved = others.iter().filter_map(|deal| {
                let other = self::cliff(Curve(deal), &pieces, piece, Some(cliff))?;
                (other.from < cliff.from).then_some((other.from, deal))
            });
            let earliest = moved.min_by_key(|(from, _)| *from);
            found.push(told(case, metric, standard, cliff, earliest));
        }
    }
}

/// The quantities of a piece that cost more than a larger order. `near` is where they began for
/// another choice, which is most often where they begin for this one.
fn cliff(
    curve: Curve<'_, '_>,
    pieces: &[Piece],
    piece: usize,
    near: Option<Cliff>,
) -> Option<Cliff> {
    let Piece { from, to } = pieces[piece];
    let to = to?;
    let worst = curve.total(to)?;
    let later = pieces[piece + 1..].iter();
    let starts = later.filter_map(|later| Some((curve.total(later.from)?, later.from)));
    let (cost, next) = starts.min()?;
    let costs_more = |quantity| curve.total(quantity).is_some_and(|total| total > cost);
    if worst <= cost {
        return None;
    }
    let is_start = |at: u64| costs_more(at) && (at == from || !costs_more(at - 1));
    let near = near.map(|near| near.from).filter(|at| is_start(*at));
    let from = near.unwrap_or_else(|| first(from, to, costs_more));
    Some(Cliff { from, to, next, cost, worst })
}

fn told<'b>(
    case: &Case<'b>,
    metric: &'b Metric,
    standard: &Deal<'_>,
    cliff: Cliff,
    earliest: Option<(u64, &Deal<'_>)>,
) -> Finding<'b> {
    let count = |quantity| {
        Quantity::whole(quantity).map_or_else(String::new, |quantity| metric.count(quantity))
    };
    let Cliff { from, to, next, cost, worst } = cliff;
    let extra = worst - cost;
    let level = level(standard, next);
    let needs = if level > Level::NONE {
        format!(", with {} approval", case.book.ladder().title(level))
    } else {
        String::new()
    };
    let term = standard.term();
    let mut message = format!(
        "{from} to {} cost more than {next}: over {term}, {to} cost {} and {next} cost {}{needs}",
        count(to),
        case.show(worst),
        case.show(cost),
    );
    if let Some((from, deal)) = earliest {
        let prepay = deal.prepay().map(|prepay| format!(", {prepay} prepayment"));
        let prepay = prepay.unwrap_or_default();
        message = format!("{message}; at {}{prepay}, from {from} on", deal.term());
    }
    let tier = Quantity::whole(next).and_then(|next| metric.tier(next));
    let rule = tier.map_or(&metric.rule, |tier| &tier.rule);
    let earliest = earliest.map_or(from, |(earliest, _)| earliest);
    let advice = format!(
        "sell {} by the range of each unit (mode = \"graduated\"), or price the range from {next} on so \
         that {next} cost {} or more",
        metric.unit.1,
        case.show(worst)
    );
    Finding::new(case, &CODE, rule, message)
        .of(metric, from.min(earliest), Some(to))
        .worst(to, extra)
        .advice(advice)
}

/// Who must agree to an order.
fn level(deal: &Deal<'_>, quantity: u64) -> Level {
    let variant = Quantity::whole(quantity).and_then(|it| deal.with_quantity(0, 0, it));
    variant.map_or(Level::NONE, |deal| {
        approve::route(&Priced { deal: &deal, pricing: &price(&deal) }).level()
    })
}
