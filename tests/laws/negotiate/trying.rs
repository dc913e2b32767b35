//! Every deal of a small book, tried one after the other: an enumeration that owes the search nothing.

use super::books::{Points, Small};
use super::goals::Wish;
use crate::findings::day;
use dealdesk::approve::{Case, route};
use dealdesk::billing::dearest_year;
use dealdesk::book::Books;
use dealdesk::deal::{self, Deal, Draft, Take};
use dealdesk::negotiate::Offer;
use dealdesk::price::{PricedSegment, Pricing, price};
use dealdesk::source::Source;
use dealdesk::value::{Money, Rate};
use std::cmp::Ordering;
use std::collections::BTreeSet;
use std::fmt::Write;

/// What is told of an offer.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Told {
    pub level: usize,
    pub reviews: usize,
    pub tcv: Money,
    pub years: u32,
    pub months_ahead: u32,
    pub programs: BTreeSet<String>,
}

/// A deal that was tried, and that somebody can grant.
#[derive(Debug, Clone)]
pub struct Tried {
    pub told: Told,
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
            tcv: offer.tcv(),
            years: offer.commitment.years,
            months_ahead: offer.commitment.months_ahead,
            programs: offer.commitment.programs.iter().cloned().collect(),
        }
    }

    /// Whether another one is as good for us in everything.
    pub fn is_beaten_by(&self, other: &Self) -> bool {
        other.level <= self.level
            && other.reviews <= self.reviews
            && other.tcv >= self.tcv
            && other.years <= self.years
            && other.months_ahead <= self.months_ahead
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
        let claimed = self
            .programs
            .iter()
            .map(|it| if it.is_fixed { vec![0, it.most] } else { self.rates(it.most, None) });
        self.at(books, &given, &claimed.collect::<Vec<_>>())
    }

    /// The same with only these rates.
    pub fn at(&self, books: &Books, given: &[Vec<Points>], claimed: &[Vec<Points>]) -> Vec<Tried> {
        let (given, claimed) = (vectors(given), vectors(claimed));
        let mut tried = Vec::new();
        for years in self.terms() {
            for way in self.ways() {
                for claims in &claimed {
                    let text = self.asking(years, *way, claims);
                    let Ok(deal) = deal::resolve(&draft(&text), books, day()) else { continue };
                    let deals = given.iter().map(|takes| self.taking(&deal, takes));
                    tried.extend(deals.filter_map(|deal| self.granted(&deal, years, *way, claims)));
                }
            }
        }
        tried
    }

    fn asking(&self, years: u32, way: Option<&str>, claims: &[Points]) -> String {
        let way = way.map_or(String::new(), |way| format!("prepay = \"{way}\"\n"));
        let mut text = format!("term_years = {years}\n{way}");
        for (at, points) in claims.iter().enumerate().filter(|(_, points)| **points > 0) {
            let rate = rate(*points);
            writeln!(text, "[[strategic]]\nprogram = \"p{at}\"\nrate = \"{rate}\"")
                .expect("a String");
        }
        text + &self.lines()
    }

    fn taking<'b>(&self, deal: &Deal<'b>, takes: &[Points]) -> Deal<'b> {
        let book = deal.book();
        let one = |deal: Deal<'b>, (at, points): (usize, &Points)| {
            let discount = book.discount(&format!("a{at}")).expect("a discount");
            let take = match points {
                0 => Take::Nothing,
                _ if self.given[at].amount.is_some() => Take::Auto,
                points => Take::Rate(rate(*points)),
            };
            deal.with_take(discount, take)
        };
        takes.iter().enumerate().fold(deal.clone(), one)
    }

    fn granted(
        &self,
        deal: &Deal<'_>,
        years: u32,
        way: Option<&str>,
        claims: &[Points],
    ) -> Option<Tried> {
        let pricing = price(deal);
        let verdict = route(&Case { deal, pricing: &pricing });
        if !verdict.violations.is_empty() {
            return None;
        }
        let reviews: BTreeSet<_> =
            verdict.required.iter().filter_map(|it| it.ask.review.as_ref()).collect();
        let levels = verdict.required.iter().map(|it| it.ask.level.height());
        let claims = claims.iter().enumerate().filter(|(_, points)| **points > 0);
        let told = Told {
            level: levels.max().unwrap_or(0),
            reviews: reviews.len(),
            tcv: pricing.totals.tcv,
            years,
            months_ahead: if way == Some("w1") { 12 * years } else { 12 },
            programs: claims.map(|(at, _)| format!("p{at}")).collect(),
        };
        let is_at_once = told.months_ahead > 12;
        let year = match () {
            () if !self.ramps.is_empty() => dearest_year(deal, &pricing)?,
            () if is_at_once => told.tcv,
            // All years cost the same.
            () => pricing.lines[0].segments[0].net() * self.quantity,
        };
        Some(Tried { told, year, unit: dearest(&pricing), list: pricing.totals.list_tcv })
    }
}

fn dearest(pricing: &Pricing<'_>) -> Money {
    let segments = pricing.lines.iter().flat_map(|line| &line.segments);
    segments.map(PricedSegment::net).max().expect("a segment")
}

impl Tried {
    pub fn of(offer: &Offer<'_>) -> Self {
        let year = dearest_year(&offer.deal, &offer.pricing).expect("a year");
        let list = offer.pricing.totals.list_tcv;
        Self { told: Told::of(offer), year, unit: dearest(&offer.pricing), list }
    }

    /// Whether it is what a customer wishes for.
    pub fn meets(&self, wish: Wish) -> bool {
        let money = |cents: u32| Money::of_scaled(cents.into(), 2);
        match wish {
            // Held against the list price times what is left, in whole numbers.
            Wish::Discount(points) => {
                whole(self.list) * u128::from(10_000 - points) >= whole(self.told.tcv) * 10_000
            }
            Wish::Tcv(most) => self.told.tcv <= money(most),
            Wish::UnitPrice(most) => self.unit <= money(most),
            Wish::Year(most) => self.year <= money(most),
        }
    }

    /// What is left of what a wish looks at, as a fraction: the less the further it goes.
    pub fn left(&self, wish: Wish) -> (u128, u128) {
        match wish {
            Wish::Discount(_) => (whole(self.told.tcv), whole(self.list)),
            Wish::Tcv(_) => (whole(self.told.tcv), 1),
            Wish::UnitPrice(_) => (whole(self.unit), 1),
            Wish::Year(_) => (whole(self.year), 1),
        }
    }
}

/// In cents.
fn whole(money: Money) -> u128 {
    money.scaled(2).expect("whole cents").into()
}

/// Which of two fractions is smaller.
pub fn smaller(one: &(u128, u128), other: &(u128, u128)) -> Ordering {
    (one.0 * other.1).cmp(&(other.0 * one.1))
}
