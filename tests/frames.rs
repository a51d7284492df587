//! Every WebSocket frame a client may or may not send, against the visitor's socket.
//!
//! The cases are data in `corpus/frames.json`; their numbers follow the
//! categories 1–7 of the Autobahn test suite. The protocol does not echo, so a
//! message to a chat that does not exist shows that a text arrived whole.

mod script;

use std::time::Duration;

use script::{Case, cases};

use crate::harness::hub::Hub;
use crate::harness::raw::Raw;
use crate::harness::setup::Setup;

/// The hub ends the connection soon after both sides have closed.
const END: Duration = Duration::from_secs(10);

/// The last request of a case: its answer shows that the socket works.
const ALIVE: &str = "alive";

#[derive(Debug, Default, PartialEq)]
struct Seen {
    answered: Vec<String>,
    pongs: Vec<String>,
    close: Option<u16>,
}

async fn play(hub: &Hub, case: &Case) -> Result<(), String> {
    let mut raw = Raw::visitor(&hub.door).await;
    for (bytes, chop) in case.wire() {
        match chop {
            Some(size) => raw.write_chopped(&bytes, size).await,
            None => raw.write(&bytes).await,
        }
    }
    if case.expect.closed.is_none() {
        raw.write(&script::say(ALIVE).bytes()).await;
    }

    let mut seen = Seen::default();
    while let Some(frame) = raw.frame().await {
        match frame.opcode() {
            8 => {
                seen.close = Some(frame.close_code().unwrap_or(1005));
                break;
            }
            10 => seen.pongs.push(script::hex(&frame.body)),
            _ => {
                let values = frame.values();
                let named = values.iter().filter_map(|value| value["cid"].as_str());
                seen.answered.extend(named.map(str::to_owned));
            }
        }
        if seen.answered.last().is_some_and(|cid| cid == ALIVE) {
            break;
        }
    }

    case.judge(&seen.answered, &seen.pongs, seen.close)?;
    if seen.close.is_some() {
        raw.write(&script::close_frame().bytes()).await;
        if !raw.ends_within(END).await {
            return Err("the connection stays open after the close".into());
        }
    }
    Ok(())
}

async fn play_all(category: &str) {
    let hub = Hub::start(Setup::roomy());
    let cases: Vec<Case> = cases().into_iter().filter(|case| case.id.starts_with(category)).collect();
    assert!(!cases.is_empty());
    let mut failures = Vec::new();
    for case in &cases {
        if let Err(problem) = play(&hub, case).await {
            failures.push(format!("{} {}: {problem}", case.id, case.what));
        }
    }
    assert!(failures.is_empty(), "{} of {} cases:\n{}", failures.len(), cases.len(), failures.join("\n"));
}

#[tokio::test]
async fn frames_of_every_size_are_framed_right() {
    play_all("1.").await;
}

#[tokio::test]
async fn pings_are_answered_with_their_payload() {
    play_all("2.").await;
}

#[tokio::test]
async fn reserved_bits_end_the_socket() {
    play_all("3.").await;
}

#[tokio::test]
async fn reserved_opcodes_end_the_socket() {
    play_all("4.").await;
}

#[tokio::test]
async fn fragments_are_put_together_or_refused() {
    play_all("5.").await;
}

#[tokio::test]
async fn text_that_is_not_utf8_ends_the_socket() {
    play_all("6.").await;
}

#[tokio::test]
async fn a_close_is_answered_and_ends_the_connection() {
    play_all("7.").await;
}
