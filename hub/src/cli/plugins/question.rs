//! The question: read part by part, so that a mistake is named with its place, and given its settings.

use std::collections::BTreeSet;

use clap::ValueEnum as _;
use plugins::ask::Question;
use plugins::form::{self, Known};
use plugins::wit::click2callme::plugin::types::Setting;
use plugins::wit::exports::click2callme::plugin::manifest::{Field, FieldKind};
use serde::de::DeserializeOwned;
use serde_json::{Map, Value, json};

use super::{HookArg, Misuse};

/// What tells the questions apart in their JSON.
const TAG: &str = "hook";

/// Reads the JSON of `plugins::ask::Question`; the tag may be left out.
pub(super) fn read(hook: HookArg, text: &str) -> Result<Question, Misuse> {
    let json = serde_json::from_str(text).map_err(|error| Misuse(format!("the question is not JSON: {error}")))?;
    let Value::Object(parts) = json else { return Err(Misuse("the question is not an object".to_owned())) };
    let mut parts = Parts(parts);
    parts.check_tag(hook)?;
    let question = match hook {
        HookArg::Describe => Question::Describe,
        HookArg::Check => Question::Check { settings: parts.settings()? },
        HookArg::Route => Question::Route { ctx: parts.ctx()?, request: parts.take("request")? },
        HookArg::PlanDays => Question::PlanDays { ctx: parts.ctx()?, days: parts.take("days")? },
        HookArg::OfferSlots => Question::OfferSlots { ctx: parts.ctx()?, query: parts.take("query")? },
        HookArg::Notify => Question::Notify { ctx: parts.ctx()?, event: parts.take("event")? },
        HookArg::Review => {
            Question::Review { ctx: parts.ctx()?, visitor: parts.visitor()?, message: parts.take("message")? }
        }
        HookArg::Form => Question::Form { ctx: parts.ctx()?, visitor: parts.visitor()?, medium: parts.take("medium")? },
        HookArg::Submit => {
            Question::Submit { ctx: parts.ctx()?, visitor: parts.visitor()?, answers: parts.take("answers")? }
        }
        HookArg::Requests => Question::Requests { ctx: parts.ctx()?, visitor: parts.visitor()? },
        HookArg::Enrich => {
            Question::Enrich { ctx: parts.ctx()?, visitor: parts.visitor()?, responses: parts.take("responses")? }
        }
        HookArg::Reply => Question::Reply { ctx: parts.ctx()?, visitor: parts.visitor()?, turn: parts.take("turn")? },
    };
    parts.end().map(|()| question)
}

/// Gives the question its settings, as the form makes them of what was typed.
///
/// A question that brings settings keeps them unless some were typed. Whoever a setting names is taken as
/// known, and every secret as stored: there is no business here.
pub(super) fn settle(question: &mut Question, fields: &[Field], typed: &[(String, Value)]) -> Result<(), Misuse> {
    let Some(settings) = question.settings_mut() else {
        return if typed.is_empty() { Ok(()) } else { Err(Misuse("this hook has no settings".to_owned())) };
    };
    if typed.is_empty() && !settings.is_empty() {
        return Ok(());
    }
    let typed = Value::Object(typed.iter().cloned().collect());
    let mut names = BTreeSet::new();
    collect_texts(&typed, &mut names);
    let known = Known { consultants: names.clone(), queues: names.clone(), skills: names };
    let accepted = form::settings(fields, &typed, &secrets(fields), &known).map_err(|flaws| {
        let flaws: Vec<_> = flaws.iter().map(|flaw| flaw.to_string().trim_start_matches('/').to_owned()).collect();
        Misuse(format!("the settings do not fit (--setting KEY=JSON): {}", flaws.join("; ")))
    })?;
    *settings = accepted.settings;
    Ok(())
}

/// The keys of the secrets in a form.
pub(super) fn secrets(fields: &[Field]) -> BTreeSet<String> {
    let is_secret = |field: &&Field| matches!(field.kind, FieldKind::Secret);
    fields.iter().filter(is_secret).map(|field| field.key.clone()).collect()
}

fn collect_texts(json: &Value, texts: &mut BTreeSet<String>) {
    match json {
        Value::String(text) => drop(texts.insert(text.clone())),
        Value::Array(values) => values.iter().for_each(|value| collect_texts(value, texts)),
        Value::Object(values) => values.values().for_each(|value| collect_texts(value, texts)),
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

/// The parts that were not read yet.
struct Parts(Map<String, Value>);

impl Parts {
    fn check_tag(&mut self, hook: HookArg) -> Result<(), Misuse> {
        let Some(tag) = self.0.remove(TAG) else { return Ok(()) };
        let wanted = hook.to_possible_value();
        let wanted = wanted.as_ref().map_or("", |value| value.get_name());
        if tag.as_str() == Some(wanted) {
            return Ok(());
        }
        Err(Misuse(format!("the question is for the hook {tag}, not for \"{wanted}\"")))
    }

    fn take<T: DeserializeOwned>(&mut self, name: &str) -> Result<T, Misuse> {
        let part = self.0.remove(name).ok_or_else(|| Misuse(format!("the question has no \"{name}\"")))?;
        serde_path_to_error::deserialize(part).map_err(|error| {
            let path = error.path().to_string();
            let place = if path == "." { name.to_owned() } else { format!("{name}.{path}") };
            Misuse(format!("{place} of the question: {}", error.inner()))
        })
    }

    /// Settings may be left out: `settle` finds them.
    fn ctx<T: DeserializeOwned>(&mut self) -> Result<T, Misuse> {
        if let Some(Value::Object(ctx)) = self.0.get_mut("ctx") {
            ctx.entry("settings").or_insert_with(|| json!([]));
        }
        self.take("ctx")
    }

    fn visitor<T: DeserializeOwned>(&mut self) -> Result<T, Misuse> {
        self.take("visitor")
    }

    fn settings(&mut self) -> Result<Vec<Setting>, Misuse> {
        if self.0.contains_key("settings") { self.take("settings") } else { Ok(Vec::new()) }
    }

    /// A part that nobody reads is a slip of the pen.
    fn end(self) -> Result<(), Misuse> {
        match self.0.keys().next() {
            None => Ok(()),
            Some(name) => Err(Misuse(format!("the question has \"{name}\", which this hook does not know"))),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refused(hook: HookArg, question: &Value) -> String {
        read(hook, &question.to_string()).unwrap_err().to_string()
    }

    #[test]
    fn the_tag_may_be_left_out_but_must_not_lie() {
        assert_eq!(read(HookArg::Describe, "{}").unwrap(), Question::Describe);
        assert_eq!(read(HookArg::Describe, r#"{"hook":"describe"}"#).unwrap(), Question::Describe);
        let words = refused(HookArg::PlanDays, &json!({ "hook": "route" }));
        assert_eq!(words, "the question is for the hook \"route\", not for \"plan-days\"");
    }

    #[test]
    fn every_hook_is_called_as_its_question_is_tagged() {
        for hook in HookArg::value_variants() {
            let name = hook.to_possible_value().unwrap().get_name().to_owned();
            let tagged = serde_json::from_value::<Question>(json!({ "hook": name }));
            // What is missing are parts, not the hook itself.
            assert!(tagged.is_ok() || tagged.unwrap_err().to_string().starts_with("missing field"), "{name}");
        }
    }

    #[test]
    fn a_mistake_is_named_with_its_place() {
        assert_eq!(refused(HookArg::Route, &json!({})), "the question has no \"ctx\"");
        assert_eq!(refused(HookArg::Route, &json!([])), "the question is not an object");
        let answers = json!({ "settings": [{ "key": "a", "value": { "Integer": "7" } }] });
        let words = refused(HookArg::Check, &answers);
        assert!(words.starts_with("settings.[0].value.Integer of the question: invalid type"), "{words}");
        let words = refused(HookArg::Check, &json!({ "wishes": [] }));
        assert_eq!(words, "the question has \"wishes\", which this hook does not know");
    }
}
