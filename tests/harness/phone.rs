//! The voice of a browser: `str0m`, another implementation than the hub's, with its own UDP socket and its own thread.
//!
//! Packets carry numbers that no other phone of the process uses, and bytes that follow from the number.

use std::net::{SocketAddr, UdpSocket};
use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, Once};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use str0m::change::SdpOffer;
use str0m::media::Mid;
use str0m::net::{Protocol, Receive};
use str0m::rtp::RtpWrite;
use str0m::{Candidate, Event, Input, Output, Rtc};

use super::packets::{Packet, payload};
use super::until;

const PACKET_EVERY: Duration = Duration::from_millis(20);
const LOOK_EVERY: Duration = Duration::from_millis(3);
/// Ticks of the clock of Opus in one packet (RFC 7587 §4.1).
const TICKS: u32 = 960;
/// Each phone counts from its own million.
const NUMBERS: u32 = 1_000_000;
/// The longest datagram that is read.
const DATAGRAM_BYTES: usize = 2_000;

/// A microphone and a loudspeaker; silent once dropped.
pub struct Phone {
    line: Arc<Line>,
    worker: Option<JoinHandle<()>>,
}

struct Line {
    works: AtomicBool,
    state: Mutex<State>,
}

struct State {
    rtc: Rtc,
    socket: UdpSocket,
    mid: Option<Mid>,
    talks: bool,
    is_cut: bool,
    first: u32,
    start: u16,
    said: u32,
    next: Instant,
    heard: Vec<Packet>,
    /// The last datagram of voice that left.
    left: Vec<u8>,
    relay: Option<SocketAddr>,
    name: String,
}

impl Phone {
    /// A phone that talks as soon as it is connected, as browsers do.
    pub fn new() -> Self {
        static CRYPTO: Once = Once::new();
        static PHONES: AtomicU32 = AtomicU32::new(0);
        CRYPTO.call_once(|| str0m::crypto::from_feature_flags().install_process_default());
        let state = State::new(PHONES.fetch_add(1, Ordering::Relaxed) * NUMBERS);
        let line = Arc::new(Line { works: AtomicBool::new(true), state: Mutex::new(state) });
        let works = Arc::clone(&line);
        let worker = std::thread::spawn(move || {
            while works.works.load(Ordering::Relaxed) {
                works.state.lock().unwrap().step();
                std::thread::sleep(LOOK_EVERY);
            }
        });
        Self { line, worker: Some(worker) }
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.line.state.lock().unwrap()
    }

    /// The answer to an offer, of a new connection or of one that is to be mended.
    pub fn answer(&self, offer: &str) -> String {
        let description = SdpOffer::from_sdp_string(offer).unwrap();
        let mut state = self.state();
        let answer = state.rtc.sdp_api().accept_offer(description).unwrap().to_sdp_string();
        state.name = format!("{}:{}", name_in(offer), name_in(&answer));
        answer
    }

    /// The name in its connectivity checks (RFC 8445 §7.2.2).
    pub fn name(&self) -> String {
        self.state().name.clone()
    }

    /// Says a packet each 20 ms, or nothing.
    pub fn talk(&self, talks: bool) {
        self.state().talks = talks;
    }

    /// The network is gone: nothing leaves and nothing arrives any more.
    pub fn cut(&self) {
        self.state().is_cut = true;
    }

    /// The network is another one; the old address is gone for ever.
    pub fn move_away(&self) {
        let mut state = self.state();
        state.socket = socket();
        let here = state.here();
        state.rtc.add_local_candidate(candidate(here)).unwrap();
    }

    /// Packets said so far.
    pub fn said(&self) -> u32 {
        self.state().said
    }

    /// What arrived so far.
    pub fn heard(&self) -> Vec<Packet> {
        self.state().heard.clone()
    }

    pub fn count(&self) -> usize {
        self.state().heard.len()
    }

    /// The last datagram that left with voice, and where it went.
    pub fn left(&self) -> (Vec<u8>, SocketAddr) {
        let state = self.state();
        (state.left.clone(), state.relay.unwrap())
    }

    /// Is this number one of those that this phone says?
    pub fn says(&self, number: u32) -> bool {
        number / NUMBERS == self.state().first / NUMBERS
    }

    /// Waits until so many more packets arrived.
    pub async fn hears(&self, more: usize) {
        let enough = self.count() + more;
        until("packets of voice", async || (self.count() >= enough).then_some(())).await;
    }

    /// Waits until so many more packets were said.
    pub async fn says_more(&self, more: u32) {
        let enough = self.said() + more;
        until("packets that are said", async || (self.said() >= enough).then_some(())).await;
    }
}

impl Drop for Phone {
    fn drop(&mut self) {
        self.line.works.store(false, Ordering::Relaxed);
        if let Some(worker) = self.worker.take() {
            // Its failure was printed already, and a test that fails anyway must not fail twice.
            let _printed = worker.join();
        }
    }
}

impl State {
    fn new(first: u32) -> Self {
        let now = Instant::now();
        let socket = socket();
        let start = socket.local_addr().unwrap().port();
        let mut rtc = Rtc::builder().clear_codecs().enable_opus(true, false).set_rtp_mode(true).build(now);
        rtc.add_local_candidate(candidate(socket.local_addr().unwrap())).unwrap();
        Self {
            rtc,
            socket,
            mid: None,
            talks: true,
            is_cut: false,
            first,
            start,
            said: 0,
            next: now,
            heard: Vec::new(),
            left: Vec::new(),
            relay: None,
            name: String::new(),
        }
    }

    fn here(&self) -> SocketAddr {
        self.socket.local_addr().unwrap()
    }

    fn step(&mut self) {
        if self.is_cut {
            return;
        }
        self.receive();
        let now = Instant::now();
        if self.talks && now >= self.next {
            // After a pause there is no burst.
            self.next = (self.next + PACKET_EVERY).max(now);
            self.say(now);
        }
        self.flush();
    }

    fn say(&mut self, now: Instant) {
        let Some(mid) = self.mid else { return };
        let payload_type = self.rtc.media(mid).unwrap().remote_pts()[0];
        let number = self.first + self.said;
        let mut api = self.rtc.direct_api();
        let Some(stream) = api.stream_tx_by_mid(mid, None) else { return };
        // It begins anywhere, as with browsers.
        let sequence = u64::from(self.start) + u64::from(self.said);
        let timestamp = number.wrapping_mul(TICKS);
        stream.write_rtp(RtpWrite::new(payload_type, sequence.into(), timestamp, now, payload(number)));
        self.said += 1;
    }

    fn receive(&mut self) {
        let mut buffer = [0; DATAGRAM_BYTES];
        while let Ok((length, source)) = self.socket.recv_from(&mut buffer) {
            let contents = buffer[..length].try_into().unwrap();
            let receive = Receive { proto: Protocol::Udp, source, destination: self.here(), contents };
            self.rtc.handle_input(Input::Receive(Instant::now(), receive)).unwrap();
            self.flush();
        }
    }

    fn flush(&mut self) {
        loop {
            match self.rtc.poll_output().unwrap() {
                Output::Timeout(due) => {
                    let now = Instant::now();
                    if due > now {
                        return;
                    }
                    self.rtc.handle_input(Input::Timeout(now)).unwrap();
                }
                Output::Transmit(datagram) if datagram.source == self.here() => {
                    if datagram.contents[0] & 0xC0 == 0x80 {
                        self.left = datagram.contents.to_vec();
                        self.relay = Some(datagram.destination);
                    }
                    // What the network loses is lost.
                    let _lost = self.socket.send_to(&datagram.contents, datagram.destination);
                }
                // The address it would leave from is gone.
                Output::Transmit(_lost) => {}
                Output::Event(event) => self.note(event),
            }
        }
    }

    fn note(&mut self, event: Event) {
        match event {
            Event::MediaAdded(media) => self.mid = Some(media.mid),
            Event::RtpPacket(packet) => self.heard.push(Packet {
                number: u32::from_be_bytes(*packet.payload.first_chunk().unwrap()),
                payload: packet.payload.to_vec(),
                ssrc: *packet.header.ssrc,
                sequence: packet.header.sequence_number,
                timestamp: packet.header.timestamp,
            }),
            _other => {}
        }
    }
}

fn socket() -> UdpSocket {
    let socket = UdpSocket::bind("127.0.0.1:0").unwrap();
    socket.set_nonblocking(true).unwrap();
    socket
}

fn name_in(description: &str) -> &str {
    description.lines().find_map(|line| line.strip_prefix("a=ice-ufrag:")).unwrap().trim()
}

fn candidate(here: SocketAddr) -> Candidate {
    Candidate::host(here, "udp").unwrap()
}
