//! Uploads: a new plugin, or a new version of one. Nothing goes live by it.

use actix_web::HttpResponse;
use actix_web::error::PayloadError;
use actix_web::web::{Data, Payload};
use futures_util::StreamExt as _;
use hub_store::{By, NewPlugin, PluginKind, StoreError};
use plugins::Refusal;
use plugins::form::{check_about, check_update};
use plugins::limits::UPLOAD_BYTES;
use serde_json::{Map, Value};
use sha2::{Digest as _, Sha256};

use super::views::PluginDetail;
use super::{PluginProblem, limits, naming};
use crate::http::State;
use crate::http::error::ApiError;
use crate::http::owner::Owner;
use crate::http::signed_in::SignedIn;

/// Where plugins are brought, the one address that takes WebAssembly.
pub(crate) const PLUGIN_UPLOADS: &str = "/v1/plugins";

/// `POST /v1/plugins`
#[utoipa::path(post, path = "/v1/plugins", tag = "plugins",
    request_body(content = String, description = "The bytes of a WebAssembly component, or of a core module that \
        says its interface; at most 4 MiB", content_type = "application/wasm"),
    responses((status = 201, description = "The plugin; what calls itself as one that is there is a new version of it. \
            Nothing goes live", body = PluginDetail),
        (status = 409, description = "plugin_is_a_table, or full"),
        (status = 413, description = "plugin_refused, `detail` says why"),
        (status = 422, description = "plugin_refused, `detail` says why"),
        (status = 429, description = "rate")))]
pub(crate) async fn upload(
    state: Data<State>,
    Owner(owner): Owner,
    payload: Payload,
) -> Result<HttpResponse, ApiError> {
    state.plugin_limits.count(owner.account)?;
    let bytes = file(payload).await?;
    let digest = Sha256::digest(&bytes).into();
    let loaded = state.rules.inspect(bytes.clone()).await?;
    let about = loaded.about();
    let flaws = check_about(about);
    if !flaws.is_empty() {
        return Err(PluginProblem::description(&flaws).into());
    }
    let hooks = serde_json::to_value(loaded.hooks()).map_err(|error| ApiError::Internal(error.into()))?;
    let mut new = NewPlugin {
        kind: PluginKind::Wasm,
        key: about.id.clone(),
        name: naming::kept_name(None, about),
        label: about.version.clone(),
        about: serde_json::to_value(about).map_err(|error| ApiError::Internal(error.into()))?,
        hooks,
        digest,
        bytes,
        settings: Value::Object(Map::new()),
    };
    match state.store.plugin_called(owner.business, &about.id).await? {
        Some(before) if before.kind == PluginKind::Table => return Err(PluginProblem::IsATable.into()),
        Some(before) => {
            let versions = state.store.plugin_versions(owner.business, before.id).await?;
            let former = versions.first().and_then(naming::about);
            let flaws = former.map(|former| check_update(&former, about)).unwrap_or_default();
            if !flaws.is_empty() {
                return Err(PluginProblem::description(&flaws).into());
            }
            new.name = naming::kept_name(Some((&before, &versions)), about);
        }
        None => has_room(&state, owner).await?,
    }
    Ok(HttpResponse::Created().json(keep(&state, owner, new).await?))
}

/// A business has only so many plugins and rule tables.
pub(super) async fn has_room(state: &State, owner: SignedIn) -> Result<(), ApiError> {
    if state.store.plugins(owner.business).await?.len() >= limits::PLUGINS {
        return Err(ApiError::Full("a business has up to 50 plugins and rule tables"));
    }
    Ok(())
}

/// Keeps a new plugin or version.
pub(super) async fn keep(state: &State, owner: SignedIn, new: NewPlugin) -> Result<PluginDetail, ApiError> {
    let by = By::account(owner.account, state.now());
    let kept = state.store.keep_plugin(owner.business, new, by).await;
    let (plugin, _) = kept.map_err(|error| match error {
        StoreError::Conflict { .. } => PluginProblem::IsATable.into(),
        error => ApiError::from(error),
    })?;
    state.reload(owner.business).await;
    PluginDetail::load(state, owner, plugin).await
}

/// Reads an upload. One that is too large is read to its end as far as the listener lets it,
/// since a browser that is still sending does not hear the answer.
async fn file(mut payload: Payload) -> Result<Vec<u8>, ApiError> {
    let mut bytes = Vec::new();
    let mut size = 0;
    let too_large = |size: usize| ApiError::from(Refusal::TooLarge { size: size as u64, allowed: UPLOAD_BYTES as u64 });
    while let Some(chunk) = payload.next().await {
        let chunk = chunk.map_err(|error| match error {
            PayloadError::Overflow => too_large(size),
            _ => ApiError::invalid("", "the body ended early"),
        })?;
        size += chunk.len();
        if size > UPLOAD_BYTES {
            bytes = Vec::new();
        } else {
            bytes.extend_from_slice(&chunk);
        }
    }
    if size > UPLOAD_BYTES { Err(too_large(size)) } else { Ok(bytes) }
}
