//! Typed keys: one declaration for the reader, the writer, the schema and the enums of a table.
//!
//! `keys!` declares the keys of a table, with other words that people write for them and for their values, and `choices!`
//! the words that a key can have:
//!
//! ```text
//! choices! { pub enum ChannelBase { CustomerNet = "customer-net", List = "list" } }
//!
//! keys! {
//!     CHANNEL: ChannelKeys = "a channel", "A way to sell through a partner.";
//!
//!     required title: String = "The words that people read, such as Reseller.";
//!     optional base: ChannelBase = "What the rate is off.";
//!
//!     @guesses { "name" => "title"; base "price_list" => "list"; }
//! }
//!
//! let base: Option<Written<ChannelBase>> = section.get(CHANNEL.base);
//! let schema = schema::of(ChannelKeys::SHAPE, "channel");
//! ```

use super::section::Section;
use super::shape::{Key, Kind, Shape};
use crate::number::{Date, Interval, Money, MoneyRange, Percentage, Quantity, Rate, RateRange};
use crate::text::source::Written;
use std::marker::PhantomData;

/// Key of a table with the type of its value.
pub struct TypedKey<T> {
    pub name: &'static str,
    required: bool,
    about: &'static str,
    value: PhantomData<fn() -> T>,
}

impl<T> Clone for TypedKey<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for TypedKey<T> {}

impl<T> AsRef<str> for TypedKey<T> {
    fn as_ref(&self) -> &str {
        self.name
    }
}

impl<T: KeyType> TypedKey<T> {
    pub const fn required(name: &'static str, about: &'static str) -> Self {
        Self { name, required: true, about, value: PhantomData }
    }

    pub const fn optional(name: &'static str, about: &'static str) -> Self {
        Self { name, required: false, about, value: PhantomData }
    }

    /// Returns the declaration without the type, for a [`Shape`].
    pub const fn key(&self) -> Key {
        Key { name: self.name, kind: T::KIND, required: self.required, about: self.about }
    }
}

/// Keys of one table, declared with `keys!`.
pub trait Keys {
    /// Every key of the table, in the order of the declaration.
    const SHAPE: &'static Shape;
}

/// Words that a key can have, declared with `choices!`.
pub trait Choice: Copy + 'static {
    /// Words as files write them, in the order of the declaration.
    const WORDS: &'static [&'static str];
    /// Values, each at the index of its word.
    const VALUES: &'static [Self];
}

/// Type of the value of a key.
pub trait KeyType {
    /// Form of the value in TOML.
    const KIND: Kind;
    /// Result of reading the key.
    type Read<'a>;

    /// Reads the key of that name, and reports errors in its value.
    fn read<'a>(section: &Section<'a>, name: &str) -> Self::Read<'a>;
}

impl<'a> Section<'a> {
    /// Reads a key, and reports errors in its value.
    pub fn get<T: KeyType>(&self, key: TypedKey<T>) -> T::Read<'a> {
        T::read(self, key.name)
    }

    /// Reads a key like [`Section::get`], without the place of its value.
    pub fn value<V, T: KeyType<Read<'a> = Option<Written<V>>>>(
        &self,
        key: TypedKey<T>,
    ) -> Option<V> {
        self.get(key).map(|written| written.value)
    }
}

impl<C: Choice> KeyType for C {
    const KIND: Kind = Kind::Choice(C::WORDS);
    type Read<'a> = Option<Written<C>>;

    fn read<'a>(section: &Section<'a>, name: &str) -> Self::Read<'a> {
        section.choice(name).map(|index| index.map(|index| C::VALUES[index]))
    }
}

/// Whole number from `LOW` to `HIGH`.
pub struct WholeNumber<const LOW: u32, const HIGH: u32>;

/// Rate, amount or number of years: a sibling key says which.
pub struct MeasuredValue;

/// Codes of the currencies in which a table holds; all of them if the key is left out.
pub struct CurrencyList;

/// Flag that can say in words what it is about.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum FlagOrText {
    /// False, or left out.
    #[default]
    Off,
    On,
    Text(String),
}

impl FlagOrText {
    pub fn is_on(&self) -> bool {
        *self != Self::Off
    }

    pub fn text(&self) -> Option<&str> {
        match self {
            Self::Text(text) => Some(text),
            Self::Off | Self::On => None,
        }
    }
}

/// Table that another reader opens. Its value is the table in one line, as TOML writes it.
pub struct AnyTable;

pub struct OneTable<K>(PhantomData<K>);

pub struct TableList<K>(PhantomData<K>);

pub struct TableOrList<K>(PhantomData<K>);

/// Tables with these keys, each under a name that the author of the file chooses.
pub struct NamedTables<K>(PhantomData<K>);

/// Rates or words, each under a name that the author of the file chooses.
pub struct NamedRates<C>(PhantomData<C>);

/// Implements [`KeyType`] by rows of parameters, type, kind, result and the getter that reads it.
macro_rules! key_types {
    ($([$($param:tt)*] $type:ty: $kind:expr => $read:ty = $getter:ident;)+) => {
        $(impl<$($param)*> KeyType for $type {
            const KIND: Kind = $kind;
            type Read<'a> = $read;

            fn read<'a>(section: &Section<'a>, name: &str) -> Self::Read<'a> {
                section.$getter(name)
            }
        })+
    };
}

key_types! {
    [] String: Kind::Text => Option<Written<String>> = text;
    [] Vec<String>: Kind::Texts => Vec<Written<String>> = texts;
    [] CurrencyList: Kind::Currencies => Vec<Written<String>> = texts;
    [] bool: Kind::Flag => bool = flag;
    [] FlagOrText: Kind::FlagOrText => FlagOrText = flag_or_text;
    [] Date: Kind::Date => Option<Written<Date>> = date;
    [] Money: Kind::Money => Option<Written<Money>> = money;
    [] MoneyRange: Kind::MoneyRange => Option<Written<MoneyRange>> = money_range;
    [] Rate: Kind::Rate => Option<Written<Rate>> = rate;
    [] RateRange: Kind::Rates => Option<Written<RateRange>> = rates;
    [] Percentage: Kind::Percentage => Option<Written<Percentage>> = percentage;
    [] Quantity: Kind::Quantity => Option<Written<Quantity>> = quantity;
    [] Interval: Kind::Range => Option<Written<Interval>> = range;
    [] MeasuredValue: Kind::Threshold => Option<Written<String>> = threshold;
    [const LOW: u32, const HIGH: u32] WholeNumber<LOW, HIGH>: Kind::Whole(LOW, HIGH) => Option<Written<u32>> = whole;
    [] AnyTable: Kind::AnyTable => Option<Written<String>> = any_table;
    [K: Keys] OneTable<K>: Kind::Table(K::SHAPE) => Option<Section<'a>> = table;
    [K: Keys] TableList<K>: Kind::Tables(K::SHAPE) => Vec<Section<'a>> = tables;
    [K: Keys] TableOrList<K>: Kind::TableOrTables(K::SHAPE) => Vec<Section<'a>> = tables;
    [K: Keys] NamedTables<K>: Kind::Named(K::SHAPE) => Vec<(Written<String>, Section<'a>)> = named;
    [C: Choice] NamedRates<C>: Kind::NamedRates(C::WORDS) => Vec<(Written<String>, Written<String>)> = named_rates;
}

/// Declares the keys of one table, and guesses of them in small letters with underscores: a constant with a [`TypedKey`] for each, and their [`Shape`].
macro_rules! keys {
    (
        $(#[$doc:meta])*
        $vis:vis $table:ident: $keys:ident = $what:literal, $about:literal;
        $($need:ident $name:ident: $type:ty = $means:literal;)+
        $(@guesses { $($($value_of:ident)? $($guess:literal)|+ => $meant:literal;)+ })?
    ) => {
        $(#[$doc])*
        $vis const $table: $keys = $keys {
            $($name: $crate::table::TypedKey::$need(stringify!($name), $means),)+
        };

        $(#[$doc])*
        $vis struct $keys {
            $(#[doc = $means] $vis $name: $crate::table::TypedKey<$type>,)+
        }

        impl $crate::table::Keys for $keys {
            const SHAPE: &'static $crate::table::Shape = &$crate::table::Shape {
                what: $what,
                about: $about,
                keys: &[$($table.$name.key(),)+],
                guesses: &[$($($crate::table::Guess {
                    value_of: [$(Some(stringify!($value_of)),)? None][0],
                    words: &[$($guess,)+],
                    meant: $meant,
                },)+)?],
            };
        }
    };
}

/// Declares an enum with the word of each variant in files, or the words of an enum of `number`.
macro_rules! choices {
    (
        $(#[$meta:meta])*
        $vis:vis enum $choice:ident { $($(#[$doc:meta])* $variant:ident = $word:literal,)+ }
    ) => {
        $(#[$meta])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        $vis enum $choice { $($(#[$doc])* $variant,)+ }

        $crate::table::choices! { impl $vis $choice { $($variant = $word,)+ } }
    };
    (impl $vis:vis $choice:ident { $($variant:ident = $word:literal,)+ }) => {
        impl $choice {
            #[allow(dead_code, reason = "only some enums are written or shown")]
            $vis const fn name(self) -> &'static str {
                match self { $(Self::$variant => $word,)+ }
            }
        }

        impl $crate::table::Choice for $choice {
            const WORDS: &'static [&'static str] = &[$($word,)+];
            const VALUES: &'static [Self] = &[$(Self::$variant,)+];
        }
    };
}

pub(crate) use {choices, keys};
