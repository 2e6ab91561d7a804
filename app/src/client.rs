//! Requests to the JSON API, with errors that a page can act on.

use std::rc::Rc;

use api::problem::Problem;
use gloo_net::http::Request;
use leptos::prelude::*;
use serde::Serialize;
use serde::de::DeserializeOwned;
use wasm_bindgen::prelude::wasm_bindgen;

use crate::filling::storage::DeviceStorage;
use crate::text::{Language, common};

/// How long an answer is waited for: a network that is there but brings nothing counts as none.
const PATIENCE_MS: u32 = 25_000;

/// Why a request brought nothing.
#[derive(Clone, Debug, PartialEq)]
pub enum Failure {
    /// No answer came: no network, or the server is down.
    Offline,
    /// The server refused and says why.
    Problem(Box<Problem>),
    /// An answer came that is not what the contract says.
    Unreadable {
        /// HTTP status.
        status: u16,
    },
}

impl Failure {
    /// Stable code of the server's refusal.
    pub fn code(&self) -> Option<&str> {
        match self {
            Failure::Problem(problem) => Some(&problem.code),
            Failure::Offline | Failure::Unreadable { .. } => None,
        }
    }

    /// Does the reader's role not allow it? Asking again changes nothing.
    pub fn is_refusal(&self) -> bool {
        self.code() == Some("access.forbidden")
    }

    /// Is there no such thing, or not for this reader? Asking again changes nothing.
    pub fn is_absent(&self) -> bool {
        matches!(self.code(), Some("access.not_found"))
            || matches!(self, Failure::Unreadable { status: 404 })
    }

    /// What happened and what to do, for people.
    pub fn text(&self, language: Language) -> String {
        match self {
            Failure::Offline => common::offline_text(language).to_owned(),
            Failure::Problem(problem) => problem.text.in_language(language).to_owned(),
            Failure::Unreadable { .. } => common::unreadable_text(language).to_owned(),
        }
    }

    /// A short heading over [`Failure::text`].
    pub fn title(&self, language: Language) -> &'static str {
        match self {
            Failure::Offline => common::offline_title(language),
            Failure::Problem(_) => common::refused_title(language),
            Failure::Unreadable { .. } => common::unreadable_title(language),
        }
    }
}

/// The way to the server, given to the whole work area by context.
#[derive(Clone, Copy)]
pub struct Client {
    /// Did the last request get an answer?
    pub online: RwSignal<bool>,
    /// Has the session ended while a page was open? The shell then asks to sign in over the page.
    pub expired: RwSignal<bool>,
    /// Grows when a session begins; resources that track it fetch again.
    pub epoch: RwSignal<u32>,
}

/// The client of the work area.
pub fn use_client() -> Client {
    expect_context::<Client>()
}

impl Client {
    /// A client that has not spoken yet.
    pub fn new() -> Self {
        Client {
            online: RwSignal::new(true),
            expired: RwSignal::new(false),
            epoch: RwSignal::new(0),
        }
    }

    /// `GET`.
    ///
    /// # Errors
    /// See [`Failure`].
    pub async fn get<T: DeserializeOwned>(self, path: &str) -> Result<T, Failure> {
        parsed(self.exchange(Request::get(path).build()).await)
    }

    /// `GET` of a document as it came, to be kept and read by whoever asked.
    ///
    /// # Errors
    /// See [`Failure`].
    pub async fn get_text(self, path: &str) -> Result<String, Failure> {
        let answer = self.exchange(Request::get(path).build()).await?;
        Ok(answer.text)
    }

    /// `POST` with a JSON body.
    ///
    /// # Errors
    /// See [`Failure`].
    pub async fn post<T: DeserializeOwned>(
        self,
        path: &str,
        body: &impl Serialize,
    ) -> Result<T, Failure> {
        parsed(self.exchange(Request::post(path).json(body)).await)
    }

    /// `PUT` with a JSON body.
    ///
    /// # Errors
    /// See [`Failure`].
    pub async fn put<T: DeserializeOwned>(
        self,
        path: &str,
        body: &impl Serialize,
    ) -> Result<T, Failure> {
        let request = Request::put(path)
            .abort_signal(patience().as_ref())
            .json(body);
        parsed(self.exchange(request).await)
    }

    /// `DELETE`.
    ///
    /// # Errors
    /// See [`Failure`].
    pub async fn delete<T: DeserializeOwned>(self, path: &str) -> Result<T, Failure> {
        parsed(self.exchange(Request::delete(path).build()).await)
    }

    /// `DELETE` with a JSON body, for what is taken out with a reason.
    ///
    /// # Errors
    /// See [`Failure`].
    pub async fn delete_with<T: DeserializeOwned>(
        self,
        path: &str,
        body: &impl Serialize,
    ) -> Result<T, Failure> {
        parsed(self.exchange(Request::delete(path).json(body)).await)
    }

    /// `GET` that also works without a network: the last answer this person got here stands in.
    ///
    /// # Errors
    /// See [`Failure`]; [`Failure::Offline`] when nothing was kept.
    pub async fn get_kept<T: DeserializeOwned>(
        self,
        person: uuid::Uuid,
        path: &str,
    ) -> Result<T, Failure> {
        let storage = DeviceStorage::new();
        let key = format!("{}{path}", kept_answers(person));
        let request = Request::get(path).abort_signal(patience().as_ref()).build();
        match self.exchange(request).await {
            Ok(answer) => {
                let status = answer.status;
                let text = answer.text.clone();
                let value = parsed(Ok(answer))?;
                if let Err(error) = storage.keep_document(&key, &text).await {
                    // The page works; only opening it without a network does not.
                    leptos::logging::warn!("the answer is not kept ({status}): {error}");
                }
                Ok(value)
            }
            Err(Failure::Offline) => {
                let text = storage.document(&key).await.ok_or(Failure::Offline)?;
                serde_json::from_str(&text).map_err(|_| Failure::Offline)
            }
            Err(failure) => Err(failure),
        }
    }

    /// `PUT` of bytes as they are.
    ///
    /// # Errors
    /// See [`Failure`].
    pub async fn put_bytes<T: DeserializeOwned>(
        self,
        path: &str,
        bytes: &web_sys::Blob,
    ) -> Result<T, Failure> {
        let request = Request::put(path).header("content-type", "application/octet-stream");
        let request = request.body(wasm_bindgen::JsValue::from(bytes.clone()));
        parsed(self.exchange(request).await)
    }

    /// `POST` of a file as it is, with headers.
    ///
    /// # Errors
    /// See [`Failure`].
    pub async fn send_file<T: DeserializeOwned>(
        self,
        path: &str,
        headers: &[(&str, &str)],
        file: Rc<web_sys::File>,
    ) -> Result<T, Failure> {
        let mut request = Request::post(path).header("content-type", "application/octet-stream");
        for (name, value) in headers {
            request = request.header(name, value);
        }
        let body: &web_sys::Blob = &file;
        let request = request.body(wasm_bindgen::JsValue::from(body.clone()));
        parsed(self.exchange(request).await)
    }

    /// Sends a request and reads the answer. Without a type parameter, so that the program holds it once.
    async fn exchange(self, request: Result<Request, gloo_net::Error>) -> Result<Answer, Failure> {
        let Ok(request) = request else {
            return Err(Failure::Unreadable { status: 0 });
        };
        let Ok(response) = request.send().await else {
            self.set_online(false);
            return Err(Failure::Offline);
        };
        self.set_online(true);
        let status = response.status();
        let Ok(text) = response.text().await else {
            // The connection broke inside the answer.
            return Err(Failure::Offline);
        };
        if response.ok() {
            let url = response.url();
            return Ok(Answer { status, text, url });
        }
        let problem = serde_json::from_str::<Problem>(&text);
        if status == 401 && problem.as_ref().is_ok_and(|p| is_lost_session(&p.code)) {
            self.expired.set(true);
        }
        match problem {
            Ok(problem) => Err(Failure::Problem(Box::new(problem))),
            // A proxy speaks instead of the server, which is down.
            Err(_) if matches!(status, 502..=504) => {
                self.set_online(false);
                Err(Failure::Offline)
            }
            Err(_) => Err(Failure::Unreadable { status }),
        }
    }

    fn set_online(self, online: bool) {
        if self.online.get_untracked() != online {
            self.online.set(online);
        }
    }
}

/// An answer of the server that is no refusal.
struct Answer {
    status: u16,
    text: String,
    url: String,
}

fn parsed<T: DeserializeOwned>(answer: Result<Answer, Failure>) -> Result<T, Failure> {
    let Answer { status, text, url } = answer?;
    // 204 and other empty answers stand for the unit.
    let text = if text.is_empty() { "null" } else { &text };
    serde_json::from_str(text).map_err(|error| {
        leptos::logging::error!("answer to {url}: {error}");
        Failure::Unreadable { status }
    })
}

/// Beginning of the names under which answers are kept for a person.
pub fn kept_answers(person: uuid::Uuid) -> String {
    format!("answer.{person}.")
}

/// Ends a request after [`PATIENCE_MS`]. By a controller: `AbortSignal.timeout` came with Chromium 103, and tablets
/// with 102 are in use.
fn patience() -> Option<web_sys::AbortSignal> {
    let controller = AbortController::new().ok()?;
    let signal = controller.signal();
    set_timeout(
        move || controller.abort(),
        std::time::Duration::from_millis(PATIENCE_MS.into()),
    );
    Some(signal)
}

#[wasm_bindgen]
extern "C" {
    /// The parts of `AbortController` that are needed.
    type AbortController;

    #[wasm_bindgen(constructor, catch)]
    fn new() -> Result<AbortController, wasm_bindgen::JsValue>;
    #[wasm_bindgen(method, getter)]
    fn signal(this: &AbortController) -> web_sys::AbortSignal;
    #[wasm_bindgen(method)]
    fn abort(this: &AbortController);
}

impl Default for Client {
    fn default() -> Self {
        Client::new()
    }
}

/// Does this code say that nobody is signed in any more (and not that a password was wrong)?
fn is_lost_session(code: &str) -> bool {
    matches!(
        code,
        "session.expired" | "session.required" | "session.missing"
    )
}
