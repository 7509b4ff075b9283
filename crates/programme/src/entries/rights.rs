//! Which right opens an entry of a kind, which one changes it, and what is never simply taken back.

use ceiba_access::{Act, Folder};

use super::{Columns, Head};

/// The right with which an entry is read.
#[must_use]
pub fn reads(head: &Head) -> Act {
    match (head.folder, head.kind.as_str()) {
        (
            Folder::Social,
            "note" | "relation" | "identification" | "goal" | "plan" | "apart" | "log" | "incident"
            | "missing" | "exit" | "passed" | "companion" | "outing" | "belongings" | "visitor" | "visit"
            | "found" | "transfer" | "life_project" | "scale" | "support" | "support_check" | "court_report"
            | "report_release",
        ) => Act::READ_SOCIAL,
        (Folder::Social, "screening") => Act::SCREENING_READ,
        (Folder::Social, "route_step") => Act::ROUTE_READ,
        (Folder::Social, "conference" | "conference_decision") => Act::CONFERENCE_READ,
        // Consents, services, tasks and the safety banner are the whole team's.
        (Folder::Social, _) => Act::CASE_READ,
        (folder, _) => folder.read(),
    }
}

/// The right with which an entry is changed or put back.
#[must_use]
pub fn changes(head: &Head) -> Act {
    match (head.folder, head.kind.as_str()) {
        (Folder::Social, "goal" | "plan" | "life_project" | "scale") => Act::PLAN_WRITE,
        (Folder::Social, "support" | "support_check") => Act::SUPPORT_PAY,
        (Folder::Social, "court_report" | "report_release") => Act::REPORT_WRITE,
        (Folder::Social, "task") => Act::TASK_WRITE,
        (Folder::Social, "consent" | "guardian") => Act::CONSENT_WRITE,
        (Folder::Social, "exit") => Act::PLAN_WRITE,
        (Folder::Social, "route_step") => Act::ROUTE_WRITE,
        (Folder::Social, "conference" | "conference_decision") => Act::CONFERENCE_WRITE,
        (Folder::Social, "visitor") => Act::VISIT_AUTHORISE,
        (
            Folder::Social,
            "referral" | "service" | "telling" | "telling_request" | "enrolment" | "attendance" | "schooling"
            | "therapy_plan" | "report_health",
        ) => Act::SERVICE_WRITE,
        (Folder::Social, "followup") => Act::FOLLOW_WRITE,
        (Folder::Social, "hearing" | "measure") => Act::HEARING_WRITE,
        (Folder::Social, "safety" | "contact_rule" | "search") => Act::SAFETY_WRITE,
        (Folder::Social, "identification") => Act::IDENTIFY,
        (Folder::Social, "closure") => Act::CLOSE_ASK,
        (Folder::Social, "file") => Act::FILE_WRITE,
        (folder, _) => folder.write(),
    }
}

/// Whether the last change of an entry can be taken back by itself. What other records follow from cannot:
/// her withdrawn «yes» is not given back by anybody but her, a decision on closing moved the case with it, and
/// only one evaluation is in force. What an entry moved elsewhere (money, a seat, a released report) does not move back.
#[must_use]
pub fn undoable(now: &Head, before: &Columns) -> bool {
    let withdrawn = now.state == "withdrawn" || before.state == "withdrawn";
    // A statement was counted with it.
    let heard = now.kind == "hearing" && now.state == "held";
    // A decision of a conference moved with its task.
    let decided = now.kind == "task" && now.other.is_some();
    !withdrawn
        && !heard
        && !decided
        && !["consent", "guardian", "closure", "safety", "screening", "plan", "contact_rule", "contact_try"]
            .contains(&now.kind.as_str())
        && !MOVED.contains(&now.kind.as_str())
}

/// Kinds whose changes moved something else with them.
const MOVED: [&str; 30] = [
    "search",
    "conference",
    "conference_decision",
    "evidence",
    "custody",
    "demand",
    "admission",
    "appointment",
    "dose",
    "missing",
    "exit",
    "transfer",
    "conduct",
    "support",
    "enrolment",
    "attendance",
    "schooling",
    "scale",
    "therapy_plan",
    "court_report",
    "report_release",
    "route_step",
    "telling_request",
    "reparation",
    "reception",
    "office_call",
    "office_visit",
    "activity",
    "meeting",
    "agreement",
];
