//! The machine of a measurement, and what it lets one process do.

use std::fs;
use std::io::Write as _;
use std::process::Command;

use anyhow::{Context as _, Result};
use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};

/// Raises the limit of open files as far as it goes, for this process and the servers it starts.
pub(crate) fn raise_open_files() -> Result<usize> {
    let limit = getrlimit(Resource::Nofile);
    setrlimit(Resource::Nofile, Rlimit { current: limit.maximum, maximum: limit.maximum })
        .context("cannot raise the limit of open files")?;
    Ok(usize::try_from(limit.maximum.unwrap_or(u64::MAX)).unwrap_or(usize::MAX))
}

/// Prints machine, date and load, without which no number means anything.
pub(crate) fn print() -> Result<()> {
    let cpu = fs::read_to_string("/proc/cpuinfo")?;
    let model = cpu.lines().find_map(|line| line.strip_prefix("model name")).unwrap_or_default();
    let cores = std::thread::available_parallelism()?;
    let load = fs::read_to_string("/proc/loadavg")?;
    let load = load.split(' ').next().unwrap_or_default();
    writeln!(
        std::io::stdout(),
        "{}; {cores} cores ({}), shared by server and generator; {}; Node.js {}; load average at the start {load}.",
        said("date", &["-u", "+%Y-%m-%d %H:%M UTC"]),
        model.trim_start_matches([':', ' ', '\t']),
        said("uname", &["-sr"]),
        said("node", &["--version"]),
    )?;
    Ok(())
}

fn said(program: &str, arguments: &[&str]) -> String {
    let output = Command::new(program).args(arguments).output();
    output.map_or_else(|_| "unknown".into(), |output| String::from_utf8_lossy(&output.stdout).trim().to_owned())
}
