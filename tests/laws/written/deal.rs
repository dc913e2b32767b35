//! A deal as TOML.

use super::{Table, decimal, list, quoted, rate};
use crate::laws::model::{Book, Claim, Currencies, Deal, Line, Take};

impl Deal {
    pub fn toml(&self, book: &Book) -> String {
        let top = Table::open("# A random deal")
            .with("customer", self.customer.as_deref().map(quoted))
            .with("currency", book.currencies.to_be_named().map(quoted))
            .with("incumbent", self.incumbent.as_deref().map(quoted))
            .with("term_years", self.term.to_string())
            .with("prepay", self.prepay.map(|way| quoted(&book.ways()[way])));
        let mut text = top.0;
        text.extend(self.lines.iter().map(|line| line.toml(book)));
        if !self.takes.is_empty() {
            let table = Table::open("[discount]");
            text += &self
                .takes
                .iter()
                .fold(table, |table, (discount, take)| {
                    table.with(
                        &quoted(&book.discounts[*discount].name),
                        match take {
                            Take::Auto => quoted("auto"),
                            Take::Nothing => quoted("none"),
                            Take::Rate(most) => rate(*most),
                        },
                    )
                })
                .0;
        }
        text.extend(self.claims.iter().map(|claim| claim.toml(book)));
        for (service, value) in &self.services {
            let name = quoted(&format!("s{service}"));
            let value = quoted(&decimal(*value, 2));
            text += &Table::open("[[service]]").with("name", name).with("value", value).0;
        }
        text
    }
}

impl Currencies {
    /// The main one, where a deal has to name it, or does so all the same.
    fn to_be_named(&self) -> Option<&str> {
        let is_first = self.in_order()[0].1.is_none();
        (self.named || !is_first).then_some(self.main)
    }
}

impl Line {
    fn toml(&self, book: &Book) -> String {
        let metric = &book.metrics[self.metric];
        let edition = self.edition.and_then(|tier| metric.tiers[tier].edition.as_deref());
        let mut table = Table::open("[[line]]")
            .with("metric", quoted(&metric.name))
            .with("edition", edition.map(quoted))
            .with("hosts", self.hosts.map(|hosts| hosts.to_string()))
            .with("committed", self.committed(metric).map(|count| quoted(&decimal(count, 3))));
        for year in &self.years {
            if self.ramp {
                table.0 += "[[line.year]]\n";
            }
            table = table
                .with("quantity", quoted(&decimal(year.quantity, 3)))
                .with("unit_price", year.unit_price.map(|price| quoted(&decimal(price, 6))))
                .with("fee", year.fee.map(|fee| quoted(&decimal(fee, 6))));
        }
        table.0
    }
}

impl Claim {
    fn toml(&self, book: &Book) -> String {
        let (discount, program) = self.program;
        Table::open("[[strategic]]")
            .with("program", quoted(&book.discounts[discount].programs()[program].name))
            .with("rate", self.rate.map(rate))
            .with("duties", list(self.duties.iter().map(String::as_str)))
            .with("count", self.count.map(|count| count.to_string()))
            .0
    }
}
