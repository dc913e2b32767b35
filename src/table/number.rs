//! Reads texts as numbers and dates, with errors that point at the text.

use crate::number::{
    Currency, Date, Interval, IntervalError, Money, MoneyRange, NumberError, Percentage, Quantity,
    Rate, RateRange, RateRangeError,
};
use crate::text::diagnostic::{Code, Diagnostic};
use crate::text::source::{Place, Written};

pub(crate) fn fault(fault: &NumberError, place: Place) -> Diagnostic {
    let code = match fault {
        NumberError::Negative => Code::Negative,
        NumberError::AboveOne(_) => Code::RateAboveOne,
        _ => Code::BadNumber,
    };
    Diagnostic::new(code, place, fault.to_string()).maybe_hint(fault.hint())
}

pub(crate) type Parsed<T> = Result<Written<T>, Diagnostic>;

fn parsed<T>(text: Written<&str>, parse: impl Fn(&str) -> Result<T, NumberError>) -> Parsed<T> {
    let value = parse(text.value).map_err(|why| fault(&why, text.place.clone()))?;
    Ok(Written::new(value, text.place))
}

pub(crate) fn money(text: Written<&str>) -> Parsed<Money> {
    parsed(text, Money::parse)
}

pub(super) fn money_range(text: Written<&str>) -> Parsed<MoneyRange> {
    let amount = |part: &str| money(Written::new(part.trim(), text.place.clone()));
    // A minus sign before a single amount is an error of that amount, not a range.
    let (least, most) = match text.value.split_once('-') {
        Some((least, most)) if !least.trim().is_empty() => (amount(least)?, amount(most)?),
        _ => (amount(text.value)?, amount(text.value)?),
    };
    let range = MoneyRange::new(least.value, most.value).ok_or_else(|| {
        let fault = text.fault(Code::BadRange, "this range ends before it starts");
        fault.hint("write the smaller amount first")
    })?;
    Ok(Written::new(range, text.place))
}

/// Returns the error for a paid amount with more decimal places than its currency has.
pub(crate) fn not_in_coins(amount: &Written<Money>, currency: &Currency) -> Option<Diagnostic> {
    let Currency { code, minor, .. } = currency;
    let message = format!("an amount in {code} has at most {minor} decimal places");
    (amount.value.decimals() > *minor).then(|| {
        amount
            .fault(Code::BadNumber, message)
            .hint("amounts to pay are not rounded: write the exact amount")
    })
}

pub(super) fn interval(text: Written<&str>) -> Parsed<Interval> {
    let range = Interval::parse(text.value).map_err(|why| {
        let (message, hint) = match why {
            IntervalError::Form => {
                ("this is not a range of whole numbers", "write \"3-49\", \"500+\" or \"2\"")
            }
            IntervalError::Backwards => {
                ("this range ends before it starts", "write the smaller number first")
            }
            IntervalError::TooLarge => {
                ("this range goes beyond 1000000000", "a range without an end is written \"500+\"")
            }
        };
        text.fault(Code::BadRange, message).hint(hint)
    })?;
    Ok(Written::new(range, text.place))
}

pub(super) fn percentage(text: Written<&str>) -> Parsed<Percentage> {
    parsed(text, Percentage::parse)
}

pub(crate) fn rate(text: Written<&str>) -> Parsed<Rate> {
    let rate = Rate::parse(text.value).map_err(|why| {
        let fault = fault(&why, text.place.clone());
        match why {
            NumberError::NotANumber | NumberError::Separator(_) | NumberError::AboveOne(None) => {
                fault.hint("write a rate as \"15%\" or 0.15")
            }
            _ => fault,
        }
    })?;
    Ok(Written::new(rate, text.place))
}

pub(super) fn rates(text: Written<&str>) -> Parsed<RateRange> {
    const FORM: &str = "write a range of rates as \"30%-35%\", or one rate as \"30%\"";
    let range = RateRange::parse(text.value).map_err(|why| {
        let (message, hint) = match why {
            RateRangeError::Form => ("this is not a range of rates", FORM),
            RateRangeError::OnePercentSign => {
                ("only one end of this range has a percent sign", FORM)
            }
            RateRangeError::Backwards => {
                ("this range ends before it starts", "write the smaller rate first")
            }
            RateRangeError::Rate(why) => return fault(&why, text.place.clone()).hint(FORM),
        };
        text.fault(Code::BadRange, message).hint(hint)
    })?;
    Ok(Written::new(range, text.place))
}

pub(crate) fn quantity(text: Written<&str>) -> Parsed<Quantity> {
    parsed(text, Quantity::parse)
}

/// Reads a date that is written year first.
pub(crate) fn date(text: Written<&str>) -> Parsed<Date> {
    let date = Date::parse(text.value).map_err(|_| {
        let fault = text.fault(Code::BadDate, format!("`{}` is not a date", text.value));
        fault.hint("write year-month-day, such as 2026-11-21")
    })?;
    Ok(Written::new(date, text.place))
}
