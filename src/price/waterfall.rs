//! The waterfall of a price: steps from list to net, each of which starts where the one before ended.

use crate::book::{
    Adjustment, Discount, DiscountBase, DiscountStep, ListPrice, Program, Rule, Tier,
};
use crate::number::{Money, Rate, Rounding};

/// A step of a waterfall: its base, its change, and the price after it.
#[derive(Debug, Clone, Copy)]
pub struct WaterfallStep<'b> {
    /// `list`, the name of a discount, or that of a step which every book has, such as `rounding`.
    pub name: &'b str,
    pub title: &'b str,
    /// The price that the rate applies to.
    pub base: Money,
    /// The share of `base` that the step takes off or puts on. `None` for fixed amounts.
    pub rate: Option<Rate>,
    /// The change of the price: below zero for a discount.
    pub amount: Money,
    pub price: Money,
    pub grant: StepSource<'b>,
    pub rule: &'b Rule,
}

#[derive(Debug, Clone, Copy)]
pub enum StepSource<'b> {
    /// The range that the quantity lands in, or that of the edition that the deal names.
    List(&'b Tier),
    /// A discount that the book gives by itself.
    Row(&'b DiscountStep),
    Program(&'b Program),
    /// Share of the net prices of other lines, after that of their list prices.
    NetShare,
    Floor(&'b Program),
    /// Least price of a line after discounts.
    Minimum,
    Negotiated,
    Rounding,
}

/// Terms by which a step computes another price than a share or an amount.
#[derive(Debug, Clone, Copy)]
pub(super) struct StepTerms {
    /// Years that the price has grown since the year before the step.
    pub years: u32,
    /// Part of the line in an amount off the order.
    pub order_part: Money,
    pub rounding: Rounding,
    /// Decimal places of the metric.
    pub places: u32,
}

impl StepTerms {
    /// Returns a price after its years of growth, each of which is rounded: the next one grows from what it cost.
    fn grown(self, base: Money, rate: Rate) -> Money {
        let grow = |price, _| self.rounding.round(price + rate.of(price), self.places);
        (0..self.years).fold(base, grow)
    }
}

impl WaterfallStep<'_> {
    /// Returns the rate that the book has for the step: of growth, that of each year.
    pub fn stated_rate(&self) -> Option<Rate> {
        let growth = match self.grant {
            StepSource::Row(DiscountStep { adjustment: Adjustment::Growth(rate), .. }) => {
                Some(*rate)
            }
            _ => None,
        };
        self.rate.or(growth)
    }
}

/// The steps of one price, list price first.
#[derive(Debug, Clone)]
pub struct Waterfall<'b> {
    pub list: Money,
    pub steps: Vec<WaterfallStep<'b>>,
}

/// The number of steps that most prices stay below.
const MOST: usize = 8;

impl<'b> Waterfall<'b> {
    pub(super) fn from_list(list: &ListPrice<'b>) -> Self {
        let first = WaterfallStep {
            name: "list",
            title: "List price",
            base: list.price,
            rate: None,
            amount: Money::ZERO,
            price: list.price,
            grant: StepSource::List(list.tier),
            rule: &list.tier.rule,
        };
        let mut steps = Vec::with_capacity(MOST);
        steps.push(first);
        Self { list: list.price, steps }
    }

    pub fn price(&self) -> Money {
        self.steps.last().map_or(self.list, |step| step.price)
    }

    /// Returns the exact price, before it was rounded.
    pub fn before_rounding(&self) -> Money {
        let rounding = self.steps.last().filter(|step| matches!(step.grant, StepSource::Rounding));
        rounding.map_or_else(|| self.price(), |step| step.base)
    }

    /// Returns the same steps with each price changed, such as to a share of it.
    pub(super) fn map_prices(&self, change: impl Fn(Money) -> Money) -> Self {
        let list = change(self.list);
        let mut before = list;
        let steps = self.steps.iter().map(|step| {
            let (base, price) = (change(step.base), change(step.price));
            let amount = price - before;
            before = price;
            WaterfallStep { base, amount, price, ..*step }
        });
        Self { list, steps: steps.collect() }
    }

    /// Adds the step of a discount or an uplift. A price never falls below zero: a discount that is larger than
    /// the price takes all of it. An adjustment of zero adds no step.
    pub(super) fn apply_adjustment(
        &mut self,
        discount: &'b Discount,
        cut: Adjustment,
        rule: &'b Rule,
        grant: StepSource<'b>,
        terms: StepTerms,
    ) {
        // A free license has no discount, so that no approval is asked for.
        if cut.is_nothing() || self.list.is_zero() {
            return;
        }
        let running = self.price();
        let base = match discount.base {
            DiscountBase::Running => running,
            DiscountBase::List => self.list,
        };
        let (rate, amount) = match cut {
            Adjustment::Rate(rate) => (Some(rate), Money::ZERO - rate.of(base).min(running)),
            Adjustment::Amount(amount) => (None, Money::ZERO - amount.min(running)),
            Adjustment::OrderAmount(_) => (None, Money::ZERO - terms.order_part.min(running)),
            Adjustment::Uplift(rate) => (Some(rate), rate.of(base)),
            Adjustment::Growth(rate) => (None, terms.grown(base, rate) - base),
            Adjustment::FreeMonths(months) => {
                let places = Adjustment::month_places(base);
                let free = terms.rounding.months(base, months, places);
                (None, Money::ZERO - free.min(running))
            }
        };
        let (name, title, price) = (&discount.name, &discount.title, running + amount);
        self.steps.push(WaterfallStep { name, title, base, rate, amount, price, grant, rule });
    }

    /// Raises the price to the floor of a program, which is the least that a line costs in a year.
    pub(super) fn floor(&mut self, floor: Money, program: &'b Program) {
        self.set_floor(self.price().max(floor), program);
    }

    pub(super) fn set_floor(&mut self, price: Money, program: &'b Program) {
        self.set_price("floor", "Floor", price, StepSource::Floor(program), &program.rule);
    }

    /// Raises the price to the least that a line of a metric costs after discounts. Where nothing is paid at list,
    /// nothing is least.
    pub(super) fn raise_to_minimum(&mut self, minimum: Money, rule: &'b Rule) {
        if !self.list.is_zero() {
            let price = self.price().max(minimum);
            self.set_price("minimum", "Minimum", price, StepSource::Minimum, rule);
        }
    }

    /// Sets the share of the net prices of other lines.
    pub(super) fn share_net(&mut self, price: Money, rule: &'b Rule) {
        self.set_price("net-share", "Share of net prices", price, StepSource::NetShare, rule);
    }

    /// Sets a negotiated price, exactly: never by way of a rounded percentage.
    pub(super) fn negotiate(&mut self, asked: Money, rule: &'b Rule) {
        self.set_price("negotiated", "Negotiated price", asked, StepSource::Negotiated, rule);
    }

    /// Rounds the price to the places of its metric. A price loses digits here and nowhere else, so that a
    /// customer with a calculator gets our total.
    pub(super) fn round(&mut self, rounding: Rounding, places: u32, rule: &'b Rule) {
        let price = rounding.round(self.price(), places);
        self.set_price("rounding", "Rounding", price, StepSource::Rounding, rule);
    }

    /// Adds a step to a price, unless that is the price already.
    fn set_price(
        &mut self,
        name: &'b str,
        title: &'b str,
        price: Money,
        grant: StepSource<'b>,
        rule: &'b Rule,
    ) {
        let base = self.price();
        let amount = price - base;
        if price != base {
            let rate = None;
            self.steps.push(WaterfallStep { name, title, base, rate, amount, price, grant, rule });
        }
    }
}
