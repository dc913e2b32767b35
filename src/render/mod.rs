//! How a document is drawn. Knows no domain type, and makes every text harmless for its format.

mod chart;
mod csv;
mod markdown;
mod svg;
mod terminal;

pub use csv::csv;
pub use markdown::markdown;
pub use svg::svg;
pub(crate) use terminal::wrap;
pub use terminal::{Paper, terminal};
