//! Limits of an edition at a low price: the most hosts or units for which the price holds.

use super::candidate::Candidate;
use crate::book::{Metric, Tier};
use crate::number::Quantity;

#[derive(Debug, Clone, Copy)]
pub struct EditionLimit<'b> {
    pub tier: &'b Tier,
    /// The most hosts; `None` where the limit is the largest quantity of the tier.
    pub hosts: Option<u32>,
    /// Whether the deal keeps to the limit; `None` where the deal does not give its hosts and could
    /// have too many.
    pub is_kept: Option<bool>,
}

impl<'b> EditionLimit<'b> {
    /// Returns the limit of a tier that is sold for a few hosts, or is free for a few units.
    fn of(tier: &'b Tier, quantity: Quantity, hosts: Option<u32>) -> Option<Self> {
        match tier.max_hosts {
            Some(most) => {
                // Each unit is on one host at most, so few units are on few hosts.
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

    /// Formats the limit: "up to 3 hosts", "1-2 sockets".
    pub fn description(&self, metric: &Metric) -> String {
        match self.hosts {
            Some(1) => "1 host".to_owned(),
            Some(most) => format!("up to {most} hosts"),
            None => format!("{} {}", self.tier.quantity, metric.units),
        }
    }
}

impl<'b> Candidate<'b> {
    /// Returns the limits of the tiers that the candidate buys, each once.
    pub fn limits(&self) -> Vec<EditionLimit<'b>> {
        let mut limits: Vec<EditionLimit<'b>> = Vec::new();
        for line in self.deal.lines() {
            // Largest quantity first: a limit that it keeps to holds for smaller ones too.
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
