//! Notices about prices: above list or policy, apart, without approval, for few hosts, and assumed.

use super::{Notice, each, kinds};
use crate::approve::{PricedDeal, Verdict, route};
use crate::book::{Discount, DiscountStep, Level, Metric, Rule, Tier};
use crate::deal::{AgreedPrice, Deal, DiscountOverride, Segment};
use crate::number::Rate;
use crate::price::{PricedSegment, StepSource, WaterfallStep, applied_rows, price};

/// Warns about lines of one metric that would cost something else together. Tiers and volume discounts
/// look at a line, so a quantity in several lines lands in other ranges than the whole of it, and the
/// approver should see that.
pub(super) fn lines_apart(case: &PricedDeal<'_, '_>, _: &Verdict, notices: &mut Vec<Notice>) {
    for metric in case.deal.book.metrics() {
        let Some(together) = case.deal.with_one_line(metric) else { continue };
        let (apart, whole) = (case.pricing.totals.tcv, price(&together).totals.tcv);
        if apart == whole {
            continue;
        }
        let (difference, word) =
            if whole > apart { (whole - apart, "more") } else { (apart - whole, "less") };
        let years = case.deal.quantities_of(metric);
        let is_one = years.windows(2).all(|pair| pair[0].1 == pair[1].1);
        let message = format!(
            "the lines of {} are priced separately: as one line of {}{} the contract is {}, which \
             is {} {word}",
            metric.title,
            if is_one { "" } else { "up to " },
            metric.count(case.deal.quantity_of(metric)),
            case.show(whole),
            case.show(difference)
        );
        notices.push(Notice::new(&kinds::LINES_APART, message, &metric.rule));
    }
}

/// Warns about prices above list: a floor or a negotiated price can lie above what anybody else pays.
pub(super) fn above_list(case: &PricedDeal<'_, '_>, _: &Verdict, notices: &mut Vec<Notice>) {
    for line in &case.pricing.lines {
        let metric = line.line.metric;
        let above = |it: &&PricedSegment<'_>| it.tcv() > it.list_tcv();
        // A fee above its range is outside policy, which says more.
        let priced = line.segments.iter().filter(|it| it.list.tier.fee.is_none());
        for segment in priced.filter(above) {
            // What is put on for late payment is meant to be there.
            let raises = |step: &WaterfallStep<'_>| {
                matches!(
                    step.grant,
                    StepSource::Floor(_) | StepSource::Minimum | StepSource::Negotiated
                )
            };
            if !segment.waterfall.steps.iter().any(raises) {
                continue;
            }
            let (title, net, list) = (&metric.title, segment.net(), segment.list.price);
            let (net, list) = (case.show(net), case.show(list));
            let message = format!("{title} at {net} is above its list price of {list}");
            let rule = segment.waterfall.steps.last().map_or(&metric.rule, |step| step.rule);
            notices.push(Notice::new(&kinds::ABOVE_LIST, message, rule));
        }
    }
}

/// Warns about a discount off list that was agreed for a line and is less than what the discounts of the book
/// give without anybody's approval: it takes their place, and so it raises the price. A negotiated unit price may
/// well lie above policy, and is shown beside it; nobody writes a discount to pay more.
pub(super) fn above_policy(case: &PricedDeal<'_, '_>, _: &Verdict, notices: &mut Vec<Notice>) {
    let is_agreed = |it: &Segment<'_>| matches!(it.agreed, Some(AgreedPrice::Discount(_)));
    if !case.deal.lines.iter().flat_map(|line| &line.segments).any(is_agreed) {
        return;
    }
    let (free, _) = at_free_rates(case);
    let given = price(&free);
    for (line, given) in case.pricing.lines.iter().zip(&given.lines) {
        for (segment, given) in line.segments.iter().zip(&given.segments) {
            let Some(AgreedPrice::Discount(rate)) = segment.segment.agreed else { continue };
            let Some(policy) = given.policy.filter(|policy| policy.price < segment.net()) else {
                continue;
            };
            let metric = line.line.metric;
            let (title, net, price) =
                (&metric.title, case.show(segment.net()), case.show(policy.price));
            let (pays, tcv) = (case.show(segment.tcv()), case.show(policy.tcv));
            let message = format!(
                "{title} at the agreed {rate} off list costs {net}, and without it the price book gives \
                 {price}: {pays} instead of {tcv}"
            );
            notices.push(Notice::new(&kinds::ABOVE_POLICY, message, &metric.rule));
        }
    }
}

/// Returns the deal at the rates of its discounts that need no approval, each of which is smaller than its own,
/// with their titles and rules.
fn at_free_rates<'b>(case: &PricedDeal<'_, 'b>) -> (Deal<'b>, Vec<(String, &'b Rule)>) {
    let mut deal = case.deal.clone();
    let mut changes = Vec::new();
    for discount in &case.deal.book.discounts {
        let asking = asking(case, discount);
        let Some(&(free, row)) = asking.iter().min_by_key(|(free, _)| *free) else { continue };
        deal = deal.with_take(discount, DiscountOverride::Rate(free));
        changes.push((format!("{} at {free}", discount.title.to_lowercase()), &row.rule));
    }
    (deal, changes)
}

/// Notes the price that needs no approval, where a discount row of the book asks for one.
pub(super) fn without_approval(case: &PricedDeal<'_, '_>, _: &Verdict, notices: &mut Vec<Notice>) {
    // What was agreed is paid, whatever the steps before it say.
    let mut segments = case.deal.lines.iter().flat_map(|line| &line.segments);
    if segments.any(|segment| segment.agreed.is_some()) {
        return;
    }
    let (deal, changes) = at_free_rates(case);
    let Some(&(_, rule)) = changes.first() else { return };
    let pricing = price(&deal);
    let need = if changes.len() == 1 { "needs" } else { "need" };
    let changes: Vec<_> = changes.into_iter().map(|(change, _)| change).collect();
    let (changes, tcv) = (changes.join(" and "), case.show(pricing.totals.tcv));
    let mut message = format!("{changes} {need} no approval: TCV {tcv}");
    // Where there is one price, it is what people talk about.
    if let [line] = pricing.lines.as_slice()
        && let [segment] = line.segments.as_slice()
    {
        let each = each(line.line.metric, segment.list.basis);
        message = format!("{message}, {} {each}", case.show(segment.net()));
    }
    let rest = route(&PricedDeal { deal: &deal, pricing: &pricing }).level();
    if rest > Level::NONE {
        let title = case.deal.book.ladder.title(rest);
        message = format!("{message}; the rest still needs {title} approval");
    }
    notices.push(Notice::new(&kinds::WITHOUT_APPROVAL, message, rule));
}

/// Returns the rows of a discount that need an approval for the rate that the deal takes, each with its rate
/// without approval. Returns none if a row of the discount needs its approval at any rate.
fn asking<'b>(case: &PricedDeal<'_, 'b>, discount: &Discount) -> Vec<(Rate, &'b DiscountStep)> {
    let mut applied = applied_rows(case.deal).filter(|(known, _)| known.name == discount.name);
    if applied.any(|(_, row)| row.always_needs_approval()) {
        return Vec::new();
    }
    let steps = case.steps().filter(|step| step.name == discount.name);
    let rows = steps.filter_map(|step| match step.grant {
        StepSource::Row(row) => {
            let free = row.rate_without_approval?;
            (step.rate? > free).then_some((free, row))
        }
        _ => None,
    });
    rows.filter(|(_, row)| row.approval.level > Level::NONE).collect()
}

/// Notes a cheaper edition that a customer with few hosts may use. Up to 3 hosts may use Community
/// (playbook L1714), however many sockets they have.
pub(super) fn edition(case: &PricedDeal<'_, '_>, _: &Verdict, notices: &mut Vec<Notice>) {
    for priced in &case.pricing.lines {
        let line = &priced.line;
        let tiers = line.metric.tiers();
        for segment in priced.segments.iter().filter(|_| line.edition.is_none()) {
            let landed = tiers.iter().position(|tier| tier.quantity == segment.list.tier.quantity);
            let below = landed.and_then(|index| tiers.get(index.checked_sub(1)?));
            let cheaper = below.filter(|tier| tier.price < segment.list.tier.price);
            let Some((tier, most)) = cheaper.and_then(|it| Some((it, it.max_hosts?))) else {
                continue;
            };
            if line.hosts.is_some_and(|hosts| hosts > most)
                || !tier.fits_hosts(segment.segment.counted, line.hosts)
            {
                continue;
            }
            let edition = tier.edition.as_deref().unwrap_or_default();
            let bought = (segment.segment.counted, segment.segment.quantity);
            let list = line.metric.list_counted(bought.0, bought.1, Some(edition));
            let Some(list) = list else { continue };
            let (price, each) = (case.show(list.price), each(line.metric, list.basis));
            let message =
                format!("on up to {most} hosts the customer may use {edition}, at {price} {each}");
            notices.push(Notice::new(&kinds::EDITION_FOR_FEW_HOSTS, message, &tier.rule));
        }
    }
}

/// Warns about every figure of the quote that the playbook does not give and the book assumes.
pub(super) fn assumed(case: &PricedDeal<'_, '_>, verdict: &Verdict, notices: &mut Vec<Notice>) {
    let mut say = |message: String, rule: &Rule| {
        notices.push(Notice::new(&kinds::ASSUMED_FIGURE, message, rule));
    };
    for (tier, metric) in list_tiers(case) {
        if let Some(part) = tier.assumed.text() {
            let what = tier.edition.as_ref().unwrap_or(&metric.title);
            say(not_given(what, part), &tier.rule);
        }
    }
    for service in case.deal.services.iter().map(|asked| asked.service) {
        if service.assumed.is_on() {
            let part = service.assumed.text().unwrap_or("a figure of it");
            say(not_given(&service.title, part), &service.rule);
        }
    }
    let mut assumed = |figure: String, rule: &Rule| {
        say(format!("{figure} is assumed: the playbook does not give it"), rule);
    };
    let terms = &case.deal.book.commitment;
    if let Some((kept, rule)) = &terms.kept
        && terms.assumed
        && case.deal.lines.iter().any(|line| line.uncounted_years() > 0)
    {
        assumed(format!("the share of {kept} that a year has to keep"), rule);
    }
    let before = terms.start_before.as_ref().map(|(days, rule)| (days, "before its quote", rule));
    let after = terms.start_after.as_ref();
    let after = after.map(|it| (&it.days, "after the last day of its quote", &it.rule));
    for (days, when, rule) in before.into_iter().chain(after).filter(|_| terms.assumed) {
        let asked = verdict.required.iter().map(|it| &it.rule);
        let refused = verdict.violations.iter().map(|it| &it.rule);
        if asked.chain(refused).any(|it| it == rule) {
            assumed(format!("the limit of {days} days for a start {when}"), rule);
        }
    }
    for metric in case.deal.lines.iter().map(|line| line.metric).filter(|it| it.approval_assumed) {
        assumed(format!("the approval for {}", metric.title), &metric.rule);
    }
    for claim in case.deal.claims.iter().filter(|it| it.program.assumed && case.has_effect(it)) {
        let program = claim.program;
        assumed(format!("a figure or the approval of {}", program.title), &program.rule);
    }
    for claim in case.deal.claims.iter().filter(|it| it.grant.is_some()) {
        if let Some(terms) = claim.program.grant.as_ref().filter(|it| it.assumed) {
            let figure = format!("the limit of {} days for a grant", terms.within_days);
            assumed(figure, &terms.rule);
        }
    }
    for asked in case.deal.clauses.iter().filter(|asked| asked.clause.assumed) {
        let figure = match asked.needs() {
            Some(_) => "approval for",
            None if asked.clause.standard_rates.is_some() => continue,
            None => "class of",
        };
        assumed(format!("the {figure} {}", asked.title()), &asked.clause.rule);
    }
    for step in case.steps() {
        match step.grant {
            StepSource::List(tier) if tier.assumed.is_on() && tier.assumed.text().is_none() => {
                assumed(step.title.to_owned(), step.rule);
            }
            StepSource::Row(row) if row.assumed => assumed(of_row(step.title, row), step.rule),
            _ => {}
        }
    }
    // A row of 0% is no step, and asks for its approval.
    let asking = applied_rows(case.deal).filter(|(_, row)| row.always_needs_approval());
    for (discount, row) in asking.filter(|(_, row)| row.assumed) {
        assumed(of_row(&discount.title, row), &row.rule);
    }
}

/// Returns the words for what is assumed of a row: its rate, or either that or its approval.
fn of_row(title: &str, row: &DiscountStep) -> String {
    if row.approval.is_nothing() {
        title.to_owned()
    } else {
        format!("a figure or the approval of {title}")
    }
}

/// Returns the tiers that the deal buys at list, each once, with their metrics.
fn list_tiers<'b>(case: &PricedDeal<'_, 'b>) -> Vec<(&'b Tier, &'b Metric)> {
    let mut tiers: Vec<(&Tier, &Metric)> = Vec::new();
    for line in &case.deal.lines {
        for tier in line.segments.iter().map(|segment| segment.list.tier) {
            if !tiers.iter().any(|(known, _)| std::ptr::eq(*known, tier)) {
                tiers.push((tier, line.metric));
            }
        }
    }
    tiers
}

/// Says which part of an entry of the book the playbook does not give.
pub(crate) fn not_given(what: &str, part: &str) -> String {
    format!("{what}: the playbook does not give {part}")
}
