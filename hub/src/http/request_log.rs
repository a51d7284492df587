//! One log line per request, of an allow-list: never a query, a body, a token or a whole address.

use std::time::Instant;

use actix_web::body::MessageBody;
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::header::{HeaderName, HeaderValue};
use actix_web::middleware::Next;
use tracing::{debug, info};

use super::State;

const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");
/// What a route is called when nothing matched; the path itself may hold anything.
const NO_ROUTE: &str = "none";

/// Names the request, answers it and writes the line.
pub(super) async fn log(
    request: ServiceRequest,
    next: Next<impl MessageBody>,
) -> Result<ServiceResponse<impl MessageBody>, actix_web::Error> {
    let started = Instant::now();
    let id = format!("{:08x}{:08x}", actors::ids::random_bits(), actors::ids::random_bits());
    let method = request.method().clone();
    let ip = request.app_data::<actix_web::web::Data<State>>().map(|state| state.network_of(request.request()));
    let mut answer = next.call(request).await?;
    if let Ok(value) = HeaderValue::from_str(&id) {
        answer.headers_mut().insert(REQUEST_ID, value);
    }
    let route = answer.request().match_pattern().filter(|_| answer.status() != 404);
    let route = route.as_deref().filter(|route| !route.is_empty()).unwrap_or(NO_ROUTE).to_owned();
    let status = answer.status().as_u16();
    let took = started.elapsed();
    let ms = u64::try_from(took.as_millis()).unwrap_or(u64::MAX);
    let ip = ip.unwrap_or_default();
    if status >= 400 {
        info!(%method, route, status, ms, ip, request = id, "answered");
    } else {
        debug!(%method, route, status, ms, ip, request = id, "answered");
    }
    let status = status.to_string();
    metrics::counter!("http_requests_total", "method" => known(&method), "route" => route.clone(), "status" => status)
        .increment(1);
    metrics::histogram!("http_request_seconds", "route" => route).record(took.as_secs_f64());
    Ok(answer)
}

/// A label must not grow with what strangers send.
const fn known(method: &actix_web::http::Method) -> &'static str {
    use actix_web::http::Method;
    match *method {
        Method::GET => "GET",
        Method::HEAD => "HEAD",
        Method::POST => "POST",
        Method::PUT => "PUT",
        Method::PATCH => "PATCH",
        Method::DELETE => "DELETE",
        _ => "other",
    }
}
