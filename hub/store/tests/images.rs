//! Images, kept once for any number of businesses.

use hub_store::{ImageFormat, KeptImage, NewImage};

use crate::bakery::{NOON, at};

fn logo() -> NewImage {
    NewImage { digest: [1; 32], format: ImageFormat::Png, width: 300, height: 100, bytes: vec![0x89, b'P', b'N', b'G'] }
}

on_both_engines! {
    async fn an_image_is_found_by_its_digest(bakery) {
        bakery.store.keep_image(bakery.business, logo(), NOON).await.unwrap();
        let photo = NewImage { digest: [2; 32], format: ImageFormat::Jpeg, ..logo() };
        bakery.store.keep_image(bakery.business, photo, NOON).await.unwrap();

        let kept = bakery.store.image([1; 32]).await.unwrap();

        assert_eq!(kept, Some(KeptImage { format: ImageFormat::Png, bytes: logo().bytes }));
        assert_eq!(bakery.store.image([2; 32]).await.unwrap().unwrap().format, ImageFormat::Jpeg);
        assert_eq!(bakery.store.image([3; 32]).await.unwrap(), None);
    }

    async fn an_image_belongs_to_each_business_that_brought_it(bakery) {
        let florist = bakery.florist().await;
        bakery.store.keep_image(bakery.business, logo(), NOON).await.unwrap();

        assert!(bakery.store.has_image(bakery.business, [1; 32]).await.unwrap());
        assert!(!bakery.store.has_image(florist, [1; 32]).await.unwrap());
        assert!(!bakery.store.has_image(bakery.business, [2; 32]).await.unwrap());

        bakery.store.keep_image(florist, logo(), at(1)).await.unwrap();
        bakery.store.keep_image(florist, logo(), at(2)).await.unwrap();
        assert!(bakery.store.has_image(florist, [1; 32]).await.unwrap());
    }
}
