//! What an edition at a low price is limited to: the price holds within that alone.

use super::Candidate;
use crate::book::{Metric, Tier};
use crate::number::Quantity;

/// A tier with what it is limited to.
#[derive(Debug, Clone, Copy)]
pub struct EditionLimit<'b> {
    /// The tier.
    pub tier: &'b Tier,
    /// On so many hosts at most; without it, to the quantities of the tier.
    pub hosts: Option<u32>,
    /// Whether the deal keeps to it; nothing where it does not say how many hosts there are, and
    /// there can be too many.
    pub is_kept: Option<bool>,
}

impl<'b> EditionLimit<'b> {
    /// That of a tier, if it is sold for few hosts, or for few units at nothing.
    fn of(tier: &'b Tier, quantity: Quantity, hosts: Option<u32>) -> Option<Self> {
        match tier.max_hosts {
            Some(most) => {
                // A unit has no more than one host.
                let is_few = (quantity.ceil() <= u64::from(most)).then_some(true);
                let is_kept = hosts.map(|hosts| hosts <= most).or(is_few);
                Some(Self { tier, hosts: Some(most), is_kept })
            }
            None if tier.price.is_zero() && tier.fee.is_none() && tier.quantity.to().is_some() => {
                Some(Self { tier, hosts: None, is_kept: Some(true) })
            }
            None => None,
        }
    }

    /// "up to 3 hosts", "1-2 sockets".
    pub fn description(&self, metric: &Metric) -> String {
        match self.hosts {
            Some(1) => "1 host".to_owned(),
            Some(most) => format!("up to {most} hosts"),
            None => format!("{} {}", self.tier.quantity, metric.units()),
        }
    }
}

impl<'b> Candidate<'b> {
    /// The limits of what is bought, each once.
    pub fn limits(&self) -> Vec<EditionLimit<'b>> {
        let mut limits: Vec<EditionLimit<'b>> = Vec::new();
        for line in self.deal.lines() {
            // The most units first: what these keep to, fewer do.
            let mut segments: Vec<_> = line.segments().iter().collect();
            segments.sort_by_key(|segment| std::cmp::Reverse(segment.quantity()));
            for segment in segments {
                let tier = segment.list.tier;
                if limits.iter().all(|known| known.tier.rule != tier.rule) {
                    limits.extend(EditionLimit::of(tier, segment.quantity(), line.hosts));
                }
            }
        }
        limits
    }
}
