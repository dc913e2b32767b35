//! Services of a deal: how much of each the contract includes.

use super::{AssuredMoney, Measured, PricedLine, PricedService};
use crate::deal::{Deal, DealService};
use crate::number::{Money, Rate};

/// Prices a service of a deal with these lines. A free license includes nothing, where the book includes a share of
/// the contract. Free is what costs nothing at list, or by a program that gives all of it: a discount that leaves
/// nothing is no such license, and has an approval of its own.
pub(super) fn service<'b>(
    deal: &Deal<'b>,
    lines: &[PricedLine<'b>],
    asked: &DealService<'b>,
) -> PricedService<'b> {
    let DealService { service, value, quantity, included_before } = *asked;
    let is_given = |priced: &PricedLine<'_>| {
        let mut claims = deal.claims.iter().filter(|it| it.applies_to(priced.line.metric.name()));
        priced.tcv.is_zero() && claims.any(|it| it.program.rate == Some(Rate::ONE))
    };
    let is_free = lines.iter().all(|line| line.list_tcv.is_zero() || is_given(line));
    let rest = (service.included - included_before).max(Money::ZERO);
    let most = if service.included_share.is_some() && is_free { Money::ZERO } else { rest };
    let included = value.min(most);
    let net = match &service.included_share {
        Some(_) if !included.is_zero() => Measured::of_lines(deal, lines).assured(|side| side.net),
        _ => AssuredMoney::default(),
    };
    PricedService {
        service,
        value,
        quantity,
        included_before,
        net,
        included,
        price: value - included,
    }
}
