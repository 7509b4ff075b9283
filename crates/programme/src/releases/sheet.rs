//! The counts of a public sheet. Each is a number that leaves, to whoever looks: it is compared with those of earlier sheets, stands in the log
//! from the day on which it is asked for, and is let go or withdrawn with the sheet.

use ceiba_access::Caller;
use ceiba_disclosure::{Audience, Many, Question, Region, SafeAnswer, restate};
use ceiba_store::{Tx, Work};
use uuid::Uuid;

use super::answer::{Kept, Made, keep, pasts};
use super::{Asked, Exact};
use crate::results::frozen::{Figure, Frozen, Value};
use crate::{Outcome, Programme, ProgrammeError, outputs, results};

/// Who reads a public sheet.
const RECIPIENT: &str = "public";

/// A report as everybody may see it beside what everybody saw before, and what other donors read: a count that differs from an earlier one by too few is said with
/// «at least», or not at all.
pub(crate) async fn beside(p: &Programme, tx: &mut Tx, public: &Frozen) -> Outcome<Frozen> {
    let mut out = public.clone();
    let shown: Vec<&str> = p.pack.outputs.figures_of(&public.grant.code).collect();
    let not = results::of_sheet(p, tx, public, &shown).await?;
    for figure in &mut out.figures {
        let Some(question) = question(public, figure)? else { continue };
        let answer = answer(tx, &question, figure.to_date).await?;
        let line = answer.lines().first().and_then(|line| line.count.shown());
        if line.is_some() && !not.contains(&figure.code) {
            continue;
        }
        let now = number(figure.to_date).unwrap_or(0);
        let earlier = pasts(tx, &question.measure).await?.into_iter().flat_map(|past| past.lines);
        let most =
            earlier.filter_map(|(_, _, shown)| shown).filter(|shown| *shown > 0 && *shown <= now).max();
        #[expect(clippy::cast_precision_loss, reason = "counts of a programme are fewer than 2^53")]
        let least = most.map_or(Value::Hidden, |n| Value::AtLeast(n as f64));
        // The period says as much of the last months as the difference would.
        (figure.value, figure.to_date, figure.brought) = (Value::Hidden, least, Value::Hidden);
    }
    Ok(out)
}

/// Enters the counts of a sheet that was asked for. Those of figures that it does not show stay out.
pub(crate) async fn stand(
    work: &mut Work,
    caller: &Caller,
    (sheet, figures): (Uuid, &[&str]),
    public: &Frozen,
) -> Outcome<()> {
    for figure in public.figures.iter().filter(|f| figures.contains(&f.code.as_str())) {
        let Some(question) = question(public, figure)? else { continue };
        let answer = answer(work.tx(), &question, figure.to_date).await?;
        let asked =
            Asked { question: &question, audience: Audience::Public, complete: true, many: Many::Compare };
        let kept =
            Kept { for_whom: Some((RECIPIENT, "public_note")), part_of: Some(sheet), ..Kept::default() };
        let made = Made::of(&answer)?;
        let id = keep(work, caller, &asked, &made, &kept).await?;
        work.record("release.ask", "release", id, made.hash()).await?;
    }
    Ok(())
}

/// Lets the counts of a sheet go with it.
pub(crate) async fn let_go(work: &mut Work, caller: &Caller, sheet: Uuid) -> Outcome<()> {
    close(work, caller, (sheet, "released", None)).await
}

/// Takes back those that never left. What was public stays in the log: it was read.
pub(crate) async fn withdraw(work: &mut Work, caller: &Caller, sheet: Uuid) -> Outcome<()> {
    close(work, caller, (sheet, "refused", Some("not_needed"))).await
}

async fn close(
    work: &mut Work,
    caller: &Caller,
    (sheet, state, why): (Uuid, &'static str, Option<&'static str>),
) -> Outcome<()> {
    let at = work.at();
    work.sql(
        "UPDATE released SET state = $1, reviewed_by = $2, reviewed_at = $3, refusal = $4 WHERE part_of = $5 AND state = 'asked'",
    )
    .bind(state)
    .bind(caller.account)
    .bind(at)
    .bind(why.map(str::to_owned))
    .bind(sheet)
    .run()
    .await?;
    Ok(())
}

/// What a figure asks: how many from the first day of the grant to the last of the period. None when it is no count, or not shown.
fn question(report: &Frozen, figure: &Figure) -> Outcome<Option<Question>> {
    if !outputs::counts_people(figure) || number(figure.to_date).is_none() {
        return Ok(None);
    }
    let days = results::days_between(&report.grant.from, &report.period.to)?;
    Ok(Some(Question {
        measure: format!("figure:{}:{}", report.grant.code, figure.code),
        by: Vec::new(),
        region: Region { days, filters: std::collections::BTreeMap::new() },
        adds_up: false,
    }))
}

/// A restated report has another number for the same days, so nothing is repeated.
async fn answer(tx: &mut Tx, question: &Question, value: Value) -> Outcome<SafeAnswer> {
    let exact: Exact = vec![(Vec::new(), None, number(value).unwrap_or(0))];
    let before = pasts(tx, &question.measure).await?;
    restate(question, &exact, &before, Audience::Public.threshold(), Many::Compare)
        .map_err(|_| ProgrammeError::Unreadable("a sheet"))
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "it was made from a count")]
fn number(value: Value) -> Option<u64> {
    value.least().map(|n| n.max(0.0).round() as u64)
}
