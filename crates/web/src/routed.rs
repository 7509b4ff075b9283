//! How a handler becomes a route: its future is boxed here, once.
//!
//! axum would be built anew for each of the handlers, and would have each proved again and again that its future may move between
//! threads. Behind a box it is built once for each list of arguments: half of the time that a build of this crate took.

use std::pin::Pin;
use std::sync::Arc;

use axum::extract::{FromRequest, FromRequestParts};
use axum::response::{IntoResponse, Response};
use axum::routing::{MethodFilter, MethodRouter, on};

use crate::App;

type Coming = Pin<Box<dyn Future<Output = Response> + Send>>;

/// A handler of arguments `A`, each taken from the request.
pub(crate) trait Routed<A> {
    /// As the route of a method.
    fn routed(self, method: MethodFilter) -> MethodRouter<App>;
}

macro_rules! routed {
    ($name:ident: $($part:ident)* ; $last:ident) => {
        impl<F, C, R, M, $($part,)* $last> Routed<(M, R, $($part,)* $last)> for F
        where
            F: Fn($($part,)* $last) -> C + Send + Sync + 'static,
            C: Future<Output = R> + Send + 'static,
            R: IntoResponse,
            M: 'static,
            $($part: FromRequestParts<App> + Send + 'static,)*
            $last: FromRequest<App, M> + Send + 'static,
        {
            #[expect(non_snake_case, reason = "an argument has the name of its type")]
            fn routed(self, method: MethodFilter) -> MethodRouter<App> {
                let handler = Arc::new(self);
                $name(method, Arc::new(move |$($part,)* $last| {
                    let handler = handler.clone();
                    Box::pin(async move { handler($($part,)* $last).await.into_response() })
                }))
            }
        }

        #[expect(non_snake_case, reason = "an argument has the name of its type")]
        fn $name<M, $($part,)* $last>(
            method: MethodFilter,
            handler: Arc<dyn Fn($($part,)* $last) -> Coming + Send + Sync>,
        ) -> MethodRouter<App>
        where
            M: 'static,
            $($part: FromRequestParts<App> + Send + 'static,)*
            $last: FromRequest<App, M> + Send + 'static,
        {
            on(method, move |$($part: $part,)* $last: $last| handler($($part,)* $last))
        }
    };
}

routed!(one:; A);
routed!(two: A; B);
routed!(three: A B; D);
routed!(four: A B D; E);
routed!(five: A B D E; G);
routed!(six: A B D E G; H);
