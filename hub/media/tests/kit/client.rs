//! A browser, played by `str0m`: another implementation, so that both understand the standard.

use std::collections::VecDeque;
use std::net::SocketAddr;
use std::sync::Once;
use std::time::{Duration, Instant};

use str0m::change::SdpOffer;
use str0m::media::Mid;
use str0m::net::Receive;
use str0m::rtp::RtpWrite;
use str0m::{Event, Input, Output, Rtc};

use super::link::Link;
use super::voice::{Packet, payload};

const PACKET_EVERY: Duration = Duration::from_millis(20);
/// So many datagrams that left are remembered, for those who copy them.
const REMEMBERED: usize = 400;

pub(crate) struct Client {
    rtc: Rtc,
    link: Link,
    mid: Option<Mid>,
    /// Where the last offer said the hub is.
    pub(crate) hub: Option<SocketAddr>,
    pub(crate) is_connected: bool,
    /// Whether it says a numbered packet each 20 ms.
    pub(crate) talks: bool,
    said: u32,
    /// Where its sequence and clock begin, as browsers do anywhere.
    start: u16,
    next: Instant,
    pub(crate) heard: Vec<Packet>,
    pub(crate) left: VecDeque<Vec<u8>>,
}

impl Client {
    pub(crate) fn new(link: Link) -> Self {
        static CRYPTO: Once = Once::new();
        CRYPTO.call_once(|| str0m::crypto::from_feature_flags().install_process_default());
        let now = Instant::now();
        let mut rtc = Rtc::builder().clear_codecs().enable_opus(true, false).set_rtp_mode(true).build(now);
        rtc.add_local_candidate(link.candidate()).unwrap();
        Self {
            rtc,
            start: link.local().port(),
            link,
            mid: None,
            hub: None,
            is_connected: false,
            talks: false,
            said: 0,
            next: now,
            heard: Vec::new(),
            left: VecDeque::new(),
        }
    }

    pub(crate) fn accept(&mut self, offer: &str) -> String {
        self.hub = place(offer);
        let offer = SdpOffer::from_sdp_string(offer).unwrap();
        self.rtc.sdp_api().accept_offer(offer).unwrap().to_sdp_string()
    }

    /// The network changes: the old address is gone for ever.
    pub(crate) fn move_to(&mut self, link: Link) {
        self.link = link;
        self.rtc.add_local_candidate(self.link.candidate()).unwrap();
    }

    /// Sends something no library would.
    pub(crate) fn inject(&mut self, datagram: &[u8], to: SocketAddr) {
        self.link.send(datagram, to);
    }

    pub(crate) fn said(&self) -> u32 {
        self.said
    }

    /// Says so many packets at once.
    pub(crate) fn gush(&mut self, packets: usize) {
        for _packet in 0..packets {
            self.say(Instant::now());
            self.flush();
        }
    }

    /// Does what is due.
    pub(crate) fn step(&mut self) {
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
        let mut api = self.rtc.direct_api();
        let Some(stream) = api.stream_tx_by_mid(mid, None) else { return };
        let number = self.said;
        let sequence = u64::from(self.start) + u64::from(number);
        stream.write_rtp(RtpWrite::new(payload_type, sequence.into(), number.wrapping_mul(960), now, payload(number)));
        self.said += 1;
    }

    fn receive(&mut self) {
        while let Some((datagram, source)) = self.link.receive() {
            let receive = Receive {
                proto: self.link.protocol(),
                source,
                destination: self.link.local(),
                contents: datagram.as_slice().try_into().unwrap(),
            };
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
                Output::Transmit(transmit) if transmit.source == self.link.local() => {
                    if self.left.len() == REMEMBERED {
                        self.left.pop_front();
                    }
                    self.left.push_back(transmit.contents.to_vec());
                    self.link.send(&transmit.contents, transmit.destination);
                }
                // The address it would leave from is gone.
                Output::Transmit(_lost) => {}
                Output::Event(event) => self.note(event),
            }
        }
    }

    fn note(&mut self, event: Event) {
        match event {
            Event::Connected => self.is_connected = true,
            Event::MediaAdded(media) => self.mid = Some(media.mid),
            Event::RtpPacket(packet) => self.heard.push(Packet {
                number: u32::from_be_bytes(*packet.payload.first_chunk().unwrap()),
                payload: packet.payload.to_vec(),
                ssrc: *packet.header.ssrc,
                sequence: packet.header.sequence_number,
                timestamp: packet.header.timestamp,
                payload_type: *packet.header.payload_type,
            }),
            _other => {}
        }
    }
}

/// The address of the first candidate.
pub(crate) fn place(offer: &str) -> Option<SocketAddr> {
    let candidate = offer.lines().find(|line| line.starts_with("a=candidate:"))?;
    let words: Vec<&str> = candidate.split(' ').collect();
    Some(SocketAddr::new(words[4].parse().unwrap(), words[5].parse().unwrap()))
}
