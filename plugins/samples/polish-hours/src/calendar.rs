//! Dates: which days are public holidays in Poland (Ustawa o dniach wolnych od pracy, art. 1).

use click2callme_plugin::types::CivilDate;

/// A public holiday, in Polish and English.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Holiday {
    pub(crate) polish: &'static str,
    pub(crate) english: &'static str,
}

/// Month, day, the first year it was free again, names.
const FIXED: [(u8, u8, i32, &str, &str); 10] = [
    (1, 1, 1951, "Nowy Rok", "New Year"),
    (1, 6, 2011, "Święto Trzech Króli", "Epiphany"),
    (5, 1, 1951, "Święto Pracy", "Labor Day"),
    (5, 3, 1990, "Święto Konstytucji 3 Maja", "Constitution Day"),
    (8, 15, 1989, "Wniebowzięcie Najświętszej Maryi Panny", "Assumption Day"),
    (11, 1, 1951, "Wszystkich Świętych", "All Saints' Day"),
    (11, 11, 1989, "Narodowe Święto Niepodległości", "Independence Day"),
    (12, 24, 2025, "Wigilia Bożego Narodzenia", "Christmas Eve"),
    (12, 25, 1951, "Boże Narodzenie", "Christmas Day"),
    (12, 26, 1951, "Drugi dzień Bożego Narodzenia", "Second Day of Christmas"),
];

/// Days after Easter Sunday, names.
const MOVING: [(i32, &str, &str); 4] = [
    (0, "Wielkanoc", "Easter Sunday"),
    (1, "Poniedziałek Wielkanocny", "Easter Monday"),
    (49, "Zielone Świątki", "Pentecost"),
    (60, "Boże Ciało", "Corpus Christi"),
];

/// The public holiday on this date, if it is one.
pub(crate) fn holiday(date: CivilDate) -> Option<Holiday> {
    let fixed = FIXED
        .iter()
        .find(|(month, day, since, ..)| (*month, *day) == (date.month, date.day) && date.year >= *since)
        .map(|(.., polish, english)| Holiday { polish, english });
    let after_easter = number(date) - number(easter(date.year));
    let moving =
        MOVING.iter().find(|(days, ..)| *days == after_easter).map(|(_, polish, english)| Holiday { polish, english });
    fixed.or(moving)
}

/// Easter Sunday of the Gregorian calendar, as the "anonymous" algorithm of 1876 computes it.
fn easter(year: i32) -> CivilDate {
    let golden = year.rem_euclid(19);
    let (century, rest) = (year.div_euclid(100), year.rem_euclid(100));
    let lunar_shift = (century - (century + 8) / 25 + 1) / 3;
    let epact = (19 * golden + century - century / 4 - lunar_shift + 15).rem_euclid(30);
    let to_sunday = (32 + 2 * (century % 4) + 2 * (rest / 4) - epact - rest % 4).rem_euclid(7);
    let late = (golden + 11 * epact + 22 * to_sunday) / 451;
    let from_march = epact + to_sunday - 7 * late + 114;
    let part = |number: i32| u8::try_from(number).unwrap_or(1);
    CivilDate { year, month: part(from_march / 31), day: part(from_march % 31 + 1) }
}

/// Numbers the days, so that dates can be subtracted. Years begin in March here: the leap day comes last.
fn number(date: CivilDate) -> i32 {
    let (month, day) = (i32::from(date.month), i32::from(date.day));
    let (year, month) = if month > 2 { (date.year, month - 3) } else { (date.year.saturating_sub(1), month + 9) };
    // Far outside the Gregorian calendar no date is a holiday, and nothing must overflow.
    let year = year.clamp(0, 100_000);
    365 * year + year / 4 - year / 100 + year / 400 + (153 * month + 2) / 5 + day
}

/// Reads `2026-12-31`.
pub(crate) fn parse(text: &str) -> Option<CivilDate> {
    let mut parts = text.splitn(3, '-');
    let (year, month, day) = (parts.next()?, parts.next()?, parts.next()?);
    Some(CivilDate { year: year.parse().ok()?, month: month.parse().ok()?, day: day.parse().ok()? })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn english(text: &str) -> Option<&'static str> {
        holiday(parse(text).unwrap()).map(|holiday| holiday.english)
    }

    /// As published for these years; the earliest and the latest possible date are among them.
    #[test]
    fn easter_is_where_the_church_has_it() {
        for text in [
            "1818-03-22",
            "1943-04-25",
            "2000-04-23",
            "2024-03-31",
            "2025-04-20",
            "2026-04-05",
            "2027-03-28",
            "2028-04-16",
            "2030-04-21",
            "2038-04-25",
            "2049-04-18",
            "2076-04-19",
        ] {
            let date = parse(text).unwrap();
            assert_eq!(easter(date.year), date);
        }
    }

    #[test]
    fn feasts_move_with_easter() {
        for (text, name) in [
            ("2025-04-21", "Easter Monday"),
            ("2025-06-08", "Pentecost"),
            ("2025-06-19", "Corpus Christi"),
            ("2026-04-06", "Easter Monday"),
            ("2026-05-24", "Pentecost"),
            ("2026-06-04", "Corpus Christi"),
            ("2027-05-27", "Corpus Christi"),
        ] {
            assert_eq!(english(text), Some(name), "{text}");
        }
        assert_eq!(english("2026-06-05"), None);
    }

    #[test]
    fn christmas_eve_is_free_since_2025() {
        assert_eq!(english("2024-12-24"), None);
        assert_eq!(english("2025-12-24"), Some("Christmas Eve"));
    }

    #[test]
    fn a_year_has_fourteen_public_holidays() {
        let mut found = 0;
        for month in 1..=12 {
            let days = (1..=31).map(|day| CivilDate { year: 2026, month, day });
            found += days.filter(|date| holiday(*date).is_some()).count();
        }

        assert_eq!(found, 14);
    }

    #[test]
    fn no_date_is_too_strange() {
        for year in [i32::MIN, -1, 0, i32::MAX] {
            let date = CivilDate { year, month: 255, day: 255 };
            assert_eq!(holiday(date), None);
        }
    }
}
