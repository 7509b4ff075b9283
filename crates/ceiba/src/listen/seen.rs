//! A body that tells when all of it is here.

use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll, ready};

use hyper::body::{Body, Bytes, Frame, Incoming, SizeHint};

use super::lobby::Place;

/// A body on its way in.
pub struct Seen {
    body: Incoming,
    place: Arc<Place>,
}

impl Seen {
    /// Watches a body. One without any is here already.
    pub fn new(body: Incoming, place: Arc<Place>) -> Self {
        if body.is_end_stream() {
            place.served();
        }
        Self { body, place }
    }
}

impl Body for Seen {
    type Data = Bytes;
    type Error = hyper::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, hyper::Error>>> {
        let frame = ready!(Pin::new(&mut self.body).poll_frame(cx));
        if frame.is_none() || self.body.is_end_stream() {
            self.place.served();
        }
        Poll::Ready(frame)
    }

    fn is_end_stream(&self) -> bool {
        self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.body.size_hint()
    }
}
