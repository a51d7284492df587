//! Is the hub alive, and may it be sent work? And its numbers.
//!
//! `/healthz` answers on the main listener; everything else only on the listener
//! for operators, because it tells how the hub is doing.

use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use actix_web::HttpResponse;
use actix_web::http::header::CONTENT_TYPE;
use actix_web::web::{self, Data, ServiceConfig};
use actors::hub::Hub;
use hub_store::Store;
use metrics_exporter_prometheus::PrometheusHandle;

/// A storage that takes longer to write one row cannot serve chats.
const PROBE_TIMEOUT: Duration = Duration::from_secs(2);
const PROMETHEUS: &str = "text/plain; version=0.0.4; charset=utf-8";
const TEXT: &str = "text/plain; charset=utf-8";

/// What the operators' listener needs.
pub(crate) struct Ops {
    pub hub: Hub,
    pub store: Store,
    pub numbers: PrometheusHandle,
    pub is_draining: AtomicBool,
}

impl Ops {
    /// From now on nobody should send work here.
    pub(crate) fn begin_drain(&self) {
        self.is_draining.store(true, Ordering::Release);
    }

    async fn trouble(&self) -> Option<&'static str> {
        if self.is_draining.load(Ordering::Acquire) {
            return Some("draining\n");
        }
        match tokio::time::timeout(PROBE_TIMEOUT, self.store.probe()).await {
            Ok(Ok(())) => None,
            Ok(Err(_)) => Some("the storage does not take writes\n"),
            Err(_) => Some("the storage is too slow\n"),
        }
    }
}

/// The addresses of the operators' listener.
pub(crate) fn configure_ops(config: &mut ServiceConfig) {
    config
        .route("/livez", web::get().to(answers))
        .route("/readyz", web::get().to(is_ready))
        .route("/metrics", web::get().to(numbers));
}

/// The process answers.
pub(super) async fn answers() -> HttpResponse {
    HttpResponse::Ok().insert_header((CONTENT_TYPE, TEXT)).body("ok\n")
}

async fn is_ready(ops: Data<Ops>) -> HttpResponse {
    match ops.trouble().await {
        None => answers().await,
        Some(why) => HttpResponse::ServiceUnavailable().insert_header((CONTENT_TYPE, TEXT)).body(why),
    }
}

async fn numbers(ops: Data<Ops>) -> HttpResponse {
    for (kind, living) in ops.hub.population() {
        metrics::gauge!("actors", "kind" => kind).set(f64::from(u32::try_from(living).unwrap_or(u32::MAX)));
    }
    HttpResponse::Ok().insert_header((CONTENT_TYPE, PROMETHEUS)).body(ops.numbers.render())
}
