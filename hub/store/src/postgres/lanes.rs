//! The appender lanes: messages that arrive together are inserted together.
//!
//! A chat always uses the same lane, so its messages keep their order. While
//! one statement runs the next batch gathers. What a batch cannot say for sure
//! (taken, repeated, refused) is handed back, to be looked at alone.

use std::collections::HashSet;

use diesel::sql_types::{Array, BigInt, Integer, Nullable, Text};
use diesel::{QueryableByName, sql_query};
use diesel_async::pooled_connection::deadpool::Pool;
use diesel_async::{AsyncPgConnection, RunQueryDsl as _};
use tokio::runtime::Handle;
use tokio::sync::{mpsc, oneshot};

use super::{InFlight, held};
use crate::engine::Life;
use crate::error::StoreError;
use crate::messages::Row;

/// More lanes only split the batches: measured, one is best below 200 senders, two at 1,000.
pub(super) const LANES: usize = 2;
/// Messages in one statement.
const ROWS_PER_STATEMENT: usize = 1_000;
/// Messages that may wait for a lane, as for SQLite's writer.
const ROWS_WAITING: usize = 16_384 / LANES;

/// `unnest` keeps the statement the same for any number of rows; the join keeps out foreign and closed chats.
const INSERT: &str = "
    INSERT INTO messages (chat_id, seq, author_kind, author_id, kind, client_key, body, meta, sent_at)
    SELECT row.chat_id, row.seq, row.author_kind, row.author_id, row.kind, row.client_key, row.body,
           row.meta::json, row.sent_at
    FROM unnest($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
         AS row (business_id, chat_id, seq, author_kind, author_id, kind, client_key, body, meta, sent_at)
    JOIN chats ON chats.id = row.chat_id AND chats.business_id = row.business_id AND chats.closed_at IS NULL
    ON CONFLICT DO NOTHING
    RETURNING messages.chat_id, messages.seq, messages.client_key";

struct Append {
    row: Row,
    in_flight: InFlight,
    reply: oneshot::Sender<Option<()>>,
}

pub(super) struct Lanes(Vec<mpsc::Sender<Append>>);

impl Lanes {
    pub(super) fn start(handle: &Handle, pool: &Pool<AsyncPgConnection>, life: &Life) -> Self {
        let lane = || {
            let (sender, appends) = mpsc::channel(ROWS_WAITING);
            let (pool, heartbeat) = (pool.clone(), life.heartbeat());
            handle.spawn(async move {
                run(pool, appends).await;
                drop(heartbeat);
            });
            sender
        };
        Self((0..LANES).map(|_| lane()).collect())
    }

    pub(super) async fn append(&self, row: Row, in_flight: InFlight) -> Result<Option<()>, StoreError> {
        let number = usize::try_from(row.chat_id.unsigned_abs()).unwrap_or_default() % LANES;
        let lane = self.0.get(number).ok_or(StoreError::Unavailable("there is no lane"))?;
        let (reply, answer) = oneshot::channel();
        let sent = lane.try_send(Append { row, in_flight, reply });
        sent.or(Err(StoreError::Unavailable("too many messages wait")))?;
        answer.await.or(Err(StoreError::Unavailable("the message was not kept")))
    }
}

async fn run(pool: Pool<AsyncPgConnection>, mut appends: mpsc::Receiver<Append>) {
    let mut batch = Vec::new();
    while appends.recv_many(&mut batch, ROWS_PER_STATEMENT).await > 0 {
        let kept = match held(&pool).await {
            Ok(mut conn) => insert(&mut conn, &batch).await,
            Err(error) => Err(error),
        };
        metrics::histogram!("store_lane_rows").record(f64::from(u32::try_from(batch.len()).unwrap_or(u32::MAX)));
        match kept {
            Ok(mut kept) => {
                for Append { row, in_flight, reply } in batch.drain(..) {
                    // Taken out, so that of two equal rows only one is told it was kept.
                    let is_kept = kept.remove(&(row.chat_id, row.seq, row.client_key));
                    let _ = reply.send(is_kept.then_some(()));
                    drop(in_flight);
                }
            }
            // One bad row fails the statement for all: each is tried alone. A lost connection refuses all of them.
            Err(StoreError::Unavailable(_)) => batch.clear(),
            Err(error) => {
                tracing::warn!(%error, rows = batch.len(), "a batch of messages failed, appending one by one");
                for append in batch.drain(..) {
                    let _ = append.reply.send(None);
                }
            }
        }
    }
}

#[derive(QueryableByName)]
struct Inserted {
    #[diesel(sql_type = BigInt)]
    chat_id: i64,
    #[diesel(sql_type = Integer)]
    seq: i32,
    #[diesel(sql_type = Nullable<Text>)]
    client_key: Option<String>,
}

/// What tells one row of a batch from all others.
type Key = (i64, i32, Option<String>);

async fn insert(conn: &mut AsyncPgConnection, batch: &[Append]) -> Result<HashSet<Key>, StoreError> {
    fn column<T>(batch: &[Append], value: impl Fn(&Row) -> T) -> Vec<T> {
        batch.iter().map(|append| value(&append.row)).collect()
    }
    let statement = sql_query(INSERT)
        .bind::<Array<BigInt>, _>(column(batch, |row| row.business_id))
        .bind::<Array<BigInt>, _>(column(batch, |row| row.chat_id))
        .bind::<Array<Integer>, _>(column(batch, |row| row.seq))
        .bind::<Array<Text>, _>(column(batch, |row| row.author_kind))
        .bind::<Array<Nullable<BigInt>>, _>(column(batch, |row| row.author_id))
        .bind::<Array<Text>, _>(column(batch, |row| row.kind))
        .bind::<Array<Nullable<Text>>, _>(column(batch, |row| row.client_key.clone()))
        .bind::<Array<Nullable<Text>>, _>(column(batch, |row| row.body.clone()))
        .bind::<Array<Nullable<Text>>, _>(column(batch, |row| row.meta.as_ref().map(ToString::to_string)))
        .bind::<Array<BigInt>, _>(column(batch, |row| row.sent_at));
    let inserted: Vec<Inserted> = statement.load(conn).await?;
    Ok(inserted.into_iter().map(|row| (row.chat_id, row.seq, row.client_key)).collect())
}
