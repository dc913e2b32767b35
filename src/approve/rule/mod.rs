//! The rules that decide who must approve a deal: each with its reason and its place in the playbook.
pub(crate) mod contract_items;
pub(crate) mod dates;
pub(crate) mod discount;
pub(crate) mod edition;
pub(crate) mod fee;
pub(crate) mod guardrail;
pub(crate) mod payment;
pub(crate) mod program;
pub(crate) mod required_metric;
pub(crate) mod term;
