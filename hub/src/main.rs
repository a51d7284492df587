//! The hub, the one program of this repository: reads the command line and calls the part it names.

mod app;
mod assets;
mod cli;
mod client_address;
mod clock;
mod config;
mod demo;
mod doctor;
mod egress;
mod http;
mod images;
mod journal;
mod media;
mod metrics;
mod rules;
mod server;
mod sign_in;
mod sockets;
mod telemetry;
mod user_agent;
mod vault;

use std::process::ExitCode;

use clap::Parser as _;

fn main() -> ExitCode {
    cli::run(cli::Cli::parse())
}
