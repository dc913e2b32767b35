//! Segments of a line cut where years end, and joined again.

use super::Segment;
use crate::number::Length;

/// Cuts segments at the ends of years, which are counted from 1 and ascend.
pub(super) fn cut<'b>(segments: &[Segment<'b>], ends: &[u32]) -> Vec<Segment<'b>> {
    let mut pieces = Vec::with_capacity(ends.len());
    let mut from = 0;
    for segment in segments {
        let until = from + segment.length.years();
        // A contract can be shorter than a year.
        let is_mine = |end: &u32| (*end > from || until == from) && *end <= until;
        let (mut begun, mut part) = (from, segment.length.part());
        for &end in ends.iter().filter(|end| is_mine(end)) {
            let length = Length::new(part.take(), end - begun);
            pieces.push(Segment { length, ..segment.clone() });
            begun = end;
        }
        from = until;
    }
    pieces
}

/// Joins segments that follow each other and are alike.
pub(super) fn join(segments: &mut Vec<Segment<'_>>) {
    let mut joined: Vec<Segment<'_>> = Vec::with_capacity(segments.len());
    for segment in segments.drain(..) {
        match joined.last_mut() {
            Some(last) if are_alike(last, &segment) => {
                last.length = last.length.and(segment.length.years());
            }
            _ => joined.push(segment),
        }
    }
    *segments = joined;
}

fn are_alike(one: &Segment<'_>, other: &Segment<'_>) -> bool {
    let figures = |it: &Segment<'_>| (it.quantity, it.expected, it.counted, it.agreed, it.fee);
    figures(one) == figures(other) && one.pool == other.pool && one.order == other.order
}
