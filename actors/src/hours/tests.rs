//! Hours as stories.

use jiff::Timestamp;
use jiff::civil::{Date, date};
use jiff::tz::TimeZone;

use super::*;

fn time(text: &str) -> ClockTime {
    text.parse().unwrap()
}

fn open(intervals: &[(&str, &str)]) -> Day {
    Day::Hours { intervals: intervals.iter().map(|(from, to)| Interval { from: time(from), to: time(to) }).collect() }
}

fn every_day(day: &Day) -> Hours {
    let [mon, tue, wed, thu, fri, sat, sun] = std::array::from_fn(|_| day.clone());
    Hours { week: Week { mon, tue, wed, thu, fri, sat, sun }, exceptions: Vec::new() }
}

/// Weekdays 8 to 18, Saturday 10 to 14, closed on Sunday.
fn shop() -> Hours {
    let mut hours = every_day(&open(&[("08:00", "18:00")]));
    hours.week.sat = open(&[("10:00", "14:00")]);
    hours.week.sun = Day::Closed;
    hours
}

fn warsaw() -> Zone {
    Zone::named("Europe/Warsaw").unwrap()
}

/// A moment by what a clock in Warsaw shows.
fn at(text: &str) -> Moment {
    let zoned: jiff::Zoned = format!("{text}[Europe/Warsaw]").parse().unwrap();
    Moment::from_millis(zoned.timestamp().as_millisecond())
}

fn shown(moment: Moment) -> String {
    let zone = TimeZone::get("Europe/Warsaw").unwrap();
    Timestamp::from_millisecond(moment.millis()).unwrap().to_zoned(zone).strftime("%a %d.%m. %H:%M").to_string()
}

/// `open until …` or `closed until …`.
fn told(hours: &Hours, now: &str) -> String {
    let HoursNow { is_open, until } = hours.now(&warsaw(), at(now));
    let until = until.map_or_else(|| "for good".to_owned(), |until| format!("until {}", shown(until)));
    format!("{} {until}", if is_open { "open" } else { "closed" })
}

fn half_hours(hours: &Hours, day: Date, now: &str) -> Vec<String> {
    hours.half_hours(&warsaw(), day, at(now)).into_iter().map(|half_hour| half_hour.time.to_string()).collect()
}

#[test]
fn a_shop_opens_and_closes() {
    let hours = shop();

    assert_eq!(told(&hours, "2026-11-23T07:59"), "closed until Mon 23.11. 08:00");
    assert_eq!(told(&hours, "2026-11-23T08:00"), "open until Mon 23.11. 18:00");
    assert_eq!(told(&hours, "2026-11-23T17:59"), "open until Mon 23.11. 18:00");
    assert_eq!(told(&hours, "2026-11-23T18:00"), "closed until Tue 24.11. 08:00");
    assert_eq!(told(&hours, "2026-11-28T14:00"), "closed until Mon 30.11. 08:00");
}

#[test]
fn all_day_every_day_never_closes_and_closed_never_opens() {
    assert_eq!(told(&every_day(&Day::AllDay), "2026-11-23T03:00"), "open for good");
    assert_eq!(told(&every_day(&open(&[("00:00", "24:00")])), "2026-11-23T03:00"), "open for good");
    assert_eq!(told(&every_day(&Day::Closed), "2026-11-23T03:00"), "closed for good");
    assert_eq!(told(&every_day(&open(&[("12:00", "12:00")])), "2026-11-23T03:00"), "open for good");
}

#[test]
fn the_day_can_end_at_twenty_four() {
    let mut hours = every_day(&Day::Closed);
    hours.week.mon = open(&[("22:00", "24:00")]);

    assert_eq!(told(&hours, "2026-11-23T23:59"), "open until Tue 24.11. 00:00");
    hours.week.tue = open(&[("00:00", "01:00")]);
    assert_eq!(told(&hours, "2026-11-23T23:59"), "open until Tue 24.11. 01:00");
}

#[test]
fn an_evening_goes_on_after_midnight() {
    let mut hours = every_day(&Day::Closed);
    hours.week.fri = open(&[("18:00", "02:00")]);

    assert_eq!(told(&hours, "2026-11-27T23:00"), "open until Sat 28.11. 02:00");
    assert_eq!(told(&hours, "2026-11-28T01:30"), "open until Sat 28.11. 02:00");
    assert_eq!(told(&hours, "2026-11-28T02:00"), "closed until Fri 04.12. 18:00");
    assert_eq!(half_hours(&hours, date(2026, 11, 28), "2026-11-27T12:00"), ["00:00", "00:30", "01:00", "01:30"]);
}

#[test]
fn lunch_is_a_break() {
    let hours = every_day(&open(&[("09:00", "12:00"), ("13:00", "14:00")]));

    assert_eq!(told(&hours, "2026-11-23T12:30"), "closed until Mon 23.11. 13:00");
    let orderable = ["09:30", "10:00", "10:30", "11:00", "11:30", "13:00", "13:30"];
    assert_eq!(half_hours(&hours, date(2026, 11, 23), "2026-11-23T09:10"), orderable);
}

#[test]
fn an_exception_takes_the_place_of_its_day() {
    let mut hours = shop();
    let exception = |date, day| Exception { date, note: String::new(), day };
    hours.exceptions = vec![
        exception(date(2026, 12, 25), Day::Closed),
        exception(date(2026, 12, 24), open(&[("08:00", "12:00")])),
        exception(date(2026, 12, 27), Day::AllDay),
    ];

    assert_eq!(told(&hours, "2026-12-24T12:00"), "closed until Sat 26.12. 10:00");
    assert_eq!(told(&hours, "2026-12-27T00:00"), "open until Mon 28.12. 00:00");
    assert_eq!(half_hours(&hours, date(2026, 12, 25), "2026-12-01T12:00"), Vec::<String>::new());
}

#[test]
fn a_leap_day_is_a_day() {
    let hours = shop();
    let now = at("2028-02-01T12:00");

    let moment = hours.half_hour(&warsaw(), date(2028, 2, 29), time("09:00"), now).unwrap();

    assert_eq!(shown(moment), "Tue 29.02. 09:00");
    assert_eq!(told(&hours, "2028-02-28T18:00"), "closed until Tue 29.02. 08:00");
}

#[test]
fn in_spring_the_skipped_hour_cannot_be_ordered() {
    let hours = every_day(&Day::AllDay);
    let order = |at_time: &str| hours.half_hour(&warsaw(), date(2027, 3, 28), time(at_time), at("2027-03-01T12:00"));

    assert_eq!(order("02:00"), Err(NotOrderable::Skipped));
    assert_eq!(order("02:30"), Err(NotOrderable::Skipped));
    assert_eq!(shown(order("03:00").unwrap()), "Sun 28.03. 03:00");
    assert_eq!(hours.half_hours(&warsaw(), date(2027, 3, 28), at("2027-03-01T12:00")).len(), 46);
}

#[test]
fn in_autumn_a_time_that_comes_twice_means_the_first() {
    let hours = every_day(&open(&[("02:00", "03:00")]));
    let now = at("2027-10-01T12:00");

    let first = hours.half_hour(&warsaw(), date(2027, 10, 31), time("02:30"), now).unwrap();
    let opens = hours.half_hour(&warsaw(), date(2027, 10, 31), time("02:00"), now).unwrap();

    assert_eq!(first.since(opens).as_secs(), 30 * 60);
    // From the first 02:00 to 03:00 it is two hours on that night.
    let window = hours.windows(&warsaw(), date(2027, 10, 31), date(2027, 10, 31))[0];
    assert_eq!(window.closes.since(window.opens).as_secs(), 2 * 60 * 60);
}

#[test]
fn hours_inside_the_skipped_hour_do_not_exist_that_night() {
    let hours = every_day(&open(&[("02:00", "03:00")]));

    assert_eq!(hours.windows(&warsaw(), date(2027, 3, 28), date(2027, 3, 28)), []);
}

#[test]
fn a_midnight_that_is_skipped_begins_the_day_later() {
    // Beirut moves its clocks at midnight: 2027-03-28 begins at 01:00.
    let zone = Zone::named("Asia/Beirut").unwrap();
    let windows = every_day(&Day::AllDay).windows(&zone, date(2027, 3, 27), date(2027, 3, 29));

    assert_eq!(windows.len(), 1, "no gap and no overlap");
}

#[test]
fn orders_lie_ahead_and_within_a_year() {
    let hours = every_day(&Day::AllDay);
    let now = "2026-11-23T12:00";
    let order = |day, text: &str| hours.half_hour(&warsaw(), day, time(text), at(now));

    assert_eq!(order(date(2026, 11, 23), "12:00"), Err(NotOrderable::Past));
    assert!(order(date(2026, 11, 23), "12:30").is_ok());
    assert_eq!(order(date(2026, 11, 22), "13:00"), Err(NotOrderable::Past));
    assert!(order(date(2027, 11, 23), "12:00").is_ok());
    assert_eq!(order(date(2027, 11, 24), "00:00"), Err(NotOrderable::TooFar));
    assert_eq!(order(date(2026, 11, 24), "24:00"), Err(NotOrderable::Closed));
}

#[test]
fn today_is_the_date_of_the_package_and_not_of_the_server() {
    let hours = every_day(&Day::AllDay);
    let now = Moment::from_millis("2026-11-23T11:00:00Z".parse::<Timestamp>().unwrap().as_millisecond());
    let kiritimati = Zone::named("Pacific/Kiritimati").unwrap();

    assert_eq!(kiritimati.date(now), date(2026, 11, 24));
    assert_eq!(hours.half_hour(&kiritimati, date(2026, 11, 24), time("00:30"), now), Err(NotOrderable::Past));
    assert!(hours.half_hour(&kiritimati, date(2026, 11, 24), time("01:30"), now).is_ok());
}

#[test]
fn only_half_hours_are_times() {
    for good in ["00:00", "09:30", "23:30", "24:00"] {
        assert_eq!(time(good).to_string(), good);
    }
    for bad in ["", "9:30", "09:15", "24:30", "25:00", "-1:00", "09:60", "09:3", "+9:30", "09.30", "09:30 "] {
        assert_eq!(bad.parse::<ClockTime>(), Err(NotATime), "{bad}");
    }
}

#[test]
fn unknown_zones_and_fields_are_refused() {
    assert!(Zone::named("Europe/Atlantis").is_err() && Zone::named("").is_err());
    for bad in [
        r#"{"week":{"mon":{"open":"sometimes"}}}"#,
        r#"{"week":{"mon":{"open":"hours","intervals":[{"from":"09:00","to":"17:15"}]}}}"#,
        r#"{"week":{"monday":{"open":"closed"}}}"#,
        r#"{"exceptions":[{"date":"2027-02-29","day":{"open":"closed"}}]}"#,
    ] {
        assert!(serde_json::from_str::<Hours>(bad).is_err(), "{bad}");
    }
}
