//! One log: sequences, receipts, rivals, pruning.

use sync::{
    Attention, DeviceId, Log, OperationId, OperationState, Receipt, Refusal, Stamp, SubmissionId,
    receipt_hash,
};
use uuid::Uuid;

fn stamp(number: u128) -> Stamp {
    Stamp {
        id: OperationId(Uuid::from_u128(number)),
        at_ms: number as i64 * 1_000,
        zone_minutes: 180,
    }
}

fn log_of(device: u128) -> Log<u32> {
    let submission = SubmissionId(Uuid::from_u128(1));
    Log::new(submission, DeviceId(Uuid::from_u128(device)), "1.0.0")
}

/// A log whose operations are stored.
fn stored(count: u128) -> Log<u32> {
    let mut log = log_of(2);
    for number in 1..=count {
        let id = log.record(number as u32, stamp(number)).id;
        log.stored(id);
    }
    log
}

/// What a server says that holds the first `through` operations of a log.
fn receipt(log: &Log<u32>, through: u64, revision: u64) -> Receipt {
    let ids = log.iter().take(through as usize).map(|one| one.id);
    Receipt {
        submission: log.submission(),
        device: log.device(),
        through,
        hash: receipt_hash(ids),
        revision,
        set_aside: Vec::new(),
    }
}

fn sequences(log: &Log<u32>) -> Vec<u64> {
    log.pending(100).iter().map(|one| one.sequence).collect()
}

#[test]
fn sequence_grows_without_gaps() {
    assert_eq!(sequences(&stored(3)), [1, 2, 3]);
}

#[test]
fn acknowledged_operations_are_not_sent_again() {
    let mut log = stored(3);
    log.receive(&receipt(&log, 2, 2), true, 5);
    assert_eq!(sequences(&log), [3]);
    assert_eq!((log.held(), log.total()), (2, 3));
}

#[test]
fn overtaken_receipt_takes_nothing_back() {
    let mut log = stored(1);
    log.receive(&receipt(&log, 1, 7), true, 5);
    log.receive(&receipt(&log, 0, 3), false, 6);
    assert_eq!((log.held(), log.revision()), (1, 7));
}

#[test]
fn server_restored_from_a_backup_gets_the_rest_again() {
    let mut log = stored(3);
    log.receive(&receipt(&log, 3, 3), true, 5);
    log.receive(&receipt(&log, 1, 1), true, 6);
    assert_eq!(sequences(&log), [2, 3]);
}

#[test]
fn snapshot_without_an_own_operation_sends_it_again() {
    let mut log = stored(3);
    log.receive(&receipt(&log, 3, 3), true, 5);
    let held: Vec<_> = log.iter().take(1).cloned().collect();
    assert!(!log.see_snapshot(held, 1));
    assert_eq!(sequences(&log), [2, 3]);
}

#[test]
fn operation_is_held_back_until_the_device_has_it() {
    let mut log = stored(1);
    let id = log.record(2, stamp(2)).id;
    assert_eq!(sequences(&log), [1]);
    assert_eq!(log.state(id), Some(OperationState::Volatile));
    log.stored(id);
    assert_eq!(sequences(&log), [1, 2]);
    assert_eq!(log.state(id), Some(OperationState::OnDevice));
}

#[test]
fn full_device_sends_from_memory() {
    let mut log = stored(1);
    log.record(2, stamp(2));
    log.storage_lost();
    assert_eq!(sequences(&log), [1, 2]);
}

#[test]
fn tab_that_was_slower_moves_behind() {
    let mut first = log_of(2);
    let mut second = log_of(2);
    let mine = first.record(1, stamp(1)).clone();
    first.stored(mine.id);
    second.record(2, stamp(2));
    second.record(3, stamp(3));
    let moved = second.give_way(vec![mine]);
    let places: Vec<(u64, u32)> = moved.iter().map(|one| (one.sequence, one.change)).collect();
    assert_eq!(places, [(2, 2), (3, 3)]);
    assert_eq!(second.total(), 3);
}

#[test]
fn adopting_twice_changes_nothing() {
    let mut log = log_of(2);
    let operation = log_of(9).record(1, stamp(5)).clone();
    assert!(log.adopt(operation.clone()));
    assert!(!log.adopt(operation));
    assert_eq!(log.ordered().len(), 1);
    assert_eq!(log.total(), 0, "a colleague's answer is not ours to send");
}

#[test]
fn operation_of_another_submission_is_left_out() {
    let mut foreign: Log<u32> = Log::new(
        SubmissionId(Uuid::from_u128(77)),
        DeviceId(Uuid::from_u128(9)),
        "1.0.0",
    );
    let operation = foreign.record(1, stamp(5)).clone();
    assert!(!log_of(2).adopt(operation));
}

#[test]
fn other_hash_sends_everything_again_and_then_asks_for_a_person() {
    let mut log = stored(2);
    let strange = Receipt {
        hash: "other".into(),
        ..receipt(&log, 2, 2)
    };
    log.receive(&strange, true, 5);
    assert_eq!(sequences(&log), [1, 2]);
    log.receive(&strange, true, 6);
    assert_eq!(log.standing().attention, Some(Attention::Mismatch));
    log.close();
    assert!(!log.is_prunable(i64::MAX, 0), "the only copy stays");
}

#[test]
fn set_aside_operation_is_named() {
    let mut log = stored(2);
    let mut answer = receipt(&log, 2, 2);
    let operation = log.pending(1)[0].id;
    answer.set_aside.push(Refusal {
        operation,
        code: "unknown_field".into(),
    });
    log.receive(&answer, true, 5);
    assert_eq!(log.tally().set_aside, 1);
    assert_eq!(
        log.state(operation),
        Some(OperationState::SetAside("unknown_field".into()))
    );
}

#[test]
fn log_is_forgotten_only_after_receipt_closing_and_retention() {
    let mut log = stored(2);
    assert!(!log.is_prunable(1_000, 100));
    log.receive(&receipt(&log, 2, 2), true, 500);
    assert!(!log.is_prunable(1_000, 100), "still open");
    log.close();
    assert!(!log.is_prunable(550, 100), "too early");
    assert!(log.is_prunable(600, 100));
    let id = log.record(3, stamp(3)).id;
    assert!(!log.is_prunable(9_000, 100), "a correction came");
    log.stored(id);
    assert!(!log.is_prunable(9_000, 100), "the correction is not held");
}
