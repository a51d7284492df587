//! Working hours: a plugin's verdict for each day.
//!
//! Promises: one verdict for each day that was asked, in order; the spans of a
//! day are sorted, do not touch each other, are not empty and lie within the day.

use super::{Checked, Notes, Why, line};
use crate::wit::exports::click2callme::plugin::working_hours::{Day, Plan, Span, Verdict};

/// The last minute of a day, 24:00.
pub const DAY_MINUTES: u16 = 1_440;
/// Most spans of a day that are read: one for each half-hour.
pub const MOST_SPANS: usize = 48;
/// Longest notice to visitors, in characters.
pub const NOTICE_CHARS: usize = 300;

/// Checks the verdicts; when their number is wrong, nobody knows which day each is for, so none counts.
pub fn check(days: &[Day], verdicts: Vec<Verdict>) -> Checked<Vec<Verdict>> {
    let mut notes = Notes::default();
    if verdicts.len() != days.len() {
        let rule = format!("{} verdicts for {} days", verdicts.len(), days.len());
        notes.add("", Why::refused(&rule));
        return notes.with(vec![Verdict::Inherit; days.len()]);
    }
    let kept = verdicts.into_iter().enumerate().map(|(index, verdict)| match verdict {
        Verdict::Inherit => Verdict::Inherit,
        Verdict::Replace(plan) => Verdict::Replace(planned(&mut notes, &format!("/{index}/Replace"), plan)),
    });
    let kept = kept.collect();
    notes.with(kept)
}

/// What holds on a day: the plugin's plan or the hours of the package.
pub fn settled(day: &Day, verdict: &Verdict) -> Plan {
    match verdict {
        Verdict::Replace(plan) => plan.clone(),
        Verdict::Inherit => {
            let mut spans = day.base.clone();
            merge(&mut spans);
            Plan { spans, notice: None }
        }
    }
}

fn planned(notes: &mut Notes, at: &str, plan: Plan) -> Plan {
    let at_spans = format!("{at}/spans");
    let mut spans = Vec::new();
    for (index, span) in notes.first(&at_spans, plan.spans, MOST_SPANS).into_iter().enumerate() {
        let at = format!("{at_spans}/{index}");
        let end = notes.clamp(&format!("{at}/end"), span.end, 0, DAY_MINUTES);
        if span.start < end {
            spans.push(Span { start: span.start, end });
        } else {
            notes.add(at, Why::refused("must end after it begins"));
        }
    }
    let before = spans.clone();
    merge(&mut spans);
    if spans != before {
        notes.add(at_spans, Why::refused("were put in order and joined"));
    }
    let notice = plan.notice.map(|text| line(notes, &format!("{at}/notice"), &text, NOTICE_CHARS));
    Plan { spans, notice: notice.filter(|text| !text.is_empty()) }
}

/// Sorts spans and joins those that overlap or touch.
fn merge(spans: &mut Vec<Span>) {
    spans.sort_by_key(|span| (span.start, span.end));
    spans.dedup_by(|next, kept| {
        let joins = next.start <= kept.end;
        if joins {
            kept.end = kept.end.max(next.end);
        }
        joins
    });
}

#[cfg(test)]
mod tests {
    use proptest::collection::vec;
    use proptest::prelude::*;

    use super::*;
    use crate::wit::click2callme::plugin::types::{CivilDate, Weekday};

    fn day(base: &[(u16, u16)]) -> Day {
        let date = CivilDate { year: 2026, month: 11, day: 23 };
        Day { date, weekday: Weekday::Monday, holiday: None, base: spans(base) }
    }

    fn spans(list: &[(u16, u16)]) -> Vec<Span> {
        list.iter().map(|&(start, end)| Span { start, end }).collect()
    }

    fn replace(list: &[(u16, u16)]) -> Verdict {
        Verdict::Replace(Plan { spans: spans(list), notice: None })
    }

    #[test]
    fn spans_are_sorted_joined_and_kept_within_the_day() {
        let told = replace(&[(800, 2_000), (540, 720), (700, 780), (900, 900), (1_500, 1_600)]);

        let checked = check(&[day(&[])], vec![told]);

        assert_eq!(checked.value, [replace(&[(540, 780), (800, 1_440)])]);
        let notes: Vec<_> = checked.notes.iter().map(|note| note.at.as_str()).collect();
        assert_eq!(
            notes,
            [
                "/0/Replace/spans/0/end",
                "/0/Replace/spans/3",
                "/0/Replace/spans/4/end",
                "/0/Replace/spans/4",
                "/0/Replace/spans"
            ]
        );
    }

    #[test]
    fn a_lunch_break_stays_as_it_is() {
        let lunch = replace(&[(540, 720), (780, 1_020)]);

        let checked = check(&[day(&[(540, 1_020)])], vec![lunch.clone()]);

        assert_eq!(checked, Checked { value: vec![lunch], notes: Vec::new() });
    }

    #[test]
    fn too_few_or_too_many_verdicts_count_for_nothing() {
        let days = [day(&[(540, 1_020)]), day(&[])];

        for verdicts in [vec![replace(&[])], vec![replace(&[]); 3], Vec::new()] {
            let checked = check(&days, verdicts);
            assert_eq!(checked.value, [Verdict::Inherit, Verdict::Inherit]);
            assert_eq!(checked.notes.len(), 1);
        }
    }

    #[test]
    fn a_day_without_a_verdict_keeps_its_hours() {
        let monday = day(&[(780, 1_020), (540, 720)]);

        assert_eq!(settled(&monday, &Verdict::Inherit).spans, spans(&[(540, 720), (780, 1_020)]));
        assert_eq!(settled(&monday, &replace(&[])).spans, []);
    }

    proptest! {
        #[test]
        fn every_checked_day_is_in_order(
            days in 0_usize..4,
            told in vec(vec((any::<u16>(), any::<u16>()), 0..60), 0..4),
            notice in any::<Option<String>>(),
        ) {
            let asked = vec![day(&[(540, 1_020)]); days];
            let plan = |list: &Vec<(u16, u16)>| Plan { spans: spans(list), notice: notice.clone() };
            let verdicts = told.iter().map(|list| Verdict::Replace(plan(list))).collect();

            let checked = check(&asked, verdicts);

            prop_assert_eq!(checked.value.len(), days);
            for (day, verdict) in asked.iter().zip(&checked.value) {
                let plan = settled(day, verdict);
                prop_assert!(plan.spans.iter().all(|span| span.start < span.end && span.end <= DAY_MINUTES));
                prop_assert!(plan.spans.windows(2).all(|pair| pair[0].end < pair[1].start));
                prop_assert!(plan.notice.is_none_or(|text| (1..=NOTICE_CHARS).contains(&text.chars().count())));
            }
            prop_assert!(check(&asked, checked.value).notes.is_empty(), "a second check finds nothing");
        }

        #[test]
        fn joining_neither_adds_nor_loses_a_minute(list in vec((0_u16..1_440, 0_u16..=1_440), 0..48)) {
            let is_open = |spans: &[Span], minute: u16| spans.iter().any(|span| (span.start..span.end).contains(&minute));
            let told = spans(&list);

            let checked = check(&[day(&[])], vec![replace(&list)]);

            let Verdict::Replace(plan) = &checked.value[0] else { panic!("was replaced") };
            for minute in 0..DAY_MINUTES {
                prop_assert_eq!(is_open(&told, minute), is_open(&plan.spans, minute));
            }
        }
    }
}
