//! Every combination of role, act and situation, against an oracle written apart from roles and policies.

#![expect(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on has failed")]

use std::collections::BTreeSet;
use std::sync::Arc;

use ceiba_access::{Act, Caller, Gate, Purpose, Roles, Situation};
use ceiba_vault::OfficeKey;
use uuid::Uuid;

const ROLES: &str = include_str!("../../../packs/core/roles.toml");
const COMPARTMENTS: &str = include_str!("../../../packs/core/compartments.toml");
const BASE: &str = include_str!("../../../packs/core/policies/base.cedar");

fn gate(base: &str) -> Gate {
    let roles = Roles::read(ROLES, COMPARTMENTS).unwrap();
    Gate::new(roles, base, Arc::new(OfficeKey::from_bytes([1; 32])), Uuid::from_u128(9)).unwrap()
}

fn caller(role: &str, active: bool) -> Caller {
    Caller {
        account: Uuid::from_u128(1),
        role: role.into(),
        site: None,
        purpose: Purpose::Care,
        active,
        person: None,
        secret: None,
    }
}

/// The oracle: need-to-know as domain.md 3.2 puts it in words, by hand. It shares nothing with the gate.
fn oracle(role: &str, act: &str, s: &Situation, active: bool, fits: bool) -> bool {
    if !active || !fits || s.blocked {
        return false;
    }
    let approves = [
        "close.approve",
        "break.review",
        "erase.approve",
        "support.approve",
        "dose.witness",
        "handover.approve",
        "leak.decide",
        "results.approve",
        "release.review",
    ]
    .contains(&act);
    if approves && s.by_self || act == "read.location" && s.bulk || act == "share" && !s.granted {
        return false;
    }
    if act == "break.use" && s.overdue {
        return false;
    }
    let strongbox = ["psychological", "legal", "location"].iter().any(|f| act.ends_with(&format!(".{f}")));
    if s.emergency && !s.on_team && strongbox {
        return false;
    }
    let changes = act.starts_with("write.")
        || [
            "safety.write",
            "consent.write",
            "plan.write",
            "service.write",
            "task.write",
            "file.write",
            "share",
            "identify",
            "close.ask",
            "close.approve",
            "visit.authorise",
            "support.ask",
            "hearing.write",
            "route.write",
            "conference.write",
        ]
        .contains(&act);
    if s.closed && changes {
        return false;
    }
    let triage = [
        "alert.report",
        "alert.enter",
        "alert.list",
        "alert.take",
        "alert.answer",
        "alert.decide",
        "screening.fill",
        "case.open",
        "person.find",
    ];
    let is = |list: &[&str]| list.contains(&act);
    // Whoever works near her may say what a colleague did; it is read past the house.
    let near = [
        "duty",
        "social_worker",
        "psychologist",
        "lawyer",
        "health",
        "teacher",
        "monitora",
        "coordinator",
        "director",
        "protection_officer",
    ];
    if act == "conduct.write" {
        return near.contains(&role);
    }
    let glass = s.emergency && is(&["case.read", "read.social", "safety.write"]);
    match role {
        "reporter" => act == "alert.report" || s.own && is(&["alert.own", "network.own"]),
        "partner" => s.own && is(&["packet.answer", "training.attend"]),
        "duty" => is(&triage),
        "social_worker" => {
            is(&triage)
                || is(&["case.list", "link.list", "break.use", "effort.write", "template.bring"])
                || s.same_site && is(&["clinic.read", "clinic.receive", "group.run"])
                || glass
                || s.on_team
                    && is(&[
                        "case.read",
                        "read.social",
                        "write.social",
                        "read.identity",
                        "write.identity",
                        "read.location",
                        "write.location",
                        "safety.write",
                        "consent.write",
                        "plan.write",
                        "service.write",
                        "follow.write",
                        "task.write",
                        "file.write",
                        "share",
                        "identify",
                        "close.ask",
                        "access.log",
                        "screening.read",
                        "visit.authorise",
                        "support.ask",
                        "support.pay",
                        "report.write",
                        "hearing.write",
                        "route.read",
                        "route.write",
                        "conference.read",
                        "conference.write",
                        "leak.ask",
                        "link.decide",
                    ])
        }
        "psychologist" => {
            is(&["case.list", "person.find", "break.use", "effort.write"])
                || s.same_site && is(&["clinic.read", "clinic.receive", "group.run"])
                || glass
                || s.on_team
                    && is(&[
                        "case.read",
                        "read.social",
                        "write.social",
                        "read.psychological",
                        "write.psychological",
                        "safety.write",
                        "plan.write",
                        "service.write",
                        "follow.write",
                        "task.write",
                        "consent.write",
                        "access.log",
                        "screening.read",
                        "route.read",
                        "conference.read",
                    ])
        }
        "lawyer" => {
            is(&["case.list", "person.find", "break.use", "effort.write", "template.bring", "route.sign"])
                || s.same_site && is(&["clinic.read", "clinic.receive"])
                || s.emergency && act == "case.read"
                || s.on_team
                    && is(&[
                        "case.read",
                        "read.legal",
                        "write.legal",
                        "read.identity",
                        "consent.write",
                        "service.write",
                        "task.write",
                        "file.write",
                        "share",
                        "identify",
                        "access.log",
                        "hold.set",
                        "report.write",
                        "hearing.write",
                        "route.read",
                        "route.write",
                        "conference.read",
                    ])
        }
        "health" => {
            is(&["case.list", "person.find", "break.use", "effort.write"])
                || s.same_site && is(&["clinic.read", "clinic.receive", "group.run"])
                || s.emergency && is(&["case.read", "safety.write"])
                || s.on_team
                    && is(&[
                        "case.read",
                        "read.health",
                        "write.health",
                        "safety.write",
                        "service.write",
                        "task.write",
                        "access.log",
                        "route.read",
                        "conference.read",
                    ])
        }
        "teacher" => {
            is(&["case.list", "effort.write"])
                || s.same_site && act == "group.run"
                || s.on_team && is(&["case.read", "service.write", "task.write"])
        }
        "protection_officer" => {
            is(&["alert.report", "alert.enter"])
                || s.same_site
                    && is(&[
                        "alert.list",
                        "alert.take",
                        "alert.answer",
                        "alert.decide",
                        "office.read",
                        "office.write",
                        "network.read",
                        "network.write",
                        "log.write",
                    ])
                || s.on_team && is(&["route.read", "route.write"])
        }
        "monitora" => {
            act == "effort.write"
                || s.same_site
                    && is(&["house.read", "house.expect", "house.admit", "house.log", "dose.witness"])
        }
        "coordinator" => {
            is(&triage)
                || is(&["case.list", "link.list", "numbers.read", "form.publish", "break.use"])
                || is(&["template.bring", "template.publish", "route.publish"])
                || is(&["budget.read", "budget.write", "effort.write", "directory.write"])
                || is(&["handover.begin", "handover.run", "handover.approve", "training.read"])
                || is(&["network.read", "network.write", "log.write"])
                || glass
                || s.same_site
                    && is(&[
                        "case.read",
                        "read.social",
                        "write.social",
                        "safety.write",
                        "plan.write",
                        "task.write",
                        "case.team",
                        "case.block",
                        "close.ask",
                        "close.approve",
                        "case.reopen",
                        "break.review",
                        "access.log",
                        "house.read",
                        "house.expect",
                        "house.admit",
                        "house.log",
                        "house.override",
                        "visit.authorise",
                        "dose.witness",
                        "clinic.read",
                        "clinic.receive",
                        "group.run",
                        "support.approve",
                        "hearing.write",
                        "supervise",
                        "erase.ask",
                        "screening.read",
                        "route.read",
                        "conference.read",
                        "conference.write",
                        "leak.ask",
                        "link.decide",
                    ])
        }
        "director" => is(&[
            "numbers.read",
            "audit.read",
            "break.review",
            "erase.approve",
            "budget.read",
            "budget.write",
            "conduct.read",
            "handover.begin",
            "handover.run",
            "handover.approve",
            "leak.decide",
            "results.approve",
            "closing.run",
            "release.review",
        ]),
        "mel" => is(&[
            "numbers.read",
            "budget.read",
            "results.write",
            "release.ask",
            "training.read",
            "training.write",
            "network.read",
            "network.write",
            "log.write",
        ]),
        "trainer" => is(&[
            "training.read",
            "training.write",
            "trainee.read",
            "certificate.issue",
            "certificate.revoke",
            "network.read",
            "network.write",
            "log.write",
        ]),
        "survivor" => s.own && act == "plan.own",
        "admin" => is(&["account.manage", "system.read", "handover.begin"]),
        other => panic!("the oracle does not know the role {other}"),
    }
}

/// Asks the gate and the oracle for everything; returns how many were asked and how many differ.
fn compare(gate: &Gate, roles: &[&str], stop_at_first: bool) -> (u32, u32) {
    let (mut asked, mut differ) = (0, 0);
    for role in roles {
        let purposes: BTreeSet<_> = gate.roles().role(role).unwrap().purposes.iter().cloned().collect();
        let fitting = gate.roles().role(role).unwrap().purpose();
        let foreign = [Purpose::System, Purpose::Audit, Purpose::Legal]
            .into_iter()
            .find(|p| !purposes.iter().any(|q| Purpose::find(q) == Some(*p)))
            .unwrap();
        let who = [caller(role, false), caller(role, true)];
        for act in Act::ALL {
            for bits in 0u32..1 << 12 {
                let bit = |n: u32| bits >> n & 1 == 1;
                let s = Situation {
                    on_team: bit(0),
                    same_site: bit(1),
                    own: bit(2),
                    emergency: bit(3),
                    blocked: bit(4),
                    closed: bit(5),
                    by_self: bit(6),
                    bulk: bit(7),
                    granted: bit(8),
                    overdue: bit(9),
                    person: None,
                };
                let (active, fits) = (bit(10), bit(11));
                let purpose = if fits { fitting } else { foreign };
                let got = gate.ask(&who[usize::from(active)], *act, &s, purpose).allowed;
                asked += 1;
                if got != oracle(role, act.code(), &s, active, fits) {
                    differ += 1;
                    if stop_at_first {
                        return (asked, differ);
                    }
                    if differ < 4 {
                        eprintln!("{role} {} {s:?} active={active} fits={fits}: gate says {got}", act.code());
                    }
                }
            }
        }
    }
    (asked, differ)
}

// One test for a third of the roles each, so that both cores work.
#[test]
fn every_combination_decides_as_the_oracle_one() {
    assert_eq!(
        compare(
            &gate(BASE),
            &["reporter", "duty", "social_worker", "psychologist", "protection_officer"],
            false
        ),
        (5 * cells(), 0)
    );
}

#[test]
fn every_combination_decides_as_the_oracle_two() {
    assert_eq!(
        compare(&gate(BASE), &["lawyer", "health", "monitora", "coordinator", "trainer"], false),
        (5 * cells(), 0)
    );
}

#[test]
fn every_combination_decides_as_the_oracle_three() {
    assert_eq!(
        compare(&gate(BASE), &["director", "mel", "survivor", "admin", "teacher", "partner"], false),
        (6 * cells(), 0)
    );
}

fn cells() -> u32 {
    u32::try_from(Act::ALL.len()).unwrap() << 12
}

#[test]
fn no_role_is_left_out() {
    let known: BTreeSet<_> = [
        "reporter",
        "duty",
        "social_worker",
        "psychologist",
        "lawyer",
        "health",
        "monitora",
        "protection_officer",
        "teacher",
        "coordinator",
        "director",
        "mel",
        "trainer",
        "survivor",
        "admin",
        "partner",
    ]
    .into();
    let roles = gate(BASE);
    assert_eq!(roles.roles().roles.iter().map(|r| r.id.as_str()).collect::<BTreeSet<_>>(), known);
}

/// The control: take any one fixed rule out, and the comparison must notice.
#[test]
fn a_missing_rule_is_noticed() {
    let rules: Vec<&str> = BASE.split("@id(").skip(1).collect();
    assert_eq!(rules.len(), 10);
    for rule in &rules {
        let name = rule.split('"').nth(1).unwrap();
        // The emergency and administrator rules guard against a deployment's own roles: see below.
        if ["emergency-is-office-only", "administrator-reads-no-content"].contains(&name) {
            continue;
        }
        let without = BASE.replace(&format!("@id({rule}"), "");
        let role = if name == "four-eyes" || name == "closed-file" { "coordinator" } else { "social_worker" };
        assert!(compare(&gate(&without), &[role], true).1 > 0, "without {name} nothing differs");
    }
}

/// A deployment adds rights that it must not: the fixed rules stand.
#[test]
fn no_deployment_gets_past_the_fixed_rules() {
    let greedy = ROLES
        .replace(
            "always = [\"account.manage\", \"system.read\", \"handover.begin\"]",
            "always = [\"account.manage\", \"system.read\", \"handover.begin\", \"read.social\", \"case.read\"]",
        )
        .replace(
            "emergency = [\"case.read\"]",
            "emergency = [\"case.read\", \"read.legal\", \"read.location\"]",
        );
    assert_ne!(greedy, ROLES);
    let roles = Roles::read(&greedy, COMPARTMENTS).unwrap();
    let gate = Gate::new(roles, BASE, Arc::new(OfficeKey::from_bytes([1; 32])), Uuid::from_u128(9)).unwrap();
    let all = Situation { on_team: true, same_site: true, own: true, granted: true, ..Situation::default() };
    let admin = caller("admin", true);
    assert!(gate.decide(&admin, Act::READ_SOCIAL, Uuid::from_u128(5), &all, Purpose::System).is_err());
    let glass = Situation { emergency: true, ..Situation::default() };
    let lawyer = caller("lawyer", true);
    for act in [Act::READ_LEGAL, Act::READ_LOCATION] {
        assert!(gate.decide(&lawyer, act, Uuid::from_u128(5), &glass, Purpose::Legal).is_err());
    }
}

#[test]
fn the_table_a_lawyer_reads_is_the_one_that_is_decided() {
    let made = ceiba_access::table::markdown(&gate(BASE));
    let checked_in = include_str!("../../../docs/access.md");
    assert!(
        made == checked_in,
        "docs/access.md is stale: cargo run -- policies --table > docs/access.md\n{made}"
    );
}

#[test]
fn a_misspelt_policy_does_not_start() {
    let wrong = BASE.replace("context.blocked", "context.blokced");
    let roles = Roles::read(ROLES, COMPARTMENTS).unwrap();
    assert!(Gate::new(roles, &wrong, Arc::new(OfficeKey::from_bytes([1; 32])), Uuid::nil()).is_err());
}

#[test]
fn emergency_owes_and_the_team_does_not() {
    let gate = gate(BASE);
    let who = caller("social_worker", true);
    let case = Uuid::from_u128(5);
    let glass = Situation { emergency: true, ..Situation::default() };
    let grant = gate.decide(&who, Act::READ_SOCIAL, case, &glass, Purpose::Care).unwrap();
    assert!(grant.owes("notify_owner") && grant.owes("review") && grant.owes("justify"));
    let team = Situation { on_team: true, ..glass };
    assert!(!gate.decide(&who, Act::READ_SOCIAL, case, &team, Purpose::Care).unwrap().owes("review"));
}

#[test]
fn a_strongbox_names_no_act_of_its_own() {
    let opened = COMPARTMENTS.replace("id = \"therapy\"", "id = \"therapy\"\nread_by = [\"house.read\"]");
    assert_ne!(opened, COMPARTMENTS);
    assert!(Roles::read(ROLES, &opened).is_err());
    let misspelt = COMPARTMENTS.replace("\"house.read\"", "\"house.raed\"");
    assert!(Roles::read(ROLES, &misspelt).is_err());
}
