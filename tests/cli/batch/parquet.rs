//! Parquet in and out: what CSV says, in columns.

use super::{PRICES, ROWS, deals, desk, left};
use crate::support::{Desk, OUR_BOOK, Ran};
use parquet::basic::LogicalType;
use parquet::data_type::{
    BoolType, ByteArray, ByteArrayType, DataType, DoubleType, FixedLenByteArrayType, Int32Type,
    Int64Type,
};
use parquet::file::properties::WriterProperties;
use parquet::file::reader::{FileReader, SerializedFileReader};
use parquet::file::writer::SerializedFileWriter;
use parquet::record::{Field, RowAccessor};
use parquet::schema::parser::parse_message_type;
use std::fmt::Write;
use std::fs::File;
use std::sync::Arc;

/// Values of a column, where there are any.
enum Values {
    Text(Vec<Option<&'static str>>),
    Bytes(Vec<Option<Vec<u8>>>),
    Fixed(Vec<Option<Vec<u8>>>),
    Int(Vec<Option<i32>>),
    Long(Vec<Option<i64>>),
    Double(Vec<Option<f64>>),
    Bool(Vec<Option<bool>>),
}

/// Writes a file with two row groups of the same rows.
fn file(desk: &Desk, name: &str, schema: &str, columns: &[Values]) {
    let schema = parse_message_type(&format!("message deals {{ {schema} }}")).expect("a schema");
    let properties =
        WriterProperties::builder().set_compression(parquet::basic::Compression::SNAPPY).build();
    let file = File::create(desk.path(name)).expect("a file");
    let mut writer = SerializedFileWriter::new(file, Arc::new(schema), Arc::new(properties))
        .expect("a file of Parquet");
    for _ in 0..2 {
        let mut group = writer.next_row_group().expect("a row group");
        for values in columns {
            let mut column = group.next_column().expect("a column").expect("one more");
            macro_rules! put {
                ($kind:ty, $values:expr, $made:expr) => {{
                    let there: Vec<<$kind as DataType>::T> =
                        $values.iter().flatten().cloned().map($made).collect();
                    let levels: Vec<i16> =
                        $values.iter().map(|value| i16::from(value.is_some())).collect();
                    let column = column.typed::<$kind>();
                    column.write_batch(&there, Some(&levels), None).expect("values");
                }};
            }
            match values {
                Values::Text(values) => put!(ByteArrayType, values, ByteArray::from),
                Values::Bytes(values) => put!(ByteArrayType, values, ByteArray::from),
                Values::Fixed(values) => {
                    put!(FixedLenByteArrayType, values, |it| ByteArray::from(it).into());
                }
                Values::Int(values) => put!(Int32Type, values, |it| it),
                Values::Long(values) => put!(Int64Type, values, |it| it),
                Values::Double(values) => put!(DoubleType, values, |it| it),
                Values::Bool(values) => put!(BoolType, values, |it| it),
            }
            column.close().expect("a column");
        }
        group.close().expect("a row group");
    }
    writer.close().expect("a file");
}

fn price(desk: &Desk, more: &[&str]) -> Ran {
    desk.run(&[&["batch", "deals.parquet", "--output", "prices.csv", "-q"], more].concat())
}

/// The rows of a file of prices as CSV.
fn table(desk: &Desk, name: &str) -> String {
    let reader = SerializedFileReader::new(File::open(desk.path(name)).expect("the output"));
    let reader = reader.expect("Parquet");
    let schema = reader.metadata().file_metadata().schema_descr_ptr();
    let names: Vec<_> = schema.columns().iter().map(|it| it.name().to_owned()).collect();
    let mut text = format!("{}\n", names.join(","));
    for row in reader.get_row_iter(None).expect("rows") {
        let row = row.expect("a row");
        let cells = row.get_column_iter().enumerate().map(|(at, (_, field))| match field {
            Field::Str(text) => text.clone(),
            Field::Decimal(_) => {
                let scale = usize::try_from(schema.column(at).type_scale()).expect("a scale");
                let decimal = row.get_decimal(at).expect("a decimal");
                let bytes = decimal.data();
                let number = match bytes.len() {
                    4 => i32::from_be_bytes(bytes.try_into().expect("4")).into(),
                    _ => i64::from_be_bytes(bytes.try_into().expect("8")),
                };
                let digits = format!("{number:0width$}", width = scale + 1);
                let (whole, places) = digits.split_at(digits.len() - scale);
                format!("{whole}.{places}")
            }
            other => panic!("{other} is neither a text nor a decimal"),
        });
        text.push_str(&cells.collect::<Vec<_>>().join(","));
        text.push('\n');
    }
    text
}

#[test]
fn prices_are_exact_decimals() {
    let desk = desk();
    let ran = desk.run(&["batch", "deals.csv", "--output", "prices.parquet", "-q"]);
    assert_eq!((ran.code, ran.stderr.as_str()), (Some(0), ""));
    assert_eq!(table(&desk, "prices.parquet"), PRICES);
    assert_eq!(left(&desk), ["deals.csv", "prices.parquet"]);
    let file = File::open(desk.path("prices.parquet")).expect("the output");
    let reader = SerializedFileReader::new(file).expect("Parquet");
    let schema = reader.metadata().file_metadata().schema_descr_ptr();
    let types: Vec<_> = schema.columns().iter().map(|it| it.logical_type_ref().cloned()).collect();
    let [text, amount, share] =
        [LogicalType::String, LogicalType::decimal(2, 18), LogicalType::decimal(4, 9)].map(Some);
    let amounts = std::iter::repeat_n(amount, 4);
    let expected: Vec<_> = [text.clone()].into_iter().chain(amounts).chain([share, text]).collect();
    assert_eq!(types, expected);
}

/// More rows than a row group has, on any number of threads, with ids as they are.
#[test]
fn long_files_are_in_parts_that_do_not_depend_on_threads() {
    let mut rows = String::new();
    for at in 0..130_000 {
        let _ = writeln!(rows, "=D{at},,node,{},,,,", at % 90 + 1);
    }
    let desk = Desk::new().file("deals.csv", &deals(&[&rows]));
    let outputs = ["1", "3"].map(|threads| {
        let words = ["batch", "deals.csv", "--output", "p.parquet", "-q", "--threads", threads];
        assert_eq!(desk.run(&words).code, Some(0));
        std::fs::read(desk.path("p.parquet")).expect("the output")
    });
    assert!(outputs[0] == outputs[1]);
    let words = ["batch", "deals.csv", "--output", "p.csv", "-q"];
    assert_eq!(desk.run(&words).code, Some(0));
    // In CSV an id that could be a formula is made a text; here it is one.
    assert!(table(&desk, "p.parquet") == desk.read("p.csv").replace("'=", "="));
    let file = File::open(desk.path("p.parquet")).expect("the output");
    assert_eq!(SerializedFileReader::new(file).expect("Parquet").num_row_groups(), 2);
}

/// Texts, integers of every width, decimals in bytes and in integers, and nulls.
#[test]
fn deals_are_read_from_columns_of_any_exact_type() {
    let desk = Desk::new();
    let schema = "
        optional int32 term_years (INTEGER(8, true));
        optional binary id (STRING);
        optional binary metric (ENUM);
        optional binary customer;
        optional int64 quantity (DECIMAL(18, 2));
        optional binary prepay (STRING);
        optional binary strategic (STRING);
        optional fixed_len_byte_array(16) strategic_rate (DECIMAL(38, 9));
        optional int64 hosts (INTEGER(64, false));
        optional binary volume (DECIMAL(9, 4));
        optional double note;";
    let rate = |billionths: i128| Some(billionths.to_be_bytes().to_vec());
    let columns = [
        Values::Int(vec![Some(3), None, Some(5), Some(3), Some(3), Some(3)]),
        Values::Text(["D1", "D2", "D3", "D4", "D5", "a \"quoted\", id"].map(Some).to_vec()),
        Values::Text(["socket", "node", "core", "socket", "socket", "socket"].map(Some).to_vec()),
        Values::Bytes(vec![None, None, None, Some(b"Acme, \"\xff\"\n".to_vec()), None, None]),
        Values::Long([100, 150, 2400, 500, 800, -1].map(|it| Some(it * 100)).to_vec()),
        Values::Text(vec![
            Some("annual"),
            Some("annual"),
            Some("multi-year"),
            Some("multi-year"),
            Some("multi-year"),
            None,
        ]),
        Values::Text(vec![None, None, None, Some("lighthouse"), Some("lighthouse"), None]),
        Values::Fixed(vec![None, None, None, rate(100_000_000), rate(350_000_000), None]),
        Values::Long(vec![None; 6]),
        Values::Bytes(vec![None; 6]),
        Values::Double(vec![Some(0.5); 6]),
    ];
    file(&desk, "deals.parquet", schema, &columns);
    let ran = price(&desk, &["--ignore-column", "note"]);
    assert_eq!(ran.code, Some(1), "{}", ran.stderr);
    let rows = PRICES.split_once('\n').expect("a header").1;
    assert_eq!(desk.read("prices.csv"), format!("{PRICES}{rows}"));
    let errors = desk.read("prices.csv.errors.csv");
    let rows: Vec<_> = csv::Reader::from_reader(errors.as_bytes())
        .records()
        .map(|row| row.expect("a row").iter().map(str::to_owned).collect::<Vec<_>>())
        .collect();
    assert_eq!(rows.len(), 2, "{errors}");
    assert_eq!((rows[0][0].as_str(), rows[1][0].as_str()), ("6", "12"));
    assert!(rows.iter().all(|row| row[1].contains("\"quoted\"") && row[2].starts_with("quantity")));
    let ran = price(&desk, &[]);
    assert!(ran.code == Some(1) && ran.stderr.contains("has no column `note`"), "{}", ran.stderr);
}

#[test]
fn what_is_not_exact_or_no_cell_is_refused() {
    let texts = || Values::Text(vec![Some("D1")]);
    let cases = [
        ("optional double quantity;", Values::Double(vec![Some(0.1)]), "it is not exact"),
        (
            "optional boolean quantity;",
            Values::Bool(vec![Some(true)]),
            "is BOOLEAN: write it as text",
        ),
        (
            "optional int32 quantity (DATE);",
            Values::Int(vec![Some(1)]),
            "is DATE: write it as text",
        ),
        (
            "optional int64 quantity (DECIMAL(18,2)); optional binary edtion (STRING);",
            Values::Long(vec![Some(1)]),
            "did you mean `edition`?",
        ),
    ];
    for (schema, values, said) in cases {
        let desk = Desk::new();
        let more = usize::from(schema.contains("edtion"));
        let schema =
            format!("optional binary id (STRING); optional binary metric (STRING); {schema}");
        let columns: Vec<_> = [texts(), texts(), values]
            .into_iter()
            .chain(std::iter::repeat_with(texts).take(more))
            .collect();
        file(&desk, "deals.parquet", &schema, &columns);
        let ran = price(&desk, &[]);
        assert!(
            ran.code == Some(1) && ran.stderr.replace('\n', " ").contains(said),
            "{}",
            ran.stderr
        );
        assert_eq!(left(&desk), ["deals.parquet"]);
    }
}

#[test]
fn parquet_that_breaks_off_leaves_nothing() {
    let desk = desk();
    let ran = desk.run(&["batch", "deals.csv", "--output", "whole.parquet", "-q"]);
    assert_eq!(ran.code, Some(0));
    let bytes = std::fs::read(desk.path("whole.parquet")).expect("the output");
    for bytes in [&b""[..], &bytes[..bytes.len() - 9], &bytes[9..]] {
        let desk = Desk::new();
        std::fs::write(desk.path("deals.parquet"), bytes).expect("a file");
        let ran = price(&desk, &[]);
        let start = "error: the file of deals deals.parquet cannot be read";
        assert!(ran.code == Some(1) && ran.stderr.starts_with(start), "{}", ran.stderr);
        assert_eq!(left(&desk), ["deals.parquet"]);
    }
}

#[test]
fn parquet_is_a_file() {
    let desk = desk();
    let cases = [
        ["-", "--output", "p.csv", "--input-format", "parquet"],
        ["deals.csv", "--output", "-", "--output-format", "parquet"],
        ["deals.csv", "--output", "p.parquet.gz", "--output-format", "parquet"],
    ];
    for words in cases {
        let ran = desk.run(&[&["batch"], words.as_slice()].concat());
        assert_eq!((ran.code, ran.stdout.as_str()), (Some(2), ""), "{}", ran.stderr);
    }
    assert_eq!(left(&desk), ["deals.csv"]);
}

/// A file has one type for all of its rows, so that one that is not of it stops the batch.
#[test]
fn an_amount_that_does_not_fit_is_told_with_its_row() {
    let fine = OUR_BOOK.replace("\"2500.00\"", "\"2500.123\"");
    assert_ne!(OUR_BOOK, fine);
    // Sockets are the first metric of the book.
    let fine = fine.replacen("places = 2\n", "places = 3\n", 1);
    let desk = Desk::new().file("pricing.toml", &fine).file("deals.csv", &deals(&ROWS));
    let ran = desk.run(&["batch", "deals.csv", "--output", "p.parquet", "-q"]);
    assert_eq!(ran.code, Some(1));
    let said = ran.stderr.replace('\n', " ");
    assert!(said.contains("row D1: 2500.123 does not fit DECIMAL(18,2)"), "{said}");
    assert_eq!(left(&desk), ["deals.csv", "pricing.toml"]);
}

/// A value of any length is one value, with the marks and line breaks of CSV in it; a row has a limit.
#[test]
fn values_are_long_and_rows_have_a_limit() {
    let desk = Desk::new();
    let schema = "
        optional binary customer (STRING);
        optional binary id (STRING);
        optional binary metric (STRING);
        optional int32 quantity;";
    let name = |length: usize| Some("\"a,\n".repeat(length / 4).into_bytes());
    let columns = [
        Values::Bytes(vec![None, name(80_000), name(600_000), name(40)]),
        Values::Text(["D1", "D2", "D3", "a,b"].map(Some).to_vec()),
        Values::Text(["socket"; 4].map(Some).to_vec()),
        Values::Int(vec![Some(500); 4]),
    ];
    file(&desk, "deals.parquet", schema, &columns);
    let ran = price(&desk, &[]);
    assert_eq!(ran.code, Some(1), "{}", ran.stderr);
    let prices = desk.read("prices.csv");
    let ids: Vec<_> =
        prices.lines().map(|row| row.split(",3000.00,").next().unwrap_or_default()).collect();
    assert_eq!(ids[1..], ["D1", "D2", "\"a,b\"", "D1", "D2", "\"a,b\""], "{prices}");
    let errors =
        "row,id,error\n3,D3,row: it is longer than 512 KiB\n7,D3,row: it is longer than 512 KiB\n";
    assert_eq!(desk.read("prices.csv.errors.csv"), errors);
}
