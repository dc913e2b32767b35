//! What one part of a book says about another, made true.

use crate::laws::model::{Ask, Book, Given, Metric, Money, Per};

/// The same book, in which names are unlike one another, and what is referred to exists.
pub fn settled(mut book: Book) -> Book {
    let (levels, reviews) = (book.levels.len(), book.reviews.len());
    let settle = |ask: &mut Ask| {
        ask.level = ask.level.map(|level| level.min(levels));
        ask.review = ask.review.filter(|&review| review < reviews);
    };
    for (at, metric) in book.metrics.iter_mut().enumerate() {
        mark(&mut metric.name, &format!("m{at}"));
        if metric.silent_places {
            metric.places = book.currencies.minor();
        }
        settle(&mut metric.ask);
        no_finer(metric);
    }
    if !book.currencies.others.is_empty() && book.metrics.iter().all(|metric| metric.main_only) {
        // Something is sold in each currency.
        book.metrics[0].main_only = false;
    }
    let metrics = book.metrics.len();
    let by_year: Vec<_> =
        book.metrics.iter().map(|metric| matches!(metric.per, Per::Year)).collect();
    let is_once: Vec<_> =
        book.metrics.iter().map(|metric| matches!(metric.per, Per::Once(_))).collect();
    let places: Vec<_> = book.metrics.iter().map(|metric| metric.places).collect();
    let mut prepaid = false;
    for (at, discount) in book.discounts.iter_mut().enumerate() {
        mark(&mut discount.name, &format!("d{at}"));
        discount.metrics.retain(|&metric| metric < metrics);
        if let Given::ContractYear(_) = discount.given {
            discount.metrics.retain(|&metric| !is_once[metric]);
        }
        let by_year = discount.metrics.iter().all(|&metric| by_year[metric]);
        let places = discount.metrics.iter().map(|&metric| places[metric]).min().unwrap_or(6);
        if let Given::Prepay { ways, .. } = &discount.given {
            if prepaid {
                // A book has one discount by prepayment.
                discount.given = Given::Always(ways[0].1.clone());
            }
            prepaid = true;
        }
        match &mut discount.given {
            Given::Quantity(rows) | Given::Term(rows) | Given::ContractYear(rows) => {
                for (_, row) in rows {
                    settle(&mut row.ask);
                }
            }
            Given::Prepay { ways, .. } => {
                for (at, (way, row)) in ways.iter_mut().enumerate() {
                    mark(way, &format!("w{at}"));
                    settle(&mut row.ask);
                }
            }
            Given::Always(row) => settle(&mut row.ask),
            Given::Program { programs, .. } => {
                for (place, program) in programs.iter_mut().enumerate() {
                    mark(&mut program.name, &format!("p{at}-{place}"));
                    program.level = program.level.min(levels);
                    // A floor is for a year, and no finer than the prices that it holds up.
                    program.floor = program.floor.filter(|_| by_year);
                    if let Some(floor) = &mut program.floor {
                        floor.micros -= floor.micros % 10_u64.pow(6 - places);
                        floor.elsewhere = floor.elsewhere.map(|it| it - it % 1_000_000);
                    }
                    program.review = program.review.filter(|&review| review < reviews);
                }
            }
        }
    }
    for service in &mut book.services {
        service.included = book.currencies.coins(service.included);
    }
    for guardrail in &mut book.guardrails {
        settle(&mut guardrail.ask);
    }
    book
}

/// Cuts the prices of a metric to its places.
pub fn no_finer(metric: &mut Metric) {
    let unit = 10_u64.pow(6 - metric.places);
    let cut = |amount: &mut Money| {
        amount.micros -= amount.micros % unit;
        amount.elsewhere = amount.elsewhere.map(|it| it - it % 1_000_000);
    };
    let charges = metric.fee.iter_mut().chain(&mut metric.minimum);
    charges.chain(&mut metric.net_minimum).for_each(cut);
    for tier in &mut metric.tiers {
        tier.price.iter_mut().chain(&mut tier.flat).for_each(cut);
        if let Some((least, most)) = &mut tier.fee {
            cut(least);
            cut(most);
        }
    }
}

/// Makes a name unlike all others of its kind.
fn mark(name: &mut String, mark: &str) {
    name.push_str(mark);
}
