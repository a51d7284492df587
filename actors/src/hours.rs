//! Working hours: is it open now, when does that change, which half-hours can be ordered?
//!
//! Pure. A week of days, exceptions by date and a zone give windows of time;
//! every answer comes from those windows, so that all answers agree.

mod clock_time;
#[cfg(test)]
mod properties;
#[cfg(test)]
mod tests;
mod windows;

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

pub use clock_time::{ClockTime, NotATime};
pub use windows::{AHEAD_DAYS, HalfHour, LocalTime, NotOrderable, Window, Zone, ZoneError};

use crate::moment::Moment;

/// When a package is open.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(default, deny_unknown_fields)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export, export_to = "wire.ts"))]
pub struct Hours {
    pub week: Week,
    /// Dates that differ from their day of the week, at most one entry for each date.
    pub exceptions: Vec<Exception>,
}

/// The seven days of a week.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(default, deny_unknown_fields)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export, export_to = "wire.ts"))]
pub struct Week {
    pub mon: Day,
    pub tue: Day,
    pub wed: Day,
    pub thu: Day,
    pub fri: Day,
    pub sat: Day,
    pub sun: Day,
}

/// One day.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case", tag = "open", deny_unknown_fields)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export, export_to = "wire.ts"))]
pub enum Day {
    #[default]
    AllDay,
    Closed,
    /// In order, without overlap.
    Hours {
        intervals: Vec<Interval>,
    },
}

/// Part of a day, in steps of half an hour.
///
/// One that ends at or before its begin ends on the next day: 22:00–02:00.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export, export_to = "wire.ts"))]
pub struct Interval {
    /// 00:00 to 23:30.
    pub from: ClockTime,
    /// 00:30 to 24:00, or up to `from` on the next day.
    pub to: ClockTime,
}

/// A date with hours of its own.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export, export_to = "wire.ts"))]
pub struct Exception {
    /// As `2026-12-25`.
    #[schema(value_type = String, format = Date)]
    #[cfg_attr(test, ts(type = "string"))]
    pub date: jiff::civil::Date,
    /// Why, for the people who edit the hours.
    #[serde(default)]
    pub note: String,
    pub day: Day,
}

/// Whether a package is open at this moment, and until when that holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export, export_to = "wire.ts", optional_fields))]
pub struct HoursNow {
    pub is_open: bool,
    /// When it closes or opens next; absent when it stays so for a year.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub until: Option<Moment>,
}
