//! The answer: checked as the hub would, and told with what it cost.

use std::collections::BTreeSet;
use std::sync::Arc;

use plugins::Values;
use plugins::ask::{Answer, Failure, LogLine, Question, Run};
use plugins::form;
use plugins::hooks::enrich::Grants;
use plugins::hooks::notify::Allowed;
use plugins::hooks::route::Means;
use plugins::hooks::{Given, Note, check};
use plugins::loaded::Loaded;
use plugins::trace::sentence;
use plugins::wit::click2callme::plugin::types::{Medium, SettingValue};
use plugins::wit::exports::click2callme::plugin::manifest::{Capability, Field};
use serde::Serialize;

use super::question::secrets;

/// What is printed.
#[derive(Serialize)]
pub(super) struct Told {
    /// Checked; its tag `hook` stands beside it.
    #[serde(flatten)]
    answer: Option<Answer>,
    /// Of a routing decision, in words.
    #[serde(skip_serializing_if = "Option::is_none")]
    sentence: Option<String>,
    /// Why there is no answer.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) failure: Option<Failure>,
    notes: Vec<ToldNote>,
    logs: Vec<LogLine>,
    cost: Cost,
}

/// What was changed in the answer, and where.
#[derive(Serialize)]
struct ToldNote {
    at: String,
    text: String,
}

#[derive(Serialize)]
struct Cost {
    /// About one for each instruction.
    fuel: u64,
    took_us: u128,
    memory_bytes: u64,
}

impl Told {
    pub(super) fn of(question: &Question, run: Run, given: &Given) -> Self {
        let Run { answer, fuel, took, memory, logs } = run;
        let checked = answer.and_then(|answer| {
            let another = || Failure::Host { message: "another question was answered".to_owned() };
            check(question, answer, given).ok_or_else(another)
        });
        let (answer, notes, failure) = match checked {
            Ok(checked) => (Some(checked.value), checked.notes, None),
            Err(failure) => (None, Vec::new(), Some(failure)),
        };
        let sentence = match &answer {
            Some(Answer::Route(outcome)) => Some(sentence(outcome)),
            _ => None,
        };
        let told = |note: Note| ToldNote { at: note.at, text: note.why.to_string() };
        let notes = notes.into_iter().map(told).collect();
        let cost = Cost { fuel, took_us: took.as_micros(), memory_bytes: memory };
        Self { answer, sentence, failure, notes, logs, cost }
    }
}

/// What the answer is held to: the plugin is granted all that it wishes, a route leads to no bot and to no order, and
/// whoever the settings or the event name is a consultant.
pub(super) fn given(plugin: &Loaded, question: &Question) -> Given {
    let about = plugin.about();
    let mut question = question.clone();
    let settings = question.settings_mut().cloned().unwrap_or_default();
    let mut consultants: BTreeSet<String> = BTreeSet::new();
    for setting in &settings {
        match &setting.value {
            SettingValue::Text(text) => drop(consultants.insert(text.clone())),
            SettingValue::Texts(texts) => consultants.extend(texts.iter().cloned()),
            SettingValue::Rows(rows) => consultants.extend(rows.iter().flatten().cloned()),
            SettingValue::Integer(_) | SettingValue::Number(_) | SettingValue::Toggle(_) => {}
        }
    }
    if let Question::Notify { event, .. } = &question {
        consultants.extend(event.consultant.clone());
    }
    Given {
        means: Means::default(),
        allowed: Allowed {
            consultants,
            addresses: form::own_addresses(&about.fields, &settings),
            anyone: about.capabilities.contains(&Capability::NotifyAnyone),
        },
        grants: Grants { hosts: about.hosts.iter().cloned().collect(), secrets: secrets(&about.fields) },
        fields: fields(plugin, question),
    }
}

/// The form that the answer belongs to: the settings, or what the plugin itself asks visitors before a chat.
fn fields(plugin: &Loaded, question: Question) -> Vec<Field> {
    let Question::Submit { ctx, visitor, .. } = question else { return plugin.about().fields.clone() };
    let form = Question::Form { ctx, visitor, medium: Medium::Chat };
    let run = plugin.run(&form, &Arc::<Values>::default());
    let checked = run.answer.ok().and_then(|answer| check(&form, answer, &Given::default()));
    match checked.map(|checked| checked.value) {
        Some(Answer::Form(fields)) => fields,
        _ => Vec::new(),
    }
}
