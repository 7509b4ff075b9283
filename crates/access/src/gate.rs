//! The one decision function, and the grant that opens sealed values.

use std::sync::Arc;

use ceiba_vault::OfficeKey;
use uuid::Uuid;

use crate::policies::Policies;
use crate::{Act, Caller, Compartment, Decision, Folder, PolicyError, Purpose, Roles, Situation};

/// Proof that the gate said yes: who, what, on which subject. Only the gate makes one.
#[derive(Clone, Debug)]
pub struct Grant {
    pub(crate) account: Uuid,
    pub(crate) act: Act,
    pub(crate) subject: Uuid,
    pub(crate) person: Option<Uuid>,
    duties: Vec<String>,
}

impl Grant {
    /// What was allowed.
    #[must_use]
    pub const fn act(&self) -> Act {
        self.act
    }

    /// On which record: a case, an alert, a person, or the nil id for the programme as a whole.
    #[must_use]
    pub const fn subject(&self) -> Uuid {
        self.subject
    }

    /// To whom.
    #[must_use]
    pub const fn account(&self) -> Uuid {
        self.account
    }

    /// What is owed for it, such as telling the case's owner.
    #[must_use]
    pub fn owes(&self, duty: &str) -> bool {
        self.duties.iter().any(|d| d == duty)
    }

    /// Whether it is about this subject: the case, or the person whose case it is.
    pub(crate) fn covers(&self, subject: Uuid) -> bool {
        self.subject == subject || self.person == Some(subject)
    }

    /// Whether it opens this compartment for reading.
    pub(crate) fn reads(&self, c: &Compartment) -> bool {
        self.reads_folder(c.folder) || c.read_by.iter().any(|a| a == self.act.code())
    }

    fn reads_folder(&self, folder: Folder) -> bool {
        match Folder::ALL.into_iter().find(|f| self.act == f.read() || self.act == f.write()) {
            Some(own) => own == folder,
            // Every other act that names no folder works on the shared social record; opening a case also writes the
            // identity it starts with.
            None if self.act.is_narrow() => false,
            None => folder == Folder::Social || (folder == Folder::Identity && self.act == Act::CASE_OPEN),
        }
    }

    /// Whether it lets a value be sealed into this compartment.
    pub(crate) fn writes(&self, c: &Compartment) -> bool {
        const READ_ONLY: [Act; 6] = [
            Act::CASE_READ,
            Act::CASE_LIST,
            Act::PERSON_FIND,
            Act::SUPERVISE,
            Act::SCREENING_READ,
            Act::CONFERENCE_READ,
        ];
        c.written_by.iter().any(|a| a == self.act.code())
            || self.reads_folder(c.folder) && !READ_ONLY.contains(&self.act) && self.act != c.folder.read()
    }
}

/// The gate said no.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// To this caller the thing does not exist: the page is the same as for a random id.
    #[error("there is nothing here")]
    Absent,
    /// She knows of it, but may not do this; the page says whom to ask.
    #[error("{} is not among her rights here", act.code())]
    Denied {
        /// What she asked for.
        act: Act,
        /// The fixed rules that stood in the way, if any.
        because: Vec<String>,
    },
}

/// Roles, policies and the office key behind one door.
pub struct Gate {
    pub(crate) roles: Roles,
    pub(crate) policies: Policies,
    pub(crate) office: Arc<OfficeKey>,
    pub(crate) tenant: Uuid,
}

impl Gate {
    /// Opens the office: from now on decisions are made and office values can be opened.
    ///
    /// # Errors
    /// When the policies do not validate.
    pub fn new(roles: Roles, base: &str, office: Arc<OfficeKey>, tenant: Uuid) -> Result<Self, PolicyError> {
        let policies = Policies::new(&roles, base)?;
        Ok(Self { roles, policies, office, tenant })
    }

    /// The roles of the programme.
    #[must_use]
    pub const fn roles(&self) -> &Roles {
        &self.roles
    }

    /// All policies as text.
    #[must_use]
    pub fn policy_text(&self) -> &str {
        self.policies.text()
    }

    /// Decides. `subject` is the record it is about (nil for the programme as a whole), `situation` how the
    /// caller stands to it.
    ///
    /// # Errors
    /// [`Refusal::Absent`] when she may not even know of it, [`Refusal::Denied`] when she may.
    pub fn decide(
        &self,
        caller: &Caller,
        act: Act,
        subject: Uuid,
        situation: &Situation,
        purpose: Purpose,
    ) -> Result<Grant, Refusal> {
        let decision = self.ask(caller, act, situation, purpose);
        if decision.allowed {
            return Ok(Grant {
                account: caller.account,
                act,
                subject,
                person: situation.person,
                duties: decision.duties,
            });
        }
        let knows = subject.is_nil()
            || [Act::CASE_READ, Act::PLAN_OWN]
                .iter()
                .any(|a| self.ask(caller, *a, situation, purpose).allowed);
        Err(if knows { Refusal::Denied { act, because: decision.because } } else { Refusal::Absent })
    }

    /// Whether it would be allowed: for links and buttons, never in place of [`Gate::decide`].
    #[must_use]
    pub fn would(&self, caller: &Caller, act: Act, situation: &Situation) -> bool {
        self.ask(caller, act, situation, caller.purpose).allowed
    }

    /// What the policies say, without a grant: for explanations and for the exhaustive tests.
    #[must_use]
    pub fn ask(&self, caller: &Caller, act: Act, situation: &Situation, purpose: Purpose) -> Decision {
        let fits = self
            .roles
            .role(&caller.role)
            .is_some_and(|r| r.purposes.iter().any(|p| Purpose::find(p) == Some(purpose)));
        self.policies.ask(&caller.role, act, caller.active, fits, situation)
    }
}
