//! The table a lawyer reads: every role and act, and under which relation it holds. It is made by asking the
//! gate, not by reading the roles, so it shows what is really decided.

use std::fmt::Write as _;

use crate::policies::Policies;
use crate::{Act, Gate, Relation, Situation};

/// The table as Markdown, Spanish headings first, as checked in at `docs/access.md`.
#[must_use]
pub fn markdown(gate: &Gate) -> String {
    let roles = &gate.roles().roles;
    let mut text = String::from(
        "# Quién puede qué / Who may do what\n\n\
         Made by `ceiba policies --table`; a test fails when it differs from what the gate decides.\n\n\
         siempre = anywhere · sede = on cases of her site · equipo = while on the care team · propio = what is \
         her own · emergencia = with emergency access (60 minutes, reason, review) · – = never.\n\n\
         No row below gets past these: conflict of interest, closed account, a purpose outside the role, \
         approving what one asked for, sharing without a grant or legal basis, a place in a list or export, \
         writing in a closed file (a follow-up is noted in one), emergency access to a strongbox.\n\n",
    );
    let names: Vec<&str> = roles.iter().map(|r| r.id.as_str()).collect();
    // Writing to a string cannot fail.
    let _ = writeln!(text, "| act | {} |", names.join(" | "));
    let _ = writeln!(text, "| --- |{}", " --- |".repeat(roles.len()));
    for act in Act::ALL {
        let cells: Vec<&str> = roles.iter().map(|r| cell(&gate.policies, &r.id, *act)).collect();
        let _ = writeln!(text, "| `{}` | {} |", act.code(), cells.join(" | "));
    }
    text
}

fn cell(policies: &Policies, role: &str, act: Act) -> &'static str {
    let words = ["siempre", "sede", "equipo", "propio", "emergencia"];
    let both = |a: Relation, b: Relation| holds(policies, role, act, a) && holds(policies, role, act, b);
    if holds(policies, role, act, Relation::Always) {
        return words[0];
    }
    if both(Relation::Team, Relation::Emergency) {
        return "equipo, emergencia";
    }
    if both(Relation::Site, Relation::Emergency) {
        return "sede, emergencia";
    }
    Relation::ALL.iter().zip(words).find(|(r, _)| holds(policies, role, act, **r)).map_or("–", |(_, w)| w)
}

fn holds(policies: &Policies, role: &str, act: Act, relation: Relation) -> bool {
    let s = Situation { granted: true, ..Situation::default() };
    let s = match relation {
        Relation::Always => s,
        Relation::Site => Situation { same_site: true, ..s },
        Relation::Team => Situation { on_team: true, ..s },
        Relation::Own => Situation { own: true, ..s },
        Relation::Emergency => Situation { emergency: true, ..s },
    };
    policies.ask(role, act, true, true, &s).allowed
}
