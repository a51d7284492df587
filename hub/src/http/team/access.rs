//! How owners let an account in and out: links, ending its sign-ins, taking a lost second factor off.

use actix_web::HttpResponse;
use actix_web::web::{Data, Json, Path};
use actors::hub::SignedIn;
use actors::ids::AccountId;
use hub_store::By;
use serde::Deserialize;
use utoipa::ToSchema;

use super::{find, shut_out};
use crate::http::State;
use crate::http::body::Body;
use crate::http::error::ApiError;
use crate::http::links::Link;
use crate::http::owner::Owner;

/// Nothing to say: `{}`.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(in crate::http) struct NothingBody {}

/// Makes a link: an invitation until the account has joined, then a way to another password.
#[utoipa::path(
    post, path = "/v1/accounts/{account}/link", tag = "accounts", request_body = NothingBody,
    params(("account" = AccountId, Path,)),
    responses(
        (status = 200, description = "the link; older ones of the account are worthless now", body = Link),
        (status = 401, description = "signed_out"),
        (status = 403, description = "owners_only"),
        (status = 404, description = "unknown_account"),
    ),
)]
pub(in crate::http) async fn link(
    state: Data<State>,
    Owner(owner): Owner,
    path: Path<String>,
    Body(NothingBody {}): Body<NothingBody>,
) -> Result<Json<Link>, ApiError> {
    let account = find(&state, owner.who(), &path).await?;
    let made = state.sign_ins.make_link(&account, By::account(owner.account, state.now())).await?;
    Ok(Json(Link::of(&made, &state)))
}

/// Signs an account out everywhere at once.
#[utoipa::path(
    post, path = "/v1/accounts/{account}/sign-out", tag = "accounts", request_body = NothingBody,
    params(("account" = AccountId, Path,)),
    responses(
        (status = 204, description = "signed out"),
        (status = 401, description = "signed_out"),
        (status = 403, description = "owners_only"),
        (status = 404, description = "unknown_account"),
    ),
)]
pub(in crate::http) async fn sign_out(
    state: Data<State>,
    Owner(owner): Owner,
    path: Path<String>,
    Body(NothingBody {}): Body<NothingBody>,
) -> Result<HttpResponse, ApiError> {
    let account = find(&state, owner.who(), &path).await?;
    state.sign_ins.end_all(SignedIn { business: account.business, account: account.id }).await?;
    shut_out(&state, &account);
    Ok(HttpResponse::NoContent().finish())
}

/// Takes the second factor of an account off whose phone and codes are lost.
#[utoipa::path(
    delete, path = "/v1/accounts/{account}/second-factor", tag = "accounts",
    params(("account" = AccountId, Path,)),
    responses(
        (status = 204, description = "gone, or there was none"),
        (status = 401, description = "signed_out"),
        (status = 403, description = "owners_only"),
        (status = 404, description = "unknown_account"),
        (status = 409, description = "yourself: that needs a code"),
    ),
)]
pub(in crate::http) async fn reset_second_factor(
    state: Data<State>,
    Owner(owner): Owner,
    path: Path<String>,
) -> Result<HttpResponse, ApiError> {
    let account = find(&state, owner.who(), &path).await?;
    if account.id == owner.account {
        return Err(ApiError::Yourself);
    }
    let by = By::account(owner.account, state.now());
    state.store.clear_second_factor(account.business, account.id, by).await?;
    Ok(HttpResponse::NoContent().finish())
}
