//! Left messages at the desk: the list, and how far somebody got with each.

use actix_web::web::{Data, Json, Path, Query};
use actors::ids::{AccountId, LeftMessageId, PackageId};
use actors::moment::Moment;
use hub_store::{By, Language, LeftMessage, LeftMessageFilter, OrderState, StoreError};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use utoipa::ToSchema;

use super::State;
use super::body::Body;
use super::error::ApiError;
use super::orders::{Names, StateBody, cut, page_limit};
use super::signed_in::SignedIn;

/// Which messages are asked for.
#[derive(Deserialize, utoipa::IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(super) struct MessagesQuery {
    /// Only those somebody got so far with.
    #[param(inline)]
    state: Option<OrderState>,
    /// Only messages left before this one.
    before: Option<LeftMessageId>,
    /// Messages on the page; 50 unless said otherwise.
    #[param(minimum = 1, maximum = 100)]
    limit: Option<u32>,
}

/// A page of left messages, newest first.
#[derive(Serialize, ToSchema)]
pub(super) struct MessagePage {
    messages: Vec<MessageView>,
    /// Are there older ones?
    more: bool,
    /// How many nobody has taken.
    new: u32,
}

/// What a visitor wrote when nobody was there.
#[derive(Serialize, ToSchema)]
pub(super) struct MessageView {
    id: LeftMessageId,
    state: OrderState,
    package: PackageId,
    package_name: String,
    email: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    name: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    phone: Option<String>,
    body: String,
    /// What the visitor filled in, each with `label` and `value`.
    #[schema(value_type = Vec<Object>)]
    answers: Value,
    #[serde(skip_serializing_if = "Option::is_none")]
    page_url: Option<String>,
    language: Language,
    #[schema(value_type = i64)]
    created_at: Moment,
    /// Who changed its state last, and when.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<i64>)]
    changed_at: Option<Moment>,
    #[serde(skip_serializing_if = "Option::is_none")]
    changed_by: Option<AccountId>,
    #[serde(skip_serializing_if = "Option::is_none")]
    changed_by_name: Option<String>,
}

impl MessageView {
    fn of(message: LeftMessage, names: &Names) -> Self {
        Self {
            id: message.id,
            state: message.state,
            package: message.package,
            package_name: names.package(message.package),
            email: message.email,
            name: message.name,
            phone: message.phone,
            body: message.body,
            answers: message.answers,
            page_url: message.page_url,
            language: message.language,
            created_at: message.created_at,
            changed_at: message.changed_at,
            changed_by: message.changed_by,
            changed_by_name: names.account(message.changed_by),
        }
    }
}

/// `GET /v1/messages`
#[utoipa::path(get, path = "/v1/messages", tag = "messages", params(MessagesQuery),
    responses((status = 200, description = "Newest first", body = MessagePage)))]
pub(super) async fn list(
    state: Data<State>,
    signed_in: SignedIn,
    query: Query<MessagesQuery>,
) -> Result<Json<MessagePage>, ApiError> {
    let limit = page_limit(query.limit)?;
    // One more than asked for tells whether there are more.
    let filter = LeftMessageFilter { state: query.state, before: query.before, limit: limit + 1 };
    let (messages, more) = cut(state.store.left_messages(signed_in.business, filter).await?, limit);
    let names = Names::load(&state, signed_in.business).await?;
    let new = state.store.new_left_message_count(signed_in.business).await?;
    let messages = messages.into_iter().map(|message| MessageView::of(message, &names)).collect();
    Ok(Json(MessagePage { messages, more, new }))
}

/// `PATCH /v1/messages/{message}`
#[utoipa::path(patch, path = "/v1/messages/{message}", tag = "messages", params(("message" = LeftMessageId, Path)),
    request_body = StateBody,
    responses((status = 200, description = "The message as it is from now on", body = MessageView),
        (status = 409, description = "Somebody changed its state before")))]
pub(super) async fn change(
    state: Data<State>,
    signed_in: SignedIn,
    path: Path<String>,
    Body(body): Body<StateBody>,
) -> Result<Json<MessageView>, ApiError> {
    let message: LeftMessageId = path.parse().map_err(|_no_id| ApiError::UnknownMessage)?;
    let by = By::account(signed_in.account, state.now());
    let changed = state.store.change_left_message(signed_in.business, message, body.into(), by).await;
    let message = changed.map_err(|error| match error {
        StoreError::NotFound => ApiError::UnknownMessage,
        error => error.into(),
    })?;
    state.hub.orders_changed(signed_in.business);
    Ok(Json(MessageView::of(message, &Names::load(&state, signed_in.business).await?)))
}
