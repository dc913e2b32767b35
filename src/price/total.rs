//! The figures of a whole deal.

use super::{PricedLine, PricedSegment, PricedService};
use crate::number::{Length, Money, Share, rounding};

/// The figures of a whole deal.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Totals {
    /// Total contract value at list.
    pub list_tcv: Money,
    /// Total contract value: all years of all lines, and what services cost.
    pub tcv: Money,
    /// The part of the TCV that is paid once.
    pub once: Money,
    /// Annual recurring revenue of the first year.
    pub arr: Money,
    /// ARR of the last year, where years differ.
    pub exit_arr: Option<Money>,
    /// ARR of the last year before any program, exact. Programs for large deals are measured by it.
    pub arr_before_programs: Money,
    /// Average contract value of a year: TCV without what is paid once, over the years, to the
    /// smallest coin.
    pub acv: Money,
    /// TCV at policy prices, where a price was negotiated.
    pub policy_tcv: Option<Money>,
    /// The share of the list TCV that is taken off.
    pub discount: Share,
}

impl Totals {
    /// Adds up the figures of lines and services. `minor` is the number of decimal places of the smallest coin.
    pub(super) fn of(
        lines: &[PricedLine<'_>],
        services: &[PricedService<'_>],
        length: Length,
        minor: u32,
    ) -> Self {
        let services: Money = services.iter().map(|service| service.price).sum();
        let first = lines.iter().filter_map(|line| line.segments.first());
        let last = lines.iter().filter_map(|line| line.segments.last());
        let arr = first.map(|segment| segment.at_net.annual).sum();
        let exit = || last.clone().map(|segment| segment.at_net.annual).sum();
        let list_tcv = lines.iter().map(|line| line.list_tcv).sum::<Money>() + services;
        let tcv = lines.iter().map(|line| line.tcv).sum::<Money>() + services;
        let segments = lines.iter().flat_map(|line| &line.segments);
        let once = segments.map(|segment| segment.at_net.once).sum::<Money>() + services;
        let segments = lines.iter().flat_map(|line| &line.segments);
        let is_agreed = segments.clone().any(|segment| segment.policy.is_some());
        let at_policy = |segment: &PricedSegment<'_>| {
            segment.policy.map_or_else(|| segment.tcv(), |policy| policy.tcv)
        };
        let ramp = lines.iter().any(|line| line.segments.len() > 1);
        Self {
            list_tcv,
            tcv,
            once,
            arr,
            exit_arr: ramp.then(exit),
            arr_before_programs: last.map(before_programs).sum(),
            acv: rounding::average(tcv - once, length, minor),
            policy_tcv: is_agreed.then(|| segments.map(at_policy).sum::<Money>() + services),
            discount: Share::off(list_tcv, tcv),
        }
    }
}

fn before_programs(segment: &PricedSegment<'_>) -> Money {
    segment.annual_before_programs
}
