//! How many files and sockets the system lets the hub have open.

use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};
use tracing::warn;

/// Below this a busy evening runs out: each visitor is one.
const COMFORTABLE: u64 = 65_536;

/// Raises the soft limit to the hard one, and says so when that is little.
pub(super) fn raise() {
    let limit = getrlimit(Resource::Nofile);
    let raised = Rlimit { current: limit.maximum, maximum: limit.maximum };
    if let Err(error) = setrlimit(Resource::Nofile, raised) {
        warn!(%error, "cannot raise the limit of open files");
    }
    let Some(most) = getrlimit(Resource::Nofile).current else { return };
    metrics::gauge!("open_files_limit").set(f64::from(u32::try_from(most).unwrap_or(u32::MAX)));
    if most < COMFORTABLE {
        warn!(limit = most, advised = COMFORTABLE, "few files may be open, and each visitor is one; raise LimitNOFILE");
    }
}
