//! From list down to the most that each level gives, worked by hand.

use crate::support::{DAY, root};
use dealdesk::book::{self, Books};
use dealdesk::deal;
use dealdesk::negotiate::{Goal, Ladder, Search, Table};
use dealdesk::source::Source;
use dealdesk::value::{Date, Rate};

fn ours() -> Books {
    let text = std::fs::read_to_string(root().join("pricing.toml")).expect("our book");
    book::load(&Source::file("pricing.toml", &text)).expect("a book")
}

fn table<'b>(deal: &str, books: &'b Books) -> Table<'b> {
    let draft = deal::read(&Source::file("deal.toml", deal));
    Table::new(draft, books, Date::parse(DAY).expect("a date")).expect("a deal")
}

#[test]
fn shown() {
    let books = ours();
    for (deal, locked) in [
        ("term_years = 3\n[[line]]\nmetric = \"socket\"\nquantity = 500\n", vec!["term"]),
        ("term_years = 3\n[[line]]\nmetric = \"socket\"\nquantity = 500\n", vec![]),
        ("[[line]]\nmetric = \"socket\"\nquantity = 100\n", vec![]),
        (
            "term_years=3\npayment=\"net-60\"\n[[line]]\nmetric = \"node\"\nquantity = 1000\n[[clause]]\nname=\"sla-99-95\"\n",
            vec![],
        ),
    ] {
        let table = table(deal, &books);
        let goal = Goal::Discount(Rate::parse("100%").expect("a rate"));
        let search = Search::new(&table, goal, &[], &locked).expect("levers");
        let ladder = Ladder::new(&table, search, &|_| true);
        println!("== {deal} {locked:?}");
        for step in &ladder.steps {
            let claims: Vec<_> = step.offer.commitment.programs.clone();
            println!(
                "{} {} +{:?} {:?} {claims:?} {:?} ends {:?} larger {} years {} given {:?} asks {:?} instead {:?}",
                step.off(),
                step.offer.pricing.lines[0].segments[0].net().at_least(2),
                step.conceded.map(|it| it.to_string()),
                step.offer.level(),
                step.offer.deal.prepay(),
                step.ends,
                step.is_larger,
                step.offer.commitment.years,
                step.given
                    .iter()
                    .map(|it| (
                        it.give.title(),
                        it.rate.map(|it| it.to_string()),
                        it.money.at_least(2)
                    ))
                    .collect::<Vec<_>>(),
                step.asks
                    .iter()
                    .map(|it| format!("{it:?}").chars().take(60).collect::<String>())
                    .collect::<Vec<_>>(),
                step.instead,
            );
        }
    }
}
