//! What is bought.

use super::Asking;
use crate::book::{Basis, ListPrice, Metric, Per};
use crate::deal::{Draft, DraftLine, Line, Segment, door};
use crate::diagnostic::{Code, Diagnostic};
use crate::reading::suggestion;
use crate::source::Written;
use crate::value::{Quantity, Years};

impl<'b> Asking<'b, '_> {
    pub(super) fn lines(&mut self, draft: &Draft) -> Vec<Line<'b>> {
        if draft.lines.is_empty() && draft.faults.is_empty() {
            let message = "the deal has no line".to_owned();
            let hint =
                "say what is bought: [[line]] with metric and quantity, or --metric and --quantity";
            self.fault(Code::NoLines, &draft.place, message, hint.to_owned());
        }
        if let Some(extra) = draft.lines.get(door::MOST_LINES) {
            let message = format!("a deal has at most {} lines", door::MOST_LINES);
            self.fault(Code::BadNumber, &extra.place, message, "split the deal".to_owned());
        }
        draft.lines.iter().filter_map(|line| self.line(line)).collect()
    }

    fn line(&mut self, draft: &DraftLine) -> Option<Line<'b>> {
        let book = self.book;
        let Some(name) = &draft.metric else {
            let names = book.metrics().iter().map(Metric::name).collect::<Vec<_>>();
            let message = "this line does not say what is counted".to_owned();
            let hint = format!("add --metric with one of {}", names.join(", "));
            if !draft.told {
                self.fault(Code::MissingKey, &draft.place, message, hint);
            }
            return None;
        };
        let Some(metric) = book.metric(&name.value) else {
            let names = book.metrics().iter().map(Metric::name);
            let message = format!("the book has no metric \"{}\"", name.value);
            self.fault(Code::UnknownMetric, &name.place, message, suggestion(&name.value, names));
            return None;
        };
        let edition = self.edition(draft.edition.as_ref(), metric);
        let committed = self.committed(draft, metric, edition);
        let segments = self.segments(draft, metric, edition, committed);
        Some(Line {
            metric,
            edition,
            hosts: draft.hosts.as_ref().map(|hosts| hosts.value),
            committed,
            segments,
        })
    }

    fn edition(&mut self, asked: Option<&Written<String>>, metric: &'b Metric) -> Option<&'b str> {
        let asked = asked?;
        let found = metric.edition(&asked.value).and_then(|tier| tier.edition.as_deref());
        if found.is_none() {
            let message = format!("{} has no edition \"{}\"", metric.name, asked.value);
            let hint = if metric.editions().next().is_none() {
                format!("{} has no editions: leave it out", metric.name)
            } else {
                suggestion(&asked.value, metric.editions())
            };
            self.fault(Code::UnknownEdition, &asked.place, message, hint);
        }
        found
    }

    /// What is paid for even if it is not used. Of what is sold for a year all of it is.
    fn committed(
        &mut self,
        draft: &DraftLine,
        metric: &'b Metric,
        edition: Option<&'b str>,
    ) -> Option<Quantity> {
        let committed = draft.committed.as_ref()?;
        if !matches!(metric.per, Per::Hour { .. }) {
            let message = format!(
                "only what is paid by the hour can be committed to in part, and {} is not",
                metric.name
            );
            let hint = "take it out: the whole quantity is paid for".to_owned();
            self.fault(Code::Conflict, &committed.place, message, hint);
            return None;
        }
        self.list(committed, metric, edition).map(|_| committed.value)
    }

    /// The years of a line, with equal neighbours together.
    fn segments(
        &mut self,
        draft: &DraftLine,
        metric: &'b Metric,
        edition: Option<&'b str>,
        committed: Option<Quantity>,
    ) -> Vec<Segment<'b>> {
        let one = Years::new(1);
        let periods: Vec<_> = if draft.years.is_empty() {
            vec![(&draft.quantity, &draft.unit_price, &draft.place, Some(self.term))]
        } else {
            self.ramp(draft, metric);
            let years = draft.years.iter();
            years.map(|year| (&year.quantity, &year.unit_price, &year.place, one)).collect()
        };
        let mut segments: Vec<Segment<'b>> = Vec::new();
        for (quantity, unit_price, place, years) in periods {
            let Some(quantity) = quantity else {
                let message = "this line does not say how many".to_owned();
                let hint = format!("add --quantity with the number of {}", metric.unit.1);
                if !draft.told {
                    self.fault(Code::MissingKey, place, message, hint);
                }
                continue;
            };
            let (Some(list), Some(years)) = (self.list(quantity, metric, edition), years) else {
                continue;
            };
            if let Some(price) = unit_price
                && list.basis == Basis::Line
            {
                let message = "this line is priced as a whole, so no unit price can be agreed";
                let hint = "claim a program with a rate instead";
                self.fault(Code::Conflict, &price.place, message.to_owned(), hint.to_owned());
            }
            let charged = committed.map_or(quantity.value, |least| least.max(quantity.value));
            let expected = (charged > quantity.value).then_some(quantity.value);
            // What is committed is sold too: that has been looked at.
            let list = metric.list(charged, edition).unwrap_or(list);
            let agreed = unit_price.as_ref().map(|price| price.value);
            match segments.last_mut() {
                Some(last)
                    if (last.quantity, last.expected, last.unit_price)
                        == (charged, expected, agreed) =>
                {
                    let together = u64::from(last.years.count() + years.count());
                    last.years = Years::new(together).unwrap_or(last.years);
                }
                _ => segments.push(Segment {
                    years,
                    quantity: charged,
                    expected,
                    list,
                    unit_price: agreed,
                }),
            }
        }
        segments
    }

    fn ramp(&mut self, draft: &DraftLine, metric: &Metric) {
        let (years, term) = (draft.years.len(), self.term);
        if let Per::Once { .. } = metric.per {
            let message = format!("{} is bought once, so its years cannot differ", metric.title);
            let hint = "give it one quantity".to_owned();
            self.fault(Code::Conflict, &draft.place, message, hint);
        } else if years as u64 != u64::from(term.count()) && !self.term_unread {
            let message = format!("the ramp has {years} years, but the term is {term}");
            let fault = Diagnostic::new(Code::Conflict, draft.place.clone(), message)
                .hint("give each year of the term its quantity");
            self.faults.push(match self.written_term {
                Some(place) => fault.related(place.clone(), "the term"),
                None => fault,
            });
        }
    }

    fn list(
        &mut self,
        quantity: &Written<Quantity>,
        metric: &'b Metric,
        edition: Option<&'b str>,
    ) -> Option<ListPrice<'b>> {
        if !quantity.value.is_whole() && !metric.fractional {
            let message = format!("{} are sold whole", metric.unit.1);
            let hint = format!("write {} or {}", quantity.value.ceil() - 1, quantity.value.ceil());
            self.fault(Code::NotWhole, &quantity.place, message, hint);
            return None;
        }
        let list = metric.list(quantity.value, edition);
        if list.is_none() {
            let ranges: Vec<_> =
                metric.tiers.iter().map(|tier| tier.quantity.to_string()).collect();
            let message = format!("the book has no price for {}", metric.count(quantity.value));
            let hint = format!("its ranges are {} ({})", ranges.join(", "), metric.rule.source);
            self.fault(Code::NotSold, &quantity.place, message, hint);
        }
        list
    }
}
