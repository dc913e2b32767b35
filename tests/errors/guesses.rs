//! Other words for keys and values: each leads somewhere, and none hides a word that is known.

use dealdesk::table::{Kind, Shape};
use std::collections::BTreeSet;

/// Every table below one, itself included, each once.
fn tables(shape: &'static Shape, found: &mut Vec<&'static Shape>) {
    if found.iter().any(|known| std::ptr::eq(*known, shape)) {
        return;
    }
    found.push(shape);
    for key in shape.keys {
        match key.kind {
            Kind::Table(below)
            | Kind::Tables(below)
            | Kind::TableOrTables(below)
            | Kind::Named(below) => tables(below, found),
            _ => {}
        }
    }
}

/// Words that a table knows as a key, or as a value of a key.
fn known(shape: &Shape, value_of: Option<&str>) -> Vec<&'static str> {
    let Some(name) = value_of else { return shape.keys.iter().map(|key| key.name).collect() };
    let key = shape.key(name).unwrap_or_else(|| panic!("{} has no key {name}", shape.what));
    let Kind::Choice(words) = key.kind else { panic!("{name} of {} has no words", shape.what) };
    words.to_vec()
}

/// A guess means a known word, or is a sentence. No guess is a known word, and none is made twice.
#[test]
fn every_guess_leads_somewhere() {
    let mut found = Vec::new();
    tables(&dealdesk::deal::BOOK_SHAPE, &mut found);
    let mut guesses = 0;
    for shape in found {
        let mut made = BTreeSet::new();
        for guess in shape.guesses {
            let known = known(shape, guess.value_of);
            let is_sentence = guess.meant.contains(' ');
            assert!(is_sentence || known.contains(&guess.meant), "{}: {guess:?}", shape.what);
            for word in guess.words {
                assert!(!known.contains(word), "{}: {word} is known", shape.what);
                assert!(made.insert((guess.value_of, word)), "{}: {word} twice", shape.what);
                let is_folded = word.chars().all(|c| c.is_ascii_lowercase() || c == '_');
                assert!(is_folded, "{}: {word} is never found", shape.what);
                assert_eq!(shape.meant(guess.value_of, word), Some(guess.meant));
                guesses += 1;
            }
        }
    }
    assert!(guesses > 100, "{guesses} guesses");
}
