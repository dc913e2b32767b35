//! The offers that meet a customer's number, and why none is easier to get.

use super::concession::{concession_text, counterpart_text, requests, rounded};
use crate::answer::negotiate::{
    Certificate, Concession, CustomerRequest as Asked, Goal, Offer, Return, Search, SearchResult,
    concessions, json, rounding, rows,
};
use crate::book::{Level, PriceBook};
use crate::deal::{Deal, DiscountOverride};
use crate::document::json::Json;
use crate::document::{Answer, Block, Cell, Document, ListItem, Table, TableRow, Tone};
use crate::number::{Money, Rate, grouped};
use crate::quote::text::words::term;
use crate::quote::text::{approval, requirement, who};

/// The offers of a search as an answer.
#[derive(Debug, Clone, Copy)]
pub struct OffersView<'a, 'b> {
    /// The deal as the customer asks for it.
    pub asked: &'a Asked<'b>,
    /// The search.
    pub search: &'a Search<'b>,
    /// The offers that it found.
    pub found: &'a SearchResult<'b>,
    /// The largest number of offers that are shown.
    pub top: usize,
    /// The offer whose every concession is shown, counted from 1.
    pub closer: usize,
}

impl Answer for OffersView<'_, '_> {
    fn document(&self) -> Document {
        document(self)
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

fn document(view: &OffersView<'_, '_>) -> Document {
    let OffersView { asked, search, found, top, closer: number } = *view;
    let book = asked.deal().book();
    let mut blocks =
        vec![Block::Title("Negotiation".to_owned()), Block::Facts(facts(asked, search, found))];
    if found.offers.is_empty() {
        unmet(book, search, found, &mut blocks);
    } else {
        blocks.push(Block::Heading("Offers".to_owned(), Tone::Good));
        blocks.push(Block::Table(table(book, &found.offers, top)));
        let rest = found.offers.len().saturating_sub(top);
        let plural = if rest == 1 { "" } else { "s" };
        let more = (rest > 0).then(|| format!("{rest} more offer{plural}: --top 0 shows all"));
        let next = "--quote 1 prints the quote of offer 1, --save FILE writes its deal file";
        let lines = more.into_iter().chain([next.to_owned()]).collect();
        blocks.push(Block::Lines(lines));
        let closer = number.checked_sub(1).and_then(|place| found.offers.get(place));
        if let Some(closer) = closer {
            concession_blocks(number, closer, &mut blocks);
        }
    }
    certificate(book, found, &mut blocks);
    Document { blocks }
}

fn facts(
    asked: &Asked<'_>,
    search: &Search<'_>,
    found: &SearchResult<'_>,
) -> Vec<(String, String)> {
    let deal = asked.deal();
    let book = deal.book();
    let Certificate { decided, combinations, .. } = found.certificate;
    let count = |count: u64| grouped(&count.to_string());
    let decided = if decided < combinations {
        format!("{} of {} combinations: stopped", count(decided), count(combinations))
    } else {
        format!("all {} combinations, each at every rate", count(combinations))
    };
    let now = asked.offer();
    let now_needs = match who(book, now.verdict.level(), &now.verdict.reviews()) {
        _ if now.verdict.is_refused() => "outside policy".to_owned(),
        nobody if nobody.is_empty() => "needs no approval".to_owned(),
        who => format!("needs {who}"),
    };
    let totals = &now.pricing.totals;
    let facts = [
        ("Customer", deal.customer().unwrap_or("not named").to_owned()),
        ("Target", goal(book, search.goal)),
        ("Approval limit", title(book, search.within)),
        (
            "Deal as entered",
            format!(
                "{}, {} off list, {now_needs}",
                book.currency().show(totals.tcv),
                totals.discount
            ),
        ),
        ("Searched", decided),
        ("Value", worth(search.discount_rate)),
        ("Price book", format!("{}, version {}", book.name(), book.version())),
    ];
    let facts = facts.into_iter().filter(|(_, value)| !value.is_empty());
    facts.map(|(name, value)| (name.to_owned(), value)).collect()
}

/// Returns how offers are compared, where they are not compared by contract value.
fn worth(rate: Option<Rate>) -> String {
    rate.map_or_else(String::new, |rate| {
        format!("present value of all payments at {rate} per year, at the start of the contract")
    })
}

/// "40% off list".
fn goal(book: &PriceBook, goal: Goal) -> String {
    let show = |amount| book.currency().show(amount);
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
    let mut header = vec!["#", "Needs", "Off list", "TCV", "Term", "Customer buys", "Concessions"];
    // All of them have one, or none has.
    let is_discounted = offers.iter().any(|offer| offer.present_value.is_some());
    if is_discounted {
        header.insert(4, "Value");
    }
    let row = |(place, offer): (usize, &Offer<'_>)| {
        let totals = &offer.pricing.totals;
        let mut cells = vec![
            Cell::ordinal(place + 1),
            Cell::text(approval(offer.deal.book(), &offer.verdict)),
            Cell::share(totals.discount),
            Cell::money(book.currency(), totals.tcv),
            Cell::text(term(&offer.deal)),
            Cell::text(bought(&offer.deal)),
            Cell::text(given(&offer.deal)),
        ];
        if is_discounted {
            cells.insert(4, Cell::money(book.currency(), offer.present_value_kept()));
        }
        TableRow::new(cells)
    };
    Table::new(header, offers.iter().take(top).enumerate().map(row))
}

/// "500 sockets, multi-year prepayment".
fn bought(deal: &Deal<'_>) -> String {
    let line = |line: &crate::deal::Line<'_>| {
        let counts: Vec<_> = line.segments().iter().map(|it| it.quantity().grouped()).collect();
        let (one, many) = &line.metric().unit;
        let unit = if counts == ["1"] { one } else { many };
        let title =
            deal.book().shares_unit(line.metric()).then(|| format!("{}, ", line.metric().title()));
        format!("{}{} {unit}", title.unwrap_or_default(), counts.join(", then "))
    };
    let lines = deal.lines().iter().map(line);
    let prepay = deal.prepay().map(|prepay| format!("{prepay} prepayment"));
    let billing = deal.billing.map(|way| format!("billed {}", way.title()));
    let standard = deal.book().payment.as_ref().and_then(|it| it.terms.get(it.standard));
    let payment = deal.payment.filter(|it| standard.is_none_or(|own| own.name() != it.name()));
    let payment = payment.map(|payment| payment.title.clone());
    lines.chain(prepay).chain(billing).chain(payment).collect::<Vec<_>>().join(", ")
}

/// "Competitive displacement 16.955%": what is more or less than what the book gives by itself.
fn given(deal: &Deal<'_>) -> String {
    let claims =
        deal.claims.iter().map(|claim| format!("{} {}", claim.program.title(), claim.rate));
    let takes = deal.discount_overrides.iter().filter_map(|(discount, take)| match take {
        DiscountOverride::Auto => None,
        DiscountOverride::Withheld => Some(format!("no {}", discount.title().to_lowercase())),
        DiscountOverride::Rate(rate) => {
            Some(format!("{} only {rate}", discount.title().to_lowercase()))
        }
    });
    let given: Vec<_> = claims.chain(takes).collect();
    if given.is_empty() { "automatic discounts only".to_owned() } else { given.join(", ") }
}

/// "$3,088,687.50, 31.36% off list: 500 sockets, 3 years, multi-year prepayment".
fn told(offer: &Offer<'_>) -> String {
    let deal = &offer.deal;
    let totals = &offer.pricing.totals;
    format!(
        "{} off list, {}: {}, {}; {}",
        totals.discount,
        deal.book().currency().show(totals.tcv),
        bought(deal),
        term(deal),
        given(deal)
    )
}

/// Everything that an offer gives, each with what the customer does for it.
fn concession_blocks(number: usize, offer: &Offer<'_>, blocks: &mut Vec<Block>) {
    let book = offer.deal.book();
    let currency = book.currency();
    let given = concessions(offer);
    let row = |concession: &Concession<'_>| {
        TableRow::new(vec![
            Cell::text(concession_text(concession)),
            Cell::money(currency, rounded(book, concession.money)),
            Cell::text(who(book, concession.level, &[])),
            Cell::text(
                concession
                    .counterpart
                    .as_ref()
                    .map_or("nothing".to_owned(), |it| counterpart_text(it, book)),
            ),
        ])
    };
    let mut rows: Vec<_> = given.iter().map(row).collect();
    // What the amounts above were rounded by stands here too, so that they add up.
    let paid = |concession: &Concession<'_>| match concession.counterpart {
        Some(Return::Uplift(money)) => money,
        _ => Money::ZERO,
    };
    let sum = |of: &dyn Fn(Money) -> Money| -> Money {
        given.iter().map(|it| of(it.money) - of(paid(it))).sum()
    };
    let in_coins = sum(&|amount| rounded(book, amount));
    let rest = rounded(book, sum(&|amount| amount) - rounding(offer)) - in_coins;
    if !rest.is_zero() {
        let cells = ["Rounding", "", "", ""].map(Cell::text);
        let mut cells = Vec::from(cells);
        cells[1] = Cell::money(currency, rest);
        rows.push(TableRow::new(cells));
    }
    let heading = format!("Offer {number}: concessions and returns");
    blocks.push(Block::Heading(heading, Tone::Plain));
    let header = ["Concessions", "Value", "Needs", "In return"];
    blocks.push(Block::Table(Table::new(header, rows)));
    let unpaired = given.iter().filter(|concession| concession.has_no_return());
    let warning = |concession: &Concession<'_>| {
        let instead = requests(&concession.instead);
        let ask = if instead.is_empty() { String::new() } else { format!("; ask for {instead}") };
        ListItem {
            tone: Tone::Warning,
            badge: "unpaired".to_owned(),
            text: format!("{} is given for nothing in return{ask}", concession.kind.title()),
            source: Some(concession.rule.source.to_string()),
        }
    };
    let warnings: Vec<_> = unpaired.map(warning).collect();
    if !warnings.is_empty() {
        blocks.push(Block::Items(warnings));
    }
}

fn unmet(book: &PriceBook, search: &Search<'_>, found: &SearchResult<'_>, blocks: &mut Vec<Block>) {
    let within = title(book, search.within);
    let heading = format!("Target not reached with {within}");
    blocks.push(Block::Heading(heading, Tone::Bad));
    let mut items = Vec::new();
    let mut item = |badge: &str, text: String, tone| {
        items.push(ListItem { tone, badge: badge.to_owned(), text, source: None });
    };
    match &found.closest {
        Some(closest) => item("closest", told(closest), Tone::Warning),
        None => item("closest", "no deal that can be approved".to_owned(), Tone::Warning),
    }
    if let Some(above) = &found.above {
        item(
            &format!("with {}", approval(above.deal.book(), &above.verdict)),
            told(above),
            Tone::Plain,
        );
    }
    blocks.push(Block::Items(items));
}

fn certificate(book: &PriceBook, found: &SearchResult<'_>, blocks: &mut Vec<Block>) {
    let certificate = &found.certificate;
    if !certificate.unproved.is_empty() {
        let rules = certificate.unproved.iter().map(|rule| ListItem {
            tone: Tone::Warning,
            badge: "not proved".to_owned(),
            text: format!(
                "{} can need less approval at a larger rate, and not every rate was tried",
                rule.id
            ),
            source: Some(rule.source.to_string()),
        });
        blocks.push(Block::Items(rules.collect()));
    }
    let Some(lower) = certificate.lower else { return };
    // What comes closest has been told where nothing was found.
    if found.offers.is_empty() && found.above.is_none() {
        return;
    }
    let least = title(book, lower);
    let heading = match lower {
        Level::NONE => "Why an approval is needed".to_owned(),
        _ => format!("Why {least} is not enough"),
    };
    blocks.push(Block::Heading(heading, Tone::Plain));
    let mut items = Vec::new();
    if !found.offers.is_empty() {
        let text = certificate.closest.as_ref().map_or_else(
            || "no deal can be approved".to_owned(),
            |closest| format!("best result: {}", told(closest)),
        );
        let badge = format!("with {least}");
        items.push(ListItem { tone: Tone::Plain, badge, text, source: None });
    }
    items.extend(certificate.binding.iter().map(|it| requirement(book, it)));
    blocks.push(Block::Items(items));
}
