//! Any bytes of a TCP connection that carries voice: they are cut into the datagrams they were made of.
#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| hub_media::fuzz::framing(bytes));
