//! What visitors order and leave: a call at a time that suits, or a message. Nobody signs in here.

mod fields;
mod limits;
mod phone;

use std::collections::BTreeMap;

use actix_web::web::{self, Data, Json, Query};
use actix_web::{HttpRequest, HttpResponse};
use actors::hours::{ClockTime, NotOrderable};
use actors::ids::{AccountId, LeftMessageId, OrderId};
use actors::moment::Moment;
use actors::text::{PlainText, URL_CHARS};
use hub_store::{NewLeftMessage, NewOrder, Package};
use jiff::ToSpan as _;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

pub(crate) use limits::VisitorLimits;

use super::State;
use super::body::Body;
use super::error::ApiError;
use super::packages::{days_of, zone};

/// Days of half-hours in one answer: a month of a calendar.
const MOST_DAYS: u16 = 31;
/// Bytes of a body with a message: its text, the answers, each character escaped.
const MESSAGE_BYTES: usize = 128 * 1024;

/// Which days are asked for.
#[derive(Deserialize, utoipa::IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(super) struct HalfHoursQuery {
    /// The key of a package.
    package: String,
    /// The first day; today without one.
    #[param(value_type = Option<String>, format = Date)]
    from: Option<Date>,
    /// How many, 1 to 31.
    #[param(minimum = 1, maximum = 31)]
    days: Option<u16>,
}

/// The half-hours in which a call can be ordered.
#[derive(Serialize, ToSchema)]
pub(super) struct HalfHours {
    /// IANA name of the zone dates and times are meant in.
    zone: String,
    days: Vec<HalfHoursOfDay>,
}

#[derive(Serialize, ToSchema)]
struct HalfHoursOfDay {
    #[schema(value_type = String, format = Date)]
    date: Date,
    half_hours: Vec<ClockTime>,
}

/// A call a visitor wants.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct OrderBody {
    /// The key of a package.
    package: String,
    /// With its country, or one of the package's country.
    phone: String,
    email: String,
    /// Of the package's zone.
    #[schema(value_type = String, format = Date)]
    date: Date,
    time: ClockTime,
    #[serde(default)]
    name: Option<String>,
    #[serde(default)]
    note: Option<String>,
    /// Who shall call; anybody without one.
    #[serde(default)]
    consultant: Option<AccountId>,
    /// The visitor agreed to the package's text.
    #[serde(default)]
    consented: bool,
    /// What the browser calls this request; under the same name it may be repeated, and is one order.
    #[serde(default)]
    cid: Option<String>,
}

/// What was ordered.
#[derive(Serialize, ToSchema)]
pub(super) struct Ordered {
    id: OrderId,
    #[schema(value_type = i64)]
    at: Moment,
    #[schema(value_type = String, format = Date)]
    date: Date,
    time: ClockTime,
    zone: String,
}

/// What a visitor writes when nobody is there.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct MessageBody {
    /// The key of a package.
    package: String,
    email: String,
    #[serde(default)]
    name: Option<String>,
    #[serde(default)]
    phone: Option<String>,
    body: String,
    /// The answers to the package's form, by the ids of its fields.
    #[serde(default)]
    answers: BTreeMap<String, String>,
    /// The visitor agreed to the package's text.
    #[serde(default)]
    consented: bool,
    /// The page the visitor is on.
    #[serde(default)]
    page_url: Option<String>,
    /// What the browser calls this request; under the same name it may be repeated, and is one message.
    #[serde(default)]
    cid: Option<String>,
}

/// What was left.
#[derive(Serialize, ToSchema)]
pub(super) struct MessageLeft {
    id: LeftMessageId,
}

/// `GET /v1/visitor/half-hours`
#[utoipa::path(get, path = "/v1/visitor/half-hours", tag = "visitors", params(HalfHoursQuery),
    responses((status = 200, description = "Day by day, also those with none", body = HalfHours),
        (status = 404, description = "No package has this key")))]
pub(super) async fn half_hours(state: Data<State>, query: Query<HalfHoursQuery>) -> Result<Json<HalfHours>, ApiError> {
    let settings = state.package(&query.package).await?.settings;
    let days = days_of(query.days, MOST_DAYS)?;
    let (zone, now) = (zone(&settings)?, state.now());
    let first = query.from.unwrap_or_else(|| zone.date(now));
    let day = |date| HalfHoursOfDay {
        date,
        half_hours: settings.hours.half_hours(&zone, date, now).into_iter().map(|half_hour| half_hour.time).collect(),
    };
    let days = first.series(1.day()).take(days.into()).map(day).collect();
    Ok(Json(HalfHours { zone: settings.zone, days }))
}

/// `POST /v1/visitor/orders`
#[utoipa::path(post, path = "/v1/visitor/orders", tag = "visitors", request_body = OrderBody,
    responses((status = 201, description = "The call is ordered", body = Ordered),
        (status = 404, description = "No package has this key"),
        (status = 429, description = "Too many orders")))]
pub(super) async fn order(
    request: HttpRequest,
    state: Data<State>,
    Body(body): Body<OrderBody>,
) -> Result<HttpResponse, ApiError> {
    let package = state.package(&body.package).await?;
    let OrderBody { date, time, .. } = body;
    let at = half_hour(&package, date, time, state.now())?;
    let new = NewOrder {
        package: package.id,
        phone: phone(&body.phone, &package).await?,
        email: fields::email(&body.email)?,
        name: fields::name(body.name.as_deref())?,
        note: fields::note(body.note.as_deref())?,
        at,
        zone: package.settings.zone.clone(),
        consultant: consultant(&state, &package, body.consultant).await?,
        language: package.settings.language,
        ip: state.ip_of(&request).ip().to_string(),
        cid: fields::cid(body.cid.as_deref())?,
    };
    fields::consent(&package.settings.form, body.consented)?;
    state.visitor_limits.count(state.ip_of(&request).prefix(), package.id, &new.email)?;
    let order = state.store.create_order(package.business, new, state.now()).await?;
    state.hub.orders_changed(package.business);
    Ok(HttpResponse::Created().json(Ordered { id: order.id, at: order.at, date, time, zone: order.zone }))
}

/// `POST /v1/visitor/messages`
#[utoipa::path(post, path = "/v1/visitor/messages", tag = "visitors", request_body = MessageBody,
    responses((status = 201, description = "The message is kept", body = MessageLeft),
        (status = 404, description = "No package has this key"),
        (status = 409, description = "This package does not take messages"),
        (status = 429, description = "Too many messages")))]
pub(super) async fn message(
    request: HttpRequest,
    state: Data<State>,
    Body(body): Body<MessageBody, MESSAGE_BYTES>,
) -> Result<HttpResponse, ApiError> {
    let package = state.package(&body.package).await?;
    if !package.settings.message.is_offered {
        return Err(ApiError::NotOffered);
    }
    let form = &package.settings.form;
    let answers = fields::answers(form, &body.answers)?;
    let phone = match body.phone.as_deref().map(str::trim).filter(|text| !text.is_empty()) {
        Some(text) => Some(phone(text, &package).await?),
        None => None,
    };
    let new = NewLeftMessage {
        package: package.id,
        email: fields::email(&body.email)?,
        name: fields::name(body.name.as_deref())?,
        phone,
        body: fields::body(&body.body)?,
        answers: serde_json::to_value(answers).map_err(|error| ApiError::Internal(error.into()))?,
        language: package.settings.language,
        ip: state.ip_of(&request).ip().to_string(),
        page_url: body.page_url.and_then(|url| PlainText::cut(&url, URL_CHARS)).map(String::from),
        cid: fields::cid(body.cid.as_deref())?,
    };
    fields::consent(form, body.consented)?;
    state.visitor_limits.count(state.ip_of(&request).prefix(), package.id, &new.email)?;
    let left = state.store.create_left_message(package.business, new, state.now()).await?;
    state.hub.orders_changed(package.business);
    Ok(HttpResponse::Created().json(MessageLeft { id: left.id }))
}

/// The first number that is read unpacks the plans of all countries: nothing for a thread that serves sockets.
async fn phone(text: &str, package: &Package) -> Result<String, ApiError> {
    let (text, region) = (text.to_owned(), phone::region(&package.settings));
    let number = web::block(move || phone::number(&text, region)).await.map_err(|_cause| ApiError::Unavailable)?;
    number.ok_or_else(|| ApiError::invalid("/phone", "is not a phone number"))
}

/// The moment of a half-hour, when it can be ordered.
fn half_hour(package: &Package, date: Date, time: ClockTime, now: Moment) -> Result<Moment, ApiError> {
    let zone = zone(&package.settings)?;
    package.settings.hours.half_hour(&zone, date, time, now).map_err(|refusal| {
        let pointer = match refusal {
            NotOrderable::TooFar => "/date",
            NotOrderable::Past if date < zone.date(now) => "/date",
            NotOrderable::Past | NotOrderable::Skipped | NotOrderable::Closed => "/time",
        };
        ApiError::invalid(pointer, refusal)
    })
}

/// Who shall call, when that account serves the package.
async fn consultant(
    state: &State,
    package: &Package,
    wanted: Option<AccountId>,
) -> Result<Option<AccountId>, ApiError> {
    let Some(wanted) = wanted else { return Ok(None) };
    let named = package.settings.consultants.as_ref();
    let is_named = named.is_none_or(|consultants| consultants.contains(&wanted));
    let accounts = if is_named { state.store.accounts(package.business).await? } else { Vec::new() };
    let serves = accounts.iter().any(|account| account.id == wanted && account.takes_calls && account.has_joined);
    if serves { Ok(Some(wanted)) } else { Err(ApiError::invalid("/consultant", "does not serve this package")) }
}
