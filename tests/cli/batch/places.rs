//! What is written never replaces what it is made from.

use super::{PRICES, desk, left, price};
use crate::support::root;

#[test]
fn inputs_are_spared() {
    let book = std::fs::read_to_string(root().join("pricing.toml")).expect("the book");
    let desk = desk().file("pricing.toml", &book);
    let cases = [
        ["--output", "deals.csv", "-q"].as_slice(),
        &["--output", "./deals.csv", "-q"],
        &["--output", "pricing.toml", "-q"],
        &["--output", "prices.csv", "--errors", "deals.csv"],
        &["--output", "prices.csv", "--errors", "pricing.toml"],
        &["--output", "prices.csv", "--errors", "./prices.csv"],
        &["--output", "-", "--errors", "-"],
    ];
    for words in cases {
        let ran = desk.run(&[&["batch", "deals.csv"], words].concat());
        assert_eq!((ran.code, ran.stdout.as_str()), (Some(2), ""), "{words:?}: {}", ran.stderr);
    }
    assert_eq!(left(&desk), ["deals.csv", "pricing.toml"]);
}

/// No errors file is left beside a device, and no device is taken away.
#[cfg(unix)]
#[test]
fn a_device_is_written_to() {
    let desk = desk();
    let ran = desk.run(&["batch", "deals.csv", "--output", "/dev/stdout", "-q"]);
    assert_eq!((ran.code, ran.stdout.as_str(), ran.stderr.as_str()), (Some(0), PRICES, ""));
    assert_eq!(price(&desk, &["--errors", "/dev/null"]).code, Some(0));
    assert!(std::path::Path::new("/dev/null").exists());
    assert_eq!(left(&desk), ["deals.csv", "prices.csv"]);
}
