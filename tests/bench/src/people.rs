//! Visitors and desks of one server: they connect, greet, and answer what the
//! protocol asks of a living browser.

use std::net::TcpStream;
use std::time::Duration;

use anyhow::{Context as _, Result, bail};

use crate::clock::{SECOND, now};
use crate::crowd::{self, Crowd, Heard, Listener};
use crate::frame;
use crate::server::Server;
use crate::talk::{Envelope, Sense};

/// Sockets that may wait for their welcome at once, as a full accept queue would have it.
const CONNECTING: usize = 512;
/// Nobody waits longer for anything.
const PATIENCE: u64 = 60 * SECOND;

/// How somebody connects.
pub(crate) struct Person {
    /// Path of the socket.
    pub path: &'static str,
    /// Further headers, each with its line end.
    pub headers: String,
    /// The first frame.
    pub hello: String,
}

/// Everybody connected to one server; a person is named by the order of joining.
pub(crate) struct People<'a> {
    server: &'a Server,
    envelope: Envelope,
    crowd: Crowd,
    hellos: Vec<Vec<u8>>,
    /// From the welcome of each; empty where the server gives none.
    pub tokens: Vec<String>,
}

/// The listening half; the other half writes to the sockets.
pub(crate) struct Audience<'a> {
    envelope: Envelope,
    hellos: &'a [Vec<u8>],
    streams: &'a [TcpStream],
    listener: Listener<'a>,
}

impl<'a> People<'a> {
    pub(crate) fn new(server: &'a Server) -> Result<Self> {
        Ok(Self {
            server,
            envelope: server.kind.envelope(),
            crowd: Crowd::new()?,
            hellos: Vec::new(),
            tokens: Vec::new(),
        })
    }

    pub(crate) fn envelope(&self) -> Envelope {
        self.envelope
    }

    /// Connects all of these and returns how long it took until the last one was welcomed.
    pub(crate) fn gather(&mut self, guests: Vec<Person>) -> Result<Duration> {
        let begun = now();
        let first = self.crowd.len();
        let all = first + guests.len();
        let mut arriving = guests.into_iter();
        let mut welcomed = first;
        while welcomed < all {
            while self.crowd.len() < all && self.crowd.len() - welcomed < CONNECTING {
                self.join(arriving.next().context("fewer people than counted")?)?;
            }
            let mut tokens = std::mem::take(&mut self.tokens);
            self.split().1.listen(Duration::from_millis(1), &mut |name, sense| {
                if let Sense::Welcome { token } = sense {
                    welcomed += 1;
                    if let (Some(kept), Some(token)) = (tokens.get_mut(name), token) {
                        token.clone_into(kept);
                    }
                }
            })?;
            self.tokens = tokens;
            if now() - begun > PATIENCE {
                bail!("{welcomed} of {all} were welcomed");
            }
        }
        Ok(Duration::from_nanos(now() - begun))
    }

    fn join(&mut self, person: Person) -> Result<()> {
        let (path, headers) = self.envelope.door(person.path);
        let request = frame::upgrade(path, &self.server.address.to_string(), &format!("{headers}{}", person.headers));
        self.hellos.push(self.envelope.wrap(&person.hello));
        self.tokens.push(String::new());
        self.crowd.join(self.server.address, &request)?;
        Ok(())
    }

    /// Never reads from this person's socket again.
    pub(crate) fn stall(&mut self, name: usize) -> Result<()> {
        self.crowd.deafen(name)
    }

    pub(crate) fn split(&mut self) -> (&[TcpStream], Audience<'_>) {
        let (streams, listener) = self.crowd.split();
        (streams, Audience { envelope: self.envelope, hellos: &self.hellos, streams, listener })
    }

    /// Sends one frame for each of these people and listens until `is_done`.
    pub(crate) fn tell(
        &mut self,
        said: Vec<(usize, String)>,
        hear: &mut dyn FnMut(usize, Sense<'_>) -> bool,
    ) -> Result<()> {
        let envelope = self.envelope;
        let (streams, mut audience) = self.split();
        let begun = now();
        let mut is_done = said.is_empty();
        let mut said = said.into_iter();
        while !is_done {
            // A few at a time, so that nobody's answers pile up.
            for (name, json) in said.by_ref().take(CONNECTING / 4) {
                crowd::say(streams.get(name).context("no such person")?, &envelope.wrap(&json));
            }
            audience.listen(Duration::from_millis(10), &mut |name, sense| is_done |= hear(name, sense))?;
            if now() - begun > PATIENCE {
                bail!("an answer is missing");
            }
        }
        Ok(())
    }

    /// Listens until nothing comes for half a second.
    pub(crate) fn settle(&mut self) -> Result<()> {
        let (_, mut audience) = self.split();
        while audience.listen(Duration::from_millis(500), &mut |_, _| ())? {}
        Ok(())
    }
}

impl Audience<'_> {
    /// Waits for frames; false when nothing came. What needs an answer of a browser gets it.
    pub(crate) fn listen(&mut self, patience: Duration, hear: &mut dyn FnMut(usize, Sense<'_>)) -> Result<bool> {
        let Self { envelope, hellos, streams, listener } = self;
        let answer = |name: usize, frame: &[u8]| {
            if let Some(stream) = streams.get(name) {
                crowd::say(stream, frame);
            }
        };
        let greet = |name: usize| answer(name, hellos.get(name).map_or(&[], Vec::as_slice));
        let mut gone = None;
        let came = listener.listen(patience, &mut |name, heard| match heard {
            Heard::Upgraded if envelope.greets_at_once() => greet(name),
            Heard::Upgraded => {}
            Heard::Gone => gone = Some(name),
            Heard::Text(text) => envelope.understand(text, &mut |sense| match sense {
                Sense::SayHello => greet(name),
                Sense::Ping => answer(name, &envelope.wrap(r#"{"t":"pong"}"#)),
                Sense::Reply(text) => {
                    let mut out = Vec::new();
                    frame::append(&mut out, frame::TEXT, text.as_bytes());
                    answer(name, &out);
                }
                sense => hear(name, sense),
            }),
        })?;
        match gone {
            Some(name) => bail!("the server closed socket {name}"),
            None => Ok(came),
        }
    }
}
