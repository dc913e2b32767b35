//! Add-ons: metrics that are sold only beside another one.
//!
//! An add-on has no use without its base, so a deal that has no unit of the base in a year of the add-on is outside
//! policy. A base that the customer has by signed contracts counts, on all days of a year. The rule is not from the
//! playbook, whose metrics stand alone.

use crate::approve::{ApprovalRule, PricedDeal, Promise, VerdictSink};
use crate::book::{Metric, PriceBook};
use crate::deal::{Deal, Line, YearRun};

/// Refuses lines of a metric that requires another one, which the deal does not have.
#[derive(Debug)]
pub struct RequiredMetricRule;

impl ApprovalRule for RequiredMetricRule {
    fn judge<'b>(&self, case: &PricedDeal<'_, 'b>, sink: &mut dyn VerdictSink<'b>) {
        let deal = case.deal;
        if deal.is_apart {
            return;
        }
        for line in deal.lines.iter().filter(|line| !line.metric.requires.is_empty()) {
            let metric = line.metric;
            let is_alone = |run: &YearRun| {
                has_units(line, *run)
                    && !has_base(deal, metric, *run)
                    && !deal.holds_any(&metric.requires, *run)
            };
            if let Some(run) = YearRun::of(deal.lines.iter()).into_iter().find(is_alone) {
                let titles = metric.requires.iter().filter_map(|name| deal.book.metric(name));
                let titles: Vec<_> = titles.map(|base| base.title.as_str()).collect();
                let (title, base, years) = (&metric.title, titles.join(" or "), run.words());
                let message = format_args!(
                    "{title} is sold only beside {base}, and this deal has none{years}"
                );
                sink.refuse(&metric.rule, message);
            }
        }
    }

    fn promises<'b>(&self, book: &'b PriceBook, metric: &Metric) -> Vec<Promise<'b>> {
        let mine = book.metric(metric.name()).filter(|it| !it.requires.is_empty()).into_iter();
        mine.map(|metric| Promise::constant(&metric.rule)).collect()
    }
}

fn has_units(line: &Line<'_>, run: YearRun) -> bool {
    line.segment_in(run).is_some_and(|segment| !segment.quantity.is_zero())
}

fn has_base(deal: &Deal<'_>, metric: &Metric, run: YearRun) -> bool {
    // Use that nobody commits to can be nothing, and a purchase for some months is over before the year is.
    let lasts = |line: &Line<'_>| {
        line.metric.months.is_none() && (!line.metric.is_metered() || line.committed.is_some())
    };
    let is_base = |line: &&Line<'_>| metric.requires.contains(&line.metric.name) && lasts(line);
    deal.lines.iter().filter(is_base).any(|line| has_units(line, run))
}
