//! Shares of other lines that stand apart from these lines: support in one contract, and most of what it is for in
//! another.

use super::beside::{SplitSaving, SplitSubject, cost};
use super::{SplitDeal, SplitNeed, by_currency, whose};
use crate::answer::pipeline::judged_deal::JudgedDeal;
use crate::book::Metric;
use crate::number::{Quantity, Total};

/// Returns the splits of deals some of which have a share of other lines, such as support, and others the lines that the
/// share is of: in one deal the share would be of all of them.
pub(super) fn shares_apart<'a, 'b>(deals: &[&JudgedDeal<'a, 'b>]) -> Vec<SplitDeal<'a, 'b>> {
    let mut found = Vec::new();
    for deals in by_currency(deals) {
        let mut shares: Vec<&'b Metric> = Vec::new();
        for line in deals.iter().flat_map(|judged| &judged.deal.lines) {
            let is_new = || shares.iter().all(|known| known.name() != line.metric.name());
            if line.metric.share.is_some() && is_new() {
                shares.push(line.metric);
            }
        }
        found.extend(shares.into_iter().filter_map(|share| apart(share, &deals)));
    }
    found
}

/// Returns the split of a share in deals of one currency that are connected by their days.
fn apart<'a, 'b>(share: &'b Metric, deals: &[&JudgedDeal<'a, 'b>]) -> Option<SplitDeal<'a, 'b>> {
    let mut named = Vec::new();
    let (mut apart, mut together) = (Total::default(), Total::default());
    for judged in deals {
        let name = share.name();
        if judged.deal.has_line_of(name) {
            let own = cost(name, judged.deal);
            (apart, together) = (apart.plus(own), together.plus(own));
            named.push(*judged);
            continue;
        }
        // Each deal is priced by its own book, which may sell the share at another rate.
        let with = judged.deal.book.metric(name).and_then(|own| judged.deal.with_share(own));
        let added = with.map(|with| cost(name, &with)).unwrap_or_default();
        if !added.is_zero() {
            together = together.plus(added);
            named.push(*judged);
        }
    }
    let is_new = named.iter().any(|judged| !judged.is_signed());
    let first = *named.first()?;
    if together == apart || !is_new {
        return None;
    }
    let book = first.deal.book;
    let show = |sum| book.currency.show_total(sum);
    let saving =
        SplitSaving { subject: SplitSubject::Units(share, Quantity::ONE), apart, together };
    Some(SplitDeal {
        customer: whose(first),
        deals: named.iter().map(|judged| judged.name).collect(),
        crossing: SplitNeed::Pays(saving),
        rule: share.rule.clone(),
        reason: format!(
            "{} is {} apart, and {} of all lines",
            share.title,
            show(apart),
            show(together)
        ),
        book,
    })
}
