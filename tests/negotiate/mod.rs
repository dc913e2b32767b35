//! Worked cases of negotiations: deals and numbers with what must be offered, in `*.toml` beside this
//! file.
//!
//! ```toml
//! [[case]]
//! name = "40% off 500 sockets"
//! deal = '''...'''         # the text of a deal file
//! off = "40%"              # or tcv, unit, year: an amount
//! within = "vp"            # the highest level of the book if left out
//! lock = ["term"]
//! free = ["quantity=480..600"]
//! first = "vp 2700000.00 at 1800.00: 3 years, annual, competitive-displacement 16.955%"
//! ```
//!
//! An offer is told as its level, TCV and net unit price, then its term and prepayment, and what it
//! gives that is not all that the book gives by itself. A concession is told as its title, rate and level, and what
//! the customer returns for it, or could.

use crate::findings::day;
use crate::support::OUR_BOOK;
use crate::support::cases::{Case, Cases, Judged, Table};
use dealdesk::answer::negotiate::{
    Concession, CustomerRequest, Goal, Offer, Return, Search, SearchResult, SuggestedReturn,
    concessions,
};
use dealdesk::deal::{DiscountOverride, to_toml};
use dealdesk::number::{Money, Rate};
use dealdesk::table::{Key, Kind};
use dealdesk::text::source::Source;
use dealdesk::{book, deal};

const CASES: Cases = Cases {
    folder: "negotiate",
    given: &[
        Key::required("deal", Kind::Text, "The text of a deal file."),
        Key::optional("off", Kind::Text, "The number: a discount off list."),
        Key::optional("tcv", Kind::Text, "Or what the contract costs at most."),
        Key::optional("unit", Kind::Text, "Or what a unit costs at most."),
        Key::optional("year", Kind::Text, "Or what a year costs at most."),
        Key::optional("within", Kind::Text, "The highest level that may be asked."),
        Key::optional("lock", Kind::Texts, "Levers that stay as they are."),
        Key::optional("step", Kind::Text, "The step of rates."),
        Key::optional("free", Kind::Texts, "Levers that are free: \"quantity=480..600\"."),
    ],
    expected: &[
        Key::optional("offers", Kind::Texts, "All offers, best first."),
        Key::optional("first", Kind::Text, "The first of them."),
        Key::optional("gives", Kind::Texts, "The concessions of the first of them."),
        Key::optional("count", Kind::Text, "How many there are."),
        Key::optional("closest", Kind::Text, "What comes closest, where there is none."),
        Key::optional("closest_off", Kind::Text, "How far off list that is."),
        Key::optional("above", Kind::Text, "The easiest that is above the level."),
        Key::optional("lower", Kind::Text, "What comes closest at the level below."),
        Key::optional("binding", Kind::Texts, "The rules that ask for the level."),
        Key::optional("not_proved", Kind::Texts, "The rules of which not all was tried."),
        Key::optional("combinations", Kind::Text, "How many were decided."),
    ],
};

#[test]
fn every_case_comes_out() {
    CASES.come_out(judge);
}

fn judge(case: &Case, table: &Table) -> Judged {
    let draft =
        deal::read(&Source::file("deal.toml", case.text("deal").expect("what is required")));
    let asked = CustomerRequest::new(draft, &table.books, day()).map_err(|it| it.to_string())?;
    let free = case.texts("free").iter().map(|it| match it.split_once('=') {
        Some((lever, words)) => (lever, words.split(',').collect()),
        None => (it.as_str(), Vec::new()),
    });
    let free: Vec<(&str, Vec<&str>)> = free.collect();
    let locked: Vec<_> = case.texts("lock").iter().map(String::as_str).collect();
    let mut search = Search::new(&asked, goal(case)?, &free, &locked)?;
    if let Some(within) = case.text("within") {
        search.within = asked.deal().book().ladder().level(within).expect("a level");
    }
    search.step = case.text("step").map(|step| Rate::parse(step).expect("a rate"));
    let outcome = search.run(&asked, &|_| true);
    Ok(case.compare(|key| Some(found(key, &outcome))))
}

/// 10,000 values are the most of one lever. The step of the hint leaves fewer, however large the range is.
#[test]
fn the_step_that_a_hint_names_is_accepted() {
    let books = book::load(&Source::file("book", OUR_BOOK)).expect("a book");
    let text = "line = [{ metric = \"node\", quantity = 10 }]";
    let asked = CustomerRequest::new(deal::read(&Source::file("deal.toml", text)), &books, day());
    let asked = asked.expect("a deal");
    let goal = Goal::Discount(Rate::parse("10%").expect("a rate"));
    let with = |range: &str| Search::new(&asked, goal, &[("quantity", vec![range])], &[]);
    assert!(with("1..10000").is_ok());
    for last in [10_001, 20_000, 20_001, 30_000, 999_999] {
        let fault = with(&format!("1..{last}")).expect_err("too many values");
        let hint = fault.split("take larger steps, ").nth(1).expect("a hint");
        assert!(with(hint).is_ok(), "{last}: {hint}");
    }
}

/// The one number of a case.
fn goal(case: &Case) -> Result<Goal, String> {
    let money = |number: &str| Money::parse(number).expect("an amount");
    let [off, tcv, unit, year] = ["off", "tcv", "unit", "year"].map(|key| case.text(key));
    match (off, tcv, unit, year) {
        (Some(off), None, None, None) => Ok(Goal::Discount(Rate::parse(off).expect("a rate"))),
        (None, Some(tcv), None, None) => Ok(Goal::Tcv(money(tcv))),
        (None, None, Some(unit), None) => Ok(Goal::UnitPrice(money(unit))),
        (None, None, None, Some(year)) => Ok(Goal::YearlyBudget(money(year))),
        _ => Err("a case has one number".to_owned()),
    }
}

/// Returns the outcome for one key of a case.
fn found(key: &str, outcome: &SearchResult<'_>) -> Vec<String> {
    let proof = &outcome.certificate;
    let told = |offers: &[Offer<'_>]| offers.iter().map(tell).collect();
    let one = |offer: Option<&Offer<'_>>| offer.map(tell).into_iter().collect();
    match key {
        "offers" => told(&outcome.offers),
        "first" => one(outcome.offers.first()),
        "gives" => {
            let given = outcome.offers.first().map(|it| (it, concessions(it)));
            given.iter().flat_map(|(offer, all)| all.iter().map(|it| give(offer, it))).collect()
        }
        "count" => vec![outcome.offers.len().to_string()],
        "closest" => one(outcome.closest.as_ref()),
        "closest_off" => {
            let share = outcome.closest.as_ref().map(|it| it.pricing.totals.discount.to_string());
            share.into_iter().collect()
        }
        "above" => one(outcome.above.as_ref()),
        "lower" => one(proof.closest.as_ref()),
        "binding" => proof.binding.iter().map(|it| it.rule.id.clone()).collect(),
        "not_proved" => {
            proof.unproved.iter().chain(&proof.unshared).map(|rule| rule.id.clone()).collect()
        }
        "combinations" => vec![proof.decided.to_string()],
        _ => unreachable!("{key}"),
    }
}

/// An offer in a line.
fn tell(offer: &Offer<'_>) -> String {
    let deal = &offer.deal;
    let book = deal.book();
    let plain = |money: Money| book.currency().plain(money);
    let segments = offer.pricing.lines.iter().flat_map(|line| &line.segments);
    let units: Vec<_> = segments.map(|segment| plain(segment.net())).collect();
    let (level, tcv) = (book.ladder().name(offer.level()), plain(offer.tcv()));
    let mut terms = vec![deal.term().to_string()];
    terms.extend(deal.prepay().map(str::to_owned));
    let written = deal::read(&Source::file("offer.toml", &to_toml(deal)));
    for (name, take) in &written.discount_overrides {
        match take {
            DiscountOverride::Auto => {}
            DiscountOverride::Withheld => terms.push(format!("no {}", name.value)),
            DiscountOverride::Rate(rate) => terms.push(format!("{} {rate}", name.value)),
        }
    }
    for claim in &written.programs {
        let rate = claim.rate.as_ref().map(|rate| format!(" {}", rate.value));
        terms.push(format!("{}{}", claim.program.value, rate.unwrap_or_default()));
    }
    format!("{level} {tcv} at {}: {}", units.join(" "), terms.join(", "))
}

/// A concession in a line.
fn give(offer: &Offer<'_>, it: &Concession<'_>) -> String {
    let rate = it.rate.map(|rate| format!(" {rate}")).unwrap_or_default();
    let level = offer.deal.book().ladder().name(it.level);
    let returned = match &it.counterpart {
        Some(Return::Quantity(bought)) => {
            let bought = bought.iter().map(|(metric, quantity)| metric.count(*quantity));
            bought.collect::<Vec<_>>().join(" and ")
        }
        Some(Return::Term { years, .. }) => format!("{years} years"),
        Some(Return::Prepay { way, .. }) => (*way).to_owned(),
        Some(Return::Paying(titles)) => titles.join(" and "),
        Some(Return::Program(..)) => "the program".to_owned(),
        Some(Return::Duties(duties)) => duties.join(" and "),
        Some(Return::Uplift(_)) => "an uplift".to_owned(),
        Some(Return::Signature(_)) => "a signature".to_owned(),
        None => {
            let instead = it.instead.iter().map(|it| match it {
                SuggestedReturn::Years(years) => years.to_string(),
                SuggestedReturn::Prepay(name) | SuggestedReturn::Duty(name) => (*name).to_owned(),
            });
            format!("nothing, or {}", instead.collect::<Vec<_>>().join(", "))
        }
    };
    format!("{}{rate} {level} for {returned}", it.kind.title())
}
