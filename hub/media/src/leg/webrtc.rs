//! The leg of today: the `webrtc` crate on our own runtime.

use std::net::Ipv4Addr;
use std::panic::AssertUnwindSafe;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use actors::ports::Later;
use futures_util::FutureExt as _;
use rtc::crypto::SignatureScheme;
use rtc::ice::mdns::MulticastDnsMode;
use rtc::media_stream::MediaStreamTrack;
use rtc::peer_connection::certificate::CertificateParams;
use rtc::peer_connection::configuration::RTCOfferOptions;
use rtc::peer_connection::configuration::media_engine::MIME_TYPE_OPUS;
use rtc::peer_connection::configuration::setting_engine::SettingEngine;
use rtc::rtp;
use rtc::rtp_transceiver::rtp_sender::{
    RTCRtpCodec, RTCRtpCodecParameters, RTCRtpCodingParameters, RTCRtpEncodingParameters, RtpCodecKind,
};
use tracing::{debug, warn};
use webrtc::error::Error;
use webrtc::media_stream::track_local::TrackLocal as _;
use webrtc::media_stream::track_local::static_rtp::TrackLocalStaticRTP;
use webrtc::media_stream::track_remote::{TrackRemote, TrackRemoteEvent};
use webrtc::peer_connection::{
    MediaEngine, PeerConnection, PeerConnectionBuilder, PeerConnectionEventHandler, RTCCertificate,
    RTCConfigurationBuilder, RTCPeerConnectionState, RTCSessionDescription, Registry, SettingEngineBuilder,
    SrtpProtectionProfile, configure_rtcp_reports, crypto,
};

use super::{LegError, LegEvents, Voice, VoiceLeg};
use crate::mux::{Inbox, LegKey, Mux};
use crate::rewriter::{OPUS, Stamp};
use crate::runtime::MuxRuntime;
use crate::sdp;

/// A check is sent so often until one is answered.
const CHECK_EVERY: Duration = Duration::from_millis(50);
/// Five seconds of checks: a network slower than that carries no voice.
const CHECKS: u16 = 100;
/// How the path is kept and watched once it works.
const KEEPALIVE: Duration = Duration::from_secs(1);
const DISCONNECTED_AFTER: Duration = Duration::from_secs(5);
/// The call decides before that; this only ends what everybody forgot.
const FAILED_AFTER: Duration = Duration::from_mins(1);

/// The key and certificate of this process; each browser checks its print.
#[derive(Clone)]
pub(crate) struct Identity(RTCCertificate);

impl Identity {
    pub(crate) fn new() -> Result<Self, Error> {
        let provider = crypto::default_provider().map_err(|error| Error::Crypto(error.to_string()))?;
        let params = CertificateParams::new(vec!["hub".to_owned()]).map_err(|error| Error::Other(error.to_string()))?;
        RTCCertificate::generate(provider.crypto(), SignatureScheme::EcdsaP256Sha256, params).map(Self)
    }
}

/// One connection of the `webrtc` crate.
pub(crate) struct WebrtcLeg(Arc<Inner>);

struct Inner {
    connection: Box<dyn PeerConnection>,
    out: TrackLocalStaticRTP,
    out_ssrc: u32,
    mux: Arc<Mux>,
    key: LegKey,
    inbox: Arc<Inbox>,
    offer: Mutex<OfferState>,
}

/// Where the exchange of descriptions stands.
#[derive(Debug, Default)]
struct OfferState {
    is_registered: bool,
    /// The offer that waits for its answer.
    waiting: Option<String>,
}

impl WebrtcLeg {
    /// Makes a connection. It must be called on the media thread.
    pub(crate) async fn make(
        mux: &Arc<Mux>,
        identity: &Identity,
        key: LegKey,
        events: Arc<dyn LegEvents>,
    ) -> Result<Self, Error> {
        let inbox = Arc::new(Inbox::default());
        let of_driver = Arc::clone(&events);
        let runtime = MuxRuntime {
            mux: Arc::clone(mux),
            leg: key,
            inbox: Arc::clone(&inbox),
            ended: Arc::new(move || of_driver.failed()),
        };
        let out_ssrc = random_ssrc();
        let out = TrackLocalStaticRTP::new(voice_track(out_ssrc));
        let mut engine = MediaEngine::default();
        engine.register_codec(RTCRtpCodecParameters { rtp_codec: opus(), payload_type: OPUS }, RtpCodecKind::Audio)?;
        let builder = PeerConnectionBuilder::new()
            .with_configuration(RTCConfigurationBuilder::new().with_certificates(vec![identity.0.clone()]).build())
            .with_media_engine(engine)
            .with_setting_engine(settings())
            .with_interceptor_registry(configure_rtcp_reports(Registry::new()))
            .with_runtime(Arc::new(runtime))
            .with_handler(Arc::new(Handler { events }))
            .with_udp_addrs(vec![(Ipv4Addr::LOCALHOST, 0)]);
        // The future carries the whole connection.
        let connection = Box::pin(builder.build()).await?;
        connection.add_track(Arc::new(out.clone())).await?;
        Ok(Self(Arc::new(Inner {
            connection: Box::new(connection),
            out,
            out_ssrc,
            mux: Arc::clone(mux),
            key,
            inbox,
            offer: Mutex::default(),
        })))
    }
}

impl VoiceLeg for WebrtcLeg {
    fn offer(&self, restarts: bool) -> Later<Result<String, LegError>> {
        let leg = Arc::clone(&self.0);
        Box::pin(async move {
            leg.offer(restarts).await.map_err(|error| {
                warn!(leg = leg.key, %error, "a leg made no offer");
                LegError::Broken
            })
        })
    }

    fn answer(&self, sdp: String) -> Later<Result<(), LegError>> {
        let leg = Arc::clone(&self.0);
        Box::pin(async move { leg.answer(&sdp).await })
    }

    fn send(&self, voice: Voice) -> bool {
        let Stamp { sequence, timestamp, marker } = voice.stamp;
        let header = rtp::Header {
            version: 2,
            marker,
            payload_type: OPUS,
            sequence_number: sequence,
            timestamp,
            ssrc: self.0.out_ssrc,
            ..rtp::Header::default()
        };
        let packet = rtp::Packet { header, payload: voice.payload };
        // One try: if the driver is so far behind that its queue is full, the packet is late anyway.
        matches!(self.0.out.write_rtp(packet).now_or_never(), Some(Ok(())))
    }

    fn close(&self) -> Later<()> {
        let leg = Arc::clone(&self.0);
        Box::pin(async move {
            leg.mux.remove(leg.key);
            if let Err(error) = leg.connection.close().await {
                debug!(leg = leg.key, %error, "a leg closed with an error");
            }
        })
    }
}

impl Inner {
    async fn offer(&self, restarts: bool) -> Result<String, Error> {
        if let Some(waiting) = self.state().waiting.clone() {
            return Ok(waiting);
        }
        let options = RTCOfferOptions { ice_restart: restarts };
        let offer = self.connection.create_offer(Some(options)).await?;
        let sdp = offer.sdp.clone();
        let own = sdp::credentials(&sdp).ok_or_else(|| Error::Other("the offer has no credentials".to_owned()))?;
        self.connection.set_local_description(offer).await?;
        // Checks may come as soon as the browser has the offer: their door is open before.
        let mut state = self.state();
        if std::mem::replace(&mut state.is_registered, true) {
            self.mux.renew(self.key, own);
        } else {
            self.mux.add(self.key, Arc::clone(&self.inbox), own);
        }
        state.waiting = Some(sdp.clone());
        Ok(sdp)
    }

    async fn answer(&self, text: &str) -> Result<(), LegError> {
        let answer = sdp::read_answer(text).map_err(|reason| {
            debug!(leg = self.key, %reason, "a browser's answer is not usable");
            LegError::BadAnswer
        })?;
        if self.state().waiting.take().is_none() {
            return Err(LegError::NotAsked);
        }
        let refuse = |error: Error| {
            debug!(leg = self.key, %error, "a browser's answer does not fit");
            LegError::BadAnswer
        };
        let description = RTCSessionDescription::answer(answer.sdp).map_err(refuse)?;
        self.connection.set_remote_description(description).await.map_err(refuse)?;
        self.mux.answered(self.key, &answer.credentials);
        Ok(())
    }

    fn state(&self) -> std::sync::MutexGuard<'_, OfferState> {
        self.offer.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Hears what the driver of a leg tells. It runs on the driver: it only passes on.
struct Handler {
    events: Arc<dyn LegEvents>,
}

#[async_trait::async_trait]
impl PeerConnectionEventHandler for Handler {
    async fn on_connection_state_change(&self, state: RTCPeerConnectionState) {
        match state {
            RTCPeerConnectionState::Connected => self.events.connected(),
            // Closed by the other end; a leg we close is not listened to any more.
            RTCPeerConnectionState::Failed | RTCPeerConnectionState::Closed => self.events.failed(),
            _passing => {}
        }
    }

    async fn on_track(&self, track: Arc<dyn TrackRemote>) {
        let events = Arc::clone(&self.events);
        tokio::spawn(async move {
            // It ends when the connection is closed. A panic costs one packet.
            while AssertUnwindSafe(listen(&*track, &*events)).catch_unwind().await.is_err() {
                warn!("a packet of voice caused a panic");
            }
        });
    }
}

async fn listen(track: &dyn TrackRemote, events: &dyn LegEvents) {
    while let Some(event) = track.poll().await {
        let TrackRemoteEvent::OnRtpPacket(packet) = event else { continue };
        let header = packet.header;
        if header.payload_type != OPUS {
            continue;
        }
        let stamp = Stamp { sequence: header.sequence_number, timestamp: header.timestamp, marker: header.marker };
        events.heard(Voice { ssrc: header.ssrc, stamp, payload: packet.payload });
    }
}

fn settings() -> SettingEngine {
    SettingEngineBuilder::new()
        .with_multicast_dns_mode(MulticastDnsMode::Disabled)
        .with_include_loopback_candidate(true)
        .with_srtp_protection_profiles(vec![
            SrtpProtectionProfile::Srtp_Aead_Aes_128_Gcm,
            SrtpProtectionProfile::Srtp_Aes128_Cm_Hmac_Sha1_80,
        ])
        .with_ice_timeouts(Some(DISCONNECTED_AFTER), Some(FAILED_AFTER), Some(KEEPALIVE))
        .with_ice_connection_attempts(Some(CHECK_EVERY), Some(CHECKS))
        // To the library every browser is a peer-reflexive candidate, and the first that works is right.
        .with_host_acceptance_min_wait(Some(Duration::ZERO))
        .with_srflx_acceptance_min_wait(Some(Duration::ZERO))
        .with_prflx_acceptance_min_wait(Some(Duration::ZERO))
        .with_relay_acceptance_min_wait(Some(Duration::ZERO))
        .build()
}

fn opus() -> RTCRtpCodec {
    RTCRtpCodec {
        mime_type: MIME_TYPE_OPUS.to_owned(),
        clock_rate: 48_000,
        channels: 2,
        sdp_fmtp_line: sdp::OPUS_FORMAT.to_owned(),
        rtcp_feedback: Vec::new(),
    }
}

fn voice_track(ssrc: u32) -> MediaStreamTrack {
    let coding = RTCRtpEncodingParameters {
        rtp_coding_parameters: RTCRtpCodingParameters { ssrc: Some(ssrc), ..RTCRtpCodingParameters::default() },
        codec: opus(),
        ..RTCRtpEncodingParameters::default()
    };
    MediaStreamTrack::new("call".to_owned(), "voice".to_owned(), "voice".to_owned(), RtpCodecKind::Audio, vec![coding])
}

/// A stream number; zero means none to some browsers.
fn random_ssrc() -> u32 {
    getrandom::u32().unwrap_or_default().max(1)
}
