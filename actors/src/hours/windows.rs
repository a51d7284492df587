//! From hours and a zone to windows of time, and from windows to every answer.
//!
//! A time the clock shows twice means its first occurrence; a time it skips
//! means the moment of the skip.

use std::time::Duration;

use jiff::civil::{Date, DateTime, Weekday};
use jiff::tz::{AmbiguousOffset, TimeZone};
use jiff::{Timestamp, ToSpan as _};
use thiserror::Error;

use super::{ClockTime, Day, Hours, HoursNow, Interval};
use crate::moment::Moment;

/// How far ahead hours are looked at, and calls can be ordered.
pub const AHEAD_DAYS: u32 = 365;
const DAY: Duration = Duration::from_hours(24);
const HALF_HOUR_MS: i64 = 30 * 60 * 1000;

/// No zone has this name.
#[derive(Clone, Copy, Debug, Error, PartialEq, Eq)]
#[error("no time zone has this name")]
pub struct ZoneError;

/// Why no call can be ordered for a date and time.
#[derive(Clone, Copy, Debug, Error, PartialEq, Eq)]
pub enum NotOrderable {
    #[error("lies in the past")]
    Past,
    #[error("lies more than a year ahead")]
    TooFar,
    #[error("is skipped by the clock on that day")]
    Skipped,
    #[error("lies outside the working hours")]
    Closed,
}

/// A time zone by its IANA name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Zone(TimeZone);

/// A reading of a clock and a calendar.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LocalTime {
    pub date: Date,
    /// After midnight, 0–1439.
    pub minute: u16,
    /// From UTC, positive in the east.
    pub offset_minutes: i16,
    /// IANA name.
    pub zone: String,
}

/// From opening to closing; the closing moment is outside.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Window {
    pub opens: Moment,
    pub closes: Moment,
}

/// A half-hour in which a call can be ordered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct HalfHour {
    pub time: ClockTime,
    pub at: Moment,
}

/// What a clock of the zone does at a time of day.
enum Shown {
    At(Timestamp),
    /// Skipped: the clock jumps over it at this moment.
    Skipped(Timestamp),
}

impl Zone {
    /// The zone `name`; the zones are part of the program.
    pub fn named(name: &str) -> Result<Self, ZoneError> {
        TimeZone::get(name).map(Self).map_err(|_unknown| ZoneError)
    }

    /// The date a calendar in this zone shows.
    pub fn date(&self, now: Moment) -> Date {
        timestamp(now).to_zoned(self.0.clone()).date()
    }

    /// What clock and calendar of this zone show.
    pub fn local(&self, now: Moment) -> LocalTime {
        let shown = timestamp(now).to_zoned(self.0.clone());
        let minute = i32::from(shown.hour()) * 60 + i32::from(shown.minute());
        LocalTime {
            date: shown.date(),
            minute: u16::try_from(minute).unwrap_or_default(),
            offset_minutes: i16::try_from(shown.offset().seconds() / 60).unwrap_or_default(),
            zone: self.0.iana_name().unwrap_or("UTC").to_owned(),
        }
    }

    fn shown(&self, time: DateTime) -> Option<Shown> {
        match self.0.to_ambiguous_timestamp(time).offset() {
            AmbiguousOffset::Unambiguous { offset } | AmbiguousOffset::Fold { before: offset, .. } => {
                Some(Shown::At(offset.to_timestamp(time).ok()?))
            }
            AmbiguousOffset::Gap { before, .. } => {
                let within = before.to_timestamp(time).ok()?;
                let jump = self.0.preceding(within.checked_add(1.second()).ok()?).next()?;
                Some(Shown::Skipped(jump.timestamp()))
            }
        }
    }

    /// The moment a time of day begins on a date; 24:00 is the next midnight.
    fn moment(&self, date: Date, time: ClockTime) -> Option<Moment> {
        let at = date.at(0, 0, 0, 0).checked_add(i64::from(time.minutes()).minutes()).ok()?;
        match self.shown(at)? {
            Shown::At(at) | Shown::Skipped(at) => Some(Moment::from_millis(at.as_millisecond())),
        }
    }
}

impl Window {
    fn contains(&self, at: Moment) -> bool {
        self.opens <= at && at < self.closes
    }
}

impl Hours {
    /// Whether it is open, and until when that holds.
    pub fn now(&self, zone: &Zone, now: Moment) -> HoursNow {
        let mut open: Option<Moment> = None;
        for window in self.pieces(zone, zone.date(now)) {
            match open {
                // The next piece begins where this one ended, so it stays open.
                Some(closes) if window.opens <= closes => open = Some(closes.max(window.closes)),
                Some(closes) => return HoursNow { is_open: true, until: Some(closes) },
                None if window.contains(now) => open = Some(window.closes),
                None if window.opens > now => return HoursNow { is_open: false, until: Some(window.opens) },
                None => {}
            }
        }
        // What is open to the last day looked at does not close there.
        let seen = now.after(DAY * (AHEAD_DAYS - 2));
        HoursNow { is_open: open.is_some(), until: open.filter(|closes| *closes < seen) }
    }

    /// The windows that touch the days from `first` to `last`, joined where they meet.
    pub fn windows(&self, zone: &Zone, first: Date, last: Date) -> Vec<Window> {
        let mut windows: Vec<Window> = Vec::new();
        let days = first.yesterday().unwrap_or(first).series(1.day()).take_while(|date| *date <= last);
        for window in days.flat_map(|date| self.of_date(zone, date)) {
            match windows.last_mut() {
                Some(before) if window.opens <= before.closes => before.closes = before.closes.max(window.closes),
                Some(_) | None => windows.push(window),
            }
        }
        let begin = zone.moment(first, ClockTime::MIDNIGHT);
        windows.retain(|window| begin.is_none_or(|begin| window.closes > begin));
        windows
    }

    /// The half-hours of a date that can still be ordered.
    pub fn half_hours(&self, zone: &Zone, date: Date, now: Moment) -> Vec<HalfHour> {
        let windows = self.windows(zone, date, date.tomorrow().unwrap_or(date));
        let orderable = |time| Some(HalfHour { time, at: orderable(&windows, zone, date, time, now).ok()? });
        ClockTime::all().filter_map(orderable).collect()
    }

    /// The moment of a half-hour, when a call can be ordered for it.
    pub fn half_hour(&self, zone: &Zone, date: Date, time: ClockTime, now: Moment) -> Result<Moment, NotOrderable> {
        let windows = self.windows(zone, date, date.tomorrow().unwrap_or(date));
        orderable(&windows, zone, date, time, now)
    }

    /// The windows from the day before `date` on, in order, for a year, not joined.
    fn pieces(&self, zone: &Zone, date: Date) -> impl Iterator<Item = Window> {
        let first = date.yesterday().unwrap_or(date);
        let days = usize::try_from(AHEAD_DAYS).unwrap_or(usize::MAX);
        first.series(1.day()).take(days).flat_map(move |date| self.of_date(zone, date))
    }

    fn of_date(&self, zone: &Zone, date: Date) -> Vec<Window> {
        let between = |interval: &Interval| {
            let Interval { from, to } = *interval;
            let opens = zone.moment(date, from)?;
            let closes = if to > from { zone.moment(date, to)? } else { zone.moment(date.tomorrow().ok()?, to)? };
            (opens < closes).then_some(Window { opens, closes })
        };
        match self.day(date) {
            Day::Closed => Vec::new(),
            Day::AllDay => {
                let all = Interval { from: ClockTime::MIDNIGHT, to: ClockTime::END };
                between(&all).into_iter().collect()
            }
            Day::Hours { intervals } => intervals.iter().filter_map(between).collect(),
        }
    }

    /// What holds on a date: its exception, else its day of the week.
    pub fn day(&self, date: Date) -> &Day {
        if let Some(exception) = self.exceptions.iter().find(|exception| exception.date == date) {
            return &exception.day;
        }
        match date.weekday() {
            Weekday::Monday => &self.week.mon,
            Weekday::Tuesday => &self.week.tue,
            Weekday::Wednesday => &self.week.wed,
            Weekday::Thursday => &self.week.thu,
            Weekday::Friday => &self.week.fri,
            Weekday::Saturday => &self.week.sat,
            Weekday::Sunday => &self.week.sun,
        }
    }
}

fn orderable(
    windows: &[Window],
    zone: &Zone,
    date: Date,
    time: ClockTime,
    now: Moment,
) -> Result<Moment, NotOrderable> {
    let at = date.at(0, 0, 0, 0).checked_add(i64::from(time.minutes()).minutes());
    let shown = at.ok().filter(|at| at.date() == date).and_then(|at| zone.shown(at));
    let at = match shown {
        Some(Shown::At(at)) => Moment::from_millis(at.as_millisecond()),
        Some(Shown::Skipped(_)) => return Err(NotOrderable::Skipped),
        None => return Err(NotOrderable::Closed),
    };
    let today = zone.date(now);
    if at <= now {
        return Err(NotOrderable::Past);
    }
    if today.checked_add(i64::from(AHEAD_DAYS).days()).is_ok_and(|latest| date > latest) {
        return Err(NotOrderable::TooFar);
    }
    let ends = Moment::from_millis(at.millis().saturating_add(HALF_HOUR_MS));
    let fits = windows.iter().any(|window| window.opens <= at && ends <= window.closes);
    if fits { Ok(at) } else { Err(NotOrderable::Closed) }
}

fn timestamp(at: Moment) -> Timestamp {
    // Moments come from clocks and database rows, which lie in range.
    Timestamp::from_millisecond(at.millis()).unwrap_or(Timestamp::MAX)
}
