//! The real binary.

#[cfg(unix)]
mod wizard;
