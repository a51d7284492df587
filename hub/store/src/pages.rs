//! The history of a chat, page by page, for those who may read it.

use actors::ids::{BusinessId, ChatId};
use actors::ports::TokenHash;
use actors::protocol::{Event, Seq};
use diesel::SelectableHelper as _;
use diesel::prelude::{ExpressionMethods as _, QueryDsl as _};
use diesel_async::RunQueryDsl as _;

use crate::Store;
use crate::error::StoreError;
use crate::messages::{Stored, number};
use crate::schema::{chats, messages, visitors};

/// Events of one page at most: what a screen shows at once, several times over.
const PAGE_MAX: u32 = 500;

/// Which events a page holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PageAt {
    /// Those before this place; without one, the newest.
    pub before: Option<Seq>,
    /// At most so many.
    pub limit: u32,
}

/// A page of a chat's events, oldest first.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EventPage {
    pub events: Vec<Event>,
    /// Are there events before the first of these?
    pub has_more: bool,
}

impl Store {
    /// A page of a chat's events, for a consultant of its business.
    pub async fn page_for_desk(&self, business: BusinessId, chat: ChatId, at: PageAt) -> Result<EventPage, StoreError> {
        let (business, id) = (i64::from(business), i64::from(chat));
        read!(self, |conn| {
            let chat = chats::table.filter(chats::id.eq(id)).filter(chats::business_id.eq(business));
            chat.select(chats::id).first::<i64>(conn).await?;
            Ok(())
        })?;
        self.page(chat, at).await
    }

    /// A page of a chat's events, for the visitor with this token.
    pub async fn page_for_visitor(
        &self,
        business: BusinessId,
        token: TokenHash,
        chat: ChatId,
        at: PageAt,
    ) -> Result<EventPage, StoreError> {
        let (business, id) = (i64::from(business), i64::from(chat));
        read!(self, |conn| {
            let visitor = visitors::table
                .filter(visitors::business_id.eq(business))
                .filter(visitors::token_hash.eq(token.0.to_vec()))
                .select(visitors::id);
            let chat = chats::table.filter(chats::id.eq(id)).filter(chats::business_id.eq(business));
            chat.filter(chats::visitor_id.eq_any(visitor)).select(chats::id).first::<i64>(conn).await?;
            Ok(())
        })?;
        self.page(chat, at).await
    }

    async fn page(&self, chat: ChatId, at: PageAt) -> Result<EventPage, StoreError> {
        let (chat, limit) = (i64::from(chat), at.limit.min(PAGE_MAX));
        let before = at.before.map_or(Ok(i32::MAX), number)?;
        // One row more than asked for says whether there are more.
        let mut rows = read!(self, |conn| {
            let rows = messages::table
                .filter(messages::chat_id.eq(chat))
                .filter(messages::seq.lt(before))
                .order(messages::seq.desc())
                .limit(i64::from(limit) + 1)
                .select(Stored::as_select())
                .load(conn)
                .await?;
            Ok(rows)
        })?;
        let has_more = rows.len() > usize::try_from(limit).unwrap_or(usize::MAX);
        rows.truncate(usize::try_from(limit).unwrap_or(usize::MAX));
        rows.reverse();
        Ok(EventPage { events: Stored::events(rows)?, has_more })
    }
}
