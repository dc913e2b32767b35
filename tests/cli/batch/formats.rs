//! CSV and JSON Lines, packed or not, from files and pipes: the same prices.

use super::{HEADER, PRICES, ROWS, deals, desk, price};
use crate::cli::json;
use crate::support::{Desk, Ran};
use std::io::{Read, Write};
use std::process::Stdio;

/// Rows as objects, with numbers where JSON has them.
const OBJECTS: &str = r#"{"id":"D1","customer":"Northwind","metric":"socket","quantity":100,"term_years":3,"prepay":"annual"}
{"quantity":"150","metric":"node","id":"D2","term_years":null}
{"id":"D3","metric":"core","quantity":2400,"term_years":5,"prepay":"multi-year"}
{"id":"D4","metric":"socket","quantity":500,"term_years":3,"prepay":"multi-year","strategic":"lighthouse","strategic_rate":0.10}
{"id":"D5","metric":"socket","quantity":800,"term_years":3,"prepay":"multi-year","strategic":"lighthouse","strategic_rate":"35%"}
"#;

fn ending(name: &str) -> &str {
    name.rsplit('.').next().unwrap_or_default()
}

fn packed(name: &str, text: &str) -> Vec<u8> {
    if ending(name) == "gz" {
        let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
        encoder.write_all(text.as_bytes()).expect("memory");
        return encoder.finish().expect("memory");
    }
    zstd::encode_all(text.as_bytes(), 1).expect("memory")
}

fn unpacked(name: &str, bytes: &[u8]) -> String {
    let mut text = String::new();
    if ending(name) == "gz" {
        flate2::read::GzDecoder::new(bytes).read_to_string(&mut text).expect("gzip");
    } else if ending(name) == "zst" {
        zstd::Decoder::new(bytes).expect("zstd").read_to_string(&mut text).expect("zstd");
    } else {
        text = String::from_utf8(bytes.to_vec()).expect("text");
    }
    text
}

#[test]
fn a_file_of_deals_becomes_a_file_of_prices() {
    let desk = desk();
    let ran = price(&desk, &[]);
    assert_eq!((ran.code, ran.stdout.as_str(), ran.stderr.as_str()), (Some(0), "", ""));
    assert_eq!(desk.read("prices.csv"), PRICES);
    assert_eq!(super::left(&desk), ["deals.csv", "prices.csv"]);
}

#[test]
fn names_say_what_is_in_a_file() {
    let csv = deals(&ROWS);
    for (name, text) in [("deals.csv", csv.as_str()), ("deals", &csv), ("deals.ndjson", OBJECTS)] {
        for ending in ["", ".gz", ".zst"] {
            let (desk, name) = (Desk::new(), format!("{name}{ending}"));
            let bytes =
                if ending.is_empty() { text.as_bytes().to_vec() } else { packed(&name, text) };
            std::fs::write(desk.path(&name), bytes).expect("a file");
            let output = format!("prices.csv{ending}");
            let ran = desk.run(&["batch", &name, "--output", &output, "-q"]);
            assert_eq!((ran.code, ran.stderr.as_str()), (Some(0), ""), "{name}");
            let bytes = std::fs::read(desk.path(&output)).expect("the output");
            assert_eq!(unpacked(&output, &bytes), PRICES, "{name}");
            assert_eq!(bytes == PRICES.as_bytes(), ending.is_empty(), "{output} is packed");
        }
    }
}

#[test]
fn a_format_that_is_asked_for_wins_over_the_name() {
    let desk = Desk::new().file("deals.csv", OBJECTS);
    let formats = ["--input-format", "jsonl", "--output-format", "csv"];
    let words = ["batch", "deals.csv", "--output", "prices.jsonl", "-q"];
    assert_eq!(desk.run(&[words.as_slice(), &formats].concat()).code, Some(0));
    assert_eq!(desk.read("prices.jsonl"), PRICES);
}

#[test]
fn packed_parts_one_behind_another_are_one_file() {
    for ending in ["gz", "zst"] {
        let (desk, name) = (Desk::new(), format!("deals.csv.{ending}"));
        let parts = [packed(&name, &deals(&ROWS[..2])), packed(&name, &ROWS[2..].concat())];
        std::fs::write(desk.path(&name), parts.concat()).expect("a file");
        let ran = desk.run(&["batch", &name, "--output", "prices.csv", "-q"]);
        assert_eq!((ran.code, desk.read("prices.csv").as_str()), (Some(0), PRICES), "{name}");
    }
}

#[test]
fn a_packed_file_that_breaks_off_is_told_and_leaves_nothing() {
    for ending in ["gz", "zst"] {
        let (desk, name) = (Desk::new(), format!("deals.csv.{ending}"));
        let bytes = packed(&name, &deals(&ROWS));
        std::fs::write(desk.path(&name), &bytes[..bytes.len() - 12]).expect("a file");
        let ran = desk.run(&["batch", &name, "--output", "prices.csv", "-q"]);
        let start = format!("error: the file of deals {name} cannot be read");
        assert!(ran.code == Some(1) && ran.stderr.starts_with(&start), "{}", ran.stderr);
        assert_eq!(super::left(&desk), [name]);
    }
}

/// Both forms of the output say the same, also of rows with a longer way to their price.
#[test]
fn json_lines_hold_the_texts_of_the_columns() {
    let odd = "\"E 6, \"\"quoted\"\"\",Odd,socket,100,3,annual,,\nA-long-id-of-more-than-16,,node,0150,,,,\n";
    let csv = format!("{}{odd}", deals(&ROWS));
    let desk = Desk::new().file("deals.csv", &csv);
    let ran = desk.run(&["batch", "deals.csv", "--output", "prices.jsonl", "-q"]);
    assert_eq!(ran.code, Some(0), "{}", ran.stderr);
    let table = desk.run(&["batch", "deals.csv", "--output", "-", "-q"]).stdout;
    let mut table = csv::Reader::from_reader(table.as_bytes());
    let keys: Vec<_> = table.headers().expect("a header").iter().map(str::to_owned).collect();
    let lines = desk.read("prices.jsonl");
    assert_eq!(lines.lines().count(), 7);
    for (line, row) in lines.lines().zip(table.records()) {
        let object = json(line);
        let row = row.expect("a row");
        assert_eq!(object.as_object().expect("an object").len(), keys.len());
        for (key, cell) in keys.iter().zip(row.iter()) {
            assert_eq!(object[key], *cell, "{line}");
        }
    }
    assert!(lines.starts_with(
        r#"{"id":"D1","list_unit":"2500.00","net_unit":"1912.50","annual":"191250.00","tcv":"573750.00","discount":"0.2350","approval":"none"}"#
    ));
}

#[test]
fn it_is_a_filter() {
    let desk = Desk::new();
    let mut command = desk.command();
    command.args(["batch", "-", "--output", "-"]).stdin(Stdio::piped());
    let mut child =
        command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("the binary runs");
    let mut stdin = child.stdin.take().expect("standard input");
    stdin.write_all(deals(&ROWS).as_bytes()).expect("a reader");
    drop(stdin);
    let ran = Ran::of(child.wait_with_output().expect("an end"));
    assert_eq!((ran.code, ran.stdout.as_str()), (Some(0), PRICES));
    assert!(ran.stderr.starts_with("Batch standard input\n  Rows            5\n"));
}

#[test]
fn the_output_does_not_depend_on_the_number_of_threads() {
    let rows = super::rows(40_000, |at| format!("D{at},,socket,{},3,,,\n", at % 900));
    let desk = Desk::new().file("deals.csv", &format!("{HEADER}{rows}"));
    let outputs = ["1", "2", "7"].map(|threads| {
        assert_eq!(price(&desk, &["--threads", threads]).code, Some(1));
        (desk.read("prices.csv"), desk.read("prices.csv.errors.csv"))
    });
    assert_eq!(outputs[0].0.lines().count() + outputs[0].1.lines().count(), 40_002);
    assert!(outputs.iter().all(|output| *output == outputs[0]));
}

#[test]
fn what_is_no_file_of_deals_is_refused_by_its_name() {
    let desk = desk().file("deals.xls", "");
    for words in [["deals.xls", "--output", "p.csv"], ["deals.csv", "--output", "p.xlsx"]] {
        let ran = desk.run(&[&["batch"], words.as_slice()].concat());
        assert_eq!(ran.code, Some(2));
        assert!(ran.stderr.contains("is neither CSV nor JSON Lines"), "{}", ran.stderr);
    }
}

/// Errors are CSV, and no name says otherwise.
#[test]
fn errors_have_the_name_of_what_they_are() {
    for name in ["e.jsonl", "e.ndjson.gz", "e.parquet", "e.json"] {
        let ran = price(&desk(), &["--errors", name]);
        let said = format!("error: --errors: {name} would be CSV: name it .csv\n");
        assert_eq!((ran.code, ran.stderr), (Some(2), said));
    }
    for name in ["e", "e.txt", "e.csv", "e.csv.zst"] {
        assert_eq!(price(&desk(), &["--errors", name]).code, Some(0), "{name}");
    }
}

#[cfg(not(feature = "parquet"))]
#[test]
fn a_build_without_parquet_says_how_to_get_it() {
    let desk = desk().file("deals.parquet", "PAR1");
    for words in [["deals.parquet", "--output", "p.csv"], ["deals.csv", "--output", "p.parquet"]] {
        let ran = desk.run(&[&["batch"], words.as_slice()].concat());
        let said = "this build has no Parquet: build it with `--features parquet`";
        assert!(ran.code == Some(2) && ran.stderr.contains(said), "{}", ran.stderr);
    }
}

/// In a spreadsheet an id is no formula, on a terminal it moves no cursor, and in JSON it is what it
/// is.
#[test]
fn ids_are_harmless() {
    let row = "=1+1,,node,150,,,,\n\x1b[2J,,node,150,,,,\nD\u{202e}1,,node,150,,,,\n";
    let desk = Desk::new().file("deals.csv", &format!("{HEADER}{row}"));
    assert_eq!(price(&desk, &[]).code, Some(0));
    let ids: Vec<_> =
        desk.read("prices.csv").lines().map(|it| it.split(',').next().map(str::to_owned)).collect();
    let expected = ["id", "'=1+1", "\\u{1b}[2J", "D\\u{202e}1"].map(|it| Some(it.to_owned()));
    assert_eq!(ids, expected);
    desk.run(&["batch", "deals.csv", "--output", "prices.jsonl", "-q"]);
    let lines = desk.read("prices.jsonl");
    assert!(!lines.contains(['\x1b', '\u{202e}']), "{lines}");
    let ids: Vec<_> = lines.lines().map(|line| json(line)["id"].clone()).collect();
    assert_eq!(ids, ["=1+1", "\x1b[2J", "D\u{202e}1"]);
}

/// A program with a floor has the price of the line, and every other row that of a unit; a column says which.
#[test]
fn a_column_says_what_a_price_is_for() {
    let rows = "id,metric,quantity,strategic\n\
                unit,node,60,\nfloor,node,60,national-lab\nalike,node,70,\nbad,node,none,\n";
    let desk = Desk::new().file("deals.csv", rows);
    let batch = |output: &str, more: &[&str]| {
        let words = ["batch", "deals.csv", "--output", output, "--errors", "bad.csv", "--quiet"];
        let _ = desk.run(&[words.as_slice(), more].concat());
        desk.read(output)
    };
    let plain = batch("plain.csv", &[]);
    assert!(plain.starts_with("id,list_unit,net_unit,annual,tcv,discount,approval\n"), "{plain}");
    let told = batch("told.csv", &["--basis"]);
    let without: String = told
        .lines()
        .map(|line| line.rsplit_once(',').expect("a column").0.to_owned() + "\n")
        .collect();
    assert_eq!(without, plain);
    let basis: Vec<_> =
        told.lines().map(|line| line.rsplit(',').next().unwrap_or_default()).collect();
    assert_eq!(basis, ["basis", "unit", "line", "unit"], "{told}");
    let told = batch("told.jsonl", &["--basis"]);
    let basis: Vec<_> = told.lines().map(|line| json(line)["basis"].clone()).collect();
    assert_eq!(basis, ["unit", "line", "unit"], "{told}");
}
