//! A book as TOML.

use super::{Table, decimal, list, quoted, range, rate};
use crate::laws::model::{
    Ask, Book, Cut, Discount, Given, Guardrail, Measure, Metric, Mode, Money, Per, Program, Row,
    Tier,
};
use std::fmt::Write;

impl Book {
    /// The name of a level; 0 is none.
    pub fn level(&self, level: usize) -> &str {
        level.checked_sub(1).map_or("none", |index| &self.levels[index])
    }

    pub fn toml(&self) -> String {
        let symbol = self.symbol.as_deref().map(quoted);
        let book = Table::open("[book]")
            .with("name", "\"Random\"".to_owned())
            .with("version", "\"1\"".to_owned())
            .with("quote_valid", "\"30 days\"".to_owned());
        let mut text = if self.currencies.others.is_empty() {
            book.with("currency", quoted(self.currencies.main)).with("symbol", symbol).0
        } else {
            self.currencies.in_order().into_iter().fold(book.0, |text, (code, at)| {
                let table = Table::open("[[currency]]").with("code", quoted(code));
                text + &table.with("symbol", symbol.clone().filter(|_| at.is_none())).0
            })
        };
        if let Some(years) = self.terms {
            text += &Table::open("[term]").with("years", range(years)).0;
        }
        if let Some(even) = self.half_even {
            let mode = quoted(if even { "half-even" } else { "half-up" });
            text += &Table::open("[rounding]").with("mode", mode).0;
        }
        for (table, key, names) in
            [("[[approval]]", "level", &self.levels), ("[[review]]", "name", &self.reviews)]
        {
            for name in names {
                text += &Table::open(table).with(key, quoted(name)).with("title", quoted(name)).0;
            }
        }
        text.extend(self.metrics.iter().map(|metric| self.metric(metric)));
        if self.currencies.foreign {
            text += &self.foreign();
        }
        if !self.discounts.is_empty() {
            let order = list(self.discounts.iter().map(|discount| discount.name.as_str()));
            text += &Table::open("[waterfall]").with("order", order).0;
        }
        // Not in the order of the waterfall.
        let mut discounts: Vec<_> = self.discounts.iter().collect();
        discounts.sort_by_key(|discount| &discount.name);
        text.extend(discounts.iter().map(|discount| self.discount(discount)));
        let guardrails = self.guardrails.iter().enumerate();
        text.extend(guardrails.map(|(index, guardrail)| self.guardrail(index, guardrail)));
        for (at, service) in self.services.iter().enumerate() {
            text += &Table::open(&format!("[service.s{at}]"))
                .with("title", quoted(&format!("Service {at}")))
                .with(
                    "included",
                    self.currencies.money(Money::of(service.included * 10_000), false),
                )
                .with("beyond", quoted(if service.refused_beyond { "refused" } else { "priced" }))
                .0;
        }
        text
    }

    /// The list of currencies of what is there in the main one only.
    fn only(&self, main_only: bool) -> Option<String> {
        main_only.then(|| list(std::iter::once(self.currencies.main)))
    }

    fn metric(&self, metric: &Metric) -> String {
        let (mode, size, included) = match metric.mode {
            Mode::Volume => ("volume", None, None),
            Mode::Graduated => ("graduated", None, None),
            Mode::Package { size, included } => ("package", Some(size), Some(included)),
        };
        let (per, hours, maintenance) = match metric.per {
            Per::Year => ("year", None, None),
            Per::Month => ("month", None, None),
            Per::Use => ("use", None, None),
            Per::Hour(hours) => ("hour", Some(hours.to_string()), None),
            Per::Once(maintenance) => ("once", None, Some(rate(maintenance))),
        };
        let money = |amount| self.currencies.money(amount, metric.main_only);
        let mut tiers = "[\n".to_owned();
        for tier in &metric.tiers {
            writeln!(tiers, "  {},", self.tier(metric, tier)).expect("a string");
        }
        Table::open(&format!("[metric.{}]", quoted(&metric.name)))
            .with("title", quoted(&metric.name))
            .with("unit", "\"unit\"".to_owned())
            .with("units", "\"units\"".to_owned())
            .with("per", quoted(per))
            .with("hours_per_month", hours)
            .with("maintenance", maintenance)
            .with("mode", quoted(mode))
            .with("size", size.map(|size| size.to_string()))
            .with("included", included.map(|included| included.to_string()))
            .with("places", (!metric.silent_places).then(|| metric.places.to_string()))
            .with("currencies", self.only(metric.main_only))
            .with("fractional", metric.fractional.then(|| "true".to_owned()))
            .with("counted", (!metric.counts_all_lines).then(|| quoted("line")))
            .with("fee", metric.fee.map(money))
            .with("minimum", metric.minimum.map(money))
            .with("net_minimum", metric.net_minimum.map(money))
            .with(
                "overage",
                metric.overage().map(|share| quoted(&(decimal(share.into(), 2) + "%"))),
            )
            .asking(self, metric.ask)
            .with("tiers", tiers + "]")
            .0
    }

    fn discount(&self, discount: &Discount) -> String {
        let by = match discount.given {
            Given::Quantity(_) => "quantity",
            Given::Term(_) => "term",
            Given::ContractYear(_) => "contract-year",
            Given::Prepay { .. } => "prepay",
            Given::Always(_) => "always",
            Given::Program { .. } => "program",
        };
        let name = quoted(&discount.name);
        let metrics = discount.metrics.iter().map(|&index| self.metrics[index].name.as_str());
        let metrics = metrics.chain(self.currencies.foreign.then_some(FOREIGN));
        let table = Table::open(&format!("[discount.{name}]"))
            .with("title", name.clone())
            .with("by", quoted(by))
            .with("base", quoted(if discount.off_list { "list" } else { "running" }))
            .with("metrics", list(metrics))
            .with("currencies", self.only(discount.main_only));
        let steps = format!("[[discount.{name}.steps]]");
        let step = |row: &Row| self.row(&steps, row, discount.main_only);
        match &discount.given {
            Given::Quantity(rows) => rows.iter().fold(table.0, |text, (when, row)| {
                text + &step(row).with("quantity", range(*when)).0
            }),
            Given::ContractYear(rows) => rows.iter().fold(table.0, |text, (when, row)| {
                text + &step(row).with("contract_years", range(*when)).0
            }),
            Given::Term(rows) => rows
                .iter()
                .fold(table.0, |text, (when, row)| text + &step(row).with("years", range(*when)).0),
            Given::Prepay { ways, standard } => ways
                .iter()
                .fold(table.with("standard", quoted(&ways[*standard].0)).0, |text, (way, row)| {
                    text + &step(row).with("prepay", quoted(way)).0
                }),
            Given::Always(row) => table.0 + &step(row).0,
            Given::Program { programs, at_most } => {
                programs.iter().fold(table.with("at_most", at_most.to_string()).0, |text, it| {
                    text + &self.program(&name, it, discount.main_only)
                })
            }
        }
    }

    fn row(&self, header: &str, row: &Row, main_only: bool) -> Table {
        let (rate_off, amount) = match row.cut {
            Cut::Rate(rate) => (Some(rate), None),
            Cut::Amount(amount) => (None, Some(amount)),
        };
        Table::open(header)
            .with("rate", rate_off.map(rate))
            .with("amount", amount.map(|amount| self.currencies.money(amount, main_only)))
            .asking(self, row.ask)
            .with("otherwise", row.otherwise.map(rate))
            .with("min_years", row.min_years.map(|years| years.to_string()))
            .with("assumed", row.assumed.then(|| "true".to_owned()))
    }

    fn program(&self, discount: &str, program: &Program, main_only: bool) -> String {
        let ask = Ask { level: Some(program.level), review: program.review };
        let money = |amount| self.currencies.money(amount, main_only);
        Table::open(&format!("[discount.{discount}.program.{}]", quoted(&program.name)))
            .with("title", quoted(&program.name))
            .with(if program.fixed { "rate" } else { "max_rate" }, rate(program.max_rate))
            .with("exclusive", program.exclusive.then(|| "true".to_owned()))
            .with("floor", program.floor.map(money))
            .with("quantity", program.quantity.map(range))
            .with("years", program.years.map(range))
            .asking(self, ask)
            .with("duties", list(program.duties.iter().map(String::as_str)))
            .with("limit", program.limit.map(|limit| limit.to_string()))
            .with("incumbents", list(program.incumbents.iter().map(String::as_str)))
            .with("arr_above", program.arr_above.map(money))
            .with("assumed", program.assumed.then(|| "true".to_owned()))
            .0
    }

    fn guardrail(&self, index: usize, guardrail: &Guardrail) -> String {
        let money = |amount| self.currencies.money(amount, false);
        let measured = |measure| match measure {
            Measure::Discount(most) => ("discount", rate(most)),
            Measure::Acv(most) => ("acv", money(most)),
            Measure::Tcv(most) => ("tcv", money(most)),
            Measure::Term(most) => ("term", most.to_string()),
        };
        let (measure, above) = measured(guardrail.measure);
        let when = guardrail.also.map(|also| {
            let (measure, above) = measured(also);
            format!("{{ {measure}_above = {above} }}")
        });
        Table::open("[[guardrail]]")
            .with("name", quoted(&format!("rail-{index}")))
            .with("measure", quoted(measure))
            .with("above", above)
            .with("when", when)
            .asking(self, guardrail.ask)
            .with("refuse", guardrail.refuse.then(|| "true".to_owned()))
            .with("reason", "\"a house rule\"".to_owned())
            .0
    }

    fn tier(&self, metric: &Metric, tier: &Tier) -> String {
        let money = |amount| self.currencies.money(amount, metric.main_only);
        let keys = [
            Some(("quantity", range(tier.range))),
            tier.price.map(|price| ("price", money(price))),
            tier.flat.map(|flat| ("flat", money(flat))),
            tier.fee.map(|fee| ("fee", self.currencies.range(fee, metric.main_only))),
            tier.edition.as_ref().map(|edition| ("edition", quoted(edition))),
            tier.max_hosts.map(|hosts| ("max_hosts", hosts.to_string())),
            tier.units_per_host.map(|units| ("units_per_host", units.to_string())),
            tier.exclusive.then(|| ("exclusive", "true".to_owned())),
            tier.assumed.then(|| ("assumed", "true".to_owned())),
        ];
        let keys = keys.into_iter().flatten().map(|(key, value)| format!("{key} = {value}"));
        format!("{{ {} }}", keys.collect::<Vec<_>>().join(", "))
    }

    /// What is sold in the first of the other currencies only, and is reached by every discount.
    fn foreign(&self) -> String {
        let code = self.currencies.others[0];
        format!(
            "\n[metric.{FOREIGN}]\ntitle = \"Foreign\"\nunit = \"unit\"\nunits = \"units\"\n\
             per = \"year\"\nmode = \"volume\"\ncurrencies = [\"{code}\"]\n\
             tiers = [{{ quantity = \"1+\", price = {{ {code} = 7 }} }}]\n"
        )
    }
}

/// The metric that is not sold in the main currency.
pub const FOREIGN: &str = "foreign";
