//! What changed from one deal to another, on any book.

use super::books::book;
use super::deals::wish;
use super::model::{Book, Deal};
use super::world::{load, resolve};
use dealdesk::answer::deal_diff::{Change, DealDiff, difference};
use dealdesk::number::Money;
use dealdesk::quote::json::to_json;
use dealdesk::quote::quote;
use proptest::prelude::*;

/// A book and two deals on it, the second of which has some of its words from elsewhere.
fn versions() -> impl Strategy<Value = (Book, Deal, Deal)> {
    let parts = prop::array::uniform8(prop::bool::weighted(0.3));
    (book(), wish(), wish(), parts).prop_map(|(book, first, second, parts)| {
        let (first, other) = (first.of(&book), second.of(&book));
        let mut new = first.clone();
        let [customer, incumbent, prepay, takes, services, claims, lines, one] = parts;
        let mut take = |is_taken: bool, from: &dyn Fn(&mut Deal)| {
            if is_taken {
                from(&mut new);
            }
        };
        take(customer, &|new| new.customer.clone_from(&other.customer));
        take(incumbent, &|new| new.incumbent.clone_from(&other.incumbent));
        take(prepay, &|new| new.prepay = other.prepay);
        take(takes, &|new| new.takes.clone_from(&other.takes));
        take(services, &|new| new.services.clone_from(&other.services));
        take(claims, &|new| new.claims.clone_from(&other.claims));
        take(lines, &|new| (new.term, new.lines) = (other.term, other.lines.clone()));
        take(one, &|new| {
            new.lines.rotate_left(1);
            new.lines.extend(other.lines.first().filter(|_| new.term == other.term).cloned());
        });
        (book, first, new)
    })
}

/// Everything that a difference says, either way round, in an order of its own.
fn said(difference: &DealDiff<'_, '_>, is_back: bool) -> Vec<String> {
    let mut said = Vec::new();
    let mut tell = |what: &str, old: String, new: String| {
        let (old, new) = if is_back { (new, old) } else { (old, new) };
        said.push(format!("{what}: {old} | {new}"));
    };
    for fact in &difference.facts {
        tell(&fact.name, format!("{:?}", fact.value.old), format!("{:?}", fact.value.new));
    }
    for line in &difference.lines {
        for part in &line.parts {
            let side = |it: Option<Money>| format!("{it:?}");
            tell(&format!("{:?}", part.years), side(part.tcv.old), side(part.tcv.new));
            for step in &part.steps {
                tell("step", format!("{:?}", step.old), format!("{:?}", step.new));
            }
        }
    }
    for service in &difference.services {
        tell("service", format!("{:?}", service.old), format!("{:?}", service.new));
    }
    for it in &difference.requirements {
        tell("asks", format!("{:?}", it.old), format!("{:?}", it.new));
    }
    for it in &difference.violations {
        tell("refuses", format!("{:?}", it.old), format!("{:?}", it.new));
    }
    for it in &difference.notices {
        tell("says", format!("{:?}", it.old), format!("{:?}", it.new));
    }
    said.sort();
    said
}

/// What lines and services add to the contract or take from it.
fn parts(difference: &DealDiff<'_, '_>) -> Money {
    let lines = difference.lines.iter().flat_map(|line| &line.parts).map(|part| part.tcv.more());
    let services = difference.services.iter().map(|it| Change::more(&it.map(|it| it.price)));
    lines.chain(services).sum()
}

/// The lines of a quote in JSON, but for what changes with their order.
fn sorted(json: &str) -> Vec<&str> {
    let lines =
        json.lines().filter(|line| !["\"id\"", "\"digest\""].iter().any(|key| line.contains(key)));
    let mut lines: Vec<_> = lines.map(|line| line.trim_end_matches(',')).collect();
    lines.sort_unstable();
    lines
}

proptest! {
    #![proptest_config(super::cases(300))]

    /// A deal does not differ from itself, nor from the same deal with its lines in another order.
    #[test]
    fn a_deal_is_as_it_is((book, deal, _) in versions()) {
        let books = load(&book.toml());
        let Ok(one) = resolve(&deal.toml(&book), &books) else { return Ok(()) };
        let mut turned = deal.clone();
        turned.lines.reverse();
        let Ok(turned) = resolve(&turned.toml(&book), &books) else { return Ok(()) };
        let (one, turned) = (quote(&one), quote(&turned));
        let same = difference(Some(&one), Some(&one));
        prop_assert!(same.is_empty() && said(&same, false).is_empty(), "{same:?}");
        let lines = difference(Some(&one), Some(&turned)).lines;
        prop_assert!(lines.is_empty(), "{lines:?}");
    }

    /// What lines and services cost more or less is what the contract does, also of a deal that is
    /// new or gone.
    #[test]
    fn the_parts_add_up((book, old, new) in versions()) {
        let books = load(&book.toml());
        let (old, new) = (resolve(&old.toml(&book), &books), resolve(&new.toml(&book), &books));
        let (old, new) = (old.ok(), new.ok());
        let (old, new) = (old.as_ref().map(quote), new.as_ref().map(quote));
        for (old, new) in [(&old, &new), (&old, &None), (&None, &new)] {
            let difference = difference(old.as_ref(), new.as_ref());
            prop_assert_eq!(parts(&difference), difference.tcv().more(), "{:?}", difference);
        }
    }

    /// Read from the other side it says the same, with before and after exchanged.
    #[test]
    fn it_mirrors((book, old, new) in versions()) {
        let books = load(&book.toml());
        let (old, new) = (resolve(&old.toml(&book), &books), resolve(&new.toml(&book), &books));
        let (Ok(old), Ok(new)) = (old, new) else { return Ok(()) };
        let (old, new) = (quote(&old), quote(&new));
        let (there, back) = (difference(Some(&old), Some(&new)), difference(Some(&new), Some(&old)));
        prop_assert_eq!(said(&there, false), said(&back, true));
        prop_assert_eq!(there.tcv().more(), Money::ZERO - back.tcv().more());
    }

    /// Nothing that changes a quote goes untold.
    #[test]
    fn nothing_goes_untold((book, old, new) in versions()) {
        let books = load(&book.toml());
        let (old, new) = (resolve(&old.toml(&book), &books), resolve(&new.toml(&book), &books));
        let (Ok(old), Ok(new)) = (old, new) else { return Ok(()) };
        let (old, new) = (quote(&old), quote(&new));
        let (one, other) = (to_json(&old).to_string(), to_json(&new).to_string());
        let is_empty = difference(Some(&old), Some(&new)).is_empty();
        if is_empty {
            prop_assert_eq!(sorted(&one), sorted(&other));
        }
        if one == other {
            prop_assert!(is_empty);
        }
    }
}
