//! The offers that meet a customer's number, and why none is easier to get.

use crate::answer::negotiate::words::{
    ask_instead, concession_text, counterpart_text, metric_title, rounded,
};
use crate::answer::negotiate::{
    Certificate, Concession, CustomerRequest, Goal, Offer, Return, Search, SearchResult,
    concessions, json, rounding, rows,
};
use crate::book::{Level, PriceBook};
use crate::deal::{Deal, DiscountOverride, Line};
use crate::document::json::Json;
use crate::document::{Answer, Block, Cell, Document, ListItem, Table, TableRow, Tone};
use crate::number::{Currency, Money, Quantity, grouped, plural};
use crate::quote::text::words::term;
use crate::quote::text::{approval, book_version, requirement, who};

#[derive(Debug, Clone, Copy)]
pub struct OffersView<'a, 'b> {
    pub asked: &'a CustomerRequest<'b>,
    pub search: &'a Search<'b>,
    pub found: &'a SearchResult<'b>,
    /// The largest number of offers that are shown.
    pub top: usize,
    /// The offer whose every concession is shown, counted from 1.
    pub closer: usize,
}

impl Answer for OffersView<'_, '_> {
    fn document(&self) -> Document {
        let Self { search, found, top, .. } = *self;
        let book = self.asked.deal.book;
        let mut blocks = vec![Block::Title("Negotiation".to_owned()), self.facts()];
        if found.offers.is_empty() {
            blocks.extend(unmet(book, search, found));
        } else {
            blocks.push(Block::Heading("Offers".to_owned(), Tone::Good));
            blocks.push(Block::Table(table(book, &found.offers, top)));
            let rest = found.offers.len().saturating_sub(top);
            let offers = format!("offer{}", plural(rest));
            let more = (rest > 0).then(|| format!("{rest} more {offers}: --top 0 shows all"));
            let next = "--quote 1 prints the quote of offer 1, --save FILE writes its deal file";
            blocks.push(Block::Lines(more.into_iter().chain([next.to_owned()]).collect()));
            let closer = self.closer.checked_sub(1).and_then(|place| found.offers.get(place));
            if let Some(closer) = closer {
                blocks.extend(concession_blocks(self.closer, closer));
            }
        }
        blocks.extend(certificate(book, found));
        Document { blocks }
    }

    fn rows(&self) -> Table {
        let offers = &self.found.offers;
        let shown = &offers[..offers.len().min(self.top)];
        rows::offers(self.asked.deal.book, shown, self.search.discount_rate)
    }

    fn json(&self) -> Json {
        json::offers(self.asked, self.search, self.found, self.top)
    }
}

impl OffersView<'_, '_> {
    fn facts(&self) -> Block {
        let Self { asked, search, found, .. } = self;
        let (deal, book) = (&asked.deal, asked.deal.book);
        let Certificate { decided, combinations, .. } = found.certificate;
        let all = grouped(&combinations);
        let searched = if decided < combinations {
            format!("{} of {all} combinations: stopped", grouped(&decided))
        } else {
            format!("all {all} combinations, each at every rate")
        };
        let now = asked.offer();
        let needs = match who(book, now.level(), &now.verdict.reviews()) {
            _ if now.verdict.is_refused() => "outside policy".to_owned(),
            nobody if nobody.is_empty() => "needs no approval".to_owned(),
            who => format!("needs {who}"),
        };
        let tcv = book.currency.show(now.tcv());
        let value = search.discount_rate.map(|rate| {
            format!(
                "present value of all payments at {rate} per year, at the start of the contract"
            )
        });
        let facts = [
            Some(("Customer", deal.customer().unwrap_or("not named").to_owned())),
            Some(("Target", goal(&book.currency, search.goal))),
            Some(("Approval limit", title(book, search.within))),
            Some(("Deal as entered", format!("{tcv}, {} off list, {needs}", now.discount()))),
            Some(("Searched", searched)),
            value.map(|value| ("Value", value)),
            Some(("Date", deal.date.to_string())),
            Some(("Price book", book_version(book))),
        ];
        Block::facts(facts.into_iter().flatten())
    }
}

fn goal(currency: &Currency, goal: Goal) -> String {
    let show = |amount| currency.show(amount);
    match goal {
        Goal::Discount(rate) => format!("{rate} off list"),
        Goal::Tcv(most) => format!("TCV of at most {}", show(most)),
        Goal::UnitPrice(most) => format!("at most {} per unit", show(most)),
        Goal::YearlyBudget(most) => format!("at most {} invoiced per year", show(most)),
    }
}

fn title(book: &PriceBook, level: Level) -> String {
    match level {
        Level::NONE => "no approval".to_owned(),
        level => format!("{} approval", book.ladder().title(level)),
    }
}

fn table(book: &PriceBook, offers: &[Offer<'_>], top: usize) -> Table {
    let money = |amount| Cell::money(&book.currency, amount);
    let table = Table::of_items(
        (1_usize..).zip(offers.iter().take(top)),
        &[
            ("#", &|(number, _)| Cell::ordinal(*number)),
            ("Needs", &|(_, offer)| Cell::text(approval(book, &offer.verdict))),
            ("Off list", &|(_, offer)| Cell::share(offer.discount())),
            ("TCV", &|(_, offer)| money(offer.tcv())),
            ("Value", &|(_, offer)| offer.present_value.map(money).unwrap_or_default()),
            ("Term", &|(_, offer)| Cell::text(term(&offer.deal))),
            ("Customer buys", &|(_, offer)| Cell::text(bought(&offer.deal))),
            ("Concessions", &|(_, offer)| Cell::text(given(&offer.deal))),
        ],
    );
    // All of them have one, or none has.
    table.column_if("Value", offers.iter().any(|offer| offer.present_value.is_some()))
}

/// "500 sockets, multi-year prepayment".
fn bought(deal: &Deal<'_>) -> String {
    let line = |line: &Line<'_>| {
        let counts: Vec<_> = line.quantities().map(Quantity::grouped).collect();
        let (one, many) = (&line.metric.unit, &line.metric.units);
        let unit = if counts == ["1"] { one } else { many };
        let title = metric_title(deal.book, line).unwrap_or_default();
        format!("{title}{} {unit}", counts.join(", then "))
    };
    let lines = deal.lines.iter().map(line);
    let prepay = deal.prepay().map(|prepay| format!("{prepay} prepayment"));
    let billing = deal.billing.map(|way| format!("billed {}", way.title));
    let standard = deal.book.standard_payment();
    let payment = deal.payment.filter(|it| standard.is_none_or(|own| own.name != it.name));
    let payment = payment.map(|payment| payment.title.clone());
    lines.chain(prepay).chain(billing).chain(payment).collect::<Vec<_>>().join(", ")
}

/// "Competitive displacement 16.955%": what is more or less than what the book gives by itself.
fn given(deal: &Deal<'_>) -> String {
    let claims = deal.claims.iter().map(|claim| format!("{} {}", claim.program.title, claim.rate));
    let changes = deal.discount_overrides.iter().filter_map(|(discount, change)| {
        let title = discount.title.to_lowercase();
        match change {
            DiscountOverride::Auto => None,
            DiscountOverride::Withheld => Some(format!("no {title}")),
            DiscountOverride::Rate(rate) => Some(format!("{title} only {rate}")),
        }
    });
    let given: Vec<_> = claims.chain(changes).collect();
    if given.is_empty() { "automatic discounts only".to_owned() } else { given.join(", ") }
}

/// "31.36% off list, $3,088,687.50: 500 sockets, 3 years; automatic discounts only".
fn told(offer: &Offer<'_>) -> String {
    let deal = &offer.deal;
    let tcv = deal.book.currency.show(offer.tcv());
    let (bought, term, given) = (bought(deal), term(deal), given(deal));
    format!("{} off list, {tcv}: {bought}, {term}; {given}", offer.discount())
}

/// Everything that an offer gives, each with what the customer does for it.
fn concession_blocks(number: usize, offer: &Offer<'_>) -> Vec<Block> {
    let book = offer.deal.book;
    let given = concessions(offer);
    let counterpart = |it: &Concession<'_>| {
        let counterpart = it.counterpart.as_ref().map(|it| counterpart_text(it, book));
        counterpart.unwrap_or_else(|| "nothing".to_owned())
    };
    let mut table = Table::of_items(
        &given,
        &[
            ("Concessions", &|it| Cell::text(concession_text(it))),
            ("Value", &|it| Cell::money(&book.currency, rounded(book, it.money))),
            ("Needs", &|it| Cell::text(who(book, it.level, &[]))),
            ("In return", &|it| Cell::text(counterpart(it))),
        ],
    );
    let rest = rounding_of_all(offer, &given);
    if !rest.is_zero() {
        let [rounding, needs, returned] = ["Rounding", "", ""].map(Cell::text);
        let rest = Cell::money(&book.currency, rest);
        table.rows.push(TableRow::new([rounding, rest, needs, returned]));
    }
    let heading = format!("Offer {number}: concessions and returns");
    let mut blocks = vec![Block::heading(heading), Block::Table(table)];
    let unpaired = given.iter().filter(|concession| concession.has_no_return());
    let warnings = unpaired.map(|it| {
        let (title, instead) = (it.kind.title(), ask_instead(&it.instead));
        let text = format!("{title} is given for nothing in return{instead}");
        ListItem::new(Tone::Warning, "unpaired", text).at(&it.rule.source)
    });
    blocks.extend(Block::list(warnings));
    blocks
}

/// The rounding of the offer, with that of the amounts that are shown, so that they add up.
fn rounding_of_all(offer: &Offer<'_>, given: &[Concession<'_>]) -> Money {
    let book = offer.deal.book;
    let paid = |concession: &Concession<'_>| match concession.counterpart {
        Some(Return::Uplift(money)) => money,
        _ => Money::ZERO,
    };
    let sum = |of: &dyn Fn(Money) -> Money| -> Money {
        given.iter().map(|it| of(it.money) - of(paid(it))).sum()
    };
    let in_coins = sum(&|amount| rounded(book, amount));
    rounded(book, sum(&|amount| amount) - rounding(offer)) - in_coins
}

fn unmet(book: &PriceBook, search: &Search<'_>, found: &SearchResult<'_>) -> Vec<Block> {
    let heading = format!("Target not reached with {}", title(book, search.within));
    let closest = found.closest.as_ref();
    let closest = closest.map_or_else(|| "no deal that can be approved".to_owned(), told);
    let closest = ListItem::new(Tone::Warning, "closest", closest);
    let above = found.above.iter().map(|above| {
        let badge = format!("with {}", approval(book, &above.verdict));
        ListItem::new(Tone::Plain, badge, told(above))
    });
    Block::items(heading, Tone::Bad, [closest].into_iter().chain(above))
}

fn certificate(book: &PriceBook, found: &SearchResult<'_>) -> Vec<Block> {
    let certificate = &found.certificate;
    let unproved = certificate.unproved.iter().map(|rule| {
        let id = &rule.id;
        let text =
            format!("{id} can need less approval at a larger rate, and not every rate was tried");
        ListItem::new(Tone::Warning, "not proved", text).at(&rule.source)
    });
    let unshared = certificate.unshared.iter().map(|rule| {
        let id = &rule.id;
        let text = format!(
            "{id} limits each line, and not every way to share the discounts among the lines was tried"
        );
        ListItem::new(Tone::Warning, "not proved", text).at(&rule.source)
    });
    let mut blocks: Vec<_> = Block::list(unproved.chain(unshared)).into_iter().collect();
    let Some(lower) = certificate.lower else { return blocks };
    // What comes closest has been told where nothing was found.
    if found.offers.is_empty() && found.above.is_none() {
        return blocks;
    }
    let least = title(book, lower);
    let heading = match lower {
        Level::NONE => "Why an approval is needed".to_owned(),
        _ => format!("Why {least} is not enough"),
    };
    let mut items = Vec::new();
    if !found.offers.is_empty() {
        let text = certificate.closest.as_ref().map_or_else(
            || "no deal can be approved".to_owned(),
            |closest| format!("best result: {}", told(closest)),
        );
        items.push(ListItem::new(Tone::Plain, format!("with {least}"), text));
    }
    items.extend(certificate.binding.iter().map(|it| requirement(book, it)));
    blocks.extend([Block::heading(heading), Block::Items(items)]);
    blocks
}
