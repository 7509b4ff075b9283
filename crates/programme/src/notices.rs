//! Notices: what somebody should know since she last looked. A kind and what it is about, never words: what a
//! notice says is written when she reads it, by what she may know then.

use ceiba_access::Caller;
use ceiba_store::{Micros, Tx, Work};
use uuid::Uuid;

use crate::Outcome;
use crate::contact::wake;

/// Kinds: an alert that nobody answered in time; a file opened in an emergency; an emergency that nobody reviewed
/// in time, for those who should have; for her whose right to open another one rests meanwhile; that somebody guesses
/// passwords; that an institution answered; that somebody guessed at a packet, which is closed now; and that one ended
/// without anybody having opened it; that a hearing comes, soon or tomorrow; that
/// somebody wrote about the conduct of staff; that somebody had to go to another house at once; that one's post is handed over,
/// or that one takes over another's; that she is expected at a case conference; that something of a case came out, for whoever
/// decides; and that a case has another code, for its team.
pub const KINDS: [&str; 16] = [
    ALERT,
    EMERGENCY,
    OVERDUE,
    RESTS,
    GUESSING,
    PACKET,
    PACKET_GUESSED,
    PACKET_UNREAD,
    HEARING,
    HEARING_NEAR,
    CONDUCT,
    URGENT_MOVE,
    POST,
    CONFERENCE,
    LEAK,
    LEAK_DONE,
];

pub(crate) const ALERT: &str = "alert";
pub(crate) const EMERGENCY: &str = "emergency";
pub(crate) const OVERDUE: &str = "overdue";
pub(crate) const RESTS: &str = "rests";
pub(crate) const GUESSING: &str = "guessing";
pub(crate) const PACKET: &str = "packet";
pub(crate) const PACKET_GUESSED: &str = "packet-guessed";
pub(crate) const PACKET_UNREAD: &str = "packet-unread";
pub(crate) const HEARING: &str = "hearing";
pub(crate) const HEARING_NEAR: &str = "hearing-near";
pub(crate) const CONDUCT: &str = "conduct";
pub(crate) const URGENT_MOVE: &str = "urgent-move";
pub(crate) const POST: &str = "post";
pub(crate) const CONFERENCE: &str = "conference";
pub(crate) const LEAK: &str = "leak";
pub(crate) const LEAK_DONE: &str = "leak-done";

/// How many the page shows.
pub const SHOWN: i64 = 50;

/// One notice.
#[derive(Clone, Debug)]
pub struct Notice {
    /// One of [`KINDS`].
    pub kind: String,
    /// The alert, the emergency access, the packet or the word of an institution that it is about.
    pub about: Uuid,
    /// When.
    pub at: Micros,
    /// Whether she has seen it.
    pub seen: bool,
    /// The code of the case it is about.
    pub case: Option<String>,
}

/// Tells an account once: a notice of this kind about this thing stays one. Returns whether it is new.
pub(crate) async fn tell(work: &mut Work, account: Uuid, kind: &str, about: Uuid) -> Outcome<bool> {
    let (id, now) = (work.chance().id(), work.at());
    let added = work
        .sql(
            "INSERT INTO notice (id, account, kind, about, at, seen_at) VALUES ($1, $2, $3, $4, $5, NULL)
             ON CONFLICT (account, kind, about) DO NOTHING",
        )
        .bind(id)
        .bind(account)
        .bind(kind)
        .bind(about)
        .bind(now)
        .run()
        .await?;
    if added == 1 {
        work.record("notice.add", "account", account, [0; 32]).await?;
        wake::plan(work, account).await?;
    }
    Ok(added == 1)
}

/// Her notices, newest first. One about a case from which she is blocked does not exist.
///
/// # Errors
/// When the database breaks.
pub async fn list(tx: &mut Tx, caller: &Caller) -> Outcome<Vec<Notice>> {
    let rows = tx
        .sql(
            "SELECT n.kind, n.about, n.at, n.seen_at, c.code FROM notice n
             LEFT JOIN break_glass g ON g.id = n.about LEFT JOIN packet_word w ON w.id = n.about
             LEFT JOIN packet k ON k.id = COALESCE(w.packet, n.about)
             LEFT JOIN entry e ON e.id = n.about LEFT JOIN leak x ON x.id = n.about
             LEFT JOIN case_file c ON c.id = COALESCE(g.case_id, k.case_id, e.file, x.case_id)
             WHERE n.account = $1 AND NOT EXISTS
               (SELECT 1 FROM conflict_block b WHERE b.case_id = c.id AND b.account = n.account)
             ORDER BY n.at DESC, n.id LIMIT $2",
        )
        .bind(caller.account)
        .bind(SHOWN)
        .all()
        .await?;
    rows.iter()
        .map(|row| {
            Ok(Notice {
                kind: row.get("kind")?,
                about: row.get("about")?,
                at: row.get("at")?,
                seen: row.get::<Option<Micros>>("seen_at")?.is_some(),
                case: row.get("code")?,
            })
        })
        .collect()
}

/// Marks as seen what stood on her page: everything up to the newest notice it showed.
///
/// # Errors
/// When the database breaks.
pub async fn see(work: &mut Work, caller: &Caller, until: Micros) -> Outcome<()> {
    let now = work.at();
    work.sql("UPDATE notice SET seen_at = $1 WHERE account = $2 AND seen_at IS NULL AND at <= $3")
        .bind(now)
        .bind(caller.account)
        .bind(until)
        .run()
        .await?;
    Ok(work.record("notice.seen", "account", caller.account, [0; 32]).await?)
}
