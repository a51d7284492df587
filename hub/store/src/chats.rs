//! Chats: opened together with their first message, loaded for their actor.

use actors::ids::{AccountId, BusinessId, ChatId, PackageId, VisitorId};
use actors::moment::Moment;
use actors::ports::{ChatRecord, NewChat, OpenChatRecord, Opened, Visit};
use actors::protocol::{ChatState, Marks, Seq, Side};
use actors::text::PlainText;
use diesel::SelectableHelper as _;
use diesel::prelude::{
    ExpressionMethods as _, Insertable, NullableExpressionMethods as _, QueryDsl as _, Queryable, Selectable,
};
use diesel_async::RunQueryDsl as _;
use serde_json::Value;

use crate::Store;
use crate::error::{StoreError, unreadable};
use crate::messages::{Stored, json, number, seq, text};
use crate::schema::{chats, messages, visitors};
use crate::words::Word as _;

/// Characters of the last message that lists show.
const PREVIEW_CHARS: usize = 120;

diesel::alias!(const LATER: Alias<Later> = messages as later);

/// A chat as it is kept.
#[derive(Debug, Queryable, Selectable)]
#[diesel(table_name = chats)]
struct Row {
    id: i64,
    business_id: i64,
    package_id: i64,
    visitor_id: i64,
    account_id: Option<i64>,
    state: String,
    version: i32,
    opened_at: i64,
    waiting_since: i64,
    returned: bool,
    visit: Value,
    visitor_seen: i32,
    consultant_seen: i32,
}

impl Row {
    fn visit(&self) -> Result<Visit, StoreError> {
        serde_json::from_value(self.visit.clone()).map_err(|_cause| unreadable("visit"))
    }

    fn record(self, previous_chats: i64, newest: Vec<Stored>) -> Result<ChatRecord, StoreError> {
        let events = Stored::events(newest)?;
        Ok(ChatRecord {
            id: ChatId::from(self.id),
            business: BusinessId::from(self.business_id),
            package: PackageId::from(self.package_id),
            visitor: VisitorId::from(self.visitor_id),
            consultant: self.account_id.map(AccountId::from),
            state: ChatState::read(&self.state)?,
            version: self.version,
            opened_at: Moment::from_millis(self.opened_at),
            last_seq: events.last().map_or(Seq::ZERO, |event| event.seq),
            seen: Marks { visitor: seq(self.visitor_seen)?, consultant: seq(self.consultant_seen)? },
            visit: self.visit()?,
            previous_chats: u32::try_from(previous_chats).unwrap_or(u32::MAX),
            events,
        })
    }

    fn open_record(self, last_message: &str) -> Result<OpenChatRecord, StoreError> {
        Ok(OpenChatRecord {
            id: ChatId::from(self.id),
            package: PackageId::from(self.package_id),
            visitor: VisitorId::from(self.visitor_id),
            consultant: self.account_id.map(AccountId::from),
            state: ChatState::read(&self.state)?,
            waiting_since: Moment::from_millis(self.waiting_since),
            returned: self.returned,
            preview: preview(last_message)?,
            visit: self.visit()?,
        })
    }
}

/// The start of a message, for lists.
pub(crate) fn preview(message: &str) -> Result<PlainText, StoreError> {
    Ok(text(message)?.preview(PREVIEW_CHARS))
}

#[derive(Clone, Debug, Insertable)]
#[diesel(table_name = chats, treat_none_as_default_value = false)]
struct NewRow {
    id: i64,
    business_id: i64,
    package_id: i64,
    visitor_id: i64,
    state: &'static str,
    version: i32,
    opened_at: i64,
    waiting_since: i64,
    returned: bool,
    visit: Value,
    open_cid: String,
    visitor_seen: i32,
    consultant_seen: i32,
}

impl NewRow {
    fn of(chat: &NewChat) -> Result<Self, StoreError> {
        Ok(Self {
            id: chat.id.into(),
            business_id: chat.business.into(),
            package_id: chat.package.into(),
            visitor_id: chat.visitor.into(),
            state: ChatState::Waiting.word(),
            version: 0,
            opened_at: chat.at.millis(),
            waiting_since: chat.at.millis(),
            returned: false,
            visit: json(&chat.visit)?,
            open_cid: chat.cid.as_str().to_owned(),
            visitor_seen: 0,
            consultant_seen: 0,
        })
    }
}

impl Store {
    /// Keeps a new chat with its first message, and its visitor when that is new.
    ///
    /// The same visitor and cid again give the chat that was kept first.
    pub async fn open_chat(&self, chat: NewChat) -> Result<Opened, StoreError> {
        let row = NewRow::of(&chat)?;
        let token = chat.token.0.to_vec();
        let body = String::from(chat.body);
        write!(self, |conn| {
            let now = row.opened_at;
            diesel::insert_into(visitors::table)
                .values((
                    visitors::id.eq(row.visitor_id),
                    visitors::business_id.eq(row.business_id),
                    visitors::token_hash.eq(&token),
                    visitors::first_seen_at.eq(now),
                    visitors::seen_at.eq(now),
                ))
                .on_conflict((visitors::business_id, visitors::token_hash))
                .do_update()
                .set(visitors::seen_at.eq(now))
                .execute(&mut *conn)
                .await?;
            let inserted = diesel::insert_into(chats::table)
                .values(&row)
                .on_conflict((chats::visitor_id, chats::open_cid))
                .do_nothing()
                .execute(&mut *conn)
                .await?;
            if inserted == 0 {
                let first = chats::table
                    .filter(chats::business_id.eq(row.business_id))
                    .filter(chats::visitor_id.eq(row.visitor_id))
                    .filter(chats::open_cid.eq(&row.open_cid));
                let (id, at) = first.select((chats::id, chats::opened_at)).first::<(i64, i64)>(&mut *conn).await?;
                return Ok(Opened { chat: ChatId::from(id), at: Moment::from_millis(at), repeated: true });
            }
            diesel::insert_into(messages::table)
                .values((
                    messages::chat_id.eq(row.id),
                    messages::seq.eq(1),
                    messages::author_kind.eq("visitor"),
                    messages::kind.eq("said"),
                    messages::client_key.eq(&row.open_cid),
                    messages::body.eq(&body),
                    messages::sent_at.eq(now),
                ))
                .execute(&mut *conn)
                .await?;
            Ok(Opened { chat: ChatId::from(row.id), at: Moment::from_millis(now), repeated: false })
        })
    }

    /// Loads a chat with its newest events, oldest first. For the chat's own actor, which knows the chat.
    pub async fn load_chat(&self, chat: ChatId, newest: u32) -> Result<ChatRecord, StoreError> {
        let chat = i64::from(chat);
        let (row, previous, mut events) = read!(self, |conn| {
            let row = chats::table.filter(chats::id.eq(chat)).select(Row::as_select()).first(&mut *conn).await?;
            let previous = chats::table
                .filter(chats::business_id.eq(row.business_id))
                .filter(chats::visitor_id.eq(row.visitor_id))
                .filter(chats::closed_at.is_not_null())
                .filter(chats::id.ne(chat));
            let previous: i64 = previous.count().get_result(&mut *conn).await?;
            // The newest event is always read: the chat goes on after it.
            let events = messages::table
                .filter(messages::chat_id.eq(chat))
                .order(messages::seq.desc())
                .limit(i64::from(newest.max(1)))
                .select(Stored::as_select())
                .load(&mut *conn)
                .await?;
            Ok((row, previous, events))
        })?;
        events.reverse();
        row.record(previous, events)
    }

    /// Remembers how far a side has read; never takes it back.
    pub async fn mark_seen(&self, chat: ChatId, side: Side, seen: Seq) -> Result<(), StoreError> {
        let (chat, seen) = (i64::from(chat), number(seen)?);
        write_one!(self, |conn| {
            let of_chat = diesel::update(chats::table).filter(chats::id.eq(chat));
            match side {
                Side::Visitor => {
                    let ahead = of_chat.filter(chats::visitor_seen.lt(seen)).set(chats::visitor_seen.eq(seen));
                    ahead.execute(conn).await?;
                }
                Side::Consultant => {
                    let ahead = of_chat.filter(chats::consultant_seen.lt(seen)).set(chats::consultant_seen.eq(seen));
                    ahead.execute(conn).await?;
                }
            }
            Ok(())
        })
    }

    /// The chats of a business that are not closed, oldest first.
    pub(crate) async fn open_chats(&self, business: BusinessId) -> Result<Vec<OpenChatRecord>, StoreError> {
        let business = i64::from(business);
        let rows = read!(self, |conn| {
            let newer = LATER
                .filter(LATER.field(messages::chat_id).eq(messages::chat_id))
                .filter(LATER.field(messages::kind).eq("said"))
                .filter(LATER.field(messages::seq).gt(messages::seq));
            let rows: Vec<(Row, Option<String>)> = chats::table
                .inner_join(messages::table)
                .filter(chats::business_id.eq(business))
                .filter(chats::closed_at.is_null())
                .filter(messages::kind.eq("said"))
                .filter(diesel::dsl::not(diesel::dsl::exists(newer)))
                .order((chats::opened_at.asc(), chats::id.asc()))
                .select((Row::as_select(), messages::body.nullable()))
                .load(conn)
                .await?;
            Ok(rows)
        })?;
        rows.into_iter().map(|(row, last)| row.open_record(last.as_deref().unwrap_or_default())).collect()
    }

    /// The businesses that have chats which are not closed.
    pub async fn busy_businesses(&self) -> Result<Vec<BusinessId>, StoreError> {
        let ids = read!(self, |conn| {
            let open = chats::table.filter(chats::closed_at.is_null());
            let ids: Vec<i64> = open.select(chats::business_id).distinct().load(conn).await?;
            Ok(ids)
        })?;
        Ok(ids.into_iter().map(BusinessId::from).collect())
    }
}
