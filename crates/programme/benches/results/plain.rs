//! The same questions as somebody would ask them of the engine alone: one statement for each figure and each division, on the same
//! file with the same indexes. No row of the last fact, no opposites of scores, no hash, nothing hidden.

use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use ceiba_programme::results::framework::Results;
use ceiba_programme::results::rule::{Count, Of, Rule, Values};
use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions};
use sqlx::{AssertSqlSafe, Row as _};

const COLUMNS: [&str; 6] = ["code", "outcome", "site", "municipality", "sex", "age_band"];

/// Asks everything, on some connections.
pub async fn all(folder: &Path, results: &Results, connections: usize) -> anyhow::Result<()> {
    let options = SqliteConnectOptions::new()
        .filename(folder.join("ceiba.sqlite"))
        .journal_mode(SqliteJournalMode::Wal)
        .read_only(true)
        .pragma("temp_store", "MEMORY");
    let most = u32::try_from(connections)?;
    let pool = SqlitePoolOptions::new().max_connections(most).connect_with(options).await?;
    let mut texts = Vec::new();
    for figure in results.indicators.iter().flat_map(|i| &i.figure) {
        texts.push(statement(&figure.rule, ""));
        texts.extend(figure.rule.by.iter().map(|by| statement(&figure.rule, by)));
    }
    let (texts, next) = (Arc::new(texts), Arc::new(AtomicUsize::new(0)));
    let mut tasks = tokio::task::JoinSet::new();
    for _ in 0..connections {
        let (pool, texts, next) = (pool.clone(), texts.clone(), next.clone());
        tasks.spawn(async move {
            let mut rows = 0;
            while let Some(text) = texts.get(next.fetch_add(1, Ordering::Relaxed)) {
                for row in sqlx::query(AssertSqlSafe(text.clone())).fetch_all(&pool).await? {
                    rows += usize::from(row.try_get_raw(0).is_ok());
                }
            }
            Ok::<_, sqlx::Error>(rows)
        });
    }
    while let Some(done) = tasks.join_next().await {
        done??;
    }
    Ok(())
}

fn quoted(values: &[String]) -> String {
    values.iter().map(|v| format!("'{v}'")).collect::<Vec<_>>().join(",")
}

fn conditions(kinds: &[String], only: &Values, not: &Values) -> String {
    let mut text = format!("f.kind IN ({}) AND f.day BETWEEN '2026-01-01' AND '2026-12-31'", quoted(kinds));
    for (values, must) in only.iter().map(|v| (v, "")).chain(not.iter().map(|v| (v, "NOT "))) {
        let list = quoted(values.1);
        text += &if COLUMNS.contains(&values.0.as_str()) {
            format!(" AND {must}f.{} IN ({list})", values.0)
        } else {
            format!(
                " AND {must}EXISTS (SELECT 1 FROM fact_dim d WHERE d.fact = f.id AND d.dim = '{}' AND d.value IN ({list}))",
                values.0
            )
        };
    }
    text
}

fn statement(rule: &Rule, by: &str) -> String {
    let mut joins = String::new();
    let mut keys = Vec::new();
    for (n, field) in by.split('*').filter(|b| !b.is_empty()).enumerate() {
        if COLUMNS.contains(&field) {
            keys.push(format!("f.{field}"));
        } else {
            joins += &format!(" LEFT JOIN fact_dim d{n} ON d{n}.fact = f.id AND d{n}.dim = '{field}'");
            keys.push(format!("d{n}.value"));
        }
    }
    let key = if keys.is_empty() { "'all'".to_owned() } else { keys.join(" || '/' || ") };
    let whole = conditions(&rule.kind, &rule.only, &rule.not);
    match rule.count {
        Count::People | Count::MedianEach => format!(
            "SELECT k, COUNT(*) FROM (SELECT {key} AS k, f.subject FROM fact f{joins} WHERE {whole} GROUP BY k, f.subject HAVING SUM(f.amount) > 0) x GROUP BY k"
        ),
        Count::Events => format!("SELECT {key} AS k, SUM(f.amount), COUNT(DISTINCT f.subject) FROM fact f{joins} WHERE {whole} GROUP BY k"),
        Count::Minutes => format!("SELECT {key} AS k, SUM(f.minutes), COUNT(DISTINCT f.subject) FROM fact f{joins} WHERE {whole} GROUP BY k"),
        Count::Mean => format!("SELECT {key} AS k, AVG(f.amount), COUNT(DISTINCT f.subject) FROM fact f{joins} WHERE {whole} GROUP BY k"),
        Count::Median => format!(
            "SELECT k, AVG(m) FROM (SELECT {key} AS k, f.minutes AS m, ROW_NUMBER() OVER (PARTITION BY {key} ORDER BY f.minutes) AS n,
               COUNT(*) OVER (PARTITION BY {key}) AS c FROM fact f{joins} WHERE {whole}) x WHERE n IN ((c + 1) / 2, (c + 2) / 2) GROUP BY k"
        ),
        Count::Share => {
            let Some(part) = &rule.part else { return "SELECT 1".to_owned() };
            let kinds = if part.kind.is_empty() { &rule.kind } else { &part.kind };
            let inner = conditions(kinds, &part.only, &part.not);
            let either = if part.kind.is_empty() { whole.clone() } else { format!("(({whole}) OR ({inner}))") };
            if rule.of == Of::People {
                format!(
                    "SELECT k, COUNT(*), SUM(p > 0) FROM (SELECT {key} AS k, f.subject, SUM(CASE WHEN {inner} THEN f.amount ELSE 0 END) AS p
                     FROM fact f{joins} WHERE {either} GROUP BY k, f.subject) x GROUP BY k"
                )
            } else {
                format!("SELECT {key} AS k, SUM(f.amount), SUM(CASE WHEN {inner} THEN f.amount ELSE 0 END) FROM fact f{joins} WHERE {either} GROUP BY k")
            }
        }
    }
}
