//! What is measured, one file for each table.

pub(crate) mod calls;
pub(crate) mod chat;
pub(crate) mod idle;
pub(crate) mod restart;
pub(crate) mod single_rows;
pub(crate) mod stalled;
