//! The key of a name: names that are one company, and names that are not.

use dealdesk::text::{NameKey, folded_words};
use proptest::prelude::*;

/// Each row is one company, however it is written.
const SAME: &[&[&str]] = &[
    &[
        "Acme Bank",
        "acme bank",
        "ACME  BANK",
        " Acme\tBank ",
        "AcmeBank",
        "Acme-Bank",
        "Acme, Bank.",
    ],
    // An accent is a mark of its own, or part of the letter; so is a stroke through a letter.
    &["Müller Łódź", "Muller Lodz", "Mu\u{308}ller L\u{f3}dz", "MÜLLER ŁÓDŹ"],
    &["Straße", "STRASSE", "strasse"],
    &["Ærø Øl", "Aero Ol"],
    // Cyrillic, Greek, fullwidth and mathematical letters that look like Latin ones.
    &[
        "Acme Bank",
        "Асme Ваnk",
        "ΑCME ΒΑΝΚ",
        "ACME ВАNК",
        "Ａｃｍｅ　Ｂａｎｋ",
        "𝐀𝐜𝐦𝐞 𝐁𝐚𝐧𝐤",
        "Αcmе Вank",
    ],
    &["IBM", "ІВМ", "ІBM", "ΙBM", "ibm"],
    &["Vivo", "\u{3bd}ivo", "viv\u{3bf}", "ViVO"],
    &["Xerox", "Хегох", "ХЕRОХ"],
    // What cannot be seen is not there.
    &["Acme", "Ac\u{200b}me", "Ac\u{ad}me", "Acme\u{fe0f}", "\u{202e}Acme", "A\u{3164}cme"],
    &["Acme", "Acme™", "Acme®", "(Acme)"],
    // Legal forms, with dots, blanks and signs, and several of them.
    &[
        "Acme Bank",
        "Acme Bank Inc",
        "Acme Bank\u{3164}Inc",
        "Acme Bank, Inc.",
        "Acme Bank Incorporated",
        "ACME BANK L.L.C.",
        "Acme Bank N.A.",
        "Acme Bank Ltd.",
        "Acme Bank Co., Ltd.",
        "Acme Bank Company Limited",
        "Acme Bank GmbH & Co. KG",
        "Acme Bank G.m.b.H.",
        "Acme Bank AG",
        "Acme Bank S.A.",
        "Acme Bank S. A.",
        "Acme Bank Sàrl",
        "Acme Bank S.A. de C.V.",
        "Acme Bank A/S",
        "Acme Bank Pty Ltd",
        "Acme Bank Sp. z o.o.",
        "Acme Bank UG (haftungsbeschränkt)",
        "Acme Bank ООО",
        "Acme Bank EIRL",
        "Acme Bank SCRL",
        "Acme Bank A.D.",
        "Acme Bank KB",
        "Acme Bank HB",
        "Acme Bank P/S",
        "Acme Bank Іnс.",
    ],
    &["トヨタ自動車", "トヨタ自動車株式会社", "トヨタ自動車 株式会社"],
    &["华为技术", "华为技术有限公司"],
    &["Газпром", "ГАЗПРОМ", "газпром ПАО"],
    &["ΝΙΚΗ", "νικη", "Νίκη"],
    // Nothing but a legal form is a name.
    &["AG", "A.G.", "ag"],
    &["Co", "Co Inc", "Co., Ltd."],
    &["!!!", " ! ! !"],
];

/// Each pair is two companies.
const OTHERS: &[[&str; 2]] = &[
    ["Acme Bank", "Acme Insurance"],
    ["Acme Bank", "Acme Bank Group"],
    // A sign of a place at the end of a name.
    ["Acme Bank", "Acme Bank, KY"],
    ["Acme", "Incacme"],
    ["Acme", "Acmeinc"],
    // Letters of ASCII keep their reading.
    ["Modern", "Modem"],
    ["Bank 1", "Bank l"],
    ["AI Bank", "Al Bank"],
    ["Bank 0", "Bank O"],
    ["AG", "KG"],
    ["!!!", "???"],
    // A mark of another script is no accent.
    ["バス", "ハス"],
    ["कि", "की"],
];

#[test]
fn a_company_has_one_key_however_it_is_written() {
    for names in SAME {
        let keys = names.iter().map(|name| NameKey::of(name).expect("a key"));
        for (name, key) in names.iter().zip(keys) {
            assert_eq!(Some(key), NameKey::of(names[0]), "{name} is {}", names[0]);
        }
    }
    for [one, other] in OTHERS {
        assert_ne!(NameKey::of(one), NameKey::of(other), "{one} is not {other}");
    }
    // No two rows of the list are one company.
    let mut keys: Vec<_> = SAME.iter().map(|names| NameKey::of(names[0])).collect();
    keys.sort();
    keys.dedup();
    let repeated = 3; // Acme Bank, and Acme, twice each; Acme Bank in letters of other scripts.
    assert_eq!(keys.len(), SAME.len() - repeated);
}

#[test]
fn a_name_that_nobody_sees_has_no_key() {
    for name in ["", " ", "\u{200b}", "\u{3164}\u{feff}", "\t\n"] {
        assert_eq!(NameKey::of(name), None, "{name:?}");
    }
}

#[test]
fn a_search_keeps_the_words_and_the_legal_form() {
    assert_eq!(folded_words("Ｍüller-Bänk, Іnc."), "muller bank inc");
    assert_eq!(folded_words("AG"), "ag");
}

proptest! {
    /// Case, accents, blanks, signs and a legal form make no other company. A word of one or two letters can be
    /// the beginning of a longer form: "P, L.L.C." is PLLC.
    #[test]
    fn what_is_folded_makes_no_other_company(
        words in proptest::collection::vec("[a-zà-öø-ž]{3,6}|[а-я]{3,6}|[α-ρσ-ω]{3,6}", 1..4),
        form in proptest::sample::select(vec!["", " Inc.", ", L.L.C.", " gmbh", " S. p. A.", " K.K."]),
        signs in "[ .,'&-]{1,3}",
    ) {
        let key = NameKey::of(&words.join(" "));
        let capitals = words.join(" ").to_uppercase() + form;
        prop_assert_eq!(NameKey::of(&capitals), key.clone(), "{}", capitals);
        let signed = words.join(&signs) + form;
        prop_assert_eq!(NameKey::of(&signed), key, "{}", signed);
    }

    /// A letter of another script that looks like the Latin one in its place makes no other company.
    #[test]
    fn a_look_alike_makes_no_other_company(name in "[a-zA-Z]{2,8}( [a-zA-Z]{2,8})?", at in 0_usize..8) {
        const LOOKS: [(char, char); 30] = [
            ('A', 'А'), ('B', 'В'), ('C', 'С'), ('E', 'Е'), ('H', 'Н'), ('I', 'І'), ('J', 'Ј'), ('K', 'К'),
            ('M', 'М'), ('O', 'О'), ('P', 'Р'), ('S', 'Ѕ'), ('T', 'Т'), ('X', 'Х'), ('Z', 'Ζ'), ('N', 'Ν'),
            ('Y', 'Υ'), ('a', 'а'), ('c', 'с'), ('e', 'е'), ('i', 'і'), ('j', 'ј'), ('o', 'о'), ('p', 'р'),
            ('s', 'ѕ'), ('x', 'х'), ('y', 'у'), ('v', 'ν'), ('o', 'ο'), ('d', 'ԁ'),
        ];
        let letters: Vec<char> = name.chars().collect();
        for looks in LOOKS.iter().filter(|(latin, _)| letters.get(at) == Some(latin)) {
            let mut changed = letters.clone();
            changed[at] = looks.1;
            let changed: String = changed.into_iter().collect();
            prop_assert_eq!(NameKey::of(&changed), NameKey::of(&name), "{}", changed);
        }
    }
}
