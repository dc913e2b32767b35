//! `check` and `desk`: several deals, each priced and with its approvals, and the pipeline that they
//! form.
//!
//! A checked deal has the approvals, violations and warnings of its [`quote`](crate::quote), and one more
//! warning if that quote has expired. One question concerns several deals: whether deals of one
//! customer were split, to stay below an approval level or to pay less. See [`SplitDeal`].

mod check;
mod customers;
pub mod desk;
mod first_customer;
mod joined_contract;
mod joined_term;
pub mod json;
mod judged_deal;
mod partner_of_customer;
pub mod rows;
mod segments;
mod split;
pub mod text;

pub use check::{Check, check, check_beside, judge_beside};
pub use customers::SharedName;
pub use judged_deal::{
    CheckStatus, CheckedDeal, CurrencyTotals, DealTotals, JudgedDeal, NamedDeal,
};
pub use split::{SplitDeal, SplitNeed, SplitSaving, SplitSubject};
