//! Visitors, known by the hash of their token.

use actors::ids::{AccountId, BusinessId, ChatId, VisitorId};
use actors::ports::{TokenHash, VisitorRecord};
use diesel::prelude::{ExpressionMethods as _, OptionalExtension as _, QueryDsl as _};
use diesel_async::RunQueryDsl as _;

use crate::Store;
use crate::error::StoreError;
use crate::schema::{chats, visitors};

impl Store {
    /// The visitor with this token at this business, with the chats that are not closed.
    pub async fn visitor(&self, business: BusinessId, token: TokenHash) -> Result<Option<VisitorRecord>, StoreError> {
        let business = i64::from(business);
        read!(self, |conn| {
            let known = visitors::table
                .filter(visitors::business_id.eq(business))
                .filter(visitors::token_hash.eq(token.0.to_vec()));
            let visitor: Option<i64> = known.select(visitors::id).first(&mut *conn).await.optional()?;
            let Some(visitor) = visitor else { return Ok(None) };
            let open: Vec<i64> = chats::table
                .filter(chats::business_id.eq(business))
                .filter(chats::visitor_id.eq(visitor))
                .filter(chats::closed_at.is_null())
                .order((chats::opened_at.asc(), chats::id.asc()))
                .select(chats::id)
                .load(&mut *conn)
                .await?;
            let open_chats = open.into_iter().map(ChatId::from).collect();
            Ok(Some(VisitorRecord { id: VisitorId::from(visitor), open_chats }))
        })
    }

    /// How many other chats a visitor had, and who answered the last of them; `now` is the chat that is left out.
    pub async fn visitor_past(
        &self,
        business: BusinessId,
        visitor: VisitorId,
        now: i64,
    ) -> Result<(u32, Option<AccountId>), StoreError> {
        let (business, visitor) = (i64::from(business), i64::from(visitor));
        read!(self, |conn| {
            let others = chats::table
                .filter(chats::business_id.eq(business))
                .filter(chats::visitor_id.eq(visitor))
                .filter(chats::id.ne(now));
            let count: i64 = others.count().get_result(&mut *conn).await?;
            let last: Option<Option<i64>> = others
                .filter(chats::account_id.is_not_null())
                .order(chats::id.desc())
                .select(chats::account_id)
                .first(&mut *conn)
                .await
                .optional()?;
            Ok((u32::try_from(count).unwrap_or(u32::MAX), last.flatten().map(AccountId::from)))
        })
    }
}
