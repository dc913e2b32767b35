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
    pub(in crate::book) PAYMENT: PaymentKeys = "[payment]", "How long customers have to pay.";

    required standard: String = "The default payment term of a deal.";
    required terms: NamedTables<PaymentTermKeys> = "The payment terms that a deal may choose.";
}

keys! {
    pub(in crate::book) PAYMENT_TERM: PaymentTermKeys = "a payment term",
        "How long a customer has to pay an invoice.";

    required title: String = "The title that readers see, such as Net 30.";
    required days: WholeNumber<0, 365> = "Days from the date of an invoice.";
    optional refuse: bool = "The term is outside policy.";
}

keys! {
    pub(in crate::book) BILLING: BillingKeys = "[billing]", "When invoices are sent.";

    required standard: String =
        "The default, if neither the metric, the deal nor its prepayment names another.";
    required ways: NamedTables<WayKeys> = "The billing schedules.";
    optional proration: ProrationConvention =
        "How a part of a year is counted. actual/actual: days of 365 or 366. 30/360: months of 30 \
         days in a year of 360. whole months: started months of 12. Without it no part of a year \
         can be sold.";
}

keys! {
    pub(in crate::book) WAY: WayKeys = "a billing schedule", "How often an invoice is sent, and when.";

    required title: String = "The text after \"billed\", such as yearly in advance.";
    optional months: WholeNumber<1, 12> = "The months that an invoice covers.";
    optional arrears: bool = "The invoice is sent after those months, not before them.";
    optional whole_term: bool = "One invoice for the whole term, when it begins.";
}

keys! {
    pub(in crate::book) RENEWAL: RenewalKeys = "[renewal]", "The renewal of a contract.";

    required work_days: WholeNumber<1, 3650> =
        "Days before the end on which work on the renewal begins.";
    required notice_days: WholeNumber<1, 3650> =
        "Days before the end by which either side gives notice.";
}
