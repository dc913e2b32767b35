//! Questions about a line.

use super::Wizard;
use super::context::written;
use super::terminal::MenuItem;
use crate::book::{Metric, PricePeriod, Tier, TierMode};
use crate::cli::{Failure, typed};
use crate::deal::{DraftLine, parse_flags};
use crate::table;
use crate::text::diagnostic::Diagnostic;
use crate::text::source::Written;

impl<'b> Wizard<'b> {
    pub fn line(&mut self) -> Result<(), Failure> {
        let Some(metric) = self.metric()? else { return Ok(()) };
        let mut line = DraftLine::new(self.draft.place.clone());
        line.metric = Some(written(metric.name()));
        self.draft.lines.push(line);
        self.quantity(metric)?;
        self.fee(metric)?;
        self.edition(metric)?;
        self.hosts(metric)?;
        self.sold_for(metric)
    }

    fn ask_line(
        &mut self,
        label: &str,
        default: &str,
        help: &[String],
        put: impl Fn(&mut DraftLine, &Written<String>) -> Result<(), Diagnostic>,
    ) -> Result<(), Failure> {
        self.ask(label, default, help, |draft, word| {
            draft.lines.last_mut().map_or(Ok(()), |line| put(line, word))
        })
    }

    fn metric(&mut self) -> Result<Option<&'b Metric>, Failure> {
        let metrics = self.context.book.metrics();
        let items: Vec<_> = metrics
            .iter()
            .map(|metric| MenuItem::new(&metric.title, price_basis(metric)))
            .collect();
        if items.len() < 2 {
            return Ok(metrics.first());
        }
        Ok(metrics.get(self.terminal.pick("Metric", &items)?))
    }

    fn quantity(&mut self, metric: &Metric) -> Result<(), Failure> {
        let average = match metric.price_period {
            PricePeriod::Hour { .. } => ", on average",
            PricePeriod::Use => ", per month",
            PricePeriod::Year | PricePeriod::Month | PricePeriod::Once { .. } => "",
        };
        let label = format!("Number of {}{average}", metric.units);
        let help = self.price_list(metric);
        self.ask_line(&label, "", &help, |line, word| {
            let quantity = table::quantity(typed::text(word))?;
            // Until it is asked for, the least that it can be.
            let fee = metric.tier(quantity.value).and_then(Tier::fee);
            let fee = fee.filter(|range| !range.is_one());
            line.fee = fee.map(|range| Written::new(range.least, word.place.clone()));
            line.quantity = Some(quantity);
            Ok(())
        })
    }

    fn price_list(&self, metric: &Metric) -> Vec<String> {
        let currency = self.context.book.currency();
        let row = |tier: &Tier| {
            let price = tier.fee().map(|fee| currency.show_range(fee));
            (tier.quantity().to_string(), price.unwrap_or_else(|| currency.show(tier.price)))
        };
        let rows: Vec<_> = metric.tiers().iter().map(row).collect();
        let wide = rows.iter().map(|(range, _)| range.len()).max().unwrap_or_default();
        let high = rows.iter().map(|(_, price)| price.chars().count()).max().unwrap_or_default();
        let rows = rows.into_iter().zip(metric.tiers()).map(|((range, price), tier)| {
            let edition = tier.edition.as_deref().unwrap_or_default();
            format!("{range:<wide$}  {price:>high$}  {edition}").trim_end().to_owned()
        });
        let how = match metric.mode {
            TierMode::Volume => None,
            TierMode::Graduated => Some("each unit takes the price of its own range".to_owned()),
            TierMode::Package { size, .. } => {
                Some(format!("in packages of {size} {}; a started package counts", metric.units))
            }
        };
        rows.chain(how).collect()
    }

    fn landed<'m>(&self, metric: &'m Metric) -> Option<&'m Tier> {
        metric.tier(self.draft.lines.last()?.quantity.as_ref()?.value)
    }

    /// Asks for the fee, if the book has a range of fees.
    fn fee(&mut self, metric: &Metric) -> Result<(), Failure> {
        let range = self.landed(metric).and_then(Tier::fee).filter(|range| !range.is_one());
        let Some(range) = range else { return Ok(()) };
        let currency = self.context.book.currency();
        let help = [format!("from {}", currency.show_range(range))];
        self.ask_line("Fee", &currency.plain(range.least), &help, |line, word| {
            line.fee = Some(table::money(typed::text(word))?);
            Ok(())
        })
    }

    /// Asks for the edition, if the metric has several.
    fn edition(&mut self, metric: &Metric) -> Result<(), Failure> {
        let editions: Vec<_> = metric.editions().collect();
        if editions.len() < 2 {
            return Ok(());
        }
        let landed = self.landed(metric).and_then(|tier| tier.edition.as_deref());
        let mut items = vec![MenuItem::new(landed.unwrap_or("None"), "by this quantity")];
        for name in editions.into_iter().filter(|name| landed != Some(*name)) {
            let range = metric.edition(name).map(Tier::quantity);
            let range = range.map(|range| format!("for {range} {}", metric.units));
            items.push(MenuItem::new(name, range.unwrap_or_default()));
        }
        self.choose("Edition", &items, 0, |draft, chosen| {
            let named = items.get(chosen).filter(|_| chosen > 0);
            if let (Some(line), Some(item)) = (draft.lines.last_mut(), named) {
                line.edition = Some(written(&item.title));
            }
        })
    }

    /// Asks for the number of hosts, if the edition limits it.
    fn hosts(&mut self, metric: &Metric) -> Result<(), Failure> {
        let edition = self.draft.lines.last().and_then(|line| line.edition.as_ref());
        let named = edition.and_then(|name| metric.edition(&name.value));
        let tier = named.or_else(|| self.landed(metric));
        let Some(most) = tier.and_then(|tier| tier.max_hosts) else { return Ok(()) };
        let help = [format!("this edition is for up to {most}; it may be left empty")];
        self.ask_line("Number of hosts", "", &help, |line, word| {
            if !word.value.is_empty() {
                line.hosts = Some(parse_flags::hosts(&word.value, &word.place)?);
            }
            Ok(())
        })
    }

    /// Asks whether a metric fits, if it may be sold for one thing only.
    fn sold_for(&mut self, metric: &Metric) -> Result<(), Failure> {
        let Some(meant) = &metric.sold_for else { return Ok(()) };
        let is_so = self.terminal.confirm(&format!("Sold for {meant}"), false)?;
        if let Some(line) = self.draft.lines.last_mut().filter(|_| is_so) {
            line.sold_for = Some(written(meant));
        }
        Ok(())
    }
}

fn price_basis(metric: &Metric) -> String {
    let one = &metric.unit;
    match metric.price_period {
        PricePeriod::Year => format!("per {one} and year"),
        PricePeriod::Month => format!("per {one} and month"),
        PricePeriod::Hour { .. } => format!("per {one} and hour"),
        PricePeriod::Use => format!("per {one}"),
        PricePeriod::Once { .. } if metric.tiers().iter().all(|tier| tier.fee().is_some()) => {
            "for a fixed fee".to_owned()
        }
        PricePeriod::Once { maintenance } => {
            format!("per {one}, once, and {maintenance} maintenance per year")
        }
    }
}
