//! Every command that prints an answer has every format, and one place decides which.

use crate::support::{Desk, root};

/// The formats with the suffixes of their files.
const FORMATS: [(&str, &str); 5] =
    [("table", "txt"), ("json", "json"), ("csv", "csv"), ("markdown", "md"), ("html", "html")];

/// Every command that prints an answer, with the first columns of its rows.
const COMMANDS: [(&[&str], &str); 13] = [
    (&["quote", "examples/lighthouse.toml"], "quote,customer,date,currency,"),
    (&["invoices", "examples/quarterly.toml"], "quote,customer,invoice,date,"),
    (&["usage", "examples/usage.csv"], "customer,metric,month,"),
    (
        &["negotiate", "examples/lighthouse.toml", "--target", "40%"],
        "offer,customer,currency,term_years,prepay,payment,billing,lines,programs,list_tcv,tcv,",
    ),
    (
        &["negotiate", "examples/lighthouse.toml", "--ladder", "--lock", "term"],
        "step,customer,currency,term_years,prepay,lines,programs,list_tcv,tcv,discount,conceded,",
    ),
    (
        &["compare", "examples/socket.toml", "--units", "core=16/socket", "--chart"],
        "customer,line,metric,unit,quantities,edition,years,list,net,",
    ),
    (&["value", "examples/value.toml"], "quote,customer,alternative,years,measure,figure,unit,"),
    (&["check", "examples/pipeline"], "deal,status,customer,date,valid_until,currency,"),
    (&["desk", "examples/pipeline"], "deal,customer,date,valid_until,days_left,currency,"),
    (
        &["diff", "examples/socket.toml", "examples/lighthouse.toml"],
        "deal,status,of,name,old,new,difference,currency,",
    ),
    (&["book", "check"], "code,severity,denied,metric,from,to,worst_quantity,worst_extra,"),
    (
        &["book", "show", "--metric", "socket", "--chart"],
        "kind,name,list,row,key,value,currency,source,",
    ),
    (&["book", "diff", "pricing.toml"], "path,change,old,new,currency,old_source,new_source,"),
];

fn desk() -> Desk {
    let desk = Desk::new();
    for folder in ["examples", "examples/pipeline"] {
        std::fs::create_dir_all(desk.path(folder)).expect("a folder");
        for entry in std::fs::read_dir(root().join(folder)).expect("examples").flatten() {
            let path = entry.path();
            if path.is_file() {
                let name = path.file_name().expect("a name");
                std::fs::copy(&path, desk.path(folder).join(name)).expect("a copy");
            }
        }
    }
    std::fs::copy(root().join("pricing.toml"), desk.path("pricing.toml")).expect("the book");
    desk
}

#[test]
fn every_command_has_every_format() {
    let desk = desk();
    for (words, columns) in COMMANDS {
        for (format, suffix) in FORMATS {
            let ran = desk.run(&[words, &["--format", format]].concat());
            assert!(ran.code == Some(0) && ran.stderr.is_empty(), "{words:?} {}", ran.stderr);
            let name = format!("answer.{suffix}");
            let written = desk.run(&[words, &["--output", &name]].concat());
            assert_eq!((written.code, written.stdout.as_str()), (Some(0), ""), "{words:?}");
            assert_eq!(written.stderr, format!("{name} written\n"));
            assert!(desk.read(&name) == ran.stdout, "{words:?}: a file has the bytes of a pipe");
            match format {
                "csv" => is_csv(&ran.stdout, columns),
                "html" => is_page(&ran.stdout),
                "json" => {
                    serde_json::from_str::<serde_json::Value>(&ran.stdout).expect("JSON");
                }
                _ => {}
            }
        }
    }
}

/// The rows name their book, and every row is as long as the header.
fn is_csv(text: &str, columns: &str) {
    assert!(text.starts_with(columns), "{text}");
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    let header: Vec<_> = reader.headers().expect("a header").iter().map(str::to_owned).collect();
    let has_book = ["price_book", "book_version", "book_sha256"]
        .iter()
        .all(|name| header.iter().any(|column| column == name));
    assert!(has_book, "{header:?}");
    let rows: Vec<_> = reader.records().map(|row| row.expect("a row")).collect();
    assert!(rows.iter().all(|row| row.len() == header.len()), "{text}");
}

fn is_page(text: &str) {
    assert!(text.starts_with("<!DOCTYPE html>\n<html lang=\"en\">"), "{text}");
    assert_eq!(text.matches("<h1 ").count(), 1, "{text}");
    assert!(text.contains("<title>Internal: "), "{text}");
    for word in ["<script", "src=", "url(", "@import", "http:", "https:"] {
        assert!(!text.contains(word), "{word} in {text}");
    }
}

/// What is written never replaces what it is made from, whatever the command.
#[test]
fn no_command_replaces_what_it_reads() {
    let desk = desk();
    for (words, _) in COMMANDS {
        let book = desk.run(&[words, &["--output", "pricing.toml", "--format", "json"]].concat());
        assert_eq!((book.code, book.stdout.as_str()), (Some(2), ""), "{words:?}");
        assert!(book.stderr.contains("pricing.toml is the input"), "{words:?}: {}", book.stderr);
    }
    let words = ["check", "examples/pipeline", "--format", "json", "--output"];
    let deal = desk.run(&[&words[..], &["examples/pipeline/globex.toml"]].concat());
    assert!(deal.code == Some(2) && deal.stderr.contains("made from"), "{}", deal.stderr);
}

/// A drawing is for answers that have one.
#[test]
fn a_drawing_goes_to_a_file_of_its_suffix() {
    let desk = desk();
    for (words, _) in COMMANDS {
        let ran = desk.run(&[words, &["--output", "drawing.svg"]].concat());
        if words.contains(&"--chart") {
            assert_eq!(ran.code, Some(0), "{words:?}: {}", ran.stderr);
            assert!(desk.read("drawing.svg").starts_with("<svg "), "{words:?}");
        } else {
            assert_eq!(ran.code, Some(2), "{words:?}");
            let said = ".txt, .json, .csv, .md or .html";
            assert!(ran.stderr.replace('\n', " ").contains(said), "{words:?}: {}", ran.stderr);
        }
    }
    let ran = desk.run(&["book", "show", "--output", "drawing.svg"]);
    assert!(ran.code == Some(2) && ran.stderr.contains("add --metric"), "{}", ran.stderr);
}

/// Codes such as OPP-2041 and numbers such as 2026-1-31 are not dates.
#[test]
fn a_page_breaks_no_line_inside_a_date() {
    let deal = "customer = \"Acme\"\nnotes = \"see OPP-2041, 2026-1-31, 12-31\"\n\
                [[line]]\nmetric = \"socket\"\nquantity = 5\n";
    let desk = Desk::new().file("deal.toml", deal);
    let ran = desk.run(&["quote", "deal.toml", "--date", "2026-11-21", "--format", "html"]);
    assert_eq!(ran.code, Some(0), "{}", ran.stderr);
    let whole = |date: &str| format!("<span class=\"nb\">{date}</span>");
    let date = format!("{}, valid until {}", whole("2026-11-21"), whole("2026-12-31"));
    assert!(ran.stdout.contains(&date), "{}", ran.stdout);
    assert!(ran.stdout.contains("see OPP-2041, 2026-1-31, 12-31"), "{}", ran.stdout);
}
