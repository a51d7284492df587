//! Links by which somebody who is not signed in chooses a password.

use actix_web::web::{Data, Json};
use actix_web::{HttpRequest, HttpResponse};
use actors::hub::SignedIn;
use actors::moment::Moment;
use hub_store::LinkPurpose;
use secrecy::{ExposeSecret as _, SecretString};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::State;
use super::accounts::secret;
use super::body::Body;
use super::error::ApiError;
use super::profile::check_password;
use crate::sign_in::links::{MadeLink, address};

/// A link as it is handed to a person, the only time its secret is told.
#[derive(Serialize, ToSchema)]
pub(super) struct Link {
    url: String,
    purpose: Purpose,
    /// Milliseconds since 1970.
    #[schema(value_type = i64)]
    expires_at: Moment,
}

/// What a link is for.
#[derive(Clone, Copy, Debug, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
enum Purpose {
    Invitation,
    Reset,
}

/// The secret of a link.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct LookBody {
    #[schema(value_type = String)]
    #[serde(deserialize_with = "secret")]
    token: SecretString,
}

/// The same with the password that was chosen.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct UseBody {
    #[schema(value_type = String)]
    #[serde(deserialize_with = "secret")]
    token: SecretString,
    #[schema(value_type = String, min_length = 12, max_length = 256)]
    #[serde(deserialize_with = "secret")]
    password: SecretString,
}

/// For whom a link is.
#[derive(Serialize, ToSchema)]
pub(super) struct LinkView {
    purpose: Purpose,
    email: String,
    given_name: String,
    business: String,
}

/// Tells whoever holds a link what it is for.
#[utoipa::path(
    post, path = "/v1/links/look", tag = "sign-in", request_body = LookBody,
    responses(
        (status = 200, description = "for whom it is", body = LinkView),
        (status = 404, description = "unknown_link: used, too old or never there"),
        (status = 429, description = "too many attempts"),
    ),
    security(())
)]
pub(super) async fn look(
    request: HttpRequest,
    state: Data<State>,
    Body(body): Body<LookBody>,
) -> Result<Json<LinkView>, ApiError> {
    let link = state.sign_ins.look_at_link(&body.token, state.ip_of(&request).prefix()).await?;
    Ok(Json(LinkView {
        purpose: link.purpose.into(),
        email: link.account.email,
        given_name: link.account.given_name,
        business: link.business_name,
    }))
}

/// Sets the password of the link's account and signs it out everywhere. It signs nobody in.
#[utoipa::path(
    post, path = "/v1/links/use", tag = "sign-in", request_body = UseBody,
    responses(
        (status = 204, description = "the password is set; sign in with it"),
        (status = 400, description = "the password is refused; the link can be used again"),
        (status = 404, description = "unknown_link: used, too old or never there"),
        (status = 429, description = "too many attempts"),
    ),
    security(())
)]
pub(super) async fn use_up(
    request: HttpRequest,
    state: Data<State>,
    Body(body): Body<UseBody>,
) -> Result<HttpResponse, ApiError> {
    let link = state.sign_ins.look_at_link(&body.token, state.ip_of(&request).prefix()).await?;
    check_password(&state, &link.account, &body.password).await?;
    let account = state.sign_ins.use_link(&body.token, body.password).await?;
    state.hub.close_desks(SignedIn { business: account.business, account: account.id });
    // Somebody who was invited takes chats from now on.
    state.reload(account.business).await;
    Ok(HttpResponse::NoContent().finish())
}

impl Link {
    /// The address a person opens.
    pub(super) fn of(made: &MadeLink, state: &State) -> Self {
        Self {
            url: address(state.origins.public(), made).expose_secret().to_owned(),
            purpose: made.purpose.into(),
            expires_at: made.expires_at,
        }
    }
}

impl From<LinkPurpose> for Purpose {
    fn from(purpose: LinkPurpose) -> Self {
        match purpose {
            LinkPurpose::Invitation => Self::Invitation,
            LinkPurpose::Reset => Self::Reset,
        }
    }
}
