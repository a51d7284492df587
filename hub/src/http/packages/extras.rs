//! What hangs on one package: preview, hours, the call page's QR code, the secret of identities.

use actix_web::web::{Data, Json, Path, Query};
use actors::ids::PackageId;
use actors::moment::Moment;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use hub_store::{By, PackageSettings};
use jiff::ToSpan as _;
use jiff::civil::Date;
use secrecy::ExposeSecret as _;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::limits::SETTINGS_BYTES;
use super::views::call_page;
use super::{check, days_of, id, known, unknown, zone};
use crate::http::State;
use crate::http::body::Body;
use crate::http::error::ApiError;
use crate::http::owner::Owner;
use crate::http::qr::{Qr, qr};
use crate::http::settings::LoaderConfig;
use crate::sign_in::secret::NoRandomness;
use crate::vault::Place;

/// Days of hours in one answer: two months of a calendar.
const MOST_DAYS: u16 = 62;
/// As many bits as the hash of the signature has.
const SECRET_BYTES: usize = 32;

/// Settings that are not saved, and how they shall be shown.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct PreviewBody {
    settings: PackageSettings,
    is_open: bool,
}

/// What the loader would be told.
#[derive(Serialize, ToSchema)]
pub(crate) struct Preview {
    button: LoaderConfig,
}

/// Which days are asked for.
#[derive(Deserialize, utoipa::IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct HoursQuery {
    /// The first day; today without one.
    #[param(value_type = Option<String>, format = Date)]
    from: Option<Date>,
    /// How many, 1 to 62.
    #[param(minimum = 1, maximum = 62)]
    days: Option<u16>,
}

/// When a package is open, day by day.
#[derive(Serialize, ToSchema)]
pub(crate) struct OpenDays {
    days: Vec<OpenDay>,
}

#[derive(Serialize, ToSchema)]
struct OpenDay {
    #[schema(value_type = String, format = Date)]
    date: Date,
    /// Those that touch the day.
    windows: Vec<OpenWindow>,
}

#[derive(Serialize, ToSchema)]
struct OpenWindow {
    #[schema(value_type = i64)]
    opens: Moment,
    #[schema(value_type = i64)]
    closes: Moment,
}

/// What the business's server signs identities with.
#[derive(Serialize, ToSchema)]
pub(crate) struct IdentitySecret {
    secret: Option<String>,
}

/// Nothing has to be said.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct NothingBody {}

/// `POST /v1/packages/{package}/preview`
#[utoipa::path(post, path = "/v1/packages/{package}/preview", tag = "packages",
    params(("package" = PackageId, Path)), request_body = PreviewBody,
    responses((status = 200, description = "The button as a page would draw it", body = Preview)))]
pub(crate) async fn preview(
    state: Data<State>,
    Owner(owner): Owner,
    path: Path<String>,
    Body(body): Body<PreviewBody, SETTINGS_BYTES>,
) -> Result<Json<Preview>, ApiError> {
    let package = state.store.package(owner.business, id(&path)?).await.map_err(unknown)?;
    let settings = check::settings(body.settings)?;
    known::check(&state, owner.business, &settings).await?;
    let button = LoaderConfig::of(&package.key.0, &settings, state.origins.public(), body.is_open);
    Ok(Json(Preview { button: button.for_preview() }))
}

/// `GET /v1/packages/{package}/hours`
#[utoipa::path(get, path = "/v1/packages/{package}/hours", tag = "packages",
    params(("package" = PackageId, Path), HoursQuery),
    responses((status = 200, description = "When the package is open, as it is kept and as plugins plan it", body = OpenDays)))]
pub(crate) async fn hours(
    state: Data<State>,
    Owner(owner): Owner,
    path: Path<String>,
    query: Query<HoursQuery>,
) -> Result<Json<OpenDays>, ApiError> {
    let package = state.store.package(owner.business, id(&path)?).await.map_err(unknown)?;
    let zone = zone(&package.settings)?;
    let days = days_of(query.days, MOST_DAYS)?;
    let first = query.from.unwrap_or_else(|| zone.date(state.now()));
    let hours = state.rules.hours(owner.business, package.id, package.settings.hours);
    let day = |date| OpenDay {
        date,
        windows: (hours.windows(&zone, date, date).into_iter())
            .map(|window| OpenWindow { opens: window.opens, closes: window.closes })
            .collect(),
    };
    Ok(Json(OpenDays { days: first.series(1.day()).take(days.into()).map(day).collect() }))
}

/// `GET /v1/packages/{package}/qr`
#[utoipa::path(get, path = "/v1/packages/{package}/qr", tag = "packages",
    params(("package" = PackageId, Path)),
    responses((status = 200, description = "The address of the call page", body = Qr)))]
pub(crate) async fn call_page_qr(
    state: Data<State>,
    Owner(owner): Owner,
    path: Path<String>,
) -> Result<Json<Qr>, ApiError> {
    let package = state.store.package(owner.business, id(&path)?).await.map_err(unknown)?;
    qr(&call_page(&package, &state)).map(Json)
}

/// `GET /v1/packages/{package}/identity-secret`
#[utoipa::path(get, path = "/v1/packages/{package}/identity-secret", tag = "packages",
    params(("package" = PackageId, Path)),
    responses((status = 200, description = "The secret; null when none was made", body = IdentitySecret)))]
pub(crate) async fn identity_secret(
    state: Data<State>,
    Owner(owner): Owner,
    path: Path<String>,
) -> Result<Json<IdentitySecret>, ApiError> {
    let id = id(&path)?;
    let Some(sealed) = state.store.identity_secret(owner.business, id).await.map_err(unknown)? else {
        return Ok(Json(IdentitySecret { secret: None }));
    };
    let secret = state.vault.unseal(Place::Identity(id), &sealed)?;
    let secret = String::from_utf8_lossy(secret.expose_secret()).into_owned();
    Ok(Json(IdentitySecret { secret: Some(secret) }))
}

/// `POST /v1/packages/{package}/identity-secret`: signatures made with the former one prove nothing any more.
#[utoipa::path(post, path = "/v1/packages/{package}/identity-secret", tag = "packages",
    params(("package" = PackageId, Path)), request_body = NothingBody,
    responses((status = 200, description = "Another secret, in place of the former", body = IdentitySecret)))]
pub(crate) async fn renew_identity_secret(
    state: Data<State>,
    Owner(owner): Owner,
    path: Path<String>,
    Body(NothingBody {}): Body<NothingBody>,
) -> Result<Json<IdentitySecret>, ApiError> {
    let id = id(&path)?;
    let mut bytes = [0_u8; SECRET_BYTES];
    getrandom::fill(&mut bytes).map_err(|_cause| NoRandomness)?;
    let secret = URL_SAFE_NO_PAD.encode(bytes);
    let sealed = state.vault.seal(Place::Identity(id), secret.as_bytes())?;
    let by = By::account(owner.account, state.now());
    state.store.set_identity_secret(owner.business, id, sealed, by).await.map_err(unknown)?;
    state.reload(owner.business).await;
    Ok(Json(IdentitySecret { secret: Some(secret) }))
}
