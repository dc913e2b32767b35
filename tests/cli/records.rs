//! Rows of a quote as a spreadsheet, done again from their own columns.

use super::on_the_day;
use crate::support::{Desk, root};
use num_bigint::BigInt;
use num_rational::BigRational;

/// The rows of a quote, each as its cells by the name of their column.
struct Rows {
    header: csv::StringRecord,
    rows: Vec<csv::StringRecord>,
}

impl Rows {
    fn of(desk: &Desk, words: &[&str]) -> Self {
        let ran = desk.run(&on_the_day(words, &["--format", "csv"]));
        let mut reader = csv::Reader::from_reader(ran.stdout.as_bytes());
        let header = reader.headers().expect("a header").clone();
        Self { header, rows: reader.records().map(|row| row.expect("a row")).collect() }
    }

    fn column(&self, name: &str) -> Vec<&str> {
        let at = self.header.iter().position(|it| it == name).expect("a column");
        self.rows.iter().map(|row| &row[at]).collect()
    }

    fn figures(&self, name: &str) -> Vec<BigRational> {
        self.column(name).into_iter().map(figure).collect()
    }
}

fn figure(text: &str) -> BigRational {
    let (units, decimals) = text.split_once('.').unwrap_or((text, ""));
    let digits: BigInt = format!("{units}{decimals}").parse().expect("digits");
    let places = u32::try_from(decimals.len()).expect("few");
    BigRational::new(digits, BigInt::from(10).pow(places))
}

/// A ramp after a part of a year, use by the hour, and a license for good.
const MIXED: &str = "\
term_years = 3
start = 2026-12-15
first_year = 2027-07-01
billing = \"quarterly\"
payment = \"net-60\"

[[line]]
metric = \"node\"
[[line.year]]
quantity = 100
[[line.year]]
quantity = 200
[[line.year]]
quantity = 300

[[line]]
metric = \"consumption\"
quantity = 1000

[[line]]
metric = \"perpetual\"
quantity = 10

[[service]]
name = \"migration\"
quantity = 100
";

#[test]
fn every_row_can_be_done_again_from_its_columns() {
    let desk = Desk::new().file("deal.toml", MIXED);
    let rows = Rows::of(&desk, &["quote", "deal.toml"]);
    assert_eq!(
        rows.column("metric"),
        ["node", "node", "node", "consumption", "perpetual", "migration"]
    );
    assert_eq!(rows.column("times_a_year"), ["1", "1", "1", "8760", "1", "1"]);
    let columns = ["price_times", "net_unit", "times_a_year", "annual", "one_time"];
    let [times, net, a_year, annual, once] = columns.map(|name| rows.figures(name));
    for (row, metric) in rows.column("metric").into_iter().enumerate() {
        let product = &times[row] * &net[row] * &a_year[row];
        let paid = if ["perpetual", "migration"].contains(&metric) { &once } else { &annual };
        assert_eq!(product, paid[row], "{metric}");
    }
    let columns = ["first_part", "years", "tcv"];
    let [first, years, tcv] = columns.map(|name| rows.figures(name));
    for row in 0..rows.rows.len() {
        assert_eq!(&once[row] + &first[row] + &years[row] * &annual[row], tcv[row], "row {row}");
    }
    // 198 of 365 days: of 100 x 250.00 at list; of a ramp, in front of its first year alone.
    assert_eq!(rows.column("first_part_list")[..3], ["13561.64", "0.00", "0.00"]);
    assert!(first[0] != BigRational::from_integer(0.into()));
}

#[test]
fn rows_say_how_they_are_paid_and_when_the_contract_runs() {
    let desk = Desk::new().file("deal.toml", MIXED);
    let rows = Rows::of(&desk, &["quote", "deal.toml"]);
    let quarterly = "quarterly";
    assert_eq!(
        rows.column("billing"),
        [quarterly, quarterly, quarterly, "monthly-in-arrears", "annual", ""]
    );
    for (name, value) in [("payment", "net-60"), ("start", "2026-12-15"), ("end", "2030-06-30")] {
        assert_eq!(rows.column(name), [value; 6], "{name}");
    }
    let undated = Rows::of(&desk, &["quote", "--metric", "node", "--quantity", "100"]);
    assert_eq!((undated.column("start"), undated.column("end")), (vec![""], vec![""]));
}

#[test]
fn what_nobody_can_prepay_has_no_prepayment() {
    let pilot = root().join("examples/pilot.toml");
    let words = ["quote", pilot.to_str().expect("a name")];
    assert_eq!(Rows::of(&Desk::new(), &words).column("prepay"), [""]);
    let prepay = |metric| {
        let words = ["quote", "--metric", metric, "--quantity", "100"];
        Rows::of(&Desk::new(), &words).column("prepay").join("")
    };
    assert_eq!(prepay("perpetual"), "");
    assert_eq!(prepay("node"), "annual");
}
