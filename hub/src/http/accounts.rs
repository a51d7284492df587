//! Signing in and out, and what an account may know and change of itself.

use actix_web::http::header::USER_AGENT;
use actix_web::web::{Data, Json};
use actix_web::{HttpRequest, HttpResponse};
use actors::ids::{AccountId, BusinessId};
use actors::text::{AGENT_CHARS, PlainText};
use hub_store::{Account, Business, Language, Role};
use secrecy::{ExposeSecret as _, SecretString};
use serde::{Deserialize, Serialize};

use super::State;
use super::body::Body;
use super::error::ApiError;
use super::signed_in::SignedIn;
use crate::sign_in::{Browser, tickets};

/// What a browser types to sign in.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct SignInBody {
    email: String,
    #[serde(deserialize_with = "secret")]
    password: SecretString,
}

/// What an account may change of itself.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct MeBody {
    language: Language,
}

/// An account as it sees itself.
#[derive(Debug, Serialize)]
pub(super) struct Me {
    account: AccountId,
    email: String,
    given_name: String,
    family_name: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    photo: Option<String>,
    role: Role,
    takes_calls: bool,
    language: Language,
    business: MyBusiness,
}

#[derive(Debug, Serialize)]
struct MyBusiness {
    id: BusinessId,
    name: String,
}

/// A one-use ticket for the desk socket.
#[derive(Serialize)]
pub(super) struct Ticket {
    ticket: String,
    expires_ms: u128,
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

/// `POST /v1/sign-in`
pub(super) async fn sign_in(
    request: HttpRequest,
    state: Data<State>,
    Body(body): Body<SignInBody>,
) -> Result<HttpResponse, ApiError> {
    let browser = browser(&state, &request);
    let account = state.sign_ins.check(&body.email, body.password, browser.prefix).await?;
    // What the browser carried before ends here, so that nobody can plant a sign-in and wait.
    if let Some(old) = state.sign_ins.cookie().read(&request) {
        end(&state, &old).await?;
    }
    let cookie = state.sign_ins.begin(account.id, browser).await?;
    let business = state.store.business(account.business).await?;
    Ok(HttpResponse::Ok().cookie(cookie).json(Me::of(account, business)))
}

/// `POST /v1/sign-out`: whoever asks is signed out afterwards.
pub(super) async fn sign_out(request: HttpRequest, state: Data<State>) -> Result<HttpResponse, ApiError> {
    let cookie = state.sign_ins.cookie();
    if let Some(secret) = cookie.read(&request) {
        end(&state, &secret).await?;
    }
    Ok(HttpResponse::NoContent().cookie(cookie.forget()).finish())
}

/// `GET /v1/me`
pub(super) async fn me(state: Data<State>, signed_in: SignedIn) -> Result<Json<Me>, ApiError> {
    Me::load(&state, signed_in.business, signed_in.account).await.map(Json)
}

/// `PATCH /v1/me`
pub(super) async fn change_me(
    state: Data<State>,
    signed_in: SignedIn,
    Body(body): Body<MeBody>,
) -> Result<Json<Me>, ApiError> {
    state.store.set_language(signed_in.business, signed_in.account, body.language).await?;
    Me::load(&state, signed_in.business, signed_in.account).await.map(Json)
}

/// `POST /v1/ticket`
pub(super) async fn ticket(state: Data<State>, signed_in: SignedIn) -> Result<Json<Ticket>, ApiError> {
    let secret = state.sign_ins.ticket(signed_in.holder())?;
    let ticket = secret.expose_secret().to_owned();
    Ok(Json(Ticket { ticket, expires_ms: tickets::LIFETIME.as_millis() }))
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
