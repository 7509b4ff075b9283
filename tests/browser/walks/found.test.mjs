// Scenario 2, «The border night»: the clinic is closed, police found four adolescents. One form by phone, one interpreter,
// the sheet for the response team, and nobody is asked twice.
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { as, done, visitor } from '../lib/browser.mjs';
import { claim, depart } from '../lib/house.mjs';
import { alert, find, go, says, send, text } from '../lib/page.mjs';
import { canary } from '../lib/run.mjs';
import { t } from '../lib/words.mjs';

after(done);

test('scenario 2, «The border night»', async (s) => {
  const [lucia, tono, blanca] = [await as('lucia', { width: 360 }), await as('marta'), await as('blanca')];
  const page = lucia.page;
  const [words, name, officer] = ['borderwords', 'bordername', 'borderofficer'].map(canary);
  let event, codes;

  await s.test('from the alert that came in by phone she reaches one form for all of them', async () => {
    const caller = await visitor();
    await caller.page.goto('/aviso?quien=official');
    await alert(caller.page, { words: `Cuatro jóvenes en un bar. ${words}` });
    await page.goto(await find(lucia, words));
    await send(page, '/tomar', {}, { button: 'alert-take' });
    await go(page, 'found-link');
    await page.getByRole('link', { name: '4', exact: true }).click();
    await page.waitForURL(/n=4/);
    assert.equal(await page.locator('[name^=chosen_name-]').count(), 4);
    // Nothing on it asks what happened to anybody.
    assert.ok(!/qué le (pasó|hicieron)/i.test((await text(page)).replaceAll(t('found-asked'), '').replaceAll(t('found-asked-yes'), '')));
  });

  await s.test('a slip at one of them is said at her field, and everything that was typed is still there', async () => {
    const sent = await send(page, '/varias', {
      found_by: 'police', place: 'bar', municipality: 'GT0920', call: `Agente D'Ejemplo, turno de noche. ${officer}`, language: 'mam', interpreter: 'wanted', site: 'K1',
      'chosen_name-1': `Rosa ${name}`, 'years-1': '14', 'tonight-1': 'M1', 'needs-1': ['rest'],
      'years-2': '150', 'asked-2': ['yes'], 'years-3': '16', 'tonight-3': 'hospital', 'needs-3': ['health'],
    });
    assert.equal(sent.status(), 422);
    assert.equal(await page.locator('[data-wrong] [name=years-2]').count(), 1);
    assert.equal(await page.locator('[name=chosen_name-1]').inputValue(), `Rosa ${name}`);
    assert.ok((await page.locator('[name=call]').inputValue()).includes(officer));
    assert.ok(await page.locator('[name=asked-2]').isChecked());
  });

  await s.test('four cases at once, by keyboard: their codes to be read out, and who was asked already', async () => {
    await page.locator('[name=years-2]').fill('15');
    await page.locator('[name=years-2]').press('Enter');
    await page.waitForURL(/\/varias\/[0-9a-f-]{36}$/);
    event = new URL(page.url()).pathname;
    await says(page, 'found-asked-text');
    codes = await page.locator('main .tasks a').allInnerTexts();
    assert.equal(new Set(codes).size, 4);
    assert.equal(await page.locator('main .tasks .tag').filter({ hasText: t('found-asked-tag') }).count(), 1);
  });

  await s.test('the sheet for the team says how many and what is urgent, no name, no code, and that nobody has verified it', async () => {
    await go(page, 'found-sheet');
    const shown = await text(page);
    await says(page, 'found-sheet-unverified');
    for (const secret of [name, officer, ...codes]) assert.ok(!shown.includes(secret), secret);
    assert.match(shown, /15-17/);
    assert.match(shown, /Mam/);
  });

  await s.test('whoever plans to ask her again is told that she was asked', async () => {
    await page.goto(`/casos/${codes[1]}/servicios`);
    assert.match(await page.locator('.told').innerText(), /1|una/);
    await page.goto(`/casos/${codes[0]}/red`);
    assert.equal(await page.locator('main a[href^="/casos/C-"]').filter({ hasText: /^C-/ }).count(), 3);
    await go(page, 'found-of');
    assert.equal(new URL(page.url()).pathname, event);
  });

  await s.test('somebody of no team does not learn that there was such a night', async () => {
    const response = await tono.page.goto(event);
    assert.ok([403, 404].includes(response.status()), `${response.status()}`);
    assert.ok(!(await tono.page.content()).includes(codes[0]));
  });

  await s.test('the house receives one of them by her code, and asks nothing again', async () => {
    await blanca.page.goto('/casa/recibir');
    const [bed] = await claim(blanca.page);
    const sent = await send(blanca.page, '/casa/recibir', { code: codes[0], bed, basis: 'police_brought' });
    assert.equal(sent.status(), 200, await text(blanca.page));
    await blanca.page.goto('/casa');
    assert.ok((await text(blanca.page)).includes(name), 'she is in the house');
    await depart(blanca.page, codes[0]);
  });
});
