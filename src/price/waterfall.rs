//! From list to net in steps that chain by construction.

use crate::book::{
    Adjustment, Discount, DiscountBase, DiscountStep, ListPrice, Program, Rule, Tier,
};
use crate::number::{Money, Rate, Rounding};

/// One step: what it started from, what it changed, what is left.
#[derive(Debug, Clone, Copy)]
pub struct WaterfallStep<'b> {
    /// `list`, the name of a discount, `negotiated` or `rounding`.
    pub name: &'b str,
    /// The words that people read.
    pub title: &'b str,
    /// What a rate was applied to.
    pub base: Money,
    /// The share of `base` that it takes off or puts on, where it is a share.
    pub rate: Option<Rate>,
    /// What it changed: below zero, where it takes something off.
    pub amount: Money,
    /// The price after it.
    pub price: Money,
    /// What gave it.
    pub grant: StepSource<'b>,
    /// The line of the book that it comes from.
    pub rule: &'b Rule,
}

/// What gave a step.
#[derive(Debug, Clone, Copy)]
pub enum StepSource<'b> {
    /// The range that the quantity lands in, or that of the edition that the deal names.
    List(&'b Tier),
    /// A discount that the book gives by itself.
    Row(&'b DiscountStep),
    /// A program that the deal claims.
    Program(&'b Program),
    /// The floor of a program that the deal claims.
    Floor(&'b Program),
    /// A unit price that was agreed.
    Negotiated,
    /// The rounding of the book.
    Rounding,
}

/// The steps of one price. The first is the list price, and each starts where the one before it
/// ended.
#[derive(Debug, Clone)]
pub struct Waterfall<'b> {
    list: Money,
    steps: Vec<WaterfallStep<'b>>,
}

/// As many steps as a price has, with few exceptions.
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

    /// The price as far as the steps have come.
    pub fn price(&self) -> Money {
        self.steps.last().map_or(self.list, |step| step.price)
    }

    /// The exact price, before the rounding that ends it.
    pub fn before_rounding(&self) -> Money {
        let rounding = self.steps.last().filter(|step| matches!(step.grant, StepSource::Rounding));
        rounding.map_or_else(|| self.price(), |step| step.base)
    }

    /// The list price that it starts from.
    pub const fn list(&self) -> Money {
        self.list
    }

    /// The steps, list price first.
    pub fn steps(&self) -> &[WaterfallStep<'b>] {
        &self.steps
    }

    /// Takes off what a discount gives, or puts on what it asks. Nothing is below free: a discount
    /// larger than what is left takes what is left. One that changes nothing is no step.
    pub(super) fn apply_adjustment(
        &mut self,
        discount: &'b Discount,
        cut: Adjustment,
        rule: &'b Rule,
        grant: StepSource<'b>,
    ) {
        // What is free costs nobody an approval.
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
            Adjustment::Uplift(rate) => (Some(rate), rate.of(base)),
        };
        let (name, title) = (discount.name.as_str(), discount.title.as_str());
        let price = running + amount;
        self.push(WaterfallStep { name, title, base, rate, amount, price, grant, rule });
    }

    /// Goes up to the least that a program lets the whole line cost.
    pub(super) fn floor(&mut self, floor: Money, program: &'b Program) {
        let running = self.price();
        if running < floor {
            self.push(WaterfallStep {
                name: "floor",
                title: "Floor",
                base: running,
                rate: None,
                amount: floor - running,
                price: floor,
                grant: StepSource::Floor(program),
                rule: &program.rule,
            });
        }
    }

    /// Goes to a price that was agreed, exactly.
    pub(super) fn negotiate(&mut self, asked: Money, rule: &'b Rule) {
        let running = self.price();
        if asked != running {
            self.push(WaterfallStep {
                name: "negotiated",
                title: "Negotiated price",
                base: running,
                rate: None,
                amount: asked - running,
                price: asked,
                grant: StepSource::Negotiated,
                rule,
            });
        }
    }

    /// The one place where a price loses digits. Where it has none to lose, it is no step.
    pub(super) fn round(&mut self, rounding: Rounding, places: u32, rule: &'b Rule) {
        let running = self.price();
        let price = rounding.round(running, places);
        if price != running {
            self.push(WaterfallStep {
                name: "rounding",
                title: "Rounding",
                base: running,
                rate: None,
                amount: price - running,
                price,
                grant: StepSource::Rounding,
                rule,
            });
        }
    }

    fn push(&mut self, step: WaterfallStep<'b>) {
        self.steps.push(step);
    }
}
