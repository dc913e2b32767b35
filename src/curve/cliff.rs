//! Orders that cost more than a larger one.

use super::{Piece, Point};
use crate::value::Money;

/// Quantities each of which costs more than a larger one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cliff {
    /// The smallest of them.
    pub from: u64,
    /// The largest.
    pub to: u64,
    /// The larger order that costs least.
    pub instead: u64,
    /// By how much the largest of them costs more than that.
    pub extra: Money,
}

/// All of them. Within a piece the total only grows, so that the first point of a piece is the cheapest
/// of it, and those that cost more than a later one are the last of theirs.
pub(super) fn all(pieces: &[Piece], priced: impl Fn(u64) -> Option<Point>) -> Vec<Cliff> {
    let mut cliffs = Vec::new();
    let mut cheapest: Option<Point> = None;
    for piece in pieces.iter().rev() {
        let ends = (piece.points.first(), piece.points.last());
        let (Some(first), Some(last)) = ends else { continue };
        if let Some(larger) = cheapest.filter(|larger| larger.total < last.total) {
            let (mut from, mut to) = (first.quantity, last.quantity);
            while from < to {
                let middle = from.midpoint(to);
                if priced(middle).is_some_and(|point| point.total > larger.total) {
                    to = middle;
                } else {
                    from = middle + 1;
                }
            }
            let (instead, extra) = (larger.quantity, last.total - larger.total);
            cliffs.push(Cliff { from, to: last.quantity, instead, extra });
        }
        if cheapest.is_none_or(|larger| first.total <= larger.total) {
            cheapest = Some(*first);
        }
    }
    cliffs.reverse();
    cliffs
}
