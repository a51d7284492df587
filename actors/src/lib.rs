//! What happens live: every visitor, consultant and chat is an actor here.
//!
//! Rules are plain structs that decide; actors keep, tell and answer; ports
//! reach the world. Nothing here knows a database, a socket, a file or a clock.
//! Read `protocol`, then `chat`, `business`, `visitor`, `consultant`.

mod business;
mod call;
mod chat;
mod consultant;
mod handover;
pub mod hours;
pub mod hub;
pub mod ids;
mod kit;
pub mod moment;
mod parts;
pub mod ports;
pub mod protocol;
mod scheduler;
pub mod socket;
pub mod status;
pub mod text;
mod visitor;

pub use kit::ChaosPlan;
