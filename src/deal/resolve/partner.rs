//! The partner that a deal is sold through.

use super::{Resolver, text};
use crate::book::{Channel, ChannelTerms};
use crate::deal::{DraftPartner, Partner, PartnerTerms};
use crate::table::unknown;
use crate::text::diagnostic::Code;

impl<'b> Resolver<'b, '_> {
    pub(super) fn partner(&mut self, draft: &DraftPartner) -> Option<Partner<'b>> {
        let channels = self.book.channels();
        let asked = &draft.channel;
        let Some(channel) = channels.iter().find(|channel| channel.name == asked.value) else {
            let names = channels.iter().map(Channel::name);
            self.faults.push(unknown(Code::UnknownChannel, "channel", asked, names));
            return None;
        };
        let terms = match channel.terms {
            ChannelTerms::Discount { rates, base } => {
                if let Some(revenue) = &draft.revenue {
                    let message = format!("the partner of {} buys at a rate off", channel.title);
                    let hint = "take the revenue out".to_owned();
                    self.fault(Code::Conflict, &revenue.place, message, hint);
                }
                if draft.rate.is_none() && !draft.error_reported {
                    let message = format!("the channel \"{}\" needs a rate", channel.name);
                    let hint = format!("agree one within {rates}, such as \"{}\"", rates.from());
                    self.fault(Code::MissingKey, &asked.place, message, hint);
                }
                PartnerTerms::Discount { rate: draft.rate.as_ref()?.value, base }
            }
            ChannelTerms::RevenueShare(share) => {
                if let Some(rate) = &draft.rate {
                    let message =
                        format!("the partner of {} pays a share of its revenue", channel.title);
                    let hint = format!("take the rate out: the share is {share}, by the book");
                    self.fault(Code::Conflict, &rate.place, message, hint);
                }
                if draft.revenue.is_none() && !draft.error_reported {
                    let message =
                        format!("the channel \"{}\" needs the partner's revenue", channel.name);
                    let hint = "add what the partner takes from its own customers in a year: \
                                revenue = \"5000000.00\", or --revenue";
                    self.fault(Code::MissingKey, &asked.place, message, hint.to_owned());
                }
                PartnerTerms::RevenueShare { share, revenue: draft.revenue.as_ref()?.value }
            }
        };
        Some(Partner { channel, name: text(draft.name.as_ref()), terms })
    }
}
