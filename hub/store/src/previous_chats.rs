//! The finished chats of a visitor, as listed beside a chat that goes on.

use actors::ids::{BusinessId, ChatId};
use actors::moment::Moment;
use actors::protocol::Face;
use actors::text::PlainText;
use diesel::prelude::{ExpressionMethods as _, NullableExpressionMethods as _, QueryDsl as _};
use diesel_async::RunQueryDsl as _;
use serde_json::Value;

use crate::Store;
use crate::chats::preview;
use crate::error::StoreError;
use crate::messages::face;
use crate::schema::{chats, messages};

/// A finished chat.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PreviousChat {
    pub id: ChatId,
    pub opened_at: Moment,
    pub closed_at: Moment,
    /// Messages that were said in it.
    pub messages: u32,
    /// The start of its first message.
    pub preview: PlainText,
    /// Who answered, in the order they joined.
    pub consultants: Vec<Face>,
}

type Row = (i64, i64, Option<i64>, Option<String>);

impl Store {
    /// The other finished chats of the same visitor, newest first.
    pub async fn previous_chats(
        &self,
        business: BusinessId,
        chat: ChatId,
        limit: u32,
    ) -> Result<Vec<PreviousChat>, StoreError> {
        let (business, chat) = (i64::from(business), i64::from(chat));
        let (rows, counts, joins) = read!(self, |conn| {
            let here = chats::table.filter(chats::id.eq(chat)).filter(chats::business_id.eq(business));
            let visitor: i64 = here.select(chats::visitor_id).first(&mut *conn).await?;
            let rows: Vec<Row> = chats::table
                .inner_join(messages::table)
                .filter(chats::business_id.eq(business))
                .filter(chats::visitor_id.eq(visitor))
                .filter(chats::closed_at.is_not_null())
                .filter(chats::id.ne(chat))
                .filter(messages::seq.eq(1))
                .order((chats::opened_at.desc(), chats::id.desc()))
                .limit(i64::from(limit))
                .select((chats::id, chats::opened_at, chats::closed_at, messages::body))
                .load(&mut *conn)
                .await?;
            let ids: Vec<i64> = rows.iter().map(|row| row.0).collect();
            let counts: Vec<(i64, i64)> = messages::table
                .filter(messages::chat_id.eq_any(&ids))
                .filter(messages::kind.eq("said"))
                .group_by(messages::chat_id)
                .select((messages::chat_id, diesel::dsl::count_star()))
                .load(&mut *conn)
                .await?;
            let joins: Vec<(i64, Option<Value>)> = messages::table
                .filter(messages::chat_id.eq_any(&ids))
                .filter(messages::kind.eq("joined"))
                .order((messages::chat_id.asc(), messages::seq.asc()))
                .select((messages::chat_id, messages::meta.nullable()))
                .load(&mut *conn)
                .await?;
            Ok((rows, counts, joins))
        })?;
        rows.into_iter().map(|row| previous(row, &counts, &joins)).collect()
    }
}

fn previous(row: Row, counts: &[(i64, i64)], joins: &[(i64, Option<Value>)]) -> Result<PreviousChat, StoreError> {
    let (id, opened_at, closed_at, first_message) = row;
    let mut consultants: Vec<Face> = Vec::new();
    for (_, meta) in joins.iter().filter(|(chat, _)| *chat == id) {
        let joined = face(meta.clone().unwrap_or_default())?;
        if consultants.iter().all(|known| known.id != joined.id) {
            consultants.push(joined);
        }
    }
    let said = counts.iter().find(|(chat, _)| *chat == id).map_or(0, |(_, count)| *count);
    Ok(PreviousChat {
        id: ChatId::from(id),
        opened_at: Moment::from_millis(opened_at),
        closed_at: Moment::from_millis(closed_at.unwrap_or(opened_at)),
        messages: u32::try_from(said).unwrap_or(u32::MAX),
        preview: preview(first_message.as_deref().unwrap_or_default())?,
        consultants,
    })
}
