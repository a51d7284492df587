//! A client that comes by TCP: cuts its bytes into messages and keeps the connection within limits.

use std::time::Duration;

use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt};
use tokio::sync::mpsc;
use tokio::time::{interval, timeout};

use super::stun::HEADER;

/// The longest message: a datagram inside a Send indication, with room to spare.
pub(crate) const MESSAGE_BYTES: usize = 2048;
/// How long a connection may be without an allocation.
pub(crate) const PATIENCE: Duration = Duration::from_secs(10);
/// How long the client may take nothing of what is written.
const WRITE_PATIENCE: Duration = Duration::from_secs(10);
const READ_BYTES: usize = 4096;

/// These bytes are not what a TURN client sends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Foreign;

/// How many bytes the first message takes, once that can be seen.
pub(crate) fn first_message(bytes: &[u8]) -> Result<Option<usize>, Foreign> {
    let Some(&[first, _, l0, l1]) = bytes.first_chunk::<4>() else { return Ok(None) };
    let length = usize::from(u16::from_be_bytes([l0, l1]));
    let total = match first {
        0x00..=0x3F => HEADER + length,
        // Channel data is padded here, so that every message begins at a multiple of four.
        0x40..=0x7F => (4 + length).next_multiple_of(4),
        _ => return Err(Foreign),
    };
    if total > MESSAGE_BYTES { Err(Foreign) } else { Ok(Some(total)) }
}

/// Serves one connection until it ends, breaks, or is not wanted any more.
///
/// `take` gets every message; what is sent into `outgoing` is written; the end of `outgoing` ends the connection.
pub(crate) async fn serve(
    mut stream: impl AsyncRead + AsyncWrite + Unpin,
    mut outgoing: mpsc::Receiver<Vec<u8>>,
    mut take: impl FnMut(&[u8]),
    is_wanted: impl Fn() -> bool,
) {
    let mut pending = Vec::new();
    let mut arrived = vec![0; READ_BYTES];
    let mut looks = interval(PATIENCE);
    looks.tick().await;
    loop {
        tokio::select! {
            read = stream.read(&mut arrived) => {
                let Ok(length @ 1..) = read else { return };
                pending.extend(arrived.iter().take(length));
                if take_all(&mut pending, &mut take).is_err() {
                    return;
                }
            }
            message = outgoing.recv() => {
                let Some(message) = message else { return };
                if !matches!(timeout(WRITE_PATIENCE, stream.write_all(&message)).await, Ok(Ok(()))) {
                    return;
                }
            }
            _ = looks.tick() => {
                if !is_wanted() {
                    return;
                }
            }
        }
    }
}

/// Hands over every whole message and keeps the rest, which is never longer than one.
fn take_all(pending: &mut Vec<u8>, take: &mut impl FnMut(&[u8])) -> Result<(), Foreign> {
    let mut rest = pending.as_slice();
    while let Some(length) = first_message(rest)? {
        let Some((message, behind)) = rest.split_at_checked(length) else { break };
        take(message);
        rest = behind;
    }
    let taken = pending.len() - rest.len();
    pending.drain(..taken);
    Ok(())
}
