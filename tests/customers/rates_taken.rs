//! Deals that together get a discount which needs approval, and take no more of it than needs none.

use super::{acme, splits};
use crate::pipeline::BOOK;
use crate::support::{DAY, OUR_BOOK};

const NONE: [&str; 0] = [];

/// 600 sockets cost $3,000 x 0.85 = $2,550, and 1,200 cost $2,550 without the VP, who gives 20% from 1,000 on: no
/// approval is avoided.
#[test]
fn deals_at_the_rate_without_approval_avoid_nothing() {
    let auto = acme("socket", 600, "");
    let stated = format!("{auto}[discount]\nvolume = \"15%\"\n");
    let longer = acme("socket", 600, "term_years = 2");
    for deals in [[&auto, &auto], [&auto, &stated], [&stated, &stated], [&auto, &longer]] {
        assert_eq!(splits(OUR_BOOK, DAY, &deals.map(String::as_str)), NONE, "{deals:?}");
    }
    assert_eq!(splits(OUR_BOOK, DAY, &[&auto, &auto, &longer]), NONE);
}

/// 400 sockets cost $2,500 x 0.90 = $2,250 and 999 cost $2,550. As one deal without the VP, all of them cost $2,550: the
/// 400 cost less apart, and the VP is asked for together, whatever a third deal pays. At 20% they cost $2,400, so that
/// all cost no less together: 1,399 x $2,400 = $3,357,600, and $2,547,450 + $900,000 apart.
#[test]
fn a_line_that_costs_less_apart_has_avoided_the_approval() {
    let (large, small) = (acme("socket", 999, ""), acme("socket", 400, ""));
    assert_eq!(splits(OUR_BOOK, DAY, &[&large, &small]), ["volume.1000+: 1 2"]);
    let full = acme("socket", 600, "") + "unit_price = \"3000.00\"\n";
    let told = splits(OUR_BOOK, DAY, &[&large, &small, &full]);
    assert!(told.contains(&"volume.1000+: 1 2 3".to_owned()), "{told:?}");
}

/// The 5% of 50 boxes need the VP, or those beyond 3% do. 30 and 30 take nothing apart: they have avoided the approval
/// of the quantity, and take none of a rate that needs one.
#[test]
fn an_approval_of_the_quantity_is_asked_for_at_any_rate() {
    let deal = acme("box", 30, "");
    assert_eq!(splits(BOOK, DAY, &[&deal, &deal]), ["volume.50+: 1 2"]);
    let free = BOOK.replacen("approval = \"vp\" }", "approval = \"vp\", otherwise = \"3%\" }", 1);
    assert_ne!(free, BOOK);
    assert_eq!(splits(&free, DAY, &[&deal, &deal]), NONE);
}

/// 5% from 50 boxes on need nobody beyond 3%. 30 boxes at a negotiated $96.00 each, where the book has $100.00, cost
/// less than the $97.00 that 60 cost without approval; at $97.00 they cost as much.
#[test]
fn a_negotiated_price_below_the_rate_without_approval_is_told() {
    let free = BOOK.replacen("approval = \"vp\" }", "approval = \"vp\", otherwise = \"3%\" }", 1);
    let at = |price: &str| acme("box", 30, "") + &format!("unit_price = \"{price}\"\n");
    assert!(
        splits(&free, DAY, &[&at("96.00"), &at("96.00")]).contains(&"volume.50+: 1 2".to_owned())
    );
}

/// Where each line counts by itself, deals are judged with their lines merged: 30 and 30 as 60.
#[test]
fn lines_that_are_merged_take_no_more_either() {
    let free = BOOK.replacen("approval = \"vp\" }", "approval = \"vp\", otherwise = \"3%\" }", 1);
    let by_line = free.replacen("[metric.box]\n", "[metric.box]\ncounted = \"line\"\n", 1);
    let deal = acme("box", 30, "");
    assert_eq!(splits(&by_line, DAY, &[&deal, &deal]), NONE);
}
