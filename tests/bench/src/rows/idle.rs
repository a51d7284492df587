//! Visitors who only have the page open: what each costs, how fast they arrive,
//! and how fast all of them learn that a consultant's status changed.

use std::time::Duration;

use anyhow::{Result, bail};

use crate::clock::{SECOND, now};
use crate::people::People;
use crate::scene;
use crate::server::{Kind, Server};
use crate::table::{Table, duration_millis, micros, progress};
use crate::talk::Sense;

const BROADCASTS: usize = 7;
/// An allocator gives back, a server writes what it put off.
const REST: Duration = Duration::from_secs(2);

pub(crate) fn measure(kinds: &[Kind], visitors: usize) -> Result<Table> {
    let mut table = Table::new(
        "Idle visitors",
        &[
            "server",
            "visitors",
            "memory per visitor",
            "connects per second",
            "status change to all, median",
            "CPU per recipient",
        ],
    );
    // Idle visitors and stalled tabs never reach the file.
    for kind in kinds.iter().copied().filter(|kind| *kind != Kind::HubInMemory) {
        progress(&format!("idle visitors: {}", kind.name()));
        let server = Server::start(kind)?;
        let mut people = People::new(&server)?;
        people.gather(vec![scene::desk(&server, 0)?])?;
        let before = rested(&server)?;
        let took = people.gather((0..visitors).map(|_| scene::visitor(None)).collect())?;
        people.settle()?;
        let each = rested(&server)?.saturating_sub(before) / visitors as u64;
        let (median, cpu) = broadcasts(&server, &mut people, visitors)?;
        let rate = visitors as u128 * 1_000 / took.as_millis().max(1);
        table.add(vec![
            kind.name().into(),
            visitors.to_string(),
            format!("{each} B"),
            rate.to_string(),
            duration_millis(median),
            micros(cpu),
        ]);
    }
    Ok(table)
}

fn rested(server: &Server) -> Result<u64> {
    std::thread::sleep(REST);
    server.memory()
}

/// Changes the status of the first desk several times; median time until the last visitor knows, and CPU for each.
fn broadcasts(server: &Server, people: &mut People<'_>, visitors: usize) -> Result<(Duration, Duration)> {
    let mut times = Vec::new();
    let used_before = server.cpu()?;
    for round in 0..BROADCASTS {
        let status = if round % 2 == 0 { "busy" } else { "available" };
        let begun = now();
        let mut told = 0;
        people.tell(vec![(0, format!(r#"{{"t":"status","status":"{status}"}}"#))], &mut |_, sense| {
            told += usize::from(sense == Sense::Presence);
            told == visitors
        })?;
        let took = now() - begun;
        if took > 30 * SECOND {
            bail!("a status change took half a minute");
        }
        times.push(Duration::from_nanos(took));
        people.settle()?;
    }
    let cpu = server.cpu()?.saturating_sub(used_before) / u32::try_from(BROADCASTS * visitors)?;
    times.sort_unstable();
    Ok((times.get(BROADCASTS / 2).copied().unwrap_or_default(), cpu))
}
