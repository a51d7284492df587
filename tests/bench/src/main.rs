//! The load generator: measures the hub and its peers on this machine, in one
//! run, and prints tables. It judges nothing and fails no build.

mod clock;
mod crowd;
mod frame;
mod histogram;
mod http;
mod load;
mod machine;
mod people;
mod rows;
mod scene;
mod server;
mod table;
mod talk;
mod voice;

use anyhow::Result;
use clap::{Parser, ValueEnum};

use server::Kind;
use table::Table;

/// Sockets of one process below the usual hard limit of open files.
const OTHER_FILES: usize = 500;

/// Measures the hub beside its peers.
#[derive(Parser)]
struct Arguments {
    /// Measure only these tables.
    #[arg(long, value_enum, value_delimiter = ',')]
    only: Vec<Row>,
    /// Measure only these servers.
    #[arg(long, value_enum, value_delimiter = ',')]
    server: Vec<Kind>,
    /// Idle visitors.
    #[arg(long, default_value_t = 10_000)]
    idle: usize,
    /// Visitors with a chat.
    #[arg(long, default_value_t = 5_000)]
    talking: usize,
    /// Consultants who answer them.
    #[arg(long, default_value_t = 50)]
    desks: usize,
    /// Visitors who come back after the hub was killed.
    #[arg(long, default_value_t = 19_000)]
    returning: usize,
    /// Calls at once, for each row of the table of calls.
    #[arg(long, value_delimiter = ',', default_values_t = [20, 50, 100])]
    calls: Vec<usize>,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Row {
    Idle,
    Chat,
    SingleRows,
    Stalled,
    Restart,
    Calls,
}

fn main() -> Result<()> {
    let arguments = Arguments::parse();
    let files = machine::raise_open_files()?;
    let most = files.saturating_sub(OTHER_FILES);
    machine::print()?;
    let rows = [Row::Idle, Row::Chat, Row::SingleRows, Row::Stalled, Row::Restart, Row::Calls];
    for row in rows.into_iter().filter(|row| arguments.only.is_empty() || arguments.only.contains(row)) {
        match measure(row, &arguments, most) {
            Ok(table) => table.print()?,
            // One server that cannot be measured must not hide the others.
            Err(error) => table::progress(&format!("not measured: {error:#}")),
        }
    }
    Ok(())
}

fn measure(row: Row, arguments: &Arguments, most: usize) -> Result<Table> {
    let is_wanted = |kind: &Kind| arguments.server.is_empty() || arguments.server.contains(kind);
    let wanted = Kind::value_variants().iter().copied().filter(is_wanted);
    let (kinds, exchanges): (Vec<Kind>, Vec<Kind>) = match row {
        Row::Calls => (Vec::new(), wanted.filter(|kind| kind.carries_calls()).collect()),
        _ => (wanted.filter(|kind| kind.carries_chats()).collect(), Vec::new()),
    };
    match row {
        Row::Idle => rows::idle::measure(&kinds, arguments.idle.min(most)),
        Row::Chat => rows::chat::measure(&kinds, arguments.talking.min(most), arguments.desks),
        Row::SingleRows => rows::single_rows::measure(),
        Row::Stalled => rows::stalled::measure(&kinds),
        Row::Restart => rows::restart::measure(arguments.returning.min(most)),
        Row::Calls => rows::calls::measure(&exchanges, &arguments.calls),
    }
}
