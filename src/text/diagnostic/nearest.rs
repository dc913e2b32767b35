//! Suggestions for misspelled words.

/// Returns the message for an unknown name, with all known names and the nearest one.
///
/// ```
/// use dealdesk::text::diagnostic::not_in_book;
/// assert_eq!(
///     not_in_book("level", "vpp", ["none", "vp"]),
///     "the price book has no level \"vpp\": it has none, vp; did you mean vp?"
/// );
/// ```
pub fn not_in_book<'a>(
    what: &str,
    word: &str,
    known: impl IntoIterator<Item = &'a str> + Clone,
) -> String {
    let near = nearest(word, known.clone()).map(|near| format!("; did you mean {near}?"));
    let known: Vec<_> = known.into_iter().collect();
    let (known, near) = (known.join(", "), near.unwrap_or_default());
    format!("the price book has no {what} \"{word}\": it has {known}{near}")
}

/// Returns the known word that is nearest to a misspelled one, if it is near enough.
///
/// ```
/// use dealdesk::text::diagnostic::nearest;
/// assert_eq!(nearest("sokcet", ["socket", "core"]), Some("socket"));
/// assert_eq!(nearest("banana", ["socket", "core"]), None);
/// ```
pub fn nearest<'a>(word: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let word = word.to_lowercase();
    let far = word.chars().count().div_ceil(3);
    known
        .into_iter()
        .map(|candidate| {
            let folded = candidate.to_lowercase();
            let edits = if folded == word {
                0
            } else if word.len() >= 3 && folded.starts_with(&word) {
                1
            } else {
                strsim::osa_distance(&word, &folded)
            };
            (edits, candidate)
        })
        .filter(|&(edits, _)| edits <= far)
        .min_by_key(|&(edits, _)| edits)
        .map(|(_, candidate)| candidate)
}
