//! What a metric costs in a year is rounded to the coin once, and shared out to its lines.

use super::exact::{exact, round, whole, zero};
use super::world::{World, world};
use crate::support::OUR_BOOK;
use dealdesk::book::{PriceBasis, PricePeriod};
use dealdesk::deal::Deal;
use dealdesk::number::{Date, Money};
use dealdesk::price::PartnerDeal;
use dealdesk::price::{PricedLine, PricedSegment, Pricing, price};
use dealdesk::quote::quote;
use proptest::prelude::*;
use std::collections::BTreeMap;

/// The world with lines that count together.
fn counted_together(mut world: World) -> World {
    for metric in &mut world.book.metrics {
        metric.counts_all_lines = true;
    }
    world
}

fn are_coins(deal: &Deal<'_>, amounts: impl IntoIterator<Item = Money>) -> bool {
    let minor = deal.book().currency().minor;
    amounts.into_iter().all(|amount| amount.decimals() <= minor)
}

/// Every amount of a segment that somebody pays.
fn paid(segment: &PricedSegment<'_>) -> Vec<Money> {
    let (list, net) = (segment.at_list, segment.at_net);
    let stubs = [segment.stub_at_list, segment.stub];
    let policy = segment.policy.map(|policy| policy.tcv);
    [list.once, list.annual, net.once, net.annual].into_iter().chain(stubs).chain(policy).collect()
}

/// The years of the lines that have one price for each unit, by year, metric, range and net price.
type SamePrices<'p, 'b> = BTreeMap<(usize, &'p str, String, Money), Vec<&'p PricedSegment<'b>>>;

fn same_prices<'p, 'b>(pricing: &'p Pricing<'b>) -> SamePrices<'p, 'b> {
    let mut same = SamePrices::new();
    for line in &pricing.lines {
        let years = line.segments.iter();
        let years = years.flat_map(|it| std::iter::repeat_n(it, it.length.years() as usize));
        for (year, segment) in years.enumerate() {
            if segment.list.basis == PriceBasis::Unit {
                let range = segment.list.tier.quantity().to_string();
                let key = (year, line.line.metric().name(), range, segment.net());
                same.entry(key).or_default().push(segment);
            }
        }
    }
    same
}

proptest! {
    #![proptest_config(super::cases(300))]

    /// All that is paid is whole coins, at list and net, by the customer and by a partner.
    #[test]
    fn everything_paid_is_whole_coins(world in world(), together in any::<bool>()) {
        let mut world = if together { counted_together(world) } else { world };
        world.deal.claims.truncate(1);
        let books = super::world::load(
            &(world.book.toml() + "[channel.c]\ntitle = \"C\"\nrate = \"0%-40%\"\nbase = \"list\"\n"),
        );
        let partner = "[channel]\nname = \"c\"\nrate = \"33.3333%\"\n";
        let text = world.deal.toml(&world.book) + partner;
        let Ok(deal) = super::world::resolve(&text, &books) else { return Ok(()) };
        let quote = quote(&deal);
        let pricing = &quote.pricing;
        for segment in pricing.lines.iter().flat_map(|line| &line.segments) {
            prop_assert!(are_coins(&deal, paid(segment)), "{:?}", segment);
        }
        let Some(PartnerDeal::Resale(resale)) = &quote.partner else {
            return Err(TestCaseError::fail("no partner"));
        };
        for resold in resale.lines.iter().flatten() {
            let charges = [resold.charges.once, resold.charges.annual, resold.stub];
            prop_assert!(are_coins(&deal, charges), "{:?}", resold);
        }
        let totals = pricing.totals;
        prop_assert!(are_coins(&deal, [totals.tcv, totals.list_tcv, totals.arr, totals.once]));
        let lines: Money = pricing.lines.iter().map(|line| line.tcv).sum();
        prop_assert_eq!(lines + pricing.services_price(), totals.tcv);
    }

    /// Lines that count together at one price cost the rounded price of all of their units, and no line is a
    /// coin or more off its own.
    #[test]
    fn lines_at_one_price_are_rounded_together(world in world()) {
        let world = counted_together(world);
        let books = world.load();
        let Some(deal) = world.resolve(&books) else { return Ok(()) };
        let (half, minor) = (world.book.half(), world.book.currencies.minor());
        let pricing = price(&deal);
        for ((_, name, ..), segments) in same_prices(&pricing) {
            let net = segments[0].net();
            let metric = deal.book().metric(name).expect("a metric of the book");
            let by_month = matches!(metric.price_period(), PricePeriod::Month | PricePeriod::Use);
            // A month is rounded by itself, and a year is twelve of them.
            let months = whole(if by_month { 12 } else { 1 });
            let often = whole(metric.price_period().times_per_year().into()) / &months;
            let units = |it: &PricedSegment<'_>| super::exact::read(&it.list.times.to_string());
            let product = |units| exact(net) * units * &often;
            let is_once = matches!(metric.price_period(), PricePeriod::Once { .. });
            let charge = |it: &PricedSegment<'_>| {
                exact(if is_once { it.at_net.once } else { it.at_net.annual })
            };
            let all = segments.iter().fold(zero(), |all, it| all + units(it));
            let charged = segments.iter().fold(zero(), |all, it| all + charge(it));
            prop_assert_eq!(charged, round(&product(all), minor, half) * &months, "{}", world.deal.toml(&world.book));
            for segment in segments {
                let off = charge(segment) - product(units(segment)) * &months;
                let coin = super::exact::scaled(1, minor) * &months;
                prop_assert!(off < coin && -off < coin);
            }
        }
    }

    /// Agreeing on the price that a line has by the book changes no charge of any line, in a part of a year either.
    #[test]
    fn agreeing_on_the_price_of_the_book_changes_nothing(
        lines in prop::collection::vec((1..3000_u32, any::<bool>()), 2..5),
        (day, term) in (1..365_u32, 1..6_u32),
        partner in any::<bool>(),
    ) {
        let book = super::world::load(OUR_BOOK);
        let start = Date::parse("2027-01-15").expect("a date");
        let first = start.plus_days(day);
        let top = format!("term_years = {term}\nstart = {start}\nfirst_year = {first}\n");
        let channel = "[channel]\nname = \"reseller\"\nrate = \"33.33%\"\n";
        let priced = |price: Option<Money>| {
            let line = |(quantity, agrees): &(u32, bool)| {
                let agreed = price.filter(|_| *agrees);
                let agreed = agreed.map(|it| format!("unit_price = \"{}\"\n", it.at_least(2)));
                let agreed = agreed.unwrap_or_default();
                format!("[[line]]\nmetric = \"node\"\nquantity = {quantity}\n{agreed}")
            };
            let lines: String = lines.iter().map(line).collect();
            let channel = if partner { channel } else { "" };
            let deal = super::world::resolve(&(top.clone() + &lines + channel), &book);
            let deal = deal.expect("a deal");
            let quote = quote(&deal);
            let of_line = |it: &PricedLine<'_>| (it.tcv, it.list_tcv, it.segments[0].net());
            let bought = match &quote.partner {
                Some(PartnerDeal::Resale(resale)) => resale.lines.clone(),
                _ => Vec::new(),
            };
            (quote.pricing.lines.iter().map(of_line).collect::<Vec<_>>(), bought)
        };
        let plain = priced(None);
        prop_assert_eq!(priced(Some(plain.0[0].2)), plain);
    }
}
