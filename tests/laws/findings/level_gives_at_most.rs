//! What a level can give, and which lines are reached, held against deals one after the other.

use crate::findings::{day, resolve};
use crate::laws::world::load;
use dealdesk::answer::book_check::{Finding, findings};
use dealdesk::approve::{PricedDeal, Verdict, route};
use dealdesk::book::Books;
use dealdesk::deal::Deal;
use dealdesk::price::{Pricing, price};
use proptest::collection::vec;
use proptest::option::weighted;
use proptest::prelude::*;
use proptest::sample::Index;
use std::fmt::Write;

/// In hundredths of a percent.
type Points = u32;

/// 0 and 1 are levels, 2 is a review.
type Asked = Option<usize>;

/// A discount that the book gives by itself.
#[derive(Debug, Clone)]
struct Given {
    /// Quantity, term, prepayment, nothing.
    by: usize,
    from: u64,
    off_list: bool,
    rate: Points,
    /// Hundredths, in place of a rate.
    amount: Option<u64>,
    ask: Asked,
    otherwise: Option<Points>,
    min_years: Option<u32>,
}

#[derive(Debug, Clone)]
struct Program {
    most: Points,
    ask: Asked,
    from: Option<u64>,
    years: Option<u32>,
    arr_above: Option<u64>,
}

#[derive(Debug, Clone)]
struct Guardrail {
    measure: usize,
    above: Points,
    /// A figure that has to be exceeded too.
    also: Option<(usize, Points)>,
    ask: usize,
    refuse: bool,
}

#[derive(Debug, Clone)]
struct Small {
    places: u32,
    mode: usize,
    /// Hundredths.
    prices: Vec<u64>,
    last: Option<u64>,
    given: Vec<Given>,
    programs: Vec<Program>,
    at_most: usize,
    /// They stand before the last discount that is given.
    is_before: bool,
    off_list: bool,
    guardrails: Vec<Guardrail>,
}

fn small() -> impl Strategy<Value = Small> {
    let points = || prop_oneof![(1..=30_u32).prop_map(|it| it * 100), 1..3000_u32];
    let asked = || weighted(0.5, 0..3_usize);
    let given = (
        (0..4_usize, 1..4_u64, prop::bool::weighted(0.2)),
        points(),
        weighted(0.2, 1..400_u64),
        asked(),
        weighted(0.5, 0..2000_u32),
        weighted(0.2, 1..3_u32),
    );
    let given =
        given.prop_map(|((by, from, off_list), rate, amount, ask, otherwise, min_years)| {
            // One that asks for a rate has it of all its rows.
            let otherwise = otherwise.filter(|it| *it < rate && amount.is_none() && ask.is_some());
            Given { by, from, off_list, rate, amount, ask, otherwise, min_years }
        });
    let program = (
        points(),
        asked(),
        weighted(0.2, 1..6_u64),
        weighted(0.2, 1..3_u32),
        weighted(0.2, 1..10_000_u64),
    );
    let program = program.prop_map(|(most, ask, from, years, arr_above)| Program {
        most,
        ask,
        from,
        years,
        arr_above,
    });
    let above = prop_oneof![(1..=60_u32).prop_map(|it| it * 100), 1..6000_u32];
    let also = weighted(0.25, (0..4_usize, above.clone()));
    let measure = prop_oneof![4 => Just(0), 1 => 1..4_usize];
    let guardrail = (measure, above, also, 0..3_usize, any::<bool>());
    let guardrail = guardrail.prop_map(|(measure, above, also, ask, refuse)| Guardrail {
        measure,
        above,
        also,
        ask,
        refuse: refuse && measure != 3,
    });
    let metric = (
        0..=2_u32,
        prop_oneof![4 => Just(0), 1 => 1..4_usize],
        vec(1..2000_u64, 1..=2),
        weighted(0.3, 6..9_u64),
    );
    let programs = (vec(program, 0..=3), 1..=2_usize, any::<bool>(), prop::bool::weighted(0.2));
    (metric, vec(given, 0..=2), programs, vec(guardrail, 0..=3)).prop_map(
        |((places, mode, prices, last), mut given, programs, guardrails)| {
            // A book has one discount by prepayment.
            if given.iter().filter(|it| it.by == 2).count() > 1 {
                given[0].by = 3;
            }
            let (programs, at_most, is_before, off_list) = programs;
            Small {
                places,
                mode,
                prices,
                last,
                given,
                programs,
                at_most,
                is_before,
                off_list,
                guardrails,
            }
        },
    )
}

fn percent(points: Points) -> String {
    format!("\"{}.{:02}%\"", points / 100, points % 100)
}

fn money(hundredths: u64) -> String {
    format!("\"{}.{:02}\"", hundredths / 100, hundredths % 100)
}

fn asking(ask: Asked) -> &'static str {
    match ask {
        None => "",
        Some(0) => ", approval = \"lead\"",
        Some(1) => ", approval = \"head\"",
        Some(_) => ", review = \"legal\"",
    }
}

impl Small {
    fn toml(&self) -> String {
        let mut text = "[book]\nname = \"Small\"\nversion = \"1\"\ncurrency = \"USD\"\n\
            quote_valid = \"30 days\"\n[[approval]]\nlevel = \"lead\"\ntitle = \"Lead\"\n\
            [[approval]]\nlevel = \"head\"\ntitle = \"Head\"\n[[review]]\nname = \"legal\"\n\
            title = \"Legal\"\n[term]\nyears = \"1-2\"\n"
            .to_owned();
        let more = [
            "mode = \"volume\"",
            "mode = \"graduated\"",
            "mode = \"package\"\nsize = 2\nincluded = 1",
            "mode = \"volume\"\nminimum = \"30.00\"",
        ];
        write!(
            text,
            "[metric.seat]\ntitle = \"Seat\"\nunit = \"seat\"\nunits = \"seats\"\nper = \"year\"\n\
            places = {}\n{}\ntiers = [",
            self.places, more[self.mode]
        )
        .expect("a string");
        // A price is no finer than its metric has places, and none is free.
        let unit = 10_u64.pow(2 - self.places);
        for (at, price) in self.prices.iter().enumerate() {
            let price = price.div_ceil(unit) * unit;
            let from = 1 + 3 * at;
            let to = match self.last {
                _ if at + 1 < self.prices.len() => format!("-{}", from + 2),
                Some(last) => format!("-{last}"),
                None => "+".to_owned(),
            };
            write!(text, "{{ quantity = \"{from}{to}\", price = {} }},", money(price))
                .expect("a string");
        }
        text += "]\n[waterfall]\norder = [";
        let mut names: Vec<_> = (0..self.given.len()).map(|at| format!("\"a{at}\"")).collect();
        if !self.programs.is_empty() {
            let at = if self.is_before { names.len().saturating_sub(1) } else { names.len() };
            names.insert(at, "\"strategic\"".to_owned());
        }
        text += &names.join(",");
        text += "]\n";
        for (at, given) in self.given.iter().enumerate() {
            text += &given.toml(at);
        }
        let base = |off_list| if off_list { "list" } else { "running" };
        if !self.programs.is_empty() {
            write!(
                text,
                "[discount.strategic]\ntitle = \"Strategic\"\nby = \"program\"\nbase = \"{}\"\n\
                metrics = [\"seat\"]\nat_most = {}\n",
                base(self.off_list),
                self.at_most
            )
            .expect("a string");
        }
        for (at, program) in self.programs.iter().enumerate() {
            write!(
                text,
                "[discount.strategic.program.p{at}]\ntitle = \"P{at}\"\nmax_rate = {}\n",
                percent(program.most)
            )
            .expect("a string");
            text += &program.from.map_or(String::new(), |from| format!("quantity = \"{from}+\"\n"));
            text += &program.years.map_or(String::new(), |years| format!("years = \"{years}\"\n"));
            text += &program
                .arr_above
                .map_or(String::new(), |arr| format!("arr_above = {}\n", money(arr)));
            text += match program.ask {
                None => "approval = \"none\"\n",
                Some(0) => "approval = \"lead\"\n",
                Some(1) => "approval = \"head\"\n",
                Some(_) => "approval = \"none\"\nreview = \"legal\"\n",
            };
        }
        for (at, guardrail) in self.guardrails.iter().enumerate() {
            let Guardrail { measure, above, also, ask, refuse } = guardrail;
            let limit = |measure: usize, above: Points| match measure {
                0 => percent(above),
                3 => (above % 4).to_string(),
                _ => money(u64::from(above)),
            };
            let names = ["discount", "acv", "tcv", "term"];
            let above = limit(*measure, *above);
            let when = also.map_or(String::new(), |(measure, above)| {
                format!("when = {{ {}_above = {} }}\n", names[measure], limit(measure, above))
            });
            let asks = asking(Some(*ask)).replace(", ", "");
            let asks = if *refuse { "refuse = true".to_owned() } else { asks };
            let measure = names[*measure];
            write!(text, "[[guardrail]]\nname = \"g{at}\"\nmeasure = \"{measure}\"\nabove = {above}\n{when}{asks}\n\
                reason = \"A rule\"\n").expect("a string");
        }
        text
    }

    /// Deals of every quantity and term, with all and nothing of everything, and with every hundredth of
    /// a percent of one thing.
    fn deals(&self, quantity: u64, years: u32, fine: Option<(usize, usize)>) -> Vec<String> {
        let ways = if self.given.iter().any(|it| it.by == 2) { &["w0", "w1"][..] } else { &[""] };
        let count = self.given.len() + self.programs.len();
        let mut deals = Vec::new();
        for way in ways {
            // Nothing, all, or what needs no approval, of every rate.
            for choice in 0..3_usize.pow(u32::try_from(count).expect("few")) {
                let parts: Vec<_> = (0..count)
                    .map(|at| choice / 3_usize.pow(u32::try_from(at).expect("few")) % 3)
                    .collect();
                deals.extend(self.deal(quantity, years, way, &parts, None));
            }
            if let Some((fine, others)) = fine.filter(|_| count > 0) {
                let parts: Vec<_> = (0..count).map(|at| others >> at & 1).collect();
                let most = self.rate(fine % count);
                let rates = (1..=most).map(|points| Some((fine % count, points)));
                deals.extend(rates.filter_map(|it| self.deal(quantity, years, way, &parts, it)));
            }
        }
        deals
    }

    fn rate(&self, at: usize) -> Points {
        self.given.get(at).map_or_else(|| self.programs[at - self.given.len()].most, |it| it.rate)
    }

    fn deal(
        &self,
        quantity: u64,
        years: u32,
        way: &str,
        parts: &[usize],
        fine: Option<(usize, Points)>,
    ) -> Option<String> {
        let mut text = format!("term_years = {years}\n");
        if !way.is_empty() {
            writeln!(text, "prepay = \"{way}\"").expect("a string");
        }
        let terms = text.len();
        let own = |at: usize| fine.and_then(|(it, points)| (it == at).then_some(points));
        for (at, given) in self.given.iter().enumerate() {
            let take = match (own(at), parts[at]) {
                (Some(_), _) if given.amount.is_some() => return None,
                (Some(points), _) => percent(points),
                (None, 0) => "\"none\"".to_owned(),
                (None, 1) => continue,
                (None, _) => percent(given.otherwise?),
            };
            writeln!(text, "a{at} = {take}").expect("a string");
        }
        if text.len() > terms {
            text.insert_str(terms, "[discount]\n");
        }
        for (at, program) in self.programs.iter().enumerate() {
            let at_all = at + self.given.len();
            let rate = match (own(at_all), parts[at_all]) {
                (Some(points), _) => points,
                (None, 0) => continue,
                (None, 1) => program.most,
                (None, _) => return None,
            };
            write!(text, "[[strategic]]\nprogram = \"p{at}\"\nrate = {}\n", percent(rate))
                .expect("a string");
        }
        write!(text, "[[line]]\nmetric = \"seat\"\nquantity = {quantity}\n").expect("a string");
        Some(text)
    }
}

impl Given {
    fn toml(&self, at: usize) -> String {
        let cut = match self.amount {
            Some(amount) => format!("amount = {}", money(amount)),
            None => format!("rate = {}", percent(self.rate)),
        };
        let otherwise = self.otherwise.map(|it| format!(", otherwise = {}", percent(it)));
        let least = self.min_years.map(|it| format!(", min_years = {it}"));
        let cut = format!(
            "{cut}{}{}{}",
            asking(self.ask),
            otherwise.unwrap_or_default(),
            least.unwrap_or_default()
        );
        let from = self.from;
        let (by, steps) = match self.by {
            0 => ("quantity", format!("{{ quantity = \"{from}+\", {cut} }}")),
            1 => ("term", format!("{{ years = \"{}+\", {cut} }}", from.min(2))),
            2 => (
                "prepay",
                format!("{{ prepay = \"w0\", rate = \"0%\" }}, {{ prepay = \"w1\", {cut} }}"),
            ),
            _ => ("always", format!("{{ {cut} }}")),
        };
        let standard = if self.by == 2 { "standard = \"w0\"\n" } else { "" };
        format!(
            "[discount.a{at}]\ntitle = \"A{at}\"\nby = \"{by}\"\nbase = \"{}\"\nmetrics = [\"seat\"]\n\
             {standard}steps = [{steps}]\n",
            if self.off_list { "list" } else { "running" }
        )
    }
}

/// A deal with its figures and what it needs.
struct Tried<'b> {
    deal: Deal<'b>,
    pricing: Pricing<'b>,
    verdict: Verdict,
}

fn tried<'b>(books: &'b Books, text: &str) -> Option<Tried<'b>> {
    let deal = resolve(books, text)?;
    let pricing = price(&deal);
    let verdict = route(&PricedDeal { deal: &deal, pricing: &pricing });
    Some(Tried { deal, pricing, verdict })
}

/// The rung that a finding is told of: nobody, a review alone, a level.
fn rung(message: &str) -> usize {
    match message {
        it if it.starts_with("without approval a") => 0,
        it if it.starts_with("without approval, with") => 1,
        it if it.starts_with("with Lead") => 2,
        _ => 3,
    }
}

fn needed(verdict: &Verdict) -> usize {
    match verdict.level().height() {
        0 if verdict.required.is_empty() => 0,
        height => height + 1,
    }
}

/// The deal that a finding tells.
fn told(message: &str) -> String {
    let (_, parts) = message.split_once(": ").expect("a deal");
    let (mut head, mut takes, mut claims, mut line) =
        (String::new(), String::new(), String::new(), String::new());
    for part in parts.split(", ") {
        let (first, rest) = part.rsplit_once(' ').expect("two words");
        match rest {
            "seat" | "seats" => line = first.replace(',', ""),
            "year" | "years" => writeln!(head, "term_years = {first}").expect("a string"),
            "prepayment" => writeln!(head, "prepay = \"{first}\"").expect("a string"),
            name if first == "no" => writeln!(takes, "{name} = \"none\"").expect("a string"),
            rate => match first.strip_suffix(" at") {
                Some(name) => writeln!(takes, "{name} = \"{rate}\"").expect("a string"),
                None => writeln!(
                    claims,
                    "[[strategic]]\nprogram = \"{}\"\nrate = \"{rate}\"",
                    first.to_lowercase()
                )
                .expect("a string"),
            },
        }
    }
    if !takes.is_empty() {
        takes.insert_str(0, "[discount]\n");
    }
    format!("{head}{takes}{claims}[[line]]\nmetric = \"seat\"\nquantity = {line}\n")
}

fn gives<'a, 'b>(found: &'a [Finding<'b>]) -> Vec<(usize, &'a Finding<'b>)> {
    let mine = found.iter().filter(|it| it.code.name == "level-gives-at-most");
    mine.map(|it| (rung(&it.message), it)).collect()
}

proptest! {
    #![proptest_config(crate::laws::cases(150))]

    /// The deal that is told of a level gives what is told, and needs no more.
    #[test]
    fn what_a_level_gives_is_reached(small in small()) {
        let text = small.toml();
        let books = load(&text);
        for (rung, it) in gives(&findings(&[&books], day())) {
            let deal = told(&it.message);
            let Some(tried) = tried(&books, &deal) else {
                return Err(TestCaseError::fail(format!("{}\n{deal}\n{text}", it.message)));
            };
            prop_assert_eq!(Some(tried.pricing.totals.discount), it.share, "{}\n{}", it.message, &text);
            prop_assert!(!tried.verdict.is_refused() && needed(&tried.verdict) <= rung, "{}\n{deal}\n{text}", it.message);
        }
    }
}

proptest! {
    #![proptest_config(crate::laws::cases(40))]

    /// No other deal gives more, and no deal has what is told as reached by none.
    #[test]
    fn no_deal_has_more_than_is_proved(
        small in small(),
        fine in any::<Index>(),
        others in any::<usize>(),
        large in 1..3000_u64,
        finely in 1..9_u64,
    ) {
        let text = small.toml();
        let books = load(&text);
        let found = findings(&[&books], day());
        let gives = gives(&found);
        let unreached: Vec<_> = found.iter().filter(|it| it.code.name == "unreached").collect();
        let is_told = |id: &str| unreached.iter().any(|it| it.rule.id == id);
        // Of the price of a line, rounding alone can take a little at some quantity.
        let is_line = small.mode == 1 || small.mode == 3;
        let mut beyond = vec![false; small.guardrails.len()];
        for quantity in (1..=8).chain([large]) {
            for years in 1..=2 {
                let fine = (quantity == finely).then(|| (fine.index(60), others));
                let deals = small.deals(quantity, years, fine);
                for deal in deals {
                    let Some(Tried { pricing, verdict, deal: resolved }) = tried(&books, &deal) else { continue };
                    let refused: Vec<_> = verdict.violations.iter().map(|it| it.rule.id.clone()).collect();
                    let totals = pricing.totals;
                    for (at, goes) in beyond.iter_mut().enumerate() {
                        let id = format!("guardrail.g{at}");
                        let is_mine = refused.contains(&id) || verdict.required.iter().any(|it| it.rule.id == id);
                        // Not refused for anything else.
                        if is_mine && refused.iter().all(|it| *it == id) {
                            *goes = true;
                            prop_assert!(!is_told(&id), "{id}\n{deal}\n{text}");
                        }
                    }
                    if verdict.is_refused() {
                        continue;
                    }
                    for it in &verdict.required {
                        prop_assert!(!is_told(&it.rule.id), "{}\n{deal}\n{text}", it.rule.id);
                    }
                    let level = resolved.book().ladder().name(verdict.level());
                    prop_assert!(!is_told(&format!("level.{level}")), "{deal}\n{text}");
                    // What needs no more than a rung is what any rung above it can give.
                    let mine = gives.iter().filter(|(rung, _)| *rung >= needed(&verdict));
                    for (_, it) in mine.filter(|(_, it)| !it.message.contains("at least")) {
                        prop_assert!(Some(totals.discount) <= it.share, "{} > {}\n{deal}\n{text}", totals.discount, it.message);
                    }
                    let has_rung = gives.iter().any(|(rung, _)| *rung >= needed(&verdict));
                    let is_off = totals.tcv < totals.list_tcv && !totals.discount.is_zero();
                    prop_assert!(has_rung || !is_off || is_line, "{}\n{deal}\n{text}", totals.discount);
                }
            }
        }
        // Of single lines, too, what none goes beyond is told.
        let is_alone = small.programs.iter().all(|it| it.arr_above.is_none() && it.from.is_none());
        let is_alone = is_alone && small.guardrails.iter().all(|it| !it.refuse);
        if is_alone && !is_line {
            for (at, guardrail) in small.guardrails.iter().enumerate().filter(|(_, it)| it.measure == 0 && it.also.is_none()) {
                let id = format!("guardrail.g{at}");
                prop_assert!(beyond[at] || is_told(&id), "{id} {guardrail:?}\n{text}");
            }
        }
    }
}
