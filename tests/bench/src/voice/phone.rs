//! One end of a call: a synthetic client with a UDP socket of its own. Its WebRTC
//! is another implementation than the hub's, so neither measures itself.

use std::net::{IpAddr, SocketAddr, UdpSocket};
use std::sync::Once;

use anyhow::{Context as _, Result};
use str0m::change::{SdpAnswer, SdpOffer, SdpPendingOffer};
use str0m::media::{Direction, MediaKind, Mid};
use str0m::net::{Protocol, Receive};
use str0m::rtp::{Extension, RtpWrite};
use str0m::{Candidate, Event, Input, Output, Rtc};

use super::tally::Tally;
use crate::clock::{instant, now};

/// Bytes of one packet of voice, without headers: 20 ms of Opus at 40 kbit/s.
const PAYLOAD: usize = 100;
/// What 20 ms are on the 48 kHz clock of Opus (RFC 7587, section 4.1).
const TICKS: u32 = 960;
/// In a packet, after the eight bytes of its send time: is it counted?
const IS_COUNTED: usize = 8;

pub(crate) struct Phone {
    number: usize,
    rtc: Rtc,
    pub socket: UdpSocket,
    local: SocketAddr,
    /// Its only stream, once there is one.
    mid: Option<Mid>,
    pending: Option<SdpPendingOffer>,
    pub is_connected: bool,
    /// When its WebRTC has something to do by itself.
    pub due: u64,
    said: u32,
}

impl Phone {
    pub(crate) fn new(number: usize, ip: IpAddr) -> Result<Self> {
        static CRYPTO: Once = Once::new();
        CRYPTO.call_once(|| str0m::crypto::from_feature_flags().install_process_default());
        let socket = UdpSocket::bind((ip, 0)).with_context(|| format!("cannot bind {ip}"))?;
        socket.set_nonblocking(true)?;
        let local = socket.local_addr()?;
        // As little as voice needs, so that every server has the same to do; the ids are those of Chromium.
        let plain = Rtc::builder().clear_codecs().enable_opus(true, false).set_rtp_mode(true).clear_extension_map();
        let plain = plain.set_extension(1, Extension::AudioLevel).set_extension(4, Extension::RtpMid);
        let mut rtc = plain.build(instant(now()));
        rtc.add_local_candidate(Candidate::host(local, Protocol::Udp)?);
        Ok(Self { number, rtc, socket, local, mid: None, pending: None, is_connected: false, due: u64::MAX, said: 0 })
    }

    /// Describes what it wants to connect.
    pub(crate) fn offer(&mut self) -> Result<String> {
        let mut changes = self.rtc.sdp_api();
        self.mid = Some(changes.add_media(MediaKind::Audio, Direction::SendRecv, None, None, None));
        let (offer, pending) = changes.apply().context("nothing to offer")?;
        self.pending = Some(pending);
        Ok(offer.to_sdp_string())
    }

    /// Takes an offer and answers it.
    pub(crate) fn answer(&mut self, offer: &str) -> Result<String> {
        let offer = SdpOffer::from_sdp_string(offer)?;
        let answer = self.rtc.sdp_api().accept_offer(offer)?.to_sdp_string();
        self.due = now();
        Ok(answer)
    }

    /// Takes the answer to its offer.
    pub(crate) fn conclude(&mut self, answer: &str) -> Result<()> {
        let pending = self.pending.take().context("an answer without an offer")?;
        self.rtc.sdp_api().accept_answer(pending, SdpAnswer::from_sdp_string(answer)?)?;
        self.due = now();
        Ok(())
    }

    /// Takes one datagram, if one is there.
    pub(crate) fn receive(&mut self, scratch: &mut [u8], tally: &mut Tally) -> Result<()> {
        let Ok((length, source)) = self.socket.recv_from(scratch) else { return Ok(()) };
        let now = now();
        // Not of WebRTC: not for this phone.
        let Ok(contents) = scratch.get(..length).unwrap_or_default().try_into() else { return Ok(()) };
        let receive = Receive { proto: Protocol::Udp, source, destination: self.local, contents };
        self.rtc.handle_input(Input::Receive(instant(now), receive))?;
        self.flush(now, tally)
    }

    /// Says one packet of voice, if it is connected, and does what else is due.
    pub(crate) fn say(&mut self, tally: &mut Tally) -> Result<()> {
        let now = now();
        if self.is_connected {
            self.write(now, tally);
        }
        self.flush(now, tally)
    }

    /// Packets of voice so far.
    pub(crate) fn said(&self) -> u32 {
        self.said
    }

    fn write(&mut self, now: u64, tally: &mut Tally) {
        let Some(mid) = self.mid else { return };
        let Some(kind) = self.rtc.media(mid).and_then(|media| media.remote_pts().first().copied()) else { return };
        let mut api = self.rtc.direct_api();
        let Some(stream) = api.stream_tx_by_mid(mid, None) else { return };
        let mut payload = [0; PAYLOAD];
        if let Some(stamp) = payload.first_chunk_mut() {
            *stamp = now.to_be_bytes();
        }
        if let Some(is_counted) = payload.get_mut(IS_COUNTED) {
            *is_counted = u8::from(tally.counts);
        }
        // Browsers begin anywhere; a port is anywhere.
        let sequence = u64::from(self.local.port()) + u64::from(self.said);
        let time = self.said.wrapping_mul(TICKS);
        stream.write_rtp(RtpWrite::new(kind, sequence.into(), time, instant(now), payload.as_slice()));
        self.said += 1;
        tally.sent += u64::from(tally.counts);
    }

    /// Sends what is to be sent and counts what was heard.
    pub(crate) fn flush(&mut self, now: u64, tally: &mut Tally) -> Result<()> {
        loop {
            match self.rtc.poll_output()? {
                Output::Timeout(due) if due > instant(now) => {
                    let wait = due.saturating_duration_since(instant(now)).as_nanos();
                    self.due = now.saturating_add(u64::try_from(wait).unwrap_or(u64::MAX));
                    return Ok(());
                }
                Output::Timeout(_) => self.rtc.handle_input(Input::Timeout(instant(now)))?,
                Output::Transmit(datagram) => {
                    // One the network does not take is lost, and counted so.
                    let _lost = self.socket.send_to(&datagram.contents, datagram.destination);
                }
                Output::Event(event) => self.note(event, now, tally),
            }
        }
    }

    fn note(&mut self, event: Event, now: u64, tally: &mut Tally) {
        match event {
            Event::Connected => self.is_connected = true,
            Event::MediaAdded(media) => self.mid = Some(media.mid),
            Event::RtpPacket(packet) => {
                if let Some(stamp) = packet.payload.first_chunk() {
                    let is_counted = packet.payload.get(IS_COUNTED) == Some(&1);
                    tally.hear(self.number, now, u64::from_be_bytes(*stamp), is_counted);
                }
            }
            _other => {}
        }
    }
}
