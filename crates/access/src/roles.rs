//! Roles as data.

use std::collections::BTreeSet;

use serde::Deserialize;

use crate::{Act, Compartment, Lock, PolicyError, Purpose};

/// How a person must stand to a thing for a right of her role to hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Relation {
    /// No relation needed.
    Always,
    /// The case is of her site.
    Site,
    /// She is on the care team.
    Team,
    /// It is her own.
    Own,
    /// She has emergency access to the case.
    Emergency,
}

impl Relation {
    /// Every relation, the weakest demand first.
    pub const ALL: [Self; 5] = [Self::Always, Self::Site, Self::Team, Self::Own, Self::Emergency];
}

/// One role.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Role {
    /// Its code.
    pub id: String,
    /// What a member of a care team is called there; empty: never on a team.
    pub function: String,
    /// For what its people act.
    pub purposes: Vec<String>,
    /// The page they land on.
    pub landing: String,
    #[serde(default)]
    always: BTreeSet<String>,
    #[serde(default)]
    site: BTreeSet<String>,
    #[serde(default)]
    team: BTreeSet<String>,
    #[serde(default)]
    own: BTreeSet<String>,
    #[serde(default)]
    emergency: BTreeSet<String>,
}

impl Role {
    /// The codes of the acts it has under a relation.
    #[must_use]
    pub const fn acts(&self, relation: Relation) -> &BTreeSet<String> {
        match relation {
            Relation::Always => &self.always,
            Relation::Site => &self.site,
            Relation::Team => &self.team,
            Relation::Own => &self.own,
            Relation::Emergency => &self.emergency,
        }
    }

    /// Its first purpose, which a session starts with.
    #[must_use]
    pub fn purpose(&self) -> Purpose {
        self.purposes.iter().find_map(|p| Purpose::find(p)).unwrap_or(Purpose::Care)
    }
}

/// All roles and compartments of a programme.
#[derive(Clone, Debug)]
pub struct Roles {
    /// In the order of the pack.
    pub roles: Vec<Role>,
    /// In the order of the pack.
    pub compartments: Vec<Compartment>,
}

impl Roles {
    /// Reads `roles.toml` and `compartments.toml`.
    ///
    /// # Errors
    /// When a text is not as it should be or names an act or a purpose that does not exist.
    pub fn read(roles: &str, compartments: &str) -> Result<Self, PolicyError> {
        #[derive(Deserialize)]
        struct RoleFile {
            role: Vec<Role>,
        }
        #[derive(Deserialize)]
        struct CompartmentFile {
            compartment: Vec<Compartment>,
        }
        let roles =
            toml::from_str::<RoleFile>(roles).map_err(|e| PolicyError(format!("roles.toml: {e}")))?.role;
        let compartments = toml::from_str::<CompartmentFile>(compartments)
            .map_err(|e| PolicyError(format!("compartments.toml: {e}")))?
            .compartment;
        for role in &roles {
            for code in Relation::ALL.iter().flat_map(|r| role.acts(*r)) {
                if Act::find(code).is_none() {
                    return Err(PolicyError(format!("roles.toml: {} names an unknown act: {code}", role.id)));
                }
            }
            for code in &role.purposes {
                if Purpose::find(code).is_none() {
                    return Err(PolicyError(format!(
                        "roles.toml: {} names an unknown purpose: {code}",
                        role.id
                    )));
                }
            }
        }
        for c in &compartments {
            let acts = || c.read_by.iter().chain(&c.written_by);
            if let Some(code) = acts().find(|a| Act::find(a).is_none()) {
                return Err(PolicyError(format!("compartments.toml: {} names an unknown act: {code}", c.id)));
            }
            // A strongbox opens for whoever has its folder and a key, and for no act besides.
            if c.lock == Lock::Strongbox && acts().next().is_some() {
                return Err(PolicyError(format!(
                    "compartments.toml: the strongbox {} has acts of its own",
                    c.id
                )));
            }
        }
        Ok(Self { roles, compartments })
    }

    /// The role with this id.
    #[must_use]
    pub fn role(&self, id: &str) -> Option<&Role> {
        self.roles.iter().find(|r| r.id == id)
    }

    /// The compartment with this id.
    #[must_use]
    pub fn compartment(&self, id: &str) -> Option<&Compartment> {
        self.compartments.iter().find(|c| c.id == id)
    }
}
