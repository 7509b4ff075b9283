// Who may open a file: not whoever has a conflict of interest, in an emergency with a reason, and always seen.
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { as, done } from '../lib/browser.mjs';
import { ask, cookies } from '../lib/checks.mjs';
import { day, form, go, open, says, send, text } from '../lib/page.mjs';
import { canary } from '../lib/run.mjs';
import { like, t } from '../lib/words.mjs';

after(done);

/** An answer without what differs from one request to the next. */
function plain(answer) {
  const headers = Object.fromEntries(Object.entries(answer.headers).filter(([name]) => name !== 'date'));
  return { status: answer.status, headers, text: answer.text.replace(/name="(csrf|once)" value="[^"]*"/g, '$1') };
}
const team = (page, what) => page.locator(`form[action$="/equipo"]:has([value="${what}"])`).last();

test('a file that is not hers looks like one that does not exist', async () => {
  const [lucia, teresa] = [await as('lucia'), await as('teresa')];
  const code = await open(lucia, { chosen_name: canary('hersonly') });
  const jar = await cookies(teresa);
  for (const section of ['', '/plan', '/permisos', '/accesos', '/psicologia', '/legal', '/identidad', '/cierre', `/plan/${crypto.randomUUID()}`]) {
    const [hers, none] = [await ask(`/casos/${code}${section}`, { cookies: jar }), await ask(`/casos/C-22222${section}`, { cookies: jar })];
    assert.equal(hers.status, 404, section);
    assert.deepEqual(plain(hers), plain(none), `${section}: the two pages differ`);
  }
  const id = await lucia.page.locator('a[href*="/deteccion/"]').first().getAttribute('href').then((h) => h.split('/')[2]);
  const [hers, none] = [await ask(`/casos/de/${id}`, { cookies: jar }), await ask(`/casos/de/${crypto.randomUUID()}`, { cookies: jar })];
  assert.deepEqual(plain(hers), plain(none), 'by id the two pages differ');
  for (const path of ['cronologia', 'seguridad', 'cierre', 'relatos']) {
    const csrf = await teresa.page.locator('form[action="/bloquear"] [name=csrf]').inputValue();
    const post = (c) => ask(`/casos/${c}/${path}`, { method: 'POST', cookies: jar, body: { csrf, once: crypto.randomUUID() } });
    assert.deepEqual(plain(await post(code)), plain(await post('C-22222')), `a form to ${path} is answered otherwise`);
  }
  await lucia.close();
  await teresa.close();
});

test('a conflict of interest closes the file, whatever the role', async (s) => {
  const [lucia, nora, abel] = [await as('lucia'), await as('nora'), await as('abel')];
  const code = await open(lucia, { chosen_name: canary('blocked') });
  const abelId = async () => nora.page.locator('[name=account] option').filter({ hasText: 'Abel' }).first().getAttribute('value');

  await s.test('named to the team, he opens it', async () => {
    await nora.page.goto(`/casos/${code}/equipo`);
    await send(nora.page, team(nora.page, 'name'), { account: await abelId() });
    const response = await abel.page.goto(`/casos/${code}`);
    assert.equal(response.status(), 200);
  });

  await s.test('blocked, there is nothing for him any more: no file, no line in a list, no search, no emergency', async () => {
    await nora.page.goto(`/casos/${code}/equipo`);
    assert.match(await team(nora.page, 'block').innerText(), like('block-consequence'));
    await send(nora.page, team(nora.page, 'block'), { account: await team(nora.page, 'block').locator('option').filter({ hasText: 'Abel' }).getAttribute('value') });
    const jar = await cookies(abel);
    assert.deepEqual(plain(await ask(`/casos/${code}`, { cookies: jar })), plain(await ask('/casos/C-22222', { cookies: jar })));
    await abel.page.goto('/casos');
    assert.ok(!(await text(abel.page)).includes(code));
    await send(abel.page, '/buscar', { words: code });
    assert.equal(await abel.page.locator(`main a[href$="${code}"]`).count(), 0, 'the search finds it');
    await abel.page.goto('/emergencia');
    const tried = await send(abel.page, '/emergencia', { code, category: 'life_in_danger', reason: `Me llamó de noche. ${canary('reason')}` });
    const blocked = await text(abel.page);
    await abel.page.goto('/emergencia');
    const never = await send(abel.page, '/emergencia', { code: 'C-22222', category: 'life_in_danger', reason: `Me llamó de noche. ${canary('reason')}` });
    assert.equal(tried.status(), never.status());
    assert.equal(blocked, await text(abel.page), 'the answer tells that the case exists');
  });
  await Promise.all([lucia, nora, abel].map((v) => v.close()));
});

test('emergency access, its review, and scenario 17, «A leak»', async (s) => {
  const [lucia, nora, teresa] = [await as('lucia'), await as('nora'), await as('teresa')];
  const [name, reason, note] = [canary('leaked'), canary('why'), canary('leaknote')];
  const code = await open(lucia, { chosen_name: name });
  await lucia.page.goto(`/casos/${code}/cronologia`);
  await send(lucia.page, '/cronologia', { kind: 'note', text: `Algo que no debe salir de aquí. ${note}`, on: day(0) });

  await s.test('the page where she is not let in leads to the emergency', async () => {
    await teresa.page.goto(`/casos/${code}`);
    await go(teresa.page, 'emergency-link');
  });

  await s.test('not without a reason in words', async () => {
    const response = await send(teresa.page, '/emergencia', { code, category: 'missing', reason: 'urge' });
    assert.equal(response.status(), 422);
    await says(teresa.page, 'problem-reason-words');
    assert.equal(await teresa.page.locator('[name=code]').inputValue(), code);
  });

  await s.test('with one, the file opens: the shared part only', async () => {
    await send(teresa.page, '/emergencia', { reason: `No volvió de la escuela. ${reason}` });
    assert.equal(new URL(teresa.page.url()).pathname, `/casos/${code}`);
    assert.ok((await text(teresa.page)).includes(name));
    for (const section of ['psicologia', 'legal', 'identidad']) {
      const response = await teresa.page.goto(`/casos/${code}/${section}`);
      assert.ok([403, 404].includes(response.status()), `${section} opens in an emergency (${response.status()})`);
    }
  });

  await s.test('the coordinator is told the same day and reviews it; nobody reviews her own', async () => {
    await nora.page.goto('/hoy');
    await says(nora.page, 'today-reviews');
    await nora.page.goto('/revision');
    assert.ok((await text(nora.page)).includes(reason));
    const card = nora.page.locator('main .card').filter({ hasText: reason });
    await send(nora.page, card.locator('form'), {}, { button: 'review-justified' });
    assert.ok(!(await text(nora.page)).includes(reason), 'it still waits');
    const own = await teresa.page.goto('/revision');
    assert.ok([403, 404].includes(own.status()));
  });

  await s.test('«Accesos» tells who opened the file and when, and nothing of what is in it', async () => {
    await nora.page.goto(`/casos/${code}/accesos`);
    const log = await nora.page.locator('main table').innerText();
    for (const who of ['Lucía', 'Teresa', 'Nora']) assert.ok(log.includes(who), `${who} is not in the log`);
    for (const what of [name, note, reason]) assert.ok(!log.includes(what), `the log has ${what}`);
    const row = await nora.page.locator('main tbody tr').filter({ hasText: 'Teresa' }).allInnerTexts();
    assert.ok(row.length >= 2, `the emergency and the reading are ${row.length} lines`);
    assert.ok(row.some((r) => like('access-act-emergency-open').test(r)), `no line says ${t('access-act-emergency-open')}: ${row}`);
  });

  await s.test('she too can see who saw her file', async () => {
    const luz = await as('luz');
    const shown = await text(luz.page);
    assert.match(shown, like('my-plan-seen'));
    assert.ok(!shown.includes('⟦access'), 'her own page has an entry without words');
    await luz.close();
  });
  await Promise.all([lucia, nora, teresa].map((v) => v.close()));
});

test('nobody opens by address what her role has not', async () => {
  const closed = { marta: ['/hoy', '/avisos', '/casos', '/datos', '/casa', '/revision', '/ajustes/cuentas', '/mi-plan'], sofia: ['/avisos', '/casos', '/casa', '/ajustes/cuentas', '/mi-plan'], blanca: ['/avisos', '/casos', '/datos', '/casos/nuevo'], tomas: ['/avisos', '/casos', '/datos', '/casa', '/supervision'], luz: ['/avisos', '/casos', '/datos', '/ajustes/cuentas'], lucia: ['/datos', '/ajustes/cuentas', '/supervision', '/revision', '/casa', '/casa/recibir', '/mi-plan'], rosa: ['/casa', '/casa/recibir', '/casa/sin-cama'], irma: ['/casa', '/casa/recibir'], abel: ['/casa/recibir'] };
  for (const [who, paths] of Object.entries(closed)) {
    const v = await as(who);
    const jar = await cookies(v);
    for (const path of paths) {
      const answer = await ask(path, { cookies: jar });
      const landed = answer.status === 303 && !answer.headers.location.startsWith(path);
      assert.ok(landed || [403, 404].includes(answer.status), `${who} opens ${path}: ${answer.status}`);
    }
    await v.close();
  }
});
