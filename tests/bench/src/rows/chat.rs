//! The path of a message: visitor → chat → acknowledgement and consultant.

use std::time::Duration;

use anyhow::Result;

use crate::load;
use crate::scene::{self, Scene};
use crate::server::Kind;
use crate::table::{Table, micros, millis, progress};

/// Messages per second.
const RATES: [u64; 4] = [1_000, 5_000, 10_000, 20_000];
const DURATION: Duration = Duration::from_secs(5);
const WARM_UP: Duration = Duration::from_secs(1);

pub(crate) fn measure(kinds: &[Kind], visitors: usize, desks: usize) -> Result<Table> {
    let mut table = Table::new(
        "Messages, open loop",
        &[
            "server",
            "offered per second",
            "acked per second",
            "ack p50 / p99 ms",
            "delivery p50 / p99 ms",
            "CPU per message",
            "missing",
        ],
    );
    for kind in kinds.iter().copied() {
        let server = scene::server(kind, desks)?;
        let mut scene = Scene::set(&server, visitors, desks)?;
        load::talk(&server, &mut scene.people, &scene.talkers, 1_000, WARM_UP)?;
        for rate in RATES {
            progress(&format!("messages: {} at {rate} per second", kind.name()));
            let outcome = load::talk(&server, &mut scene.people, &scene.talkers, rate, DURATION)?;
            let quantiles =
                |h: &crate::histogram::Histogram| format!("{} / {}", millis(h.quantile(0.5)), millis(h.quantile(0.99)));
            table.add(vec![
                kind.name().into(),
                rate.to_string(),
                outcome.acked_per_second().to_string(),
                quantiles(&outcome.acks),
                quantiles(&outcome.events),
                micros(outcome.cpu_per_message()),
                (2 * outcome.sent - outcome.acks.total() - outcome.events.total()).to_string(),
            ]);
            scene.people.settle()?;
            if outcome.acked_per_second() < rate * 9 / 10 {
                // It is full; more would measure its backlog only.
                break;
            }
        }
    }
    Ok(table)
}
