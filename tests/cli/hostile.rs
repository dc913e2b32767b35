//! Text from outside: customers, notes, keys and file names that would like to do something.

use super::{DEAL, json, on_the_day};
use crate::support::{Desk, Ran};
use dealdesk::deal::{FACTS, SHAPE};
use dealdesk::table::Kind;
use insta::assert_snapshot;

const FORMATS: [&str; 5] = ["table", "json", "csv", "markdown", "html"];

/// A colour, a cleared screen, a bell, an overwritten line, a rubbed-out letter, the same in
/// 8-bit controls, a reversed and an isolated run, and letters of no width.
pub const CONTROLS: &str = "Acme \x1b[31mred\x1b[2J\x07 \rEvil \x08\u{9b}1m \u{202e}drow\u{2066} \
                        a\u{200b}b\u{2060}c\u{feff}d\u{2028}e\u{ad}f\u{e0041}g\0h\x7fi";

/// What a terminal obeys, or what hides or reorders the letters beside it.
fn acts(c: char) -> bool {
    (c.is_control() && c != '\n')
        || matches!(u32::from(c),
            0xad | 0x61c | 0x180e | 0x200b..=0x200f | 0x2028..=0x202e | 0x2060..=0x206f
            | 0xfeff | 0xfff9..=0xfffb | 0xe0000..=0xe007f)
}

#[track_caller]
pub fn assert_harmless(text: &str, what: &str) {
    let found: Vec<_> = text.chars().filter(|&c| acts(c)).collect();
    assert!(found.is_empty(), "{what} has {found:?} in it:\n{}", text.escape_debug());
}

/// A text as TOML, every letter of it escaped.
pub fn quoted(text: &str) -> String {
    let letters = text.chars().map(|c| format!("\\U{:08X}", u32::from(c)));
    format!("\"{}\"", letters.collect::<String>())
}

/// A deal in which this text stands wherever a text can.
fn deal(text: &str) -> String {
    // A partner is another company than the customer.
    let (text, partner) = (quoted(text), quoted(&format!("{text} 2")));
    let texts =
        FACTS.iter().filter(|fact| SHAPE.key(fact.key).is_some_and(|it| it.kind == Kind::Text));
    let facts: Vec<_> = texts.map(|fact| format!("{} = {text}\n", fact.key)).collect();
    let facts = facts.concat();
    format!(
        "{facts}{}\n[strategic]\nprogram = \"lighthouse\"\nrate = \"5%\"\nreason = {text}\n\
         [channel]\nname = \"reseller\"\npartner = {partner}\nrate = \"32%\"\n",
        DEAL.split_once('\n').expect("a customer").1
    )
}

fn quote(text: &str, format: &str) -> Ran {
    let ran = Desk::new().file("d.toml", &deal(text)).run(&["quote", "d.toml", "--format", format]);
    assert_eq!((ran.code, ran.stderr.as_str()), (Some(0), ""), "{format}");
    ran
}

#[test]
fn a_deal_cannot_move_the_cursor_or_hide_a_word() {
    for format in FORMATS {
        let ran = quote(CONTROLS, format);
        assert!(ran.stdout.contains("Acme"), "{format} shows the customer");
        assert_harmless(&ran.stdout, format);
    }
    let read = json(&quote(CONTROLS, "json").stdout);
    assert_eq!(read["customer"], CONTROLS, "a program gets the text itself");
    assert_eq!(read["account"], CONTROLS, "and that of every other fact");
}

#[test]
fn a_customer_with_line_breaks_cannot_write_lines_of_a_quote() {
    let forged = "Acme\nApproval: none needed\n\n## Approved\n| a | b |\n- **TCV:** 1";
    for format in ["table", "markdown"] {
        for line in quote(forged, format).stdout.lines() {
            let is_forged = ["Approval: none", "## Approved", "| a |", "- **TCV"]
                .iter()
                .any(|start| line.starts_with(start));
            assert!(!is_forged, "{format}: {line}");
        }
    }
    assert_eq!(quote(forged, "csv").stdout.lines().count(), 2, "a header and a row");
}

#[test]
fn markdown_shows_a_text_as_it_is() {
    let texts = [
        "[x](http://evil.example) ![](https://evil.example/a.png) <script>alert(1)</script>",
        "| a | b | `code` ``` **bold** __bold__ ~~gone~~ ~label $x$",
        "@all @octocat evil@evil.example www.evil.example WWW.evil.example ftp://evil.example",
        "&lt;b&gt; \\*a\\* fixes #1 and !2 <!-- hidden --> [^1] <https://evil.example>",
        "# heading",
        "- item",
        "+ item",
        "1. item",
        "12) item",
        "> quotation",
        "===",
        "---",
    ];
    let shown = texts.map(|text| {
        let page = quote(text, "markdown").stdout;
        let notes = page.lines().find_map(|line| line.strip_prefix("- **Notes:** "));
        notes.expect("the notes").to_owned()
    });
    assert_snapshot!(shown.join("\n"), @r"
    \[x\](http\://evil.example) !\[\](https\://evil.example/a.png) \<script\>alert(1)\</script\>
    \| a \| b \| \`code\` \`\`\` \*\*bold\*\* \_\_bold\_\_ \~\~gone\~\~ \~label $x$
    @<!-- -->all @<!-- -->octocat evil@<!-- -->evil.example www\.evil.example WWW\.evil.example ftp\://evil.example
    \&lt;b\&gt; \\\*a\\\* fixes #<!-- -->1 and !<!-- -->2 \<!-- hidden --\> \[^1\] \<https\://evil.example\>
    # heading
    - item
    + item
    1. item
    12) item
    \> quotation
    ===
    ---
    ");
}

#[test]
fn markdown_keeps_the_lines_of_notes() {
    let page = quote("first\n# second\n\nwww.third.example", "markdown").stdout;
    assert!(page.contains("- **Notes:** first<br># second<br><br>www\\.third.example\n"), "{page}");
}

const FORMULAS: [&str; 10] = [
    "=cmd|' /C calc'!A0",
    "+1",
    "-1+1",
    "@SUM(A1)",
    "\t=1+1",
    "\r=1+1",
    "\n=1+1",
    "  =1+1",
    "\u{a0}=1+1",
    "＝1+1",
];

/// Whether a spreadsheet could calculate a cell: whether it begins like a formula, and is not
/// simply a negative number of ours.
fn is_formula(cell: &str) -> bool {
    let starts = |c: char| "=+-@＝＋－＠\t\r".contains(c);
    let is_number = cell
        .strip_prefix('-')
        .is_some_and(|digits| digits.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.'));
    (cell.starts_with(starts) || cell.trim_start().starts_with(starts)) && !is_number
}

fn formulas(csv: &str) -> Vec<String> {
    let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(csv.as_bytes());
    let rows: Vec<_> = reader.records().map(|row| row.expect("a row")).collect();
    assert!(rows.len() >= 2, "a header and a row");
    rows.iter().flatten().filter(|cell| is_formula(cell)).map(str::to_owned).collect()
}

#[test]
fn no_cell_of_a_spreadsheet_is_a_formula() {
    for text in FORMULAS {
        let csv = quote(text, "csv").stdout;
        assert_eq!(formulas(&csv), [""; 0], "{text:?}");
    }
    assert!(is_formula("=1") && !is_formula("-450.00"), "the test knows a formula");
}

/// A book whose every name and word is this text.
fn book(text: &str) -> String {
    // The one name that has to differ: a discount names both without saying which.
    let payment = quoted(&format!("{text}!"));
    let text = quoted(text);
    format!(
        "[book]\nname = {text}\nversion = {text}\ncurrency = \"USD\"\nsymbol = {text}\n\
         quote_valid = \"30 days\"\n\n[[approval]]\nlevel = {text}\ntitle = {text}\n\n\
         [[review]]\nname = {text}\ntitle = {text}\n\n[metric.{text}]\ntitle = {text}\n\
         unit = {text}\nunits = {text}\nper = \"year\"\nmode = \"volume\"\nplaces = 2\n\
         billing = {text}\napproval = {text}\nreview = {text}\n\
         tiers = [{{ quantity = \"1+\", price = \"100.00\", edition = {text}, assumed = true }}]\n\n\
         [billing]\nstandard = {text}\n\n[billing.ways.{text}]\ntitle = {text}\nmonths = 12\n\n\
         [payment]\nstandard = {payment}\n\n[payment.terms.{payment}]\ntitle = {text}\ndays = 30\n\n\
         [waterfall]\norder = [{text}]\n\n[discount.{text}]\ntitle = {text}\nby = \"prepay\"\n\
         base = \"list\"\nmetrics = [{text}]\nstandard = {text}\n\
         steps = [{{ prepay = {text}, rate = \"5%\", billing = {text}, assumed = true }}]\n\n\
         [[guardrail]]\nname = {text}\nmeasure = \"discount\"\nabove = \"1%\"\nrefuse = true\n\
         reason = {text}\n"
    )
}

#[test]
fn a_book_cannot_do_what_a_deal_cannot() {
    for text in FORMULAS.iter().chain(&[CONTROLS]) {
        let line =
            format!("start = 2026-12-01\n[[line]]\nmetric = {}\nquantity = 1\n", quoted(text));
        let desk = Desk::new().file("pricing.toml", &book(text)).file("d.toml", &line);
        for format in FORMATS {
            let ran =
                desk.run(&on_the_day(&["quote", "d.toml", "--explain"], &["--format", format]));
            assert_eq!((ran.code, ran.stderr.as_str()), (Some(4), ""), "{format}");
            assert_harmless(&ran.stdout, format);
            if format == "csv" {
                assert_eq!(formulas(&ran.stdout), [""; 0], "{text:?}");
            }
        }
        assert_harmless(&desk.run(&["--version"]).stdout, "the version");
    }
}

#[test]
fn a_file_cannot_do_anything_in_the_message_about_it() {
    let raw = "\u{202e}\u{2066}\u{200b}\u{feff}\u{9b}31m";
    let escaped = quoted(CONTROLS);
    let files = [
        format!("\"{raw}\" = 1\n"),
        format!("{escaped} = 1\n"),
        format!("customer = 1 # {raw}\n"),
        format!(
            "customer = {escaped}\nprepay = {escaped}\n[[line]]\nmetric = {escaped}\nquantity = 1\n"
        ),
        format!("date = {escaped}\n[discount]\n{escaped} = {escaped}\n"),
        format!("[[line]]\nmetric = \"{raw}\"\nquantity = \"{raw}\"\n"),
        "customer = \"\x1b[2J\"\n".to_owned(),
        "customer\x1b[2J = 1\r\n\x08\n".to_owned(),
        format!("{escaped} = {escaped}\n{escaped} = {escaped}\n"),
        book(CONTROLS).replace("order = [", "order = [\"a\", "),
        book(CONTROLS).replace("\"1+\"", "\"1\"").replace("[discount.", "[discounts."),
    ];
    for (index, text) in files.iter().enumerate() {
        let name = format!("\x1b[31m{index}\u{202e}\n.toml");
        let desk = Desk::new().file(&name, text);
        for words in [&["quote", &name][..], &["--version", "--price-book", &name]] {
            let ran = desk.run(words);
            assert_eq!((ran.code, ran.stdout.as_str()), (Some(1), ""), "{text:?}");
            assert!(ran.stderr.contains(r"\u{1b}[31m"), "the message names the file");
            assert_harmless(&ran.stderr, text);
        }
    }
}

#[test]
fn a_marked_place_stays_marked_where_hostile_letters_are_shown() {
    let deal = "[[line]]\r\n\tmetric = \"so\u{200b}cket\" # \u{202e}\r\nquantity = \"1,0\"\r\n";
    let ran = Desk::new().file("d.toml", deal).run(&["quote", "d.toml"]);
    assert_snapshot!(ran.stderr, @r#"
    error[unknown-metric]: the book has no metric "so\u{200b}cket"
     --> d.toml:2:11
      |
    2 |     metric = "so\u{200b}cket" # \u{202e}
      |              ^^^^^^^^^^^^^^^^
      |
      = hint: did you mean "socket"?

    error[bad-number]: numbers are written without separators
     --> d.toml:3:12
      |
    3 | quantity = "1,0"
      |            ^^^^^
      |
      = hint: write digits with a point before the decimals, such as 1500.00

    error: this deal cannot be quoted: 2 errors
    "#);
}

#[test]
fn a_flag_cannot_do_anything_in_the_message_about_it() {
    let bad = "\x1b[31m\u{202e}\u{9b}\x08x";
    let with = |flag: &str| format!("{flag}{bad}");
    let pair = format!("{bad}={bad}");
    let folder = format!("{bad}/q.json");
    let words: [&[&str]; 12] = [
        &["quote", "--metric", bad, "--quantity", "1"],
        &["quote", "--metric", "socket", "--quantity", bad],
        &["quote", "--metric", "socket", "--quantity", "1", "--edition", bad, "--prepay", bad],
        &["quote", "--metric", "socket", "--quantity", "1", "--strategic", &pair],
        &["quote", "--metric", "socket", "--quantity", "1", "--discount", bad, "--date", bad],
        &["quote", "--metric", "socket", "--quantity", "1", "--output", &folder],
        &["quote", bad],
        &["quote", "--price-book", bad],
        &["quote", "--format", bad],
        &["quote", &with("--")],
        &[bad],
        &["completions", bad],
    ];
    for words in words {
        let ran = Desk::new().run(words);
        assert!(matches!(ran.code, Some(1 | 2)), "{words:?}: {:?}", ran.code);
        assert_eq!(ran.stdout, "");
        assert!(ran.stderr.contains(r"\u{1b}[31m"), "it shows what was typed: {}", ran.stderr);
        assert_harmless(&ran.stderr, &words.join(" "));
    }
}

#[test]
fn what_is_said_about_a_written_file_is_harmless() {
    let words = ["quote", "--metric", "socket", "--quantity", "5", "--output", "\x1b[31mq.json"];
    let ran = Desk::new().run(&words);
    assert_eq!((ran.code, ran.stderr.as_str()), (Some(0), "\\u{1b}[31mq.json written\n"));
}
