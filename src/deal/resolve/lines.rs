//! Lines of a draft, resolved against the book.

use super::Resolver;
use super::line_years::ranges;
use crate::book::{ListPrice, Metric, PriceBook};
use crate::deal::commitment::count_years;
use crate::deal::counting::{UnsoldCount, recount};
use crate::deal::{AgreedPrice, CountedQuantity, Deal, DraftLine, Line, precision_limits};
use crate::number::Quantity;
use crate::table::suggestion;
use crate::text::diagnostic::{Code, Diagnostic};
use crate::text::source::Written;
use std::sync::Arc;

impl<'b> Resolver<'b, '_> {
    pub(super) fn lines(&mut self) -> Vec<Line<'b>> {
        let draft = self.draft;
        if draft.lines.is_empty() && draft.faults.is_empty() {
            let hint = "add a [[line]] with metric and quantity, or --metric and --quantity";
            self.fault(Code::NoLines, &draft.place, "the deal has no line", hint);
        }
        if let Some(extra) = draft.lines.get(precision_limits::MOST_LINES) {
            let message = format!("a deal has at most {} lines", precision_limits::MOST_LINES);
            self.fault(Code::BadNumber, &extra.place, message, "split the deal");
        }
        let before = self.faults.len();
        let mut lines: Vec<_> = draft.lines.iter().filter_map(|line| self.line(line)).collect();
        // A quantity that could not be read would be missing from the sum.
        let is_read = |(written, line): (&DraftLine, &Line<'_>)| match written.years.as_slice() {
            [] => !line.segments.is_empty(),
            years => years.iter().all(|year| year.quantity.is_some()),
        };
        let are_all_read =
            lines.len() == draft.lines.len() && draft.lines.iter().zip(&lines).all(is_read);
        if are_all_read && before == self.faults.len() {
            self.count_together(&mut lines);
        }
        count_years(&mut lines, self.book);
        lines
    }

    /// Finds the list prices of lines that count together, and reports what they cannot have.
    fn count_together(&mut self, lines: &mut [Line<'b>]) {
        let draft = self.draft;
        if let Err(UnsoldCount { line, quantity }) = recount(lines, self.book.rounding) {
            let (written, metric) = (&draft.lines[line], lines[line].metric);
            let place = written.quantity.as_ref().map_or(&written.place, |it| &it.place);
            let all = metric.count(quantity);
            let message = format!("the book has no price for {all}, and its lines count together");
            self.fault(Code::NotSold, place, message, ranges(metric));
            return;
        }
        for (written, line) in draft.lines.iter().zip(&*lines) {
            if self.counts_with_others(written, line.metric) {
                self.check_counted(written, line);
                self.check_commitment(written, line, lines);
            }
        }
    }

    /// Counts the lines of the customer's signed contracts with those of the deal, and reports a quantity of all
    /// of them that the book does not sell.
    pub(super) fn count_signed(&mut self, deal: &mut Deal<'b>) {
        match deal.count_signed(self.contracts) {
            Ok(()) => count_years(&mut deal.lines, self.book),
            Err(UnsoldCount { line, quantity }) => {
                let (written, metric) = (&self.draft.lines[line], deal.lines[line].metric);
                let place = written.quantity.as_ref().map_or(&written.place, |it| &it.place);
                let all = metric.count(quantity);
                let message = format!(
                    "the book has no price for {all}, and signed contracts of the customer count"
                );
                self.fault(Code::NotSold, place, message, ranges(metric));
            }
        }
    }

    /// Whether the draft has several lines of a metric whose lines count together.
    pub(super) fn counts_with_others(&self, draft: &DraftLine, metric: &Metric) -> bool {
        self.draft.lines.len() > 1
            && metric.counts_all_lines()
            && self.lines_like(draft).nth(1).is_some()
    }

    /// Returns the lines of the draft with the metric of a line, which is one of them.
    pub(super) fn lines_like(&self, draft: &DraftLine) -> impl Iterator<Item = &DraftLine> {
        fn name(line: &DraftLine) -> Option<&str> {
            line.metric.as_ref().map(|name| name.value.as_str())
        }
        self.draft.lines.iter().filter(move |it| name(it) == name(draft))
    }

    /// Reports what a line cannot have at the price that it has beside the others.
    fn check_counted(&mut self, draft: &DraftLine, line: &Line<'b>) {
        let metric = line.metric;
        if draft.years.is_empty() {
            for segment in &line.segments {
                let found = self.faults.len();
                self.check_terms(draft, metric, draft.agreed.as_ref(), &segment.list);
                if self.faults.len() > found {
                    return;
                }
            }
        }
        for (year, written) in (1..).zip(&draft.years) {
            let segment = line.segment_of_year(year).and_then(|at| line.segments.get(at));
            if let Some(segment) = segment {
                self.check_terms(draft, metric, written.agreed.as_ref(), &segment.list);
            }
        }
    }

    /// Reports an agreed price or a fee that does not fit the list price.
    pub(super) fn check_terms(
        &mut self,
        draft: &DraftLine,
        metric: &Metric,
        agreed: Option<&Written<AgreedPrice>>,
        list: &ListPrice<'b>,
    ) {
        if let Some(price) = agreed {
            self.check_basis(price, list);
            self.check_precision(price, metric);
        }
        self.check_fee(draft, metric, list);
    }

    fn line(&mut self, draft: &DraftLine) -> Option<Line<'b>> {
        let book = self.book;
        let name = draft.metric.as_ref().map(|name| name.value.as_str());
        let is_share = name.and_then(|name| book.metric(name)).is_some_and(|it| it.share.is_some());
        self.faults.extend(draft.no_quantity.clone().filter(|_| !is_share));
        let Some(name) = &draft.metric else {
            let names = book.metrics().iter().map(Metric::name).collect::<Vec<_>>();
            let hint = format!("add --metric with one of {}", names.join(", "));
            if !draft.error_reported {
                self.fault(Code::MissingKey, &draft.place, "this line has no metric", hint);
            }
            return None;
        };
        let has = |book: &PriceBook| book.metric(&name.value).is_some();
        if !has(book) && self.is_elsewhere(name, "sold", has) {
            return None;
        }
        let kind = (Code::UnknownMetric, "metric");
        let metric = self.find(name, book.metrics(), Metric::name, kind)?;
        let edition = self.edition(draft.edition.as_ref(), metric);
        let count = self.count(draft, metric);
        if count.is_none() && draft.count.is_some() {
            return None;
        }
        let counted =
            |it: &Written<CountedQuantity>| Written::new(it.value.quantity, it.place.clone());
        let quantity = count.as_ref().map(counted);
        let quantity = quantity.or_else(|| draft.quantity.clone());
        // A share of other lines is one, and needs no number.
        let one =
            || metric.share.as_ref().map(|_| Written::new(Quantity::ONE, draft.place.clone()));
        let quantity = quantity.or_else(one);
        let draft = &DraftLine { quantity, ..draft.clone() };
        self.check_share(draft, metric);
        self.check_hosts(draft, metric);
        self.check_one_line(draft, metric);
        let committed = self.committed(draft, metric, edition);
        let segments = self.segments(draft, metric, edition, committed);
        Some(Line {
            metric,
            edition,
            hosts: draft.hosts.as_ref().map(|hosts| hosts.value),
            sold_for: self.sold_for(draft.sold_for.as_ref(), metric),
            committed,
            count: count.map(|count| Arc::new(count.value)),
            segments,
        })
    }

    /// Reports what a share of other lines cannot have.
    fn check_share(&mut self, draft: &DraftLine, metric: &Metric) {
        let Some(share) = &metric.share else { return };
        let agreed = draft.agreed.as_ref().map(|agreed| &agreed.place);
        let ramp = draft.years.first().map(|year| &year.place);
        if let Some(place) = agreed.or(ramp) {
            let message = format!("the price of {} follows from other lines", metric.title);
            self.fault(Code::Conflict, place, message, "remove it, or change the other lines");
        }
        let name = |line: &DraftLine| line.metric.as_ref().map(|name| name.value.clone());
        let mine: Vec<_> =
            self.draft.lines.iter().filter(|it| name(it).as_ref() == Some(&metric.name)).collect();
        if let [first, second, ..] = mine[..]
            && second.place == draft.place
        {
            let what = format_args!("the line of {}", metric.title);
            let fault = Diagnostic::twice(second.place.clone(), first.place.clone(), what);
            self.faults.push(fault.hint("all other lines are shared once: remove one of them"));
        }
        let mut names = self.draft.lines.iter().filter_map(name);
        if !names.any(|name| share.of.contains(&name)) {
            let message = format!(
                "{} is a share of other lines, and the deal has none of them",
                metric.title
            );
            let hint = format!("add a line of {}", share.of.join(" or "));
            self.fault(Code::NotSold, &draft.place, message, hint);
        }
    }

    /// Returns the quantity that a line counts from units inside units, by the levels of its metric.
    fn count(&mut self, draft: &DraftLine, metric: &Metric) -> Option<Written<CountedQuantity>> {
        let written = draft.count.as_ref()?;
        let Some(count) = &metric.count_levels else {
            let message = format!("{} is not counted from other units", metric.title);
            self.fault(Code::Conflict, &written.place, message, "write `quantity` instead");
            return None;
        };
        let hint = format!("write the numbers of {}", count.words());
        if !written.value.has_levels(count.levels.len()) {
            let message = format!("a count of {} has {} numbers", metric.title, count.levels.len());
            self.fault(Code::BadNumber, &written.place, message, hint);
            return None;
        }
        let Some(quantity) = count.quantity(&written.value, metric.fractional) else {
            let message = format!("a quantity is at most {}", Quantity::MAX);
            self.fault(Code::BadNumber, &written.place, message, hint);
            return None;
        };
        let counted = CountedQuantity { groups: written.value.clone(), quantity };
        Some(Written::new(counted, written.place.clone()))
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

    /// Reports hosts where no edition has a limit of hosts: they would change nothing.
    fn check_hosts(&mut self, draft: &DraftLine, metric: &Metric) {
        let has_limit = |metric: &Metric| metric.tiers.iter().any(|tier| tier.max_hosts.is_some());
        let is_any = self.draft.is_need && self.book.metrics().iter().any(has_limit);
        if let Some(hosts) = &draft.hosts
            && !is_any
            && !has_limit(metric)
        {
            let message = format!("no edition of {} has a limit of hosts", metric.title);
            let hint = "remove it: the price and the policy do not depend on hosts";
            self.fault(Code::Conflict, &hosts.place, message, hint);
        }
    }

    /// Returns what the metric is sold for, if the line confirms it in the same words.
    fn sold_for(
        &mut self,
        stated: Option<&Written<String>>,
        metric: &'b Metric,
    ) -> Option<&'b str> {
        let stated = stated?;
        let Some(meant) = metric.sold_for.as_deref() else {
            let message = format!("{} may be sold for anything", metric.title);
            self.fault(Code::Conflict, &stated.place, message, "remove it");
            return None;
        };
        let is_same = stated.value.trim().to_lowercase() == meant.to_lowercase();
        if !is_same {
            let message = format!("{} is not sold for \"{}\"", metric.title, stated.value);
            let hint = format!("write \"{meant}\" if that is so ({})", metric.rule.source);
            self.fault(Code::UnknownChoice, &stated.place, message, hint);
        }
        is_same.then_some(meant)
    }
}
