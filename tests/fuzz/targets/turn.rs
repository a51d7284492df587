//! Anything that clients and the media may send to the relay: it leads to the hub's own media only.
#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| hub_media::fuzz::turn(bytes));
