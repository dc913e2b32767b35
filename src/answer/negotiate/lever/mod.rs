//! What can be changed so that a customer's number is met, one row each.

mod paying;
pub(crate) mod program;
mod size;
mod term;

use super::CustomerRequest;
use super::edit::DraftEdit;
use crate::text::diagnostic::not_in_book;

/// Something about a deal that can be changed.
#[derive(Debug, Clone, Copy)]
pub struct Lever {
    /// What the command line calls it.
    pub name: &'static str,
    /// What it changes, in words for help.
    pub about: &'static str,
    /// Whether it is free if nobody says so.
    pub is_free: bool,
    /// What it is about: no two settings of one matter go together.
    group: LeverGroup,
    /// Its settings: those that words name, or all, if there are no words.
    settings: LeverSettings,
}

/// What a lever is about. There is a combination for each way to pick a setting of every matter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum LeverGroup {
    Term,
    Billing,
    Payment,
    Size,
    Edition,
    /// Which programs are claimed, and how much is given: found for each combination of the others.
    Discounts,
}

impl LeverGroup {
    /// All of them that have settings, in the order in which combinations are tried.
    pub const SET: [Self; 5] =
        [Self::Size, Self::Edition, Self::Term, Self::Billing, Self::Payment];
}

type LeverSettings =
    for<'b> fn(&CustomerRequest<'b>, &[&str]) -> Result<Vec<DraftEdit<'b>>, String>;

/// Every lever.
pub const LEVERS: &[Lever] = &[
    Lever {
        name: "term",
        about: "how many years the customer commits to: term=2..4",
        is_free: true,
        group: LeverGroup::Term,
        settings: term::settings,
    },
    Lever {
        name: "prepay",
        about: "how the customer prepays: prepay=annual,multi-year",
        is_free: true,
        group: LeverGroup::Billing,
        settings: paying::prepay,
    },
    Lever {
        name: PROGRAM,
        about: "which programs the customer can honestly claim: program=lighthouse",
        is_free: true,
        group: LeverGroup::Discounts,
        settings: |_, _| Ok(Vec::new()),
    },
    Lever {
        name: VOLUME,
        about: "how much of the discounts that the book gives by itself is given",
        is_free: true,
        // They are not tried one by one: how much is given is found exactly.
        group: LeverGroup::Discounts,
        settings: |_, _| Ok(Vec::new()),
    },
    Lever {
        name: "payment",
        about: "how long the customer has to pay: payment=net-30,net-60",
        is_free: false,
        group: LeverGroup::Payment,
        settings: paying::payment,
    },
    Lever {
        name: "billing",
        about: "how often the customer is invoiced: billing=annual,quarterly",
        is_free: false,
        group: LeverGroup::Billing,
        settings: paying::billing,
    },
    Lever {
        name: "quantity",
        about: "how many units are bought: quantity=480..600, quantity=500..1000:50",
        is_free: false,
        group: LeverGroup::Size,
        settings: size::quantity,
    },
    Lever {
        name: "metric",
        about: "what is counted instead, and how many of it: metric=core:8000",
        is_free: false,
        group: LeverGroup::Size,
        settings: size::metric,
    },
    Lever {
        name: "edition",
        about: "which edition is bought",
        is_free: false,
        group: LeverGroup::Edition,
        settings: size::edition,
    },
    Lever {
        name: "ramp",
        about: "how the quantity grows: ramp=50/200/500; without a shape, each year that begins earlier",
        is_free: false,
        group: LeverGroup::Size,
        settings: size::ramp,
    },
];

/// The lever of the discounts that the book gives by itself.
pub(super) const VOLUME: &str = "volume";

/// The lever of the programs.
pub(super) const PROGRAM: &str = "program";

impl Lever {
    /// What it is about.
    pub(super) const fn group(&self) -> LeverGroup {
        self.group
    }

    /// Its settings.
    pub(super) fn settings<'b>(
        &self,
        table: &CustomerRequest<'b>,
        words: &[&str],
    ) -> Result<Vec<DraftEdit<'b>>, String> {
        (self.settings)(table, words)
    }
}

/// The words that are asked for, all of which have to be known; all, if none is.
fn among<'b>(
    what: &str,
    words: &[&str],
    known: impl Iterator<Item = &'b str> + Clone,
) -> Result<Vec<&'b str>, String> {
    if words.is_empty() {
        return Ok(known.collect());
    }
    let find = |word: &&str| {
        known
            .clone()
            .find(|known| known == word)
            .ok_or_else(|| not_in_book(what, word, known.clone()))
    };
    words.iter().map(find).collect()
}

/// Whole numbers: `500`, `480..600`, `500..1000:50`.
fn numbers(words: &[&str]) -> Result<Vec<u64>, String> {
    const MOST: u64 = 10_000;
    let number = |text: &str| {
        // A comma stands between values, so this was part of a number.
        if text.len() > 1 && text.starts_with('0') {
            return Err(format!("\"{text}\" is no number: write 1000, without a comma"));
        }
        text.parse::<u64>().map_err(|_| format!("\"{text}\" is no whole number; write 480..600"))
    };
    let mut numbers = Vec::new();
    for word in words {
        let (range, step) = word.split_once(':').unwrap_or((word, "1"));
        let (from, to) = range.split_once("..").unwrap_or((range, range));
        let (from, to, step) = (number(from)?, number(to)?, number(step)?.max(1));
        if from > to {
            return Err(format!("{word} ends before it begins"));
        }
        if (to - from) / step >= MOST {
            return Err(format!(
                "{word} has more than {MOST} values: take larger steps, {from}..{to}:{}",
                (to - from) / MOST + 1
            ));
        }
        numbers.extend((0..=(to - from) / step).map(|count| from + count * step));
    }
    Ok(numbers)
}
