//! Pages for whoever is not signed in.

pub mod alert;
pub mod draft;
pub mod front;
pub mod receipt;
pub mod sign_in;
pub mod unlock;
