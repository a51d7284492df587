//! The second factor of the account that is signed in: an authenticator, and recovery codes for when it is lost.

use actix_web::HttpResponse;
use actix_web::web::{Data, Json};
use hub_store::Account;
use secrecy::{ExposeSecret as _, SecretString};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::State;
use super::accounts::secret;
use super::body::Body;
use super::error::ApiError;
use super::profile::proof;
use super::qr::{Qr, qr};
use super::signed_in::SignedIn;
use crate::sign_in::Enrolment;

/// Proof that it is the account's own person who asks.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct ProofBody {
    #[schema(value_type = String)]
    #[serde(deserialize_with = "secret")]
    password: SecretString,
}

/// Both proofs.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct BothProofsBody {
    #[schema(value_type = String)]
    #[serde(deserialize_with = "secret")]
    password: SecretString,
    /// Six digits of the authenticator, or a recovery code.
    #[schema(value_type = String)]
    #[serde(deserialize_with = "secret")]
    code: SecretString,
}

/// The first code of a new authenticator.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct FirstCodeBody {
    /// As it was given; it is worth something for ten minutes.
    draft: String,
    #[schema(value_type = String)]
    #[serde(deserialize_with = "secret")]
    code: SecretString,
}

/// What an authenticator needs.
#[derive(Serialize, ToSchema)]
pub(super) struct NewFactor {
    /// For typing: base32.
    secret: String,
    /// The same as an `otpauth:` address.
    uri: String,
    /// The same for scanning.
    qr: Qr,
    /// To be sent back with the first code.
    draft: String,
}

/// Codes to be kept on paper; each opens once. They are shown this one time.
#[derive(Serialize, ToSchema)]
pub(super) struct RecoveryCodes {
    recovery_codes: Vec<String>,
}

/// Begins to add a second factor; nothing is kept until a first code comes.
#[utoipa::path(
    post, path = "/v1/me/second-factor", tag = "me", request_body = ProofBody,
    responses(
        (status = 200, description = "what an authenticator needs", body = NewFactor),
        (status = 400, description = "wrong_password"),
        (status = 401, description = "signed_out"),
        (status = 409, description = "has_second_factor"),
        (status = 429, description = "too many attempts"),
    ),
)]
pub(super) async fn begin(
    state: Data<State>,
    signed_in: SignedIn,
    Body(body): Body<ProofBody>,
) -> Result<Json<NewFactor>, ApiError> {
    let me = me(&state, signed_in).await?;
    let enrolment = state.sign_ins.enrol(&me, body.password).await.map_err(|error| proof(error, "/password"))?;
    let Enrolment { secret, uri, draft } = enrolment;
    let (secret, uri) = (secret.expose_secret().to_owned(), uri.expose_secret().to_owned());
    Ok(Json(NewFactor { qr: qr(&uri)?, secret, uri, draft }))
}

/// Adds the second factor; from now on each sign-in asks for a code.
#[utoipa::path(
    put, path = "/v1/me/second-factor", tag = "me", request_body = FirstCodeBody,
    responses(
        (status = 200, description = "added", body = RecoveryCodes),
        (status = 400, description = "wrong_code, or invalid (the draft is too old)"),
        (status = 401, description = "signed_out"),
        (status = 409, description = "has_second_factor"),
    ),
)]
pub(super) async fn confirm(
    state: Data<State>,
    signed_in: SignedIn,
    Body(body): Body<FirstCodeBody>,
) -> Result<Json<RecoveryCodes>, ApiError> {
    let me = me(&state, signed_in).await?;
    let codes = state.sign_ins.confirm(&me, &body.draft, &body.code).await;
    Ok(Json(RecoveryCodes::of(codes.map_err(|error| proof(error, ""))?)))
}

/// Takes the second factor off.
#[utoipa::path(
    delete, path = "/v1/me/second-factor", tag = "me", request_body = BothProofsBody,
    responses(
        (status = 204, description = "gone"),
        (status = 400, description = "wrong_password or wrong_code"),
        (status = 401, description = "signed_out"),
        (status = 409, description = "no_second_factor"),
        (status = 429, description = "too many attempts"),
    ),
)]
pub(super) async fn remove(
    state: Data<State>,
    signed_in: SignedIn,
    Body(body): Body<BothProofsBody>,
) -> Result<HttpResponse, ApiError> {
    let me = me(&state, signed_in).await?;
    let removed = state.sign_ins.remove_second_factor(&me, body.password, &body.code).await;
    removed.map_err(|error| proof(error, "/password"))?;
    Ok(HttpResponse::NoContent().finish())
}

/// Makes new recovery codes; the former ones are worthless then.
#[utoipa::path(
    post, path = "/v1/me/recovery-codes", tag = "me", request_body = ProofBody,
    responses(
        (status = 200, description = "the codes", body = RecoveryCodes),
        (status = 400, description = "wrong_password"),
        (status = 401, description = "signed_out"),
        (status = 409, description = "no_second_factor"),
        (status = 429, description = "too many attempts"),
    ),
)]
pub(super) async fn new_recovery_codes(
    state: Data<State>,
    signed_in: SignedIn,
    Body(body): Body<ProofBody>,
) -> Result<Json<RecoveryCodes>, ApiError> {
    let me = me(&state, signed_in).await?;
    let codes = state.sign_ins.new_recovery_codes(&me, body.password).await;
    Ok(Json(RecoveryCodes::of(codes.map_err(|error| proof(error, "/password"))?)))
}

impl RecoveryCodes {
    fn of(codes: Vec<SecretString>) -> Self {
        Self { recovery_codes: codes.iter().map(|code| code.expose_secret().to_owned()).collect() }
    }
}

async fn me(state: &State, signed_in: SignedIn) -> Result<Account, ApiError> {
    Ok(state.store.account(signed_in.business, signed_in.account).await?)
}
