//! What would come out as a wrong figure is refused instead.

use super::statement;
use crate::support::OUR_BOOK;
use dealdesk::book;
use dealdesk::book::{Books, MonthHours};
use dealdesk::text::source::Source;

/// A book with one metric by the hour that has these lines besides.
fn hourly(lines: &str) -> Books {
    let text = format!(
        "[book]\nname = \"Refused\"\nversion = \"1\"\ncurrency = \"USD\"\nquote_valid = \"30 days\"\n\
         [metric.vm]\ntitle = \"VM\"\nunit = \"virtual machine\"\nunits = \"virtual machines\"\n\
         per = \"hour\"\nhours_per_month = 730\nplaces = 6\n{lines}"
    );
    book::load(&Source::file("book", &text)).expect("a book")
}

fn fault(usage: &str, deal: Option<&str>, book: &Books) -> String {
    let rated = statement(usage, deal, MonthHours::Book, book);
    rated.expect_err("a fault").to_string()
}

const VOLUME: &str = "mode = \"volume\"\n";

#[test]
fn the_figures_of_a_file_are_called_by_what_is_counted() {
    let book = hourly(&format!("{VOLUME}tiers = [{{ quantity = \"1+\", price = \"1\" }}]"));
    let usage = "month,virtual_machine_hours\n2026-01,730\n";
    let rated = statement(usage, None, MonthHours::Book, &book).expect("a statement");
    assert_eq!(rated["totals"]["amount"], "730.00");
}

#[test]
fn an_average_that_the_book_does_not_sell() {
    let tiers = "tiers = [{ quantity = \"5-9\", price = \"1\" }]";
    let book = hourly(&format!("{VOLUME}{tiers}"));
    let usage = "month,virtual_machine_hours\n2026-01,730\n2026-02,3650\n2026-03,6570.001\n";
    let (few, many) = ("1 virtual machine", "10 virtual machines");
    assert_eq!(
        fault(usage, None, &book),
        format!(
            "usage:2: the book has no price for {few}, the average of 2026-01\n\
             usage:4: the book has no price for {many}, the average of 2026-03"
        )
    );
}

#[test]
fn a_line_whose_units_do_not_all_cost_the_same() {
    let tiers = "tiers = [{ quantity = \"1+\", price = \"1\" }]";
    for mode in ["mode = \"graduated\"\n", "mode = \"package\"\nsize = 10\n"] {
        let fault = fault(
            "month,virtual_machine_hours\n2026-01,730\n",
            None,
            &hourly(&format!("{mode}{tiers}")),
        );
        let expected =
            "usage:2: 2026-01 cannot be priced: vm has no price per virtual machine and hour";
        assert_eq!(fault, expected);
    }
}

#[test]
fn a_month_that_is_worth_too_much() {
    let tiers = "tiers = [{ quantity = \"1+\", price = \"999999999\" }]";
    let book = hourly(&format!("{VOLUME}{tiers}"));
    let fault = fault("month,virtual_machine_hours\n2026-01,1000000\n", None, &book);
    assert_eq!(fault, "usage:2: 2026-01 costs more than dealdesk can calculate");
}

/// Thirty years of 1,369,864 virtual machines at 10,000 an hour are more than a contract can be, and a month is
/// judged as the contract with its use.
#[test]
fn a_month_that_is_too_much_to_be_judged() {
    let book = hourly(&format!("{VOLUME}tiers = [{{ quantity = \"1+\", price = \"10000\" }}]"));
    let usage = "month,virtual_machine_hours\n2026-01,1000000000\n";
    let line = "[[line]]\nmetric = \"vm\"\nquantity = 1\n";
    let year = statement(usage, Some(line), MonthHours::Book, &book).expect("a statement");
    assert_eq!(year["totals"]["amount"], "10000000000000.00");
    let deal = format!("term_years = 30\n{line}");
    for deal in [&deal, &format!("{deal}unit_price = \"10000\"\n")] {
        let fault = fault(usage, Some(deal), &book);
        assert_eq!(fault, "usage:2: 2026-01 costs more than dealdesk can calculate");
    }
}

/// More rows than a month can have: a billion of core-hours in each.
#[test]
fn a_month_of_more_units_than_there_can_be() {
    let book = hourly(&format!("{VOLUME}tiers = [{{ quantity = \"1+\", price = \"0\" }}]"));
    let rows = (0..800).map(|row| {
        let (hour, minute) = (row / 60, row % 60);
        format!("2026-01-01T{hour:02}:{minute:02}:00Z,1000000000\n")
    });
    let usage = format!("timestamp,virtual_machine_hours\n{}", rows.collect::<String>());
    let fault = fault(&usage, None, &book);
    assert_eq!(fault, "usage:2: 2026-01 costs more than dealdesk can calculate");
}

/// What is committed has a price of its own, whose figures have to be exact too.
#[test]
fn a_commitment_whose_figures_are_too_long() {
    let steps = ["a", "b", "c"].map(|name| {
        format!(
            "[discount.{name}]\ntitle = \"{name}\"\nby = \"always\"\nbase = \"running\"\n\
             metrics = [\"vm\"]\nsteps = [{{ rate = \"0.0001%\" }}]\n"
        )
    });
    let book = hourly(&format!(
        "{VOLUME}tiers = [{{ quantity = \"1-9\", price = \"99999.999999\" }}, \
         {{ quantity = \"10+\", price = \"0.01\" }}]\n[waterfall]\norder = [\"a\", \"b\", \"c\"]\n{}",
        steps.concat()
    ));
    let deal =
        |committed| format!("[[line]]\nmetric = \"vm\"\nquantity = 10\ncommitted = {committed}\n");
    let usage = "month,virtual_machine_hours\n2026-01,7300\n";
    let rated = statement(usage, Some(&deal(10)), MonthHours::Book, &book).expect("a statement");
    assert_eq!(rated["totals"]["amount"], "73.00");
    let fault = fault(usage, Some(&deal(5)), &book);
    let expected = "deal:4: the figures of this commitment could need more than 28 digits";
    assert_eq!(fault, expected);
}

#[test]
fn nothing_that_is_paid_by_the_hour_and_too_much_of_it() {
    let own = book::load(&Source::file("pricing.toml", OUR_BOOK)).expect("the book");
    let usage = "month,core_hours\n2026-01,730\n";
    let cores = "[[line]]\nmetric = \"core\"\nquantity = 10\n";
    let hourly = "[[line]]\nmetric = \"consumption\"\nquantity = 10\n";
    let none = fault(usage, Some(cores), &own);
    assert_eq!(none, "deal:1: the deal has nothing that is billed by use");
    let twice = fault(usage, Some(&format!("{hourly}{hourly}")), &own);
    assert_eq!(twice, "deal:1: the deal has 2 lines of consumption");
}

/// Of a commitment that is dearer than all that the deal expects, the contract has a limit too.
#[test]
fn a_commitment_to_more_than_a_contract() {
    let tiers = "tiers = [{ quantity = \"1-9\", price = \"999999999\" }, \
                 { quantity = \"10+\", price = \"0.01\" }]\n";
    let book = hourly(&format!("{VOLUME}{tiers}"));
    let deal = |committed, years| {
        format!(
            "term_years = {years}\n[[line]]\nmetric = \"vm\"\nquantity = 10\n\
             committed = {committed}\n"
        )
    };
    let usage = "month,virtual_machine_hours\n2026-01,7300\n";
    let small = statement(usage, Some(&deal(9, 1)), MonthHours::Book, &book).expect("a statement");
    assert_eq!(small["totals"]["amount"], "73.00");
    // 9 x 999,999,999 x 8,760 x 20 is more than a million of billions.
    let fault = fault(usage, Some(&deal(9, 20)), &book);
    assert_eq!(fault, "deal:1: the commitment of this deal is too large");
}

#[test]
fn several_things_that_are_paid_by_the_hour() {
    let tiers = "tiers = [{ quantity = \"1+\", price = \"1\" }]\n";
    let second = "[metric.gpu]\ntitle = \"GPU\"\nunit = \"GPU\"\nunits = \"GPUs\"\n\
                  per = \"hour\"\nhours_per_month = 730\nplaces = 6\n";
    let book = hourly(&format!("{VOLUME}{tiers}{second}{VOLUME}{tiers}"));
    let usage = "month,gpu_hours\n2026-01,730\n";
    let gpu = "[[line]]\nmetric = \"gpu\"\nquantity = 10\n";
    let both = format!("{gpu}[[line]]\nmetric = \"vm\"\nquantity = 10\n");
    assert!(statement(usage, Some(gpu), MonthHours::Book, &book).is_ok());
    let several = fault(usage, Some(&both), &book);
    assert_eq!(several, "deal:1: the deal has several metrics that are billed by use");
    let unsaid = fault(usage, None, &book);
    assert_eq!(unsaid, "deal:1: the book has several metrics that are billed by use");
}

/// Nobody knows what a share of revenue comes to, as in the invoices of a deal.
#[test]
fn use_of_a_partner_that_shares_its_revenue() {
    let book = book::load(&Source::file("pricing.toml", OUR_BOOK)).expect("the book");
    let deal = "[channel]\nname = \"oem\"\nrevenue = \"100000.00\"\nbasis = \"a report\"\n\
                [[line]]\nmetric = \"consumption\"\nquantity = 1000\n";
    assert_eq!(
        fault("month,core_hours\n2026-12,730000\n", Some(deal), &book),
        "usage:1: the partner pays a share of its revenue, and no use is invoiced"
    );
}

/// A price per call says nothing of the month in which the calls have a base price.
#[test]
fn a_price_of_a_unit_for_a_month_that_is_priced_as_a_whole() {
    let text = "[book]\nname = \"Calls\"\nversion = \"1\"\ncurrency = \"USD\"\nquote_valid = \"30 days\"\n\
                [metric.call]\ntitle = \"Calls\"\nunit = \"call\"\nunits = \"calls\"\nper = \"use\"\n\
                mode = \"volume\"\ntiers = [{ quantity = \"1-9\", price = \"2\" }, \
                { quantity = \"10+\", price = \"1\", flat = \"5\" }]\n";
    let book = book::load(&Source::file("book", text)).expect("a book");
    let deal = "[[line]]\nmetric = \"call\"\nquantity = 5\nunit_price = \"2\"\n";
    let fault = |usage| fault(usage, Some(deal), &book);
    let expected = "usage:3: 2026-02 cannot be priced: a price per call was agreed, and 12 calls have a price as a whole";
    assert_eq!(fault("month,units\n2026-01,9\n2026-02,12\n"), expected);
}

/// A book that charges something in every month has to say what a month without use costs.
#[test]
fn a_month_without_use_that_a_book_with_a_fee_does_not_sell() {
    let text = "[book]\nname = \"Calls\"\nversion = \"1\"\ncurrency = \"USD\"\nquote_valid = \"30 days\"\n\
                [metric.call]\ntitle = \"Calls\"\nunit = \"call\"\nunits = \"calls\"\nper = \"use\"\n\
                mode = \"volume\"\nfee = \"5\"\ntiers = [{ quantity = \"1+\", price = \"2\" }]\n";
    let book = book::load(&Source::file("book", text)).expect("a book");
    let fault = fault("month,units\n2026-01,9\n2026-02,0\n", None, &book);
    assert_eq!(fault, "usage:3: the book has no price for 0 calls, the use of 2026-02");
}
