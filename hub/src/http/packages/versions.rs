//! The versions of a package: what each save left, and the way back.

use actix_web::web::{Data, Json, Path};
use actors::ids::{AccountId, PackageId};
use actors::moment::Moment;
use hub_store::{Package, PackageChange, PackageSettings, PackageVersion};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{PackageView, id, keep, known, unknown};
use crate::http::State;
use crate::http::body::Body;
use crate::http::error::ApiError;
use crate::http::owner::Owner;

/// All versions of a package, newest first; the first of them holds.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Versions {
    versions: Vec<VersionLine>,
}

/// One version.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct VersionLine {
    version: i32,
    name: String,
    #[schema(value_type = i64)]
    saved_at: Moment,
    /// Who saved it; absent when the hub itself did.
    #[serde(skip_serializing_if = "Option::is_none")]
    saved_by: Option<AccountId>,
    #[serde(skip_serializing_if = "Option::is_none")]
    saved_by_name: Option<String>,
}

/// One version with its settings.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct VersionView {
    #[serde(flatten)]
    line: VersionLine,
    settings: PackageSettings,
}

/// A former version shall hold again.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct RestoreBody {
    /// The version that holds until then.
    version: i32,
}

impl From<PackageVersion> for VersionLine {
    fn from(version: PackageVersion) -> Self {
        let PackageVersion { version, name, saved_at, saved_by, saved_by_name } = version;
        Self { version, name, saved_at, saved_by, saved_by_name }
    }
}

/// `GET /v1/packages/{package}/versions`
#[utoipa::path(get, path = "/v1/packages/{package}/versions", tag = "packages",
    params(("package" = PackageId, Path)),
    responses((status = 200, description = "At most 200 versions, newest first", body = Versions)))]
pub(crate) async fn list(
    state: Data<State>,
    Owner(owner): Owner,
    path: Path<String>,
) -> Result<Json<Versions>, ApiError> {
    let versions = state.store.package_versions(owner.business, id(&path)?).await.map_err(unknown)?;
    Ok(Json(Versions { versions: versions.into_iter().map(VersionLine::from).collect() }))
}

/// `GET /v1/packages/{package}/versions/{version}`
#[utoipa::path(get, path = "/v1/packages/{package}/versions/{version}", tag = "packages",
    params(("package" = PackageId, Path), ("version" = i32, Path)),
    responses((status = 200, description = "The version with its settings", body = VersionView)))]
pub(crate) async fn read(
    state: Data<State>,
    Owner(owner): Owner,
    path: Path<(String, String)>,
) -> Result<Json<VersionView>, ApiError> {
    let (package, version) = path.into_inner();
    let package = state.store.package(owner.business, id(&package)?).await.map_err(unknown)?;
    let (line, settings) = former(&state, &package, &version).await?;
    Ok(Json(VersionView { line: line.into(), settings }))
}

/// `POST /v1/packages/{package}/versions/{version}/restore`
#[utoipa::path(post, path = "/v1/packages/{package}/versions/{version}/restore", tag = "packages",
    params(("package" = PackageId, Path), ("version" = i32, Path)),
    request_body = RestoreBody,
    responses((status = 200, description = "The package, saved as it was in that version", body = PackageView),
        (status = 409, description = "Somebody saved another version in between")))]
pub(crate) async fn restore(
    state: Data<State>,
    Owner(owner): Owner,
    path: Path<(String, String)>,
    Body(body): Body<RestoreBody>,
) -> Result<Json<PackageView>, ApiError> {
    let (package, version) = path.into_inner();
    let package = state.store.package(owner.business, id(&package)?).await.map_err(unknown)?;
    let (former, settings) = former(&state, &package, &version).await?;
    let id = package.id;
    let settings = known::only_live(&state, Package { settings, ..package }).await?.settings;
    keep(&state, owner, id, PackageChange { name: former.name, settings, version: body.version }).await
}

async fn former(
    state: &State,
    package: &Package,
    version: &str,
) -> Result<(PackageVersion, PackageSettings), ApiError> {
    let version = version.parse().map_err(|_no_number| ApiError::UnknownVersion)?;
    match state.store.package_version(package.business, package.id, version).await {
        Ok(found) => Ok(found),
        Err(hub_store::StoreError::NotFound) => Err(ApiError::UnknownVersion),
        Err(error) => Err(error.into()),
    }
}
