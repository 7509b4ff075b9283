//! Who asks.

use std::fmt;
use std::sync::Arc;

use ceiba_vault::PersonSecret;
use uuid::Uuid;

/// For what somebody acts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Purpose {
    /// Care for the person.
    Care,
    /// Her legal representation.
    Legal,
    /// The house she lives in.
    Shelter,
    /// Supervision of the work.
    Supervision,
    /// Accounts of the programme, without content.
    Audit,
    /// Accounts and machines.
    System,
}

impl Purpose {
    /// The purpose with this code.
    #[must_use]
    pub fn find(code: &str) -> Option<Self> {
        Some(match code {
            "care" => Self::Care,
            "legal" => Self::Legal,
            "shelter" => Self::Shelter,
            "supervision" => Self::Supervision,
            "audit" => Self::Audit,
            "system" => Self::System,
            _ => return None,
        })
    }
}

/// A person at work: her account, her role, where, for what, and her key while she is signed in.
#[derive(Clone)]
pub struct Caller {
    /// Her account.
    pub account: Uuid,
    /// Her role's id in `roles.toml`.
    pub role: String,
    /// Her site's code; none for those who work everywhere.
    pub site: Option<String>,
    /// For what she acts.
    pub purpose: Purpose,
    /// Whether her account is open.
    pub active: bool,
    /// The person she is, when she is a survivor reading her own plan.
    pub person: Option<Uuid>,
    /// Her private key, in memory while she is signed in; opens the strongboxes she was given.
    pub secret: Option<Arc<PersonSecret>>,
}

impl fmt::Debug for Caller {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Caller")
            .field("account", &self.account)
            .field("role", &self.role)
            .finish_non_exhaustive()
    }
}
