//! The route table: every address of the main listener on one screen.

mod accounts;
mod baked;
mod body;
mod chats;
mod demo;
mod encoding;
mod error;
mod files;
mod headers;
mod health;
mod origin;
mod request_log;
mod settings;
mod setup;
mod signed_in;
mod snippet;
mod state;
mod theme;

use actix_web::middleware::from_fn;
use actix_web::web::{self, ServiceConfig};
use actix_web::{Resource, Route, guard};

use error::ApiError;

pub(crate) use demo::HOME as DEMO_HOME;
pub(crate) use health::{Ops, configure_ops};
pub(crate) use origin::Origins;
pub(crate) use snippet::Pages;
pub(crate) use state::State;

/// Adds every address; `Data<State>` must be there.
pub(crate) fn configure(config: &mut ServiceConfig) {
    let v1 = web::scope("/v1")
        .wrap(from_fn(origin::check))
        .service(at("/sign-in").route(web::post().to(accounts::sign_in)))
        .service(at("/sign-out").route(web::post().to(accounts::sign_out)))
        .service(at("/setup").route(web::post().to(setup::set_up)))
        .service(at("/me").route(web::get().to(accounts::me)).route(web::patch().to(accounts::change_me)))
        .service(at("/ticket").route(web::post().to(accounts::ticket)))
        .service(at("/chats/{chat}/events").route(web::get().to(chats::events)))
        .service(at("/chats/{chat}/previous").route(web::get().to(chats::previous)))
        .service(at("/visitor/chats/{chat}/events").route(web::get().to(chats::visitor_events)))
        .default_service(web::to(nothing_here));
    let all = web::scope("")
        // The last one added is the first to see a request.
        .wrap(from_fn(headers::harden))
        .wrap(from_fn(request_log::log))
        .service(at("/").route(read().to(files::front)))
        .service(at("/healthz").route(read().to(health::answers)))
        .service(at("/w/{key}.js").route(read().to(snippet::loader)))
        .service(at("/w/{key}/chat").route(read().to(snippet::chat_document)))
        .service(at("/admin").route(read().to(files::admin_without_slash)))
        .service(at("/admin/{path:.*}").route(read().to(files::admin)))
        .service(at("/demo").route(read().to(demo::without_slash)))
        .service(at("/demo/{path:.*}").route(read().to(demo::shop)))
        .service(v1)
        .default_service(web::to(nothing_here));
    config.app_data(web::QueryConfig::default().error_handler(|error, _| query_error(&error).into())).service(all);
}

/// An address that refuses other methods than its own in our words.
fn at(path: &str) -> Resource {
    web::resource(path).default_service(web::to(wrong_method))
}

fn read() -> Route {
    web::route().guard(guard::Any(guard::Get()).or(guard::Head()))
}

async fn nothing_here() -> Result<&'static str, ApiError> {
    Err(ApiError::NotFound)
}

async fn wrong_method() -> Result<&'static str, ApiError> {
    Err(ApiError::Method)
}

fn query_error(error: &actix_web::error::QueryPayloadError) -> ApiError {
    // The message names the parameter; the value stays out of the answer and the log.
    let text = error.to_string();
    let field = text.split('`').nth(1).filter(|_| text.contains("unknown field")).unwrap_or_default();
    let pointer = if field.is_empty() { String::new() } else { format!("/{field}") };
    ApiError::Invalid { pointer, problem: "a parameter of the address is wrong".to_owned() }
}
