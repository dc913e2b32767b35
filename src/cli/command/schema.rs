//! `dealdesk schema`: what editors complete and check files by.

use crate::cli::failure::{Failure, Outcome};
use crate::cli::output;
use crate::reading::schema;
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
    /// Whose schema
    what: What,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum What {
    /// Price books
    Book,
    /// Deal files
    Deal,
}

pub fn run(args: &SchemaArgs) -> Result<Outcome, Failure> {
    let schema = match args.what {
        What::Book => schema::in_currencies(&book::SHAPE, "dealdesk price book"),
        What::Deal => schema::of(&deal::SHAPE, "dealdesk deal"),
    };
    output::data(&format!("{schema:#}\n"))?;
    Ok(Outcome::Done)
}
