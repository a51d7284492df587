//! Working hours: short, in order, one entry for each date.

use actors::hours::{ClockTime, Day, Exception, Hours, Interval, Week};

use super::{Problem, Wrong, at_most, limits, line};

pub(super) fn hours(hours: Hours) -> Result<Hours, Wrong> {
    let Hours { week, mut exceptions } = hours;
    let Week { mon, tue, wed, thu, fri, sat, sun } = &week;
    let days = [("mon", mon), ("tue", tue), ("wed", wed), ("thu", thu), ("fri", fri), ("sat", sat), ("sun", sun)];
    for (name, of_week) in days {
        day(&format!("/hours/week/{name}"), of_week)?;
    }
    at_most("/hours/exceptions", &exceptions, limits::EXCEPTIONS)?;
    let mut dates = std::collections::BTreeSet::new();
    for (at, exception) in exceptions.iter_mut().enumerate() {
        let Exception { date, note, day: of_date } = exception;
        let pointer = format!("/hours/exceptions/{at}");
        if !dates.insert(*date) {
            return Err(Wrong::new(format!("{pointer}/date"), Problem::Twice));
        }
        day(&format!("{pointer}/day"), of_date)?;
        *note = line(&format!("{pointer}/note"), note, limits::EXCEPTION_NOTE)?;
    }
    exceptions.sort_by_key(|exception| exception.date);
    Ok(Hours { week, exceptions })
}

fn day(pointer: &str, day: &Day) -> Result<(), Wrong> {
    let Day::Hours { intervals } = day else { return Ok(()) };
    let pointer = format!("{pointer}/intervals");
    if intervals.is_empty() {
        return Err(Wrong::new(pointer, Problem::NoEntry));
    }
    at_most(&pointer, intervals, limits::INTERVALS)?;
    let mut free_from = ClockTime::MIDNIGHT;
    for (at, Interval { from, to }) in intervals.iter().enumerate() {
        let wrong = |problem| Err(Wrong::new(format!("{pointer}/{at}/from"), problem));
        if *from >= ClockTime::END {
            return wrong(Problem::Begin);
        }
        if *from < free_from {
            return wrong(Problem::Order);
        }
        // One that ends on the next day leaves nothing of this one.
        free_from = if to > from { *to } else { ClockTime::END };
    }
    Ok(())
}
