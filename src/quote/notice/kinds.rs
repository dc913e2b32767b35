//! Every code of a notice, with its meaning: the list that `check --deny` and `explain` know.

use super::NoticeSeverity;

/// A kind of notice.
#[derive(Debug, PartialEq, Eq)]
pub struct NoticeKind {
    /// A fixed word for programs: `larger-order-costs-less`.
    pub code: &'static str,
    pub severity: NoticeSeverity,
    pub title: &'static str,
    /// The meaning of the notice, and what to do.
    pub lesson: &'static str,
}

/// Declares each kind, and lists all of them by their codes.
macro_rules! notice_kinds {
    ($($constant:ident = $code:literal, $severity:ident, $title:literal, $lesson:literal;)+) => {
        $(
            pub(crate) const $constant: NoticeKind = NoticeKind {
                code: $code,
                severity: NoticeSeverity::$severity,
                title: $title,
                lesson: $lesson,
            };
        )+

        /// Every kind of notice, in the order of the codes.
        pub const NOTICE_KINDS: &[&NoticeKind] = &[$(&$constant),+];
    };
}

notice_kinds! {
    ABOVE_LIST = "above-list", Warning,
        "A price is above list",
        "A floor or a negotiated price is higher than the list price. Check the price with the \
         customer's contract, or take the negotiated price out.";
    ABOVE_POLICY = "above-policy", Warning,
        "An agreed discount costs more than policy",
        "The agreed discount off list takes the place of discounts that would give more without \
         approval. Take `discount` out of the line, or raise it.";
    ACCOUNTS_OF_ONE_NAME = "accounts-of-one-name", Note,
        "One customer has several accounts",
        "Deals of one customer name state different accounts. Correct the account, or the name, \
         if these are two customers.";
    AFTER_THE_CONTRACT = "after-the-contract", Note,
        "A value is counted beyond the contract",
        "The horizon is longer than the contract. The years after the contract cost as much as \
         its last year.";
    ASSUMED_COST = "assumed", Note,
        "A cost is assumed",
        "The book assumes a cost of the alternative, because no source gives the cost. Confirm \
         the cost with the customer.";
    ASSUMED_FIGURE = "assumed-figure", Warning,
        "A figure is assumed",
        "The book assumes a price, a rate, a limit or an approval, because no source gives it. \
         Confirm the figure, then remove `assumed` from the book.";
    BELOW_MINIMUM = "below-minimum", Note,
        "A deal is below the size that the book wants",
        "The committed ACV at our net is below a minimum of the book. A smaller deal is allowed \
         and needs nobody.";
    BILLING_NOT_APPLIED = "billing-not-applied", Warning,
        "A billing schedule applies to no line",
        "Every line of the deal has a billing schedule of its own. Take `billing` out of the \
         deal.";
    CLAIM_DOES_NOT_HOLD = "claim-does-not-hold", Warning,
        "The figures do not support a claim",
        "A saving or a return that the deal claims is higher than its figures give. Lower the \
         claim, or correct the figures.";
    COMMITMENT_FALLS = "commitment-falls", Warning,
        "A ramp gets smaller",
        "The customer buys less from a later year on, and a discount is for a commitment over the \
         whole term. Shorten the term, or keep the quantity.";
    COMMITTED_USE = "committed-use", Note,
        "Committed use is charged",
        "The commitment is charged whether or not the customer uses it. The note says how much a \
         month costs at least.";
    CONTRACT_COUNTED = "contract-counted", Note,
        "A signed contract counts",
        "Units of a contract that the customer has signed find the range and the volume step of \
         the new ones. Check that the contract file is the signed one.";
    CONTRACT_DATED_LATER = "contract-dated-later", Note,
        "A contract was signed after the quote",
        "A contract counts for quotes of the day on which it was signed, and of later days. Quote the \
         deal again, or correct the date of the contract.";
    COST_NOT_COUNTED = "cost-not-counted", Warning,
        "A cost applies to no line",
        "A cost is per unit, and no line of the deal has that unit. Correct `per`, or take the \
         cost out.";
    CUSTOMER_NOT_NAMED = "customer-not-named", Note,
        "A deal does not name its customer",
        "Without a name, an account or an opportunity, nobody sees which other deals the customer \
         has. Add `customer`.";
    DATED_AHEAD = "dated-ahead", Warning,
        "A quote is dated after the day of the check",
        "A date in the future would keep a price for longer than anybody offers it. The deal is \
         outside policy. Correct `date`.";
    DEALS_SPLIT = "deals-split", Warning,
        "Deals of one customer need more, or cost more, together",
        "Each deal stays under a threshold, or pays less, and all of them together do not. Quote \
         them as one deal, or have the approver of the sum agree.";
    DISCOUNT_NOT_RAISED = "discount-not-raised", Warning,
        "A stated rate is above the rate of the book",
        "The deal states a rate of an automatic discount, and the book gives less. The rate of \
         the book applies. Lower the stated rate, or take it out.";
    DISCOUNT_WITHHELD = "discount-withheld", Note,
        "A discount is withheld",
        "The deal withholds or limits a discount of the book. The note says how much less the \
         contract would cost with the whole discount.";
    DUTY_MISSING = "duty-missing", Warning,
        "A duty of a program is not promised",
        "The program gives its rate for duties of the customer, and the deal does not promise all \
         of them. Add them to `duties`, or leave the program out.";
    EDITION_FOR_FEW_HOSTS = "edition-for-few-hosts", Note,
        "A customer with few hosts may use a cheaper edition",
        "The line does not state its hosts, or states few. State `hosts`, or name the edition.";
    ESTIMATE = "estimate", Note,
        "A value depends on use",
        "The figures use the average that the deal expects.";
    ESTIMATED_USE = "estimated-use", Note,
        "A price by use is an estimate",
        "Use is billed when it is known. Add `committed` for a part that is charged in any case.";
    FIRST_IN_NOT_NAMED = "first-in-not-named", Warning,
        "The vertical or the region of a first customer is not named",
        "The program is for the first customer in a vertical or a region, and the deal names none \
         of the book. Add `vertical` or `region`.";
    GRANT_NOT_USED = "grant-not-used", Warning,
        "A grant has no effect",
        "The deal states the day of a grant, and its payment does not count from a grant. Choose a \
         payment term that the program includes, or take `grant` out.";
    HORIZON_NOT_USED = "horizon-not-used", Warning,
        "A horizon has no effect",
        "A horizon compares a license that is bought once with a subscription, and the deal has \
         no such license. Take `horizon_years` out.";
    INCUMBENT_NOT_STATED = "incumbent-not-stated", Warning,
        "An incumbent is not named",
        "The program is for customers of certain products, and the deal names none. Add \
         `incumbent`.";
    JOINED_CONTRACT_NOT_GIVEN = "joined-contract-not-given", Warning,
        "The contract that a deal joins is not among those given",
        "A deal that joins a contract has its end. Correct `joins` or `co_term_end`, or give the file of the contract with \
         `--contracts`: its name, or its `opportunity`, is what `joins` names.";
    LARGER_COMMITMENT = "larger-commitment-costs-less", Warning,
        "A larger commitment costs less",
        "The commitment lies just below the start of a cheaper range. Commit to the quantity that \
         the warning names.";
    LARGER_ORDER = "larger-order-costs-less", Warning,
        "A larger order costs less",
        "The quantity lies just below the start of a cheaper range or of a discount. Order the \
         quantity that the warning names.";
    LINE_NOT_COUNTED = "line-not-counted", Warning,
        "A line counts on one side only",
        "The alternative has no cost for the units of a line, so that the comparison favors the \
         alternative. Add a cost for these units.";
    LINES_APART = "lines-apart", Warning,
        "Lines of one metric would cost something else together",
        "The metric counts each line by itself. Join the lines, or have the approver see the \
         difference.";
    NO_COSTS = "no-costs", Warning,
        "The costs of an alternative are not known",
        "Add `[[alternative.cost]]` to the deal.";
    NO_START = "no-start", Note,
        "A value has no start",
        "The deal has no start. The contract is assumed to start on the day of the quote.";
    NOT_FIRST_CUSTOMER = "not-first-customer", Warning,
        "Another customer was earlier",
        "An earlier deal of another customer, or one of the same day, claims the program for the \
         first one in the same vertical or region. Leave the program out, or correct the facts.";
    OUTSIDE_CONTRACT = "outside-contract", Warning,
        "Use lies outside the contract",
        "Months of the usage file lie before or after the contract. Check the file and the dates \
         of the deal.";
    PART_OF_COMMITMENT = "part-of-commitment", Warning,
        "A commitment is charged for a part of a month",
        "Only a part of a month lies in the contract, and the commitment is charged for the whole \
         month. Check the dates of the deal.";
    PART_OF_MONTH = "part-of-month", Warning,
        "A usage file begins within a month",
        "Use before the first row is not billed, and the average is over the whole month. Add the \
         missing rows.";
    PARTNER_BELOW_FLOOR = "partner-below-floor", Warning,
        "A partner pays less than a floor",
        "The customer pays the floor of a program, and less of it reaches us. Lower the partner's \
         rate, or have the approver see it.";
    PARTNER_MARGIN_NEGATIVE = "partner-margin-negative", Warning,
        "A partner loses money",
        "The partner pays more than its customer does. Base the partner's rate on the customer's \
         price, or raise the rate.";
    PARTNER_NOT_NAMED = "partner-not-named", Warning,
        "A partner is not named",
        "A partner without a name could be the customer itself. Add `partner`.";
    PAYBACK_AGAIN = "payback-again", Note,
        "A customer falls behind again",
        "Later invoices put the customer behind after the first payback. The note names the month \
         from which the customer stays ahead.";
    PREPAY_NOT_APPLIED = "prepay-not-applied", Warning,
        "A prepayment gives no discount",
        "No line of the deal gets the discount for its prepayment. Take `prepay` out, or lengthen \
         the term.";
    PROGRAM_LIMIT = "program-limit", Warning,
        "A program has more customers than its limit",
        "The deal would be one more than the number of customers that the program is for. Ask who \
         decides on the program.";
    PROGRAM_NOT_APPLIED = "program-not-applied", Warning,
        "A program applies to no line",
        "No line is of a metric that the program is for. Leave the program out.";
    QUOTE_EXPIRED = "quote-expired", Warning,
        "A quote has expired",
        "The last day on which the customer could accept the quote is over. Quote the deal again \
         with a new `date`.";
    RED_LINE_IN_TEXT = "red-line-in-text", Warning,
        "A free text names a clause that is not given",
        "A note or a reason has the title of a red-line clause, and a text asks nobody. Add the \
         clause to `[[clause]]`, or take the words out.";
    REFUND_EXPOSURE = "refund-exposure", Warning,
        "Money could have to be refunded",
        "A clause lets the customer ask money back. The warning says how much, and how long.";
    REVENUE_SHARE = "revenue-share", Note,
        "A partner pays a share of its revenue",
        "The prices of the lines apply only without the channel. The partner's revenue is an \
         estimate until it reports it.";
    REVIEW_OPEN = "review-open", Note,
        "A review is open",
        "The deal needs a review, such as one of its terms or of the customer's eligibility. Have \
         the reviewer agree.";
    SEGMENTS_OF_ONE_CUSTOMER = "segments-of-one-customer", Warning,
        "One customer has several segments",
        "Deals of one customer state different segments, and a segment opens programs. Correct the segment, or the \
         customer, if these are two.";
    SERVICE_INCLUDED_ONCE = "service-included-once", Note,
        "A service is included once",
        "A customer gets the service once in some months, over all its contracts. Check the \
         customer's other contracts.";
    SERVICES_EXCEED_CONTRACT = "services-exceed-contract", Warning,
        "Included services are worth more than the contract",
        "Services cost nothing because the contract pays for them. Lower their quantity, or price \
         them.";
    STANDARD_PRICES = "standard-prices", Note,
        "A deal has the standard prices, and may have others",
        "The price book has other prices for some segments or regions, and the deal does not say in which it is. State \
         `segment` or `region`.";
    STARTS_IN_THE_PAST = "starts-in-the-past", Warning,
        "A contract starts before its quote",
        "The customer would commit to days that are over. Correct `start`.";
    UNCONFIRMED_METRIC = "unconfirmed-metric", Note,
        "A deal does not confirm what its metric is for",
        "Another metric would cost more for the same count. Confirm with `sold_for` in the line \
         that the metric fits, or change the metric.";
    UNCOUNTED_QUANTITY = "uncounted-quantity", Note,
        "A deal states a quantity that the metric counts",
        "The metric counts its quantity from units inside units, with a least for some of them. Write \
         `count` in the line in place of `quantity`, so that the least is kept.";
    UNKNOWN_SEGMENT = "unknown-segment", Warning,
        "The book does not list a segment",
        "No program is for the segment that the deal states. Correct `segment`, or add it to \
         `[customers]` of the book.";
    WITHOUT_APPROVAL = "without-approval", Note,
        "A lower rate needs no approval",
        "The note says what the contract costs at the rate that nobody has to approve.";
    YEARS_NOT_COUNTED = "years-not-counted", Note,
        "Years of a commitment do not count",
        "A year that keeps less than a share of the largest year before earns no discount for the \
         commitment. Keep the quantity, or shorten the term.";
}
