//! Settings of a plugin as an owner sends them: checked against its form, then by the plugin itself.

use hub_store::{Plugin, PluginKind};
use plugins::ask::{Answer, Question};
use plugins::form;
use plugins::hooks::Given;
use serde_json::Value;

use super::naming;
use super::problems::{FieldProblem, PluginProblem};
use crate::http::State;
use crate::http::error::ApiError;
use crate::http::signed_in::SignedIn;
use crate::rules::secrets;
use crate::vault::Place;

/// The values to keep, and the secrets, sealed.
pub(super) async fn accept(
    state: &State,
    owner: SignedIn,
    plugin: &Plugin,
    given: &Value,
) -> Result<(Value, Option<Vec<u8>>), ApiError> {
    let versions = state.store.plugin_versions(owner.business, plugin.id).await?;
    let version = naming::shown(plugin, &versions).ok_or(ApiError::UnknownVersion)?;
    let fields = naming::about(version).map(|about| about.fields).unwrap_or_default();
    let mut kept = secrets(&state.vault, plugin);
    let known = state.rules.known(owner.business).await?;
    let accepted = form::settings(&fields, given, &kept.keys().cloned().collect(), &known);
    let accepted = accepted.map_err(PluginProblem::settings)?;
    kept.extend(accepted.secrets.iter().map(|(key, secret)| (key.clone(), secret.reveal().to_owned())));
    let sealed = if kept.is_empty() {
        None
    } else {
        let json = serde_json::to_vec(&kept).map_err(|error| ApiError::Internal(error.into()))?;
        Some(state.vault.seal(Place::PluginSecrets(plugin.id), &json)?)
    };
    // It is asked with the settings that it will have.
    let wanted = Plugin { settings: Value::Object(accepted.values), secrets: sealed, ..plugin.clone() };
    if plugin.kind == PluginKind::Wasm {
        let question = Question::Check { settings: accepted.settings };
        let given = Given { fields, ..Given::default() };
        let step = state.rules.ask_version(owner.business, (&wanted, version), question, &given).await?;
        let language = naming::language(state, owner).await?;
        let errors: Vec<FieldProblem> = if let Some(Answer::Check(problems)) = step.answer {
            let told = |problem: plugins::wit::exports::click2callme::plugin::manifest::Problem| FieldProblem {
                pointer: pointer(&problem.key),
                code: "plugin".to_owned(),
                message: naming::localised(&problem.message, language),
            };
            problems.into_iter().map(told).collect()
        } else {
            let why = step.failure.map(|failure| failure.to_string()).unwrap_or_default();
            let message = format!("the plugin could not look at them: {why}");
            vec![FieldProblem { pointer: pointer(""), code: "plugin_failed".to_owned(), message }]
        };
        if !errors.is_empty() {
            return Err(PluginProblem::Settings { errors }.into());
        }
    }
    Ok((wanted.settings, wanted.secrets))
}

/// Where a field stands in the body (RFC 6901); without a key all of them.
fn pointer(key: &str) -> String {
    if key.is_empty() {
        "/settings".to_owned()
    } else {
        format!("/settings/{}", key.replace('~', "~0").replace('/', "~1"))
    }
}
