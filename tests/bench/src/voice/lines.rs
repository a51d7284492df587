//! The sockets on which phones talk with a server, one for each; frames are whole JSON objects.

use std::os::fd::{AsFd, BorrowedFd};
use std::time::Duration;

use anyhow::{Context as _, Result, bail};
use serde_json::Value;

use crate::clock::{SECOND, now};
use crate::crowd::{self, Crowd, Heard};
use crate::frame;
use crate::server::Server;

/// Nobody waits longer for anything.
const PATIENCE: u64 = 60 * SECOND;

/// What came over a line.
pub(crate) enum Said {
    /// It is open.
    Open,
    Frame(Value),
}

pub(crate) struct Lines {
    crowd: Crowd,
}

impl Lines {
    pub(crate) fn new() -> Result<Self> {
        Ok(Self { crowd: Crowd::new()? })
    }

    /// Opens the line of the next phone.
    pub(crate) fn open(&mut self, server: &Server, path: &str, headers: &str) -> Result<()> {
        let request = frame::upgrade(path, &server.address.to_string(), headers);
        self.crowd.join(server.address, &request)?;
        Ok(())
    }

    pub(crate) fn say(&mut self, phone: usize, json: &str) -> Result<()> {
        let mut out = Vec::with_capacity(json.len() + 14);
        frame::append(&mut out, frame::TEXT, json.as_bytes());
        let (streams, _) = self.crowd.split();
        crowd::say(streams.get(phone).context("no such line")?, &out);
        Ok(())
    }

    /// What came meanwhile, by phone; waits this long if it was nothing.
    pub(crate) fn listen(&mut self, patience: Duration) -> Result<Vec<(usize, Said)>> {
        let mut heard = Vec::new();
        let mut gone = None;
        self.crowd.split().1.listen(patience, &mut |phone, what| match what {
            Heard::Upgraded => heard.push((phone, Ok(Said::Open))),
            Heard::Text(text) => match serde_json::from_slice(text) {
                // The hub puts several frames into an array.
                Ok(Value::Array(frames)) => {
                    heard.extend(frames.into_iter().map(|frame| (phone, Ok(Said::Frame(frame)))));
                }
                Ok(frame) => heard.push((phone, Ok(Said::Frame(frame)))),
                Err(error) => heard.push((phone, Err(error))),
            },
            Heard::Gone => gone = Some(phone),
        })?;
        if let Some(phone) = gone {
            bail!("the server closed line {phone}");
        }
        heard.into_iter().map(|(phone, said)| Ok((phone, said?))).collect()
    }

    /// Listens until `is_done` after one of the frames.
    pub(crate) fn until(
        &mut self,
        what: &str,
        hear: &mut dyn FnMut(&mut Self, usize, Said) -> Result<bool>,
    ) -> Result<()> {
        let begun = now();
        let mut is_done = false;
        while !is_done {
            for (phone, said) in self.listen(Duration::from_millis(50))? {
                is_done |= hear(self, phone, said)?;
            }
            if now() - begun > PATIENCE {
                bail!("it never came that {what}");
            }
        }
        Ok(())
    }
}

/// Readable when some line is.
impl AsFd for Lines {
    fn as_fd(&self) -> BorrowedFd<'_> {
        self.crowd.as_fd()
    }
}

/// A text of a frame, by its path.
pub(crate) fn text<'a>(frame: &'a Value, path: &str) -> Option<&'a str> {
    frame.pointer(path).and_then(Value::as_str)
}
