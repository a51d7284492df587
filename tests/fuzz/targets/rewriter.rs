//! Any packets from any sources: a listener's stream goes on without a jump.
#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| hub_media::fuzz::rewriter(bytes));
