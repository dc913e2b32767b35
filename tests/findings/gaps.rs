//! The largest discount of each level where a rule of the book decides it alone: each row is a book with one
//! rule more than the specimen `level-gives-at-most`, which gives 28% without approval and 37% with the lead.

use super::{counts, found, gives, load, read};
use dealdesk::answer::book_check::Finding;
use dealdesk::number::Share;
use std::collections::BTreeSet;

const PAYING: &str = "
[payment]
standard = \"net-30\"
[payment.terms.net-30]
title = \"Net 30\"
days = 30
[payment.terms.cash]
title = \"Cash\"
days = 0
[discount.cash]
title = \"Cash\"
by = \"payment\"
base = \"running\"
metrics = [\"seat\"]
steps = [{ payment = [\"cash\"], rate = \"50%\" }]
";

fn guardrail(name: &str, rule: &str) -> String {
    format!("[[guardrail]]\nname = \"{name}\"\n{rule}\nreason = \"House rule\"\n")
}

fn program(name: &str, incumbent: &str) -> String {
    format!(
        "[discount.{name}]\ntitle = \"{name}\"\nby = \"program\"\nbase = \"running\"\nmetrics = [\"seat\"]\n\
         [discount.{name}.program.{name}]\ntitle = \"{name}\"\nmax_rate = \"10%\"\napproval = \"lead\"\n\
         incumbents = [\"{incumbent}\"]\n"
    )
}

/// Replacements in the text of a book.
type Edits<'e> = &'e [(&'e str, &'e str)];

/// Returns the discounts of the levels, lowest first, and the deals that have them.
fn levels(edits: Edits<'_>, more: &str) -> (Vec<String>, Vec<String>) {
    let text = read("tests/findings/level-gives-at-most.toml");
    let text = edits.iter().fold(text, |text, (old, new)| {
        assert!(text.contains(old), "{old}");
        text.replace(old, new)
    });
    let books = load("book.toml", &(text + more));
    let found = found(&books);
    let is_level = |it: &&Finding<'_>| it.code.name == "level-gives-at-most";
    let messages = found.iter().filter(is_level).map(|it| it.message.clone()).collect();
    (gives(&found).iter().map(Share::to_string).collect(), messages)
}

#[test]
fn each_rule_alone_decides_what_a_level_gives() {
    let waterfall = "order = [\"volume\", \"commitment\"";
    let with = |name: &str| format!("{waterfall}, \"{name}\"");
    let (cash, vendor) = (with("cash"), with("vendor"));
    let refused = PAYING.replace("days = 0", "days = 0\nrefuse = true");
    let twice = |rule: &str| guardrail("one", rule) + &guardrail("two", rule);
    let no_more_than_20 = twice("measure = \"discount\"\nabove = \"20%\"\nrefuse = true");
    let short = guardrail("short", "measure = \"term\"\nabove = \"1\"\napproval = \"lead\"");
    let table: [(&str, Edits<'_>, String, &[&str]); 7] = [
        ("the specimen", &[], String::new(), &["28.00%", "37.00%"]),
        // A seat at 0.0100 is charged 0.01 whatever is off, and 100,000,000 seats have all of it.
        (
            "a charge in coins",
            &[("100.00", "0.0100"), ("places = 2", "places = 4")],
            String::new(),
            &["28.00%", "37.00%"],
        ),
        // 1 - 0.72 x 0.50 and 1 - 0.63 x 0.50: only cash has it.
        ("a discount for cash", &[(waterfall, &cash)], PAYING.to_owned(), &["64.00%", "68.50%"]),
        ("cash that is refused", &[(waterfall, &cash)], refused, &["28.00%", "37.00%"]),
        ("two equal guardrails that refuse", &[], no_more_than_20, &["20.00%", "20.00%"]),
        // Two years need the lead at any rate, so without approval only the volume is left.
        ("a guardrail on the term", &[], short, &["10.00%", "37.00%"]),
        // 1 - 0.63 x 0.90: the program is for customers of one vendor, and the deal names that vendor.
        (
            "a program for an incumbent",
            &[(waterfall, &vendor)],
            program("vendor", "Acme"),
            &["28.00%", "43.30%"],
        ),
    ];
    for (name, edits, more, expected) in table {
        let (found, messages) = levels(edits, &more);
        assert_eq!(found, expected, "{name}: {messages:?}");
    }
    let (_, messages) = levels(&[(waterfall, &cash)], PAYING);
    assert!(messages[0].ends_with(": 1 seat, 2 years, Cash, commitment at 20%"), "{messages:?}");
}

/// A step that needs a review and no level reads as one: nobody of the ladder has to agree.
#[test]
fn a_review_without_a_level_is_named() {
    let review = "\n[[review]]\nname = \"legal\"\ntitle = \"Legal review\"\n";
    let step = "approval = \"lead\", otherwise";
    let (found, messages) = levels(&[(step, "review = \"legal\", otherwise")], review);
    assert_eq!(found, ["28.00%", "37.00%", "37.00%"]);
    assert_eq!(
        messages[1],
        "without approval, with Legal review a deal can be 37.00% off list: 1 seat, 2 years"
    );
}

/// A program that ARR opens beside the beginning of a range, at the exact quantities. It gives 20% above $5,000.00.
#[test]
fn a_refusal_ends_at_the_exact_quantity() {
    let text = read("tests/findings/larger-order-costs-less-by-arr-of-a-program.toml");
    let tiers = "[{ quantity = \"1+\", price = \"100.00\" }]";
    let table = [
        // 50 seats are $5,000.00 and have no program, and 51 cost 51 x 80 = $4,080.00: from 41 seats on.
        ("100.00", "100.00", vec![41..=50]),
        // 55 x 90 = $4,950.00 have none, and 56 cost 56 x 72 = $4,032.00: from 41 seats of $100.00 on.
        ("100.00", "90.00", vec![41..=55]),
        // 46 seats at $110.00 have it, and cost 46 x 88 = $4,048.00, less than 37 x 110 = $4,070.00. At $100.00
        // 51 cost 51 x 80 = $4,080.00, less than 47 x 88 = $4,136.00.
        ("110.00", "100.00", vec![37..=45, 47..=50]),
    ];
    for (below, above, expected) in table {
        let two = format!(
            "[{{ quantity = \"1-50\", price = \"{below}\" }}, {{ quantity = \"51+\", price = \"{above}\" }}]"
        );
        let books = load("book.toml", &text.replace(tiers, &two));
        let found = found(&books);
        let cliffs = found.iter().filter(|it| it.code.name == "larger-order-costs-less");
        let dear: BTreeSet<u64> = cliffs
            .flat_map(|it| {
                let (from, to) = counts(it);
                it.elsewhere.as_ref().map_or(from, |it| it.from.ceil())..=to
            })
            .collect();
        assert_eq!(dear, expected.into_iter().flatten().collect(), "{below}, {above}");
    }
}

/// The 10% of a program are for up to 10 seats, and no line has fewer than 11: a guardrail at 9.99% stops nobody.
#[test]
fn a_program_for_smaller_orders_reaches_no_guardrail() {
    let unreached = |seats: &str| {
        let text = read("tests/findings/unreached-guardrail.toml")
            .replace("quantity = \"1+\"", &format!("quantity = \"{seats}\""))
            .replace("max_rate = \"10%\"", "max_rate = \"10%\"\nquantity = \"1-10\"");
        let books = load("book.toml", &text);
        let found = found(&books);
        let mine = found.iter().filter(|it| it.code.name == "unreached");
        mine.filter(|it| it.message.contains("9.99%")).count()
    };
    assert_eq!((unreached("10+"), unreached("11+")), (0, 1));
}

/// Up to 9 seats are 1.00 each and 10.00 for the order, and from 10 on they are 3.00 each. 9 and 1 cost 19.00 + 11.00,
/// what 10 cost; 9 and 2 cost 31.00, and 11 cost 33.00.
#[test]
fn a_split_saves_from_the_exact_quantity_on() {
    let text = read("tests/findings/splitting-costs-less.toml")
        .replace("price = \"50.00\"", "price = \"1.00\", flat = \"10.00\"")
        .replace("price = \"60.00\"", "price = \"3.00\"");
    let books = load("book.toml", &text);
    let found = found(&books);
    let splits = found.iter().filter(|it| it.code.name == "splitting-costs-less");
    let begins = splits.filter_map(|it| it.quantities).map(|(from, _)| from.ceil());
    assert_eq!(begins.min(), Some(11));
}
