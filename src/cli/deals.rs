//! Several deal files. An error in one of them hides none of the others.

use super::deal_files::{cannot_price, list, name_in, read_draft};
use super::{Failure, LoadedBook, OutputArgs, files};
use crate::answer::pipeline::NamedDeal;
use crate::deal;
use crate::deal::{Deal, Draft};
use crate::number::Date;
use crate::text::clean;
use crate::text::diagnostic::{Code, Diagnostic, Diagnostics};
use std::path::{Path, PathBuf};

/// Reads the deals of the arguments in their order: files, folders with everything inside, and `-` for
/// standard input. A file under two names counts once; `day` is the date of deals that name none.
///
/// Errors go to standard error, and their deal stays in the list. Names are as typed, without the folder
/// `inside`. An answer that replaces a deal or the book is refused. With `are_judged_together`, one of several
/// deals that does not say whose it is cannot be.
pub fn read_all<'b>(
    paths: &[PathBuf],
    found: &'b LoadedBook,
    printing: &OutputArgs,
    day: Date,
    inside: Option<&Path>,
    are_judged_together: bool,
) -> Result<Vec<NamedDeal<'b>>, Failure> {
    found.refuse_contracts_after(day)?;
    let books: Vec<_> = found.files().collect();
    let files = list(paths, &books)?;
    found.refuse_contracts(files.iter().map(|(path, _)| path.as_path()))?;
    let inputs = files.iter().filter(|(_, listed)| listed.is_ok()).map(|(path, _)| path.as_path());
    printing.refuse_overwrite(inputs.chain(books.iter().copied()), "the answer is")?;
    let are_several = files.len() > 1;
    let needs_customer = are_judged_together && (are_several || found.has_contracts());
    let read = |(path, listed): (PathBuf, Result<(), Failure>)| {
        let draft = listed.and_then(|()| read_draft(&path));
        let deal = draft.and_then(|draft| {
            found.refuse_copy(&draft)?;
            let deal = deal::resolve(&draft, &found.books, day);
            let deal = deal.map_err(|faults| cannot_price(&path, faults))?;
            if needs_customer { named(deal, &draft, &path, !are_several) } else { Ok(deal) }
        });
        let deal = deal.map_err(|failure| {
            let messages = failure.messages();
            crate::cli::output::report(failure);
            messages
        });
        let is_input = files::is_standard(&path);
        let name = if is_input { "standard input".to_owned() } else { name_in(inside, &path) };
        NamedDeal { name, deal }
    };
    Ok(files.into_iter().map(read).collect())
}

/// Returns the contracts beside some deals. One with errors joins the deals, as a deal that cannot be read.
pub fn contracts_beside<'b>(
    deals: &mut Vec<NamedDeal<'b>>,
    found: &'b LoadedBook,
) -> Vec<NamedDeal<'b>> {
    let contracts = found.signed_deals(deals).into_iter();
    let (read, unread): (Vec<_>, Vec<_>) = contracts.partition(|contract| contract.deal.is_ok());
    deals.extend(unread);
    read
}

/// Returns a deal beside contracts, if there are any, that says whose it is.
pub fn named_beside_contracts<'b>(
    deal: Deal<'b>,
    draft: &Draft,
    found: &LoadedBook,
) -> Result<Deal<'b>, Failure> {
    if found.has_contracts() { named(deal, draft, Path::new(""), true) } else { Ok(deal) }
}

/// Returns a deal that says whose it is, by name, account or opportunity.
fn named<'b>(
    deal: Deal<'b>,
    draft: &Draft,
    path: &Path,
    are_contracts: bool,
) -> Result<Deal<'b>, Failure> {
    if deal.states_customer() {
        return Ok(deal);
    }
    let message = "the deal does not name its customer";
    let (hint, others) = if are_contracts {
        (
            "add `customer`: the contracts of --contracts count with the deals of their customer",
            "contracts",
        )
    } else {
        (
            "add `customer`: several deals are checked together, and those of one customer count as one",
            "others",
        )
    };
    let fault = Diagnostic::new(Code::MissingKey, draft.place.clone(), message).hint(hint);
    let which = path.display().to_string();
    let which = if which.is_empty() { "this deal".to_owned() } else { format!("the deal {which}") };
    let summary = format!("{which} cannot be checked with {others}");
    Err(Failure::faults(clean(&summary), Diagnostics::sorted(vec![fault])))
}
