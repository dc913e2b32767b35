//! Loads a price book: the keys of the whole file, and the order in which its parts are read.

use super::alternative::AlternativeKeys;
use super::channel::ChannelKeys;
use super::clause::ClauseKeys;
use super::condition::ConditionNames;
use super::customer::{CustomerKeys, CustomerRules};
use super::discount::keys::{DiscountKeys, WaterfallKeys};
use super::discount::{BookNames, Discount};
use super::example::{self, ExampleKeys};
use super::guardrail::GuardrailKeys;
use super::identity::{CurrencyKeys, IdentityKeys, RoundingKeys};
use super::ladder::{ApproverNames, LevelKeys, ReviewKeys};
use super::metric::keys::MetricKeys;
use super::payment_terms::{BillingKeys, PaymentKeys, PaymentSettings, RenewalKeys};
use super::price_column::{self, PriceColumnKeys};
use super::service::ServiceKeys;
use super::term::{self, TermKeys};
use super::{
    Books, PriceBook, alternative, channel, clause, discount, guardrail, identity, metric, service,
};
use crate::number::Currency;
use crate::table::{Keys, NamedTables, OneTable, Section, Shape, TableList, TomlReader, keys};
use crate::text::diagnostic::Checked;
use crate::text::source::{Source, Written};
use sha2::{Digest, Sha256};
use std::sync::Arc;

keys! {
    BOOK: BookKeys = "the price book",
        "A dealdesk price book: products, prices, discounts and approvals.";

    required book: OneTable<IdentityKeys> =
        "The name and version of the book, and when it is in force.";
    optional currency: TableList<CurrencyKeys> =
        "The currencies of a book with several, in place of `currency` in `[book]`. A deal without \
         a currency uses the first.";
    optional price_column: TableList<PriceColumnKeys> =
        "Other amounts for deals of some segments or regions.";
    optional term: OneTable<TermKeys> = "The terms that may be sold.";
    optional rounding: OneTable<RoundingKeys> = "How the net unit price is rounded.";
    optional approval: TableList<LevelKeys> = "The approval ladder, lowest level first.";
    optional review: TableList<ReviewKeys> = "Reviews in addition to the ladder.";
    optional customers: OneTable<CustomerKeys> =
        "The kinds of customers that a deal can name, and which deals of one customer count together.";
    required metric: NamedTables<MetricKeys> = "The metrics that are sold, one table each.";
    optional waterfall: OneTable<WaterfallKeys> = "The order of the discounts.";
    optional discount: NamedTables<DiscountKeys> = "The steps of the waterfall.";
    optional channel: NamedTables<ChannelKeys> =
        "The channels: kinds of partners that sell to customers.";
    optional payment: OneTable<PaymentKeys> = "How long customers have to pay.";
    optional billing: OneTable<BillingKeys> = "When invoices are sent.";
    optional renewal: OneTable<RenewalKeys> = "The renewal of a contract.";
    optional guardrail: TableList<GuardrailKeys> = "House rules on a whole quote.";
    optional service: NamedTables<ServiceKeys> =
        "Services that come with a contract, up to a value.";
    optional clause: NamedTables<ClauseKeys> = "Clauses that a contract may have.";
    optional alternative: NamedTables<AlternativeKeys> =
        "Products that a customer could buy instead, with their costs.";
    optional example: TableList<ExampleKeys> =
        "Deals with the figures that they must have. `dealdesk book check` quotes each of them.";

    @guesses {
        "product" | "products" | "sku" | "item" | "plan" => "metric";
        "tiers" | "prices" | "price" => "prices stand in a metric: [metric.NAME] with tiers = [...]";
        "segment" | "segments" | "region" | "regions" => "customers";
        "rule" | "rules" | "limit" | "limits" => "guardrail";
        "partner" | "partners" | "reseller" => "channel";
        "level" | "levels" | "approver" | "approvers" => "approval";
        "test" | "tests" | "case" | "cases" => "example";
        "bundle" | "bundles" => "a bundle is a discount: [discount.NAME] with by = \"metrics\"";
        "program" | "programs" | "promotion" =>
            "a program stands in a discount with by = \"program\": [discount.NAME.program.NAME]";
        "terms" => "term";
        "minimum" => "the least that a line costs is `minimum` of its metric; of a deal, a guardrail with `below`";
    }
}

pub static SHAPE: Shape = *BookKeys::SHAPE;

/// Loads a price book in each of its currencies.
///
/// ```
/// use dealdesk::{book, text::source::Source};
/// let text = include_str!("../../pricing.toml");
/// let books = book::load(&Source::file("pricing.toml", text))?;
/// assert_eq!(books.first().currency().code, "USD");
/// # Ok::<(), dealdesk::text::diagnostic::Diagnostics>(())
/// ```
///
/// # Errors
/// Every error in the text, each with its place.
pub fn load(source: &Arc<Source>) -> Checked<Books> {
    let (first, others) = in_each_currency(source, |top, currency| build(top, source, currency))?;
    Ok(Books::new(first, others))
}

/// Reads the text of a price book once for each of its currencies. Returns the result of `make` for
/// the first currency, and for the others.
pub(crate) fn in_each_currency<T>(
    source: &Arc<Source>,
    make: impl Fn(Section<'_>, Option<&Currency>) -> Option<T>,
) -> Checked<(T, Vec<T>)> {
    let currencies = |top: Section<'_>| {
        let currencies = identity::currencies(top, BOOK.book, BOOK.currency)?;
        let codes: Vec<_> = currencies.iter().map(|currency| currency.code.as_str()).collect();
        let columns = price_column::names(top, BOOK.price_column, &codes);
        Some((currencies, columns))
    };
    TomlReader::read_each(source, BookKeys::SHAPE, currencies, make)
}

/// Builds the price book of one currency; without one, only reports errors.
fn build(top: Section<'_>, source: &Source, currency: Option<&Currency>) -> Option<PriceBook> {
    let identity = top.get(BOOK.book).and_then(identity::read);
    let approvers = ApproverNames::read(top, BOOK.approval, BOOK.review);
    let customers = CustomerRules::read(top, BOOK.customers);
    let columns = price_column::read_all(top, BOOK.price_column, &customers);
    let own = top.price_column();
    let column = columns.iter().find(|it| Some(it.name()) == own).cloned();
    let settings = PaymentSettings::read(top, BOOK.payment, BOOK.billing, BOOK.renewal);
    let sold_in = currency.map(|currency| {
        (currency, identity::currency_place(top, &top.get(BOOK.currency), currency))
    });
    let sold_in = sold_in.as_ref().map(|(currency, place)| (*currency, place));
    let mut metrics = metric::read_all(top, BOOK.metric, &approvers, &settings, sold_in);
    let metric_names = top.names(BOOK.metric);
    // A metric that is missing here has an error, or is sold in other currencies.
    let are_all_read = metrics.len() == metric_names.len();
    // The metrics under a misspelled key are not known.
    let metric_names = if top.is_misspelled(BOOK.metric) { Vec::new() } else { metric_names };
    let channels = read_named(top.get(BOOK.channel), |name, table| {
        channel::read(&name, table, &approvers, &metric_names)
    });
    let steps = (BOOK.waterfall, BOOK.discount);
    let names =
        BookNames { approvers: &approvers, settings: &settings, customers: &customers, currency };
    let discounts = discount::read_all(top, steps, names, &metrics, &metric_names);
    for metric in &mut metrics {
        let mine = discounts.iter().filter(|it| it.applies_to(&metric.name));
        metric.discount_places = mine.clone().map(Discount::places).sum();
        let by_order = || mine.clone().filter(|it| it.is_by_order());
        let with_orders = mine.clone().filter(|it| it.has_orders());
        metric.ordered_with = with_orders.flat_map(|it| it.metrics.iter().cloned()).collect();
        metric.order_breakpoints = by_order().flat_map(|it| it.order_breakpoints(metric)).collect();
        metric.has_line_steps = mine.clone().any(Discount::has_line_steps);
        metric.year_starts = discount::year_starts(mine.clone());
        metric.start_share();
    }
    let channel_names = top.names(BOOK.channel);
    let known =
        ConditionNames { metrics: &metric_names, customers: &customers, channels: &channel_names };
    let (guardrails, minimums) = guardrail::read_all(top.get(BOOK.guardrail), &approvers, known);
    let services = read_named(top.get(BOOK.service), |name, table| {
        service::read(&name, table, &approvers, currency)
    });
    let clauses =
        read_named(top.get(BOOK.clause), |name, table| clause::read(&name, table, &approvers));
    let known_metrics = are_all_read.then_some(metrics.as_slice());
    let alternatives = read_named(top.get(BOOK.alternative), |name, table| {
        alternative::read(name, table, known_metrics, currency)
    });
    example::check_names(&top.get(BOOK.example));
    let term = top.get(BOOK.term);
    let commitment = term.map(|table| term::commitment(table, &approvers)).unwrap_or_default();
    let (rounding, rounding_rule) = identity::rounding(top, top.get(BOOK.rounding));
    let (identity, currency) = (identity?, currency?);
    Some(PriceBook {
        name: identity.name,
        version: identity.version,
        sha256: format!("{:x}", Sha256::digest(source.text().as_bytes())),
        currency: currency.clone(),
        is_one_of_several: false,
        columns,
        column,
        effective: identity.effective,
        until: identity.until,
        time_zone: identity.time_zone,
        validity: identity.validity,
        rule: identity.rule,
        terms: term.and_then(term::years),
        commitment,
        rounding,
        rounding_rule,
        ladder: approvers.ladder,
        reviews: approvers.reviews,
        customers,
        metrics,
        discounts,
        channels,
        guardrails,
        minimums,
        services,
        clauses,
        alternatives,
        payment: settings.payment,
        billing: settings.billing,
        renewal: settings.renewal,
    })
}

/// Reads tables under names of the book's own, and leaves out those with errors.
fn read_named<T>(
    tables: Vec<(Written<String>, Section<'_>)>,
    read: impl Fn(Written<String>, Section<'_>) -> Option<T>,
) -> Vec<T> {
    tables.into_iter().filter_map(|(name, table)| read(name, table)).collect()
}
