//! Callback orders at the desk: the list, and how far somebody got with each.

use std::collections::HashMap;

use actix_web::web::{Data, Json, Path, Query};
use actors::ids::{AccountId, BusinessId, OrderId, PackageId};
use actors::moment::Moment;
use hub_store::{By, Language, Order, OrderChange, OrderFilter, OrderState, StoreError};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::State;
use super::body::Body;
use super::error::ApiError;
use super::signed_in::SignedIn;

/// What a page holds unless the browser asks for another number.
const USUAL_PAGE: u32 = 50;
/// More is more than anybody reads at once.
const BIGGEST_PAGE: u32 = 100;

/// Which orders are asked for.
#[derive(Deserialize, utoipa::IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(super) struct OrdersQuery {
    /// Only those somebody got so far with.
    #[param(inline)]
    state: Option<OrderState>,
    /// Only orders made before this one.
    before: Option<OrderId>,
    /// Orders on the page; 50 unless said otherwise.
    #[param(minimum = 1, maximum = 100)]
    limit: Option<u32>,
}

/// A page of orders, the last made first.
#[derive(Serialize, ToSchema)]
pub(super) struct OrderPage {
    orders: Vec<OrderView>,
    /// Are there older ones?
    more: bool,
    /// How many nobody has taken.
    new: u32,
}

/// A call a visitor ordered.
#[derive(Serialize, ToSchema)]
pub(super) struct OrderView {
    id: OrderId,
    state: OrderState,
    package: PackageId,
    package_name: String,
    phone: String,
    email: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    name: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    note: Option<String>,
    /// When the visitor wants to be called.
    #[schema(value_type = i64)]
    at: Moment,
    /// IANA name of the zone the visitor saw the time in.
    zone: String,
    /// Whom the visitor wants to be called by.
    #[serde(skip_serializing_if = "Option::is_none")]
    consultant: Option<AccountId>,
    #[serde(skip_serializing_if = "Option::is_none")]
    consultant_name: Option<String>,
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

/// A change of state, made only when it still is `from`.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct StateBody {
    from: OrderState,
    to: OrderState,
}

/// What packages and accounts are called, the deleted ones too.
pub(super) struct Names {
    packages: HashMap<PackageId, String>,
    accounts: HashMap<AccountId, String>,
}

impl Names {
    pub(super) async fn load(state: &State, business: BusinessId) -> Result<Self, ApiError> {
        Ok(Self {
            packages: state.store.package_names(business).await?.into_iter().collect(),
            accounts: state.store.account_names(business).await?.into_iter().collect(),
        })
    }

    pub(super) fn package(&self, package: PackageId) -> String {
        self.packages.get(&package).cloned().unwrap_or_default()
    }

    pub(super) fn account(&self, account: Option<AccountId>) -> Option<String> {
        account.and_then(|account| self.accounts.get(&account).cloned())
    }
}

impl OrderView {
    fn of(order: Order, names: &Names) -> Self {
        Self {
            id: order.id,
            state: order.state,
            package: order.package,
            package_name: names.package(order.package),
            phone: order.phone,
            email: order.email,
            name: order.name,
            note: order.note,
            at: order.at,
            zone: order.zone,
            consultant: order.consultant,
            consultant_name: names.account(order.consultant),
            language: order.language,
            created_at: order.created_at,
            changed_at: order.changed_at,
            changed_by: order.changed_by,
            changed_by_name: names.account(order.changed_by),
        }
    }
}

impl From<StateBody> for OrderChange {
    fn from(StateBody { from, to }: StateBody) -> Self {
        Self { from, to }
    }
}

/// How many entries a page may hold.
pub(super) fn page_limit(limit: Option<u32>) -> Result<u32, ApiError> {
    match limit.unwrap_or(USUAL_PAGE) {
        limit @ 1..=BIGGEST_PAGE => Ok(limit),
        _ => Err(ApiError::invalid("/limit", format!("must be between 1 and {BIGGEST_PAGE}"))),
    }
}

/// The first `limit` entries, and whether there are more.
pub(super) fn cut<T>(mut entries: Vec<T>, limit: u32) -> (Vec<T>, bool) {
    let limit = usize::try_from(limit).unwrap_or(usize::MAX);
    let has_more = entries.len() > limit;
    entries.truncate(limit);
    (entries, has_more)
}

/// `GET /v1/orders`
#[utoipa::path(get, path = "/v1/orders", tag = "orders", params(OrdersQuery),
    responses((status = 200, description = "The last made first", body = OrderPage)))]
pub(super) async fn list(
    state: Data<State>,
    signed_in: SignedIn,
    query: Query<OrdersQuery>,
) -> Result<Json<OrderPage>, ApiError> {
    let limit = page_limit(query.limit)?;
    // One more than asked for tells whether there are more.
    let filter = OrderFilter { state: query.state, before: query.before, limit: limit + 1 };
    let (orders, more) = cut(state.store.orders(signed_in.business, filter).await?, limit);
    let names = Names::load(&state, signed_in.business).await?;
    let new = state.store.new_order_count(signed_in.business).await?;
    let orders = orders.into_iter().map(|order| OrderView::of(order, &names)).collect();
    Ok(Json(OrderPage { orders, more, new }))
}

/// `PATCH /v1/orders/{order}`
#[utoipa::path(patch, path = "/v1/orders/{order}", tag = "orders", params(("order" = OrderId, Path)),
    request_body = StateBody,
    responses((status = 200, description = "The order as it is from now on", body = OrderView),
        (status = 409, description = "Somebody changed its state before")))]
pub(super) async fn change(
    state: Data<State>,
    signed_in: SignedIn,
    path: Path<String>,
    Body(body): Body<StateBody>,
) -> Result<Json<OrderView>, ApiError> {
    let order: OrderId = path.parse().map_err(|_no_id| ApiError::UnknownOrder)?;
    let by = By::account(signed_in.account, state.now());
    let changed = state.store.change_order(signed_in.business, order, body.into(), by).await;
    let order = changed.map_err(|error| match error {
        StoreError::NotFound => ApiError::UnknownOrder,
        error => error.into(),
    })?;
    state.hub.orders_changed(signed_in.business);
    Ok(Json(OrderView::of(order, &Names::load(&state, signed_in.business).await?)))
}
