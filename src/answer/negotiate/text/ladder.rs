//! From list down to what each level can give, step by step.

use crate::answer::negotiate::words::{
    ask_instead, concession_text, counterpart_text, metric_title, shown,
};
use crate::answer::negotiate::{
    Concession, ConcessionKind, ConcessionLadder, LadderStep, json, rows,
};
use crate::book::{Level, PriceBasis};
use crate::document::json::Json;
use crate::document::{Answer, Block, Cell, Document, ListItem, Table, Tone};
use crate::number::Money;
use crate::quote::text::approval;
use crate::quote::text::words::term;

impl Answer for ConcessionLadder<'_> {
    fn document(&self) -> Document {
        let Some(first) = self.steps.first() else {
            let heading = "No ladder: no approval level can approve any of these deals".to_owned();
            return Document { blocks: vec![Block::Heading(heading, Tone::Bad)] };
        };
        let customer = first.offer.deal.customer();
        let title =
            customer.map_or("Ladder".to_owned(), |customer| format!("Ladder for {customer}"));
        let mut blocks = vec![
            Block::Title(title),
            facts(self, first),
            Block::Table(table(self)),
            Block::heading("Walk-away prices"),
            Block::Items(walk_aways(self)),
        ];
        blocks.extend(Block::items("Notes and warnings", Tone::Plain, warnings(self, first)));
        Document { blocks }
    }

    fn rows(&self) -> Table {
        rows::ladder(self)
    }

    fn json(&self) -> Json {
        json::ladder(self)
    }
}

fn facts(ladder: &ConcessionLadder<'_>, first: &LadderStep<'_>) -> Block {
    let deal = &first.offer.deal;
    let lines = deal.lines.iter().map(|line| {
        let quantities = line.quantities().map(|it| line.metric.count(it));
        let quantities = quantities.collect::<Vec<_>>().join(", then ");
        format!("{}{quantities}", metric_title(ladder.book, line).unwrap_or_default())
    });
    let list = ladder.book.currency.show(first.offer.list_tcv());
    let lines = lines.collect::<Vec<_>>().join("; ");
    Block::facts([("Buys", lines), ("Term at start", term(deal)), ("List (TCV)", list)])
}

fn table(ladder: &ConcessionLadder<'_>) -> Table {
    let has_unit_price = ladder.steps.iter().all(|step| unit_price(step).is_some());
    let price = |step: &LadderStep<'_>| {
        let unit = unit_price(step).filter(|_| has_unit_price);
        Cell::money(&ladder.book.currency, unit.unwrap_or(step.offer.tcv()))
    };
    Table::of_items(
        (1_u32..).zip(&ladder.steps),
        &[
            ("Step", &|(number, _)| Cell::ordinal(*number)),
            (if has_unit_price { "Unit price" } else { "Contract (TCV)" }, &|it| price(it.1)),
            ("Off list", &|(_, step)| Cell::share(step.off())),
            ("Added", &|(_, step)| step.conceded.map(Cell::share).unwrap_or_default()),
            ("Concession", &|(_, step)| Cell::text(given(step))),
            ("In return", &|(_, step)| Cell::text(asked(ladder, step))),
            ("Approval", &|(_, step)| Cell::text(needs(ladder, step))),
        ],
    )
}

/// The price of one unit, where everything that is bought has one and the same.
fn unit_price(step: &LadderStep<'_>) -> Option<Money> {
    let [line] = step.offer.pricing.lines.as_slice() else { return None };
    match line.segments.as_slice() {
        [segment] if segment.list.basis == PriceBasis::Unit => Some(segment.net()),
        _ => None,
    }
}

fn given(step: &LadderStep<'_>) -> String {
    let given: Vec<_> = step.given.iter().map(concession_text).collect();
    let what = match (given.is_empty(), step.conceded) {
        (true, None) => "list price".to_owned(),
        (true, Some(_)) => "other terms".to_owned(),
        (false, _) => given.join(", "),
    };
    let replaced: Vec<_> = step.replaced.iter().map(ConcessionKind::title).collect();
    if replaced.is_empty() { what } else { format!("{what}, instead of {}", replaced.join(", ")) }
}

fn asked(ladder: &ConcessionLadder<'_>, step: &LadderStep<'_>) -> String {
    if step.has_no_return() {
        return "nothing".to_owned();
    }
    let asks: Vec<_> = step.asks.iter().map(|it| counterpart_text(it, ladder.book)).collect();
    asks.join("; ")
}

/// "VP", and where it ends.
fn needs(ladder: &ConcessionLadder<'_>, step: &LadderStep<'_>) -> String {
    let who = approval(ladder.book, &step.offer.verdict);
    match step.next {
        Some(next) => format!("{who}; walk away without {}", ladder.book.ladder().title(next)),
        None if !step.ends.is_empty() && ladder.is_all() => {
            format!("{who}; no level can approve more")
        }
        None => who,
    }
}

fn walk_aways(ladder: &ConcessionLadder<'_>) -> Vec<ListItem> {
    let (book, currency) = (ladder.book, &ladder.book.currency);
    let title = |level: Level| {
        if level == Level::NONE { "no approval" } else { book.ladder().title(level) }
    };
    let mut items = Vec::new();
    for (step, number) in ladder.steps.iter().zip(1_u32..) {
        let Some(level) = step.ends.iter().max() else { continue };
        let unit = unit_price(step).map(|unit| format!("{} per unit, ", currency.show(unit)));
        let next = match step.next {
            Some(next) => format!("a lower price needs {}", book.ladder().title(next)),
            None if ladder.is_all() => "a lower price is outside policy".to_owned(),
            None => "higher levels were not searched".to_owned(),
        };
        let text = format!(
            "with {}: {}{} for {}, {} off list; {next}",
            title(*level),
            unit.unwrap_or_default(),
            currency.show(step.offer.tcv()),
            term(&step.offer.deal),
            step.off(),
        );
        items.push(ListItem::new(Tone::Plain, format!("step {number}"), text));
    }
    let undecided = ladder.undecided.iter().map(|level| {
        let text = format!("with {}: not known, the search was stopped", title(*level));
        ListItem::new(Tone::Warning, "stopped", text)
    });
    items.extend(undecided);
    items
}

/// Warns of concessions without a return, and says what to ask for.
fn warnings(ladder: &ConcessionLadder<'_>, first: &LadderStep<'_>) -> Vec<ListItem> {
    let from_the_start = first.given.iter().filter(|it| it.has_no_return()).map(|given| {
        let worth = if given.money.is_zero() {
            String::new()
        } else {
            format!(", worth {}", shown(ladder.book, given.money))
        };
        let (what, instead) = (concession_text(given), ask_instead(&given.instead));
        let text = format!("given from the start for nothing in return: {what}{worth}{instead}");
        warning(text, Some(given))
    });
    let steps: Vec<_> = ladder.steps.iter().zip(1_u32..).collect();
    let alike = steps.chunk_by(|(step, _), (next, _)| is_alike(step, next));
    from_the_start.chain(alike.filter_map(step_warning)).collect()
}

/// Warns of steps that are alike, if they give something for nothing or concede too much at once.
fn step_warning(alike: &[(&LadderStep<'_>, u32)]) -> Option<ListItem> {
    let ((step, first), (_, last)) = (alike.first()?, alike.last()?);
    let which =
        if first == last { format!("step {first}") } else { format!("steps {first} to {last}") };
    let text = if step.has_no_return() {
        let (what, instead) = (given_titles(step).join(", "), ask_instead(&step.instead));
        format!("{which}: more {what} for nothing in return{instead}")
    } else if step.is_larger {
        format!("{which} gives more than the step before, and cannot be split")
    } else {
        return None;
    };
    Some(warning(text, step.given.first()))
}

fn warning(text: String, given: Option<&Concession<'_>>) -> ListItem {
    ListItem::new(Tone::Warning, "warning", text).at(given.map(|given| &given.rule.source))
}

/// Whether two steps give more of the same for nothing, and could ask for the same.
fn is_alike(step: &LadderStep<'_>, next: &LadderStep<'_>) -> bool {
    step.has_no_return()
        && next.has_no_return()
        && given_titles(step) == given_titles(next)
        && step.instead == next.instead
}

fn given_titles(step: &LadderStep<'_>) -> Vec<String> {
    step.given.iter().map(|it| it.kind.title()).collect()
}
