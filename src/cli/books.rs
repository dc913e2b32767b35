//! The price book of a command: the one named, the nearest `pricing.toml`, or the one built into the
//! program. Several files can be named: the date of a deal chooses among them.

use super::contracts::{ContractFile, NamedContracts};
use super::{Failure, files, wrong_command_line};
use crate::answer::book_tables;
use crate::answer::book_tables::BookTables;
use crate::answer::pipeline::NamedDeal;
use crate::book::{Books, SignedContract};
use crate::deal::{Deal, Draft};
use crate::number::{Date, TimeZone};
use crate::text::clean;
use crate::text::diagnostic::{Diagnostic, Diagnostics};
use crate::text::source::Source;
use crate::{book, deal};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::SystemTime;

/// The price book that is used when there is no other.
const BUILT_IN: &str = include_str!("../../pricing.toml");

/// The files and folders of `--price-book` or `DEALDESK_PRICE_BOOK`, and of `--contracts`, if any are given.
pub struct BookChoice {
    books: Vec<PathBuf>,
    contracts: Vec<PathBuf>,
    /// Whether `--price-book` was typed.
    is_typed: bool,
}

/// Price books of one file, or of several that follow one another in time.
pub struct LoadedBook {
    pub books: Books,
    pub source: Arc<Source>,
    /// The file; `None` for the built-in book, and for the books of several files.
    pub path: Option<PathBuf>,
    /// Every file of the books.
    pub paths: Vec<PathBuf>,
    /// The files of signed contracts.
    pub contracts: Vec<ContractFile>,
    /// The files of contracts with errors, each with its errors.
    unread_contracts: Vec<(PathBuf, Vec<String>)>,
}

impl LoadedBook {
    pub fn read(path: &Path) -> Result<&'static Self, Failure> {
        Self::new(
            files::read(path, "price book")?,
            Some(path.to_owned()),
            NamedContracts::default(),
        )
    }

    /// Loads the book that is built into the program.
    pub fn built_in() -> Result<&'static Self, Failure> {
        Self::new(built_in(), None, NamedContracts::default())
    }

    /// Loads a book from its text. `path` is its file; `None` for a text from elsewhere. The book lives
    /// as long as the process, because freeing it would take a good part of the time of a short command.
    pub fn new(
        source: Arc<Source>,
        path: Option<PathBuf>,
        contracts: NamedContracts<'_>,
    ) -> Result<&'static Self, Failure> {
        let books = load(&source, path.as_deref())?;
        let paths = path.iter().cloned().collect();
        Self { books, source, path, paths, contracts: Vec::new(), unread_contracts: Vec::new() }
            .with_contracts(contracts)
    }

    /// Loads the books of several files, of which the date of a deal chooses one.
    fn of_files(
        paths: Vec<PathBuf>,
        contracts: NamedContracts<'_>,
    ) -> Result<&'static Self, Failure> {
        let read = |path: &PathBuf| load(&files::read(path, "price book")?, Some(path));
        let all = paths.iter().map(read).collect::<Result<Vec<_>, _>>()?;
        Self::following(all, paths, contracts)
    }

    /// Loads the books of several texts that are no files, of which the date of a deal chooses one.
    pub fn of_sources(sources: &[Arc<Source>]) -> Result<&'static Self, Failure> {
        let load = |source: &Arc<Source>| load(source, Some(Path::new(source.name())));
        let all = sources.iter().map(load).collect::<Result<Vec<_>, _>>()?;
        Self::following(all, Vec::new(), NamedContracts::default())
    }

    fn following(
        all: Vec<Books>,
        paths: Vec<PathBuf>,
        contracts: NamedContracts<'_>,
    ) -> Result<&'static Self, Failure> {
        let cannot = "these price books cannot be used together";
        let books =
            Books::in_order_of_time(all).map_err(|faults| Failure::faults(cannot, faults))?;
        let books = books.ok_or_else(|| wrong_command_line("--price-book: name a file"))?;
        let source = Source::typed("price books", "");
        Self {
            books,
            source,
            path: None,
            paths,
            contracts: Vec::new(),
            unread_contracts: Vec::new(),
        }
        .with_contracts(contracts)
    }

    fn with_contracts(mut self, named: NamedContracts<'_>) -> Result<&'static Self, Failure> {
        let book_files: Vec<_> = self.files().collect();
        let today = self.today();
        let read = named.read((&self.books, &book_files), today)?;
        self.books = self.books.with_contracts(read.contracts);
        (self.contracts, self.unread_contracts) = (read.files, read.unread);
        Ok(Box::leak(Box::new(self)))
    }

    /// Refuses several files, for a command that is about one book.
    pub fn only(&self) -> Result<&Self, Failure> {
        if self.paths.len() > 1 {
            let message = "--price-book: this command is about one price book: name its file";
            return Err(wrong_command_line(message));
        }
        Ok(self)
    }

    /// Returns the day by the clock of the machine, in the time zone of the book or of the machine.
    pub fn today(&self) -> Date {
        let zone = self.books.time_zone().cloned().unwrap_or_else(TimeZone::of_machine);
        Date::of_clock(SystemTime::now(), &zone)
    }

    /// Returns the files of the books and of the contracts, which no answer may replace, and which are no deals.
    pub fn files(&self) -> impl Iterator<Item = &Path> + Clone {
        self.paths.iter().map(PathBuf::as_path).chain(self.contract_files())
    }

    fn contract_files(&self) -> impl Iterator<Item = &Path> + Clone {
        let contracts = self.contracts.iter().map(|contract| contract.path.as_path());
        contracts.chain(self.unread_contracts.iter().map(|(path, _)| path.as_path()))
    }

    /// Refuses deals one of which is a signed contract too: it would count with itself.
    pub fn refuse_contracts<'p>(
        &self,
        mut deals: impl Iterator<Item = &'p Path>,
    ) -> Result<(), Failure> {
        let known = files::KnownFiles::new(self.contract_files());
        let Some(deal) = deals.find(|deal| known.contains(deal)) else { return Ok(()) };
        let message = format!("{} is both a deal and a contract of --contracts", deal.display());
        Err(wrong_command_line(&message))
    }

    /// Whether contracts are given, with or without errors.
    pub const fn has_contracts(&self) -> bool {
        !self.contracts.is_empty() || !self.unread_contracts.is_empty()
    }

    /// Returns the contracts as deals, each under a name that none of the deals beside them has.
    pub fn signed_deals(&self, beside: &[NamedDeal<'_>]) -> Vec<NamedDeal<'_>> {
        let files = self.contracts.iter().zip(self.books.contracts());
        let deals = files.map(|(file, contract)| {
            let deal = deal::resolve_contract(&file.draft, &self.books, contract);
            let sentences = |faults: Diagnostics| faults.iter().map(Diagnostic::sentence).collect();
            NamedDeal { name: name_beside(&file.path, beside), deal: deal.map_err(sentences) }
        });
        let unread = self.unread_contracts.iter().map(|(path, errors)| NamedDeal {
            name: name_beside(path, beside),
            deal: Err(errors.clone()),
        });
        deals.chain(unread).collect()
    }

    /// Resolves a deal, on the date of today if it names none. `cannot` is the summary of its errors. A contract of
    /// its customer that is dated later is refused: it is not signed.
    pub fn deal(&self, draft: &Draft, cannot: &str) -> Result<Deal<'_>, Failure> {
        let deal = deal::resolve(draft, &self.books, self.today())
            .map_err(|faults| Failure::faults(cannot, faults))?;
        self.refuse_unsigned(draft, &deal)?;
        Ok(deal)
    }

    /// Refuses contracts that are none beside a deal: those of its customer that are dated after its quote, and copies
    /// of its file.
    pub fn refuse_unsigned(&self, draft: &Draft, deal: &Deal<'_>) -> Result<(), Failure> {
        self.refuse_copy(draft)?;
        self.refuse_later_contracts(deal)
    }

    /// Refuses a deal whose file has the text of a contract: it would count with itself.
    pub fn refuse_copy(&self, draft: &Draft) -> Result<(), Failure> {
        let source = &draft.place.source;
        let is_copy =
            |it: &&ContractFile| source.is_file && it.draft.place.source.text() == source.text();
        let Some(copy) = self.contracts.iter().find(is_copy) else { return Ok(()) };
        let (deal, contract) = (source.name(), copy.path.display());
        let message = format!(
            "{deal} has the text of the contract {contract} of --contracts, and would count with itself"
        );
        Err(wrong_command_line(&message))
    }

    /// Refuses contracts of the customer of a deal that are dated after its quote.
    fn refuse_later_contracts(&self, deal: &Deal<'_>) -> Result<(), Failure> {
        let is_later = |signed: &SignedContract| {
            deal.later_contracts().iter().any(|later| std::ptr::eq(*later, signed))
        };
        let day = format!("the quote, which is of {}", deal.date);
        self.refuse_contracts_that(is_later, &day)
    }

    /// Refuses contracts that are dated after the day of a check.
    pub fn refuse_contracts_after(&self, day: Date) -> Result<(), Failure> {
        self.refuse_contracts_that(|signed| signed.date > day, &format!("the check on {day}"))
    }

    fn refuse_contracts_that(
        &self,
        is_later: impl Fn(&SignedContract) -> bool,
        day: &str,
    ) -> Result<(), Failure> {
        let mut files = self.contracts.iter().zip(self.books.contracts());
        let found = files.find(|(_, signed)| is_later(signed));
        found.map_or(Ok(()), |(file, signed)| Err(file.dated_later(signed.date, day)))
    }

    /// Reads the book as tables, once for each currency. A book that loaded has no errors in them.
    pub fn tables(&self) -> Result<Vec<BookTables>, Failure> {
        book_tables::read(&self.source)
            .map_err(|faults| Failure::faults("the price book cannot be listed", faults))
    }
}

/// Returns a name for a contract that no deal has.
fn name_beside(contract: &Path, deals: &[NamedDeal<'_>]) -> String {
    let mut name = contract.display().to_string();
    while deals.iter().any(|deal| deal.name == name) {
        name = format!("the contract {name}");
    }
    name
}

fn built_in() -> Arc<Source> {
    Source::file(files::PRICE_BOOK, BUILT_IN)
}

fn load(source: &Arc<Source>, path: Option<&Path>) -> Result<Books, Failure> {
    book::load(source).map_err(|faults| {
        let place = path.map(|path| format!(" {}", path.display()));
        let summary = format!("the price book{} cannot be used", place.unwrap_or_default());
        Failure::faults(clean(&summary), faults)
    })
}

impl BookChoice {
    /// Chooses the files that were typed, or the one that the environment names. An empty variable names
    /// none; an empty flag is an error.
    pub fn new(typed: Vec<PathBuf>, contracts: Vec<PathBuf>) -> Self {
        if !typed.is_empty() {
            return Self { books: typed, contracts, is_typed: true };
        }
        let named = std::env::var_os("DEALDESK_PRICE_BOOK").filter(|name| !name.is_empty());
        Self { books: named.map(PathBuf::from).into_iter().collect(), contracts, is_typed: false }
    }

    pub fn load(&self) -> Result<&'static LoadedBook, Failure> {
        self.load_beside(NamedContracts { paths: &self.contracts, are_read_apart: false })
    }

    fn load_beside(&self, contracts: NamedContracts<'_>) -> Result<&'static LoadedBook, Failure> {
        let mut paths = self.paths()?;
        match paths.pop() {
            Some(path) if paths.is_empty() => {
                LoadedBook::new(files::read(&path, "price book")?, Some(path), contracts)
            }
            Some(path) => LoadedBook::of_files([paths, vec![path]].concat(), contracts),
            None => LoadedBook::new(built_in(), None, contracts),
        }
    }

    /// Returns the files: those that were named, all of a folder, or the nearest one; none for the built-in book.
    pub fn paths(&self) -> Result<Vec<PathBuf>, Failure> {
        if self.books.is_empty() {
            let here = std::env::current_dir().ok();
            let folders = here.iter().flat_map(|here| here.ancestors());
            let nearest =
                folders.map(|folder| folder.join(files::PRICE_BOOK)).find(|path| path.is_file());
            return Ok(nearest.into_iter().collect());
        }
        let mut paths = Vec::new();
        for named in &self.books {
            if named.is_dir() {
                paths.extend(in_folder(named)?);
            } else {
                paths.push(named.clone());
            }
        }
        Ok(paths)
    }

    /// Refuses named price books, for a command that has its own flag. `hint` says which.
    pub fn without_books(&self, hint: &str) -> Result<&Self, Failure> {
        if self.is_typed {
            return Err(wrong_command_line(&format!("--price-book: {hint}")));
        }
        Ok(self)
    }

    /// Refuses signed contracts, for a command that would not count them. `why` is a clause.
    pub fn without_contracts(&self, why: &str) -> Result<&Self, Failure> {
        if !self.contracts.is_empty() {
            let message = format!("--contracts: {why}, and counts no signed contract");
            return Err(wrong_command_line(&message));
        }
        Ok(self)
    }

    /// Loads the book of a command that is about one: a file that is named for it, or the one that is chosen.
    pub fn load_one(&self, named: Option<&Path>) -> Result<&'static LoadedBook, Failure> {
        self.without_contracts("this command is about one price book")?;
        if let Some(named) = named {
            return LoadedBook::read(named);
        }
        self.load()?.only()
    }

    /// Loads the book for a command that reads other files too, of which one may be standard input.
    pub fn load_with<'p>(
        &'p self,
        inputs: impl IntoIterator<Item = &'p Path>,
    ) -> Result<&'static LoadedBook, Failure> {
        self.read_once(inputs)?;
        self.load()
    }

    /// Loads the book like [`Self::load_with`], for a command that judges many deals: a contract with an error is reported
    /// like a deal with one, and hides none of the others.
    pub fn load_with_all<'p>(
        &'p self,
        inputs: impl IntoIterator<Item = &'p Path>,
    ) -> Result<&'static LoadedBook, Failure> {
        self.read_once(inputs)?;
        self.load_beside(NamedContracts { paths: &self.contracts, are_read_apart: true })
    }

    fn read_once<'p>(&'p self, inputs: impl IntoIterator<Item = &'p Path>) -> Result<(), Failure> {
        let own = self.books.iter().chain(&self.contracts).map(PathBuf::as_path);
        files::read_once(inputs.into_iter().chain(own))
    }
}

/// Returns the price books of a folder, in the order of their names.
fn in_folder(folder: &Path) -> Result<Vec<PathBuf>, Failure> {
    let cannot = |error| files::cannot_read(folder, "folder of price books", error);
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).map_err(cannot)? {
        let path = entry.map_err(cannot)?.path();
        let is_hidden =
            path.file_name().is_some_and(|name| name.to_string_lossy().starts_with('.'));
        if !is_hidden && files::is_toml(&path) && path.is_file() {
            found.push(path);
        }
    }
    if found.is_empty() {
        let message = format!("there is no price book (.toml) in {}", folder.display());
        return Err(wrong_command_line(&message));
    }
    found.sort();
    Ok(found)
}

/// Returns the day of the machine's clock and zone, for a command without a price book.
pub fn machine_today() -> Date {
    Date::of_clock(SystemTime::now(), &TimeZone::of_machine())
}
