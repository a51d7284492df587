//! Stalled readers, flooders, slow bodies and half-open sockets: cut or limited, and nobody else notices.
//!
//! "Nobody notices" means order and completeness of another chat, never time.

use std::time::{Duration, Instant};

use serde_json::json;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;

use crate::harness::consultant::Desk;
use crate::harness::hub::Hub;
use crate::harness::raw::Raw;
use crate::harness::setup::Setup;
use crate::harness::socket::{Heard, Socket};
use crate::harness::until;
use crate::harness::visitor::{PACKAGE, PATH, Visitor};
use crate::harness::web::{ANNA, BEN};

/// A calm chat beside the storm.
struct Neighbor {
    ben: Desk,
    vera: Visitor,
    chat: String,
    written: usize,
}

impl Neighbor {
    async fn move_in(hub: &Hub) -> Self {
        let mut ben = Desk::available(&hub.door, BEN).await;
        let mut vera = Visitor::arrive(&hub.door).await;
        let chat = vera.open_chat("A calm chat").await;
        ben.claim(&chat).await;
        Self { ben, vera, chat, written: 0 }
    }

    /// Writes to and fro; every message arrives, in order, right behind the one before.
    async fn chats_on(&mut self, times: usize) {
        for _ in 0..times {
            self.written += 1;
            let question = format!("question {}", self.written);
            self.vera.say(&self.chat, &question).await;
            assert_eq!(self.ben.message(&self.chat).await, question);
            let answer = format!("answer {}", self.written);
            self.ben.say(&self.chat, &answer).await;
            assert_eq!(self.vera.message(&self.chat).await, answer);
        }
    }

    async fn moves_out(self, hub: &Hub) {
        let events = self.ben.browser.events(&self.chat).await;
        assert_eq!(events.len(), 2 + 2 * self.written, "the first message, the consultant, and every line");
        assert!(hub.log().lines().all(|line| !line.contains("panicked")), "nobody fell");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn who_never_reads_is_cut_and_costs_little_memory() {
    /// 16 MB of them: more than the kernel buffers for a socket that nobody reads.
    const LINES: usize = 4_000;
    const STALLED_KIB: u64 = 4 * 1024;
    let hub = Hub::start(Setup::roomy());
    let mut neighbor = Neighbor::move_in(&hub).await;
    let mut anna = Desk::available(&hub.door, ANNA).await;
    let mut vera = Visitor::arrive(&hub.door).await;
    let chat = vera.open_chat("I will stop reading").await;
    anna.claim(&chat).await;
    let body = "*".repeat(4_000);
    let before = hub.memory_kib();
    for _ in 0..LINES {
        anna.say(&chat, &body).await;
        vera.message(&chat).await;
    }
    // The cache of the database grows with every line, read or not: only what comes on top is the reader's.
    let read = hub.memory_kib();
    for line in 0..LINES {
        anna.say(&chat, &body).await;
        if line % 200 == 0 {
            neighbor.chats_on(1).await;
        }
    }
    let stalled = hub.memory_kib().saturating_sub(read);
    assert!(stalled < read - before + STALLED_KIB, "{stalled} KiB unread, {} KiB when read", read - before);
    let code = vera.socket.closed().await;
    assert!([4002, 1006].contains(&code), "cut, with or without a close frame getting through: {code}");
    let again = Visitor::resume(&hub.door, &vera.token, &vera.epoch, json!({ &chat: 1 })).await;
    assert_eq!(again.welcome["chats"][0]["seq"], 2 + 2 * LINES);
    neighbor.moves_out(&hub).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_flooder_is_slowed_and_then_closed() {
    /// About one megabyte.
    const FRAMES: usize = 1_000;
    let hub = Hub::start(Setup::strict());
    let mut neighbor = Neighbor::move_in(&hub).await;
    let mut vera = Visitor::arrive(&hub.door).await;
    let chat = vera.open_chat("I type very fast").await;

    let body = "*".repeat(900);
    let mut refused = 0;
    for number in 0..FRAMES {
        let frame = json!({ "t": "say", "chat": chat, "cid": format!("f{number}"), "body": body });
        if !vera.socket.feed_text(&frame.to_string()).await {
            break;
        }
    }
    let code = loop {
        match vera.socket.hear().await {
            Heard::Frame(frame) if frame["t"] == "err" => {
                assert!(["rate", "unacked"].contains(&frame["code"].as_str().unwrap()), "{frame}");
                assert!(frame["code"] != "rate" || frame["retry_ms"].as_u64().unwrap() > 0, "{frame}");
                refused += 1;
            }
            Heard::Frame(_) => {}
            Heard::Closed(code) => break code,
        }
    };

    assert!(refused > 0, "first a warning");
    assert!([4029, 1006].contains(&code), "closed with {code}");
    assert_closed_for_pace(&hub).await;
    // Ten each way, at the pace everybody may have.
    neighbor.chats_on(10).await;
    let kept = neighbor.ben.browser.events(&chat).await.len();
    assert!(kept < 100, "{kept} messages of a flood were kept");
    neighbor.moves_out(&hub).await;
}

async fn assert_closed_for_pace(hub: &Hub) {
    until("the limit in the metrics", async || (hub.metric("limit_hit_total").await > 0.0).then_some(())).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn five_hundred_slow_bodies_hold_nobody_up() {
    const SLOW: usize = 500;
    /// The hub waits ten seconds for a body; twice that is surely over.
    const GIVEN_UP: Duration = Duration::from_secs(20);
    let hub = Hub::start(Setup::roomy());
    let mut neighbor = Neighbor::move_in(&hub).await;

    let mut slow = Vec::new();
    for _ in 0..SLOW {
        let mut stream = TcpStream::connect(hub.door.host()).await.unwrap();
        let (host, origin) = (hub.door.host(), hub.door.http());
        let head = format!(
            "POST /v1/sign-in HTTP/1.1\r\nHost: {host}\r\nOrigin: {origin}\r\n\
             Content-Type: application/json\r\nContent-Length: 100\r\n\r\n{{"
        );
        stream.write_all(head.as_bytes()).await.unwrap();
        slow.push(stream);
    }
    neighbor.chats_on(20).await;
    let begun = Instant::now();
    let mut answers = tokio::task::JoinSet::new();
    for mut stream in slow {
        answers.spawn(async move {
            let mut answer = Vec::new();
            let _reset_counts_as_end = stream.read_to_end(&mut answer).await;
            String::from_utf8_lossy(&answer).into_owned()
        });
    }
    while let Some(answer) = answers.join_next().await {
        let answer = answer.unwrap();
        assert!(answer.starts_with("HTTP/1.1 408") || answer.is_empty(), "{answer}");
        assert!(begun.elapsed() < GIVEN_UP, "a slow body is still waited for");
    }
    neighbor.chats_on(5).await;
    neighbor.moves_out(&hub).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn three_hundred_half_open_sockets_are_closed_and_hold_nobody_up() {
    const HALF_OPEN: usize = 300;
    let hub = Hub::start(Setup::roomy());
    let mut neighbor = Neighbor::move_in(&hub).await;

    let mut silent = Vec::new();
    for number in 0..HALF_OPEN {
        match number % 3 {
            0 => silent.push(upgraded(&hub).await),
            1 => silent.push(half_a_frame(&hub).await),
            _ => silent.push(half_a_head(&hub).await),
        }
    }
    neighbor.chats_on(20).await;

    for stream in &mut silent {
        let end = async { while stream.read(&mut [0; 512]).await.is_ok_and(|length| length > 0) {} };
        tokio::time::timeout(Duration::from_secs(20), end).await.expect("a socket without a hello stays open");
    }
    neighbor.chats_on(5).await;
    neighbor.moves_out(&hub).await;
}

async fn upgraded(hub: &Hub) -> TcpStream {
    let mut stream = TcpStream::connect(hub.door.host()).await.unwrap();
    stream.write_all(Raw::handshake(&hub.door, PATH).as_bytes()).await.unwrap();
    stream
}

async fn half_a_frame(hub: &Hub) -> TcpStream {
    let mut stream = upgraded(hub).await;
    stream.write_all(&[0x81, 0xFE, 0x10]).await.unwrap();
    stream
}

async fn half_a_head(hub: &Hub) -> TcpStream {
    let mut stream = TcpStream::connect(hub.door.host()).await.unwrap();
    let head = Raw::handshake(&hub.door, PATH);
    stream.write_all(&head.as_bytes()[..head.len() / 2]).await.unwrap();
    stream
}

#[tokio::test]
async fn too_many_sockets_of_one_visitor_are_turned_away() {
    let hub = Hub::start(Setup::strict());
    let vera = Visitor::arrive(&hub.door).await;
    let mut tabs = Vec::new();
    for _ in 1..5 {
        tabs.push(Visitor::again(&hub.door, &vera.token).await);
    }

    let mut sixth = Socket::open(&hub.door, PATH).await.unwrap();
    sixth.send(json!({ "t": "hello", "v": 1, "pkg": PACKAGE, "tok": vera.token })).await;

    assert_eq!(sixth.closed().await, 4030);
    drop(tabs.pop());
    until("a place for another tab", async || {
        let mut socket = Socket::open(&hub.door, PATH).await.unwrap();
        socket.send(json!({ "t": "hello", "v": 1, "pkg": PACKAGE, "tok": vera.token })).await;
        matches!(socket.hear().await, Heard::Frame(frame) if frame["t"] == "welcome").then_some(())
    })
    .await;
}

#[tokio::test]
async fn too_many_sockets_of_one_consultant_are_turned_away() {
    let hub = Hub::start(Setup::strict());
    let anna = Desk::open(&hub.door, ANNA).await;
    let mut tabs = Vec::new();
    for _ in 1..20 {
        tabs.push(Desk::beside(&anna.browser).await);
    }

    let ticket = anna.browser.ticket().await.unwrap();
    let mut surplus = Socket::open_desk(&anna.browser).await.unwrap();
    surplus.send(json!({ "t": "hello", "v": 1, "ticket": ticket })).await;

    assert_eq!(surplus.closed().await, 4030);
}

#[tokio::test]
async fn too_many_sockets_of_one_address_are_turned_away() {
    let hub = Hub::start(Setup::strict().env("HUB_LIMITS__SOCKETS_PER_PREFIX", "30"));
    let mut open = Vec::new();
    for _ in 0..30 {
        open.push(Visitor::arrive(&hub.door).await);
    }

    match Socket::open(&hub.door, PATH).await {
        Ok(mut surplus) => assert_eq!(surplus.closed().await, 4030),
        Err(error) => assert!(error.to_string().contains("429") || error.to_string().contains("503"), "{error}"),
    }
    drop(open);
    until("a place for somebody else", async || Socket::open(&hub.door, PATH).await.ok()).await;
}

#[tokio::test]
async fn a_visitor_has_three_open_chats_at_most() {
    let hub = Hub::start(Setup::strict());
    let mut vera = Visitor::arrive(&hub.door).await;
    let first = vera.open_chat("one").await;
    vera.open_chat("two").await;
    vera.open_chat("three").await;

    vera.socket.send(json!({ "t": "open", "cid": "four", "body": "four" })).await;

    assert_eq!(vera.answer("four").await["code"], "too_many_chats");
    vera.socket.send(json!({ "t": "close", "chat": first })).await;
    until("a place for another chat", async || {
        let cid = vera.cid();
        vera.socket.send(json!({ "t": "open", "cid": cid, "body": "four" })).await;
        (vera.answer(&cid).await["t"] == "ack").then_some(())
    })
    .await;
}

#[tokio::test]
async fn a_full_waiting_room_says_so() {
    let hub = Hub::start(Setup::roomy().env("HUB_CHAT__WAITING_PER_PACKAGE", "3"));
    for _ in 0..3 {
        Visitor::arrive(&hub.door).await.open_chat("Good morning").await;
    }
    let mut late = Visitor::arrive(&hub.door).await;

    late.socket.send(json!({ "t": "open", "cid": "late", "body": "Good evening" })).await;

    assert_eq!(late.answer("late").await["code"], "waiting_full");
}
