//! What is kept in memory to go on from: bounded by weight, and what was not used for longest goes first.

use std::hash::Hash;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use lru::LruCache;

/// A shelf. Cheap to clone; clones are the same shelf.
pub struct Shelf<K, V>(Arc<Mutex<Kept<K, V>>>);

struct Kept<K, V> {
    /// Values with their weights.
    values: LruCache<K, (V, usize)>,
    weight: usize,
    most: usize,
}

impl<K, V> Clone for Shelf<K, V> {
    fn clone(&self) -> Self {
        Shelf(self.0.clone())
    }
}

impl<K: Hash + Eq, V> Shelf<K, V> {
    /// An empty shelf that bears `most` in all.
    pub fn new(most: usize) -> Self {
        Shelf(Arc::new(Mutex::new(Kept {
            values: LruCache::unbounded(),
            weight: 0,
            most,
        })))
    }

    /// Takes a value out.
    pub fn take(&self, key: &K) -> Option<V> {
        let mut kept = self.lock();
        let (value, weight) = kept.values.pop(key)?;
        kept.weight -= weight;
        Some(value)
    }

    /// Puts a value in the place of the one before, unless that one is to stay.
    pub fn put_unless(&self, key: K, value: V, weight: usize, stays: impl Fn(&V) -> bool) {
        let mut kept = self.lock();
        if kept
            .values
            .peek(&key)
            .is_some_and(|(known, _)| stays(known))
        {
            return;
        }
        kept.weight += weight;
        if let Some((_, before)) = kept.values.put(key, (value, weight)) {
            kept.weight -= before;
        }
        while kept.weight > kept.most {
            let Some((_, (_, oldest))) = kept.values.pop_lru() else {
                return;
            };
            kept.weight -= oldest;
        }
    }

    /// Puts a value in the place of the one before.
    pub fn put(&self, key: K, value: V, weight: usize) {
        self.put_unless(key, value, weight, |_| false);
    }

    fn lock(&self) -> MutexGuard<'_, Kept<K, V>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_not_used_for_longest_goes_when_the_weight_is_too_much() {
        let shelf = Shelf::new(10);
        shelf.put("a", 1, 4);
        shelf.put("b", 2, 4);
        let a = shelf.take(&"a").expect("kept");
        shelf.put("a", a, 4);
        shelf.put("c", 3, 4);
        assert_eq!(shelf.take(&"b"), None);
        assert_eq!((shelf.take(&"a"), shelf.take(&"c")), (Some(1), Some(3)));
        assert_eq!(shelf.lock().weight, 0);
    }

    #[test]
    fn a_value_in_the_place_of_another_weighs_alone() {
        let shelf = Shelf::new(10);
        shelf.put("a", 1, 8);
        shelf.put("a", 2, 6);
        assert_eq!(shelf.lock().weight, 6);
        shelf.put_unless("a", 3, 1, |known| *known == 2);
        assert_eq!(shelf.take(&"a"), Some(2));
    }

    #[test]
    fn what_is_heavier_than_the_shelf_bears_is_not_kept() {
        let shelf = Shelf::new(10);
        shelf.put("a", 1, 11);
        assert_eq!((shelf.take(&"a"), shelf.lock().weight), (None, 0));
    }
}
