//! No file uses another that uses the first, directly or through others.
//!
//! A folder's `mod.rs` offers the names of its files with `pub use`. Who imports such a name uses the
//! file that declares the name, and not the `mod.rs`.

use super::imports::imports_of;
use super::{File, ROOTS, assert_none, code, file, files, is_in};
use std::collections::{BTreeMap, BTreeSet};

/// The files of a crate, by the names of their modules.
struct Crate<'f> {
    modules: BTreeMap<String, Module<'f>>,
}

struct Module<'f> {
    file: &'f File,
    /// Names of the modules declared in the file.
    children: Vec<String>,
    /// Path of each name that the file offers from elsewhere.
    offers: BTreeMap<String, Vec<String>>,
    /// The code without those statements.
    own_code: String,
}

impl<'f> Crate<'f> {
    fn of(files: &'f [File]) -> Self {
        let names: BTreeSet<_> = files.iter().map(|file| file.module().join("/")).collect();
        let module = |file: &'f File| {
            let name = file.module().join("/");
            let below = format!("{name}/");
            let children = names.iter().filter_map(|it| it.strip_prefix(&below));
            let children: Vec<_> =
                children.filter(|it| !it.contains('/')).map(str::to_owned).collect();
            let (own_code, offered) = without_offers(&file.text);
            let offers = super::file(&file.path, &offered);
            let offers = imports_of(&offers, &children).into_iter();
            let offers = offers.filter_map(|path| Some((path.last()?.clone(), path))).collect();
            (name, Module { file, children, offers, own_code })
        };
        Self { modules: files.iter().map(module).collect() }
    }

    /// Returns the module that declares the last name of a path.
    fn declares(&self, path: &[String]) -> Option<&str> {
        for length in (1..=path.len()).rev() {
            let Some((name, module)) = self.modules.get_key_value(&path[..length].join("/")) else {
                continue;
            };
            let Some(offered) = path.get(length).and_then(|it| module.offers.get(it)) else {
                return Some(name);
            };
            let rest = &path[length + 1..];
            return self.declares(&[offered.as_slice(), rest].concat());
        }
        None
    }

    /// Returns the modules that each module uses.
    fn uses(&self) -> BTreeMap<&str, BTreeSet<&str>> {
        let uses = self.modules.iter().map(|(name, module)| {
            let own = file(&module.file.path, &module.own_code);
            let mut paths = imports_of(&own, &module.children);
            // A name that the file offers and uses itself.
            let words: BTreeSet<_> =
                module.own_code.split(|it: char| !it.is_alphanumeric() && it != '_').collect();
            let offered = module.offers.iter().filter(|(name, _)| words.contains(name.as_str()));
            paths.extend(offered.map(|(_, path)| path.clone()));
            let used = paths.iter().filter_map(|path| self.declares(path));
            (name.as_str(), used.filter(|used| !are_one(name, used)).collect())
        });
        uses.collect()
    }

    /// Returns each circle as a sentence.
    fn circles(&self) -> Vec<String> {
        let uses = self.uses();
        let reached = |from: &str| {
            let mut seen = BTreeSet::new();
            let mut open = vec![from];
            while let Some(name) = open.pop() {
                let fresh = uses[name].iter().filter(|it| seen.insert(**it));
                open.extend(fresh.copied().collect::<Vec<_>>());
            }
            seen
        };
        let reached: BTreeMap<_, _> = uses.keys().map(|name| (*name, reached(name))).collect();
        let circles: BTreeSet<Vec<&str>> = (reached.iter())
            .filter(|(name, seen)| seen.contains(*name))
            .map(|(name, seen)| {
                seen.iter().filter(|it| reached[**it].contains(name)).copied().collect()
            })
            .collect();
        circles.iter().map(|names| format!("a circle: {}", names.join(", "))).collect()
    }
}

/// Whether one module is the other, or is in its folder: a folder and its files are one idea.
fn are_one(one: &str, other: &str) -> bool {
    is_in(one, other) || is_in(other, one)
}

/// Parts the code of a file from its `pub use` statements.
fn without_offers(text: &str) -> (String, String) {
    let code = code(text).collect::<Vec<_>>().join("\n");
    let (mut own, mut offers) = (String::new(), String::new());
    for statement in code.split_inclusive(';') {
        let start = statement.trim_start();
        let is_offer = ["pub use ", "pub(crate) use ", "pub(super) use "];
        let is_offer = is_offer.iter().any(|it| start.starts_with(it));
        if is_offer { &mut offers } else { &mut own }.push_str(statement);
    }
    (own, offers)
}

#[test]
fn no_file_is_in_a_circle() {
    let mut files = files();
    files.retain(|file| !ROOTS.contains(&file.path.as_str()));
    assert_none(&Crate::of(&files).circles());
}

#[test]
fn circles_are_found() {
    let circles = |other: &str, module: &str| {
        let files = [
            file("a/mod.rs", module),
            file("a/one.rs", "use super::other::Other;"),
            file("a/other.rs", other),
        ];
        Crate::of(&files).circles()
    };
    let offers = "mod one;\npub use one::One;\npub use other::Other;\n";
    let none: [&str; 0] = [];
    assert_eq!(circles("use crate::number::A;", offers), none);
    assert_eq!(circles("use super::One;", offers), ["a circle: a/one, a/other"]);
    assert_eq!(circles("fn f() { crate::a::one::f() }", offers), ["a circle: a/one, a/other"]);
    let uses = format!("{offers}fn f(one: One) {{}}");
    assert_eq!(circles("use super::f;", &uses), none);
}
