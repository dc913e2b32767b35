//! A change as git has it: its paths, its deals and both price books.

use super::deals::{errors_of, judged, named, versions};
use super::denied::DeniedCodes;
use super::next_settings::NextBase;
use super::price_books::{BookVersions, BooksOfCommit, CommittedBooks};
use super::{CiArgs, options};
use crate::answer::deal_diff::{ComparedDeal, difference};
use crate::answer::gate::{
    BookReview, ChangedPath, Gate, GateSettings, PathContent, PathRole, role,
};
use crate::answer::pipeline::NamedDeal;
use crate::cli::git_tree::{ChangedEntry, EntryKind, PathInTree, Repository, TreeEntry};
use crate::cli::{CommandOutcome, Failure, books, files, levels, wrong_command_line};
use crate::number::Date;
use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::Arc;

/// A change against its base.
pub struct ReviewedChange {
    repository: Repository,
    base: String,
    head: String,
    /// The commit at which the change began.
    start: String,
    settings: GateSettings,
    folder: String,
    /// Whether a flag or the settings name the folder.
    is_folder_named: bool,
    /// The path of the price book, or of a folder of price books.
    book: String,
    /// Whether a flag or the settings name the price book.
    is_book_named: bool,
    /// Paths that cannot be judged, each with the reason.
    unjudged: Vec<(String, String)>,
    changed: Vec<String>,
    removed: Vec<String>,
    /// The deals before the change, by their paths.
    before: BTreeMap<String, TreeEntry>,
    /// The paths of the price books that the change adds, edits or removes.
    changed_books: Vec<String>,
}

impl ReviewedChange {
    /// Reads the settings of the base and the paths of the change.
    pub fn read(repository: Repository, args: &CiArgs) -> Result<Self, Failure> {
        let base = repository.commit("--base", &args.base)?;
        let head = repository.commit("--head", &args.head)?;
        let start = repository.merge_base(&base, &head)?;
        let settings = options::settings(&repository, &base)?;
        let folder =
            options::one("--deals", args.deals.as_deref(), settings.deals.as_deref(), "deals")?;
        let book = options::one(
            "--book",
            args.book.as_deref(),
            settings.price_book.as_deref(),
            files::PRICE_BOOK,
        )?;
        let is_folder_named = args.deals.is_some() || settings.deals.is_some();
        let is_book_named = args.book.is_some() || settings.price_book.is_some();
        let mut change = Self {
            repository,
            base,
            head,
            start,
            settings,
            folder,
            is_folder_named,
            book,
            is_book_named,
            unjudged: Vec::new(),
            changed: Vec::new(),
            removed: Vec::new(),
            before: BTreeMap::new(),
            changed_books: Vec::new(),
        };
        change.look_at_folder()?;
        let entries = change.repository.changed(&change.start, &change.head)?;
        change.look_at_paths(&entries)?;
        change.look_at_settings(&entries, args)?;
        change.look_at_texts(&entries)?;
        Ok(change)
    }

    /// Reports deals and price books that both sides changed: the merge has a text of both, which nobody has judged.
    fn look_at_texts(&mut self, entries: &[ChangedEntry]) -> Result<(), Failure> {
        let of_base = self.repository.changed(&self.start, &self.base)?;
        let of_base: HashMap<_, _> = of_base.into_iter().map(|it| (it.path, it.new)).collect();
        let is_judged =
            |path: &String| self.changed.contains(path) || self.changed_books.contains(path);
        let both =
            entries.iter().filter(|it| of_base.get(&it.path).is_some_and(|base| *base != it.new));
        let both = both.filter(|it| is_judged(&it.path));
        let why = "the base changed it too: merge the base into the change first";
        let both: Vec<_> = both.map(|it| (it.path.clone(), why.to_owned())).collect();
        self.unjudged.extend(both);
        Ok(())
    }

    /// Reports settings that the next change cannot be judged by, where this one edits them or the book with their levels.
    fn look_at_settings(&mut self, entries: &[ChangedEntry], args: &CiArgs) -> Result<(), Failure> {
        let is_edited = entries.iter().any(|entry| entry.path == GateSettings::FILE);
        if !is_edited && self.changed_books.is_empty() {
            return Ok(());
        }
        let Self { repository, base, head, book, .. } = &*self;
        let faults = NextBase { repository, base, head, changed: entries, book }.faults(args)?;
        let faults = faults.into_iter().map(|why| (GateSettings::FILE.to_owned(), why));
        self.unjudged.extend(faults);
        Ok(())
    }

    fn report(&mut self, path: &str, why: impl Into<String>) {
        self.unjudged.push((path.to_owned(), why.into()));
    }

    /// Reports a folder of deals that is none: nothing would be looked at. A folder that nobody names need not be there
    /// yet, and one whose deals are gone is no slip.
    fn look_at_folder(&mut self) -> Result<(), Failure> {
        let [was, is] =
            [&self.base, &self.head].map(|commit| self.repository.entry(commit, &self.folder));
        let why = match (was?, is?) {
            // Deals that were moved elsewhere are recognized there.
            (_, Some(PathInTree::Folder)) | (Some(_), None) => return Ok(()),
            (_, Some(PathInTree::Entry(_))) => "this is the folder of deals, and it is no folder",
            (None, None) if !self.is_folder_named => return Ok(()),
            (None, None) if self.repository.has_had(&self.base, &self.folder)? => return Ok(()),
            (None, None) => "there is no folder of deals of this name: --deals names another",
        };
        let folder = self.folder.clone();
        self.report(&folder, why);
        Ok(())
    }

    fn look_at_paths(&mut self, entries: &[ChangedEntry]) -> Result<(), Failure> {
        let files = entries.iter().filter_map(|it| it.new.as_ref());
        let files: Vec<_> = files.filter(|it| it.kind == EntryKind::File).collect();
        let contents = self.contents(&files)?;
        let mut seen = HashSet::new();
        for ChangedEntry { path, old, new } in entries {
            if !seen.insert(path) {
                self.report(path, "the tree of git has this name twice");
            }
            let content = match new {
                None => PathContent::Removed,
                Some(entry) => match entry.kind {
                    EntryKind::Link => PathContent::Link,
                    EntryKind::Submodule => PathContent::Submodule,
                    EntryKind::File => {
                        PathContent::File(Arc::clone(&contents[entry.object.as_str()]))
                    }
                },
            };
            let changed = ChangedPath { path: path.clone(), content };
            if let Some(old) = old.as_ref().filter(|old| self.is_deal(old)) {
                self.before.insert(path.clone(), old.clone());
            }
            match role(&changed, &self.folder, &self.book, &self.settings) {
                PathRole::Deal => self.changed.push(path.clone()),
                PathRole::RemovedDeal => self.removed.push(path.clone()),
                PathRole::PriceBook => self.changed_books.push(path.clone()),
                PathRole::Other => {}
                PathRole::Unjudged(why) if *path == self.folder => {
                    self.unjudged.retain(|(known, _)| known != path);
                    self.report(path, why);
                }
                PathRole::Unjudged(why) => self.report(path, why),
            }
        }
        Ok(())
    }

    fn contents(&self, entries: &[&TreeEntry]) -> Result<HashMap<String, Arc<[u8]>>, Failure> {
        let objects: Vec<_> = entries.iter().map(|entry| entry.object.as_str()).collect();
        let contents = self.repository.contents(&objects)?;
        let all = objects.into_iter().map(str::to_owned);
        Ok(all.zip(contents.into_iter().map(Arc::from)).collect())
    }

    /// Whether a path has the name of a deal.
    fn is_deal(&self, entry: &TreeEntry) -> bool {
        let path = ChangedPath { path: entry.path.clone(), content: PathContent::Removed };
        entry.kind == EntryKind::File
            && role(&path, &self.folder, &self.book, &self.settings) == PathRole::RemovedDeal
    }

    /// Returns the deals as they will be after the merge: those of the base, with those of the change over them.
    fn merged_deals(&self) -> Result<BTreeMap<String, Arc<[u8]>>, Failure> {
        let mut entries = BTreeMap::new();
        for entry in self.repository.below(&self.base, &self.folder)? {
            if self.is_deal(&entry) && !self.removed.contains(&entry.path) {
                entries.insert(entry.path.clone(), entry);
            }
        }
        for entry in self.repository.below(&self.head, &self.folder)? {
            if self.changed.contains(&entry.path) {
                entries.insert(entry.path.clone(), entry);
            }
        }
        let listed: Vec<_> = entries.values().collect();
        let contents = self.contents(&listed)?;
        let deal = |(path, entry): (&String, &TreeEntry)| {
            (path.clone(), Arc::clone(&contents[entry.object.as_str()]))
        };
        Ok(entries.iter().map(deal).collect())
    }

    /// Reads the price books of the base, and those of the change where it has others. A price book that cannot be
    /// used judges nothing, and nobody knows what a change of such a book loosens: the settings have to allow the mend.
    fn books(&mut self) -> Result<(Option<CommittedBooks>, Option<CommittedBooks>), Failure> {
        let (mut unusable, is_changed) = (Vec::new(), !self.changed_books.is_empty());
        let read = |commit: &str| BooksOfCommit::read(&self.repository, commit, &self.book);
        if self.is_book_named && !is_changed && matches!(read(&self.base)?, BooksOfCommit::Missing)
        {
            let why = "there is no price book of this name: --book names another";
            unusable.push((self.book.clone(), why.to_owned()));
        }
        let own = if is_changed { Some(read(&self.head)?) } else { None };
        let own = own.and_then(|own| own.or_report("the price book", &mut unusable, &self.book));
        let may_mend = self.settings.allows_loosening("book") && self.changed.is_empty();
        let mut of_base = Vec::new();
        let base = BooksOfCommit::judging(&self.repository, &self.base, &self.book)?;
        let base = base.or_report("the price book of the base", &mut of_base, &self.book);
        if own.is_none() || !may_mend {
            unusable.append(&mut of_base);
        }
        self.unjudged.append(&mut unusable);
        Ok((base, own))
    }

    /// Judges the change, and gives the result to `show`.
    pub fn with_gate(
        mut self,
        args: &CiArgs,
        show: impl FnOnce(&Gate<'_, '_>) -> Result<CommandOutcome, Failure>,
    ) -> Result<CommandOutcome, Failure> {
        let (base_books, own_books) = self.books()?;
        let [base_book, own_book] =
            [&base_books, &own_books].map(|books| books.as_ref().map(|books| books.all));
        let Some(first) = base_book.or(own_book) else {
            let gate = self.gate(
                args.base.as_str(),
                args.date.unwrap_or_else(books::machine_today),
                String::new(),
            );
            return show(&gate);
        };
        let day = args.date.unwrap_or_else(|| first.today());
        let ladder = first.books.first().ladder();
        let level = [args.max_approval.as_deref(), self.settings.max_approval.as_deref()];
        let level = level
            .into_iter()
            .flatten()
            .map(|name| levels::level(first.books.first(), "--max-approval", Some(name)));
        let level = level.collect::<Result<Vec<_>, _>>()?.into_iter().flatten().min();
        let level = level.or_else(|| ladder.level(ladder.names().next()?));
        let name = level.map(|level| ladder.name(level).to_owned()).unwrap_or_default();
        let deny = self.denied(args)?;
        let deals = self.merged_deals()?;
        let [by_base_deals, by_own_deals] =
            [base_book, own_book].map(|book| book.map(|book| (book, named(&deals, book, day))));
        let of = |deals: &'_ Option<(_, Vec<NamedDeal<'static>>)>| {
            deals.iter().flat_map(|(_, deals)| deals).map(errors_of).collect::<BTreeMap<_, _>>()
        };
        self.report_unreadable(&deals, &of(&by_base_deals), &of(&by_own_deals));
        let reviews = self.reviews([&base_books, &own_books], day, &deny.findings)?;
        let wanted = (name.as_str(), level);
        let notices = &deny.notices;
        let by_base =
            by_base_deals.as_ref().map(|(book, deals)| judged(book, deals, day, wanted, notices));
        let by_own =
            by_own_deals.as_ref().map(|(book, deals)| judged(book, deals, day, wanted, notices));
        let old = named(&self.before_the_change()?, first, day);
        let new = by_own_deals.as_ref().or(by_base_deals.as_ref());
        let quotes =
            versions(&old, new.map_or(&[], |(_, deals)| deals), &self.changed, &self.removed, day);
        let differences = quotes.iter().map(|(name, [old, new])| ComparedDeal {
            name: (*name).to_owned(),
            unpriced: None,
            difference: difference(old.as_ref(), new.as_ref()),
        });
        let differences = differences.collect();
        let mut gate = self.gate(args.base.as_str(), day, name.clone());
        (gate.by_base, gate.by_own, gate.books) = (by_base, by_own, reviews);
        gate.differences = differences;
        show(&gate)
    }

    /// Returns what the change does to its price books. Changes that others merged into the base meanwhile are no part of
    /// it.
    fn reviews(
        &self,
        [base, own]: [&Option<CommittedBooks>; 2],
        day: Date,
        denied: &[&'static str],
    ) -> Result<Vec<BookReview<'static>>, Failure> {
        if self.changed_books.is_empty() {
            return Ok(Vec::new());
        }
        let start = BooksOfCommit::judging(&self.repository, &self.start, &self.book)?;
        let start = start.or_report("", &mut Vec::new(), &self.book);
        let versions = BookVersions { start, base: base.as_ref(), own: own.as_ref() };
        versions.reviews(&self.changed_books, &self.settings, day, denied)
    }

    /// Reports deals that the change does not touch, and that cannot be read: nobody knows whether a changed deal
    /// splits an order with one of them. A changed price book must not make a deal unreadable either.
    fn report_unreadable(
        &mut self,
        deals: &BTreeMap<String, Arc<[u8]>>,
        by_base: &BTreeMap<String, Option<String>>,
        by_own: &BTreeMap<String, Option<String>>,
    ) {
        let why = |errors: &BTreeMap<String, Option<String>>, name: &String| {
            errors.get(name).cloned().flatten()
        };
        let mut found = Vec::new();
        let is_left_alone =
            |name: &&String| !self.changed.contains(name) && !self.settings.allows_path(name);
        for name in deals.keys().filter(is_left_alone) {
            match (why(by_base, name), why(by_own, name)) {
                (Some(why), _) if !self.changed.is_empty() => {
                    let words = "it could count with a changed deal, and cannot be read";
                    found.push((name.clone(), format!("{words}: {why}")));
                }
                (None, Some(why)) => {
                    found.push((
                        name.clone(),
                        format!("the changed price book cannot price it: {why}"),
                    ));
                }
                _ => {}
            }
        }
        for name in self.changed.iter().filter(|name| !deals.contains_key(*name)) {
            found.push((name.clone(), "the folder of deals has no such name in git".to_owned()));
        }
        self.unjudged.append(&mut found);
    }

    fn before_the_change(&self) -> Result<BTreeMap<String, Arc<[u8]>>, Failure> {
        let listed: Vec<_> = self.before.values().collect();
        let contents = self.contents(&listed)?;
        let deal = |(path, entry): (&String, &TreeEntry)| {
            (path.clone(), Arc::clone(&contents[entry.object.as_str()]))
        };
        Ok(self.before.iter().map(deal).collect())
    }

    fn gate<'a>(&mut self, base: &'a str, day: Date, max_approval: String) -> Gate<'a, 'static> {
        Gate {
            base,
            day,
            max_approval,
            unjudged: std::mem::take(&mut self.unjudged),
            by_base: None,
            by_own: None,
            changed: std::mem::take(&mut self.changed),
            removed: std::mem::take(&mut self.removed),
            books: Vec::new(),
            differences: Vec::new(),
        }
    }

    /// Returns the codes of the flags and of the settings.
    fn denied(&self, args: &CiArgs) -> Result<DeniedCodes, Failure> {
        let mut denied = DeniedCodes::default();
        for code in args.deny.iter().chain(self.settings.deny.iter().map(|code| &code.value)) {
            denied.add(code).map_err(|why| wrong_command_line(&format!("--deny: {why}")))?;
        }
        Ok(denied)
    }
}
