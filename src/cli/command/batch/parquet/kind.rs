//! Types of columns that hold a field of a deal, and their values as plain digits.

use crate::answer::batch::Column;
use parquet::basic::{ConvertedType, LogicalType, Type as Physical};
use parquet::schema::types::ColumnDescriptor;
use std::io::Write;

/// Type of a column, as far as its values are exact.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ColumnKind {
    Text,
    Signed,
    Unsigned,
    /// Number with `scale` decimal places, of which `least` stay where they are zeros.
    Decimal {
        scale: usize,
        least: usize,
    },
}

/// Digits of the largest decimal. No amount and no quantity has more.
const MOST_DIGITS: i32 = 38;

const WRITE: &str = "write it as text, as an integer or as DECIMAL";

impl ColumnKind {
    /// Finds the type of a column, or says which type it has and what to do about it.
    pub fn of(column: Column, described: &ColumnDescriptor) -> Result<Self, String> {
        let physical = described.physical_type();
        let refused = |hint: &str| match described.converted_type() {
            ConvertedType::NONE => Err(format!("the column `{column}` is {physical}: {hint}")),
            converted => Err(format!("the column `{column}` is {converted}: {hint}")),
        };
        if described.max_rep_level() > 0 || described.path().parts().len() > 1 {
            return refused("write one text or number in each row");
        }
        match (described.logical_type_ref(), described.converted_type(), physical) {
            (_, _, Physical::FLOAT | Physical::DOUBLE) => {
                refused("it is not exact; write it as DECIMAL, as an integer or as text")
            }
            (Some(LogicalType::Decimal(_)), _, _) | (None, ConvertedType::DECIMAL, _) => {
                let scale = usize::try_from(described.type_scale()).ok();
                let is_short = described.type_precision() <= MOST_DIGITS;
                match scale.filter(|_| is_short) {
                    // As a rate, 1 could be all of it or a hundredth of it; 1.00 is all.
                    Some(scale) if matches!(column, Column::StrategicRate | Column::Volume) => {
                        Ok(Self::Decimal { scale, least: scale.min(2) })
                    }
                    Some(scale) => Ok(Self::Decimal { scale, least: 0 }),
                    None => refused("write it as DECIMAL of 38 digits at most"),
                }
            }
            (Some(LogicalType::Integer(it)), _, Physical::INT32 | Physical::INT64) => {
                Ok(if it.is_signed { Self::Signed } else { Self::Unsigned })
            }
            (None, converted, Physical::INT32 | Physical::INT64) => match converted {
                ConvertedType::UINT_8
                | ConvertedType::UINT_16
                | ConvertedType::UINT_32
                | ConvertedType::UINT_64 => Ok(Self::Unsigned),
                ConvertedType::NONE
                | ConvertedType::INT_8
                | ConvertedType::INT_16
                | ConvertedType::INT_32
                | ConvertedType::INT_64 => Ok(Self::Signed),
                _ => refused(WRITE),
            },
            (
                None | Some(LogicalType::String | LogicalType::Enum | LogicalType::Json),
                _,
                Physical::BYTE_ARRAY,
            )
            // Type of a column whose values are all null.
            | (Some(LogicalType::Unknown), _, Physical::INT32) => Ok(Self::Text),
            _ => refused(WRITE),
        }
    }

    /// Appends the digits of a value of 32 or 64 bits.
    pub fn put_whole(self, signed: i64, unsigned: u64, text: &mut Vec<u8>) -> Option<()> {
        match self {
            Self::Decimal { scale, least } => put_decimal(signed.into(), scale, least, text),
            // Memory takes all that is written.
            Self::Unsigned => write!(text, "{unsigned}").ok(),
            Self::Signed | Self::Text => write!(text, "{signed}").ok(),
        }
    }

    /// Appends a value of bytes. Returns `None` for a decimal of more than 38 digits.
    pub fn put_bytes(self, bytes: &[u8], text: &mut Vec<u8>) -> Option<()> {
        let Self::Decimal { scale, least } = self else {
            text.extend_from_slice(bytes);
            return Some(());
        };
        // Two's complement, the highest byte first.
        let sign = if bytes.first().is_some_and(|first| *first >= 0x80) { 0xff } else { 0 };
        let (more, digits) = bytes.split_at(bytes.len().saturating_sub(16));
        let mut whole = [sign; 16];
        whole[16 - digits.len()..].copy_from_slice(digits);
        let value = i128::from_be_bytes(whole);
        let fits = more.iter().all(|byte| *byte == sign) && (value < 0) == (sign == 0xff);
        fits.then_some(())?;
        put_decimal(value, scale, least, text)
    }
}

fn put_decimal(value: i128, scale: usize, least: usize, text: &mut Vec<u8>) -> Option<()> {
    let digits = format!("{:0width$}", value.unsigned_abs(), width = scale + 1);
    let (whole, places) = digits.split_at(digits.len() - scale);
    let kept = places.trim_end_matches('0').len().max(least);
    let sign = if value < 0 { "-" } else { "" };
    let point = if kept == 0 { "" } else { "." };
    write!(text, "{sign}{whole}{point}{}", &places[..kept]).ok()
}
