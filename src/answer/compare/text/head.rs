//! Head of a comparison: what is compared, and on which terms.

use crate::answer::compare::{CountBasis, NeedComparison, UnitCount};
use crate::book::PriceBook;
use crate::document::Block;
use crate::number::Quantity;
use crate::quote::text::words::term;

pub(crate) fn blocks(compared: &NeedComparison<'_, '_>) -> Vec<Block> {
    let deal = compared.deal;
    let book = deal.book;
    let mut facts = Vec::new();
    let mut fact = |name: &str, value: Option<String>| {
        if let Some(value) = value {
            facts.push((name.to_owned(), value));
        }
    };
    fact("Customer", Some(deal.customer().unwrap_or("not named").to_owned()));
    fact("Date", Some(deal.date().to_string()));
    fact("Term", Some(term(deal)));
    fact("Currency", book.is_one_of_several.then(|| book.currency.code.clone()));
    fact("Prepay", deal.prepay().map(str::to_owned));
    fact("Payment", deal.payment.map(|payment| payment.title.clone()));
    let length = compared.span.length();
    let beyond = format!("{length}: years after the term cost as much as its last year");
    fact("Period", (!compared.span.is_term()).then_some(beyond));
    for count in &compared.question.counts {
        fact("Counted", Some(counted(book, count)));
    }
    fact("Use", compared.has_use().then(|| in_use(compared)));
    fact("Programs", Some("none: a program has to be claimed".to_owned()));
    fact("Price book", Some(format!("{}, version {}", book.name(), book.version())));
    fact("SHA-256", Some(book.sha256().to_owned()));
    vec![Block::Title("Comparison".to_owned()), Block::Facts(facts)]
}

fn in_use(compared: &NeedComparison<'_, '_>) -> String {
    compared.question.utilization.map_or_else(
        || "every unit in every hour; change it with --utilization 60%".to_owned(),
        |share| format!("each unit in {share} of all hours"),
    )
}

/// "16 cores a socket", "8,000 cores".
fn counted(book: &PriceBook, count: &UnitCount) -> String {
    let metric = book.metrics().iter().find(|metric| metric.unit() == count.unit);
    let many = |quantity: Quantity| metric.map_or_else(String::new, |it| it.count(quantity));
    match &count.amount {
        CountBasis::Whole(all) => many(*all),
        CountBasis::Each(each, of) => format!("{} per {of}", many(*each)),
    }
}
