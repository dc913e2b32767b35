//! Partner that a deal is sold through.

use super::{Resolver, text};
use crate::book::{Channel, ChannelTerms};
use crate::deal::{Partner, PartnerTerms};
use crate::text::diagnostic::Code;

impl<'b> Resolver<'b, '_> {
    pub(super) fn partner(&mut self) -> Option<Partner<'b>> {
        let draft = self.draft.partner.as_ref()?;
        let asked = &draft.channel;
        let kind = (Code::UnknownChannel, "channel");
        let channel = self.find(asked, &self.book.channels, |it| &it.name, kind)?;
        let Channel { name, title, .. } = channel;
        let terms = match channel.terms {
            ChannelTerms::Discount { rates, base } => {
                if let Some(revenue) = &draft.revenue {
                    let message = format!(
                        "the partner of {title} buys at a discount, not for a share of revenue"
                    );
                    self.fault(Code::Conflict, &revenue.place, message, "remove the revenue");
                }
                if let Some(basis) = &draft.basis {
                    let message = format!("the partner of {title} shares no revenue");
                    self.fault(Code::Conflict, &basis.place, message, "remove the basis");
                }
                if draft.rate.is_none() && !draft.error_reported {
                    let message = format!("the channel \"{name}\" needs a rate");
                    let hint = format!("add a rate within {rates}, such as \"{}\"", rates.from);
                    self.fault(Code::MissingKey, &asked.place, message, hint);
                }
                PartnerTerms::Discount { rate: draft.rate.as_ref()?.value, base }
            }
            ChannelTerms::RevenueShare(share) => {
                if let Some(rate) = &draft.rate {
                    let message = format!("the partner of {title} pays a share of its revenue");
                    let hint = format!("remove the rate: the book sets the share, {share}");
                    self.fault(Code::Conflict, &rate.place, message, hint);
                }
                if draft.revenue.is_none() && !draft.error_reported {
                    let message = format!("the channel \"{name}\" needs the partner's revenue");
                    let hint = "add the partner's yearly revenue from its own customers: revenue \
                                = \"5000000.00\", or --revenue";
                    self.fault(Code::MissingKey, &asked.place, message, hint);
                }
                PartnerTerms::RevenueShare { share, revenue: draft.revenue.as_ref()?.value }
            }
        };
        Some(Partner {
            channel,
            name: text(draft.name.as_ref()),
            terms,
            basis: text(draft.basis.as_ref()),
        })
    }
}
