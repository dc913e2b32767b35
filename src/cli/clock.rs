//! The clock of the system.

use crate::number::Date;

/// Returns the date of today, for a deal that names none.
pub fn today() -> Date {
    Date::of_clock(std::time::SystemTime::now())
}
