//! Calls: kept when they begin to ring, completed when they are over.

use actors::ids::{AccountId, BusinessId, CallId, ChatId, PackageId, VisitorId};
use actors::moment::Moment;
use actors::ports::{EndedCall, NewCall, RingRecord, Visit};
use actors::protocol::CallReason;
use diesel::SelectableHelper as _;
use diesel::prelude::{
    BoolExpressionMethods as _, ExpressionMethods as _, Insertable, QueryDsl as _, Queryable, Selectable,
};
use diesel_async::RunQueryDsl as _;
use serde_json::Value;

use crate::Store;
use crate::error::{StoreError, unreadable};
use crate::messages::json;
use crate::schema::calls;
use crate::words::Word as _;

/// Most calls in one answer.
const PAGE_MAX: u32 = 200;

/// A call a visitor asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Call {
    pub id: CallId,
    pub package: PackageId,
    pub visitor: VisitorId,
    /// The chat it was asked for in, or that went on beside it.
    pub chat: Option<ChatId>,
    /// Who answered, the last one after a transfer.
    pub consultant: Option<AccountId>,
    pub asked_at: Moment,
    pub answered_at: Option<Moment>,
    /// When both heard each other for the first time.
    pub talking_since: Option<Moment>,
    pub ended_at: Option<Moment>,
    pub reason: Option<CallReason>,
    /// Whom it rang, in order.
    pub rings: Vec<RingRecord>,
    /// What the visitor heard: ten times the mean opinion score.
    pub visitor_mos10: Option<u8>,
    /// What the consultant heard.
    pub consultant_mos10: Option<u8>,
    /// How the visitor found it, 1–5 stars.
    pub rating: Option<u8>,
    pub visit: Visit,
}

impl Call {
    /// Is it over without anybody having answered?
    pub fn is_missed(&self) -> bool {
        self.ended_at.is_some() && self.answered_at.is_none()
    }

    /// How long both heard each other; 0 while it goes on and when they never did.
    pub fn seconds(&self) -> u32 {
        let talked = self.talking_since.zip(self.ended_at);
        talked.map_or(0, |(since, ended)| u32::try_from(ended.since(since).as_secs()).unwrap_or(u32::MAX))
    }
}

/// Which calls to list.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct CallFilter {
    /// Only those nobody answered.
    pub is_missed: bool,
    /// Only calls asked for before this one.
    pub before: Option<CallId>,
    pub limit: u32,
}

#[derive(Clone, Debug, Queryable, Selectable, Insertable)]
#[diesel(table_name = calls, treat_none_as_default_value = false)]
struct Row {
    id: i64,
    business_id: i64,
    package_id: i64,
    visitor_id: i64,
    chat_id: Option<i64>,
    account_id: Option<i64>,
    asked_at: i64,
    answered_at: Option<i64>,
    talking_since: Option<i64>,
    ended_at: Option<i64>,
    reason: Option<String>,
    rings: Value,
    visitor_mos10: Option<i32>,
    consultant_mos10: Option<i32>,
    rating: Option<i32>,
    visit: Value,
}

impl Row {
    fn of(call: &NewCall) -> Result<Self, StoreError> {
        Ok(Self {
            id: call.id.into(),
            business_id: call.business.into(),
            package_id: call.package.into(),
            visitor_id: call.visitor.into(),
            chat_id: call.chat.map(i64::from),
            account_id: None,
            asked_at: call.at.millis(),
            answered_at: None,
            talking_since: None,
            ended_at: None,
            reason: None,
            rings: Value::Array(Vec::new()),
            visitor_mos10: None,
            consultant_mos10: None,
            rating: None,
            visit: json(&call.visit)?,
        })
    }

    fn call(self) -> Result<Call, StoreError> {
        Ok(Call {
            id: CallId::from(self.id),
            package: PackageId::from(self.package_id),
            visitor: VisitorId::from(self.visitor_id),
            chat: self.chat_id.map(ChatId::from),
            consultant: self.account_id.map(AccountId::from),
            asked_at: Moment::from_millis(self.asked_at),
            answered_at: self.answered_at.map(Moment::from_millis),
            talking_since: self.talking_since.map(Moment::from_millis),
            ended_at: self.ended_at.map(Moment::from_millis),
            reason: self.reason.as_deref().map(CallReason::read).transpose()?,
            rings: serde_json::from_value(self.rings).map_err(|_cause| unreadable("ring"))?,
            visitor_mos10: small(self.visitor_mos10)?,
            consultant_mos10: small(self.consultant_mos10)?,
            rating: small(self.rating)?,
            visit: serde_json::from_value(self.visit).map_err(|_cause| unreadable("visit"))?,
        })
    }
}

fn small(number: Option<i32>) -> Result<Option<u8>, StoreError> {
    number.map(u8::try_from).transpose().map_err(|_cause| unreadable("score"))
}

#[diesel::dsl::auto_type(no_type_alias)]
fn of_business(business: i64, call: i64) -> _ {
    calls::table.filter(calls::business_id.eq(business)).filter(calls::id.eq(call))
}

impl Store {
    /// Keeps a call that begins to ring. `Dangling` when the package is not the business's.
    pub async fn begin_call(&self, call: NewCall) -> Result<(), StoreError> {
        let row = Row::of(&call)?;
        write_one!(self, |conn| {
            diesel::insert_into(calls::table).values(&row).execute(conn).await?;
            Ok(())
        })
    }

    /// Keeps how a call ended. One that is over already stays as it is.
    pub async fn end_call(&self, call: EndedCall) -> Result<(), StoreError> {
        let (business, id) = (i64::from(call.business), i64::from(call.id));
        let rings = json(&call.rings)?;
        write!(self, |conn| {
            let ended = diesel::update(of_business(business, id))
                .filter(calls::ended_at.is_null())
                .set((
                    calls::ended_at.eq(call.ended_at.millis()),
                    calls::reason.eq(call.reason.word()),
                    calls::account_id.eq(call.consultant.map(i64::from)),
                    calls::answered_at.eq(call.answered_at.map(Moment::millis)),
                    calls::talking_since.eq(call.talking_since.map(Moment::millis)),
                    calls::rings.eq(rings),
                    calls::visitor_mos10.eq(call.visitor_mos10.map(i32::from)),
                    calls::consultant_mos10.eq(call.consultant_mos10.map(i32::from)),
                ))
                .execute(&mut *conn)
                .await?;
            if ended == 0 {
                of_business(business, id).select(calls::id).first::<i64>(&mut *conn).await?;
            }
            Ok(())
        })
    }

    /// Keeps how a visitor found an own call that is over and in which both heard each other; the last word counts.
    pub async fn rate_call(
        &self,
        business: BusinessId,
        visitor: VisitorId,
        call: CallId,
        stars: u8,
    ) -> Result<(), StoreError> {
        let (business, visitor, id) = (i64::from(business), i64::from(visitor), i64::from(call));
        write_one!(self, |conn| {
            let rated = diesel::update(of_business(business, id))
                .filter(calls::visitor_id.eq(visitor))
                .filter(calls::ended_at.is_not_null())
                .filter(calls::talking_since.is_not_null())
                .set(calls::rating.eq(i32::from(stars)));
            if rated.execute(conn).await? == 0 { Err(StoreError::NotFound) } else { Ok(()) }
        })
    }

    /// The calls of a business, the last asked for first.
    pub async fn calls(&self, business: BusinessId, filter: CallFilter) -> Result<Vec<Call>, StoreError> {
        let (business, before) = (i64::from(business), filter.before.map_or(i64::MAX, i64::from));
        let limit = i64::from(filter.limit.min(PAGE_MAX));
        let rows = read!(self, |conn| {
            let of_business = calls::table.filter(calls::business_id.eq(business)).filter(calls::id.lt(before));
            let newest = of_business.order(calls::id.desc()).limit(limit).select(Row::as_select());
            if filter.is_missed {
                let missed = calls::ended_at.is_not_null().and(calls::answered_at.is_null());
                return Ok(newest.filter(missed).load(conn).await?);
            }
            Ok(newest.load(conn).await?)
        })?;
        rows.into_iter().map(Row::call).collect()
    }

    /// Ends every call that is not over, of all businesses, and gives how many there were.
    ///
    /// For the start of the hub: their voice went down with the process that carried them.
    pub async fn break_off_calls(&self, now: Moment) -> Result<usize, StoreError> {
        write_one!(self, |conn| {
            let broken = diesel::update(calls::table.filter(calls::ended_at.is_null()))
                .set((calls::ended_at.eq(now.millis()), calls::reason.eq(CallReason::Error.word())));
            Ok(broken.execute(conn).await?)
        })
    }
}
