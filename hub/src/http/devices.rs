//! The browsers an account is signed in with.

use actix_web::HttpResponse;
use actix_web::web::{Data, Json, Path};
use actors::moment::Moment;
use hub_store::SignedInBrowser;
use serde::Serialize;
use utoipa::ToSchema;

use super::State;
use super::error::ApiError;
use super::signed_in::SignedIn;
use crate::sign_in::devices;
use crate::user_agent;

/// The browsers, newest first.
#[derive(Serialize, ToSchema)]
pub(super) struct Devices {
    sign_ins: Vec<Device>,
}

/// One browser.
#[derive(Serialize, ToSchema)]
struct Device {
    id: String,
    /// Milliseconds since 1970.
    #[schema(value_type = i64)]
    created_at: Moment,
    /// Milliseconds since 1970, at most a minute old.
    #[schema(value_type = i64)]
    seen_at: Moment,
    ip: String,
    /// Like `Firefox 128`.
    #[serde(skip_serializing_if = "Option::is_none")]
    browser: Option<String>,
    /// Like `Windows 11`.
    #[serde(skip_serializing_if = "Option::is_none")]
    system: Option<String>,
    /// Is it the one that asks?
    is_current: bool,
}

/// Lists the browsers the account is signed in with.
#[utoipa::path(
    get, path = "/v1/me/sign-ins", tag = "me",
    responses((status = 200, description = "newest first", body = Devices), (status = 401, description = "signed_out")),
)]
pub(super) async fn list(state: Data<State>, signed_in: SignedIn) -> Result<Json<Devices>, ApiError> {
    let current = signed_in.holder().key.0;
    let browsers = state.sign_ins.browsers(signed_in.who()).await?;
    let sign_ins = browsers.into_iter().map(|browser| Device::of(browser, &current)).collect();
    Ok(Json(Devices { sign_ins }))
}

/// Signs one of them out; its desks close at once.
#[utoipa::path(
    delete, path = "/v1/me/sign-ins/{id}", tag = "me",
    params(("id" = String, Path, description = "as listed")),
    responses(
        (status = 204, description = "signed out"),
        (status = 401, description = "signed_out"),
        (status = 404, description = "unknown_sign_in"),
    ),
)]
pub(super) async fn sign_out(
    state: Data<State>,
    signed_in: SignedIn,
    id: Path<String>,
) -> Result<HttpResponse, ApiError> {
    let ended = state.sign_ins.end_named(signed_in.who(), &id).await?.ok_or(ApiError::UnknownSignIn)?;
    state.edge.close_sign_in(ended);
    let mut answer = HttpResponse::NoContent();
    if ended == signed_in.holder().key {
        answer.cookie(state.sign_ins.cookie().forget());
    }
    Ok(answer.finish())
}

impl Device {
    fn of(browser: SignedInBrowser, current: &[u8; 32]) -> Self {
        let told = browser.agent.map(|agent| user_agent::read(&agent, None)).unwrap_or_default();
        Self {
            id: devices::name(&browser.token),
            created_at: browser.created_at,
            seen_at: browser.seen_at,
            ip: browser.ip,
            browser: told.browser,
            system: told.system,
            is_current: browser.token == *current,
        }
    }
}
