//! Masks the parts of printed text that change with every line added to `pricing.toml`.

/// Replaces line numbers of `pricing.toml`, SHA-256 hashes, and quote ids, which are made of the hash
/// of their book.
pub fn masked(text: &str) -> String {
    let mut shown = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(letter) = rest.chars().next() {
        let (mask, length) = mask(rest).unwrap_or((&rest[..letter.len_utf8()], letter.len_utf8()));
        shown.push_str(mask);
        rest = &rest[length..];
    }
    shown
}

/// Returns the mask for the beginning of a text, with the number of bytes that it replaces.
fn mask(text: &str) -> Option<(&'static str, usize)> {
    let length = |text: &str, is_part: fn(&u8) -> bool| text.bytes().take_while(is_part).count();
    let after = |start: &str, is_part: fn(&u8) -> bool| {
        text.strip_prefix(start).map_or(0, |rest| length(rest, is_part))
    };
    let line = after("pricing.toml:", u8::is_ascii_digit);
    if line > 0 {
        return Some(("pricing.toml:LINE", "pricing.toml:".len() + line));
    }
    if after("Q-", u8::is_ascii_hexdigit) == 32 {
        return Some(("Q-ID", "Q-".len() + 32));
    }
    (length(text, u8::is_ascii_hexdigit) == 64).then_some(("HASH", 64))
}

#[test]
fn lines_hashes_and_ids_are_masked_and_nothing_else() {
    let hash = "b62acf834b3eca2bb8ecf8087e8646bd8d77c23b58085ef14b1e119e803b3627";
    let text = format!(
        "Q-600A6C67DFDE600A6C67DFDE600A6C67 Ä [pricing.toml:66] book.toml:66 pricing.toml: 6 {hash}."
    );
    assert_eq!(masked(&text), "Q-ID Ä [pricing.toml:LINE] book.toml:66 pricing.toml: 6 HASH.");
    assert_eq!(masked("Q-600A6C67 and b62acf83"), "Q-600A6C67 and b62acf83");
}
