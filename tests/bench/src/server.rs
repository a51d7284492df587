//! One measured server as its own process: the hub, or a peer.

use std::fs::{self, File};
use std::io::{BufRead as _, BufReader};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdout, Command, Stdio};
use std::time::Duration;

use anyhow::{Context as _, Result, bail};

use crate::clock::{SECOND, now};
use crate::talk::Envelope;
use crate::voice::janus;

/// Of the demo's people; the hub listens on loopback only.
pub(crate) const PASSWORD: &str = "bench-0f3a9c71d2";

/// Janus listens by then.
const JANUS_STARTS: u64 = 10 * SECOND;

/// The generator is one address with thousands of visitors, so every limit against that is out of the way.
const NO_LIMITS: [(&str, &str); 15] = [
    ("HUB_LIMITS__MESSAGES_PER_SECOND", "1000000"),
    ("HUB_LIMITS__BURST", "1000000"),
    ("HUB_LIMITS__UNACKED", "1000000"),
    ("HUB_LIMITS__SOCKETS_PER_VISITOR", "1000000"),
    ("HUB_LIMITS__SOCKETS_PER_CONSULTANT", "1000000"),
    ("HUB_LIMITS__SOCKETS_PER_PREFIX", "1000000"),
    ("HUB_LIMITS__CHATS_PER_MINUTE_PER_PREFIX", "1000000"),
    ("HUB_LIMITS__CHATS_PER_MINUTE_PER_PACKAGE", "1000000"),
    ("HUB_LIMITS__CALLS_PER_MINUTE_PER_PREFIX", "1000000"),
    ("HUB_LIMITS__CALLS_PER_MINUTE_PER_PACKAGE", "1000000"),
    ("HUB_MEDIA__CALLS", "1000000"),
    ("HUB_MEDIA__CALLS_PER_PACKAGE", "1000000"),
    ("HUB_LIMITS__SIGN_INS_PER_ACCOUNT", "1000000"),
    ("HUB_LIMITS__SIGN_INS_PER_PREFIX", "1000000"),
    ("HUB_LOG__LEVEL", "warn"),
];

/// What is measured.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub(crate) enum Kind {
    /// The hub with its SQLite file on a disk.
    Hub,
    /// The hub with its SQLite file in memory: what the messages cost without the disk.
    HubInMemory,
    NodeWs,
    SocketIo,
    /// Calls only.
    Janus,
}

impl Kind {
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Hub => "hub",
            Self::HubInMemory => "hub, file in memory",
            Self::NodeWs => "Node ws",
            Self::SocketIo => "socket.io",
            Self::Janus => "Janus",
        }
    }

    pub(crate) fn is_hub(self) -> bool {
        matches!(self, Self::Hub | Self::HubInMemory)
    }

    pub(crate) fn carries_chats(self) -> bool {
        self != Self::Janus
    }

    pub(crate) fn carries_calls(self) -> bool {
        matches!(self, Self::Hub | Self::Janus)
    }

    pub(crate) fn envelope(self) -> Envelope {
        if self == Self::SocketIo { Envelope::SocketIo } else { Envelope::None }
    }
}

/// A running server with its own empty data.
pub(crate) struct Server {
    pub kind: Kind,
    pub address: SocketAddr,
    pub data: PathBuf,
    child: Child,
    // Kept open: a server that prints into a closed pipe would die of it.
    _printed: Option<BufReader<ChildStdout>>,
}

impl Server {
    pub(crate) fn start(kind: Kind) -> Result<Self> {
        let folder =
            if kind == Kind::HubInMemory { Path::new("/dev/shm").to_owned() } else { beside_program("bench-data")? };
        let data = folder.join(format!("c2c-bench-{}", std::process::id()));
        if data.exists() {
            fs::remove_dir_all(&data)?;
        }
        fs::create_dir_all(&data)?;
        Self::run(kind, data, "127.0.0.1:0")
    }

    /// Kills without warning; data and port are kept for the next start.
    pub(crate) fn kill(mut self) -> Result<Stopped> {
        self.child.kill()?;
        self.child.wait()?;
        Ok(Stopped { kind: self.kind, address: self.address, data: std::mem::take(&mut self.data) })
    }

    fn run(kind: Kind, data: PathBuf, bind: &str) -> Result<Self> {
        let mut command = match kind {
            Kind::Hub | Kind::HubInMemory => hub(&data, bind)?,
            Kind::NodeWs => peer("ws.js"),
            Kind::SocketIo => peer("socket-io.js"),
            Kind::Janus => return Self::run_janus(data),
        };
        let log = log()?;
        command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(log);
        let mut child = command.spawn().with_context(|| format!("cannot start {}", kind.name()))?;
        let mut printed = BufReader::new(child.stdout.take().context("no output")?);
        let address = announced(&mut printed).with_context(|| format!("{} does not listen", kind.name()))?;
        Ok(Self { kind, address, data, child, _printed: Some(printed) })
    }

    /// Janus does not tell where it listens, so it is told.
    fn run_janus(data: PathBuf) -> Result<Self> {
        let address = TcpListener::bind("127.0.0.1:0")?.local_addr()?;
        let mut command = janus::command(&data, address)?;
        let log = log()?;
        command.stdin(Stdio::null()).stdout(log.try_clone()?).stderr(log);
        let child = command.spawn().context("cannot start Janus")?;
        let server = Self { kind: Kind::Janus, address, data, child, _printed: None };
        let patience = now() + JANUS_STARTS;
        while TcpStream::connect(address).is_err() {
            if now() > patience {
                bail!("Janus does not listen; see bench-server.log beside the program");
            }
            std::thread::sleep(Duration::from_millis(20));
        }
        Ok(server)
    }

    /// Resident memory of its own, in bytes; mapped files, such as a database, are the page cache's.
    pub(crate) fn memory(&self) -> Result<u64> {
        let status = fs::read_to_string(format!("/proc/{}/status", self.child.id()))?;
        let line = status.lines().find_map(|line| line.strip_prefix("RssAnon:")).context("no RssAnon")?;
        let kib: u64 = line.trim().trim_end_matches(" kB").parse()?;
        Ok(kib * 1_024)
    }

    /// Processor time used so far, by all threads.
    pub(crate) fn cpu(&self) -> Result<Duration> {
        let stat = fs::read_to_string(format!("/proc/{}/stat", self.child.id()))?;
        let after_name = stat.rsplit_once(") ").context("an unknown form of stat")?.1;
        let ticks: u64 = after_name.split(' ').skip(11).take(2).filter_map(|field| field.parse::<u64>().ok()).sum();
        // The kernel counts in hundredths of a second for every program that asks.
        Ok(Duration::from_millis(ticks * 10))
    }
}

/// What a killed server left.
pub(crate) struct Stopped {
    kind: Kind,
    address: SocketAddr,
    data: PathBuf,
}

impl Stopped {
    /// Starts again on the same data and port.
    pub(crate) fn start(self) -> Result<Server> {
        Server::run(self.kind, self.data, &self.address.to_string())
    }

    /// Adds an account with the password of all.
    pub(crate) fn add_account(&self, person: &[&str]) -> Result<()> {
        let mut command = Command::new(program()?);
        command.args(["account", "add"]).args(person).arg("--data").arg(&self.data);
        command.env("HUB_PASSWORD", PASSWORD).current_dir(&self.data).stdin(Stdio::null()).stdout(Stdio::null());
        if !command.status()?.success() {
            bail!("cannot add the account {}", person.join(" "));
        }
        Ok(())
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // Nothing can be done about what is gone already.
        let _gone = self.child.kill();
        let _gone = self.child.wait();
        if !self.data.as_os_str().is_empty() {
            let _gone = fs::remove_dir_all(&self.data);
        }
    }
}

fn hub(data: &Path, bind: &str) -> Result<Command> {
    let mut command = Command::new(program()?);
    command.args(["serve", "--demo", "--ops-bind", "127.0.0.1:0", "--media-bind", "127.0.0.1:0"]);
    command.args(["--bind", bind, "--data"]).arg(data);
    command.current_dir(data).env("HUB_DEMO_PASSWORD", PASSWORD).envs(NO_LIMITS);
    Ok(command)
}

fn peer(script: &str) -> Command {
    let mut command = Command::new("node");
    command.arg(script).current_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/peers"));
    command
}

/// The hub that was built with this program.
fn program() -> Result<PathBuf> {
    beside_program("hub")
}

fn beside_program(name: &str) -> Result<PathBuf> {
    Ok(std::env::current_exe()?.with_file_name(name))
}

/// What the server complains about.
fn log() -> Result<File> {
    let path = beside_program("bench-server.log")?;
    File::create(&path).with_context(|| format!("cannot write {}", path.display()))
}

fn announced(printed: &mut BufReader<ChildStdout>) -> Result<SocketAddr> {
    loop {
        let mut line = String::new();
        if printed.read_line(&mut line)? == 0 {
            bail!("it ended; see bench-server.log beside the program");
        }
        if let Some(address) = line.trim().strip_prefix("listening on http://") {
            return Ok(address.parse()?);
        }
    }
}
