//! Whose turn it is, and what a failure holds back.

use sync::{
    Delivered, DeviceId, Failed, Next, OperationId, Outbox, Receipt, Stamp, SubmissionId,
    receipt_hash,
};
use uuid::Uuid;

fn submission(number: u128) -> SubmissionId {
    SubmissionId(Uuid::from_u128(number))
}

/// An outbox with that many operations in submissions 1, 2 …
fn outbox(counts: &[u32]) -> Outbox<u32> {
    let mut outbox = Outbox::new(DeviceId(Uuid::from_u128(9)));
    let mut id = 0;
    for (index, count) in counts.iter().enumerate() {
        let log = outbox.log_mut(submission(index as u128 + 1), "1.0.0");
        for value in 0..*count {
            id += 1;
            let stamp = Stamp {
                id: OperationId(Uuid::from_u128(id)),
                at_ms: id as i64,
                zone_minutes: 0,
            };
            let id = log.record(value, stamp).id;
            log.stored(id);
        }
    }
    outbox
}

/// Takes the next batch off: attempt, submission, size.
fn take(outbox: &mut Outbox<u32>, now_ms: i64) -> (u64, u128, usize) {
    match outbox.next(now_ms) {
        Next::Deliver(batch) => (
            batch.attempt,
            batch.submission.0.as_u128(),
            batch.operations.len(),
        ),
        other => panic!("{other:?}"),
    }
}

fn answer(outbox: &Outbox<u32>, number: u128) -> Delivered<u32> {
    let log = outbox.log(submission(number)).expect("known");
    Delivered {
        receipt: Receipt {
            submission: submission(number),
            device: outbox.device(),
            through: log.total(),
            hash: receipt_hash(log.iter().map(|one| one.id)),
            revision: log.total(),
            set_aside: Vec::new(),
        },
        others: Vec::new(),
    }
}

fn away() -> Failed {
    Failed::Away {
        retry_after_s: None,
    }
}

#[test]
fn one_batch_is_under_way_at_a_time() {
    let mut outbox = outbox(&[1, 1]);
    take(&mut outbox, 0);
    assert_eq!(outbox.next(0), Next::Busy);
}

#[test]
fn every_submission_has_its_turn() {
    let mut outbox = outbox(&[1, 1, 1]);
    let mut served = Vec::new();
    for _ in 0..3 {
        let (attempt, number, _) = take(&mut outbox, 0);
        served.push(number);
        let refused = Failed::Refused { code: "x".into() };
        outbox.failed(attempt, submission(number), &refused, 0, 0.0);
    }
    assert_eq!(served, [1, 2, 3]);
}

#[test]
fn alarm_goes_first() {
    let mut outbox = outbox(&[1, 1, 1]);
    outbox.hurry(submission(3));
    assert_eq!(take(&mut outbox, 0).1, 3);
}

#[test]
fn alarm_does_not_wait_for_the_pause() {
    let mut outbox = outbox(&[1]);
    let (attempt, ..) = take(&mut outbox, 0);
    outbox.failed(attempt, submission(1), &away(), 0, 0.0);
    assert_eq!(outbox.next(1), Next::Wait(999));
    outbox.hurry(submission(1));
    take(&mut outbox, 1);
}

#[test]
fn refusal_blocks_only_its_own_submission() {
    let mut outbox = outbox(&[1, 1]);
    let (attempt, ..) = take(&mut outbox, 0);
    let refused = Failed::Refused {
        code: "not_found".into(),
    };
    outbox.failed(attempt, submission(1), &refused, 0, 0.0);
    let (attempt, number, _) = take(&mut outbox, 0);
    assert_eq!(number, 2);
    let done = answer(&outbox, 2);
    outbox.delivered(attempt, done, 0, 0.0);
    assert_eq!(outbox.waiting(), 1);
    assert_eq!(outbox.next(0), Next::Wait(1_000), "and is tried again");
}

#[test]
fn failing_link_gets_smaller_batches_and_a_good_one_larger() {
    let mut outbox = outbox(&[500]);
    let mut sizes = Vec::new();
    for _ in 0..3 {
        let (attempt, _, size) = take(&mut outbox, 0);
        sizes.push(size);
        outbox.failed(attempt, submission(1), &away(), 0, 0.0);
        outbox.wake();
    }
    let (attempt, _, size) = take(&mut outbox, 0);
    sizes.push(size);
    let mut part = answer(&outbox, 1);
    let log = outbox.log(submission(1)).expect("known");
    part.receipt.through = 25;
    part.receipt.hash = receipt_hash(log.iter().take(25).map(|one| one.id));
    outbox.delivered(attempt, part, 0, 0.0);
    sizes.push(take(&mut outbox, 0).2);
    assert_eq!(sizes, [200, 100, 50, 25, 50]);
}

#[test]
fn ended_session_waits_for_someone_to_sign_in() {
    let mut outbox = outbox(&[1]);
    let (attempt, ..) = take(&mut outbox, 0);
    outbox.failed(attempt, submission(1), &Failed::SignedOut, 0, 0.0);
    assert_eq!(outbox.next(99_999), Next::SignIn);
    outbox.signed_in();
    take(&mut outbox, 99_999);
}

#[test]
fn answer_without_progress_is_not_repeated_at_once() {
    let mut outbox = outbox(&[2]);
    let (attempt, ..) = take(&mut outbox, 0);
    let mut nothing = answer(&outbox, 1);
    nothing.receipt.through = 0;
    nothing.receipt.hash = receipt_hash([]);
    outbox.delivered(attempt, nothing, 0, 0.0);
    assert_eq!(outbox.next(0), Next::Wait(1_000));
}

#[test]
fn late_failure_of_an_earlier_attempt_is_ignored() {
    let mut outbox = outbox(&[1]);
    let (first, ..) = take(&mut outbox, 0);
    outbox.failed(first, submission(1), &away(), 0, 0.0);
    outbox.wake();
    take(&mut outbox, 0);
    outbox.failed(first, submission(1), &Failed::SignedOut, 0, 0.0);
    assert!(!outbox.is_signed_out());
}
