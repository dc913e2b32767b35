//! A number of deals against policy: one line each, and then why.

use super::deals::{
    customer, customers, faults, is_through_partner, named, our_net, splits, with_book,
};
use crate::answer::pipeline::{Check, CheckStatus, CheckedDeal, JudgedDeal, json, rows};
use crate::approve::ApprovalOutcome;
use crate::book::Level;
use crate::document::json::Json;
use crate::document::{Answer, Block, Cell, Document, ListItem, Table, Tone};
use crate::number::{counted, grouped};
use crate::quote::notice::{Notice, kinds};
use crate::quote::text::{approval, refusal, requirement, who};
use std::path::MAIN_SEPARATOR;

impl Answer for Check<'_, '_> {
    fn document(&self) -> Document {
        let folder = folder(self);
        let short = |name| without(name, folder);
        let place = if folder.is_empty() { String::new() } else { format!(" in {folder}") };
        let mut blocks = vec![
            Block::Title(format!("Check of {}{place}", counted(self.deals.len(), "deal"))),
            Block::Heading(headline(self), tone(self.worst_status())),
            Block::Table(table(self, short)),
        ];
        for deal in &self.deals {
            let status = self.status(deal);
            let title = format!("{}: {}", short(deal.name), word(self, status));
            blocks.extend(Block::items(title, tone(status), reasons(self, deal)));
        }
        splits(&mut blocks, self.splits.iter(), short);
        customers(&mut blocks, self.shared_names.iter(), std::iter::empty(), short);
        // A split is told once, not once for each of its deals.
        let warnings = self.judged().flat_map(|judged| {
            let alone = judged.warnings().filter(|notice| {
                notice.kind != &kinds::DEALS_SPLIT && !self.denied.contains(&notice.kind)
            });
            alone.map(|notice| warning(short(judged.name), notice))
        });
        blocks.extend(Block::items("Warnings", Tone::Warning, warnings));
        blocks.extend([Block::heading("Summary"), summary(self)]);
        Document { blocks }
    }

    fn rows(&self) -> Table {
        rows::checked(self)
    }

    fn json(&self) -> Json {
        json::check(self)
    }
}

/// The folder that all deals lie in, so that a line has room for the rest.
fn folder<'a>(check: &Check<'a, '_>) -> &'a str {
    let mut names = check.deals.iter().map(|deal| deal.name);
    let parent = |path: &'a str| path.rfind(MAIN_SEPARATOR).map_or("", |at| &path[..at]);
    let mut folder = names.next().map(parent).unwrap_or_default();
    for name in names {
        while !folder.is_empty() && without(name, folder) == name {
            folder = parent(folder);
        }
    }
    folder
}

/// The name of a deal as it is called in a folder.
fn without<'a>(name: &'a str, folder: &str) -> &'a str {
    let rest = name.strip_prefix(folder).filter(|_| !folder.is_empty());
    rest.and_then(|rest| rest.strip_prefix(MAIN_SEPARATOR)).unwrap_or(name)
}

/// "1 outside policy; within policy: 3 need nothing, 1 VP": the worst status first.
fn headline(check: &Check<'_, '_>) -> String {
    let all = [
        CheckStatus::Unread,
        CheckStatus::Refused,
        CheckStatus::Above,
        CheckStatus::Denied,
        CheckStatus::Within,
    ];
    let counts = all.into_iter().filter_map(|status| {
        let (count, word) = (check.count(status), word(check, status));
        let count = (count > 0).then(|| grouped(&count))?;
        Some(match status {
            CheckStatus::Within => format!("{word}: {}", approvals_within(check)),
            CheckStatus::Above if count != "1" => {
                format!("{count} {}", word.replace("needs", "need"))
            }
            _ => format!("{count} {word}"),
        })
    });
    counts.collect::<Vec<_>>().join("; ")
}

/// "3 need nothing, 1 VP, 1 SVP and Legal review": the deals within policy by their approval, lowest
/// level first.
fn approvals_within(check: &Check<'_, '_>) -> String {
    let within = check.deals.iter().filter(|deal| check.status(deal) == CheckStatus::Within);
    let mut judged: Vec<_> = within.filter_map(CheckedDeal::judged).collect();
    judged.sort_by_key(|deal| deal.verdict.level());
    let mut counts: Vec<(String, usize)> = Vec::new();
    for JudgedDeal { deal, verdict, .. } in judged {
        let needs = who(deal.book, verdict.level(), &verdict.reviews()).replace(", ", " and ");
        match counts.iter_mut().find(|(known, _)| *known == needs) {
            Some((_, count)) => *count += 1,
            None => counts.push((needs, 1)),
        }
    }
    let words = counts.iter().map(|(needs, count)| match (needs.as_str(), *count) {
        ("", 1) => "1 needs nothing".to_owned(),
        ("", count) => format!("{} need nothing", grouped(&count)),
        (needs, count) => format!("{} {needs}", grouped(&count)),
    });
    words.collect::<Vec<_>>().join(", ")
}

const fn tone(status: CheckStatus) -> Tone {
    match status {
        CheckStatus::Within => Tone::Good,
        CheckStatus::Denied | CheckStatus::Above => Tone::Warning,
        CheckStatus::Refused | CheckStatus::Unread => Tone::Bad,
    }
}

fn word(check: &Check<'_, '_>, status: CheckStatus) -> String {
    match (status, check.within) {
        (CheckStatus::Within, _) => "within policy".to_owned(),
        (CheckStatus::Denied, _) => "denied".to_owned(),
        (CheckStatus::Above, Some(level)) if level > Level::NONE => {
            format!("above {}", check.book.ladder().title(level))
        }
        (CheckStatus::Above, _) => "needs approval".to_owned(),
        (CheckStatus::Refused, _) => "outside policy".to_owned(),
        (CheckStatus::Unread, _) => "cannot be read".to_owned(),
    }
}

fn table<'a>(check: &Check<'a, '_>, short: impl Fn(&'a str) -> &'a str) -> Table {
    let text = |words: Option<String>| Cell::text(words.unwrap_or_default());
    let tcv = |it: &JudgedDeal<'_, '_>| Cell::money(&it.deal.book.currency, it.totals.tcv);
    let discount = |it: &JudgedDeal<'_, '_>| Cell::share(it.totals.discount);
    let approval = |it: &JudgedDeal<'_, '_>| approval(it.deal.book, &it.verdict);
    let ours = |it: &JudgedDeal<'_, '_>| Cell::money(&it.deal.book.currency, it.our_net().tcv);
    let table = Table::of_items(
        &check.deals,
        &[
            ("Deal", &|deal| Cell::text(short(deal.name))),
            ("Customer", &|deal| text(deal.judged().map(customer))),
            ("TCV", &|deal| deal.judged().map(tcv).unwrap_or_default()),
            ("Our net", &|deal| deal.judged().map(ours).unwrap_or_default()),
            ("Off list", &|deal| deal.judged().map(discount).unwrap_or_default()),
            ("Approval", &|deal| text(deal.judged().map(approval))),
            ("Status", &|deal| Cell::text(word(check, check.status(deal)))),
        ],
    );
    table.column_if("Our net", check.judged().any(is_through_partner))
}

/// Returns the reasons why a deal is not allowed; none for an allowed deal.
pub(crate) fn reasons(check: &Check<'_, '_>, deal: &CheckedDeal<'_, '_>) -> Vec<ListItem> {
    let Some(judged) = deal.judged() else { return faults(deal) };
    let (book, verdict) = (judged.deal.book, &judged.verdict);
    let refused = verdict.violations.iter().map(|it| named(refusal(it), &it.rule));
    let is_above = |level| check.within.is_some_and(|within| level > within);
    let above = verdict.required.iter().filter(|required| is_above(required.approval.level));
    let above = above.map(|it| named(requirement(book, it), &it.rule));
    let denied = check.denied_notices(judged).map(|notice| {
        let text = format!("{} ({})", notice.message, notice.kind.code);
        ListItem::new(Tone::Warning, "denied", text).at(notice.source())
    });
    refused.chain(above).chain(denied).collect()
}

fn warning(name: &str, notice: &Notice) -> ListItem {
    let text = format!("{name}: {}", notice.message);
    ListItem::new(Tone::Warning, "warning", text).at(notice.source())
}

fn summary(check: &Check<'_, '_>) -> Block {
    let standings = check.standings().filter(|(_, worth)| worth.deals > 0);
    let standings = standings.map(|(standing, worth)| {
        let name = match standing {
            ApprovalOutcome::Needs(Level::NONE) => "no approval",
            other => other.title(check.book),
        };
        let ours = our_net(&worth).map(|ours| format!(", our net {ours}")).unwrap_or_default();
        format!("{name}: {} ({}{ours})", grouped(&worth.deals), worth.tcv.show())
    });
    let standings: Vec<_> = standings.collect();
    let deals = grouped(&check.deals.len());
    let deals = match check.count(CheckStatus::Unread) {
        0 => deals,
        unread => format!("{deals}, of which {} cannot be read", grouped(&unread)),
    };
    let totals = check.deal_totals();
    let limit = check.within.map(|level| check.book.ladder().title(level).to_owned());
    let facts = [
        Some(("Deals", deals)),
        Some(("Contract (TCV)", totals.tcv.show())),
        our_net(&totals).map(|ours| ("Our net", ours)),
        (!standings.is_empty()).then(|| ("Approvals", standings.join(", "))),
        limit.map(|level| ("Approval limit", level)),
    ];
    with_book(facts.into_iter().flatten(), check)
}
