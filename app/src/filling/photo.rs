//! Photos and files: photos taken small and without their metadata, all kept under their hash and sent in chunks
//! after the answers.

use api::forms::attachment::{Attachment, CHUNK_BYTES, KINDS, MAX_FILE_BYTES, NewAttachment};
use js_sys::Uint8Array;
use leptos::prelude::*;
use serde::{Deserialize, Serialize};
use sync::{SubmissionId, content_hash};
use wasm_bindgen::prelude::Closure;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;

use super::desk::{Desk, outcome};
use super::save_state::Link;
use crate::client::Failure;
use crate::device;

/// Beginning of the names of photos that the server does not hold; their hash follows.
pub const WAITING: &str = "photo.";
/// Beginning of the names of photos that the server holds.
pub const SENT: &str = "sent-photo.";
/// Beginning of the names of photos that the server refused; they stay on this device.
pub const REFUSED: &str = "refused-photo.";
/// Longer side after drawing anew: a notice on a wall stays legible.
const LONGER_SIDE: f64 = 1_600.0;
/// What a photo becomes.
const KIND: &str = "image/jpeg";
const QUALITY: f64 = 0.82;

/// A photo or file as the log keeps it beside the answers.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct KeptPhoto {
    /// Media type; photos of before had no other.
    #[serde(default = "photo_kind")]
    pub content_type: String,
    /// Path of the question.
    pub path: String,
    /// Size, bytes.
    pub bytes: u64,
    /// When it was chosen, by this device's clock.
    pub at_ms: i64,
}

fn photo_kind() -> String {
    KIND.to_owned()
}

/// Why a photo or file was not kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PhotoError {
    /// A file of a kind that is not taken.
    UnknownKind,
    /// Larger than [`MAX_FILE_BYTES`].
    TooLarge,
    /// The file is no picture that this browser can read.
    Unreadable,
    /// The device has no room.
    NoRoom,
}

/// Where a photo is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PhotoPlace {
    /// On this device, to be sent.
    Waits,
    /// On this device; the server refused it.
    Refused,
    /// On the server.
    Held,
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
    keep(desk, submission, path, &photo, (KIND, "jpg")).await
}

/// Takes a sound, film or document up as it is, and keeps it on this device. Returns its name as an answer.
///
/// # Errors
/// See [`PhotoError`].
pub async fn take_up_file(
    desk: Desk,
    submission: SubmissionId,
    path: String,
    file: web_sys::File,
) -> Result<String, PhotoError> {
    let kind = kind_of(&file.type_(), &file.name()).ok_or(PhotoError::UnknownKind)?;
    if kind.0.starts_with("image/") {
        // A photo among the documents is still a photo: small, and without the place where it was taken.
        return take_up(desk, submission, path, file).await;
    }
    if file.size() > MAX_FILE_BYTES as f64 {
        return Err(PhotoError::TooLarge);
    }
    keep(desk, submission, path, &file, kind).await
}

async fn keep(
    desk: Desk,
    submission: SubmissionId,
    path: String,
    content: &web_sys::Blob,
    (kind, ending): (&str, &str),
) -> Result<String, PhotoError> {
    let bytes = bytes_of(content).await.ok_or(PhotoError::Unreadable)?;
    let hash = content_hash(&bytes);
    desk.storage()
        .keep_photo(&hash, content)
        .await
        .map_err(|_| PhotoError::NoRoom)?;
    let kept = KeptPhoto {
        content_type: kind.to_owned(),
        path,
        bytes: bytes.len() as u64,
        at_ms: device::now_ms(),
    };
    desk.keep(submission, &format!("{WAITING}{hash}"), &kept);
    desk.deliver();
    Ok(format!("{hash}.{ending}"))
}

/// The kind of a file by what the browser says of it, else by the ending of its name; `None` when it is not taken.
pub fn kind_of(media_type: &str, name: &str) -> Option<(&'static str, &'static str)> {
    // Recorders add parameters: `audio/webm;codecs=opus`.
    let plain = media_type.split(';').next().unwrap_or_default().trim();
    let plain = match plain {
        "audio/x-m4a" | "audio/m4a" => "audio/mp4",
        "audio/x-wav" | "audio/wave" => "audio/wav",
        other => other,
    };
    let ending = name
        .rsplit_once('.')
        .map(|(_, ending)| ending.to_lowercase());
    let ending = match ending.as_deref() {
        Some("jpeg") => Some("jpg"),
        other => other,
    };
    KINDS
        .into_iter()
        .find(|(kind, _)| *kind == plain)
        .or_else(|| KINDS.into_iter().find(|(_, one)| Some(*one) == ending))
}

/// Hash in the answer of a question for a photo or file.
pub fn hash_of(answer: &str) -> Option<&str> {
    let (hash, ending) = answer.rsplit_once('.')?;
    let is_hash = hash.len() == 64 && hash.bytes().all(|byte| byte.is_ascii_hexdigit());
    (is_hash && KINDS.iter().any(|(_, one)| *one == ending)).then_some(hash)
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
    let (canvas, context) = sheet(width, height)?;
    context
        .draw_image_with_image_bitmap_and_dw_and_dh(&bitmap, 0.0, 0.0, width, height)
        .ok()?;
    bitmap.close();
    picture_of(canvas).await
}

/// A canvas of white: what is transparent in a picture would be black in a JPEG, and black letters would vanish.
fn sheet(
    width: f64,
    height: f64,
) -> Option<(
    web_sys::HtmlCanvasElement,
    web_sys::CanvasRenderingContext2d,
)> {
    let canvas: web_sys::HtmlCanvasElement =
        document().create_element("canvas").ok()?.dyn_into().ok()?;
    canvas.set_width(width as u32);
    canvas.set_height(height as u32);
    let context: web_sys::CanvasRenderingContext2d =
        canvas.get_context("2d").ok()??.dyn_into().ok()?;
    context.set_fill_style_str("#fff");
    context.fill_rect(0.0, 0.0, width, height);
    Some((canvas, context))
}

/// A photo with strokes upon it, each in parts of its width and height; red on a white edge is seen on any ground.
pub async fn with_marks(
    image: &web_sys::HtmlImageElement,
    strokes: &[Vec<(f64, f64)>],
) -> Option<web_sys::File> {
    let (width, height) = (
        f64::from(image.natural_width()),
        f64::from(image.natural_height()),
    );
    let (canvas, context) = sheet(width, height)?;
    context
        .draw_image_with_html_image_element_and_dw_and_dh(image, 0.0, 0.0, width, height)
        .ok()?;
    let pen = (width.max(height) / 200.0).max(3.0);
    context.set_line_cap("round");
    context.set_line_join("round");
    for (colour, thickness) in [("#fff", pen * 2.0), ("#c8102e", pen)] {
        context.set_stroke_style_str(colour);
        context.set_line_width(thickness);
        for stroke in strokes {
            context.begin_path();
            for (at, (x, y)) in stroke.iter().enumerate() {
                let (x, y) = (x * width, y * height);
                match at {
                    0 => context.move_to(x, y),
                    _ => context.line_to(x, y),
                }
                if stroke.len() == 1 {
                    context.line_to(x, y);
                }
            }
            context.stroke();
        }
    }
    let marked = picture_of(canvas).await?;
    let parts = js_sys::Array::of1(&marked);
    web_sys::File::new_with_blob_sequence(&parts, "marked.jpg").ok()
}

async fn picture_of(canvas: web_sys::HtmlCanvasElement) -> Option<web_sys::Blob> {
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
        let sent = self.send_photo(submission, &hash, &kept).await;
        if let Err(failure) = &sent
            && let Link::Refused(_) = outcome(failure).1
        {
            // It must not stand before the others; it stays here, and the person is told.
            self.keep(submission, &format!("{REFUSED}{hash}"), &kept);
            self.set_note(submission, &format!("{WAITING}{hash}"), None);
            return Some(Ok(()));
        }
        Some(sent)
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
            content_type: kept.content_type.clone(),
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
