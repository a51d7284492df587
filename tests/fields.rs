//! What a frame may contain: each field up to its limit, and what happens beyond it.

use serde_json::{Value, json};

use crate::harness::consultant::Desk;
use crate::harness::hub::Hub;
use crate::harness::setup::Setup;
use crate::harness::visitor::{PACKAGE, Visitor};
use crate::harness::web::ANNA;

const BODY_CHARS: usize = 4_000;
const CID_BYTES: usize = 64;
const URL_CHARS: usize = 2_048;
const LINE_CHARS: usize = 200;

async fn vera_in_a_chat() -> (Hub, Visitor, String) {
    let hub = Hub::start(Setup::roomy());
    let mut vera = Visitor::arrive(&hub.door).await;
    let chat = vera.open_chat("Good morning").await;
    (hub, vera, chat)
}

fn code_and_field(answer: &Value) -> (&str, &str) {
    (answer["code"].as_str().unwrap_or_default(), answer["field"].as_str().unwrap_or_default())
}

#[tokio::test]
async fn a_body_has_up_to_four_thousand_characters() {
    let (_hub, mut vera, chat) = vera_in_a_chat().await;
    // Two bytes each: the limit counts characters.
    vera.say(&chat, &"ż".repeat(BODY_CHARS)).await;

    let answer = vera.try_say(&chat, &"ż".repeat(BODY_CHARS + 1)).await;

    assert_eq!(code_and_field(&answer), ("too_long", "body"));
    assert_eq!(answer["chat"], chat.as_str());
    vera.socket.send(json!({ "t": "open", "cid": "o", "body": "x".repeat(BODY_CHARS + 1) })).await;
    assert_eq!(code_and_field(&vera.answer("o").await), ("too_long", "body"));
}

#[tokio::test]
async fn a_body_without_visible_text_is_empty() {
    let (_hub, mut vera, chat) = vera_in_a_chat().await;
    for body in ["", " ", "\n\t\r ", "\u{202E}\u{2066}", "\u{0}\u{1b}", "\u{FEFF}"] {
        let answer = vera.try_say(&chat, body).await;
        assert_eq!(code_and_field(&answer), ("empty", "body"), "{body:?}");
    }
}

#[tokio::test]
async fn a_cid_is_short_and_visible() {
    let (_hub, mut vera, chat) = vera_in_a_chat().await;
    let longest = "c".repeat(CID_BYTES);
    vera.socket.send(json!({ "t": "say", "chat": chat, "cid": longest, "body": "x" })).await;
    assert_eq!(vera.answer(&longest).await["t"], "ack");

    for cid in ["c".repeat(CID_BYTES + 1), String::new(), "two words".into(), "ż".into(), "new\nline".into()] {
        vera.socket.send(json!({ "t": "say", "chat": chat, "cid": cid, "body": "x" })).await;
        let answer = vera.socket.frame("err").await;
        assert_eq!(code_and_field(&answer), ("invalid", "cid"), "{cid:?}");
    }
}

#[tokio::test]
async fn an_id_that_is_none_is_a_bad_frame() {
    let (_hub, mut vera, chat) = vera_in_a_chat().await;
    for id in [json!(""), json!("x"), json!(7), json!(null), json!("ZZZZZZZZZZZZZ"), json!({ "id": chat })] {
        vera.socket.send(json!({ "t": "say", "chat": id, "cid": "bad", "body": "x" })).await;
        assert_eq!(vera.answer("bad").await["code"], "bad_frame", "{id}");
        vera.say(&chat, "a good one, so that the bad ones are not in a row").await;
    }
}

#[tokio::test]
async fn controls_and_bidi_marks_never_arrive() {
    let (hub, mut vera, chat) = vera_in_a_chat().await;
    let mut anna = Desk::available(&hub.door, ANNA).await;
    anna.claim(&chat).await;
    let dropped = (0x00..0x20).chain(0x7F..0xA0).chain(0x202A..=0x202E).chain(0x2066..=0x2069).chain([0xFEFF]);

    for code in dropped {
        let letter = char::from_u32(code).unwrap();
        vera.say(&chat, &format!("left{letter}right")).await;
        let expected = match letter {
            '\n' | '\r' => "left\nright",
            '\t' => "left right",
            _ => "leftright",
        };
        assert_eq!(anna.message(&chat).await, expected, "U+{code:04X}");
    }
}

#[tokio::test]
async fn everything_else_arrives_as_it_was_written() {
    let (hub, mut vera, chat) = vera_in_a_chat().await;
    let mut anna = Desk::available(&hub.door, ANNA).await;
    anna.claim(&chat).await;
    for body in [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "\"quotes\" 'single' \\back\\ {{braces}} ${x}",
        "two\n\nparagraphs",
        "Zażółć gęślą jaźń",
        "🐢 👩‍👩‍👧‍👦 🏳️‍🌈",
        "שלום עליכם",
        "a\u{300}\u{301}\u{302}",
        "%00 %0a &lt;b&gt;",
        "'; DROP TABLE messages; --",
    ] {
        vera.say(&chat, body).await;
        let arrived = anna.message(&chat).await;
        assert_eq!(arrived.len(), body.trim().len().min(arrived.len()), "{body}");
        assert!(arrived == body || !body.is_ascii(), "{body} arrived as {arrived}");
    }
}

#[tokio::test]
async fn what_the_browser_tells_of_its_page_is_cut_and_cleaned() {
    let hub = Hub::start(Setup::roomy());
    let page = json!({
        "url": format!("javascript:alert(1)//{}", "u".repeat(URL_CHARS)),
        "title": format!("<b>\u{202E}bold</b>\n{}", "t".repeat(LINE_CHARS)),
        "referrer": format!("https://bakery.example/\u{0}{}", "r".repeat(URL_CHARS)),
        "language": "x".repeat(LINE_CHARS + 1),
        "zone": "Europe/Warsaw\u{2066}",
        "unknown": "ignored",
    });
    let hello = json!({ "t": "hello", "v": 1, "pkg": PACKAGE, "page": page });
    let mut vera = Visitor::greet(&hub.door, hello).await;
    let chat = vera.open_chat("Good morning").await;
    let mut anna = Desk::available(&hub.door, ANNA).await;

    let details = anna.claim(&chat).await["visitor"].clone();

    let chars = |field: &str| details[field].as_str().unwrap().chars().count();
    assert_eq!((chars("page_url"), chars("referrer")), (URL_CHARS, URL_CHARS));
    assert_eq!((chars("page_title"), chars("language")), (LINE_CHARS, LINE_CHARS));
    assert!(details["page_url"].as_str().unwrap().starts_with("javascript:alert(1)//uuu"), "shown as text");
    assert!(details["page_title"].as_str().unwrap().starts_with("<b>bold</b> ttt"), "{details}");
    assert_eq!(details["zone"], "Europe/Warsaw");
    assert_eq!(details["ip"], "127.0.0.1");
}

#[tokio::test]
async fn frames_that_cannot_be_read_are_refused_and_five_in_a_row_end_the_socket() {
    let (_hub, mut vera, chat) = vera_in_a_chat().await;
    let deep = format!("{}{}", "[".repeat(5_000), "]".repeat(5_000));
    let deep_object = format!("{}1{}", r#"{"t":"#.repeat(2_000), "}".repeat(2_000));
    let bad = [
        "",
        "nonsense",
        "{",
        "7",
        "null",
        "\"text\"",
        "{}",
        r#"{"t":7}"#,
        r#"{"t":"dance"}"#,
        r#"{"t":"say"}"#,
        r#"{"t":"hello\u0000"}"#,
        &deep,
        &deep_object,
        r#"{"t":"seen","chat":"x","seq":-1}"#,
        r#"{"t":"seen","chat":"x","seq":1e99}"#,
    ];
    for text in bad {
        vera.socket.send_text(text).await;
        let answer = vera.socket.frame("err").await;
        assert_eq!(answer["code"], "bad_frame", "{text:.40}");
        vera.say(&chat, "a good one, so that the bad ones are not in a row").await;
    }

    for _ in 0..5 {
        vera.socket.send_text("nonsense").await;
    }
    assert_eq!(vera.socket.closed().await, 4502);
}

#[tokio::test]
async fn unknown_fields_are_ignored() {
    let (_hub, mut vera, chat) = vera_in_a_chat().await;
    let frame = json!({ "t": "say", "chat": chat, "cid": "u", "body": "x", "role": "owner", "from": { "by": "hub" } });
    vera.socket.send(frame).await;

    assert_eq!(vera.answer("u").await["t"], "ack");
}

#[tokio::test]
async fn an_array_of_frames_is_taken_in_order() {
    let (_hub, mut vera, chat) = vera_in_a_chat().await;
    let say = |number: usize| json!({ "t": "say", "chat": chat, "cid": format!("a{number}"), "body": "x" });
    let mut frames: Vec<Value> = (0..20).map(say).collect();
    frames.insert(10, json!({ "t": "dance", "cid": "bad" }));
    vera.socket.send(json!(frames)).await;

    let mut seqs = Vec::new();
    for number in 0..20 {
        seqs.push(vera.answer(&format!("a{number}")).await["seq"].as_u64().unwrap());
    }
    assert_eq!(seqs, (2..22).collect::<Vec<u64>>());
    vera.socket.send(json!([])).await;
    vera.say(&chat, "an empty array says nothing").await;
}

#[tokio::test]
async fn a_repeated_request_is_one_line_with_one_place() {
    let hub = Hub::start(Setup::roomy());
    let mut vera = Visitor::arrive(&hub.door).await;
    let open = json!({ "t": "open", "cid": "first", "body": "Good morning" });
    let mut opened = Vec::new();
    for _ in 0..3 {
        vera.socket.send(open.clone()).await;
        opened.push(vera.answer("first").await);
    }
    assert!(opened.iter().all(|ack| *ack == opened[0]), "{opened:?}");
    let chat = opened[0]["chat"].as_str().unwrap().to_owned();
    let say = json!({ "t": "say", "chat": chat, "cid": "second", "body": "and again" });
    let mut kept = Vec::new();
    for _ in 0..3 {
        vera.socket.send(say.clone()).await;
        kept.push(vera.answer("second").await);
    }

    assert!(kept.iter().all(|ack| *ack == kept[0]), "{kept:?}");
    assert_eq!(kept[0]["seq"], 2);
    let again = Visitor::again(&hub.door, &vera.token).await;
    assert_eq!(again.welcome["chats"][0]["seq"], 2);
    assert_eq!(again.welcome["chats"].as_array().unwrap().len(), 1);
}

#[tokio::test]
async fn a_closed_chat_takes_no_more_lines() {
    let (_hub, mut vera, chat) = vera_in_a_chat().await;
    vera.socket.send(json!({ "t": "close", "chat": chat })).await;
    let event = vera.event(&chat).await;
    assert_eq!(event["k"], "closed");

    let answer = vera.try_say(&chat, "one more thing").await;

    assert_eq!(answer["code"], "chat_closed");
}
