//! Closed on Polish public holidays and over lunch, with a notice that says why.

mod calendar;

use click2callme_plugin::manifest::{About, CellKind, ChoiceOption, Column, Field, Problem};
use click2callme_plugin::types::{Context, Setting};
use click2callme_plugin::working_hours::{Day, Span, Verdict};
use click2callme_plugin::{Plugin, Settings, WorkingHours, export};

struct PolishHours;

export!(PolishHours: working_hours);

impl Plugin for PolishHours {
    fn describe() -> About {
        let reason = Column::new("reason", CellKind::Text).label("en", "Reason").label("pl", "Powód");
        let date = Column::new("date", CellKind::Date).label("en", "Date").label("pl", "Data");
        let languages = vec![
            ChoiceOption::new("pl").label("en", "Polish").label("pl", "polski"),
            ChoiceOption::new("en").label("en", "English").label("pl", "angielski"),
        ];
        About::new("polish-hours", env!("CARGO_PKG_VERSION"))
            .name("en", "Lunch break and Polish public holidays")
            .name("pl", "Przerwa obiadowa i święta")
            .summary("en", "Closes over lunch, on public holidays and on days of your own.")
            .summary("pl", "Zamyka na czas przerwy, w święta i w wybrane dni.")
            .author("Click2CallMe")
            .field(
                Field::toggle("holidays", true)
                    .label("en", "Closed on public holidays")
                    .label("pl", "Zamknięte w święta"),
            )
            .field(Field::toggle("lunch", true).label("en", "Lunch break").label("pl", "Przerwa obiadowa"))
            .field(
                Field::time("lunch_from", "12:00").label("en", "From").label("pl", "Od").only_when("lunch", &["true"]),
            )
            .field(Field::time("lunch_to", "12:30").label("en", "To").label("pl", "Do").only_when("lunch", &["true"]))
            .field(
                Field::table("closed", vec![date, reason]).label("en", "Also closed on").label("pl", "Zamknięte także"),
            )
            .field(
                Field::choice("language", languages)
                    .label("en", "Language of the notice")
                    .label("pl", "Język komunikatu"),
            )
    }

    fn check(settings: &[Setting]) -> Vec<Problem> {
        if settings.is_on("lunch") && lunch(settings).is_none() {
            let problem = Problem::new("lunch_to", "The break ends before it begins.");
            return vec![problem.also("pl", "Przerwa kończy się przed początkiem.")];
        }
        Vec::new()
    }
}

impl WorkingHours for PolishHours {
    fn plan_day(ctx: &Context, day: &Day) -> Verdict {
        if let Some(reason) = closed_because(ctx, day) {
            return Verdict::closed(reason);
        }
        let Some(lunch) = lunch(&ctx.settings).filter(|_| ctx.is_on("lunch")) else {
            return Verdict::Inherit;
        };
        let spans: Vec<Span> = day.base.iter().flat_map(|span| without(*span, lunch)).collect();
        if spans == day.base {
            return Verdict::Inherit;
        }
        Verdict::open(spans, Some(lunch_notice(ctx, lunch)))
    }
}

/// The reason of the owner's list, or the name of the public holiday.
fn closed_because(ctx: &Context, day: &Day) -> Option<String> {
    let in_polish = ctx.text("language") != Some("en");
    let own = ctx.rows("closed").iter().find_map(|row| {
        let [date, reason] = row.as_slice() else { return None };
        (calendar::parse(date) == Some(day.date)).then(|| reason.clone())
    });
    let public = || calendar::holiday(day.date).filter(|_| ctx.is_on("holidays"));
    own.or_else(|| public().map(|holiday| if in_polish { holiday.polish } else { holiday.english }.to_owned()))
}

/// The break, if it begins before it ends.
fn lunch(settings: &[Setting]) -> Option<Span> {
    let (start, end) = (settings.minute("lunch_from")?, settings.minute("lunch_to")?);
    (start < end).then_some(Span { start, end })
}

/// What is left of opening times before and after a break.
fn without(span: Span, pause: Span) -> impl Iterator<Item = Span> {
    let before = Span { start: span.start, end: span.end.min(pause.start) };
    let after = Span { start: span.start.max(pause.end), end: span.end };
    [before, after].into_iter().filter(|part| part.start < part.end)
}

fn lunch_notice(ctx: &Context, lunch: Span) -> String {
    let time = |minute: u16| format!("{}:{:02}", minute / 60, minute % 60);
    let (from, to) = (time(lunch.start), time(lunch.end));
    match ctx.text("language") {
        Some("en") => format!("Lunch break {from}–{to}"),
        _ => format!("Przerwa {from}–{to}"),
    }
}

#[cfg(test)]
mod tests {
    use click2callme_plugin::example::context;
    use click2callme_plugin::types::{SettingValue, Weekday};

    use super::*;

    fn setting(key: &str, value: SettingValue) -> Setting {
        Setting { key: key.into(), value }
    }

    fn settings() -> Vec<Setting> {
        vec![
            setting("holidays", SettingValue::Toggle(true)),
            setting("lunch", SettingValue::Toggle(true)),
            setting("lunch_from", SettingValue::Text("12:00".into())),
            setting("lunch_to", SettingValue::Text("12:30".into())),
            setting("closed", SettingValue::Rows(vec![vec!["2026-06-05".into(), "Bridge day".into()]])),
            setting("language", SettingValue::Text("en".into())),
        ]
    }

    fn plan(date: &str, base: &[(u16, u16)]) -> Verdict {
        let ctx = Context { settings: settings(), ..context() };
        let day = Day {
            date: calendar::parse(date).unwrap(),
            weekday: Weekday::Monday,
            holiday: None,
            base: base.iter().map(|(start, end)| Span { start: *start, end: *end }).collect(),
        };
        PolishHours::plan_day(&ctx, &day)
    }

    fn open(spans: &[(u16, u16)]) -> Verdict {
        let spans = spans.iter().map(|(start, end)| Span { start: *start, end: *end }).collect();
        Verdict::open(spans, Some("Lunch break 12:00–12:30".into()))
    }

    #[test]
    fn lunch_splits_the_day() {
        assert_eq!(plan("2026-06-01", &[(480, 960)]), open(&[(480, 720), (750, 960)]));
        assert_eq!(plan("2026-06-01", &[(730, 960)]), open(&[(750, 960)]));
        assert_eq!(plan("2026-06-01", &[(725, 745)]), open(&[]));
    }

    #[test]
    fn a_day_without_lunch_time_stays_as_it_is() {
        assert_eq!(plan("2026-06-01", &[(480, 720), (750, 960)]), Verdict::Inherit);
        assert_eq!(plan("2026-06-01", &[]), Verdict::Inherit);
    }

    #[test]
    fn holidays_and_own_days_are_closed() {
        assert_eq!(plan("2026-06-04", &[(480, 960)]), Verdict::closed("Corpus Christi"));
        assert_eq!(plan("2026-06-05", &[(480, 960)]), Verdict::closed("Bridge day"));
    }

    #[test]
    fn a_break_that_ends_before_it_begins_is_a_problem() {
        let mut wrong = settings();
        wrong[3].value = SettingValue::Text("11:30".into());

        assert!(PolishHours::check(&settings()).is_empty());
        assert_eq!(PolishHours::check(&wrong)[0].key, "lunch_to");
    }
}
