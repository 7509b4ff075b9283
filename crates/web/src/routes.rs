//! Every route on one page: its path, and what the gate is asked there.
//!
//! The table is the router: a route that is not in it does not exist. `tests/routes.rs` walks it as every
//! role and as nobody.

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::middleware::from_fn_with_state;
use axum::routing::{MethodFilter, MethodRouter};
use ceiba_access::Act;
use tower_http::compression::CompressionLayer;

use crate::headers::{Transport, secure};
use crate::public::{alert, draft, front, receipt, sign_in, unlock};
use crate::routed::Routed as _;
use crate::{
    App, Door, accounts, alerts, audit, board, care, cases, clinic, closing, conduct, data, desk, door,
    erasures, forms, guard, handover, justice, leaks, learning, log, met, network, notices, office, own,
    papers, partners, plan, reach, releases, results, results_out, route, screening, shelter, today,
    training,
};

/// Who may ask for a route at all; what is decided about the record it names comes with the handler.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Who {
    /// Anybody.
    Public,
    /// Anybody with a session, locked or not.
    Session,
    /// Whoever is signed in: the page shows only what is hers.
    SignedIn,
    /// Whoever has this right somewhere in the programme.
    May(Act),
    /// Whoever has this right at her own site.
    AtSite(Act),
    /// Whoever has this right on the case (or on what belongs to it) that the path names.
    OnCase(Act),
    /// The person whose own it is.
    Own(Act),
}

/// A route.
pub struct Route {
    /// `GET` or `POST`.
    pub method: &'static str,
    /// Its path.
    pub path: &'static str,
    /// Who may ask.
    pub who: Who,
    handler: fn() -> MethodRouter<App>,
}

macro_rules! routes {
    ($($method:ident $path:literal $who:expr, $handler:path;)*) => {
        /// Every route.
        pub const ROUTES: &[Route] = &[$(Route {
            method: routes!(@ $method),
            path: $path,
            who: $who,
            handler: || $handler.routed(routes!(# $method)),
        }),*];
    };
    (@ get) => { "GET" };
    (@ post) => { "POST" };
    (# get) => { MethodFilter::GET };
    (# post) => { MethodFilter::POST };
}

use Who::{AtSite, May, OnCase, Own, Public, Session, SignedIn};

routes! {
    get "/" Public, front::show;
    get "/idioma/{code}" Public, front::language;
    get "/ayuda" Public, front::help;
    get "/salir-rapido" Public, front::leave;
    post "/salir-rapido" Public, front::leave;
    post "/demo/{n}" Public, front::enter;
    get "/entrar" Public, sign_in::show;
    post "/entrar" Public, sign_in::send;
    post "/salir" Session, sign_in::leave;
    post "/bloquear" Session, sign_in::lock;
    get "/borrador" SignedIn, draft::show;
    post "/borrador" SignedIn, draft::forget;
    get "/desbloquear" Session, unlock::show;
    post "/desbloquear" Session, unlock::send;
    get "/aviso" Public, alert::show;
    post "/aviso" Public, alert::send;
    get "/aviso/recibo" Public, receipt::ask;
    post "/aviso/recibo" Public, receipt::look;
    post "/aviso/mensaje" Public, receipt::say;
    get "/r/{link}" Public, partners::door::show;
    post "/r/{link}" Public, partners::door::enter;
    post "/r/{link}/responder" Public, partners::door::answer;

    get "/asistir/pantalla/{link}" Public, training::wall::show;
    get "/asistir/{link}" Public, training::wall::ask;
    post "/asistir/{link}" Public, training::wall::send;

    get "/calendario/{file}" Public, own::calendar::file;
    get "/red/mi/{link}" Public, network::own::show;
    post "/red/mi/{link}" Public, network::own::enter;
    post "/red/mi/{link}/salir" Public, network::own::leave;
    get "/red/mi/{link}/leccion/{lesson}" Public, network::own::lesson;
    post "/red/mi/{link}/leccion/{lesson}" Public, network::own::answer;
    get "/opinion/{site}" Public, log::opinion::show;
    post "/opinion/{site}" Public, log::opinion::send;

    get "/inicio" SignedIn, desk::home;
    get "/cuenta" SignedIn, own::show;
    post "/cuenta/teclas" SignedIn, own::keys;
    get "/cuenta/avisos" SignedIn, own::channel::show;
    post "/cuenta/avisos" SignedIn, own::channel::set;
    post "/cuenta/avisos/codigo" SignedIn, own::channel::confirm;
    post "/cuenta/avisos/quitar" SignedIn, own::channel::remove;
    get "/cuenta/calendario" SignedIn, own::calendar::show;
    post "/cuenta/calendario" SignedIn, own::calendar::start;
    post "/cuenta/calendario/parar" SignedIn, own::calendar::stop;
    get "/cuenta/clave" SignedIn, own::password::show;
    post "/cuenta/clave" SignedIn, own::password::send;
    get "/cuenta/segundo" SignedIn, own::second_step::show;
    post "/cuenta/segundo" SignedIn, own::second_step::start;
    post "/cuenta/segundo/quitar" SignedIn, own::second_step::stop;
    post "/cuenta/sesiones/{id}" SignedIn, own::end;
    get "/recados" SignedIn, notices::show;
    post "/recados" SignedIn, notices::see;
    get "/hoy" SignedIn, today::show;
    get "/registrar" SignedIn, alert::record;
    get "/supervision" AtSite(Act::SUPERVISE), today::supervision;
    get "/avisos" AtSite(Act::ALERT_LIST), alerts::board;
    get "/avisos/nuevo" May(Act::ALERT_ENTER), alert::new;
    post "/avisos/nuevo" May(Act::ALERT_ENTER), alert::enter;
    get "/avisos/{alert}" AtSite(Act::ALERT_LIST), alerts::show;
    post "/avisos/{alert}/tomar" AtSite(Act::ALERT_TAKE), alerts::take;
    post "/avisos/{alert}/pasar" AtSite(Act::ALERT_TAKE), alerts::pass_on;
    post "/avisos/{alert}/mensaje" AtSite(Act::ALERT_ANSWER), alerts::say;
    post "/avisos/{alert}/decidir" AtSite(Act::ALERT_DECIDE), alerts::settle;
    get "/deteccion/{file}/{form}" May(Act::SCREENING_FILL), screening::show;
    post "/deteccion/{file}/{form}" May(Act::SCREENING_FILL), screening::send;
    get "/deteccion/{file}/resultado/{entry}" May(Act::SCREENING_FILL), screening::result;

    get "/casos" May(Act::CASE_LIST), cases::list::show;
    get "/casos/cerrados" May(Act::CASE_LIST), cases::list::closed;
    post "/casos/buscar" May(Act::PERSON_FIND), cases::list::search;
    get "/posibles" May(Act::LINK_LIST), met::list;
    get "/posibles/{id}" May(Act::LINK_LIST), met::show;
    post "/posibles/{id}" May(Act::LINK_LIST), met::decide;
    get "/casos/nuevo" May(Act::CASE_OPEN), cases::new::show;
    post "/casos/nuevo" May(Act::CASE_OPEN), cases::new::send;
    post "/casos/nuevo/conocida" May(Act::CASE_OPEN), cases::new::asked;
    get "/varias" May(Act::CASE_OPEN), cases::together::show;
    post "/varias" May(Act::CASE_OPEN), cases::together::send;
    get "/varias/{found}" May(Act::CASE_OPEN), cases::together_read::show;
    get "/varias/{found}/hoja" May(Act::CASE_OPEN), cases::together_read::sheet;
    get "/casos/de/{id}" OnCase(Act::CASE_READ), cases::list::of;
    get "/casos/{code}" OnCase(Act::CASE_READ), cases::summary::show;
    post "/casos/{code}/tareas" OnCase(Act::TASK_WRITE), cases::summary::add_task;
    post "/casos/{code}/tareas/{id}" OnCase(Act::TASK_WRITE), cases::summary::set_task;
    post "/casos/{code}/fase" OnCase(Act::PLAN_WRITE), cases::summary::set_phase;
    get "/casos/{code}/cronologia" OnCase(Act::CASE_READ), cases::timeline::show;
    post "/casos/{code}/cronologia" OnCase(Act::WRITE_SOCIAL), cases::timeline::add;
    get "/casos/{code}/cronologia/corregir/{id}" OnCase(Act::WRITE_SOCIAL), cases::timeline::correct;
    post "/casos/{code}/cronologia/corregir/{id}" OnCase(Act::WRITE_SOCIAL), cases::timeline::add_correction;
    get "/casos/{code}/plan" OnCase(Act::READ_SOCIAL), cases::plan::show;
    post "/casos/{code}/plan" OnCase(Act::PLAN_WRITE), cases::plan::add;
    post "/casos/{code}/plan/acuerdo" OnCase(Act::PLAN_WRITE), cases::plan::agree;
    get "/casos/{code}/plan/imprimir" OnCase(Act::READ_SOCIAL), cases::plan_print::show;
    get "/casos/{code}/plan/{id}" OnCase(Act::PLAN_WRITE), cases::plan::edit;
    post "/casos/{code}/plan/{id}" OnCase(Act::PLAN_WRITE), cases::plan::change;
    get "/casos/{code}/seguridad" OnCase(Act::CASE_READ), cases::safety::show;
    post "/casos/{code}/seguridad" OnCase(Act::SAFETY_WRITE), cases::safety::add;
    get "/casos/{code}/contacto" OnCase(Act::CASE_READ), reach::rules::show;
    post "/casos/{code}/contacto" OnCase(Act::SAFETY_WRITE), reach::rules::add;
    post "/casos/{code}/contacto/intento" OnCase(Act::CASE_READ), reach::rules::attempt_now;
    post "/casos/{code}/contacto/{id}" OnCase(Act::SAFETY_WRITE), reach::rules::end;
    get "/casos/{code}/busqueda" OnCase(Act::CASE_READ), cases::search::show;
    post "/casos/{code}/busqueda" OnCase(Act::SAFETY_WRITE), cases::search::activate;
    post "/casos/{code}/busqueda/{id}" OnCase(Act::SAFETY_WRITE), cases::search::found;
    post "/casos/{code}/busqueda/{id}/fin" OnCase(Act::SAFETY_WRITE), cases::search::close;
    get "/casos/{code}/busqueda/{id}/carta" OnCase(Act::CASE_READ), cases::search_letter::show;
    post "/casos/{code}/busqueda/{id}/carta" OnCase(Act::SAFETY_WRITE), cases::search_letter::write;
    get "/casos/{code}/servicios" OnCase(Act::CASE_READ), cases::services::show;
    post "/casos/{code}/servicios" OnCase(Act::SERVICE_WRITE), cases::services::add;
    get "/casos/{code}/referencias" OnCase(Act::CASE_READ), partners::referrals::show;
    post "/casos/{code}/referencias" OnCase(Act::SHARE), partners::refer::send;
    get "/casos/{code}/referencias/nueva/{id}" OnCase(Act::CASE_READ), partners::refer::ask;
    post "/casos/{code}/referencias/{id}" OnCase(Act::SERVICE_WRITE), partners::referrals::answer;
    get "/casos/{code}/referencias/{id}/fhir.json" OnCase(Act::CASE_READ), partners::fhir::show;
    get "/casos/{code}/referencias/{id}/enlace" OnCase(Act::CASE_READ), partners::refer::again;
    post "/casos/{code}/referencias/{id}/enlace" OnCase(Act::SHARE), partners::refer::renew;
    post "/casos/{code}/referencias/{id}/respuesta" OnCase(Act::SERVICE_WRITE), partners::referrals::reply;
    post "/casos/{code}/referencias/{id}/cerrar" OnCase(Act::SERVICE_WRITE), partners::referrals::take_back;
    get "/casos/{code}/filtracion" OnCase(Act::LEAK_ASK), cases::leak::show;
    post "/casos/{code}/filtracion" OnCase(Act::LEAK_ASK), cases::leak::ask;
    get "/casos/{code}/reuniones" OnCase(Act::CONFERENCE_READ), partners::conferences::show;
    post "/casos/{code}/reuniones" OnCase(Act::CONFERENCE_WRITE), partners::conferences::prepare;
    get "/casos/{code}/reuniones/{id}" OnCase(Act::CONFERENCE_READ), partners::conferences::one::show;
    post "/casos/{code}/reuniones/{id}/dicho" OnCase(Act::CONFERENCE_WRITE), partners::conferences::before::tell;
    post "/casos/{code}/reuniones/{id}/objecion" OnCase(Act::CONFERENCE_WRITE), partners::conferences::before::object;
    post "/casos/{code}/reuniones/{id}/objecion/fin" OnCase(Act::CONFERENCE_WRITE), partners::conferences::before::settle;
    post "/casos/{code}/reuniones/{id}/otro-dia" OnCase(Act::CONFERENCE_WRITE), partners::conferences::before::postpone;
    post "/casos/{code}/reuniones/{id}/cancelar" OnCase(Act::CONFERENCE_WRITE), partners::conferences::before::cancel;
    post "/casos/{code}/reuniones/{id}/hecha" OnCase(Act::CONFERENCE_WRITE), partners::conferences::before::hold;
    post "/casos/{code}/reuniones/{id}/decisiones" OnCase(Act::CONFERENCE_WRITE), partners::conferences::decisions::decide;
    post "/casos/{code}/reuniones/{id}/decisiones/{entry}" OnCase(Act::CONFERENCE_WRITE), partners::conferences::decisions::answer;
    get "/casos/{code}/reuniones/{id}/acta/{entry}" OnCase(Act::CONFERENCE_READ), partners::conferences::minutes::show;
    post "/casos/{code}/reuniones/{id}/acta/{entry}" OnCase(Act::SHARE), partners::conferences::minutes::hand;
    get "/casos/{code}/retiro/{id}" OnCase(Act::CASE_READ), partners::recall::show;
    get "/casos/{code}/retiro/{id}/{format}/{language}" OnCase(Act::CONSENT_WRITE), partners::recall_file::show;
    post "/casos/{code}/retiro/{id}" OnCase(Act::CONSENT_WRITE), partners::recall::sent;
    get "/casos/{code}/audiencias" OnCase(Act::CASE_READ), justice::section::show;
    post "/casos/{code}/audiencias" OnCase(Act::HEARING_WRITE), justice::hearings::set;
    post "/casos/{code}/audiencias/invitacion" OnCase(Act::HEARING_WRITE), justice::invitation::look;
    post "/casos/{code}/audiencias/invitacion/si" OnCase(Act::HEARING_WRITE), justice::invitation::yes;
    post "/casos/{code}/audiencias/{id}" OnCase(Act::HEARING_WRITE), justice::hearings::arrange;
    post "/casos/{code}/audiencias/{id}/fin" OnCase(Act::HEARING_WRITE), justice::hearings::end;
    post "/casos/{code}/audiencias/{id}/avisarle" OnCase(Act::HEARING_WRITE), justice::remind::send;
    get "/casos/{code}/audiencias/{id}/explicar" OnCase(Act::CASE_READ), justice::brief::show;
    post "/casos/{code}/medidas" OnCase(Act::HEARING_WRITE), justice::measures::ask;
    post "/casos/{code}/medidas/{id}" OnCase(Act::HEARING_WRITE), justice::measures::decide;
    post "/casos/{code}/medidas/{id}/cumple" OnCase(Act::HEARING_WRITE), justice::measures::look;
    post "/casos/{code}/procesos" OnCase(Act::WRITE_LEGAL), justice::proceedings::add;
    post "/casos/{code}/procesos/{id}" OnCase(Act::WRITE_LEGAL), justice::proceedings::change;
    get "/casos/{code}/evidencias" OnCase(Act::READ_LEGAL), justice::evidence::show;
    post "/casos/{code}/evidencias" OnCase(Act::WRITE_LEGAL), justice::evidence::add;
    get "/casos/{code}/evidencias/{id}" OnCase(Act::READ_LEGAL), justice::custody::show;
    post "/casos/{code}/evidencias/{id}" OnCase(Act::WRITE_LEGAL), justice::custody::note;
    post "/casos/{code}/evidencias/{id}/copia" OnCase(Act::WRITE_LEGAL), justice::custody::copy;
    post "/casos/{code}/evidencias/{id}/comparar" OnCase(Act::WRITE_LEGAL), justice::custody::compare;
    post "/casos/{code}/evidencias/{id}/sello" OnCase(Act::WRITE_LEGAL), justice::stamp::ask;
    post "/casos/{code}/evidencias/{id}/sello/respuesta" OnCase(Act::WRITE_LEGAL), justice::stamp::bring;
    get "/casos/{code}/evidencias/{id}/sello/{link}" OnCase(Act::READ_LEGAL), justice::stamp::answer;
    get "/casos/{code}/requerimientos" OnCase(Act::READ_LEGAL), justice::demands::show;
    post "/casos/{code}/requerimientos" OnCase(Act::WRITE_LEGAL), justice::demands::receive;
    post "/casos/{code}/requerimientos/{id}" OnCase(Act::WRITE_LEGAL), justice::demands::decide;
    get "/casos/{code}/procesos/{id}" OnCase(Act::READ_LEGAL), justice::process::show;
    post "/casos/{code}/procesos/{id}/puntos" OnCase(Act::WRITE_LEGAL), justice::score::answer;
    post "/casos/{code}/procesos/{id}/ordenes" OnCase(Act::WRITE_LEGAL), justice::orders::give;
    post "/casos/{code}/procesos/{id}/ordenes/{entry}" OnCase(Act::WRITE_LEGAL), justice::orders::look;
    post "/casos/{code}/procesos/{id}/impugnaciones" OnCase(Act::WRITE_LEGAL), justice::appeals::file;
    post "/casos/{code}/procesos/{id}/impugnaciones/{entry}" OnCase(Act::WRITE_LEGAL), justice::appeals::decide;
    post "/casos/{code}/procesos/{id}/reparacion" OnCase(Act::WRITE_LEGAL), justice::reparation::ask;
    post "/casos/{code}/procesos/{id}/reparacion/{entry}/decision" OnCase(Act::WRITE_LEGAL), justice::reparation::decide;
    post "/casos/{code}/procesos/{id}/reparacion/{entry}/pago" OnCase(Act::WRITE_LEGAL), justice::reparation::pay;
    get "/audiencias" May(Act::CASE_LIST), justice::agenda::show;
    get "/casos/{code}/relatos" OnCase(Act::CASE_READ), cases::tellings::show;
    post "/casos/{code}/relatos" OnCase(Act::SERVICE_WRITE), cases::tellings::add;
    post "/casos/{code}/relatos/pedido" OnCase(Act::SERVICE_WRITE), justice::requests::ask;
    post "/casos/{code}/relatos/{id}/fin" OnCase(Act::SERVICE_WRITE), justice::requests::settle;
    get "/casos/{code}/relatos/{id}/carta" OnCase(Act::CASE_READ), justice::letter::show;
    get "/casos/{code}/relatos/{id}/carta/{format}/{language}" OnCase(Act::SERVICE_WRITE), justice::letter_file::show;
    post "/casos/{code}/relatos/{id}/entregada" OnCase(Act::SERVICE_WRITE), justice::letter::delivered;
    get "/casos/{code}/seguimiento" OnCase(Act::CASE_READ), cases::follow::show;
    post "/casos/{code}/seguimiento" OnCase(Act::FOLLOW_WRITE), cases::follow::add;
    get "/casos/{code}/legal" OnCase(Act::READ_LEGAL), cases::folders::legal;
    get "/casos/{code}/salud" OnCase(Act::READ_HEALTH), cases::folders::health;
    get "/casos/{code}/psicologia" OnCase(Act::READ_PSYCHOLOGICAL), cases::folders::psychological;
    post "/casos/{code}/legal" OnCase(Act::WRITE_LEGAL), cases::folders::add_legal;
    post "/casos/{code}/salud" OnCase(Act::WRITE_HEALTH), cases::folders::add_health;
    post "/casos/{code}/salud/alergias" OnCase(Act::WRITE_HEALTH), cases::medicine::note;
    post "/casos/{code}/salud/alergias/{id}" OnCase(Act::WRITE_HEALTH), cases::medicine::retire;
    post "/casos/{code}/salud/medicinas" OnCase(Act::WRITE_HEALTH), cases::medicine::prescribe;
    post "/casos/{code}/salud/medicinas/{id}" OnCase(Act::WRITE_HEALTH), cases::medicine::stop;
    post "/casos/{code}/salud/resultados" OnCase(Act::WRITE_HEALTH), cases::results::add;
    post "/casos/{code}/psicologia" OnCase(Act::WRITE_PSYCHOLOGICAL), cases::folders::add_psychological;
    get "/casos/{code}/red" OnCase(Act::READ_SOCIAL), cases::family::show;
    post "/casos/{code}/red" OnCase(Act::WRITE_SOCIAL), cases::family::add;
    post "/casos/{code}/identificacion" OnCase(Act::IDENTIFY), cases::family::identify;
    get "/casos/{code}/documentos" OnCase(Act::CASE_READ), cases::documents::show;
    post "/casos/{code}/documentos" OnCase(Act::FILE_WRITE), cases::documents::add;
    get "/casos/{code}/documentos/{id}" OnCase(Act::CASE_READ), cases::documents::download;
    get "/casos/{code}/permisos" OnCase(Act::CASE_READ), cases::consent::show;
    post "/casos/{code}/permisos" OnCase(Act::CONSENT_WRITE), cases::consent::add;
    post "/casos/{code}/permisos/tutela" OnCase(Act::CONSENT_WRITE), cases::consent::guardian;
    post "/casos/{code}/permisos/{id}/retirar" OnCase(Act::CONSENT_WRITE), cases::consent::withdraw;
    get "/casos/{code}/equipo" OnCase(Act::CASE_READ), cases::team::show;
    post "/casos/{code}/equipo" OnCase(Act::CASE_TEAM), cases::team::change;
    get "/casos/{code}/accesos" OnCase(Act::ACCESS_LOG), cases::access_log::show;
    get "/casos/{code}/identidad" OnCase(Act::READ_IDENTITY), cases::identity::ask;
    post "/casos/{code}/identidad" OnCase(Act::READ_IDENTITY), cases::identity::show;
    post "/casos/{code}/identidad/cambiar" OnCase(Act::WRITE_IDENTITY), cases::paper::change;
    get "/casos/{code}/historia/{entry}" OnCase(Act::CASE_READ), cases::history::show;
    post "/casos/{code}/historia/{entry}/deshacer" OnCase(Act::CASE_READ), cases::history::undo;
    get "/casos/{code}/persona" OnCase(Act::WRITE_SOCIAL), cases::person::show;
    post "/casos/{code}/persona" OnCase(Act::WRITE_SOCIAL), cases::person::change;
    get "/casos/{code}/borrado" OnCase(Act::CASE_READ), cases::erasing::show;
    post "/casos/{code}/borrado" OnCase(Act::ERASE_ASK), cases::erasing::ask;
    post "/casos/{code}/borrado/conservar" OnCase(Act::HOLD_SET), cases::erasing::keep;
    post "/casos/{code}/borrado/soltar" OnCase(Act::HOLD_SET), cases::erasing::release;
    get "/conducta" May(Act::CONDUCT_WRITE), conduct::ask;
    post "/conducta" May(Act::CONDUCT_WRITE), conduct::send;
    get "/supervision/conducta" May(Act::CONDUCT_READ), conduct::show;
    post "/supervision/conducta/{id}" May(Act::CONDUCT_READ), conduct::step;
    get "/supervision/filtraciones" May(Act::LEAK_DECIDE), leaks::show;
    get "/supervision/filtraciones/{id}" May(Act::LEAK_DECIDE), leaks::report;
    post "/supervision/filtraciones/{id}" May(Act::LEAK_DECIDE), leaks::decide;
    get "/borrados" May(Act::ERASE_APPROVE), erasures::show;
    post "/borrados/{id}" May(Act::ERASE_APPROVE), erasures::decide;
    get "/casos/{code}/cierre" OnCase(Act::CASE_READ), cases::closing::show;
    post "/casos/{code}/cierre" OnCase(Act::CLOSE_ASK), cases::closing::ask;
    post "/casos/{code}/cierre/decidir" OnCase(Act::CLOSE_APPROVE), cases::closing::decide;
    post "/casos/{code}/cierre/reabrir" OnCase(Act::CASE_REOPEN), cases::closing::reopen;
    get "/emergencia" SignedIn, cases::emergency::ask;
    post "/emergencia" May(Act::BREAK_USE), cases::emergency::open;
    get "/revision" AtSite(Act::BREAK_REVIEW), cases::emergency::waiting;
    post "/revision/{id}" OnCase(Act::BREAK_REVIEW), cases::emergency::review;

    get "/casos/{code}/apoyo" OnCase(Act::READ_SOCIAL), care::support::show;
    post "/casos/{code}/apoyo" OnCase(Act::SUPPORT_ASK), care::support::ask;
    post "/casos/{code}/apoyo/{id}/decidir" OnCase(Act::SUPPORT_APPROVE), care::support::decide;
    post "/casos/{code}/apoyo/{id}/entregar" OnCase(Act::SUPPORT_PAY), care::support::deliver;
    post "/casos/{code}/apoyo/{id}/soltar" OnCase(Act::SUPPORT_PAY), care::returns::release;
    post "/casos/{code}/apoyo/{id}/devolver" OnCase(Act::SUPPORT_PAY), care::returns::give_back;
    post "/casos/{code}/apoyo/{id}/visto" OnCase(Act::SUPPORT_PAY), care::support::check;
    get "/casos/{code}/avance" OnCase(Act::READ_SOCIAL), care::scales::show;
    post "/casos/{code}/avance" OnCase(Act::PLAN_WRITE), care::scales::score;
    get "/casos/{code}/informe" OnCase(Act::CASE_READ), care::report::show;
    post "/casos/{code}/informe" OnCase(Act::REPORT_WRITE), care::report::draft;
    post "/casos/{code}/informe/salud" OnCase(Act::WRITE_HEALTH), care::report::health;
    get "/casos/{code}/informe/{id}" OnCase(Act::CASE_READ), care::report_print::show;
    get "/casos/{code}/informe/{id}/{format}/{language}" OnCase(Act::REPORT_WRITE), care::report_file::show;
    post "/casos/{code}/informe/{id}/firmar" OnCase(Act::REPORT_WRITE), care::report::sign;
    post "/casos/{code}/informe/{id}/entregar" OnCase(Act::SHARE), care::report::release;
    post "/casos/{code}/plan/proyecto" OnCase(Act::PLAN_WRITE), cases::plan::dream;
    get "/horas" May(Act::EFFORT_WRITE), care::hours::show;
    post "/horas" May(Act::EFFORT_WRITE), care::hours::note;
    get "/servicios" May(Act::CASE_LIST), care::catalogue::show;
    get "/servicios/{service}" AtSite(Act::GROUP_RUN), care::group::show;
    post "/servicios/{service}" AtSite(Act::GROUP_RUN), care::group::hold;
    get "/servicios/{service}/{day}" AtSite(Act::GROUP_RUN), care::corrections::show;
    post "/servicios/{service}/{day}" AtSite(Act::GROUP_RUN), care::corrections::save;
    get "/casos/{code}/cursos" OnCase(Act::CASE_READ), care::courses::show;
    post "/casos/{code}/cursos" OnCase(Act::SERVICE_WRITE), care::courses::enrol;
    post "/casos/{code}/cursos/{id}" OnCase(Act::SERVICE_WRITE), care::courses::change;
    post "/casos/{code}/escuela" OnCase(Act::SERVICE_WRITE), care::courses::enter;
    post "/casos/{code}/escuela/{id}" OnCase(Act::SERVICE_WRITE), care::courses::review;
    post "/casos/{code}/terapia" OnCase(Act::WRITE_PSYCHOLOGICAL), care::courses::therapy;
    get "/directorio" May(Act::CASE_LIST), partners::directory::show;
    post "/directorio" May(Act::DIRECTORY_WRITE), partners::directory::entry::add;
    get "/directorio/nueva" May(Act::DIRECTORY_WRITE), partners::directory::entry::new;
    get "/directorio/hsds.json" May(Act::CASE_LIST), partners::directory::bring::export;
    get "/directorio/traer" May(Act::DIRECTORY_WRITE), partners::directory::bring::ask;
    post "/directorio/traer" May(Act::DIRECTORY_WRITE), partners::directory::bring::look;
    post "/directorio/traer/si" May(Act::DIRECTORY_WRITE), partners::directory::bring::yes;
    get "/directorio/{id}" May(Act::CASE_LIST), partners::directory::one;
    post "/directorio/{id}" May(Act::DIRECTORY_WRITE), partners::directory::entry::change;
    post "/directorio/{id}/revisada" May(Act::DIRECTORY_WRITE), partners::directory::entry::confirm;
    post "/directorio/{id}/estado" May(Act::DIRECTORY_WRITE), partners::directory::entry::offer;
    get "/presupuesto" May(Act::BUDGET_READ), care::budget::show;
    post "/presupuesto" May(Act::BUDGET_WRITE), care::budget::grant;

    get "/casa" AtSite(Act::HOUSE_READ), shelter::show;
    get "/casa/recibir" AtSite(Act::HOUSE_ADMIT), shelter::admit::ask;
    post "/casa/recibir" AtSite(Act::HOUSE_ADMIT), shelter::admit::send;
    get "/casa/sin-cama" AtSite(Act::HOUSE_ADMIT), shelter::no_bed::show;
    post "/casa/sin-cama" AtSite(Act::HOUSE_ADMIT), shelter::no_bed::add;
    get "/casa/sin-lugar" AtSite(Act::HOUSE_ADMIT), shelter::unmet::show;
    post "/casa/sin-lugar/{id}" AtSite(Act::HOUSE_ADMIT), shelter::unmet::settle;
    get "/casa/turno" AtSite(Act::HOUSE_READ), shelter::shift::show;
    post "/casa/turno" AtSite(Act::HOUSE_LOG), shelter::shift::begin;
    post "/casa/turno/entrega" AtSite(Act::HOUSE_LOG), shelter::shift::hand_over;
    post "/casa/turno/bitacora" AtSite(Act::HOUSE_LOG), shelter::shift::log;
    get "/casa/medicina" AtSite(Act::HOUSE_READ), shelter::round::show;
    get "/casa/lista" AtSite(Act::HOUSE_READ), shelter::lists::inside;
    post "/casa/lista" AtSite(Act::HOUSE_LOG), shelter::lists::count;
    get "/casa/simulacro" AtSite(Act::HOUSE_READ), shelter::drill::show;
    post "/casa/simulacro" AtSite(Act::HOUSE_LOG), shelter::drill::hold;
    get "/casa/puerta" AtSite(Act::HOUSE_READ), shelter::lists::door;
    get "/casa/incidentes" AtSite(Act::HOUSE_READ), shelter::incidents::show;
    post "/casa/incidentes" AtSite(Act::HOUSE_LOG), shelter::incidents::add;
    post "/casa/incidentes/{id}" AtSite(Act::HOUSE_OVERRIDE), shelter::incidents::close;
    get "/casa/{code}" OnCase(Act::HOUSE_READ), shelter::resident::show;
    post "/casa/{code}/bitacora" OnCase(Act::HOUSE_LOG), shelter::steps::log;
    post "/casa/{code}/fuera" OnCase(Act::HOUSE_LOG), shelter::steps::out;
    post "/casa/{code}/vuelve" OnCase(Act::HOUSE_LOG), shelter::steps::back;
    post "/casa/{code}/cama" OnCase(Act::HOUSE_ADMIT), shelter::steps::bed;
    post "/casa/{code}/trae" OnCase(Act::HOUSE_ADMIT), shelter::steps::child;
    post "/casa/{code}/sale" OnCase(Act::HOUSE_ADMIT), shelter::steps::leave;
    post "/casa/{code}/urgente" OnCase(Act::HOUSE_ADMIT), shelter::steps::move_now;
    post "/casa/{code}/medicina" OnCase(Act::HOUSE_LOG), shelter::doses::add;
    post "/casa/{code}/medicina/{id}" OnCase(Act::HOUSE_LOG), shelter::doses::give;
    post "/casa/{code}/medicina/{id}/alto" OnCase(Act::HOUSE_LOG), shelter::doses::stop;
    post "/casa/{code}/medicina/{id}/cuenta" OnCase(Act::HOUSE_LOG), shelter::doses::supply;
    post "/casa/{code}/dosis/{id}" OnCase(Act::DOSE_WITNESS), shelter::doses::sign;
    post "/casa/{code}/pertenencias" OnCase(Act::HOUSE_LOG), shelter::steps::keep;
    post "/casa/{code}/pertenencias/{id}" OnCase(Act::HOUSE_LOG), shelter::steps::give_back;
    post "/casa/{code}/visita/{id}" OnCase(Act::HOUSE_LOG), shelter::steps::visit;
    post "/casa/{code}/en-camino" OnCase(Act::HOUSE_OVERRIDE), shelter::transfer::take_back;
    get "/casa/{code}/contacto" OnCase(Act::HOUSE_READ), reach::house::show;
    post "/casa/{code}/contacto" OnCase(Act::HOUSE_LOG), reach::house::send;
    get "/casa/{code}/no-esta" OnCase(Act::HOUSE_READ), shelter::missing::show;
    post "/casa/{code}/no-esta" OnCase(Act::HOUSE_LOG), shelter::missing::start;
    post "/casa/{code}/no-esta/carta" OnCase(Act::HOUSE_LOG), shelter::letter::write;
    get "/casa/{code}/no-esta/carta/{id}" OnCase(Act::HOUSE_READ), shelter::letter::show;
    get "/casa/{code}/no-esta/carta/{id}/{format}/{language}" OnCase(Act::HOUSE_READ), shelter::letter_file::show;
    post "/casa/{code}/no-esta/{id}" OnCase(Act::HOUSE_LOG), shelter::missing::step;
    post "/casa/{code}/no-esta/{id}/fin" OnCase(Act::HOUSE_LOG), shelter::missing::end;
    get "/casa/{code}/aparte" OnCase(Act::HOUSE_OVERRIDE), shelter::apart::show;
    post "/casa/{code}/aparte" OnCase(Act::HOUSE_OVERRIDE), shelter::apart::keep;
    post "/casa/{code}/aparte/{id}" OnCase(Act::HOUSE_OVERRIDE), shelter::apart::end;
    get "/casos/{code}/egreso" OnCase(Act::PLAN_WRITE), cases::leaving::show;
    post "/casos/{code}/egreso" OnCase(Act::PLAN_WRITE), cases::leaving::prepare;
    get "/casos/{code}/visitas" OnCase(Act::VISIT_AUTHORISE), cases::visits::show;
    post "/casos/{code}/visitas" OnCase(Act::VISIT_AUTHORISE), cases::visits::authorise;
    post "/casos/{code}/visitas/{id}" OnCase(Act::VISIT_AUTHORISE), cases::visits::end;
    get "/casos/{code}/ruta" OnCase(Act::ROUTE_READ), route::show;
    post "/casos/{code}/ruta" OnCase(Act::ROUTE_WRITE), route::note;
    get "/casos/{code}/ruta/imprimir" OnCase(Act::ROUTE_READ), route::print::show;
    post "/casos/{code}/ruta/{id}" OnCase(Act::ROUTE_WRITE), route::take_back;
    get "/ruta" SignedIn, route::table::show;
    get "/ruta/firma/{sheet}" SignedIn, route::sign::show;
    post "/ruta/firma/{sheet}/firmar" May(Act::ROUTE_SIGN), route::sign::sign;
    post "/ruta/firma/{sheet}/decidir" May(Act::ROUTE_PUBLISH), route::sign::decide;
    get "/ruta/firma/{sheet}/{row}" SignedIn, route::sign::row;
    post "/ruta/firma/{sheet}/{row}" May(Act::ROUTE_SIGN), route::sign::note;
    get "/datos/procesos" May(Act::NUMBERS_READ), justice::numbers::show;
    get "/datos/ruta" May(Act::NUMBERS_READ), route::bottlenecks::show;
    get "/clinica" AtSite(Act::CLINIC_READ), clinic::show;
    get "/clinica/recibir" AtSite(Act::CLINIC_RECEIVE), clinic::receive::ask;
    post "/clinica/recibir" AtSite(Act::CLINIC_RECEIVE), clinic::receive::send;
    get "/clinica/informacion" AtSite(Act::CLINIC_READ), clinic::information::show;
    post "/clinica/informacion" AtSite(Act::CLINIC_RECEIVE), clinic::information::given;
    get "/clinica/citas" AtSite(Act::CLINIC_READ), clinic::booking::show;
    post "/clinica/citas" AtSite(Act::CLINIC_RECEIVE), clinic::booking::add;
    post "/clinica/citas/{code}/{id}" OnCase(Act::CLINIC_RECEIVE), clinic::booking::mark;
    get "/clinica/citas/{code}/{id}/no-vino" OnCase(Act::CLINIC_READ), clinic::no_show::show;
    post "/clinica/citas/{code}/{id}/no-vino" OnCase(Act::CLINIC_RECEIVE), clinic::no_show::reach;
    get "/clinica/visitas/{id}" OnCase(Act::CLINIC_READ), clinic::visit::show;
    post "/clinica/visitas/{id}/llamar" OnCase(Act::CLINIC_RECEIVE), clinic::visit::call;
    post "/clinica/visitas/{id}/paso" OnCase(Act::CLINIC_RECEIVE), clinic::visit::step;
    post "/clinica/visitas/{id}/nota" OnCase(Act::CLINIC_RECEIVE), clinic::visit::say;
    post "/clinica/visitas/{id}/olvidar" OnCase(Act::CLINIC_RECEIVE), clinic::visit::erase;
    post "/clinica/visitas/{id}/caso" OnCase(Act::CLINIC_RECEIVE), clinic::visit::join;
    get "/clinica/visitas/{id}/reloj" OnCase(Act::CLINIC_READ), clinic::clock::show;
    post "/clinica/visitas/{id}/reloj" OnCase(Act::CLINIC_RECEIVE), clinic::clock::start;
    post "/clinica/visitas/{id}/reloj/respuesta" OnCase(Act::CLINIC_RECEIVE), clinic::clock::answer;
    get "/clinica/visitas/{id}/reloj/imprimir" OnCase(Act::CLINIC_READ), clinic::clock::print;
    get "/oficina" AtSite(Act::OFFICE_READ), office::show;
    get "/oficina/recibir" AtSite(Act::OFFICE_WRITE), office::receive::ask;
    post "/oficina/recibir" AtSite(Act::OFFICE_WRITE), office::receive::send;
    get "/oficina/personas/{id}" OnCase(Act::OFFICE_READ), office::person::show;
    post "/oficina/personas/{id}" OnCase(Act::OFFICE_WRITE), office::person::settle;
    post "/oficina/personas/{id}/unir" OnCase(Act::OFFICE_WRITE), office::person::link;
    post "/oficina/personas/{id}/olvidar" OnCase(Act::OFFICE_WRITE), office::person::forget;
    get "/oficina/llamada" AtSite(Act::OFFICE_WRITE), office::calls::ask;
    post "/oficina/llamada" AtSite(Act::OFFICE_WRITE), office::calls::send;
    get "/oficina/llamadas/{id}" OnCase(Act::OFFICE_READ), office::calls::show;
    post "/oficina/llamadas/{id}" OnCase(Act::OFFICE_WRITE), office::calls::answered;
    post "/oficina/llamadas/{id}/cumplio" OnCase(Act::OFFICE_WRITE), office::calls::kept;
    get "/oficina/visita" AtSite(Act::OFFICE_WRITE), office::visits::ask;
    post "/oficina/visita" AtSite(Act::OFFICE_WRITE), office::visits::send;
    get "/oficina/visitas/{id}" OnCase(Act::OFFICE_READ), office::visits::show;
    post "/oficina/visitas/{id}" OnCase(Act::OFFICE_WRITE), office::visits::end;
    get "/oficina/actividad" AtSite(Act::OFFICE_WRITE), office::activity::ask;
    post "/oficina/actividad" AtSite(Act::OFFICE_WRITE), office::activity::send;
    get "/oficina/reuniones" AtSite(Act::OFFICE_READ), office::meetings::show;
    post "/oficina/reuniones" AtSite(Act::OFFICE_WRITE), office::meetings::hold;
    get "/oficina/reuniones/{id}" OnCase(Act::OFFICE_READ), office::meetings::one;
    post "/oficina/reuniones/{id}" OnCase(Act::OFFICE_WRITE), office::meetings::agree;
    get "/oficina/reuniones/{id}/acta" OnCase(Act::OFFICE_READ), office::meetings::minutes;
    post "/oficina/acuerdos/{id}" OnCase(Act::OFFICE_WRITE), office::meetings::end;
    get "/oficina/informe" AtSite(Act::OFFICE_READ), office::report::show;
    get "/capacitacion" May(Act::TRAINING_READ), training::show;
    get "/capacitacion/curriculos" May(Act::TRAINING_READ), training::curricula::show;
    get "/capacitacion/cursos/nuevo" May(Act::TRAINING_WRITE), training::new::ask;
    post "/capacitacion/cursos/nuevo" May(Act::TRAINING_WRITE), training::new::send;
    get "/capacitacion/cursos/{code}" May(Act::TRAINING_READ), training::course::show;
    get "/capacitacion/cursos/{code}/datos" May(Act::TRAINING_WRITE), training::new::edit;
    post "/capacitacion/cursos/{code}/datos" May(Act::TRAINING_WRITE), training::new::change;
    post "/capacitacion/cursos/{code}/sesiones" May(Act::TRAINING_WRITE), training::course::add_session;
    post "/capacitacion/cursos/{code}/cupos" May(Act::TRAINING_WRITE), training::course::invite;
    post "/capacitacion/cursos/{code}/formadores" May(Act::TRAINING_WRITE), training::course::trainer;
    post "/capacitacion/cursos/{code}/estado" May(Act::TRAINING_WRITE), training::course::state;
    get "/capacitacion/cursos/{code}/personas" May(Act::TRAINEE_READ), training::roster::show;
    post "/capacitacion/cursos/{code}/personas" May(Act::TRAINEE_READ), training::roster::enrol;
    post "/capacitacion/cursos/{code}/personas/quitar" May(Act::TRAINEE_READ), training::roster::leave;
    get "/capacitacion/cursos/{code}/gafetes" May(Act::TRAINEE_READ), training::roster::badges;
    get "/capacitacion/cursos/{code}/sesiones/{n}" May(Act::TRAINING_READ), training::session::show;
    post "/capacitacion/cursos/{code}/sesiones/{n}" May(Act::TRAINEE_READ), training::session::note;
    post "/capacitacion/cursos/{code}/sesiones/{n}/estado" May(Act::TRAINING_WRITE), training::session::state;
    post "/capacitacion/cursos/{code}/sesiones/{n}/cambio" May(Act::TRAINING_WRITE), training::session::change;
    post "/capacitacion/cursos/{code}/sesiones/{n}/hojas" May(Act::TRAINEE_READ), training::session::print;
    post "/capacitacion/cursos/{code}/sesiones/{n}/nombres/{id}" May(Act::TRAINEE_READ), training::session::claim;
    get "/capacitacion/hojas" May(Act::TRAINEE_READ), training::sheet::ask;
    post "/capacitacion/hojas" May(Act::TRAINEE_READ), training::sheet::go;
    get "/capacitacion/hojas/{sheet}" May(Act::TRAINEE_READ), training::sheet::show;
    post "/capacitacion/hojas/{sheet}" May(Act::TRAINEE_READ), training::sheet::send;
    get "/capacitacion/hojas/{sheet}/imprimir" May(Act::TRAINEE_READ), training::sheet_print::show;
    get "/capacitacion/hojas/{sheet}/foto" May(Act::TRAINEE_READ), training::sheet::read_photo;
    post "/capacitacion/hojas/{sheet}/foto" May(Act::TRAINEE_READ), training::sheet::keep_photo;
    get "/capacitacion/personas" May(Act::TRAINEE_READ), training::people::show;
    post "/capacitacion/personas/buscar" May(Act::TRAINEE_READ), training::people::search;
    get "/capacitacion/personas/nueva" May(Act::TRAINEE_READ), training::people::ask;
    post "/capacitacion/personas/nueva" May(Act::TRAINEE_READ), training::people::add;
    get "/capacitacion/personas/{code}" May(Act::TRAINEE_READ), training::person::show;
    post "/capacitacion/personas/{code}" May(Act::TRAINEE_READ), training::person::change;
    post "/capacitacion/personas/{code}/unir" May(Act::TRAINEE_READ), training::person::join;
    post "/capacitacion/personas/{code}/separar" May(Act::TRAINEE_READ), training::person::part;
    post "/capacitacion/personas/{code}/olvidar" May(Act::TRAINEE_READ), training::person::forget;
    get "/red" AtSite(Act::NETWORK_READ), network::show;
    post "/red" AtSite(Act::NETWORK_WRITE), network::partner::add;
    get "/red/nueva" AtSite(Act::NETWORK_WRITE), network::partner::new;
    get "/red/actividades" AtSite(Act::NETWORK_READ), network::activity::list;
    post "/red/actividades" AtSite(Act::NETWORK_WRITE), network::activity::plan;
    get "/red/actividades/nueva" AtSite(Act::NETWORK_WRITE), network::activity::new;
    get "/red/actividades/{id}" OnCase(Act::NETWORK_READ), network::activity::show;
    post "/red/actividades/{id}" OnCase(Act::NETWORK_WRITE), network::activity::change;
    get "/red/{id}" OnCase(Act::NETWORK_READ), network::partner::show;
    post "/red/{id}" OnCase(Act::NETWORK_WRITE), network::partner::change;
    post "/red/{id}/material" OnCase(Act::NETWORK_WRITE), network::partner::give;
    post "/red/{id}/tarjeta" OnCase(Act::NETWORK_WRITE), network::card::make;
    post "/red/{id}/retirar" OnCase(Act::NETWORK_WRITE), network::card::withdraw;
    post "/red/{id}/salida" OnCase(Act::NETWORK_WRITE), network::partner::leave;
    post "/red/{id}/borrar" OnCase(Act::NETWORK_WRITE), network::partner::forget;
    get "/lecciones" SignedIn, network::lesson::all;
    get "/lecciones/{lesson}" SignedIn, network::lesson::show;
    post "/lecciones/{lesson}" SignedIn, network::lesson::answer;
    get "/bitacora" AtSite(Act::LOG_WRITE), log::show;
    post "/bitacora" AtSite(Act::LOG_WRITE), log::write;
    get "/bitacora/nueva" AtSite(Act::LOG_WRITE), log::new;
    get "/bitacora/boleta" AtSite(Act::LOG_WRITE), log::slip::ask;
    post "/bitacora/boleta" AtSite(Act::LOG_WRITE), log::slip::send;
    post "/bitacora/{id}/quitar" OnCase(Act::LOG_WRITE), log::take_back;
    get "/cierre" May(Act::CLOSING_RUN), closing::show;
    get "/cierre/destruir" AtSite(Act::ERASE_ASK), closing::destroy;
    post "/cierre" May(Act::CLOSING_RUN), closing::choose;
    get "/traspaso" SignedIn, handover::show;
    post "/traspaso" May(Act::HANDOVER_BEGIN), handover::begin;
    post "/traspaso/llaves" SignedIn, handover::give_keys;
    get "/traspaso/{id}" May(Act::HANDOVER_BEGIN), handover::one;
    post "/traspaso/{id}/dar" May(Act::HANDOVER_RUN), handover::give;
    post "/traspaso/{id}/mover" May(Act::HANDOVER_APPROVE), handover::approve;
    post "/traspaso/{id}/cerrar" May(Act::HANDOVER_BEGIN), handover::end;
    get "/traspaso/{id}/hoja" May(Act::HANDOVER_BEGIN), handover::sheet::show;
    get "/mi-plan" Own(Act::PLAN_OWN), plan::show;
    get "/supervision/registro" May(Act::AUDIT_READ), audit::show;
    post "/supervision/registro" May(Act::AUDIT_READ), audit::verify;
    get "/plantillas" May(Act::TEMPLATE_BRING), papers::show;
    post "/plantillas" May(Act::TEMPLATE_BRING), papers::bring;
    get "/plantillas/base/{kind}/{language}" May(Act::TEMPLATE_BRING), papers::starter;
    get "/plantillas/{id}" May(Act::TEMPLATE_BRING), papers::one::show;
    post "/plantillas/{id}" May(Act::TEMPLATE_PUBLISH), papers::one::decide;
    get "/datos/tablero" May(Act::NUMBERS_READ), board::show;
    get "/datos/tablero/{view}" May(Act::NUMBERS_READ), board::one;
    get "/datos/tablero/{view}/{file}" May(Act::NUMBERS_READ), board::file;
    get "/resultados/{grant}/{period}/entregas" May(Act::NUMBERS_READ), results_out::show;
    get "/resultados/{grant}/{period}/entregas/ficha/{language}" May(Act::NUMBERS_READ), results_out::files::sheet_page;
    get "/resultados/{grant}/{period}/entregas/ficha/pdf/{language}" May(Act::NUMBERS_READ), results_out::files::sheet_pdf;
    post "/resultados/{grant}/{period}/entregas/ficha/publicar" May(Act::RESULTS_WRITE), results_out::ask;
    post "/resultados/{grant}/{period}/entregas/ficha/decidir" May(Act::RESULTS_APPROVE), results_out::decide;
    get "/resultados/{grant}/{period}/entregas/informe/{format}/{language}" May(Act::NUMBERS_READ), results_out::files::narrative;
    get "/resultados/{grant}/{period}/entregas/libro/{language}" May(Act::NUMBERS_READ), results_out::files::workbook;
    get "/resultados/{grant}/{period}/entregas/tablas/{file}" May(Act::NUMBERS_READ), results_out::files::table;
    get "/resultados/{grant}/{period}/entregas/iati" May(Act::NUMBERS_READ), results_out::files::iati;
    get "/ficha/{grant}/{language}" Public, results_out::files::public_page;
    get "/ficha/{grant}/{language}/pdf" Public, results_out::files::public_pdf;
    get "/plantillas/{id}/muestra" May(Act::TEMPLATE_BRING), papers::one::sample;
    get "/plantillas/{id}/archivo" May(Act::TEMPLATE_BRING), papers::one::original;
    get "/ajustes/formularios" May(Act::FORM_PUBLISH), forms::show;
    post "/ajustes/formularios" May(Act::FORM_PUBLISH), forms::bring;
    get "/ajustes/formularios/{form}/{version}" May(Act::FORM_PUBLISH), forms::one;
    post "/ajustes/formularios/{form}/{version}" May(Act::FORM_PUBLISH), forms::decide;
    get "/prueba/{token}" Public, learning::public::show;
    post "/prueba/{token}" Public, learning::public::send;
    get "/constancia" Public, learning::check::ask;
    post "/constancia/insignia" Public, learning::check::badge;
    get "/constancia/revocadas.json" Public, learning::check::revoked;
    get "/constancia/curso/{curriculum}/{version}" Public, learning::taught::show;
    get "/constancia/{certificate}" Public, learning::check::show;
    post "/constancia/{certificate}" Public, learning::check::compare;
    get "/capacitacion/seguimiento" May(Act::TRAINING_READ), learning::due::show;
    get "/capacitacion/practica" May(Act::TRAINING_READ), learning::practice::show;
    get "/capacitacion/cursos/{code}/prueba" May(Act::TRAINING_READ), learning::tests::show;
    post "/capacitacion/cursos/{code}/prueba" May(Act::TRAINING_WRITE), learning::tests::change;
    get "/capacitacion/cursos/{code}/prueba/{phase}/papel" May(Act::TRAINING_READ), learning::paper::print;
    get "/capacitacion/cursos/{code}/prueba/{phase}/hoja" May(Act::TRAINING_WRITE), learning::paper::ask;
    post "/capacitacion/cursos/{code}/prueba/{phase}/hoja" May(Act::TRAINING_WRITE), learning::paper::send;
    post "/capacitacion/cursos/{code}/prueba/{phase}/hoja/{id}" May(Act::TRAINING_WRITE), learning::paper::take_back;
    get "/capacitacion/cursos/{code}/constancias" May(Act::CERTIFICATE_ISSUE), learning::certificates::show;
    post "/capacitacion/cursos/{code}/constancias" May(Act::CERTIFICATE_ISSUE), learning::certificates::issue;
    get "/capacitacion/cursos/{code}/constancias/{id}" May(Act::CERTIFICATE_ISSUE), learning::certificates::one;
    post "/capacitacion/cursos/{code}/constancias/{id}" May(Act::CERTIFICATE_REVOKE), learning::certificates::change;
    get "/capacitacion/cursos/{code}/constancias/{id}/{format}/{language}" May(Act::CERTIFICATE_ISSUE), learning::certificates::paper;
    get "/resultados/publicaciones" May(Act::NUMBERS_READ), releases::show;
    post "/resultados/publicaciones" May(Act::RELEASE_ASK), releases::ask;
    get "/resultados/publicaciones/{id}" May(Act::NUMBERS_READ), releases::one;
    post "/resultados/publicaciones/{id}" May(Act::RELEASE_REVIEW), releases::decide;
    post "/resultados/publicaciones/{id}/corregir" May(Act::RELEASE_ASK), releases::restate;
    get "/resultados/publicaciones/{id}/tabla.csv" May(Act::NUMBERS_READ), releases::csv;
    get "/datos" May(Act::NUMBERS_READ), data::show;
    get "/datos/casas" May(Act::NUMBERS_READ), data::house::show;
    get "/datos/oficina" May(Act::NUMBERS_READ), data::office::show;
    get "/datos/servicios" May(Act::NUMBERS_READ), data::services::show;
    get "/resultados" May(Act::NUMBERS_READ), results::show;
    get "/resultados/{grant}/traer" May(Act::RESULTS_WRITE), results::bring::show;
    post "/resultados/{grant}/traer" May(Act::RESULTS_WRITE), results::bring::look;
    post "/resultados/{grant}/traer/si" May(Act::RESULTS_WRITE), results::bring::yes;
    get "/resultados/{grant}/{period}" May(Act::NUMBERS_READ), results::quarters::show;
    post "/resultados/{grant}/{period}" May(Act::RESULTS_WRITE), results::quarters::act;
    post "/resultados/{grant}/{period}/decidir" May(Act::RESULTS_APPROVE), results::quarters::decide;
    get "/resultados/{grant}/{period}/comprobar/{n}" May(Act::NUMBERS_READ), results::quarters::verify;
    get "/resultados/{grant}/{period}/gasto" May(Act::RESULTS_WRITE), results::spending::show;
    post "/resultados/{grant}/{period}/gasto" May(Act::RESULTS_WRITE), results::spending::look;
    post "/resultados/{grant}/{period}/gasto/si" May(Act::RESULTS_WRITE), results::spending::yes;
    get "/resultados/{grant}/{period}/cifras/{figure}" May(Act::NUMBERS_READ), results::figure::show;
    post "/resultados/{grant}/{period}/cifras/{figure}" May(Act::RESULTS_WRITE), results::figure::explain;
    get "/resultados/{grant}/{period}/cifras/{figure}/detras" May(Act::NUMBERS_READ), results::figure::behind;
    get "/ajustes/cuentas" May(Act::ACCOUNT_MANAGE), accounts::show;
    post "/ajustes/cuentas" May(Act::ACCOUNT_MANAGE), accounts::add;
    post "/ajustes/cuentas/{id}" May(Act::ACCOUNT_MANAGE), accounts::set;
    get "/ajustes/cuentas/{id}/clave" May(Act::ACCOUNT_MANAGE), accounts::reset;
    post "/ajustes/cuentas/{id}/clave" May(Act::ACCOUNT_MANAGE), accounts::reset_send;
}

/// The whole application, with the usual patience and under any name.
pub fn router(app: App) -> Router {
    router_behind(app, Door::default())
}

/// The whole application behind a door of its own.
pub fn router_behind(app: App, door: Door) -> Router {
    let table = ROUTES.iter().fold(Router::new(), |router, r| router.route(r.path, (r.handler)()));
    let transport = if app.tls { Transport::Tls } else { Transport::Plain };
    let routed = table
        .fallback(absent)
        .layer(from_fn_with_state(app.clone(), guard::keep_drafts))
        .layer(from_fn_with_state(app.clone(), guard::same_origin))
        .layer(from_fn_with_state(std::sync::Arc::new(door), door::check))
        .layer(from_fn_with_state(app.clone(), guard::failures))
        .layer(DefaultBodyLimit::max(ceiba_programme::cases::files::LARGEST + (1 << 20)))
        .layer(CompressionLayer::new())
        .with_state(app);
    secure(routed, transport)
}

async fn absent() -> crate::Failure {
    crate::Failure::Absent
}
