//! A tablet's way to the server.

use std::net::SocketAddr;
use std::time::Duration;

use api::forms::submission::{OperationsReceipt, PutOperations, Submission};
use serde_json::{Value, json};
use sync::{Delivered, Failed, Operation, Transport};
use tokio::time::timeout;

use crate::http::{Answer, Client};
use crate::world::Filling;

/// How long a tablet waits for an answer.
const PATIENCE: Duration = Duration::from_secs(10);

/// HTTP with the session of the person at the tablet.
#[derive(Clone)]
pub struct HttpTransport {
    /// Where to send: the proxy, or the server itself.
    pub address: SocketAddr,
    /// Who sends.
    pub cookie: String,
}

impl HttpTransport {
    /// One request on a connection of its own; nothing is tried twice here.
    async fn once(&self, method: &str, path: &str, body: &Value) -> Result<Answer, Failed> {
        let away = Failed::Away {
            retry_after_s: None,
        };
        let mut client = Client::new(self.address, &self.cookie);
        client.one_shot = true;
        let answer = timeout(PATIENCE, client.send_json(method, path, body)).await;
        let Ok(Ok(answer)) = answer else {
            return Err(away);
        };
        match answer.status {
            200 => Ok(answer),
            401 => Err(Failed::SignedOut),
            400..=499 if !matches!(answer.status, 408 | 425 | 429) => {
                let code = serde_json::from_slice::<Value>(&answer.body)
                    .ok()
                    .and_then(|problem| problem["code"].as_str().map(str::to_owned))
                    .unwrap_or_else(|| answer.status.to_string());
                Err(Failed::Refused { code })
            }
            _ => Err(away),
        }
    }

    /// Opens the submission, or finds it open.
    ///
    /// # Errors
    /// See [`Failed`].
    pub async fn open(&self, filling: &Filling) -> Result<Submission, Failed> {
        let new = json!({ "id": filling.submission, "subject": filling.subject });
        let answer = self.once("POST", api::paths::SUBMISSIONS, &new).await?;
        parsed(&answer)
    }
}

impl Transport<Value> for HttpTransport {
    async fn deliver(&self, operations: &[Operation<Value>]) -> Result<Delivered<Value>, Failed> {
        let Some(first) = operations.first() else {
            return Err(Failed::Refused {
                code: "operations.empty".to_owned(),
            });
        };
        let path = api::paths::operations(api::id::SubmissionId(first.submission.0));
        let put = PutOperations {
            operations: operations.to_vec(),
        };
        let body = serde_json::to_value(put).map_err(|_| broken())?;
        let receipt: OperationsReceipt = parsed(&self.once("PUT", &path, &body).await?)?;
        Ok(Delivered {
            receipt: receipt.receipt,
            others: receipt.others,
        })
    }
}

/// An answer that is cut inside is no answer.
fn parsed<T: serde::de::DeserializeOwned>(answer: &Answer) -> Result<T, Failed> {
    serde_json::from_slice(&answer.body).map_err(|_| broken())
}

fn broken() -> Failed {
    Failed::Away {
        retry_after_s: None,
    }
}
