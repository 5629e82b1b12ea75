//! Charts as pixels, each made once: a drawing never changes, so neither do its pixels. What is asked for again, or by two
//! at a time, is taken from here as long as there is room.

use axum::body::Bytes;
use quick_cache::{Weighter, sync::Cache};
use rapport_jobs::charts::{self, Theme};

use crate::Error;

/// Names pixels: the digest of the drawing, its colours and its scale.
type Key = (String, Theme, u8);

/// The most pictures that are expected at a time.
const EXPECTED: usize = 500;

/// Charts as pixels, up to so many bytes.
pub struct Pictures(Cache<Key, Bytes, Weight>);

impl Pictures {
    /// None yet.
    pub fn new(room: u64) -> Self {
        Self(Cache::with_weighter(EXPECTED, room, Weight))
    }

    /// The pixels of a light drawing with this digest; made on a thread of its own where they are not kept, since that
    /// takes tens of milliseconds.
    pub async fn of(
        &self,
        light: Vec<u8>,
        sha256: &str,
        (theme, scale): (Theme, u8),
    ) -> Result<Bytes, Error> {
        let key = (sha256.to_owned(), theme, scale);
        let make = async {
            let drawn = tokio::task::spawn_blocking(move || rasterised(&light, theme, scale)).await;
            drawn.map_err(|error| Error::Io {
                what: "the picture could not be made".to_owned(),
                source: error.into(),
            })?
        };
        self.0.get_or_insert_async(&key, make).await
    }
}

fn rasterised(light: &[u8], theme: Theme, scale: u8) -> Result<Bytes, Error> {
    let light = String::from_utf8_lossy(light);
    let nowhere: String = charts::undrawable(&light).into_iter().take(40).collect();
    if !nowhere.is_empty() {
        tracing::warn!(
            signs = %nowhere,
            "no font of this machine has these signs, and 〓 stands for them; name one that has in `charts.fonts`"
        );
    }
    Ok(charts::png(&theme.apply(&light), f32::from(scale))?.into())
}

#[derive(Clone)]
struct Weight;

impl Weighter<Key, Bytes> for Weight {
    fn weight(&self, (sha256, ..): &Key, pixels: &Bytes) -> u64 {
        (size_of::<Key>() + sha256.len() + size_of::<Bytes>() + pixels.len()) as u64
    }
}
