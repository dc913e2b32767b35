//! Flags that describe a deal: one row each.

use super::CommandLine;
use super::command_line::{named, pair};
use super::overlay::{Applied, Overlay, agreed, figure, set, text};
use crate::cli::Failure;
use crate::deal::{AgreedPrice, Deal, Draft, DraftLine, FACTS, Fact, parse_flags};
use crate::number::Date;
use crate::table;
use crate::text::source::Written;
use clap::{Arg, ArgAction, ArgMatches, Args, Command, FromArgMatches};
use std::path::Path;

/// Flag that describes a deal: its name without dashes, the name of its value, its help, and the way of
/// the value into a draft.
#[derive(Debug, Clone, Copy)]
enum DealFlag {
    /// Plain fact of the deal, whose row has the name, the value and the help.
    Record(&'static str, &'static str, &'static Fact),
    Name(&'static str, &'static str, fn(&mut Draft) -> &mut Option<Written<String>>),
    Day(&'static str, &'static str, fn(&mut Draft) -> &mut Option<Written<Date>>),
    /// Fact of the only line of the deal.
    Line(&'static str, &'static str, fn(&mut DraftLine, &Written<String>) -> Applied),
    Once(&'static str, &'static str, fn(&mut Overlay, &Written<String>) -> Applied),
    Often(&'static str, &'static str, fn(&mut Overlay, &Written<String>) -> Applied),
}

use DealFlag::{Day, Line, Name, Often, Once, Record};

/// Flags of facts with rules of their own, in the order of the help.
const FLAGS: &[DealFlag] = &[
    Line("metric METRIC", "The metric: one of the book's", |line, word| {
        set(&mut line.metric, named(word))
    }),
    Line(
        "quantity N",
        "The number of units; of a metric per hour, the average number",
        |line, word| {
            line.count = None;
            set(&mut figure(line, word, "quantity")?.quantity, table::quantity(text(word)))
        },
    ),
    Line(
        "count GROUPS",
        "The units inside units from which the quantity is counted, such as \"4 x 2 x 12\"",
        |line, word| {
            figure(line, word, "count")?.quantity = None;
            set(&mut line.count, parse_flags::groups(word))
        },
    ),
    Name("currency CODE", "The currency: one of the book's [default: its first]", |draft| {
        &mut draft.currency
    }),
    Line(
        "committed N",
        "The number of units charged even if not used, for a metric per hour",
        |line, word| set(&mut line.committed, table::quantity(text(word))),
    ),
    Line(
        "fee AMOUNT",
        "The fee of the whole line, where the book has a range of fees",
        |line, word| {
            line.names_fee = true;
            set(&mut line.fee, table::money(text(word)))
        },
    ),
    Once("term YEARS", "The commitment in years [default: 1]", Overlay::term),
    Once(
        "months MONTHS",
        "The length of the contract in months, in place of a term",
        Overlay::months,
    ),
    Name("prepay WAY", "The prepayment: annual or multi-year", |draft| &mut draft.prepay),
    Name("payment TERMS", "The payment term, such as net-60", |draft| &mut draft.payment),
    Name("billing WAY", "The billing schedule, such as quarterly", |draft| &mut draft.billing),
    Day("start YYYY-MM-DD", "The first day of the contract; invoices need it", |draft| {
        &mut draft.start
    }),
    Once(
        "co-term-end YYYY-MM-DD",
        "The last day of the contract that this one joins, in place of a term",
        |deal, word| table::date(text(word)).map(|date| deal.co_term_end(date)),
    ),
    Once("volume RATE", "Volume discount: auto, none, or at most this rate", |deal, word| {
        deal.discount(Written::new("volume".to_owned(), word.place.clone()), word)
    }),
    Often(
        "discount NAME=RATE",
        "Any other discount of the book: auto, none, or at most this rate",
        |deal, word| {
            let (name, rate) = pair(word)?;
            deal.discount(name, &rate)
        },
    ),
    Line("unit-price AMOUNT", "The negotiated unit price", |line, word| {
        agreed(line, word, |text| Ok(AgreedPrice::UnitPrice(table::money(text)?.value)))
    }),
    Line(
        "off-list RATE",
        "The negotiated discount off list, in place of a unit price",
        |line, word| agreed(line, word, |text| Ok(AgreedPrice::Discount(table::rate(text)?.value))),
    ),
    Often("strategic PROGRAM=RATE", "A program of the book and its rate", Overlay::program),
    Often("duty DUTY", "A customer commitment for the program", Overlay::duty),
    Often(
        "clause NAME[=RATE]",
        "A clause that the customer wants in the contract, with its rate if it has one",
        Overlay::clause,
    ),
    Line("edition EDITION", "The edition, if not the edition of the quantity", |line, word| {
        set(&mut line.edition, named(word))
    }),
    Line("hosts N", "The number of hosts", |line, word| {
        set(&mut line.hosts, parse_flags::hosts(&word.value, &word.place))
    }),
    Line("sold-for WORDS", "What is sold, confirmed in the words of the metric", |line, word| {
        set(&mut line.sold_for, named(word))
    }),
    Once(
        "channel NAME[=RATE]",
        "The channel of the partner, with its discount if it has one",
        Overlay::channel,
    ),
    Once("partner NAME", "The partner's name", |deal, word| {
        deal.partner(word, |partner| set(&mut partner.name, named(word)))
    }),
    Once(
        "partner-level LEVEL",
        "The partner's level, where the channel has levels",
        |deal, word| deal.partner(word, |partner| set(&mut partner.level, named(word))),
    ),
    Once("sale KIND", "The kind of sale through the partner: new or renewal", |deal, word| {
        deal.partner(word, |partner| set(&mut partner.sale, parse_flags::sale(word)))
    }),
    Often("incentive NAME", "An incentive of the channel that the deal claims", Overlay::incentive),
    Once(
        "revenue AMOUNT",
        "The partner's yearly revenue from its own customers, for a channel that shares it",
        |deal, word| {
            deal.partner(word, |partner| {
                let revenue = table::money(text(word));
                partner.error_reported |= revenue.is_err();
                set(&mut partner.revenue, revenue)
            })
        },
    ),
    Once(
        "revenue-basis TEXT",
        "Where that revenue comes from, such as a report or a price list of the partner",
        |deal, word| deal.partner(word, |partner| set(&mut partner.basis, named(word))),
    ),
    Once(
        "horizon YEARS",
        "Years over which a perpetual license or an alternative is compared [default: the term]",
        |deal, word| {
            let what = "a horizon is a whole number of years";
            let years = parse_flags::whole(&word.value, &word.place, what, Deal::MAX_HORIZON);
            set(&mut deal.draft.horizon, years)
        },
    ),
    Day("date YYYY-MM-DD", "The date of the quote [default: today]", |draft| &mut draft.date),
];

impl DealFlag {
    fn of_fact(fact: &'static Fact) -> Option<Self> {
        let (name, value) = fact.flag?;
        Some(Record(name, value, fact))
    }

    /// Iterates over all flags in the order of the help, with the facts for the record last.
    fn all() -> impl Iterator<Item = Self> {
        let mut facts = FACTS.iter().filter_map(Self::of_fact);
        facts.next().into_iter().chain(FLAGS.iter().copied()).chain(facts)
    }

    /// Returns the name, the name of the value, and the help.
    fn words(self) -> (&'static str, &'static str, &'static str) {
        let (usage, help) = match self {
            Record(name, value, fact) => return (name, value, fact.about.trim_end_matches('.')),
            Name(usage, help, _)
            | Day(usage, help, _)
            | Line(usage, help, _)
            | Once(usage, help, _)
            | Often(usage, help, _) => (usage, help),
        };
        let (name, value) = usage.split_once(' ').unwrap_or((usage, ""));
        (name, value, help)
    }

    const fn repeats(self) -> bool {
        matches!(self, Often(..))
    }

    fn arg(self) -> Arg {
        let (name, value, help) = self.words();
        let is_for_record = matches!(self, Record(..)) && name != "customer";
        let arg = Arg::new(name)
            .long(name)
            .value_name(value)
            .help(help)
            .help_heading(if is_for_record { "The deal, for the record" } else { "The deal" })
            // A negative number is reported as one, with its place.
            .allow_hyphen_values(["N", "AMOUNT", "RATE", "YEARS"].contains(&value))
            .action(if self.repeats() { ArgAction::Append } else { ArgAction::Set });
        if name == "off-list" { arg.conflicts_with("unit-price") } else { arg }
    }

    fn put(self, deal: &mut Overlay, word: &Written<String>) -> Applied {
        match self {
            Record(.., fact) => deal.draft.record.put(fact, word),
            Name(.., value) => set(value(&mut deal.draft), named(word)),
            Day(.., value) => set(value(&mut deal.draft), table::date(text(word))),
            Line(.., put) => deal.line(word, put),
            Once(.., put) | Often(.., put) => put(deal, word),
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
        let (many, one): (Vec<_>, Vec<_>) = DealFlag::all().partition(|flag| flag.repeats());
        let flags = one.into_iter().chain(many);
        Self(
            flags
                .flat_map(|flag| values(flag.words().0).into_iter().map(move |it| (flag, it)))
                .collect(),
        )
    }

    /// Returns the flags of a command that takes only these, with the values that were typed.
    pub fn only(typed: &[(&str, &Option<String>)]) -> Self {
        Self::of(|name| {
            let typed = typed.iter().find(|(flag, _)| *flag == name);
            typed.and_then(|(_, value)| (*value).clone())
        })
    }

    pub const fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Puts the flags over a deal file, if there is one, as [`super::DealArgs::draft`] does.
    pub fn draft(&self, command: &str, file: Option<&Path>) -> Result<Draft, Failure> {
        let words = self.0.iter().map(|(flag, value)| (flag.words().0, value.as_str()));
        let line = CommandLine::new(command, words);
        let mut overlay = Overlay::new(super::draft(&line, file)?, line.all());
        for ((flag, _), word) in self.0.iter().zip(line.values()) {
            let result = flag.put(&mut overlay, word);
            overlay.draft.faults.extend(result.err());
        }
        Ok(overlay.finish())
    }
}
