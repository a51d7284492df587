//! Calls through the hub: visitors on one side, each one's own consultant on the other.

use std::net::IpAddr;
use std::os::fd::{AsFd, BorrowedFd};
use std::time::Duration;

use anyhow::{Context as _, Result, bail};
use serde_json::{Value, json};

use super::Exchange;
use super::lines::{Lines, Said, text};
use super::phones::Phones;
use crate::clock::now;
use crate::scene;
use crate::server::{Kind, Server};

/// What browsers measure on a loopback.
const STATS: &str = r#""do":"stats","rtt_ms":1,"jitter_ms":0,"lost_permille":0"#;

pub(crate) struct Hub {
    server: Server,
    lines: Lines,
    /// The account that answers each call.
    accounts: Vec<String>,
    /// The call each phone is in, once it is answered.
    calls: Vec<Option<String>>,
}

impl Hub {
    /// Starts a hub and connects visitors and consultants for this many calls.
    pub(crate) fn open(calls: usize) -> Result<Self> {
        let server = scene::server(Kind::Hub, calls)?;
        // A line has five seconds for its hello: no line is open while passwords are checked.
        let desks = (0..calls).map(|number| scene::desk(&server, number)).collect::<Result<Vec<_>>>()?;
        let mut lines = Lines::new()?;
        let mut hellos = Vec::new();
        for person in desks.into_iter().flat_map(|desk| [scene::caller(), desk]) {
            lines.open(&server, person.path, &format!("{}Sec-WebSocket-Protocol: c2c.v1\r\n", person.headers))?;
            hellos.push(person.hello);
        }
        let mut accounts = vec![String::new(); calls];
        let mut available = 0;
        lines.until("everybody was welcomed", &mut |lines, phone, said| {
            let frame = match said {
                Said::Frame(frame) => frame,
                Said::Open => {
                    lines.say(phone, hellos.get(phone).context("a line of nobody")?)?;
                    return Ok(false);
                }
            };
            refusal(&frame)?;
            if !is_desk(phone) {
                return Ok(false);
            }
            let account = accounts.get_mut(phone / 2).context("a desk of nobody")?;
            if text(&frame, "/t") == Some("welcome") {
                text(&frame, "/me/id").context("a welcome without a name")?.clone_into(account);
                lines.say(phone, r#"{"t":"status","status":"available"}"#)?;
            }
            let is_own = text(&frame, "/change/colleague/id") == Some(account.as_str());
            available += usize::from(is_own && text(&frame, "/change/colleague/status") == Some("available"));
            Ok(available == calls)
        })?;
        Ok(Self { server, lines, accounts, calls: vec![None; 2 * calls] })
    }

    fn frame(&mut self, phone: usize, frame: &Value, phones: &mut Phones) -> Result<()> {
        match text(frame, "/t") {
            Some("ping") => self.lines.say(phone, r#"{"t":"pong"}"#),
            Some("call") => self.state(phone, frame, phones),
            Some("call.offer") => {
                let (call, generation) = (frame.get("call"), frame.get("g"));
                let answer = phones.answer(phone, text(frame, "/sdp").context("an offer without a description")?)?;
                let answer = json!({ "t": "call", "call": call, "do": "answer", "g": generation, "sdp": answer });
                self.lines.say(phone, &answer.to_string())
            }
            _ => refusal(frame),
        }
    }

    /// A call as this phone's side sees it.
    fn state(&mut self, phone: usize, frame: &Value, phones: &mut Phones) -> Result<()> {
        let id = text(frame, "/id").context("a call without an id")?;
        match text(frame, "/state") {
            Some("ringing") if is_desk(phone) => {
                phones.tally.answer(phone / 2, now());
                self.lines.say(phone, &format!(r#"{{"t":"call.accept","call":"{id}"}}"#))
            }
            Some("connecting") => {
                let call = self.calls.get_mut(phone).context("a phone of nobody")?;
                if call.is_some() {
                    return Ok(());
                }
                *call = Some(id.to_owned());
                self.lines.say(phone, &format!(r#"{{"t":"call","call":"{id}","do":"ready"}}"#))
            }
            Some("ended") => bail!("a call ended: {}", text(frame, "/reason").unwrap_or("without a reason")),
            _ => Ok(()),
        }
    }
}

impl Exchange for Hub {
    fn server(&self) -> Option<&Server> {
        Some(&self.server)
    }

    fn ip(&self) -> IpAddr {
        self.server.address.ip()
    }

    fn line(&self) -> Option<BorrowedFd<'_>> {
        Some(self.lines.as_fd())
    }

    fn begin(&mut self, call: usize, _phones: &mut Phones) -> Result<()> {
        let to = self.accounts.get(call).context("a call to nobody")?;
        self.lines.say(2 * call, &format!(r#"{{"t":"call.start","cid":"c{call}","to":"{to}"}}"#))
    }

    fn hear(&mut self, phones: &mut Phones) -> Result<()> {
        for (phone, said) in self.lines.listen(Duration::ZERO)? {
            if let Said::Frame(frame) = said {
                self.frame(phone, &frame, phones)?;
            }
        }
        Ok(())
    }

    fn report(&mut self, phone: usize) -> Result<()> {
        match self.calls.get(phone) {
            Some(Some(call)) => self.lines.say(phone, &format!(r#"{{"t":"call","call":"{call}",{STATS}}}"#)),
            _ => Ok(()),
        }
    }
}

/// Consultants answer.
fn is_desk(phone: usize) -> bool {
    phone % 2 == 1
}

fn refusal(frame: &Value) -> Result<()> {
    if text(frame, "/t") == Some("err") {
        bail!("the hub refused something: {frame}");
    }
    Ok(())
}
