//! Years of a line, each with its quantity and its list price.

use super::Resolver;
use crate::book::{ListPrice, Metric, PricePeriod};
use crate::deal::{AgreedPrice, Draft, DraftLine, Segment};
use crate::number::{Length, Quantity};
use crate::text::diagnostic::{Code, Diagnostic};
use crate::text::source::Written;

impl<'b> Resolver<'b, '_> {
    /// Returns the years of a line, with equal years that follow each other in one segment.
    pub(super) fn segments(
        &mut self,
        draft: &DraftLine,
        metric: &'b Metric,
        edition: Option<&'b str>,
        committed: Option<Quantity>,
    ) -> Vec<Segment<'b>> {
        let periods: Vec<_> = if draft.years.is_empty() {
            vec![(&draft.quantity, &draft.agreed, &draft.place, self.timing.length)]
        } else {
            self.ramp(draft, metric);
            // What comes before the first whole year is like it.
            let first = Length::new(self.timing.length.part(), 1);
            let lengths = std::iter::once(first).chain(std::iter::repeat(Length::new(None, 1)));
            let years = draft.years.iter().zip(lengths);
            years
                .map(|(year, length)| (&year.quantity, &year.agreed, &year.place, length))
                .collect()
        };
        let counts_with_others = self.counts_with_others(draft, metric);
        let mut segments: Vec<Segment<'b>> = Vec::new();
        for (quantity, agreed, place, length) in periods {
            let Some(quantity) = quantity else {
                let hint = format!("add --quantity with the number of {}", metric.units);
                if !draft.error_reported {
                    self.fault(Code::MissingKey, place, "this line has no quantity", hint);
                }
                continue;
            };
            let Some(list) = self.list(quantity, metric, edition, counts_with_others) else {
                continue;
            };
            let charged = committed.map_or(quantity.value, |least| least.max(quantity.value));
            let expected = (charged > quantity.value).then_some(quantity.value);
            // What is committed is sold too: that has been looked at.
            let of_commitment =
                committed.filter(|_| expected.is_some() || metric.overage.is_some());
            let list = of_commitment
                .and_then(|_| metric.list_committed(charged, committed, edition))
                .unwrap_or(list);
            if !counts_with_others {
                self.check_terms(draft, metric, agreed.as_ref(), &list);
            }
            let fee = draft.fee.as_ref().map(|fee| fee.value);
            let (list, outside) = match (list.tier.fee, fee) {
                (Some(_), Some(fee)) => list.at_fee(fee),
                _ => (list, None),
            };
            let agreed = agreed.as_ref().map(|agreed| agreed.value);
            let agreed = agreed.or(outside.map(AgreedPrice::UnitPrice));
            match segments.last_mut() {
                Some(last)
                    if (last.quantity, last.expected, last.agreed)
                        == (charged, expected, agreed) =>
                {
                    last.length = last.length.and(length.years());
                }
                _ => {
                    segments.push(Segment {
                        length,
                        year: 1,
                        quantity: charged,
                        expected,
                        counted: charged,
                        list,
                        agreed,
                        fee,
                        uncounted_years: 0,
                        pool: None,
                        order: None,
                    });
                }
            }
        }
        segments
    }

    fn ramp(&mut self, draft: &DraftLine, metric: &Metric) {
        let (years, term) = (draft.years.len(), self.timing.length);
        if let PricePeriod::Once { .. } = metric.price_period {
            let message = format!("{} is bought once, so its years cannot differ", metric.title);
            self.fault(Code::Conflict, &draft.place, message, "use one quantity");
        } else if years as u64 != u64::from(term.years()) && self.timing.is_sure {
            let message = format!("the ramp has {years} years, but the term is {term}");
            let fault = Diagnostic::new(Code::Conflict, draft.place.clone(), message)
                .hint("add a quantity for each year of the term");
            let Draft { term, co_term_end, .. } = self.draft;
            let term = term.as_ref().map(|term| &term.place);
            let term = term.or(co_term_end.as_ref().map(|end| &end.place));
            self.faults.push(match term {
                Some(term) => fault.related(term.clone(), "the term"),
                None => fault,
            });
        }
    }

    /// Returns the list price of a quantity. A line that counts together with others can have fewer
    /// units than the book sells: then it is that of the first range, until all are counted.
    pub(super) fn list(
        &mut self,
        quantity: &Written<Quantity>,
        metric: &'b Metric,
        edition: Option<&'b str>,
        counts_with_others: bool,
    ) -> Option<ListPrice<'b>> {
        if !quantity.value.is_whole() && !metric.fractional {
            let message = format!("{} are sold in whole units", metric.units);
            let hint = match quantity.value.ceil() {
                1 => "write 1".to_owned(),
                up => format!("write {} or {up}", up - 1),
            };
            self.fault(Code::NotWhole, &quantity.place, message, hint);
            return None;
        }
        let least = metric.tiers.first().map_or(0, |tier| tier.quantity.from());
        let counted = match Quantity::whole(least) {
            Some(least) if counts_with_others => quantity.value.max(least),
            _ => quantity.value,
        };
        let list = metric.list_counted(counted, quantity.value, edition);
        if list.is_none() {
            let message = format!("the book has no price for {}", metric.count(quantity.value));
            self.fault(Code::NotSold, &quantity.place, message, ranges(metric));
        }
        list
    }
}

/// Returns the quantities that a metric is sold in, for a hint.
pub(super) fn ranges(metric: &Metric) -> String {
    let ranges: Vec<_> = metric.tiers.iter().map(|tier| tier.quantity.to_string()).collect();
    format!("its ranges are {} ({})", ranges.join(", "), metric.rule.source)
}
