//! Facts of a deal that say whose it is.

use super::{ACCOUNT, CUSTOMER, Deal, INCUMBENT, JOINS, OPPORTUNITY, REGION, SEGMENT, VERTICAL};
use crate::book::CustomerFact;
use crate::text::{NameKey, is_name};

impl Deal<'_> {
    pub const fn customer(&self) -> Option<&str> {
        self.record.text(CUSTOMER)
    }

    /// Returns the customer's account in the CRM.
    pub const fn account(&self) -> Option<&str> {
        self.record.text(ACCOUNT)
    }

    /// Returns the opportunity's number in the CRM.
    pub const fn opportunity(&self) -> Option<&str> {
        self.record.text(OPPORTUNITY)
    }

    /// Whether the deal says whose it is: by a name with a letter or a digit, an account or an opportunity.
    pub fn states_customer(&self) -> bool {
        self.account().or(self.opportunity()).is_some() || self.customer().is_some_and(is_name)
    }

    /// Returns the product that the deal replaces, if the deal states it.
    pub const fn incumbent(&self) -> Option<&str> {
        self.record.text(INCUMBENT)
    }

    /// Returns the vendors that the incumbent names: "VMware, Inc. and Nutanix" are two, because a legal form is no
    /// vendor. "VMware Hyper-V" are two where programs or alternatives of the book list both.
    pub fn incumbents(&self) -> Vec<&str> {
        let is_between = |c: char| ",;/+&|:\\，；、：".contains(c) || c.is_control();
        let parts = self.incumbent().unwrap_or_default().split(is_between);
        let words = [" and ", " or ", " plus "];
        let parts = words.iter().fold(parts.collect::<Vec<_>>(), |parts, word| {
            parts.into_iter().flat_map(|part| part.split(word)).collect()
        });
        let parts = parts.into_iter().map(str::trim);
        let mut vendors: Vec<&str> = Vec::new();
        for part in parts.filter(|part| !part.is_empty()) {
            let is_legal_form = vendors.last().is_some_and(|vendor| {
                NameKey::of(&format!("{vendor} {part}")) == NameKey::of(vendor)
            });
            if !is_legal_form {
                vendors.push(part);
            }
        }
        vendors.into_iter().flat_map(|vendor| self.listed_vendors(vendor)).collect()
    }

    /// Returns the parts of a text that begin with vendors which the book lists, or the text, if it does not
    /// begin with one.
    fn listed_vendors<'t>(&self, text: &'t str) -> Vec<&'t str> {
        let begins = |text: &str| {
            let listed = self.book.programs().flat_map(|(_, program)| &program.incumbents);
            let mut listed = listed.chain(self.book.alternatives.iter().map(|it| &it.title));
            listed.any(|known| begins_with_words(text, known))
        };
        let words = text.match_indices(' ').map(|(at, _)| at + 1);
        let mut cuts: Vec<_> = words.filter(|&at| begins(&text[at..])).collect();
        if !begins(text) || cuts.is_empty() {
            return vec![text];
        }
        cuts.insert(0, 0);
        let ends = cuts.iter().copied().skip(1).chain([text.len()]);
        cuts.iter().zip(ends).map(|(&from, until)| text[from..until].trim()).collect()
    }

    /// Returns the contract whose end the deal has, if the deal names it.
    pub fn joins(&self) -> Option<&str> {
        let is_co_termed = self.period.is_some_and(|period| period.is_co_termed());
        self.record.text(JOINS).filter(|_| is_co_termed)
    }

    /// Returns the customer's region, if the deal states it.
    pub const fn region(&self) -> Option<&str> {
        self.record.text(REGION)
    }

    /// Returns the customer's segment, if the deal states it.
    pub const fn segment(&self) -> Option<&str> {
        self.record.text(SEGMENT)
    }

    /// Returns a fact of the customer, if it is one that the book lists.
    pub fn listed_fact(&self, fact: CustomerFact) -> Option<&str> {
        let stated = self.record.text(match fact {
            CustomerFact::Vertical => VERTICAL,
            CustomerFact::Region => REGION,
        })?;
        self.book.customers.of(fact).iter().any(|known| known == stated).then_some(stated)
    }
}

/// Returns whether a text begins with the words of a name: "VMware, Inc." begins with VMware.
pub(crate) fn begins_with_words(text: &str, name: &str) -> bool {
    let words = |text: &str| {
        let words = text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
        words.map(str::to_lowercase).collect::<Vec<_>>()
    };
    words(text).starts_with(&words(name))
}
