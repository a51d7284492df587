//! Callback orders: calls that visitors ordered for a date and time.

use actors::ids::{AccountId, BusinessId, OrderId, PackageId};
use actors::moment::Moment;
use actors::protocol::Cid;
use diesel::SelectableHelper as _;
use diesel::prelude::{
    ExpressionMethods as _, Insertable, OptionalExtension as _, QueryDsl as _, Queryable, Selectable,
};
use diesel_async::RunQueryDsl as _;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::Store;
use crate::accounts::Language;
use crate::audit::By;
use crate::error::StoreError;
use crate::schema::callback_orders;
use crate::words::Word as _;

/// Most orders in one answer.
const PAGE_MAX: u32 = 200;

/// How far somebody got with an order, or with a left message.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum OrderState {
    New,
    Taken,
    Done,
}

impl OrderState {
    /// This state alone, or all of them.
    pub(crate) fn words(only: Option<Self>) -> Vec<&'static str> {
        match only {
            Some(state) => vec![state.word()],
            None => vec![Self::New.word(), Self::Taken.word(), Self::Done.word()],
        }
    }
}

/// A change of state, made only when it still is `from`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OrderChange {
    pub from: OrderState,
    pub to: OrderState,
}

/// An order to be kept.
#[derive(Clone, Debug)]
pub struct NewOrder {
    pub package: PackageId,
    pub phone: String,
    pub email: String,
    pub name: Option<String>,
    pub note: Option<String>,
    /// When the visitor wants to be called.
    pub at: Moment,
    /// IANA name of the zone the visitor saw the time in.
    pub zone: String,
    /// Whom the visitor wants to be called by.
    pub consultant: Option<AccountId>,
    pub language: Language,
    pub ip: String,
    /// What the browser calls the request; the same again is the same row.
    pub cid: Option<Cid>,
}

/// A call a visitor ordered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Order {
    pub id: OrderId,
    pub package: PackageId,
    pub phone: String,
    pub email: String,
    pub name: Option<String>,
    pub note: Option<String>,
    /// When the visitor wants to be called.
    pub at: Moment,
    /// IANA name of the zone the visitor saw the time in.
    pub zone: String,
    /// Whom the visitor wants to be called by.
    pub consultant: Option<AccountId>,
    pub language: Language,
    pub ip: String,
    pub state: OrderState,
    pub created_at: Moment,
    /// When its state changed last.
    pub changed_at: Option<Moment>,
    /// Who changed its state last.
    pub changed_by: Option<AccountId>,
}

/// Which orders to list.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct OrderFilter {
    /// None lists every state.
    pub state: Option<OrderState>,
    /// Only orders made before this one.
    pub before: Option<OrderId>,
    pub limit: u32,
}

#[derive(Clone, Debug, Queryable, Selectable, Insertable)]
#[diesel(table_name = callback_orders, treat_none_as_default_value = false)]
struct Row {
    id: i64,
    business_id: i64,
    package_id: i64,
    phone: String,
    email: String,
    name: Option<String>,
    note: Option<String>,
    due_at: i64,
    zone: String,
    account_id: Option<i64>,
    language: String,
    ip: String,
    state: String,
    created_at: i64,
    changed_at: Option<i64>,
    changed_by: Option<i64>,
    client_key: Option<String>,
}

impl Row {
    fn of(id: OrderId, business: BusinessId, order: NewOrder, now: Moment) -> Self {
        Self {
            id: id.into(),
            business_id: business.into(),
            package_id: order.package.into(),
            phone: order.phone,
            email: order.email,
            name: order.name,
            note: order.note,
            due_at: order.at.millis(),
            zone: order.zone,
            account_id: order.consultant.map(i64::from),
            language: order.language.word().to_owned(),
            ip: order.ip,
            state: OrderState::New.word().to_owned(),
            created_at: now.millis(),
            changed_at: None,
            changed_by: None,
            client_key: order.cid.map(|cid| cid.as_str().to_owned()),
        }
    }

    fn order(self) -> Result<Order, StoreError> {
        Ok(Order {
            id: OrderId::from(self.id),
            package: PackageId::from(self.package_id),
            phone: self.phone,
            email: self.email,
            name: self.name,
            note: self.note,
            at: Moment::from_millis(self.due_at),
            zone: self.zone,
            consultant: self.account_id.map(AccountId::from),
            language: Language::read(&self.language)?,
            ip: self.ip,
            state: OrderState::read(&self.state)?,
            created_at: Moment::from_millis(self.created_at),
            changed_at: self.changed_at.map(Moment::from_millis),
            changed_by: self.changed_by.map(AccountId::from),
        })
    }
}

#[diesel::dsl::auto_type(no_type_alias)]
fn of_business(business: i64, order: i64) -> _ {
    callback_orders::table.filter(callback_orders::business_id.eq(business)).filter(callback_orders::id.eq(order))
}

impl Store {
    /// Keeps an order, once for each `cid`. `Dangling` when package or consultant are not the business's.
    pub async fn create_order(&self, business: BusinessId, order: NewOrder, now: Moment) -> Result<Order, StoreError> {
        let row = Row::of(OrderId::mint(now), business, order, now);
        let kept = write!(self, |conn| {
            let known = callback_orders::table
                .filter(callback_orders::business_id.eq(row.business_id))
                .filter(callback_orders::package_id.eq(row.package_id))
                .filter(callback_orders::client_key.eq(row.client_key.clone()))
                .select(Row::as_select());
            if let Some(known) = known.first(&mut *conn).await.optional()? {
                return Ok(known);
            }
            diesel::insert_into(callback_orders::table).values(&row).execute(&mut *conn).await?;
            Ok(row)
        })?;
        kept.order()
    }

    /// The orders of a business, the last made first.
    pub async fn orders(&self, business: BusinessId, filter: OrderFilter) -> Result<Vec<Order>, StoreError> {
        let (business, before) = (i64::from(business), filter.before.map_or(i64::MAX, i64::from));
        let rows = read!(self, |conn| {
            let listed = callback_orders::table
                .filter(callback_orders::business_id.eq(business))
                .filter(callback_orders::state.eq_any(OrderState::words(filter.state)))
                .filter(callback_orders::id.lt(before))
                .order(callback_orders::id.desc())
                .limit(i64::from(filter.limit.min(PAGE_MAX)))
                .select(Row::as_select());
            Ok(listed.load(conn).await?)
        })?;
        rows.into_iter().map(Row::order).collect()
    }

    /// Changes the state of an order. `Stale` when somebody else changed it before.
    pub async fn change_order(
        &self,
        business: BusinessId,
        order: OrderId,
        change: OrderChange,
        by: By,
    ) -> Result<Order, StoreError> {
        let (business, id) = (i64::from(business), i64::from(order));
        let (changed, row) = write!(self, |conn| {
            let changed = diesel::update(of_business(business, id))
                .filter(callback_orders::state.eq(change.from.word()))
                .set((
                    callback_orders::state.eq(change.to.word()),
                    callback_orders::changed_at.eq(by.at.millis()),
                    callback_orders::changed_by.eq(by.column()),
                ))
                .execute(&mut *conn)
                .await?;
            Ok((changed, of_business(business, id).select(Row::as_select()).first(&mut *conn).await?))
        })?;
        if changed == 0 { Err(StoreError::Stale) } else { row.order() }
    }

    /// How many orders of a business nobody has taken.
    pub async fn new_order_count(&self, business: BusinessId) -> Result<u32, StoreError> {
        let business = i64::from(business);
        let count = read!(self, |conn| {
            let new = callback_orders::table
                .filter(callback_orders::business_id.eq(business))
                .filter(callback_orders::state.eq(OrderState::New.word()));
            Ok(new.count().get_result::<i64>(conn).await?)
        })?;
        Ok(u32::try_from(count).unwrap_or(u32::MAX))
    }
}
