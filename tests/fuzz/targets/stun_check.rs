//! Any datagram that looks like a connectivity check: it is read or refused, and its answer is right.
#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| hub_media::fuzz::stun(bytes));
