//! The programme: rules and queries, no HTML.
