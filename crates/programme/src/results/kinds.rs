//! The kinds of facts that indicators may read, and by what they can be divided: what a pack may name, and nothing else.

/// What the amount of a fact says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Amount {
    /// How many; a correction is the negative.
    Many,
    /// A score, which may be zero or less: each fact is one, and its opposite takes it back.
    Score,
    /// Cents of a currency.
    Cents,
}

/// A kind of fact.
#[derive(Clone, Copy, Debug)]
pub(super) struct Kind {
    pub code: &'static str,
    pub amount: Amount,
    /// Whether people stand behind its numbers. Counts of documents, hours and places expose nobody.
    pub people: bool,
    /// Whether it happens where the programme works: others (a course in the capital) are not left out by place.
    pub placed: bool,
}

const fn people(code: &'static str) -> Kind {
    Kind { code, amount: Amount::Many, people: true, placed: true }
}

const fn anywhere(code: &'static str, amount: Amount) -> Kind {
    Kind { code, amount, people: true, placed: false }
}

const fn things(code: &'static str) -> Kind {
    Kind { code, amount: Amount::Many, people: false, placed: false }
}

const fn money(code: &'static str) -> Kind {
    Kind { code, amount: Amount::Cents, people: true, placed: true }
}

/// Every kind, sorted.
pub(super) const KINDS: &[Kind] = &[
    people("alert.answered"),
    people("alert.decided"),
    people("alert.received"),
    people("appeal.decided"),
    people("appeal.filed"),
    people("attendance.noted"),
    people("awareness.reached"),
    people("case.closed"),
    people("case.found"),
    people("case.opened"),
    people("case.reopened"),
    anywhere("certificate.issued", Amount::Many),
    anywhere("certificate.revoked", Amount::Many),
    people("clinic.offer"),
    people("clinic.visit"),
    people("conduct.received"),
    people("conference.ended"),
    people("conference.followed"),
    people("course.reached"),
    people("effort.noted"),
    people("followup"),
    people("goal.rated"),
    people("goal.scored"),
    people("hearing.ended"),
    people("hearing.set"),
    people("justice.scored"),
    people("justice.stage"),
    people("lesson.completed"),
    people("log.adviser"),
    things("log.decision"),
    people("log.feedback"),
    things("log.open"),
    things("log.supervision"),
    things("log.trend_note"),
    people("measure.asked"),
    people("measure.broken"),
    people("measure.decided"),
    money("money.paid"),
    money("money.returned"),
    things("network.activity"),
    people("network.joined"),
    people("network.left"),
    things("network.material"),
    people("office.activity"),
    people("office.agreement"),
    people("office.call"),
    people("office.promise"),
    people("office.reached"),
    people("office.received"),
    people("office.visit"),
    people("outcome.scored"),
    people("person.identified"),
    people("person.origin"),
    people("plan.agreed"),
    people("plan.reviewed"),
    things("policy.passed"),
    anywhere("practice.applied", Amount::Many),
    people("referral.answered"),
    people("referral.sent"),
    money("reparation.asked"),
    money("reparation.decided"),
    money("reparation.paid"),
    people("risk.evaluated"),
    people("route.kept"),
    people("route.step"),
    people("school.entered"),
    people("school.reviewed"),
    people("screening.kept"),
    people("seat.given"),
    people("service.given"),
    people("shelter.admitted"),
    people("shelter.incident"),
    people("shelter.left"),
    people("shelter.night"),
    things("shelter.places"),
    people("shelter.refused"),
    people("shelter.request"),
    people("shelter.transferred"),
    people("support.delivered"),
    people("telling.avoided"),
    people("telling.held"),
    people("telling.requested"),
    anywhere("training.attended", Amount::Many),
    anywhere("training.completed", Amount::Many),
    anywhere("training.follow", Amount::Many),
    anywhere("training.gain", Amount::Score),
    anywhere("training.kept", Amount::Score),
    anywhere("training.refresh", Amount::Many),
    Kind { code: "training.session", amount: Amount::Many, people: false, placed: false },
    anywhere("training.test", Amount::Score),
];

/// The kind of a code.
pub(super) fn kind(code: &str) -> Option<&'static Kind> {
    KINDS.iter().find(|k| k.code == code)
}

/// Kinds whose code is a budget line, and whose money is that line's.
pub(super) const LINED: [&str; 2] = ["money.paid", "money.returned"];

/// Columns of a fact, in the order in which it is read.
pub(super) const COLUMNS: [&str; 6] = ["code", "outcome", "site", "municipality", "sex", "age_band"];

/// Dimensions beside the columns, sorted.
pub(super) const DIMS: &[&str] = &[
    "act",
    "after",
    "channel",
    "course",
    "court",
    "definition",
    "department",
    "entry",
    "found_by",
    "holder",
    "institution",
    "language",
    "material",
    "nationality",
    "need",
    "partner",
    "partner_type",
    "payer",
    "post",
    "purpose",
    "recruited",
    "referred_by",
    "sign",
    "source",
    "training_of_trainers",
    "urgency",
];

/// Of these a person has one at a time: she stands in the row of her last fact, once. Of all others she may have several, and
/// stands in each.
pub(super) const ONCE: &[&str] =
    &["age_band", "department", "language", "municipality", "nationality", "post", "sex", "site"];
