//! Examples of a book: deals, and the figures that their quotes must have.

use super::draft::Draft;
use super::file::{self, SHAPE};
use crate::book::{self, EXAMPLE, ExampleKeys};
use crate::number::Money;
use crate::table::{
    Key, Keys, Kind, Section, Shape, TableList, TomlReader, TypedKey, choices, keys, money,
};
use crate::text::diagnostic::{Code, Diagnostic};
use crate::text::source::{Place, Source, Written};
use std::sync::Arc;

keys! {
    EXPECT: ExpectKeys = "`expect`",
        "The figures that the quote of an example must have. A figure that is left out can have any value.";

    optional list_tcv: Money = "The contract value at list.";
    optional tcv: Money = "The total contract value.";
    optional one_time: Money = "The part of the TCV that is paid once.";
    optional arr: Money = "The annual recurring revenue of the first year.";
    optional exit_arr: Money = "The annual recurring revenue of the last year, where years differ.";
    optional acv: Money = "The average contract value of a year.";
    optional partner_pays: Money =
        "The amount that the partner is invoiced for the lines over the contract.";
    optional our_net: Money =
        "The amount that reaches us of the lines over the contract: the partner's invoices less its rebates.";
    optional discount: String = "The discount off list as a quote shows it, such as \"38.23%\".";
    optional years: Vec<String> = "The charge of each year, without one-time charges.";
    optional line: TableList<ExpectLineKeys> = "The figures of each line, in the order of the deal.";
    optional level: String = "The level that has to approve: \"none\", or a level of the ladder.";
    optional reviews: Vec<String> = "The reviews that are required, in any order.";
    optional outside_policy: bool = "Whether a rule refuses the deal. Default: none does.";
    optional error: String =
        "The code of an error in the deal, such as \"not-sold\", in place of figures.";
}

keys! {
    EXPECT_LINE: ExpectLineKeys = "a line of `expect`", "The figures of one line.";

    optional list_unit_price: Money = "The list price of a unit, a package or the line.";
    optional net_unit_price: Money = "The net price of a unit, a package or the line.";
    optional partner_unit_price: Money =
        "The price that a partner pays for a unit, a package or the line.";
    optional list_tcv: Money = "The contract value of the line at list.";
    optional tcv: Money = "The contract value of the line.";
    optional one_time: Money = "The part of the line that is paid once.";
    optional annual: Money = "The charge of the first year, without one-time charges.";
}

choices! {
    /// Amount of a quote or of one of its lines that an example can state.
    pub enum ExpectedFigure {
        ListTcv = "list_tcv",
        Tcv = "tcv",
        OneTime = "one_time",
        Arr = "arr",
        ExitArr = "exit_arr",
        Acv = "acv",
        PartnerPays = "partner_pays",
        OurNet = "our_net",
        ListUnitPrice = "list_unit_price",
        NetUnitPrice = "net_unit_price",
        PartnerUnitPrice = "partner_unit_price",
        Annual = "annual",
    }
}

/// Shape of a price book whose examples are read with the keys of a deal.
pub static BOOK_SHAPE: Shape = Shape { keys: &BOOK_KEYS, ..book::SHAPE };

static BOOK_KEYS: [Key; book::SHAPE.keys.len()] =
    book::SHAPE.keys_with(EXAMPLES, Kind::Tables(&EXAMPLE_SHAPE));

static EXAMPLE_SHAPE: Shape = Shape { keys: &EXAMPLE_KEYS, ..*ExampleKeys::SHAPE };

static EXAMPLE_KEYS: [Key; ExampleKeys::SHAPE.keys.len()] =
    Shape { keys: &WITH_DEAL, ..*ExampleKeys::SHAPE }
        .keys_with(EXAMPLE.expect.name, Kind::Table(ExpectKeys::SHAPE));

static WITH_DEAL: [Key; ExampleKeys::SHAPE.keys.len()] =
    ExampleKeys::SHAPE.keys_with(EXAMPLE.deal.name, Kind::Table(&SHAPE));

/// Key of the examples in a book.
const EXAMPLES: &str = "example";

/// Deal of a book, with the figures that its quote must have.
#[derive(Debug)]
pub struct Example {
    pub name: String,
    /// The deal, with the errors in it.
    pub draft: Draft,
    pub expected: ExpectedFigures,
    /// Errors in the expected figures.
    pub faults: Vec<Diagnostic>,
}

/// Figures that the quote of an example must have, each with its place.
#[derive(Debug)]
pub struct ExpectedFigures {
    pub place: Place,
    pub totals: Vec<(ExpectedFigure, Written<Money>)>,
    /// Discount off list as a quote shows it, such as "38.23%".
    pub discount: Option<Written<String>>,
    pub years: Vec<Written<Money>>,
    /// Figures of each line, in the order of the deal.
    pub lines: Vec<Vec<(ExpectedFigure, Written<Money>)>>,
    /// Name of the level that has to approve.
    pub level: Option<Written<String>>,
    /// Names of all reviews; `None` if the example states none.
    pub reviews: Option<Written<Vec<String>>>,
    pub outside_policy: bool,
    /// Code of an error that the deal must have.
    pub error: Option<Written<String>>,
}

/// Reads the examples of a book, in the order of the book. A book that cannot be read has none.
pub fn examples(book: &Arc<Source>) -> Vec<Example> {
    let read = |top: Section<'_>| {
        let mut examples = Vec::new();
        for table in top.tables(EXAMPLES) {
            let begun = table.fault_count();
            let draft = table.table(EXAMPLE.deal.name).map(file::read_table);
            let middle = table.fault_count();
            let expected = table.table(EXAMPLE.expect.name).map(expected);
            let read = table.get(EXAMPLE.name).zip(draft).zip(expected);
            let ends = (begun, middle, table.fault_count());
            examples
                .extend(read.map(|((name, draft), expected)| (name.value, draft, expected, ends)));
        }
        Some(examples)
    };
    let (examples, faults) = TomlReader::read_partial(book, &BOOK_SHAPE, read);
    let example = |(name, draft, expected, (begun, middle, end)): (_, Draft, _, (_, _, _))| {
        let draft = Draft { faults: faults[begun..middle].to_vec(), ..draft };
        Example { name, draft, expected, faults: faults[middle..end].to_vec() }
    };
    examples.into_iter().flatten().map(example).collect()
}

fn expected(table: Section<'_>) -> ExpectedFigures {
    let reviews = table.get(EXPECT.reviews).into_iter().map(|it| it.value).collect();
    let error = table.get(EXPECT.error);
    if let Some(error) = &error {
        let is_known = Code::ALL.iter().any(|code| code.name() == error.value);
        if !is_known {
            let message = format!("no error has the code \"{}\"", error.value);
            let names = Code::ALL.iter().map(|code| code.name());
            let hint = crate::table::suggestion(&error.value, names);
            table.fault(error.fault(Code::UnknownChoice, message).hint(hint));
        }
    }
    let is_other =
        |key: &&Key| ![EXPECT.error.name, EXPECT.outside_policy.name].contains(&key.name);
    if let Some(key) = table.written().find(|key| is_other(key)).filter(|_| error.is_some())
        && let Some(place) = table.key_place(key.name)
    {
        let message = format!("a deal with an error has no `{}`", key.name);
        table.report_at(Code::Conflict, place, message, "remove it, or `error`");
    }
    if table.written().next().is_none() {
        let hint = "add a figure, such as tcv = \"1000.00\"";
        table.report_missing("an example that expects nothing proves nothing", hint);
    }
    let years = table.get(EXPECT.years).into_iter();
    let year =
        |year: Written<String>| table.report(money(Written::new(year.value.as_str(), year.place)));
    ExpectedFigures {
        place: table.place(),
        totals: figures(
            table,
            &[
                (ExpectedFigure::ListTcv, EXPECT.list_tcv),
                (ExpectedFigure::Tcv, EXPECT.tcv),
                (ExpectedFigure::OneTime, EXPECT.one_time),
                (ExpectedFigure::Arr, EXPECT.arr),
                (ExpectedFigure::ExitArr, EXPECT.exit_arr),
                (ExpectedFigure::Acv, EXPECT.acv),
                (ExpectedFigure::PartnerPays, EXPECT.partner_pays),
                (ExpectedFigure::OurNet, EXPECT.our_net),
            ],
        ),
        discount: table.get(EXPECT.discount),
        years: years.filter_map(year).collect(),
        lines: table.get(EXPECT.line).into_iter().map(expected_line).collect(),
        level: table.get(EXPECT.level),
        reviews: table.key_place(EXPECT.reviews).map(|place| Written::new(reviews, place)),
        outside_policy: table.get(EXPECT.outside_policy),
        error,
    }
}

fn expected_line(table: Section<'_>) -> Vec<(ExpectedFigure, Written<Money>)> {
    figures(
        table,
        &[
            (ExpectedFigure::ListUnitPrice, EXPECT_LINE.list_unit_price),
            (ExpectedFigure::NetUnitPrice, EXPECT_LINE.net_unit_price),
            (ExpectedFigure::PartnerUnitPrice, EXPECT_LINE.partner_unit_price),
            (ExpectedFigure::ListTcv, EXPECT_LINE.list_tcv),
            (ExpectedFigure::Tcv, EXPECT_LINE.tcv),
            (ExpectedFigure::OneTime, EXPECT_LINE.one_time),
            (ExpectedFigure::Annual, EXPECT_LINE.annual),
        ],
    )
}

fn figures(
    table: Section<'_>,
    keys: &[(ExpectedFigure, TypedKey<Money>)],
) -> Vec<(ExpectedFigure, Written<Money>)> {
    keys.iter().filter_map(|(figure, key)| Some((*figure, table.get(*key)?))).collect()
}
