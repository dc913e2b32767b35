//! What a machine is told: versioned JSON, whose keys other programs rely on.

mod approvals;
mod batch;
mod book;
mod book_diff;
mod candidates;
mod check;
mod concession;
mod curve;
mod desk;
mod diff;
mod findings;
mod invoices;
mod ladder;
mod notice;
mod offers;
mod period;
mod quote;
mod reprice;
mod tco;
mod usage;

pub use batch::to_json as batch_to_json;
pub use book::to_json as book_to_json;
pub use book_diff::to_json as book_diff_to_json;
pub use candidates::to_json as candidates_to_json;
pub use check::to_json as check_to_json;
pub use desk::to_json as desk_to_json;
pub use diff::to_json as diff_to_json;
pub use findings::to_json as findings_to_json;
pub use invoices::to_json as invoices_to_json;
pub use ladder::to_json as ladder_to_json;
pub use offers::to_json as offers_to_json;
pub use quote::to_json;
pub use reprice::to_json as reprice_to_json;
pub use tco::to_json as tco_to_json;
pub use usage::to_json as usage_to_json;

use crate::source::Place;
use crate::text::harmless;
use serde::{Serialize, Serializer};

/// `pricing.toml:41`.
impl Serialize for Place {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

/// What is sent as JSON, indented, with a line break at its end.
fn pretty(wire: &impl Serialize) -> String {
    // Only maps with keys that are no texts can fail, and there are none.
    let mut json = harmless(&serde_json::to_string_pretty(wire).unwrap_or_default());
    json.push('\n');
    json
}
