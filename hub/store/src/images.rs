//! Images: re-encoded logos and photos, by the digest of their bytes.

use actors::ids::BusinessId;
use actors::moment::Moment;
use diesel::prelude::{ExpressionMethods as _, OptionalExtension as _, QueryDsl as _};
use diesel_async::RunQueryDsl as _;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::Store;
use crate::error::{StoreError, unreadable};
use crate::schema::{business_images, images};
use crate::words::Word as _;

/// How an image is encoded.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum ImageFormat {
    Png,
    Jpeg,
}

/// An image to be kept.
#[derive(Clone, Debug)]
pub struct NewImage {
    /// SHA-256 of the bytes.
    pub digest: [u8; 32],
    pub format: ImageFormat,
    pub width: u32,
    pub height: u32,
    pub bytes: Vec<u8>,
}

/// An image as it was kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeptImage {
    pub format: ImageFormat,
    pub bytes: Vec<u8>,
}

impl Store {
    /// Keeps an image for a business; once is enough for any number of businesses.
    pub async fn keep_image(&self, business: BusinessId, image: NewImage, now: Moment) -> Result<(), StoreError> {
        let digest = image.digest.to_vec();
        let size = (i32::try_from(image.width), i32::try_from(image.height));
        let (Ok(width), Ok(height)) = size else { return Err(unreadable("size of an image")) };
        write!(self, |conn| {
            diesel::insert_into(images::table)
                .values((
                    images::digest.eq(&digest),
                    images::format.eq(image.format.word()),
                    images::width.eq(width),
                    images::height.eq(height),
                    images::bytes.eq(image.bytes),
                ))
                .on_conflict_do_nothing()
                .execute(&mut *conn)
                .await?;
            diesel::insert_into(business_images::table)
                .values((
                    business_images::business_id.eq(i64::from(business)),
                    business_images::digest.eq(&digest),
                    business_images::kept_at.eq(now.millis()),
                ))
                .on_conflict_do_nothing()
                .execute(&mut *conn)
                .await?;
            Ok(())
        })
    }

    /// The image with this digest; anyone may see it.
    pub async fn image(&self, digest: [u8; 32]) -> Result<Option<KeptImage>, StoreError> {
        let found = read!(self, |conn| {
            let found = images::table.filter(images::digest.eq(digest.to_vec()));
            Ok(found.select((images::format, images::bytes)).first::<(String, Vec<u8>)>(conn).await.optional()?)
        })?;
        let Some((format, bytes)) = found else { return Ok(None) };
        Ok(Some(KeptImage { format: ImageFormat::read(&format)?, bytes }))
    }

    /// Did this business bring the image with this digest?
    pub async fn has_image(&self, business: BusinessId, digest: [u8; 32]) -> Result<bool, StoreError> {
        let business = i64::from(business);
        read!(self, |conn| {
            let known = business_images::table
                .filter(business_images::business_id.eq(business))
                .filter(business_images::digest.eq(digest.to_vec()))
                .select(business_images::digest);
            Ok(diesel::select(diesel::dsl::exists(known)).get_result::<bool>(conn).await?)
        })
    }
}
