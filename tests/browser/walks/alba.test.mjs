// Scenario 4: she is back after ten months. Rest, quiet screening, health, a plan before home, nobody who must not know.
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { as, done } from '../lib/browser.mjs';
import { day, form, go, open, says, send, text } from '../lib/page.mjs';
import { canary } from '../lib/run.mjs';
import { t } from '../lib/words.mjs';

after(done);

test('scenario 4, Alba-Keneth found', async (s) => {
  const lucia = await as('lucia');
  const name = canary('sought');
  const code = await open(lucia, { chosen_name: name });
  const file = `/casos/${code}/busqueda`;

  await s.test('PGN started an alert ten months ago: it is noted, and its clock runs', async () => {
    await lucia.page.goto(file);
    await says(lucia.page, 'seek-none');
    const empty = await send(lucia.page, '/busqueda', { alert: 'alba_keneth' });
    assert.equal(empty.status(), 422);
    assert.equal(await lucia.page.locator('[name=alert]').inputValue(), 'alba_keneth', 'nothing typed is lost');
    const to = await form(lucia.page, '/busqueda').locator('[name=institution] option').filter({ hasText: 'Delegación de la niñez' }).first().getAttribute('value');
    const noted = await send(lucia.page, '/busqueda', { institution: to, on: day(-300) });
    assert.equal(noted.status(), 200, await text(lucia.page));
    await says(lucia.page, 'state-search-open');
    await lucia.page.goto(`/casos/${code}/ruta`);
    assert.match(await text(lucia.page), /R01/);
    await lucia.page.goto(file);
  });

  await s.test('she is back: what to do, in its order, and nobody asks her first', async () => {
    const early = await send(lucia.page, `${lucia.page.url().split('/').at(-1)}/${await search()}`, { found: day(-301), how: 'by_herself' });
    assert.equal(early.status(), 422);
    await says(lucia.page, 'problem-search-before');
    assert.equal((await send(lucia.page, `/busqueda/${await search()}`, { found: day(0) })).status(), 200, await text(lucia.page));
    const steps = await lucia.page.locator('main ol > li strong').allInnerTexts();
    const order = ['rest', 'screening', 'health', 'safety', 'not-told', 'conversation', 'letter'].map((c) => t(`task-back-${c}`));
    assert.deepEqual(steps, order);
    await says(lucia.page, 'seek-back-rest');
    assert.equal(await lucia.page.locator('main a[href*="/deteccion/"]').getAttribute('href').then((h) => h.endsWith('observation-community')), true, 'signs are looked for without questions');
  });
  async function search() {
    const to = await lucia.page.locator('main form[action*="/busqueda/"]').first().getAttribute('action');
    return to.split('/busqueda/')[1].split('/')[0];
  }

  await s.test('a step is marked as done here', async () => {
    const rest = lucia.page.locator('main form[action*="/tareas/"]').first();
    assert.equal((await send(lucia.page, rest)).status(), 200, await text(lucia.page));
    assert.match(lucia.page.url(), /\/busqueda$/);
    await says(lucia.page, 'missing-done');
  });

  await s.test('home only with a safety plan made since', async () => {
    const home = await send(lucia.page, '/fin', { goes_to: 'home' });
    assert.equal(home.status(), 422);
    await says(lucia.page, 'problem-search-plan-first');
    await lucia.page.goto(`/casos/${code}/seguridad`);
    assert.equal((await send(lucia.page, '/seguridad', { level: 'medium', now: 'No sola' })).status(), 200, await text(lucia.page));
    await lucia.page.goto(file);
  });

  await s.test('the letter asks to end the alert, and says nothing else of her', async () => {
    assert.equal((await send(lucia.page, '/carta')).status(), 200, await text(lucia.page));
    const letter = await text(lucia.page);
    assert.ok(!letter.includes(name), 'not even how she is called');
    await says(lucia.page, 'seek-letter-take-down');
    await go(lucia.page, 'back');
    assert.equal((await send(lucia.page, '/fin', { goes_to: 'home' })).status(), 200, await text(lucia.page));
    await says(lucia.page, 'state-search-closed');
    await lucia.page.goto(`/casos/${code}/permisos`);
    await says(lucia.page, 'search-tells-back');
  });
  await lucia.close();
});
