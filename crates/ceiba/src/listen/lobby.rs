//! Who has a connection, and whose is closed when there are too many: whoever has kept us waiting longest.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use tokio::sync::Notify;

/// All connections.
pub struct Lobby {
    most: usize,
    inside: Mutex<Inside>,
}

#[derive(Default)]
struct Inside {
    /// How many there are, waiting or served.
    count: usize,
    /// Counts up: who has the lowest number waits longest.
    next: u64,
    /// Those we wait for, by when they last did something.
    waiting: BTreeMap<u64, Arc<Notify>>,
}

/// The place of one connection; free again when it is dropped.
pub struct Place {
    lobby: Arc<Lobby>,
    leave: Arc<Notify>,
    since: Mutex<Option<u64>>,
}

impl Lobby {
    /// A lobby with so many places, at least one.
    pub fn with(most: usize) -> Self {
        Self { most: most.max(1), inside: Mutex::default() }
    }

    fn inside(&self) -> MutexGuard<'_, Inside> {
        self.inside.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Takes a place. When there is none, somebody we wait for has to go; whoever is being served stays.
    pub fn enter(self: &Arc<Self>) -> Place {
        let leave = Arc::new(Notify::new());
        let mut inside = self.inside();
        if inside.count >= self.most
            && let Some((_, longest)) = inside.waiting.pop_first()
        {
            longest.notify_one();
        }
        inside.count += 1;
        let since = inside.wait(&leave);
        drop(inside);
        Place { lobby: self.clone(), leave, since: Mutex::new(Some(since)) }
    }
}

impl Inside {
    fn wait(&mut self, leave: &Arc<Notify>) -> u64 {
        self.next += 1;
        self.waiting.insert(self.next, leave.clone());
        self.next
    }
}

impl Place {
    fn since(&self) -> MutexGuard<'_, Option<u64>> {
        self.since.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// All of its request is here: now it waits for us.
    pub fn served(&self) {
        if let Some(since) = self.since().take() {
            self.lobby.inside().waiting.remove(&since);
        }
    }

    /// It has its answer: we wait for it again.
    pub fn waits(&self) {
        let mut since = self.since();
        let mut inside = self.lobby.inside();
        if let Some(since) = since.take() {
            inside.waiting.remove(&since);
        }
        *since = Some(inside.wait(&self.leave));
    }

    /// Ends when it has to go.
    pub async fn given_away(&self) {
        self.leave.notified().await;
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        self.served();
        self.lobby.inside().count -= 1;
    }
}

#[cfg(test)]
mod tests {
    use std::future::Future as _;
    use std::pin::pin;
    use std::task::{Context, Poll, Waker};

    use super::*;

    fn must_go(place: &Place) -> bool {
        pin!(place.given_away()).poll(&mut Context::from_waker(Waker::noop())) == Poll::Ready(())
    }

    #[test]
    fn whoever_keeps_us_waiting_longest_goes_and_whoever_is_served_stays() {
        let lobby = Arc::new(Lobby::with(3));
        let (one, two, three) = (lobby.enter(), lobby.enter(), lobby.enter());
        one.served();
        two.served();
        two.waits();
        // One is served, two has had an answer since three came.
        let four = lobby.enter();
        assert!(must_go(&three) && ![&one, &two, &four].into_iter().any(must_go));
        drop(three);
        let five = lobby.enter();
        assert!(must_go(&two) && ![&one, &four, &five].into_iter().any(must_go));
    }

    #[test]
    fn a_place_that_is_left_is_free_again() {
        let lobby = Arc::new(Lobby::with(1));
        drop(lobby.enter());
        let one = lobby.enter();
        assert!(!must_go(&one));
    }
}
