//! `dealdesk schema`: the JSON Schemas by which editors complete and check books and deals.

use crate::cli::failure::{CommandOutcome, Failure};
use crate::cli::output;
use crate::table::schema;
use crate::{book, deal};
use clap::{Args, ValueEnum};

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
    what: SchemaKind,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum SchemaKind {
    /// Price books
    Book,
    /// Deal files
    Deal,
}

pub fn run(args: &SchemaArgs) -> Result<CommandOutcome, Failure> {
    let schema = match args.what {
        SchemaKind::Book => schema::in_currencies(&book::SHAPE, "dealdesk price book"),
        SchemaKind::Deal => schema::of(&deal::SHAPE, "dealdesk deal"),
    };
    output::data(&format!("{schema:#}\n"))?;
    Ok(CommandOutcome::Done)
}
