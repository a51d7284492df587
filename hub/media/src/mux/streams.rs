//! The same port over TCP, for networks that let nothing else through (RFC 6544).

use std::collections::HashMap;
use std::net::IpAddr;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use bytes::BytesMut;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::mpsc;
use tokio::time::{Instant, timeout_at};

use super::ruling::Place;
use super::{AFTER_ERROR, Mux, canonical};
use crate::framing::{LONGEST_FRAME, take_frame};

/// Most streams of one port.
const STREAMS: usize = 2_000;
/// Most streams of one address: an office behind one address may have a few calls at once.
const STREAMS_PER_ADDRESS: usize = 64;
/// A second of voice waits for a slow network; then it is dropped.
const QUEUE: usize = 64;
/// So long somebody may stay who did not enter.
const MAY_STAND_OUTSIDE: Duration = Duration::from_secs(10);
/// So many frames of somebody who did not enter are read.
const FRAMES_OUTSIDE: u32 = 32;
/// A leg checks its path every second or so; a stream silent for so long is dead.
const IDLE: Duration = Duration::from_secs(30);

/// Accepts streams for ever.
pub(super) async fn accept(mux: Arc<Mux>, listener: Arc<TcpListener>) {
    let crowd = Arc::new(Mutex::new(HashMap::<IpAddr, usize>::new()));
    loop {
        let Ok((stream, from)) = listener.accept().await else {
            // Out of file descriptors, or the peer is gone already.
            tokio::time::sleep(AFTER_ERROR).await;
            continue;
        };
        let from = canonical(from);
        let Some(seat) = Seat::take(&crowd, from.ip()) else { continue };
        let place = Place::Tcp(mux.number(), from);
        let Some((registration, outgoing)) = Registration::new(&mux, place) else { continue };
        tokio::spawn(async move {
            let _seat = seat;
            serve(&registration, stream, outgoing).await;
        });
    }
}

/// Reads and writes one stream until it ends, is idle or talks nonsense.
async fn serve(registration: &Registration, mut stream: TcpStream, mut outgoing: mpsc::Receiver<Vec<u8>>) {
    let Registration { mux, place } = registration;
    // Voice must not wait for more of it.
    if stream.set_nodelay(true).is_err() {
        return;
    }
    let (mut reader, mut writer) = stream.split();
    let mut read = BytesMut::with_capacity(2 * LONGEST_FRAME);
    let mut deadline = Instant::now() + MAY_STAND_OUTSIDE;
    let mut patience = FRAMES_OUTSIDE;
    loop {
        tokio::select! {
            arrived = timeout_at(deadline, reader.read_buf(&mut read)) => {
                if !matches!(arrived, Ok(Ok(1..))) {
                    return;
                }
                loop {
                    match take_frame(&mut read) {
                        Ok(Some(datagram)) if mux.incoming(*place, &datagram) => deadline = Instant::now() + IDLE,
                        Ok(Some(_refused)) => patience = patience.saturating_sub(1),
                        Ok(None) => break,
                        Err(_too_long) => return,
                    }
                }
                if mux.table().knows(*place) {
                    patience = FRAMES_OUTSIDE;
                } else if patience == 0 {
                    return;
                }
            }
            frame = outgoing.recv() => {
                let Some(frame) = frame else { return };
                // A peer that reads nothing ends here, not in a growing queue.
                if !matches!(timeout_at(Instant::now() + IDLE, writer.write_all(&frame)).await, Ok(Ok(()))) {
                    return;
                }
            }
        }
    }
}

/// A stream the mux can send to; dropping it takes the stream out of every table.
struct Registration {
    mux: Arc<Mux>,
    place: Place,
}

impl Registration {
    fn new(mux: &Arc<Mux>, place: Place) -> Option<(Self, mpsc::Receiver<Vec<u8>>)> {
        let Place::Tcp(number, _from) = place else { return None };
        let mut streams = mux.streams.lock().unwrap_or_else(PoisonError::into_inner);
        if streams.len() >= STREAMS {
            return None;
        }
        let (sender, outgoing) = mpsc::channel(QUEUE);
        streams.insert(number, sender);
        drop(streams);
        Some((Self { mux: Arc::clone(mux), place }, outgoing))
    }
}

impl Drop for Registration {
    fn drop(&mut self) {
        if let Place::Tcp(number, _from) = self.place {
            self.mux.streams.lock().unwrap_or_else(PoisonError::into_inner).remove(&number);
        }
        self.mux.table().leave(self.place);
    }
}

/// One stream's share of what its address may have.
struct Seat {
    crowd: Arc<Mutex<HashMap<IpAddr, usize>>>,
    address: IpAddr,
}

impl Seat {
    fn take(crowd: &Arc<Mutex<HashMap<IpAddr, usize>>>, address: IpAddr) -> Option<Self> {
        let mut seats = crowd.lock().unwrap_or_else(PoisonError::into_inner);
        let taken = seats.entry(address).or_default();
        if *taken >= STREAMS_PER_ADDRESS {
            return None;
        }
        *taken += 1;
        drop(seats);
        Some(Self { crowd: Arc::clone(crowd), address })
    }
}

impl Drop for Seat {
    fn drop(&mut self) {
        let mut seats = self.crowd.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(taken) = seats.get_mut(&self.address) {
            *taken -= 1;
            if *taken == 0 {
                seats.remove(&self.address);
            }
        }
    }
}
