//! The hours of all packages of a business, looked at again when one of them opens or closes.

use std::collections::HashMap;

use crate::hours::HoursNow;
use crate::ids::PackageId;
use crate::moment::Moment;
use crate::ports::PackageRecord;

/// Whether each package is open.
#[derive(Clone, Debug, Default)]
pub(crate) struct HoursOfPackages(HashMap<PackageId, HoursNow>);

impl HoursOfPackages {
    /// The hours of this moment.
    pub(crate) fn at<'a>(now: Moment, packages: impl Iterator<Item = &'a PackageRecord>) -> Self {
        Self(packages.map(|package| (package.id, package.hours.now(&package.zone, now))).collect())
    }

    /// Whether a package is open; one that nobody knows is closed.
    pub(crate) fn of(&self, package: PackageId) -> HoursNow {
        self.0.get(&package).copied().unwrap_or(HoursNow { is_open: false, until: None })
    }

    /// When the first of them opens or closes.
    pub(crate) fn next_edge(&self) -> Option<Moment> {
        self.0.values().filter_map(|hours| hours.until).min()
    }

    /// The packages that opened or closed since `before`.
    pub(crate) fn turned(&self, before: &Self) -> Vec<PackageId> {
        let is_turned = |(package, hours): &(&PackageId, &HoursNow)| {
            before.0.get(*package).is_some_and(|then| then.is_open != hours.is_open)
        };
        self.0.iter().filter(is_turned).map(|(package, _)| *package).collect()
    }
}
