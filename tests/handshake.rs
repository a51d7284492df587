//! The opening handshake of RFC 6455 §4, right and wrong, byte by byte.

use crate::harness::hub::Hub;
use crate::harness::raw::{ACCEPT, Out, Raw};
use crate::harness::setup::Setup;

const PATH: &str = "/v1/ws/visitor";

fn status(answer: &str) -> u16 {
    answer.split(' ').nth(1).unwrap_or_default().parse().unwrap_or_else(|_| panic!("no status: {answer:?}"))
}

#[tokio::test]
async fn a_good_handshake_is_accepted() {
    let hub = Hub::start(Setup::roomy());
    let good = Raw::handshake(&hub.door, PATH);
    let variants = [
        good.clone(),
        good.replace("Upgrade: websocket", "upgrade: WebSocket"),
        good.replace("Connection: Upgrade", "Connection: keep-alive, Upgrade"),
        good.replace("c2c.v1", "chat, c2c.v1"),
        good.replace("Origin:", "X-Unknown: 1\r\nOrigin:"),
    ];
    for head in variants {
        let (_, answer) = Raw::shake(&hub.door, &head).await;
        let lower = answer.to_ascii_lowercase();
        assert_eq!(status(&answer), 101, "{head}\n{answer}");
        assert!(answer.contains(ACCEPT), "{answer}");
        assert!(lower.contains("upgrade: websocket\r\n") && lower.contains("connection: upgrade\r\n"), "{answer}");
        assert!(lower.contains("sec-websocket-protocol: c2c.v1\r\n"), "{answer}");
        assert!(!lower.contains("sec-websocket-extensions"), "{answer}");
    }
}

#[tokio::test]
async fn a_bad_handshake_is_refused_with_a_reason() {
    let hub = Hub::start(Setup::roomy());
    let good = Raw::handshake(&hub.door, PATH);
    let without = |name: &str| {
        let lines = good.split("\r\n").filter(|line| !line.starts_with(name));
        lines.collect::<Vec<_>>().join("\r\n")
    };
    let bad: [(&str, String, &[u16]); 15] = [
        ("no key", without("Sec-WebSocket-Key"), &[400]),
        ("no version", without("Sec-WebSocket-Version"), &[400, 426]),
        ("an old version", good.replace("Version: 13", "Version: 8"), &[400, 426]),
        ("a future version", good.replace("Version: 13", "Version: 14"), &[400, 426]),
        ("a key of the wrong length", good.replace("dGhlIHNhbXBsZSBub25jZQ==", "c2hvcnQ="), &[400]),
        ("a key that is no base64", good.replace("dGhlIHNhbXBsZSBub25jZQ==", "!!!!!!!!!!!!!!!!!!!!!!=="), &[400]),
        ("no subprotocol", without("Sec-WebSocket-Protocol"), &[400]),
        ("another subprotocol", good.replace("c2c.v1", "c2c.v9"), &[400]),
        ("no origin", without("Origin"), &[403]),
        ("two origins", good.replace("Origin:", "Origin: https://evil.example\r\nOrigin:"), &[403]),
        ("no host", without("Host"), &[400]),
        ("POST", good.replace("GET ", "POST "), &[400, 404, 405]),
        ("another upgrade", good.replace("Upgrade: websocket", "Upgrade: h2c"), &[400, 404, 426]),
        ("no upgrade", without("Upgrade"), &[400, 404, 426]),
        ("an address that is none", good.replace(PATH, "/v1/ws/nobody"), &[404]),
    ];
    for (what, head, expected) in bad {
        let (_, answer) = Raw::shake(&hub.door, &head).await;
        assert!(expected.contains(&status(&answer)), "{what}: {answer}");
    }
    let (_, answer) = Raw::shake(&hub.door, &good.replace(PATH, "/v1/ws/desk")).await;
    assert_eq!(status(&answer), 401, "nobody is signed in: {answer}");
    let (_, answer) = Raw::shake(&hub.door, &good.replace("HTTP/1.1", "HTTP/1.0")).await;
    assert_ne!(status(&answer), 101, "{answer}");
}

#[tokio::test]
async fn a_head_that_never_ends_is_cut_off() {
    let hub = Hub::start(Setup::roomy());
    let good = Raw::handshake(&hub.door, PATH);
    let huge = good.replace("Origin:", &format!("X-Padding: {}\r\nOrigin:", "p".repeat(200_000)));

    let (_, answer) = Raw::shake(&hub.door, &huge).await;

    assert!(answer.is_empty() || status(&answer) >= 400, "{answer}");
    let (_, answer) = Raw::shake(&hub.door, &good).await;
    assert_eq!(status(&answer), 101, "the next browser is served");
}

#[tokio::test]
async fn frames_right_behind_the_handshake_are_not_lost() {
    let hub = Hub::start(Setup::roomy());
    let hello = br#"[{"t":"hello","v":1,"pkg":"demo-en"},{"t":"open","cid":"early","body":"Good morning"}]"#.to_vec();
    let mut bytes = Raw::handshake(&hub.door, PATH).into_bytes();
    bytes.extend(Out { first: 0x81, body: hello, is_masked: true }.bytes());
    let (mut raw, answer) = Raw::shake(&hub.door, &bytes).await;
    assert_eq!(status(&answer), 101, "{answer}");

    let mut tags = Vec::new();
    while !tags.contains(&"ack".to_owned()) {
        let frame = raw.frame().await.expect("closed");
        tags.extend(frame.values().iter().map(|value| value["t"].as_str().unwrap().to_owned()));
    }
    assert_eq!(tags.first().map(String::as_str), Some("welcome"));
}
