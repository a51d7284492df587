//! A consultant's tab that stops reading while its chats go on: what it costs
//! the server, and whether anybody else notices.

use std::time::Duration;

use anyhow::{Context as _, Result};

use crate::clock::{SECOND, be_punctual, now, sleep_until};
use crate::crowd;
use crate::histogram::Histogram;
use crate::load;
use crate::scene::{Scene, Talker};
use crate::server::{Kind, Server};
use crate::table::{Table, megabytes, millis, progress};
use crate::talk::Sense;

/// For the tab that does not read: this many kilobytes a second.
const FLOOD_RATE: u64 = 4_000;
const FLOOD: Duration = Duration::from_secs(6);
/// For everybody else, before and meanwhile.
const OTHERS_RATE: u64 = 1_000;
/// Few enough that one flood replaces all the events a chat remembers: what grows after it is the unread part.
const VISITORS: usize = 400;
const DESKS: usize = 2;
/// After these the hub's cache of database pages (64 MiB) is full as well.
const WARM_UPS: usize = 3;

pub(crate) fn measure(kinds: &[Kind]) -> Result<Table> {
    let mut table = Table::new(
        "A tab that stops reading",
        &[
            "server",
            "sent to it",
            "memory more while it reads",
            "while it does not",
            "others' delivery p99 before, ms",
            "meanwhile, ms",
        ],
    );
    for kind in kinds.iter().copied().filter(|kind| *kind != Kind::Hub) {
        progress(&format!("stalled tab: {}", kind.name()));
        let server = Server::start(kind)?;
        let mut scene = Scene::set(&server, VISITORS, DESKS)?;
        let (stalled, others): (Vec<_>, Vec<_>) =
            scene.talkers.iter().enumerate().partition(|(number, _)| scene.desk_of(*number) == 0);
        let stalled: Vec<Talker> = stalled.into_iter().map(|(_, talker)| talker.clone()).collect();
        let others: Vec<Talker> = others.into_iter().map(|(_, talker)| talker.clone()).collect();
        // All runs put the same traffic through the same chats; only in the last one the tab does not read.
        for _ in 0..WARM_UPS {
            flood(&mut scene, &stalled, &others)?;
        }
        let at_first = server.memory()?;
        let before = flood(&mut scene, &stalled, &others)?;
        let memory = server.memory()?;
        scene.people.stall(0)?;
        let meanwhile = flood(&mut scene, &stalled, &others)?;
        let more = server.memory()?.saturating_sub(memory);
        table.add(vec![
            kind.name().into(),
            megabytes(FLOOD_RATE * FLOOD.as_secs() * 1_000),
            megabytes(memory.saturating_sub(at_first)),
            megabytes(more),
            millis(before.quantile(0.99)),
            millis(meanwhile.quantile(0.99)),
        ]);
    }
    Ok(table)
}

/// Sends the flood to the first desk and a steady stream to the others, whose delivery is counted.
fn flood(scene: &mut Scene<'_>, stalled: &[Talker], others: &[Talker]) -> Result<Histogram> {
    let envelope = scene.people.envelope();
    let (streams, mut audience) = scene.people.split();
    let begun = now() + SECOND / 10;
    let body = "x".repeat(900);
    let mut delivered = Histogram::new();
    std::thread::scope(|scope| -> Result<()> {
        let sender = scope.spawn(move || {
            be_punctual();
            let mut turn = (stalled.iter().cycle(), others.iter().cycle());
            for number in 0..FLOOD_RATE * FLOOD.as_secs() {
                let intended = begun + number * SECOND / FLOOD_RATE;
                sleep_until(intended);
                // An uncounted cid: only the others are measured.
                let mut lines =
                    vec![turn.0.next().map(|talker| (talker, load::say(talker, &format!("f{number}-{begun}"), &body)))];
                if number % (FLOOD_RATE / OTHERS_RATE) == 0 {
                    let counted = |talker: &Talker| crate::talk::cid(intended, talker.name);
                    lines.push(turn.1.next().map(|talker| (talker, load::say(talker, &counted(talker), "Thank you"))));
                }
                for (talker, json) in lines.into_iter().flatten() {
                    if let Some(stream) = streams.get(talker.name) {
                        crowd::say(stream, &envelope.wrap(&json));
                    }
                }
            }
        });
        let all = OTHERS_RATE * FLOOD.as_secs();
        let deadline = begun + (FLOOD.as_secs() + 10) * SECOND;
        while delivered.total() < all && now() < deadline {
            audience.listen(Duration::from_millis(50), &mut |_, sense| {
                if let Sense::Event { sent } = sense {
                    delivered.add(now().saturating_sub(sent));
                }
            })?;
        }
        sender.join().ok().context("the sender fell")
    })?;
    Ok(delivered)
}
