//! Selling through a partner, and comparing over a horizon, on the command line.

use super::{json, on_the_day};
use crate::support::{DAY, Desk, OUR_BOOK, Ran, root};
use insta::assert_snapshot;
use serde_json::Value;

const RESELLER: &str = r#"[[line]]
metric = "node"
quantity = 1000

[channel]
name = "reseller"
partner = "Acme Partners"
rate = "32%"
"#;

fn channel(file: Option<&str>, words: &[&str]) -> Value {
    let desk = Desk::new().file("deal.toml", file.unwrap_or_default());
    let first: &[&str] = if file.is_some() { &["quote", "deal.toml"] } else { &["quote"] };
    let words = [words, &["--format", "json"]].concat();
    let mut quote = json(&desk.run(&on_the_day(first, &words)).stdout);
    quote["channel"].take()
}

#[test]
fn flags_alone_name_a_channel_with_its_rate() {
    let words =
        ["--metric", "node", "--quantity", "1000", "--channel", "msp=40%", "--partner", "Summit"];
    let found = channel(None, &words);
    assert_eq!((&found["name"], &found["partner"]), (&"msp".into(), &"Summit".into()));
    assert_eq!(found["rate"], "0.4");
    assert_eq!(found["totals"]["partner_tcv"], "90000.00");
}

#[test]
fn flags_alone_name_a_channel_that_shares_revenue() {
    let words = ["--metric", "consumption", "--quantity", "10000", "--channel", "oem"];
    let found = channel(None, &[&words[..], &["--revenue", "5000000"]].concat());
    assert_eq!(found["partner_annual"], "1500000.00");
    assert_eq!(found["break_even_revenue"], "8760000.00");
}

#[test]
fn another_rate_keeps_the_partner_and_another_channel_does_not() {
    let found = channel(Some(RESELLER), &["--channel", "reseller=35%"]);
    assert_eq!((&found["rate"], &found["partner"]), (&"0.35".into(), &"Acme Partners".into()));
    let found = channel(Some(RESELLER), &["--channel", "msp=35%"]);
    assert_eq!((&found["rate"], &found["partner"]), (&"0.35".into(), &Value::Null));
    let found = channel(Some(RESELLER), &["--partner", "Other"]);
    assert_eq!((&found["rate"], &found["partner"]), (&"0.32".into(), &"Other".into()));
}

#[test]
fn a_rate_outside_its_range_is_quoted_and_outside_policy() {
    let desk = Desk::new().file("deal.toml", RESELLER);
    let ran = desk.run(&on_the_day(&["quote", "deal.toml"], &["--channel", "reseller=50%"]));
    assert_eq!((ran.code, ran.stderr.as_str()), (Some(4), ""));
    let told = "Reseller gets 30%-35% off the customer's net price, and this deal has 50%";
    assert!(ran.stdout.contains(told), "{}", ran.stdout);
}

#[test]
fn what_a_partner_flag_lacks_is_told() {
    let line = ["--metric", "node", "--quantity", "10", "--horizon", "0"];
    let partner = ["--partner", "Acme", "--revenue", "5"];
    let ran = Desk::new().run(&on_the_day(&["quote"], &[&line[..], &partner].concat()));
    assert_eq!((ran.code, ran.stdout.as_str()), (Some(2), ""));
    assert_snapshot!(ran.stderr, @r"
    error[conflict]: this flag is for a deal that a partner sells
     --> command line:1:54
      |
    1 | dealdesk quote --metric node --quantity 10 --partner Acme --revenue 5 --horizon 0 --date 2026...
      |                                                      ^^^^
      |
      = hint: add --channel NAME=RATE, or --channel NAME where the deal has no rate

    error[conflict]: this flag is for a deal that a partner sells
     --> command line:1:69
      |
    1 | dealdesk quote --metric node --quantity 10 --partner Acme --revenue 5 --horizon 0 --date 2026...
      |                                                                     ^
      |
      = hint: add --channel NAME=RATE, or --channel NAME where the deal has no rate

    error[bad-number]: a horizon is a whole number of years from 1 to 100
     --> command line:1:81
      |
    1 | dealdesk quote --metric node --quantity 10 --partner Acme --revenue 5 --horizon 0 --date 2026...
      |                                                                                 ^

    error: this deal cannot be quoted: 3 errors
    ");
    let ran =
        Desk::new().run(&on_the_day(&["quote"], &[&line[..4], &["--channel", "oem=3O%"]].concat()));
    assert_snapshot!(ran.stderr, @r#"
    error[bad-number]: this is not a plain number
     --> command line:1:58
      |
    1 | dealdesk quote --metric node --quantity 10 --channel oem=3O% --date 2026-11-21
      |                                                          ^^^
      |
      = hint: write a rate as "15%" or 0.15

    error: this deal cannot be quoted: 1 error
    "#);
}

/// The horizon is for the comparison alone.
#[test]
fn a_horizon_changes_no_price() {
    let words = ["--metric", "perpetual", "--quantity", "50", "--term", "3", "--format", "json"];
    let quote = |more: &[&str]| {
        json(&Desk::new().run(&on_the_day(&["quote"], &[&words[..], more].concat())).stdout)
    };
    let (near, far) = (quote(&[]), quote(&["--horizon", "20"]));
    assert_eq!(near["totals"], far["totals"]);
    let list = |quote: &Value| quote["comparisons"][0]["at_list"]["perpetual"].clone();
    assert_eq!((list(&near), list(&far)), ("800000.00".into(), "2500000.00".into()));
}

/// What an example says between two headings, without the lines of the book.
fn part(example: &str, from: &str, to: &str) -> String {
    let path = root().join("examples").join(example);
    let words = ["quote", path.to_str().expect("a name"), "--explain"];
    let shown = Desk::new().run(&on_the_day(&words, &[])).stdout;
    let start = shown.find(from).expect("its heading");
    let length = shown[start..].find(to).expect("the next heading");
    let lines = shown[start..start + length].lines();
    lines
        .map(|line| line.split("  [pricing").next().unwrap_or_default().to_owned() + "\n")
        .collect()
}

#[test]
fn a_reseller_reads_what_it_pays_and_keeps() {
    assert_snapshot!(part("reseller.toml", "Reseller Acme", "Needs VP"), @r"
    Reseller Acme Partners: unit prices
      Price of                 Customer pays  Partner pays  Partner keeps   Share
     ──────────────────────────────────────────────────────────────────────────────
      120 sockets, Enterprise      $1,912.50     $1,300.50        $612.00  32.00%

      The partner pays 32% less than the customer's net price.
      120 sockets, Enterprise: $1,912.50 - 32% of $1,912.50 = $1,300.50
      120 sockets, Enterprise: 120 × $1,300.50 = $156,060.00 per year, $468,180.00 over 3 years

    Reseller Acme Partners: all lines
      All lines                    Per year     Contract    Share  Off list
     ────────────────────────────────────────────────────────────────────────
      Customer pays             $229,500.00  $688,500.00  100.00%    23.50%
      Partner pays us: our net  $156,060.00  $468,180.00   68.00%    47.98%
      Partner keeps              $73,440.00  $220,320.00   32.00%

    Invoices to the partner
      Invoice  Date        Due         For                            Amount
     ─────────────────────────────────────────────────────────────────────────
      1        2027-01-01  2027-01-31  2027-01-01 to 2027-12-31  $156,060.00
      2        2028-01-01  2028-01-31  2028-01-01 to 2028-12-31  $156,060.00
      3        2029-01-01  2029-01-31  2029-01-01 to 2029-12-31  $156,060.00
                                       Total for the partner     $468,180.00
    ");
}

#[test]
fn an_oem_reads_what_it_shares() {
    assert_snapshot!(part("oem.toml", "OEM Granite", "Consumption vs"), @r"
    OEM Granite Cloud: share of revenue
      All lines                             Per year        Contract  Share
     ────────────────────────────────────────────────────────────────────────
      The partner's revenue            $5,000,000.00  $15,000,000.00
      Partner pays us: our share       $1,500,000.00   $4,500,000.00    30%
      Partner keeps                    $3,500,000.00  $10,500,000.00    70%
      Replaces the price of the lines  $2,628,000.00   $7,884,000.00

      The partner pays 30% of its revenue from its own customers.
      The revenue is from: partner's revenue report of Q3 2026, four quarters alike.
      Break-even: $7,884,000.00 / 30% / 3 years = $8,760,000.00 per year.
      With less revenue, the partner pays less by share than by the prices of the lines.
    ");
}

#[test]
fn a_buyer_reads_when_a_license_for_good_breaks_even() {
    assert_snapshot!(part("perpetual-horizon.toml", "Perpetual license vs", "Needs"), @r"
    Perpetual license vs subscription: 100 sockets
      After 25 years      Perpetual   Subscription                Difference
     ─────────────────────────────────────────────────────────────────────────
      At list         $6,000,000.00  $6,250,000.00   4.166667% more, rounded
      At net          $6,000,000.00  $5,312,500.00  11.458333% less, rounded

      One socket at list: $10,000.00 + 25 × $2,000.00 = $60,000.00 perpetual, 25 × $2,500.00 =
        $62,500.00 by subscription.
      One socket at net: $10,000.00 + 25 × $2,000.00 = $60,000.00 perpetual, 25 × $2,125.00 =
        $53,125.00 by subscription.
      Break-even at list: year 20. A year of subscription costs $50,000.00 more than a year of
        maintenance, and 20 such years make up for the license price of $1,000,000.00.
      Break-even at net: year 80. A year of subscription costs $12,500.00 more than a year of
        maintenance, and 80 such years make up for the license price of $1,000,000.00.
      Subscription: CPU socket, 100 sockets, Enterprise. The net price is for a commitment of 3 years
        on the terms of this deal, without programs.
      Years after the term are assumed to cost as much as the years before.

    Total cost by year
      Year      Perpetual  Subscription, list  Subscription, net
     ─────────────────────────────────────────────────────────────
      1     $1,200,000.00         $250,000.00        $212,500.00
      3     $1,600,000.00         $750,000.00        $637,500.00
      5     $2,000,000.00       $1,250,000.00      $1,062,500.00
      10    $3,000,000.00       $2,500,000.00      $2,125,000.00
      15    $4,000,000.00       $3,750,000.00      $3,187,500.00
      19    $4,800,000.00       $4,750,000.00      $4,037,500.00
      20    $5,000,000.00       $5,000,000.00      $4,250,000.00
      25    $6,000,000.00       $6,250,000.00      $5,312,500.00
    ");
}

#[test]
fn a_buyer_reads_from_which_use_on_a_subscription_costs_less() {
    assert_snapshot!(part("consumption.toml", "Consumption vs", "Approval"), @r"
    Consumption vs subscription: 10,000 cores on average
      Per year           Consumption   Subscription  Multiple  Break-even use
     ──────────────────────────────────────────────────────────────────────────
      At list and net  $2,628,000.00  $1,500,000.00    1.752x          57.08%

      Break-even at list and net: $150.00 / ($0.03 × 730 hours × 12) = 57.08%, rounded half up to 2
        places. Below 57.08% use of each core's hours, consumption costs less; above it, the
        subscription costs less.
      This uses the hourly price of 10,000 cores. A smaller average can have another price: dealdesk
        compare shows the break-even for it.
      Subscription: CPU core, 10,000 cores, Enterprise+. The net price is for a commitment of 1 year
        on the terms of this deal, without programs.
    ");
}

/// Of an OEM, our net is our share: $7,884,000 for its customers, of which $4,500,000 is ours.
#[test]
fn sums_show_what_reaches_us() {
    let examples = root().join("examples");
    let path = |name: &str| examples.join(name).to_string_lossy().into_owned();
    let (oem, reseller) = (path("oem.toml"), path("reseller.toml"));
    let words = ["check", &oem, &reseller];
    let check = json(&Desk::new().run(&on_the_day(&words, &["--format", "json"])).stdout);
    let nets = [&check["deals"][0], &check["deals"][1], &check["tcv"][0]];
    let nets = nets.map(|it| (it["tcv"].as_str(), it["our_net"].as_str()));
    let expected = [
        (Some("7884000.00"), Some("4500000.00")),
        (Some("688500.00"), Some("468180.00")),
        (Some("8572500.00"), Some("4968180.00")),
    ];
    assert_eq!(nets, expected);
    let shown = Desk::new().run(&on_the_day(&words, &[])).stdout;
    assert!(shown.contains("Our net         $4,968,180.00"), "{shown}");
    let rows = Desk::new().run(&on_the_day(&["quote", &oem], &["--format", "csv"])).stdout;
    let ends: Vec<_> =
        rows.lines().map(|row| Some(row.rsplit_once(",oem,")?.1.rsplit_once(',')?.0)).collect();
    let expected = [
        None,
        Some("Granite Cloud,0.00,0.00,0.00"),
        Some("Granite Cloud,0.00,1500000.00,4500000.00"),
    ];
    assert_eq!(ends, expected);
}

/// A book with another share, and a deal with another rate, change what reaches us and no customer's price.
#[test]
fn a_change_of_our_net_is_told() {
    let next = OUR_BOOK.replace("share = \"30%\"", "share = \"20%\"");
    let other = RESELLER.replace("32%", "35%");
    let desk =
        Desk::new().file("next.toml", &next).file("old.toml", RESELLER).file("new.toml", &other);
    let oem = root().join("examples/oem.toml");
    let oem = oem.to_str().expect("a name");
    let words = ["reprice", oem, "--book", "next.toml", "--date", DAY, "--format", "json"];
    let told = json(&desk.run(&words).stdout);
    assert_eq!(told["tcv"]["change"], "0.00");
    let ours = (&told["our_net"]["old"], &told["our_net"]["new"]);
    assert_eq!(ours, (&"4500000.00".into(), &"3000000.00".into()));
    let words = ["diff", "old.toml", "new.toml", "--date", DAY, "--format", "json"];
    let told = json(&desk.run(&words).stdout);
    // 1,000 x 150 x 0.68, and x 0.65
    let ours = &told["deals"][0]["our_net"];
    assert_eq!((&ours["old"], &ours["new"]), (&"102000.00".into(), &"97500.00".into()));
    assert_eq!(told["deals"][0]["tcv"]["change"], "0.00");
}

/// The book of partners at levels, with invoices.
fn levels() -> String {
    let book = include_str!("../../examples/books/partner-levels.toml");
    let billing = "[billing]\nstandard = \"annual\"\nproration = \"actual/actual\"\n\
                   [billing.ways.annual]\ntitle = \"yearly\"\nmonths = 12\n";
    format!("{book}\n{billing}")
}

/// 100 seats of 1,000.00 at 35% off are invoiced at 65,000.00, and 2% of it are paid back.
const REGISTERED: &str = r#"customer = "Cedar Hospitals"
start = 2027-01-01
[channel]
name = "reseller"
partner = "Elm Systems"
level = "gold"
incentives = ["deal-registration"]
[[line]]
metric = "software"
quantity = 100
"#;

fn leveled(words: &[&str]) -> Ran {
    let desk = Desk::new().file("pricing.toml", &levels()).file("deal.toml", REGISTERED);
    desk.run(&on_the_day(words, &["--price-book", "pricing.toml"]))
}

#[test]
fn flags_alone_name_the_level_and_claim_an_incentive() {
    let line = ["quote", "--metric", "software", "--quantity", "100", "--format", "json"];
    let channel = |words: &[&str]| {
        let ran = leveled(&[&line[..], &["--channel", "reseller"], words].concat());
        json(&ran.stdout)["channel"].take()
    };
    let found = channel(&["--partner-level", "gold", "--incentive", "deal-registration"]);
    assert_eq!((&found["level"], &found["lines"][0]["rate"]), (&"gold".into(), &"0.35".into()));
    assert_eq!(found["totals"]["partner_tcv"], "65000.00");
    assert_eq!(found["totals"]["our_net_tcv"], "63700.00");
    let found = channel(&["--partner-level", "silver", "--sale", "renewal"]);
    assert_eq!(found["totals"]["partner_tcv"], "85000.00");
    assert_eq!(found["totals"]["our_net_tcv"], Value::Null);
}

#[test]
fn flags_change_the_level_of_a_file_and_keep_its_claims() {
    let ran = leveled(&["quote", "deal.toml", "--partner-level", "silver", "--format", "json"]);
    let found = &json(&ran.stdout)["channel"];
    assert_eq!(found["totals"]["partner_tcv"], "70000.00"); // 20% + 10% off
    let again = leveled(&["quote", "deal.toml", "--incentive", "deal-registration"]);
    assert_eq!(again.code, leveled(&["quote", "deal.toml"]).code, "{}", again.stderr);
}

#[test]
fn a_kind_of_sale_that_nobody_knows_is_told() {
    let ran = leveled(&["quote", "deal.toml", "--sale", "renewel"]);
    assert_eq!(ran.code, Some(2));
    assert!(ran.stderr.contains("did you mean \"renewal\"?"), "{}", ran.stderr);
}

/// A rebate is on no invoice, and lowers our net.
#[test]
fn a_rebate_is_off_no_invoice_and_off_our_net() {
    let invoices = leveled(&["invoices", "deal.toml"]).stdout;
    assert!(invoices.contains("$65,000.00") && !invoices.contains("63,700"), "{invoices}");
    let checked = leveled(&["check", "deal.toml"]).stdout;
    assert!(checked.contains("$63,700.00") && !checked.contains("65,000"), "{checked}");
    let rows = leveled(&["quote", "deal.toml", "--format", "csv"]).stdout;
    assert!(rows.contains(",650.00,63700.00,63700.00,"), "{rows}");
}

#[test]
fn a_deal_at_a_level_is_negotiated_and_compared() {
    let ran = leveled(&["negotiate", "deal.toml", "--target-tcv", "100000"]);
    assert_eq!(ran.code, Some(0), "{}", ran.stderr);
    assert!(ran.stdout.contains("Channel manager"), "{}", ran.stdout);
    let desk = Desk::new().file("pricing.toml", &levels()).file("deal.toml", REGISTERED);
    let other = REGISTERED.replace("gold", "silver").replace("[\"deal-registration\"]", "[]");
    let desk = desk.file("other.toml", &other);
    let words = ["diff", "deal.toml", "other.toml", "--price-book", "pricing.toml"];
    let told = desk.run(&on_the_day(&words, &[])).stdout;
    for fact in ["Partner level", "Partner incentives", "Deal registration"] {
        assert!(told.contains(fact), "{told}");
    }
}
