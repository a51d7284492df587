//! The messages of chats: the journal's events, appended and read.

use actors::ids::{AccountId, BusinessId, CallId, ChatId};
use actors::moment::Moment;
use actors::ports::{Change, Entry, Kept};
use actors::protocol::{Author, CallReason, ChatState, Cid, Event, Face, Fact, Seq};
use actors::text::PlainText;
use diesel::prelude::{
    ExpressionMethods as _, IntoSql as _, OptionalExtension as _, QueryDsl as _, Queryable, Selectable,
};
use diesel::sql_types::{BigInt, Integer, Json, Nullable, Text};
use diesel::{Insertable as _, SelectableHelper as _};
use diesel_async::RunQueryDsl as _;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::Store;
use crate::engine::Engine;
use crate::error::{StoreError, unreadable};
use crate::schema::{chats, messages};
use crate::words::Word as _;

/// An event as a row, with the business it must belong to.
#[derive(Clone, Debug)]
pub(crate) struct Row {
    pub(crate) business_id: i64,
    pub(crate) chat_id: i64,
    pub(crate) seq: i32,
    pub(crate) author_kind: &'static str,
    pub(crate) author_id: Option<i64>,
    pub(crate) kind: &'static str,
    pub(crate) client_key: Option<String>,
    pub(crate) body: Option<String>,
    pub(crate) meta: Option<Value>,
    pub(crate) sent_at: i64,
}

impl Row {
    fn of(business: BusinessId, event: Event) -> Result<Self, StoreError> {
        let (author_kind, author_id) = match event.from {
            Author::Visitor => ("visitor", None),
            Author::Consultant { account } => ("consultant", Some(account.into())),
            Author::Hub => ("hub", None),
        };
        let (kind, client_key, body, meta) = match event.fact {
            Fact::Said { cid, body } => ("said", Some(cid.as_str().to_owned()), Some(String::from(body)), None),
            Fact::Joined { consultant } => ("joined", None, None, Some(json(&consultant)?)),
            Fact::Returned => ("returned", None, None, None),
            Fact::Invited { consultant } => ("invited", None, None, Some(json(&consultant)?)),
            Fact::InviteDeclined => ("invite_declined", None, None, None),
            Fact::Called { call, reason, seconds } => {
                ("called", None, None, Some(json(&Called { call, reason, seconds })?))
            }
            Fact::Closed => ("closed", None, None, None),
        };
        Ok(Self {
            business_id: business.into(),
            chat_id: event.chat.into(),
            seq: number(event.seq)?,
            author_kind,
            author_id,
            kind,
            client_key,
            body,
            meta,
            sent_at: event.at.millis(),
        })
    }
}

pub(crate) fn json(value: &impl Serialize) -> Result<Value, StoreError> {
    serde_json::to_value(value).map_err(|error| StoreError::Failed(error.into()))
}

pub(crate) fn number(seq: Seq) -> Result<i32, StoreError> {
    i32::try_from(seq.number()).map_err(|_cause| unreadable("place in a chat"))
}

pub(crate) fn seq(number: i32) -> Result<Seq, StoreError> {
    u32::try_from(number).map(Seq::new).map_err(|_cause| unreadable("place in a chat"))
}

/// Reads a message's text, which was cleaned before it was kept.
pub(crate) fn text(raw: &str) -> Result<PlainText, StoreError> {
    PlainText::lines(raw, raw.len()).map_err(|_cause| unreadable("text"))
}

/// An event as it was kept.
#[derive(Debug, Queryable, Selectable)]
#[diesel(table_name = messages)]
pub(crate) struct Stored {
    chat_id: i64,
    seq: i32,
    author_kind: String,
    author_id: Option<i64>,
    kind: String,
    client_key: Option<String>,
    body: Option<String>,
    meta: Option<Value>,
    sent_at: i64,
}

impl Stored {
    pub(crate) fn event(self) -> Result<Event, StoreError> {
        let from = match (self.author_kind.as_str(), self.author_id) {
            ("visitor", _) => Author::Visitor,
            ("consultant", Some(account)) => Author::Consultant { account: AccountId::from(account) },
            ("hub", _) => Author::Hub,
            _ => return Err(unreadable("author")),
        };
        let fact = match (self.kind.as_str(), self.client_key, self.body, self.meta) {
            ("said", Some(cid), Some(body), _) => {
                let cid = Cid::new(&cid).ok_or_else(|| unreadable("message name"))?;
                Fact::Said { cid, body: text(&body)? }
            }
            ("joined", _, _, Some(meta)) => Fact::Joined { consultant: face(meta)? },
            ("returned", ..) => Fact::Returned,
            ("invited", _, _, Some(meta)) => Fact::Invited { consultant: face(meta)? },
            ("invite_declined", ..) => Fact::InviteDeclined,
            ("called", _, _, Some(meta)) => {
                let Called { call, reason, seconds } = called(meta)?;
                Fact::Called { call, reason, seconds }
            }
            ("closed", ..) => Fact::Closed,
            _ => return Err(unreadable("event")),
        };
        let at = Moment::from_millis(self.sent_at);
        Ok(Event { chat: ChatId::from(self.chat_id), seq: seq(self.seq)?, at, from, fact })
    }

    pub(crate) fn events(rows: Vec<Self>) -> Result<Vec<Event>, StoreError> {
        rows.into_iter().map(Self::event).collect()
    }
}

pub(crate) fn face(meta: Value) -> Result<Face, StoreError> {
    serde_json::from_value(meta).map_err(|_cause| unreadable("face"))
}

/// A call that is over, as its chat keeps it.
#[derive(Debug, Serialize, Deserialize)]
struct Called {
    call: CallId,
    reason: CallReason,
    seconds: u32,
}

fn called(meta: Value) -> Result<Called, StoreError> {
    serde_json::from_value(meta).map_err(|_cause| unreadable("call"))
}

/// Inserts a row if its chat is this business's and not closed; gives how many were inserted.
macro_rules! insert_message {
    ($conn:expr, $row:expr) => {{
        let row: Row = $row;
        let chat = chats::table
            .filter(chats::id.eq(row.chat_id))
            .filter(chats::business_id.eq(row.business_id))
            .filter(chats::closed_at.is_null())
            .select((
                chats::id,
                row.seq.into_sql::<Integer>(),
                row.author_kind.into_sql::<Text>(),
                row.author_id.into_sql::<Nullable<BigInt>>(),
                row.kind.into_sql::<Text>(),
                row.client_key.into_sql::<Nullable<Text>>(),
                row.body.into_sql::<Nullable<Text>>(),
                row.meta.into_sql::<Nullable<Json>>(),
                row.sent_at.into_sql::<BigInt>(),
            ));
        chat.insert_into(messages::table)
            .into_columns((
                messages::chat_id,
                messages::seq,
                messages::author_kind,
                messages::author_id,
                messages::kind,
                messages::client_key,
                messages::body,
                messages::meta,
                messages::sent_at,
            ))
            .on_conflict_do_nothing()
            .execute($conn)
            .await?
    }};
}

/// Appends a row, or says what stands in its place.
macro_rules! append {
    ($conn:expr, $row:expr, $change:expr) => {{
        let row: Row = $row;
        let (business, chat, cid) = (row.business_id, row.chat_id, row.client_key.clone());
        let at = row.sent_at;
        if insert_message!(&mut *$conn, row) == 0 {
            let owned = messages::table.inner_join(chats::table).filter(chats::business_id.eq(business));
            let before: Option<(i32, i64)> = owned
                .filter(messages::chat_id.eq(chat))
                .filter(messages::client_key.eq(cid))
                .select((messages::seq, messages::sent_at))
                .first(&mut *$conn)
                .await
                .optional()?;
            if let Some((number, at)) = before {
                return Ok(Kept::Before { seq: seq(number)?, at: Moment::from_millis(at) });
            }
            let known = chats::table.filter(chats::id.eq(chat)).filter(chats::business_id.eq(business));
            known.select(chats::id).first::<i64>(&mut *$conn).await?;
            return Err(StoreError::Stale);
        }
        if let Some(change) = $change {
            change_chat!(&mut *$conn, business, chat, change, at);
        }
        Ok(Kept::Now)
    }};
}

/// Moves a chat to another state, if it still has the version the change was decided on.
macro_rules! change_chat {
    ($conn:expr, $business:expr, $chat:expr, $change:expr, $at:expr) => {{
        let change: Change = $change;
        let (state, at): (ChatState, i64) = (change.state, $at);
        let returns = (state == ChatState::Waiting).then_some((chats::waiting_since.eq(at), chats::returned.eq(true)));
        let changed = diesel::update(chats::table)
            .filter(chats::id.eq($chat))
            .filter(chats::business_id.eq($business))
            .filter(chats::version.eq(change.version))
            .set((
                chats::state.eq(state.word()),
                chats::version.eq(change.version.saturating_add(1)),
                chats::account_id.eq(change.consultant.map(i64::from)),
                chats::closed_at.eq((state == ChatState::Closed).then_some(at)),
                returns,
            ))
            .execute($conn)
            .await?;
        if changed == 0 {
            return Err(StoreError::Stale);
        }
    }};
}

impl Store {
    /// Keeps an event and, in the same transaction, the change of its chat.
    pub async fn append(&self, entry: Entry) -> Result<Kept, StoreError> {
        let Entry { business, event, change } = entry;
        let row = Row::of(business, event)?;
        if let Some(change) = change {
            return write!(self, |conn| append!(conn, row, Some(change)));
        }
        // What the lane hands back is asked for anew: a caller that is gone by then was told nothing.
        if let Engine::Postgres(engine) = self.engine.as_ref()
            && engine.append(row.clone()).await?.is_some()
        {
            return Ok(Kept::Now);
        }
        write_one!(self, |conn| append!(conn, row, None::<Change>))
    }

    /// Loads events of a chat after a place, oldest first. For the chat's own actor, which knows the chat.
    pub async fn events_after(&self, chat: ChatId, after: Seq, limit: u32) -> Result<Vec<Event>, StoreError> {
        let (chat, after) = (i64::from(chat), number(after)?);
        let rows = read!(self, |conn| {
            let rows = messages::table
                .filter(messages::chat_id.eq(chat))
                .filter(messages::seq.gt(after))
                .order(messages::seq.asc())
                .limit(i64::from(limit))
                .select(Stored::as_select())
                .load(conn)
                .await?;
            Ok(rows)
        })?;
        Stored::events(rows)
    }
}
