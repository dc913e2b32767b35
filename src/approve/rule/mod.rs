//! The rules that decide who must approve a deal: one file each.
pub(crate) mod channel;
pub(crate) mod clause;
pub(crate) mod discount;
pub(crate) mod edition;
pub(crate) mod fee;
pub(crate) mod guardrail;
pub(crate) mod payment;
pub(crate) mod program;
pub(crate) mod service;
pub(crate) mod term;
