//! Rows that cannot be priced, and files that cannot be read.

use super::{HEADER, PRICES, ROWS, deals, desk, left, price};
use crate::cli::json;
use crate::support::Desk;

/// Good rows with bad ones between them.
fn mixed() -> Desk {
    let rows = [
        "X1,,sokcet,5,,,,\n",
        ROWS[0],
        "X2,,node,5,extra,annual,,,\n",
        ROWS[1],
        "=X3,,node,many,,,,\n",
        ROWS[2],
        ROWS[3],
        ROWS[4],
    ];
    Desk::new().file("deals.csv", &deals(&rows))
}

#[test]
fn a_bad_row_hides_no_good_one() {
    let desk = mixed();
    let ran = price(&desk, &[]);
    assert_eq!(ran.code, Some(1));
    let told = "error: 3 rows could not be priced: see prices.csv.errors.csv\n";
    assert_eq!(ran.stderr, told);
    assert_eq!(desk.read("prices.csv"), PRICES);
    let errors = desk.read("prices.csv.errors.csv");
    let mut table = csv::Reader::from_reader(errors.as_bytes());
    assert_eq!(table.headers().expect("a header"), ["row", "id", "error"].as_slice());
    let rows: Vec<_> = table.records().map(|row| row.expect("a row")).collect();
    let places: Vec<_> = rows.iter().map(|row| (&row[0], &row[1])).collect();
    assert_eq!(places, [("1", "X1"), ("3", "X2"), ("5", "'=X3")]);
    assert!(rows[0][2].contains("did you mean \"socket\"?"), "{errors}");
    assert_eq!(left(&desk), ["deals.csv", "prices.csv", "prices.csv.errors.csv"]);
}

#[test]
fn counts_add_up() {
    let desk = mixed();
    let words = ["batch", "deals.csv", "--output", "prices.csv", "--summary", "json"];
    let told = json(&desk.run(&words).stderr);
    let count = |key: &str| told[key].as_u64().expect("a count");
    assert_eq!((count("rows"), count("priced"), count("failed"), count("refused")), (8, 5, 3, 1));
    assert_eq!(told["schema"], "dealdesk.batch/1");
    assert_eq!(told["errors"], "prices.csv.errors.csv");
    assert_eq!((&told["list_tcv"], &told["tcv"]), (&"14587500.00".into(), &"8199297.00".into()));
    let all = told["approvals"].as_array().expect("the levels");
    let levels: Vec<_> = all.iter().map(|it| it["approval"].as_str().expect("a name")).collect();
    assert_eq!(levels, ["none", "vp", "svp", "refused"]);
    assert_eq!(all.iter().map(|it| it["rows"].as_u64().expect("a count")).sum::<u64>(), 5);
    assert_eq!(all[0]["tcv"], "611250.00");
}

#[test]
fn errors_of_an_earlier_run_are_not_left() {
    let desk = desk().file("prices.csv.errors.csv", "row,id,error\n9,X,old\n");
    assert_eq!(price(&desk, &[]).code, Some(0));
    assert_eq!(left(&desk), ["deals.csv", "prices.csv"]);
}

#[test]
fn errors_go_where_they_are_sent() {
    let desk = mixed();
    price(&desk, &[]);
    let errors = desk.read("prices.csv.errors.csv");
    let words = ["batch", "deals.csv", "--output", "-", "-q"];
    let ran = desk.run(&[words.as_slice(), &["--errors", "bad.csv"]].concat());
    assert_eq!((ran.code, ran.stdout.as_str()), (Some(1), PRICES));
    assert_eq!(desk.read("bad.csv"), errors);
    // A filter has no place of its own for them.
    let ran = desk.run(&words);
    assert_eq!((ran.code, ran.stdout.as_str()), (Some(1), PRICES));
    assert_eq!(ran.stderr, format!("{errors}error: 3 rows could not be priced: see above\n"));
}

#[test]
fn a_wrong_header_is_shown_and_leaves_everything_as_it_is() {
    let wrong = HEADER.replace("quantity", "quantitiy");
    let desk = Desk::new().file("deals.csv", &wrong).file("prices.csv", "old");
    let desk = desk.file("prices.csv.errors.csv", "old");
    let ran = price(&desk, &[]);
    assert_eq!(ran.code, Some(1));
    let shown = "\
error[unknown-key]: a file of deals has no column `quantitiy`
 --> deals.csv:1:20
  |
1 | id,customer,metric,quantitiy,term_years,prepay,strategic,strategic_rate
  |                    ^^^^^^^^^
  |
  = hint: did you mean `quantity`? --ignore-column quantitiy leaves it out

error: this file of deals cannot be priced: 1 error
";
    assert_eq!(ran.stderr, shown);
    assert_eq!(
        (desk.read("prices.csv"), desk.read("prices.csv.errors.csv")),
        ("old".into(), "old".into())
    );
    assert_eq!(left(&desk).len(), 3);
}

#[test]
fn a_column_can_be_ignored() {
    let header = HEADER.replace("customer", "Account Owner");
    let desk = Desk::new().file("deals.csv", &format!("{header}{}", ROWS.concat()));
    assert_eq!(price(&desk, &["--ignore-column", "Account Owner"]).code, Some(0));
    assert_eq!(desk.read("prices.csv"), PRICES);
}

#[test]
fn a_file_that_is_not_there_has_a_name_like_one_that_is() {
    let ran = desk().run(&["batch", "deal.csv", "--output", "prices.csv"]);
    let told = "error: the file of deals deal.csv cannot be read: there is no such file; did you mean deals.csv?\n";
    assert_eq!((ran.code, ran.stderr.as_str()), (Some(1), told));
}

#[test]
fn a_column_that_is_not_there_cannot_be_ignored() {
    let desk = Desk::new().file("deals.csv", "id,metric,quantity,Account Owner\na,core,5,Mary\n");
    let ran = price(&desk, &["--ignore-column", "Acount Owner"]);
    assert_eq!(ran.code, Some(1));
    assert!(
        ran.stderr.contains("the header has no `Acount Owner` that could be ignored"),
        "{}",
        ran.stderr
    );
    assert!(ran.stderr.contains("did you mean `Account Owner`?"), "{}", ran.stderr);
}

/// An ignored column says nothing, whatever it is called.
#[test]
fn an_ignored_column_says_nothing() {
    let ignored = ["--ignore-column", "strategic", "--ignore-column", "strategic_rate"];
    let plain = "D4,3000.00,2059.13,1029565.00,3088695.00,0.3136,none";
    for (name, text) in [
        ("deals.csv", deals(&[ROWS[3]])),
        (
            "deals.jsonl",
            r#"{"id":"D4","metric":"socket","quantity":500,"term_years":3,"prepay":"multi-year","strategic":"lighthouse","strategic_rate":"10%"}"#
                .to_owned(),
        ),
    ] {
        let desk = Desk::new().file(name, &text);
        let ran = desk.run(&[&["batch", name, "--output", "-", "-q"], &ignored[..]].concat());
        assert_eq!(ran.stdout.lines().nth(1), Some(plain), "{}", ran.stderr);
    }
}

/// Quotation marks of two rows that take in what stands between them.
#[test]
fn an_id_over_several_lines_is_a_mistake() {
    let rows = ["\"a,Acme,core,5,,,,\n", "b,Foo,core,6,,,,\n", "c\",X,core,7,,,,\n"];
    for before in [&[][..], &["d,X,core,7,,,,\n", "e,X,core,8,,,,\n"]] {
        let desk = Desk::new().file("deals.csv", &deals(&[before, &rows].concat()));
        assert_eq!(price(&desk, &[]).code, Some(1));
        assert!(desk.read("prices.csv.errors.csv").contains("id: this field spans several lines"));
    }
}

/// Names the format of a file under a wrong name, and does not show its bytes.
#[test]
fn a_file_that_is_no_text_is_called_what_it_is() {
    let cases: [(&[u8], &str); 6] = [
        (b"\x1f\x8b\x08\x00\"", "the file is packed with gzip"),
        (b"\x28\xb5\x2f\xfd\x24", "the file is packed with zstd"),
        (b"PK\x03\x04\x14", "the file is an archive or a spreadsheet"),
        (b"PAR1\x15", "the file is Parquet"),
        (b"\xff\xfei\x00d\x00,\x00", "the file is UTF-16"),
        (b"[{\"id\": \"D-1\"}]", "the file is JSON"),
    ];
    for (bytes, said) in cases {
        let desk = Desk::new();
        std::fs::write(desk.path("deals.csv"), bytes).expect("a file");
        let ran = price(&desk, &[]);
        let begin = format!("error[syntax]: {said}\n--> deals.csv\n = hint: ");
        assert!(ran.code == Some(1) && ran.stderr.starts_with(&begin), "{}", ran.stderr);
    }
}
