//! From a draft to a deal of a book.

use super::door;
use super::draft::{Draft, DraftLine, DraftProgram, Take};
use super::{Claim, Deal, Line, Segment};
use crate::book::{Discount, Given, Metric, PriceBook};
use crate::diagnostic::{Checked, Code, Diagnostic, Faults};
use crate::reading::suggestion;
use crate::source::{Place, Written};
use crate::value::{Date, Quantity, Rate, Years};

/// Resolves a draft against a book; a draft without a date is of `today`.
///
/// # Errors
/// Everything in the draft that the book does not know, sell or allow to be exact.
pub fn resolve<'b>(draft: &Draft, book: &'b PriceBook, today: Date) -> Checked<Deal<'b>> {
    let mut faults = Vec::new();
    let term = draft.term.as_ref().map(|term| term.value).or(Years::new(1));
    let deal = term.map(|term| {
        let written = draft.term.as_ref().map(|term| &term.place);
        let mut asking = Asking { book, term, written_term: written, faults: &mut faults };
        let deal = Deal {
            book,
            customer: text(draft.customer.as_ref()),
            segment: text(draft.segment.as_ref()),
            opportunity: text(draft.opportunity.as_ref()),
            incumbent: text(draft.incumbent.as_ref()),
            notes: text(draft.notes.as_ref()),
            date: draft.date.as_ref().map_or(today, |date| date.value),
            term,
            prepay: asking.prepay(draft.prepay.as_ref()),
            lines: asking.lines(draft),
            takes: asking.takes(&draft.takes),
            claims: asking.claims(&draft.programs, draft),
        };
        if asking.faults.is_empty() {
            door::check(draft, &deal, asking.faults);
        }
        deal
    });
    match deal {
        Some(deal) if faults.is_empty() => Ok(deal),
        _ => Err(Faults::sorted(faults)),
    }
}

fn text(written: Option<&Written<String>>) -> Option<String> {
    written.map(|written| written.value.trim().to_owned())
}

struct Asking<'b, 'f> {
    book: &'b PriceBook,
    term: Years,
    written_term: Option<&'f Place>,
    faults: &'f mut Vec<Diagnostic>,
}

impl<'b> Asking<'b, '_> {
    fn fault(&mut self, code: Code, place: &Place, message: String, hint: String) {
        self.faults.push(Diagnostic::new(code, place.clone(), message).hint(hint));
    }

    fn prepay(&mut self, asked: Option<&Written<String>>) -> Option<usize> {
        let asked = asked?;
        let rows = self.book.prepayments().map_or(&[][..], |(rows, _)| rows);
        let names = rows.iter().filter_map(|row| row.choice.as_deref());
        let found = names.clone().position(|name| name == asked.value);
        if found.is_none() {
            let message = format!("the book has no way to prepay called \"{}\"", asked.value);
            self.fault(Code::UnknownChoice, &asked.place, message, suggestion(&asked.value, names));
        }
        found
    }

    fn lines(&mut self, draft: &Draft) -> Vec<Line<'b>> {
        if draft.lines.is_empty() {
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
            let hint = format!("give it a metric: {}", names.join(", "));
            self.fault(Code::MissingKey, &draft.place, message, hint);
            return None;
        };
        let Some(metric) = book.metric(&name.value) else {
            let names = book.metrics().iter().map(Metric::name);
            let message = format!("the book has no metric \"{}\"", name.value);
            self.fault(Code::UnknownMetric, &name.place, message, suggestion(&name.value, names));
            return None;
        };
        let edition = self.edition(draft.edition.as_ref(), metric);
        let segments = self.segments(draft, metric, edition);
        Some(Line {
            metric,
            edition,
            hosts: draft.hosts.as_ref().map(|hosts| hosts.value),
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

    /// The years of a line, with equal neighbours together.
    fn segments(
        &mut self,
        draft: &DraftLine,
        metric: &'b Metric,
        edition: Option<&'b str>,
    ) -> Vec<Segment<'b>> {
        let one = Years::new(1);
        let periods: Vec<_> = if draft.years.is_empty() {
            vec![(&draft.quantity, &draft.unit_price, &draft.place, Some(self.term))]
        } else {
            self.ramp_length(draft);
            let years = draft.years.iter();
            years.map(|year| (&year.quantity, &year.unit_price, &year.place, one)).collect()
        };
        let mut segments: Vec<Segment<'b>> = Vec::new();
        for (quantity, unit_price, place, years) in periods {
            let Some(quantity) = quantity else {
                let message = "this line does not say how many".to_owned();
                let hint = format!("give it a quantity of {}", metric.unit.1);
                self.fault(Code::MissingKey, place, message, hint);
                continue;
            };
            let (Some(list), Some(years)) = (self.list(quantity, metric, edition), years) else {
                continue;
            };
            let agreed = unit_price.as_ref().map(|price| price.value);
            match segments.last_mut() {
                Some(last) if last.quantity == quantity.value && last.unit_price == agreed => {
                    let together = u64::from(last.years.count() + years.count());
                    last.years = Years::new(together).unwrap_or(last.years);
                }
                _ => segments.push(Segment {
                    years,
                    quantity: quantity.value,
                    list,
                    unit_price: agreed,
                }),
            }
        }
        segments
    }

    fn ramp_length(&mut self, draft: &DraftLine) {
        let (years, term) = (draft.years.len(), self.term);
        if years as u64 != u64::from(term.count()) {
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
    ) -> Option<crate::book::ListPrice<'b>> {
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

    fn takes(&mut self, asked: &[(Written<String>, Take)]) -> Vec<(&'b Discount, Take)> {
        let book = self.book;
        let mut takes = Vec::new();
        for (name, take) in asked {
            let automatic = |discount: &&Discount| !matches!(discount.given, Given::Program { .. });
            let Some(discount) = book.discount(&name.value).filter(automatic) else {
                let names = book.discounts().iter().filter(automatic).map(Discount::name);
                let message = format!("the book gives no discount \"{}\" by itself", name.value);
                let hint = match book.discount(&name.value) {
                    Some(_) => "claim one of its programs instead, in [strategic]".to_owned(),
                    None => suggestion(&name.value, names),
                };
                self.fault(Code::UnknownDiscount, &name.place, message, hint);
                continue;
            };
            takes.push((discount, *take));
        }
        takes
    }

    fn claims(&mut self, asked: &[DraftProgram], draft: &Draft) -> Vec<Claim<'b>> {
        let implied = draft.lines.iter().any(|line| {
            line.unit_price.is_some() || line.years.iter().any(|year| year.unit_price.is_some())
        });
        let mut claims: Vec<Claim<'b>> = Vec::new();
        for ask in asked {
            let Some(claim) = self.claim(ask, implied) else { continue };
            let first = asked.iter().find(|other| other.program.value == ask.program.value);
            if let Some(first) = first.filter(|first| first.program.place != ask.program.place) {
                let message = format!("the program \"{}\" is claimed twice", ask.program.value);
                self.faults.push(
                    Diagnostic::new(Code::Duplicate, ask.program.place.clone(), message)
                        .related(first.program.place.clone(), "first here")
                        .hint("claim it once, with the whole rate"),
                );
            }
            claims.push(claim);
        }
        claims
    }

    fn claim(&mut self, ask: &DraftProgram, implied: bool) -> Option<Claim<'b>> {
        let book = self.book;
        let name = &ask.program;
        let found = book.programs().find(|(_, program)| program.name == name.value);
        let Some((discount, program)) = found else {
            let names: Vec<_> = book.programs().map(|(_, program)| program.name()).collect();
            let message = format!("the book has no program \"{}\"", name.value);
            let hint = suggestion(&name.value, names);
            self.fault(Code::UnknownProgram, &name.place, message, hint);
            return None;
        };
        for duty in &ask.duties {
            if !program.duties.contains(&duty.value) {
                let names = program.duties.iter().map(String::as_str);
                let message = format!("{} asks for no \"{}\"", program.name, duty.value);
                let hint = suggestion(&duty.value, names);
                self.fault(Code::UnknownDuty, &duty.place, message, hint);
            }
        }
        if ask.rate.is_none() && !implied {
            let message = format!("the program \"{}\" needs a rate", name.value);
            let hint = format!("ask for a rate of at most {}", program.max_rate);
            self.fault(Code::MissingKey, &name.place, message, hint);
        }
        Some(Claim {
            discount,
            program,
            rate: ask.rate.as_ref().map_or(Rate::ZERO, |rate| rate.value),
            reason: text(ask.reason.as_ref()),
            duties: ask.duties.iter().map(|duty| duty.value.clone()).collect(),
            count: ask.count,
        })
    }
}
