//! What each hook looks like to the hub's encoder, as bytes; written by `build.rs`.

include!(concat!(env!("OUT_DIR"), "/sections.rs"));
