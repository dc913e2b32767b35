//! A person at a terminal.

use crate::support::Desk;
use expectrl::process::unix::{Signal, WaitStatus};
use expectrl::session::OsSession;
use expectrl::{Eof, Expect, Session};
use std::process::Stdio;
use std::time::Duration;

/// The binary under a terminal of its own.
struct Person {
    session: OsSession,
}

impl Person {
    fn at(desk: &Desk, args: &[&str]) -> Self {
        let mut command = desk.command();
        command.args(args).env("TERM", "xterm").stdin(Stdio::inherit());
        let mut session = Session::spawn(command).expect("a terminal");
        session.set_expect_timeout(Some(Duration::from_mins(2)));
        Self { session }
    }

    /// Waits for a text on the screen.
    fn sees(&mut self, text: &str) -> &mut Self {
        self.session.expect(text).expect(text);
        self
    }

    fn types(&mut self, keys: &str) -> &mut Self {
        self.session.send(keys).expect("the terminal takes keys");
        self
    }

    /// The exit code; nothing if a signal ended it.
    fn leaves(&mut self) -> Option<i32> {
        self.session.expect(Eof).expect("the end of the session");
        match self.session.get_process().wait().expect("an exit code") {
            WaitStatus::Exited(_, code) => Some(code),
            _ => None,
        }
    }

    /// Answers up to the offer to save: 500 sockets for three years, as a lighthouse.
    fn answers(&mut self) -> &mut Self {
        self.sees("Customer").types("Acme Bank\r");
        self.sees("Metric").types("\r");
        self.sees("Number of sockets").types("500\r");
        self.sees("Edition").types("\r");
        self.sees("Another line").types("n");
        self.sees("Ends with another contract").types("\r");
        self.sees("Term in years").types("3\r");
        self.sees("Prepayment").types("\t\r");
        self.sees("Program").types("\t\t\r");
        self.sees("Rate").types("10%\r");
        self.sees("$2,779,815.00 for 3 years, $1,853.21 per socket, 38.23% off list");
        self.sees("Reason").types("\r");
        self.sees("Customer commitments").types(" \r");
        self.sees("Save this deal")
    }
}

fn files(desk: &Desk) -> Vec<String> {
    let entries = std::fs::read_dir(desk.path("")).expect("the folder");
    let names = entries.map(|entry| entry.expect("an entry").file_name());
    let mut names: Vec<_> = names.map(|name| name.to_string_lossy().into_owned()).collect();
    names.sort();
    names
}

#[test]
fn a_saved_deal_quotes_to_the_bytes_of_the_wizard_and_of_the_flags() {
    let desk = Desk::new();
    let mut person = Person::at(&desk, &["quote", "--output", "asked.json"]);
    person.answers().types("y").sees("Save the deal as").types("\r");
    person.sees("acme-bank.toml written").sees("asked.json written");
    assert_eq!(person.leaves(), Some(0));
    assert_eq!(files(&desk), ["acme-bank.toml", "asked.json"]);

    let saved = desk.read("acme-bank.toml");
    let date = saved.lines().find_map(|line| line.strip_prefix("date = ")).expect("a date");
    let again = desk.run(&["quote", "acme-bank.toml", "--format", "json", "--date", date]);
    assert_eq!(again.stdout, desk.read("asked.json"));
    let words = "quote --metric socket --quantity 500 --term 3 --prepay multi-year \
        --strategic lighthouse=10% --duty reference --format json --customer";
    let mut words: Vec<_> = words.split_whitespace().collect();
    words.extend(["Acme Bank", "--date", date]);
    assert_eq!(desk.run(&words).stdout, again.stdout);
}

#[test]
fn the_quote_is_shown_before_it_is_saved() {
    let desk = Desk::new();
    let mut person = Person::at(&desk, &["new", "lighthouse.toml"]);
    // The offer is not made: the name was given.
    person.sees("Customer").types("\r").sees("Metric").types("\t\t\r");
    person.sees("Number of nodes").types("10\r").sees("$5,000.00 for 1 year, $500.00 per node");
    person.sees("Sold for edge devices").types("y");
    person.sees("Another line").types("\r").sees("Ends with another contract").types("\r");
    person.sees("Term in years").types("\r");
    person.sees("Prepayment").types("\r").sees("Program").types("\r");
    person.sees("Quote").sees("Approval: none needed").sees("lighthouse.toml written");
    assert_eq!(person.leaves(), Some(0));
    assert_eq!(files(&desk), ["lighthouse.toml"]);
    assert!(desk.read("lighthouse.toml").contains("sold_for = \"edge devices\"\n"));
}

/// An add-on of 31 days names the contract that it joins, and has no term in years.
#[test]
fn a_contract_that_ends_with_another_has_no_term() {
    let desk = Desk::new();
    let mut person = Person::at(&desk, &["new", "add-on.toml"]);
    person.sees("Customer").types("\r").sees("Metric").types("\r");
    person.sees("Number of sockets").types("10\r").sees("Edition").types("\r");
    person.sees("Another line").types("n").sees("Ends with another contract").types("y");
    person.sees("Number or name of that contract").types("\r").sees("this is empty");
    person.types("C-1042\r").sees("First day of this one").types("2099-01-01\r");
    person.sees("Last day of both").types("2099-01-31\r");
    person.sees("Prepayment").types("\r").sees("Program").types("\r");
    person.sees("add-on.toml written");
    assert_eq!(person.leaves(), Some(0));
    let saved = desk.read("add-on.toml");
    for line in ["joins = \"C-1042\"", "start = 2099-01-01", "co_term_end = 2099-01-31"] {
        assert!(saved.lines().any(|it| it == line), "{saved}");
    }
}

#[test]
fn a_fee_is_asked_for_and_a_pilot_has_no_term_in_years() {
    let desk = Desk::new();
    let mut person = Person::at(&desk, &["new", "pilot.toml"]);
    person.sees("Customer").types("\r").sees("Metric").types("\t\t\t\t\t\r");
    person.sees("$50,000.00 to $100,000.00").sees("Number of nodes").types("20\r");
    person.sees("from $50,000.00 to $100,000.00").sees("Fee").types("20000\r");
    person.sees("OUTSIDE POLICY").sees("Another line").types("\u{3}");
    assert_eq!(person.leaves(), Some(1));

    let mut person = Person::at(&desk, &["new", "pilot.toml"]);
    person.sees("Customer").types("\r").sees("Metric").types("\t\t\t\t\t\r");
    person.sees("Number of nodes").types("20\r").sees("Fee").types("75000\r");
    person.sees("so far: $75,000.00 for 6 months, at list, no approval needed");
    person.sees("Another line").types("\r");
    person.sees("Quote").sees("Approval: none needed").sees("pilot.toml written");
    assert_eq!(person.leaves(), Some(0));
    assert!(desk.read("pilot.toml").contains("fee = \"75000.00\"\n"));
}

#[test]
fn ctrl_c_leaves_no_file_behind() {
    let desk = Desk::new();
    let mut person = Person::at(&desk, &["quote"]);
    person.sees("Customer").types("Acme\r").sees("Metric").types("\r");
    person.sees("Number of").types("50\u{3}").sees("canceled");
    assert_eq!(person.leaves(), Some(1));

    let mut person = Person::at(&desk, &["quote", "--output", "asked.json"]);
    person.answers().types("y").sees("Save the deal as").types("acme\u{3}");
    person.sees("canceled");
    assert_eq!(person.leaves(), Some(1));
    assert!(files(&desk).is_empty());
}

#[test]
fn an_answer_that_does_not_hold_is_asked_again() {
    let desk = Desk::new();
    let mut person = Person::at(&desk, &["quote"]);
    person.sees("Customer").types("\r").sees("Metric").types("\r");
    person.sees("Number of sockets").types("1,000\r");
    person.sees("numbers are written without separators").sees("hint: write 1000");
    person.types("0\r").sees("the book has no price for 0 sockets").sees("its ranges are 1-2");
    person.types("1000\r").sees("needs VP approval").sees("Edition").types("\r");
    person.sees("Another line").types("n").sees("Ends with another contract").types("n");
    person.sees("Term in years").types("31\r");
    person.sees("a whole number of years from 1 to 30").types("\u{3}");
    assert_eq!(person.leaves(), Some(1));
}

#[test]
fn an_interrupt_between_two_questions_ends_the_command() {
    let desk = Desk::new();
    let mut person = Person::at(&desk, &["quote"]);
    person.sees("Customer");
    person.session.get_process_mut().signal(Signal::SIGINT).expect("a signal");
    person.sees("canceled");
    assert_eq!(person.leaves(), Some(1));
}

#[test]
fn an_existing_file_is_asked_about_before_anything_else() {
    let desk = Desk::new().file("acme.toml", "mine");
    let mut person = Person::at(&desk, &["new", "acme.toml"]);
    person.sees("Overwrite acme.toml, which exists").types("n");
    person.sees("canceled: nothing was written");
    assert_eq!(person.leaves(), Some(1));
    assert_eq!(desk.read("acme.toml"), "mine");
}

#[test]
fn without_a_terminal_there_is_nobody_to_ask() {
    let desk = Desk::new();
    let ran = desk.run(&["new"]);
    assert_eq!((ran.code, ran.stdout.as_str()), (Some(1), ""));
    assert!(ran.stderr.contains("dealdesk quote --customer"), "{}", ran.stderr);

    let ran = desk.run(&["quote"]);
    assert_eq!((ran.code, ran.stdout.as_str()), (Some(2), ""));
    assert!(ran.stderr.contains("no-lines"), "{}", ran.stderr);
    assert!(files(&desk).is_empty());
}

/// The currency is asked for where there is a choice; every price is in it from then on.
#[test]
fn the_currency_is_asked_for_where_the_book_has_several() {
    let book = include_str!("../../examples/currencies/pricing.toml");
    let desk = Desk::new().file("pricing.toml", book);
    let mut person = Person::at(&desk, &["new", "deal.toml"]);
    person.sees("Customer").types("\r");
    // The fourth of them: dinars, in which sockets alone are sold.
    person.sees("Currency").types("\t\t\t\r");
    person.sees("Number of sockets").types("10\r");
    person.sees("BD 5,655.000 for 1 year, BD 565.500 per socket");
    person.sees("Edition").types("\r");
    person.sees("Another line").types("n");
    // The one program is not given in dinars, so it is not offered.
    person.sees("Term in years").types("\r").sees("written");
    assert_eq!(person.leaves(), Some(0));
    assert!(desk.read("deal.toml").contains("currency = \"BHD\"\n"));
}

/// Questions of a first price book: a flag's is not asked, and an answer that cannot be read is asked again.
#[test]
fn a_first_price_book_is_asked_for() {
    let desk = Desk::new();
    let mut person =
        Person::at(&desk, &["book", "new", "--product", "Tree", "--output", "pricing.toml"]);
    person.sees("Company or price list").types("Elm \"Systems\"\r");
    person.sees("Currency").types("dollars\r").sees("no currency of ISO 4217");
    person.types("\u{15}chf\r");
    person.sees("Pricing").sees("graduated ranges").types("\t\t\t\t\r");
    person.sees("Unit").types("leaf\r").sees("Several of them").types("leaves\r");
    person.sees("Prices are for a").types("\t\r");
    person.sees("Base price, which includes 25 units").types("0\r").sees("above zero");
    person.types("\u{15}1000\r");
    person.sees("Discount for larger orders").types("\t\t\r");
    person.sees("Partners sell too").types("y");
    person.sees("pricing.toml written: dealdesk book check pricing.toml proves it");
    assert_eq!(person.leaves(), Some(0));
    let asked = desk.read("pricing.toml");
    let flags = "book new --kind base --currency CHF --product Tree --unit leaf --units leaves --period month \
                 --price 1000 --discount approval --partners yes --name";
    let mut flags: Vec<_> = flags.split_whitespace().collect();
    flags.push("Elm \"Systems\"");
    assert_eq!(desk.run(&flags).stdout, asked);
    assert_eq!(desk.run(&["book", "check", "pricing.toml"]).code, Some(0));

    // Enter alone is a book too, and Ctrl-C none.
    let mut person = Person::at(&desk, &["book", "new", "--kind", "use", "--output", "use.toml"]);
    for question in ["Company", "Currency", "Product", "Unit", "Several", "Price", "Discount"] {
        person.sees(question).types("\r");
    }
    person.sees("Partners").types("\r").sees("use.toml written");
    assert_eq!(person.leaves(), Some(0));
    assert_eq!(desk.read("use.toml"), desk.run(&["book", "new", "--kind", "use"]).stdout);
    let mut person = Person::at(&desk, &["book", "new", "--output", "none.toml"]);
    person.sees("Company").types("\r").sees("Currency").types("\u{3}");
    assert_eq!(person.leaves(), Some(1));
    assert_eq!(files(&desk), ["pricing.toml", "use.toml"]);
}
