//! Conditions of the table: does one hold for this visitor, and if not, why?

use super::{Condition, Test};
use crate::wit::click2callme::plugin::types::Context;
use crate::wit::exports::click2callme::plugin::routing::{Request, Stage};

/// The fact of a request that says how many seconds the visitor waits, at every stage but `waiting`.
pub const WAITING_FACT: &str = "waiting-seconds";

/// A condition that does not hold: what it looked at and what it found there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Miss {
    pub(super) fact: &'static str,
    pub(super) found: String,
}

/// How long the visitor has been waiting, in seconds.
pub(super) fn waiting_seconds(request: &Request) -> u32 {
    if let Stage::Waiting(seconds) = request.stage {
        return seconds;
    }
    let fact = request.facts.iter().find(|fact| fact.key == WAITING_FACT);
    fact.and_then(|fact| fact.value.parse().ok()).unwrap_or(0)
}

/// Checks one condition.
pub(super) fn holds(condition: &Condition, ctx: &Context, request: &Request) -> Result<(), Miss> {
    let visitor = &request.visitor;
    match condition {
        Condition::Language { test, values } => {
            let is_same = |value: &str| speaks(&visitor.language, value);
            let found = std::slice::from_ref(&visitor.language);
            match test {
                Test::OneOf => held(values.iter().any(|value| is_same(value)), "language", found),
                Test::NoneOf => held(!values.iter().any(|value| is_same(value)), "language", found),
                Test::Contains | Test::StartsWith => text("language", *test, values, found),
            }
        }
        Condition::Topic { test, values } => text("topic", *test, values, request.topic.as_slice()),
        Condition::PageUrl { test, values } => {
            text("page address", *test, values, std::slice::from_ref(&visitor.page_url))
        }
        Condition::Country { test, values } => text("country", *test, values, visitor.country.as_slice()),
        Condition::Tag { test, values } => text("tags", *test, values, &visitor.tags),
        Condition::Package { test, values } => {
            text("package", *test, values, &[ctx.package_name.clone(), ctx.package_id.clone()])
        }
        Condition::WaitingSeconds { at_least, at_most } => {
            number("waiting seconds", *at_least, *at_most, waiting_seconds(request))
        }
        Condition::Visits { at_least, at_most } => number("visits", *at_least, *at_most, visitor.visits),
        Condition::HourOfDay { from, to } => {
            let (from, to, now) = (u16::from(*from) * 60, u16::from(*to) * 60, ctx.local.minute);
            let is_inside = if from < to { (from..to).contains(&now) } else { now >= from || now < to };
            held(is_inside, "time", &[format!("{:02}:{:02}", now / 60, now % 60)])
        }
    }
}

/// Does somebody who speaks `language` speak `wanted`, which may be less exact?
pub(super) fn speaks(language: &str, wanted: &str) -> bool {
    let (language, wanted) = (language.to_lowercase(), wanted.to_lowercase());
    language.strip_prefix(&wanted).is_some_and(|rest| rest.is_empty() || rest.starts_with('-'))
}

fn text(fact: &'static str, test: Test, values: &[String], found: &[String]) -> Result<(), Miss> {
    let any = |is_match: fn(&str, &str) -> bool| {
        let matches = |found: &String| {
            let found = found.to_lowercase();
            values.iter().any(|value| is_match(&found, &value.to_lowercase()))
        };
        found.iter().any(matches)
    };
    let is_so = match test {
        Test::OneOf => any(|found, value| found == value),
        Test::NoneOf => !any(|found, value| found == value),
        Test::Contains => any(|found, value| found.contains(value)),
        Test::StartsWith => any(|found, value| found.starts_with(value)),
    };
    held(is_so, fact, found)
}

fn number(fact: &'static str, at_least: Option<u32>, at_most: Option<u32>, found: u32) -> Result<(), Miss> {
    let is_so = at_least.is_none_or(|least| found >= least) && at_most.is_none_or(|most| found <= most);
    held(is_so, fact, &[found.to_string()])
}

fn held(is_so: bool, fact: &'static str, found: &[String]) -> Result<(), Miss> {
    /// Longest text that a trace repeats, in characters.
    const FOUND_CHARS: usize = 80;
    if is_so {
        return Ok(());
    }
    Err(Miss { fact, found: found.join(", ").chars().take(FOUND_CHARS).collect() })
}
