//! Working hours: the days a plugin is asked about, and what its verdicts make of the hours of a package.

use actors::hours::{ClockTime, Day, Exception, Hours, Interval};
use jiff::ToSpan as _;
use jiff::civil::Date;

use crate::questions::{civil, weekday};
use crate::wit::exports::click2callme::plugin::working_hours::{self, Plan, Span};

/// Days that one question is about.
pub const DAYS_OF_A_QUESTION: usize = 31;

/// These days as the owner set them, in the words of the plugin.
pub fn days(hours: &Hours, first: Date, count: usize) -> Vec<working_hours::Day> {
    let day = |date: Date| working_hours::Day {
        date: civil(date),
        weekday: weekday(date),
        holiday: None,
        base: base(hours, date),
    };
    first.series(1.day()).take(count).map(day).collect()
}

/// A day as its owner set it, and the plan in its place if there is one.
pub type PlannedDay = (working_hours::Day, Option<Plan>);

/// Which date a day is.
pub fn date(day: &working_hours::Day) -> Option<Date> {
    let of = |part: u8| i8::try_from(part).ok();
    Date::new(i16::try_from(day.date.year).ok()?, of(day.date.month)?, of(day.date.day)?).ok()
}

/// Open from and to on one date, in minutes, with what reaches over from the day before.
fn base(hours: &Hours, date: Date) -> Vec<Span> {
    let before = date.yesterday().ok().and_then(|before| over_midnight(hours, before));
    let mut spans: Vec<Span> = before.map(|end| Span { start: 0, end: end.minutes() }).into_iter().collect();
    let own = intervals(hours.day(date)).into_iter().map(|interval| {
        let end = if interval.to > interval.from { interval.to } else { ClockTime::END };
        Span { start: interval.from.minutes(), end: end.minutes() }
    });
    spans.extend(own);
    spans
}

fn intervals(day: &Day) -> Vec<Interval> {
    match day {
        Day::Closed => Vec::new(),
        Day::AllDay => vec![Interval { from: ClockTime::MIDNIGHT, to: ClockTime::END }],
        Day::Hours { intervals } => intervals.clone(),
    }
}

/// Until when the hours of a date reach into the next one.
fn over_midnight(hours: &Hours, date: Date) -> Option<ClockTime> {
    let last = intervals(hours.day(date)).into_iter().find(|interval| interval.to <= interval.from)?;
    (last.to > ClockTime::MIDNIGHT).then_some(last.to)
}

/// The dates that differ from what the owner set; `plans` are those of the days from `first` on, where there is one.
///
/// Hours are on the half-hour: what a plugin opens for less than one is left out.
pub fn differing(hours: &Hours, first: Date, plans: &[Option<Plan>]) -> Vec<Exception> {
    let plan_of = |index: Option<usize>| index.and_then(|index| plans.get(index)).and_then(Option::as_ref);
    let day = |(index, date): (usize, Date)| {
        let open = if let Some(plan) = plan_of(Some(index)) {
            plan.spans.iter().copied().filter_map(on_the_half_hour).collect()
        } else {
            let [before, after] = [index.checked_sub(1), index.checked_add(1)].map(|next| plan_of(next).is_some());
            beside(hours, date, before, after)?
        };
        let note = plan_of(Some(index)).and_then(|plan| plan.notice.clone()).unwrap_or_default();
        Some(Exception { date, note, day: of_intervals(open) })
    };
    first.series(1.day()).take(plans.len()).enumerate().filter_map(day).collect()
}

/// A day that stays as it is beside one that is planned: what goes over midnight must not get lost, nor come back.
fn beside(hours: &Hours, date: Date, is_after: bool, is_before: bool) -> Option<Vec<Interval>> {
    let reaches_in = date.yesterday().ok().filter(|_| is_after).and_then(|before| over_midnight(hours, before));
    let reaches_out = over_midnight(hours, date).filter(|_| is_before);
    if reaches_in.is_none() && reaches_out.is_none() {
        return None;
    }
    let mut open = intervals(hours.day(date));
    if reaches_out.is_some() {
        for interval in open.iter_mut().filter(|interval| interval.to <= interval.from) {
            interval.to = ClockTime::END;
        }
    }
    if let Some(to) = reaches_in {
        open.insert(0, Interval { from: ClockTime::MIDNIGHT, to });
    }
    Some(open)
}

fn on_the_half_hour(span: Span) -> Option<Interval> {
    let from = ClockTime::from_minutes(span.start.next_multiple_of(30)).ok()?;
    let to = ClockTime::from_minutes(span.end / 30 * 30).ok()?;
    (from < to).then_some(Interval { from, to })
}

fn of_intervals(intervals: Vec<Interval>) -> Day {
    match intervals.as_slice() {
        [] => Day::Closed,
        [Interval { from: ClockTime::MIDNIGHT, to: ClockTime::END }] => Day::AllDay,
        _ => Day::Hours { intervals },
    }
}

/// The hours of a package with these dates in place of its own.
#[must_use]
pub fn with(hours: &Hours, differing: &[Exception]) -> Hours {
    let is_kept = |own: &&Exception| differing.iter().all(|other| other.date != own.date);
    let own = hours.exceptions.iter().filter(is_kept);
    Hours { week: hours.week.clone(), exceptions: own.chain(differing).cloned().collect() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use actors::hours::Zone;

    /// A Monday.
    const FIRST: Date = jiff::civil::date(2026, 11, 23);

    fn interval(from: &str, to: &str) -> Interval {
        Interval { from: from.parse().unwrap(), to: to.parse().unwrap() }
    }

    fn week(intervals: &[Interval]) -> Hours {
        let day = || Day::Hours { intervals: intervals.to_vec() };
        let (mon, tue, wed, thu, fri) = (day(), day(), day(), day(), day());
        let week = actors::hours::Week { mon, tue, wed, thu, fri, sat: day(), sun: day() };
        Hours { week, exceptions: Vec::new() }
    }

    #[expect(clippy::unnecessary_wraps, reason = "a day that is planned, beside those that are not")]
    fn plan(spans: &[(u16, u16)]) -> Option<Plan> {
        let spans = spans.iter().map(|&(start, end)| Span { start, end }).collect();
        Some(Plan { spans, notice: None })
    }

    fn open(hours: &Hours, days: i8) -> Vec<(i64, i64)> {
        let zone = Zone::named("UTC").unwrap();
        let start = FIRST.at(0, 0, 0, 0).in_tz("UTC").unwrap().timestamp().as_millisecond();
        let last = FIRST.checked_add(i64::from(days).days()).unwrap();
        let hour = |at: actors::moment::Moment| (at.millis() - start) / 3_600_000;
        hours.windows(&zone, FIRST, last).iter().map(|window| (hour(window.opens), hour(window.closes))).collect()
    }

    #[test]
    fn a_planned_day_takes_the_place_of_the_owners() {
        let hours = week(&[interval("09:00", "17:00")]);
        let changed = with(&hours, &differing(&hours, FIRST, &[None, plan(&[(540, 720), (780, 1_020)]), plan(&[])]));

        assert_eq!(open(&changed, 2), [(9, 17), (33, 36), (37, 41)]);
    }

    #[test]
    fn an_own_exception_gives_way_on_its_date_only() {
        let mut hours = week(&[interval("09:00", "17:00")]);
        let closed = |date| Exception { date, note: String::new(), day: Day::Closed };
        hours.exceptions = vec![closed(FIRST), closed(FIRST.tomorrow().unwrap())];

        let changed = with(&hours, &differing(&hours, FIRST, &[plan(&[(600, 660)]), None]));

        assert_eq!(open(&changed, 1), [(10, 11)]);
    }

    #[test]
    fn hours_over_midnight_are_neither_lost_nor_doubled() {
        let hours = week(&[interval("20:00", "02:00")]);
        // Monday keeps its evening and loses the part that reached into the closed Tuesday; Wednesday stays as it was.
        let changed = with(&hours, &differing(&hours, FIRST, &[None, plan(&[]), None, None]));
        assert_eq!(open(&changed, 3)[..4], [(-4, 2), (20, 24), (48, 50), (68, 74)]);
        // What Tuesday's plan does not say about Wednesday morning stays as the owner set it.
        let changed = with(&hours, &differing(&hours, FIRST, &[None, plan(&[(0, 120), (1_200, 1_440)]), None]));
        assert_eq!(open(&changed, 2)[..3], [(-4, 2), (20, 26), (44, 50)]);
    }

    #[test]
    fn a_plugin_is_told_what_reaches_over_from_the_day_before() {
        let asked = days(&week(&[interval("20:00", "02:00")]), FIRST, 1);
        assert_eq!(asked[0].base, [Span { start: 0, end: 120 }, Span { start: 1_200, end: 1_440 }]);
    }

    #[test]
    fn minutes_are_cut_to_half_hours() {
        let hours = week(&[]);
        let changed = differing(&hours, FIRST, &[plan(&[(545, 725), (730, 745)])]);
        assert_eq!(changed[0].day, Day::Hours { intervals: vec![interval("09:30", "12:00")] });
    }
}
