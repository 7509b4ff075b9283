//! The policies: permits made from the roles, forbids from the pack, decided by Cedar.

use std::collections::{BTreeMap, HashMap};
use std::fmt::Write as _;
use std::str::FromStr;
use std::sync::{OnceLock, PoisonError, RwLock};

use cedar_policy::{
    ActionConstraint, Authorizer, Context, Decision as Answer, Entities, EntityId, EntityTypeName, EntityUid,
    Policy, PolicyId, PolicySet, Request, RestrictedExpression, Schema, ValidationMode, Validator,
};

use crate::{Act, Relation, Role, Roles, Situation};

/// The policies or roles are not as they must be; the programme does not start with them.
#[derive(Debug, thiserror::Error)]
#[error("policies: {0}")]
pub struct PolicyError(pub String);

/// What Cedar answered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decision {
    /// Whether it is allowed.
    pub allowed: bool,
    /// What whoever does it owes: `justify`, `notify_owner`, `review`. None when a permit without duties
    /// holds as well.
    pub duties: Vec<String>,
    /// The ids of the policies that decided.
    pub because: Vec<String>,
}

impl Decision {
    const fn refused() -> Self {
        Self { allowed: false, duties: vec![], because: vec![] }
    }
}

/// A validated set of policies.
pub struct Policies {
    /// One set for each role: its own permits and the fixed rules. A permit names its role, so leaving out the
    /// other roles' permits decides the same and takes a third of the time.
    sets: BTreeMap<String, OfRole>,
    authorizer: Authorizer,
    role: EntityTypeName,
    action: EntityTypeName,
    resource: EntityUid,
    text: String,
    nothing: Entities,
    /// What is written on each policy: its name and the duties it brings. Reading it from Cedar parses the
    /// key anew each time, which cost half of a decision.
    notes: HashMap<(String, PolicyId), (String, String)>,
    contexts: Vec<OnceLock<Option<Context>>>,
    /// What was already decided, by role, act and situation: the policies do not change while the program
    /// runs, so the same question has the same answer. A page asks some forty.
    decided: RwLock<HashMap<(usize, Act, usize), Decision>>,
}

/// The policies of one role, and of each act those whose scope has it: the others cannot hold, and comparing an act with
/// long lists was most of the work. Each is made when it is first asked for.
struct OfRole {
    all: PolicySet,
    acts: HashMap<Act, OnceLock<PolicySet>>,
}

impl OfRole {
    fn new(all: PolicySet) -> Self {
        Self { all, acts: Act::ALL.iter().map(|act| (*act, OnceLock::new())).collect() }
    }

    fn about(&self, act: Act, action: &EntityUid) -> Option<&PolicySet> {
        let made = self.acts.get(&act)?.get_or_init(|| {
            let names = |policy: &&Policy| match policy.action_constraint() {
                ActionConstraint::Any => true,
                ActionConstraint::In(those) => those.contains(action),
                ActionConstraint::Eq(that) => that == *action,
            };
            let mut set = PolicySet::new();
            let mut whole = true;
            for policy in self.all.policies().filter(names) {
                whole &= set.add(policy.clone()).is_ok();
            }
            // A rule that could not be taken over might have been a forbid.
            if whole { set } else { self.all.clone() }
        });
        Some(made)
    }
}

/// So many answers are kept. Daily work asks a few hundred different questions, the exhaustive test millions.
const DECIDED: usize = 10_000;

const SITUATION: [&str; 12] = [
    "on_team",
    "same_site",
    "own",
    "emergency",
    "blocked",
    "closed",
    "by_self",
    "bulk",
    "granted",
    "overdue",
    "active",
    "purpose_fits",
];

impl Policies {
    /// Makes the policies of these roles, with the fixed `base` rules, and validates them strictly.
    ///
    /// # Errors
    /// When a text does not parse, or names an attribute or action that does not exist.
    pub fn new(roles: &Roles, base: &str) -> Result<Self, PolicyError> {
        let (schema, _) = Schema::from_cedarschema_str(&schema()).map_err(|e| PolicyError(e.to_string()))?;
        let validator = Validator::new(schema);
        let mut text = String::new();
        let mut sets = BTreeMap::new();
        let mut notes = HashMap::new();
        for role in &roles.roles {
            let permits = permits(role);
            let set =
                PolicySet::from_str(&format!("{permits}\n{base}")).map_err(|e| PolicyError(e.to_string()))?;
            let report = validator.validate(&set, ValidationMode::Strict);
            if !report.validation_passed() {
                return Err(PolicyError(report.to_string()));
            }
            for policy in set.policies() {
                let note = |key| policy.annotation(key).unwrap_or("").to_owned();
                notes.insert((role.id.clone(), policy.id().clone()), (note("id"), note("duty")));
            }
            sets.insert(role.id.clone(), OfRole::new(set));
            text.push_str(&permits);
        }
        text.push_str(base);
        let name = |n| EntityTypeName::from_str(n).map_err(|e| PolicyError(e.to_string()));
        let resource = EntityUid::from_type_name_and_id(name("Record")?, EntityId::new("it"));
        Ok(Self {
            sets,
            authorizer: Authorizer::new(),
            role: name("Role")?,
            action: name("Action")?,
            resource,
            text,
            nothing: Entities::empty(),
            notes,
            contexts: (0..1 << SITUATION.len()).map(|_| OnceLock::new()).collect(),
            decided: RwLock::default(),
        })
    }

    /// All policies as text, for a director to read.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Asks Cedar. Anything unexpected is a refusal.
    #[must_use]
    pub fn ask(&self, role: &str, act: Act, active: bool, purpose_fits: bool, s: &Situation) -> Decision {
        let values = [
            s.on_team,
            s.same_site,
            s.own,
            s.emergency,
            s.blocked,
            s.closed,
            s.by_self,
            s.bulk,
            s.granted,
            s.overdue,
            active,
            purpose_fits,
        ];
        let number = values.iter().rev().fold(0, |n, v| n << 1 | usize::from(*v));
        let Some(place) = self.sets.keys().position(|r| r == role) else { return Decision::refused() };
        let question = (place, act, number);
        if let Some(known) = self.decided.read().unwrap_or_else(PoisonError::into_inner).get(&question) {
            return known.clone();
        }
        let decision = self.decide(role, act, number, values);
        let mut decided = self.decided.write().unwrap_or_else(PoisonError::into_inner);
        if decided.len() < DECIDED {
            decided.insert(question, decision.clone());
        }
        decision
    }

    fn decide(&self, role: &str, act: Act, number: usize, values: [bool; 12]) -> Decision {
        let refused = Decision::refused();
        let principal = EntityUid::from_type_name_and_id(self.role.clone(), EntityId::new(role));
        let action = EntityUid::from_type_name_and_id(self.action.clone(), EntityId::new(act.code()));
        let set = self.sets.get(role).and_then(|of| of.about(act, &action));
        let (Some(set), Some(context)) = (set, self.context(number, values)) else {
            return refused;
        };
        let Ok(request) = Request::new(principal, action, self.resource.clone(), context, None) else {
            return refused;
        };
        let answer = self.authorizer.is_authorized(&request, set, &self.nothing);
        let because =
            || answer.diagnostics().reason().filter_map(|id| self.notes.get(&(role.to_owned(), id.clone())));
        // A rule that could not be evaluated might have been a forbid.
        let allowed = answer.decision() == Answer::Allow && answer.diagnostics().errors().next().is_none();
        let owed: Vec<&str> = because().map(|(_, duty)| duty.as_str()).collect();
        let free = owed.contains(&"");
        let duties =
            if free { vec![] } else { owed.iter().flat_map(|d| d.split(',')).map(str::to_owned).collect() };
        Decision { allowed, duties, because: because().map(|(id, _)| id.clone()).collect() }
    }
}

impl Policies {
    /// The context of a situation. There are only 4,096 of them and making one costs more than deciding, so
    /// each is made once.
    fn context(&self, number: usize, values: [bool; 12]) -> Option<Context> {
        let made = self.contexts.get(number)?.get_or_init(|| {
            let pair = |(k, v): (&&str, bool)| ((*k).to_owned(), RestrictedExpression::new_bool(v));
            Context::from_pairs(SITUATION.iter().zip(values).map(pair)).ok()
        });
        made.clone()
    }
}

/// One permit of a role for each relation that has acts.
fn permits(role: &Role) -> String {
    let mut text = String::new();
    for relation in Relation::ALL {
        let acts: Vec<String> = role.acts(relation).iter().map(|a| format!("Action::\"{a}\"")).collect();
        if acts.is_empty() {
            continue;
        }
        let (name, when, duty) = match relation {
            Relation::Always => ("always", "", ""),
            Relation::Site => ("site", " when { context.same_site }", ""),
            Relation::Team => ("team", " when { context.on_team }", ""),
            Relation::Own => ("own", " when { context.own }", ""),
            Relation::Emergency => {
                ("emergency", " when { context.emergency }", "@duty(\"justify,notify_owner,review\")\n")
            }
        };
        // Writing to a string cannot fail.
        let _ = write!(
            text,
            "@id(\"{id}-{name}\")\n{duty}permit (\n  principal == Role::\"{id}\",\n  action in [{acts}],\n  resource\n){when};\n\n",
            id = role.id,
            acts = acts.join(", "),
        );
    }
    text
}

/// The schema: one kind of principal, one of resource, all acts, one context. A misspelt name is an error.
fn schema() -> String {
    let fields: Vec<String> = SITUATION.iter().map(|f| format!("{f}: Bool")).collect();
    let acts: Vec<String> = Act::ALL.iter().map(|a| format!("\"{}\"", a.code())).collect();
    format!(
        "entity Role; entity Record; action {} appliesTo {{ principal: Role, resource: Record, context: {{ {} }} }};",
        acts.join(", "),
        fields.join(", ")
    )
}
