//! The hub as its own process: started, killed, stopped and started again on the same data.
//!
//! Its log is kept and printed when the test fails; the process never outlives the test.

use std::io::{BufRead as _, BufReader, Write as _};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use rustix::process::{Pid, Signal, kill_process};

use super::setup::{Setup, failures, program};
use super::{PATIENCE, web};

/// Log lines shown when a test fails.
const SHOWN_LINES: usize = 80;

/// Addresses of the running hub; another one after each start.
#[derive(Clone, Debug, Default)]
pub struct Door {
    addresses: Arc<Mutex<(String, String)>>,
}

impl Door {
    /// `http://127.0.0.1:PORT`, which is also the hub's own origin.
    pub fn http(&self) -> String {
        self.addresses.lock().unwrap().0.clone()
    }

    /// The listener for operators.
    pub fn ops(&self) -> String {
        self.addresses.lock().unwrap().1.clone()
    }

    /// Host and port without a scheme.
    pub fn host(&self) -> String {
        self.http().trim_start_matches("http://").to_owned()
    }
}

/// One hub with its data directory.
pub struct Hub {
    pub door: Door,
    data: tempfile::TempDir,
    setup: Setup,
    running: Option<Child>,
    log: Arc<Mutex<Vec<String>>>,
}

impl Hub {
    /// Starts a hub on fresh data and waits until it listens.
    pub fn start(setup: Setup) -> Self {
        let mut hub = Self::prepare(setup);
        hub.run();
        hub
    }

    /// A data directory and settings, with nothing running yet.
    pub fn prepare(setup: Setup) -> Self {
        let data = tempfile::Builder::new().prefix("hub-").tempdir().unwrap();
        Self { door: Door::default(), data, setup, running: None, log: Arc::default() }
    }

    /// Starts the process on its data and waits until it listens.
    pub fn run(&mut self) {
        assert!(self.running.is_none(), "the hub runs already");
        let (child, lines) = self.spawn();
        self.running = Some(child);
        let http = Self::announced(&lines, "listening on ");
        let ops = Self::announced(&lines, "ops on ");
        *self.door.addresses.lock().unwrap() = (http, ops);
    }

    /// Starts a process that is expected to give up, and returns how it ended and what it said.
    pub fn run_in_vain(&self) -> (ExitStatus, String) {
        let output = self.command().args(self.serve()).output().unwrap();
        (output.status, said(&output))
    }

    /// Runs another command of the program on the same data.
    pub fn tool(&self, arguments: &[&str], input: &str) -> (ExitStatus, String) {
        let mut command = self.command();
        command.args(arguments).args(["--data", self.data().to_str().unwrap()]);
        let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        // A command that wants no input may be gone before it is written.
        let _not_wanted = child.stdin.take().unwrap().write_all(input.as_bytes());
        let output = child.wait_with_output().unwrap();
        (output.status, said(&output))
    }

    /// The power goes: no handler of the process runs any more.
    pub fn kill(&mut self) {
        let mut child = self.running.take().unwrap();
        child.kill().unwrap();
        child.wait().unwrap();
    }

    /// Asks the process to stop, as systemd does, and leaves it running.
    pub fn terminate(&self) {
        kill_process(self.pid(), Signal::TERM).unwrap();
    }

    /// Waits for the end of a process that was asked to stop.
    pub fn wait(&mut self, patience: Duration) -> ExitStatus {
        let begun = Instant::now();
        let child = self.running.as_mut().unwrap();
        loop {
            if let Some(status) = child.try_wait().unwrap() {
                self.running = None;
                return status;
            }
            assert!(begun.elapsed() < patience, "still running {patience:?} after SIGTERM");
            std::thread::sleep(Duration::from_millis(20));
        }
    }

    /// Stops in order and waits for the end.
    pub fn stop(&mut self) -> ExitStatus {
        self.terminate();
        self.wait(PATIENCE)
    }

    /// The data directory.
    pub fn data(&self) -> &Path {
        self.data.path()
    }

    /// Everything the hub printed so far.
    pub fn log(&self) -> String {
        self.log.lock().unwrap().join("\n")
    }

    /// Memory of its own in KiB; pages of files, such as the mapped database, are the kernel's.
    pub fn memory_kib(&self) -> u64 {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.pid().as_raw_nonzero())).unwrap();
        let line = status.lines().find(|line| line.starts_with("RssAnon:")).unwrap();
        line.split_whitespace().nth(1).unwrap().parse().unwrap()
    }

    /// Open files and sockets of the process.
    pub fn open_files(&self) -> usize {
        std::fs::read_dir(format!("/proc/{}/fd", self.pid().as_raw_nonzero())).unwrap().count()
    }

    /// Sum of a metric over all its labels, or the one of a name with its labels; nothing when it was never counted.
    pub async fn metric(&self, name: &str) -> f64 {
        let text = web::get(&format!("{}/metrics", self.door.ops())).await.text().await.unwrap();
        web::metric(&text, name)
    }

    fn pid(&self) -> Pid {
        Pid::from_child(self.running.as_ref().unwrap())
    }

    fn command(&self) -> Command {
        let mut command = Command::new(program());
        // Nothing of the environment of the tests may change what is tested.
        command.env_clear().env("PATH", std::env::var_os("PATH").unwrap_or_default());
        command.envs(self.setup.env.iter().map(|(name, value)| (name, value)));
        command.current_dir(self.data());
        command
    }

    fn serve(&self) -> Vec<String> {
        let data = self.data().display().to_string();
        let mut arguments = vec!["serve", "--bind", "127.0.0.1:0", "--ops-bind", "127.0.0.1:0", "--data", &data];
        if self.setup.demo {
            arguments.push("--demo");
        }
        arguments.into_iter().map(str::to_owned).collect()
    }

    fn spawn(&self) -> (Child, Receiver<String>) {
        let mut command = self.command();
        command.args(self.serve()).stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn().unwrap();
        let (tell, lines) = channel();
        let printed = child.stdout.take().unwrap();
        let logged = child.stderr.take().unwrap();
        let log = Arc::clone(&self.log);
        std::thread::spawn(move || {
            for line in BufReader::new(printed).lines().map_while(Result::ok) {
                log.lock().unwrap().push(line.clone());
                // The test stops listening once the hub is up.
                let _nobody_waits = tell.send(line);
            }
        });
        let log = Arc::clone(&self.log);
        std::thread::spawn(move || {
            for line in BufReader::new(logged).lines().map_while(Result::ok) {
                log.lock().unwrap().push(line);
            }
        });
        (child, lines)
    }

    fn announced(lines: &Receiver<String>, prefix: &str) -> String {
        let begun = Instant::now();
        loop {
            let left = PATIENCE.saturating_sub(begun.elapsed());
            match lines.recv_timeout(left) {
                Ok(line) => {
                    if let Some(address) = line.strip_prefix(prefix) {
                        return address.trim().to_owned();
                    }
                }
                Err(error) => panic!("the hub never printed `{prefix}`: {error}"),
            }
        }
    }

    fn keep_log(&self) -> PathBuf {
        let name = std::thread::current().name().unwrap_or("test").replace("::", "-");
        let path = failures().join(format!("{name}-{}.log", std::process::id()));
        // Failing to keep the log must not hide the failure itself.
        let _not_kept = std::fs::write(&path, self.log());
        path
    }
}

impl Drop for Hub {
    fn drop(&mut self) {
        if let Some(mut child) = self.running.take() {
            let _gone_already = child.kill();
            let _gone_already = child.wait();
        }
        if std::thread::panicking() {
            let path = self.keep_log();
            let log = self.log.lock().unwrap();
            eprintln!("--- the hub's log, whole in {} ---", path.display());
            for line in log.iter().skip(log.len().saturating_sub(SHOWN_LINES)) {
                eprintln!("{line}");
            }
        }
    }
}

fn said(output: &std::process::Output) -> String {
    format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr))
}
