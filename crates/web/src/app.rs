//! What every handler has at hand.

use std::ops::Deref;
use std::sync::Arc;

use ceiba_programme::Programme;
use ceiba_programme::accounts::sessions::Keys;
use ceiba_store::Work;
use tokio::sync::Semaphore;

use crate::me::Me;
use crate::{Failure, Lang, Words};

/// A person of the demonstration, as whom a visitor can enter.
#[derive(Clone, Debug)]
pub struct Actor {
    /// What she signs in with.
    pub username: String,
    /// Her password, which is public.
    pub password: String,
}

/// What a demonstration adds: people to enter as, and a line on every page that says that nobody is real.
#[derive(Clone, Debug)]
pub struct Demo {
    /// The language of the first page.
    pub language: String,
    /// Who can be entered as, in the order of the cards.
    pub cast: Vec<Actor>,
}

/// How many wait for their password to be checked: a few seconds of work.
pub const QUEUE: usize = 40;

/// The application. Cheap to clone.
#[derive(Clone)]
pub struct App(Arc<Parts>);

/// Its parts.
pub struct Parts {
    /// The programme.
    pub programme: Arc<Programme>,
    /// Private keys of those who are signed in.
    pub keys: Keys,
    /// Pages come through TLS.
    pub tls: bool,
    /// A demonstration, if it is one.
    pub demo: Option<Demo>,
    /// Two passwords are checked at a time, no more: each takes 64 MiB and a core.
    pub slow: Semaphore,
    /// So many wait for that. Whoever comes then is told to try again: a queue without an end is one in which nobody
    /// comes to her turn.
    pub queue: Semaphore,
    words: [Words; 2],
}

impl App {
    /// Puts the application together.
    #[must_use]
    pub fn new(programme: Arc<Programme>, tls: bool, demo: Option<Demo>) -> Self {
        let words = [Lang::Es.words(), Lang::En.words()];
        Self(Arc::new(Parts {
            programme,
            keys: Keys::default(),
            tls,
            demo,
            slow: Semaphore::new(2),
            queue: Semaphore::new(QUEUE),
            words,
        }))
    }

    /// The words of a language.
    #[must_use]
    pub fn words(&self, lang: Lang) -> &Words {
        match lang {
            Lang::Es => &self.words[0],
            Lang::En => &self.words[1],
        }
    }

    /// A unit of work in the name of whoever is signed in.
    ///
    /// # Errors
    /// When the database cannot be reached.
    pub async fn work(&self, me: &Me) -> Result<Work, Failure> {
        Ok(self.programme.store.work(me.caller().account).await?)
    }
}

impl Deref for App {
    type Target = Parts;

    fn deref(&self) -> &Parts {
        &self.0
    }
}
