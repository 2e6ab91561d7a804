//! Photos: taken small and without their metadata, kept under their hash, sent in chunks after the answers.

use api::attachment::{Attachment, CHUNK_BYTES, NewAttachment};
use js_sys::Uint8Array;
use leptos::prelude::*;
use serde::{Deserialize, Serialize};
use sync::{SubmissionId, content_hash};
use wasm_bindgen::prelude::Closure;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;

use super::desk::Desk;
use crate::client::Failure;
use crate::device;

/// Beginning of the names of photos that the server does not hold; their hash follows.
pub const WAITING: &str = "photo.";
/// Beginning of the names of photos that the server holds.
pub const SENT: &str = "sent-photo.";
/// Longer side after drawing anew: a notice on a wall stays legible.
const LONGER_SIDE: f64 = 1_600.0;
/// What a photo becomes.
const KIND: &str = "image/jpeg";
const QUALITY: f64 = 0.82;

/// A photo as the log keeps it beside the answers.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct KeptPhoto {
    /// Path of the question.
    pub path: String,
    /// Size, bytes.
    pub bytes: u64,
    /// When it was chosen, by this device's clock.
    pub at_ms: i64,
}

/// Why a photo was not kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PhotoError {
    /// The file is no picture that this browser can read.
    Unreadable,
    /// The device has no room.
    NoRoom,
}

/// Takes a photo up: draws it anew, smaller, which leaves place, time and camera behind, and keeps it on
/// this device. Returns its name as an answer.
///
/// # Errors
/// See [`PhotoError`].
pub async fn take_up(
    desk: Desk,
    submission: SubmissionId,
    path: String,
    file: web_sys::File,
) -> Result<String, PhotoError> {
    let photo = redraw(&file).await.ok_or(PhotoError::Unreadable)?;
    let bytes = bytes_of(&photo).await.ok_or(PhotoError::Unreadable)?;
    let hash = content_hash(&bytes);
    desk.storage()
        .keep_photo(&hash, &photo)
        .await
        .map_err(|_| PhotoError::NoRoom)?;
    let kept = KeptPhoto {
        path,
        bytes: bytes.len() as u64,
        at_ms: device::now_ms(),
    };
    desk.keep(submission, &format!("{WAITING}{hash}"), &kept);
    desk.deliver();
    Ok(format!("{hash}.jpg"))
}

/// Hash in the answer of a photo question.
pub fn hash_of(answer: &str) -> Option<&str> {
    answer.strip_suffix(".jpg").filter(|hash| hash.len() == 64)
}

/// An address under which this page can show a kept photo; to be revoked.
pub async fn address(desk: Desk, hash: &str) -> Option<String> {
    let photo = desk.storage().photo(hash).await?;
    web_sys::Url::create_object_url_with_blob(&photo).ok()
}

async fn redraw(file: &web_sys::File) -> Option<web_sys::Blob> {
    let promise = window().create_image_bitmap_with_blob(file).ok()?;
    let bitmap: web_sys::ImageBitmap = JsFuture::from(promise).await.ok()?.dyn_into().ok()?;
    let (width, height) = (f64::from(bitmap.width()), f64::from(bitmap.height()));
    let scale = (LONGER_SIDE / width.max(height)).min(1.0);
    let (width, height) = ((width * scale).round(), (height * scale).round());
    let canvas: web_sys::HtmlCanvasElement =
        document().create_element("canvas").ok()?.dyn_into().ok()?;
    canvas.set_width(width as u32);
    canvas.set_height(height as u32);
    let context: web_sys::CanvasRenderingContext2d =
        canvas.get_context("2d").ok()??.dyn_into().ok()?;
    context
        .draw_image_with_image_bitmap_and_dw_and_dh(&bitmap, 0.0, 0.0, width, height)
        .ok()?;
    bitmap.close();
    let done = js_sys::Promise::new(&mut |resolve, reject| {
        let given = Closure::once_into_js(move |blob: JsValue| {
            // Calling a promise's own function does not fail.
            drop(resolve.call1(&JsValue::NULL, &blob));
        });
        let asked = canvas.to_blob_with_type_and_encoder_options(
            given.unchecked_ref(),
            KIND,
            &JsValue::from_f64(QUALITY),
        );
        if let Err(error) = asked {
            drop(reject.call1(&JsValue::NULL, &error));
        }
    });
    JsFuture::from(done).await.ok()?.dyn_into().ok()
}

async fn bytes_of(blob: &web_sys::Blob) -> Option<Vec<u8>> {
    let buffer = JsFuture::from(blob.array_buffer()).await.ok()?;
    Some(Uint8Array::new(&buffer).to_vec())
}

impl Desk {
    /// Sends the next photo whose answers the server holds; `None` when there is none.
    pub(super) async fn deliver_photo(self) -> Option<Result<(), Failure>> {
        let (submission, hash, kept) = self.next_photo()?;
        Some(self.send_photo(submission, &hash, &kept).await)
    }

    async fn send_photo(
        self,
        submission: SubmissionId,
        hash: &str,
        kept: &KeptPhoto,
    ) -> Result<(), Failure> {
        let note = format!("{WAITING}{hash}");
        let Some(photo) = self.storage().photo(hash).await else {
            // Nothing can be sent any more; the answer stays and names it.
            self.set_note(submission, &note, None);
            return Ok(());
        };
        let client = self.client();
        let path = api::paths::attachment(submission.0.into(), hash);
        let new = NewAttachment {
            question: kept.path.clone(),
            content_type: KIND.into(),
            bytes: kept.bytes,
            at_ms: kept.at_ms,
        };
        let mut held: Attachment = client.put(&path, &new).await?;
        while !held.is_complete {
            let (from, to) = (held.received as f64, (held.received + CHUNK_BYTES) as f64);
            let Ok(chunk) = photo.slice_with_f64_and_f64(from, to) else {
                return Err(Failure::Unreadable { status: 0 });
            };
            let path = api::paths::attachment_chunk(submission.0.into(), hash, held.received);
            let now: Attachment = client.put_bytes(&path, &chunk).await?;
            if !now.is_complete && now.received == held.received {
                return Err(Failure::Unreadable { status: 500 });
            }
            held = now;
        }
        self.keep(submission, &format!("{SENT}{hash}"), kept);
        self.set_note(submission, &note, None);
        Ok(())
    }
}
