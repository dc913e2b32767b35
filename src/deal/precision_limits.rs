//! Limits within which pricing is exact and cannot overflow.
//!
//! A decimal holds [`DIGITS`] digits. Each step of a waterfall adds the places of its rate to
//! those of the price, and a total adds the digits of the quantity. A deal that could need more
//! digits is refused here, so that the engine never has to check.

use super::{Deal, DiscountOverride, Line, PoolShare, Segment};
use crate::book::{Metric, PriceBasis, PricePeriod};
use crate::number::{DIGITS, Interval, Money, Rate};

/// Largest list price of a line in a year, in whole units of currency.
pub(super) const LARGEST_YEAR: u64 = 1_000_000_000_000;

/// Largest contract at list, in whole units of currency.
pub(super) const LARGEST_DEAL: u64 = 1_000_000_000_000_000;

/// Most times its price that a year can cost by growth.
const LARGEST_GROWTH: u32 = 1_000_000;

pub(super) const MOST_LINES: usize = 1000;

pub(super) fn is_exact(deal: &Deal<'_>) -> bool {
    let fits = |line: &Line<'_>| {
        let mut segments = line.segments.iter();
        segments.all(|it| segment_fits(deal, line, it))
    };
    deal.lines.iter().all(fits) && {
        let contract = contract(deal);
        contract.is_within(LARGEST_DEAL) && sums_fit(deal, contract)
    }
}

/// Whether a segment is within its limits, and every figure of it exact.
pub(super) fn segment_fits(deal: &Deal<'_>, line: &Line<'_>, segment: &Segment<'_>) -> bool {
    // The bound holds for nearly every deal, and costs next to nothing.
    let fits = |added| digits(deal, line, segment, added) <= DIGITS;
    is_within_limit(segment)
        && (fits(most_added(deal, line)) || fits(automatic(deal, line, segment)))
}

/// Whether the sums over the lines of a deal are exact.
pub(super) fn sums_fit(deal: &Deal<'_>, contract: Money) -> bool {
    sums(deal, contract, |line, _| most_added(deal, line)) <= DIGITS
        || sums(deal, contract, |line, segment| automatic(deal, line, segment)) <= DIGITS
}

/// Returns a bound of the digits that the discounts of the book can add to a price of a line.
fn most_added(deal: &Deal<'_>, line: &Line<'_>) -> u32 {
    let overrides = u32::try_from(deal.discount_overrides.len()).unwrap_or(DIGITS);
    line.metric.discount_places + overrides * Rate::PLACES
}

/// Whether a year of the segment costs at most [`LARGEST_YEAR`].
pub(super) fn is_within_limit(segment: &Segment<'_>) -> bool {
    let list = segment.pooled_list();
    let is_year = |price: Money| (price * list.times).is_within(LARGEST_YEAR);
    list.price.is_within(LARGEST_YEAR)
        && is_year(list.price)
        && segment.agreed_price().is_none_or(is_year)
}

/// Returns the price of the contract with its services, at list or agreed: the larger one.
pub(super) fn contract(deal: &Deal<'_>) -> Money {
    let years = deal.lines.iter().flat_map(|line| {
        // What lines cost as one counts once for those that agreed on the same price.
        let is_counted = |it: &&Segment<'_>| {
            it.list.basis == PriceBasis::Unit || it.pool.as_ref().is_none_or(PoolShare::is_first)
        };
        line.segments.iter().filter(is_counted).map(|segment| {
            let agreed = segment.agreed_price().unwrap_or(Money::ZERO);
            let price = agreed.max(segment.list.price);
            let year = price * segment.list.times * line.metric.price_period.times_per_year();
            let year = grown(year, largest_growth(deal, line, segment));
            // A part of a year costs no more than one.
            let years = segment.length.years_begun();
            match line.metric.price_period {
                PricePeriod::Year
                | PricePeriod::Month
                | PricePeriod::Hour { .. }
                | PricePeriod::Use => year * years,
                // Maintenance costs no more than the license itself.
                PricePeriod::Once { .. } => year + year * years,
            }
        })
    });
    years.sum::<Money>() + deal.services.iter().map(|asked| asked.value).sum()
}

/// Returns a bound of how many times its price a year of a segment can cost by growth.
fn largest_growth(deal: &Deal<'_>, line: &Line<'_>, segment: &Segment<'_>) -> u32 {
    if line.metric.year_starts.is_empty() {
        return 1;
    }
    let occasion = deal.discount_context(line.metric, segment);
    let mine = deal.book.discounts.iter().filter(|it| it.applies_to(&line.metric.name));
    let rows = mine.flat_map(|discount| discount.given(&occasion));
    let times = rows
        .map(|row| row.adjustment.most_times(row.range.map_or(1, Interval::from), segment.year));
    let times = times.fold(1_u64, u64::saturating_mul);
    u32::try_from(times).unwrap_or(u32::MAX)
}

/// Returns an amount so many times, or one beyond every contract where that has too many digits.
fn grown(year: Money, times: u32) -> Money {
    if times > LARGEST_GROWTH { Money::of_scaled(LARGEST_DEAL + 1, 0) } else { year * times }
}

/// Returns the most digits that a sum over lines can take: the ARR before programs, or the share of a year at list that
/// the next has to keep. The sum has the size of the largest line and the decimals of the finest. A share of what is
/// charged, which guardrails and services take, always fits: 16 digits of the largest contract, 4 places of a coin at
/// most, and those of a rate.
fn sums(deal: &Deal<'_>, contract: Money, added: impl Fn(&Line<'_>, &Segment<'_>) -> u32) -> u32 {
    let kept = deal.book.commitment.kept.as_ref().map_or(0, |(rate, _)| rate.places());
    let segments =
        deal.lines.iter().flat_map(|line| line.segments.iter().map(move |it| (line, it)));
    let finest = segments.map(|(line, segment)| {
        let maintenance = match line.metric.price_period {
            PricePeriod::Year
            | PricePeriod::Month
            | PricePeriod::Hour { .. }
            | PricePeriod::Use => 0,
            PricePeriod::Once { maintenance } => maintenance.places(),
        };
        let price = segment.list.price.decimals();
        let before_programs =
            price + added(line, segment) + maintenance + partner_places(deal, line.metric);
        segment.list.times.decimals() + before_programs.max(price + kept)
    });
    contract.width() - contract.decimals() + finest.max().unwrap_or(0)
}

/// Returns the digits that the discounts which the book gives by itself can add to a price.
fn automatic(deal: &Deal<'_>, line: &Line<'_>, segment: &Segment<'_>) -> u32 {
    let occasion = deal.discount_context(line.metric, segment);
    let discounts = deal.book.discounts.iter();
    let mine = discounts
        .filter(|discount| discount.is_automatic() && discount.applies_to(&line.metric.name));
    let added = mine.map(|discount| {
        let given: u32 = discount.given(&occasion).map(|row| row.adjustment.places()).sum();
        // A quote also says what the deal costs if all its lines take what one may without approval.
        let free = discount.rows().iter().filter_map(|row| row.rate_without_approval);
        let given = free.map(Rate::places).max().unwrap_or(0).max(given);
        let taken = match deal.discount_override(discount) {
            DiscountOverride::Rate(rate) => rate.places(),
            DiscountOverride::Auto | DiscountOverride::Withheld => 0,
        };
        given.max(taken)
    });
    added.sum()
}

/// Returns the digits that the claimed programs can add to a price.
fn claimed(deal: &Deal<'_>, line: &Line<'_>) -> u32 {
    let mine = deal.claims.iter().filter(|claim| claim.applies_to(&line.metric.name));
    mine.map(|claim| claim.rate.places()).sum()
}

/// Returns the digits that a partner's rate and its rebates add to the ARR before programs of a line, which a claimed
/// program for large deals measures at our net too.
fn partner_places(deal: &Deal<'_>, metric: &Metric) -> u32 {
    let is_measured = deal.claims.iter().any(|claim| claim.program.arr_above.is_some());
    let Some(partner) = deal.partner.as_ref().filter(|_| is_measured) else { return 0 };
    let rebates = partner.rebates_for(metric).map(|it| it.rate.places()).max();
    partner.rate_for(metric).places() + rebates.unwrap_or_default()
}

/// Returns the most digits of any figure in the segment's waterfall, or in its ARR before
/// programs, which is compared without rounding. `added` are the digits that discounts add.
fn digits(deal: &Deal<'_>, line: &Line<'_>, segment: &Segment<'_>, added: u32) -> u32 {
    let price = segment.list.price.width() + added;
    let year = match line.metric.price_period {
        PricePeriod::Year => 0,
        PricePeriod::Month | PricePeriod::Use => 2,
        PricePeriod::Hour { .. } => 4,
        PricePeriod::Once { maintenance } => maintenance.places(),
    };
    let times = segment.pooled_list().times.width();
    // A floor takes the prices of the line for those of the unit.
    let net = price + claimed(deal, line) + times;
    // An agreed price leads from a price that may have more decimals.
    let agreed = segment.agreed_price().map_or(0, |asked| {
        let finest = segment.list.price.decimals() + added;
        let step = asked.width() - asked.decimals() + finest.max(asked.decimals());
        step.max(asked.width() + times + year)
    });
    net.max(price + times + year + partner_places(deal, line.metric)).max(agreed)
}
