//! The grant ends: what must move in a day, computed from what there is now, and what a director says of what no program can know. Numbers and
//! codes of cases, no names of survivors.

use std::collections::BTreeMap;

use ceiba_access::{Act, Caller, Situation};
use ceiba_store::{DAY, Db, Micros, Row, Tx, Work};
use uuid::Uuid;

use crate::cases::{Case, followup::due};
use crate::{Outcome, Problems, Programme, ProgrammeError, accounts, setup};

/// A backup older than this is no backup of today.
const FRESH: Micros = DAY;

/// Parts of the list, in the order in which a day goes.
pub const PARTS: [&str; 6] = ["accounts", "keys", "backups", "training", "posts", "data"];

/// Something on the list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Thing {
    /// In which part.
    pub part: &'static str,
    /// Its code, of which the sentences are made.
    pub code: &'static str,
    /// Whether it is done.
    pub done: bool,
    /// How many are not, or how old in hours; the sentence says which.
    pub n: i64,
    /// Of how many.
    pub of: i64,
    /// The list of which a director chooses; empty: the program knows by itself.
    pub list: &'static str,
    /// What she chose, and at which version.
    pub choice: Option<(String, i64)>,
}

/// What a post has in its hands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Post {
    /// The account.
    pub account: Uuid,
    /// Its name, empty when it cannot be read.
    pub name: String,
    /// Its role.
    pub role: String,
    /// Whether the account is open.
    pub active: bool,
    /// Open cases for which it is responsible.
    pub cases: i64,
    /// Alerts that it took.
    pub alerts: i64,
}

/// The whole list.
#[derive(Debug)]
pub struct Closing {
    /// What is done and what is not.
    pub things: Vec<Thing>,
    /// Posts that have something.
    pub posts: Vec<Post>,
    /// Closed cases that no law holds and nobody erased, of people whom nobody cares for now: code and day of closing, oldest first.
    pub closed: Vec<(String, String)>,
    /// Closed cases that a court may still ask for.
    pub held: i64,
}

/// What a director chooses: its code and the list. The rest is computed.
const CHOICES: [(&str, &str, &str); 9] = [
    ("accounts", "leavers", "closing_leavers"),
    ("keys", "code-one", "closing_holders"),
    ("keys", "code-two", "closing_holders"),
    ("keys", "code-three", "closing_holders"),
    ("keys", "backup-key", "closing_holders"),
    ("backups", "restore", "closing_restore"),
    ("data", "cases", "closing_data"),
    ("data", "alerts", "closing_data"),
    ("data", "network", "closing_data"),
];

/// Choices that say that something is still to be done.
const NOT_YET: [&str; 4] = ["leaver", "lost", "some", "not_tried"];

async fn one(tx: &mut Tx, text: &'static str) -> Outcome<i64> {
    Ok(tx.sql(text).one().await?.get("n")?)
}

/// Reads the list.
///
/// # Errors
/// When the gate refuses or something breaks.
pub async fn read(p: &Programme, tx: &mut Tx, caller: &Caller) -> Outcome<Closing> {
    p.may(caller, Act::CLOSING_RUN)?;
    list(p, tx, caller.account).await
}

/// The same for the command line, where whoever has the machine and its key asks: `reader` is nobody then. A case with which a reader has a
/// conflict of interest is not on her list.
///
/// # Errors
/// When something breaks.
pub async fn list(p: &Programme, tx: &mut Tx, reader: Uuid) -> Outcome<Closing> {
    let now = p.store.clock.now();
    let mut things = Vec::new();
    let mut computed = |part, code, n, of| {
        things.push(Thing { part, code, done: n == 0, n, of, list: "", choice: None });
    };
    // An account of a survivor is hers and stays as it is.
    let staff = one(tx, "SELECT COUNT(*) AS n FROM account WHERE active AND person IS NULL").await?;
    let plain =
        one(tx, "SELECT COUNT(*) AS n FROM account WHERE active AND person IS NULL AND totp IS NULL").await?;
    computed("accounts", "second-step", plain, staff);
    let open = one(tx, "SELECT COUNT(*) AS n FROM handover WHERE state <> 'closed'").await?;
    computed("accounts", "handovers", open, 0);
    let directors = one(tx, "SELECT COUNT(*) AS n FROM account WHERE active AND role = 'director'").await?;
    computed("accounts", "directors", (1 - directors).max(0), directors);
    let admins = one(tx, "SELECT COUNT(*) AS n FROM account WHERE active AND role = 'admin'").await?;
    computed("accounts", "admins", (1 - admins).max(0), admins);
    let due = one(tx, "SELECT COUNT(*) AS n FROM key_due").await?;
    computed("keys", "keys-due", due, 0);
    let recipient = setup::installation(tx).await?.and_then(|i| i.backup_recipient).is_some();
    computed("backups", "recipient", i64::from(!recipient), 0);
    let row = tx.sql("SELECT MAX(at) AS at FROM backup_made").one().await?;
    let last: Option<Micros> = row.get("at")?;
    let age = last.map_or(i64::MAX, |at| now - at);
    things.push(Thing {
        part: "backups",
        code: if last.is_some() { "backup-age" } else { "backup-none" },
        done: age < FRESH,
        n: if last.is_some() { age / ceiba_store::HOUR } else { 0 },
        of: 0,
        list: "",
        choice: None,
    });
    let lessons = p.pack.lessons.all().len();
    let finished = tx
        .sql(
            "SELECT COUNT(*) AS n FROM account a WHERE a.active AND a.person IS NULL
               AND (SELECT COUNT(*) FROM lesson_done d WHERE d.who = a.id) >= $1",
        )
        .bind(i64::try_from(lessons).unwrap_or(i64::MAX))
        .one()
        .await?
        .get::<i64>("n")?;
    let missing = staff - finished;
    things.push(Thing {
        part: "training",
        code: "lessons",
        done: missing == 0,
        n: missing,
        of: staff,
        list: "",
        choice: None,
    });
    let posts = posts(p, tx).await?;
    let orphans = posts.iter().filter(|x| !x.active).map(|x| x.cases + x.alerts).sum();
    things.push(Thing {
        part: "posts",
        code: "orphans",
        done: orphans == 0,
        n: orphans,
        of: 0,
        list: "",
        choice: None,
    });
    let waiting = one(tx, "SELECT COUNT(*) AS n FROM alert WHERE state = 'received'").await?;
    things.push(Thing {
        part: "posts",
        code: "waiting",
        done: waiting == 0,
        n: waiting,
        of: 0,
        list: "",
        choice: None,
    });
    choices(tx, &mut things).await?;
    things.sort_by_key(|t| PARTS.iter().position(|x| *x == t.part));
    let (closed, held) = closed(p, tx, reader).await?;
    Ok(Closing { things, posts, closed, held })
}

async fn choices(tx: &mut Tx, things: &mut Vec<Thing>) -> Outcome<()> {
    let rows = tx.sql("SELECT thing, choice, version FROM closing_choice").all().await?;
    let said = rows
        .iter()
        .map(|r: &Row| {
            Ok((r.get::<String>("thing")?, (r.get::<String>("choice")?, r.get::<i64>("version")?)))
        })
        .collect::<Outcome<BTreeMap<_, _>>>()?;
    let how_many = [
        ("cases", one(tx, "SELECT COUNT(*) AS n FROM case_file c WHERE c.state = 'closed' AND NOT EXISTS (SELECT 1 FROM erasure x WHERE x.subject = c.id)").await?),
        ("alerts", one(tx, "SELECT COUNT(*) AS n FROM alert a WHERE a.state NOT IN ('received', 'taken', 'screening') AND NOT EXISTS (SELECT 1 FROM erasure x WHERE x.subject = a.id)").await?),
        ("network", one(tx, "SELECT COUNT(*) AS n FROM network_partner WHERE state <> 'forgotten'").await?),
    ];
    for (part, code, list) in CHOICES {
        let choice = said.get(code).cloned();
        let done = choice.as_ref().is_some_and(|(c, _)| !NOT_YET.contains(&c.as_str()));
        let n = how_many.iter().find(|(k, _)| *k == code).map_or(0, |(_, n)| *n);
        things.push(Thing { part, code, done, n, of: 0, list, choice });
    }
    Ok(())
}

async fn posts(p: &Programme, tx: &mut Tx) -> Outcome<Vec<Post>> {
    let mut posts = Vec::new();
    for a in accounts::list(p, tx).await? {
        let row = tx
            .sql(
                "SELECT (SELECT COUNT(*) FROM case_file WHERE responsible = $1 AND state <> 'closed') AS cases,
                        (SELECT COUNT(*) FROM alert WHERE taken_by = $1 AND state IN ('taken', 'screening')) AS alerts",
            )
            .bind(a.id)
            .one()
            .await?;
        let (cases, alerts) = (row.get::<i64>("cases")?, row.get::<i64>("alerts")?);
        if cases + alerts > 0 {
            let name = a.name().to_owned();
            posts.push(Post { account: a.id, name, role: a.role, active: a.active, cases, alerts });
        }
    }
    posts.sort_by(|a, b| (a.active, &a.name).cmp(&(b.active, &b.name)));
    Ok(posts)
}

async fn closed(p: &Programme, tx: &mut Tx, reader: Uuid) -> Outcome<(Vec<(String, String)>, i64)> {
    let rows = tx
        .sql(
            "SELECT c.code, c.closed_at FROM case_file c WHERE c.state = 'closed' AND NOT c.legal_hold
               AND NOT EXISTS (SELECT 1 FROM erasure x WHERE x.subject = c.id)
               AND NOT EXISTS (SELECT 1 FROM case_file o WHERE o.person = c.person AND o.state <> 'closed')
               AND NOT EXISTS (SELECT 1 FROM conflict_block b WHERE b.case_id = c.id AND b.account = $1)
             ORDER BY c.closed_at, c.code LIMIT 200",
        )
        .bind(reader)
        .all()
        .await?;
    let closed = rows
        .iter()
        .map(|r| Ok((r.get("code")?, p.day(r.get::<Option<Micros>>("closed_at")?.unwrap_or_default()))))
        .collect::<Outcome<Vec<_>>>()?;
    Ok((closed, one(tx, "SELECT COUNT(*) AS n FROM case_file WHERE state = 'closed' AND legal_hold").await?))
}

/// A closed case that the plan says to destroy.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ToDestroy {
    /// Its code.
    pub code: String,
    /// The day of closing.
    pub closed: String,
    /// Somebody is still to ask her how she is.
    pub follow: bool,
}

/// What the director's plan says to destroy of the caller's site, and nobody has asked for yet, oldest first: for whoever may ask. Empty
/// unless that is what she chose. Whoever decides on each is another person (`erasure`).
///
/// # Errors
/// When the gate refuses or something breaks.
pub async fn to_destroy(p: &Programme, tx: &mut Tx, caller: &Caller) -> Outcome<Vec<ToDestroy>> {
    let site = Situation { same_site: caller.site.is_some(), ..Situation::default() };
    p.may_on(caller, Act::ERASE_ASK, Uuid::nil(), &site)?;
    let plan = tx.sql("SELECT choice FROM closing_choice WHERE thing = 'cases'").optional().await?;
    let plan = plan.map(|r| r.get::<String>("choice")).transpose()?;
    if plan.as_deref() != Some("destroy") {
        return Ok(Vec::new());
    }
    let rows = tx
        .sql(
            "SELECT c.* FROM case_file c WHERE c.state = 'closed' AND NOT c.legal_hold AND c.site = $2
               AND NOT EXISTS (SELECT 1 FROM erasure x WHERE x.subject = c.id)
               AND NOT EXISTS (SELECT 1 FROM case_file o WHERE o.person = c.person AND o.state <> 'closed')
               AND NOT EXISTS (SELECT 1 FROM erasure_request r WHERE r.case_id = c.id AND r.state = 'asked')
               AND NOT EXISTS (SELECT 1 FROM conflict_block b WHERE b.case_id = c.id AND b.account = $1)
             ORDER BY c.closed_at, c.code LIMIT 200",
        )
        .bind(caller.account)
        .bind(caller.site.clone())
        .all()
        .await?;
    let mut all = Vec::new();
    for row in &rows {
        let case = Case::read(row)?;
        let follow = due::waits(p, tx, &case).await?;
        all.push(ToDestroy { code: case.code, closed: p.day(case.closed_at.unwrap_or_default()), follow });
    }
    Ok(all)
}

/// A director says what the program cannot know. `seen`: the version of what she said before, 0 the first time.
///
/// # Errors
/// [`ProgrammeError::Invalid`] with what to mend; [`ProgrammeError::Stale`] when another director said something meanwhile.
pub async fn choose(
    p: &Programme,
    work: &mut Work,
    caller: &Caller,
    (thing, seen): (&str, i64),
    choice: &str,
) -> Outcome<()> {
    p.may(caller, Act::CLOSING_RUN)?;
    let known = CHOICES.iter().find(|(_, code, _)| *code == thing);
    let Some((_, code, list)) = known else { return Err(ceiba_access::Refusal::Absent.into()) };
    let mut problems = Problems::default();
    problems.when(!p.pack.lists.has(list, choice), code, "problem-choose");
    problems.done()?;
    let today = p.day(work.at());
    let touched = if seen == 0 {
        work.sql(
            "INSERT INTO closing_choice (thing, choice, on_day, version) VALUES ($1, $2, $3, 1) ON CONFLICT (thing) DO NOTHING",
        )
        .bind(*code)
        .bind(choice)
        .bind(today)
        .run()
        .await?
    } else {
        work.sql("UPDATE closing_choice SET choice = $1, on_day = $2, version = version + 1 WHERE thing = $3 AND version = $4")
            .bind(choice)
            .bind(today)
            .bind(*code)
            .bind(seen)
            .run()
            .await?
    };
    if touched != 1 {
        return Err(ProgrammeError::Stale);
    }
    Ok(work.record("closing.choose", "installation", Uuid::nil(), [0; 32]).await?)
}

/// Notes that a backup was written whole. It goes around the unit of work: the machine that writes backups needs no office key, so it
/// cannot write the ledger.
///
/// # Errors
/// When the database breaks.
pub async fn backed_up(db: &Db, at: Micros) -> Outcome<()> {
    let mut tx = db.write().await?;
    tx.sql("INSERT INTO backup_made (at) VALUES ($1) ON CONFLICT (at) DO NOTHING").bind(at).run().await?;
    Ok(tx.commit().await?)
}
