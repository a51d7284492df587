//! How a hub is to be started: storage, limits, demo or empty.

use std::path::PathBuf;

/// Password of every account the tests know; also a canary that must never reach a log.
pub const PASSWORD: &str = "canary-Rye7-loaf-Kettle-42";

/// What a hub is started with.
#[derive(Clone, Debug)]
pub struct Setup {
    pub env: Vec<(String, String)>,
    pub demo: bool,
}

impl Setup {
    /// A demo business on SQLite, with limits high enough not to be the subject of the test.
    pub fn roomy() -> Self {
        Self::strict()
            .env("HUB_LIMITS__MESSAGES_PER_SECOND", "100000")
            .env("HUB_LIMITS__BURST", "100000")
            .env("HUB_LIMITS__SOCKETS_PER_PREFIX", "10000")
            .env("HUB_LIMITS__SOCKETS_PER_VISITOR", "100")
            .env("HUB_LIMITS__SOCKETS_PER_CONSULTANT", "100")
            .env("HUB_LIMITS__CHATS_PER_MINUTE_PER_PREFIX", "100000")
            .env("HUB_LIMITS__CHATS_PER_MINUTE_PER_PACKAGE", "100000")
            .env("HUB_LIMITS__SIGN_INS_PER_PREFIX", "10000")
            .env("HUB_LIMITS__SIGN_INS_PER_ACCOUNT", "10000")
            .env("HUB_CHAT__WAITING_PER_PACKAGE", "10000")
            .env("HUB_DRAIN__SPREAD_MS", "200")
    }

    /// A demo business on SQLite with the limits everybody gets.
    pub fn strict() -> Self {
        Self { env: Vec::new(), demo: true }.env("HUB_DEMO_PASSWORD", PASSWORD)
    }

    /// The first start of a hub without any account.
    pub fn empty() -> Self {
        Self { env: Vec::new(), demo: false }
    }

    /// Sets one more variable of the environment.
    #[must_use]
    pub fn env(mut self, name: &str, value: &str) -> Self {
        self.env.retain(|(known, _)| known != name);
        self.env.push((name.to_owned(), value.to_owned()));
        self
    }

    /// Keeps everything in this PostgreSQL database instead of SQLite.
    #[must_use]
    pub fn postgres(self, url: &str) -> Self {
        self.env("HUB_STORAGE__URL", url)
    }
}

/// The program under test: `HUB_PROGRAM`, or the one beside the directory of the test executable.
pub fn program() -> PathBuf {
    if let Some(chosen) = std::env::var_os("HUB_PROGRAM") {
        return chosen.into();
    }
    let test = std::env::current_exe().unwrap();
    let hub = test.parent().and_then(std::path::Path::parent).unwrap().join("hub");
    assert!(
        hub.is_file(),
        "{} is missing: build it with `cargo build -p hub --features chaos` or run `make test`",
        hub.display()
    );
    hub
}

/// Where histories and logs of failed tests are kept.
pub fn failures() -> PathBuf {
    let test = std::env::current_exe().unwrap();
    let target = test.ancestors().nth(3).unwrap();
    let folder = target.join("failures");
    std::fs::create_dir_all(&folder).unwrap();
    folder
}
