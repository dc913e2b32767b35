//! One concession in parts, each smaller than the one before it.

use super::super::offer::Offer;
use super::concession_move::{ConcessionMove, is_between};
use crate::number::{Rate, Share, bisect};

/// The most parts of one concession: more are no negotiation any more.
const MOST_PARTS: u32 = 8;

/// The units of rates that are tried, plainest first; in millionths.
const UNITS: [u32; 7] = [10_000, 5_000, 2_500, 1_000, 500, 100, 10];

/// Splits a concession into the fewest parts of which each concedes less than the one before, and the
/// first less than `before`. With n parts, the first takes 2n shares of the rate, the next 2n - 1, and the
/// last n + 1: the parts shrink evenly, to a little more than half of the first. Returns `None` if the
/// concession has no rate that can be split, or would need too many parts.
pub(super) fn shrinking_parts<'b>(
    last: &Offer<'b>,
    chosen: &ConcessionMove<'b>,
    whole: &Offer<'b>,
    limit: &Offer<'b>,
    before: Share,
    finest: Option<Rate>,
) -> Option<Vec<Offer<'b>>> {
    let to = chosen.rate(whole)?.millionths();
    let with = |rate: u32| chosen.applied(&last.deal, &limit.deal, Some(Rate::of_millionths(rate)));
    let from = start_rate(last, to, &|rate| Offer::exact(with(rate)));
    let part = |index: usize, rate: u32| {
        let mut deal = with(rate);
        chosen.limit_duties(&mut deal, &last.deal, index + 1);
        Offer::exact(deal)
    };
    let units = finest.map_or(UNITS.to_vec(), |finest| vec![finest.millionths().max(1)]);
    let tries = (2..=MOST_PARTS).flat_map(|count| units.iter().map(move |unit| (count, *unit)));
    tries.into_iter().find_map(|(count, unit)| {
        let rates = part_rates(from, to, count, unit)?;
        let inner = rates.into_iter().enumerate().map(|(index, rate)| part(index, rate));
        let inner = inner.collect::<Option<Vec<_>>>()?;
        let parts = [inner, vec![whole.clone()]].concat();
        is_shrinking(last, &parts, limit, before).then_some(parts)
    })
}

/// The largest rate, in steps of a hundredth of a percent, that gives no more than the offer before. The
/// concession can replace another one, so a small rate of it can give less than that. A larger rate never
/// gives less, so the rate is found by halving.
fn start_rate<'b>(last: &Offer<'b>, to: u32, at: &impl Fn(u32) -> Option<Offer<'b>>) -> u32 {
    const UNIT: u32 = 100;
    let gives_more = |step: u32| at(step * UNIT).is_some_and(|it| it.discount() > last.discount());
    bisect(0, to.div_ceil(UNIT), gives_more).saturating_sub(1) * UNIT
}

/// The ends of all parts but the last, rounded to a unit; `None` if these parts do not shrink.
fn part_rates(from: u32, to: u32, count: u32, unit: u32) -> Option<Vec<u32>> {
    let shares = u64::from(count) * u64::from(3 * count + 1) / 2;
    let mut given = 0;
    let rates = (0..count - 1).map(|part| {
        given += u64::from(2 * count - part);
        let exact = u64::from(from) + u64::from(to.checked_sub(from)?) * given / shares;
        let rate = (u32::try_from(exact).ok()? + unit / 2) / unit * unit;
        (from < rate && rate < to).then_some(rate)
    });
    let rates: Vec<u32> = rates.collect::<Option<_>>()?;
    let ends: Vec<u32> = [&[from], rates.as_slice(), &[to]].concat();
    let parts: Vec<u32> = ends.windows(2).map(|pair| pair[1].saturating_sub(pair[0])).collect();
    parts.is_sorted_by(|part, next| part > next).then_some(rates)
}

/// Whether each part concedes less than the one before it, and lies between the last offer and a limit.
fn is_shrinking(last: &Offer<'_>, parts: &[Offer<'_>], limit: &Offer<'_>, before: Share) -> bool {
    let mut known = (last, before);
    parts.iter().all(|part| {
        let (last, before) = known;
        let conceded = part.discount() - last.discount();
        known = (part, conceded);
        is_between(last, part, limit) && conceded < before
    })
}
