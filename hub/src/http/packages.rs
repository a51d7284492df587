//! Packages: the list, and what an owner does with one of them.

pub(super) mod check;
pub(super) mod extras;
mod known;
pub(super) mod limits;
pub(super) mod versions;
mod views;

use actix_web::HttpResponse;
use actix_web::web::{Data, Json, Path};
use actors::hours::Zone;
use actors::ids::PackageId;
use actors::moment::Moment;
use actors::ports::PublicKey;
use hub_store::{By, Language, NewPackage, PackageChange, PackageSettings, StoreError};
use serde::Deserialize;
use utoipa::ToSchema;

pub(super) use views::{PackageList, PackageView};

use super::State;
use super::body::Body;
use super::error::ApiError;
use super::owner::Owner;
use super::signed_in::SignedIn;
use crate::sign_in::secret::NoRandomness;
use limits::SETTINGS_BYTES;

/// Random bytes a key is made of.
const KEY_BYTES: usize = 16;
/// Bits of them that are left out: 80 are enough that nobody meets a foreign key by trying.
const KEY_SPARE_BITS: u32 = 48;

/// A new package.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct CreateBody {
    /// 1 to 25 characters; on the management pages only.
    name: String,
    #[serde(default)]
    language: Option<Language>,
    /// IANA name; UTC without one.
    #[serde(default)]
    zone: Option<String>,
}

/// Another name for a copy.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct CopyBody {
    #[serde(default)]
    name: Option<String>,
}

/// What a package shall become.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct SaveBody {
    name: String,
    /// The version the change was made from.
    version: i32,
    settings: PackageSettings,
}

/// Is a package with these settings open?
pub(super) fn is_open(settings: &PackageSettings, now: Moment) -> bool {
    zone(settings).is_ok_and(|zone| settings.hours.now(&zone, now).is_open)
}

/// `GET /v1/packages`
#[utoipa::path(get, path = "/v1/packages", tag = "packages",
    responses((status = 200, description = "The packages, oldest first", body = PackageList)))]
pub(super) async fn list(state: Data<State>, Owner(owner): Owner) -> Result<Json<PackageList>, ApiError> {
    let packages = state.store.packages(owner.business).await?;
    let business = state.store.business(owner.business).await?;
    Ok(Json(PackageList::of(packages, &business.name, &state)))
}

/// `POST /v1/packages`
#[utoipa::path(post, path = "/v1/packages", tag = "packages", request_body = CreateBody,
    responses((status = 201, description = "The package, with the usual settings", body = PackageView),
        (status = 409, description = "There are too many")))]
pub(super) async fn create(
    state: Data<State>,
    Owner(owner): Owner,
    Body(body): Body<CreateBody>,
) -> Result<HttpResponse, ApiError> {
    let mut settings = PackageSettings { language: body.language.unwrap_or_default(), ..PackageSettings::default() };
    if let Some(zone) = body.zone {
        settings.zone = check::zone(&zone).map_err(|problem| ApiError::invalid("/zone", problem))?;
    }
    add(&state, owner, check::name(&body.name)?, settings).await
}

/// `GET /v1/packages/{package}`
#[utoipa::path(get, path = "/v1/packages/{package}", tag = "packages",
    params(("package" = PackageId, Path)),
    responses((status = 200, description = "The package as it is kept", body = PackageView)))]
pub(super) async fn read(
    state: Data<State>,
    Owner(owner): Owner,
    path: Path<String>,
) -> Result<Json<PackageView>, ApiError> {
    let package = state.store.package(owner.business, id(&path)?).await.map_err(unknown)?;
    let package = known::only_live(&state, package).await?;
    Ok(Json(PackageView::of(package, &state)))
}

/// `PUT /v1/packages/{package}`
#[utoipa::path(put, path = "/v1/packages/{package}", tag = "packages",
    params(("package" = PackageId, Path)), request_body = SaveBody,
    responses((status = 200, description = "The package as it is kept from now on", body = PackageView),
        (status = 409, description = "Somebody saved another version in between")))]
pub(super) async fn save(
    state: Data<State>,
    Owner(owner): Owner,
    path: Path<String>,
    Body(body): Body<SaveBody, SETTINGS_BYTES>,
) -> Result<Json<PackageView>, ApiError> {
    let id = id(&path)?;
    let name = check::name(&body.name)?;
    let settings = check::settings(body.settings)?;
    known::check(&state, owner.business, &settings).await?;
    keep(&state, owner, id, PackageChange { name, settings, version: body.version }).await
}

/// `DELETE /v1/packages/{package}`
#[utoipa::path(delete, path = "/v1/packages/{package}", tag = "packages",
    params(("package" = PackageId, Path)),
    responses((status = 204, description = "Its button and call page are gone, its chats stay")))]
pub(super) async fn delete(
    state: Data<State>,
    Owner(owner): Owner,
    path: Path<String>,
) -> Result<HttpResponse, ApiError> {
    let by = By::account(owner.account, state.now());
    state.store.delete_package(owner.business, id(&path)?, by).await.map_err(unknown)?;
    state.reload(owner.business).await;
    Ok(HttpResponse::NoContent().finish())
}

/// `POST /v1/packages/{package}/copies`
#[utoipa::path(post, path = "/v1/packages/{package}/copies", tag = "packages",
    params(("package" = PackageId, Path)), request_body = CopyBody,
    responses((status = 201, description = "Another package with the same settings", body = PackageView),
        (status = 409, description = "There are too many")))]
pub(super) async fn copy(
    state: Data<State>,
    Owner(owner): Owner,
    path: Path<String>,
    Body(body): Body<CopyBody>,
) -> Result<HttpResponse, ApiError> {
    let package = state.store.package(owner.business, id(&path)?).await.map_err(unknown)?;
    let name = match body.name {
        Some(name) => check::name(&name)?,
        None => package.name.clone(),
    };
    let package = known::only_live(&state, package).await?;
    add(&state, owner, name, package.settings).await
}

/// Keeps a new package under a key of its own.
async fn add(
    state: &State,
    owner: SignedIn,
    name: String,
    settings: PackageSettings,
) -> Result<HttpResponse, ApiError> {
    if state.store.packages(owner.business).await?.len() >= limits::PACKAGES {
        return Err(ApiError::Full("a business has up to 200 packages"));
    }
    let package = NewPackage { key: new_key()?, name, settings };
    let by = By::account(owner.account, state.now());
    let package = state.store.create_package(owner.business, package, by).await?;
    state.reload(owner.business).await;
    Ok(HttpResponse::Created().json(PackageView::of(package, state)))
}

/// Keeps what a package shall become, and tells those who are live.
async fn keep(
    state: &State,
    owner: SignedIn,
    id: PackageId,
    change: PackageChange,
) -> Result<Json<PackageView>, ApiError> {
    let by = By::account(owner.account, state.now());
    let package = state.store.save_package(owner.business, id, change, by).await.map_err(unknown)?;
    state.reload(owner.business).await;
    Ok(Json(PackageView::of(package, state)))
}

fn id(text: &str) -> Result<PackageId, ApiError> {
    text.parse().map_err(|_cause| ApiError::UnknownPackage)
}

/// Whether a package exists is not told to those it does not belong to.
pub(super) fn unknown(error: StoreError) -> ApiError {
    match error {
        StoreError::NotFound => ApiError::UnknownPackage,
        error => error.into(),
    }
}

pub(super) fn new_key() -> Result<PublicKey, NoRandomness> {
    let mut bytes = [0_u8; KEY_BYTES];
    getrandom::fill(&mut bytes).map_err(|_cause| NoRandomness)?;
    Ok(PublicKey(format!("{:020x}", u128::from_be_bytes(bytes) >> KEY_SPARE_BITS)))
}

/// How many days are asked for, one unless said otherwise.
pub(super) fn days_of(asked: Option<u16>, most: u16) -> Result<u16, ApiError> {
    let days = asked.unwrap_or(1);
    let fits = (1..=most).contains(&days);
    if fits { Ok(days) } else { Err(ApiError::invalid("/days", format!("must be between 1 and {most}"))) }
}

/// The zone a package's hours are meant in.
pub(super) fn zone(settings: &PackageSettings) -> Result<Zone, ApiError> {
    // One that is not known any more counts as UTC, as it does for the actors.
    let zone = Zone::named(&settings.zone).or_else(|_unknown| Zone::named("UTC"));
    zone.map_err(|error| ApiError::Internal(error.into()))
}
