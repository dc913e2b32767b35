//! Approvals of the new version and their changes, and notices that came or went.

use crate::answer::deal_diff::{Change, ChangeStatus, DealDiff};
use crate::approve::{ApprovalOutcome, Requirement, Violation};
use crate::document::{Block, ListItem, Tone};
use crate::quote::Quote;
use crate::quote::notice::{Notice, NoticeSeverity};
use crate::quote::text::{self, needs, refusal};
use std::cmp::Ordering;

/// Returns the approvals of the new version with their reasons, and the approvals that are no
/// longer needed.
pub(crate) fn approvals(difference: &DealDiff<'_, '_>) -> Option<Block> {
    let quote = difference.quotes.new.filter(|_| !difference.is_empty())?;
    let mut items = vec![standing(difference, quote)];
    let is_known = difference.quotes.old.is_some();
    let came = |is_new: bool| if is_new && is_known { "now " } else { "" };
    for violation in &quote.verdict.violations {
        let is_new = |it: &Change<_>| it.old.is_none() && it.new == Some(violation);
        let is_new = difference.violations.iter().any(is_new);
        items.push(refused(violation, came(is_new), Tone::Bad));
    }
    for required in &quote.verdict.required {
        let is_new = |it: &Change<_>| it.old.is_none() && it.new == Some(required);
        let is_new = difference.requirements.iter().any(is_new);
        items.push(requirement(quote, required, came(is_new), Tone::Warning));
    }
    let removed = difference.violations.iter().filter(|it| it.new.is_none());
    let removed = removed.filter_map(|it| it.old);
    items.extend(removed.map(|it| refused(it, "no longer ", Tone::Plain)));
    for required in difference.requirements.iter().filter(|it| it.new.is_none()) {
        let old = difference.quotes.old.zip(required.old);
        items.extend(old.map(|(quote, old)| requirement(quote, old, "no longer ", Tone::Plain)));
    }
    Some(Block::Items(items))
}

fn refused(violation: &Violation, came: &str, tone: Tone) -> ListItem {
    let item = refusal(violation);
    ListItem { tone, badge: format!("{came}{}", item.badge), ..item }
}

fn requirement(quote: &Quote<'_, '_>, required: &Requirement, came: &str, tone: Tone) -> ListItem {
    let item = text::requirement(quote.deal.book, required);
    ListItem { tone, badge: format!("{came}{}", item.badge), ..item }
}

/// "SVP approval, raised from VP approval".
fn standing(difference: &DealDiff<'_, '_>, quote: &Quote<'_, '_>) -> ListItem {
    let is_refused = quote.verdict.is_refused();
    let needed = |quote: &Quote<'_, '_>| text::needed(quote, "none");
    let now = if is_refused {
        "OUTSIDE POLICY, no approval level can approve this".to_owned()
    } else {
        needed(quote)
    };
    let text = match difference.quotes.old.map(needed) {
        None => now,
        Some(was) if was == needed(quote) => format!("{now}, unchanged"),
        Some(was) => {
            let standing = difference.standing();
            match standing.new.cmp(&standing.old) {
                Ordering::Greater if !is_refused => format!("{now}, raised from {was}"),
                Ordering::Less if !is_refused => format!("{now}, lowered from {was}"),
                _ => format!("{now}; before: {was}"),
            }
        }
    };
    let tone = match difference.standing().new {
        Some(ApprovalOutcome::Refused) => Tone::Bad,
        _ if needs(quote).is_empty() => Tone::Good,
        _ => Tone::Warning,
    };
    ListItem::new(tone, "Approval", text)
}

/// Warnings and notes that came or went; those of a deal that is new are all there are.
pub(crate) fn notices(difference: &DealDiff<'_, '_>) -> Option<Block> {
    if difference.status() == ChangeStatus::Removed {
        return None;
    }
    let is_known = difference.quotes.old.is_some();
    let mut notices: Vec<_> = difference.notices.iter().collect();
    notices.sort_by_key(|it| {
        let severity = it.latest().map(|notice| notice.kind.severity);
        (it.new.is_none(), std::cmp::Reverse(severity))
    });
    let item = |change: &&Change<&Notice>| {
        let notice = change.latest()?;
        let word = notice.kind.severity.name();
        let tone = match (change.new, notice.kind.severity) {
            (Some(_), NoticeSeverity::Warning) => Tone::Warning,
            _ => Tone::Plain,
        };
        let badge = match (change.old, change.new) {
            (None, _) if is_known => format!("new {word}"),
            (_, None) => format!("{word} removed"),
            _ => word.to_owned(),
        };
        Some(ListItem::new(tone, badge, &notice.message).at(notice.source()))
    };
    let list = Block::list(notices.iter().filter_map(item))?;
    Some(Block::Folded("Notes and warnings".to_owned(), vec![list]))
}
