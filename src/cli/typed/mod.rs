//! A deal in flags: what was typed, laid over a deal file or over nothing.

mod apply;
mod command_line;
mod flags;
mod line;
mod partner;
mod program;
mod value;

pub use command_line::CommandLine;
pub use flags::DealFlags;
pub use value::{day, named};
