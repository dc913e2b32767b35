//! `dealdesk schema`: the JSON Schemas by which editors complete and check books and deals.

use crate::cli::{BookChoice, CommandOutcome, Failure, output, typed};
use crate::deal;
use crate::table::schema;
use clap::Args;

/// Print the JSON Schema of price books or deal files
///
/// Editors with TOML support complete and check a file that names its schema in its first line:
/// `#:schema ./deal.schema.json`.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  dealdesk schema book > book.schema.json
  dealdesk schema deal > deal.schema.json")]
pub struct SchemaArgs {
    /// The kind of file
    #[arg(value_parser = typed::one_of(KINDS))]
    what: SchemaBuilder,
}

type SchemaBuilder = fn() -> serde_json::Value;

const KINDS: [(&str, &str, SchemaBuilder); 2] = [
    ("book", "Price books", || {
        schema::in_currencies(&deal::BOOK_SHAPE, "dealdesk price book", ("deal", &deal::SHAPE))
    }),
    ("deal", "Deal files", || schema::of(&deal::SHAPE, "dealdesk deal")),
];

pub fn run(args: &SchemaArgs, _: &BookChoice) -> Result<CommandOutcome, Failure> {
    output::data(&format!("{:#}\n", (args.what)()))
}
