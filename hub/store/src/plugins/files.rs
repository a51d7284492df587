//! The files of all plugins: one file may serve many versions, also of several businesses.

/// Lets nobody else bring, change or free anything of a plugin until this transaction ends.
macro_rules! hold_plugins {
    ($conn:expr) => {{
        use $crate::schema::meta;
        // Writing a row locks it; both engines know no other word for that.
        let row = meta::table.filter(meta::key.eq($crate::upkeep::EPOCH));
        diesel::update(row).set(meta::value.eq(meta::value)).execute(&mut *$conn).await?;
    }};
}

/// Deletes the files that no version has.
macro_rules! free_files {
    ($conn:expr) => {{
        use $crate::schema::{plugin_files, plugin_versions};
        let used = plugin_versions::table.select(plugin_versions::digest);
        let unused = plugin_files::table.filter(plugin_files::digest.ne_all(used));
        diesel::delete(unused).execute(&mut *$conn).await?;
    }};
}

pub(super) use {free_files, hold_plugins};
