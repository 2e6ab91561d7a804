//! What every storage must keep to: one suite for memory, IndexedDB and whatever comes.
//!
//! Each check gets a fresh storage, says nothing when it holds, and names what is wrong otherwise.

use std::collections::BTreeMap;

use serde_json::{Value, json};
use uuid::Uuid;

use crate::{
    Change, DeviceId, Durability, Operation, OperationId, Place, Standing, Storage, StorageError,
    SubmissionId,
};

/// A broken promise: the check's name and what was found.
pub type Broken = (&'static str, String);

/// Runs every check. `open(name)` opens the storage of that name: the same again for a known name, an
/// empty one for a new name.
///
/// Returns the names of the checks that were run.
///
/// # Errors
/// The first broken promise.
pub async fn check<S, O>(open: O) -> Result<Vec<&'static str>, Broken>
where
    S: Storage<Value>,
    O: AsyncFn(&'static str) -> S,
{
    let mut done = Vec::new();
    macro_rules! run {
        ($($name:ident),* $(,)?) => {
            $(
                let name = stringify!($name);
                $name(&open, name).await.map_err(|found| (name, found))?;
                done.push(name);
            )*
        };
    }
    run!(
        empty_storage_holds_nothing,
        operations_come_back_in_order,
        operation_comes_back_as_it_was,
        same_operation_again_changes_nothing,
        taken_sequence_is_refused,
        refused_changes_leave_nothing_behind,
        others_are_known_by_id,
        standing_is_replaced,
        notes_are_replaced_and_dropped,
        devices_and_submissions_stay_apart,
        second_opening_sees_what_was_stored,
        forgetting_takes_one_log_whole,
        changes_at_the_same_time_all_arrive,
        strict_changes_are_stored_too,
    );
    Ok(done)
}

type Found = Result<(), String>;

fn place() -> Place {
    place_of(1, 1)
}

fn place_of(device: u128, submission: u128) -> Place {
    Place {
        device: DeviceId(Uuid::from_u128(device)),
        submission: SubmissionId(Uuid::from_u128(submission)),
    }
}

fn operation(place: Place, sequence: u64, id: u128) -> Operation<Value> {
    Operation {
        id: OperationId(Uuid::from_u128(id)),
        device: place.device,
        sequence,
        submission: place.submission,
        base_revision: 3,
        at_ms: 1_774_000_000_123,
        zone_minutes: 420,
        form_version: "1.0.0".into(),
        change: json!({"path": "section/question", "edit": {"set": format!("ответ {id} «ё» 😀")}}),
    }
}

fn own(place: Place, sequence: u64) -> Change<Value> {
    Change::Own(operation(place, sequence, u128::from(sequence)))
}

fn note(name: &str, text: Option<&str>) -> Change<Value> {
    Change::Note {
        name: name.into(),
        text: text.map(str::to_owned),
    }
}

async fn put(storage: &impl Storage<Value>, place: Place, changes: Vec<Change<Value>>) -> Found {
    storage
        .commit(place, changes, Durability::Relaxed)
        .await
        .map_err(|error| format!("a change was refused: {error}"))
}

async fn sequences(storage: &impl Storage<Value>, place: Place) -> Result<Vec<u64>, String> {
    let log = storage
        .log(place)
        .await
        .map_err(|error| error.to_string())?;
    let own = log.map(|log| log.own).unwrap_or_default();
    Ok(own.iter().map(|operation| operation.sequence).collect())
}

fn equal<T: PartialEq + std::fmt::Debug>(found: T, expected: T) -> Found {
    if found == expected {
        return Ok(());
    }
    Err(format!("found {found:?}, expected {expected:?}"))
}

async fn empty_storage_holds_nothing<S: Storage<Value>>(
    open: &impl AsyncFn(&'static str) -> S,
    name: &'static str,
) -> Found {
    let storage = open(name).await;
    equal(storage.log(place()).await, Ok(None))?;
    equal(storage.submissions(place().device).await, Ok(Vec::new()))
}

async fn operations_come_back_in_order<S: Storage<Value>>(
    open: &impl AsyncFn(&'static str) -> S,
    name: &'static str,
) -> Found {
    let storage = open(name).await;
    // Beyond the places where an order of texts would differ from the order of numbers.
    for sequence in [2, 1, 11, 100, 9, 10, 1_000_000, 99, 3] {
        put(&storage, place(), vec![own(place(), sequence)]).await?;
    }
    let expected = vec![1, 2, 3, 9, 10, 11, 99, 100, 1_000_000];
    equal(sequences(&storage, place()).await?, expected)
}

async fn operation_comes_back_as_it_was<S: Storage<Value>>(
    open: &impl AsyncFn(&'static str) -> S,
    name: &'static str,
) -> Found {
    let storage = open(name).await;
    let mut written = operation(place(), 1, 7);
    // Larger than a double holds exactly, and a nested change.
    written.base_revision = 9_007_199_254_740_993;
    written.at_ms = -1;
    written.change =
        json!({"path": "a", "edit": {"set": null}, "deep": [1, [2.5, {"b": "\u{0}\n"}]]});
    put(&storage, place(), vec![Change::Own(written.clone())]).await?;
    let read = storage.log(place()).await.map_err(|e| e.to_string())?;
    equal(read.map(|log| log.own), Some(vec![written]))
}

async fn same_operation_again_changes_nothing<S: Storage<Value>>(
    open: &impl AsyncFn(&'static str) -> S,
    name: &'static str,
) -> Found {
    let storage = open(name).await;
    for _ in 0..3 {
        put(&storage, place(), vec![own(place(), 1), own(place(), 1)]).await?;
    }
    equal(sequences(&storage, place()).await?, vec![1])
}

async fn taken_sequence_is_refused<S: Storage<Value>>(
    open: &impl AsyncFn(&'static str) -> S,
    name: &'static str,
) -> Found {
    let storage = open(name).await;
    put(&storage, place(), vec![own(place(), 1)]).await?;
    let rival = Change::Own(operation(place(), 1, 99));
    let refused = storage
        .commit(place(), vec![rival], Durability::Relaxed)
        .await;
    equal(refused, Err(StorageError::Taken { sequence: 1 }))?;
    let read = storage.log(place()).await.map_err(|e| e.to_string())?;
    equal(
        read.map(|log| log.own),
        Some(vec![operation(place(), 1, 1)]),
    )
}

async fn refused_changes_leave_nothing_behind<S: Storage<Value>>(
    open: &impl AsyncFn(&'static str) -> S,
    name: &'static str,
) -> Found {
    let storage = open(name).await;
    put(&storage, place(), vec![own(place(), 2)]).await?;
    let changes = vec![
        own(place(), 1),
        note("step", Some("half")),
        Change::Standing(Standing {
            held: 5,
            ..Standing::default()
        }),
        Change::Own(operation(place(), 2, 99)),
    ];
    let refused = storage.commit(place(), changes, Durability::Strict).await;
    equal(refused, Err(StorageError::Taken { sequence: 2 }))?;
    let log = storage.log(place()).await.map_err(|e| e.to_string())?;
    let log = log.ok_or("the log is gone")?;
    equal(log.own.len(), 1)?;
    equal(log.notes, BTreeMap::new())?;
    equal(log.standing, Standing::default())
}

async fn others_are_known_by_id<S: Storage<Value>>(
    open: &impl AsyncFn(&'static str) -> S,
    name: &'static str,
) -> Found {
    let storage = open(name).await;
    let elsewhere = place_of(8, 1);
    // Two of one sequence: a copied profile. Both are kept.
    let others = [operation(elsewhere, 1, 51), operation(elsewhere, 1, 52)];
    for _ in 0..2 {
        let changes = others.iter().cloned().map(Change::Other).collect();
        put(&storage, place(), changes).await?;
    }
    put(&storage, place(), vec![own(place(), 1)]).await?;
    let log = storage.log(place()).await.map_err(|e| e.to_string())?;
    let mut log = log.ok_or("the log is gone")?;
    log.others.sort_by_key(|operation| operation.id);
    equal(log.others, others.to_vec())?;
    equal(log.own.len(), 1)
}

async fn standing_is_replaced<S: Storage<Value>>(
    open: &impl AsyncFn(&'static str) -> S,
    name: &'static str,
) -> Found {
    let storage = open(name).await;
    let mut standing = Standing {
        held: 3,
        revision: 9,
        acknowledged_ms: Some(1_774_000_000_000),
        ..Standing::default()
    };
    put(&storage, place(), vec![Change::Standing(standing.clone())]).await?;
    standing.held = 4;
    standing.is_closed = true;
    standing
        .set_aside
        .insert(OperationId(Uuid::from_u128(4)), "unknown_field".into());
    put(&storage, place(), vec![Change::Standing(standing.clone())]).await?;
    let log = storage.log(place()).await.map_err(|e| e.to_string())?;
    equal(log.map(|log| log.standing), Some(standing))
}

async fn notes_are_replaced_and_dropped<S: Storage<Value>>(
    open: &impl AsyncFn(&'static str) -> S,
    name: &'static str,
) -> Found {
    let storage = open(name).await;
    put(
        &storage,
        place(),
        vec![note("step", Some("one")), note("draft.a/b", Some("ё"))],
    )
    .await?;
    put(
        &storage,
        place(),
        vec![note("step", Some("two")), note("draft.a/b", None)],
    )
    .await?;
    let log = storage.log(place()).await.map_err(|e| e.to_string())?;
    let expected = BTreeMap::from([("step".to_owned(), "two".to_owned())]);
    equal(log.map(|log| log.notes), Some(expected))
}

async fn devices_and_submissions_stay_apart<S: Storage<Value>>(
    open: &impl AsyncFn(&'static str) -> S,
    name: &'static str,
) -> Found {
    let storage = open(name).await;
    for (device, submission) in [(1, 1), (1, 2), (2, 1)] {
        let here = place_of(device, submission);
        let mine = operation(here, 1, device * 10 + submission);
        put(&storage, here, vec![Change::Own(mine)]).await?;
    }
    equal(sequences(&storage, place_of(1, 2)).await?, vec![1])?;
    let first = place_of(1, 1);
    let listed = storage.submissions(first.device).await;
    equal(
        listed,
        Ok(vec![first.submission, place_of(1, 2).submission]),
    )?;
    equal(
        storage.log(place_of(2, 2)).await.map(|log| log.is_some()),
        Ok(false),
    )
}

async fn second_opening_sees_what_was_stored<S: Storage<Value>>(
    open: &impl AsyncFn(&'static str) -> S,
    name: &'static str,
) -> Found {
    {
        let first = open(name).await;
        put(
            &first,
            place(),
            vec![own(place(), 1), note("step", Some("x"))],
        )
        .await?;
    }
    let second = open(name).await;
    equal(sequences(&second, place()).await?, vec![1])?;
    put(&second, place(), vec![own(place(), 2)]).await?;
    equal(sequences(&open(name).await, place()).await?, vec![1, 2])
}

async fn forgetting_takes_one_log_whole<S: Storage<Value>>(
    open: &impl AsyncFn(&'static str) -> S,
    name: &'static str,
) -> Found {
    let storage = open(name).await;
    let neighbour = place_of(1, 2);
    let everything = |here| {
        vec![
            own(here, 1),
            Change::Other(operation(place_of(8, 1), 1, 51)),
            Change::Standing(Standing::default()),
            note("step", Some("x")),
        ]
    };
    put(&storage, place(), everything(place())).await?;
    put(&storage, neighbour, everything(neighbour)).await?;
    put(&storage, place(), vec![Change::Forget]).await?;
    equal(storage.log(place()).await, Ok(None))?;
    equal(
        storage.submissions(place().device).await,
        Ok(vec![neighbour.submission]),
    )?;
    equal(sequences(&storage, neighbour).await?, vec![1])
}

async fn changes_at_the_same_time_all_arrive<S: Storage<Value>>(
    open: &impl AsyncFn(&'static str) -> S,
    name: &'static str,
) -> Found {
    let (first, second) = (open(name).await, open(name).await);
    let write = async |storage: &S, from: u64| {
        for sequence in (from..from + 20).step_by(2) {
            put(storage, place(), vec![own(place(), sequence)]).await?;
        }
        Found::Ok(())
    };
    let (one, two) = both(write(&first, 1), write(&second, 2)).await;
    one?;
    two?;
    let expected: Vec<u64> = (1..=20).collect();
    equal(sequences(&first, place()).await?, expected)
}

async fn strict_changes_are_stored_too<S: Storage<Value>>(
    open: &impl AsyncFn(&'static str) -> S,
    name: &'static str,
) -> Found {
    let storage = open(name).await;
    storage
        .commit(place(), vec![own(place(), 1)], Durability::Strict)
        .await
        .map_err(|error| error.to_string())?;
    equal(sequences(&storage, place()).await?, vec![1])
}

/// Waits for two futures at once; the standard library has no stable way yet.
async fn both<A, B>(a: impl Future<Output = A>, b: impl Future<Output = B>) -> (A, B) {
    let (mut a, mut b) = (Box::pin(a), Box::pin(b));
    let (mut first, mut second) = (None, None);
    std::future::poll_fn(move |context| {
        use std::task::Poll;
        if first.is_none()
            && let Poll::Ready(value) = a.as_mut().poll(context)
        {
            first = Some(value);
        }
        if second.is_none()
            && let Poll::Ready(value) = b.as_mut().poll(context)
        {
            second = Some(value);
        }
        match (first.take(), second.take()) {
            (Some(first), Some(second)) => Poll::Ready((first, second)),
            (a, b) => {
                (first, second) = (a, b);
                Poll::Pending
            }
        }
    })
    .await
}
