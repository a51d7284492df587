//! Plugins and rule tables as owners keep them: the list, one of them, which version decides.
//!
//! Today the hub asks them who gets a chat or call and when a package is open; other hooks run in the command line
//! and the playground only.

pub(super) mod calendar;
pub(super) mod decisions;
mod limits;
mod naming;
mod problems;
mod settings;
pub(super) mod tables;
mod telling;
pub(super) mod trial;
pub(super) mod upload;
mod views;

use actix_web::HttpResponse;
use actix_web::web::{Data, Json, Path};
use actors::ids::{PackageId, PluginId};
use actors::text::PlainText;
use hub_store::{By, Plugin, PluginChange, PluginVersion, StoreError};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use utoipa::ToSchema;

pub(crate) use limits::PluginLimits;
pub(super) use problems::{FieldProblem, PluginProblem};

use super::State;
use super::body::Body;
use super::error::ApiError;
use super::owner::Owner;
use super::profile::given;
use super::signed_in::SignedIn;
use views::{Entry, PluginDetail, PluginList};

/// Longest name of a plugin or rule table, in characters.
const NAME_CHARS: usize = 60;
/// Packages that a plugin may be bound to; a business has no more.
const MOST_PACKAGES: usize = 200;
/// The largest settings, as JSON, and what stands beside them.
const CHANGE_BYTES: usize = plugins::form::SETTINGS_BYTES + 32 * 1024;

/// What shall change of a plugin; what is left out stays.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct PluginChangeBody {
    #[schema(min_length = 1, max_length = 60)]
    name: Option<String>,
    /// By the keys of its fields. A secret that is left out, or sent as its placeholder, stays.
    #[schema(value_type = Option<Object>)]
    settings: Option<Value>,
    /// The packages it decides for; `null` means all.
    #[schema(value_type = Option<Vec<PackageId>>, max_items = 200)]
    #[serde(default, deserialize_with = "given")]
    packages: Option<Packages>,
}

/// The packages a plugin is to decide for; nothing means all.
#[derive(Deserialize)]
struct Packages(Option<Vec<PackageId>>);

/// Which versions are asked.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct LifeBody {
    /// The version that decides; `null` for none.
    #[schema(required, minimum = 1)]
    #[serde(deserialize_with = "Option::deserialize")]
    live: Option<i32>,
    /// The version that is asked beside it and only compared; `null` for none.
    #[schema(required, minimum = 1)]
    #[serde(deserialize_with = "Option::deserialize")]
    shadow: Option<i32>,
}

/// Plugins in the order they are to be asked.
#[derive(Deserialize, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct PluginOrderBody {
    /// Those not named follow in the order they have.
    order: Vec<PluginId>,
}

/// `GET /v1/plugins`
#[utoipa::path(get, path = "/v1/plugins", tag = "plugins",
    responses((status = 200, description = "Plugins and rule tables in the order they are asked", body = PluginList)))]
pub(super) async fn list(state: Data<State>, Owner(owner): Owner) -> Result<Json<PluginList>, ApiError> {
    let language = naming::language(&state, owner).await?;
    let mut plugins = Vec::new();
    for plugin in state.store.plugins(owner.business).await? {
        let versions = state.store.plugin_versions(owner.business, plugin.id).await?;
        plugins.push(Entry::of(&plugin, &versions, &state.rules.health(plugin.id), language));
    }
    Ok(Json(PluginList { plugins }))
}

/// `GET /v1/plugins/{plugin}`
#[utoipa::path(get, path = "/v1/plugins/{plugin}", tag = "plugins",
    params(("plugin" = PluginId, Path)),
    responses((status = 200, description = "It with its settings and versions", body = PluginDetail)))]
pub(super) async fn read(
    state: Data<State>,
    Owner(owner): Owner,
    path: Path<String>,
) -> Result<Json<PluginDetail>, ApiError> {
    let plugin = find(&state, owner, &path).await?;
    PluginDetail::load(&state, owner, plugin).await.map(Json)
}

/// `PUT /v1/plugins/{plugin}`
#[utoipa::path(put, path = "/v1/plugins/{plugin}", tag = "plugins",
    params(("plugin" = PluginId, Path)), request_body = PluginChangeBody,
    responses((status = 200, description = "It as it is kept from now on", body = PluginDetail),
        (status = 422, description = "invalid_settings; `errors` names the fields")))]
pub(super) async fn change(
    state: Data<State>,
    Owner(owner): Owner,
    path: Path<String>,
    Body(body): Body<PluginChangeBody, CHANGE_BYTES>,
) -> Result<Json<PluginDetail>, ApiError> {
    let plugin = find(&state, owner, &path).await?;
    let name = body.name.as_deref().map(name).transpose()?;
    let packages = match body.packages {
        Some(Packages(wanted)) => Some(own_packages(&state, owner, wanted).await?),
        None => None,
    };
    let (settings, secrets) = match body.settings {
        Some(given) => {
            settings::accept(&state, owner, &plugin, &given).await.map(|(kept, sealed)| (Some(kept), Some(sealed)))?
        }
        None => (None, None),
    };
    let change = PluginChange { name, settings, secrets, packages, ..PluginChange::default() };
    keep(&state, owner, &plugin, change).await
}

/// `PUT /v1/plugins/{plugin}/life`
#[utoipa::path(put, path = "/v1/plugins/{plugin}/life", tag = "plugins",
    params(("plugin" = PluginId, Path)), request_body = LifeBody,
    responses((status = 200, description = "These versions are asked from now on", body = PluginDetail)))]
pub(super) async fn life(
    state: Data<State>,
    Owner(owner): Owner,
    path: Path<String>,
    Body(LifeBody { live, shadow }): Body<LifeBody>,
) -> Result<Json<PluginDetail>, ApiError> {
    let plugin = find(&state, owner, &path).await?;
    // Whoever goes live begins anew.
    let off_reason = live.is_some().then_some(None);
    let change = PluginChange { live: Some(live), shadow: Some(shadow), off_reason, ..PluginChange::default() };
    keep(&state, owner, &plugin, change).await
}

/// `POST /v1/plugins/{plugin}/try`
#[utoipa::path(post, path = "/v1/plugins/{plugin}/try", tag = "plugins",
    params(("plugin" = PluginId, Path)),
    responses((status = 204, description = "It gets the next question although it failed too often")))]
pub(super) async fn try_now(
    state: Data<State>,
    Owner(owner): Owner,
    path: Path<String>,
) -> Result<HttpResponse, ApiError> {
    let plugin = find(&state, owner, &path).await?;
    state.rules.try_now(plugin.id);
    Ok(HttpResponse::NoContent().finish())
}

/// `DELETE /v1/plugins/{plugin}`
#[utoipa::path(delete, path = "/v1/plugins/{plugin}", tag = "plugins",
    params(("plugin" = PluginId, Path)),
    responses((status = 204, description = "It is gone; what it decided stays on record")))]
pub(super) async fn delete(
    state: Data<State>,
    Owner(owner): Owner,
    path: Path<String>,
) -> Result<HttpResponse, ApiError> {
    let by = By::account(owner.account, state.now());
    state.store.delete_plugin(owner.business, id(&path)?, by).await.map_err(unknown)?;
    state.reload(owner.business).await;
    Ok(HttpResponse::NoContent().finish())
}

/// `PUT /v1/plugins/order`
#[utoipa::path(put, path = "/v1/plugins/order", tag = "plugins", request_body = PluginOrderBody,
    responses((status = 204, description = "They are asked in this order from now on")))]
pub(super) async fn order(
    state: Data<State>,
    Owner(owner): Owner,
    Body(body): Body<PluginOrderBody>,
) -> Result<HttpResponse, ApiError> {
    let by = By::account(owner.account, state.now());
    state.store.order_plugins(owner.business, body.order, by).await?;
    state.reload(owner.business).await;
    Ok(HttpResponse::NoContent().finish())
}

/// Keeps a change, and lets those who decide know.
async fn keep(
    state: &State,
    owner: SignedIn,
    plugin: &Plugin,
    change: PluginChange,
) -> Result<Json<PluginDetail>, ApiError> {
    let by = By::account(owner.account, state.now());
    let changed = state.store.change_plugin(owner.business, plugin.id, change, by).await;
    let plugin = changed.map_err(|error| match error {
        // The plugin was there a moment ago.
        StoreError::NotFound => ApiError::UnknownVersion,
        error => error.into(),
    })?;
    state.reload(owner.business).await;
    PluginDetail::load(state, owner, plugin).await.map(Json)
}

/// The plugin of the address; one of another business does not exist.
async fn find(state: &State, owner: SignedIn, path: &str) -> Result<Plugin, ApiError> {
    state.store.plugin(owner.business, id(path)?).await.map_err(unknown)
}

/// One version of it.
async fn version(state: &State, owner: SignedIn, plugin: &Plugin, wanted: i32) -> Result<PluginVersion, ApiError> {
    let versions = state.store.plugin_versions(owner.business, plugin.id).await?;
    versions.into_iter().find(|version| version.version == wanted).ok_or(ApiError::UnknownVersion)
}

/// The packages it is bound to, all of this business.
async fn own_packages(
    state: &State,
    owner: SignedIn,
    wanted: Option<Vec<PackageId>>,
) -> Result<Option<Vec<PackageId>>, ApiError> {
    let Some(mut wanted) = wanted else { return Ok(None) };
    if wanted.len() > MOST_PACKAGES {
        return Err(ApiError::invalid("/packages", "has too many entries"));
    }
    let own = state.store.package_names(owner.business).await?;
    if let Some(at) = wanted.iter().position(|package| !own.iter().any(|(own, _)| own == package)) {
        return Err(ApiError::invalid(&format!("/packages/{at}"), "is no package of this business"));
    }
    wanted.sort_unstable();
    wanted.dedup();
    Ok(Some(wanted))
}

fn name(text: &str) -> Result<String, ApiError> {
    PlainText::line(text, NAME_CHARS).map(String::from).map_err(|problem| ApiError::invalid("/name", problem))
}

fn id(text: &str) -> Result<PluginId, ApiError> {
    text.parse().map_err(|_cause| PluginProblem::Unknown.into())
}

/// Whether a plugin exists is not told to those it does not belong to.
fn unknown(error: StoreError) -> ApiError {
    match error {
        StoreError::NotFound => PluginProblem::Unknown.into(),
        error => error.into(),
    }
}
