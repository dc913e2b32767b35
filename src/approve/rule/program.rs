//! Programs: strategic discounts and licenses for customers of a kind.
//!
//! The playbook gives every strategic discount to an approver by name (L1788-L1792): first customer in a
//! vertical or region, lighthouse and large deal to the SVP, competitive displacement to the VP. They
//! are negotiated, so the rate is the salesperson's word, and each point of it is given beyond everything that
//! the price list gives by itself. A rate above the most of a program is outside policy: the playbook
//! says "up to", and names nobody above. Large deals start above $1M ARR (L1792), measured before any program,
//! because a discount must not take away the reason for which it is given. Of a deal through a partner, the ARR that
//! reaches us has to be as large. Academic licenses have limits of nodes and what the institution has to be
//! (L907-L925). They are for customers of a segment, and ask for a review with evidence: a word in a deal file
//! makes nobody a university.

use crate::approve::{
    ApprovalRule, DealThreshold, Direction, PriceBelowPolicy, PricedDeal, Promise, Verdict,
    VerdictSink,
};
use crate::book::{DiscountBase, DiscountCondition, Metric, PriceBook, Program};
use crate::deal::{Deal, Line, ProgramClaim, YearRun, begins_with_words};
use crate::number::{Interval, Money, Quantity, Share};
use crate::price::{MoneySide, PricedLine, SMALLEST_RATE, arr_before_programs};
use std::fmt::{self, Arguments};

/// Asks for the approval of programs that lower a price, and refuses claims beyond their conditions.
#[derive(Debug)]
pub struct ProgramRule;

impl ApprovalRule for ProgramRule {
    fn judge<'b>(&self, case: &PricedDeal<'_, 'b>, sink: &mut dyn VerdictSink<'b>) {
        let claims: Vec<_> =
            case.deal.claims.iter().filter(|claim| case.has_effect(claim)).collect();
        for discount in &case.deal.book.discounts {
            let DiscountCondition::Program { at_most, .. } = discount.condition else { continue };
            let mine = claims.iter().filter(|claim| claim.discount.name == discount.name);
            let names: Vec<_> = mine.map(|claim| claim.program.name.as_str()).collect();
            if names.len() > at_most as usize {
                let s = if at_most == 1 { "" } else { "s" };
                let (found, names) = (names.len(), names.join(", "));
                let message = format_args!(
                    "a quote may have at most {at_most} program{s}, and this one has {found}: {names}"
                );
                sink.refuse(&discount.rule, message);
            }
        }
        for claim in claims {
            conditions(case, claim, sink);
        }
        negotiated(case, sink);
    }

    fn promises<'b>(&self, book: &'b PriceBook, metric: &Metric) -> Vec<Promise<'b>> {
        let discounts = book.discounts.iter().filter(|it| it.applies_to(metric.name()));
        let promises = discounts.filter(|it| !it.is_automatic()).flat_map(|discount| {
            let count = Promise::constant(&discount.rule).rates([SMALLEST_RATE]);
            let grants = discount.programs().iter().filter_map(|program| program.grant.as_ref());
            let grants = grants.map(|terms| Promise::constant(&terms.rule).rates([SMALLEST_RATE]));
            std::iter::once(count).chain(discount.programs().iter().map(promise)).chain(grants)
        });
        promises.collect()
    }
}

fn promise(program: &Program) -> Promise<'_> {
    let beyond_most = u64::from(program.max_rate.millionths()) + 1;
    let promise = Promise::constant(&program.rule)
        .quantity_range(program.quantity)
        .rates([SMALLEST_RATE, beyond_most])
        .term_range(program.years);
    match program.arr_above {
        // More units reach the ARR, and more of the discounts before the program fall below it.
        Some(arr) => promise.depends_on(
            DealThreshold::ArrBeforePrograms(arr),
            [Direction::Falls, Direction::Rises, Direction::TurnsOnce],
        ),
        None => promise,
    }
}

/// Asks for the approval of a program, and refuses a claim beyond its rate, ARR, duties or incumbents.
fn conditions<'b>(
    case: &PricedDeal<'_, 'b>,
    claim: &ProgramClaim<'b>,
    sink: &mut dyn VerdictSink<'b>,
) {
    let program = claim.program;
    let most = program.max_rate;
    let rule = &program.rule;
    let asked = fmt::from_fn(|f| {
        if !claim.rate.is_zero() {
            return write!(f, "at {}", claim.rate);
        }
        let shares =
            case.below_policy().into_iter().map(|it| Share::off(it.step.base, it.step.price));
        let deepest = shares.max().unwrap_or_default();
        write!(f, "at a negotiated price, {deepest} below policy")
    });
    // A rate that is fixed leaves nothing to say about how far it goes.
    let goes = fmt::from_fn(|f| match program.rate {
        Some(_) => Ok(()),
        None => write!(f, "; the program allows up to {most}"),
    });
    let title = &program.title;
    let shown = fmt::from_fn(|f| match &program.evidence {
        Some(evidence) => write!(f, "; evidence: {evidence}"),
        None => Ok(()),
    });
    sink.require(&program.approval, rule, format_args!("{title} {asked}{goes}{shown}"));
    grant(case, claim, sink);
    if claim.rate > most {
        let message = format_args!("{title} allows up to {most}, and this deal has {}", claim.rate);
        sink.refuse(rule, message);
    }
    check_scope(case, claim, sink);
    let mut refuse = |message: Arguments<'_>| sink.refuse(rule, message);
    if let Some(floor) = program.arr_above {
        let (arr, side) = arr_before_programs(case.deal, case.pricing);
        if arr <= floor {
            let (floor, arr) = (case.show(floor), case.show(arr));
            let whose = if side == MoneySide::Ours { " at our net" } else { "" };
            refuse(format_args!(
                "{title} needs ARR above {floor} before the program, and this deal has {arr}{whose}"
            ));
        }
    }
    let missing = claim.missing_duties();
    if program.duties_required && !missing.is_empty() {
        let missing = missing.join(", ");
        refuse(format_args!("{title} needs {missing}, and the deal does not promise that"));
    }
    if !program.segments.is_empty() {
        let is_for = |segment: &str| program.segments.iter().any(|known| known == segment);
        let known = program.segments.join(" or ");
        match case.deal.segment() {
            None => refuse(format_args!(
                "{title} is for customers of {known}, and the deal does not name its segment"
            )),
            Some(segment) if !is_for(segment) => refuse(format_args!(
                "{title} is for customers of {known}, and this customer's segment is {segment}"
            )),
            Some(_) => {}
        }
    }
    let is_known =
        |name: &str| program.incumbents.iter().any(|known| begins_with_words(name, known));
    let other = case.deal.incumbents().into_iter().find(|name| !is_known(name));
    if let Some(other) = other.filter(|_| !program.incumbents.is_empty()) {
        let known = program.incumbents.join(" or ");
        refuse(format_args!("{title} is for {known}, and the incumbent is {other}"));
    }
}

/// Judges the length of a deal by the years of those programs that it claims and `is_judged` admits.
pub fn of_program_years(deal: &Deal<'_>, is_judged: impl Fn(&str) -> bool) -> Verdict {
    let mut verdict = Verdict::default();
    for claim in deal.claims.iter().filter(|claim| is_judged(&claim.program.name)) {
        check_years(deal, claim, &mut verdict);
    }
    verdict
}

fn check_years<'b>(deal: &Deal<'b>, claim: &ProgramClaim<'b>, sink: &mut dyn VerdictSink<'b>) {
    let Program { title, rule, .. } = claim.program;
    let (term, length) = (deal.term, deal.length());
    let is_for = |years: &Interval| {
        years.contains(term.count().into()) && years.contains(length.years_begun().into())
    };
    if let Some(years) = claim.program.years.filter(|years| !is_for(years)) {
        let years = years.of("year");
        let message = format_args!("{title} is for a term of {years}, and this deal has {length}");
        sink.refuse(rule, message);
    } else if let Some(years) = claim.program.years {
        // Years that do not count are no years of the commitment that the program requires.
        let is_short = |line: &&Line<'_>| u64::from(line.counted_years(term)) < years.from();
        let mut taken = deal.lines.iter().filter(|it| claim.applies_to(it.metric.name()));
        if let Some(line) = taken.find(is_short) {
            let (years, uncounted) = (years.of("year"), line.uncounted_words());
            let message = format_args!(
                "{title} is for a term of {years}, and this deal has {length}{uncounted}"
            );
            sink.refuse(rule, message);
        }
    }
}

/// Asks for the approval of a grant that comes long after the start: until then nothing is paid. The playbook
/// has payment 60 days after the funding is received (L1001), and no limit.
fn grant<'b>(case: &PricedDeal<'_, 'b>, claim: &ProgramClaim<'b>, sink: &mut dyn VerdictSink<'b>) {
    let Some((terms, grant)) = claim.program.grant.as_ref().zip(claim.grant.as_ref()) else {
        return;
    };
    let mut metrics = case.deal.lines.iter().map(|line| line.metric);
    let moves = |metric: &Metric| {
        let mine = case.deal.grant_for(metric);
        mine.is_some_and(|(known, _)| known.program.name == claim.program.name)
    };
    let first = case.deal.first_day();
    if grant.date > first.plus_days(terms.within_days) && metrics.any(moves) {
        let (title, days) = (&claim.program.title, terms.within_days);
        let (late, date, number) = (first.days_to(grant.date), grant.date, &grant.reference);
        let reason = format_args!(
            "{title}: payment counts from the grant of {date} ({number}), {late} days after the \
             start; up to {days} need no approval"
        );
        sink.require(&terms.approval, &terms.rule, reason);
    }
}

/// Refuses a claim outside the quantities, terms and ways to pay of a program, and others beside an exclusive one.
fn check_scope<'b>(
    case: &PricedDeal<'_, 'b>,
    claim: &ProgramClaim<'b>,
    sink: &mut dyn VerdictSink<'b>,
) {
    let Program { title, rule, .. } = claim.program;
    check_years(case.deal, claim, sink);
    if let Some(range) = claim.program.quantity {
        let taken = |metric: &&Metric| claim.applies_to(metric.name());
        for metric in case.deal.book.metrics().iter().filter(taken) {
            // All lines together: a limit is not passed by writing two of them.
            let mut years = case.deal.quantities_under(claim, metric).into_iter();
            let is_outside = |(_, quantity): &(YearRun, Quantity)| {
                !quantity.is_zero() && !range.contains(quantity.ceil())
            };
            if let Some((years, quantity)) = years.find(is_outside) {
                let (units, found) = (&metric.units, metric.count(quantity));
                let years = years.words();
                let message = format_args!(
                    "{title} is for {range} {units}, and this deal has {found}{years}"
                );
                sink.refuse(rule, message);
            }
        }
    }
    for line in &case.deal.lines {
        let paying = || case.deal.paying(line.metric);
        let is_missing = |name: &&String| !paying().contains(&Some(name.as_str()));
        let taken = claim.applies_to(line.metric.name());
        if let Some(name) = claim.program.payment.iter().find(is_missing).filter(|_| taken) {
            let found: Vec<_> = paying().into_iter().flatten().collect();
            let found = found.join(", ");
            sink.refuse(rule, format_args!("{title} is for {name}, and this deal has {found}"));
        }
    }
    excludes_others(case, claim, sink);
}

/// Refuses the other programs and discounts of a deal beside a claim of an exclusive program, of this deal or of another
/// one of its customer.
fn excludes_others<'b>(
    case: &PricedDeal<'_, 'b>,
    claim: &ProgramClaim<'b>,
    sink: &mut dyn VerdictSink<'b>,
) {
    let Program { title, rule, .. } = claim.program;
    let others = case.deal.claims.iter().any(|other| other.program.name != claim.program.name);
    if claim.program.exclusive && others {
        sink.refuse(rule, format_args!("{title} excludes every other program"));
    }
    if let Some((line, discount)) = discount_beside(case, claim) {
        let line = &line.metric.title;
        let message =
            format_args!("{title} excludes every other discount, and {line} has {discount}");
        sink.refuse(rule, message);
    }
}

/// Judges a deal beside the exclusive programs that another deal of its customer claims.
pub fn beside_exclusive<'b>(case: &PricedDeal<'_, 'b>, other: &PricedDeal<'_, 'b>) -> Verdict {
    let mut verdict = Verdict::default();
    let claims = other.deal.claims.iter().filter(|claim| claim.program.exclusive);
    for claim in claims.filter(|claim| other.has_effect(claim)) {
        excludes_others(case, claim, &mut verdict);
    }
    verdict
}

/// Returns a line beside those of an exclusive program, with the title of a discount that lowers its price. An academic
/// license is priced as the program says and no other discount applies (playbook L907-L925), so that a purchase beside
/// the license brings none either.
fn discount_beside<'c, 'b>(
    case: &'c PricedDeal<'_, 'b>,
    claim: &ProgramClaim<'b>,
) -> Option<(&'c Line<'b>, &'b str)> {
    if !claim.program.exclusive {
        return None;
    }
    let is_beside = |line: &&PricedLine<'b>| !claim.applies_to(line.line.metric.name());
    let can_be_withheld = |name: &str| {
        let mut discounts = case.deal.book.discounts.iter();
        discounts.any(|it| it.name == name && it.can_be_withheld())
    };
    case.pricing.lines.iter().filter(is_beside).find_map(|line| {
        let mut steps = line.segments.iter().flat_map(|segment| &segment.waterfall.steps);
        let step = steps.find(|step| step.amount < Money::ZERO && can_be_withheld(step.name))?;
        Some((&line.line, step.title))
    })
}

/// Refuses negotiated prices that lie further below the policy price than the claimed programs go.
fn negotiated<'b>(case: &PricedDeal<'_, 'b>, sink: &mut dyn VerdictSink<'b>) {
    for PriceBelowPolicy { metric, list, step } in case.below_policy() {
        let policy = case.deal.book.rounding.round(step.base, metric.places);
        let (asked, policy) = (case.show(step.price), case.show(policy));
        let mine = |claim: &&ProgramClaim<'_>| claim.applies_to(metric.name());
        let claims = case.deal.claims.iter().filter(mine);
        let Some(claim) = claims.max_by_key(|claim| claim.program.max_rate) else {
            let below = format_args!("{asked} is below the policy price of {policy}");
            sink.refuse(step.rule, format_args!("{below}, and no program of the deal allows it"));
            continue;
        };
        let base = match claim.discount.base {
            DiscountBase::Running => step.base,
            DiscountBase::List => list,
        };
        let program = claim.program;
        let least = step.base - program.max_rate.of(base);
        if step.price < case.deal.book.rounding.round(least, metric.places) {
            let message = format_args!(
                "{asked} is below the policy price of {policy} by more than the {} that {} allows",
                program.max_rate, program.title
            );
            sink.refuse(&program.rule, message);
        }
    }
}
