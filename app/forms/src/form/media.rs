use super::Text;
use serde::{Deserialize, Serialize};

/// Files that stand beside a label, by language.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Media {
    /// Picture.
    #[serde(default, skip_serializing_if = "Text::is_empty")]
    pub image: Text,
    /// Picture in full size.
    #[serde(default, skip_serializing_if = "Text::is_empty")]
    pub big_image: Text,
    /// Sound.
    #[serde(default, skip_serializing_if = "Text::is_empty")]
    pub audio: Text,
    /// Film.
    #[serde(default, skip_serializing_if = "Text::is_empty")]
    pub video: Text,
}

impl Media {
    /// Whether no file is named.
    pub fn is_empty(&self) -> bool {
        self.image.is_empty()
            && self.big_image.is_empty()
            && self.audio.is_empty()
            && self.video.is_empty()
    }
}
