//! A seat against persons, up to how many of whom cost less: at the edges of ranges, and where one of the two is not
//! sold. Both metrics have the edition Team.

use super::small_book::messages;

/// Ranges with their prices.
type Tiers = [(&'static str, &'static str)];

fn metric(name: &str, tiers: &Tiers, more: &str) -> String {
    let tiers = tiers.iter().enumerate().map(|(place, (quantity, price))| {
        let edition = ["Team", "Second", "Third"][place];
        format!("{{ quantity = \"{quantity}\", price = \"{price}\", edition = \"{edition}\" }}, ")
    });
    let tiers: String = tiers.collect();
    format!(
        "[metric.{name}]\ntitle = \"{name}\"\nunit = \"{name}\"\nunits = \"{name}s\"\nper = \"year\"\n\
         mode = \"volume\"\nplaces = 2\n{more}\ntiers = [{tiers}]\n"
    )
}

/// Compares a seat with persons, sold whole and in parts.
fn assert_undercuts(name: &str, seats: &Tiers, persons: &Tiers, expected: &[&str]) {
    for more in ["", "fractional = true"] {
        let text = metric("seat", seats, more) + &metric("person", persons, more);
        assert_eq!(messages(&text, "metrics-undercut"), expected, "{name}, {more}");
    }
}

#[test]
fn equal_totals_undercut_nobody() {
    let seats = [("1+", "100.00")];
    for (price, expected) in [
        // 3 x 33.34 = 100.02, and 2 x 33.34 = 66.68.
        (
            "33.34",
            "for 1 or more seats, up to 2 persons per seat cost less by the person; from 3, the seat costs less",
        ),
        // 4 x 25 = 100: four persons cost as much as a seat.
        (
            "25.00",
            "for 1 or more seats, up to 3 persons per seat cost less by the person; from 5, the seat costs less",
        ),
        // 4 x 24.99 = 99.96, and 5 x 24.99 = 124.95.
        (
            "24.99",
            "for 1 or more seats, up to 4 persons per seat cost less by the person; from 5, the seat costs less",
        ),
    ] {
        assert_undercuts(price, &seats, &[("1+", price)], &[expected]);
    }
}

/// Where both cost as much, the first metric of the book is the larger unit.
#[test]
fn the_first_of_two_equal_metrics_is_the_larger_unit() {
    assert_undercuts(
        "100 each",
        &[("1+", "100.00")],
        &[("1+", "100.00")],
        &["for 1 or more seats, from 2, the seat costs less"],
    );
}

/// A range of persons begins at one number of seats, and the cheaper metric is another one seat before it.
#[test]
fn a_range_of_persons_begins_at_the_exact_seat() {
    let seats = [("1-9", "100.00"), ("10+", "80.00")];
    // 2 x 45 = 90 < 100 and 2 x 35 = 70 < 80; 3 x 45 = 135 and 3 x 35 = 105 > 100.
    assert_undercuts(
        "persons from 20 on, with the tenth seat",
        &seats,
        &[("1-19", "45.00"), ("20+", "35.00")],
        &[
            "for 1 or more seats, up to 2 persons per seat cost less by the person; from 3, the seat costs less",
        ],
    );
    // Ten seats alone have persons of the first range: 2 x 45 = 90 > 80.
    assert_undercuts(
        "persons from 21 on, with the eleventh seat",
        &seats,
        &[("1-20", "45.00"), ("21+", "35.00")],
        &[
            "for 1 to 9 seats, up to 2 persons per seat cost less by the person; from 3, the seat costs less",
            "for 10 or more seats, up to 1 person per seat cost less by the person; from 3, the seat costs less",
        ],
    );
    // Three persons in four seats are twelve: 3 x 30 = 90 < 100. In three seats they are nine: 3 x 60 = 180.
    assert_undercuts(
        "persons from 10 on, in the fourth seat",
        &[("1+", "100.00")],
        &[("1-9", "60.00"), ("10+", "30.00")],
        &[
            "for 1 or more seats, up to 1 person per seat cost less by the person; from 4, the seat costs less",
        ],
    );
}

/// Five seats of three persons each are 15 persons: 3 x 33 = 99 < 100, and 3 x 60 = 180.
#[test]
fn the_last_seat_of_a_range_counts() {
    let seats = [("1-5", "100.00"), ("6+", "90.00")];
    // Six seats of three persons are 18: 3 x 33 = 99 > 90. Eight of two are 16: 2 x 33 = 66 < 90 < 2 x 60.
    let large = "for 6 or more seats, up to 1 person per seat cost less by the person; from 3, the seat costs less";
    for (below, from, expected) in [
        (
            "1-14",
            "15+",
            "for 1 to 5 seats, up to 1 person per seat cost less by the person; from 4, the seat costs less",
        ),
        (
            "1-15",
            "16+",
            "for 1 to 5 seats, up to 1 person per seat cost less by the person; from 2, the seat costs less",
        ),
    ] {
        assert_undercuts(from, &seats, &[(below, "60.00"), (from, "33.00")], &[expected, large]);
    }
}

/// 3 x 30 = 90 < 100, where so many persons are sold.
#[test]
fn what_is_not_sold_is_not_cheaper() {
    let all = [("1+", "100.00")];
    let some = [("1-33", "100.00")];
    // 34 seats of three persons are 102.
    assert_undercuts(
        "to 100",
        &all,
        &[("1-100", "30.00")],
        &["for 1 or more seats, from 4, the seat costs less"],
    );
    // 33 seats of three persons are 99.
    for (persons, most) in [("1-99", "3 persons"), ("1-98", "2 persons")] {
        let expected = format!(
            "for 1 to 33 seats, up to {most} per seat cost less by the person; from 4, the seat costs less"
        );
        assert_undercuts(persons, &some, &[(persons, "30.00")], &[&expected]);
    }
    // One seat of four persons has none that are sold, and one of five costs 150.
    assert_undercuts(
        "from 5 on",
        &all,
        &[("5+", "30.00")],
        &["for 1 or more seats, from 4, the seat costs less"],
    );
}
