//! The first start: whoever holds the printed link makes the first business and its owner.

use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse};
use hub_store::Language;
use secrecy::SecretString;
use serde::Deserialize;
use utoipa::ToSchema;

use super::State;
use super::accounts::{Me, browser, secret};
use super::body::Body;
use super::error::ApiError;
use crate::sign_in::fields::{Person, business_name};
use crate::sign_in::first_start::Founding;

/// What the set-up page asks.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct SetupBody {
    #[serde(deserialize_with = "secret")]
    #[schema(value_type = String)]
    token: SecretString,
    business: String,
    given_name: String,
    family_name: String,
    email: String,
    #[serde(deserialize_with = "secret")]
    #[schema(value_type = String)]
    password: SecretString,
    #[serde(default)]
    language: Language,
}

/// `POST /v1/setup`
#[utoipa::path(post, path = "/v1/setup", tag = "sign-in", request_body = SetupBody,
    responses((status = 201, description = "The first owner, signed in", body = Me),
        (status = 404, description = "There is nothing to set up"),
        (status = 429, description = "Too many attempts")))]
pub(super) async fn set_up(
    request: HttpRequest,
    state: Data<State>,
    Body(body): Body<SetupBody>,
) -> Result<HttpResponse, ApiError> {
    let browser = browser(&state, &request);
    // Before anything else: without the link nothing here answers, as if the page did not exist.
    state.sign_ins.check_setup(&body.token, browser.prefix).await?;
    let business = business_name(&body.business)?;
    let owner = Person::new(&body.email, &body.given_name, &body.family_name)?;
    owner.check_password(&body.password, &business)?;
    let founding = Founding { business, owner, password: body.password, language: body.language };
    let (business, account) = state.sign_ins.set_up(&body.token, founding).await?;
    let (cookie, _) = state.sign_ins.begin(account, browser).await?;
    Ok(HttpResponse::Created().cookie(cookie).json(Me::load(&state, business, account).await?))
}
