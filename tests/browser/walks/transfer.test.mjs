// From one house of the programme to another: prepared, on her way, on both boards, received; nobody else sees anything.
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { as, done } from '../lib/browser.mjs';
import { claim, release } from '../lib/house.mjs';
import { follow, says, send, text } from '../lib/page.mjs';
import { like, t } from '../lib/words.mjs';

after(done);

/** Reaches something with the Tab key alone. */
async function reach(page, selector) {
  for (let n = 0; n < 90; n++) {
    if (await page.evaluate((s) => document.activeElement?.matches(s), selector)) return;
    await page.keyboard.press('Tab');
  }
  assert.fail(`the keyboard does not reach ${selector}`);
}

/** Prepares her leaving for a house, and she leaves as agreed. */
async function leaves(page, code, house) {
  await page.goto(`/casos/${code}/egreso`);
  const bad = await send(page, '/egreso', { destination: 'house', reason: 'transfer', checked: ['plan', 'medicine'] });
  assert.equal(bad.status(), 422);
  await says(page, 'problem-which-house');
  assert.equal(await page.locator('[name=destination]').inputValue(), 'house', 'what was chosen is lost');
  const kept = await send(page, '/egreso', { house });
  assert.equal(kept.status(), 200, await text(page));
  await page.goto(`/casa/${code}`);
  await page.locator('summary', { hasText: like('leave-link') }).first().click();
  assert.match(await text(page), new RegExp(`${t('leave-prepared')}[^\n]*${house}`));
  await send(page, '/sale', { hours: '0' }, { button: 'leave-planned' });
}

const card = (page, code) => page.locator('main .card').filter({ hasText: code });

test('she moves to another house: both boards know, nobody else does, and the house she left opens her file no more', async (s) => {
  const [pilar, blanca, carmen, nora] = await Promise.all(['pilar', 'blanca', 'carmen', 'nora'].map((who) => as(who)));
  const old = pilar.page;
  await old.goto('/casa');
  const her = old.locator('main .card a[href^="/casa/C-"]').filter({ visible: true });
  const link = await her.evaluateAll((all) => all.map((a) => [a.getAttribute('href'), a.innerText]).find(([to]) => /^\/casa\/C-\w{5}$/.test(to)));
  const [code, name] = [link[0].slice('/casa/'.length), link[1]];
  await leaves(old, code, 'M1');

  await s.test('the house she left says where to, and since when', async () => {
    await old.goto('/casa');
    for (const key of ['gone-title', 'way-on']) await says(old, key);
    assert.ok((await card(old, code).innerText()).includes(name));
  });

  await s.test('the house that expects her sees her name, what must not harm her, the door; nothing else opens', async () => {
    await blanca.page.goto('/casa');
    const shown = await card(blanca.page, code).innerText();
    for (const words of [name, t('house-bedside'), t('way-on'), t('coming-receive')]) assert.ok(shown.includes(words), words);
    for (const path of [`/casa/${code}`, `/casa/${code}/no-esta`]) assert.equal((await blanca.page.goto(path)).status(), 404, path);
    for (const path of [`/casos/${code}`, `/casos/${code}/egreso`]) assert.equal((await carmen.page.goto(path)).status(), 404, path);
  });

  await s.test('somebody of another place sees nothing', async () => {
    await nora.page.goto('/casa');
    assert.ok(!(await text(nora.page)).includes(code));
    for (const path of [`/casa/${code}`, `/casos/${code}`]) assert.equal((await nora.page.goto(path)).status(), 404, path);
  });

  await s.test('she is received with the keyboard alone, with her code written in already', async () => {
    const page = blanca.page;
    await page.goto('/casa/recibir');
    const [bed] = await claim(page);
    await page.goto('/casa');
    await reach(page, `a[href="/casa/recibir?codigo=${code}"]`);
    await page.keyboard.press('Enter');
    await page.waitForURL(/codigo=/);
    assert.equal(await page.locator('[name=code]').inputValue(), code);
    await reach(page, 'select[name=bed]');
    await page.selectOption('select[name=bed]', bed);
    await reach(page, 'form[action="/casa/recibir"] button[type=submit], form[action="/casa/recibir"] button:not([type])');
    await page.keyboard.press('Enter');
    await page.waitForURL(/recibida=/);
    assert.match(await text(page), new RegExp(`${t('admit-done')} ?${name}`));
    assert.equal((await page.goto(`/casa/${code}`)).status(), 200);
  });

  await s.test('the house she left opens her file no more', async () => {
    for (const path of [`/casa/${code}`, `/casos/${code}`]) assert.equal((await old.goto(path)).status(), 404, path);
    await old.goto('/casa');
    assert.ok(!(await text(old)).includes(code));
  });

  await s.test('at night she cannot stay: who decided is asked for, nothing is lost, and the other house knows why', async () => {
    const page = blanca.page;
    await page.goto(`/casa/${code}`);
    await page.locator('summary', { hasText: like('move-now') }).first().click();
    const bad = await send(page, '/urgente', { house: 'M2', why: 'place_known' });
    assert.equal(bad.status(), 422);
    await says(page, 'problem-move-decided');
    assert.equal(await page.locator('form[action$="/urgente"] [name=why]').inputValue(), 'place_known');
    assert.equal((await send(page, '/urgente', { decided_by: "Carmen d'Ejemplo" })).status(), 200, await text(page));
    await old.goto('/casa');
    const shown = await card(old, code).innerText();
    for (const words of [t('coming-receive'), t('move-now-tag'), "d'Ejemplo"]) assert.ok(shown.includes(words), words);
  });

  await s.test('who coordinates may take it back, and she is received like anybody', async () => {
    await blanca.page.goto('/casa');
    assert.equal(await blanca.page.locator('form[action$="/en-camino"]').count(), 0, 'the monitora takes it back');
    await carmen.page.goto('/casa');
    await send(carmen.page, `/casa/${code}/en-camino`, {}, { button: 'gone-back-send' });
    assert.ok(!(await text(carmen.page)).includes(code));
    await old.goto('/casa');
    assert.ok(!(await text(old)).includes(code));
    await old.goto('/casa/recibir');
    const refused = await send(old, '/casa/recibir', { code, bed: (await old.locator('[name=bed] option').nth(1).getAttribute('value')), basis: 'court_by_phone' });
    assert.equal(refused.status(), 422);
    await says(old, 'problem-house-code');
  });

  await release(blanca.page);
  await s.test('how many moved is among the numbers of the houses', async () => {
    const sofia = await as('sofia');
    await follow(sofia.page, () => sofia.page.goto('/datos/casas?meses=36'));
    for (const key of ['data-moved', 'data-stay']) await says(sofia.page, key);
    await sofia.close();
  });
  await Promise.all([pilar, blanca, carmen, nora].map((v) => v.close()));
});
