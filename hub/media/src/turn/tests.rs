//! The relay, as clients and the media see it.

mod abuse;
mod allocations;
mod client;
mod data;
mod messages;
mod meters;
mod permissions;
mod sockets;
