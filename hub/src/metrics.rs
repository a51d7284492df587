//! Numbers for Prometheus: the recorder, and what describes this build.

use std::time::Duration;

use anyhow::Context as _;
use metrics::{Unit, describe_counter, describe_gauge, describe_histogram};
use metrics_exporter_prometheus::{Matcher, PrometheusBuilder, PrometheusHandle};

/// How often histograms are drained, so that they stay small when nobody scrapes.
const UPKEEP: Duration = Duration::from_secs(5);
/// From a fast answer to one everybody notices, in seconds.
const BUCKETS: &[f64] = &[0.000_5, 0.001, 0.002_5, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0];

/// Starts recording; the handle renders the page.
pub(crate) fn start() -> anyhow::Result<PrometheusHandle> {
    let handle = PrometheusBuilder::new()
        .set_buckets_for_metric(Matcher::Suffix("_seconds".to_owned()), BUCKETS)
        .and_then(PrometheusBuilder::install_recorder)
        .context("cannot start the metrics")?;
    describe_gauge!("build_info", "Constant 1, labelled with the version of the hub.");
    describe_gauge!("actors", "Living actors by kind; those nobody needs leave memory.");
    describe_gauge!("calls", "Calls that are not over.");
    describe_counter!("calls_ended_total", "Calls that are over, by reason.");
    describe_histogram!("call_setup_seconds", Unit::Seconds, "Time from the answer until both hear each other.");
    describe_counter!("http_requests_total", "Answered requests by method, route and status.");
    describe_histogram!("http_request_seconds", Unit::Seconds, "Time from request to answer.");
    describe_counter!("limit_hit_total", "Refusals by the limit that was reached.");
    describe_counter!("sign_in_total", "Attempts to sign in by outcome.");
    describe_counter!("plugin_questions_total", "Questions to plugins and rule tables by outcome.");
    describe_histogram!("plugin_decision_seconds", Unit::Seconds, "Time from a question to the answer of all plugins.");
    describe_counter!("plugin_decisions_lost_total", "Decisions that could not be put on record.");
    describe_counter!("panics_total", "Parts of the hub that fell and were caught.");
    metrics::gauge!("build_info", "version" => env!("CARGO_PKG_VERSION"), "profile" => profile()).set(1.0);
    let upkeep = handle.clone();
    std::thread::Builder::new()
        .name("metrics".to_owned())
        .spawn(move || {
            loop {
                std::thread::sleep(UPKEEP);
                upkeep.run_upkeep();
            }
        })
        .context("cannot start the metrics")?;
    Ok(handle)
}

const fn profile() -> &'static str {
    if cfg!(debug_assertions) { "debug" } else { "release" }
}
