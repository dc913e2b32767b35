//! What holds for every book and every deal, tried on random ones.
//!
//! | module | what it holds |
//! | --- | --- |
//! | `exact` | fractions of big whole numbers: arithmetic that owes the engine nothing |
//! | `model`, `written` | a book and a deal as plain data, and as TOML |
//! | `prices`, `books`, `deals`, `world` | how they are drawn |
//! | `oracle` | what such a deal costs, worked out a second time from the data |
//!
//! | module | what its laws say |
//! | --- | --- |
//! | `values` | numbers and ranges are written as they were read, and rounded once |
//! | `value` | costs are counted as they are said, and a claim holds up to the price that is told |
//! | `waterfall` | every step chains, is what the book says, and stops at a floor |
//! | `totals` | years, lines and totals add up to the last digit |
//! | `cashflow` | a present value is what fractions make of it, rounded once |
//! | `channel` | what a partner pays and keeps is what the customer pays |
//! | `commitment` | years count that keep their share of the largest before them |
//! | `comparison` | a break-even is where both cost the same, and nowhere before |
//! | `contract` | every rule and pricing step keeps what it declares, and a lie about that is found |
//! | `contract_years` | each year of a contract costs what its steps make of it, and a ramp of equal years the same |
//! | `compare` | each metric costs what it costs alone, and a break-even is where trying turns |
//! | `counting` | a line in several parts costs, needs and breaks what it does as one |
//! | `estimates` | use that nobody commits to changes no guardrail |
//! | `orders` | several metrics find one step of a discount together, however it is asked |
//! | `beside` | a free line, an estimate or a partner never makes a deal easier to approve |
//! | `written_ways` | flags, a deal file and a row of a batch are one deal, and each sum of it is one |
//! | `extremes` | what is too long to be exact is refused; everything else is exact |
//! | `customers` | a deal beside others of its customer is priced as a line among lines |
//! | `currencies` | a book with several currencies is several books |
//! | `sameness` | one deal in other words is the same quote |
//! | `larger_rate` | a larger rate never costs more, and never needs less |
//! | `row_approvals` | an approval of a discount row is asked for wherever the row applies |
//! | `ladder` | a ladder shrinks from list to what each level gives, and what a deal gives adds up |
//! | `book_tables` | a price book differs from itself in nothing, and each of its keys is listed and compared |
//! | `loosening` | a change of a book that is said to tighten it lowers no price and no level |
//! | `curve` | a curve is the engine's prices, and its cliffs are all there are |
//! | `larger_order` | the larger order that a quote names is the cheapest of all |
//! | `findings` | what is proved of a book is what trying every quantity, and every rate, finds |
//! | `billing` | invoices add up to the contract, and parts of a year to what they are |
//! | `uplifts` | what is put on a price is exact, however often |
//! | `usage` | invoices are what fractions make of use, however it is written down |
//! | `scaled` | what is calculated in whole numbers is what decimals and fractions say |
//! | `split` | a deal among others is what it is alone, and several are told where they are more |
//! | `split_order` | which deals are parts of a split does not depend on the order of the files |
//! | `wire` | every figure in the JSON is the engine's |
//! | `batch` | a row of a file costs what it costs alone, however the file arrives |
//! | `negotiate` | what is offered for a number is what trying every deal finds, and each offer is real |
//! | `diff` | what changed between two deals adds up, mirrors, and leaves nothing out |
//! | `hostile` | any text is a book or a deal, or says what is wrong with it |

mod batch;
mod beside;
mod billing;
mod book_tables;
mod books;
mod cashflow;
mod channel;
mod coins;
mod commitment;
mod compare;
mod comparison;
mod contract;
mod contract_years;
mod counting;
mod currencies;
mod curve;
mod customers;
mod days;
mod deals;
mod diff;
mod estimates;
mod exact;
mod extremes;
mod findings;
mod fine;
mod hostile;
mod ladder;
mod larger_order;
mod larger_rate;
mod loosening;
mod model;
mod negotiate;
mod neutral;
mod one_contract;
mod oracle;
mod orders;
mod parts_at_a_partner;
mod prices;
mod row_approvals;
mod sameness;
mod scaled;
mod shares;
mod split;
mod split_days;
mod split_decoys;
mod split_order;
mod totals;
mod uplifts;
mod usage;
mod value;
mod values;
mod waterfall;
mod wire;
mod world;
mod written;
mod written_ways;

use proptest::test_runner::{Config, RngSeed};

/// So many cases, the same ones in every run. `LAWS=20 cargo test laws` tries twenty times as many
/// instead, and new ones every time.
///
/// A law that fails prints its case. There is no file of old failures: what was mended becomes a
/// test of its own.
pub fn cases(count: u32) -> Config {
    let more: Option<u32> = std::env::var("LAWS").ok().and_then(|more| more.parse().ok());
    Config {
        cases: count * more.unwrap_or(1),
        rng_seed: if more.is_some() { RngSeed::Random } else { RngSeed::Fixed(0x1dea) },
        failure_persistence: None,
        max_shrink_iters: 4000,
        ..Config::default()
    }
}
