//! What the program says about itself.

use crate::support::Desk;

/// The groups of the help, by who uses their commands.
const GROUPS: &[&str] = &["Quote", "Approve", "Price book", "Files", "Shell"];

/// The commands under a heading of a help, such as "Commands"; empty for a help without it.
fn commands_under(heading: &str, help: &str) -> Vec<String> {
    let list = help.split(&format!("\n{heading}:\n")).nth(1).unwrap_or_default();
    let lines = list.lines().take_while(|line| !line.is_empty());
    let names = lines.filter(|line| line.starts_with("  ") && !line.starts_with("   "));
    names.filter_map(|line| line.split_whitespace().next()).map(str::to_owned).collect()
}

/// Every command that the help lists.
fn commands() -> Vec<String> {
    let help = Desk::new().run(&["--help"]).stdout;
    GROUPS.iter().flat_map(|group| commands_under(group, &help)).collect()
}

#[test]
fn the_version_names_program_and_book() {
    let desk = Desk::new().file("pricing.toml", &super::book("own"));
    for flag in ["--version", "-V"] {
        let ran = desk.run(&[flag]);
        assert_eq!((ran.code, ran.stderr.as_str()), (Some(0), ""));
        let lines: Vec<_> = ran.stdout.lines().collect();
        assert_eq!(lines[0], format!("dealdesk {}", env!("CARGO_PKG_VERSION")));
        assert!(lines[1].starts_with("price book own, version 1 ("), "{}", lines[1]);
        assert!(lines[1].ends_with("pricing.toml)"), "{}", lines[1]);
        let sha256 = lines[2].strip_prefix("sha256 ").expect("the book's identity");
        assert!(sha256.len() == 64 && sha256.bytes().all(|byte| byte.is_ascii_hexdigit()));
    }
    let built_in = Desk::new().run(&["--version"]).stdout;
    assert!(built_in.contains("(built in)"), "{built_in}");
}

#[test]
fn every_command_shows_examples() {
    let commands = commands();
    assert!(commands.iter().any(|name| name == "quote"), "{commands:?}");
    let desk = Desk::new();
    for name in commands {
        let ran = desk.run(&[&name, "--help"]);
        assert_eq!((ran.code, ran.stderr.as_str()), (Some(0), ""), "{name}");
        let examples = ran.stdout.split("Examples:\n").nth(1).expect(&name);
        assert!(examples.contains(&format!("dealdesk {name}")), "{name}: {examples}");
    }
    assert!(desk.run(&["--help"]).stdout.contains("Examples:\n"));
}

#[test]
fn no_arguments_are_a_question_for_help() {
    let desk = Desk::new();
    let ran = desk.run(&[]);
    assert_eq!((ran.code, ran.stderr.as_str()), (Some(0), ""));
    assert!(GROUPS.iter().all(|group| ran.stdout.contains(&format!("\n{group}:\n"))));
}

#[test]
fn every_shell_gets_completions_for_every_command() {
    let desk = Desk::new();
    for shell in ["bash", "elvish", "fish", "powershell", "zsh"] {
        let ran = desk.run(&["completions", shell]);
        assert_eq!((ran.code, ran.stderr.as_str()), (Some(0), ""), "{shell}");
        for name in commands() {
            assert!(ran.stdout.contains(&name), "{shell} does not complete {name}");
        }
    }
}

/// Man pages are made from the definition of all commands, and the groups from the list in the help: a
/// command in no group, or in two, fails here.
#[test]
fn every_command_has_a_man_page_and_is_in_one_group_of_the_help() {
    let desk = Desk::new();
    let ran = desk.run(&["man", "pages"]);
    assert_eq!((ran.code, ran.stdout.as_str()), (Some(0), ""));
    let mut expected = vec!["dealdesk.1".to_owned()];
    for name in commands() {
        let inner = commands_under("Commands", &desk.run(&[&name, "--help"]).stdout);
        expected.extend(inner.iter().map(|inner| format!("dealdesk-{name}-{inner}.1")));
        expected.push(format!("dealdesk-{name}.1"));
    }
    expected.sort();
    let pages = std::fs::read_dir(desk.path("pages")).expect("the pages");
    let mut written: Vec<_> = pages
        .map(|page| page.expect("a page").file_name().to_string_lossy().into_owned())
        .collect();
    written.sort();
    assert_eq!(written, expected);
    for page in written {
        let text = desk.read(&format!("pages/{page}"));
        assert!(text.contains(".SH SYNOPSIS"), "{page}");
    }
    assert_eq!(desk.run(&["man"]).stdout, desk.read("pages/dealdesk.1"));
}
