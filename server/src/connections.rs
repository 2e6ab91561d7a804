//! Connections of browsers: so many, each with so much time for the head of a request.

use std::net::SocketAddr;
use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::extract::ConnectInfo;
use hyper::Request;
use hyper::body::Incoming;
use hyper::server::conn::http1::Builder;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::service::TowerToHyperService;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{Semaphore, watch};
use tower::ServiceExt;

/// How long the head of a request may take, and how long an open connection may be silent before the next.
const HEAD: Duration = Duration::from_secs(30);
/// Connections at a time; further ones wait in the queue of the system.
const MOST: usize = 8_192;
/// Pause after the system gave no connection: it has no file handles just now.
const PAUSE: Duration = Duration::from_millis(100);

/// Takes connections until it is told to stop; then those that are open may finish their request.
pub async fn serve(listener: TcpListener, router: Router, mut stopping: watch::Receiver<bool>) {
    let free = Arc::new(Semaphore::new(MOST));
    let (open, mut all_closed) = tokio::sync::mpsc::channel::<()>(1);
    loop {
        let Ok(place) = free.clone().acquire_owned().await else {
            break;
        };
        let accepted = tokio::select! {
            accepted = listener.accept() => accepted,
            _ = stopping.wait_for(|stop| *stop) => break,
        };
        let Ok((stream, address)) = accepted else {
            tokio::time::sleep(PAUSE).await;
            continue;
        };
        let (router, stopping, open) = (router.clone(), stopping.clone(), open.clone());
        tokio::spawn(async move {
            one(stream, address, router, stopping).await;
            drop((place, open));
        });
    }
    drop((listener, open));
    // Ends when the last connection has.
    let _ = all_closed.recv().await;
}

async fn one(
    stream: TcpStream,
    address: SocketAddr,
    router: Router,
    mut stopping: watch::Receiver<bool>,
) {
    // Small answers leave at once; where that cannot be had they leave a little later.
    let _ = stream.set_nodelay(true);
    let service = router.map_request(move |mut request: Request<Incoming>| {
        request.extensions_mut().insert(ConnectInfo(address));
        request
    });
    let connection = Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(HEAD)
        .serve_connection(TokioIo::new(stream), TowerToHyperService::new(service));
    let mut connection = pin!(connection);
    tokio::select! {
        // A connection that breaks off is no news.
        _ = connection.as_mut() => return,
        _ = stopping.wait_for(|stop| *stop) => {}
    }
    connection.as_mut().graceful_shutdown();
    let _ = connection.await;
}
