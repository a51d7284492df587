//! A PostgreSQL of our own for tests: one server for all test processes of a run, one database per test.
//!
//! A watchdog owns the server. It stops it, and removes its files, two seconds
//! after the last test process is gone, however that ended: each process holds
//! a shared lock on one file, and the system lets go of it with the process.

use std::fs::{self, File, OpenOptions};
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio, id};
use std::sync::OnceLock;
use std::sync::atomic::{AtomicU32, Ordering};

/// Where Debian puts the programs of each version.
const DEBIAN: &str = "/usr/lib/postgresql";
/// The server's superuser; nobody needs a password on the loopback address.
const ROLE: &str = "hub";

/// Makes the server's files, runs it, and waits for the end of the tests.
///
/// `pdeathsig` stops the server even when this shell is killed. Nothing here
/// is worth keeping over a power cut, so nothing is synced.
const WATCHDOG: &str = r#"
bin=$1 home=$2 port=$3 runs=$4 server=$5 as=$6
$as "$bin/initdb" -D "$home/data" -U hub -A trust -E UTF8 --no-locale -N --wal-segsize=4 >&2 || exit 1
$as openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 2 -subj /CN=localhost \
    -addext subjectAltName=IP:127.0.0.1 -addext basicConstraints=critical,CA:FALSE \
    -keyout "$home/server.key" -out "$home/server.crt" >&2 || exit 1
$as "$bin/postgres" -D "$home/data" -k "$home" -h 127.0.0.1 -p "$port" -F \
    -c ssl=on -c ssl_cert_file="$home/server.crt" -c ssl_key_file="$home/server.key" \
    -c max_connections=300 -c shared_buffers=32MB -c min_wal_size=8MB >&2 &
pid=$!
until "$bin/pg_isready" -q -h 127.0.0.1 -p "$port" -U hub -d postgres >&2; do
    kill -0 "$pid" || exit 1
    sleep 0.05
done
echo "$port" > "$server"
echo ready
exec >&2 9<"$runs"
while :; do
    flock -x 9
    flock -u 9
    sleep 2
    flock -n -x 9 && break
done
rm -f "$server"
kill -INT "$pid"
wait "$pid"
rm -rf "$home"
"#;

/// A database of one test; dropped with this value.
#[derive(Debug)]
pub(crate) struct Database {
    /// Where it is, as the hub takes it.
    pub(crate) url: String,
    name: String,
    port: u16,
}

impl Database {
    /// Makes an empty database, and starts the server when no other test has.
    pub(crate) fn fresh() -> Self {
        static MADE: AtomicU32 = AtomicU32::new(0);
        static SERVER: OnceLock<(u16, File)> = OnceLock::new();
        let (port, _held) = SERVER.get_or_init(server);
        let name = format!("test_{}_{}", id(), MADE.fetch_add(1, Ordering::Relaxed));
        psql(&url(*port, "postgres"), &format!("CREATE DATABASE {name} TEMPLATE template0"));
        Self { url: url(*port, &name), name, port: *port }
    }
}

impl Drop for Database {
    fn drop(&mut self) {
        psql(&url(self.port, "postgres"), &format!("DROP DATABASE IF EXISTS {} WITH (FORCE)", self.name));
    }
}

fn url(port: u16, database: &str) -> String {
    format!("postgres://{ROLE}@127.0.0.1:{port}/{database}")
}

/// Runs SQL in a database and gives what it printed, without decoration.
pub(crate) fn psql(url: &str, sql: &str) -> String {
    run("psql", &["-X", "-q", "-A", "-t", "-v", "ON_ERROR_STOP=1", "-d", url, "-c", sql])
}

/// Runs one of PostgreSQL's programs and gives what it printed.
pub(crate) fn run(program: &str, arguments: &[&str]) -> String {
    finish(Command::new(programs().join(program)).args(arguments))
}

fn finish(command: &mut Command) -> String {
    let output = command.stdin(Stdio::null()).output().expect("cannot run a program");
    assert!(output.status.success(), "{command:?}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8_lossy(&output.stdout).into_owned()
}

/// The folder of the newest installed version's programs.
fn programs() -> PathBuf {
    let versions = fs::read_dir(DEBIAN).into_iter().flatten().flatten();
    let numbered = versions.filter_map(|entry| Some((entry.file_name().to_str()?.parse::<u32>().ok()?, entry.path())));
    let installed = numbered.filter(|(_, folder)| folder.join("bin/initdb").exists());
    let (_, newest) =
        installed.max().expect("PostgreSQL is missing and these tests need it: apt-get install postgresql");
    newest.join("bin")
}

/// Finds the server of this run, or starts it; the file keeps it alive as long as this process.
fn server() -> (u16, File) {
    let program = std::env::current_exe().expect("a running program has a path");
    let control = program.parent().expect("a program is in a folder").join("postgres");
    fs::create_dir_all(&control).expect("cannot make a folder in target");
    let runs = open(&control.join("runs"));
    runs.lock_shared().expect("cannot lock");
    let starting = open(&control.join("starting"));
    starting.lock().expect("cannot lock");
    let address = control.join("server");
    let running = fs::read_to_string(&address).ok().and_then(|port| port.trim().parse().ok());
    let port = running.filter(|port| answers(*port)).unwrap_or_else(|| start(&control, &address));
    (port, runs)
}

fn open(path: &Path) -> File {
    OpenOptions::new().append(true).create(true).open(path).expect("cannot make a file in target")
}

/// A file of a server that was killed is left behind, so it is asked.
fn answers(port: u16) -> bool {
    let ready =
        Command::new(programs().join("pg_isready")).args(["-q", "-h", "127.0.0.1", "-p", &port.to_string()]).status();
    ready.is_ok_and(|status| status.success())
}

fn start(control: &Path, address: &Path) -> u16 {
    let home = std::env::temp_dir().join(format!("hub-test-postgres-{}", id()));
    // Of an earlier process with this number, whose watchdog was killed too.
    let _ = fs::remove_dir_all(&home);
    fs::create_dir(&home).expect("cannot make a temporary folder");
    let log = control.join("log");
    let errors = File::create(&log).expect("cannot make a file in target");
    let port =
        TcpListener::bind("127.0.0.1:0").and_then(|listener| listener.local_addr()).expect("no free port").port();
    let started = Command::new("setsid")
        .args(["--fork", "sh", "-c", WATCHDOG, "sh"])
        .args([&programs(), &home])
        .arg(port.to_string())
        .args([&control.join("runs"), address])
        .arg(unprivileged(&home))
        .current_dir("/")
        .stdin(Stdio::null())
        .stderr(errors)
        .output()
        .expect("cannot run setsid");
    let said = fs::read_to_string(&log).unwrap_or_default();
    assert!(started.stdout.starts_with(b"ready"), "PostgreSQL does not start:\n{said}");
    port
}

/// The command that gives up root, which PostgreSQL refuses to run as.
fn unprivileged(home: &Path) -> &'static str {
    let is_root = finish(Command::new("id").arg("-u")).trim() == "0";
    if !is_root {
        return "setpriv --pdeathsig INT";
    }
    finish(Command::new("chown").arg("postgres:postgres").arg(home));
    "setpriv --reuid=postgres --regid=postgres --init-groups --pdeathsig INT"
}
