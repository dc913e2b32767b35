//! What a partner pays and keeps.

use super::exact::{Exact, Half, exact, read, round, scaled, whole, zero};
use super::extremes::extreme;
use super::model::{Money, Rate};
use super::oracle;
use super::oracle::{Charges, PricedYear};
use super::prices::{money, rate};
use super::totals::contract;
use super::world::{World, load, resolve, world};
use super::written::decimal;
use dealdesk::deal::to_toml;
use dealdesk::price::{PartnerDeal, Resale, ResoldSegment};
use dealdesk::quote::json::to_json;
use dealdesk::quote::{Quote, quote};
use proptest::prelude::*;

/// A channel with a range of rates, and a rate that may lie in it.
#[derive(Debug, Clone, Copy)]
pub struct Partner {
    off_list: bool,
    range: (u32, u32),
    /// In millionths, like the range.
    rate: u32,
}

pub fn partner() -> impl Strategy<Value = Partner> {
    let range = (0..=1_000_000_u32, 0..=1_000_000_u32);
    (any::<bool>(), range, rate(), 0..4_u32).prop_map(|(off_list, (one, other), rate, end)| {
        let range = (one.min(other), one.max(other));
        let rate = match end {
            0 => range.0,
            1 => range.1,
            _ => rate.millionths,
        };
        Partner { off_list, range, rate }
    })
}

fn percent(millionths: u32) -> String {
    decimal(millionths.into(), 4) + "%"
}

impl Partner {
    fn of_book(self) -> String {
        let base = if self.off_list { "list" } else { "customer-net" };
        let (from, to) = (percent(self.range.0), percent(self.range.1));
        format!("[channel.c]\ntitle = \"C\"\nrate = \"{from}-{to}\"\nbase = \"{base}\"\n")
    }

    fn of_deal(self) -> String {
        let rate = percent(self.rate);
        format!("[channel]\nname = \"c\"\npartner = \"P\"\nrate = \"{rate}\"\n")
    }
}

/// Returns the channel of a partner as lines of the book and of the deal.
pub fn percent_channel(partner: Partner) -> (String, String) {
    (partner.of_book(), partner.of_deal())
}

/// The deal of a world through a channel, if its figures are within what the engine calculates
/// with.
fn through<T>(
    world: &World,
    book: &str,
    deal: &str,
    tell: impl FnOnce(&Quote<'_, '_>) -> Result<T, TestCaseError>,
) -> Result<Option<T>, TestCaseError> {
    let book = load(&(world.book.toml() + book));
    match resolve(&(world.deal.toml(&world.book) + deal), &book) {
        Ok(deal) => tell(&quote(&deal)).map(Some),
        Err(_) => Ok(None),
    }
}

fn resale<'q>(quote: &'q Quote<'q, 'q>) -> Result<&'q Resale<'q>, TestCaseError> {
    match &quote.partner {
        Some(PartnerDeal::Resale(resale)) => Ok(resale),
        other => Err(TestCaseError::fail(format!("{other:?}"))),
    }
}

/// What a partner pays for a year, worked out with fractions.
fn partner_price(world: &World, partner: Partner, metric: usize, year: &PricedYear) -> Exact {
    let (first, last) = (&year.steps[0].1, &year.steps[year.steps.len() - 1].1);
    let base = if partner.off_list { first } else { last };
    let left = whole(1) - scaled(partner.rate.into(), 6);
    round(&(base * left), world.book.metrics[metric].places, world.book.half())
}

fn segment_holds(
    world: &World,
    metric: usize,
    found: &ResoldSegment,
    price: &Exact,
    year: &PricedYear,
) -> Result<(), TestCaseError> {
    let net = &year.steps[year.steps.len() - 1].1;
    prop_assert_eq!(&exact(found.price), price);
    prop_assert_eq!(exact(found.margin), net - price);
    let paid = oracle::charges(&world.book, &world.book.metrics[metric], price, &year.times);
    prop_assert_eq!(exact(found.charges.once), paid.once);
    prop_assert_eq!(exact(found.charges.annual), paid.annual);
    Ok(())
}

fn resale_holds(world: &World, partner: Partner) -> Result<(), TestCaseError> {
    let (book, deal) = (partner.of_book(), partner.of_deal());
    through(world, &book, &deal, |quote| {
        let resale = resale(quote)?;
        let mut tcv = zero();
        let mut losses = 0;
        for (at, years) in oracle::price(&world.book, &world.deal).iter().enumerate() {
            let metric = world.deal.lines[at].metric;
            let mut years = years.as_slice();
            let mut paid = Vec::new();
            for found in &resale.lines[at] {
                let (mine, rest) = years.split_at(found.length.years() as usize);
                years = rest;
                for year in mine {
                    let price = partner_price(world, partner, metric, year);
                    segment_holds(world, metric, found, &price, year)?;
                    let metric = &world.book.metrics[metric];
                    let net = oracle::charges(&world.book, metric, &price, &year.times);
                    paid.push(PricedYear { net, ..year.clone() });
                }
                losses += u32::from(found.margin.is_negative());
            }
            tcv += contract(&paid, |year: &PricedYear| -> &Charges { &year.net });
        }
        prop_assert_eq!(exact(resale.partner.tcv), tcv);
        let (kept, totals) = (resale.partner_margin(), &quote.pricing.totals);
        // No rate is off services: they are not the partner's.
        let services: dealdesk::number::Money =
            quote.pricing.services.iter().map(|service| service.price).sum();
        prop_assert_eq!(resale.partner.tcv + kept.tcv + services, totals.tcv);
        prop_assert_eq!(resale.partner.once + kept.once + services, totals.once);
        prop_assert_eq!(resale.partner.first_year + kept.first_year, totals.arr);
        // A loss is said, and nothing else is.
        let said = quote.notices.iter().filter(|it| it.kind.code == "partner-margin-negative");
        prop_assert_eq!(said.count() > 0, losses > 0);
        prop_assert!(partner.off_list || losses == 0);
        Ok(())
    })?;
    Ok(())
}

proptest! {
    #![proptest_config(super::cases(120))]

    /// For each year of each line the partner's price is the rate off, rounded once, and what the
    /// customer pays is what the partner pays and what it keeps, to the last digit.
    #[test]
    fn a_resale_adds_up(world in world(), partner in partner()) {
        resale_holds(&world, partner)?;
    }

    /// However long its figures are.
    #[test]
    fn a_resale_is_exact(world in extreme(), partner in partner()) {
        resale_holds(&world, partner)?;
    }

    /// The quote stays the customer's, whoever sells it, and no partner lowers the level of a deal or takes a
    /// violation from it; a rate outside its range is outside policy, and no other is.
    #[test]
    fn a_partner_changes_nothing_for_the_customer(world in world(), partner in partner()) {
        let (book, deal) = (partner.of_book(), partner.of_deal());
        let direct = through(&world, &book, "", |quote| {
            let broken: Vec<_> = quote.verdict.violations.iter().map(|it| it.rule.clone()).collect();
            Ok((quote.pricing.totals, broken, quote.verdict.level()))
        })?;
        let found = through(&world, &book, &deal, |quote| {
            let outside = |id: &str| id == "channel.c";
            let broken = quote.verdict.violations.iter().filter(|it| outside(&it.rule.id)).count();
            let (from, to) = partner.range;
            prop_assert_eq!(broken > 0, !(from..=to).contains(&partner.rate));
            let all = quote.verdict.violations.iter().map(|it| it.rule.clone()).collect::<Vec<_>>();
            Ok((quote.pricing.totals, all, quote.verdict.level()))
        })?;
        // A figure that is exact for the customer can be too long at our net.
        let (Some(direct), Some(found)) = (direct, found) else { return Ok(()) };
        prop_assert_eq!(direct.0, found.0);
        prop_assert!(direct.1.iter().all(|rule| found.1.contains(rule)));
        prop_assert!(direct.2 <= found.2);
    }

    /// A share of revenue lowers no level and takes no violation from a deal, however large the revenue is, and
    /// needs its approval exactly where it is less than the price of the lines.
    #[test]
    fn a_share_changes_nothing_for_the_customer(world in world(), revenue in money(), share in rate()) {
        let channel = format!("[channel.c]\ntitle = \"C\"\nshare = \"{}\"\n", percent(share.millionths));
        let level = world.load().first().ladder().names().last().expect("none").to_owned();
        let written: Vec<_> = level.chars().map(|c| format!("\\U{:08X}", u32::from(c))).collect();
        let written = written.concat();
        let asks = format!("approval = \"{written}\"\nbelow_lines = true\n");
        let book = channel + if level == "none" { "" } else { &asks };
        let revenue = decimal(revenue.micros, 6);
        let deal = format!("[channel]\nname = \"c\"\nrevenue = \"{revenue}\"\n");
        let judged = |quote: &Quote<'_, '_>| {
            let broken = quote.verdict.violations.iter().map(|it| it.rule.clone());
            (quote.pricing.totals, broken.collect::<Vec<_>>(), quote.verdict.level())
        };
        let direct = through(&world, &book, "", |quote| Ok(judged(quote)))?;
        let found = through(&world, &book, &deal, |quote| {
            let Some(PartnerDeal::RevenueSplit(split)) = &quote.partner else {
                return Err(TestCaseError::fail("no share"));
            };
            let asked = quote.verdict.required.iter().any(|it| it.rule.id == "channel.c");
            prop_assert_eq!(asked, level != "none" && split.ours_tcv < split.lines_tcv);
            Ok(judged(quote))
        })?;
        if let (Some(direct), Some(found)) = (direct, found) {
            prop_assert_eq!(direct.0, found.0);
            prop_assert!(direct.1.iter().all(|rule| found.1.contains(rule)));
            prop_assert!(direct.2 <= found.2);
        }
    }

    /// A partner with a larger rate pays no more, for no year of no line.
    #[test]
    fn a_larger_rate_never_costs_a_partner_more(
        world in world(),
        partner in partner(),
        more in 1..=1_000_000_u32,
    ) {
        let paid = |partner: Partner| {
            through(&world, &partner.of_book(), &partner.of_deal(), |quote| {
                let resale = resale(quote)?;
                let prices = resale.lines.iter().flatten().map(|it| it.price).collect::<Vec<_>>();
                Ok((resale.partner.tcv, prices))
            })
        };
        let larger = Partner { rate: (partner.rate + more).min(1_000_000), ..partner };
        if let (Some(less), Some(more)) = (paid(partner)?, paid(larger)?) {
            prop_assert!(more.0 <= less.0);
            prop_assert!(more.1.iter().zip(&less.1).all(|(more, less)| more <= less));
        }
    }

    /// A shared revenue is divided to the cent, and at the break-even our share is the price of the
    /// lines: exactly, where it says so, and as near as a cent allows elsewhere.
    #[test]
    fn a_shared_revenue_adds_up(world in world(), revenue in money(), share in rate()) {
        let book = format!("[channel.c]\ntitle = \"C\"\nshare = \"{}\"\n", percent(share.millionths));
        let written = decimal(revenue.micros, 6);
        let deal = format!("[channel]\nname = \"c\"\nrevenue = \"{written}\"\n");
        through(&world, &book, &deal, |quote| {
            let Some(PartnerDeal::RevenueSplit(split)) = &quote.partner else {
                return Err(TestCaseError::fail("no share"));
            };
            let (revenue, share): (Money, Rate) = (revenue, share);
            let coin = world.book.currencies.minor();
            let ours = round(&(revenue.exact() * share.exact()), coin, world.book.half());
            prop_assert_eq!(exact(split.ours), ours.clone());
            prop_assert_eq!(exact(split.partner_margin().0), revenue.exact() - ours);
            let (_, kept_tcv) = split.partner_margin();
            prop_assert_eq!(split.ours_tcv + kept_tcv, split.revenue_tcv);
            let services = quote.pricing.services.iter().map(|service| service.price);
            prop_assert_eq!(split.lines_tcv + services.sum(), quote.pricing.totals.tcv);
            let tcv = exact(split.lines_tcv);
            let all = share.exact() * whole(world.deal.term.into());
            match split.break_even {
                None => prop_assert_eq!(share.millionths, 0),
                Some((even, is_exact)) => {
                    let wanted = tcv / &all;
                    prop_assert_eq!(exact(even), round(&wanted, coin, Half::Away));
                    prop_assert_eq!(is_exact, exact(even) == wanted);
                }
            }
            Ok(())
        })?;
    }

    /// A deal with a partner and a horizon that is saved and read again is the same quote.
    #[test]
    fn a_saved_partner_is_the_same_quote(world in world(), partner in partner(), years in 1..=100_u32) {
        let book = load(&(world.book.toml() + &partner.of_book()));
        let horizon = format!("horizon_years = {years}\n");
        let text = horizon + &world.deal.toml(&world.book) + &partner.of_deal();
        let Ok(deal) = resolve(&text, &book) else { return Ok(()) };
        let saved = to_toml(&deal);
        let again = resolve(&saved, &book);
        let again = again.map_err(|faults| TestCaseError::fail(format!("{faults}\n{saved}")))?;
        prop_assert_eq!(&to_toml(&again), &saved);
        prop_assert_eq!(again.horizon(), years);
        prop_assert_eq!(to_json(&quote(&deal)), to_json(&quote(&again)));
    }
}

/// What a range of rates says is read as it was written.
#[test]
fn a_percentage_is_written_as_it_is_read() {
    assert_eq!(read("0.350001"), scaled(350_001, 6));
    assert_eq!(percent(350_001), "35.0001%");
}
