//! Businesses, and all of one that its actors need.

use actors::hours::Zone;
use actors::ids::BusinessId;
use actors::moment::Moment;
use actors::ports::{AccountRecord, BusinessRecord, FormFieldRecord, PackageRecord};
use actors::text::{LINE_CHARS, PlainText};
use diesel::prelude::{ExpressionMethods as _, OptionalExtension as _, QueryDsl as _};
use diesel_async::RunQueryDsl as _;

use crate::Store;
use crate::error::{StoreError, unreadable};
use crate::packages::{FieldKind, FormField, KeptPackage, Mode};
use crate::schema::businesses;

/// The zone of a package whose own zone is unknown.
const UTC: &str = "UTC";

/// Who rents the hub.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Business {
    pub id: BusinessId,
    pub name: String,
}

impl Store {
    /// Keeps a new business.
    pub async fn create_business(&self, name: &str, now: Moment) -> Result<BusinessId, StoreError> {
        let id = BusinessId::mint(now);
        let (row, name) = (i64::from(id), name.to_owned());
        write_one!(self, |conn| {
            diesel::insert_into(businesses::table)
                .values((businesses::id.eq(row), businesses::name.eq(name), businesses::created_at.eq(now.millis())))
                .execute(conn)
                .await?;
            Ok(())
        })?;
        Ok(id)
    }

    /// A business by its id.
    pub async fn business(&self, business: BusinessId) -> Result<Business, StoreError> {
        let id = i64::from(business);
        let name = read!(self, |conn| {
            let found = businesses::table.filter(businesses::id.eq(id)).select(businesses::name);
            Ok(found.first::<String>(conn).await?)
        })?;
        Ok(Business { id: business, name })
    }

    /// The only business there is; nothing when there are none or several.
    pub async fn only_business(&self) -> Result<Option<Business>, StoreError> {
        let mut found = read!(self, |conn| {
            let oldest = businesses::table.order(businesses::id.asc()).limit(2);
            Ok(oldest.select((businesses::id, businesses::name)).load::<(i64, String)>(conn).await?)
        })?;
        let only = found.pop().filter(|_| found.is_empty());
        Ok(only.map(|(id, name)| Business { id: BusinessId::from(id), name }))
    }

    /// The oldest business of this name; names are not unique.
    pub async fn business_by_name(&self, name: &str) -> Result<Option<Business>, StoreError> {
        let name = name.to_owned();
        let found = read!(self, |conn| {
            let named = businesses::table.filter(businesses::name.eq(name)).order(businesses::id.asc());
            let found = named.select((businesses::id, businesses::name)).first::<(i64, String)>(conn).await;
            Ok(found.optional()?)
        })?;
        Ok(found.map(|(id, name)| Business { id: BusinessId::from(id), name }))
    }

    /// A business with its packages, deleted or not, its accounts that may sign in, and its chats that are not closed.
    pub async fn business_record(&self, id: BusinessId) -> Result<BusinessRecord, StoreError> {
        let business = self.business(id).await?;
        let packages = self.kept_packages(id).await?.into_iter();
        let accounts = self.accounts(id).await?.into_iter().filter(|account| account.has_joined);
        let open_chats = self.open_chats(id).await?;
        Ok(BusinessRecord {
            id,
            name: business.name,
            packages: packages.map(package_record).collect::<Result<_, _>>()?,
            accounts: accounts
                .map(|one| AccountRecord {
                    id: one.id,
                    given_name: one.given_name,
                    photo: one.photo,
                    takes_calls: one.takes_calls,
                    status: one.status,
                    most_chats: one.most_chats,
                    languages: one.languages,
                    skills: one.skills,
                })
                .collect(),
            open_chats,
        })
    }
}

/// The part of a package that its business's actors need.
fn package_record(kept: KeptPackage) -> Result<PackageRecord, StoreError> {
    let KeptPackage { package, is_deleted, identity_secret } = kept;
    let settings = package.settings;
    // A zone this hub does not know must not keep a whole business from starting.
    let zone =
        Zone::named(&settings.zone).or_else(|_unknown| Zone::named(UTC)).map_err(|_unknown| unreadable("zone"))?;
    Ok(PackageRecord {
        id: package.id,
        key: package.key,
        name: package.name,
        is_deleted,
        version: package.version,
        hours: settings.hours,
        zone,
        consultants: settings.consultants,
        fields: settings.form.fields.into_iter().filter_map(field_record).collect(),
        needs_consent: !settings.form.consent.is_empty(),
        has_voice: settings.button.mode != Mode::Chat,
        identity_secret,
    })
}

/// One question; nothing for a label that no visitor could read.
fn field_record(field: FormField) -> Option<FormFieldRecord> {
    let label = PlainText::cut(&field.label, LINE_CHARS)?;
    let is_name = field.kind == FieldKind::Name;
    Some(FormFieldRecord { id: field.id, label, is_required: field.is_required, is_name })
}
