//! Left messages: what visitors wrote when nobody was there.

use actors::ids::{AccountId, BusinessId, LeftMessageId, PackageId};
use actors::moment::Moment;
use actors::protocol::Cid;
use diesel::SelectableHelper as _;
use diesel::prelude::{
    ExpressionMethods as _, Insertable, OptionalExtension as _, QueryDsl as _, Queryable, Selectable,
};
use diesel_async::RunQueryDsl as _;
use serde_json::Value;

use crate::Store;
use crate::accounts::Language;
use crate::audit::By;
use crate::callback_orders::{OrderChange, OrderState};
use crate::error::StoreError;
use crate::schema::left_messages;
use crate::words::Word as _;

/// Most messages in one answer.
const PAGE_MAX: u32 = 200;

/// A message to be kept.
#[derive(Clone, Debug)]
pub struct NewLeftMessage {
    pub package: PackageId,
    pub email: String,
    pub name: Option<String>,
    pub phone: Option<String>,
    pub body: String,
    /// What the visitor filled in, by the package's form.
    pub answers: Value,
    pub language: Language,
    pub ip: String,
    pub page_url: Option<String>,
    /// What the browser calls the request; the same again is the same row.
    pub cid: Option<Cid>,
}

/// A message a visitor left.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LeftMessage {
    pub id: LeftMessageId,
    pub package: PackageId,
    pub email: String,
    pub name: Option<String>,
    pub phone: Option<String>,
    pub body: String,
    /// What the visitor filled in, by the package's form.
    pub answers: Value,
    pub language: Language,
    pub ip: String,
    pub page_url: Option<String>,
    pub state: OrderState,
    pub created_at: Moment,
    /// When its state changed last.
    pub changed_at: Option<Moment>,
    /// Who changed its state last.
    pub changed_by: Option<AccountId>,
}

/// Which messages to list.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct LeftMessageFilter {
    /// None lists every state.
    pub state: Option<OrderState>,
    /// Only messages left before this one.
    pub before: Option<LeftMessageId>,
    pub limit: u32,
}

#[derive(Clone, Debug, Queryable, Selectable, Insertable)]
#[diesel(table_name = left_messages, treat_none_as_default_value = false)]
struct Row {
    id: i64,
    business_id: i64,
    package_id: i64,
    email: String,
    name: Option<String>,
    phone: Option<String>,
    body: String,
    answers: Value,
    language: String,
    ip: String,
    page_url: Option<String>,
    state: String,
    created_at: i64,
    changed_at: Option<i64>,
    changed_by: Option<i64>,
    client_key: Option<String>,
}

impl Row {
    fn of(id: LeftMessageId, business: BusinessId, message: NewLeftMessage, now: Moment) -> Self {
        Self {
            id: id.into(),
            business_id: business.into(),
            package_id: message.package.into(),
            email: message.email,
            name: message.name,
            phone: message.phone,
            body: message.body,
            answers: message.answers,
            language: message.language.word().to_owned(),
            ip: message.ip,
            page_url: message.page_url,
            state: OrderState::New.word().to_owned(),
            created_at: now.millis(),
            changed_at: None,
            changed_by: None,
            client_key: message.cid.map(|cid| cid.as_str().to_owned()),
        }
    }

    fn message(self) -> Result<LeftMessage, StoreError> {
        Ok(LeftMessage {
            id: LeftMessageId::from(self.id),
            package: PackageId::from(self.package_id),
            email: self.email,
            name: self.name,
            phone: self.phone,
            body: self.body,
            answers: self.answers,
            language: Language::read(&self.language)?,
            ip: self.ip,
            page_url: self.page_url,
            state: OrderState::read(&self.state)?,
            created_at: Moment::from_millis(self.created_at),
            changed_at: self.changed_at.map(Moment::from_millis),
            changed_by: self.changed_by.map(AccountId::from),
        })
    }
}

#[diesel::dsl::auto_type(no_type_alias)]
fn of_business(business: i64, message: i64) -> _ {
    left_messages::table.filter(left_messages::business_id.eq(business)).filter(left_messages::id.eq(message))
}

impl Store {
    /// Keeps a message, once for each `cid`. `Dangling` when the package is not the business's.
    pub async fn create_left_message(
        &self,
        business: BusinessId,
        message: NewLeftMessage,
        now: Moment,
    ) -> Result<LeftMessage, StoreError> {
        let row = Row::of(LeftMessageId::mint(now), business, message, now);
        let kept = write!(self, |conn| {
            let known = left_messages::table
                .filter(left_messages::business_id.eq(row.business_id))
                .filter(left_messages::package_id.eq(row.package_id))
                .filter(left_messages::client_key.eq(row.client_key.clone()))
                .select(Row::as_select());
            if let Some(known) = known.first(&mut *conn).await.optional()? {
                return Ok(known);
            }
            diesel::insert_into(left_messages::table).values(&row).execute(&mut *conn).await?;
            Ok(row)
        })?;
        kept.message()
    }

    /// The messages left at a business, newest first.
    pub async fn left_messages(
        &self,
        business: BusinessId,
        filter: LeftMessageFilter,
    ) -> Result<Vec<LeftMessage>, StoreError> {
        let (business, before) = (i64::from(business), filter.before.map_or(i64::MAX, i64::from));
        let rows = read!(self, |conn| {
            let listed = left_messages::table
                .filter(left_messages::business_id.eq(business))
                .filter(left_messages::state.eq_any(OrderState::words(filter.state)))
                .filter(left_messages::id.lt(before))
                .order(left_messages::id.desc())
                .limit(i64::from(filter.limit.min(PAGE_MAX)))
                .select(Row::as_select());
            Ok(listed.load(conn).await?)
        })?;
        rows.into_iter().map(Row::message).collect()
    }

    /// Changes the state of a message. `Stale` when somebody else changed it before.
    pub async fn change_left_message(
        &self,
        business: BusinessId,
        message: LeftMessageId,
        change: OrderChange,
        by: By,
    ) -> Result<LeftMessage, StoreError> {
        let (business, id) = (i64::from(business), i64::from(message));
        let (changed, row) = write!(self, |conn| {
            let changed = diesel::update(of_business(business, id))
                .filter(left_messages::state.eq(change.from.word()))
                .set((
                    left_messages::state.eq(change.to.word()),
                    left_messages::changed_at.eq(by.at.millis()),
                    left_messages::changed_by.eq(by.column()),
                ))
                .execute(&mut *conn)
                .await?;
            Ok((changed, of_business(business, id).select(Row::as_select()).first(&mut *conn).await?))
        })?;
        if changed == 0 { Err(StoreError::Stale) } else { row.message() }
    }

    /// How many messages left at a business nobody has taken.
    pub async fn new_left_message_count(&self, business: BusinessId) -> Result<u32, StoreError> {
        let business = i64::from(business);
        let count = read!(self, |conn| {
            let new = left_messages::table
                .filter(left_messages::business_id.eq(business))
                .filter(left_messages::state.eq(OrderState::New.word()));
            Ok(new.count().get_result::<i64>(conn).await?)
        })?;
        Ok(u32::try_from(count).unwrap_or(u32::MAX))
    }
}
