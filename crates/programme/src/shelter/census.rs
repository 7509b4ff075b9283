//! The census of every night: at the pack's hour, each person in a bed becomes one fact.

use ceiba_store::{Fact, Micros, Work};
use jiff::ToSpan;
use jiff::civil::Date;
use uuid::Uuid;

use super::stays::Stay;
use crate::packs::{House, Site};
use crate::{Outcome, Programme, dates};

/// Counts every night that has passed and was not counted yet, in every house. The worker calls it at each turn; a night is
/// counted once, also when the machine was off. Returns how many nights were counted.
///
/// # Errors
/// When the database breaks.
pub async fn count(p: &Programme) -> Outcome<usize> {
    let mut nights = 0;
    for site in &p.pack.sites {
        let Some(house) = &site.house else { continue };
        while let Some((day, at)) = next(p, site).await? {
            night(p, (site, house), day, at).await?;
            nights += 1;
        }
    }
    Ok(nights)
}

/// The hour of census of a civil day.
fn hour(p: &Programme, day: Date) -> Micros {
    let at = day.at(p.pack.shelter.census_hour, 0, 0, 0).to_zoned_datetime(p.pack.zone.clone());
    at.map_or_else(|_| dates::start(day, &p.pack.zone), |z| z.timestamp().as_microsecond())
}

/// The night to count next, if its hour has come.
async fn next(p: &Programme, site: &Site) -> Outcome<Option<(Date, Micros)>> {
    let mut tx = p.store.db.read().await?;
    let row = tx
        .sql(
            "SELECT (SELECT MAX(day) FROM census WHERE site = $1) AS counted,
                    (SELECT MIN(from_at) FROM stay WHERE site = $1) AS begun",
        )
        .bind(&site.code)
        .one()
        .await?;
    let counted = row.get::<Option<String>>("counted")?.and_then(|day| day.parse::<Date>().ok());
    let day = match (counted, row.get::<Option<Micros>>("begun")?) {
        (Some(day), _) => day.checked_add(1.day()).unwrap_or(day),
        (None, Some(begun)) => dates::day(begun, &p.pack.zone),
        (None, None) => return Ok(None),
    };
    let at = hour(p, day);
    Ok((at <= p.store.clock.now()).then_some((day, at)))
}

async fn night(p: &Programme, (site, house): (&Site, &House), day: Date, at: Micros) -> Outcome<()> {
    let mut work = p.store.work(Uuid::nil()).await?;
    let rows = work
        .sql("SELECT * FROM stay WHERE site = $1 AND from_at <= $2 AND until_at > $2")
        .bind(&site.code)
        .bind(at)
        .all()
        .await?;
    let stays = rows.iter().map(Stay::read).collect::<Outcome<Vec<_>>>()?;
    let people = stays.iter().filter(|s| s.who == s.file).count();
    let places = i64::try_from(house.capacity).unwrap_or(i64::MAX);
    let put = work
        .sql(
            "INSERT INTO census (site, day, at, people, companions, places) VALUES ($1, $2, $3, $4, $5, $6)
             ON CONFLICT (site, day) DO NOTHING",
        )
        .bind(&site.code)
        .bind(day.to_string())
        .bind(at)
        .bind(i64::try_from(people).unwrap_or(i64::MAX))
        .bind(i64::try_from(stays.len() - people).unwrap_or(i64::MAX))
        .bind(places)
        .run()
        .await?;
    if put == 0 {
        // Another worker was faster.
        return Ok(());
    }
    for stay in &stays {
        let fact = of(p, &mut work, site, stay, (day, at), 1).await?;
        work.fact(fact).await?;
    }
    let open = Fact {
        kind: "shelter.places",
        at,
        day: day.to_string(),
        site: Some(site.code.clone()),
        municipality: Some(site.municipality.clone()),
        amount: places,
        ..Fact::default()
    };
    work.fact(open).await?;
    let house = house_id(&mut work, site).await?;
    work.record("shelter.census", "house", house, [0; 32]).await?;
    Ok(work.commit().await?)
}

/// The file of a house.
async fn house_id(work: &mut Work, site: &Site) -> Outcome<Uuid> {
    let row = work.sql("SELECT id FROM house_file WHERE site = $1").bind(&site.code).one().await?;
    Ok(row.get("id")?)
}

/// The fact of one night of one person: her pseudonym, and the age band that her arrival told. Nothing sealed is opened:
/// a program that counts at three in the morning has nobody's right.
async fn of(
    p: &Programme,
    work: &mut Work,
    site: &Site,
    stay: &Stay,
    (day, at): (Date, Micros),
    amount: i64,
) -> Outcome<Fact> {
    let row = work
        .sql("SELECT p.id, p.sex FROM case_file c JOIN person p ON p.id = c.person WHERE c.id = $1")
        .bind(stay.file)
        .one()
        .await?;
    let subject = p.office.pseudonym(row.get::<Uuid>("id")?.as_bytes());
    let resident = stay.who == stay.file;
    let band = work
        .sql(
            "SELECT age_band FROM fact WHERE kind = 'shelter.admitted' AND subject = $1 AND at <= $2
             ORDER BY at DESC LIMIT 1",
        )
        .bind(subject.to_vec())
        .bind(at)
        .optional()
        .await?;
    Ok(Fact {
        kind: "shelter.night",
        at,
        day: day.to_string(),
        code: Some(if resident { "resident" } else { "companion" }.to_owned()),
        site: Some(site.code.clone()),
        municipality: Some(site.municipality.clone()),
        sex: if resident { Some(row.get("sex")?) } else { None },
        age_band: if resident { band.map(|r| r.get("age_band")).transpose()?.flatten() } else { None },
        subject: resident.then_some(subject),
        amount,
        ..Fact::default()
    })
}

/// Takes back the nights that were counted after somebody had left without anybody noticing.
pub(super) async fn take_back(p: &Programme, work: &mut Work, site: &Site, stay: &Stay) -> Outcome<()> {
    let Some(left) = stay.until else { return Ok(()) };
    let nights = work
        .sql("SELECT day, at FROM census WHERE site = $1 AND at >= $2")
        .bind(&site.code)
        .bind(left)
        .all()
        .await?;
    for night in &nights {
        let day: String = night.get("day")?;
        let Ok(civil) = day.parse::<Date>() else { continue };
        let fact = of(p, work, site, stay, (civil, night.get("at")?), -1).await?;
        work.fact(fact).await?;
        let text = if stay.who == stay.file {
            "UPDATE census SET people = people - 1 WHERE site = $1 AND day = $2"
        } else {
            "UPDATE census SET companions = companions - 1 WHERE site = $1 AND day = $2"
        };
        work.sql(text).bind(&site.code).bind(day).once().await?;
    }
    Ok(())
}
