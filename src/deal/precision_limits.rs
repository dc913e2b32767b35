//! Limits within which pricing is exact and cannot overflow.
//!
//! A decimal holds [`DIGITS`] digits. Each step of a waterfall adds the places of its rate to
//! those of the price, and a total adds the digits of the quantity. A deal that could need more
//! digits is refused here, so that the engine never has to check.

use super::{Deal, DiscountOverride, Line, PoolShare, Segment};
use crate::book::{Adjustment, GuardrailMeasure, PriceBasis, PricePeriod};
use crate::number::{DIGITS, Money};

/// Largest list price of a line in a year, in whole units of currency.
pub(super) const LARGEST_YEAR: u64 = 1_000_000_000_000;

/// Largest contract at list, in whole units of currency.
pub(super) const LARGEST_DEAL: u64 = 1_000_000_000_000_000;

pub(super) const MOST_LINES: usize = 1000;

pub(super) fn is_exact(deal: &Deal<'_>) -> bool {
    let fits = |line: &Line<'_>| line.segments.iter().all(|it| segment_fits(deal, line, it));
    if !deal.lines.iter().all(fits) {
        return false;
    }
    let contract = contract(deal);
    contract.is_within(LARGEST_DEAL) && sums(deal, contract) <= DIGITS
}

pub(super) fn segment_fits(deal: &Deal<'_>, line: &Line<'_>, segment: &Segment<'_>) -> bool {
    is_within_limit(segment) && digits(deal, line, segment) <= DIGITS
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
            // A part of a year costs no more than one.
            let years = segment.length.years_begun();
            match line.metric.price_period {
                PricePeriod::Year | PricePeriod::Hour { .. } => year * years,
                // Maintenance costs no more than the license itself.
                PricePeriod::Once { .. } => year + year * years,
            }
        })
    });
    years.sum::<Money>() + deal.services.iter().map(|asked| asked.value).sum()
}

/// Returns the most digits that a sum over lines can take: the ARR before programs, or the share
/// of the list price that a guardrail allows. The sum has the size of the largest line and the
/// decimals of the finest.
pub(super) fn sums(deal: &Deal<'_>, contract: Money) -> u32 {
    let guarded = deal.book.guardrails.iter().map(|guardrail| match guardrail.measure {
        GuardrailMeasure::Discount(most) => most.places(),
        GuardrailMeasure::Acv(_) | GuardrailMeasure::Tcv(_) | GuardrailMeasure::Term(_) => 0,
    });
    let guarded = guarded.max().unwrap_or(0);
    let segments =
        deal.lines.iter().flat_map(|line| line.segments.iter().map(move |it| (line, it)));
    let finest = segments.map(|(line, segment)| {
        let price = segment.list.price.decimals();
        let (maintenance, rounded) = match line.metric.price_period {
            PricePeriod::Year | PricePeriod::Hour { .. } => (0, 0),
            PricePeriod::Once { maintenance } => (maintenance.places(), line.metric.places),
        };
        let before_programs = price + automatic(deal, line, segment) + maintenance;
        segment.list.times.decimals() + before_programs.max(price.max(rounded) + guarded)
    });
    let services = deal.services.iter().map(|asked| asked.value.decimals() + guarded);
    contract.width() - contract.decimals() + finest.chain(services).max().unwrap_or(0)
}

/// Returns the digits that the discounts which the book gives by itself can add to a price.
fn automatic(deal: &Deal<'_>, line: &Line<'_>, segment: &Segment<'_>) -> u32 {
    let places = |cut: Adjustment| match cut {
        Adjustment::Rate(rate) => rate.places(),
        // What is put on is at most as much again.
        Adjustment::Uplift(rate) => rate.places() + 1,
        // A difference has the places of the finer of its two terms.
        Adjustment::Amount(amount) => amount.width(),
    };
    let occasion = deal.discount_context(line.metric, segment.counted);
    let discounts = deal.book.discounts().iter();
    let mine = discounts
        .filter(|discount| discount.is_automatic() && discount.applies_to(&line.metric.name));
    let added = mine.map(|discount| {
        let row = discount.row(&occasion);
        let given = row.map_or(0, |row| places(row.adjustment));
        // A quote also says what the deal costs if all its lines take what one may without approval.
        let rows = discount.rows().iter().map(|row| row.rate_without_approval.places());
        let given = rows.max().unwrap_or(0).max(given);
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
    let mine = deal.claims.iter().filter(|claim| claim.discount.applies_to(&line.metric.name));
    mine.map(|claim| claim.rate.places()).sum()
}

/// Returns the most digits of any figure in the segment's waterfall, or in its ARR before
/// programs, which is compared without rounding.
pub(super) fn digits(deal: &Deal<'_>, line: &Line<'_>, segment: &Segment<'_>) -> u32 {
    let automatic = automatic(deal, line, segment);
    let price = segment.list.price.width() + automatic;
    let year = match line.metric.price_period {
        PricePeriod::Year => 0,
        PricePeriod::Hour { .. } => 4,
        PricePeriod::Once { maintenance } => maintenance.places(),
    };
    let times = segment.pooled_list().times.width();
    // A floor takes the prices of the line for those of the unit.
    let net = price + claimed(deal, line) + times;
    // An agreed price leads from a price that may have more decimals.
    let agreed = segment.agreed_price().map_or(0, |asked| {
        let finest = segment.list.price.decimals() + automatic;
        asked.width() - asked.decimals() + finest.max(asked.decimals())
    });
    net.max(price + times + year).max(agreed)
}
