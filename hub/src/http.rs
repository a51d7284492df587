//! The route table: every address of the main listener on one screen.

mod accounts;
mod audit;
mod baked;
mod body;
mod call_page;
mod calls;
mod chats;
mod demo;
mod devices;
mod encoding;
mod error;
mod files;
mod headers;
mod health;
mod images;
mod links;
mod messages;
mod openapi;
mod orders;
mod origin;
mod owner;
mod packages;
mod plugins;
mod profile;
mod qr;
mod request_log;
mod second_factor;
mod settings;
mod setup;
mod signed_in;
mod snippet;
mod state;
mod team;
mod theme;
mod visitor_orders;

use actix_web::middleware::from_fn;
use actix_web::web::{self, ServiceConfig};
use actix_web::{Resource, Route, guard};

use self::plugins::{calendar, decisions, tables, trial};
use error::ApiError;
use packages::{extras, versions};
use team::access;

pub(crate) use self::plugins::PluginLimits;
pub(crate) use self::plugins::upload::PLUGIN_UPLOADS;
pub(crate) use demo::HOME as DEMO_HOME;
pub(crate) use health::{Ops, configure_ops};
pub(crate) use images::UPLOADS;
pub(crate) use origin::Origins;
pub(crate) use snippet::Pages;
pub(crate) use state::State;
pub(crate) use visitor_orders::VisitorLimits;

/// Adds every address; `Data<State>` must be there.
pub(crate) fn configure(config: &mut ServiceConfig) {
    let v1 = web::scope("/v1")
        .wrap(from_fn(origin::check))
        .service(at("/sign-in").route(web::post().to(accounts::sign_in)))
        .service(at("/sign-out").route(web::post().to(accounts::sign_out)))
        .service(at("/setup").route(web::post().to(setup::set_up)))
        .service(at("/ticket").route(web::post().to(accounts::ticket)))
        .configure(configure_accounts)
        .service(at("/images").route(web::post().to(images::upload)))
        .service(at("/images/from-url").route(web::post().to(images::from_url)))
        .configure(of_packages)
        .configure(of_plugins)
        .configure(of_chats)
        .configure(of_visitors)
        .service(at("/openapi.json").route(web::get().to(openapi::document)))
        .default_service(web::to(nothing_here));
    let all = web::scope("")
        // The last one added is the first to see a request.
        .wrap(from_fn(headers::harden))
        .wrap(from_fn(request_log::log))
        .service(at("/").route(read().to(files::front)))
        .service(at("/healthz").route(read().to(health::answers)))
        .service(at("/i/{name}").route(read().to(images::show)))
        .service(at("/w/{key}.js").route(read().to(snippet::loader)))
        .service(at("/w/{key}.json").route(read().to(snippet::settings)))
        .service(at("/w/{key}/chat").route(read().to(snippet::chat_document)))
        .service(at("/w/{key}/preview").route(read().to(snippet::preview)))
        .service(at("/p/{key}").route(read().to(snippet::call_page)))
        .service(at("/admin").route(read().to(files::admin_without_slash)))
        .service(at("/admin/{path:.*}").route(read().to(files::admin)))
        .service(at("/demo").route(read().to(demo::without_slash)))
        .service(at("/demo/{path:.*}").route(read().to(demo::shop)))
        .service(v1)
        .default_service(web::to(nothing_here));
    config
        .app_data(web::QueryConfig::default().error_handler(|error, _| query_error(&error).into()))
        // A path that is no text leads nowhere.
        .app_data(web::PathConfig::default().error_handler(|_error, _| ApiError::NotFound.into()))
        .service(all);
}

/// Accounts: the own one, those of the business, and links for those who have none yet.
fn configure_accounts(config: &mut ServiceConfig) {
    config
        .service(at("/links/look").route(web::post().to(links::look)))
        .service(at("/links/use").route(web::post().to(links::use_up)))
        .service(at("/me").route(web::get().to(accounts::me)).route(web::patch().to(profile::change_me)))
        .service(at("/me/password").route(web::put().to(profile::change_password)))
        .service(at("/me/sign-ins").route(web::get().to(devices::list)))
        .service(at("/me/sign-ins/{id}").route(web::delete().to(devices::sign_out)))
        .service(
            at("/me/second-factor")
                .route(web::post().to(second_factor::begin))
                .route(web::put().to(second_factor::confirm))
                .route(web::delete().to(second_factor::remove)),
        )
        .service(at("/me/recovery-codes").route(web::post().to(second_factor::new_recovery_codes)))
        .service(at("/accounts").route(web::get().to(team::list)).route(web::post().to(team::add)))
        .service(at("/accounts/order").route(web::put().to(team::order)))
        .service(at("/accounts/{account}").route(web::patch().to(team::change)).route(web::delete().to(team::delete)))
        .service(at("/accounts/{account}/link").route(web::post().to(access::link)))
        .service(at("/accounts/{account}/sign-out").route(web::post().to(access::sign_out)))
        .service(at("/accounts/{account}/second-factor").route(web::delete().to(access::reset_second_factor)))
        .service(at("/audit").route(web::get().to(audit::list)));
}

/// What owners set.
fn of_packages(config: &mut ServiceConfig) {
    config
        .service(at("/packages").route(web::get().to(packages::list)).route(web::post().to(packages::create)))
        .service(
            at("/packages/{package}")
                .route(web::get().to(packages::read))
                .route(web::put().to(packages::save))
                .route(web::delete().to(packages::delete)),
        )
        .service(at("/packages/{package}/copies").route(web::post().to(packages::copy)))
        .service(at("/packages/{package}/versions").route(web::get().to(versions::list)))
        .service(at("/packages/{package}/versions/{version}").route(web::get().to(versions::read)))
        .service(at("/packages/{package}/versions/{version}/restore").route(web::post().to(versions::restore)))
        .service(at("/packages/{package}/preview").route(web::post().to(extras::preview)))
        .service(at("/packages/{package}/hours").route(web::get().to(extras::hours)))
        .service(at("/packages/{package}/qr").route(web::get().to(extras::call_page_qr)))
        .service(
            at("/packages/{package}/identity-secret")
                .route(web::get().to(extras::identity_secret))
                .route(web::post().to(extras::renew_identity_secret)),
        );
}

/// What owners let decide.
fn of_plugins(config: &mut ServiceConfig) {
    config
        .service(at("/plugins").route(web::get().to(plugins::list)).route(web::post().to(plugins::upload::upload)))
        .service(at("/plugins/tables").route(web::post().to(tables::create)))
        .service(at("/plugins/order").route(web::put().to(plugins::order)))
        .service(
            at("/plugins/{plugin}")
                .route(web::get().to(plugins::read))
                .route(web::put().to(plugins::change))
                .route(web::delete().to(plugins::delete)),
        )
        .service(at("/plugins/{plugin}/life").route(web::put().to(plugins::life)))
        .service(at("/plugins/{plugin}/table").route(web::put().to(tables::save)))
        .service(at("/plugins/{plugin}/try").route(web::post().to(plugins::try_now)))
        .service(at("/plugins/{plugin}/calendar").route(web::get().to(calendar::calendar)))
        .service(at("/plugins/{plugin}/replay").route(web::post().to(trial::replay)))
        .service(at("/plugins/{plugin}/play").route(web::post().to(trial::play)))
        .service(at("/decisions").route(web::get().to(decisions::list)))
        .service(at("/decisions/{decision}").route(web::get().to(decisions::read)));
}

/// What consultants work with.
fn of_chats(config: &mut ServiceConfig) {
    config
        .service(at("/chats/{chat}/events").route(web::get().to(chats::events)))
        .service(at("/chats/{chat}/previous").route(web::get().to(chats::previous)))
        .service(at("/calls").route(web::get().to(calls::list)))
        .service(at("/orders").route(web::get().to(orders::list)))
        .service(at("/orders/{order}").route(web::patch().to(orders::change)))
        .service(at("/messages").route(web::get().to(messages::list)))
        .service(at("/messages/{message}").route(web::patch().to(messages::change)));
}

/// What visitors ask; nobody signs in here.
fn of_visitors(config: &mut ServiceConfig) {
    config
        .service(at("/visitor/chats/{chat}/events").route(web::get().to(chats::visitor_events)))
        .service(at("/visitor/half-hours").route(web::get().to(visitor_orders::half_hours)))
        .service(at("/visitor/orders").route(web::post().to(visitor_orders::order)))
        .service(at("/visitor/messages").route(web::post().to(visitor_orders::message)));
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
    let field = text
        .split('`')
        .nth(1)
        .filter(|_| text.contains("unknown field") || text.contains("missing field"))
        .unwrap_or_default();
    let pointer = if field.is_empty() { String::new() } else { format!("/{field}") };
    ApiError::Invalid { pointer, problem: "a parameter of the address is wrong".to_owned() }
}
