//! The files that a gate writes. The work tree has the files of the change, and a link among them could lead anywhere.

use super::CiArgs;
use crate::cli::{Failure, files, wrong_command_line};
use anyhow::anyhow;
use std::path::Path;

/// Refuses files that are links, pipes or each other, or that lie behind a link of the change. `top` is the folder of the
/// work tree.
pub fn refuse_links(args: &CiArgs, top: &Path) -> Result<(), Failure> {
    let printed = args.printing.output.as_ref().filter(|path| !files::is_standard(path));
    let outputs = [
        ("--output", printed),
        ("--comment", args.comment.as_ref()),
        ("--sarif", args.sarif.as_ref()),
        ("--code-quality", args.code_quality.as_ref()),
    ];
    let outputs: Vec<_> =
        outputs.into_iter().filter_map(|(flag, path)| Some((flag, path?))).collect();
    for (place, (flag, path)) in outputs.iter().enumerate() {
        if files::is_standard(path) {
            return Err(wrong_command_line(&format!("{flag}: name a file")));
        }
        let is_behind_link = path.ancestors().skip(1).any(|folder| is_link_of_tree(folder, top));
        if is_behind_link || path.symlink_metadata().is_ok_and(|there| !there.is_file()) {
            let shown = path.display();
            let message =
                format!("{flag}: {shown} is a link or no file, and the change could have made it");
            return Err(anyhow!(message).into());
        }
        let is_same = |known: &Path| known == path.as_path() || files::are_same(known, path);
        if let Some((other, _)) = outputs[..place].iter().find(|(_, known)| is_same(known)) {
            let message = format!("{flag} and {other} name one file");
            return Err(wrong_command_line(&message));
        }
    }
    Ok(())
}

/// Whether a folder is a link that the change could have made: one of a relative path, or one inside the work tree.
fn is_link_of_tree(folder: &Path, top: &Path) -> bool {
    let is_inside = || files::folder_of(folder).canonicalize().is_ok_and(|it| it.starts_with(top));
    folder.is_symlink() && (folder.is_relative() || is_inside())
}
