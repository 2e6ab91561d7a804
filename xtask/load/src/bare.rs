//! A server that does nothing: the floor under a measurement.

use std::net::SocketAddr;
use std::path::PathBuf;

use axum::Router;
use axum::body::Bytes;
use axum::http::{HeaderName, HeaderValue, header};

/// Arguments of `bare`.
#[derive(clap::Args)]
pub struct BareArguments {
    /// Where to listen.
    #[arg(long)]
    listen: SocketAddr,
    /// The bytes to answer with.
    #[arg(long)]
    file: PathBuf,
    /// How they are compressed.
    #[arg(long)]
    coding: String,
}

/// Serves until killed.
pub async fn run(arguments: &BareArguments) -> anyhow::Result<()> {
    let body = Bytes::from(std::fs::read(&arguments.file)?);
    let headers: [(HeaderName, HeaderValue); 2] = [
        (
            header::CONTENT_TYPE,
            HeaderValue::from_static("application/json"),
        ),
        (
            header::CONTENT_ENCODING,
            HeaderValue::from_str(&arguments.coding)?,
        ),
    ];
    let answer = move || async move { (headers, body) };
    let router = Router::new().fallback(answer);
    let listener = tokio::net::TcpListener::bind(arguments.listen).await?;
    Ok(axum::serve(listener, router).await?)
}
