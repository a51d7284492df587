//! The description of the HTTP interface, made from the handlers themselves (`OpenAPI` 3.1).
//!
//! A handler names its success and what is special about it; what can happen
//! at any address of its kind is added here.

#[cfg(test)]
mod tests;

use std::sync::LazyLock;

use actix_web::HttpResponse;
use actix_web::http::header;
use utoipa::openapi::path::{Operation, ParameterIn};
use utoipa::openapi::security::{ApiKey, ApiKeyValue, HttpAuthScheme, HttpBuilder, SecurityScheme};
use utoipa::openapi::{ContentBuilder, OpenApi, Ref, RefOr, Response, SecurityRequirement};
use utoipa::{Modify, OpenApi as _};

use super::error::Problem;
use super::plugins::{FieldProblem, calendar, decisions, tables, trial, upload};
use super::team::access;
use super::{
    accounts, audit, calls, chats, devices, images, links, messages, orders, packages, plugins, profile, second_factor,
    setup, team, visitor_orders,
};
use crate::images::Fit;

/// Addresses nobody has to be signed in for.
const PUBLIC: [&str; 6] =
    ["/v1/sign-in", "/v1/sign-out", "/v1/setup", "/v1/links/", "/v1/visitor/", "/v1/openapi.json"];
/// Addresses that show a visitor's own chats; the token comes from `welcome` of the socket.
const OF_A_VISITOR: &str = "/v1/visitor/chats/";
/// What only owners may ask.
const OF_OWNERS: [&str; 5] = ["/v1/packages", "/v1/plugins", "/v1/decisions", "/v1/accounts", "/v1/audit"];

const SIGN_IN: &str = "sign_in";
const VISITOR: &str = "visitor";
const PROBLEM: &str = "application/problem+json";

/// The document, made once.
static DOCUMENT: LazyLock<String> = LazyLock::new(|| Api::openapi().to_json().unwrap_or_default());

#[derive(utoipa::OpenApi)]
#[openapi(
    info(
        title = "Click2CallMe",
        version = "1",
        description = "Everything the admin, the call page and the chat ask over HTTP. Times are milliseconds since \
                       1970-01-01 UTC. Writes are JSON and come from a page of the hub."
    ),
    components(schemas(Problem<'static>, FieldProblem, Fit)),
    modifiers(&Common),
    paths(
        accounts::sign_in, accounts::sign_out, accounts::me, accounts::ticket, setup::set_up,
        profile::change_me, profile::change_password, devices::list, devices::sign_out,
        second_factor::begin, second_factor::confirm, second_factor::remove, second_factor::new_recovery_codes,
        links::look, links::use_up,
        team::list, team::add, team::order, team::change, team::delete,
        access::link, access::sign_out, access::reset_second_factor, audit::list,
        images::upload, images::from_url,
        packages::list, packages::create, packages::read, packages::save, packages::delete, packages::copy,
        packages::versions::list, packages::versions::read, packages::versions::restore,
        packages::extras::preview, packages::extras::hours, packages::extras::call_page_qr,
        packages::extras::identity_secret, packages::extras::renew_identity_secret,
        plugins::list, upload::upload, tables::create, plugins::read, plugins::change, plugins::life, tables::save,
        plugins::try_now, plugins::delete, plugins::order, calendar::calendar, trial::replay, trial::play,
        decisions::list, decisions::read,
        calls::list, orders::list, orders::change, messages::list, messages::change,
        chats::events, chats::previous, chats::visitor_events,
        visitor_orders::half_hours, visitor_orders::order, visitor_orders::message,
        document,
    )
)]
struct Api;

/// `GET /v1/openapi.json`
#[utoipa::path(get, path = "/v1/openapi.json", tag = "hub",
    responses((status = 200, description = "This document", body = Object)))]
pub(super) async fn document() -> HttpResponse {
    HttpResponse::Ok()
        .insert_header((header::CONTENT_TYPE, "application/json"))
        .insert_header((header::CACHE_CONTROL, "no-cache"))
        .body(DOCUMENT.as_str())
}

/// Adds what can happen at any address of its kind.
struct Common;

impl Modify for Common {
    fn modify(&self, document: &mut OpenApi) {
        let components = document.components.get_or_insert_default();
        let cookie = ApiKeyValue::with_description("__Host-c2c", "The cookie of a desk; plain `c2c` without TLS.");
        components.add_security_scheme(SIGN_IN, SecurityScheme::ApiKey(ApiKey::Cookie(cookie)));
        let bearer = HttpBuilder::new().scheme(HttpAuthScheme::Bearer).description(Some("The token of a visitor."));
        components.add_security_scheme(VISITOR, SecurityScheme::Http(bearer.build()));
        for (path, item) in &mut document.paths.paths {
            let operations = [
                ("get", &mut item.get),
                ("put", &mut item.put),
                ("post", &mut item.post),
                ("patch", &mut item.patch),
                ("delete", &mut item.delete),
            ];
            for (method, operation) in operations {
                let Some(operation) = operation else { continue };
                operation.operation_id = Some(name(method, path));
                // The first line of a handler's comment is its address, which stands here already.
                operation.summary = operation.summary.take().filter(|summary| !summary.starts_with('`'));
                complete(path, operation, method != "get");
            }
        }
    }
}

/// What the operation is called: names of handlers are the same in many files, addresses are not.
fn name(method: &str, path: &str) -> String {
    let words = path.split(['/', '{', '}', '-', '.']).filter(|word| !matches!(*word, "" | "v1"));
    std::iter::once(method).chain(words).collect::<Vec<_>>().join("_")
}

fn complete(path: &str, operation: &mut Operation, is_write: bool) {
    let key = if path.starts_with(OF_A_VISITOR) {
        Some(VISITOR)
    } else {
        (!PUBLIC.iter().any(|public| path.starts_with(public))).then_some(SIGN_IN)
    };
    operation.security = key.map(|key| vec![SecurityRequirement::new(key, [""; 0])]);
    let asks = |place: &ParameterIn| {
        let mut parameters = operation.parameters.iter().flatten();
        parameters.any(|parameter| matches!(parameter, RefOr::T(parameter) if parameter.parameter_in == *place))
    };
    let is_owners = OF_OWNERS.iter().any(|owners| path.starts_with(owners));
    let usual = [
        (400, is_write || asks(&ParameterIn::Query), "A field or parameter is wrong; `pointer` names it"),
        (401, key.is_some(), "Nobody is signed in"),
        (403, is_write || is_owners, "Not from a page of this hub, or only owners may do that"),
        (404, asks(&ParameterIn::Path), "There is no such thing, or it is not yours"),
        (408, is_write, "The body came too slowly"),
        (413, is_write, "The body is too big"),
        (415, is_write, "The body is of the wrong type"),
        (500, true, "Something went wrong on our side"),
        (503, true, "Too much is going on; ask again"),
    ];
    let responses = &mut operation.responses.responses;
    for (status, _, description) in usual.iter().filter(|(_, can_be, _)| *can_be) {
        responses.entry(status.to_string()).or_insert_with(|| RefOr::T(Response::new(*description)));
    }
    for (status, response) in responses.iter_mut() {
        if let RefOr::T(response) = response
            && status.starts_with(['4', '5'])
        {
            let content = ContentBuilder::new().schema(Some(Ref::from_schema_name("Problem")));
            response.content = [(PROBLEM.to_owned(), RefOr::T(content.build()))].into_iter().collect();
        }
    }
}
