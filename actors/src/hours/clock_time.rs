//! `ClockTime`: a time of day on the half-hour, 00:00 to 24:00.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer};
use thiserror::Error;
use utoipa::ToSchema;

/// The smallest step of working hours, in minutes.
const STEP_MINUTES: u16 = 30;
/// Half-hours of a day; one more step is 24:00.
const DAY: u8 = 48;

/// The text is not a half-hour of a day.
#[derive(Clone, Copy, Debug, Error, PartialEq, Eq)]
#[error("not a half-hour between 00:00 and 24:00")]
pub struct NotATime;

/// A time of day on the half-hour, written `09:30`; the end of the day is `24:00`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, ToSchema)]
#[schema(value_type = String, pattern = "^(([01][0-9]|2[0-3]):(00|30)|24:00)$")]
#[cfg_attr(test, derive(ts_rs::TS), ts(type = "string", export, export_to = "wire.ts"))]
pub struct ClockTime(u8);

impl ClockTime {
    /// 00:00.
    pub const MIDNIGHT: Self = Self(0);
    /// 24:00.
    pub const END: Self = Self(DAY);

    /// Every half-hour that begins on a day: 00:00 to 23:30.
    pub fn all() -> impl Iterator<Item = Self> {
        (0..DAY).map(Self)
    }

    /// Minutes since 00:00; 1,440 for 24:00.
    pub fn minutes(self) -> u16 {
        u16::from(self.0) * STEP_MINUTES
    }

    /// The half-hour that begins this many minutes after 00:00.
    pub fn from_minutes(minutes: u16) -> Result<Self, NotATime> {
        let half_hours = u8::try_from(minutes / STEP_MINUTES).map_err(|_out_of_range| NotATime)?;
        if minutes.is_multiple_of(STEP_MINUTES) && half_hours <= DAY { Ok(Self(half_hours)) } else { Err(NotATime) }
    }
}

impl fmt::Display for ClockTime {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:02}:{:02}", self.minutes() / 60, self.minutes() % 60)
    }
}

impl FromStr for ClockTime {
    type Err = NotATime;

    fn from_str(text: &str) -> Result<Self, NotATime> {
        let (hours, minutes) = text.split_once(':').ok_or(NotATime)?;
        let (hours, minutes) = (two_digits(hours)?, two_digits(minutes)?);
        if minutes < 60 { Self::from_minutes(hours * 60 + minutes) } else { Err(NotATime) }
    }
}

fn two_digits(text: &str) -> Result<u16, NotATime> {
    if text.len() == 2 && text.bytes().all(|byte| byte.is_ascii_digit()) {
        text.parse().map_err(|_overflow| NotATime)
    } else {
        Err(NotATime)
    }
}

impl Serialize for ClockTime {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for ClockTime {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = <std::borrow::Cow<'de, str>>::deserialize(deserializer)?;
        text.parse().map_err(serde::de::Error::custom)
    }
}
