//! The templates for hosts, and the pieces of shell in them, with programs that only note how they are called.

use crate::support::root;
use std::fs;

fn template(name: &str) -> String {
    fs::read_to_string(root().join("examples/ci").join(name)).expect("a template")
}

const GITHUB: &str = "action.yml";
const GITLAB: &str = "dealdesk.gitlab-ci.yml";

/// Both templates leave the work to the command, and deny splits.
#[test]
fn the_templates_call_the_command() {
    for name in [GITHUB, GITLAB] {
        let text = template(name);
        assert!(text.contains("dealdesk ci --base") && text.contains("deals-split"), "{name}");
    }
}

/// A merge queue has a base of its own, and no pull request to comment on.
#[test]
fn the_action_knows_its_events() {
    let text = template(GITHUB);
    let base = "github.event.pull_request && 'refs/dealdesk/base' || github.event.merge_group.base_sha || \
                github.event.before";
    assert!(text.contains(base), "{text}");
    assert!(text.contains("if: inputs.comment == 'true' && github.event.pull_request\n"), "{text}");
    let refused = text.find("if: github.event_name == 'pull_request_target'").expect("a refusal");
    assert!(refused < text.find("cargo install").expect("the installation"), "{text}");
}

#[cfg(unix)]
mod shell {
    use super::{GITHUB, GITLAB, template};
    use crate::support::{Desk, Ran};
    use std::os::unix::fs::PermissionsExt;
    use std::process::Command;

    /// Returns the piece of shell with some words in it: the lines that stand further right than what begins them.
    fn piece(name: &str, words: &str) -> String {
        let text = template(name);
        let lines: Vec<_> = text.lines().collect();
        let indent = |line: &str| line.len() - line.trim_start().len();
        let begins = lines.iter().enumerate().filter(|(_, line)| line.ends_with(" |"));
        let mut pieces = begins.map(|(at, begin)| {
            let inside = |line: &&&str| line.is_empty() || indent(line) > indent(begin);
            lines[at + 1..].iter().take_while(inside).copied().collect::<Vec<_>>().join("\n")
        });
        pieces.find(|piece: &String| piece.contains(words)).expect("a piece of shell")
    }

    /// Adds programs that are found before those of the system.
    fn with_programs(desk: Desk, programs: &[(&str, &str)]) -> Desk {
        programs.iter().fold(desk, |desk, (name, script)| {
            let path = format!("bin/{name}");
            let desk = desk.file(&path, &format!("#!/bin/sh\n{script}\n"));
            let executable = std::fs::Permissions::from_mode(0o755);
            std::fs::set_permissions(desk.path(&path), executable).expect("a program");
            desk
        })
    }

    fn run(desk: &Desk, piece: &str, variables: &[(&str, &str)]) -> Ran {
        let path = std::env::var("PATH").expect("a path");
        let path = format!("{}:{path}", desk.path("bin").display());
        let mut command = Command::new("sh");
        command.args(["-e", "-c", piece]).current_dir(desk.path("")).env("PATH", path);
        Ran::of(command.envs(variables.iter().copied()).output().expect("a shell"))
    }

    /// Notes each argument in a line, and ends with a code.
    const NOTES: &str = "for it; do printf '%s\\n' \"$it\"; done >>called; exit 3";

    #[test]
    fn the_action_leaves_out_what_nobody_says() {
        let judge = piece(GITHUB, "dealdesk ci");
        let judged = |max_approval: &str, base: &str| {
            let desk = with_programs(
                Desk::new(),
                &[("dealdesk", NOTES), ("git", "echo \"$@\" >>fetched")],
            );
            let ran = run(
                &desk,
                &judge,
                &[
                    ("BASE", base),
                    ("DEALS", ""),
                    ("BOOK", ""),
                    ("MAX_APPROVAL", max_approval),
                    ("DENY", "deals-split review-open"),
                    ("GITHUB_BASE_REF", "main"),
                    ("RUNNER_TEMP", "."),
                    ("GITHUB_OUTPUT", "output"),
                    ("GITHUB_STEP_SUMMARY", "summary"),
                ],
            );
            assert_eq!(ran.code, Some(0), "{}", ran.stderr);
            assert!(desk.read("output").starts_with("code=3\n"), "{}", desk.read("output"));
            (
                desk.read("called").lines().collect::<Vec<_>>().join(" "),
                desk.path("fetched").exists(),
            )
        };
        let rest = "--deny deals-split --deny review-open --comment ./dealdesk-comment.md --sarif ./dealdesk.sarif";
        let (called, is_fetched) = judged("", "refs/dealdesk/base");
        assert_eq!(called, format!("ci --base refs/dealdesk/base {rest}"));
        assert!(is_fetched);
        // Of a merge queue the base is a commit that is there.
        let (called, is_fetched) = judged("vp", "0123abc");
        assert_eq!(called, format!("ci --base 0123abc --max-approval vp {rest}"));
        assert!(!is_fetched);
    }

    #[test]
    fn the_action_refuses_secrets_for_the_files_of_a_change() {
        let ran = run(&Desk::new(), &piece(GITHUB, "pull_request_target"), &[]);
        assert_eq!((ran.code, ran.stdout.lines().count()), (Some(1), 1), "{}", ran.stdout);
        assert!(ran.stdout.contains("use pull_request\n"), "{}", ran.stdout);
    }

    #[test]
    fn the_template_leaves_out_what_nobody_says() {
        let judge = piece(GITLAB, "dealdesk ci");
        let desk = with_programs(Desk::new(), &[("dealdesk", NOTES), ("git", "exit 0")]);
        let ran = run(
            &desk,
            &judge,
            &[
                ("CI_PROJECT_ID", "1"),
                ("CI_MERGE_REQUEST_PROJECT_ID", "1"),
                ("CI_MERGE_REQUEST_TARGET_BRANCH_NAME", "main"),
                ("DEALDESK_DEALS", "offers of 2026"),
                ("DEALDESK_BOOK", ""),
                ("DEALDESK_MAX_APPROVAL", ""),
            ],
        );
        assert_eq!((ran.code, desk.read("dealdesk-report/code").as_str()), (Some(0), "3\n"));
        let called = desk.read("called");
        let expected = "ci\n--base\nrefs/dealdesk/base\n--deny\ndeals-split\n--deals\noffers of 2026\n--comment\n";
        assert!(called.starts_with(expected), "{called}");
    }

    fn notes(count: usize, own: Option<u32>) -> String {
        let others = (1..=count).map(|at| {
            format!("{{\"id\": {at}, \"author\": {{\"id\": 1}}, \"body\": \"<!-- dealdesk -->\"}}")
        });
        let own = own.map(|id| {
            format!("{{\"id\": {id}, \"author\": {{\"id\": 7}}, \"body\": \"old\\n<!-- dealdesk -->\\n\"}}")
        });
        format!("[{}]", others.chain(own).collect::<Vec<_>>().join(", "))
    }

    /// The own comment can stand behind a hundred others.
    #[test]
    fn the_template_finds_its_comment_on_any_page() {
        // Where there is no jq, the template cannot run either.
        if Command::new("jq").arg("--version").output().is_err() {
            return;
        }
        let curl = "case \"$*\" in\n\
                    *--request*) echo \"$*\" >>sent ;;\n\
                    */user*) echo '{\"id\": 7}' ;;\n\
                    *'&page=1&'*) cat 1.json ;;\n\
                    *'&page=2&'*) cat 2.json ;;\n\
                    *) exit 22 ;;\n\
                    esac";
        let comment = piece(GITLAB, "DEALDESK_TOKEN");
        let sent = |first: &str, second: &str| {
            let desk = with_programs(Desk::new(), &[("curl", curl)])
                .file("dealdesk-report/comment.md", "new\n")
                .file("1.json", first)
                .file("2.json", second);
            let ran = run(
                &desk,
                &comment,
                &[
                    ("CI_API_V4_URL", "https://git.example/api/v4"),
                    ("CI_MERGE_REQUEST_PROJECT_ID", "1"),
                    ("CI_MERGE_REQUEST_IID", "5"),
                    ("DEALDESK_TOKEN", "secret"),
                ],
            );
            assert_eq!((ran.code, ran.stdout.as_str()), (Some(0), ""), "{}", ran.stderr);
            desk.read("sent")
        };
        let found = sent(&notes(100, None), &notes(20, Some(42)));
        assert!(found.contains("--request PUT") && found.ends_with("/notes/42\n"), "{found}");
        let found = sent(&notes(3, Some(4)), "no page is read after one that is not full");
        assert!(found.contains("--request PUT") && found.ends_with("/notes/4\n"), "{found}");
        let found = sent(&notes(100, None), &notes(0, None));
        assert!(found.contains("--request POST") && found.ends_with("/notes\n"), "{found}");
    }
}
