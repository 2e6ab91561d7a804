//! Somebody in an office: plans procedures and brings files, and notes what was acknowledged.

use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::Duration;

use api::id::{FileId, MunicipalityId, ProcedureId};
use api::papers::document::{FILE_ID_HEADER, StoredFile};
use api::procedures::procedure::Procedure;
use serde_json::json;
use server::files::FileSettings;
use server::store::{AuditChain, Store};
use tokio::time::{sleep, timeout};
use uuid::Uuid;

use super::check::Findings;
use super::tablet::Shared;
use crate::http::{Client, Request};

/// How long a clerk waits for an answer.
const PATIENCE: Duration = Duration::from_secs(15);
/// Every so often a clerk looks whether what was acknowledged is shown.
const LOOK: usize = 8;

/// A clerk.
pub struct Clerk {
    /// The server or what stands in front of it.
    pub address: SocketAddr,
    /// Session of a coordinator.
    pub cookie: String,
    /// What all share.
    pub shared: Arc<Shared>,
}

/// What clerks were told.
#[derive(Default)]
pub struct Told {
    procedures: Vec<ProcedureId>,
    files: Vec<(FileId, String)>,
    stale: usize,
}

impl Clerk {
    /// Works until the faults are over.
    ///
    /// # Errors
    /// When the server refuses for a reason that is the clerk's.
    pub async fn work(self) -> anyhow::Result<Told> {
        let mut told = Told::default();
        for number in 0.. {
            if self.shared.is_calm.load(Ordering::Relaxed) {
                break;
            }
            let is_there = if number % 3 == 0 {
                self.bring(&mut told, number).await?
            } else {
                self.plan(&mut told).await?
            };
            if is_there && number % LOOK == 1 {
                self.look(&mut told).await;
            }
            sleep(Duration::from_millis(if is_there { 20 } else { 100 })).await;
        }
        Ok(told)
    }

    async fn plan(&self, told: &mut Told) -> anyhow::Result<bool> {
        let id = ProcedureId(Uuid::now_v7());
        let body = serde_json::to_vec(&json!({
            "id": id, "kind": "oge", "level": "federal", "year": 2026,
            "title": { "ru": "ОГЭ ".repeat(40), "en": "OGE" },
            "window": ["2026-05-20", "2026-06-20"],
        }))?;
        let sent = self.send(api::paths::PROCEDURES, "", &body).await?;
        told.procedures.extend(sent.is_some().then_some(id));
        Ok(sent.is_some())
    }

    async fn bring(&self, told: &mut Told, number: usize) -> anyhow::Result<bool> {
        let id = FileId(Uuid::now_v7());
        let headers = format!("{FILE_ID_HEADER}: {id}\r\nx-file-name: a.pdf\r\n");
        let body = pdf(id, 2_000 + number % 7 * 9_000);
        let Some(answer) = self.send(api::paths::FILES, &headers, &body).await? else {
            return Ok(false);
        };
        let stored: StoredFile = serde_json::from_slice(&answer)?;
        told.files.push((id, stored.hash));
        Ok(true)
    }

    /// The answer to a request that was acknowledged; none when the server or the network could not.
    async fn send(
        &self,
        path: &str,
        headers: &str,
        body: &[u8],
    ) -> anyhow::Result<Option<Vec<u8>>> {
        let mut client = Client::new(self.address, &self.cookie);
        client.one_shot = true;
        let request = Request {
            method: "POST",
            path,
            headers,
            body: Some(body),
        };
        let Ok(Ok(answer)) = timeout(PATIENCE, client.send(&request)).await else {
            return Ok(None);
        };
        let is_refused = (400..500).contains(&answer.status) && answer.status != 429;
        anyhow::ensure!(
            !is_refused,
            "a clerk is refused: {} {}",
            answer.status,
            String::from_utf8_lossy(&answer.body)
        );
        anyhow::ensure!(
            answer.status != 500,
            "an error without a name: {}",
            String::from_utf8_lossy(&answer.body)
        );
        // A cut answer is no answer.
        let is_whole = serde_json::from_slice::<serde_json::Value>(&answer.body).is_ok();
        Ok((answer.status == 200 && is_whole).then_some(answer.body))
    }

    /// Is the newest procedure shown, as soon as it was acknowledged?
    async fn look(&self, told: &mut Told) {
        let Some(newest) = told.procedures.last() else {
            return;
        };
        let mut client = Client::new(self.address, &self.cookie);
        client.one_shot = true;
        let answer = timeout(PATIENCE, client.get(api::paths::PROCEDURES)).await;
        if let Ok(Ok(answer)) = answer
            && let Ok(shown) = answer.json::<Vec<Procedure>>()
        {
            told.stale += usize::from(shown.iter().all(|one| one.id != *newest));
        }
    }
}

impl Told {
    /// Adds what another clerk was told.
    pub fn add(&mut self, other: Told) {
        self.procedures.extend(other.procedures);
        self.files.extend(other.files);
        self.stale += other.stale;
    }

    /// Looks everything up in the database and in the store of files, past the server.
    ///
    /// # Errors
    /// Those of the store.
    pub async fn compare(
        &self,
        database: &str,
        municipality: MunicipalityId,
    ) -> anyhow::Result<Findings> {
        let store = Store::open(database).await?;
        let settings = FileSettings::beside(database);
        let mut findings = Findings {
            acknowledged: self.procedures.len() + self.files.len(),
            stale: self.stale,
            ..Findings::default()
        };
        let held = store.procedures(municipality).await?;
        for id in &self.procedures {
            let copies = held.iter().filter(|one| one.id == *id).count();
            findings.lost += usize::from(copies == 0);
            findings.duplicated += copies.saturating_sub(1);
        }
        for (id, hash) in &self.files {
            let row = store.file(municipality, *id).await?;
            let is_kept = server::files::read(&settings, municipality, hash).await;
            let is_there = row.is_some_and(|(file, _)| file.hash == *hash) && is_kept.is_ok();
            findings.lost += usize::from(!is_there);
        }
        let chain = store.verify_audit(municipality).await?;
        findings.mismatched += usize::from(!matches!(chain, AuditChain::Whole { .. }));
        println!(
            "{} procedures and {} files of clerks",
            self.procedures.len(),
            self.files.len()
        );
        Ok(findings)
    }
}

/// Something that is a PDF by its content, different for each id.
fn pdf(id: FileId, bytes: usize) -> Vec<u8> {
    let mut text = format!("%PDF-1.7\n% {id}\n").into_bytes();
    text.resize(bytes, b' ');
    text.extend_from_slice(b"\n%%EOF\n");
    text
}
