//! Every deal of a small book, tried one after the other: an enumeration that owes the search nothing.

use super::books::{Points, Small};
use super::goals::Wish;
use super::paying::Manner;
use crate::findings::day;
use dealdesk::answer::negotiate::Offer;
use dealdesk::approve::{PricedDeal, route};
use dealdesk::book::Books;
use dealdesk::deal;
use dealdesk::deal::{Deal, DiscountOverride, Draft};
use dealdesk::number::{Money, Rate};
use dealdesk::price::{Pricing, price};
use dealdesk::quote::billing::largest_year_invoiced;
use dealdesk::text::source::Source;
use std::cmp::Ordering;
use std::collections::BTreeSet;
use std::fmt::Write;

/// What is told of an offer.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Told {
    pub level: usize,
    pub reviews: usize,
    /// What we keep: the contract, or what its payments are worth.
    pub kept: Money,
    pub years: u32,
    pub months_ahead: u32,
    pub days_to_pay: u32,
    pub programs: BTreeSet<String>,
}

/// A deal that was tried, and that somebody can grant.
#[derive(Debug, Clone)]
pub struct Tried {
    pub told: Told,
    pub tcv: Money,
    /// Its dearest unit, and its dearest year.
    pub unit: Money,
    pub year: Money,
    pub list: Money,
}

impl Told {
    pub fn of(offer: &Offer<'_>) -> Self {
        Self {
            level: offer.level().height(),
            reviews: offer.verdict.reviews().len(),
            kept: offer.present_value_kept(),
            years: offer.commitment.years,
            months_ahead: offer.commitment.months_ahead,
            days_to_pay: offer.commitment.days_to_pay,
            programs: offer.commitment.programs.iter().cloned().collect(),
        }
    }

    /// Whether another one is as good for us in everything.
    pub fn is_beaten_by(&self, other: &Self) -> bool {
        other.level <= self.level
            && other.reviews <= self.reviews
            && other.kept >= self.kept
            && other.years <= self.years
            && other.months_ahead <= self.months_ahead
            && other.days_to_pay >= self.days_to_pay
            && other.programs.is_subset(&self.programs)
    }
}

/// Those that no other one is as good as.
pub fn frontier(told: impl IntoIterator<Item = Told>) -> BTreeSet<Told> {
    let all: BTreeSet<Told> = told.into_iter().collect();
    let is_best = |it: &&Told| !all.iter().any(|other| other != *it && it.is_beaten_by(other));
    all.iter().filter(is_best).cloned().collect()
}

/// Every vector that has one of the rates of each row.
fn vectors(rows: &[Vec<Points>]) -> Vec<Vec<Points>> {
    rows.iter().fold(vec![Vec::new()], |vectors, row| {
        let longer = |vector: &Vec<Points>| {
            row.iter().map(|rate| [vector.as_slice(), &[*rate]].concat()).collect::<Vec<_>>()
        };
        vectors.iter().flat_map(longer).collect()
    })
}

pub fn draft(text: &str) -> Draft {
    deal::read(&Source::file("deal.toml", text))
}

pub fn rate(points: Points) -> Rate {
    Rate::of_millionths(100 * points)
}

impl Small {
    /// Every deal that somebody can grant, with each discount at each of its rates.
    pub fn tried(&self, books: &Books) -> Vec<Tried> {
        let given: Vec<_> = self
            .given
            .iter()
            .map(|it| match it.amount {
                Some(_) => vec![0, 1],
                None => self.rates(it.rate, it.otherwise),
            })
            .collect();
        let claimed = self.programs.iter().map(|it| {
            if it.is_fixed { vec![0, it.most] } else { self.rates(it.most, it.includes.map(|_| 1)) }
        });
        self.at(books, &given, &claimed.collect::<Vec<_>>())
    }

    /// The same with only these rates.
    pub fn at(&self, books: &Books, given: &[Vec<Points>], claimed: &[Vec<Points>]) -> Vec<Tried> {
        let (given, claimed) = (vectors(given), vectors(claimed));
        let mut tried = Vec::new();
        for years in self.terms() {
            for way in self.ways() {
                let manner = Manner::of(self, years, way);
                for claims in &claimed {
                    let text = self.asking(&manner, claims);
                    let Ok(deal) = deal::resolve(&draft(&text), books, day()) else { continue };
                    let deals = given.iter().map(|takes| self.taking(&deal, takes));
                    tried.extend(deals.filter_map(|deal| self.granted(&deal, &manner, claims)));
                }
            }
        }
        tried
    }

    fn asking(&self, manner: &Manner, claims: &[Points]) -> String {
        let mut text =
            format!("term_years = {}\n{}{}", manner.years, self.head(), manner.way.keys());
        for (at, points) in claims.iter().enumerate().filter(|(_, points)| **points > 0) {
            let rate = rate(*points);
            let _ = write!(text, "[[strategic]]\nprogram = \"p{at}\"\nrate = \"{rate}\"\n");
        }
        text + &self.lines()
    }

    fn taking<'b>(&self, deal: &Deal<'b>, takes: &[Points]) -> Deal<'b> {
        let book = deal.book();
        let one = |deal: Deal<'b>, (at, points): (usize, &Points)| {
            let discount = book.discount(&format!("a{at}")).expect("a discount");
            let take = match points {
                0 => DiscountOverride::Withheld,
                _ if self.given[at].amount.is_some() => DiscountOverride::Auto,
                points => DiscountOverride::Rate(rate(*points)),
            };
            deal.with_take(discount, take)
        };
        takes.iter().enumerate().fold(deal.clone(), one)
    }

    fn granted(&self, deal: &Deal<'_>, manner: &Manner, claims: &[Points]) -> Option<Tried> {
        let pricing = price(deal);
        let verdict = route(&PricedDeal { deal, pricing: &pricing });
        if !verdict.violations.is_empty() {
            return None;
        }
        let reviews: BTreeSet<_> =
            verdict.required.iter().filter_map(|it| it.approval.review.as_ref()).collect();
        let levels = verdict.required.iter().map(|it| it.approval.level.height());
        let claims = claims.iter().enumerate().filter(|(_, points)| **points > 0);
        let tcv = pricing.totals.tcv;
        // All years cost the same, but those of a ramp.
        let is_ramp = !self.ramps.is_empty();
        let annual = pricing.lines[0].segments[0].net() * self.quantity;
        let told = Told {
            level: levels.max().unwrap_or(0),
            reviews: reviews.len(),
            kept: if is_ramp { tcv } else { manner.kept(annual) },
            years: manner.years,
            months_ahead: manner.way.months_ahead(manner.years),
            days_to_pay: self.days_to_pay(manner.way),
            programs: claims.map(|(at, _)| format!("p{at}")).collect(),
        };
        let year = match manner.way.billed() {
            _ if is_ramp => largest_year_invoiced(deal, &pricing)?,
            "at-once" => tcv,
            _ => annual,
        };
        Some(Tried { told, tcv, year, unit: dearest(&pricing), list: pricing.totals.list_tcv })
    }
}

fn dearest(pricing: &Pricing<'_>) -> Money {
    let segments = pricing.lines.iter().flat_map(|line| &line.segments);
    segments.map(dealdesk::price::PricedSegment::net).max().expect("a segment")
}

impl Tried {
    pub fn of(offer: &Offer<'_>) -> Self {
        let year = largest_year_invoiced(&offer.deal, &offer.pricing).expect("a year");
        let list = offer.pricing.totals.list_tcv;
        Self { told: Told::of(offer), tcv: offer.tcv(), year, unit: dearest(&offer.pricing), list }
    }

    /// Whether it is what a customer wishes for.
    pub fn meets(&self, wish: Wish) -> bool {
        let money = |cents: u32| Money::of_scaled(cents.into(), 2);
        match wish {
            // Held against the list price times what is left, in whole numbers.
            Wish::Discount(points) => {
                whole(self.list) * u128::from(10_000 - points) >= whole(self.tcv) * 10_000
            }
            Wish::Tcv(most) => self.tcv <= money(most),
            Wish::UnitPrice(most) => self.unit <= money(most),
            Wish::Year(most) => self.year <= money(most),
        }
    }

    /// What is left of what a wish looks at, as a fraction: the less the further it goes.
    pub fn left(&self, wish: Wish) -> (u128, u128) {
        match wish {
            Wish::Discount(_) => (whole(self.tcv), whole(self.list)),
            Wish::Tcv(_) => (whole(self.tcv), 1),
            Wish::UnitPrice(_) => (whole(self.unit), 1),
            Wish::Year(_) => (whole(self.year), 1),
        }
    }
}

/// In cents.
pub fn whole(money: Money) -> u128 {
    money.scaled(2).expect("whole cents").into()
}

/// Which of two fractions is smaller.
pub fn smaller(one: &(u128, u128), other: &(u128, u128)) -> Ordering {
    (one.0 * other.1).cmp(&(other.0 * one.1))
}
