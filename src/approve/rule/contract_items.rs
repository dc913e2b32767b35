//! Partners, services and clauses: items of a contract beside its price. Each has an approval of its own in
//! the book. None depends on the quantity, the rates or the term of the deal, but for a share of revenue, which is
//! compared with the price of the lines, and a service of which the book includes a share of the contract.

use crate::approve::{ApprovalRule, Direction, PricedDeal, Promise, Verdict, VerdictSink};
use crate::book::{
    BeyondIncluded, Channel, ChannelAsks, ChannelTerms, ClauseClass, Incentive, Metric, PriceBook,
    Service,
};
use crate::deal::{Deal, Partner, PartnerTerms};
use crate::number::{Money, Total};
use crate::price::{Measured, price};
use std::fmt;

/// Asks for the approval of a channel and of its incentives, and refuses a partner's rate outside the range of the channel, a share of a
/// revenue of which nobody knows the basis, and a partner that is the customer.
///
/// The playbook gives the ranges: resellers 30-35% (L611), managed service providers 30-40% (L623), OEM 70/30
/// of the provider's revenue (L605). Each point of such a rate is our margin, so a rate beyond its range is
/// refused rather than approved: the playbook names nobody who could grant it. Rates that the book fixes leave nothing to
/// agree on, and an incentive that a deal claims asks for its own approval. Within the range, each point above
/// the least is a discount like any other, and a share of revenue can be less than the price of the lines, so
/// the book says from where on somebody has to agree. A customer that is its own partner would give itself that
/// discount.
#[derive(Debug)]
pub struct ChannelRule;

impl ApprovalRule for ChannelRule {
    fn judge<'b>(&self, case: &PricedDeal<'_, 'b>, sink: &mut dyn VerdictSink<'b>) {
        let Some(partner) = &case.deal.partner else { return };
        let channel = partner.channel;
        let (title, rule) = (&channel.title, &channel.rule);
        if let ChannelTerms::Discount { rates, base } = channel.terms
            && let PartnerTerms::Discount { agreed: Some(rate), .. } = partner.terms
            && !rates.contains(rate)
        {
            let base = base.title();
            let message = format_args!("{title} gets {rates} off {base}, and this deal has {rate}");
            sink.refuse(rule, message);
        }
        if let Some(customer) = case.deal.customer().filter(|customer| partner.is_named(customer)) {
            sink.refuse(rule, format_args!("the partner is the customer: {customer}"));
        }
        if channel.basis_required && partner.basis.is_none() {
            let message = "the deal does not state the basis of the partner's revenue, such as a \
                           report or a price list";
            sink.refuse(rule, format_args!("{message}"));
        }
        for incentive in &partner.claimed {
            let Incentive { title, rate, .. } = incentive;
            let reason = format_args!("{title}: the partner claims {rate}");
            sink.require(&incentive.approval, &incentive.rule, reason);
        }
        let money = Measured::of(case.deal, case.pricing);
        let ours = money.our_net();
        let is_asked = match (channel.asks, partner.terms) {
            (ChannelAsks::Always, _) => true,
            (ChannelAsks::Above(free), PartnerTerms::Discount { agreed, .. }) => {
                agreed.is_some_and(|rate| rate > free)
            }
            (ChannelAsks::BelowLines, _) => ours.net < money.customer.net,
            (ChannelAsks::Above(_), PartnerTerms::RevenueShare { .. }) => false,
        };
        if is_asked {
            let sold = SoldThrough {
                partner,
                terms: partner.terms,
                list: ours.list.into(),
                ours: ours.net.into(),
                lines: money.customer.net.into(),
            };
            sold.ask(case.deal.book, sink);
        }
    }

    fn promises<'b>(&self, book: &'b PriceBook, _: &Metric) -> Vec<Promise<'b>> {
        let promise = |channel: &'b Channel| {
            let promise = Promise::constant(&channel.rule);
            match channel.asks {
                ChannelAsks::Always | ChannelAsks::Above(_) => promise,
                // The share is the same, and the price of the lines grows with the quantity.
                ChannelAsks::BelowLines => {
                    promise.directions([Direction::Rises, Direction::Falls, Direction::TurnsOnce])
                }
            }
        };
        let incentives = book.channels.iter().flat_map(|channel| &channel.incentives);
        let incentives = incentives.map(|incentive| Promise::constant(&incentive.rule));
        book.channels.iter().map(promise).chain(incentives).collect()
    }
}

/// Money of one deal through a channel, or of several.
struct SoldThrough<'d, 'b> {
    partner: &'d Partner<'b>,
    terms: PartnerTerms,
    list: Total,
    /// Our net: what the partner pays.
    ours: Total,
    /// The price of the lines.
    lines: Total,
}

impl<'b> SoldThrough<'_, 'b> {
    fn ask(&self, book: &PriceBook, sink: &mut dyn VerdictSink<'b>) {
        let channel = self.partner.channel;
        let asked = fmt::from_fn(|f| match self.terms {
            PartnerTerms::Discount { base, .. } => {
                write!(f, "{} off {}", self.partner.rates_in_words(), base.title())
            }
            PartnerTerms::RevenueShare { share, revenue } => {
                let revenue = book.currency.show(revenue);
                write!(f, "{share} of the partner's revenue of {revenue} per year")
            }
        });
        let show = |sum| book.currency.show_total(sum);
        let compared = fmt::from_fn(|f| match channel.asks {
            ChannelAsks::Always => Ok(()),
            ChannelAsks::Above(free) => write!(f, "; {free} needs no approval"),
            ChannelAsks::BelowLines => {
                write!(f, ", less than the {} of the lines", show(self.lines))
            }
        });
        let (title, net, off) = (&channel.title, show(self.ours), self.list.off(self.ours));
        let reason = format_args!(
            "Sold through {title} at {asked}: our net is {net}, {off} off list{compared}"
        );
        sink.require(&channel.approval, &channel.rule, reason);
    }
}

/// Judges several deals of one partner that share one revenue with us: our share of it against the price of all lines.
pub fn of_one_revenue(deals: &[&Deal<'_>], terms: PartnerTerms, ours: Money) -> Verdict {
    let mut verdict = Verdict::default();
    let Some((deal, partner)) = deals.first().and_then(|it| Some((it, it.partner.as_ref()?)))
    else {
        return verdict;
    };
    let (mut list, mut lines) = (Total::default(), Total::default());
    for deal in deals {
        let money = Measured::of(deal, &price(deal)).customer;
        list.add(money.list);
        lines.add(money.net);
    }
    let ours = ours.into();
    if partner.channel.asks == ChannelAsks::BelowLines && ours < lines {
        SoldThrough { partner, terms, list, ours, lines }.ask(deal.book, &mut verdict);
    }
    verdict
}

/// Refuses a service beyond the value that a contract includes, where the book does not price the rest.
///
/// The playbook includes migration services up to $100K (L505, L1940), and says nothing about more. A book
/// decides with `beyond = "priced"` or `beyond = "refused"`; ours prices the rest. Including a service costs us its
/// value, like a discount of as much: beyond a share of the contract somebody agrees.
#[derive(Debug)]
pub struct ServiceRule;

impl ApprovalRule for ServiceRule {
    fn judge<'b>(&self, case: &PricedDeal<'_, 'b>, sink: &mut dyn VerdictSink<'b>) {
        for priced in &case.pricing.services {
            let service = priced.service;
            if service.beyond == BeyondIncluded::Refused && !priced.price.is_zero() {
                let message = format_args!(
                    "{}: the largest value is {}, and this deal has {}",
                    service.title,
                    case.show(service.included),
                    case.show(priced.value)
                );
                sink.refuse(&service.rule, message);
            }
            if let (Some(need), Some(share)) = (priced.needs(), &service.included_share) {
                let (included, net) = (case.show(priced.included), case.show(priced.net.amount));
                let (title, share, whose) = (&service.title, share.share, priced.net.whose());
                let reason = format_args!(
                    "{title}: {included} included, more than {share} of the committed TCV of {net} \
                     {whose}"
                );
                sink.require(need, &service.rule, reason);
            }
        }
    }

    fn promises<'b>(&self, book: &'b PriceBook, _: &Metric) -> Vec<Promise<'b>> {
        let promise = |service: &'b Service| {
            let mut promise = Promise::constant(&service.rule);
            if service.included_share.is_some() {
                // A larger order has more room for a service, and a larger discount less.
                promise.quantity.between = Direction::Falls;
                promise.rate.between = Direction::Rises;
                promise.term.between = Direction::Falls;
            }
            promise
        };
        book.services.iter().map(promise).collect()
    }
}

/// Asks for the approval of every clause that is not standard, and refuses clauses that are never given.
///
/// The playbook has standard terms (L1893-L1900), negotiable terms case by case (L1902-L1906), and red lines
/// that need the SVP (L1908-L1912). A clause changes what the contract can cost us later, at any price: a
/// liability cap of 24 months doubles the damage, a most favored customer ties all other prices to
/// this deal. So free licenses need these approvals too. A clause with a rate needs none up to the rate that is
/// standard: SLA credits are 10-20% of monthly fees (L223). Unlimited liability is never given: the cap is 12
/// to 24 months of fees (L1909).
#[derive(Debug)]
pub struct ClauseRule;

impl ApprovalRule for ClauseRule {
    fn judge<'b>(&self, case: &PricedDeal<'_, 'b>, sink: &mut dyn VerdictSink<'b>) {
        for asked in &case.deal.clauses {
            let clause = asked.clause;
            let reason = clause.reason.as_deref().map(|reason| format!(": {reason}"));
            let message = format_args!("{}{}", asked.title(), reason.unwrap_or_default());
            if clause.class == ClauseClass::Never {
                sink.refuse(&clause.rule, message);
            } else if let Some(need) = asked.needs() {
                sink.require(need, &clause.rule, message);
            }
        }
    }

    fn promises<'b>(&self, book: &'b PriceBook, _: &Metric) -> Vec<Promise<'b>> {
        book.clauses.iter().map(|clause| Promise::constant(&clause.rule)).collect()
    }
}
