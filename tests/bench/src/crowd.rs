//! Thousands of sockets in one thread: one epoll, a shared read buffer, and for
//! each socket nothing but the bytes of an unfinished frame.

use std::io::{ErrorKind, Read as _, Write as _};
use std::net::{Ipv4Addr, SocketAddr, SocketAddrV4, TcpStream};
use std::os::fd::{AsFd, BorrowedFd, OwnedFd};
use std::time::Duration;

use anyhow::{Context as _, Result, bail};
use rustix::event::epoll;
use rustix::net::{AddressFamily, SocketType, bind, connect, socket, sockopt};

use crate::frame;

const READ_BUFFER: usize = 256 * 1024;
const EVENTS_AT_ONCE: usize = 1_024;
/// Sockets per source address; the kernel has about 28,000 ports for each.
const PER_SOURCE: usize = 200;

/// What a socket said.
pub(crate) enum Heard<'a> {
    /// The server accepted the upgrade.
    Upgraded,
    /// One whole text frame.
    Text(&'a [u8]),
    /// The server refused or closed it.
    Gone,
}

/// Many sockets to one server. A socket is named by the order it joined in.
pub(crate) struct Crowd {
    poll: OwnedFd,
    streams: Vec<TcpStream>,
    ears: Vec<Ear>,
    scratch: Vec<u8>,
}

/// The unread side of one socket.
#[derive(Default)]
struct Ear {
    is_upgraded: bool,
    is_gone: bool,
    rest: Vec<u8>,
}

/// Both halves of a crowd: one thread may speak while another listens.
pub(crate) struct Listener<'a> {
    poll: &'a OwnedFd,
    streams: &'a [TcpStream],
    ears: &'a mut [Ear],
    scratch: &'a mut [u8],
}

impl Crowd {
    pub(crate) fn new() -> Result<Self> {
        let poll = epoll::create(epoll::CreateFlags::CLOEXEC).context("cannot create an epoll")?;
        Ok(Self { poll, streams: Vec::new(), ears: Vec::new(), scratch: vec![0; READ_BUFFER] })
    }

    pub(crate) fn len(&self) -> usize {
        self.streams.len()
    }

    /// Connects one more socket and asks for the upgrade.
    pub(crate) fn join(&mut self, server: SocketAddr, request: &[u8]) -> Result<usize> {
        let name = self.streams.len();
        let stream = connected(name, server)?;
        (&stream).write_all(request).context("cannot ask for the upgrade")?;
        stream.set_nonblocking(true)?;
        let data = epoll::EventData::new_u64(name as u64);
        epoll::add(&self.poll, &stream, data, epoll::EventFlags::IN).context("cannot watch a socket")?;
        self.streams.push(stream);
        self.ears.push(Ear::default());
        Ok(name)
    }

    /// Stops reading from a socket for good, without closing it.
    pub(crate) fn deafen(&mut self, name: usize) -> Result<()> {
        let stream = self.streams.get(name).context("no such socket")?;
        epoll::delete(&self.poll, stream).context("cannot stop watching a socket")
    }

    /// Splits into the sockets to write to and the side that reads.
    pub(crate) fn split(&mut self) -> (&[TcpStream], Listener<'_>) {
        let Self { poll, streams, ears, scratch } = self;
        (streams, Listener { poll, streams, ears, scratch })
    }
}

/// Readable when some socket is.
impl AsFd for Crowd {
    fn as_fd(&self) -> BorrowedFd<'_> {
        self.poll.as_fd()
    }
}

impl Listener<'_> {
    /// Waits for something to read and tells `hear` all of it; false when nothing came.
    pub(crate) fn listen(&mut self, patience: Duration, hear: &mut dyn FnMut(usize, Heard<'_>)) -> Result<bool> {
        let mut events = Vec::with_capacity(EVENTS_AT_ONCE);
        let patience = rustix::event::Timespec::try_from(patience).context("cannot wait that long")?;
        match epoll::wait(self.poll, rustix::buffer::spare_capacity(&mut events), Some(&patience)) {
            Ok(_) | Err(rustix::io::Errno::INTR) => {}
            Err(error) => return Err(error).context("cannot wait for sockets"),
        }
        for event in &events {
            self.read(usize::try_from(event.data.u64()).unwrap_or(usize::MAX), hear)?;
        }
        Ok(!events.is_empty())
    }

    fn read(&mut self, name: usize, hear: &mut dyn FnMut(usize, Heard<'_>)) -> Result<()> {
        let (Some(mut stream), Some(ear)) = (self.streams.get(name), self.ears.get_mut(name)) else {
            bail!("an event for a socket that never joined");
        };
        let count = match stream.read(self.scratch) {
            Ok(count) => count,
            Err(error) if error.kind() == ErrorKind::WouldBlock => return Ok(()),
            Err(_) => 0,
        };
        let bytes = self.scratch.get(..count).unwrap_or_default();
        if bytes.is_empty() {
            epoll::delete(self.poll, stream).context("cannot stop watching a socket")?;
            ear.lose(name, hear);
        } else if ear.rest.is_empty() {
            let unread = ear.take(name, stream, bytes, hear).len();
            ear.rest = bytes.get(count - unread..).unwrap_or_default().to_vec();
        } else {
            let mut all = std::mem::take(&mut ear.rest);
            all.extend(bytes);
            let unread = ear.take(name, stream, &all, hear).len();
            all.drain(..all.len() - unread);
            ear.rest = all;
        }
        Ok(())
    }
}

impl Ear {
    /// Tells every whole frame and returns what is left.
    fn take<'a>(
        &mut self,
        name: usize,
        mut stream: &TcpStream,
        mut bytes: &'a [u8],
        hear: &mut dyn FnMut(usize, Heard<'_>),
    ) -> &'a [u8] {
        if !self.is_upgraded {
            let Some((is_accepted, rest)) = frame::answer(bytes) else { return bytes };
            bytes = rest;
            if !is_accepted {
                self.lose(name, hear);
                return &[];
            }
            self.is_upgraded = true;
            hear(name, Heard::Upgraded);
        }
        while let Some((opcode, payload, rest)) = frame::first(bytes) {
            bytes = rest;
            match opcode {
                frame::TEXT => hear(name, Heard::Text(payload)),
                frame::PING => {
                    let mut pong = Vec::new();
                    frame::append(&mut pong, frame::PONG, payload);
                    // A socket that cannot take a pong is closed by the server soon enough.
                    let _lost = stream.write_all(&pong);
                }
                frame::CLOSE => self.lose(name, hear),
                _ => {}
            }
        }
        bytes
    }

    fn lose(&mut self, name: usize, hear: &mut dyn FnMut(usize, Heard<'_>)) {
        if !self.is_gone {
            self.is_gone = true;
            hear(name, Heard::Gone);
        }
    }
}

/// Connects from one of many loopback addresses, as visitors come from many places.
fn connected(name: usize, server: SocketAddr) -> Result<TcpStream> {
    let fd = socket(AddressFamily::INET, SocketType::STREAM, None).context("cannot make a socket")?;
    let place = u16::try_from(name / PER_SOURCE).context("too many sockets")?;
    let [high, low] = (place + 256).to_be_bytes();
    bind(&fd, &SocketAddrV4::new(Ipv4Addr::new(127, 0, high, low), 0)).context("cannot bind a source address")?;
    connect(&fd, &server).with_context(|| format!("cannot connect to {server}"))?;
    sockopt::set_tcp_nodelay(&fd, true)?;
    Ok(TcpStream::from(fd))
}

/// Writes one frame, waiting while the socket is full.
pub(crate) fn say(mut stream: &TcpStream, frame: &[u8]) {
    let mut left = frame;
    while !left.is_empty() {
        match stream.write(left) {
            Ok(count) => left = left.get(count..).unwrap_or_default(),
            Err(error) if error.kind() == ErrorKind::WouldBlock => std::thread::yield_now(),
            // The listener learns that the socket is gone.
            Err(_) => return,
        }
    }
}
