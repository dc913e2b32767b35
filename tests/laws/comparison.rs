//! A line beside the same by subscription.

use super::exact::{Exact, Half, exact, round, scaled, whole, zero};
use super::model::{Book, Deal, Line, Money, Per, Rate, Year};
use super::oracle;
use super::prices::{money, rate};
use super::world::{World, load, resolve, world};
use super::written::{decimal, quoted};
use dealdesk::number::Ratio;
use dealdesk::quote::quote;
use dealdesk::quote::subscription_comparison::{
    ComparedCosts, ConsumptionYear, PerpetualCostByYear, SubscriptionComparison,
};
use proptest::prelude::*;

/// What stands beside a subscription of a world.
#[derive(Debug, Clone)]
struct Beside {
    /// The price of one, and of a year of maintenance as a share of it; by the hour without.
    price: Money,
    maintenance: Option<Rate>,
    places: u32,
    /// In thousandths.
    quantity: u64,
    horizon: u32,
    /// Which of the world's subscriptions.
    metric: usize,
}

fn beside() -> impl Strategy<Value = Beside> {
    // Small maintenance of small prices comes near the subscriptions of a world.
    let maintenance = prop_oneof![
        3 => rate().prop_map(Some),
        1 => (0..=20_000_u32).prop_map(|millionths| Some(Rate { millionths, style: super::model::Style::Long })),
        2 => Just(None),
    ];
    let quantity = prop_oneof![
        3 => (0..200_u64).prop_map(|count| count * 1000),
        2 => 0..100_000_u64,
        1 => 0..10_000_000_u64,
        1 => 0..=1_000_000_000_000_u64,
    ];
    (money(), maintenance, 0..=6_u32, quantity, 1..=100_u32, 0..9_usize).prop_map(
        |(mut price, maintenance, places, quantity, horizon, metric)| {
            price.micros -= price.micros % 10_u64.pow(6 - places);
            Beside { price, maintenance, places, quantity, horizon, metric }
        },
    )
}

impl Beside {
    /// A metric of the book, for good or by the hour.
    fn of_book(&self, book: &Book, instead_of: &str) -> String {
        let per = match self.maintenance {
            Some(Rate { millionths, .. }) => {
                let share = decimal(millionths.into(), 4);
                format!("per = \"once\"\nmaintenance = \"{share}%\"\n")
            }
            None => "per = \"hour\"\nhours_per_month = 730\n".to_owned(),
        };
        let (main, price) = (book.currencies.main, decimal(self.price.micros, 6));
        let (sold_in, price) = if book.currencies.others.is_empty() {
            (String::new(), quoted(&price))
        } else {
            (format!("currencies = [\"{main}\"]\n"), format!("{{ {main} = \"{price}\" }}"))
        };
        format!(
            "[metric.beside]\ntitle = \"B\"\nunit = \"b\"\nunits = \"b\"\nmode = \"volume\"\n\
             fractional = true\nplaces = {}\n{per}instead_of = {}\n\
             tiers = [{{ quantity = \"0+\", price = {price} }}]\n{sold_in}",
            self.places,
            quoted(instead_of)
        )
    }

    fn of_deal(&self) -> String {
        let quantity = decimal(self.quantity, 3);
        // A point and three zeros could be a thousand: none are written.
        format!("[[line]]\nmetric = \"beside\"\nquantity = \"{quantity}\"\n")
    }
}

/// The terms of a world's deal with one line of a subscription, without programs and services.
fn subscribed(world: &World, metric: usize, beside: &Beside) -> Deal {
    let whole = beside.quantity.div_ceil(1000) * 1000;
    let fractional = world.book.metrics[metric].fractional;
    let quantity = if fractional { beside.quantity } else { whole };
    let years = vec![Year { quantity, unit_price: None, fee: None }];
    let line = Line { metric, edition: None, hosts: None, committed: None, years, ramp: false };
    Deal { lines: vec![line], claims: Vec::new(), services: Vec::new(), ..world.deal.clone() }
}

fn is_ratio(
    found: Option<Ratio>,
    part: &Exact,
    all: &Exact,
    places: u32,
) -> Result<(), TestCaseError> {
    let Some(found) = found else {
        prop_assert_eq!(all, &zero());
        return Ok(());
    };
    let wanted = part / all;
    let shown = super::exact::read(&found.plain());
    prop_assert_eq!(&shown, &round(&wanted, places, Half::Away));
    prop_assert_eq!(found.is_exact(), shown == wanted);
    Ok(())
}

/// In fractions: after the year of the break-even perpetual has cost no more, and in the year
/// before it still had. Where there is none, a year of maintenance costs no less than one of
/// subscription.
fn course_holds(course: &PerpetualCostByYear, horizon: u32) -> Result<(), TestCaseError> {
    let [once, maintenance, subscription] =
        [course.license.once, course.license.annual, course.subscription].map(exact);
    let is_even = |years: Exact| &once + &maintenance * &years <= &subscription * years;
    if let Some(year) = course.break_even() {
        let years = |count: u128| super::exact::read(&count.to_string());
        prop_assert!(year >= 1 && is_even(years(year)));
        prop_assert!(year == 1 || !is_even(years(year - 1)));
    } else {
        prop_assert!(maintenance >= subscription);
        prop_assert!(maintenance > subscription || once > zero());
    }
    let years = whole(horizon.into());
    let (perpetual, bought) = (once + maintenance * &years, subscription * years);
    prop_assert_eq!(exact(course.perpetual(horizon)), perpetual.clone());
    prop_assert_eq!(exact(course.subscribed(horizon)), bought.clone());
    is_ratio(course.saved(horizon), &(&perpetual - bought), &perpetual, 8)
}

fn use_holds(costs: &ConsumptionYear) -> Result<(), TestCaseError> {
    let [used, bought] = [costs.consumption, costs.subscription].map(exact);
    is_ratio(costs.multiple(), &used, &bought, 3)?;
    is_ratio(costs.break_even(), &bought, &used, 4)?;
    prop_assert_eq!(costs.never_costs_more(), used <= bought);
    Ok(())
}

fn holds(
    world: &World,
    beside: &Beside,
    subscription: &Deal,
    found: &SubscriptionComparison<'_>,
) -> Result<(), TestCaseError> {
    let year = &oracle::price(&world.book, subscription)[0][0];
    let (quantity, price) = (scaled(beside.quantity, 3), beside.price.exact());
    let net = round(&price, beside.places, world.book.half());
    let coins = |amount: Exact| round(&amount, world.book.currencies.minor(), world.book.half());
    match &found.costs {
        ComparedCosts::Perpetual(costs) => {
            prop_assert_eq!(costs.horizon, beside.horizon);
            let share = beside.maintenance.expect("a license for good").exact();
            for (course, price, annual) in [
                (&costs.at_list, &price, &year.list.annual),
                (&costs.at_net, &net, &year.net.annual),
            ] {
                let license = coins(price * &quantity);
                prop_assert_eq!(exact(course.license.once), license.clone());
                prop_assert_eq!(exact(course.license.annual), coins(license * &share));
                prop_assert_eq!(&exact(course.subscription), annual);
                course_holds(course, beside.horizon)?;
            }
        }
        ComparedCosts::Consumption(costs) => {
            let hours = whole(730 * 12);
            for (costs, price, annual) in [
                (&costs.at_list, &price, &year.list.annual),
                (&costs.at_net, &net, &year.net.annual),
            ] {
                prop_assert_eq!(exact(costs.consumption), coins(price * &quantity * &hours));
                prop_assert_eq!(&exact(costs.subscription), annual);
                use_holds(costs)?;
            }
        }
    }
    Ok(())
}

proptest! {
    #![proptest_config(super::cases(400))]

    /// A license for good or use beside any subscription of any book: both cost what fractions make
    /// of them under the terms of the deal alone, and there is a comparison
    /// wherever the book sells the subscription.
    #[test]
    fn a_comparison_is_what_both_cost(world in world(), beside in beside()) {
        let by_year = world.book.metrics.iter().enumerate();
        let by_year: Vec<_> = by_year.filter(|(_, it)| matches!(it.per, Per::Year)).collect();
        if by_year.is_empty() {
            return Ok(());
        }
        let (metric, named) = by_year[beside.metric % by_year.len()];
        let subscription = subscribed(&world, metric, &beside);
        let book = load(&(world.book.toml() + &beside.of_book(&world.book, &named.name)));
        let mut terms = Deal { lines: Vec::new(), ..world.deal.clone() };
        terms.claims.retain(|claim| claim.rate.is_some());
        let horizon = format!("horizon_years = {}\n", beside.horizon);
        let text = horizon + &terms.toml(&world.book) + &beside.of_deal();
        let Ok(deal) = resolve(&text, &book) else { return Ok(()) };
        let bought = resolve(&subscription.toml(&world.book), &book);
        // Years of other prices have no price that stands for all.
        let sold = bought.is_ok_and(|deal| deal.lines()[0].segments().len() == 1);
        match quote(&deal).comparisons.as_slice() {
            [] => prop_assert!(!sold, "{}", text),
            [found] => {
                prop_assert!(sold);
                holds(&world, &beside, &subscription, found)?;
            }
            more => prop_assert!(false, "{} comparisons", more.len()),
        }
    }
}
