//! The arithmetic of an invoice of use.

use super::{MonthBill, UsageStatement};
use crate::book::PriceBasis;
use crate::number::UnitHours;
use crate::quote::text::list_price;

/// `7,300,000 × $0.03`, which is the amount before it is rounded.
pub(super) fn product(statement: &UsageStatement<'_, '_>, bill: &MonthBill<'_>) -> String {
    let Some((priced, price)) = bill.priced.as_ref().zip(bill.price()) else {
        return "no usage".to_owned();
    };
    let price = statement.quote.show(price);
    match priced.list.basis {
        PriceBasis::Line => price,
        PriceBasis::Package(size) => {
            format!("{} × {price} per {size}", priced.list.times.grouped())
        }
        PriceBasis::Unit => format!("{} × {price}", bill.figures.charged.grouped()),
    }
}

/// Explains an invoice to a reader with a calculator.
pub(super) fn bill(statement: &UsageStatement<'_, '_>, bill: &MonthBill<'_>) -> String {
    match statement.hours {
        Some(_) => by_hour(statement, bill),
        None => by_unit(statement, bill),
    }
}

fn by_hour(statement: &UsageStatement<'_, '_>, bill: &MonthBill<'_>) -> String {
    let book = statement.quote.deal.book;
    let show = |amount| statement.quote.show(amount);
    let (one, many) = (&statement.line.metric.unit, &statement.line.metric.units);
    let (figures, month) = (&bill.figures, bill.month);
    let Some((priced, price)) = bill.priced.as_ref().zip(bill.price()) else {
        return format!("{month}: no usage, nothing due");
    };
    let hours = figures.hours;
    let (used, average) = (figures.used.grouped(), figures.average().grouped());
    let mut parts = vec![format!("{month}: {used} {one}-hours / {hours} hours = {average} {many}")];
    let least = statement.line.committed.map(|count| {
        let least = UnitHours::of(count, hours).grouped();
        let count = count.grouped();
        parts.push(format!("commitment {count} × {hours} hours = {least} {one}-hours"));
        least
    });
    let (tier, units) = (priced.list.tier, priced.list.times.grouped());
    let is_rounded = figures.charged != UnitHours::of(priced.list.times, hours);
    let rounded = if is_rounded { format!("rounded up to {units}, ") } else { String::new() };
    parts.push(format!("{rounded}range {}", tier.quantity()));
    if bill.resold.is_some() {
        let (customer, partner) = (show(priced.net()), show(price));
        parts.push(format!("the customer pays {customer}, and the partner {partner}"));
    }
    let exact = price * figures.charged;
    let amount = figures.amount();
    let rounded = if exact == amount {
        String::new()
    } else {
        format!(", {} {}", book.rounding, show(amount))
    };
    parts.push(format!("{} = {}{rounded}", product(statement, bill), show(exact)));
    if let Some(least) = least {
        let (baseline, overage) = (show(figures.baseline), show(figures.overage));
        let price = show(price);
        parts.push(format!("baseline {least} × {price} = {baseline}, overage {overage}"));
    }
    format!("{}  [{}]", parts.join("; "), tier.rule.source)
}

/// Explains a month of units without hours: its list price by ranges, the net price, and what is due.
fn by_unit(statement: &UsageStatement<'_, '_>, bill: &MonthBill<'_>) -> String {
    let book = statement.quote.deal.book;
    let show = |amount| statement.quote.show(amount);
    let (figures, month) = (&bill.figures, bill.month);
    let Some((priced, price)) = bill.priced.as_ref().zip(bill.price()) else {
        return format!("{month}: no usage, nothing due");
    };
    let (used, many) = (figures.used.grouped(), &statement.line.metric.units);
    let mut parts = vec![format!("{month}: {used} {many}")];
    if figures.charged != figures.used {
        parts.push(format!("Charged: {}", figures.charged.grouped()));
    }
    parts.push(list_price(statement.quote, statement.line, priced));
    if price != priced.list.price {
        parts.push(format!("Net price: {}", show(price)));
    }
    let (exact, amount) = (price * priced.list.times, figures.amount());
    let rounded = if exact == amount {
        String::new()
    } else {
        format!(", {} {}", book.rounding, show(amount))
    };
    let product = match priced.list.basis {
        PriceBasis::Line => show(exact),
        _ => format!("{} = {}", product(statement, bill), show(exact)),
    };
    parts.push(format!("Due: {product}{rounded}"));
    if statement.line.committed.is_some() {
        let (baseline, overage) = (show(figures.baseline), show(figures.overage));
        parts.push(format!("Baseline: {baseline}, overage: {overage}"));
    }
    parts.join(". ")
}
