//! Tablets, a server and a network that cuts, repeats, delays and reorders: everything arrives exactly
//! once, nothing acknowledged is lost, and everybody who holds the same set folds it to the same state.

use std::collections::{BTreeMap, BTreeSet};

use futures::executor::block_on;
use proptest::prelude::*;
use sync::{
    Batch, Change, Delivered, DeviceId, Durability, Failed, MemoryStorage, Next, Operation,
    OperationId, Outbox, Place, Stamp, Storage, SubmissionId, fold_order, record, restore,
};
use uuid::Uuid;

use crate::server::{Edit, Server};

/// One event in the life of the tablets and their network.
#[derive(Clone, Debug)]
enum Event {
    /// Tablet, submission, field, value, offset of its clock in hours.
    Answer(usize, u8, u8, u32, i8),
    /// A tablet tries to deliver; how the network treats it.
    Deliver(usize, Network),
    /// A delayed batch arrives at the server, its answer at the tablet.
    Arrive(usize),
    /// A tablet starts again from its storage.
    Restart(usize),
    /// Pauses are over.
    Wake(usize),
}

#[derive(Clone, Copy, Debug)]
enum Network {
    Works,
    LosesRequest,
    LosesAnswer,
    Repeats,
    /// The batch arrives later, after others; the tablet believes it failed.
    Delays,
    SignedOut,
    Refuses,
}

fn network() -> impl Strategy<Value = Network> {
    prop_oneof![
        4 => Just(Network::Works),
        1 => Just(Network::LosesRequest),
        1 => Just(Network::LosesAnswer),
        1 => Just(Network::Repeats),
        2 => Just(Network::Delays),
        1 => Just(Network::SignedOut),
        1 => Just(Network::Refuses),
    ]
}

fn event() -> impl Strategy<Value = Event> {
    prop_oneof![
        4 => (0..3usize, 0..2u8, 0..4u8, any::<u32>(), -26..26i8)
            .prop_map(|(tablet, submission, field, value, hours)| {
                Event::Answer(tablet, submission, field, value, hours)
            }),
        4 => (0..3usize, network()).prop_map(|(tablet, network)| Event::Deliver(tablet, network)),
        2 => (0..8usize).prop_map(Event::Arrive),
        1 => (0..3usize).prop_map(Event::Restart),
        2 => (0..3usize).prop_map(Event::Wake),
    ]
}

struct Tablet {
    outbox: Outbox<Edit>,
    storage: MemoryStorage<Edit>,
}

impl Tablet {
    fn new(number: u128) -> Self {
        Tablet {
            outbox: Outbox::new(DeviceId(Uuid::from_u128(number + 1))),
            storage: MemoryStorage::default(),
        }
    }

    fn restart(&mut self) {
        self.outbox = Outbox::new(self.outbox.device());
        block_on(restore(&mut self.outbox, &self.storage)).expect("memory does not fail");
    }

    fn take_in(&mut self, attempt: u64, answer: Delivered<Edit>) {
        let submission = answer.receipt.submission;
        let Some((standing, others)) = self.outbox.delivered(attempt, answer, 0, 0.5) else {
            return;
        };
        let place = Place {
            device: self.outbox.device(),
            submission,
        };
        let others = others.into_iter().map(Change::Other);
        let changes = others.chain([Change::Standing(standing)]).collect();
        block_on(self.storage.commit(place, changes, Durability::Relaxed)).expect("memory");
    }
}

/// The world the events happen in.
struct World {
    tablets: Vec<Tablet>,
    server: Server,
    delayed: Vec<(usize, Batch<Edit>)>,
    made: BTreeSet<OperationId>,
    next_id: u128,
}

impl World {
    fn new() -> Self {
        World {
            tablets: (0..3).map(Tablet::new).collect(),
            server: Server::default(),
            delayed: Vec::new(),
            made: BTreeSet::new(),
            next_id: 1,
        }
    }

    fn happen(&mut self, event: &Event) {
        match event {
            Event::Answer(tablet, submission, field, value, hours) => {
                let id = OperationId(Uuid::from_u128(self.next_id));
                self.next_id += 1;
                let stamp = Stamp {
                    id,
                    at_ms: i64::from(*hours) * 3_600_000 + self.next_id as i64,
                    zone_minutes: 0,
                };
                let tablet = &mut self.tablets[*tablet];
                let place = (SubmissionId(Uuid::from_u128(u128::from(*submission))), "1");
                let made = record(
                    &mut tablet.outbox,
                    &tablet.storage,
                    place,
                    ((*field, *value), stamp),
                );
                block_on(made).expect("memory does not fail");
                self.made.insert(id);
            }
            Event::Deliver(tablet, network) => self.deliver(*tablet, *network),
            Event::Arrive(index) => {
                if !self.delayed.is_empty() {
                    let (tablet, batch) = self.delayed.remove(index % self.delayed.len());
                    let answer = self.server.put(&batch.operations);
                    self.tablets[tablet].take_in(batch.attempt, answer);
                }
            }
            Event::Restart(tablet) => {
                self.tablets[*tablet].restart();
                // Answers to a page that is gone reach nobody.
                for (of, batch) in std::mem::take(&mut self.delayed) {
                    if of == *tablet {
                        self.server.put(&batch.operations);
                    } else {
                        self.delayed.push((of, batch));
                    }
                }
            }
            Event::Wake(tablet) => self.tablets[*tablet].outbox.signed_in(),
        }
    }

    fn deliver(&mut self, index: usize, network: Network) {
        let tablet = &mut self.tablets[index];
        let Next::Deliver(batch) = tablet.outbox.next(0) else {
            return;
        };
        let away = Failed::Away {
            retry_after_s: None,
        };
        let fail = |tablet: &mut Tablet, failed: &Failed| {
            let (attempt, submission) = (batch.attempt, batch.submission);
            tablet.outbox.failed(attempt, submission, failed, 0, 0.5);
        };
        match network {
            Network::Works => {
                let answer = self.server.put(&batch.operations);
                tablet.take_in(batch.attempt, answer);
            }
            Network::Repeats => {
                let first = self.server.put(&batch.operations);
                let second = self.server.put(&batch.operations);
                tablet.take_in(batch.attempt, second);
                tablet.take_in(batch.attempt, first);
            }
            Network::LosesRequest => fail(tablet, &away),
            Network::LosesAnswer => {
                self.server.put(&batch.operations);
                fail(tablet, &away);
            }
            Network::Delays => {
                fail(tablet, &away);
                self.delayed.push((index, batch));
            }
            Network::SignedOut => fail(tablet, &Failed::SignedOut),
            Network::Refuses => fail(tablet, &Failed::Refused { code: "no".into() }),
        }
    }

    /// What the server acknowledged to a tablet, it holds.
    fn acknowledged_is_held(&self) {
        let held = self.server.ids();
        for tablet in &self.tablets {
            for log in tablet.outbox.logs() {
                let own = log.iter().filter(|one| one.device == log.device());
                for one in own.filter(|one| one.sequence <= log.held()) {
                    assert!(
                        held.contains(&one.id),
                        "{one:?} was acknowledged and is lost"
                    );
                }
            }
        }
    }

    /// A good network at last: at most so many rounds until everyone is idle.
    fn settle(&mut self) {
        for round in 0.. {
            assert!(round < 1_000, "delivery does not end");
            let mut is_idle = true;
            for index in 0..self.tablets.len() {
                self.tablets[index].outbox.signed_in();
                if self.tablets[index].outbox.waiting() > 0 {
                    is_idle = false;
                    self.deliver(index, Network::Works);
                }
            }
            if is_idle {
                break;
            }
        }
        // Everybody looks at the submissions once more, as an opened page does.
        for tablet in &mut self.tablets {
            let submissions: Vec<SubmissionId> =
                tablet.outbox.logs().map(|log| log.submission()).collect();
            for submission in submissions {
                let all = self.server.all(submission).to_vec();
                let revision = all.len() as u64;
                tablet
                    .outbox
                    .log_mut(submission, "1")
                    .see_snapshot(all, revision);
            }
        }
    }
}

/// The state of a form in these tests: the last value of each field.
fn fold(mut operations: Vec<&Operation<Edit>>) -> BTreeMap<u8, u32> {
    fold_order(&mut operations);
    operations
        .into_iter()
        .map(|operation| operation.change)
        .collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn everything_arrives_exactly_once_and_folds_alike(
        events in prop::collection::vec(event(), 0..120)
    ) {
        let mut world = World::new();
        for event in &events {
            world.happen(event);
            world.acknowledged_is_held();
        }
        world.settle();
        prop_assert_eq!(&world.server.ids(), &world.made);
        for tablet in &world.tablets {
            for log in tablet.outbox.logs() {
                let on_server = fold(world.server.all(log.submission()).iter().collect());
                prop_assert_eq!(fold(log.iter().collect()), on_server);
                prop_assert_eq!(log.tally().waiting(), 0);
                prop_assert_eq!(&log.standing().attention, &None);
            }
        }
    }

    #[test]
    fn restart_keeps_every_answer_and_every_receipt(
        events in prop::collection::vec(event(), 0..60)
    ) {
        let mut world = World::new();
        for event in &events {
            world.happen(event);
        }
        for tablet in &mut world.tablets {
            let before: Vec<_> = tablet
                .outbox
                .logs()
                .map(|log| (log.submission(), fold(log.iter().collect()), log.tally()))
                .collect();
            tablet.restart();
            let after: Vec<_> = tablet
                .outbox
                .logs()
                .map(|log| (log.submission(), fold(log.iter().collect()), log.tally()))
                .collect();
            prop_assert_eq!(before, after);
        }
    }

    #[test]
    fn order_of_arrival_does_not_matter(
        events in prop::collection::vec(event(), 0..60),
        seed in any::<u64>(),
    ) {
        let mut world = World::new();
        for event in &events {
            world.happen(event);
        }
        world.settle();
        for submission in [0u128, 1].map(|number| SubmissionId(Uuid::from_u128(number))) {
            let all: Vec<&Operation<Edit>> = world.server.all(submission).iter().collect();
            let mut shuffled = all.clone();
            shuffled.sort_by_key(|one| one.id.0.as_u128().wrapping_mul(u128::from(seed) | 1));
            prop_assert_eq!(fold(all), fold(shuffled));
        }
    }
}
