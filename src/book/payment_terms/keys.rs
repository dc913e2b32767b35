//! Keys of payment terms, of ways to bill, and of renewals.

use crate::number::ProrationConvention;
use crate::table::{NamedTables, WholeNumber, choices, keys};

choices! {
    impl pub ProrationConvention {
        Actual = "actual/actual",
        Thirty360 = "30/360",
        Months = "whole months",
    }
}

keys! {
    /// Keys of `[payment]`.
    pub(in crate::book) PAYMENT: PaymentKeys = "[payment]", "How long customers have to pay.";

    required standard: String = "What holds if a deal says nothing.";
    required terms: NamedTables<PaymentTermKeys> = "What a deal may say.";
}

keys! {
    /// Keys of a payment term.
    pub(in crate::book) PAYMENT_TERM: PaymentTermKeys = "a payment term",
        "How long a customer has to pay an invoice.";

    required title: String = "The words that people read, such as Net 30.";
    required days: WholeNumber<0, 365> = "Days from the date of an invoice.";
    optional refuse: bool = "It is outside policy: nobody can grant it.";
}

keys! {
    /// Keys of `[billing]`.
    pub(in crate::book) BILLING: BillingKeys = "[billing]", "When invoices are sent.";

    required standard: String =
        "What holds if neither the metric, the deal nor its prepayment says another.";
    required ways: NamedTables<WayKeys> = "The ways that there are.";
    optional proration: ProrationConvention =
        "How a part of a year is counted. actual/actual: days, of 365 or 366. 30/360: months of 30 days, of 360. whole months: months that have begun, of 12. Without it no part of a year can be sold.";
}

keys! {
    /// Keys of a way to bill.
    pub(in crate::book) WAY: WayKeys = "a way to bill", "How often an invoice is sent, and when.";

    required title: String = "The words that follow \"billed\".";
    optional months: WholeNumber<1, 12> = "The months that an invoice covers.";
    optional arrears: bool = "It is sent after those months, not before them.";
    optional whole_term: bool = "One invoice for the whole term, when it begins.";
}

keys! {
    /// Keys of `[renewal]`.
    pub(in crate::book) RENEWAL: RenewalKeys = "[renewal]", "When a contract comes up again.";

    required work_days: WholeNumber<1, 3650> =
        "Days before the end on which work on the renewal begins.";
    required notice_days: WholeNumber<1, 3650> =
        "Days before the end by which either side gives notice.";
}
