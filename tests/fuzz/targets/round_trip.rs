//! What both directions promise: one frame or an array of frames, the same after writing and reading again.

use std::fmt::Debug;

use serde::Serialize;
use serde::de::DeserializeOwned;

/// Decodes the text as a frame and as an array of frames.
pub fn check<F: Serialize + DeserializeOwned + PartialEq + Debug>(text: &str) {
    if let Ok(frame) = serde_json::from_str::<F>(text) {
        reads_back(&frame);
    }
    if let Ok(frames) = serde_json::from_str::<Vec<F>>(text) {
        reads_back(&frames);
    }
}

fn reads_back<F: Serialize + DeserializeOwned + PartialEq + Debug>(frame: &F) {
    let written = serde_json::to_string(frame).expect("what was read can be written");
    let again: F = serde_json::from_str(&written).expect("what was written can be read");
    assert_eq!(&again, frame);
}
