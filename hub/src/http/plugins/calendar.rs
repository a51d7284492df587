//! What a version would make of the working hours of a package, day by day.

use actix_web::web::{Data, Json, Path, Query};
use actors::ids::{PackageId, PluginId};
use jiff::civil::Date;
use plugins::wit::exports::click2callme::plugin::working_hours::Span;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{find, version};
use crate::http::State;
use crate::http::error::ApiError;
use crate::http::owner::Owner;
use crate::http::packages::{days_of, unknown, zone};

/// Most days of one answer: two months.
const MOST_DAYS: u16 = 62;

/// Which version plans which days of which package.
#[derive(Deserialize, utoipa::IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct CalendarQuery {
    #[param(minimum = 1)]
    version: i32,
    package: PackageId,
    /// Today where the package is, without one.
    #[param(value_type = Option<String>, format = Date)]
    #[serde(default)]
    from: Option<Date>,
    /// 1 to 62.
    #[param(minimum = 1, maximum = 62)]
    days: u16,
}

/// Days as the owner set them and as the version plans them.
#[derive(Serialize, ToSchema)]
pub(crate) struct CalendarView {
    days: Vec<CalendarDay>,
    /// Why there are none.
    failure: Option<String>,
}

#[derive(Serialize, ToSchema)]
struct CalendarDay {
    #[schema(value_type = String, format = Date)]
    date: Date,
    /// The owner's hours.
    base: Vec<OpenSpan>,
    /// In their place; `null` where the version leaves them.
    planned: Option<Vec<OpenSpan>>,
    /// What the version wants visitors to be told.
    notice: Option<String>,
}

/// In minutes since midnight, up to 1,440.
#[derive(Serialize, ToSchema)]
struct OpenSpan {
    from: u16,
    to: u16,
}

impl OpenSpan {
    fn all(spans: &[Span]) -> Vec<Self> {
        spans.iter().map(|span| Self { from: span.start, to: span.end }).collect()
    }
}

/// `GET /v1/plugins/{plugin}/calendar`
#[utoipa::path(get, path = "/v1/plugins/{plugin}/calendar", tag = "plugins",
    params(("plugin" = PluginId, Path), CalendarQuery),
    responses((status = 200, description = "The days, or why the version gave no answer", body = CalendarView),
        (status = 404, description = "No such plugin, version or package")))]
pub(crate) async fn calendar(
    state: Data<State>,
    Owner(owner): Owner,
    path: Path<String>,
    query: Query<CalendarQuery>,
) -> Result<Json<CalendarView>, ApiError> {
    let plugin = find(&state, owner, &path).await?;
    let version = version(&state, owner, &plugin, query.version).await?;
    let package = state.store.package(owner.business, query.package).await.map_err(unknown)?;
    let zone = zone(&package.settings)?;
    let first = query.from.unwrap_or_else(|| zone.date(state.now()));
    let count = days_of(Some(query.days), MOST_DAYS)?;
    let asked = state.rules.calendar((&plugin, &version), &package, (&zone, first, count.into())).await?;
    let (planned, failure) = match asked {
        Ok(planned) => (planned, None),
        Err(failure) => (Vec::new(), Some(failure.to_string())),
    };
    let day = |(day, plan): plugins::planning::PlannedDay| {
        let date = plugins::planning::date(&day)?;
        let notice = plan.as_ref().and_then(|plan| plan.notice.clone());
        let planned = plan.map(|plan| OpenSpan::all(&plan.spans));
        Some(CalendarDay { date, base: OpenSpan::all(&day.base), planned, notice })
    };
    Ok(Json(CalendarView { days: planned.into_iter().filter_map(day).collect(), failure }))
}
