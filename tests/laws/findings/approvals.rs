//! An approval that a book names is required by some deal, or `book check` says that no deal needs it.

use crate::findings::{day, resolve};
use crate::laws::cases;
use crate::laws::larger_order::small;
use crate::laws::world::{load, world};
use dealdesk::answer::book_check::{
    ApprovalPlace, Finding, RequiringDeal, approval_places, findings, requiring_deal,
};
use dealdesk::approve::{PricedDeal, Verdict, route};
use dealdesk::book::{Books, DealMeasure};
use dealdesk::deal::Deal;
use dealdesk::price::price;
use proptest::collection::vec;
use proptest::option::weighted;
use proptest::prelude::*;
use proptest::sample::select;

fn judged(deal: &Deal<'_>) -> Verdict {
    route(&PricedDeal { deal, pricing: &price(deal) })
}

/// Whether a line of a book is reported to be needed by no deal.
fn is_told(found: &[Finding<'_>], place: ApprovalPlace<'_>) -> bool {
    let codes = ["approval-never-required", "unreached"];
    found.iter().any(|it| codes.contains(&it.code.name) && it.rule.source == place.rule().source)
}

/// Whether a guardrail of a book refuses deals by one of these measures.
fn refuses(text: &str, measures: &[&str]) -> bool {
    let tables = text.split("[[guardrail]]\n").skip(1);
    let mut tables = tables.map(|table| table.split("\n[").next().unwrap_or(table));
    let is_by = |table: &str, name: &&str| table.contains(&format!("measure = \"{name}\""));
    tables.any(|table| {
        table.contains("refuse = true") && measures.iter().any(|name| is_by(table, name))
    })
}

/// Whether the explanation of the finding says that a place is left out.
fn is_left_out(text: &str, place: ApprovalPlace<'_>) -> bool {
    let (is_size, is_discount) = (refuses(text, &["acv", "tcv"]), refuses(text, &["discount"]));
    match place {
        _ if is_size && is_discount => true,
        ApprovalPlace::Program(..) | ApprovalPlace::Grant(..) => is_size,
        // A partner's rate, or the rounding of a line, could exceed it beside what is tried.
        ApprovalPlace::Guardrail(it) => {
            let odd = ["[channel.", "fractional", "graduated", "package", "hour", "once"];
            let charges = ["fee", "minimum", "net_minimum", "flat"];
            matches!(it.measure, DealMeasure::Discount(_))
                && odd.iter().chain(&charges).any(|word| text.contains(word))
        }
        _ => false,
    }
}

/// Every place of the books has a deal that needs its approval, or is reported.
fn every_place_is_needed_or_told(
    books: &Books,
    found: &[Finding<'_>],
    text: &str,
) -> Result<(), TestCaseError> {
    for book in books.iter() {
        for place in approval_places(book) {
            let source = &place.rule().source;
            let is_service = matches!(place, ApprovalPlace::Service(..));
            if is_told(found, place) || is_left_out(text, place) && !is_service {
                continue;
            }
            match requiring_deal(books, book, place, day()) {
                RequiringDeal::Found(deal) => {
                    let verdict = judged(&deal);
                    let needs = verdict
                        .required
                        .iter()
                        .any(|it| it.approval == *place.need() && it.rule.source == *source);
                    prop_assert!(needs && !verdict.is_refused(), "{source}: {verdict:?}\n{text}");
                }
                RequiringDeal::Never(reason) => {
                    // A deal in another currency needs it.
                    let is_only = books.iter().count() == 1;
                    prop_assert!(!is_only, "{source}: {reason}\n{text}");
                }
                RequiringDeal::Undecided => {
                    prop_assert!(is_service, "{source}\n{text}");
                }
            }
        }
    }
    Ok(())
}

/// No deal that is not refused needs an approval of which it is said that no deal does.
fn no_deal_needs_what_is_told(
    found: &[Finding<'_>],
    deal: &Deal<'_>,
    text: &str,
) -> Result<(), TestCaseError> {
    let verdict = judged(deal);
    if verdict.is_refused() {
        return Ok(());
    }
    let never = found.iter().filter(|it| it.code.name == "approval-never-required");
    for it in never {
        let needs = verdict.required.iter().any(|asked| asked.rule.source == it.rule.source);
        prop_assert!(!needs, "{}: {verdict:?}\n{text}", it.message);
    }
    Ok(())
}

proptest! {
    #![proptest_config(cases(60))]

    #[test]
    fn an_approval_of_any_book_is_needed_or_told(world in world().prop_map(small)) {
        let books = world.load();
        let text = world.book.toml();
        let found = findings(&[&books], day());
        every_place_is_needed_or_told(&books, &found, &text)?;
        if let Some(deal) = world.resolve(&books) {
            no_deal_needs_what_is_told(&found, &deal, &(text + &world.deal.toml(&world.book)))?;
        }
    }
}

const HEAD: &str = "
[book]
name = \"B\"
version = \"1\"
currency = \"USD\"
quote_valid = \"30 days\"
[rounding]
mode = \"half-up\"
[[approval]]
level = \"lead\"
title = \"Lead\"
[[review]]
name = \"legal\"
title = \"Legal\"
[payment]
standard = \"net-30\"
[payment.terms]
net-30 = { title = \"Net 30\", days = 30 }
net-60 = { title = \"Net 60\", days = 60 }
net-90 = { title = \"Net 90\", days = 90, refuse = true }
[billing]
standard = \"annual\"
PRORATION
[billing.ways]
annual = { title = \"a\", months = 12 }
quarterly = { title = \"q\", months = 3 }
[metric.seat]
title = \"Seat\"
unit = \"seat\"
units = \"seats\"
per = \"year\"
mode = \"volume\"
places = 2
";

/// Ways to pay that a step or a program can name.
const PAYING: &[&str] = &[
    "\"net-30\"",
    "\"net-60\"",
    "\"net-90\"",
    "\"quarterly\"",
    "\"annual\"",
    "\"net-60\", \"quarterly\"",
    "\"net-60\", \"net-90\"",
];

const ASKS: &[&str] = &[
    "approval = \"lead\"",
    "approval = \"none\"\nreview = \"legal\"",
    "approval = \"lead\"\nreview = \"legal\"",
];

/// Keys of a program, each in some books.
fn program() -> impl Strategy<Value = String> {
    let rate = select(
        &["rate = \"70%\"", "rate = \"20%\"", "max_rate = \"30%\"", "max_rate = \"0%\""][..],
    );
    let limits = (
        weighted(0.3, select(&["1-4", "5-9", "30+", "1-40"][..])),
        weighted(0.3, select(&["1", "2", "3-4"][..])),
        weighted(0.3, select(PAYING)),
        weighted(0.3, select(&["100.00", "2500.00", "100000.00"][..])),
        prop::bool::weighted(0.2),
    );
    (rate, select(ASKS), limits).prop_map(|(rate, asks, (quantity, years, payment, arr, alone))| {
        let key = |name: &str, value: Option<&str>| {
            value.map(|value| format!("{name} = \"{value}\"\n")).unwrap_or_default()
        };
        let payment = payment.map(|names| format!("payment = [{names}]\n")).unwrap_or_default();
        let alone = if alone { "exclusive = true\n" } else { "" };
        format!("title = \"P\"\n{rate}\n{asks}\n{payment}{alone}")
            + &(key("quantity", quantity) + &key("years", years) + &key("arr_above", arr))
    })
}

/// Tables of discounts, with the order of their waterfall.
fn discounts() -> impl Strategy<Value = String> {
    let step = (
        select(
            &[
                "rate = \"0%\"",
                "rate = \"5%\"",
                "rate = \"60%\"",
                "rate = \"40%\", otherwise = \"20%\"",
            ][..],
        ),
        weighted(0.2, 2..4_u32),
    );
    let ask = ", approval = \"lead\"";
    let line = move |key: &str, at: &str, (rate, least): (&str, Option<u32>)| {
        let least = least.map(|years| format!(", min_years = {years}")).unwrap_or_default();
        format!("  {{ {key} = {at}, {rate}{least}{ask} }},\n")
    };
    let quantity = vec(step.clone(), 3).prop_map(move |steps| {
        let ranges = ["\"1-4\"", "\"5-29\"", "\"30-60\""].into_iter().zip(steps);
        ranges.map(|(range, step)| line("quantity", range, step)).collect::<String>()
    });
    let term = vec(step, 2).prop_map(move |steps| {
        let ranges = ["\"2\"", "\"3-4\""].into_iter().zip(steps);
        ranges.map(|(range, step)| line("years", range, step)).collect::<String>()
    });
    let payment = vec((select(PAYING), weighted(0.3, 2..4_u32)), 1..3).prop_map(move |steps| {
        let row =
            |(names, least)| line("payment", &format!("[{names}]"), ("uplift = \"5%\"", least));
        steps.into_iter().map(row).collect::<String>()
    });
    let programs = vec(program(), 1..3);
    let parts = (weighted(0.5, quantity), weighted(0.4, term), weighted(0.5, payment), programs);
    parts.prop_map(|(quantity, term, payment, programs)| {
        let automatic = [("quantity", quantity), ("term", term), ("payment", payment)];
        let given: Vec<_> = automatic.into_iter().filter_map(|(by, steps)| Some((by, steps?))).collect();
        let names = given.iter().map(|(by, _)| format!("\"{by}\"")).chain(["\"program\"".to_owned()]);
        let mut text = format!("[waterfall]\norder = [{}]\n", names.collect::<Vec<_>>().join(", "));
        let open = |by: &str| {
            format!("[discount.{by}]\ntitle = \"{by}\"\nby = \"{by}\"\nbase = \"running\"\nmetrics = [\"seat\"]\n")
        };
        for (by, steps) in given {
            text += &(open(by) + &format!("steps = [\n{steps}]\n"));
        }
        text += &open("program");
        let named = |(at, program)| format!("[discount.program.program.p{at}]\n{program}");
        text + &programs.iter().enumerate().map(named).collect::<String>()
    })
}

/// A guardrail, a channel, a service, a clause and late starts, each in some books.
fn others() -> impl Strategy<Value = String> {
    let guardrail = (
        select(
            &[
                "\"discount\"\nabove = \"10%\"",
                "\"discount\"\nabove = \"50%\"",
                "\"tcv\"\nabove = \"99.00\"",
                "\"acv\"\nabove = \"3000.00\"",
                "\"term\"\nabove = \"1\"",
            ][..],
        ),
        select(&["approval = \"lead\"", "refuse = true", "refuse = true\napproval = \"lead\""][..]),
    );
    let guardrail = guardrail.prop_map(|(measure, does)| {
        format!("[[guardrail]]\nname = \"g\"\nmeasure = {measure}\n{does}\nreason = \"r\"\n")
    });
    let channel = select(
        &[
            "rate = \"0%-30%\"\nbase = \"customer-net\"\notherwise = \"10%\"",
            "rate = \"30%\"\nbase = \"list\"",
            "share = \"30%\"\nbelow_lines = true",
        ][..],
    );
    let channel = channel
        .prop_map(|terms| format!("[channel.c]\ntitle = \"C\"\napproval = \"lead\"\n{terms}\n"));
    let service = (
        select(&["0.00", "5.00", "5000.00"][..]),
        select(&["", "unit = \"day\"\nunits = \"days\"\nprice = \"40.00\"\n"][..]),
    );
    let service = service.prop_map(|(included, unit)| {
        format!(
            "[service.s]\ntitle = \"S\"\nincluded = \"{included}\"\nincluded_share = \"10%\"\nreview = \"legal\"\n\
             beyond = \"priced\"\n{unit}"
        )
    });
    let clause =
        select(&["", "standard_rates = \"0%-50%\"\n", "standard_rates = \"0%-100%\"\n"][..]);
    let clause = clause.prop_map(|rates| {
        format!("[clause.k]\ntitle = \"K\"\nclass = \"red-line\"\nreview = \"legal\"\nreason = \"r\"\n{rates}")
    });
    (
        weighted(0.7, guardrail),
        weighted(0.4, channel),
        weighted(0.4, service),
        weighted(0.4, clause),
    )
        .prop_map(|(guardrail, channel, service, clause)| {
            [guardrail, channel, service, clause].into_iter().flatten().collect()
        })
}

fn book() -> impl Strategy<Value = String> {
    let tiers = select(
        &[
            "tiers = [{ quantity = \"1+\", price = \"100.00\" }]\n",
            "tiers = [{ quantity = \"1-4\", price = \"0.00\" }, { quantity = \"5+\", price = \"100.00\" }]\n",
            "tiers = [{ quantity = \"1-20\", price = \"100.00\" }, { quantity = \"21-40\", price = \"80.00\" }]\n",
        ][..],
    );
    let terms = select(&["1", "1-2", "1-5", "2-3"][..]);
    let late = prop_oneof![Just(""), Just("start_after = 30\nstart_after_approval = \"lead\"\n")];
    let proration = select(&["", "proration = \"actual/actual\""][..]);
    (tiers, terms, late, proration, discounts(), others()).prop_map(
        |(tiers, terms, late, proration, discounts, others)| {
            let head = HEAD.replace("PRORATION", proration);
            format!("{head}{tiers}[term]\nyears = \"{terms}\"\n{late}{discounts}{others}")
        },
    )
}

/// A deal of such a book, if it has what the deal names.
fn deal() -> impl Strategy<Value = String> {
    let top = (
        1..50_u32,
        1..5_u32,
        weighted(0.4, select(&["net-30", "net-60"][..])),
        weighted(0.3, select(&["annual", "quarterly"][..])),
    );
    let more = (
        weighted(0.5, (0..2_u32, select(&["", "rate = \"1%\"\n", "rate = \"30%\"\n"][..]))),
        weighted(0.2, select(&["rate = \"20%\"", "rate = \"30%\"", "revenue = \"100.00\""][..])),
        weighted(0.2, select(&["", "rate = \"60%\"\n"][..])),
    );
    (top, more).prop_map(|((quantity, years, payment, billing), (program, channel, clause))| {
        let key = |name: &str, value: Option<&str>| {
            value.map(|value| format!("{name} = \"{value}\"\n")).unwrap_or_default()
        };
        let program =
            program.map(|(at, rate)| format!("[[strategic]]\nprogram = \"p{at}\"\n{rate}"));
        let channel = channel.map(|terms| format!("[channel]\nname = \"c\"\n{terms}\n"));
        let clause = clause.map(|rate| format!("[[clause]]\nname = \"k\"\n{rate}"));
        format!("term_years = {years}\n")
            + &(key("payment", payment) + &key("billing", billing))
            + &format!("[[line]]\nmetric = \"seat\"\nquantity = {quantity}\n")
            + &[program, channel, clause].into_iter().flatten().collect::<String>()
    })
}

proptest! {
    #![proptest_config(cases(60))]

    /// Books in which many approvals are needed by no deal, and deals near what decides.
    #[test]
    fn an_approval_of_a_small_book_is_needed_or_told((book, deals) in (book(), vec(deal(), 12))) {
        let books = load(&book);
        let found = findings(&[&books], day());
        every_place_is_needed_or_told(&books, &found, &book)?;
        for text in deals {
            if let Some(deal) = resolve(&books, &text) {
                no_deal_needs_what_is_told(&found, &deal, &format!("{text}\n{book}"))?;
            }
        }
    }
}
