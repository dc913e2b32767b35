//! Rows priced at two desks in one pass: what they cost here, and what they cost there.

use super::bench::{Rows, told};
use super::cell::{Cents, PLACES};
use super::csv::{Chunk, Marks};
use super::desk::{Desk, Priced, Standing};
use super::intake::Intake;
use super::json;
use super::kinds::Kinds;
use super::line::{self, Work};
use super::pen::{has_id, plain};
use super::row::{Block, FRONT, Row, Span};
use super::shared::Shared;
use super::stream::{Job, Stop};
use super::{Column, Layout};
use crate::book::PriceBook;
use crate::value::Total;
use multiversion::multiversion;
use std::borrow::Cow;
use std::io::{self, Read};

/// What a deal costs, and who must say yes to it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Figures {
    /// Of one unit, package or line, where the deal has one such price.
    pub net_unit: Option<Total>,
    /// The contract value at list.
    pub list_tcv: Total,
    /// The contract value.
    pub tcv: Total,
    /// Who must say yes.
    pub standing: Standing,
    /// The reviews beside that, by name.
    pub reviews: Vec<String>,
}

/// A row, priced at both desks. What cannot be priced says why.
#[derive(Debug)]
pub struct Pair<'a> {
    /// What it is known by.
    pub id: Cow<'a, str>,
    /// The metric that it names.
    pub metric: Cow<'a, str>,
    /// At the first desk, and at the other one.
    pub sides: [Result<Figures, String>; 2],
}

/// What is made of a chunk of rows.
pub trait Sheet: Send {
    /// The next row.
    fn row(&mut self, pair: &Pair<'_>);
}

/// The other desk, and what is made of rows that both have priced.
pub struct Beside<'a, 'b, S> {
    /// Where rows are priced a second time.
    pub desk: &'a Desk<'b>,
    /// Begins what is made of a chunk.
    pub sheet: &'a (dyn Fn() -> S + Sync),
}

/// Prices every row of an input at two desks, and hands over what was made of each chunk in the order
/// of the input. A form in which rows are written is none of its business.
///
/// # Errors
/// The header is wrong, the input cannot be read, or `done` fails.
pub fn run_both<S: Sheet>(
    job: &Job<'_, '_>,
    beside: &Beside<'_, '_, S>,
    input: &mut (dyn Read + Send),
    done: &mut (dyn FnMut(S) -> io::Result<()> + Send),
) -> Result<(), Stop> {
    let (intake, layout) = Intake::open(job, input)?;
    let pricing = Pricing { job, beside, layout: &layout, shared: &Default::default() };
    let mut put = |place: &mut Place<'_, '_, S>, _| match place.sheet.take() {
        Some(sheet) => done(sheet).map_err(Stop::Write),
        None => Ok(()),
    };
    line::run(&pricing, intake, job.threads, job.progress, &mut put)
}

/// Rows are priced twice at benches.
struct Pricing<'p, 'a, 'b, S> {
    job: &'p Job<'a, 'b>,
    beside: &'p Beside<'a, 'b, S>,
    layout: &'p Layout,
    shared: &'p [Shared; 2],
}

/// A bench, and what was made of the chunk that was priced there.
struct Place<'d, 'b, S> {
    bench: Bench<'d, 'b>,
    sheet: Option<S>,
}

impl<'p, 'b, S: Sheet> Work for Pricing<'p, '_, 'b, S> {
    type Place = Place<'p, 'b, S>;

    fn place(&self) -> Option<Self::Place> {
        let bench = Bench::new([self.job.desk, self.beside.desk], self.layout, self.shared)?;
        Some(Place { bench, sheet: None })
    }

    fn chunk(&self, place: &mut Self::Place, chunk: &Chunk, rows: Rows) -> u64 {
        place.bench.price(chunk, rows, place.sheet.insert((self.beside.sheet)()))
    }
}

/// A place where rows are priced twice; each thread has its own.
struct Bench<'d, 'b> {
    layout: &'d Layout,
    id: Span,
    desks: [&'d Desk<'b>; 2],
    kinds: [Kinds<'d, 'b>; 2],
    marks: Marks,
    line: json::Line,
    rows: u64,
}

impl<'d, 'b> Bench<'d, 'b> {
    /// Nothing, if rows of the layout have no id or no quantity.
    fn new(desks: [&'d Desk<'b>; 2], layout: &'d Layout, shared: &'d [Shared; 2]) -> Option<Self> {
        let kinds = |side: usize| Kinds::new(desks[side], layout, &shared[side]);
        Some(Self {
            layout,
            id: Span::of(layout, Column::Id)?,
            desks,
            kinds: [kinds(0)?, kinds(1)?],
            marks: Marks::default(),
            line: json::Line::default(),
            rows: 0,
        })
    }

    /// Prices a chunk, and says how many rows it has.
    fn price(&mut self, chunk: &Chunk, rows: Rows, sheet: &mut impl Sheet) -> u64 {
        self.rows = 0;
        match rows {
            Rows::Csv { end, is_plain } => {
                let mut marks = std::mem::take(&mut self.marks);
                let width = self.layout.width();
                marks.rows(chunk, (end, is_plain), width, |rows| match rows {
                    Ok(rows) => price(self, rows, sheet),
                    Err(broken) => self.fault(told(&broken, width, self.id.first()), sheet),
                });
                self.marks = marks;
            }
            Rows::Json { end } => {
                let mut line = std::mem::take(&mut self.line);
                let lines = chunk.bytes[FRONT..end].split(|&byte| byte == b'\n');
                for text in lines.filter(|text| !text.trim_ascii().is_empty()) {
                    match line.read(text, self.layout) {
                        Ok(row) => price(self, row, sheet),
                        Err(fault) => self.fault(fault, sheet),
                    }
                }
                self.line = line;
            }
            Rows::TooLong => {
                let broken = super::csv::Broken::TooLong { row: &chunk.bytes[FRONT..] };
                self.fault(told(&broken, self.layout.width(), self.id.first()), sheet);
            }
        }
        self.rows
    }

    #[cold]
    fn fault(&mut self, (id, error): (String, String), sheet: &mut impl Sheet) {
        self.rows += 1;
        let sides = [Err(error.clone()), Err(error)];
        sheet.row(&Pair { id: Cow::Owned(id), metric: Cow::Borrowed(""), sides });
    }

    #[cold]
    fn by_itself(&self, place: usize, row: Row<'_>) -> Result<Figures, String> {
        self.desks[place].price(row, self.layout).map(|priced| Figures::from(&priced))
    }
}

#[multiversion(targets("x86_64+avx2+bmi1+bmi2+lzcnt+popcnt"))]
fn price(bench: &mut Bench<'_, '_>, block: Block<'_>, sheet: &mut impl Sheet) {
    for place in 0..block.count {
        let row = block.row(place);
        let view = block.view(place);
        let is_plain = view.is_some_and(|view| plain(view, &bench.id).is_some());
        let view = view.filter(|_| is_plain || has_id(row, bench.id.first()));
        let found = [0, 1].map(|side: usize| {
            let kinds = &mut bench.kinds[side];
            let found = kinds.find(view?, block, place);
            let (cents, _) = kinds.price(found)?;
            Some(Figures::of(&cents, bench.desks[side].book()))
        });
        let [first, other] = found;
        let sides = [
            first.map_or_else(|| bench.by_itself(0, row), Ok),
            other.map_or_else(|| bench.by_itself(1, row), Ok),
        ];
        let text = |column| row.text(bench.layout, column).unwrap_or_default();
        bench.rows += 1;
        sheet.row(&Pair { id: text(Column::Id), metric: text(Column::Metric), sides });
    }
}

impl Figures {
    fn of(cents: &Cents, book: &PriceBook) -> Self {
        let total = |cents: u64| {
            let mut total = Total::default();
            total.add_scaled(cents.into(), PLACES);
            total
        };
        Self {
            net_unit: Some(total(cents.net_unit)),
            list_tcv: total(cents.list_tcv),
            tcv: total(cents.tcv),
            standing: Standing::at(cents.standing.into(), book),
            // Rows that need one have no cents: they are priced by themselves.
            reviews: Vec::new(),
        }
    }
}

impl From<&Priced> for Figures {
    fn from(priced: &Priced) -> Self {
        Self {
            net_unit: Some(priced.net_unit.into()),
            list_tcv: priced.list_tcv.into(),
            tcv: priced.tcv.into(),
            standing: priced.standing,
            reviews: priced.reviews.clone(),
        }
    }
}
