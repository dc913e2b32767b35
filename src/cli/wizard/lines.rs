//! Questions about a line.

use super::context::{WizardContext, written};
use super::terminal::{MenuItem, Note, Prompt, WizardTerminal};
use crate::book::{Metric, PricePeriod, Tier, TierMode};
use crate::cli::failure::Failure;
use crate::deal::{Draft, DraftLine, parse_flags};
use crate::table;
use crate::text::source::Written;

/// Asks for one more line.
pub fn ask(
    terminal: &mut WizardTerminal,
    context: WizardContext<'_>,
    draft: &Draft,
) -> Result<Draft, Failure> {
    let Some(metric) = metric(terminal, context)? else { return Ok(draft.clone()) };
    let mut draft = draft.clone();
    let mut line = DraftLine::new(draft.place.clone());
    line.metric = Some(written(metric.name()));
    draft.lines.push(line);
    let draft = quantity(terminal, context, &draft, metric)?;
    let draft = fee(terminal, context, draft, metric)?;
    let draft = edition(terminal, context, draft, metric)?;
    hosts(terminal, context, draft, metric)
}

fn metric<'b>(
    terminal: &mut WizardTerminal,
    context: WizardContext<'b>,
) -> Result<Option<&'b Metric>, Failure> {
    let metrics = context.book.metrics();
    let item = |metric: &Metric| {
        let (one, _) = &metric.unit;
        let note = match metric.price_period {
            PricePeriod::Year => format!("per {one} and year"),
            PricePeriod::Hour { .. } => format!("per {one} and hour"),
            PricePeriod::Once { .. } if metric.tiers().iter().all(|tier| tier.fee().is_some()) => {
                "for a fixed fee".to_owned()
            }
            PricePeriod::Once { maintenance } => {
                format!("per {one}, once, and {maintenance} maintenance per year")
            }
        };
        MenuItem::new(metric.title(), note)
    };
    let items: Vec<_> = metrics.iter().map(item).collect();
    if items.len() < 2 {
        return Ok(metrics.first());
    }
    let chosen = terminal.choose("Metric", &items, 0, |_| Ok(((), Note::NOTHING)))?;
    Ok(metrics.get(chosen))
}

fn quantity(
    terminal: &mut WizardTerminal,
    context: WizardContext<'_>,
    draft: &Draft,
    metric: &Metric,
) -> Result<Draft, Failure> {
    let average = match metric.price_period {
        PricePeriod::Hour { .. } => ", on average",
        PricePeriod::Year | PricePeriod::Once { .. } => "",
    };
    let label = format!("Number of {}{average}", metric.unit.1);
    let help = price_list(context, metric);
    terminal.text(&Prompt { label: &label, default: "", help: &help }, |answer| {
        context.with(draft, answer, |draft, word| {
            let quantity = table::quantity(Written::new(&word.value, word.place.clone()))?;
            draft.lines.iter_mut().last().into_iter().for_each(|line| {
                line.quantity = Some(quantity.clone());
                // Until it is asked for, the least that it can be.
                let range = metric.tier(quantity.value).and_then(Tier::fee);
                line.fee = range
                    .filter(|range| !range.is_one())
                    .map(|range| Written::new(range.least(), word.place.clone()));
            });
            Ok(())
        })
    })
}

/// Returns the price list of a metric in columns.
fn price_list(context: WizardContext<'_>, metric: &Metric) -> Vec<String> {
    let rows: Vec<_> = metric
        .tiers()
        .iter()
        .map(|tier| {
            let currency = context.book.currency();
            let price = match tier.fee() {
                Some(fee) => currency.show_range(fee),
                None => currency.show(tier.price),
            };
            (tier.quantity().to_string(), price, tier.edition.as_deref().unwrap_or_default())
        })
        .collect();
    let wide = rows.iter().map(|row| row.0.len()).max().unwrap_or_default();
    let high = rows.iter().map(|row| row.1.chars().count()).max().unwrap_or_default();
    let rows = rows.into_iter().map(|(range, price, edition)| {
        format!("{range:<wide$}  {price:>high$}  {edition}").trim_end().to_owned()
    });
    let how = match metric.mode {
        TierMode::Volume => None,
        TierMode::Graduated => Some("each unit takes the price of its own range".to_owned()),
        TierMode::Package { size, .. } => {
            Some(format!("in packages of {size} {}; a started package counts", metric.unit.1))
        }
    };
    rows.chain(how).collect()
}

/// Asks for the fee, if the book has a range of fees.
fn fee(
    terminal: &mut WizardTerminal,
    context: WizardContext<'_>,
    draft: Draft,
    metric: &Metric,
) -> Result<Draft, Failure> {
    let landed = draft.lines.last().and_then(|line| line.quantity.as_ref());
    let landed = landed.and_then(|quantity| metric.tier(quantity.value));
    let Some(range) = landed.and_then(Tier::fee).filter(|range| !range.is_one()) else {
        return Ok(draft);
    };
    let currency = context.book.currency();
    let help = [format!("from {}", currency.show_range(range))];
    let least = currency.plain(range.least());
    let question = Prompt { label: "Fee", default: &least, help: &help };
    terminal.text(&question, |answer| {
        context.with(&draft, answer, |draft, word| {
            let fee = table::money(Written::new(&word.value, word.place.clone()))?;
            draft.lines.iter_mut().last().into_iter().for_each(|line| line.fee = Some(fee.clone()));
            Ok(())
        })
    })
}

/// Asks for the edition, if the metric has several.
fn edition(
    terminal: &mut WizardTerminal,
    context: WizardContext<'_>,
    draft: Draft,
    metric: &Metric,
) -> Result<Draft, Failure> {
    let editions: Vec<_> = metric.editions().collect();
    if editions.len() < 2 {
        return Ok(draft);
    }
    let landed = draft.lines.last().and_then(|line| line.quantity.as_ref());
    let landed = landed.and_then(|quantity| metric.tier(quantity.value));
    let landed = landed.and_then(|tier| tier.edition.as_deref());
    let standard = MenuItem::new(landed.unwrap_or("None"), "by this quantity");
    let range = |name: &str| {
        let tier = metric.edition(name);
        tier.map(|tier| format!("for {} {}", tier.quantity(), metric.unit.1)).unwrap_or_default()
    };
    let others: Vec<_> = editions.iter().filter(|name| landed != Some(**name)).collect();
    let named = others.iter().map(|name| MenuItem::new(**name, range(name)));
    let items: Vec<_> = std::iter::once(standard).chain(named).collect();
    let with = |chosen: usize| {
        let mut draft = draft.clone();
        let name = chosen.checked_sub(1).and_then(|index| others.get(index));
        if let (Some(line), Some(name)) = (draft.lines.last_mut(), name) {
            line.edition = Some(written(name));
        }
        draft
    };
    let chosen = terminal.choose("Edition", &items, 0, |chosen| context.preview(&with(chosen)))?;
    Ok(with(chosen))
}

/// Asks for the number of hosts, if the edition limits it.
fn hosts(
    terminal: &mut WizardTerminal,
    context: WizardContext<'_>,
    draft: Draft,
    metric: &Metric,
) -> Result<Draft, Failure> {
    let Some(line) = draft.lines.last() else { return Ok(draft) };
    let named = line.edition.as_ref().and_then(|name| metric.edition(&name.value));
    let landed = line.quantity.as_ref().and_then(|quantity| metric.tier(quantity.value));
    let Some(most) = named.or(landed).and_then(|tier| tier.max_hosts) else { return Ok(draft) };
    let help = [format!("this edition is for up to {most}; it may be left empty")];
    terminal.text(&Prompt { label: "Number of hosts", default: "", help: &help }, |answer| {
        context.with(&draft, answer, |draft, word| {
            if let (Some(line), false) = (draft.lines.last_mut(), word.value.is_empty()) {
                line.hosts = Some(parse_flags::hosts(&word.value, &word.place)?);
            }
            Ok(())
        })
    })
}
