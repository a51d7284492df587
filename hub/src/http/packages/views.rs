//! Packages as an owner sees them.

use actors::ids::PackageId;
use actors::moment::Moment;
use hub_store::{Language, Mode, Package, PackageSettings};
use serde::Serialize;
use utoipa::ToSchema;

use super::is_open;
use crate::http::State;

/// All packages of a business.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct PackageList {
    packages: Vec<PackageSummary>,
}

/// A package as a list shows it.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct PackageSummary {
    id: PackageId,
    key: String,
    name: String,
    company: String,
    language: Language,
    mode: Mode,
    version: i32,
    #[schema(value_type = i64)]
    updated_at: Moment,
    /// Address of the call page.
    call_page: String,
    is_open: bool,
}

/// A package with everything an owner may change.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct PackageView {
    id: PackageId,
    key: String,
    name: String,
    version: i32,
    #[schema(value_type = i64)]
    updated_at: Moment,
    settings: PackageSettings,
    /// What the business pastes into its pages; it never changes.
    snippet: String,
    call_page: String,
}

impl PackageList {
    /// The packages of the business with this name.
    pub(super) fn of(packages: Vec<Package>, business: &str, state: &State) -> Self {
        let now = state.now();
        let planned = |mut package: Package| {
            let own = std::mem::take(&mut package.settings.hours);
            package.settings.hours = state.rules.hours(package.business, package.id, own);
            package
        };
        let summary = |package: Package| PackageSummary {
            id: package.id,
            call_page: call_page(&package, state),
            key: package.key.0,
            name: package.name,
            is_open: is_open(&package.settings, now),
            language: package.settings.language,
            mode: package.settings.button.mode,
            company: match package.settings.company {
                company if company.is_empty() => business.to_owned(),
                company => company,
            },
            version: package.version,
            updated_at: package.updated_at,
        };
        Self { packages: packages.into_iter().map(planned).map(summary).collect() }
    }
}

impl PackageView {
    /// The package as it is kept.
    pub(super) fn of(package: Package, state: &State) -> Self {
        let origin = state.origins.public();
        Self {
            snippet: format!("<script async src=\"{origin}/w/{}.js\"></script>", package.key.0),
            call_page: call_page(&package, state),
            id: package.id,
            key: package.key.0,
            name: package.name,
            version: package.version,
            updated_at: package.updated_at,
            settings: package.settings,
        }
    }
}

/// The address of a package's call page.
pub(super) fn call_page(package: &Package, state: &State) -> String {
    format!("{}/p/{}", state.origins.public(), package.key.0)
}
