//! A program that one level gives in part, and the next one as a whole.

use super::{STEEP, ladder, load, ours, rows};

/// The VP gives up to 5% off list: 98.00 x (1 - 3.0612%) = 95.00, in two parts as 1.96 and 1.04 points. From there the
/// SVP goes on to 8%, in six parts of 12, 11, 10, 9, 8 and 7 of 57 shares of the rest: to 4.1%, 5.05%, 5.9%, 6.7%, 7.4%
/// and 8%, of which the last is 98.00 x 0.92 = 90.16.
#[test]
fn a_rate_goes_on_where_a_level_ends() {
    let svp = "[[approval]]\nlevel = \"svp\"\ntitle = \"SVP\"\n\n[metric.seat]";
    let guardrail = "[[guardrail]]\nname = \"deep\"\nmeasure = \"discount\"\nabove = \"5%\"\n\
                     approval = \"svp\"\nreason = \"Deep\"\n";
    let text = STEEP.replace("[metric.seat]", svp).replace("\"60%\"", "\"8%\"") + guardrail;
    let books = load(&text);
    let ladder = ladder("[[line]]\nmetric = \"seat\"\nquantity = 20\n", &books, &[]);
    let expected = [
        "100.00 0.00%  none ",
        "98.00 2.00% 2.00% none none",
        "96.04 3.96% 1.96% vp ",
        "95.00 5.00% 1.04% vp vp",
        "93.98 6.02% 1.02% svp ",
        "93.05 6.95% 0.93% svp ",
        "92.22 7.78% 0.83% svp ",
        "91.43 8.57% 0.79% svp ",
        "90.75 9.25% 0.68% svp ",
        "90.16 9.84% 0.59% svp svp",
    ];
    assert_eq!(rows(&ladder), expected);
}

/// Five years need the VP at any rate. A ladder whose first end needs nobody begins at list with three years, although
/// five are asked for and higher levels can give them.
#[test]
fn a_ladder_begins_where_its_first_level_ends() {
    let books = ours();
    let deal = "term_years = 5\n[[line]]\nmetric = \"socket\"\nquantity = 100\n";
    let ladder = ladder(deal, &books, &[]);
    let first = &ladder.steps[0];
    assert_eq!(first.offer.commitment.years, 3);
    assert!(rows(&ladder)[0].starts_with("2500.00 0.00%  none"), "{:?}", rows(&ladder)[0]);
}
