//! What an account changes of itself: names, photo, language, password.

use actix_web::web::{Data, Json};
use actix_web::{HttpRequest, HttpResponse};
use actors::ids::BusinessId;
use hub_store::{Account, AccountChange, By, Language};
use secrecy::SecretString;
use serde::{Deserialize, Deserializer};
use utoipa::ToSchema;

use super::State;
use super::accounts::{Me, browser, secret};
use super::body::Body;
use super::error::ApiError;
use super::signed_in::SignedIn;
use crate::images::Name;
use crate::sign_in::SignInError;
use crate::sign_in::fields::{self, Person};
use crate::sockets::SignInKey;

/// What an account may change of itself; what is left out stays.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct MeBody {
    given_name: Option<String>,
    family_name: Option<String>,
    /// Address of an image of the business; `null` takes the photo away.
    #[schema(value_type = Option<String>)]
    #[serde(default, deserialize_with = "given")]
    photo: Option<Photo>,
    language: Option<Language>,
}

/// The photo an account is to have; nothing takes it away.
#[derive(Deserialize)]
pub(super) struct Photo(pub Option<String>);

/// Another password; whoever only found an open screen does not know the current one.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct PasswordBody {
    #[schema(value_type = String)]
    #[serde(deserialize_with = "secret")]
    current: SecretString,
    #[schema(value_type = String, min_length = 12, max_length = 256)]
    #[serde(deserialize_with = "secret")]
    password: SecretString,
}

/// Changes the account that is signed in.
#[utoipa::path(
    patch, path = "/v1/me", tag = "me", request_body = MeBody,
    responses(
        (status = 200, description = "the account as it is now", body = Me),
        (status = 400, description = "a field is wrong"),
        (status = 401, description = "signed_out"),
    ),
)]
pub(super) async fn change_me(
    state: Data<State>,
    signed_in: SignedIn,
    Body(body): Body<MeBody>,
) -> Result<Json<Me>, ApiError> {
    let me = state.store.account(signed_in.business, signed_in.account).await?;
    let change = AccountChange {
        given_name: body.given_name.as_deref().map(fields::given_name).transpose()?,
        family_name: body.family_name.as_deref().map(fields::family_name).transpose()?,
        photo: changed_photo(&state, &me, body.photo).await?.map(|Photo(photo)| photo),
        language: body.language,
        ..AccountChange::default()
    };
    state.store.change_account(me.business, me.id, change, By::account(me.id, state.now())).await?;
    state.reload(me.business).await;
    Me::load(&state, me.business, me.id).await.map(Json)
}

/// Changes the own password: this browser gets a new cookie, all others are signed out.
#[utoipa::path(
    put, path = "/v1/me/password", tag = "me", request_body = PasswordBody,
    responses(
        (status = 204, description = "changed; the answer sets a new cookie, other browsers are signed out"),
        (status = 400, description = "wrong_password (the current one), or invalid (the other one)"),
        (status = 401, description = "signed_out"),
        (status = 429, description = "too many attempts"),
    ),
)]
pub(super) async fn change_password(
    request: HttpRequest,
    state: Data<State>,
    signed_in: SignedIn,
    Body(body): Body<PasswordBody>,
) -> Result<HttpResponse, ApiError> {
    let me = state.store.account(signed_in.business, signed_in.account).await?;
    state.sign_ins.check_password(&me, body.current).await.map_err(|error| proof(error, "/current"))?;
    check_password(&state, &me, &body.password).await?;
    let password = Some(state.sign_ins.hash(body.password).await?);

    let others = state.sign_ins.browsers(signed_in.who()).await?;
    let change = AccountChange { password, ..AccountChange::default() };
    // With the password every sign-in ends in the same transaction; this browser begins a new one.
    state.store.change_account(me.business, me.id, change, By::account(me.id, state.now())).await?;
    state.sign_ins.forget_tickets(me.id);
    let old = signed_in.holder().key;
    for other in others.into_iter().map(|browser| SignInKey(browser.token)).filter(|key| *key != old) {
        state.edge.close_sign_in(other);
    }
    let (cookie, new) = state.sign_ins.begin(me.id, browser(&state, &request)).await?;
    state.edge.move_sign_in(old, new);
    Ok(HttpResponse::NoContent().cookie(cookie).finish())
}

/// Checks a password somebody chose for an account.
pub(super) async fn check_password(state: &State, account: &Account, password: &SecretString) -> Result<(), ApiError> {
    let business = state.store.business(account.business).await?.name;
    let Account { email, given_name, family_name, .. } = account.clone();
    Ok(Person { email, given_name, family_name }.check_password(password, &business)?)
}

/// The change of a photo: an image of the business or none; the one that is there may stay.
pub(super) async fn changed_photo(
    state: &State,
    account: &Account,
    wanted: Option<Photo>,
) -> Result<Option<Photo>, ApiError> {
    match wanted {
        Some(Photo(wanted)) if wanted == account.photo => Ok(None),
        Some(Photo(Some(photo))) => Ok(Some(Photo(Some(own_photo(state, account.business, photo).await?)))),
        wanted => Ok(wanted),
    }
}

/// The address of an image of this business; one of another business is none.
pub(super) async fn own_photo(state: &State, business: BusinessId, photo: String) -> Result<String, ApiError> {
    let image = Name::of_address(&photo);
    let is_own = match image {
        Some(image) => state.store.has_image(business, image.digest).await?,
        None => false,
    };
    if is_own { Ok(photo) } else { Err(ApiError::invalid("/photo", "must be an image that was uploaded here")) }
}

/// Where somebody who is signed in proves a password or a code, a wrong one does not sign out.
pub(super) fn proof(error: SignInError, pointer: &'static str) -> ApiError {
    match error {
        SignInError::Wrong => ApiError::RefusedPassword { pointer },
        SignInError::WrongCode => ApiError::RefusedCode,
        error => error.into(),
    }
}

/// Tells a field that is `null` from one that is left out.
pub(super) fn given<'de, T: Deserialize<'de>, D: Deserializer<'de>>(deserializer: D) -> Result<Option<T>, D::Error> {
    T::deserialize(deserializer).map(Some)
}
