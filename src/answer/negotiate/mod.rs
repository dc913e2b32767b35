//! `dealdesk negotiate`: every offer that meets a number which a customer names.
//!
//! A combination is one setting of every free lever, with one set of programs. Each
//! combination has a chain of deals from list price to everything that can be given, each
//! deal cheaper than the one before it. So the first deal that meets the number is the dearest deal
//! that does, and halving finds it: every combination is decided, and no rate is sampled.
//! The `frontier` keeps the offers that no other offer beats in approval, worth and commitment.
//! `docs/src/methods/negotiation.md` describes the method with a worked example.
//!
//! The files, lowest first: `goal`, `offer`, `request`; `draft_edit` and `lever` for combinations;
//! `discount_part` and `deal_chain` for the deals of one; `frontier`, `rate_promises`, `search` and `search_run` for the answer; `returns`, `concession` and `ladder` for what an
//! offer gives and gets; `words`, `rows`, `text` and `json` for how that reads.

mod concession;
mod deal_chain;
mod discount_part;
mod draft_edit;
mod frontier;
mod goal;
pub mod json;
mod ladder;
mod lever;
mod offer;
mod rate_promises;
mod request;
mod returns;
pub mod rows;
mod search;
mod search_run;
pub mod text;
mod words;

pub use concession::{Concession, ConcessionKind, concessions, rounding};
pub use goal::{Goal, GoalProgress};
pub use ladder::{ConcessionLadder, LadderStep};
pub use lever::{LEVERS, Lever};
pub use offer::{Commitment, Offer};
pub use request::CustomerRequest;
pub use returns::{Return, SuggestedReturn};
pub use search::Search;
pub use search_run::{Certificate, SearchProgress, SearchResult};
