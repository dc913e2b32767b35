//! A line in parts is the same line at a partner's price too, with floors and parts of a year.

use crate::findings::{day, resolve};
use crate::support::OUR_BOOK;
use dealdesk::approve::{PricedDeal, route};
use dealdesk::book;
use dealdesk::book::Books;
use dealdesk::deal::Deal;
use dealdesk::number::{Date, Money};
use dealdesk::price::{CashFlow, Measured, MeasuredMoney, PartnerDeal, Totals, price};
use dealdesk::quote::quote;
use dealdesk::text::source::Source;
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;
use std::fmt::Write;
use std::sync::LazyLock;

static OFF_NET: LazyLock<Books> = LazyLock::new(|| load(OUR_BOOK));
static OFF_LIST: LazyLock<Books> =
    LazyLock::new(|| load(&OUR_BOOK.replace("base = \"customer-net\"", "base = \"list\"")));

fn load(text: &str) -> Books {
    book::load(&Source::file("book", text)).unwrap_or_else(|faults| panic!("{faults}"))
}

/// Sums of a deal on both sides of its partner, without the figures of single lines.
#[derive(Debug, PartialEq, Eq)]
struct Sums {
    totals: Totals,
    partner: CashFlow,
    measured: Vec<[Money; 5]>,
    rules: Vec<String>,
    invoices: Vec<(Date, Money)>,
}

fn sums(deal: &Deal<'_>) -> Sums {
    let pricing = price(deal);
    let Measured { customer, ours } = Measured::committed(deal, &pricing);
    let figures = |it: &MeasuredMoney| [it.list, it.net, it.tcv, it.acv, it.largest_year];
    let measured = std::iter::once(&customer).chain(&ours).map(figures).collect();
    let verdict = route(&PricedDeal { deal, pricing: &pricing });
    let required = verdict.required.iter().map(|it| it.rule.id.clone());
    let refused = verdict.violations.iter().map(|it| it.rule.id.clone());
    let quote = quote(deal);
    let Some(PartnerDeal::Resale(resale)) = &quote.partner else { panic!("a resale") };
    let schedule = quote.schedule.as_ref().expect("invoices");
    let invoices = schedule.invoices.iter().map(|it| (it.date, it.amount)).collect();
    assert_eq!(schedule.total, resale.partner.tcv, "the invoices are the partner's");
    Sums {
        totals: pricing.totals,
        partner: resale.partner,
        measured,
        rules: required.chain(refused).collect(),
        invoices,
    }
}

const PROGRAMS: [(&str, &str); 5] = [
    ("node", "strategic = { program = \"national-lab\", duties = [\"government-funded\"] }\n"),
    ("node", "strategic = { program = \"institutional\", duties = [\"accredited-university\"] }\n"),
    ("node", ""),
    ("socket", ""),
    ("perpetual", ""),
];

proptest! {
    #![proptest_config(super::cases(300))]

    /// Sums, invoices, approvals and figures that rules measure are those of the line as a whole.
    #[test]
    fn a_line_in_parts_costs_its_partner_the_same(
        (metric, program) in select(&PROGRAMS[..]),
        off_list in any::<bool>(),
        rate in 300_000..=400_000_u32,
        parts in vec(3..1500_u64, 2..5),
        years in 1..=3_u32,
        (ahead, lead) in (0..170_u32, 0..365_u32),
    ) {
        let books = if off_list { &*OFF_LIST } else { &*OFF_NET };
        let (start, first) = (day().plus_days(ahead), day().plus_days(ahead + lead));
        let (whole, digits) = (rate / 10_000, rate % 10_000);
        let head = format!(
            "segment = \"research\"\nterm_years = {years}\nstart = {start}\nfirst_year = {first}\n{program}\
             channel = {{ name = \"msp\", partner = \"S\", rate = \"{whole}.{digits:04}%\" }}\n"
        );
        let with = |quantities: &[u64]| {
            let mut text = head.clone();
            for quantity in quantities {
                writeln!(text, "[[line]]\nmetric = \"{metric}\"\nquantity = {quantity}").expect("a String takes it");
            }
            text
        };
        let (one, several) = (with(&[parts.iter().sum()]), with(&parts));
        let deal = |text: &str| resolve(books, text).unwrap_or_else(|| panic!("a deal:\n{text}"));
        prop_assert_eq!(sums(&deal(&several)), sums(&deal(&one)), "{}", several);
    }
}
