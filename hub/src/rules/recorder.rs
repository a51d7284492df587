//! Puts decisions on record, a little later and together, so that nobody waits for it.

use std::sync::Arc;
use std::time::Duration;

use actors::moment::Moment;
use actors::ports::Clock;
use hub_store::{NewDecision, Store};
use metrics::counter;
use tokio::sync::{mpsc, oneshot};
use tokio::time::{MissedTickBehavior, interval};
use tracing::warn;

/// Decisions that wait to be kept. More are not recorded; a counter tells how many.
const WAITING: usize = 1_024;
/// Decisions kept in one transaction.
const BATCH: usize = 64;
/// How long a decision is remembered: 30 days.
const KEPT_MS: i64 = 30 * 24 * 60 * 60 * 1_000;
const FORGET_EVERY: Duration = Duration::from_hours(1);

enum Order {
    Keep(Box<NewDecision>),
    Settle(oneshot::Sender<()>),
}

/// The way to the record.
pub(super) struct Recorder(mpsc::Sender<Order>);

impl Recorder {
    pub(super) fn start(store: Store, clock: Arc<dyn Clock>) -> Self {
        let (sender, orders) = mpsc::channel(WAITING);
        tokio::spawn(write(store, clock, orders));
        Self(sender)
    }

    /// Puts a decision on record soon.
    pub(super) fn keep(&self, decision: NewDecision) {
        if self.0.try_send(Order::Keep(Box::new(decision))).is_err() {
            counter!("plugin_decisions_lost_total").increment(1);
        }
    }

    /// Waits until everything so far is on record.
    pub(super) async fn settle(&self) {
        let (done, settled) = oneshot::channel();
        if self.0.send(Order::Settle(done)).await.is_ok() {
            // Gone is settled too.
            let _ = settled.await;
        }
    }
}

async fn write(store: Store, clock: Arc<dyn Clock>, mut orders: mpsc::Receiver<Order>) {
    let mut forget = interval(FORGET_EVERY);
    forget.set_missed_tick_behavior(MissedTickBehavior::Delay);
    let mut batch = Vec::with_capacity(BATCH);
    loop {
        tokio::select! {
            count = orders.recv_many(&mut batch, BATCH) => {
                if count == 0 {
                    return;
                }
                keep(&store, batch.drain(..)).await;
            }
            _ = forget.tick() => {
                let edge = Moment::from_millis(clock.now().millis() - KEPT_MS);
                if let Err(error) = store.forget_decisions(edge).await {
                    warn!(%error, "old decisions are not forgotten");
                }
            }
        }
    }
}

async fn keep(store: &Store, orders: impl Iterator<Item = Order>) {
    let (mut decisions, mut settled) = (Vec::new(), Vec::new());
    for order in orders {
        match order {
            Order::Keep(decision) => decisions.push(*decision),
            Order::Settle(done) => settled.push(done),
        }
    }
    let count = decisions.len();
    if count > 0
        && let Err(error) = store.keep_decisions(decisions).await
    {
        warn!(%error, count, "decisions are not on record");
        counter!("plugin_decisions_lost_total").increment(u64::try_from(count).unwrap_or_default());
    }
    for done in settled {
        // Whoever waited may have gone.
        let _ = done.send(());
    }
}
