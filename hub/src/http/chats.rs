//! What was said in a chat, page by page, for its consultants and its visitor.

use std::collections::BTreeSet;

use actix_web::web::{Data, Json, Path, Query};
use actix_web::{HttpRequest, http::header::AUTHORIZATION};
use actors::ids::{BusinessId, ChatId};
use actors::moment::Moment;
use actors::ports::TokenHash;
use actors::protocol::{Author, Event, Face, Seq};
use actors::text::PlainText;
use hub_store::{EventPage, PageAt, PreviousChat, StoreError};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::State;
use super::error::ApiError;
use super::signed_in::SignedIn;

const PACKAGE_HEADER: &str = "x-package";
/// What a page holds unless the browser asks for another number.
const USUAL_PAGE: u32 = 50;
/// More would make the answer slow on a phone.
const BIGGEST_PAGE: u32 = 200;
/// Finished chats of one visitor that are listed.
const MOST_PREVIOUS: u32 = 50;

/// Which page is asked for.
#[derive(Deserialize, utoipa::IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(super) struct PageQuery {
    /// Only events before this place.
    #[param(value_type = Option<u64>)]
    before: Option<Seq>,
    /// Events on the page; 50 unless said otherwise.
    #[param(minimum = 1, maximum = 200)]
    limit: Option<u32>,
}

/// A page of events, oldest first.
#[derive(Serialize, ToSchema)]
pub(super) struct EventsPage {
    /// As the frame `ev` has them.
    #[schema(value_type = Vec<Object>)]
    events: Vec<Event>,
    /// The consultants who wrote.
    #[schema(value_type = Vec<Object>)]
    faces: Vec<Face>,
    more: bool,
}

/// The finished chats of a visitor, newest first.
#[derive(Serialize, ToSchema)]
pub(super) struct PreviousChats {
    chats: Vec<PreviousLine>,
}

#[derive(Serialize, ToSchema)]
struct PreviousLine {
    id: ChatId,
    #[schema(value_type = i64)]
    opened_at: Moment,
    #[schema(value_type = i64)]
    closed_at: Moment,
    messages: u32,
    #[schema(value_type = String)]
    preview: PlainText,
    #[schema(value_type = Vec<Object>)]
    consultants: Vec<Face>,
}

impl PageQuery {
    fn limit(&self) -> Result<u32, ApiError> {
        match self.limit.unwrap_or(USUAL_PAGE) {
            limit @ 1..=BIGGEST_PAGE => Ok(limit),
            _ => Err(ApiError::invalid("/limit", format!("must be between 1 and {BIGGEST_PAGE}"))),
        }
    }
}

/// `GET /v1/chats/{chat}/events`
#[utoipa::path(get, path = "/v1/chats/{chat}/events", tag = "chats", params(("chat" = ChatId, Path), PageQuery),
    responses((status = 200, description = "A page of the chat, oldest first", body = EventsPage)))]
pub(super) async fn events(
    state: Data<State>,
    signed_in: SignedIn,
    path: Path<String>,
    query: Query<PageQuery>,
) -> Result<Json<EventsPage>, ApiError> {
    let (chat, at) = (chat(&path)?, PageAt { before: query.before, limit: query.limit()? });
    let page = state.store.page_for_desk(signed_in.business, chat, at).await.map_err(chat_error)?;
    answer(&state, signed_in.business, page).await
}

/// `GET /v1/chats/{chat}/previous`
#[utoipa::path(get, path = "/v1/chats/{chat}/previous", tag = "chats", params(("chat" = ChatId, Path)),
    responses((status = 200, description = "Finished chats of the same visitor, newest first", body = PreviousChats)))]
pub(super) async fn previous(
    state: Data<State>,
    signed_in: SignedIn,
    path: Path<String>,
) -> Result<Json<PreviousChats>, ApiError> {
    let chat = chat(&path)?;
    let chats = state.store.previous_chats(signed_in.business, chat, MOST_PREVIOUS).await.map_err(chat_error)?;
    Ok(Json(PreviousChats { chats: chats.into_iter().map(PreviousLine::from).collect() }))
}

/// `GET /v1/visitor/chats/{chat}/events`: the visitor's token stands in a header, never in the address.
#[utoipa::path(get, path = "/v1/visitor/chats/{chat}/events", tag = "visitors",
    params(("chat" = ChatId, Path), ("x-package" = String, Header, description = "The key of the package"), PageQuery),
    responses((status = 200, description = "A page of the visitor's own chat, oldest first", body = EventsPage)))]
pub(super) async fn visitor_events(
    request: HttpRequest,
    state: Data<State>,
    path: Path<String>,
    query: Query<PageQuery>,
) -> Result<Json<EventsPage>, ApiError> {
    let header = |name: &str| request.headers().get(name).and_then(|value| value.to_str().ok());
    let token = header(AUTHORIZATION.as_str()).and_then(|value| value.strip_prefix("Bearer "));
    let token = token.ok_or(ApiError::SignedOut)?;
    let package = state.package(header(PACKAGE_HEADER).ok_or(ApiError::UnknownPackage)?).await?;
    let (token, business) = (TokenHash::of(&package.key, token), package.business);
    let (chat, at) = (chat(&path)?, PageAt { before: query.before, limit: query.limit()? });
    let page = state.store.page_for_visitor(business, token, chat, at).await.map_err(chat_error)?;
    answer(&state, business, page).await
}

fn chat(text: &str) -> Result<ChatId, ApiError> {
    text.parse().map_err(|_cause| ApiError::UnknownChat)
}

/// Whether a chat exists is not told to those it does not belong to.
fn chat_error(error: StoreError) -> ApiError {
    match error {
        StoreError::NotFound => ApiError::UnknownChat,
        error => error.into(),
    }
}

/// A page with the faces of those who wrote in it.
async fn answer(state: &State, business: BusinessId, page: EventPage) -> Result<Json<EventsPage>, ApiError> {
    let authors: BTreeSet<_> = page
        .events
        .iter()
        .filter_map(|event| match event.from {
            Author::Consultant { account } => Some(account),
            Author::Visitor | Author::Hub => None,
        })
        .collect();
    let faces = if authors.is_empty() { Vec::new() } else { state.store.account_faces(business, &authors).await? };
    Ok(Json(EventsPage { events: page.events, faces, more: page.has_more }))
}

impl From<PreviousChat> for PreviousLine {
    fn from(chat: PreviousChat) -> Self {
        Self {
            id: chat.id,
            opened_at: chat.opened_at,
            closed_at: chat.closed_at,
            messages: chat.messages,
            preview: chat.preview,
            consultants: chat.consultants,
        }
    }
}
