//! One thing given in parts that shrink.

use super::step::ConcessionMove;
use super::{Offer, is_between, off, offer};
use crate::number::{Rate, Share};

/// More parts than this are no negotiation any more.
const MOST: u32 = 8;

/// What rates are multiples of, in millionths: the plainest that do are taken.
const UNITS: [u32; 7] = [10_000, 5_000, 2_500, 1_000, 500, 100, 10];

/// The fewest parts of a thing of which each is smaller than the one before it, and the first is
/// smaller than what was conceded before. Of the rate the first of n parts takes 2n, the next one
/// 2n - 1, and the last n + 1: they shrink evenly, to a little more than half of the first.
pub(super) fn shrinking<'b>(
    last: &Offer<'b>,
    chosen: &ConcessionMove<'b>,
    whole: &Offer<'b>,
    end: &Offer<'b>,
    most: Share,
    finest: Option<Rate>,
) -> Option<Vec<Offer<'b>>> {
    let to = chosen.rate(whole)?.millionths();
    let given = |rate: u32| chosen.given(&last.deal, &end.deal, Some(Rate::of_millionths(rate)));
    let from = from(last, to, &|rate| offer(given(rate)));
    let part = |part: usize, rate: u32| {
        let mut deal = given(rate);
        chosen.promise(&mut deal, &last.deal, part + 1);
        offer(deal)
    };
    let units = finest.map_or(UNITS.to_vec(), |finest| vec![finest.millionths().max(1)]);
    let tried = (2..=MOST).flat_map(|count| units.iter().map(move |unit| (count, *unit)));
    tried.into_iter().find_map(|(count, unit)| {
        let rates = rates(from, to, count, unit)?;
        let inner = rates.into_iter().enumerate().map(|(at, rate)| part(at, rate));
        let inner = inner.collect::<Option<Vec<_>>>()?;
        let parts = [inner, vec![whole.clone()]].concat();
        is_shrinking(last, &parts, end, most).then_some(parts)
    })
}

/// The largest rate, to a hundredth of a percent, that gives no more than the offer before gives by
/// something else in its place.
fn from<'b>(last: &Offer<'b>, to: u32, at: &impl Fn(u32) -> Option<Offer<'b>>) -> u32 {
    const UNIT: u32 = 100;
    let gives_more = |step: u32| at(step * UNIT).is_some_and(|it| off(&it) > off(last));
    let (mut low, mut high) = (0, to.div_ceil(UNIT));
    while low < high {
        let middle = low.midpoint(high);
        if gives_more(middle) {
            high = middle;
        } else {
            low = middle + 1;
        }
    }
    low.saturating_sub(1) * UNIT
}

/// Where all parts but the last end.
fn rates(from: u32, to: u32, count: u32, unit: u32) -> Option<Vec<u32>> {
    let all = u64::from(count) * u64::from(3 * count + 1) / 2;
    let mut given = 0;
    let rates = (0..count - 1).map(|part| {
        given += u64::from(2 * count - part);
        let exact = u64::from(from) + u64::from(to.checked_sub(from)?) * given / all;
        // To the nearest.
        let rate = (u32::try_from(exact).ok()? + unit / 2) / unit * unit;
        (from < rate && rate < to).then_some(rate)
    });
    let rates: Vec<u32> = rates.collect::<Option<_>>()?;
    let ends: Vec<u32> = [&[from], rates.as_slice(), &[to]].concat();
    let parts: Vec<u32> = ends.windows(2).map(|pair| pair[1].saturating_sub(pair[0])).collect();
    parts.is_sorted_by(|part, next| part > next).then_some(rates)
}

/// Whether each part is smaller than the one before it, and can be given between two offers.
fn is_shrinking(last: &Offer<'_>, parts: &[Offer<'_>], end: &Offer<'_>, most: Share) -> bool {
    let mut before = (last, most);
    parts.iter().all(|part| {
        let (last, most) = before;
        let conceded = off(part) - off(last);
        before = (part, conceded);
        is_between(last, part, end) && conceded < most
    })
}
