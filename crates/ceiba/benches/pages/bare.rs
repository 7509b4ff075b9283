//! What the engine alone takes for the same rows of the same file: plain statements through sqlx, nothing
//! sealed, nobody asked, nothing drawn. Writes go to tables of their own, of the same shape and size and
//! with the same indexes.

use std::path::Path;

use sqlx::sqlite::{
    Sqlite, SqliteConnectOptions, SqliteJournalMode, SqlitePool, SqlitePoolOptions, SqliteSynchronous,
};
use sqlx::{Row, Transaction};
use uuid::Uuid;

use super::desk::Desk;

/// One case of one colleague, as the statements need it.
struct Turn {
    account: Uuid,
    case: Uuid,
    code: String,
    name: String,
}

/// The engine.
pub struct Bare {
    pool: SqlitePool,
    turns: Vec<Turn>,
    next: i64,
}

const PREPARE: [&str; 15] = [
    "DROP TABLE IF EXISTS bare_entry",
    "DROP TABLE IF EXISTS bare_ledger",
    "DROP TABLE IF EXISTS bare_head",
    "DROP TABLE IF EXISTS bare_once",
    // As full as the tables they stand for: writing into a small tree is another thing.
    "CREATE TABLE bare_entry AS SELECT * FROM entry",
    "CREATE UNIQUE INDEX bare_entry_id ON bare_entry (id)",
    "CREATE INDEX bare_entry_file ON bare_entry (file, kind, created_at)",
    "CREATE INDEX bare_entry_state ON bare_entry (file, kind, state, due_at)",
    "CREATE INDEX bare_entry_owner ON bare_entry (owner, kind, state, due_at)",
    "CREATE INDEX bare_entry_kind ON bare_entry (kind, state, due_at)",
    "CREATE TABLE bare_ledger AS SELECT * FROM ledger_entry",
    "CREATE UNIQUE INDEX bare_ledger_seq ON bare_ledger (seq)",
    "CREATE INDEX bare_ledger_resource ON bare_ledger (resource, seq)",
    "CREATE TABLE bare_head AS SELECT * FROM ledger_head",
    "CREATE TABLE bare_once (token UUID PRIMARY KEY, account UUID, at BIGINT NOT NULL, answer TEXT NOT NULL)",
];

/// Kept from one run to the next.
const NAMES: [&str; 1] =
    ["CREATE TABLE IF NOT EXISTS bare_name (person UUID PRIMARY KEY, name TEXT NOT NULL)"];

impl Bare {
    /// The same file, opened as the store opens it.
    pub async fn open(folder: &Path, desk: &Desk) -> anyhow::Result<Self> {
        let options = SqliteConnectOptions::new()
            .filename(folder.join("ceiba.sqlite"))
            .journal_mode(SqliteJournalMode::Wal)
            .synchronous(SqliteSynchronous::Full);
        let pool = SqlitePoolOptions::new().max_connections(1).connect_with(options).await?;
        for text in PREPARE.iter().chain(&NAMES) {
            sqlx::query(*text).execute(&pool).await?;
        }
        names(&pool).await?;
        let mut turns = Vec::new();
        for i in 0..desk.who.len() * 50 {
            let (who, (code, name)) = desk.turn(i);
            let row =
                sqlx::query("SELECT id FROM case_file WHERE code = $1").bind(code).fetch_one(&pool).await?;
            turns.push(Turn {
                account: who.account,
                case: row.try_get("id")?,
                code: code.clone(),
                name: name.clone(),
            });
        }
        let next = sqlx::query("SELECT MAX(seq) FROM bare_ledger").fetch_one(&pool).await?.try_get(0)?;
        Ok(Self { pool, turns, next })
    }

    async fn session(tx: &mut Transaction<'static, Sqlite>, account: Uuid) -> anyhow::Result<()> {
        sqlx::query("SELECT s.*, a.* FROM session s JOIN account a ON a.id = s.account WHERE s.account = $1 AND s.ended_at IS NULL LIMIT 1")
            .bind(account)
            .fetch_optional(&mut **tx)
            .await?;
        Ok(())
    }

    /// The line of who did what, and lasting.
    async fn end(
        &mut self,
        mut tx: Transaction<'static, Sqlite>,
        account: Uuid,
        case: Uuid,
    ) -> anyhow::Result<()> {
        self.next += 1;
        sqlx::query("SELECT frontier FROM bare_head WHERE id = 1").fetch_one(&mut *tx).await?;
        sqlx::query(
            "INSERT INTO bare_ledger (seq, at, actor, action, kind, resource, detail, leaf, root, tag)
             VALUES ($1, 0, $2, 'case.read', 'case', $3, randomblob(32), randomblob(32), randomblob(32), randomblob(32))",
        )
        .bind(self.next)
        .bind(account)
        .bind(case)
        .execute(&mut *tx)
        .await?;
        sqlx::query("UPDATE bare_head SET frontier = randomblob(600) WHERE id = 1").execute(&mut *tx).await?;
        Ok(tx.commit().await?)
    }

    /// A file: its row, its person, its team, all it holds, colleagues' names; one line of who read it.
    pub async fn case(&mut self, i: usize) -> anyhow::Result<()> {
        let turn = &self.turns[i % self.turns.len()];
        let (account, case) = (turn.account, turn.case);
        let mut tx = self.pool.begin_with("BEGIN IMMEDIATE").await?;
        Self::session(&mut tx, account).await?;
        sqlx::query("SELECT c.*, p.* FROM case_file c JOIN person p ON p.id = c.person WHERE c.code = $1")
            .bind(&turn.code)
            .fetch_one(&mut *tx)
            .await?;
        sqlx::query("SELECT * FROM care_team WHERE case_id = $1 AND until IS NULL")
            .bind(case)
            .fetch_all(&mut *tx)
            .await?;
        sqlx::query("SELECT * FROM entry WHERE file = $1 ORDER BY created_at DESC")
            .bind(case)
            .fetch_all(&mut *tx)
            .await?;
        sqlx::query("SELECT id, who FROM account").fetch_all(&mut *tx).await?;
        self.end(tx, account, case).await
    }

    /// A note.
    pub async fn note(&mut self, i: usize) -> anyhow::Result<()> {
        let turn = &self.turns[i % self.turns.len()];
        let (account, case) = (turn.account, turn.case);
        let mut tx = self.pool.begin_with("BEGIN IMMEDIATE").await?;
        Self::session(&mut tx, account).await?;
        sqlx::query("SELECT * FROM case_file WHERE code = $1").bind(&turn.code).fetch_one(&mut *tx).await?;
        sqlx::query("SELECT 1 FROM care_team WHERE case_id = $1 AND account = $2 AND until IS NULL")
            .bind(case)
            .bind(account)
            .fetch_optional(&mut *tx)
            .await?;
        sqlx::query(
            "INSERT INTO bare_entry (id, file, kind, folder, compartment, state, code, author, created_at, changed_at, body, body_version, version)
             VALUES (randomblob(16), $1, 'note', 'social', 'services', 'written', 'visit', $2, 0, 0, randomblob(400), 1, 1)",
        )
        .bind(case)
        .bind(account)
        .execute(&mut *tx)
        .await?;
        sqlx::query("SELECT answer FROM bare_once WHERE token = randomblob(16) AND account = $1")
            .bind(account)
            .fetch_optional(&mut *tx)
            .await?;
        sqlx::query("INSERT INTO bare_once (token, account, at, answer) VALUES (randomblob(16), $1, 0, '/')")
            .bind(account)
            .execute(&mut *tx)
            .await?;
        self.end(tx, account, case).await
    }

    /// One's tasks with their cases, and what waits on the board.
    pub async fn today(&mut self, i: usize) -> anyhow::Result<()> {
        let account = self.turns[i % self.turns.len()].account;
        let mut tx = self.pool.begin().await?;
        Self::session(&mut tx, account).await?;
        sqlx::query(
            "SELECT e.*, c.code AS case_code FROM entry e JOIN case_file c ON c.id = e.file
             WHERE e.owner = $1 AND e.kind = 'task' AND e.state = 'open' ORDER BY e.due_at, e.id LIMIT 100",
        )
        .bind(account)
        .fetch_all(&mut *tx)
        .await?;
        board(&mut tx).await
    }

    /// Part of a name in clear, with the cases; one line of who searched.
    pub async fn search(&mut self, i: usize) -> anyhow::Result<()> {
        let turn = &self.turns[i % self.turns.len()];
        let (account, case) = (turn.account, turn.case);
        let mut tx = self.pool.begin_with("BEGIN IMMEDIATE").await?;
        Self::session(&mut tx, account).await?;
        sqlx::query("SELECT c.* FROM bare_name n JOIN case_file c ON c.person = n.person WHERE n.name LIKE $1 LIMIT 50")
            .bind(format!("%{}%", turn.name))
            .fetch_all(&mut *tx)
            .await?;
        self.end(tx, account, case).await
    }

    /// What waits, and colleagues' names.
    pub async fn board(&mut self) -> anyhow::Result<()> {
        let mut tx = self.pool.begin().await?;
        Self::session(&mut tx, self.turns[0].account).await?;
        board(&mut tx).await?;
        sqlx::query("SELECT id, who FROM account").fetch_all(&mut *tx).await?;
        Ok(())
    }
}

async fn board(tx: &mut Transaction<'static, Sqlite>) -> anyhow::Result<()> {
    sqlx::query(
        "SELECT * FROM alert WHERE state IN ('received', 'taken', 'screening') ORDER BY due_at, id LIMIT 100",
    )
    .fetch_all(&mut **tx)
    .await?;
    Ok(())
}

/// The names in clear that the sealed file does not have: invented, and only for this comparison.
async fn names(pool: &SqlitePool) -> anyhow::Result<()> {
    let there: i64 = sqlx::query("SELECT COUNT(*) FROM bare_name").fetch_one(pool).await?.try_get(0)?;
    if there > 0 {
        return Ok(());
    }
    let people = sqlx::query("SELECT id FROM person ORDER BY created_at, id").fetch_all(pool).await?;
    let mut tx = pool.begin_with("BEGIN IMMEDIATE").await?;
    for (n, row) in people.iter().enumerate() {
        sqlx::query("INSERT INTO bare_name (person, name) VALUES ($1, $2)")
            .bind(row.try_get::<Uuid, _>("id")?)
            .bind(super::cast::name(u32::try_from(n)?))
            .execute(&mut *tx)
            .await?;
    }
    Ok(tx.commit().await?)
}
