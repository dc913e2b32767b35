//! Amounts that are shared where nothing says how.

use dealdesk::number::{Money, rounding};

fn money(text: &str) -> Money {
    Money::parse(text).expect("an amount")
}

/// Weights that are all zero share evenly, and the first parts have the coins that are left.
#[test]
fn weights_of_nothing_share_evenly() {
    let parts: Vec<_> = rounding::split(money("10.01"), &[0, 0, 0, 0], 2).collect();
    assert_eq!(parts, ["2.51", "2.50", "2.50", "2.50"].map(money));
    let alone = rounding::parts_by_weight(money("10.01"), &[0; 4], 2);
    assert_eq!(alone.collect::<Vec<_>>(), parts);
    assert_eq!(rounding::parts_by_weight(money("10.01"), &[0], 2).next(), Some(money("10.01")));
    // Beside one that weighs something, nothing gets nothing.
    let parts: Vec<_> = rounding::split(money("10.01"), &[0, 3, 0], 2).collect();
    assert_eq!(parts, ["0", "10.01", "0"].map(money));
    let alone = rounding::parts_by_weight(money("10.01"), &[0, 3, 0], 2);
    assert_eq!(alone.collect::<Vec<_>>(), parts);
}
