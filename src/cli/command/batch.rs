//! `dealdesk batch`: files of deals.

use crate::batch::{self, Desk, Form, Job, Stop};
use crate::cli::books::Wanted;
use crate::cli::failure::{Failure, Outcome};
use crate::cli::files::{Pending, cannot_write, reason};
use crate::cli::today;
use anyhow::anyhow;
use clap::Args;
use std::fs::File;
use std::path::PathBuf;

/// Price a file of deals
#[derive(Debug, Args)]
pub struct BatchArgs {
    /// The deals
    input: PathBuf,

    #[arg(long, value_name = "FILE")]
    output: PathBuf,

    #[arg(long, value_name = "N", default_value = "1")]
    threads: usize,
}

pub fn run(args: &BatchArgs, wanted: &Wanted) -> Result<Outcome, Failure> {
    let found = wanted.load()?;
    let desk = Desk::new(&found.books, None, today()).ok_or_else(|| anyhow!("currency"))?;
    let mut input = File::open(&args.input).map_err(|e| anyhow!("{e}"))?;
    let mut output = Pending::new(&args.output)?;
    let job = Job {
        desk: &desk,
        form: if args.input.extension().is_some_and(|e| e == "jsonl") {
            Form::JsonLines
        } else {
            Form::Csv
        },
        name: "in",
        ignored: &[],
        threads: args.threads,
        progress: &|_, _| {},
    };
    let mut faults = Vec::new();
    let tally =
        batch::run(&job, &mut input, &mut output, &mut faults).map_err(|stop| match stop {
            Stop::Header(faults) => Failure::faults("no", faults),
            Stop::Read(e) | Stop::Write(e) | Stop::WriteFaults(e) => {
                cannot_write(&args.output, &reason(&e))
            }
        })?;
    output.keep()?;
    eprintln!("{tally:?} {}", String::from_utf8_lossy(&faults));
    Ok(Outcome::Done)
}
