//! Who may see what, and why: one decision function for lists, search, pages, exports, API and jobs alike.
//!
//! [`Gate::decide`] answers with a [`Grant`] or a [`Refusal`]; opening a sealed value needs the grant, so a
//! handler that forgot to ask does not compile. Roles are data (`packs/core/roles.toml`), policies are text
//! (`packs/core/policies`), decided by Cedar inside the process.

mod act;
mod caller;
mod compartment;
mod gate;
mod handed;
mod keys;
mod policies;
mod renew;
mod roles;
mod situation;
pub mod slots;
mod strongbox;
pub mod table;

pub use act::Act;
pub use caller::{Caller, Purpose};
/// The two halves that open what was handed outside.
pub use ceiba_vault::Halves;
pub use compartment::{Compartment, Folder, Lock};
pub use gate::{Gate, Grant, Refusal};
pub use keys::{AccessError, Place};
pub use policies::{Decision, PolicyError};
pub use renew::Renewal;
pub use roles::{Relation, Role, Roles};
pub use situation::Situation;
