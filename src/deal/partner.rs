//! Partner that a deal is sold through.

use crate::book::{Channel, ChannelBase, Incentive, Metric, PartnerSale, PartnerScope, Rule};
use crate::number::{Money, Rate};
use crate::table::{Section, keys};
use crate::text::source::Written;
use crate::text::{NameKey, is_name};

keys! {
    pub(super) PARTNER: PartnerKeys = "[channel]", "The partner that sells the deal.";

    required name: String = "One of the book's channels, such as reseller.";
    optional partner: String = "The partner's name.";
    optional rate: Rate =
        "The partner's discount, where the channel has a range of rates.";
    optional level: String = "The partner's level, such as gold, where the channel has levels.";
    optional sale: PartnerSale =
        "The kind of sale, by which the rates of a book can differ: new or renewal. Default: new.";
    optional incentives: Vec<String> =
        "The incentives of the channel that the deal claims, such as deal-registration.";
    optional basis: String =
        "Where the revenue comes from, such as a report or a price list of the partner.";
    optional revenue: Money =
        "The partner's yearly revenue from its own customers, where the channel has a share of it.";
}

#[derive(Debug, Clone)]
pub struct DraftPartner {
    pub channel: Written<String>,
    pub name: Option<Written<String>>,
    pub rate: Option<Written<Rate>>,
    pub revenue: Option<Written<Money>>,
    pub level: Option<Written<String>>,
    pub sale: Option<Written<PartnerSale>>,
    /// Names of the incentives that the deal claims.
    pub incentives: Vec<Written<String>>,
    pub basis: Option<Written<String>>,
    /// Whether a rate or a revenue is written that could not be read.
    pub error_reported: bool,
}

impl DraftPartner {
    pub const fn new(channel: Written<String>) -> Self {
        Self {
            channel,
            name: None,
            rate: None,
            revenue: None,
            level: None,
            sale: None,
            incentives: Vec::new(),
            basis: None,
            error_reported: false,
        }
    }
}

/// Partner, and the terms on which it buys.
#[derive(Debug, Clone)]
pub struct Partner<'b> {
    pub(crate) channel: &'b Channel,
    pub(crate) name: Option<String>,
    pub(crate) terms: PartnerTerms,
    /// Level of the channel; `None` where the channel has no levels.
    pub(crate) level: Option<&'b str>,
    pub(crate) sale: PartnerSale,
    /// Incentives that the deal claims, in the order of the book.
    pub(crate) claimed: Vec<&'b Incentive>,
    /// Where the revenue that is shared comes from.
    pub(crate) basis: Option<String>,
}

impl<'b> Partner<'b> {
    /// Returns the partner's rate off for the lines of a metric, with the points of all incentives; zero where the
    /// partner shares its revenue.
    pub fn rate_for(&self, metric: &Metric) -> Rate {
        let points = self.points_for(metric).map(|it| it.rate.millionths());
        Rate::of_millionths(points.fold(self.own_rate(metric).0.millionths(), u32::saturating_add))
    }

    /// Returns the rate without incentives that is agreed or that the book fixes, and the line of the book that gives
    /// the rate.
    pub(crate) fn own_rate(&self, metric: &Metric) -> (Rate, &'b Rule) {
        let PartnerTerms::Discount { agreed, .. } = self.terms else {
            return (Rate::ZERO, &self.channel.rule);
        };
        let applies =
            |scope: &PartnerScope| scope.is_for(self.level, self.sale) && scope.has_metric(metric);
        let fixed = self.channel.rates.iter().find(|it| applies(&it.scope));
        let fixed = fixed.map_or((Rate::ZERO, &self.channel.rule), |it| (it.rate, &it.rule));
        agreed.map_or(fixed, |rate| (rate, &self.channel.rule))
    }

    /// Iterates over the incentives whose points are added to the rate for a metric.
    pub(crate) fn points_for(&self, metric: &Metric) -> impl Iterator<Item = &'b Incentive> {
        self.incentives().filter(|it| !it.is_rebate() && it.scope.has_metric(metric))
    }

    /// Iterates over the rebates on the lines of a metric.
    pub(crate) fn rebates_for(&self, metric: &Metric) -> impl Iterator<Item = &'b Incentive> {
        self.incentives().filter(|it| it.is_rebate() && it.scope.has_metric(metric))
    }

    /// Iterates over all incentives of the deal in the order of the book: those that it claims, and the automatic ones.
    pub(crate) fn incentives(&self) -> impl Iterator<Item = &'b Incentive> {
        let is_mine = |it: &&Incentive| {
            let is_claimed = self.claimed.iter().any(|claimed| claimed.name == it.name);
            is_claimed || it.automatic && it.scope.is_for(self.level, self.sale)
        };
        self.channel.incentives.iter().filter(is_mine)
    }

    /// Returns the rates of a partner that buys the lines in words: "32%", "gold renewal rates and Deal registration".
    pub(crate) fn rates_in_words(&self) -> String {
        let PartnerTerms::Discount { agreed, .. } = self.terms else { return String::new() };
        let renewal = (self.sale == PartnerSale::Renewal).then_some("renewal");
        let words: Vec<_> = self.level.into_iter().chain(renewal).collect();
        let rates = match (agreed, words.is_empty()) {
            (Some(rate), true) => rate.to_string(),
            (Some(rate), false) => format!("{} {rate}", words.join(" ")),
            (None, true) => "fixed rates".to_owned(),
            (None, false) => format!("{} rates", words.join(" ")),
        };
        let points = self.incentives().filter(|it| !it.is_rebate()).map(|it| it.title.clone());
        [rates].into_iter().chain(points).collect::<Vec<_>>().join(" and ")
    }

    /// Returns whether the partner has the name of a customer, however both are written.
    pub fn is_named(&self, customer: &str) -> bool {
        let names = self.name().and_then(NameKey::of).zip(NameKey::of(customer));
        names.is_some_and(|(partner, customer)| partner == customer)
    }

    pub fn name(&self) -> Option<&str> {
        self.name.as_deref()
    }

    /// Whether the deal names the partner: signs alone, such as "-", are no name.
    pub fn states_name(&self) -> bool {
        self.name().is_some_and(is_name)
    }
}

/// Agreement with a partner, within the terms of the partner's channel.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PartnerTerms {
    /// The partner pays for the lines, at a rate off.
    Discount {
        /// Rate that the deal states; `None` where the book fixes the rates.
        agreed: Option<Rate>,
        base: ChannelBase,
    },
    /// The partner pays a share of its revenue from its own customers.
    RevenueShare {
        /// Share that is ours.
        share: Rate,
        /// Revenue of the partner in a year.
        revenue: Money,
    },
}

pub(super) fn read(table: Section<'_>) -> Option<DraftPartner> {
    let (rate, revenue) = (table.get(PARTNER.rate), table.get(PARTNER.revenue));
    let is_unread = |key: &str, is_read: bool| !is_read && !table.is_missing(key);
    Some(DraftPartner {
        channel: table.get(PARTNER.name)?,
        name: table.get(PARTNER.partner),
        level: table.get(PARTNER.level),
        sale: table.get(PARTNER.sale),
        incentives: table.get(PARTNER.incentives),
        basis: table.get(PARTNER.basis),
        error_reported: is_unread(PARTNER.rate.name, rate.is_some())
            || is_unread(PARTNER.revenue.name, revenue.is_some()),
        rate,
        revenue,
    })
}
