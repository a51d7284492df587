//! How the hub goes down: nobody is sent here any more, browsers move on, everything asked for is kept.

use std::time::Duration;

use actors::hub::Hub;
use anyhow::bail;
use tokio::signal::unix::{Signal, SignalKind, signal};
use tokio::time::timeout;
use tracing::{error, info, warn};

use super::Running;
use crate::config::DrainConfig;

/// Kept of the deadline for the steps after the sockets: the last writes and the storage's threads.
const FOR_STORAGE: Duration = Duration::from_secs(5);

/// How long the ends of calls may take: each is told and kept.
const FOR_CALLS: Duration = Duration::from_secs(2);
const LOOK_EVERY: Duration = Duration::from_millis(20);

/// Waits for a signal or the death of the storage, then takes everything down.
pub(super) async fn wait_and_drain(running: Running, config: &DrainConfig) -> anyhow::Result<()> {
    let mut terminate = signal(SignalKind::terminate())?;
    let mut interrupt = signal(SignalKind::interrupt())?;
    tokio::select! {
        () = either(&mut terminate, &mut interrupt) => {}
        () = running.store.died() => {
            // Without it nothing can be kept, so nothing may be answered: a fresh start is the only repair.
            error!("the storage stopped working, the hub ends");
            bail!("the storage stopped working");
        }
    }
    info!(deadline_seconds = config.deadline_seconds, "draining");
    tokio::select! {
        finished = timeout(config.deadline(), drain(&running, config)) => {
            if finished.is_ok() {
                info!("drained");
            } else {
                warn!("the deadline passed before everything was drained");
            }
        }
        // Whoever asks twice does not want to wait.
        () = either(&mut terminate, &mut interrupt) => warn!("asked again, ending at once"),
    }
    Ok(())
}

async fn drain(running: &Running, config: &DrainConfig) {
    running.ops.begin_drain();
    running.edge.begin_drain();
    // Who talks is told why it ends, before the sockets that tell it close.
    running.hub.end_calls();
    if timeout(FOR_CALLS, no_calls(&running.hub)).await.is_err() {
        warn!("some calls did not end in time");
    }
    let for_sockets = config.deadline().saturating_sub(FOR_STORAGE).max(config.deadline() / 2);
    let spread = Duration::from_millis(u64::from(config.spread_ms)).min(for_sockets);
    running.edge.drain(spread, for_sockets).await;
    running.main.pause().await;
    running.hub.settle().await;
    running.rules.settle().await;
    running.store.close().await;
    // Actors live on the workers of this server: stopped earlier, it would leave the rest of them with half a
    // picture, and they would write down that consultants are gone. A late request gets 503 meanwhile.
    running.main.stop(false).await;
    running.ops_server.stop(false).await;
}

/// Waits until every call is over.
async fn no_calls(hub: &Hub) {
    while hub.population().iter().any(|(kind, count)| *kind == "call" && *count > 0) {
        tokio::time::sleep(LOOK_EVERY).await;
    }
}

async fn either(one: &mut Signal, other: &mut Signal) {
    tokio::select! {
        _ = one.recv() => {}
        _ = other.recv() => {}
    }
}
