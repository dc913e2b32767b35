//! Contracts that customers have signed, from the deal files of `--contracts`.

use super::{Failure, deal_files, files, output};
use crate::book::{Books, SignedContract};
use crate::deal;
use crate::deal::Draft;
use crate::number::Date;
use crate::text::clean;
use crate::text::diagnostic::{Code, Diagnostic, Diagnostics};
use std::path::{Path, PathBuf};

/// File of a signed contract.
pub struct ContractFile {
    pub path: PathBuf,
    pub draft: Draft,
}

/// The files and folders of `--contracts`.
#[derive(Clone, Copy, Default)]
pub struct NamedContracts<'c> {
    pub paths: &'c [PathBuf],
    /// Whether a contract with an error is reported and left out. Otherwise one is enough to read none: without its
    /// units, every price could be another one.
    pub are_read_apart: bool,
}

/// Contracts that were read, each once.
#[derive(Default)]
pub struct ReadContracts {
    pub files: Vec<ContractFile>,
    /// The contract of each file.
    pub contracts: Vec<SignedContract>,
    /// The files with errors, each with a sentence for every error.
    pub unread: Vec<(PathBuf, Vec<String>)>,
}

impl NamedContracts<'_> {
    /// Reads the contracts. `today` is the date of one that states none, to find all of its errors.
    pub fn read(
        self,
        (books, book_files): (&Books, &[&Path]),
        today: Date,
    ) -> Result<ReadContracts, Failure> {
        let mut found = ReadContracts::default();
        for path in deal_files::list_all(self.paths, book_files)? {
            match found.add(path.clone(), books, today) {
                Err(failure) if self.are_read_apart => {
                    found.unread.push((path, failure.messages()));
                    output::report(failure);
                }
                added => added?,
            }
        }
        Ok(found)
    }
}

impl ReadContracts {
    fn add(&mut self, path: PathBuf, books: &Books, today: Date) -> Result<(), Failure> {
        let file = ContractFile { draft: deal_files::read_draft(&path)?, path };
        let contract = file.contract(books, today)?;
        if let Some(known) = self.contracts.iter().position(|it| it.is_same(&contract)) {
            return Err(file.is_copy_of(&self.files[known]));
        }
        self.contracts.push(contract);
        self.files.push(file);
        Ok(())
    }
}

impl ContractFile {
    /// Returns the contract. `today` is the date of a file without one, to find all of its errors.
    fn contract(&self, books: &Books, today: Date) -> Result<SignedContract, Failure> {
        let deal = deal::resolve(&self.draft, books, today).map_err(|it| self.cannot_count(it))?;
        let missing: Vec<_> = [
            (!deal.states_customer()).then(|| self.unnamed()),
            self.draft.date.is_none().then(|| self.undated()),
        ]
        .into_iter()
        .flatten()
        .collect();
        if !missing.is_empty() {
            return Err(self.cannot_count(Diagnostics::sorted(missing)));
        }
        Ok(deal::signed_contract(&files::name(&self.path), &deal))
    }

    fn cannot_count(&self, faults: Diagnostics) -> Failure {
        let summary = format!("the contract {} cannot be counted", self.path.display());
        Failure::faults(clean(&summary), faults)
    }

    fn is_copy_of(&self, known: &Self) -> Failure {
        let message = format!("the contract says what {} says", known.path.display());
        let fault = Diagnostic::new(Code::Conflict, self.draft.place.clone(), message)
            .hint("leave one of them out: a contract counts once");
        self.cannot_count(Diagnostics::sorted(vec![fault]))
    }

    fn unnamed(&self) -> Diagnostic {
        let message = "the contract does not name its customer";
        Diagnostic::new(Code::MissingKey, self.draft.place.clone(), message)
            .hint("add `customer`: the contract counts with the deals of its customer")
    }

    fn undated(&self) -> Diagnostic {
        let message = "the contract does not state the day on which it was signed";
        Diagnostic::new(Code::MissingKey, self.draft.place.clone(), message)
            .hint("add `date`: the contract counts for quotes of that day, and of later days")
    }

    /// Returns the error for a contract that is dated after a day. `day` says which: "the quote, which is of
    /// 2026-11-21".
    pub fn dated_later(&self, signed: Date, day: &str) -> Failure {
        let place = self.draft.date.as_ref().map_or(&self.draft.place, |date| &date.place);
        let message = format!("the contract is dated {signed}, after {day}");
        let fault = Diagnostic::new(Code::Conflict, place.clone(), message)
            .hint("correct `date`, or leave the contract out: nobody has signed it by then");
        self.cannot_count(Diagnostics::sorted(vec![fault]))
    }
}
