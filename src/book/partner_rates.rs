//! Rates that a book fixes for partners: of each level, and of the incentives that come on top.
//!
//! A rate and an incentive hold within a scope: levels of the channel, metrics, and new sales or renewals. A list of a
//! scope that is left out holds for all.

use super::ladder::{ApprovalNeed, ApproverNames};
use super::metric::Metric;
use super::rule::{Rule, UniqueNames, rule};
use crate::number::Rate;
use crate::table::{self, Section, TypedKey, choices, keys};
use crate::text::diagnostic::Code;
use crate::text::source::Written;

choices! {
    /// Kind of sale, by which a partner's rates differ.
    #[derive(Default)]
    pub enum PartnerSale {
        #[default]
        New = "new",
        Renewal = "renewal",
    }
}

/// Sales of a partner to which a rate applies.
#[derive(Debug, Clone)]
pub struct PartnerScope {
    /// Levels of the channel; all if there are none.
    levels: Vec<String>,
    /// Metrics of the lines; all if there are none.
    metrics: Vec<String>,
    /// Kind of sale; both if it is left out.
    sale: Option<PartnerSale>,
}

/// Fixed rate of a partner. The first one of a channel that applies to a line counts.
#[derive(Debug, Clone)]
pub struct PartnerRate {
    pub(crate) scope: PartnerScope,
    pub(crate) rate: Rate,
    pub(crate) rule: Rule,
}

/// Reward of a partner beside its rate.
#[derive(Debug, Clone)]
pub struct Incentive {
    pub(crate) name: String,
    pub(crate) title: String,
    pub(crate) scope: PartnerScope,
    pub(crate) rate: Rate,
    /// When a rebate is paid, which is off no invoice; `None` where the rate is added to the partner's.
    pub(crate) paid: Option<String>,
    /// Whether each deal in its scope has it; otherwise a deal claims it.
    pub(crate) automatic: bool,
    pub(crate) approval: ApprovalNeed,
    pub(crate) rule: Rule,
}

impl PartnerScope {
    /// Whether it holds for the partner of a deal, whatever the line.
    pub fn is_for(&self, level: Option<&str>, sale: PartnerSale) -> bool {
        self.has_level(level) && self.sale.is_none_or(|only| only == sale)
    }

    pub fn has_metric(&self, metric: &Metric) -> bool {
        self.metrics.is_empty() || self.metrics.iter().any(|name| name == metric.name())
    }

    pub(super) fn has_level(&self, level: Option<&str>) -> bool {
        self.levels.is_empty() || self.levels.iter().any(|name| Some(name.as_str()) == level)
    }

    /// Returns the levels and the kind of sale in words: "gold or silver partners", "gold renewals".
    pub fn words(&self) -> String {
        let levels = (!self.levels.is_empty()).then(|| self.levels.join(" or "));
        let what = self.sale.map_or("partners", |sale| match sale {
            PartnerSale::New => "new sales",
            PartnerSale::Renewal => "renewals",
        });
        levels.into_iter().chain([what.to_owned()]).collect::<Vec<_>>().join(" ")
    }

    /// Returns a level and a kind of sale for which it holds.
    pub fn example<'a>(&'a self, levels: &'a [String]) -> (Option<&'a str>, PartnerSale) {
        let level = self.levels.first().or(levels.first());
        (level.map(String::as_str), self.sale.unwrap_or_default())
    }
}

impl Incentive {
    pub const fn is_rebate(&self) -> bool {
        self.paid.is_some()
    }
}

keys! {
    pub(super) PARTNER_RATE: PartnerRateKeys = "a rate of a channel",
        "A fixed rate of partners. The first rate that applies to a line counts, and a line without one has none.";

    optional levels: Vec<String> = "The levels that have it. Default: all.";
    optional metrics: Vec<String> = "The metrics whose lines have it. Default: all.";
    optional sale: PartnerSale = "The sales that have it: new or renewal. Default: both.";
    required rate: Rate = "The partner's discount.";
}

keys! {
    pub(super) INCENTIVE: IncentiveKeys = "an incentive of a channel",
        "A reward of the partner beside its rate: points that are added to the rate, or a rebate that is paid later.";

    required title: String = "The title that readers see, such as Deal registration.";
    required rate: Rate =
        "The points that are added to the partner's rate, or the rebate as a share of the invoice.";
    optional levels: Vec<String> = "The levels that can have it. Default: all.";
    optional metrics: Vec<String> = "The metrics whose lines have it. Default: all.";
    optional sale: PartnerSale = "The sales that can have it: new or renewal. Default: both.";
    optional paid: String =
        "When it is paid, such as after the quarter: it is a rebate, which is off no invoice.";
    optional automatic: bool =
        "Each deal of these levels and sales has it. Otherwise a deal claims it.";
    optional approval: String = "The level that a deal needs that claims it.";
    optional review: String = "The review that a deal needs that claims it.";
}

/// Names of a book and of a channel that a scope refers to.
#[derive(Clone, Copy)]
pub(super) struct ScopeNames<'n> {
    /// The metrics of the file; none if they are not known.
    pub metrics: &'n [String],
    pub levels: &'n [String],
}

/// Reads the levels of a channel, each once.
pub(super) fn read_levels(table: Section<'_>, levels: Vec<Written<String>>) -> Vec<String> {
    let mut names = UniqueNames::default();
    for level in &levels {
        let what = format_args!("the level \"{}\"", level.value);
        names.is_new(table, level, what, "remove one of them");
    }
    levels.into_iter().map(|level| level.value).collect()
}

pub(super) fn read_rate(
    channel: &str,
    table: Section<'_>,
    known: ScopeNames<'_>,
) -> Option<PartnerRate> {
    let keys = (PARTNER_RATE.levels, PARTNER_RATE.metrics, PARTNER_RATE.sale);
    let (scope, rate) = (read_scope(table, keys, known), table.value(PARTNER_RATE.rate));
    Some(PartnerRate {
        scope,
        rate: rate?,
        rule: rule(["channel.", channel].concat(), &table.place()),
    })
}

pub(super) fn read_incentive(
    channel: &str,
    name: &Written<String>,
    table: Section<'_>,
    (known, approvers): (ScopeNames<'_>, &ApproverNames),
) -> Option<Incentive> {
    let keys = (INCENTIVE.levels, INCENTIVE.metrics, INCENTIVE.sale);
    let (title, rate) = (table.value(INCENTIVE.title), table.value(INCENTIVE.rate));
    let (scope, automatic) = (read_scope(table, keys, known), table.get(INCENTIVE.automatic));
    let approval = approvers.approval_need(table, INCENTIVE.approval, INCENTIVE.review);
    for key in [INCENTIVE.approval, INCENTIVE.review] {
        table.report_unless(!automatic, key, "an incentive that deals claim");
    }
    Some(Incentive {
        name: name.value.clone(),
        title: title?,
        scope,
        rate: rate?,
        paid: table.value(INCENTIVE.paid),
        automatic,
        approval,
        rule: rule(format!("channel.{channel}.{}", name.value), &name.place),
    })
}

type ScopeKeys = (TypedKey<Vec<String>>, TypedKey<Vec<String>>, TypedKey<PartnerSale>);

/// Reads a scope, and reports names that the book or the channel does not have.
fn read_scope(
    table: Section<'_>,
    (levels, metrics, sale): ScopeKeys,
    known: ScopeNames<'_>,
) -> PartnerScope {
    let listed = |key, (code, noun): (Code, &str), known: &[String], is_known: bool| {
        let named: Vec<Written<String>> = table.get(key);
        for name in named.iter().filter(|name| is_known && !known.contains(&name.value)) {
            let known = known.iter().map(String::as_str);
            table.fault(table::unknown(code, noun, name, known));
        }
        named.into_iter().map(|name| name.value).collect()
    };
    PartnerScope {
        levels: listed(levels, (Code::UnknownChoice, "partner level"), known.levels, true),
        metrics: listed(
            metrics,
            (Code::UnknownMetric, "metric"),
            known.metrics,
            !known.metrics.is_empty(),
        ),
        sale: table.value(sale),
    }
}
