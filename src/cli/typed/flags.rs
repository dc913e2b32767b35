//! Flags that describe a deal: one row each.

use super::CommandLine;
use super::command_line::{named, pair};
use super::overlay::{Applied, Overlay, set, text};
use crate::cli::Failure;
use crate::deal::{AgreedPrice, Deal, Draft, FACTS, Fact, parse_flags};
use crate::table;
use crate::text::source::Written;
use clap::{Arg, ArgAction, ArgMatches, Args, Command, FromArgMatches};
use std::path::Path;

/// Flag that describes a deal.
#[derive(Debug, Clone, Copy)]
struct DealFlag {
    /// Name without its dashes.
    name: &'static str,
    /// Name of the value in the help.
    value: &'static str,
    help: &'static str,
    /// Whether the flag can be given several times.
    repeats: bool,
    put: Put,
}

/// Way in which the value of a flag gets into a draft.
#[derive(Debug, Clone, Copy)]
enum Put {
    /// Plain fact of the deal.
    Fact(&'static Fact),
    /// Fact with rules of its own.
    Own(fn(&mut Overlay, &Written<String>) -> Applied),
}

const DATE: &str = "YYYY-MM-DD";

/// Flags of facts with rules of their own, in the order of the help.
const FLAGS: &[DealFlag] = &[
    one(
        "metric",
        "METRIC",
        "The metric: one of the book's, such as socket, core, node or consumption",
        |deal, word| deal.line(word, |line| set(&mut line.metric, named(word))),
    ),
    one(
        "quantity",
        "N",
        "The number of units; for consumption, the average number of cores",
        |deal, word| {
            deal.figure(word, "quantity", |line| {
                set(&mut line.quantity, table::quantity(text(word)))
            })
        },
    ),
    one(
        "currency",
        "CODE",
        "The currency: one of the book's [default: its first]",
        |deal, word| set(&mut deal.draft.currency, named(word)),
    ),
    one(
        "committed",
        "N",
        "The number of units charged even if not used, for a metric per hour",
        |deal, word| deal.line(word, |line| set(&mut line.committed, table::quantity(text(word)))),
    ),
    one(
        "fee",
        "AMOUNT",
        "The fee of the whole line, where the book has a range of fees",
        |deal, word| {
            deal.line(word, |line| {
                line.names_fee = true;
                set(&mut line.fee, table::money(text(word)))
            })
        },
    ),
    one("term", "YEARS", "The commitment in years [default: 1]", Overlay::term),
    one("prepay", "WAY", "The prepayment: annual or multi-year", |deal, word| {
        set(&mut deal.draft.prepay, named(word))
    }),
    one("payment", "TERMS", "The payment term, such as net-60", |deal, word| {
        set(&mut deal.draft.payment, named(word))
    }),
    one("billing", "WAY", "The billing schedule, such as quarterly", |deal, word| {
        set(&mut deal.draft.billing, named(word))
    }),
    one("start", DATE, "The first day of the contract; invoices need it", |deal, word| {
        set(&mut deal.draft.start, table::date(text(word)))
    }),
    one(
        "co-term-end",
        DATE,
        "The last day of the contract that this one joins, in place of a term",
        |deal, word| table::date(text(word)).map(|date| deal.co_term_end(date)),
    ),
    one("volume", "RATE", "Volume discount: auto, none, or at most this rate", |deal, word| {
        deal.discount(Written::new("volume".to_owned(), word.place.clone()), word)
    }),
    many(
        "discount",
        "NAME=RATE",
        "Any other discount of the book: auto, none, or at most this rate",
        |deal, word| {
            let (name, rate) = pair(word)?;
            deal.discount(name, &rate)
        },
    ),
    one("unit-price", "AMOUNT", "The negotiated unit price", |deal, word| {
        deal.agreed(word, |text| Ok(AgreedPrice::UnitPrice(table::money(text)?.value)))
    }),
    one(
        OFF_LIST,
        "RATE",
        "The negotiated discount off list, in place of a unit price",
        |deal, word| deal.agreed(word, |text| Ok(AgreedPrice::Discount(table::rate(text)?.value))),
    ),
    many(
        "strategic",
        "PROGRAM=RATE",
        "A strategic program and its rate, such as lighthouse=10%",
        Overlay::program,
    ),
    many("duty", "DUTY", "A customer commitment for the program, such as reference", Overlay::duty),
    many(
        "clause",
        "CLAUSE",
        "A clause that the customer wants in the contract, such as liability-24-months",
        |deal, word| named(word).map(|name| deal.clause(name)),
    ),
    one("edition", "EDITION", "The edition, if not the edition of the quantity", |deal, word| {
        deal.line(word, |line| set(&mut line.edition, named(word)))
    }),
    one("hosts", "N", "The number of hosts", |deal, word| {
        deal.line(word, |line| set(&mut line.hosts, parse_flags::hosts(&word.value, &word.place)))
    }),
    one(
        "channel",
        "NAME[=RATE]",
        "The channel of the partner, with its discount if it has one, such as reseller=32% or oem",
        Overlay::channel,
    ),
    one("partner", "NAME", "The partner's name", |deal, word| {
        deal.partner(word, |partner| set(&mut partner.name, named(word)))
    }),
    one(
        "revenue",
        "AMOUNT",
        "The partner's yearly revenue from its own customers, for a channel that shares it",
        |deal, word| {
            deal.partner(word, |partner| {
                let revenue = table::money(text(word));
                partner.error_reported |= revenue.is_err();
                set(&mut partner.revenue, revenue)
            })
        },
    ),
    one(
        "horizon",
        "YEARS",
        "Years over which a perpetual license or an alternative is compared [default: the term]",
        |deal, word| {
            let what = "a horizon is a whole number of years";
            let years = parse_flags::whole(&word.value, &word.place, what, Deal::MAX_HORIZON);
            set(&mut deal.draft.horizon, years)
        },
    ),
    one("date", DATE, "The date of the quote [default: today]", |deal, word| {
        set(&mut deal.draft.date, table::date(text(word)))
    }),
];

/// Flag that excludes `--unit-price`.
const OFF_LIST: &str = "off-list";

const fn one(
    name: &'static str,
    value: &'static str,
    help: &'static str,
    put: fn(&mut Overlay, &Written<String>) -> Applied,
) -> DealFlag {
    DealFlag { name, value, help, repeats: false, put: Put::Own(put) }
}

const fn many(
    name: &'static str,
    value: &'static str,
    help: &'static str,
    put: fn(&mut Overlay, &Written<String>) -> Applied,
) -> DealFlag {
    DealFlag { repeats: true, ..one(name, value, help, put) }
}

impl DealFlag {
    fn of_fact(fact: &'static Fact) -> Option<Self> {
        let (name, value) = fact.flag?;
        let help = fact.about.trim_end_matches('.');
        Some(Self { name, value, help, repeats: false, put: Put::Fact(fact) })
    }

    /// Iterates over all flags, in the order of the help: the customer first, the facts for the record
    /// last.
    fn all() -> impl Iterator<Item = Self> {
        let mut facts = FACTS.iter().filter_map(Self::of_fact);
        facts.next().into_iter().chain(FLAGS.iter().copied()).chain(facts)
    }

    fn arg(self) -> Arg {
        let is_for_record = matches!(self.put, Put::Fact(_)) && self.name != "customer";
        let arg = Arg::new(self.name)
            .long(self.name)
            .value_name(self.value)
            .help(self.help)
            .help_heading(if is_for_record { "The deal, for the record" } else { "The deal" })
            // A negative number is reported as one, with its place.
            .allow_hyphen_values(["N", "AMOUNT", "RATE", "YEARS"].contains(&self.value))
            .action(if self.repeats { ArgAction::Append } else { ArgAction::Set });
        if self.name == OFF_LIST { arg.conflicts_with("unit-price") } else { arg }
    }

    fn put(self, overlay: &mut Overlay, word: &Written<String>) -> Applied {
        match self.put {
            Put::Fact(fact) => overlay.draft.record.put(fact, word),
            Put::Own(put) => put(overlay, word),
        }
    }
}

/// Deal in flags. Each overrides what a deal file states.
#[derive(Debug, Clone, Default)]
pub struct DealFlags(Vec<(DealFlag, String)>);

impl Args for DealFlags {
    fn augment_args(command: Command) -> Command {
        command.args(DealFlag::all().map(DealFlag::arg))
    }

    fn augment_args_for_update(command: Command) -> Command {
        Self::augment_args(command)
    }
}

impl FromArgMatches for DealFlags {
    fn from_arg_matches(matches: &ArgMatches) -> Result<Self, clap::Error> {
        Ok(Self::of(|name| matches.get_many::<String>(name).into_iter().flatten().cloned()))
    }

    fn update_from_arg_matches(&mut self, matches: &ArgMatches) -> Result<(), clap::Error> {
        *self = Self::from_arg_matches(matches)?;
        Ok(())
    }
}

impl DealFlags {
    /// Takes the values of each flag. Flags that repeat come last: a `--duty` belongs to the program
    /// before it, wherever the other flags stand.
    fn of<V: IntoIterator<Item = String>>(values: impl Fn(&'static str) -> V) -> Self {
        let (many, one): (Vec<_>, Vec<_>) = DealFlag::all().partition(|flag| flag.repeats);
        let flags = one.into_iter().chain(many);
        Self(
            flags
                .flat_map(|flag| values(flag.name).into_iter().map(move |it| (flag, it)))
                .collect(),
        )
    }

    /// Returns the flags of a command that takes only these, with the values that were typed.
    pub fn only(typed: &[(&str, &Option<String>)]) -> Self {
        Self::of(|name| {
            typed
                .iter()
                .filter(move |(flag, _)| *flag == name)
                .filter_map(|(_, value)| (*value).clone())
        })
    }

    pub const fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Puts the flags over a deal file, if there is one, as [`super::DealArgs::draft`] does.
    pub fn draft(&self, command: &str, file: Option<&Path>) -> Result<Draft, Failure> {
        let words = self.0.iter().map(|(flag, value)| (flag.name, value.as_str()));
        let line = CommandLine::new(command, words);
        let mut overlay = Overlay::new(super::draft(&line, file)?, line.all());
        for ((flag, _), word) in self.0.iter().zip(line.values()) {
            let result = flag.put(&mut overlay, word);
            overlay.draft.faults.extend(result.err());
        }
        Ok(overlay.finish())
    }
}
