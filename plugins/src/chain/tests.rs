//! Who decides when several may.

use super::*;
use crate::samples::attribute;
use crate::wit::click2callme::plugin::types::{CivilDate, Weekday};
use crate::wit::exports::click2callme::plugin::messages::Author;
use crate::wit::exports::click2callme::plugin::working_hours::Span;

#[expect(clippy::unnecessary_wraps, reason = "a link of a chain, beside those that failed")]
fn said<T>(value: T) -> Said<T> {
    Ok(Checked { value, notes: Vec::new() })
}

fn outcome(decision: Decision, reason: &str) -> Outcome {
    Outcome { decision, reason: reason.to_owned(), tags: Vec::new() }
}

#[test]
fn the_first_that_does_not_inherit_decides() {
    let built_in = outcome(Decision::Inherit, "built-in");
    let callback = |reason: &str| outcome(Decision::Callback("Later?".to_owned()), reason);
    let chain = [
        Err(Failure::Stack),
        said(outcome(Decision::Inherit, "first")),
        said(callback("second")),
        said(callback("third")),
    ];

    let chosen = first(&chain, built_in.clone());

    assert_eq!((chosen.by, chosen.value.reason.as_str()), (Some(2), "second"));
    assert_eq!(first(&chain[..2], built_in.clone()), Chosen { value: built_in.clone(), by: None });
    assert_eq!(first(&[], built_in.clone()).value, built_in);
}

#[test]
fn no_slots_is_an_answer_and_no_fields_is_none() {
    assert_eq!(first(&[said(Vec::<u32>::new())], vec![1]).by, Some(0));
    assert_eq!(first(&[said(Vec::<Field>::new())], Vec::new()).by, None);
    assert_eq!(first(&[said(Plan::Inherit), said(Plan::Send(Vec::new()))], Plan::Inherit).by, Some(1));
}

#[test]
fn one_plugin_decides_the_holiday_and_another_the_lunch() {
    let span = |start: u16, end: u16| Span { start, end };
    let plan = |spans: &[Span]| working_hours::Plan { spans: spans.to_vec(), notice: None };
    let day = |number: u8| Day {
        date: CivilDate { year: 2026, month: 12, day: number },
        weekday: Weekday::Friday,
        holiday: None,
        base: vec![span(540, 1_020)],
    };
    let holidays = said(vec![Verdict::Replace(plan(&[])), Verdict::Inherit, Verdict::Inherit]);
    let lunch = vec![span(540, 720), span(780, 1_020)];
    let lunches = said(vec![Verdict::Replace(plan(&lunch)), Verdict::Replace(plan(&lunch)), Verdict::Inherit]);

    let settled = days(&[day(25), day(26), day(27)], &[holidays, Err(Failure::Busy), lunches]);

    let by: Vec<_> = settled.iter().map(|day| (day.by, day.value.spans.len())).collect();
    assert_eq!(by, [(Some(0), 0), (Some(2), 2), (None, 1)]);
}

#[test]
fn the_first_plugin_that_tells_a_fact_is_believed() {
    let told = |name: Option<&str>, company: &str, tag: &str| {
        let attributes = vec![attribute("company", company), attribute(tag, "yes")];
        said(Profile { name: name.map(str::to_owned), attributes, tags: vec![tag.to_owned(), "known".to_owned()] })
    };

    let all = profile(&[told(None, "Bakery", "a"), Err(Failure::Stack), told(Some("Vera"), "Bank", "b")]);

    assert_eq!(all.name.as_deref(), Some("Vera"));
    assert_eq!(all.attributes, [attribute("company", "Bakery"), attribute("a", "yes"), attribute("b", "yes")]);
    assert_eq!(all.tags, ["a", "known", "b"]);
}

fn message(text: &str) -> Message {
    Message { author: Author::Visitor, text: text.to_owned() }
}

fn judged(verdict: Judged, tag: &str) -> Said<Finding> {
    said(Finding { verdict, tags: vec![tag.to_owned()] })
}

#[test]
fn each_filter_sees_what_the_one_before_left() {
    let mut review = Review::new(message("card 4111, damn"));

    review.take(&judged(Judged::Replace("card ****, damn".to_owned()), "card"));
    assert_eq!(review.next().unwrap().text, "card ****, damn");
    review.take(&Err(Failure::Stack));
    review.take(&judged(Judged::Pass, "seen"));
    review.take(&judged(Judged::Replace("card ****, d***".to_owned()), "card"));

    let finding = review.finding(&message("card 4111, damn"));
    assert_eq!(finding.verdict, Judged::Replace("card ****, d***".to_owned()));
    assert_eq!(finding.tags, ["card", "seen"]);
}

#[test]
fn the_first_refusal_ends_the_review() {
    let mut review = Review::new(message("buy pills"));

    review.take(&judged(Judged::Refuse("No advertising".to_owned()), "spam"));
    assert_eq!(review.next(), None);
    review.take(&judged(Judged::Replace("hello".to_owned()), "late"));

    assert_eq!(review.finding(&message("buy pills")).verdict, Judged::Refuse("No advertising".to_owned()));
    let untouched = Review::new(message("hello")).finding(&message("hello"));
    assert_eq!(untouched.verdict, Judged::Pass);
}
