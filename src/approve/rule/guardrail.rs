//! Guardrails: house rules of a book on a whole quote.
//!
//! The playbook has no limit on the discount of a quote, its ACV, its TCV or its term: rates that need no
//! approval add up to 31.36% off list, and a VP alone can give 51.36% (see `docs`). A company that wants a
//! limit writes it as a guardrail, with the approval that a quote beyond it needs. The standard license term is 1
//! to 3 years (L1894): our book sends every longer one to the VP, whatever it earns. It has no other guardrail.
//!
//! Where a partner sells the deal, a guardrail judges what its customer pays and what reaches us, and the stricter
//! result counts: otherwise a partner would be a discount that nobody approves.
//! Use that nobody commits to counts in no figure that a guardrail measures: 2,000 cores of it would bring 31.36%
//! down to 21.38%, and could be zero in the end. For the same reason a limit on the discount holds for each line
//! as for the deal, and a limit on the ACV for each year as for their average: a large line without a discount,
//! or a year of one unit, does not make another one smaller.
//!
//! A guardrail on the discount is the one rule without a proof: where a line has a price of its own (graduated
//! tiers, flat amounts, fees and minimums of a line), or can cost a fraction of a coin (prices per hour or of
//! more places, parts of a unit, maintenance, rebates of a partner), an amount is rounded for each quantity. The share off list then
//! goes up and down by the rounding, and can cross the limit of the guardrail many times.

use crate::approve::{
    ApprovalRule, DealThreshold, Direction, PricedDeal, Promise, Verdict, VerdictSink,
};
use crate::book::{Condition, DealMeasure, Guardrail, Metric, PriceBook, Rule};
use crate::deal::{Deal, PoolShare};
use crate::number::{Date, Money, Rate, Ratio, Share, Total};
use crate::price::{
    CostedMoney, Growth, Measured, MeasuredMoney, MoneySide, PricedSegment, PricingStep, price,
};
use std::cell::LazyCell;
use std::collections::BTreeMap;

/// Decimal places of a share in every answer.
const SHARE_PLACES: u32 = 4;

/// Decimal places of a share that is told apart from a limit.
const MOST_SHARE_PLACES: u32 = 8;

/// Asks for the approval of every guardrail that a quote goes beyond, or refuses the quote.
#[derive(Debug)]
pub struct GuardrailRule;

impl ApprovalRule for GuardrailRule {
    fn judge<'b>(&self, case: &PricedDeal<'_, 'b>, sink: &mut dyn VerdictSink<'b>) {
        let money = LazyCell::new(|| Measured::committed(case.deal, case.pricing));
        for guardrail in &case.deal.book.guardrails {
            let when = &guardrail.when;
            let found = guardrail.measures().map(|measure| beyond(case, &money, measure, when));
            let Some(mut found) = found.collect::<Option<Vec<_>>>() else { continue };
            if let Some(others) = other_facts(case.deal, when) {
                found.extend(others);
                report(guardrail, &found.join("; "), sink);
            }
        }
    }

    fn promises<'b>(&self, book: &'b PriceBook, metric: &Metric) -> Vec<Promise<'b>> {
        // A rebate is rounded by the charge, and with it what reaches us.
        let rebates = book.channels.iter().flat_map(|it| &it.incentives);
        let mut rebates = rebates.filter(|it| it.is_rebate() && it.scope.has_metric(metric));
        let growth = match rebates.next() {
            Some(_) => Growth::RoundedByLine,
            None => metric.growth(),
        };
        let promise = |guardrail: &'b Guardrail| {
            let more = &guardrail.when.measures;
            let one = measure_promise(&guardrail.rule, guardrail.measure, growth);
            more.iter().fold(one, |one, measure| {
                one.and(measure_promise(&guardrail.rule, *measure, growth))
            })
        };
        let guardrails = book.guardrails.iter().filter(|it| it.when.is_for(metric.name()));
        guardrails.map(promise).collect()
    }
}

/// Returns the promise of a guardrail with one measure.
fn measure_promise(rule: &Rule, measure: DealMeasure, growth: Growth) -> Promise<'_> {
    let promise = Promise::constant(rule);
    let size = [Direction::Rises, Direction::Falls, Direction::Rises];
    match measure {
        // A floor takes less off a small order, so that the share rises with the quantity.
        DealMeasure::Discount(most) => {
            let quantity = match growth {
                Growth::Linear => Direction::Rises,
                Growth::RoundedByLine => Direction::Unproved,
            };
            let directions = [quantity, Direction::Rises, Direction::TurnsOnce];
            promise.depends_on(DealThreshold::Discount(most), directions)
        }
        // A larger discount makes the contract smaller.
        DealMeasure::Acv(most) => promise.depends_on(DealThreshold::Acv(most), size),
        DealMeasure::Tcv(most) => promise.depends_on(DealThreshold::Tcv(most), size),
        // A larger discount leaves less. Each unit costs the same, so that the quantity changes nothing where it does
        // not change the price of a unit.
        DealMeasure::Margin(_) => promise.directions(match growth {
            Growth::Linear => [Direction::Rises, Direction::Rises, Direction::Unproved],
            Growth::RoundedByLine => [Direction::Unproved, Direction::Rises, Direction::Unproved],
        }),
        DealMeasure::Term(most) => promise.terms([u64::from(most) + 1]),
    }
}

/// Returns the words for a figure of a deal that is more than a measure allows.
fn beyond(
    case: &PricedDeal<'_, '_>,
    money: &Measured,
    measure: DealMeasure,
    when: &Condition,
) -> Option<String> {
    let show = |amount| case.show(amount);
    match measure {
        DealMeasure::Discount(most) => discount_above(case, money, most, when),
        DealMeasure::Margin(least) => margin_below(case, money, least, when),
        // No average is above every year.
        DealMeasure::Acv(most) => {
            let (paid, side) = money.largest(|side| side.largest_year);
            (paid.largest_year > most).then(|| {
                let (at_net, most_shown) = (at_net(side), show(most));
                if paid.acv > most {
                    return format!("ACV of {}{at_net}, more than {most_shown}", show(paid.acv));
                }
                let largest = show(paid.largest_year);
                format!("{largest} in the largest year{at_net}, more than {most_shown}")
            })
        }
        DealMeasure::Tcv(most) => {
            let (paid, side) = money.largest(|side| side.tcv);
            (paid.tcv > most).then(|| {
                let tcv = show(paid.tcv);
                format!("TCV of {tcv}{}, more than {}", at_net(side), show(most))
            })
        }
        DealMeasure::Term(most) => {
            let length = case.deal.length();
            case.deal.is_longer_than(most).then(|| format!("term of {length}, more than {most}"))
        }
    }
}

/// Returns the words for the facts of a condition that are no figures of the price; `None` if one of them does not
/// hold. A segment or a region that the deal does not name, or that the book does not list, could be any: leaving out
/// a word spares nobody.
fn other_facts(deal: &Deal<'_>, when: &Condition) -> Option<Vec<String>> {
    let mut found = Vec::new();
    if let Some(most) = when.payment_days {
        let term = deal.payment.filter(|term| term.days > most)?;
        found.push(format!("{}, more than {most} days", term.title));
    }
    let sells = |name: &String| deal.lines.iter().any(|line| line.metric.name == *name);
    if !when.metrics.is_empty() && !when.metrics.iter().any(sells) {
        return None;
    }
    let customers = &deal.book.customers;
    let facts = [
        ("segment", &when.segments, deal.segment(), &customers.segments),
        ("region", &when.regions, deal.region(), &customers.regions),
    ];
    for (noun, wanted, stated, known) in facts.into_iter().filter(|fact| !fact.1.is_empty()) {
        match stated.filter(|name| known.iter().any(|it| it == name)) {
            Some(name) if !wanted.iter().any(|it| it == name) => return None,
            Some(name) => found.push(format!("{noun} {name}")),
            None => found.push(format!("the deal names no {noun} of the book")),
        }
    }
    if !when.channels.is_empty() {
        let channel = deal.partner.as_ref().map(|partner| partner.channel)?;
        when.channels.contains(&channel.name).then_some(())?;
        found.push(format!("through {}", channel.title));
    }
    Some(found)
}

/// Returns " at our net of $560.00", or nothing for what the customer pays.
fn whose_net(case: &PricedDeal<'_, '_>, side: MoneySide, net: Money) -> String {
    match side {
        MoneySide::Customer => String::new(),
        MoneySide::Ours => format!(" at our net of {}", case.show(net)),
    }
}

const fn at_net(side: MoneySide) -> &'static str {
    match side {
        MoneySide::Customer => "",
        MoneySide::Ours => " at our net",
    }
}

/// Returns the words for a discount of the deal, or of one of its lines, that is more than a share of the list
/// price, at the customer's price or at our net. Lines that count together and end at the same prices are one line.
/// Services have no discount, and take nothing from that of the lines; and neither does use that nobody commits to.
fn discount_above(
    case: &PricedDeal<'_, '_>,
    money: &Measured,
    most: Rate,
    when: &Condition,
) -> Option<String> {
    let (all, side) = money.largest(|side| side.list - side.net);
    // Compared as amounts, not as a rounded percentage.
    let is_above = |(list, net): (Money, Money)| list - net > most.of(list);
    if when.metrics.is_empty() && is_above((all.list, all.net)) {
        let share = share_above(all.list, all.net, most);
        return Some(format!(
            "{share} off list{}, more than {most}",
            whose_net(case, side, all.net)
        ));
    }
    let ours = money.ours.as_ref().map(|ours| (ours, MoneySide::Ours));
    let sides = std::iter::once((&money.customer, MoneySide::Customer)).chain(ours);
    let above = sides.flat_map(|(side, whose)| {
        let lines = lines_as_one(case, side).into_iter();
        let lines = lines.filter(|(at, _)| when.is_for(case.deal.lines[*at].metric.name()));
        lines.filter(|(_, line)| is_above(*line)).map(move |(at, line)| (at, line, whose))
    });
    let (at, (list, net), whose) =
        above.max_by_key(|(_, (list, net), _)| Share::off(*list, *net))?;
    let (share, title) = (share_above(list, net, most), &case.deal.lines[at].metric.title);
    let at_net = whose_net(case, whose, net);
    Some(format!("{title}: {share} off list{at_net}, more than {most}"))
}

/// Returns the words for a margin of the deal, or of one of its lines, that is less than a share of the net price, at
/// the customer's price or at our net. Lines whose metric states no cost, and services, have no margin.
fn margin_below(
    case: &PricedDeal<'_, '_>,
    money: &Measured,
    least: Rate,
    when: &Condition,
) -> Option<String> {
    let sides = std::iter::once((&money.customer, MoneySide::Customer));
    let sides = sides.chain(money.ours.as_ref().map(|ours| (ours, MoneySide::Ours)));
    let words = |costed: CostedMoney, whose| {
        let (margin, at_net) =
            (Share::off(costed.net, costed.cost), whose_net(case, whose, costed.net));
        format!("margin of {margin}{at_net}, less than {least}")
    };
    for (side, whose) in sides {
        if when.metrics.is_empty() && side.costed.is_margin_below(least) {
            return Some(words(side.costed, whose));
        }
        let lines = case.deal.lines.iter().zip(&side.lines);
        let mut mine = lines.filter(|(line, _)| when.is_for(line.metric.name()));
        if let Some((line, money)) = mine.find(|(_, it)| it.costed.is_margin_below(least)) {
            return Some(format!("{}: {}", line.metric.title, words(money.costed, whose)));
        }
    }
    None
}

/// Returns the list and the net price of each line, and those of lines that count together and end at the same
/// prices as one, with the place of the first.
fn lines_as_one(case: &PricedDeal<'_, '_>, side: &MeasuredMoney) -> Vec<(usize, (Money, Money))> {
    let mut lines: BTreeMap<LineKey, (Money, Money)> = BTreeMap::new();
    for (at, line) in side.lines.iter().enumerate() {
        let (list, net) = lines.entry(line_key(case, at)).or_default();
        (*list, *net) = (*list + line.list, *net + line.net);
    }
    lines.into_iter().map(|((at, _), line)| (at, line)).collect()
}

/// First of the lines that count together, and the price that was agreed in each run of years.
type LineKey = (usize, Vec<(u32, Option<Money>)>);

fn line_key(case: &PricedDeal<'_, '_>, at: usize) -> LineKey {
    let mut agreed: Vec<(u32, Option<Money>)> = Vec::new();
    for PricedSegment { segment, .. } in &case.pricing.lines[at].segments {
        let years = segment.length.years();
        // The engine finds an agreed price that is the price of the book.
        let own = segment.pool.as_ref().map_or(segment.agreed_price(), PoolShare::agreed_price);
        match agreed.last_mut() {
            Some((run, price)) if *price == own => *run += years,
            _ => agreed.push((years, own)),
        }
    }
    (case.deal.counted_with(at).next().unwrap_or(at), agreed)
}

/// Returns the share of `net` below `list` in percent, with as many digits as show that it is above `most`.
fn share_above(list: Money, net: Money, most: Rate) -> String {
    let shares = |places| Ratio::of(list - net, list, places).filter(|share| share.is_above(most));
    match (SHARE_PLACES..=MOST_SHARE_PLACES).find_map(|places| Some((places, shares(places)?))) {
        Some((SHARE_PLACES, _)) => Share::off(list, net).to_string(),
        Some((_, share)) => share.to_string(),
        None => format!("just above {most}"),
    }
}

fn report<'b>(guardrail: &'b Guardrail, found: &str, sink: &mut dyn VerdictSink<'b>) {
    let reason = format_args!("{} ({found})", guardrail.reason);
    if guardrail.refuse {
        sink.refuse(&guardrail.rule, reason);
    }
    sink.require(&guardrail.approval, &guardrail.rule, reason);
}

/// Judges the sums of several deals by the guardrails that measure an ACV or a TCV. The other facts of such a guardrail
/// are those of one deal, because deals whose terms differ so much that they cannot be one have no common discount or
/// term. Contracts that follow each other have one term: the first and the last of `days`.
pub fn of_sums<'b>(
    book: &'b PriceBook,
    deals: &[&Deal<'b>],
    (acv, tcv): (Total, Total),
    days: Option<(Date, Date)>,
) -> Verdict {
    let mut verdict = Verdict::default();
    for guardrail in &book.guardrails {
        let (mut sums, mut others) = (Vec::new(), Vec::new());
        for measure in guardrail.measures() {
            match measure {
                DealMeasure::Acv(most) => sums.push(("ACV", acv, most)),
                DealMeasure::Tcv(most) => sums.push(("TCV", tcv, most)),
                DealMeasure::Discount(_) | DealMeasure::Term(_) | DealMeasure::Margin(_) => {
                    others.push(measure);
                }
            }
        }
        if sums.is_empty() || sums.iter().any(|(_, sum, most)| *sum <= (*most).into()) {
            continue;
        }
        let has_others = |deal: &Deal<'b>| {
            let pricing = price(deal);
            let money = Measured::committed(deal, &pricing);
            let longer = days.map(|(begins, ends)| deal.with_days(begins, ends));
            let case = PricedDeal { deal: longer.as_ref().unwrap_or(deal), pricing: &pricing };
            let holds = |measure: &DealMeasure| beyond(&case, &money, *measure, &guardrail.when);
            others.iter().all(|measure| holds(measure).is_some())
                && other_facts(deal, &guardrail.when).is_some()
        };
        let mut deals = deals.iter().filter(|deal| std::ptr::eq(deal.book, book));
        if !deals.any(|deal| has_others(deal)) {
            continue;
        }
        let found = sums.into_iter().map(|(measure, sum, most)| {
            let (sum, most) = (book.currency.show_total(sum), book.currency.show(most));
            format!("{measure} of {sum} in all, more than {most}")
        });
        report(guardrail, &found.collect::<Vec<_>>().join("; "), &mut verdict);
    }
    verdict
}
