//! Plugins as an owner sees them.

use std::time::Duration;

use actors::ids::{PackageId, PluginId};
use actors::moment::Moment;
use hub_store::{Language, Plugin, PluginKind, PluginVersion};
use plugins::form::secret::placeholder;
use plugins::table::{Row, Table};
use plugins::wit::exports::click2callme::plugin::manifest::Field;
use serde::Serialize;
use serde_json::{Map, Value};
use utoipa::ToSchema;

use super::naming;
use crate::http::State;
use crate::http::error::ApiError;
use crate::http::signed_in::SignedIn;
use crate::rules::{Health, secrets};

/// All plugins and rule tables of a business.
#[derive(Serialize, ToSchema)]
pub(crate) struct PluginList {
    pub(super) plugins: Vec<Entry>,
}

/// One of them, as a list shows it.
#[derive(Serialize, ToSchema)]
#[schema(as = PluginEntry)]
pub(crate) struct Entry {
    id: PluginId,
    kind: PluginKind,
    /// What it calls itself, one of a kind in its business.
    key: String,
    name: String,
    summary: String,
    /// The version that decides.
    live: Option<i32>,
    /// The version that is asked beside it and only compared.
    shadow: Option<i32>,
    newest: i32,
    /// The packages it decides for; `null` means all.
    packages: Option<Vec<PackageId>>,
    /// Of the live version, else of the newest. The hub asks about `routing` and `working-hours` today.
    #[schema(value_type = Vec<String>)]
    hooks: Value,
    /// Why the hub does not ask it at the moment.
    off_reason: Option<String>,
    health: HealthView,
}

/// How it did since the hub started.
#[derive(Serialize, ToSchema)]
#[schema(as = PluginHealth)]
struct HealthView {
    asked: u64,
    failed: u64,
    last_failure: Option<String>,
    #[schema(value_type = Option<i64>)]
    last_failed_at: Option<Moment>,
    /// It failed too often and is not asked for so long.
    off_for_seconds: Option<u64>,
    /// Microseconds that half of the answers took at most.
    p50_us: u64,
    /// Microseconds that all but one of a hundred answers took at most.
    p99_us: u64,
}

/// One of them with everything an owner may look at.
#[derive(Serialize, ToSchema)]
pub(crate) struct PluginDetail {
    #[serde(flatten)]
    entry: Entry,
    author: String,
    homepage: Option<String>,
    /// The servers it wants to ask.
    hosts: Vec<String>,
    /// The form of its settings: of the live version, else of the newest.
    #[schema(value_type = Vec<Object>)]
    fields: Vec<Field>,
    /// What was filled in; a secret is shown as its placeholder.
    #[schema(value_type = Object)]
    settings: Value,
    /// Newest first.
    versions: Vec<VersionView>,
    /// Of the newest version of a rule table.
    #[schema(value_type = Option<Vec<Object>>)]
    rows: Option<Vec<Row>>,
}

/// One version.
#[derive(Serialize, ToSchema)]
#[schema(as = PluginVersion)]
struct VersionView {
    version: i32,
    /// As its author numbers it; empty for a rule table.
    label: String,
    /// SHA-256 of the upload, in hexadecimal.
    digest: String,
    #[schema(value_type = Vec<String>)]
    hooks: Value,
    #[schema(value_type = i64)]
    uploaded_at: Moment,
    /// A name; `null` when the hub itself did it.
    uploaded_by: Option<String>,
    /// When it began to decide for the last time.
    #[schema(value_type = Option<i64>)]
    went_live_at: Option<Moment>,
}

impl Entry {
    /// The plugin with these versions.
    pub(super) fn of(plugin: &Plugin, versions: &[PluginVersion], health: &Health, language: Language) -> Self {
        let shown = naming::shown(plugin, versions);
        let about = shown.and_then(naming::about);
        Self {
            id: plugin.id,
            kind: plugin.kind,
            key: plugin.key.clone(),
            name: naming::name(plugin, versions, language),
            summary: about.map(|about| naming::localised(&about.summary, language)).unwrap_or_default(),
            live: plugin.live,
            shadow: plugin.shadow,
            newest: versions.iter().map(|version| version.version).max().unwrap_or_default(),
            packages: plugin.packages.clone(),
            hooks: shown.map_or_else(|| Value::Array(Vec::new()), |version| version.hooks.clone()),
            off_reason: plugin.off_reason.clone(),
            health: HealthView::of(health),
        }
    }
}

impl HealthView {
    fn of(health: &Health) -> Self {
        Self {
            asked: health.asked,
            failed: health.failed,
            last_failure: health.last_failure.clone(),
            last_failed_at: health.last_failed_at,
            off_for_seconds: health.off_for.map(|off| off.as_secs()),
            p50_us: micros(health.p50),
            p99_us: micros(health.p99),
        }
    }
}

impl PluginDetail {
    /// The plugin as it is kept.
    pub(super) async fn load(state: &State, asks: SignedIn, plugin: Plugin) -> Result<Self, ApiError> {
        let language = naming::language(state, asks).await?;
        let versions = state.store.plugin_versions(asks.business, plugin.id).await?;
        let names = state.store.account_names(asks.business).await?;
        let entry = Entry::of(&plugin, &versions, &state.rules.health(plugin.id), language);
        let about = naming::shown(&plugin, &versions).and_then(naming::about);
        let rows = match (plugin.kind, versions.first()) {
            (PluginKind::Table, Some(newest)) => Some(rows(state, newest).await?),
            _ => None,
        };
        let view = |version: PluginVersion| VersionView {
            version: version.version,
            digest: plugins::engine::hex(&version.digest),
            uploaded_by: version
                .uploaded_by
                .and_then(|account| names.iter().find(|(id, _)| *id == account).map(|(_, name)| name.clone())),
            label: version.label,
            hooks: version.hooks,
            uploaded_at: version.uploaded_at,
            went_live_at: version.went_live_at,
        };
        let (author, homepage, hosts, fields) =
            about.map_or_else(Default::default, |about| (about.author, about.homepage, about.hosts, about.fields));
        Ok(Self {
            entry,
            author,
            homepage,
            hosts,
            settings: settings(state, &plugin, &fields),
            fields,
            versions: versions.into_iter().map(view).collect(),
            rows,
        })
    }
}

/// What was filled in, with placeholders where secrets are kept.
fn settings(state: &State, plugin: &Plugin, fields: &[Field]) -> Value {
    let mut values: Map<String, Value> = plugin.settings.as_object().cloned().unwrap_or_default();
    for key in secrets(&state.vault, plugin).into_keys().filter(|key| fields.iter().any(|field| field.key == *key)) {
        let shown = Value::from(placeholder(&key));
        values.insert(key, shown);
    }
    Value::Object(values)
}

/// The rows of this version of a rule table.
async fn rows(state: &State, version: &PluginVersion) -> Result<Vec<Row>, ApiError> {
    let bytes = state.store.plugin_file(version.digest).await?;
    let table: Table = serde_json::from_slice(&bytes).map_err(|error| ApiError::Internal(error.into()))?;
    Ok(table.rows)
}

/// In microseconds.
pub(super) fn micros(time: Duration) -> u64 {
    u64::try_from(time.as_micros()).unwrap_or(u64::MAX)
}
