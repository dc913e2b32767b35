//! Partner that a deal is sold through.

use super::{Resolver, text};
use crate::book::{Channel, ChannelBase, ChannelTerms, Incentive, PartnerSale};
use crate::deal::{DraftPartner, Line, Partner, PartnerTerms};
use crate::number::{Rate, RateRange};
use crate::table::unknown;
use crate::text::diagnostic::Code;

impl<'b> Resolver<'b, '_> {
    pub(super) fn partner(&mut self) -> Option<Partner<'b>> {
        let draft = self.draft.partner.as_ref()?;
        let asked = &draft.channel;
        let kind = (Code::UnknownChannel, "channel");
        let channel = self.find(asked, &self.book.channels, |it| &it.name, kind)?;
        let terms = match channel.terms {
            ChannelTerms::Discount { rates, base } => self.agreed(draft, channel, rates, base),
            ChannelTerms::FixedRates { base } => Some(self.fixed(draft, channel, base)),
            ChannelTerms::RevenueShare(share) => self.shared(draft, channel, share),
        };
        let sale = draft.sale.as_ref().map(|sale| sale.value).unwrap_or_default();
        let level = self.level(draft, channel);
        let claimed = match level {
            Ok(level) => self.claimed(draft, channel, (level, sale)),
            Err(()) => Vec::new(),
        };
        Some(Partner {
            channel,
            name: text(draft.name.as_ref()),
            terms: terms?,
            level: level.unwrap_or_default(),
            sale,
            claimed,
            basis: text(draft.basis.as_ref()),
        })
    }

    fn agreed(
        &mut self,
        draft: &DraftPartner,
        channel: &Channel,
        rates: RateRange,
        base: ChannelBase,
    ) -> Option<PartnerTerms> {
        self.report_revenue(draft, channel);
        if draft.rate.is_none() && !draft.error_reported {
            let message = format!("the channel \"{}\" needs a rate", channel.name);
            let hint = format!("add a rate within {rates}, such as \"{}\"", rates.from);
            self.fault(Code::MissingKey, &draft.channel.place, message, hint);
        }
        Some(PartnerTerms::Discount { agreed: Some(draft.rate.as_ref()?.value), base })
    }

    fn fixed(
        &mut self,
        draft: &DraftPartner,
        channel: &Channel,
        base: ChannelBase,
    ) -> PartnerTerms {
        self.report_revenue(draft, channel);
        if let Some(rate) = &draft.rate {
            let message = format!("the book fixes the rates of {}", channel.title);
            self.fault(Code::Conflict, &rate.place, message, "remove the rate");
        }
        PartnerTerms::Discount { agreed: None, base }
    }

    fn report_revenue(&mut self, draft: &DraftPartner, Channel { title, .. }: &Channel) {
        if let Some(revenue) = &draft.revenue {
            let message =
                format!("the partner of {title} buys at a discount, not for a share of revenue");
            self.fault(Code::Conflict, &revenue.place, message, "remove the revenue");
        }
        if let Some(basis) = &draft.basis {
            let message = format!("the partner of {title} shares no revenue");
            self.fault(Code::Conflict, &basis.place, message, "remove the basis");
        }
    }

    fn shared(
        &mut self,
        draft: &DraftPartner,
        Channel { name, title, .. }: &Channel,
        share: Rate,
    ) -> Option<PartnerTerms> {
        if let Some(rate) = &draft.rate {
            let message = format!("the partner of {title} pays a share of its revenue");
            let hint = format!("remove the rate: the book sets the share, {share}");
            self.fault(Code::Conflict, &rate.place, message, hint);
        }
        if draft.revenue.is_none() && !draft.error_reported {
            let message = format!("the channel \"{name}\" needs the partner's revenue");
            let hint = "add the partner's yearly revenue from its own customers: revenue = \
                        \"5000000.00\", or --revenue";
            self.fault(Code::MissingKey, &draft.channel.place, message, hint);
        }
        Some(PartnerTerms::RevenueShare { share, revenue: draft.revenue.as_ref()?.value })
    }

    /// Returns the level of the partner, or an error where that was reported.
    fn level(&mut self, draft: &DraftPartner, channel: &'b Channel) -> Result<Option<&'b str>, ()> {
        let Channel { name, title, levels, .. } = channel;
        match (&draft.level, levels.first()) {
            (None, None) => Ok(None),
            (Some(level), None) => {
                let message = format!("{title} has no levels of partners");
                self.fault(Code::Conflict, &level.place, message, "remove the level");
                Err(())
            }
            (None, Some(first)) => {
                let message = format!("the channel \"{name}\" needs the level of the partner");
                let hint = format!(
                    "add one of {}: level = \"{first}\", or --partner-level",
                    levels.join(", ")
                );
                self.fault(Code::MissingKey, &draft.channel.place, message, hint);
                Err(())
            }
            (Some(asked), Some(_)) => {
                let kind = (Code::UnknownChoice, "partner level");
                self.find(asked, levels, |it| it, kind).map(|level| Some(level.as_str())).ok_or(())
            }
        }
    }

    /// Returns the incentives that the deal claims, and reports those that it cannot have.
    fn claimed(
        &mut self,
        draft: &DraftPartner,
        channel: &'b Channel,
        (level, sale): (Option<&str>, PartnerSale),
    ) -> Vec<&'b Incentive> {
        for (at, asked) in draft.incentives.iter().enumerate() {
            let before = draft.incentives[..at].iter();
            self.check_new(asked, before, "incentive", "remove one of them");
            let Some(incentive) = channel.incentives.iter().find(|it| it.name == asked.value)
            else {
                let names = channel.incentives.iter().map(|it| it.name.as_str());
                self.faults.push(unknown(Code::UnknownChoice, "incentive", asked, names));
                continue;
            };
            let title = &incentive.title;
            if incentive.automatic {
                let message = format!("{title} needs no claim: the book gives it by itself");
                self.fault(Code::Conflict, &asked.place, message, "remove it");
            } else if !incentive.scope.is_for(level, sale) {
                let (only, mine) = (incentive.scope.words(), level.unwrap_or_default());
                let sale = match sale {
                    PartnerSale::New => "new sale",
                    PartnerSale::Renewal => "renewal",
                };
                let deal = format!("{mine} {sale}");
                let message = format!("{title} is for {only}, and this deal is a {}", deal.trim());
                self.fault(Code::Conflict, &asked.place, message, "remove it");
            }
        }
        let is_claimed =
            |it: &&Incentive| draft.incentives.iter().any(|asked| asked.value == it.name);
        channel.incentives.iter().filter(is_claimed).collect()
    }

    /// Reports a partner whose rates come to more than everything.
    pub(super) fn check_partner(&mut self, partner: Option<&Partner<'_>>, lines: &[Line<'_>]) {
        let (Some(partner), Some(draft)) = (partner, &self.draft.partner) else { return };
        let all = Rate::ONE.millionths();
        let sum = |rates: &mut dyn Iterator<Item = Rate>| {
            rates.map(Rate::millionths).fold(0, u32::saturating_add)
        };
        for metric in lines.iter().map(|line| line.metric) {
            let points = partner.points_for(metric).map(|it| it.rate);
            let off = sum(&mut points.chain([partner.own_rate(metric).0]));
            let back = sum(&mut partner.rebates_for(metric).map(|it| it.rate));
            if off.max(back) > all {
                let what = if off > all { "rate and incentives" } else { "rebates" };
                let title = &metric.title;
                let message = format!("{title}: the partner's {what} come to more than 100%");
                let hint = "claim fewer incentives";
                return self.fault(Code::Conflict, &draft.channel.place, message, hint);
            }
        }
    }
}
