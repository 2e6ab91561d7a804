//! The reference storage keeps the contract.

use std::cell::RefCell;
use std::collections::BTreeMap;

use futures::executor::block_on;
use serde_json::Value;
use sync::{MemoryStorage, contract};

#[test]
fn memory_keeps_the_contract() {
    let named: RefCell<BTreeMap<&str, MemoryStorage<Value>>> = RefCell::default();
    let open = async |name: &'static str| named.borrow_mut().entry(name).or_default().clone();
    let done = block_on(contract::check(open)).expect("a promise is broken");
    assert_eq!(done.len(), 14);
}
