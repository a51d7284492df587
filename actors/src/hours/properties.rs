//! Properties of hours over every zone and its clock changes.

use jiff::civil::date;
use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan as _};
use proptest::prelude::*;
use proptest::strategy::ValueTree as _;

use super::*;

fn any_interval() -> impl Strategy<Value = Interval> {
    (0_u16..48, 1_u16..=48).prop_map(|(from, to)| Interval {
        from: ClockTime::from_minutes(from * 30).unwrap(),
        to: ClockTime::from_minutes(to * 30).unwrap(),
    })
}

fn any_day() -> impl Strategy<Value = Day> {
    prop_oneof![
        1 => Just(Day::AllDay),
        1 => Just(Day::Closed),
        4 => any_interval().prop_map(|one| Day::Hours { intervals: vec![one] }),
        2 => (0_u16..20, 1_u16..6, 1_u16..6, 1_u16..6).prop_map(|(from, long, pause, again)| {
            let clock = |half_hours: u16| ClockTime::from_minutes(half_hours * 30).unwrap();
            let back = from + long + pause;
            let intervals = vec![
                Interval { from: clock(from), to: clock(from + long) },
                Interval { from: clock(back), to: clock(back + again) },
            ];
            Day::Hours { intervals }
        }),
    ]
}

fn any_hours() -> impl Strategy<Value = Hours> {
    (proptest::array::uniform7(any_day()), proptest::collection::vec((0_i64..730, any_day()), 0..4)).prop_map(
        |([mon, tue, wed, thu, fri, sat, sun], exceptions)| {
            let exception = |(after, day): (i64, Day)| Exception {
                date: date(2026, 11, 1).checked_add(after.days()).unwrap(),
                note: String::new(),
                day,
            };
            Hours {
                week: Week { mon, tue, wed, thu, fri, sat, sun },
                exceptions: exceptions.into_iter().map(exception).collect(),
            }
        },
    )
}

/// Every zone whose clock changes within two years, with the moments of its changes.
fn changing_zones() -> Vec<(TimeZone, Vec<Timestamp>)> {
    let (from, until): (Timestamp, Timestamp) =
        ("2026-11-01T00:00:00Z".parse().unwrap(), "2028-11-01T00:00:00Z".parse().unwrap());
    let zones = jiff::tz::db().available().filter_map(|name| TimeZone::get(name.as_str()).ok());
    let with_changes = zones.map(|zone| {
        let changes = zone.following(from).map(|change| change.timestamp()).take_while(|at| *at < until).collect();
        (zone, changes)
    });
    with_changes.filter(|(_, changes): &(_, Vec<_>)| !changes.is_empty()).collect()
}

/// What a person reads off the clock: open when an interval of today or of last night holds this time.
fn is_open_by_the_clock(hours: &Hours, zone: &TimeZone, at: Timestamp) -> bool {
    let shown = at.to_zoned(zone.clone());
    let minutes = u16::try_from(i32::from(shown.hour()) * 60 + i32::from(shown.minute())).unwrap();
    let holds = |day: &Day, is_today: bool| match day {
        Day::Closed => false,
        Day::AllDay => is_today,
        Day::Hours { intervals } => intervals.iter().any(|one| {
            let (from, to) = (one.from.minutes(), one.to.minutes());
            match (is_today, to > from) {
                (true, true) => from <= minutes && minutes < to,
                (true, false) => from <= minutes,
                (false, true) => false,
                (false, false) => minutes < to,
            }
        }),
    };
    holds(hours.day(shown.date()), true) || holds(hours.day(shown.date().yesterday().unwrap()), false)
}

/// Does the clock show this time once?
fn is_shown_once(zone: &TimeZone, at: Timestamp) -> bool {
    !zone.to_ambiguous_timestamp(at.to_zoned(zone.clone()).datetime()).is_ambiguous()
}

fn moment(at: Timestamp) -> Moment {
    Moment::from_millis(at.as_millisecond())
}

#[test]
fn around_every_clock_change_of_every_zone_the_clock_and_the_hours_agree() {
    let zones = changing_zones();
    assert!(zones.len() > 100, "only {} zones change their clocks", zones.len());
    let mut runner = proptest::test_runner::TestRunner::deterministic();
    for (zone, changes) in zones {
        let hours = any_hours().new_tree(&mut runner).unwrap().current();
        for change in changes {
            for quarter in -12..12 {
                let at = change + (quarter * 15).minutes();
                if is_shown_once(&zone, at) {
                    let now = hours.now(&Zone::named(zone.iana_name().unwrap()).unwrap(), moment(at));
                    let expected = is_open_by_the_clock(&hours, &zone, at);
                    assert_eq!(now.is_open, expected, "{zone:?} at {at}: {hours:?}");
                }
            }
        }
    }
}

proptest! {
    #[test]
    fn until_is_when_it_changes_and_not_before(hours in any_hours(), zone in 0_usize..1_000, after in 0_i64..60_000) {
        let zones = changing_zones();
        let zone = &zones[zone % zones.len()].0;
        let named = Zone::named(zone.iana_name().unwrap()).unwrap();
        let at = "2026-11-01T00:00:00Z".parse::<Timestamp>().unwrap() + (after * 15).minutes();

        let now = hours.now(&named, moment(at));

        if let Some(until) = now.until {
            prop_assert!(until > moment(at));
            let last = Moment::from_millis(until.millis() - 1);
            prop_assert_eq!(hours.now(&named, last).is_open, now.is_open);
            prop_assert_eq!(hours.now(&named, until).is_open, !now.is_open);
            prop_assert_eq!(hours.now(&named, last).until, Some(until));
        }
    }

    #[test]
    fn windows_are_in_order_and_apart(hours in any_hours(), zone in 0_usize..1_000, day in 0_i64..700) {
        let zones = changing_zones();
        let named = Zone::named(zones[zone % zones.len()].0.iana_name().unwrap()).unwrap();
        let first = date(2026, 11, 1).checked_add(day.days()).unwrap();

        let windows = hours.windows(&named, first, first.checked_add(9.days()).unwrap());

        for window in &windows {
            prop_assert!(window.opens < window.closes);
        }
        for pair in windows.windows(2) {
            prop_assert!(pair[0].closes < pair[1].opens);
        }
    }

    #[test]
    fn what_can_be_ordered_is_open_from_its_first_to_its_last_minute(
        hours in any_hours(), zone in 0_usize..1_000, day in 0_i64..360,
    ) {
        let zones = changing_zones();
        let named = Zone::named(zones[zone % zones.len()].0.iana_name().unwrap()).unwrap();
        let day = date(2026, 11, 2).checked_add(day.days()).unwrap();
        let now = moment("2026-11-01T12:00:00Z".parse().unwrap());

        let half_hours = hours.half_hours(&named, day, now);

        for half_hour in &half_hours {
            prop_assert_eq!(named.date(half_hour.at), day);
            for minute in 0..30 {
                let at = half_hour.at.after(std::time::Duration::from_mins(minute));
                prop_assert!(hours.now(&named, at).is_open, "{} closes within", half_hour.time);
            }
        }
        prop_assert!(half_hours.windows(2).all(|pair| pair[0].time < pair[1].time && pair[0].at < pair[1].at));
    }

    #[test]
    fn hours_read_back_as_they_were_written(hours in any_hours()) {
        let json = serde_json::to_string(&hours).unwrap();

        prop_assert_eq!(serde_json::from_str::<Hours>(&json).unwrap(), hours);
    }
}
