//! Documents that leave the product as files.

mod act;
mod docx;

pub use act::act_docx;
