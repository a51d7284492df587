//! Signing in and out, and what an account may know of itself.

use actix_web::http::header::USER_AGENT;
use actix_web::web::{Data, Json};
use actix_web::{HttpRequest, HttpResponse};
use actors::ids::{AccountId, BusinessId};
use actors::text::{AGENT_CHARS, PlainText};
use hub_store::{Account, Business, Language, Role};
use secrecy::{ExposeSecret as _, SecretString};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::State;
use super::body::Body;
use super::error::ApiError;
use super::signed_in::SignedIn;
use crate::sign_in::{Browser, Credentials, tickets};

/// What a browser types to sign in.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct SignInBody {
    email: String,
    #[schema(value_type = String)]
    #[serde(deserialize_with = "secret")]
    password: SecretString,
    /// Six digits of an authenticator or a recovery code, where the account has a second factor.
    #[schema(value_type = Option<String>)]
    #[serde(default, deserialize_with = "maybe_secret")]
    code: Option<SecretString>,
}

/// An account as it sees itself.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct Me {
    account: AccountId,
    email: String,
    given_name: String,
    family_name: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    photo: Option<String>,
    role: Role,
    takes_calls: bool,
    sends_transcripts: bool,
    has_second_factor: bool,
    language: Language,
    business: MyBusiness,
}

#[derive(Debug, Serialize, ToSchema)]
struct MyBusiness {
    id: BusinessId,
    name: String,
}

/// A one-use ticket for the desk socket.
#[derive(Serialize, ToSchema)]
pub(super) struct Ticket {
    ticket: String,
    /// Milliseconds it is worth something.
    expires_ms: u64,
}

impl Me {
    fn of(account: Account, business: Business) -> Self {
        Self {
            account: account.id,
            email: account.email,
            given_name: account.given_name,
            family_name: account.family_name,
            photo: account.photo,
            role: account.role,
            takes_calls: account.takes_calls,
            sends_transcripts: account.sends_transcripts,
            has_second_factor: account.has_second_factor,
            language: account.language,
            business: MyBusiness { id: business.id, name: business.name },
        }
    }

    /// The account as it is kept now.
    pub(super) async fn load(state: &State, business: BusinessId, account: AccountId) -> Result<Self, ApiError> {
        let account = state.store.account(business, account).await?;
        Ok(Self::of(account, state.store.business(business).await?))
    }
}

/// Signs a browser in; the answer sets its cookie.
#[utoipa::path(
    post, path = "/v1/sign-in", tag = "sign-in", request_body = SignInBody,
    responses(
        (status = 200, description = "signed in", body = Me),
        (status = 400, description = "a field is wrong"),
        (status = 401, description = "wrong_sign_in, second_factor (a code is needed) or wrong_code"),
        (status = 429, description = "too many attempts"),
    ),
    security(())
)]
pub(super) async fn sign_in(
    request: HttpRequest,
    state: Data<State>,
    Body(body): Body<SignInBody>,
) -> Result<HttpResponse, ApiError> {
    let browser = browser(&state, &request);
    let told = Credentials { email: body.email, password: body.password, code: body.code };
    let account = state.sign_ins.check(told, browser.prefix).await?;
    // What the browser carried before ends here, so that nobody can plant a sign-in and wait.
    if let Some(old) = state.sign_ins.cookie().read(&request) {
        end(&state, &old).await?;
    }
    let (cookie, _) = state.sign_ins.begin(account.id, browser).await?;
    let business = state.store.business(account.business).await?;
    Ok(HttpResponse::Ok().cookie(cookie).json(Me::of(account, business)))
}

/// Signs a browser out; whoever asks is signed out afterwards.
#[utoipa::path(
    post, path = "/v1/sign-out", tag = "sign-in",
    responses((status = 204, description = "signed out")),
    security(())
)]
pub(super) async fn sign_out(request: HttpRequest, state: Data<State>) -> Result<HttpResponse, ApiError> {
    let cookie = state.sign_ins.cookie();
    if let Some(secret) = cookie.read(&request) {
        end(&state, &secret).await?;
    }
    Ok(HttpResponse::NoContent().cookie(cookie.forget()).finish())
}

/// The account that is signed in.
#[utoipa::path(
    get, path = "/v1/me", tag = "me",
    responses((status = 200, description = "the account", body = Me), (status = 401, description = "signed_out")),
)]
pub(super) async fn me(state: Data<State>, signed_in: SignedIn) -> Result<Json<Me>, ApiError> {
    Me::load(&state, signed_in.business, signed_in.account).await.map(Json)
}

/// A one-use ticket for the first frame of a desk socket.
#[utoipa::path(
    post, path = "/v1/ticket", tag = "me",
    responses((status = 200, description = "the ticket", body = Ticket), (status = 401, description = "signed_out")),
)]
pub(super) async fn ticket(state: Data<State>, signed_in: SignedIn) -> Result<Json<Ticket>, ApiError> {
    let secret = state.sign_ins.ticket(signed_in.holder())?;
    let ticket = secret.expose_secret().to_owned();
    Ok(Json(Ticket { ticket, expires_ms: u64::try_from(tickets::LIFETIME.as_millis()).unwrap_or(u64::MAX) }))
}

/// What is kept of the browser that signs in.
pub(super) fn browser(state: &State, request: &HttpRequest) -> Browser {
    let agent = request.headers().get(USER_AGENT).map(|agent| String::from_utf8_lossy(agent.as_bytes()).into_owned());
    let ip = state.ip_of(request);
    Browser {
        agent: agent.and_then(|agent| PlainText::cut(&agent, AGENT_CHARS)).map(String::from),
        ip: ip.ip().to_string(),
        prefix: ip.prefix(),
    }
}

async fn end(state: &State, secret: &SecretString) -> Result<(), ApiError> {
    if let Some(key) = state.sign_ins.end(secret).await? {
        state.edge.close_sign_in(key);
    }
    Ok(())
}

/// Reads a secret without a copy that lingers in memory.
pub(super) fn secret<'de, D: serde::Deserializer<'de>>(deserializer: D) -> Result<SecretString, D::Error> {
    String::deserialize(deserializer).map(SecretString::from)
}

/// The same where it may be left out.
pub(super) fn maybe_secret<'de, D: serde::Deserializer<'de>>(
    deserializer: D,
) -> Result<Option<SecretString>, D::Error> {
    Ok(Option::<String>::deserialize(deserializer)?.map(SecretString::from))
}
