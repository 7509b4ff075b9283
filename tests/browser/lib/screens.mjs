// Every screen there is: one line each. Add a line when you add a screen.
//
//   who     nobody, or somebody of the demonstration who may open it
//   path    {luz}, {own}, {closed}, {alert}, {goal}, {note}, {result}, {visit}: see `discover`
//   status  200 unless said
//   reach   for a state of a page that only a form leads to: gets the visitor and the discovered paths
import assert from 'node:assert/strict';
import { ADULT, allows, hands } from './packets.mjs';
import { alert, find, follow, form, open, send } from './page.mjs';
import { fileOfLuz } from './luz.mjs';
import { as, visitor } from './browser.mjs';
import { canary } from './run.mjs';

const FILE = ['', '/cronologia', '/plan', '/seguridad', '/servicios', '/red', '/documentos', '/permisos', '/equipo', '/accesos', '/identidad', '/cierre', '/persona', '/borrado', '/avance', '/cursos', '/apoyo', '/informe', '/referencias', '/audiencias', '/contacto'];
const FOUND = { found_by: 'police', place: 'bar', municipality: 'GT0920', language: 'mam', interpreter: 'wanted', site: 'K1' };
const of = (who, ...paths) => paths.map((path) => ({ who, path }));

/** The path of the finished course about investigation. */
async function taught(v) {
  await v.page.goto('/capacitacion');
  return v.page.locator('main a[href^="/capacitacion/cursos/F-"]').filter({ hasText: /Investigación centrada|Victim-centred/ }).last().getAttribute('href');
}
/** Pages of a quarter of the grant: the newest is 0, open; 1 is frozen. */
const quarter = (who, n, ...rests) => rests.map((rest) => ({ who, path: '/resultados/RAICES/', state: `${n}${rest}`, reach: async (v) => {
  await v.page.goto('/resultados');
  const href = await v.page.locator('a[href^="/resultados/RAICES/2"]').nth(n).getAttribute('href');
  return v.page.goto(`${href}${rest}`);
} }));

export const SCREENS = [
  ...of('nobody', '/', '/ayuda', '/entrar', '/aviso', '/aviso?quien=teacher', '/aviso?quien=health', '/aviso?quien=community', '/aviso?quien=official', '/aviso?quien=other', '/aviso/recibo'),
  { who: 'nobody', path: '/no-existe', status: 404 },
  { who: 'nobody', path: '/r/NADA', status: 410 },
  { who: 'nobody', path: '/r/', state: 'asked for the code', reach: async (v) => v.page.goto((await packet()).link) },
  { who: 'nobody', path: '/r/', state: 'a wrong code', status: 422, reach: async (v) => { const { link } = await packet(); await v.page.goto(link); return send(v.page, link, { code: 'R-222222222' }, v); } },
  { who: 'nobody', path: '/r/', state: 'the sheet', reach: async (v) => { const { link, spoken } = await packet(); await v.page.goto(link); return send(v.page, link, { code: spoken }, v); } },
  { who: 'nobody', path: '/r/', state: 'something to mend', status: 422, reach: async (v) => { const { link, spoken } = await packet(); await v.page.goto(link); await send(v.page, link, { code: spoken }, v); return send(v.page, '/responder', { do: 'rejected' }, v); } },
  { who: 'nobody', path: '/aviso', state: 'something to mend', status: 422, reach: async (v) => { await v.page.goto('/aviso?quien=teacher'); return send(v.page, '/aviso', { contact: 'después de las 13 h' }, v); } },
  { who: 'nobody', path: '/aviso', state: 'receipt', reach: async (v) => { await v.page.goto('/aviso?quien=teacher'); return send(v.page, '/aviso', { signs: ['absent_days'], age_group: 'child', since: 'days', certainty: 'saw', municipality: 'GT0920' }, v); } },
  { who: 'nobody', path: '/aviso/recibo', state: 'came back', reach: async (v, at) => { await v.page.goto('/aviso/recibo'); return send(v.page, '/aviso/recibo', { code: at.receipt }, v); } },
  { who: 'nobody', path: '/entrar', state: 'wrong password', status: 422, reach: async (v) => { await v.page.goto('/entrar'); return send(v.page, '/entrar', { username: 'nadie', password: 'x' }, v); } },

  ...of('nobody', '/constancia', '/constancia/curso/investigation/1'),
  { who: 'nobody', path: '/prueba/NADA', status: 410 },
  { who: 'nobody', path: '/constancia/K-222222222', status: 422 },
  ...of('diego', '/capacitacion/seguimiento', '/capacitacion/practica'),
  ...['/prueba', '/prueba/post/papel', '/prueba/post/hoja', '/constancias'].map((part) => ({ who: 'diego', path: '/capacitacion/cursos/', state: part, reach: async (v) => v.page.goto(`${await taught(v)}${part}`) })),
  { who: 'diego', path: '/capacitacion/cursos/', state: 'a certificate', reach: async (v) => { await v.page.goto(`${await taught(v)}/constancias`); return follow(v.page, () => v.page.locator('main td a[href*="/constancias/"]').first().click()); } },
  { who: 'diego', path: '/capacitacion/cursos/', state: 'a sheet to mend', status: 422, reach: async (v) => { const at = `${await taught(v)}/prueba/post/hoja`; await v.page.goto(at); return send(v.page, v.page.locator(`form[action="${at}"]`), { who: 'ab', answers: 'c b' }); } },
  { who: 'diego', path: '/constancia/', state: 'seen by a stranger', reach: async (v) => { await v.page.goto(`${await taught(v)}/constancias`); const code = (await v.page.locator('main td a[href*="/constancias/"]').first().innerText()).trim(); return v.page.goto(`/constancia/${code}`); } },
  { who: 'diego', path: '/prueba/', state: 'something to mend', status: 422, reach: async (v) => {
    const at = `${await taught(v)}/prueba`;
    await v.page.goto(at);
    const open = v.page.locator(`form[action="${at}"]`).filter({ has: v.page.locator('[name=phase][value=pre]') }).locator('button[value=open]');
    if (await open.count()) await follow(v.page, () => open.click());
    const link = new URL(await v.page.locator('main p.code').first().textContent()).pathname;
    await v.page.goto(link);
    return send(v.page, link, { who: 'tucán 9', i0: 'a' }, v);
  } },
  ...of('marta', '/aviso', '/cuenta'),
  ...of('lucia', '/hoy', '/avisos', '/avisos?ver=decididos', '/avisos/nuevo', '/avisos/{alert}', '/avisos/{free}', '/registrar', '/casos', '/casos/cerrados', '/casos/nuevo', '/casos/nuevo?aviso={alert}', '/emergencia', '/recados', '/cuenta', '/cuenta/clave', '/cuenta/segundo', '/cuenta/avisos', '/cuenta/calendario'),
  ...of('lucia', ...FILE.map((section) => `/casos/{luz}${section}`)),
  ...of('lucia', '/casos/{luz}/cronologia?pagina=2', '/casos/{luz}/plan/{goal}', '/casos/{luz}/historia/{goal}', '/casos/{luz}/plan/imprimir', '/casos/{luz}/cronologia/corregir/{note}', '/deteccion/{alert}/conversation-guide', '/deteccion/{alert}/observation-community', '/deteccion/{alert}/resultado/{result}'),
  ...of('lucia', '/casos/{own}', '/casos/{own}/plan', '/casos/{own}/permisos', '/casos/{closed}', '/casos/{closed}/cierre', '/casos/{closed}/cronologia', '/casos/{closed}/seguimiento', '/casos/{luz}/seguimiento'),
  { who: 'lucia', path: '/casos/C-00000', status: 404 },
  ...of('lucia', '/varias', '/varias?n=8'),
  { who: 'lucia', path: '/varias', state: 'something to mend', status: 422, reach: async (v) => { await v.page.goto('/varias?n=4'); return send(v.page, '/varias', { 'years-3': '300' }, v); } },
  ...['', '/hoja'].map((part) => ({ who: 'lucia', path: '/varias/', state: part || 'received', reach: async (v) => {
    await v.page.goto('/varias?n=4');
    const sent = await send(v.page, '/varias', { ...FOUND, 'years-1': '14', 'needs-1': ['rest', 'health'] }, v);
    return part ? v.page.goto(`${v.page.url()}${part}`) : sent;
  } })),
  ...['handed', 'something to mend'].map((state) => ({ who: 'lucia', path: '/casos/', state, status: state === 'handed' ? 200 : 422, reach: async (v) => {
    const code = await open(v, { chosen_name: canary('packet'), ...ADULT });
    await v.page.goto(`/casos/${code}/permisos`);
    const to = await allows(v, code, 1, ['contact', 'needs']);
    await v.page.goto(`/casos/${code}/referencias/nueva/${to}`);
    return send(v.page, '/referencias', { service: 'legal_advice', need: state === 'handed' ? 'Una consulta' : '', fields: ['age'] }, v);
  } })),
  { who: 'lucia', path: '/casos/{luz}/cronologia', state: 'something to mend', status: 422, reach: async (v, at) => { await v.page.goto(`/casos/${at.luz}/cronologia`); return send(v.page, '/cronologia', { text: '' }, v); } },
  { who: 'lucia', path: '/casos/buscar', state: 'found nothing', reach: async (v) => { await v.page.goto('/casos'); return send(v.page, '/buscar', { words: 'nadie así' }, v); } },
  { who: 'lucia', path: '/casos/nuevo', state: 'known already', reach: async (v) => { await v.page.goto('/casos/nuevo'); return send(v.page, '/casos/nuevo', { chosen_name: 'Luz', years: '16', given: 'Ejemplita', surnames: 'Noexiste Ejemplo', municipality: 'GT0920' }, v); } },
  { who: 'lucia', path: '/casos/{luz}/plan/{goal}', state: 'two versions', status: 409, reach: async (v, at) => {
    await v.page.goto(`/casos/${at.luz}/plan/${at.goal}`);
    await form(v.page, at.goal).locator('[name=version]').evaluate((e) => { e.value = '0'; });
    return send(v.page, at.goal, {}, v);
  } },

  { who: 'lucia', path: '/casos/{luz}/persona', state: 'two versions', status: 409, reach: async (v, at) => {
    await v.page.goto(`/casos/${at.luz}/persona`);
    await form(v.page, '/persona').locator('[name=version]').evaluate((e) => { e.value = '0'; });
    return send(v.page, '/persona', {}, v);
  } },
  { who: 'lucia', path: '/casos/{own}/identidad', state: 'opened', reach: async (v, at) => { await v.page.goto(`/casos/${at.own}/identidad`); return send(v.page, '/identidad', { reason: 'document' }, v); } },

  ...of('julio', '/casos/{luz}/borrado'),
  ...of('nora', '/casos/{luz}/borrado', '/ajustes/formularios', '/ajustes/formularios/conversation-guide/{version}', '/plantillas/{template}'),
  ...of('julio', '/plantillas'),
  { who: 'julio', path: '/plantillas', state: 'something to mend', status: 422, reach: async (v) => {
    await v.page.goto('/plantillas');
    const base = await v.context.request.get('/plantillas/base/court_report/es');
    await v.page.locator('[name=file]').setInputFiles({ name: 'a.docx', mimeType: 'application/octet-stream', buffer: await base.body() });
    return send(v.page, '/plantillas', { kind: 'statement_answer' }, v);
  } },
  ...of('sara', '/borrados', '/supervision/registro', '/supervision/conducta'),
  ...of('blanca', '/conducta'),
  { who: 'blanca', path: '/conducta', state: 'something to mend', status: 422, reach: async (v) => { await v.page.goto('/conducta'); return send(v.page, '/conducta', { kind: 'other' }, v); } },
  { who: 'sara', path: '/supervision/conducta', state: 'something to mend', status: 422, reach: async (v) => { await v.page.goto('/supervision/conducta'); return send(v.page, v.page.locator('form[action^="/supervision/conducta/"]').first(), { note: '' }, v); } },
  { who: 'sara', path: '/supervision/registro', state: 'verified', reach: async (v) => { await v.page.goto('/supervision/registro'); return send(v.page, v.page.locator('form[method=post][action$="/registro"]'), {}, v); } },
  ...of('julio', '/hoy', '/casos', '/casos/{luz}', '/casos/{luz}/legal', '/casos/{luz}/servicios', '/casos/{luz}/accesos'),
  ...of('julio', '/casos/{luz}/audiencias', '/audiencias', '/audiencias?ver=mes', '/casos/{luz}/audiencias/{hearing}/explicar'),
  { who: 'julio', path: '/casos/{luz}/audiencias', state: 'something to mend', status: 422, reach: async (v, at) => { await v.page.goto(`/casos/${at.luz}/audiencias`); return send(v.page, '/procesos', { kind: 'penal', stage: 'complaint', court: 'x'.repeat(200) }, v); } },
  { who: 'lucia', path: '/casos/{luz}/contacto', state: 'something to mend', status: 422, reach: async (v, at) => { await v.page.goto(`/casos/${at.luz}/contacto`); return send(v.page, '/contacto', { way: 'call', place: '12', days: ['1'], from: 'temprano', to: '11:00' }, v); } },
  { who: 'lucia', path: '/casos/{luz}/audiencias', state: 'something to mend', status: 422, reach: async (v, at) => { await v.page.goto(`/casos/${at.luz}/audiencias`); return send(v.page, '/audiencias', { kind: 'trial', time: 'temprano' }, v); } },
  ...of('julio', '/casos/{luz}/evidencias', '/casos/{luz}/requerimientos'),
  { who: 'julio', path: '/casos/{luz}/evidencias/', state: 'a chain', reach: async (v, at) => { await v.page.goto(`/casos/${at.luz}/evidencias`); return send(v.page, '/evidencias', { kind: 'paper', title: 'Un papel', source: 'Ella, en la clínica', seal: 'B-12' }, v); } },
  { who: 'julio', path: '/casos/{luz}/requerimientos', state: 'something to mend', status: 422, reach: async (v, at) => { await v.page.goto(`/casos/${at.luz}/requerimientos`); return send(v.page, '/requerimientos', { days: 'tres' }, v); } },
  ...of('lucia', '/casos/{luz}/relatos', '/casos/{luz}/relatos/{request}/carta'),
  ...of('lucia', '/casos/{luz}/reuniones', '/casos/{luz}/busqueda', '/casos/{luz}/filtracion'),
  ...['to come', 'held', 'minutes'].map((state, n) => ({ who: 'lucia', path: '/casos/', state, reach: async (v, at) => {
    await v.page.goto(`/casos/${at.luz}/reuniones`);
    const all = await v.page.locator('main ul.tasks a').evaluateAll((links) => links.map((a) => a.getAttribute('href')));
    const response = await v.page.goto(all.at(n ? -1 : 0));
    return n < 2 ? response : follow(v.page, () => v.page.locator('main a[href*="/acta/"]').first().click());
  } })),
  { who: 'lucia', path: '/casos/{luz}/reuniones', state: 'something to mend', status: 422, reach: async (v, at) => { await v.page.goto(`/casos/${at.luz}/reuniones`); return send(v.page, '/reuniones', { time: 'temprano' }, v); } },
  { who: 'lucia', path: '/casos/', state: 'she is back', reach: async (v) => {
    const code = await open(v, { chosen_name: canary('back') });
    await v.page.goto(`/casos/${code}/busqueda`);
    const to = await v.page.locator('[name=institution] option').nth(1).getAttribute('value');
    await send(v.page, '/busqueda', { alert: 'alba_keneth', institution: to }, v);
    return send(v.page, v.page.locator('main form[action*="/busqueda/"]'), { how: 'by_herself' }, v);
  } },
  { who: 'lucia', path: '/casos/{luz}/filtracion', state: 'something to mend', status: 422, reach: async (v, at) => { await v.page.goto(`/casos/${at.luz}/filtracion`); return send(v.page, '/filtracion', {}, v); } },
  ...of('lucia', '/posibles'),
  ...['to decide', 'linked'].map((state, n) => ({ who: 'lucia', path: '/posibles/', state, reach: async (v) => {
    await v.page.goto('/posibles');
    const response = await follow(v.page, () => v.page.locator('main a[href^="/posibles/"]').first().click());
    return n ? send(v.page, v.page.locator('main form[action^="/posibles/"]'), {}, v) : response;
  } })),
  ...of('sara', '/supervision/filtraciones'),
  { who: 'sara', path: '/supervision/filtraciones/', state: 'a report', reach: async (v) => {
    const lucia = await as('lucia', { lang: v.lang });
    const code = await open(lucia, { chosen_name: canary('said') });
    await lucia.page.goto(`/casos/${code}/filtracion`);
    await send(lucia.page, '/filtracion', { kind: 'name', place: 'press' }, lucia);
    await lucia.close();
    await v.page.goto('/supervision/filtraciones');
    return follow(v.page, () => v.page.locator('main a[href^="/supervision/filtraciones/"]').first().click());
  } },
  ...of('julio', '/casos/{luz}/procesos/{proceeding}'),
  ...of('sofia', '/datos/procesos?meses=12', '/datos/procesos?meses=36&punto=told_rights'),
  { who: 'lucia', path: '/casos/{luz}/relatos', state: 'something to mend', status: 422, reach: async (v, at) => { await v.page.goto(`/casos/${at.luz}/relatos`); return send(v.page, '/relatos/pedido', { by: 'x'.repeat(130) }, v); } },
  { who: 'julio', path: '/casos/{luz}/procesos/{proceeding}', state: 'something to mend', status: 422, reach: async (v, at) => { await v.page.goto(`/casos/${at.luz}/procesos/${at.proceeding}`); return send(v.page, '/reparacion', { kind: 'moral', amount: '12,50' }, v); } },
  ...of('elena', '/casos/{luz}/psicologia'),
  ...of('irma', '/casos/{luz}/salud'),
  { who: 'irma', path: '/casos/{luz}/salud', state: 'something to mend', status: 422, reach: async (v, at) => { await v.page.goto(`/casos/${at.luz}/salud`); return send(v.page, '/salud/medicinas', { dose: 'una' }, v); } },
  ...of('blanca', '/casa', '/casa/recibir', '/casa/sin-cama', '/casa/sin-lugar', '/casa/turno', '/casa/medicina', '/casa/lista', '/casa/puerta', '/casa/simulacro', '/casa/incidentes', '/casa/{resident}', '/casa/{resident}/no-esta', '/casa/{resident}/contacto', '/cuenta'),
  ...of('carmen', '/casa', '/casa/{resident}', '/casa/{resident}/aparte', '/casa/incidentes', '/casos/{resident}/egreso', '/casos/{resident}/visitas'),
  ...of('blanca', '/casa/recibir?codigo={coming}'),
  ...of('pilar', '/casa'),
  { who: 'blanca', path: '/casa/{resident}', state: 'something to mend', status: 422, reach: async (v, at) => { await v.page.goto(`/casa/${at.resident}`); return send(v.page, '/bitacora', { line: '' }, v); } },
  { who: 'blanca', path: '/casa/sin-cama', state: 'something to mend', status: 422, reach: async (v) => { await v.page.goto('/casa/sin-cama'); return send(v.page, '/casa/sin-cama', { companions: 'dos' }, v); } },
  { who: 'blanca', path: '/casa/simulacro', state: 'something to mend', status: 422, reach: async (v) => { await v.page.goto('/casa/simulacro'); return send(v.page, '/casa/simulacro', { minutes: 'seis' }, v); } },
  { who: 'blanca', path: '/casa/recibir', state: 'something to mend', status: 422, reach: async (v) => { await v.page.goto('/casa/recibir'); return send(v.page, '/casa/recibir', { bedside: 'ninguna' }, v); } },
  ...of('irma', '/clinica', '/clinica/recibir', '/clinica/citas', '/clinica/informacion', '/clinica/visitas/{visit}', '/clinica/visitas/{visit}/reloj', '/clinica/visitas/{visit}/reloj/imprimir'),
  ...of('lucia', '/clinica', '/clinica/visitas/{visit}', '/casos/nuevo?visita={visit}', '/clinica/citas?caso={own}'),
  { who: 'irma', path: '/clinica/recibir', state: 'something to mend', status: 422, reach: async (v) => { await v.page.goto('/clinica/recibir'); return send(v.page, '/clinica/recibir', { desk: 'health' }, v); } },
  ...of('nora', '/hoy', '/cierre/destruir', '/supervision', '/revision', '/casos/{luz}/equipo', '/casos/{luz}/cierre', '/datos'),
  ...of('rosa', '/avisos', '/avisos/{alert}', '/avisos/nuevo', '/casos/nuevo'),
  ...of('sofia', '/datos', '/datos?meses=36', '/datos?meses=3&sede=K1', '/datos/casas?meses=36', '/datos/servicios?meses=36'),
  ...of('sara', '/datos', '/presupuesto'),
  ...of('sofia', '/resultados', '/resultados/RAICES/traer'),
  ...quarter('sofia', 0, '', '/gasto', '/cifras/G9.all'),
  ...quarter('sofia', 1, '', '/cifras/G8', '/cifras/G1/detras?v=1&por=sex', '/comprobar/1'),
  ...quarter('sara', 1, '', '/entregas'),
  ...quarter('sofia', 1, '/entregas'),
  // The sheet stands for itself: in a language of its own, under the project's name.
  ...['es', 'en'].flatMap((lang) => quarter('sofia', 1, `/entregas/ficha/${lang}`).map((s) => ({ ...s, lang }))),
  ...of('sara', '/datos', '/presupuesto', '/resultados/publicaciones'),
  ...of('sofia', '/resultados/publicaciones'),
  { who: 'sofia', path: '/resultados/publicaciones', state: 'something to mend', status: 422, reach: async (v) => { await v.page.goto('/resultados/publicaciones'); return send(v.page, '/resultados/publicaciones', { recipient: '' }, v); } },
  { who: 'sara', path: '/resultados/publicaciones/', state: 'one that waits', reach: async (v) => {
    await v.page.goto('/resultados/publicaciones');
    return follow(v.page, () => v.page.locator('main a[href^="/resultados/publicaciones/"]').first().click());
  } },
  { who: 'sofia', path: '/resultados/publicaciones/', state: 'a kept answer that may be corrected', reach: async (v) => {
    await v.page.goto('/datos');
    await v.page.goto('/resultados/publicaciones');
    return follow(v.page, () => v.page.locator('main a[href^="/resultados/publicaciones/"]').last().click());
  } },
  ...of('lucia', '/directorio', '/directorio?servicio=psychology&municipio=GT0108', '/directorio/{institution}'),
  ...of('nora', '/directorio?retiradas=si', '/directorio/nueva', '/directorio/{institution}', '/directorio/traer'),
  { who: 'nora', path: '/directorio/nueva', state: 'something to mend', status: 422, reach: async (v) => { await v.page.goto('/directorio/nueva'); return send(v.page, '/directorio', { name: '', phone: 'x' }, v); } },
  { who: 'nora', path: '/directorio/traer', state: 'what a file brings', reach: async (v) => {
    await v.page.goto('/directorio/traer');
    const rows = ['', 'Consultorio de ejemplo'].map((name) => ({ id: '10000000-0000-4000-8000-000000000077', name, status: 'active' }));
    await v.page.locator('[name=file]').setInputFiles({ name: 'd.json', mimeType: 'application/json', buffer: Buffer.from(JSON.stringify(rows)) });
    return send(v.page, '/directorio/traer', {}, v);
  } },
  ...of('lucia', '/servicios', '/servicios/circulo-k1', '/horas', '/casos/{luz}/informe?para={court}', '/casos/{luz}/informe/{report}'),
  { who: 'lucia', path: '/servicios/circulo-k1', state: 'a saved list to correct', status: 422, reach: async (v) => {
    await v.page.goto('/servicios/circulo-k1');
    await follow(v.page, () => v.page.locator('main table a').first().click());
    return send(v.page, v.page.locator('main form[action^="/servicios/circulo-k1/"]'), {}, v);
  } },
  ...of('abel', '/casos/{baker}/apoyo', '/casos/{baker}/avance', '/casos/{baker}/cursos'),
  ...of('amalia', '/hoy', '/servicios', '/servicios/pan-m1', '/horas'),
  ...of('carmen', '/hoy', '/casos/{baker}/apoyo', '/presupuesto'),
  ...of('irma', '/casos/{luz}/informe'),
  { who: 'abel', path: '/casos/{baker}/apoyo', state: 'something to mend', status: 422, reach: async (v, at) => { await v.page.goto(`/casos/${at.baker}/apoyo`); return send(v.page, '/apoyo', { kind: 'voucher', amount: '12,50', purpose: 'Levadura' }, v); } },
  { who: 'lucia', path: '/horas', state: 'something to mend', status: 422, reach: async (v) => { await v.page.goto('/horas'); return send(v.page, '/horas', { service: 'social_work', minutes: 'un rato' }, v); } },
  { who: 'lucia', path: '/casos/{luz}/avance', state: 'something to mend', status: 422, reach: async (v, at) => { await v.page.goto(`/casos/${at.luz}/avance`); return send(v.page, '/avance', {}, v); } },
  ...of('julio', '/casos/{luz}/ruta', '/casos/{luz}/ruta?fila=R39&paso=start', '/casos/{luz}/ruta/imprimir'),
  ...of('blanca', '/ruta', '/ruta?poblacion=adult&quien=everyone'),
  ...of('sofia', '/datos/ruta?meses=12'),
  { who: 'julio', path: '/casos/{luz}/ruta', state: 'something to mend', status: 422, reach: async (v, at) => { await v.page.goto(`/casos/${at.luz}/ruta?paso=start`); return send(v.page, '/ruta', { row: 'R39', what: 'stop' }, v); } },
  ...of('rolando', '/oficina', '/oficina/recibir', '/oficina/llamada', '/oficina/visita', '/oficina/actividad', '/oficina/reuniones', '/oficina/informe', '/avisos', '/traspaso'),
  ...of('rolando', '/oficina/personas/{came}', '/oficina/llamadas/{called}', '/oficina/visitas/{planned}', '/oficina/reuniones/{met}', '/oficina/reuniones/{met}/acta'),
  ...Object.entries({ recibir: { name: 'Sin asunto' }, llamada: { number: 'x' }, visita: { kind: 'home', on: { day: 1, month: 1, year: 2020 } }, actividad: { kind: 'talk' }, reuniones: {} }).map(([part, values]) => ({ who: 'rolando', path: `/oficina/${part}`, state: 'something to mend', status: 422, reach: async (v) => { await v.page.goto(`/oficina/${part}`); return send(v.page, `/oficina/${part}`, values, v); } })),
  ...of('sofia', '/datos/oficina?meses=12'),
  ...of('diego', '/capacitacion', '/capacitacion/curriculos', '/capacitacion/cursos/nuevo', '/capacitacion/cursos/{course}', '/capacitacion/cursos/{course}/datos', '/capacitacion/cursos/{course}/personas', '/capacitacion/cursos/{course}/gafetes', '/capacitacion/cursos/{course}/sesiones/4', '/capacitacion/cursos/{course}/sesiones/1', '/capacitacion/hojas', '/capacitacion/hojas/{sheet}', '/capacitacion/hojas/{sheet}/imprimir', '/capacitacion/personas', '/capacitacion/personas/nueva', '/capacitacion/personas/{trainee}'),
  ...of('sofia', '/capacitacion', '/capacitacion/cursos/{course}', '/capacitacion/cursos/{course}/sesiones/1'),
  { who: 'sofia', path: '/capacitacion/personas', status: 403 },
  { who: 'diego', path: '/capacitacion/cursos/nuevo', state: 'something to mend', status: 422, reach: async (v) => { await v.page.goto('/capacitacion/cursos/nuevo'); return send(v.page, '/cursos/nuevo', { threshold: '120' }, v); } },
  { who: 'diego', path: '/capacitacion/hojas/{sheet}', state: 'something to mend', status: 422, reach: async (v, at) => { await v.page.goto(`/capacitacion/hojas/${at.sheet}`); return send(v.page, `/hojas/${at.sheet}`, { 'name-44': 'Nadie Inventada', 'institution-44': 'zzz' }, v); } },
  { who: 'diego', path: '/capacitacion/personas/nueva', state: 'perhaps there', status: 422, reach: async (v, at) => { await v.page.goto(`/capacitacion/personas/${at.trainee}`); const name = await v.page.locator('main h1').innerText(); await v.page.goto('/capacitacion/personas/nueva'); return send(v.page, '/personas/nueva', { name, institution: 'mp' }, v); } },
  { who: 'nobody', path: '/asistir/NADA', status: 410 },
  { who: 'nobody', path: '/asistir/pantalla/{wall}' },
  { who: 'nobody', path: '/asistir/', state: 'asked', reach: async (v, at) => { await v.page.goto(`/asistir/pantalla/${at.wall}`); return v.page.goto(new URL((await v.page.locator('.code').innerText()).trim()).pathname); } },
  ...of('sofia', '/datos/tablero', ...['programa', 'referencias', 'ocupacion', 'plazos', 'metas', 'servicios', 'territorio', 'tendencias', 'capacitacion', 'indicadores'].map((view) => `/datos/tablero/${view}?meses=36`)),
  // Whoever decides, and whoever may open files, sees more.
  ...of('sara', '/datos/tablero/programa'),
  ...of('sofia', '/datos/tablero/referencias?meses=36&origen=health'),
  ...of('nora', '/datos/tablero/plazos'),
  ...of('sofia', '/bitacora/nueva?de=trend&a=tablero'),
  ...of('tomas', '/traspaso'),
  { who: 'nora', path: '/traspaso', state: 'something to mend', status: 422, reach: async (v) => { await v.page.goto('/traspaso'); return send(v.page, '/traspaso', {}, v); } },
  ...['', '/hoja'].map((part) => ({ who: 'sara', path: '/traspaso/', state: part || 'begun', reach: async (v) => {
    await v.page.goto('/traspaso');
    const who = async (name, field) => v.page.locator(`[name=${field}] option`).filter({ hasText: name }).first().getAttribute('value');
    // The first of them begins it; the others find it open.
    if (!(await v.page.locator('main a[href^="/traspaso/"]').filter({ hasText: 'Pilar' }).count())) await send(v.page, '/traspaso', { leaver: await who('Pilar', 'leaver'), successor: await who('Carmen', 'successor') }, v);
    await v.page.goto('/traspaso');
    const one = await v.page.locator('main a[href^="/traspaso/"]').filter({ hasText: 'Pilar' }).first().getAttribute('href');
    return v.page.goto(`${one}${part}`);
  } })),
  ...of('julio', '/ruta/firma/country', '/ruta/firma/own/P05', '/ruta/firma/country/R23', '/ruta/firma/country/cal-court'),
  { who: 'julio', path: '/cuenta/calendario', state: 'the address, once', reach: async (v) => { await v.page.goto('/cuenta/calendario'); return send(v.page, '/cuenta/calendario', {}, v); } },
  { who: 'julio', path: '/casos/{luz}/audiencias', state: 'an invitation, looked at', reach: async (v, at) => {
    await v.page.goto(`/casos/${at.luz}/audiencias`);
    const event = (start, rule) => `BEGIN:VEVENT\nUID:${start}\nDTSTART:${start}\nSUMMARY:Audiencia\n${rule}END:VEVENT\n`;
    return send(v.page, '/invitacion', { text: `BEGIN:VCALENDAR\n${event('20390104T090000', 'RRULE:FREQ=WEEKLY;COUNT=2\n')}${event('20200101T090000', '')}${event('20390104', '')}END:VCALENDAR` }, v);
  } },
  ...of('nora', '/red', '/red/nueva', '/red/actividades', '/red/actividades/nueva', '/lecciones', '/lecciones/avoid', '/bitacora', '/bitacora/boleta', ...['supervision', 'open', 'adviser', 'decision', 'trend'].map((kind) => `/bitacora/nueva?de=${kind}`)),
  ...of('rolando', '/red', '/bitacora'),
  ...of('nobody', '/opinion/K1', '/opinion/K1?gracias=si'),
  ...of('sara', '/cierre'),
  { who: 'nobody', path: '/red/mi/NADA', status: 410 },
  { who: 'nora', path: '/red/nueva', state: 'something to mend', status: 422, reach: async (v) => { await v.page.goto('/red/nueva'); return send(v.page, '/red', { reach: 'x'.repeat(130) }, v); } },
  { who: 'nora', path: '/bitacora/nueva', state: 'something to mend', status: 422, reach: async (v) => { await v.page.goto('/bitacora/nueva?de=open'); return send(v.page, '/bitacora', { hours: 'muchas' }, v); } },
  { who: 'nora', path: '/bitacora/boleta', state: 'something to mend', status: 422, reach: async (v) => { await v.page.goto('/bitacora/boleta'); return send(v.page, '/bitacora/boleta', {}, v); } },
  { who: 'nobody', path: '/opinion/K1', state: 'something to mend', status: 422, reach: async (v) => { await v.page.goto('/opinion/K1'); return send(v.page, '/opinion/K1', {}, v); } },
  { who: 'sara', path: '/cierre', state: 'something to mend', status: 422, reach: async (v) => {
    await v.page.goto('/cierre');
    // Nothing is chosen, also when a walk has chosen meanwhile.
    return send(v.page, v.page.locator('main form').first(), { choice: '' }, v);
  } },
  { who: 'nora', path: '/lecciones/avoid', state: 'answered', reach: async (v) => { await v.page.goto('/lecciones/avoid'); return send(v.page, '/lecciones/avoid', { answer: '0' }, v); } },
  ...['', '/material', '/tarjeta'].map((part) => ({ who: 'nora', path: '/red/', state: part || 'a partner', status: part === '/material' ? 422 : 200, reach: async (v) => {
    await v.page.goto('/red');
    const one = await v.page.locator('main td a, main th a').filter({ hasText: 'Hermana Ruth' }).first().getAttribute('href');
    const response = await v.page.goto(one);
    return part ? send(v.page, `${one}${part}`, {}, v) : response;
  } })),
  ...['held', 'to come'].map((state) => ({ who: 'nora', path: '/red/actividades/', state, reach: async (v) => {
    await v.page.goto('/red/actividades');
    return follow(v.page, () => v.page.locator('main ul.tasks a')[state === 'held' ? 'last' : 'first']().click());
  } })),
  ...['the number', 'a wrong number', 'her page', 'a lesson', 'a lesson, answered'].map((state, n) => ({ who: 'nobody', path: '/red/mi/', state, status: n === 1 ? 422 : 200, reach: async (v) => {
    const { own, number } = await partner();
    const response = await v.page.goto(own);
    if (n === 0) return response;
    const opened = await send(v.page, own, { number: n === 1 ? '1' : number }, v);
    if (n < 3) return opened;
    const lesson = await v.page.goto(`${own}/leccion/tell`);
    return n === 3 ? lesson : send(v.page, '/leccion/tell', { answer: '1' }, v);
  } })),
  ...of('luz', '/mi-plan', '/cuenta'),
  ...of('tomas', '/ajustes/cuentas'),
  { who: 'sofia', path: '/casos', status: 403 },
  { who: 'lucia', path: '/desbloquear', state: 'locked', alone: true, reach: async (v) => { await v.page.goto('/hoy'); return send(v.page, '/bloquear', {}, { ...v, button: 'shell-lock' }); } },
];

/** A partner of the network with a card of this run: the address of her page, and her number. */
async function partner() {
  const nora = await as('nora');
  await nora.page.goto('/red/nueva');
  await send(nora.page, '/red', { name: canary('card'), kind: 'market', place: 'market', municipality: 'GT0920', language: 'mam' });
  await send(nora.page, '/tarjeta', {}, { button: 'network-card-make' });
  const own = new URL((await nora.page.locator('.address').allInnerTexts())[1]).pathname;
  const number = await nora.page.locator('.code').innerText();
  await nora.close();
  return { own, number };
}

/** Codes and ids that the table names, and the chosen names that must be in no title. */
export async function discover() {
  const [lucia, julio, nobody] = [await as('lucia'), await as('julio'), await visitor()];
  const at = {};
  const href = async (v, path, pattern, n = 0) => {
    await v.page.goto(path);
    const all = await v.page.locator('main a').evaluateAll((links) => links.map((a) => a.getAttribute('href')));
    const found = all.map((h) => pattern.exec(h)?.[1]).filter(Boolean)[n];
    assert.ok(found, `no link on ${path} is like ${pattern}`);
    return found;
  };
  // Walks may name Julio on other cases meanwhile: hers is told by her name.
  at.luz = (await fileOfLuz()).split('/').pop();
  at.closed = await href(lucia, '/casos/cerrados', /^\/casos\/(C-\w{5})$/);
  at.own = await href(lucia, '/casos', /^\/casos\/(C-\w{5})$/);
  at.goal = await href(lucia, `/casos/${at.luz}/plan`, /\/plan\/([0-9a-f-]{36})$/);
  at.note = await href(lucia, `/casos/${at.luz}/cronologia?pagina=2`, /\/corregir\/([0-9a-f-]{36})$/);
  at.institution = await href(lucia, '/directorio', /^\/directorio\/([0-9a-f-]{36})$/);
  const blanca = await as('blanca');
  at.resident = await href(blanca, '/casa', /^\/casa\/(C-\w{5})$/);
  at.coming = await href(blanca, '/casa', /^\/casa\/recibir\?codigo=(C-\w{5})$/);
  await blanca.close();
  at.hearing = await href(julio, `/casos/${at.luz}/audiencias`, /\/audiencias\/([0-9a-f-]{36})\/explicar$/);
  at.request = await href(lucia, `/casos/${at.luz}/relatos`, /\/relatos\/([0-9a-f-]{36})\/carta$/);
  at.proceeding = await href(julio, `/casos/${at.luz}/audiencias`, /\/procesos\/([0-9a-f-]{36})$/);
  at.report = await href(lucia, `/casos/${at.luz}/informe`, /\/informe\/([0-9a-f-]{36})$/);
  at.court = await lucia.page.locator('[name=para] option').filter({ hasText: 'Fiscalía' }).first().getAttribute('value');
  const diego = await as('diego');
  // The first one listed runs today.
  at.course = await href(diego, '/capacitacion', /^\/capacitacion\/cursos\/(F-\w{5})\/sesiones\/4$/);
  at.sheet = await href(diego, `/capacitacion/cursos/${at.course}`, /^\/capacitacion\/hojas\/(H-\w{5})$/);
  at.trainee = await href(diego, `/capacitacion/cursos/${at.course}/personas`, /^\/capacitacion\/personas\/(T-\w{6})$/);
  at.wall = await href(diego, `/capacitacion/cursos/${at.course}/sesiones/4`, /^\/asistir\/pantalla\/(\w+)$/);
  await diego.close();
  const carmen = await as('carmen');
  // What waits for a decision is the bakery's scale.
  at.baker = await href(carmen, '/hoy', /^\/casos\/(C-\w{5})\/apoyo$/);
  await carmen.close();
  const nora = await as('nora');
  at.version = await href(nora, '/ajustes/formularios', /\/conversation-guide\/(.+)$/);
  at.template = await href(nora, '/plantillas', /^\/plantillas\/([0-9a-f-]{36})$/);
  at.visit = await href(nora, '/clinica', /^\/clinica\/visitas\/([0-9a-f-]{36})$/);
  await nora.close();
  const rolando = await as('rolando');
  at.came = await href(rolando, '/oficina', /^\/oficina\/personas\/([0-9a-f-]{36})$/);
  at.called = await href(rolando, '/oficina', /^\/oficina\/llamadas\/([0-9a-f-]{36})$/);
  at.planned = await href(rolando, '/oficina', /^\/oficina\/visitas\/([0-9a-f-]{36})$/);
  at.met = await href(rolando, '/oficina/reuniones', /^\/oficina\/reuniones\/([0-9a-f-]{36})$/);
  await rolando.close();
  const words = canary('screen');
  at.receipt = await alert(nobody.page, { words });
  at.alert = (await find(lucia, words)).split('/').pop();
  await lucia.page.goto(`/avisos/${at.alert}`);
  await send(lucia.page, '/tomar', {}, { button: 'alert-take' });
  await lucia.page.goto(`/deteccion/${at.alert}/conversation-guide`);
  await send(lucia.page, '/conversation-guide', { 'before/agrees': 'yes', 'safety/danger_now': 'yes', 'means/debt': 'yes' }, { button: 'screening-keep' });
  at.result = new URL(lucia.page.url()).pathname.split('/').pop();
  const other = canary('free');
  await alert(nobody.page, { words: other });
  at.free = (await find(lucia, other)).split('/').pop();
  await lucia.page.goto('/casos');
  const names = await lucia.page.locator('main table a bdi').allInnerTexts();
  await Promise.all([lucia, julio, nobody].map((v) => v.close()));
  return { at, names: [...new Set(names)].filter((n) => n.length > 2) };
}

/** A packet of somebody new. */
async function packet() {
  const lucia = await as('lucia');
  const code = await open(lucia, { chosen_name: canary('packet'), ...ADULT });
  const halves = await hands(lucia, code, await allows(lucia, code, 1, ['contact', 'needs']), ['chosen_name', 'age', 'language'], 'Una consulta');
  await lucia.close();
  return halves;
}

/** The path of a screen. */
export const pathOf = (screen, at) => screen.path.replace(/\{(\w+)\}/g, (_, name) => at[name] ?? assert.fail(`{${name}} was not discovered`));
