//! Contracts that customers have signed, from the deal files of `--contracts`.

use super::{Failure, deal_files, files};
use crate::book::{Books, SignedContract};
use crate::deal;
use crate::deal::Draft;
use crate::number::Date;
use crate::text::clean;
use crate::text::diagnostic::{Code, Diagnostic, Diagnostics};
use std::path::{Path, PathBuf};

/// Reads contracts from files and folders, each once. Returns their files too. `today` dates a contract that names no
/// date.
///
/// # Errors
/// One contract with an error is enough: without its units, every price could be another one.
pub fn read(
    named: &[PathBuf],
    (books, book_files): (&Books, &[&Path]),
    today: Date,
) -> Result<(Vec<PathBuf>, Vec<SignedContract>), Failure> {
    let paths = deal_files::list_all(named, book_files)?;
    let contracts = paths.iter().map(|path| {
        let draft = deal_files::read_draft(path)?;
        let faults = match deal::resolve(&draft, books, today) {
            Ok(deal) if deal.states_customer() => {
                return Ok(deal::signed_contract(&files::name(path), &deal));
            }
            Ok(_) => Diagnostics::sorted(vec![unnamed(&draft)]),
            Err(faults) => faults,
        };
        let summary = format!("the contract {} cannot be counted", path.display());
        Err(Failure::faults(clean(&summary), faults))
    });
    let contracts = contracts.collect::<Result<Vec<_>, Failure>>()?;
    Ok((paths, contracts))
}

fn unnamed(contract: &Draft) -> Diagnostic {
    let message = "the contract does not name its customer";
    Diagnostic::new(Code::MissingKey, contract.place.clone(), message)
        .hint("add `customer`: the contract counts with the deals of its customer")
}
