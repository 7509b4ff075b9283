// Scenarios 4 and 7 as far as they concern terms: the lawyer notes a trigger, sees until when and whose it is, and prints it.
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { as, done } from '../lib/browser.mjs';
import { day, form, go, says, send, text } from '../lib/page.mjs';
import { canary } from '../lib/run.mjs';
import { like, t } from '../lib/words.mjs';

after(done);

test('the lawyer notes what the court received, and the clock says until when', async (s) => {
  const julio = await as('julio', { width: 360 });
  const { page } = julio;
  await page.goto('/casos');
  const luz = await page.locator('main table tr, main table li').filter({ hasText: /\bLuz\b/ }).locator('a[href^="/casos/C-"]').first().getAttribute('href');
  const path = `${luz}/ruta`;
  const cardOf = (words) => page.locator('main > .card, main .card').filter({ has: page.locator('h2', { hasText: words }) }).first();

  await s.test('what runs says why, since when, until when, whose it is, and that nobody has signed it', async () => {
    await page.goto(path);
    await says(page, 'route-text');
    const hearing = cardOf('Avisa a las partes');
    const shown = await hearing.innerText();
    for (const key of ['route-why', 'route-since', 'route-whose', 'route-basis', 'route-unsigned']) assert.ok(shown.includes(t(key)), key);
    assert.match(shown, /vence|venció/);
    assert.match(await cardOf('Celebra la nueva audiencia').innerText(), like('route-over'), 'what is over says whose delay it may be');
    assert.match(await cardOf('Presenta la revocatoria').innerText(), /en pausa desde/);
    assert.equal(await page.locator('main .card [data-mood=harm]').count(), 0, 'a term is shown as danger');
  });

  await s.test('a step that moves no clock is refused, and what was typed stays', async () => {
    const remark = canary('routestep');
    await go(page, 'route-note');
    const refused = await send(page, form(page, '/ruta'), { row: 'R39', what: 'stop', on: day(0), remark });
    assert.equal(refused.status(), 422);
    await says(page, 'problem-route-moves-nothing');
    assert.equal(await page.locator('[name=remark]').inputValue(), remark);
    assert.equal(await page.locator('[name=row]').inputValue(), 'R39');
  });

  await s.test('she says that it began: the clock runs, and is on her page of today when its term is near', async () => {
    const kept = await send(page, form(page, '/ruta'), { what: 'start', on: day(-1), time: '00:05' });
    assert.equal(kept.status(), 200, (await page.locator('.wrong').allInnerTexts()).join());
    const shown = await cardOf('reparación digna').innerText();
    assert.ok(shown.includes('Juzgado') && shown.includes(t('route-unsigned')));
    assert.match(shown, /hasta el final del/);
    await page.goto('/hoy');
    assert.match(await text(page), like('route-today'));
    assert.ok(await page.locator(`main a[href="${path}"]`).count() > 0);
  });

  await s.test('on paper stands every clock with its mark, and no name', async () => {
    await page.goto(path);
    const running = [...(await text(page)).matchAll(/\(([RP]\d\d)\)/g)].map((m) => m[0]);
    assert.ok(running.length > 3);
    await go(page, 'route-print');
    const sheet = await text(page);
    for (const row of running) assert.ok(sheet.includes(row), `${row} is not on paper`);
    assert.ok(!/\bLuz\b/.test(sheet), 'the sheet names her');
    const rows = await page.locator('main section.sheet').allInnerTexts();
    assert.ok(rows.length > 3);
    for (const row of rows) assert.ok(row.includes(t('route-unsigned')), row);
  });

  await s.test('noted by mistake: it stays on record, and the clock is gone', async () => {
    await page.goto(path);
    const mine = page.locator('details .card').filter({ hasText: 'R39' }).filter({ has: page.locator('form') }).first();
    await send(page, mine.locator('form'));
    assert.equal(await cardOf('reparación digna').locator('dl').count(), 0);
    assert.match(await page.locator('main').textContent(), like('state-route_step-mistake'));
  });
  await julio.close();
});

test('the whole route is there for anybody who is signed in; days of institutions only for groups', async () => {
  const [blanca, sofia] = [await as('blanca'), await as('sofia')];
  await blanca.page.goto('/ruta');
  const rows = await blanca.page.locator('main table tbody tr').allInnerTexts();
  assert.equal(rows.length, 47 + 14);
  for (const row of rows) assert.ok(row.includes(t('route-unsigned')), row);
  await blanca.page.goto('/ruta?poblacion=adult&quien=everyone');
  assert.equal(await blanca.page.locator('main table tbody tr').count(), 3);
  await sofia.page.goto('/datos/ruta?meses=12');
  const shown = await text(sofia.page);
  assert.match(shown, /R23/);
  assert.ok(!/C-\w{5}/.test(shown), 'a number leads to a case');
  const refused = await blanca.page.goto('/datos/ruta');
  assert.ok(refused.status() >= 400);
  await Promise.all([blanca, sofia].map((v) => v.close()));
});
