//! The page: each module with those that it may use.
//!
//! Between the fences of a ```` ```text ```` block in the doc comment of `src/lib.rs` each line is a
//! module, lowest first:
//!
//! ```text
//! number                          money, quantities, rates
//! price <- deal, number           the waterfall of each line
//! answer/compare <- quote, price  one need by each metric
//! cli <- answer/compare,          a list that ends with a comma, or an arrow that ends its line,
//!     quote                       goes on in the next line
//! ```
//!
//! Several names before the arrow have the same list. A file belongs to the longest name that its
//! path begins with. What is not written is forbidden, to a folder and those in it as well.

use super::imports::imports;
use super::{File, ROOTS, assert_none, code, files};
use crate::support::root;
use std::collections::BTreeSet;
use std::fs;

struct Page {
    modules: Vec<Module>,
}

struct Module {
    name: String,
    uses: BTreeSet<String>,
}

impl Page {
    fn read(text: &str) -> Self {
        let mut modules = Vec::new();
        let mut lines = text.lines().filter(|line| !line.trim().is_empty());
        while let Some(line) = lines.next() {
            let (names, used) = line.split_once("<-").unwrap_or((undescribed(line), ""));
            let is_described = used.starts_with("  ");
            let mut used = if is_described { "" } else { undescribed(used) }.to_owned();
            while used.ends_with(',') || line.contains("<-") && used.is_empty() {
                used += undescribed(lines.next().expect("a line after a comma"));
            }
            let uses: BTreeSet<_> = listed(&used).collect();
            let module = |name| Module { name, uses: uses.clone() };
            modules.extend(listed(names).map(module));
        }
        Self { modules }
    }

    fn module(&self, name: &str) -> Option<&Module> {
        self.modules.iter().find(|module| module.name == name)
    }

    /// The longest name that a path begins with.
    fn of(&self, path: &[impl AsRef<str>]) -> Option<&Module> {
        let names: Vec<_> = path.iter().map(AsRef::as_ref).collect();
        (1..=names.len()).rev().find_map(|length| self.module(&names[..length].join("/")))
    }

    /// Returns names that are listed twice, and arrows that do not point to a line above.
    fn complaints(&self) -> Vec<String> {
        let mut complaints = Vec::new();
        for (at, Module { name, uses }) in self.modules.iter().enumerate() {
            let before = &self.modules[..at];
            if before.iter().any(|it| it.name == *name) {
                complaints.push(format!("the page has `{name}` twice"));
            }
            let is_before = |used: &&String| before.iter().any(|it| it.name == **used);
            let wrong = uses.iter().filter(|used| !is_before(used));
            complaints.extend(wrong.map(|used| format!("`{used}` is not above `{name}`")));
        }
        complaints
    }

    /// Returns the imports that the page does not list, files without a module, and modules without
    /// a file.
    fn broken_by(&self, files: &[File]) -> Vec<String> {
        let mut complaints = self.complaints();
        let mut seen = BTreeSet::new();
        for file in files {
            let path = &file.path;
            let Some(module) = self.of(&file.module()) else {
                if !only_declares(&file.text) {
                    complaints.push(format!("{path} belongs to no module of the page"));
                }
                continue;
            };
            seen.insert(&module.name);
            let targets: BTreeSet<_> = imports(file)
                .iter()
                .map(|it| self.of(it).map_or_else(|| it[0].clone(), |it| it.name.clone()))
                .collect();
            let forbidden =
                targets.iter().filter(|it| **it != module.name && !module.uses.contains(*it));
            let told = |it| format!("{path}: `{}` may not use `{it}`", module.name);
            complaints.extend(forbidden.map(told));
        }
        let unseen = self.modules.iter().filter(|module| !seen.contains(&module.name));
        complaints.extend(unseen.map(|it| format!("no file is in `{}`", it.name)));
        complaints
    }
}

/// A list without the description that two spaces part from it.
fn undescribed(text: &str) -> &str {
    let text = text.trim();
    text.split_once("  ").map_or(text, |(list, _)| list).trim()
}

fn listed(names: &str) -> impl Iterator<Item = String> {
    let names = names.split(',').map(str::trim).filter(|name| !name.is_empty());
    names.map(|name| {
        let is_name =
            |it: char| it.is_ascii_lowercase() || it.is_ascii_digit() || "_/".contains(it);
        assert!(name.chars().all(is_name), "`{name}` is no name of a module");
        name.to_owned()
    })
}

/// Whether a file does nothing but to name those in its folder.
fn only_declares(text: &str) -> bool {
    let is_declaration = |line: &str| {
        let line = line.trim_start_matches("pub ").trim_start_matches("pub(crate) ");
        line.is_empty() || line.starts_with("mod ") && line.ends_with(';')
    };
    code(text).all(is_declaration)
}

/// The page in the doc comment of a file.
fn page_in(text: &str) -> String {
    let lines = text.lines().map(|line| line.strip_prefix("//!").unwrap_or_default());
    let page = lines.skip_while(|line| line.trim() != "```text").skip(1);
    page.take_while(|line| line.trim() != "```").collect::<Vec<_>>().join("\n")
}

#[test]
fn imports_point_one_way() {
    let text = fs::read_to_string(root().join("src/lib.rs")).expect("src/lib.rs");
    let page = page_in(&text);
    let mut files = files();
    files.retain(|file| !ROOTS.contains(&file.path.as_str()));
    assert_none(&Page::read(&page).broken_by(&files));
}

mod tests {
    use super::super::file;
    use super::*;

    const PAGE: &str = "
        number, text                 what there is
        price    <- number           the waterfall
        answer/compare <- price      one need
        answer/reprice <- number,    rows
            price
        answer/batch <- answer/reprice
    ";

    /// The complaints where all is well but one file.
    fn complaints(path: &str, code: &str) -> Vec<String> {
        let names = ["number.rs", "text.rs", "price/mod.rs", "answer/compare/mod.rs"];
        let names = names.iter().chain(&["answer/reprice.rs", "answer/batch.rs"]);
        let mut files: Vec<_> = names.map(|name| file(name, "")).collect();
        files.push(file(path, code));
        Page::read(PAGE).broken_by(&files)
    }

    #[test]
    fn what_is_listed_is_allowed() {
        let none: [&str; 0] = [];
        assert_eq!(complaints("answer/mod.rs", "//! It.\npub mod compare;\n"), none);
        assert_eq!(complaints("answer/compare/text.rs", "use crate::price::Line;"), none);
        assert_eq!(complaints("answer/compare/text.rs", "use super::Line;"), none);
        assert_eq!(complaints("answer/reprice/a.rs", "use crate::{number::A, price};"), none);
        assert_eq!(complaints("answer/batch/a.rs", "use super::super::reprice::A;"), none);
        assert_eq!(complaints("price/a.rs", "// use crate::text::A;"), none);
    }

    #[test]
    fn what_is_not_listed_is_forbidden() {
        for (path, code, told) in [
            ("number/a.rs", "use crate::price::A;", "number/a.rs: `number` may not use `price`"),
            ("price/mod.rs", "use super::text;", "price/mod.rs: `price` may not use `text`"),
            (
                "answer/compare/a.rs",
                "use crate::{\n    number,\n};",
                "answer/compare/a.rs: `answer/compare` may not use `number`",
            ),
            (
                "answer/compare/a.rs",
                "fn a(row: &crate::answer::reprice::Row) {}",
                "answer/compare/a.rs: `answer/compare` may not use `answer/reprice`",
            ),
            (
                "answer/compare/a.rs",
                "use crate::answer::{batch::A as B, compare};",
                "answer/compare/a.rs: `answer/compare` may not use `answer/batch`",
            ),
            ("price/a.rs", "use crate::Money;", "price/a.rs: `price` may not use `Money`"),
            ("answer/a.rs", "fn a() {}", "answer/a.rs belongs to no module of the page"),
        ] {
            assert_eq!(complaints(path, code), [told]);
        }
    }

    #[test]
    fn a_page_that_cannot_be_is_none() {
        let complaints = |page| Page::read(page).complaints();
        assert_eq!(complaints("a <- b\nb"), ["`b` is not above `a`"]);
        assert_eq!(complaints("a\nb <- c"), ["`c` is not above `b`"]);
        assert_eq!(complaints("a\na  again"), ["the page has `a` twice"]);
        let empty = Page::read("a").broken_by(&[]);
        assert_eq!(empty, ["no file is in `a`"]);
    }

    #[test]
    fn the_page_stands_between_fences() {
        let text =
            "//! A desk.\n//!\n//! ```text\n//! a\n//! b <- a\n//! ```\n//! ```text\n//! c\n";
        assert_eq!(page_in(text), " a\n b <- a");
    }
}
