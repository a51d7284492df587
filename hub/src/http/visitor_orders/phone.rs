//! Phone numbers as people write them, kept in the form of E.164.

use hub_store::{Language, PackageSettings};
use phonenumber::{Mode, country};

/// Longest text looked at: a number has 15 digits, the rest is how people group them.
const TEXT_CHARS: usize = 40;
/// Digits of a number with its country, as E.164 has them; shorter ones are emergency numbers and the like.
const DIGITS: std::ops::RangeInclusive<usize> = 6..=15;

/// Zones whose people write numbers without their country.
const ZONES: [(&str, country::Id); 16] = [
    ("Europe/Warsaw", country::PL),
    ("Europe/Berlin", country::DE),
    ("Europe/Vienna", country::AT),
    ("Europe/Prague", country::CZ),
    ("Europe/Bratislava", country::SK),
    ("Europe/Vilnius", country::LT),
    ("Europe/Kyiv", country::UA),
    ("Europe/London", country::GB),
    ("Europe/Dublin", country::IE),
    ("Europe/Paris", country::FR),
    ("Europe/Madrid", country::ES),
    ("Europe/Rome", country::IT),
    ("America/New_York", country::US),
    ("America/Chicago", country::US),
    ("America/Denver", country::US),
    ("America/Los_Angeles", country::US),
];

/// The number as `+48601234567`; nothing when it cannot be one.
///
/// A number without its country is one of `region`.
pub(super) fn number(text: &str, region: Option<country::Id>) -> Option<String> {
    let text = text.trim();
    let rest = text.strip_prefix('+').unwrap_or(text);
    let is_number = rest.chars().all(|c| c.is_ascii_digit() || " -()./".contains(c) || c == '\u{a0}');
    if text.chars().count() > TEXT_CHARS || !is_number {
        return None;
    }
    let number = phonenumber::parse(region, text.replace('\u{a0}', " ")).ok()?;
    let written = number.format().mode(Mode::E164).to_string();
    let digits = written.strip_prefix('+')?;
    let is_e164 = DIGITS.contains(&digits.len()) && digits.bytes().all(|byte| byte.is_ascii_digit());
    // Plans of numbers change faster than our copy of them: what is new to us still can be called.
    (is_e164 && (number.is_valid() || text.starts_with('+'))).then_some(written)
}

/// Where people of a package write their numbers without the country.
pub(super) fn region(settings: &PackageSettings) -> Option<country::Id> {
    let by_zone = ZONES.iter().find(|(zone, _)| zone.eq_ignore_ascii_case(&settings.zone)).map(|(_, id)| *id);
    let by_language = match settings.language {
        Language::Pl => Some(country::PL),
        Language::En => None,
    };
    by_zone.or(by_language)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(text: &str, language: Language, zone: &str) -> Option<String> {
        number(text, region(&PackageSettings { language, zone: zone.to_owned(), ..PackageSettings::default() }))
    }

    fn polish(text: &str) -> Option<String> {
        written(text, Language::Pl, "Europe/Warsaw")
    }

    #[test]
    fn a_number_is_kept_in_one_form() {
        for text in ["601 234 567", "+48 601-234-567", "0048601234567", " (601) 234.567 ", "601\u{a0}234\u{a0}567"] {
            assert_eq!(polish(text).as_deref(), Some("+48601234567"), "{text}");
        }
    }

    #[test]
    fn a_number_without_its_country_is_one_of_the_package() {
        assert_eq!(written("020 7946 0018", Language::En, "Europe/London").as_deref(), Some("+442079460018"));
        assert_eq!(written("020 7946 0018", Language::En, "UTC"), None);
        assert_eq!(written("601 234 567", Language::Pl, "UTC").as_deref(), Some("+48601234567"));
        assert_eq!(written("+44 20 7946 0018", Language::Pl, "Europe/Warsaw").as_deref(), Some("+442079460018"));
    }

    #[test]
    fn what_nobody_can_call_is_refused() {
        for text in ["", " ", "112", "+", "call me", "601234", "+48", "12345678901234567890", "++48601234567", "６０１"]
        {
            assert_eq!(polish(text), None, "{text}");
        }
        assert_eq!(polish(&"6".repeat(4_000)), None);
        assert_eq!(polish("601234567;ext=1"), None);
    }

    #[test]
    fn no_grouping_of_signs_brings_it_down() {
        let signs = ["+", "-", "(", ")", ".", "/", " ", "0", "9"];
        for first in signs {
            for second in signs {
                for third in signs {
                    let _refused_or_not = polish(&format!("{first}{second}{third}"));
                    let _refused_or_not = polish(&format!("{first}601{second}234{third}"));
                }
            }
        }
    }
}
