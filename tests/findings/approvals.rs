//! Approvals that no deal needs: each row is the specimen `clean` with other lines.

use super::{found, load, read};
use dealdesk::answer::book_check::Finding;

const PEOPLE: &str = "\n[[approval]]\nlevel = \"lead\"\ntitle = \"Team lead\"\n";

const PAYING: &str = "\n[payment]\nstandard = \"net-30\"\n[payment.terms.net-30]\ntitle = \"Net 30\"\ndays = 30\n\
                      [payment.terms.net-60]\ntitle = \"Net 60\"\ndays = 60\n\
                      [payment.terms.net-90]\ntitle = \"Net 90\"\ndays = 90\nrefuse = true\n";

/// The book with a discount of one step or one program.
fn discount(by: &str, lines: &str) -> String {
    format!(
        "[waterfall]\norder = [\"own\"]\n[discount.own]\ntitle = \"Own\"\nby = \"{by}\"\nbase = \"running\"\n\
         metrics = [\"seat\"]\n{lines}\n"
    )
}

fn program(lines: &str) -> String {
    let program = "[discount.own.program.own]\ntitle = \"Own\"\napproval = \"lead\"\n";
    discount("program", &format!("{program}{lines}"))
}

fn guardrail(measure: &str, above: &str, does: &str) -> String {
    format!(
        "[[guardrail]]\nname = \"{measure}\"\nmeasure = \"{measure}\"\nabove = \"{above}\"\n{does}\n\
         reason = \"House rule\"\n"
    )
}

/// Returns the codes and messages about approvals of the clean specimen with more lines.
fn told(more: &str) -> Vec<(&'static str, String)> {
    let text = read("tests/findings/clean.toml") + PEOPLE + more;
    let books = load("book.toml", &text);
    let found = found(&books);
    let is_one =
        |it: &&Finding<'_>| ["approval-never-required", "unreached"].contains(&it.code.name);
    found.iter().filter(is_one).map(|it| (it.code.name, it.message.clone())).collect()
}

#[test]
fn a_line_is_told_where_no_deal_needs_its_approval() {
    let refuses = |measure: &str, above: &str| guardrail(measure, above, "refuse = true");
    let clause = |most: &str| {
        format!(
            "[clause.credits]\ntitle = \"Credits\"\nclass = \"negotiable\"\nstandard_rates = \"0%-{most}\"\n\
             approval = \"lead\"\nreason = \"outages\"\n"
        )
    };
    let school = program("rate = \"40%\"");
    let step = |terms: &str| {
        PAYING.to_owned()
            + &discount(
                "payment",
                &format!(
                    "steps = [{{ payment = [{terms}], uplift = \"5%\", approval = \"lead\" }}]"
                ),
            )
    };
    let claimed = |terms: &str| {
        PAYING.to_owned() + &program(&format!("max_rate = \"5%\"\npayment = [{terms}]"))
    };
    let service = |included: &str| {
        format!(
            "[service.training]\ntitle = \"Training\"\nincluded = \"{included}\"\nincluded_share = \"10%\"\n\
             approval = \"lead\"\nbeyond = \"priced\"\n"
        )
    };
    let at = |book: &str, expected: Option<&'static str>| (book.to_owned(), expected);
    let table = [
        at(&clause("100%"), Some("Credits: every rate up to 100% is standard")),
        at(&clause("99%"), None),
        at(&service("0.00"), Some("Training: nothing of it is included")),
        // A day of a seat costs 100.00 / 365, and 10% of it is less than 1.00.
        at(&service("1000.00"), None),
        // 40% is more than the 30% that the guardrail leaves, and not more than 40%.
        at(
            &(school.clone() + &refuses("discount", "30%")),
            Some(
                "Own: every such deal is outside policy (House rule (40.00% off list, more than 30%))",
            ),
        ),
        at(&(school + &refuses("discount", "40%")), None),
        // A seat costs 100.00 a year, and no contract is shorter in a book without `proration`.
        at(
            &(clause("99%") + &refuses("tcv", "99.99")),
            Some(
                "Credits: every such deal is outside policy (House rule (TCV of USD 100.00, more than USD 99.99))",
            ),
        ),
        at(&(clause("99%") + &refuses("tcv", "100.00")), None),
        // 20 months of a seat at 99.99 are too much; a day of it is not.
        at(
            &(clause("99%")
                + &refuses("tcv", "99.99")
                + "[billing]\nstandard = \"annual\"\nproration = \"actual/actual\"\n\
               [billing.ways.annual]\ntitle = \"yearly\"\nmonths = 12\n"),
            None,
        ),
        at(&step("\"net-60\""), None),
        at(
            &step("\"net-90\""),
            Some("Own (net-90): every such deal is outside policy (Net 90 is outside policy)"),
        ),
        at(&claimed("\"net-30\""), None),
        at(
            &claimed("\"net-90\""),
            Some("Own: every such deal is outside policy (Net 90 is outside policy)"),
        ),
        at(&guardrail("tcv", "5.00", "approval = \"lead\""), None),
        at(
            &guardrail("tcv", "5.00", "approval = \"lead\"\nrefuse = true"),
            Some("guardrail.tcv: it refuses every deal beyond its limit"),
        ),
        at(&program("max_rate = \"0%\""), Some("Own: it gives nothing")),
    ];
    for (book, expected) in table {
        let told = told(&book);
        let mine =
            told.iter().filter(|it| it.0 == "approval-never-required").map(|it| it.1.as_str());
        let expected = expected.map(|text| format!("no deal needs Team lead approval for {text}"));
        assert_eq!(
            mine.collect::<Vec<_>>(),
            expected.as_deref().into_iter().collect::<Vec<_>>(),
            "{book}"
        );
        // Nobody else needs the lead, so the level is unreached with its only line.
        let is_unreached = told.iter().any(|it| it.1.contains("the level \"lead\""));
        assert_eq!(is_unreached, expected.is_some(), "{told:?}\n{book}");
    }
}

/// A late start is the only thing that the lead looks at.
#[test]
fn a_level_that_only_late_starts_need_is_reached() {
    let term = "[term]\nyears = \"1-3\"\nstart_after = 30\nstart_after_approval = \"lead\"\n";
    assert_eq!(told(term), []);
}

/// Nothing is taken off, and 30% of a reseller leave us 70.00 of 100.00: that is more than 12% off list.
#[test]
fn a_guardrail_on_the_discount_is_reached_through_a_partner() {
    let deep = guardrail("discount", "12%", "approval = \"lead\"");
    let unreached =
        "guardrail.discount is for more than 12% off list, and no deal can have that discount";
    assert_eq!(told(&deep)[0].1, unreached);
    let reseller =
        "[channel.reseller]\ntitle = \"Reseller\"\nrate = \"30%\"\nbase = \"customer-net\"\n";
    assert_eq!(told(&(deep + reseller)), []);
}
