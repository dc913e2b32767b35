//! Doc comments in plain English, and one spelling of it.

use super::{File, assert_none, below, file, files};
use crate::support::root;
use std::fs;

/// Words that may not begin any line of a doc comment.
const RIDDLES: &[&str] = &["What", "The same", "Of", "By", "And", "Nothing"];

/// Words that may not begin a doc comment: no noun precedes that they could stand for.
const PRONOUNS: &[&str] =
    &["It", "Its", "They", "Their", "Them", "That", "Those", "Who", "Whose", "Which"];

/// Words that may not begin a paragraph of a doc comment.
const FRAGMENTS: &[&str] = &["Where it", "Where they", "where it", "where they"];

/// Beginnings of words that are spelled otherwise in the United States, each with what is written.
const BRITISH: &[(&str, &str)] = &[
    ("analyse", "analyze"),
    ("annualis", "annualiz"),
    ("artefact", "artifact"),
    ("authoris", "authoriz"),
    ("behaviour", "behavior"),
    ("cancelled", "canceled"),
    ("capitalis", "capitaliz"),
    ("centre", "center"),
    ("cheque", "check"),
    ("colour", "color"),
    ("customis", "customiz"),
    ("defence", "defense"),
    ("favour", "favor"),
    ("finalis", "finaliz"),
    ("fulfil ", "fulfill"),
    ("generalis", "generaliz"),
    ("grey", "gray"),
    ("honour", "honor"),
    ("initialis", "initializ"),
    ("itemis", "itemiz"),
    ("judgement", "judgment"),
    ("labelled", "labeled"),
    ("labour", "labor"),
    ("licence", "license"),
    ("maximis", "maximiz"),
    ("minimis", "minimiz"),
    ("modelled", "modeled"),
    ("neighbour", "neighbor"),
    ("normalis", "normaliz"),
    ("optimis", "optimiz"),
    ("organis", "organiz"),
    ("prioritis", "prioritiz"),
    ("programme ", "program"),
    ("recognis", "recogniz"),
    ("serialis", "serializ"),
    ("standardis", "standardiz"),
    ("summaris", "summariz"),
    ("travell", "travel"),
    ("utilis", "utiliz"),
    ("whilst", "while"),
];

#[test]
fn prose_is_plain() {
    let mut files = files();
    let mut complaints = Vec::new();
    complaints.extend(files.iter().flat_map(riddles));
    let docs = below(&root().join("docs"), root(), "md");
    let readme = fs::read_to_string(root().join("README.md")).expect("README.md");
    files.extend(docs.into_iter().chain([file("README.md", &readme)]));
    complaints.extend(files.iter().flat_map(british));
    assert_none(&complaints);
}

/// Doc comments that do not say what they are about.
fn riddles(file: &File) -> Vec<String> {
    let mut told = Vec::new();
    // What the line before says, if it is of a doc comment, and whether the line is code in it.
    let (mut before, mut is_code) = (None, false);
    for (number, line) in (1..).zip(file.text.lines()) {
        let line = line.trim_start();
        let doc = line.strip_prefix("///").or_else(|| line.strip_prefix("//!")).map(str::trim);
        let Some(doc) = doc else {
            (before, is_code) = (None, false);
            continue;
        };
        is_code ^= doc.starts_with("```");
        let begins = |with: &[&'static str]| with.iter().copied().find(|it| is_start(doc, it));
        let riddle = begins(RIDDLES);
        let pronoun = begins(PRONOUNS).filter(|_| before.is_none());
        let fragment = begins(FRAGMENTS).filter(|_| before.is_none_or(str::is_empty));
        if let Some(word) = riddle.or(pronoun).or(fragment).filter(|_| !is_code) {
            told.push(format!("{}:{number}: a doc comment begins with \"{word}\"", file.path));
        }
        before = Some(doc);
    }
    told
}

/// Whether a text begins with whole words.
fn is_start(text: &str, words: &str) -> bool {
    text.strip_prefix(words).is_some_and(|rest| !rest.starts_with(char::is_alphanumeric))
}

/// Words that are spelled as in Britain.
fn british(file: &File) -> Vec<String> {
    // A hidden alias keeps a former flag.
    let lines = (1..).zip(file.text.lines()).filter(|(_, line)| !line.contains("alias = "));
    let told = lines.flat_map(|(number, line)| {
        // The attribute of a page is spelled so.
        let line = line.to_lowercase().replace("aria-labelledby", "") + " ";
        let is_there = move |word: &str| {
            let is_first = |at: usize| !line[..at].ends_with(char::is_alphanumeric);
            line.match_indices(word).any(|(at, _)| is_first(at))
        };
        BRITISH.iter().filter(move |(word, _)| is_there(word)).map(move |(word, plain)| {
            format!("{}:{number}: \"{}\" is spelled \"{plain}\"", file.path, word.trim())
        })
    });
    told.collect()
}

#[test]
fn a_doc_comment_that_is_no_plain_english_is_found() {
    let found = |text: &str| riddles(&file("a.rs", text));
    for (text, word, number) in [
        ("/// What the deal costs.", "What", 1),
        ("    /// The same, rounded.", "The same", 1),
        ("//! Of a deal.", "Of", 1),
        ("/// Returns a price.\n/// By line.", "By", 2),
        ("/// It is exact.\nfn a() {}", "It", 1),
        ("fn a() {}\n/// Whose price it is.", "Whose", 2),
        ("/// Returns a place.\n///\n/// Where it is written.", "Where it", 3),
    ] {
        assert_eq!(found(text), [format!("a.rs:{number}: a doc comment begins with \"{word}\"")]);
    }
    for text in [
        "/// Returns the price.\n/// It is exact.",
        "/// Returns the price.\n///\n/// It is exact.",
        "/// Whatever.\n/// Ofen.\n/// Item.",
        "// What this is.",
        "/// Shows:\n/// ```text\n/// What it is\n/// ```",
        "/// Where the book gives no level, returns `None`.",
    ] {
        assert_eq!(found(text), [""; 0], "{text}");
    }
}

#[test]
fn a_british_spelling_is_found() {
    let found = |text: &str| british(&file("a.md", text));
    assert_eq!(found("\nThe Colours of it"), ["a.md:2: \"colour\" is spelled \"color\""]);
    assert_eq!(found("--utilisation"), ["a.md:1: \"utilis\" is spelled \"utiliz\""]);
    assert_eq!(found("is fulfil"), ["a.md:1: \"fulfil\" is spelled \"fulfill\""]);
    assert_eq!(found("fulfill, license, color, tricolour, programmed, honor"), [""; 0]);
}
