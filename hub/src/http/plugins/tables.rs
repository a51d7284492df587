//! Rule tables: routing for owners without code, kept as versions like plugins.

use actix_web::HttpResponse;
use actix_web::web::{Data, Json, Path};
use actors::ids::PluginId;
use hub_store::{NewPlugin, PluginKind};
use plugins::ask::Hook;
use plugins::table::{Table, read};
use serde::Deserialize;
use serde_json::{Map, Value, json};
use sha2::{Digest as _, Sha256};
use utoipa::ToSchema;

use super::upload::{has_room, keep};
use super::views::PluginDetail;
use super::{PluginProblem, find, name};
use crate::http::State;
use crate::http::body::Body;
use crate::http::error::ApiError;
use crate::http::owner::Owner;
use crate::http::packages::new_key;

/// The largest table, as JSON: a hundred rows of some lines each.
const TABLE_BYTES: usize = 256 * 1024;

/// A rule table to be made.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct NewTableBody {
    #[schema(min_length = 1, max_length = 60)]
    name: String,
}

/// What a rule table shall say.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct TableBody {
    /// From the top: the first whose conditions hold and whose action can be carried out decides.
    #[schema(value_type = Vec<Object>, max_items = 100)]
    rows: Value,
}

/// `POST /v1/plugins/tables`
#[utoipa::path(post, path = "/v1/plugins/tables", tag = "plugins", request_body = NewTableBody,
    responses((status = 201, description = "A rule table without rows; nothing goes live", body = PluginDetail),
        (status = 409, description = "full")))]
pub(crate) async fn create(
    state: Data<State>,
    Owner(owner): Owner,
    Body(body): Body<NewTableBody>,
) -> Result<HttpResponse, ApiError> {
    let name = name(&body.name)?;
    has_room(&state, owner).await?;
    let key = format!("rule-table-{}", new_key()?.0);
    let made = keep(&state, owner, version(key, name, &Table::default())?).await?;
    Ok(HttpResponse::Created().json(made))
}

/// `PUT /v1/plugins/{plugin}/table`
#[utoipa::path(put, path = "/v1/plugins/{plugin}/table", tag = "plugins",
    params(("plugin" = PluginId, Path)), request_body = TableBody,
    responses((status = 200, description = "It with a new version, unless the newest says the same. Nothing goes live",
            body = PluginDetail),
        (status = 409, description = "plugin_is_not_a_table"),
        (status = 422, description = "invalid_table; `errors` names the places")))]
pub(crate) async fn save(
    state: Data<State>,
    Owner(owner): Owner,
    path: Path<String>,
    Body(body): Body<TableBody, TABLE_BYTES>,
) -> Result<Json<PluginDetail>, ApiError> {
    let plugin = find(&state, owner, &path).await?;
    if plugin.kind != PluginKind::Table {
        return Err(PluginProblem::IsNotATable.into());
    }
    let known = state.rules.known(owner.business).await?;
    let table = read(&json!({ "rows": body.rows }), &known).map_err(PluginProblem::table)?;
    keep(&state, owner, version(plugin.key, plugin.name, &table)?).await.map(Json)
}

fn version(key: String, name: String, table: &Table) -> Result<NewPlugin, ApiError> {
    let bytes = serde_json::to_vec(table).map_err(|error| ApiError::Internal(error.into()))?;
    Ok(NewPlugin {
        kind: PluginKind::Table,
        key,
        name,
        label: String::new(),
        about: Value::Null,
        hooks: json!([Hook::Routing]),
        digest: Sha256::digest(&bytes).into(),
        bytes,
        settings: Value::Object(Map::new()),
    })
}
