//! A change of a price book that is said to tighten it lowers no price, and where the price stays, no level.

use super::cases;
use crate::support::{DAY, OUR_BOOK};
use dealdesk::answer::book_tables;
use dealdesk::answer::book_tables::{BookChange, ChangeEffect};
use dealdesk::book::Books;
use dealdesk::number::{Date, Money};
use dealdesk::quote::quote;
use dealdesk::text::source::Source;
use dealdesk::{book, deal};
use proptest::prelude::*;
use proptest::sample::{Index, select};
use std::sync::Arc;

pub(super) fn source(text: &str) -> Arc<Source> {
    Source::file("pricing.toml", text)
}

/// A book whose larger orders can cost less than the share that a year has to keep, and whose commitment of three years
/// earns less than that of two.
const SMALL: &str = r#"
[book]
name = "Small"
version = "1"
currency = "USD"
quote_valid = "30 days"
[term]
years = "1-3"
kept = "50%"
[[approval]]
level = "vp"
title = "VP"
[[approval]]
level = "svp"
title = "SVP"
[metric.seat]
title = "Seat"
unit = "seat"
units = "seats"
per = "year"
mode = "volume"
places = 2
tiers = [
  { quantity = "1-9", price = "100.00" },
  { quantity = "10+", price = "40.00" },
]
[waterfall]
order = ["term", "special"]
[discount.term]
title = "Term"
by = "term"
base = "running"
metrics = ["seat"]
steps = [
  { years = "2", rate = "20%" },
  { years = "3", rate = "10%" },
]
[discount.special]
title = "Special"
by = "program"
base = "running"
metrics = ["seat"]
[discount.special.program.school]
title = "School"
rate = "100%"
approval = "vp"
[discount.special.program.friend]
title = "Friend"
rate = "1%"
approval = "vp"
exclusive = true
floor = "3000.00"
[service.setup]
title = "Setup"
unit = "day"
units = "days"
price = "100.00"
included = "500.00"
included_share = "10%"
approval = "vp"
beyond = "priced"
"#;

/// Returns the small book with a longer commitment that earns more.
fn rising() -> String {
    SMALL.replace("\"10%\" },", "\"30%\" },")
}

/// A word of a book that somebody could change: a number, or a level.
fn words(book: &str) -> Vec<(usize, usize)> {
    let mut found = Vec::new();
    let mut at = 0;
    for line in book.split_inclusive('\n') {
        let code = line.split('#').next().unwrap_or_default();
        let mut from = None;
        for (place, letter) in code.char_indices().chain([(code.len(), ' ')]) {
            let is_part = letter.is_ascii_digit() || letter == '.' && from.is_some();
            match (from, is_part) {
                (None, true) => from = Some(place),
                (Some(start), false) => {
                    found.push((at + start, at + place));
                    from = None;
                }
                _ => {}
            }
        }
        for level in ["\"vp\"", "\"svp\"", "\"none\""] {
            found.extend(
                code.match_indices(level).map(|(place, _)| (at + place, at + place + level.len())),
            );
        }
        at += line.len();
    }
    found
}

/// Returns a book with another number or level in one place.
fn edited(book: &str, place: Index, up: bool, level: &str) -> String {
    let words = words(book);
    let (from, until) = words[place.index(words.len())];
    let old = &book[from..until];
    let new = if old.starts_with('"') {
        format!("\"{level}\"")
    } else if let Some((whole, part)) = old.split_once('.') {
        let whole: u64 = whole.parse().unwrap_or_default();
        format!("{}.{part}", if up { whole + 7 } else { whole.saturating_sub(7) })
    } else {
        let whole: u64 = old.parse().unwrap_or_default();
        (if up { whole + 1 } else { whole.saturating_sub(1) }).to_string()
    };
    format!("{}{new}{}", &book[..from], &book[until..])
}

/// Returns a deal on the small book.
fn small_deals() -> impl Strategy<Value = String> {
    let quantity = || select(vec![1, 4, 5, 9, 10, 11, 20]);
    let program = select(vec!["", "school", "friend"]);
    (1..=3_usize, [quantity(), quantity(), quantity()], program, any::<bool>()).prop_map(
        |(term, quantities, program, has_service)| {
            let years = quantities.iter().take(term);
            let years: Vec<_> = years.map(|it| format!("{{ quantity = {it} }}")).collect();
            let program = match program {
                "" => String::new(),
                program => format!("[strategic]\nprogram = \"{program}\"\n"),
            };
            let service = "[[service]]\nname = \"setup\"\nquantity = 3\n";
            format!(
                "customer = \"Acme\"\nterm_years = {term}\n[[line]]\nmetric = \"seat\"\nyear = [{}]\n{}{program}",
                years.join(", "),
                if has_service { service } else { "" },
            )
        },
    )
}

pub(super) fn deals() -> impl Strategy<Value = String> {
    let quantity =
        || select(vec![1, 3, 24, 25, 49, 50, 99, 100, 101, 499, 500, 999, 1000, 5000, 50_000]);
    let line = (
        select(vec!["socket", "core", "node", "consumption"]),
        quantity(),
        quantity(),
        any::<bool>(),
    );
    let program = select(vec![
        "",
        "program = \"lighthouse\"",
        "program = \"large-deal\"",
        "program = \"competitive-displacement\"",
    ]);
    let rate = select(vec!["1%", "10%", "20%", "25%", "30%"]);
    let rest = select(vec![
        "",
        "prepay = \"multi-year\"",
        "payment = \"net-60\"",
        "start = 2027-06-30",
        "segment = \"enterprise\"\nincumbent = \"VMware\"",
    ]);
    let service = select(vec!["", "[[service]]\nname = \"migration\"\nquantity = 40\n"]);
    (1..=5_u32, line, program, rate, rest, service).prop_map(
        |(term, (metric, quantity, later, is_ramp), program, rate, rest, service)| {
            let is_ramp = is_ramp && term > 1 && metric != "consumption";
            let quantity = if is_ramp {
                let years = (0..term).map(|year| {
                    format!("{{ quantity = {} }}", if year == 0 { quantity } else { later })
                });
                format!("year = [{}]", years.collect::<Vec<_>>().join(", "))
            } else {
                format!("quantity = {quantity}")
            };
            let program = match program {
                "" => String::new(),
                program => format!("[strategic]\n{program}\nrate = \"{rate}\"\n"),
            };
            format!("customer = \"Acme\"\nterm_years = {term}\n{rest}\n[[line]]\nmetric = \"{metric}\"\n{quantity}\n{service}{program}")
        },
    )
}

/// Returns the price and the place of the level of a deal, in which a refusal is highest; `None` where the book
/// does not price it.
fn judged(books: &Books, text: &str) -> Option<(Money, usize)> {
    let day = Date::parse(DAY).expect("a date");
    let deal = deal::resolve(&deal::read(&Source::file("deal.toml", text)), books, day).ok()?;
    let quote = quote(&deal);
    let names = books.first().ladder().names();
    let level = books.first().ladder().name(quote.verdict.level());
    let place = names.clone().position(|name| name == level).unwrap_or_default();
    let place = if quote.verdict.is_refused() { names.count() } else { place };
    Some((quote.pricing.totals.tcv, place))
}

/// Returns a change that is said to tighten the book, and a deal that it makes cheaper or needs less.
fn broken(old: &str, new: &str, deals: &[String]) -> Option<String> {
    let old_books = book::load(&source(old)).expect("a book");
    let new_books = book::load(&source(new)).ok()?;
    let read = |text: &str| book_tables::read(&source(text)).expect("tables");
    let changes = book_tables::changes(&read(old), &read(new));
    if changes.iter().any(|change| change.effect == ChangeEffect::Loosens) {
        return None;
    }
    let paths: Vec<_> = changes.iter().map(BookChange::path).collect();
    deals.iter().find_map(|text| {
        let (old, new) = (judged(&old_books, text)?, judged(&new_books, text)?);
        let is_no_looser = new.0 > old.0 || new.0 == old.0 && new.1 >= old.1;
        (!is_no_looser).then(|| format!("{paths:?}: {old:?} to {new:?}\n{text}"))
    })
}

proptest! {
    #![proptest_config(cases(400))]

    #[test]
    fn a_tighter_book_lowers_no_price_and_no_level(
        place in any::<Index>(),
        up in any::<bool>(),
        level in select(vec!["none", "vp", "svp"]),
        deals in prop::collection::vec(deals(), 30),
    ) {
        let found = broken(OUR_BOOK, &edited(OUR_BOOK, place, up, level), &deals);
        prop_assert_eq!(found, None);
    }

    #[test]
    fn a_tighter_small_book_lowers_no_price_and_no_level(
        place in any::<Index>(),
        up in any::<bool>(),
        is_rising in any::<bool>(),
        deals in prop::collection::vec(small_deals(), 60),
    ) {
        let old = if is_rising { rising() } else { SMALL.to_owned() };
        prop_assert_eq!(broken(&old, &edited(&old, place, up, "svp"), &deals), None);
    }
}

pub(super) fn effects(old: &str, new: &str) -> Vec<(String, ChangeEffect)> {
    let read = |text: &str| book_tables::read(&source(text)).expect("tables");
    let changes = book_tables::changes(&read(old), &read(new));
    changes.iter().map(|change| (change.path(), change.effect)).collect()
}

fn replaced(book: &str, old: &str, new: &str) -> String {
    assert!(book.contains(old), "{old}");
    book.replacen(old, new, 1)
}

#[test]
fn directions_of_our_book() {
    for (old, new, path, effect) in [
        (
            "rate = \"15%\" },\n  { years = \"4-5\"",
            "rate = \"14%\" },\n  { years = \"4-5\"",
            "discount.multi-year.steps.3.rate",
            ChangeEffect::Tightens,
        ),
        (
            "rate = \"15%\" },\n  { years = \"4-5\"",
            "rate = \"16%\" },\n  { years = \"4-5\"",
            "discount.multi-year.steps.3.rate",
            ChangeEffect::Loosens,
        ),
        (
            "arr_above = \"1000000.00\"",
            "arr_above = \"1000001.00\"",
            "discount.strategic.program.large-deal.arr_above",
            ChangeEffect::Tightens,
        ),
        (
            "incumbents = [\"VMware\"]",
            "incumbents = [\"VMware\", \"Nutanix\"]",
            "discount.strategic.program.competitive-displacement.incumbents",
            ChangeEffect::Loosens,
        ),
        (
            "limit = 10 ",
            "limit = 9 ",
            "discount.strategic.program.lighthouse.limit",
            ChangeEffect::Tightens,
        ),
        (
            "title = \"Volume discount\"",
            "title = \"Volume\"",
            "discount.volume.title",
            ChangeEffect::Neutral,
        ),
    ] {
        let found = effects(OUR_BOOK, &replaced(OUR_BOOK, old, new));
        assert_eq!(found, [(path.to_owned(), effect)]);
    }
}

#[test]
fn a_rate_of_nothing_and_a_free_license_loosen() {
    for (from, to, effect) in [
        ("rate = \"1%\"", "rate = \"0%\"", ChangeEffect::Loosens),
        ("rate = \"1%\"", "rate = \"0.5%\"", ChangeEffect::Tightens),
        ("rate = \"100%\"", "rate = \"99%\"", ChangeEffect::Loosens),
        ("rate = \"20%\"", "rate = \"0%\"", ChangeEffect::Tightens),
        ("price = \"100.00\" },", "price = \"100.01\" },", ChangeEffect::Loosens),
    ] {
        let found = effects(SMALL, &replaced(SMALL, from, to));
        assert_eq!(found[0].1, effect, "{from} {to}");
    }
    let free = replaced(SMALL, "rate = \"20%\"", "rate = \"100%\"");
    assert_eq!(effects(&free, SMALL)[0].1, ChangeEffect::Loosens);
    let old = replaced(SMALL, "floor = \"3000.00\"", "floor = \"0.00\"");
    assert_eq!(effects(&old, SMALL)[0].1, ChangeEffect::Loosens);
    let old = replaced(&rising(), "\"40.00\"", "\"0.00\"");
    assert_eq!(effects(&old, &rising())[0].1, ChangeEffect::Loosens);
}

/// Raises prices of a metric of our book by a tenth, and returns the effects.
fn raised(metric: &str, prices: &[&str]) -> Vec<ChangeEffect> {
    let from = OUR_BOOK.find(&format!("[metric.{metric}]")).expect("the metric");
    let (before, rest) = OUR_BOOK.split_at(from);
    let new = prices.iter().fold(rest.to_owned(), |book, price| {
        let cents: u64 = price.replace('.', "").parse().expect("a price");
        let raised = cents + cents / 10;
        let raised = format!("price = \"{}.{:02}\"", raised / 100, raised % 100);
        replaced(&book, &format!("price = \"{price}\""), &raised)
    });
    let found = effects(OUR_BOOK, &[before, &new].concat());
    assert_eq!(found.len(), prices.len(), "{found:?}");
    found.into_iter().map(|it| it.1).collect()
}

/// A higher price tightens with those of the larger quantities, and the highest by itself.
#[test]
fn an_ordinary_rise_of_our_prices_tightens() {
    for (metric, prices) in [
        ("socket", &["1500.00", "2500.00", "3000.00"][..]),
        ("core", &["200.00", "175.00", "150.00"]),
        ("node", &["500.00", "250.00", "150.00", "120.00"]),
    ] {
        for from in 0..prices.len() {
            let found = raised(metric, &prices[from..]);
            assert!(found.iter().all(|it| *it == ChangeEffect::Tightens), "{metric} {from}");
        }
        assert_eq!(raised(metric, &prices[..1]), [ChangeEffect::Loosens], "{metric}");
    }
}

/// Of 9 and then 10 units, the second year keeps less than half of the first, until its price rises.
#[test]
fn a_price_that_makes_a_year_count_loosens() {
    let old = rising();
    let tier = "quantity = \"10+\", price = \"40.00\"";
    let raise = |book: &str, to: &str| {
        let new = replaced(book, tier, &tier.replace("40.00", to));
        effects(book, &new)[0].1
    };
    assert_eq!(raise(&old, "45.00"), ChangeEffect::Loosens);
    let both = replaced(&old, "price = \"100.00\"", "price = \"110.00\"");
    let both = replaced(&both, "price = \"40.00\"", "price = \"44.00\"");
    assert!(effects(&old, &both).iter().all(|it| it.1 == ChangeEffect::Tightens));
    // The smallest order of the larger range keeps the share of the largest one of the smaller range.
    assert_eq!(raise(&old.replace("50%", "44%"), "45.00"), ChangeEffect::Tightens);
    assert_eq!(raise(&old.replace("50%", "45%"), "45.00"), ChangeEffect::Loosens);
    let more = replaced(&old, "kept = \"50%\"", "kept = \"44%\"");
    let new = replaced(&more, tier, &tier.replace("40.00", "45.00"));
    assert!(
        effects(&old, &new)
            .contains(&("metric.seat.tiers.10+.price".to_owned(), ChangeEffect::Loosens))
    );
    // Where a longer commitment earns less, no year may cease to count either.
    let least = SMALL.replace("50%", "44%");
    assert_eq!(raise(&least, "45.00"), ChangeEffect::Loosens);
    // A part of a unit can be in the larger range and be less than its first unit.
    let parts = old.replace("50%", "44%").replace("places = 2", "places = 2\nfractional = true");
    assert_eq!(raise(&parts, "45.00"), ChangeEffect::Loosens);
    let kept = replaced(&old, "kept = \"50%\"", "kept = \"60%\"");
    assert_eq!(effects(&old, &kept), [("term.kept".to_owned(), ChangeEffect::Loosens)]);
}

/// A deal of fewer years loses the step, and with it the approval that the step needs at any rate.
#[test]
fn a_step_for_more_years_loosens() {
    let new = replaced(OUR_BOOK, "min_years = 2", "min_years = 3");
    assert_eq!(effects(OUR_BOOK, &new)[0].1, ChangeEffect::Loosens);
}

#[test]
fn a_figure_that_is_assumed_no_longer_loosens() {
    for (assumed, path) in [
        ("assumed = true                 # the playbook gives neither", "term.assumed"),
        ("approval_assumed = true\n", "metric.perpetual.approval_assumed"),
        ("grant_assumed = true\n", "discount.academic.program.institutional.grant_assumed"),
        (", assumed = \"the limit of 8 sockets a host\"", "metric.socket.tiers.1-2.assumed"),
    ] {
        let without = replaced(OUR_BOOK, assumed, if assumed.contains('#') { "#" } else { "" });
        let told = |effect| [(path.to_owned(), effect)];
        assert_eq!(effects(OUR_BOOK, &without), told(ChangeEffect::Loosens));
        assert_eq!(effects(&without, OUR_BOOK), told(ChangeEffect::Neutral));
    }
    let other = replaced(OUR_BOOK, "\"the limit of 8 sockets a host\"", "\"a limit\"");
    assert_eq!(effects(OUR_BOOK, &other)[0].1, ChangeEffect::Loosens);
}

#[test]
fn words_that_a_customer_or_a_reviewer_reads_loosen() {
    use ChangeEffect::{Loosens, Neutral, Tightens};
    let node = "inclusions = [\"24/7 support\", \"a dedicated edge success engineer\", ";
    let duties = "duties = [\"reference\", \"case-study\", \"press-release\"]";
    for (old, new, effect) in [
        (node, "inclusions = [\"24/7 support\", \"gold\", ", Loosens),
        (node, "inclusions = [\"24/7 support\", ", Tightens),
        (node, "inclusions = [\"a dedicated edge success engineer\", \"24/7 support\", ", Neutral),
        ("inclusions = [\"community support: forums and documentation\"]\n", "", Loosens),
        ("evidence = \"the university's accreditation\"\n", "", Loosens),
        ("evidence = \"the university's accreditation\"", "evidence = \"a letter\"", Loosens),
        ("notice_days = 90", "notice_days = 9", Loosens),
        ("title = \"Net 30\"", "title = \"Net 90\"", Loosens),
        ("title = \"yearly in advance\"", "title = \"yearly in arrears\"", Loosens),
        ("title = \"CPU socket\"", "title = \"Socket\"", Neutral),
        (duties, "duties = [\"press-release\", \"reference\", \"case-study\"]", Neutral),
        (duties, "duties = [\"press-release\", \"reference\"]", Loosens),
    ] {
        let found = effects(OUR_BOOK, &replaced(OUR_BOOK, old, new));
        assert_eq!(found.iter().map(|it| it.1).collect::<Vec<_>>(), [effect], "{old} {new}");
    }
    let without = replaced(OUR_BOOK, "evidence = \"the university's accreditation\"\n", "");
    assert_eq!(effects(&without, OUR_BOOK)[0].1, Tightens);
}

/// A deal that names what is gone is an error. What was inside went with it.
#[test]
fn a_table_that_is_gone_is_judged_as_one() {
    let metric = "[metric.site]\ntitle = \"Site\"\nunit = \"site\"\nunits = \"sites\"\nper = \"year\"\nmode = \"volume\"\n\
                  tiers = [{ quantity = \"1+\", price = \"10.00\" }]\n";
    let more = replaced(SMALL, "[waterfall]\n", &format!("{metric}[waterfall]\n"));
    let paths = ["metric.site", "metric.site.tiers.1+"];
    let told = |effect| paths.map(|path| (path.to_owned(), effect));
    assert_eq!(effects(&more, SMALL), told(ChangeEffect::Tightens));
    assert_eq!(effects(SMALL, &more), told(ChangeEffect::Loosens));
    let tier = "  { quantity = \"10+\", price = \"40.00\" },\n";
    let found = effects(SMALL, &replaced(SMALL, tier, ""));
    assert_eq!(found, [("metric.seat.tiers.10+".to_owned(), ChangeEffect::Loosens)]);
    let from = SMALL.find("[discount.special]").expect("the discount");
    let until = SMALL.find("[service.setup]").expect("the service");
    let without = [&SMALL[..from], &SMALL[until..]].concat();
    let found = effects(SMALL, &without);
    assert!(found.iter().all(|it| it.1 == ChangeEffect::Loosens), "{found:?}");
    let channel = "[channel.msp]\ntitle = \"Provider\"\nrate = \"30%\"\nbase = \"list\"\n";
    let found = effects(&[SMALL, channel].concat(), SMALL);
    assert_eq!(found, [("channel.msp".to_owned(), ChangeEffect::Tightens)]);
}

#[test]
fn a_name_with_a_dot_is_one_part_of_a_path() {
    let named = |name: &str| {
        replaced(
            SMALL,
            "[discount.special.program.friend]",
            &format!("[discount.special.program.{name}]"),
        )
    };
    let path = |name: &str| {
        let new = replaced(&named(name), "rate = \"1%\"", "rate = \"2%\"");
        effects(&named(name), &new).remove(0).0
    };
    let around = |part: &str| format!("discount.special.program.{part}.rate");
    assert_eq!(path("friend"), around("friend"));
    assert_eq!(path("\"a.b\""), around("\"a.b\""));
    assert_eq!(path("'a\"b\\'"), around("\"a\\\"b\\\\\""));
}
