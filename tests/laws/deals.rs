//! Random deals on a book, most of which it can price.

use super::model::{Book, Claim, Deal, Given, Line, Per, Rate, Style, Take, Year};
use super::prices::{rate, word};
use proptest::collection::vec;
use proptest::option::{of, weighted};
use proptest::prelude::*;
use proptest::sample::Index;

const NOTHING: Rate = Rate { millionths: 0, style: Style::Quoted };

/// What is asked for, before it is known of which book.
#[derive(Debug, Clone)]
pub struct Wish {
    customer: Option<String>,
    term: u32,
    prepay: Option<Index>,
    lines: Vec<WishedLine>,
    takes: Vec<Option<Take>>,
    claims: Vec<(Index, Option<Rate>, bool, Option<u32>)>,
    incumbent: bool,
    /// Values in hundredths.
    services: Vec<Option<u64>>,
    /// Every price is negotiated.
    agreed: bool,
}

#[derive(Debug, Clone)]
struct WishedLine {
    metric: Index,
    edition: Option<Index>,
    hosts: Option<u32>,
    ramp: bool,
    committed: Option<WishedYear>,
    /// Years take turns with these.
    turns: Vec<WishedYear>,
    /// How many years each turn lasts.
    lasting: u32,
}

#[derive(Debug, Clone)]
struct WishedYear {
    tier: Index,
    offset: u64,
    fraction: u64,
    /// A negotiated price: thousandths of the price in the list, and millionths more.
    price: Option<(u64, u64)>,
}

/// Any wish.
pub fn wish() -> impl Strategy<Value = Wish> {
    let term = prop_oneof![6 => 1..=5_u32, 1 => 1..=30_u32];
    let take = prop_oneof![Just(Take::Auto), Just(Take::Nothing), rate().prop_map(Take::Rate)];
    let claim = (
        any::<Index>(),
        weighted(0.8, prop_oneof![5 => rate(), 1 => Just(NOTHING)]),
        any::<bool>(),
        of(1..20_u32),
    );
    let lines = prop_oneof![3 => vec(line(), 1..=2), 1 => vec(line(), 1..=5)];
    let asks = (vec(weighted(0.3, take), 5), vec(claim, 0..=2));
    let flags = (any::<bool>(), prop::bool::weighted(0.15));
    let bought = (lines, vec(weighted(0.3, 0..30_000_000_u64), 2));
    (of(word()), term, of(any::<Index>()), bought, asks, flags).prop_map(
        |(customer, term, prepay, bought, (takes, claims), (incumbent, agreed))| {
            let customer = customer.map(|word| word + "¡");
            let (lines, services) = bought;
            Wish { customer, term, prepay, lines, takes, claims, incumbent, services, agreed }
        },
    )
}

fn line() -> impl Strategy<Value = WishedLine> {
    let offset = prop_oneof![3 => 0..200_u64, 1 => Just(0), 1 => 0..100_000_u64];
    let price = (prop_oneof![Just(1000), 0..1200_u64], prop_oneof![Just(0), 0..1_000_000_u64]);
    let year = (any::<Index>(), offset, 0..1000_u64, weighted(0.15, price))
        .prop_map(|(tier, offset, fraction, price)| WishedYear { tier, offset, fraction, price });
    let sold = (any::<Index>(), weighted(0.2, any::<Index>()), weighted(0.3, 1..10_u32));
    let years = (prop::bool::weighted(0.4), weighted(0.5, year.clone()), vec(year, 1..=3));
    (sold, years, 1..4_u32).prop_map(
        |((metric, edition, hosts), (ramp, committed, turns), lasting)| WishedLine {
            metric,
            edition,
            hosts,
            ramp,
            committed,
            turns,
            lasting,
        },
    )
}

impl Wish {
    /// The wish as a deal of that book.
    pub fn of(&self, book: &Book) -> Deal {
        let lines = self.lines.iter().map(|line| line.of(book, self.term, self.agreed));
        let mut lines: Vec<Line> = lines.fold(Vec::new(), |mut lines, line| {
            // Use beyond a commitment is that of one line.
            let is_apart = book.metrics[line.metric].overage().is_some();
            if !is_apart || lines.iter().all(|known| known.metric != line.metric) {
                lines.push(line);
            }
            lines
        });
        let ways = book.ways().len();
        let automatic = book.discounts.iter().enumerate();
        let automatic = automatic.filter(|(_, it)| !matches!(it.given, Given::Program { .. }));
        let takes = automatic.zip(&self.takes).filter_map(|((at, discount), take)| {
            let possible = discount.takes_rates() || !matches!(take, Some(Take::Rate(_)));
            Some((at, take.filter(|_| possible)?))
        });
        let claims = self.claims(book, &mut lines);
        let services = self.services.iter().enumerate().take(book.services.len());
        let services =
            services.filter_map(|(at, value)| Some((at, book.currencies.coins((*value)?))));
        Deal {
            customer: self.customer.clone(),
            incumbent: self.incumbent.then(|| "rival0".to_owned()),
            term: self.term,
            prepay: self.prepay.filter(|_| ways > 0).map(|way| way.index(ways)),
            takes: takes.collect(),
            claims,
            services: services.collect(),
            lines,
        }
    }

    /// The claims, and the lines without the agreed prices that cannot stand beside them.
    fn claims(&self, book: &Book, lines: &mut [Line]) -> Vec<Claim> {
        let discounts = book.discounts.iter().enumerate();
        let programs: Vec<(usize, usize)> = discounts
            .flat_map(|(at, it)| (0..it.programs().len()).map(move |program| (at, program)))
            .collect();
        let mut claims: Vec<Claim> = Vec::new();
        for (index, rate, dutiful, count) in self.claims.iter().filter(|_| !programs.is_empty()) {
            let program = programs[index.index(programs.len())];
            if claims.iter().any(|claim| claim.program == program) {
                continue;
            }
            let discount = &book.discounts[program.0];
            let chosen = &discount.programs()[program.1];
            let mine = |line: &&mut Line| discount.metrics.contains(&line.metric);
            if chosen.exclusive {
                // It fixes the prices of its lines.
                for year in lines.iter_mut().filter(mine).flat_map(|line| &mut line.years) {
                    year.unit_price = None;
                }
            }
            let duties = if *dutiful { chosen.duties.clone() } else { Vec::new() };
            claims.push(Claim { program, rate: *rate, duties, count: *count });
        }
        for claim in &mut claims {
            let discount = &book.discounts[claim.program.0];
            let chosen = &discount.programs()[claim.program.1];
            let agreed = |line: &Line| line.years.iter().all(|year| year.unit_price.is_some());
            let mut mine =
                lines.iter().filter(|line| discount.metrics.contains(&line.metric)).peekable();
            let all_agreed = mine.peek().is_some() && mine.all(agreed);
            let any_agreed = lines.iter().flat_map(|line| &line.years);
            let implied = any_agreed.clone().any(|year| year.unit_price.is_some()) || chosen.fixed;
            claim.rate = match claim.rate {
                // The prices already say what the program gives.
                Some(rate) if all_agreed && rate.millionths > 0 => None,
                None if !implied => Some(NOTHING),
                rate => rate,
            };
        }
        claims
    }
}

impl WishedLine {
    fn of(&self, book: &Book, term: u32, agreed: bool) -> Line {
        let metric = self.metric.index(book.metrics.len());
        let editions: Vec<_> = (0..book.metrics[metric].tiers.len())
            .filter(|&tier| book.metrics[metric].tiers[tier].edition.is_some())
            .collect();
        let edition = self.edition.filter(|_| !editions.is_empty());
        let edition = edition.map(|index| editions[index.index(editions.len())]);
        // What is bought once cannot grow.
        let ramp = self.ramp && !matches!(book.metrics[metric].per, Per::Once(_));
        let years = (0..if ramp { term } else { 1 }).map(|year| {
            let turn = (year / self.lasting) as usize % self.turns.len();
            let wished = self.turns[turn].clone();
            let price = wished.price.or(agreed.then_some((900, 0)));
            WishedYear { price, ..wished }.of(book, metric, edition)
        });
        let committed = self.committed.as_ref().map(|it| it.of(book, metric, edition).quantity);
        // Hosts are for a metric with an edition for so many.
        let is_limited = book.metrics[metric].tiers.iter().any(|tier| tier.max_hosts.is_some());
        let hosts = self.hosts.filter(|_| is_limited);
        let years = years.collect();
        let mut line = Line { metric, edition, hosts, committed, years, ramp };
        let metric = &book.metrics[metric];
        for at in 0..line.years.len() {
            // What is committed can be priced as a whole where what is used is not.
            if line.is_whole(metric, line.charged(metric, at)) {
                line.years[at].unit_price = None;
            }
        }
        line
    }
}

impl WishedYear {
    fn of(&self, book: &Book, metric: usize, edition: Option<usize>) -> Year {
        let metric = &book.metrics[metric];
        let tier = &metric.tiers[self.tier.index(metric.tiers.len())];
        let width = tier.range.to.map_or(1_000_000, |to| to - tier.range.from + 1);
        let landing = tier.range.from + self.offset % width;
        let fraction = if metric.fractional && landing > 0 { self.fraction } else { 0 };
        let list = tier.price.map_or(0, |price| price.micros);
        let price = |(share, more): (u64, u64)| {
            metric.agreed((list / 1000 * share + more).min(999_999_999_999_999_999))
        };
        let quantity = landing * 1000 - fraction;
        let year = Year { quantity, unit_price: self.price.map(price), fee: None };
        // A line that is priced as a whole has no unit price to agree on.
        let whole = metric.is_whole(edition, year);
        let landed = metric.tiers.iter().position(|tier| tier.range.contains(year.landing()));
        let range = edition.or(landed).and_then(|tier| metric.tiers[tier].fee);
        let fee = range.and_then(|(least, most)| {
            // Inside the range, below it or above; one amount need not be named.
            let named = self.price.map(|(share, _)| least.micros / 1000 * share);
            let named = named
                .or((least.micros != most.micros).then_some(least.micros.midpoint(most.micros)));
            named.map(|fee| metric.agreed(fee))
        });
        Year { unit_price: year.unit_price.filter(|_| !whole), fee, ..year }
    }
}
