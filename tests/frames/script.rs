//! A case of the frame corpus: what goes over the wire and what must come back.

use std::collections::BTreeSet;

use serde::Deserialize;
use serde_json::{Value, json};

use crate::harness::raw::Out;

/// No chat has this id, so a message to it is refused by name.
const NO_CHAT: &str = "0000000000000";

/// One line of `corpus/frames.json`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Case {
    pub id: String,
    pub what: String,
    send: Vec<Item>,
    pub expect: Expect,
}

/// What must come back; without `closed` the socket must live on.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Expect {
    pub closed: Option<Vec<u16>>,
    answered: Option<Vec<String>>,
    pongs: Option<Vec<String>>,
    some_pongs: Option<String>,
}

/// One or several frames.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct Item {
    op: Value,
    fin: Option<bool>,
    rsv: u8,
    masked: Option<bool>,
    text: Option<String>,
    hex: Option<String>,
    repeat: Option<(String, usize)>,
    say: Option<(String, String)>,
    say_hex: Option<(String, String)>,
    say_padded: Option<(String, usize)>,
    /// Bytes per fragment; negative: the last fragment has this many bytes.
    fragments: Option<isize>,
    between: Option<Box<Self>>,
    every: bool,
    opening: Option<bool>,
    chop: Option<usize>,
    together: Option<Vec<Self>>,
    raw: Option<String>,
}

/// Reads the corpus.
pub fn cases() -> Vec<Case> {
    serde_json::from_str(include_str!("../corpus/frames.json")).unwrap()
}

/// A message to no chat under this name.
pub fn say(cid: &str) -> Out {
    Out { first: 0x81, body: message(cid, b"x"), is_masked: true }
}

/// An ordinary close.
pub fn close_frame() -> Out {
    Out { first: 0x88, body: 1000_u16.to_be_bytes().to_vec(), is_masked: true }
}

/// Bytes as text.
pub fn hex(bytes: &[u8]) -> String {
    use std::fmt::Write as _;
    bytes.iter().fold(String::new(), |mut text, byte| {
        write!(text, "{byte:02x}").unwrap();
        text
    })
}

impl Case {
    /// What is written, in order, and in pieces of which size.
    pub fn wire(&self) -> Vec<(Vec<u8>, Option<usize>)> {
        self.send.iter().map(|item| (item.bytes(), item.chop)).collect()
    }

    /// Compares what came back.
    pub fn judge(&self, answered: &[String], pongs: &[String], close: Option<u16>) -> Result<(), String> {
        match (&self.expect.closed, close) {
            (Some(codes), Some(code)) if codes.contains(&code) => {}
            (None, None) if answered.last().is_some_and(|cid| cid == "alive") => {}
            (expected, found) => return Err(format!("close expected {expected:?}, found {found:?}")),
        }
        // Refusals of one moment may come in any order.
        let answered: BTreeSet<&String> = answered.iter().filter(|cid| *cid != "alive").collect();
        if self.expect.answered.as_ref().is_some_and(|expected| expected.iter().collect::<BTreeSet<_>>() != answered) {
            return Err(format!("answered {answered:?}, expected {:?}", self.expect.answered));
        }
        if self.expect.pongs.as_ref().is_some_and(|expected| expected != pongs) {
            return Err(format!("pongs {pongs:?}, expected {:?}", self.expect.pongs));
        }
        match &self.expect.some_pongs {
            Some(payload) if pongs.is_empty() || pongs.iter().any(|pong| pong != payload) => {
                Err(format!("pongs {pongs:?}, expected only {payload}"))
            }
            _ => Ok(()),
        }
    }
}

impl Item {
    fn bytes(&self) -> Vec<u8> {
        if let Some(raw) = &self.raw {
            return unhex(raw);
        }
        if let Some(items) = &self.together {
            return items.iter().flat_map(Self::bytes).collect();
        }
        let body = self.body();
        let pieces = self.pieces(&body);
        let last = pieces.len() - 1;
        let mut bytes = Vec::new();
        for (place, piece) in pieces.iter().enumerate() {
            let opcode = if place == 0 && self.opening.unwrap_or(true) { self.opcode() } else { 0 };
            let is_final = place == last && self.fin.unwrap_or(true);
            let first = if is_final { 0x80 } else { 0 } | (self.rsv << 4) | opcode;
            bytes.extend(Out { first, body: piece.to_vec(), is_masked: self.masked.unwrap_or(true) }.bytes());
            if let Some(between) = self.between.as_ref().filter(|_| place < last && (place == 0 || self.every)) {
                bytes.extend(between.bytes());
            }
        }
        bytes
    }

    fn pieces<'a>(&self, body: &'a [u8]) -> Vec<&'a [u8]> {
        match self.fragments {
            None => vec![body],
            Some(size) if size > 0 => body.chunks(size.unsigned_abs()).collect(),
            Some(size) => {
                // The closing quote and brace stand behind the body of the message.
                let (start, end) = body.split_at(body.len() - size.unsigned_abs() - 1);
                vec![start, end]
            }
        }
    }

    fn opcode(&self) -> u8 {
        match self.op.as_str() {
            Some("continuation") => 0,
            Some("text") => 1,
            Some("binary") => 2,
            Some("close") => 8,
            Some("ping") => 9,
            Some("pong") => 10,
            _ => u8::try_from(self.op.as_u64().unwrap()).unwrap(),
        }
    }

    fn body(&self) -> Vec<u8> {
        if let Some(text) = &self.text {
            return text.clone().into_bytes();
        }
        if let Some(text) = &self.hex {
            return unhex(text);
        }
        if let Some((piece, times)) = &self.repeat {
            return unhex(piece).repeat(*times);
        }
        if let Some((cid, body)) = &self.say {
            return message(cid, body.as_bytes());
        }
        if let Some((cid, body)) = &self.say_hex {
            return message(cid, &unhex(body));
        }
        if let Some((cid, size)) = &self.say_padded {
            let missing = size - message(cid, b"").len();
            return message(cid, &b"*".repeat(missing));
        }
        Vec::new()
    }
}

/// Built by hand, because the body need not be UTF-8.
fn message(cid: &str, body: &[u8]) -> Vec<u8> {
    let mut text = json!({ "t": "say", "chat": NO_CHAT, "cid": cid }).to_string().into_bytes();
    text.pop();
    text.extend(b",\"body\":\"");
    text.extend(body);
    text.extend(b"\"}");
    text
}

fn unhex(text: &str) -> Vec<u8> {
    let digits = text.as_bytes().chunks(2);
    digits.map(|pair| u8::from_str_radix(std::str::from_utf8(pair).unwrap(), 16).unwrap()).collect()
}
