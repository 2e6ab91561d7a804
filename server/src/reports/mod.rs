//! Documents that leave the product as files.

mod act;
mod docx;
mod page;
mod paper;
mod pdf;
mod type_face;

pub use act::act_paper;
pub use docx::docx;
pub use paper::Paper;
pub use pdf::pdf;
