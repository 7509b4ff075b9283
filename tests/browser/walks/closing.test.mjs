// Scenario 20, «The grant ends»: accounts, keys, backups, lessons and posts move in a day; old data are destroyed by plan, by two people.
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { PASSWORD, as, done } from '../lib/browser.mjs';
import { follow, go, says, send, text } from '../lib/page.mjs';
import { canary } from '../lib/run.mjs';
import { t } from '../lib/words.mjs';

after(done);

test('scenario 20: the grant ends', async (s) => {
  const [sara, nora, tomas] = [await as('sara'), await as('nora'), await as('tomas')];
  const { page } = sara;
  const names = [canary('goes').slice(0, 14), canary('stays').slice(0, 14)];
  const choice = (code) => page.locator('main form').filter({ has: page.locator(`[value="${code}"]`) });
  const standing = async (code) => (await page.locator('main ul.tasks > li').filter({ has: page.locator(`[value="${code}"]`) }).innerText()).trim();

  await s.test('Sara sees what is left, by part, and nobody\'s name who was cared for', async () => {
    await page.goto('/datos');
    await go(page, 'ending-title');
    for (const part of ['accounts', 'keys', 'backups', 'training', 'posts', 'data']) await says(page, `ending-part-${part}`);
    assert.match(await text(page), /Faltan \d+ de \d+/);
    assert.match(await text(page), /Lucía · /);
    await page.setViewportSize({ width: 360, height: 740 });
    assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), 'wider than the phone');
    await page.emulateMedia({ media: 'print' });
    assert.ok(!(await page.locator('body').innerText()).includes('Luz'));
    await page.emulateMedia({ media: 'screen' });
    await page.setViewportSize({ width: 1280, height: 800 });
  });

  await s.test('keys and backups: who holds what is said, and said anew', async () => {
    assert.equal((await send(page, choice('code-one'), {})).status(), 422);
    await send(page, choice('code-one'), { choice: 'lost' });
    assert.ok((await standing('code-one')).startsWith(t('parts-to-do')), 'a code that nobody has is done');
    for (const [code, to] of [['code-one', 'municipality'], ['code-two', 'organisation'], ['code-three', 'notary'], ['backup-key', 'director'], ['restore', 'tried']]) {
      await send(page, choice(code), { choice: to });
      assert.ok((await standing(code)).startsWith(t('parts-done')), code);
    }
  });

  await s.test('an account of who leaves with the grant goes to somebody who stays', async () => {
    const [leaves, stays] = names;
    await tomas.page.goto('/ajustes/cuentas');
    await send(tomas.page, '/ajustes/cuentas', { name: `Sale ${leaves}`, username: leaves, role: 'mel', password: PASSWORD });
    await tomas.page.goto('/traspaso');
    const from = await tomas.page.locator('[name=leaver] option').filter({ hasText: leaves }).getAttribute('value');
    await send(tomas.page, '/traspaso', { leaver: from, name: `Queda ${stays}`, username: stays, password: PASSWORD });
    await send(tomas.page, '/cerrar', {}, { button: 'post-close-send' });
    await says(tomas.page, 'post-state-closed');
    await page.goto('/cierre');
    await send(page, choice('leavers'), { choice: 'closed' });
    assert.ok((await standing('leavers')).startsWith(t('parts-done')));
  });

  await s.test('whoever stays takes the lessons, and the list knows', async () => {
    const missing = async () => { await page.goto('/cierre'); return Number(/(\d+) personas? de \d+ no ha/.exec(await text(page))[1]); };
    const before = await missing();
    const hers = await as(names[1]);
    await hers.page.goto('/lecciones');
    const all = await hers.page.locator('main a[href^="/lecciones/"]').evaluateAll((links) => [...new Set(links.map((a) => a.getAttribute('href')))]);
    for (const lesson of all) {
      await hers.page.goto(lesson);
      await send(hers.page, lesson, { answer: '0' });
    }
    assert.equal(await missing(), before - 1);
    await hers.close();
  });

  await s.test('old data: one decides, who coordinates finds the files, another person lets each go', async () => {
    await send(page, choice('cases'), { choice: 'destroy' });
    await send(page, choice('alerts'), { choice: 'archive' });
    await send(page, choice('network'), { choice: 'keep' });
    await nora.page.goto('/hoy');
    await follow(nora.page, () => nora.page.locator('main a[href="/cierre/destruir"]').click());
    // Who is still to be asked how she is stands there as such; the oldest of the others is asked for.
    const line = nora.page.locator('main ul.tasks > li').filter({ hasNotText: t('ending-destroy-follow') }).first().locator('a');
    const code = (await line.innerText()).trim();
    await follow(nora.page, () => line.click());
    await send(nora.page, '/borrado', { basis: 'retention_ended', code });
    await says(nora.page, 'erasure-asked');
    await nora.page.goto('/cierre/destruir');
    assert.ok(!(await text(nora.page)).includes(code), 'asked for twice');
    await page.goto('/cierre');
    assert.ok((await page.content()).includes(code), 'gone before anybody decided');
    await page.goto('/borrados');
    await send(page, page.locator('section', { hasText: code }).locator('form').first());
    await page.goto('/cierre');
    assert.ok(!(await page.content()).includes(code), 'it is on the list still');
    assert.equal((await nora.page.goto(`/casos/${code}`)).status(), 404);
  });
});
