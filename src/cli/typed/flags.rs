//! The flags that describe a deal.

use super::CommandLine;
use crate::cli::failure::Failure;
use crate::cli::files;
use crate::deal;
use crate::deal::Draft;
use clap::Args;
use std::path::Path;

/// A deal in flags. Each overrides what a deal file says.
#[derive(Debug, Clone, Default, Args)]
#[command(next_help_heading = "The deal")]
pub struct DealFlags {
    /// Who buys
    #[arg(long, value_name = "NAME")]
    customer: Option<String>,

    /// What is counted: one of the book's metrics, such as socket, core, node or consumption
    #[arg(long, value_name = "METRIC")]
    metric: Option<String>,

    /// How many; for consumption, the average number of cores
    #[arg(long, value_name = "N", allow_hyphen_values = true)]
    quantity: Option<String>,

    /// The currency: one of the book's [default: its first]
    #[arg(long, value_name = "CODE")]
    currency: Option<String>,

    /// How many of them are paid for even if they are not used, for what is paid by the hour
    #[arg(long, value_name = "N", allow_hyphen_values = true)]
    committed: Option<String>,

    /// What the whole line costs, where the book has a range of fixed fees for it
    #[arg(long, value_name = "AMOUNT", allow_hyphen_values = true)]
    fee: Option<String>,

    /// The commitment in years [default: 1]
    #[arg(long, value_name = "YEARS", allow_hyphen_values = true)]
    term: Option<String>,

    /// How the customer prepays: annual or multi-year
    #[arg(long, value_name = "WAY")]
    prepay: Option<String>,

    /// How long the customer has to pay, such as net-60
    #[arg(long, value_name = "TERMS")]
    payment: Option<String>,

    /// How the customer is billed, such as quarterly
    #[arg(long, value_name = "WAY")]
    billing: Option<String>,

    /// The first day of the contract; invoices need it
    #[arg(long, value_name = "YYYY-MM-DD")]
    start: Option<String>,

    /// The last day of the contract that this one joins, in place of a term
    #[arg(long, value_name = "YYYY-MM-DD")]
    co_term_end: Option<String>,

    /// Volume discount: auto, none, or at most this rate
    #[arg(long, value_name = "RATE", allow_hyphen_values = true)]
    volume: Option<String>,

    /// Any other discount of the book: auto, none, or at most this rate
    #[arg(long, value_name = "NAME=RATE")]
    discount: Vec<String>,

    /// A unit price agreed in negotiation
    #[arg(long, value_name = "AMOUNT", allow_hyphen_values = true)]
    unit_price: Option<String>,

    /// A discount off list agreed in negotiation, in place of a unit price
    #[arg(long, value_name = "RATE", allow_hyphen_values = true, conflicts_with = "unit_price")]
    off_list: Option<String>,

    /// A strategic program and its rate, such as lighthouse=10%
    #[arg(long, value_name = "PROGRAM=RATE")]
    strategic: Vec<String>,

    /// What the customer gives for the program, such as reference
    #[arg(long, value_name = "DUTY")]
    duty: Vec<String>,

    /// A clause that the customer wants in the contract, such as liability-24-months
    #[arg(long, value_name = "CLAUSE")]
    clause: Vec<String>,

    /// An edition, where the quantity should not decide
    #[arg(long, value_name = "EDITION")]
    edition: Option<String>,

    /// The hosts that it runs on
    #[arg(long, value_name = "N", allow_hyphen_values = true)]
    hosts: Option<String>,

    /// Whose product is to be replaced
    #[arg(long, value_name = "NAME")]
    incumbent: Option<String>,

    /// The channel of the partner that sells it, with the rate off if it has one, such as
    /// reseller=32% or oem
    #[arg(long, value_name = "NAME[=RATE]")]
    channel: Option<String>,

    /// What the partner is called
    #[arg(long, value_name = "NAME")]
    partner: Option<String>,

    /// What the partner takes from its own customers in a year, for a channel that shares it
    #[arg(long, value_name = "AMOUNT", allow_hyphen_values = true)]
    revenue: Option<String>,

    /// Years over which a perpetual licence, or what the customer could have instead, is compared
    /// [default: the term]
    #[arg(long, value_name = "YEARS", allow_hyphen_values = true)]
    horizon: Option<String>,

    /// The day of the quote [default: today]
    #[arg(long, value_name = "YYYY-MM-DD")]
    date: Option<String>,
}

impl DealFlags {
    /// Only what decides the price of a metric beside its quantity.
    pub fn terms(
        metric: &str,
        currency: Option<&str>,
        term: Option<&str>,
        prepay: Option<&str>,
    ) -> Self {
        let typed = |word: Option<&str>| word.map(str::to_owned);
        Self {
            metric: Some(metric.to_owned()),
            currency: typed(currency),
            term: typed(term),
            prepay: typed(prepay),
            ..Self::default()
        }
    }

    /// Whether no flag was given.
    pub fn is_empty(&self) -> bool {
        self.words().is_empty()
    }

    /// Every flag that was given, with its value, in a fixed order.
    fn words(&self) -> Vec<(&'static str, &str)> {
        let one = [
            ("--customer", &self.customer),
            ("--metric", &self.metric),
            ("--quantity", &self.quantity),
            ("--currency", &self.currency),
            ("--committed", &self.committed),
            ("--fee", &self.fee),
            ("--term", &self.term),
            ("--prepay", &self.prepay),
            ("--payment", &self.payment),
            ("--billing", &self.billing),
            ("--start", &self.start),
            ("--co-term-end", &self.co_term_end),
            ("--volume", &self.volume),
            ("--unit-price", &self.unit_price),
            ("--off-list", &self.off_list),
            ("--edition", &self.edition),
            ("--hosts", &self.hosts),
            ("--incumbent", &self.incumbent),
            ("--channel", &self.channel),
            ("--partner", &self.partner),
            ("--revenue", &self.revenue),
            ("--horizon", &self.horizon),
            ("--date", &self.date),
        ];
        let many = [
            ("--discount", &self.discount),
            ("--strategic", &self.strategic),
            ("--duty", &self.duty),
            ("--clause", &self.clause),
        ];
        let one = one.into_iter().filter_map(|(flag, value)| Some((flag, value.as_deref()?)));
        let many = many
            .into_iter()
            .flat_map(|(flag, values)| values.iter().map(move |value| (flag, value.as_str())));
        one.chain(many).collect()
    }

    /// The draft of a deal file, or an empty one, with what was typed on top. `command` is what was
    /// typed before the flags.
    pub fn draft(&self, command: &str, file: Option<&Path>) -> Result<Draft, Failure> {
        let typed = CommandLine::new(command, &self.words());
        let mut draft = match file {
            Some(path) => deal::read(&files::read(path, "deal file")?),
            None => Draft::new(typed.all()),
        };
        typed.apply(&mut draft);
        Ok(draft)
    }
}
