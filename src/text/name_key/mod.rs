//! The key of a name: what stays the same however the name of a company is written.
//!
//! Deals of one customer are priced and judged together, and a partner must not be the customer. A name
//! that is typed by hand differs in case, blanks, accents and its legal form; and a name that is meant
//! to look like another customer has a letter of another script in it. Look-alike letters are those of the
//! Unicode Consortium (UTS 39, the prototypes of confusable characters); ASCII letters and digits keep
//! their own reading, so that "Modern" is not "Modem".

mod legal_forms;

use legal_forms::{JOINED_LEGAL_FORMS, LEGAL_FORMS};
use std::collections::HashSet;
use std::sync::LazyLock;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;
use unicode_security::confusable_detection::skeleton;

/// A name of a company without case, blanks, punctuation, accents, look-alike letters and the legal form at
/// its end. Equal keys are one company. A name that would lose everything keeps its legal form.
///
/// ```
/// use dealdesk::text::NameKey;
/// assert_eq!(NameKey::of("ACME-Bank, Inc."), NameKey::of("Acme Bank"));
/// assert_ne!(NameKey::of("Acme Bank"), NameKey::of("Acme Insurance"));
/// ```
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct NameKey(String);

impl NameKey {
    /// Returns the key of a name; that of a name of signs alone are its signs. Returns `None` where nothing can
    /// be seen.
    pub fn of(name: &str) -> Option<Self> {
        let key = without_legal_form(words(name)).concat();
        let key = if key.is_empty() { visible_signs(name) } else { key };
        (!key.is_empty()).then_some(Self(key))
    }
}

/// Returns what can be seen of a text, without its blanks.
///
/// ```
/// assert_eq!(dealdesk::text::visible_signs(" 1.\u{200b}0 "), "1.0");
/// ```
pub fn visible_signs(text: &str) -> String {
    text.chars().filter(|&c| !c.is_whitespace() && !is_ignorable(c)).collect()
}

/// Returns the folded words of a name with a blank between them, and its legal form among them: for a search.
///
/// ```
/// assert_eq!(dealdesk::text::folded_words("ACME-Bánk, Inc."), "acme bank inc");
/// ```
pub fn folded_words(name: &str) -> String {
    words(name).join(" ")
}

/// Returns the letters and digits of a code, such as the number of an account, folded as those of a name: however the code
/// is written, the key is the same one. The key of a code of signs alone is its signs.
///
/// ```
/// assert_eq!(dealdesk::text::code_key("OPP-12"), dealdesk::text::code_key("opp 12"));
/// ```
pub fn code_key(code: &str) -> String {
    let key = words(code).concat();
    if key.is_empty() { visible_signs(code) } else { key }
}

/// Whether a text has a letter or a digit: a name of signs alone names nobody.
///
/// ```
/// assert!(dealdesk::text::is_name("3M"));
/// assert!(!dealdesk::text::is_name("?"));
/// ```
pub fn is_name(text: &str) -> bool {
    !words(text).is_empty()
}

/// Returns the words without the legal forms at their end. A form can have several words: "S.A. de C.V.".
fn without_legal_form(mut words: Vec<String>) -> Vec<String> {
    static FORMS: LazyLock<HashSet<String>> = LazyLock::new(|| {
        folded_forms(LEGAL_FORMS).chain(folded_forms(JOINED_LEGAL_FORMS)).collect()
    });
    static JOINED: LazyLock<Vec<String>> =
        LazyLock::new(|| folded_forms(JOINED_LEGAL_FORMS).collect());
    static MOST_WORDS: LazyLock<usize> = LazyLock::new(|| {
        let all = LEGAL_FORMS.iter().chain(JOINED_LEGAL_FORMS);
        all.map(|form| self::words(form).len()).max().unwrap_or_default()
    });
    // A form has few words, so that a long name takes no longer to look through than a short one.
    let first_of_form = |words: &[String]| {
        let first = words.len().saturating_sub(*MOST_WORDS).max(1);
        (first..words.len()).find(|&kept| FORMS.contains(words[kept..].concat().as_str()))
    };
    while let Some(kept) = first_of_form(&words) {
        words.truncate(kept);
    }
    if let Some(last) = words.last_mut()
        && let Some(form) = JOINED.iter().find(|form| last.ends_with(form.as_str()))
        && last.len() > form.len()
    {
        last.truncate(last.len() - form.len());
    }
    words
}

fn folded_forms(forms: &[&str]) -> impl Iterator<Item = String> {
    forms.iter().map(|form| words(form).concat())
}

/// Returns the folded words of a name. Whatever is no letter, digit or mark of a letter separates words.
fn words(name: &str) -> Vec<String> {
    let is_of_word = |c: char| {
        !is_filler(c)
            && (c.is_alphanumeric() || is_combining_mark(c) || !c.is_ascii() && is_ignorable(c))
    };
    let words = name.split(|c| !is_of_word(c)).map(folded);
    words.filter(|word| !word.is_empty()).collect()
}

/// Whether a character of Unicode shows nothing, a blank aside.
fn is_ignorable(c: char) -> bool {
    !c.is_whitespace()
        && (super::is_invisible_control(c) || skeleton(c.encode_utf8(&mut [0; 4])).next().is_none())
}

/// Whether a character is a letter that shows as a blank: the fillers of Hangul.
const fn is_filler(c: char) -> bool {
    matches!(c, '\u{115f}' | '\u{1160}' | '\u{3164}' | '\u{ffa0}')
}

/// Folds one word. In a word with Latin letters, a letter of another script is read as the Latin one that
/// it looks like as it is written; in another word its capital decides, so that the case does not.
fn folded(word: &str) -> String {
    if word.is_ascii() {
        return word.to_ascii_lowercase();
    }
    let plain: Vec<char> =
        word.nfkd().filter(|&c| !is_accent(c) && (c.is_ascii() || !is_ignorable(c))).collect();
    let is_latin = plain.iter().any(char::is_ascii_alphabetic);
    let mut folded = String::with_capacity(word.len());
    for c in plain {
        if c.is_ascii() {
            folded.push(c.to_ascii_lowercase());
            continue;
        }
        let (small, capital) = (c.to_lowercase().to_string(), c.to_uppercase().to_string());
        let readings =
            if is_latin && c.is_lowercase() { [&small, &capital] } else { [&capital, &small] };
        let mut readings = readings.into_iter().filter_map(|letter| look_alike(letter));
        // A capital I is the look-alike of a small l; its small letter tells them apart.
        let looks = match readings.next() {
            Some(first) if first == "l" => readings.next().or(Some(first)),
            first => first,
        };
        folded.push_str(looks.as_deref().unwrap_or(&small));
    }
    folded
}

/// Returns the ASCII letters and digits, in small letters, that a letter looks like, without its accents.
fn look_alike(letter: &str) -> Option<String> {
    let looks: String = skeleton(letter).filter(|&c| !is_accent(c)).collect();
    let is_plain = !looks.is_empty() && looks.bytes().all(|c| c.is_ascii_alphanumeric());
    is_plain.then(|| looks.to_ascii_lowercase())
}

/// Whether a mark is an accent. The marks of other scripts are letters: a vowel in Devanagari, for one.
const fn is_accent(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36f}' | '\u{1ab0}'..='\u{1aff}' | '\u{1dc0}'..='\u{1dff}'
        | '\u{20d0}'..='\u{20ff}' | '\u{fe20}'..='\u{fe2f}')
}
