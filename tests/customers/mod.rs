//! Deals of one customer: whose they are, and what they cost together and apart.

mod names;
