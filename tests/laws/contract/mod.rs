//! Every rule and every pricing step keeps the contract that it declares.
//!
//! | module | content |
//! | --- | --- |
//! | `course` | holds the answers of a rule along one axis of a deal against its promises |
//! | `drawn` | every rule and every step, on random books and deals |
//! | `lying` | a rule that misstates a breakpoint, a direction or a line of the book is caught |
//! | `unproved` | batch and `negotiate` are right with a rule that promises nothing |

mod course;
mod drawn;
mod lying;
mod unproved;
