//! Institutions outside, which will never have an account: what is sent to them, and what comes back.
//!
//! A referral goes through the steps of a FHIR task ([`steps`]). What goes with it is a packet ([`packets`]): the
//! fields that her consent covers ([`fields`]), locked with a link and a spoken code of which the server keeps neither.
//! The institution opens it ([`door`]) and answers ([`answers`]); its answer lands in the case. Withdrawn consent closes
//! the packet in the same unit of work and drafts the letter that asks to forget ([`recall`]). Why: docs/adr/0015.

use ceiba_access::{Caller, Purpose};
use uuid::Uuid;

pub mod answers;
pub mod conferences;
pub mod directory;
pub mod disclosed;
pub mod door;
pub mod fhir;
pub mod fields;
pub mod packets;
pub mod recall;
pub mod steps;

/// Somebody at an institution, behind a link and a code. She may answer what was sent to her and nothing else.
#[must_use]
pub(crate) fn partner() -> Caller {
    Caller {
        account: Uuid::nil(),
        role: "partner".to_owned(),
        site: None,
        purpose: Purpose::Care,
        active: true,
        person: None,
        secret: None,
    }
}
