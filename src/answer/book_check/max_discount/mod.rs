//! The deal of one line with the largest discount off list, within some approvals.
//!
//! Every discount and every program only lowers a price. So, for one choice of terms and one span of
//! quantities, [the deal with everything](max_deal) that the approvals allow has the largest discount: each
//! discount as far as it is granted, and of the programs those with the largest rates, as many as one quote
//! may have. If this deal exceeds a guardrail on the discount, its rates are [reduced](reduced_deals) until it
//! does not. [`discount_bound`] says how much more another price could give, which decides between
//! "at most" and "at least". [`search`] compares all choices; [`can_exceed()`] only asks whether any deal
//! exceeds a discount.

mod can_exceed;
mod discount_bound;
mod max_deal;
mod reduced_deals;
mod search;

pub(super) use can_exceed::can_exceed;
pub(super) use max_deal::ApprovalCap;
pub(super) use search::{DiscountedDeal, max_discount};
