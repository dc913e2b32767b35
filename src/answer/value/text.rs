//! Value of a deal compared with the customer's alternatives.

use crate::answer::value::{
    AlternativeComparison, ClaimFinding, ClaimedFigure, CostPeriod, CountedCost, JudgedClaim,
    ValueAnalysis, json, rows,
};
use crate::document::json::Json;
use crate::document::{Answer, Block, Cell, Document, ListItem, Table, TableRow, Tone};
use crate::number::{DigitLoss, Money, Share};
use crate::quote::notice::kinds;
use crate::quote::text::words::money;
use crate::quote::text::{book_facts, judged, notices};

impl Answer for ValueAnalysis<'_, '_> {
    fn document(&self) -> Document {
        let title = format!("Value of quote {}", self.quote.id());
        let mut blocks = vec![Block::Title(title), facts(self)];
        let mut part = |title: String, table: Table| {
            blocks.extend([Block::heading(title), Block::Table(table)]);
        };
        if !self.own.counted.is_empty() {
            part("Customer's own costs".to_owned(), costs(self, &self.own.counted));
        }
        for against in self.against.iter().filter(|it| !it.costs.counted.is_empty()) {
            let title = &against.alternative.title;
            let ours = format!("Our price vs {title} over {}", self.horizon.length);
            part(format!("Costs of {title}"), costs(self, &against.costs.counted));
            part(ours, figures(self, against));
        }
        if self.against.is_empty() {
            let title = "Nothing to compare with: the price book has no alternative for this deal";
            blocks.push(Block::Heading(title.to_owned(), Tone::Warning));
        }
        claims(self, &mut blocks);
        // Nobody should promise what may not be signed.
        judged(self.quote.deal.book, &self.quote.verdict, &mut blocks);
        // Claims stand above, each with what is so.
        let said = self.notices.iter().filter(|notice| notice.kind != &kinds::CLAIM_DOES_NOT_HOLD);
        notices(&said.cloned().collect::<Vec<_>>(), &mut blocks);
        Document { blocks }
    }

    fn rows(&self) -> Table {
        rows::table(self)
    }

    fn json(&self) -> Json {
        json::to_json(self)
    }
}

fn facts(worth: &ValueAnalysis<'_, '_>) -> Block {
    let (deal, horizon) = (worth.quote.deal, &worth.horizon);
    let rate = worth.rate.map(|rate| {
        let from = horizon.start();
        ("Discount rate", format!("{rate} per year; present values are as of {from}"))
    });
    let facts = [
        Some(("Customer", deal.customer().unwrap_or("not named").to_owned())),
        Some(("Date", deal.date.to_string())),
        Some(("Horizon", format!("{} from {}", horizon.length, horizon.start()))),
        rate,
    ];
    Block::facts(facts.into_iter().flatten().chain(book_facts(deal.book)))
}

/// Lists the costs of one side.
fn costs(worth: &ValueAnalysis<'_, '_>, costs: &[CountedCost<'_>]) -> Table {
    let rows = costs.iter().flat_map(|counted| {
        let periods: Vec<_> =
            counted.periods.iter().map(|period| (counted, Some(period))).collect();
        if periods.is_empty() { vec![(counted, None)] } else { periods }
    });
    let units = |(counted, period): &CostRow<'_>| period.map_or(counted.times, |it| Some(it.times));
    let total = |(counted, period): &CostRow<'_>| period.map_or(counted.total, |it| it.total);
    let table = Table::of_items(
        rows,
        &[
            ("Cost", &|row| Cell::text(title(row))),
            ("Amount", &|(counted, _)| Cell::text(amount(worth, counted))),
            ("Units", &|row| units(row).map(Cell::quantity).unwrap_or_default()),
            ("Total", &|row| money(worth.quote, total(row))),
            ("Source", &|(counted, _)| Cell::source(source(counted))),
        ],
    );
    // What is for the whole deal is counted by nothing.
    table.column_if("Units", costs.iter().any(|counted| counted.times.is_some()))
}

/// A cost, or its years that need as many units.
type CostRow<'a> = (&'a CountedCost<'a>, Option<&'a CostPeriod>);

/// "Licenses", "Licenses, years 2-3".
fn title((counted, period): &CostRow<'_>) -> String {
    let title = &counted.cost.title;
    match period {
        None => title.clone(),
        Some(CostPeriod { first, last, .. }) if first == last => format!("{title}, year {first}"),
        Some(CostPeriod { first, last, .. }) => format!("{title}, years {first}-{last}"),
    }
}

/// "$6,155.00 once per 16 cores".
fn amount(worth: &ValueAnalysis<'_, '_>, counted: &CountedCost<'_>) -> String {
    let per = counted.cost.per.as_ref().map(|per| format!(" per {per}"));
    let (amount, often) = (worth.quote.show(counted.cost.amount), counted.cost.frequency);
    format!("{amount} {often}{}", per.unwrap_or_default())
}

fn source(counted: &CountedCost<'_>) -> String {
    let whose = match (counted.is_own, counted.cost.assumed) {
        (true, _) => "the customer's, ",
        (false, true) => "assumed, ",
        (false, false) => "",
    };
    format!("{whose}{}", counted.cost.rule.source)
}

/// Definitions of return, multiple and payback where the customer pays only our price.
const OURS_ALONE: [&str; 3] = [
    "net benefit / our price",
    "cost of the alternative / our price: ROI + 1",
    "first month at whose end the alternative would have cost as much as our invoices",
];

/// Definitions of return, multiple and payback where the customer has own costs too.
const WITH_OWN: [&str; 3] = [
    "net benefit / our price and own costs",
    "cost of the alternative / our price and own costs: ROI + 1",
    "first month at whose end the alternative would have cost as much as our invoices and own \
     costs",
];

/// Both sides, and what follows from them. Each figure says what it is.
fn figures(worth: &ValueAnalysis<'_, '_>, against: &AlternativeComparison<'_>) -> Table {
    let (figures, title) = (against.figures, against.alternative.title.as_str());
    let money = |amount| money(worth.quote, amount);
    let share = |share: Option<Share>| share.map(Cell::share);
    let times =
        figures.multiple().map(|it| Cell::share(it).shown_as(format!("{} times", it.plain())));
    let is_paid = !figures.our_side().is_zero();
    let has_own = !worth.own.counted.is_empty();
    // What the customer pays besides is told apart where there is something.
    let [over, multiple, covered] = if has_own { WITH_OWN } else { OURS_ALONE };
    let own = |amount: Money| has_own.then(|| money(amount));
    let payback =
        against.payback.map(|it| Cell::ordinal(it.first).shown_as(format!("month {}", it.first)));
    let payback = payback.or_else(|| is_paid.then(|| Cell::figure("not within the horizon")));
    let present_title = format!("{title}, present value");
    let own_present = worth.present_own.and_then(own);
    let present_saving = worth.present_saving(against).map(money);
    let yearly = "paid at the beginning of each year";
    let rows = [
        (title, Some(money(figures.alternative)), "all costs of the alternative"),
        ("Our price", Some(money(figures.price)), "all invoices"),
        ("Own costs", own(figures.own), "what the customer pays others or spends itself"),
        ("Our price and own costs", own(figures.our_side()), "sum of both"),
        ("Net benefit (saving)", Some(money(figures.saving())), "difference"),
        ("Saved", share(figures.saved()), "net benefit / cost of the alternative"),
        ("ROI", share(figures.roi()), over),
        ("Savings multiple", times, multiple),
        ("Payback", payback, covered),
        (&present_title, against.present.map(money), yearly),
        ("Our price, present value", worth.present_price.map(money), "each invoice on its date"),
        ("Own costs, present value", own_present, yearly),
        ("Net benefit, present value", present_saving, "difference"),
    ];
    let rows = rows.into_iter().filter_map(|(name, figure, how)| {
        Some(TableRow::new([Cell::text(name), figure?, Cell::text(how)]))
    });
    Table::new(["Measure", "Figure", "Calculation"], rows)
}

fn claims(worth: &ValueAnalysis<'_, '_>, blocks: &mut Vec<Block>) {
    let (title, tone) = if worth.claims_hold() {
        ("Claims: all supported", Tone::Good)
    } else {
        ("Claims: not all supported", Tone::Warning)
    };
    let items = worth.claims.iter().flat_map(|claim| {
        claim.findings.iter().map(move |finding| {
            let (tone, badge) = if finding.holds {
                (Tone::Good, "supported")
            } else {
                (Tone::Warning, "not supported")
            };
            let text = judgment(worth, claim, finding);
            ListItem::new(tone, badge, text).at(&claim.claim.source)
        })
    });
    blocks.extend(Block::items(title, tone, items));
}

/// Returns a claim with the computed figure: "saves 70% of what VMware costs over 3 years: it is
/// 53.67%".
fn judgment(
    worth: &ValueAnalysis<'_, '_>,
    claim: &JudgedClaim<'_>,
    finding: &ClaimFinding,
) -> String {
    let show = |amount: Money| worth.quote.show(amount);
    let (title, length) = (claim.claim.against.title.as_str(), claim.length);
    let figures = claim.figures;
    // What falls short by less than is shown still falls short.
    let share = |is: Option<Share>, of: Money, whole: Money| {
        let short = !finding.holds && is.is_some_and(|is| is >= Share::of(of, whole));
        let is = is.map_or("none".to_owned(), |is| is.to_string());
        format!("{}{is}", if short { "just below " } else { "" })
    };
    let said = match finding.claimed {
        ClaimedFigure::Saves(rate) => {
            let all = figures.alternative;
            let is = share(figures.saved(), rate.of(all), all);
            format!("saves {rate} of the cost of {title} over {length}: the figure is {is}")
        }
        ClaimedFigure::Saving(amount) => {
            let is = show(figures.saving());
            format!("saves {} against {title} over {length}: the figure is {is}", show(amount))
        }
        ClaimedFigure::Roi(roi) => {
            let ours = figures.our_side();
            let is = share(figures.roi(), roi.of(ours), ours);
            let over = if figures.own.is_zero() { "price" } else { "our price and own costs" };
            format!("ROI of {roi} against {title} over {length}: net benefit / {over} is {is}")
        }
    };
    let needed = if finding.holds { String::new() } else { needed(worth, claim, finding) };
    let origin = origin_of(worth, finding).unwrap_or_default();
    let text = claim.claim.text.as_ref().map(|text| format!("\"{text}\": ")).unwrap_or_default();
    format!("{text}{said}{needed}{origin}")
}

/// "; it would need a price of at most $1,800,000.00, 60.00% off list".
fn needed(
    worth: &ValueAnalysis<'_, '_>,
    claim: &JudgedClaim<'_>,
    finding: &ClaimFinding,
) -> String {
    let Some(price) = finding.price_at_most else {
        return "; no price makes it true".to_owned();
    };
    let is_same = claim.length == worth.horizon.length;
    let list = worth.price.list.filter(|list| is_same && !list.is_zero());
    let off =
        list.map(|list| format!(", {} off list", Share::off(list, price))).unwrap_or_default();
    format!("; it needs a price of at most {}{off}", worth.quote.show(price))
}

/// ". 288% is $5,200,000.00 / $1,800,000.00, with the rest cut off: the price is counted twice".
fn origin_of(worth: &ValueAnalysis<'_, '_>, finding: &ClaimFinding) -> Option<String> {
    let (ClaimedFigure::Roi(roi), Some(origin)) = (finding.claimed, finding.origin) else {
        return None;
    };
    let fault = origin.formula.fault?;
    let cut = match origin.digit_loss {
        DigitLoss::Exact => "",
        DigitLoss::Rounded => ", rounded",
        DigitLoss::Truncated => ", truncated",
    };
    let [part, whole] = [origin.part, origin.whole].map(|amount| worth.quote.show(amount));
    Some(format!(". {roi} is {part} / {whole}{cut}: {fault}"))
}
