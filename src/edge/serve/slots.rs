//! The places for connections: a new one always gets in. Where all are taken, the connection that has waited longest without being answered goes;
//! so slow clients hold up nobody else. One whose reply is on its way goes only where there is no other. Refuses to end one whose reply is being made.

use std::{
    collections::BTreeMap,
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicBool, Ordering},
    },
};

use tokio::sync::Notify;

/// The connections that are open.
#[derive(Debug, Default)]
pub(super) struct Slots {
    open: Mutex<BTreeMap<u64, Arc<Slot>>>,
    freed: Arc<Notify>,
}

/// One connection.
#[derive(Debug, Default)]
pub(super) struct Slot {
    number: u64,
    /// Its reply is being made.
    busy: AtomicBool,
    /// Its reply is made, and not all of it has been sent.
    sending: AtomicBool,
    /// It has had a reply.
    answered: AtomicBool,
    gone: Notify,
    /// Tells that it could give way now.
    freed: Arc<Notify>,
}

impl Slot {
    /// A request has come whole.
    pub(super) fn begin(&self) {
        self.busy.store(true, Ordering::Relaxed);
    }

    /// Its reply is made.
    pub(super) fn end(&self) {
        self.sending.store(true, Ordering::Relaxed);
        self.busy.store(false, Ordering::Relaxed);
        self.freed.notify_one();
    }

    /// All that there was to send has gone to the system.
    pub(super) fn sent(&self) {
        if self.sending.swap(false, Ordering::Relaxed) {
            self.answered.store(true, Ordering::Relaxed);
        }
    }

    /// Waits until the place is given to another.
    pub(super) async fn gone(&self) {
        self.gone.notified().await;
    }
}

impl Slots {
    /// A place for a new connection, the `number`th, among `most`.
    pub(super) async fn take(&self, number: u64, most: usize) -> Arc<Slot> {
        loop {
            if let Some(slot) = self.try_take(number, most) {
                return slot;
            }
            self.freed.notified().await;
        }
    }

    fn try_take(&self, number: u64, most: usize) -> Option<Arc<Slot>> {
        let mut open = self.open.lock().unwrap_or_else(PoisonError::into_inner);
        if open.len() >= most {
            // The first of those that are the least loss.
            let loss = |slot: &&Arc<Slot>| {
                let sending = slot.sending.load(Ordering::Relaxed);
                (sending, slot.answered.load(Ordering::Relaxed))
            };
            let idle = |slot: &&Arc<Slot>| !slot.busy.load(Ordering::Relaxed);
            let oldest = open.values().filter(idle).min_by_key(loss)?;
            let oldest = Arc::clone(oldest);
            open.remove(&oldest.number);
            oldest.gone.notify_one();
        }
        let slot = Arc::new(Slot {
            number,
            freed: Arc::clone(&self.freed),
            ..Slot::default()
        });
        open.insert(number, Arc::clone(&slot));
        Some(slot)
    }

    /// The connection has ended.
    pub(super) fn free(&self, slot: &Slot) {
        let mut open = self.open.lock().unwrap_or_else(PoisonError::into_inner);
        open.remove(&slot.number);
        drop(open);
        self.freed.notify_one();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_longest_silent_connection_makes_room_and_a_busy_one_never() {
        let slots = Slots::default();
        let take = |number| slots.try_take(number, 2);
        let first = take(1).expect("room");
        let second = take(2).expect("room");
        first.begin();
        first.end();
        first.sent();
        let third = take(3).expect("the second goes, which had no reply");
        assert!(!slots.open.lock().expect("whole").contains_key(&2));
        third.begin();
        first.begin();
        assert!(take(4).is_none());
        slots.free(&second);
        slots.free(&third);
        assert!(take(4).is_some());
    }

    #[test]
    fn a_reply_on_its_way_goes_last() {
        let slots = Slots::default();
        let take = |number| slots.try_take(number, 2);
        let is_open = |number| slots.open.lock().expect("whole").contains_key(&number);
        let first = take(1).expect("room");
        first.begin();
        first.end();
        let second = take(2).expect("room");
        second.begin();
        second.end();
        second.sent();
        let third = take(3).expect("the second goes, which has its reply");
        assert!(is_open(1) && !is_open(2));
        third.begin();
        take(4).expect("the first goes, for want of another");
        assert!(!is_open(1) && is_open(3));
    }
}
