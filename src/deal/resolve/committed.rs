//! The part of a line that is paid for even if it is not used.

use super::Resolver;
use super::line_years::ranges;
use crate::book::Metric;
use crate::deal::counting::count_together;
use crate::deal::{DraftLine, Line};
use crate::number::Quantity;
use crate::text::diagnostic::{Code, Diagnostic};

impl<'b> Resolver<'b, '_> {
    /// Returns the committed quantity. Only a metric that is paid by use can have one:
    /// everything else is committed as a whole.
    pub(super) fn committed(
        &mut self,
        draft: &DraftLine,
        metric: &'b Metric,
        edition: Option<&'b str>,
    ) -> Option<Quantity> {
        let committed = draft.committed.as_ref()?;
        if !metric.is_metered() {
            let message = format!(
                "only a metric per hour or use can be committed in part, and {} is not one",
                metric.name
            );
            let hint = "remove it: the whole quantity is charged";
            self.fault(Code::Conflict, &committed.place, message, hint);
            return None;
        }
        let counts_with_others = self.counts_with_others(draft, metric);
        self.list(committed, metric, edition, counts_with_others).map(|_| committed.value)
    }

    /// Reports a commitment that the book does not sell beside those of the other lines.
    pub(super) fn check_commitment(
        &mut self,
        draft: &DraftLine,
        line: &Line<'b>,
        lines: &[Line<'b>],
    ) {
        let Some(place) = draft.committed.as_ref().map(|it| &it.place) else { return };
        let mine = lines.iter().filter(|other| count_together(line, other));
        let all = mine.filter_map(|line| line.committed).sum();
        if line.metric.tier(all).is_none() {
            let all = line.metric.count(all);
            let message =
                format!("the book has no price for {all}, and commitments count together");
            self.fault(Code::NotSold, place, message, ranges(line.metric));
        }
    }

    /// Reports a second line of a metric whose use beyond a commitment has a price of its own: what is used in a month
    /// is metered for all lines together, and a line without a commitment would have no overage.
    pub(super) fn check_one_line(&mut self, draft: &DraftLine, metric: &Metric) {
        let Some(first) = self.lines_like(draft).next().map(|line| line.place.clone()) else {
            return;
        };
        if metric.overage.is_none() || first == draft.place {
            return;
        }
        let message =
            format!("a deal has one line of {}, which has a price for overage", metric.name);
        let fault = Diagnostic::new(Code::Conflict, draft.place.clone(), message);
        self.faults.push(
            fault
                .related(first, "the first line")
                .hint("write them as one line: their usage is metered together"),
        );
    }
}
