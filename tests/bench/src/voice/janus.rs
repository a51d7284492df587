//! Calls through Janus and its plugin for calls between two. Each phone has a line
//! of its own and registers under its number; Janus answers both sides itself.

use std::fs;
use std::net::{IpAddr, SocketAddr, UdpSocket};
use std::os::fd::{AsFd, BorrowedFd};
use std::os::unix::fs::symlink;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use anyhow::{Context as _, Result, bail};
use serde_json::{Value, json};

use super::Exchange;
use super::lines::{Lines, Said, text};
use super::phones::Phones;
use crate::clock::now;
use crate::server::{Kind, Server};

const PROGRAM: &str = "/usr/bin/janus";
/// Documentation (RFC 5737): nothing is sent there, the kernel only tells which address it would send from.
const ELSEWHERE: &str = "198.51.100.1:9";
const CREATE: &str = r#"{"janus":"create","transaction":"create"}"#;

/// Why Janus cannot be measured here.
pub(crate) fn missing() -> Option<&'static str> {
    if parts().is_none() {
        return Some("it is not installed");
    }
    address().is_none().then_some("this machine has no address besides its loopback")
}

/// Where Debian puts the parts of Janus that are loaded; none where it is not installed.
fn parts() -> Option<PathBuf> {
    let folders = fs::read_dir("/usr/lib").ok()?.filter_map(|entry| Some(entry.ok()?.path().join("janus")));
    let mut folders = folders.filter(|folder| folder.join("plugins/libjanus_videocall.so").exists());
    folders.next().filter(|_| Path::new(PROGRAM).exists())
}

/// An address of this machine that is not its loopback, which Janus offers to nobody.
fn address() -> Option<IpAddr> {
    let socket = UdpSocket::bind("0.0.0.0:0").ok()?;
    socket.connect(ELSEWHERE).ok()?;
    let ip = socket.local_addr().ok()?.ip();
    (!ip.is_loopback()).then_some(ip)
}

/// Janus with nothing but its `WebSocket` transport and its plugin for calls.
pub(crate) fn command(data: &Path, bind: SocketAddr) -> Result<Command> {
    let parts = parts().context("Janus is not installed")?;
    let ip = address().context("this machine has no address besides its loopback")?;
    let mut folders = Vec::new();
    for (folder, part) in [("plugins", "libjanus_videocall.so"), ("transports", "libjanus_websockets.so")] {
        let own = data.join(folder);
        fs::create_dir_all(&own)?;
        symlink(parts.join(folder).join(part), own.join(part))?;
        folders.push(format!("{folder}_folder = \"{}\"", own.display()));
    }
    fs::write(data.join("janus.jcfg"), format!("general: {{ {} }}\n", folders.join(" ")))?;
    let (ip_of_lines, port) = (bind.ip(), bind.port());
    let lines = format!("general: {{ json = \"compact\" ws = true ws_ip = \"{ip_of_lines}\" ws_port = {port} }}\n");
    fs::write(data.join("janus.transport.websockets.jcfg"), lines)?;
    let mut command = Command::new(PROGRAM);
    command.arg("--configs-folder").arg(data).args(["--ice-lite", "--session-timeout=0", "--debug-level=3"]);
    command.arg(format!("--ice-enforce-list={ip}"));
    Ok(command)
}

/// How far a line is registered.
#[derive(Clone, Copy, Default)]
struct Line {
    session: u64,
    handle: u64,
}

pub(crate) struct Janus {
    server: Server,
    ip: IpAddr,
    lines: Lines,
    registered: Vec<Line>,
}

impl Janus {
    /// Starts Janus and registers phones for this many calls.
    pub(crate) fn open(calls: usize) -> Result<Self> {
        let ip = address().context("this machine has no address besides its loopback")?;
        let server = Server::start(Kind::Janus)?;
        let mut lines = Lines::new()?;
        for _ in 0..2 * calls {
            lines.open(&server, "/", "Sec-WebSocket-Protocol: janus-protocol\r\n")?;
        }
        let mut registered = vec![Line::default(); 2 * calls];
        let mut done = 0;
        lines.until("all phones were registered", &mut |lines, phone, said| {
            let line = registered.get_mut(phone).context("a line of nobody")?;
            let frame = match said {
                Said::Open => {
                    lines.say(phone, CREATE)?;
                    return Ok(false);
                }
                Said::Frame(frame) => frame,
            };
            refusal(&frame)?;
            let id = frame.pointer("/data/id").and_then(Value::as_u64);
            match (text(&frame, "/transaction"), id) {
                (Some("create"), Some(id)) => {
                    line.session = id;
                    let plugin = "janus.plugin.videocall";
                    let attach =
                        json!({ "janus": "attach", "session_id": id, "plugin": plugin, "transaction": "attach" });
                    lines.say(phone, &attach.to_string())?;
                }
                (Some("attach"), Some(id)) => {
                    line.handle = id;
                    let register = json!({ "request": "register", "username": name(phone) });
                    lines.say(phone, &message(*line, register, None))?;
                }
                _ => done += usize::from(event(&frame) == Some("registered")),
            }
            Ok(done == 2 * calls)
        })?;
        Ok(Self { server, ip, lines, registered })
    }

    fn ask(&mut self, phone: usize, body: Value, description: Option<Value>) -> Result<()> {
        let line = self.registered.get(phone).context("a line of nobody")?;
        self.lines.say(phone, &message(*line, body, description))
    }
}

impl Exchange for Janus {
    fn server(&self) -> Option<&Server> {
        Some(&self.server)
    }

    fn ip(&self) -> IpAddr {
        self.ip
    }

    fn line(&self) -> Option<BorrowedFd<'_>> {
        Some(self.lines.as_fd())
    }

    fn begin(&mut self, call: usize, phones: &mut Phones) -> Result<()> {
        let offer = phones.offer(2 * call)?;
        let body = json!({ "request": "call", "username": name(2 * call + 1) });
        self.ask(2 * call, body, Some(json!({ "type": "offer", "sdp": offer })))
    }

    fn hear(&mut self, phones: &mut Phones) -> Result<()> {
        for (phone, said) in self.lines.listen(Duration::ZERO)? {
            let Said::Frame(frame) = said else { continue };
            refusal(&frame)?;
            let sdp = text(&frame, "/jsep/sdp");
            match (event(&frame), sdp) {
                (Some("incomingcall"), Some(offer)) => {
                    phones.tally.answer(phone / 2, now());
                    let answer = phones.answer(phone, offer)?;
                    let body = json!({ "request": "accept" });
                    self.ask(phone, body, Some(json!({ "type": "answer", "sdp": answer })))?;
                }
                (Some("accepted"), Some(answer)) => phones.conclude(phone, &with_one_name(answer))?,
                (Some("hangup"), _) => bail!("a call ended: {frame}"),
                _ => {}
            }
        }
        Ok(())
    }

    fn report(&mut self, _phone: usize) -> Result<()> {
        // Janus measures by itself, from what clients tell it beside the voice.
        Ok(())
    }
}

/// What a phone is registered as.
fn name(phone: usize) -> String {
    format!("phone-{phone}")
}

fn message(line: Line, body: Value, description: Option<Value>) -> String {
    let Line { session, handle } = line;
    let mut message = json!({ "janus": "message", "session_id": session, "handle_id": handle, "body": body });
    if let Some(message) = message.as_object_mut() {
        message.insert("transaction".into(), "message".into());
        message.extend(description.map(|description| ("jsep".to_owned(), description)));
    }
    message.to_string()
}

/// Janus 1.1 names the stream of an answer twice; browsers overlook it.
fn with_one_name(answer: &str) -> String {
    let mut is_named = false;
    let is_first = |line: &&str| !line.starts_with("a=mid:") || !std::mem::replace(&mut is_named, true);
    answer.split_inclusive("\r\n").filter(is_first).collect()
}

/// What the plugin tells.
fn event(frame: &Value) -> Option<&str> {
    text(frame, "/plugindata/data/result/event")
}

fn refusal(frame: &Value) -> Result<()> {
    if text(frame, "/janus") == Some("error") || frame.pointer("/plugindata/data/error").is_some() {
        bail!("Janus refused something: {frame}");
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_second_name_of_a_stream_is_left_out() {
        let answer = "m=audio 9\r\na=mid:x\r\na=rtcp-mux\r\na=mid:x\r\na=sendrecv\r\n";

        assert_eq!(with_one_name(answer), "m=audio 9\r\na=mid:x\r\na=rtcp-mux\r\na=sendrecv\r\n");
    }
}
