//! Alternatives, the customer's own costs, and claims about the value of a deal.

use super::{Resolver, text};
use crate::book::{Alternative, Cost, DraftCost, resolve_costs};
use crate::deal::{Deal, DealAlternative, ValueClaim};
use crate::text::diagnostic::Code;
use crate::text::source::Written;

impl<'b> Resolver<'b, '_> {
    pub(super) fn alternatives(&mut self) -> Vec<DealAlternative<'b>> {
        let mut alternatives = Vec::new();
        for (index, asked) in self.draft.alternatives.iter().enumerate() {
            let name = &asked.name;
            let costs = self.costs(&asked.costs, &format!("alternative.{}", name.value));
            let before = self.draft.alternatives[..index].iter().map(|before| &before.name);
            self.check_new(name, before, "alternative", "write one with all its costs");
            let alternative = self.alternative(name);
            let adds = asked.adds;
            alternatives.extend(alternative.map(|alternative| DealAlternative {
                alternative,
                costs,
                adds,
            }));
        }
        alternatives
    }

    fn alternative(&mut self, name: &Written<String>) -> Option<&'b Alternative> {
        let kind = (Code::UnknownAlternative, "alternative");
        self.find(name, &self.book.alternatives, |it| &it.name, kind)
    }

    /// Resolves costs that the customer states. `id` begins the identity of their rules.
    pub(super) fn costs(&mut self, costs: &[DraftCost], id: &str) -> Vec<Cost> {
        let (costs, wrong) =
            resolve_costs(costs, id, Some(self.book.metrics()), Some(&self.book.currency));
        self.faults.extend(wrong);
        costs
    }

    pub(super) fn value_claims(&mut self) -> Vec<ValueClaim<'b>> {
        let mut claims = Vec::new();
        for claim in &self.draft.value_claims {
            let against = self.alternative(&claim.against);
            let currency = &self.book.currency;
            let (code, minor) = (&currency.code, currency.minor);
            if let Some(saving) = claim.saving.as_ref().filter(|it| it.value.decimals() > minor) {
                let message = format!("an amount in {code} has at most {minor} decimal places");
                self.faults.push(saving.fault(Code::BadNumber, message));
            }
            claims.extend(against.map(|against| ValueClaim {
                against,
                text: text(claim.text.as_ref()),
                years: claim.years.as_ref().map(|years| years.value),
                saves: claim.saves,
                saving: claim.saving.as_ref().map(|saving| saving.value),
                roi: claim.roi,
                source: claim.place.clone(),
            }));
        }
        claims
    }

    /// Reports comparisons over fewer years than are paid for: no quote has their price alone.
    pub(super) fn check_horizons(&mut self, deal: &Deal<'_>) {
        let years = deal.length().years();
        let claims = self.draft.value_claims.iter().filter_map(|claim| claim.years.as_ref());
        for written in claims.filter(|written| written.value < years) {
            let message = format!("the customer pays for {years} years, and this claim has fewer");
            let hint = format!("write {years} years or more, or a shorter term");
            self.fault(Code::Conflict, &written.place, message, hint);
        }
    }
}
