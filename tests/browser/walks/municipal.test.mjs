// A day at the desk of a Municipal Protection Office: three taps, the keyboard, a phone; and what an officer of a mayor never sees.
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { as, done } from '../lib/browser.mjs';
import { day, follow, form, go, says, send, text } from '../lib/page.mjs';
import { canary } from '../lib/run.mjs';
import { t } from '../lib/words.mjs';

after(done);

/** What waits on the desk and holds a text. */
const due = (page, words) => page.locator('main ul.tasks > li').filter({ hasText: words });

test('an officer works through a day', async (s) => {
  const rolando = await as('rolando');
  const page = rolando.page;
  const name = `Ana D'${canary('office')}`;
  const press = async (where, key = 'Enter') => { await where.focus(); await page.keyboard.press(key); };

  await s.test('he lands on his desk and receives somebody without a name, in three keys', async () => {
    assert.equal(new URL(page.url()).pathname, '/oficina');
    await press(page.locator('main a[href="/oficina/recibir"]'));
    await page.waitForURL(/recibir$/);
    await press(page.locator('[name=about][value=job_offer]'), 'Space');
    await press(form(page, '/oficina/recibir').locator('button').first());
    await page.waitForURL(/personas\/[0-9a-f-]{36}/);
    await says(page, 'office-person-title');
    await says(page, 'office-received');
  });

  await s.test('from there he gives the alert that the programme answers, and she tells nothing twice', async () => {
    const person = new URL(page.url()).pathname;
    await go(page, 'office-give-alert');
    await send(page, '/avisos/nuevo', { channel: 'person', reporter: 'official', signs: ['no_papers'], age_group: 'adolescent', since: 'days', certainty: 'told', municipality: 'GT0108' });
    assert.equal(new URL(page.url()).pathname, person);
    await follow(page, () => page.locator('main a[href^="/avisos/"]').first().click());
    await send(page, '/tomar', {}, { button: 'alert-take' });
    await says(page, 'alert-pass-text');
    assert.equal(await page.locator('main a[href^="/casos/nuevo"], main a[href^="/deteccion"]').count(), 0);
    await send(page, '/pasar', {}, { button: 'alert-pass' });
    await page.goto(person);
    await says(page, 'alert-state-received');
  });

  await s.test('at 360 pixels: a name with an apostrophe, sent somewhere; what is missing is said and nothing is lost', async () => {
    await page.setViewportSize({ width: 360, height: 740 });
    await page.goto('/oficina');
    await go(page, 'office-receive');
    const bad = await send(page, '/oficina/recibir', { about: 'violence_home', done: ['referred'], name, remark: 'Vuelve el martes; trae a su hermana' });
    assert.equal(bad.status(), 422);
    await says(page, 'problem-office-sent');
    assert.equal(await page.locator('[name=name]').inputValue(), name);
    const to = await page.locator('[name=sent_to] option').filter({ hasText: 'El Mirador' }).getAttribute('value');
    await send(page, '/oficina/recibir', { sent_to: to });
    await page.goto('/oficina');
    assert.match(await due(page, name).innerText(), /El Mirador/);
    assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), 'wider than the phone');
    await follow(page, () => due(page, name).locator('a').first().click());
    await send(page, new URL(page.url()).pathname, { result: 'attended' });
    assert.equal(await due(page, name).count(), 0);
  });

  await s.test('a call that nobody answers comes back, is answered, and what they said is asked about', async () => {
    await page.setViewportSize({ width: 1280, height: 800 });
    await page.goto('/oficina');
    await go(page, 'office-call');
    const number = `0000-${String(Math.floor(Math.random() * 9000) + 1000)}`;
    const bad = await send(page, '/oficina/llamada', { number: 'pregunte' });
    assert.equal(bad.status(), 422);
    await says(page, 'problem-office-number');
    await send(page, '/oficina/llamada', { number });
    const waits = due(page, number);
    await press(waits.locator('a').first());
    await page.waitForURL(/llamadas\//);
    const one = new URL(page.url()).pathname;
    await send(page, one, { said: 'will_go', until: 'today' });
    await says(page, 'problem-office-answered-by');
    await send(page, one, { answered_by: "Licda. O'Higgins" });
    await follow(page, () => due(page, number).locator('a').first().click());
    assert.ok((await text(page)).includes("O'Higgins"));
    await send(page, '/cumplio', {}, { button: 'office-kept' });
    assert.equal(await due(page, number).count(), 0);
  });

  await s.test('a visit without transport, and a fair that is counted without names', async () => {
    await page.goto('/oficina/visita');
    await send(page, '/oficina/visita', { kind: 'home', on: day(0), result: 'no_transport' });
    await page.goto('/oficina/actividad');
    const bad = await send(page, '/oficina/actividad', { kind: 'fair', with: ['council'], 'n-Feminine.12-14': 'muchas' });
    assert.equal(bad.status(), 422);
    await says(page, 'problem-office-reached');
    assert.equal(await page.locator('[name="n-Feminine.12-14"]').inputValue(), 'muchas');
    await send(page, '/oficina/actividad', { 'n-Feminine.12-14': '31', 'n-Masculine.25+': '7' });
    assert.match(await text(page), /38/);
  });

  await s.test('the commission agrees on something, it is kept, and the minutes are one sheet', async () => {
    const what = `Prestar l'aula ${canary('agreed')}`;
    await page.goto('/oficina/reuniones');
    await send(page, '/oficina/reuniones', { agenda: 'Turnos\nFeria', who: "PGN · Licda. O'Higgins" });
    const meeting = new URL(page.url()).pathname;
    await send(page, meeting, { text: what, whose: 'Escuela', until: day(3) });
    await page.goto('/oficina');
    await follow(page, () => due(page, what).getByRole('button', { name: t('office-agreement-done') }).click());
    await page.goto(`${meeting}/acta`);
    const sheet = await text(page);
    assert.ok(sheet.includes(what) && sheet.includes("O'Higgins") && sheet.includes(t('state-agreement-kept')));
  });

  await s.test('the report of the month names nobody', async () => {
    await page.goto('/oficina/informe');
    const sheet = await text(page);
    assert.ok(!sheet.includes(name) && sheet.includes(t('office-report-hidden')));
    assert.match(sheet, /38/);
  });

  await s.test('she asks that it be forgotten, and it is', async () => {
    await page.goto('/oficina');
    const link = page.locator('main a[href^="/oficina/personas/"]').filter({ has: page.locator('xpath=..').filter({ hasText: name }) }).first();
    const path = await link.count() ? await link.getAttribute('href') : await page.locator('main li').filter({ hasText: name }).locator('a').first().getAttribute('href');
    await page.goto(path);
    assert.equal((await send(page, '/olvidar', {})).status(), 422);
    await send(page, '/olvidar', { sure: ['yes'] });
    assert.ok(!(await text(page)).includes(name));
    assert.equal((await page.goto(path)).status(), 404);
  });

  await s.test('he lists nobody, sees no house and no numbers; that he asked is in the ledger', async () => {
    for (const path of ['/casos', '/datos', '/casa', '/supervision/registro', '/ajustes/cuentas']) assert.equal((await page.goto(path)).status(), 403, path);
    assert.equal((await page.goto('/casos/C-00000')).status(), 404);
    await page.goto('/traspaso');
    await says(page, 'post-none-mine');
    const sara = await as('sara');
    await sara.page.goto('/supervision/registro?acto=refused');
    const log = await text(sara.page);
    assert.ok(log.includes('Rolando') && log.includes(t('access-refused')));
  });
});
