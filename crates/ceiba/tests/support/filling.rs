//! A house in which every column that is sealed holds something.

use ceiba_access::{Folder, Situation};
use ceiba_programme::accounts::second;
use ceiba_programme::alerts::{self, Report, receipt};
use ceiba_programme::cases::files::{self, Attached};
use ceiba_programme::cases::safety::{self, Evaluation};
use ceiba_programme::cases::{emergency, notes, tasks};
use ceiba_programme::contact::rules;
use ceiba_programme::dates;
use ceiba_programme::network;
use ceiba_programme::partners::packets::Handed;
use ceiba_programme::people::{self, Core};
use ceiba_programme::training::{courses, door, people as trainees, photo, roster, sessions, sheets};
use uuid::Uuid;

use super::house::{self, House};
use super::packets;

/// What is known to nobody but her who got it.
pub struct Filled {
    /// The secret of the psychologist's second step.
    pub second: String,
    /// The two halves of a packet.
    pub handed: Handed,
}

/// Lives it through, short and long; `word` gives each text a word of its own. Gives what
/// opens the rest.
pub async fn fill(house: &House, word: &dyn Fn(&str) -> String) -> anyhow::Result<Filled> {
    let p = &house.p;
    for (n, case) in house.cases.iter().enumerate() {
        let mut work = p.store.work(house.social.account).await?;
        let who = &house.social;
        let text = format!("{} Vino con su tía. ", word("note")).repeat([2, 30, 400][n % 3]);
        let text = text.trim_end();
        notes::add(p, &mut work, who, *case, Folder::Social, ("visit", "2026-03-02", text), None).await?;
        let id = tasks::give(p, &mut work, who, *case, (&word("task"), "2026-04-01", None)).await?;
        // A change: its former version stays, sealed.
        tasks::set(p, &mut work, who, (*case, id, 1), true).await?;
        let evaluation = Evaluation { now: word("safety"), ..Evaluation::default() };
        safety::evaluate(p, &mut work, who, *case, "high", &evaluation).await?;
        let (place, who_answers) = (word("place"), word("answers"));
        let days = ["1", "2", "3", "4", "5", "6", "7"];
        let rule = rules::New {
            channel: "visit",
            place: &place,
            who: &who_answers,
            days: &days,
            from: "9:00",
            to: "11:00",
            ..rules::New::default()
        };
        rules::add(p, &mut work, who, *case, &rule).await?;
        let pdf = format!("%PDF-1.7\n{}\n", word("file")).into_bytes();
        let pdf = [&pdf[..], &vec![b'x'; 3000 * (n % 3)], b"\n%%EOF\n"].concat();
        let attached = Attached { name: format!("{}.pdf", word("filename")), title: word("title") };
        files::attach(p, &mut work, who, *case, &attached, &pdf).await?;
        let core = Core { chosen_name: word("name"), language: "spa".to_owned(), ..Core::default() };
        people::change(p, &mut work, who, (*case, 1), &core).await?;
        work.commit().await?;
        let mut work = p.store.work(house.therapist.account).await?;
        let note = ("session", "2026-03-02", text);
        notes::add(p, &mut work, &house.therapist, *case, Folder::Psychological, note, None).await?;
        work.commit().await?;
    }
    reported(house, word).await?;
    trained(house, word).await?;
    let handed = packets::hand(house, word).await?;
    Ok(Filled { second: beside_the_files(house, word).await?, handed })
}

/// An alert with a message from either side.
async fn reported(house: &House, word: &dyn Fn(&str) -> String) -> anyhow::Result<()> {
    let p = &house.p;
    let report = Report {
        reporter: "teacher".to_owned(),
        channel: "web".to_owned(),
        municipality: "GT0920".to_owned(),
        since: "days".to_owned(),
        certainty: "saw".to_owned(),
        age_group: "adolescent".to_owned(),
        words: word("alert"),
        contact: word("contact"),
        ..Report::default()
    };
    let nobody = alerts::public();
    let mut work = p.store.work(nobody.account).await?;
    let (id, _) = alerts::report(p, &mut work, &nobody, &report).await?;
    let alert = alerts::lookup(work.tx(), id).await?;
    for (author, who, act) in [
        ("team", &house.social, ceiba_access::Act::ALERT_ANSWER),
        ("reporter", &nobody, ceiba_access::Act::ALERT_REPORT),
    ] {
        let own = Situation { own: true, ..Situation::default() };
        let grant = p.may_on(who, act, id, &own)?;
        receipt::say(p, &mut work, who, &grant, &alert, (author, &word("message")), None).await?;
    }
    work.commit().await?;
    Ok(())
}

/// Somebody who is trained, a name behind the code of a session, and the photo of a sheet.
async fn trained(house: &House, word: &dyn Fn(&str) -> String) -> anyhow::Result<()> {
    let p = &house.p;
    let diego = house::sign_in(p, "diego").await?;
    let mut work = p.store.work(diego.account).await?;
    let now = dates::local(p.store.clock.now(), &p.pack.zone);
    let (day, starts) = (now.date().to_string(), format!("{}:{:02}", now.hour(), now.minute()));
    let new = courses::New {
        curriculum: "investigation",
        mode: "room",
        municipality: "GT0920",
        language: "spa",
        threshold: 80,
        from_day: &day,
        ..courses::New::default()
    };
    let id = courses::add(p, &mut work, &diego, &new).await?;
    let code: String =
        work.sql("SELECT code FROM training_course WHERE id = $1").bind(id).one().await?.get("code")?;
    let course = courses::find(p, work.tx(), &diego, &code).await?;
    let new = sessions::New { module: "trauma", day: &day, starts: &starts, minutes: 180 };
    let n = sessions::add(p, &mut work, &diego, &course, &new).await?;
    let session = sessions::find(p, work.tx(), &diego, id, n).await?;
    let new = trainees::New {
        name: format!("{} Inventada", word("trainee")),
        audience: "official".to_owned(),
        institution: "mp".to_owned(),
        ..trainees::New::default()
    };
    let who = trainees::add(p, &mut work, &diego, &new).await?;
    roster::enrol(p, &mut work, &diego, &course, who).await?;
    let sheet = sheets::print(p, &mut work, &diego, &session).await?;
    let (sheet, _) = sheets::find(p, work.tx(), &diego, &sheet).await?;
    let pdf = format!("%PDF-1.7\n{}\n%%EOF\n", word("photo")).into_bytes();
    photo::keep(p, &mut work, &diego, &sheet, &pdf).await?;
    work.commit().await?;
    let link = door::token(p, &session, p.store.clock.now());
    let name = format!("{} Nadie", word("claim"));
    let told = door::say(p, &link, &door::Said { code: "", institution: "mp", name: &name }).await?;
    anyhow::ensure!(told == door::Told::Noted, "the name was not taken");
    Ok(())
}

/// An emergency access, a draft, a second step.
async fn beside_the_files(house: &House, word: &dyn Fn(&str) -> String) -> anyhow::Result<String> {
    let p = &house.p;
    let rosa = house::sign_in(p, "rosa").await?;
    let mut work = p.store.work(rosa.account).await?;
    let reason = ("team_unreachable", format!("{} y nadie contesta", word("emergency")));
    emergency::open(p, &mut work, &rosa, house.cases[0], (reason.0, &reason.1)).await?;
    work.commit().await?;
    // As the pages keep a form that comes while the session is locked.
    let mut work = p.store.work(house.social.account).await?;
    let id: Uuid = work.chance().id();
    let body = format!("text={}", word("draft"));
    let sealed =
        work.chance().with(|rng| p.office_key().seal_small(rng, "draft", id.as_bytes(), body.as_bytes()))?;
    work.sql("INSERT INTO draft (id, account, path, at, body) VALUES ($1, $2, '/', 1, $3)")
        .bind(id)
        .bind(house.social.account)
        .bind(sealed)
        .once()
        .await?;
    // As a colleague's own channel is kept; in this house nothing is sent.
    let id: Uuid = work.chance().id();
    let body = format!(
        r#"{{"address":"{}@ejemplo.test","code":"123456","quiet_from":0,"quiet_to":0}}"#,
        word("channel")
    );
    let sealed = work
        .chance()
        .with(|rng| p.office_key().seal_small(rng, "channel", id.as_bytes(), body.as_bytes()))?;
    work.sql(
        "INSERT INTO account_channel (id, account, wire, state, body, tries, until, created_at)
         VALUES ($1, $2, 'email', 'confirmed', $3, 0, NULL, 1)",
    )
    .bind(id)
    .bind(house.social.account)
    .bind(sealed)
    .once()
    .await?;
    // As a version of the route that somebody signed.
    let id: Uuid = work.chance().id();
    let body = format!(r#"{{"name":"{}"}}"#, word("signer"));
    let sealed =
        work.chance().with(|rng| p.office_key().seal_small(rng, "route", id.as_bytes(), body.as_bytes()))?;
    let sheet = &p.pack.route.sheets[0];
    work.sql(
        "INSERT INTO route_version (id, sheet, hash, state, signer, signed_by, signed_at)
         VALUES ($1, $2, $3, 'signed', $4, $5, 1)",
    )
    .bind(id)
    .bind(sheet.id.as_str())
    .bind(sheet.hash)
    .bind(sealed)
    .bind(house.social.account)
    .once()
    .await?;
    // As whoever runs the network writes down a partner.
    let runs = ceiba_access::Caller {
        role: "mel".to_owned(),
        purpose: ceiba_access::Purpose::Audit,
        ..house.social.clone()
    };
    let partner = network::New {
        who: network::Who { name: word("partner"), reach: word("partnerreach") },
        kind: "teacher".to_owned(),
        place: "school".to_owned(),
        municipality: "GT0920".to_owned(),
        language: "spa".to_owned(),
        trained_on: String::new(),
    };
    network::add(p, &mut work, &runs, &partner).await?;
    let secret = second::give(p, &mut work, house.therapist.account).await?;
    work.record("draft.keep", "account", house.social.account, [0; 32]).await?;
    work.commit().await?;
    Ok(secret)
}
