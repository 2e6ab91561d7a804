//! Where things are.

use std::path::{Path, PathBuf};

/// Root of the workspace, as cargo tells the running program: checkouts that share a target directory may share the
/// compiled one.
pub fn root() -> PathBuf {
    std::env::var_os("CARGO_MANIFEST_DIR")
        .as_deref()
        .and_then(|package| Path::new(package).parent())
        .map_or_else(|| PathBuf::from("."), Path::to_path_buf)
}

/// Cargo's target directory, wherever `CARGO_TARGET_DIR` puts it.
pub fn target() -> PathBuf {
    match std::env::var_os("CARGO_TARGET_DIR") {
        Some(directory) => {
            let directory = PathBuf::from(directory);
            if directory.is_absolute() {
                directory
            } else {
                root().join(directory)
            }
        }
        None => root().join("target"),
    }
}

/// The built site. It belongs to this checkout, also when the target directory is shared.
pub fn site() -> PathBuf {
    root().join("target").join("site")
}
