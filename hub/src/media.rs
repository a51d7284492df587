//! The voice of calls: starts what carries it, or stands in for it where voice is off.

mod addresses;

use std::io;
use std::net::SocketAddr;
use std::sync::Arc;

use actors::ids::CallId;
use actors::ports::{Later, Leg, Media, MediaError, MediaListener, Offer};
use actors::protocol::CallSide;
use anyhow::Context as _;
use hub_media::VoiceRelay;

pub(crate) use addresses::told;

use crate::config::MediaConfig;

/// Starts what carries voice; with it the address it listens on, none where voice is off.
pub(crate) fn start(config: &MediaConfig) -> anyhow::Result<(Arc<dyn Media>, Option<SocketAddr>)> {
    if !config.enabled {
        return Ok((Arc::new(NoVoice), None));
    }
    let relay = open(config).with_context(|| {
        format!("cannot carry voice on {} (media.bind; one port for each of media.threads, and the next one for media.turn)", config.bind)
    })?;
    let address = relay.ports().first().copied().unwrap_or(config.bind);
    Ok((Arc::new(relay), Some(address)))
}

/// Opens the ports of the voice and answers at them.
pub(crate) fn open(config: &MediaConfig) -> io::Result<VoiceRelay> {
    VoiceRelay::start(hub_media::MediaConfig {
        bind: config.bind,
        addresses: told(config),
        tcp: config.tcp,
        turn: config.turn,
        threads: usize::from(config.threads),
    })
}

/// A hub without voice: no package offers calls, so nobody asks.
struct NoVoice;

impl Media for NoVoice {
    fn connect(&self, _leg: Leg, _listener: MediaListener) -> Later<Result<Offer, MediaError>> {
        Box::pin(std::future::ready(Err(MediaError::Unavailable)))
    }

    fn mend(&self, _leg: Leg) -> Later<Result<Offer, MediaError>> {
        Box::pin(std::future::ready(Err(MediaError::Unknown)))
    }

    fn answer(&self, _leg: Leg, _sdp: String) -> Later<Result<(), MediaError>> {
        Box::pin(std::future::ready(Err(MediaError::Unknown)))
    }

    fn mute(&self, _call: CallId, _side: CallSide, _is_muted: bool) {}

    fn drop_leg(&self, _leg: Leg) {}

    fn close(&self, _call: CallId) {}

    fn calls(&self) -> usize {
        0
    }
}
