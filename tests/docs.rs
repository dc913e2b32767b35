//! Documents that are executed: the README, the book in `docs`, the examples, and the schemas that
//! editors use.

use crate::support::{DAY, Desk, Ran, assert_shows, root};
use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::process::Command;

/// Every `console` block of the README and of the book prints what it shows, from the top of the
/// repository.
///
/// `TRYCMD=overwrite cargo test documents` writes what is printed now. `tests/docs/dealdesk` masks line
/// numbers of `pricing.toml`, digests and quote ids in it.
#[test]
fn documents() {
    trycmd::TestCases::new()
        .register_bin("dealdesk", root().join("tests/docs/dealdesk").as_path())
        .env("DEALDESK_REAL", env!("CARGO_BIN_EXE_dealdesk"))
        .env("DEALDESK_PRICE_BOOK", "")
        .env("NO_COLOR", "1")
        .case("README.md")
        .case("docs/src/**/*.md");
}

/// trycmd skips a program that it does not know, so `console` blocks run dealdesk alone.
#[test]
fn console_blocks_run_dealdesk() {
    for page in pages() {
        for block in page.blocks().filter(|block| block.info == "console") {
            let commands = block.lines.iter().filter_map(|line| line.strip_prefix("$ "));
            for command in commands {
                assert!(command.starts_with("dealdesk "), "{}: {command}", page.name);
            }
        }
    }
}

/// Every block marked `toml,deal` quotes within policy, and every block marked `toml,book` is a price book
/// without errors.
#[test]
fn toml_blocks_are_read() {
    let desk = Desk::new().file("deal.toml", "").file("book.toml", "");
    let mut read = 0;
    for page in pages() {
        for block in page.blocks() {
            let (file, command) = match block.info.as_str() {
                "toml,deal" => ("deal.toml", &["quote"][..]),
                "toml,book" => ("book.toml", &["book", "check"][..]),
                _ => continue,
            };
            let text = block.lines.join("\n") + "\n";
            fs::write(desk.path(file), &text).expect("a file");
            let ran = desk.run(&[command, &[file, "--date", DAY][..]].concat());
            assert_eq!(ran.code, Some(0), "{}:\n{text}\n{}{}", page.name, ran.stdout, ran.stderr);
            read += 1;
        }
    }
    assert!(read > 0, "no block was read");
}

/// Every command that the help lists has a heading of its own in `docs/src/commands`.
#[test]
fn every_command_has_a_page() {
    let headings: BTreeSet<_> = pages()
        .iter()
        .filter(|page| page.name.starts_with("docs/src/commands/"))
        .flat_map(|page| page.prose().filter_map(heading).collect::<Vec<_>>())
        .collect();
    for command in commands() {
        assert!(headings.contains(&format!("dealdesk {command}")), "{command} has no page");
    }
}

/// The table of contents lists every page of the book, once, and the README leads to every command.
#[test]
fn every_page_is_linked() {
    let pages = pages();
    let links_of = |name: &str| -> Vec<String> {
        let page = pages.iter().find(|page| page.name == name).expect("a page");
        page.links().into_iter().filter_map(|link| page.target(&link)).collect()
    };
    let mut contents = links_of("docs/src/SUMMARY.md");
    contents.sort();
    let in_book =
        |page: &&Page| page.name.starts_with("docs/") && !page.name.ends_with("/SUMMARY.md");
    let mut written: Vec<_> = pages.iter().filter(in_book).map(|page| page.name.clone()).collect();
    written.sort();
    assert_eq!(contents, written);
    let readme = links_of("README.md");
    for name in written.iter().filter(|name| name.starts_with("docs/src/commands/")) {
        assert!(readme.contains(name), "the README does not lead to {name}");
    }
}

/// Every relative link of the README and of the book leads to a file, and to a heading in it where it
/// names one.
#[test]
fn links_resolve() {
    let pages = pages();
    for page in &pages {
        for link in page.links() {
            let Some(target) = page.target(&link) else { continue };
            assert!(root().join(&target).exists(), "{}: {link} leads nowhere", page.name);
            let Some((_, fragment)) = link.split_once('#') else { continue };
            let other = pages.iter().find(|page| page.name == target).expect("a page of the book");
            let found = other.prose().filter_map(heading).any(|it| slug(&it) == fragment);
            assert!(found, "{}: {link} names no heading of {target}", page.name);
        }
    }
}

/// Every flag that a page names is one of a command of dealdesk, or of a program named here.
#[test]
fn flags_exist() {
    // cargo, GNU parallel, ssh-keygen and others
    let mut known: BTreeSet<String> =
        ["bench", "block", "csv", "features", "header", "open", "path", "pipe", "release"]
            .map(str::to_owned)
            .into();
    let desk = Desk::new();
    for command in commands() {
        let words: Vec<_> = command.split(' ').chain(["--help"]).collect();
        known.extend(flags(&desk.run(&words).stdout));
    }
    known.extend(flags(&desk.run(&["--help"]).stdout));
    for page in pages().iter().filter(|page| !page.name.contains("/contributing/")) {
        let written =
            page.blocks().filter(|block| block.info == "sh").flat_map(|block| block.lines);
        for line in page.prose().map(str::to_owned).chain(written) {
            for flag in flags(&line) {
                assert!(known.contains(&flag), "{}: --{flag} is no flag: {line}", page.name);
            }
        }
    }
}

/// The README's test command is what continuous integration runs.
#[test]
fn ci_runs_the_readme() {
    let readme = fs::read_to_string(root().join("README.md")).expect("README.md");
    let block = readme.split("```sh\n").nth(1).and_then(|rest| rest.split("```").next());
    let commands: Vec<_> = block.expect("a block of commands").lines().collect();
    let script = fs::read_to_string(root().join(".ci/run")).expect(".ci/run");
    let [quote, test] = commands[..] else { panic!("the README has two commands") };
    assert!(script.lines().any(|line| line == test), "{test} is not run");
    let quote = quote.replace("--release", "--release --locked");
    assert!(script.lines().any(|line| line == quote), "{quote} is not run");
}

/// The tables of examples in the book list every example, and nothing else.
#[test]
fn examples_are_listed() {
    let page = fs::read_to_string(root().join("docs/src/examples.md")).expect("the examples");
    let listed: BTreeSet<_> = page
        .lines()
        .filter_map(|line| {
            Some(line.strip_prefix("| [")?.split_once("](../../examples/")?.0.to_owned())
        })
        .collect();
    let examples = ["toml", "csv"].into_iter().flat_map(examples_of);
    assert_eq!(listed, examples.collect());
}

/// Compares an example's output with its snapshot in `tests/examples`.
fn assert_prints(name: &str, printed: &str) {
    insta::with_settings!({ snapshot_path => "examples" }, {
        assert_shows!(name.replace('/', "_"), printed);
    });
}

/// A snapshot without its example shows what nothing prints any more.
#[test]
fn every_snapshot_has_its_example() {
    let folder = fs::read_dir(root().join("tests/examples")).expect("the snapshots");
    let names = folder.map(|it| it.expect("a file").file_name().to_string_lossy().into_owned());
    let shown: BTreeSet<_> = names.filter(|name| name.contains(".snap")).collect();
    let examples = ["toml", "csv"].into_iter().flat_map(examples_of);
    assert_eq!(shown, examples.map(|name| format!("{}.snap", name.replace('/', "_"))).collect());
}

/// Every usage file among the examples is rated, without a deal.
#[test]
fn examples_are_rated() {
    let examples = examples_of("csv");
    let (rated, priced): (Vec<_>, Vec<_>) =
        examples.into_iter().partition(|name| name.starts_with("usage"));
    assert!(!rated.is_empty());
    assert_eq!(priced, ["batch.csv"]);
    for name in rated {
        let path = root().join("examples").join(&name);
        let ran = Desk::new().run(&["usage", path.to_str().expect("a name"), "--date", DAY]);
        assert_eq!((ran.code, ran.stderr.as_str()), (Some(0), ""), "{name}");
        assert_prints(&name, &ran.stdout);
    }
}

/// The file of deals among them is priced, every row of it.
#[test]
fn the_file_of_deals_is_priced() {
    let path = root().join("examples/batch.csv");
    let ran = Desk::new().run(&["batch", path.to_str().expect("a name"), "--output", "-", "-q"]);
    assert_eq!((ran.code, ran.stderr.as_str()), (Some(0), ""));
    assert_prints("batch.csv", &ran.stdout);
}

/// Every example quotes, within policy: from its own folder, by the price book that is found from
/// there.
#[test]
fn examples_quote() {
    for name in examples_of("toml") {
        let path = root().join("examples").join(&name);
        let mut command = Desk::new().command();
        command.current_dir(path.parent().expect("a folder")).arg("quote").arg(&path);
        let ran = Ran::of(command.args(["--date", DAY]).output().expect("the binary runs"));
        assert_eq!((ran.code, ran.stderr.as_str()), (Some(0), ""), "{name}");
        assert_prints(&name, &ran.stdout);
    }
}

/// The schemas beside the examples are those that the program prints.
///
/// To write them anew: `dealdesk schema book > examples/schema/book.schema.json`, and the same
/// with `deal`.
#[test]
fn schemas_are_current() {
    for what in ["book", "deal"] {
        let path = root().join(format!("examples/schema/{what}.schema.json"));
        let committed = fs::read_to_string(&path).expect("a schema");
        assert_eq!(committed, Desk::new().run(&["schema", what]).stdout, "{what}");
    }
}

/// A program moved to an empty folder still quotes, with the book built into it.
#[test]
fn the_program_carries_its_book() {
    let desk = Desk::new();
    let program = desk.path("moved");
    // By another process: a file that this one has open for writing cannot be run, and any child
    // that another test starts meanwhile has it open too.
    let copied = Command::new("cp").arg(env!("CARGO_BIN_EXE_dealdesk")).arg(&program).status();
    assert!(copied.expect("cp runs").success());
    let output = Command::new(&program)
        .args(["quote", "--metric", "node", "--quantity", "1000", "--date", DAY])
        .current_dir(desk.path(""))
        .env_remove("DEALDESK_PRICE_BOOK")
        .output()
        .expect("the moved program runs");
    let stdout = String::from_utf8_lossy(&output.stdout);
    assert!(stdout.contains("$150,000.00"), "{stdout}");
}

/// The examples whose names end so, and those in the folders of examples that have a price book of
/// their own.
fn examples_of(ending: &str) -> Vec<String> {
    let top = root().join("examples");
    let mut found = Vec::new();
    for folder in ["", "currencies/"] {
        for file in fs::read_dir(top.join(folder)).expect("examples") {
            let name = file.expect("a file").file_name().to_string_lossy().into_owned();
            let is_one = Path::new(&name).extension().is_some_and(|it| it == ending);
            if is_one && name != "pricing.toml" {
                found.push(format!("{folder}{name}"));
            }
        }
    }
    found
}

/// A Markdown file, by its path from the top of the repository.
struct Page {
    name: String,
    text: String,
}

/// A fenced block: its info string, such as `console`, and its lines.
struct Block {
    info: String,
    lines: Vec<String>,
}

impl Page {
    fn blocks(&self) -> impl Iterator<Item = Block> {
        let mut lines = self.text.lines();
        std::iter::from_fn(move || {
            let info = lines.find_map(|line| line.strip_prefix("```"))?.to_owned();
            let lines = lines.by_ref().take_while(|line| !line.starts_with("```"));
            Some(Block { info, lines: lines.map(str::to_owned).collect() })
        })
    }

    /// The lines outside fenced blocks.
    fn prose(&self) -> impl Iterator<Item = &str> {
        let mut fenced = false;
        self.text.lines().filter(move |line| {
            let fence = line.starts_with("```");
            fenced ^= fence;
            !fenced && !fence
        })
    }

    /// The links of the prose, whatever their scheme.
    fn links(&self) -> Vec<String> {
        let prose = self.prose().collect::<Vec<_>>().join("\n");
        let after = prose.split("](").skip(1).filter_map(|rest| rest.split_once(')'));
        after.map(|(link, _)| link.to_owned()).collect()
    }

    /// The file that a relative link leads to, by its path from the top of the repository.
    fn target(&self, link: &str) -> Option<String> {
        if link.contains("://") {
            return None;
        }
        let path = link.split('#').next().filter(|path| !path.is_empty());
        let Some(path) = path else { return Some(self.name.clone()) };
        let mut parts: Vec<_> = self.name.split('/').collect();
        parts.pop();
        for part in path.split('/') {
            match part {
                ".." => {
                    assert!(parts.pop().is_some(), "{}: {link} leaves the repository", self.name);
                }
                "." => {}
                part => parts.push(part),
            }
        }
        Some(parts.join("/"))
    }
}

/// The README and every page of the book.
fn pages() -> Vec<Page> {
    let mut names = vec!["README.md".to_owned()];
    let mut folders = vec!["docs/src".to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(root().join(&folder)).expect("a folder of pages") {
            let entry = entry.expect("a file");
            let name = format!("{folder}/{}", entry.file_name().to_string_lossy());
            if entry.file_type().expect("a type").is_dir() {
                folders.push(name);
            } else if Path::new(&name).extension().is_some_and(|it| it == "md") {
                names.push(name);
            }
        }
    }
    let read = |name: String| {
        let text = fs::read_to_string(root().join(&name)).expect("a page");
        Page { name, text }
    };
    names.into_iter().map(read).collect()
}

/// The commands that the help lists, such as `quote` and `book check`.
fn commands() -> Vec<String> {
    let desk = Desk::new();
    let listed = |words: &[&str]| -> Vec<String> {
        let help = desk.run(&[words, &["--help"]].concat()).stdout;
        // Commands stand in groups before the options, beside arguments such as <SHELL>.
        let lines = help.lines().take_while(|line| *line != "Options:");
        let names = lines.filter_map(|line| line.strip_prefix("  ")?.split(' ').next());
        let is_command = |name: &&str| name.starts_with(char::is_lowercase) && *name != "help";
        names.filter(is_command).map(str::to_owned).collect()
    };
    let below = |name: String| {
        let below = listed(&[&name]);
        if below.is_empty() {
            return vec![name];
        }
        below.iter().map(|it| format!("{name} {it}")).collect()
    };
    listed(&[]).into_iter().flat_map(below).collect()
}

/// The text of a heading, without the marks of inline code.
fn heading(line: &str) -> Option<String> {
    let text = line.trim_start_matches('#');
    (text.len() < line.len()).then(|| text.trim().replace('`', ""))
}

/// What GitHub and mdBook call a heading in a link.
fn slug(heading: &str) -> String {
    let kept = |it: &char| it.is_alphanumeric() || matches!(it, ' ' | '-' | '_');
    heading.to_lowercase().chars().filter(kept).map(|it| if it == ' ' { '-' } else { it }).collect()
}

/// The long flags that a text names, without their dashes.
fn flags(text: &str) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    for (at, _) in text.match_indices("--") {
        let before = text[..at].chars().next_back().unwrap_or(' ');
        let rest = &text[at + 2..];
        let end = rest.find(|it: char| !it.is_ascii_lowercase() && it != '-').unwrap_or(rest.len());
        let begins = matches!(before, ' ' | '`' | '(' | '[' | '<' | '|');
        if begins && rest.starts_with(|it: char| it.is_ascii_lowercase()) {
            found.insert(rest[..end].to_owned());
        }
    }
    found
}
