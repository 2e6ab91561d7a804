//! The loop around an outbox, for whoever owns it together with its storage and transport.

use crate::{
    Batch, Change, Durability, Failed, Next, Operation, Outbox, Place, Stamp, Storage,
    StorageError, SubmissionId, Transport,
};

/// What a step needs from outside.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Moment {
    /// Milliseconds since 1970 UTC by the device's clock.
    pub now_ms: i64,
    /// A random number in 0–1.
    pub jitter: f64,
}

/// What a step came to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Progress {
    /// A batch was acknowledged.
    Acknowledged,
    /// A batch was not.
    Failed(Failed),
    /// Nothing to do for so many milliseconds.
    Wait(u32),
    /// Someone has to sign in first.
    SignIn,
    /// The server holds everything.
    Idle,
}

/// Takes up everything a device keeps: what a tablet does when it starts.
///
/// # Errors
/// Those of the storage.
pub async fn restore<E: Clone, S: Storage<E>>(
    outbox: &mut Outbox<E>,
    storage: &S,
) -> Result<(), StorageError> {
    let device = outbox.device();
    for submission in storage.submissions(device).await? {
        if let Some(log) = storage.log(Place { device, submission }).await? {
            outbox.take_up(log);
        }
    }
    Ok(())
}

/// Records a change and stores it; the operation counts as given when this returns.
///
/// # Errors
/// Those of the storage. The operation is in the log then and is sent from memory.
pub async fn record<E: Clone, S: Storage<E>>(
    outbox: &mut Outbox<E>,
    storage: &S,
    (submission, form_version): (SubmissionId, &str),
    (change, stamp): (E, Stamp),
) -> Result<(), StorageError> {
    let device = outbox.device();
    let place = Place { device, submission };
    let log = outbox.log_mut(submission, form_version);
    let mut unstored = vec![log.record(change, stamp).clone()];
    loop {
        let changes = unstored.iter().cloned().map(Change::Own).collect();
        match storage.commit(place, changes, Durability::Relaxed).await {
            Ok(()) => {
                unstored.iter().for_each(|one| log.stored(one.id));
                return Ok(());
            }
            Err(StorageError::Taken { .. }) => {
                let stored = storage.log(place).await?.map(|log| log.own);
                unstored = log.give_way(stored.unwrap_or_default());
            }
            Err(error) => {
                log.storage_lost();
                return Err(error);
            }
        }
    }
}

/// Delivers the next batch, if its time has come, and stores what the server said.
///
/// # Errors
/// Those of the storage, after the answer was taken in: losing it costs a repeated delivery.
pub async fn step<E: Clone, S: Storage<E>, T: Transport<E>>(
    outbox: &mut Outbox<E>,
    storage: &S,
    transport: &T,
    moment: Moment,
) -> Result<Progress, StorageError> {
    let Batch {
        attempt,
        submission,
        operations,
    } = match outbox.next(moment.now_ms) {
        Next::Deliver(batch) => batch,
        // Nobody else can have taken off: the outbox is ours while we wait.
        Next::Busy | Next::Idle => return Ok(Progress::Idle),
        Next::Wait(wait_ms) => return Ok(Progress::Wait(wait_ms)),
        Next::SignIn => return Ok(Progress::SignIn),
    };
    match transport.deliver(&operations).await {
        Ok(answer) => {
            let new = outbox.delivered(attempt, answer, moment.now_ms, moment.jitter);
            if let Some((standing, others)) = new {
                let place = Place {
                    device: outbox.device(),
                    submission,
                };
                let changes = changes(standing, others);
                storage.commit(place, changes, Durability::Relaxed).await?;
            }
            Ok(Progress::Acknowledged)
        }
        Err(failed) => {
            outbox.failed(attempt, submission, &failed, moment.now_ms, moment.jitter);
            Ok(Progress::Failed(failed))
        }
    }
}

fn changes<E>(standing: crate::Standing, others: Vec<Operation<E>>) -> Vec<Change<E>> {
    let others = others.into_iter().map(Change::Other);
    others.chain([Change::Standing(standing)]).collect()
}
