//! The places of a book that name an approval: a level, a review, or both.

use crate::book::{
    ApprovalNeed, Channel, Clause, Discount, DiscountStep, GrantTerms, Guardrail, Incentive,
    IncludedShare, LaterStart, Metric, PriceBook, Program, Rule, Service,
};

/// Place of a book that names an approval.
#[derive(Debug, Clone, Copy)]
pub enum ApprovalPlace<'b> {
    Metric(&'b Metric),
    LateStart(&'b LaterStart),
    Step(&'b Discount, &'b DiscountStep),
    Program(&'b Discount, &'b Program),
    Grant(&'b Discount, &'b Program, &'b GrantTerms),
    Channel(&'b Channel),
    Incentive(&'b Channel, &'b Incentive),
    Service(&'b Service, &'b IncludedShare),
    Clause(&'b Clause),
    Guardrail(&'b Guardrail),
}

impl<'b> ApprovalPlace<'b> {
    pub const fn need(&self) -> &'b ApprovalNeed {
        match self {
            Self::Metric(metric) => &metric.approval,
            Self::LateStart(later) => &later.approval,
            Self::Step(_, step) => &step.approval,
            Self::Program(_, program) => &program.approval,
            Self::Grant(_, _, grant) => &grant.approval,
            Self::Channel(channel) => &channel.approval,
            Self::Incentive(_, incentive) => &incentive.approval,
            Self::Service(_, share) => &share.approval,
            Self::Clause(clause) => &clause.approval,
            Self::Guardrail(guardrail) => &guardrail.approval,
        }
    }

    /// Returns the line of the book that a requirement names.
    pub const fn rule(&self) -> &'b Rule {
        match self {
            Self::Metric(metric) => &metric.rule,
            Self::LateStart(later) => &later.rule,
            Self::Step(_, step) => &step.rule,
            Self::Program(_, program) => &program.rule,
            Self::Grant(_, _, grant) => &grant.rule,
            Self::Channel(channel) => &channel.rule,
            Self::Incentive(_, incentive) => &incentive.rule,
            Self::Service(service, _) => &service.rule,
            Self::Clause(clause) => &clause.rule,
            Self::Guardrail(guardrail) => &guardrail.rule,
        }
    }

    /// Returns the title for readers, such as "Lighthouse customer".
    pub(super) fn title(&self) -> String {
        match self {
            Self::Metric(metric) => metric.title.clone(),
            Self::LateStart(later) => format!("a start more than {} days ahead", later.days),
            Self::Step(discount, step) => match &step.range {
                Some(range) => format!("{} ({range})", discount.title),
                None if step.choices.is_empty() => discount.title.clone(),
                None => format!("{} ({})", discount.title, step.choices.join(", ")),
            },
            Self::Program(_, program) => program.title.clone(),
            Self::Grant(_, program, _) => format!("a late grant of {}", program.title),
            Self::Channel(channel) => channel.title.clone(),
            Self::Incentive(channel, incentive) => {
                format!("{} of {}", incentive.title, channel.title)
            }
            Self::Service(service, _) => service.title.clone(),
            Self::Clause(clause) => clause.title.clone(),
            Self::Guardrail(guardrail) => guardrail.rule.id.clone(),
        }
    }
}

/// Returns every place of a book that names an approval.
pub fn approval_places(book: &PriceBook) -> impl Iterator<Item = ApprovalPlace<'_>> {
    use ApprovalPlace as Place;
    let discounts = book.discounts.iter();
    let steps = discounts.flat_map(|it| it.rows().iter().map(move |step| Place::Step(it, step)));
    let programs = book.programs().map(|(discount, program)| Place::Program(discount, program));
    let grants = book.programs().filter_map(|(discount, program)| {
        Some(Place::Grant(discount, program, program.grant.as_ref()?))
    });
    let services = book.services.iter();
    let shares = services.filter_map(|it| Some(Place::Service(it, it.included_share.as_ref()?)));
    let late = book.commitment.start_after.iter().map(Place::LateStart);
    let all = late.chain(book.metrics().iter().map(Place::Metric)).chain(steps).chain(programs);
    let channels = book.channels.iter();
    let incentives = channels
        .clone()
        .flat_map(|channel| channel.incentives.iter().map(move |it| Place::Incentive(channel, it)));
    let all = all.chain(grants).chain(channels.map(Place::Channel)).chain(incentives);
    let all = all.chain(shares);
    let all = all.chain(book.clauses.iter().map(Place::Clause));
    let all = all.chain(book.guardrails.iter().map(Place::Guardrail));
    all.filter(|place| !place.need().is_nothing())
}
