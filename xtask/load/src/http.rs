//! A small HTTP/1.1 client: as little between the clock and the wire as possible, and every way to fail
//! is seen.

use std::io::{Error, ErrorKind};
use std::net::SocketAddr;

use serde::Serialize;
use serde::de::DeserializeOwned;
use tokio::io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader};
use tokio::net::TcpStream;

/// A client with one connection, opened when needed and kept while it works.
pub struct Client {
    address: SocketAddr,
    cookie: String,
    connection: Option<BufReader<TcpStream>>,
    /// Open a connection for every request.
    pub one_shot: bool,
}

/// A request.
pub struct Request<'a> {
    /// Method.
    pub method: &'a str,
    /// Path with query.
    pub path: &'a str,
    /// Further headers, each line ending with CR LF.
    pub headers: &'a str,
    /// JSON body.
    pub body: Option<&'a [u8]>,
}

/// An answer.
#[derive(Debug)]
pub struct Answer {
    /// Status.
    pub status: u16,
    /// Names in lower case, and values.
    pub headers: Vec<(String, String)>,
    /// Body, as it was sent.
    pub body: Vec<u8>,
}

impl Answer {
    /// Value of a header.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers
            .iter()
            .find(|(key, _)| key == name)
            .map(|(_, value)| value.as_str())
    }

    /// The body as JSON, for an answer that must be good.
    ///
    /// # Errors
    /// For any other status than 200, or when the body is something else.
    pub fn json<T: DeserializeOwned>(&self) -> anyhow::Result<T> {
        anyhow::ensure!(
            self.status == 200,
            "answered {}: {}",
            self.status,
            String::from_utf8_lossy(&self.body)
        );
        Ok(serde_json::from_slice(&self.body)?)
    }
}

impl Client {
    /// A client of a server for whoever the cookie stands for.
    pub fn new(address: SocketAddr, cookie: &str) -> Self {
        Client {
            address,
            cookie: cookie.to_owned(),
            connection: None,
            one_shot: false,
        }
    }

    /// `GET`.
    ///
    /// # Errors
    /// Those of the connection.
    pub async fn get(&mut self, path: &str) -> Result<Answer, Error> {
        self.send(&Request {
            method: "GET",
            path,
            headers: "",
            body: None,
        })
        .await
    }

    /// Sends JSON.
    ///
    /// # Errors
    /// Those of the connection.
    pub async fn send_json(
        &mut self,
        method: &str,
        path: &str,
        body: &impl Serialize,
    ) -> Result<Answer, Error> {
        let body = serde_json::to_vec(body)?;
        self.send(&Request {
            method,
            path,
            headers: "",
            body: Some(&body),
        })
        .await
    }

    /// Sends a request once; after an error the connection is given up.
    ///
    /// # Errors
    /// Those of the connection. The server may have done what was asked.
    pub async fn send(&mut self, request: &Request<'_>) -> Result<Answer, Error> {
        let mut connection = match self.connection.take() {
            Some(connection) => connection,
            None => BufReader::with_capacity(64 * 1024, connect(self.address).await?),
        };
        let text = self.text(request);
        let mut bytes = text.into_bytes();
        bytes.extend_from_slice(request.body.unwrap_or_default());
        connection.write_all(&bytes).await?;
        let answer = read_answer(&mut connection).await?;
        let closes = answer.header("connection") == Some("close");
        if !self.one_shot && !closes {
            self.connection = Some(connection);
        }
        Ok(answer)
    }

    /// Opens a stream of events and gives the connection after the head of the answer.
    ///
    /// # Errors
    /// Those of the connection, or when the server does not open a stream.
    pub async fn open_stream(&self, path: &str) -> Result<BufReader<TcpStream>, Error> {
        let stream = connect(self.address).await?;
        let mut connection = BufReader::with_capacity(4 * 1024, stream);
        let request = Request {
            method: "GET",
            path,
            headers: "accept: text/event-stream\r\n",
            body: None,
        };
        connection.write_all(self.text(&request).as_bytes()).await?;
        let (status, _) = read_head(&mut connection).await?;
        if status != 200 {
            return Err(Error::other(format!("the stream was answered {status}")));
        }
        Ok(connection)
    }

    fn text(&self, request: &Request<'_>) -> String {
        let mut text = format!(
            "{} {} HTTP/1.1\r\nhost: {}\r\n",
            request.method, request.path, self.address
        );
        if !self.cookie.is_empty() {
            text.push_str(&format!("cookie: {}\r\n", self.cookie));
        }
        text.push_str(request.headers);
        if let Some(body) = request.body {
            text.push_str("content-type: application/json\r\n");
            text.push_str(&format!("content-length: {}\r\n", body.len()));
        }
        if self.one_shot {
            text.push_str("connection: close\r\n");
        }
        text.push_str("\r\n");
        text
    }
}

async fn connect(address: SocketAddr) -> Result<TcpStream, Error> {
    let stream = TcpStream::connect(address).await?;
    stream.set_nodelay(true)?;
    Ok(stream)
}

/// Status and headers.
pub async fn read_head(
    connection: &mut BufReader<TcpStream>,
) -> Result<(u16, Vec<(String, String)>), Error> {
    let cut = || Error::from(ErrorKind::UnexpectedEof);
    let mut line = String::new();
    connection.read_line(&mut line).await?;
    let status = line.split(' ').nth(1).and_then(|code| code.parse().ok());
    let status = status.ok_or_else(cut)?;
    let mut headers = Vec::new();
    loop {
        line.clear();
        if connection.read_line(&mut line).await? == 0 {
            return Err(cut());
        }
        let Some((name, value)) = line.trim_end().split_once(':') else {
            return if line == "\r\n" {
                Ok((status, headers))
            } else {
                Err(cut())
            };
        };
        headers.push((name.to_ascii_lowercase(), value.trim().to_owned()));
    }
}

async fn read_answer(connection: &mut BufReader<TcpStream>) -> Result<Answer, Error> {
    let (status, headers) = read_head(connection).await?;
    let header = |name: &str| {
        headers
            .iter()
            .find(|(key, _)| key == name)
            .map(|(_, value)| value.as_str())
    };
    let mut body = Vec::new();
    if let Some(length) = header("content-length").and_then(|value| value.parse().ok()) {
        body.resize(length, 0);
        connection.read_exact(&mut body).await?;
    } else if header("transfer-encoding") == Some("chunked") {
        while let Some(chunk) = read_chunk(connection).await? {
            body.extend_from_slice(&chunk);
        }
    }
    Ok(Answer {
        status,
        headers,
        body,
    })
}

/// One chunk of a chunked body; none at its end.
pub async fn read_chunk(connection: &mut BufReader<TcpStream>) -> Result<Option<Vec<u8>>, Error> {
    let mut line = String::new();
    connection.read_line(&mut line).await?;
    let length = usize::from_str_radix(line.trim_end(), 16)
        .map_err(|_| Error::from(ErrorKind::UnexpectedEof))?;
    let mut chunk = vec![0; length + 2];
    connection.read_exact(&mut chunk).await?;
    chunk.truncate(length);
    Ok((length > 0).then_some(chunk))
}
