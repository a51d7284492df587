//! Pictures people give us: the content decides what they are, limits what they may cost.
//!
//! What is kept is never what was sent: each picture is decoded, turned upright,
//! made to fit and encoded afresh, so that nothing hidden in a file survives.

mod decode;
mod jpeg;
mod kind;
mod name;
mod png;
mod shrink;
mod uploads;

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use actors::ids::AccountId;
use hub_store::ImageFormat;
use serde::Deserialize;
use sha2::{Digest as _, Sha256};
use thiserror::Error;
use tokio::sync::Semaphore;
use utoipa::ToSchema;

use crate::egress::{Egress, EgressError};
pub(crate) use name::Name;
use uploads::Uploads;

/// Biggest file that is read; a photo of a good camera has about as much.
pub(crate) const MOST_BYTES: usize = 5 * 1024 * 1024;

/// Decoders at once: each may take 80 MiB and a processor.
const DECODERS: usize = 2;
/// Pictures that wait for a decoder, each with its file in memory.
const LINE: usize = 8;
/// A picture that passed the checks takes well below a second; after this the machine has too much to do.
const BUDGET: Duration = Duration::from_secs(5);

/// What a picture is for, which decides its size.
#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Eq, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Fit {
    /// At most 300 × 100 pixels.
    Logo,
    /// At most 150 × 150 pixels.
    Photo,
}

impl Fit {
    /// Most pixels across and down.
    const fn most(self) -> (u32, u32) {
        match self {
            Self::Logo => (300, 100),
            Self::Photo => (150, 150),
        }
    }
}

/// A picture as it is kept: upright, small, with nothing in it but pixels.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Picture {
    pub digest: [u8; 32],
    pub format: ImageFormat,
    pub width: u32,
    pub height: u32,
    pub bytes: Vec<u8>,
}

impl Picture {
    fn new(format: ImageFormat, (width, height): (u32, u32), bytes: Vec<u8>) -> Self {
        Self { digest: Sha256::digest(&bytes).into(), format, width, height, bytes }
    }
}

/// Why a picture is not taken.
#[derive(Clone, Copy, Debug, Error, PartialEq, Eq)]
pub(crate) enum ImageError {
    #[error("this is not a PNG, JPEG or GIF picture")]
    Unknown,
    #[error("the picture has more than 5 MiB")]
    TooBig,
    #[error("the picture has too many pixels")]
    TooManyPixels,
    #[error("the picture is damaged")]
    Broken,
    #[error("too many pictures are being read")]
    Busy,
    #[error("the address {0}")]
    Fetch(EgressError),
}

impl From<EgressError> for ImageError {
    fn from(error: EgressError) -> Self {
        match error {
            EgressError::TooBig => Self::TooBig,
            EgressError::Busy => Self::Busy,
            other => Self::Fetch(other),
        }
    }
}

/// Takes pictures in; one for the whole hub.
pub(crate) struct Images {
    egress: Egress,
    uploads: Uploads,
    line: Arc<Semaphore>,
    decoders: Arc<Semaphore>,
    budget: Duration,
}

impl Images {
    /// Fetches from public addresses and from `allowed` ones; takes so many pictures an hour of one account.
    pub(crate) fn new(allowed: Vec<SocketAddr>, per_hour: u32) -> anyhow::Result<Self> {
        Ok(Self {
            egress: Egress::new(allowed)?,
            uploads: Uploads::new(per_hour),
            line: Arc::new(Semaphore::new(DECODERS + LINE)),
            decoders: Arc::new(Semaphore::new(DECODERS)),
            budget: BUDGET,
        })
    }

    /// Counts a picture of an account; the error says when the next one makes sense.
    pub(crate) fn count(&self, account: AccountId) -> Result<(), Duration> {
        self.uploads.count(account)
    }

    /// Makes a picture out of a file, whatever its name says it is.
    pub(crate) async fn accept(&self, bytes: Vec<u8>, fit: Fit) -> Result<Picture, ImageError> {
        if bytes.len() > MOST_BYTES {
            return Err(ImageError::TooBig);
        }
        let place = Arc::clone(&self.line).try_acquire_owned().map_err(|_full| ImageError::Busy)?;
        let decoders = Arc::clone(&self.decoders);
        let work = async move {
            let decoder = decoders.acquire_owned().await.map_err(|_closed| ImageError::Busy)?;
            let made = tokio::task::spawn_blocking(move || {
                // Nobody can stop this thread: both places are free again when it is done, not when we gave up.
                let _places = (place, decoder);
                decode::picture(&bytes, fit)
            });
            // A panic of a decoder costs this one picture.
            made.await.unwrap_or(Err(ImageError::Broken))
        };
        tokio::time::timeout(self.budget, work).await.unwrap_or(Err(ImageError::Busy))
    }

    /// The same for a file that lies at `url`.
    pub(crate) async fn fetch(&self, url: &str, fit: Fit) -> Result<Picture, ImageError> {
        let bytes = self.egress.get(url, MOST_BYTES).await?;
        self.accept(bytes, fit).await
    }
}

#[cfg(test)]
mod tests;
