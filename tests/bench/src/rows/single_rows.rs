//! PostgreSQL's own pgbench as the peer of the durable path: one row for each
//! commit from 32 clients, at a fixed rate and as fast as it goes.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use anyhow::{Context as _, Result, bail};

use crate::histogram::Histogram;
use crate::table::{Table, millis, progress};

const SECONDS: &str = "5";
const CLIENTS: &str = "32";
const SCRIPT: &str = "INSERT INTO messages (chat, body) VALUES (1, repeat('x', 150));\n";

pub(crate) fn measure() -> Result<Table> {
    let mut table = Table::new(
        "Durable single rows, PostgreSQL's pgbench with 32 clients",
        &["offered per second", "committed per second", "latency p50 / p99 ms"],
    );
    let Some(programs) = programs() else {
        progress("single rows: PostgreSQL is not installed");
        return Ok(table);
    };
    progress("single rows: pgbench");
    let folder = std::env::current_exe()?.with_file_name("bench-postgres");
    let database = Database::start(programs, folder)?;
    for rate in ["1000", "5000", ""] {
        let (committed, latency) = database.bench(rate)?;
        table.add(vec![if rate.is_empty() { "as many as it takes".into() } else { rate.into() }, committed, latency]);
    }
    Ok(table)
}

/// Newest installed server programs, where Debian puts them.
fn programs() -> Option<PathBuf> {
    let mut versions: Vec<PathBuf> =
        fs::read_dir("/usr/lib/postgresql").ok()?.filter_map(|entry| Some(entry.ok()?.path().join("bin"))).collect();
    versions.retain(|bin| bin.join("pgbench").exists());
    versions.sort();
    versions.pop()
}

/// A server of its own on a socket in its folder, with the durability of a default installation.
struct Database {
    programs: PathBuf,
    folder: PathBuf,
}

impl Database {
    fn start(programs: PathBuf, folder: PathBuf) -> Result<Self> {
        if folder.exists() {
            fs::remove_dir_all(&folder)?;
        }
        fs::create_dir_all(&folder)?;
        let database = Self { programs, folder };
        fs::write(database.folder.join("insert.sql"), SCRIPT)?;
        run(Command::new("chown").args(["-R", "postgres"]).arg(&database.folder))?;
        let data = database.folder.join("data");
        run(database.command("initdb").args(["--auth=trust", "--no-sync", "-D"]).arg(&data))?;
        let options = format!("-c listen_addresses= -k {}", database.folder.display());
        run(database
            .command("pg_ctl")
            .args(["-w", "-l"])
            .arg(database.folder.join("log"))
            .arg("-o")
            .arg(options)
            .arg("-D")
            .arg(&data)
            .arg("start"))?;
        let create = "CREATE TABLE messages (id bigserial PRIMARY KEY, chat bigint, body text)";
        run(database.client("psql").args(["-q", "-c", create, "postgres"]))?;
        Ok(database)
    }

    /// Committed per second, and latency from the scheduled time as its log has it.
    fn bench(&self, rate: &str) -> Result<(String, String)> {
        let mut command = self.client("pgbench");
        command.args(["-n", "-l", "-c", CLIENTS, "-j", "2", "-T", SECONDS, "-f"]).arg(self.folder.join("insert.sql"));
        if !rate.is_empty() {
            command.args(["-R", rate]);
        }
        let output = command.arg("postgres").output()?;
        let text = String::from_utf8_lossy(&output.stdout);
        let committed = text.lines().find_map(|line| line.strip_prefix("tps = ")).context("pgbench counted nothing")?;
        let committed = committed.split('.').next().unwrap_or_default().to_owned();
        let latency = self.logged()?;
        Ok((committed, format!("{} / {}", millis(latency.quantile(0.5)), millis(latency.quantile(0.99)))))
    }

    /// Reads and removes the logs: client, number, microseconds, …
    fn logged(&self) -> Result<Histogram> {
        let mut latency = Histogram::new();
        for entry in fs::read_dir(&self.folder)? {
            let entry = entry?;
            if !entry.file_name().to_string_lossy().starts_with("pgbench_log.") {
                continue;
            }
            for line in fs::read_to_string(entry.path())?.lines() {
                let micros: u64 = line.split(' ').nth(2).context("an unknown form of log")?.parse()?;
                latency.add(micros * 1_000);
            }
            fs::remove_file(entry.path())?;
        }
        Ok(latency)
    }

    fn client(&self, program: &str) -> Command {
        let mut command = self.command(program);
        command.arg("-h").arg(&self.folder).args(["-U", "postgres"]);
        command
    }

    /// PostgreSQL refuses to run as root.
    fn command(&self, program: &str) -> Command {
        let mut command = Command::new("setpriv");
        command.args(["--reuid=postgres", "--regid=postgres", "--clear-groups"]).arg(self.programs.join(program));
        command.current_dir(&self.folder).stdin(Stdio::null());
        command
    }
}

impl Drop for Database {
    fn drop(&mut self) {
        let data: &Path = &self.folder.join("data");
        // Nothing can be done about what is gone already.
        let _gone = run(self.command("pg_ctl").args(["-m", "immediate", "stop", "-D"]).arg(data));
        let _gone = fs::remove_dir_all(&self.folder);
    }
}

fn run(command: &mut Command) -> Result<()> {
    let output = command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).status()?;
    if !output.success() {
        bail!("{} failed", command.get_args().next().context("no program")?.to_string_lossy());
    }
    Ok(())
}
