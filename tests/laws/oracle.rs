//! What a deal costs, worked out from its data with fractions and without the engine.

use super::exact::{Exact, Half, round, scaled, whole, zero};
use super::model::{
    Book, Cut, Deal, Discount, Given, Line, Metric, Mode, Money, Per, Program, Rate, Row, Take,
    Tier, Year,
};

/// One year of one line.
#[derive(Debug, Clone)]
pub struct PricedYear {
    pub times: Exact,
    /// The name of each step and the price after it; list first, net last.
    pub steps: Vec<(String, Exact)>,
    pub list: Charges,
    pub net: Charges,
    /// A year at the price before programs.
    pub before_programs: Exact,
}

/// What is paid with the first year, and what every year.
#[derive(Debug, Clone)]
pub struct Charges {
    pub once: Exact,
    pub annual: Exact,
}

/// Each line of the deal, year by year.
pub fn price(book: &Book, deal: &Deal) -> Vec<Vec<PricedYear>> {
    let years = |line| (0..deal.term as usize).map(move |year| price_year(book, deal, line, year));
    deal.lines.iter().map(|line| years(line).collect()).collect()
}

impl Book {
    /// What its rounding does with a half.
    pub fn half(&self) -> Half {
        if self.half_even == Some(true) { Half::Even } else { Half::Away }
    }

    fn round(&self, value: &Exact, places: u32) -> Exact {
        round(value, places, self.half())
    }
}

fn price_year(book: &Book, deal: &Deal, line: &Line, year: usize) -> PricedYear {
    let metric = &book.metrics[line.metric];
    let number = u64::try_from(year).expect("a year") + 1;
    let year = line.charged(metric, year);
    // What a fee cannot be is agreed.
    let outside = year.fee.filter(|fee| within(metric, line.edition, year) != Some(*fee));
    let year = Year { unit_price: year.unit_price.or(outside), ..year };
    let (mut list, mut times) = list(metric, line, year);
    let (mut steps, mut before_programs) = discounted(book, deal, line, (number, year), &list);
    let last = |steps: &[(String, Exact)]| steps[steps.len() - 1].1.clone();
    let floor = exclusive(book, deal, line.metric).and_then(|(_, program, _)| program.floor);
    if let Some(floor) = floor.map(Money::exact)
        && book.round(&last(&steps), metric.places) * &times < floor
    {
        (list, times) = (list * times, whole(1));
        (steps, before_programs) = discounted(book, deal, line, (number, year), &list);
        if last(&steps) < floor {
            steps.push(("floor".to_owned(), floor));
        }
    }
    let minimum = metric.net_minimum.map(Money::exact).filter(|_| list != zero());
    if let Some(minimum) = minimum.filter(|minimum| last(&steps) < *minimum) {
        steps.push(("minimum".to_owned(), minimum));
    }
    let negotiated = year.unit_price.map(|asked| scaled(asked, 6));
    if let Some(asked) = negotiated.filter(|asked| *asked != last(&steps)) {
        steps.push(("negotiated".to_owned(), asked));
    }
    let net = book.round(&last(&steps), metric.places);
    if net != last(&steps) {
        steps.push(("rounding".to_owned(), net.clone()));
    }
    let charges = |price: &Exact| charges(book, metric, price, &times);
    let share =
        if let Per::Once(maintenance) = metric.per { maintenance.exact() } else { whole(1) };
    PricedYear {
        list: charges(&list),
        net: charges(&net),
        before_programs: before_programs * &times * share * whole(metric.per.times()),
        times,
        steps,
    }
}

/// What so many of one price cost, in coins. Maintenance is a share of what the licenses cost.
pub fn charges(book: &Book, metric: &Metric, price: &Exact, times: &Exact) -> Charges {
    let coins = |amount: Exact| book.round(&amount, book.currencies.minor());
    if let Per::Once(maintenance) = metric.per {
        let once = coins(price * times);
        let annual = coins(&once * maintenance.exact());
        Charges { once, annual }
    } else {
        let annual = if metric.per.is_by_month() {
            coins(price * times) * whole(12)
        } else {
            coins(price * times * whole(metric.per.times()))
        };
        Charges { once: zero(), annual }
    }
}

impl Per {
    fn times(self) -> u64 {
        match self {
            Self::Hour(hours) => u64::from(hours) * 12,
            Self::Month | Self::Use => 12,
            Self::Year | Self::Once(_) => 1,
        }
    }
}

/// The claim that excludes every other discount of a metric: its place, its program, its rate.
pub fn exclusive<'m>(
    book: &'m Book,
    deal: &Deal,
    metric: usize,
) -> Option<((usize, usize), &'m Program, Rate)> {
    deal.claims.iter().find_map(|claim| {
        let discount = &book.discounts[claim.program.0];
        let program = &discount.programs()[claim.program.1];
        let rate = claim.rate.or(program.fixed.then_some(program.max_rate))?;
        let alone = program.exclusive && rate.millionths > 0 && discount.metrics.contains(&metric);
        alone.then_some((claim.program, program, rate))
    })
}

/// The steps from list through every discount, and the price before the first program.
fn discounted(
    book: &Book,
    deal: &Deal,
    line: &Line,
    (number, year): (u64, Year),
    list: &Exact,
) -> (Vec<(String, Exact)>, Exact) {
    let only = exclusive(book, deal, line.metric).map(|(place, ..)| place);
    let mut steps = vec![("list".to_owned(), list.clone())];
    let mut price = list.clone();
    let mut before_programs = None;
    for (at, discount) in book.discounts.iter().enumerate() {
        let negotiable = matches!(discount.given, Given::Program { .. });
        if negotiable {
            before_programs.get_or_insert(price.clone());
        }
        if !discount.metrics.contains(&line.metric) {
            continue;
        }
        let cuts = match (negotiable, year.unit_price) {
            // What is free has no discount.
            _ if *list == zero() => Vec::new(),
            (false, _) if only.is_some() => Vec::new(),
            (false, _) => automatic(deal, at, discount, (number, year)).into_iter().collect(),
            (true, None) => claimed(book, deal, at, only),
            (true, Some(_)) => Vec::new(),
        };
        for cut in cuts {
            let off = match cut {
                Off::Share(share) => share * if discount.off_list { list } else { &price },
                Off::Amount(amount) => amount,
            };
            price = (&price - off).max(zero());
            steps.push((discount.name.clone(), price.clone()));
        }
    }
    (steps, before_programs.unwrap_or(price))
}

/// The fee of a year, as far as its range goes.
fn within(metric: &Metric, edition: Option<usize>, year: Year) -> Option<u64> {
    let landed = metric.tiers.iter().position(|tier| tier.range.contains(year.landing()));
    let (least, most) = metric.tiers[edition.or(landed)?].fee?;
    Some(year.fee.unwrap_or(least.micros).max(least.micros).min(most.micros))
}

/// The list price, and how many of it the line takes.
fn list(metric: &Metric, line: &Line, year: Year) -> (Exact, Exact) {
    if let Some((committed, overage)) = line.committed_apart(metric, year) {
        // What is committed finds the range, and pays its price.
        let least = Year { quantity: committed, ..year };
        let landed = metric.tiers.iter().position(|tier| tier.range.contains(least.landing()));
        let tier = &metric.tiers[line.edition.or(landed).expect("a quantity that is sold")];
        let money = |amount: Option<Money>| amount.map_or_else(zero, Money::exact);
        let (price, beyond) = (money(tier.price), scaled(year.quantity - committed, 3));
        let charged = &price * scaled(committed, 3) + price * scaled(overage.into(), 4) * beyond;
        let charged = charged + money(tier.flat) + money(metric.fee);
        return (charged.max(money(metric.minimum)), whole(1));
    }
    let edition = line.edition;
    if let Some(fee) = within(metric, edition, year) {
        return (scaled(fee, 6), whole(1));
    }
    let quantity = scaled(year.quantity, 3);
    let landed = metric.tiers.iter().position(|tier| tier.range.contains(year.landing()));
    let tier = &metric.tiers[edition.or(landed).expect("a quantity that is sold")];
    let packages = |size: u32, included: u32| {
        let beyond = year.quantity.saturating_sub(u64::from(included) * 1000);
        whole(beyond.div_ceil(u64::from(size) * 1000))
    };
    let price = |tier: &Tier| tier.price.map_or_else(zero, Money::exact);
    let flat = |tier: &Tier| tier.flat.map_or_else(zero, Money::exact);
    let plain = !metric.is_whole(edition, year);
    let charged = match metric.mode {
        Mode::Volume if plain => return (price(tier), quantity),
        Mode::Package { size, included } if plain => {
            return (price(tier), packages(size, included));
        }
        Mode::Volume => price(tier) * quantity + flat(tier),
        Mode::Package { size, included } => price(tier) * packages(size, included) + flat(tier),
        Mode::Graduated => metric.tiers.iter().enumerate().fold(zero(), |sum, (at, tier)| {
            let from = tier.range.from.saturating_sub(1) * 1000;
            let upto = tier.range.to.map_or(year.quantity, |to| year.quantity.min(to * 1000));
            if at > 0 && upto <= from {
                return sum;
            }
            sum + price(tier) * scaled(upto.saturating_sub(from), 3) + flat(tier)
        }),
    };
    let charged = charged + metric.fee.map_or_else(zero, Money::exact);
    (charged.max(metric.minimum.map_or_else(zero, Money::exact)), whole(1))
}

enum Off {
    Share(Exact),
    Amount(Exact),
}

/// What a discount of the book gives, as far as the deal takes it.
fn automatic(deal: &Deal, at: usize, discount: &Discount, year: (u64, Year)) -> Option<Off> {
    // A step for a longer commitment is not earned.
    let is_earned = |row: &&Row| row.min_years.is_none_or(|least| deal.term >= least);
    let row = row(discount, deal, year).filter(is_earned)?;
    let take = deal.takes.iter().find(|(taken, _)| *taken == at).map_or(Take::Auto, |take| take.1);
    let off = match (row.cut, take) {
        (_, Take::Nothing) => return None,
        (Cut::Rate(rate), Take::Rate(most)) => Off::Share(rate.exact().min(most.exact())),
        (Cut::Rate(rate), Take::Auto) => Off::Share(rate.exact()),
        (Cut::Amount(amount), _) => Off::Amount(amount.exact()),
    };
    let nothing = matches!(&off, Off::Share(off) | Off::Amount(off) if *off == zero());
    (!nothing).then_some(off)
}

/// The row that a year with its number gets.
pub fn row<'m>(
    discount: &'m Discount,
    deal: &Deal,
    (number, year): (u64, Year),
) -> Option<&'m Row> {
    let within = |rows: &'m [(super::model::Range, Row)], number: u64| {
        rows.iter().find(|(range, _)| range.contains(number)).map(|(_, row)| row)
    };
    match &discount.given {
        Given::Quantity(rows) => within(rows, year.landing()),
        Given::Term(rows) => within(rows, deal.term.into()),
        Given::ContractYear(rows) => within(rows, number),
        Given::Prepay { ways, standard } => Some(&ways[deal.prepay.unwrap_or(*standard)].1),
        Given::Always(row) => Some(row),
        Given::Program { .. } => None,
    }
}

/// What the claims on a discount take off; those beside an exclusive one, nothing.
fn claimed(book: &Book, deal: &Deal, at: usize, only: Option<(usize, usize)>) -> Vec<Off> {
    let claims = deal
        .claims
        .iter()
        .filter(|claim| claim.program.0 == at && only.is_none_or(|only| only == claim.program));
    let rates = claims.filter_map(|claim| {
        let program = &book.discounts[at].programs()[claim.program.1];
        claim.rate.or(program.fixed.then_some(program.max_rate))
    });
    rates.filter(|rate| rate.millionths > 0).map(|rate| Off::Share(rate.exact())).collect()
}
