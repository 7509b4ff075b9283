//! What the invented programme accounts for: earlier records that Sofía brought, a quarter that is frozen, one that was stated again,
//! one that is open. No dice are thrown, so that the rest of the story stays as it is.

use std::fmt::Write as _;

use ceiba_access::Caller;
use ceiba_programme::dates;
use ceiba_programme::results::frozen::{Frozen, Period};
use ceiba_programme::results::quarter::{self, Decision};
use ceiba_programme::results::{brought, spending};
use ceiba_store::{DAY, HOUR, Micros};
use jiff::civil::Date;

use super::registers;
use super::seed::Past;
use super::story::Step;

/// The grant that the story is about.
const GRANT: &str = "RAICES";
/// All officials and partners who were trained by the end of the quarter whose report is the newest frozen one, as its sheet says them. Some
/// sat in courses of the story, which are facts of their own; of the others most are brought at first, and so many as are missing then
/// with the last sheets of attendance.
const OFFICIALS: usize = 400;
const OFFICIALS_AT_FIRST: usize = 200;
const PARTNERS: usize = 78;
const PARTNERS_AT_FIRST: usize = 60;
/// Adolescents whom the programme served before it wrote here.
const BEFORE: usize = 30;
/// Of the officials, those whose sheet of attendance came after the quarter was frozen.
const LATE: usize = 24;

/// Something of results.
pub enum Moment {
    /// Earlier records are brought: all but the late ones, or these.
    Bring(bool),
    /// A quarter is opened and asked for; the last sheets of attendance are brought, and direction sends it back to be counted with them.
    LastSheets(Period),
    /// A quarter is opened, explained, asked for and approved; with a reason, stated again.
    Freeze(Period, &'static str),
    /// A quarter is opened.
    Open(Period),
}

/// Quarters of the grant that are over or run on the day the visitor comes, the newest first.
fn quarters(past: &Past, now: Micros) -> Vec<Period> {
    let today = dates::day(now, &past.p.pack.zone);
    past.p.pack.results.grant(GRANT).map(|g| quarter::periods(g, today)).unwrap_or_default()
}

/// Puts it on the calendar.
pub fn calendar(past: &mut Past, now: Micros) {
    let mut all = quarters(past, now).into_iter();
    let (Some(open), Some(frozen), Some(restated)) = (all.next(), all.next(), all.next()) else { return };
    let zone = past.p.pack.zone.clone();
    let after = |p: &Period, days: i64| {
        let end = p.to.parse::<Date>().map_or(now, |d| dates::start(d, &zone));
        (end + days * DAY + 16 * HOUR).min(now - 3 * HOUR)
    };
    let steps = [
        (after(&restated, 6), Moment::Bring(false)),
        (after(&restated, 12), Moment::Freeze(restated.clone(), "")),
        (after(&restated, 34), Moment::Bring(true)),
        (
            after(&restated, 36),
            Moment::Freeze(
                restated.clone(),
                "Llegó tarde la hoja de asistencia de un curso en Coatepeque: 24 personas de instituciones y 6 de la comunidad.",
            ),
        ),
        (after(&frozen, 9), Moment::LastSheets(frozen.clone())),
        (after(&frozen, 12), Moment::Freeze(frozen, "")),
        (now - 2 * HOUR, Moment::Open(open)),
    ];
    for (at, moment) in steps {
        past.plan(at, Step::Results(moment));
    }
}

/// Lets it happen.
pub async fn happen(past: &Past, moment: Moment) -> anyhow::Result<()> {
    let (p, sofia) = (&past.p, past.caller("sofia")?);
    match moment {
        Moment::Bring(late) => {
            let file = if late { late_sheet(past) } else { earlier(past) };
            let mut work = p.store.work(sofia.account).await?;
            brought::bring(p, &mut work, &sofia, GRANT, file.as_bytes()).await?;
            work.commit().await?;
            if !late {
                // Nobody's file was closed for half a year in the first quarters.
                let all = quarters(past, p.store.clock.now());
                calls(past, &sofia, all.get(1..all.len().saturating_sub(2)).unwrap_or_default()).await?;
            }
            Ok(())
        }
        Moment::LastSheets(period) => {
            let mut work = p.store.work(sofia.account).await?;
            quarter::open(p, &mut work, &sofia, (GRANT, &period.code)).await?;
            work.commit().await?;
            let (_, so_far) = quarter::look(p, &sofia, (GRANT, &period.code)).await?;
            let mut work = p.store.work(sofia.account).await?;
            brought::bring(p, &mut work, &sofia, GRANT, last_sheets(&so_far).as_bytes()).await?;
            work.commit().await?;
            calls(past, &sofia, std::slice::from_ref(&period)).await?;
            let hash = ask(past, &sofia, &period.code).await?;
            let sara = past.caller("sara")?;
            let mut work = p.store.work(sara.account).await?;
            let why = Decision::Refuse("Ya llegaron las últimas hojas de asistencia: que entren.");
            quarter::decide(p, &mut work, &sara, (GRANT, &period.code), (why, &hash)).await?;
            Ok(work.commit().await?)
        }
        Moment::Open(period) => {
            let mut work = p.store.work(sofia.account).await?;
            quarter::open(p, &mut work, &sofia, (GRANT, &period.code)).await?;
            Ok(work.commit().await?)
        }
        Moment::Freeze(period, reason) => freeze(past, &sofia, &period.code, reason).await,
    }
}

/// Calls of these quarters to those whose files were closed.
async fn calls(past: &Past, sofia: &Caller, quarters: &[Period]) -> anyhow::Result<()> {
    let mut work = past.p.store.work(sofia.account).await?;
    brought::bring(&past.p, &mut work, sofia, GRANT, registers::calls(quarters).as_bytes()).await?;
    Ok(work.commit().await?)
}

async fn freeze(past: &Past, sofia: &Caller, period: &str, reason: &str) -> anyhow::Result<()> {
    let (p, sara, which) = (&past.p, past.caller("sara")?, (GRANT, period));
    let mut work = p.store.work(sofia.account).await?;
    if reason.is_empty() {
        if quarter::read(p, work.tx(), sofia, which).await?.report.is_none() {
            quarter::open(p, &mut work, sofia, which).await?;
        }
        spending::bring(p, &mut work, sofia, which, SPENT.as_bytes()).await?;
    } else {
        quarter::restate(p, &mut work, sofia, which, reason).await?;
    }
    work.commit().await?;
    let hash = ask(past, sofia, period).await?;
    let mut work = p.store.work(sara.account).await?;
    quarter::decide(p, &mut work, &sara, which, (Decision::Approve, &hash)).await?;
    Ok(work.commit().await?)
}

/// Explains what is far from its target and asks for the quarter. Gives the hash of what is to be approved.
async fn ask(past: &Past, sofia: &Caller, period: &str) -> anyhow::Result<String> {
    let (p, which) = (&past.p, (GRANT, period));
    let (_, frozen) = quarter::look(p, sofia, which).await?;
    let mut work = p.store.work(sofia.account).await?;
    for f in frozen.figures.iter().filter(|f| quarter::is_off(f, &frozen) && f.deviation.is_empty()) {
        quarter::explain(p, &mut work, sofia, which, (&f.code, why(&f.code))).await?;
    }
    work.record("report.note", "report", sofia.account, [0; 32]).await?;
    work.commit().await?;
    let (basis, frozen) = quarter::look(p, sofia, which).await?;
    let mut work = p.store.work(sofia.account).await?;
    quarter::ask(p, &mut work, sofia, which, (&basis, &frozen)).await?;
    work.commit().await?;
    let mut tx = p.store.db.read().await?;
    let asked = quarter::read(p, &mut tx, sofia, which).await?;
    let hex = |hash: &[u8]| hash.iter().map(|b| format!("{b:02x}")).collect();
    Ok(asked.asked().map(|v| hex(&v.hash)).unwrap_or_default())
}

/// Why a figure is behind, as Sofía writes it.
fn why(code: &str) -> &'static str {
    let family = code.split('.').next().unwrap_or(code);
    WHY.iter().find(|(what, _)| *what == code || *what == family).map_or(
        "El equipo lo revisó y seguirá de cerca esta cifra en el trimestre que viene.",
        |(_, why)| why,
    )
}

/// By code or indicator.
const WHY: [(&str, &str); 38] = [
    ("G1", "Dos cursos se movieron por turnos de las instituciones. Ya tienen fecha."),
    (
        "G2",
        "Una pregunta confundió a los grupos; se cambió la manera de explicarla en el módulo de derechos.",
    ),
    (
        "G3",
        "Parte de quienes respondieron cambió de puesto y todavía no aplica las técnicas. Se acordó seguirles con sus jefaturas.",
    ),
    ("G4", "Las escuelas pidieron esperar el fin de ciclo para llevar el curso."),
    ("PS.5.1-28", "Las escuelas pidieron esperar el fin de ciclo para llevar el curso."),
    ("PS.5.3-15", "Faltan las últimas hojas de asistencia; los cursos sí se dieron."),
    (
        "G5.trained",
        "La red empezó a dar tarjetas propias hace pocos meses; antes los avisos llegaban por el enlace público.",
    ),
    ("G5", "En vacaciones escolares llegan menos avisos, porque la mitad los da el magisterio."),
    ("G6", "De noche contesta una sola persona de turno. Desde el mes pasado hay dos los fines de semana."),
    ("G7", "La guía se usa desde hace poco fuera de la clínica. Se capacitó a los turnos de las dos casas."),
    (
        "G8",
        "Identificar toma varias conversaciones y no se apura a nadie. Hay personas presuntas cuya decisión está en curso.",
    ),
    (
        "identified-by-trained",
        "La red de la comunidad tiene tarjetas propias desde hace pocos meses: de antes no se sabe quién dio cada aviso.",
    ),
    ("G9.families", "Con algunas familias todavía no es seguro trabajar; se decide con cada una."),
    ("G9", "Hubo menos ingresos que salidas en el período. Nadie quedó sin atención."),
    ("G10.supported", "Los apoyos se dan al terminar un oficio, y los primeros grupos terminaron este año."),
    ("G10.nights", "Más adolescentes volvieron con su familia antes de lo previsto, con acompañamiento."),
    ("G10", "Cada quien lleva su ritmo: se dan menos sesiones y más largas de lo que se planificó."),
    ("G11.days", "Dos unidades contestan solo por escrito. Se acordó un enlace con cada una."),
    ("G11", "Varias instituciones no tuvieron cupo. La mesa departamental lo tiene en su agenda."),
    ("PS.5.1-29", "Se refiere solo con permiso de la persona, y no todas lo quieren."),
    ("G12", "En algunos casos se esperó a que ella estuviera lista para hablar de su plan."),
    ("G13", "Las metas de papeles dependen del registro civil; las demás avanzan."),
    ("G14", "Son valoraciones de los primeros meses; se repiten en el trimestre que viene."),
    ("G15", "La fiscalía pidió ampliar algunas declaraciones. Se ofreció lo grabado en su lugar."),
    ("G16", "Un juzgado no tiene cámara Gesell. Se acordó usar la de la cabecera."),
    (
        "G17",
        "Los juzgados de turno piden completar el expediente antes de decidir. Jurídico lo arma desde el primer día.",
    ),
    ("G18", "No siempre hubo intérprete de mam o k’iche’. Se firmó un acuerdo con dos intérpretes."),
    ("G19", "Los procesos tardan más que el proyecto. Los que faltan están en debate o en apelación."),
    (
        "G20",
        "Los plazos de la escuela se cumplen; los del juzgado se pasan cuando se acerca el fin de año judicial.",
    ),
    ("G23", "Se cierra cuando es seguro, no antes. Con varias se sigue trabajando la vuelta a casa."),
    ("G24", "El curso de panadería termina una vez al año; el de computación empieza ahora."),
    (
        "G25",
        "En las boletas piden horarios de tarde y comida distinta. El comité de adolescentes lo trabaja.",
    ),
    ("G27.office", "La oficina abrió con una sola persona. La municipalidad aprobó la segunda plaza."),
    ("G27.clinic", "La clínica atendió medio día durante la remodelación. Ya abre el día completo."),
    (
        "G27.hours",
        "La clínica y la oficina cerraron medio día durante obras y feriados. Ya abren el día completo.",
    ),
    ("G28", "El comité de sobrevivientes decidió reunirse cada dos meses y no cada mes, para no cansarse."),
    (
        "G29",
        "Las notas se escriben cuando los datos muestran algo; este trimestre se esperó a tener más meses.",
    ),
    ("G26.supervision", "La supervisora estuvo de licencia dos meses. Desde este trimestre hay una segunda."),
];

const SPENT: &str = "línea,nombre,presupuesto,gastado
1,Personal de atención y jurídico,318000,33850.00
2,Casas: alimentación y mantenimiento,142500,14980.50
3,Clínica,88000,8120.25
4,Capacitación de funcionarios,76500,9410.00
5,Red comunitaria,41000,3655.75
6,Seguimiento y evaluación,39000,4200.00
7,Gastos administrativos,45000,4725.00
";

pub(super) const HEAD: &str = "kind,day,code,outcome,site,municipality,sex,age_band,subject,institution,post,department,course,partner_type,language,minutes,amount\n";

/// Spread over the days from the first of the grant to a month before the quarter that was stated again.
fn day(past: &Past, n: usize, of: usize) -> String {
    let all = quarters(past, past.p.store.clock.now());
    let first = all.last().and_then(|p| p.from.parse::<Date>().ok());
    let last = all.get(1).and_then(|p| p.from.parse::<Date>().ok());
    let (Some(first), Some(last)) = (first, last) else { return String::new() };
    let days = last.since(first).map_or(1, |s| s.get_days()).max(1);
    let step = i64::try_from(n * usize::try_from(days).unwrap_or(1) / of.max(1)).unwrap_or(0);
    first.saturating_add(jiff::Span::new().days(step)).to_string()
}

/// What was done before Ceiba: courses for officials and for partners, laws that passed.
fn earlier(past: &Past) -> String {
    let mut file = HEAD.to_owned();
    for n in 0..OFFICIALS_AT_FIRST {
        official(&mut file, n, &day(past, n, OFFICIALS_AT_FIRST));
    }
    for n in 0..PARTNERS_AT_FIRST {
        partner(&mut file, n, &day(past, n, PARTNERS_AT_FIRST));
    }
    for n in 0..BEFORE {
        let (site, band) = [("M1", "15-17"), ("K1", "15-17"), ("K1", "12-14")][n % 3];
        let day = day(past, n, BEFORE);
        _ = writeln!(file, "service.given,{day},psychology,new,{site},,Feminine,{band},a{n:03},,,,,,,,1");
    }
    for period in quarters(past, past.p.store.clock.now()).iter().skip(1) {
        registers::quarter(&mut file, period);
    }
    for n in 0..2 {
        _ = writeln!(file, "policy.passed,{},protocol,,,,,,,,,,,,,,1", day(past, n + 1, 4));
    }
    file
}

/// The sheet of a course that was held in the quarter and came when its report was frozen.
fn late_sheet(past: &Past) -> String {
    let mut file = HEAD.to_owned();
    let all = quarters(past, past.p.store.clock.now());
    let held = all.get(1).map(|p| p.from.clone()).unwrap_or_default();
    for n in 0..LATE {
        official(&mut file, 900 + n, &held);
    }
    for n in 0..LATE / 4 {
        partner(&mut file, 900 + n, &held);
    }
    file
}

/// The last sheets of attendance of a quarter: whoever is missing of those who were trained.
fn last_sheets(frozen: &Frozen) -> String {
    let mut file = HEAD.to_owned();
    let missing = |code: &str, all: usize| {
        let known = frozen.figure(code).and_then(|f| f.to_date.least()).unwrap_or(0.0);
        (0..all).skip_while(move |n| f64::from(u32::try_from(*n).unwrap_or(u32::MAX)) < known)
    };
    for n in missing("G1", OFFICIALS) {
        official(&mut file, 500 + n, &frozen.period.from);
    }
    for n in missing("G4", PARTNERS) {
        partner(&mut file, 500 + n, &frozen.period.from);
    }
    registers::quarter(&mut file, &frozen.period);
    file
}

fn partner(file: &mut String, n: usize, day: &str) {
    let kind = ["teacher", "health", "council", "market", "facilitator"][n % 5];
    let sex = ["Feminine", "Feminine", "Masculine", ""][n % 4];
    let (municipality, language) = [("GT0108", "spa"), ("GT0920", "spa"), ("GT0920", "mam")][n % 3];
    _ = writeln!(
        file,
        "training.completed,{day},signs,community,,{municipality},{sex},,s{n:03},,,,B{},{kind},{language},,1",
        1 + n / 20
    );
}

fn official(file: &mut String, n: usize, day: &str) {
    let (institution, post) = [
        ("mp", "prosecutor"),
        ("oj", "court_officer"),
        ("pnc", "police_investigator"),
        ("pgn", "psychologist"),
        ("mp", "prosecutor_assistant"),
        ("pnc", "police_agent"),
        ("oj", "judge"),
    ][n % 7];
    let sex = ["Feminine", "Masculine", "Masculine", "Feminine", ""][n % 5];
    let department = ["GT01", "GT09", "GT01", "GT11"][n % 4];
    _ = writeln!(
        file,
        "training.completed,{day},centred,official,,,{sex},,f{n:03},{institution},{post},{department},A{},,spa,,1",
        1 + n / 25
    );
}
