//! The worst minute: the hub is killed with everybody connected, started again,
//! and everybody comes back in the same moment.

use std::thread;
use std::time::Duration;

use anyhow::Result;

use crate::clock::now;
use crate::people::People;
use crate::scene::{self, Scene};
use crate::server::{Kind, Server};
use crate::table::{Table, duration_millis, progress};

/// Of all visitors, one in this many has an open chat.
const ONE_IN: usize = 10;
const DESKS: usize = 2;

pub(crate) fn measure(visitors: usize) -> Result<Table> {
    let mut table = Table::new(
        "Back after kill -9",
        &["visitors", "of them in a chat", "serving again after", "all welcomed after"],
    );
    progress("restart: hub");
    let talking = visitors / ONE_IN;
    let mut server = Server::start(Kind::Hub)?;
    let mut tokens = Vec::new();
    {
        let mut scene = Scene::set(&server, talking, DESKS)?;
        let idle = visitors - talking - DESKS;
        scene.people.gather((0..idle).map(|_| scene::visitor(None)).collect())?;
        tokens.append(&mut scene.people.tokens);
        tokens.retain(|token| !token.is_empty());
        thread::sleep(Duration::from_secs(1));
    }
    let killed = now();
    server = server.kill()?.start()?;
    let mut people = People::new(&server)?;
    people.gather(vec![scene::visitor(None)])?;
    let serving = Duration::from_nanos(now() - killed);
    people.gather(tokens.iter().map(|token| scene::visitor(Some(token))).collect())?;
    let all = Duration::from_nanos(now() - killed);
    table.add(vec![tokens.len().to_string(), talking.to_string(), duration_millis(serving), duration_millis(all)]);
    Ok(table)
}
