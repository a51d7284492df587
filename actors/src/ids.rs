//! Typed ids: one type per row, so that ids of two kinds cannot be swapped.
//!
//! An id is a time-sortable 63-bit number: 41 bits of milliseconds, 22 random
//! bits. People and JSON see it as 13 characters of Crockford base32.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer};
use thiserror::Error;

use crate::moment::Moment;

const ALPHABET: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const DIGITS: usize = 13;
const RANDOM_BITS: u32 = 22;

/// The text is not an id.
#[derive(Clone, Copy, Debug, Error, PartialEq, Eq)]
#[error("not an id")]
pub struct NotAnId;

/// Makes a raw id of the moment and 32 random bits.
pub fn mint(now: Moment, random: u32) -> i64 {
    let random = i64::from(random >> (u32::BITS - RANDOM_BITS));
    (now.millis() << RANDOM_BITS) & i64::MAX | random
}

/// Random bits of the operating system.
///
/// A failing entropy source yields the same bits each time; the unique index of
/// the table then refuses the second row instead of the process going down.
pub fn random_bits() -> u32 {
    getrandom::u32().unwrap_or_default()
}

fn write(raw: i64, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    for place in (0..DIGITS).rev() {
        let digit = (raw.cast_unsigned() >> (place * 5)) & 31;
        let letter = ALPHABET.get(usize::try_from(digit).unwrap_or_default()).copied().unwrap_or(b'0');
        fmt::Write::write_char(f, char::from(letter))?;
    }
    Ok(())
}

fn read(text: &str) -> Result<i64, NotAnId> {
    if text.len() != DIGITS {
        return Err(NotAnId);
    }
    let mut raw: u64 = 0;
    for byte in text.bytes() {
        let digit = ALPHABET.iter().position(|letter| *letter == byte).ok_or(NotAnId)?;
        raw = raw.checked_mul(32).ok_or(NotAnId)? | u64::try_from(digit).map_err(|_out_of_range| NotAnId)?;
    }
    i64::try_from(raw).map_err(|_out_of_range| NotAnId)
}

macro_rules! id {
    ($($(#[$doc:meta])+ $name:ident)+) => {$(
        $(#[$doc])+
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[cfg_attr(test, derive(ts_rs::TS), ts(type = "string", export, export_to = "wire.ts"))]
        pub struct $name(i64);

        impl $name {
            /// Makes a new id, sorted by time among its kind.
            pub fn mint(now: Moment) -> Self {
                Self(mint(now, random_bits()))
            }

            /// When it was made, to the millisecond.
            pub fn made_at(self) -> Moment {
                Moment::from_millis(self.0 >> RANDOM_BITS)
            }
        }

        impl From<i64> for $name {
            fn from(raw: i64) -> Self {
                Self(raw)
            }
        }

        impl From<$name> for i64 {
            fn from(id: $name) -> Self {
                id.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write(self.0, f)
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write(self.0, f)
            }
        }

        impl FromStr for $name {
            type Err = NotAnId;

            fn from_str(text: &str) -> Result<Self, NotAnId> {
                read(text).map(Self)
            }
        }

        impl Serialize for $name {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.collect_str(self)
            }
        }

        impl utoipa::PartialSchema for $name {
            fn schema() -> utoipa::openapi::RefOr<utoipa::openapi::schema::Schema> {
                utoipa::openapi::ObjectBuilder::new()
                    .schema_type(utoipa::openapi::schema::Type::String)
                    .pattern(Some("^[0-7][0-9A-HJKMNP-TV-Z]{12}$"))
                    .into()
            }
        }

        impl utoipa::ToSchema for $name {}

        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let text = <std::borrow::Cow<'de, str>>::deserialize(deserializer)?;
                text.parse().map_err(serde::de::Error::custom)
            }
        }
    )+};
}

id! {
    /// Who rents the hub.
    BusinessId
    /// One button, its call page and their settings.
    PackageId
    /// Someone who can sign in; a consultant when taking chats or calls.
    AccountId
    /// A person in a browser on a business's site.
    VisitorId
    /// One conversation between a visitor and a consultant.
    ChatId
    /// One conversation by voice between a visitor and a consultant.
    CallId
    /// A call a visitor ordered for a date and time.
    OrderId
    /// A message a visitor left when nobody was there.
    LeftMessageId
    /// One entry of the audit.
    AuditId
    /// A plugin or a rule table of a business.
    PluginId
    /// One kept decision of the rules.
    DecisionId
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_reads_back_what_it_writes() {
        let id = ChatId::from(mint(Moment::from_millis(1_790_000_000_000), u32::MAX));

        assert_eq!(id.to_string().parse(), Ok(id));
        assert_eq!(id.to_string().len(), 13);
    }

    #[test]
    fn ids_sort_by_time_as_numbers_and_as_text() {
        let early = ChatId::from(mint(Moment::from_millis(1), u32::MAX));
        let late = ChatId::from(mint(Moment::from_millis(2), 0));

        assert!(early < late);
        assert!(early.to_string() < late.to_string());
    }

    #[test]
    fn foreign_text_is_not_an_id() {
        for text in ["", "0", "00000000000000", "000000000000U", "ZZZZZZZZZZZZZ", "ąąąąąąą", "-000000000001"] {
            assert_eq!(text.parse::<ChatId>(), Err(NotAnId), "{text}");
        }
    }
}
