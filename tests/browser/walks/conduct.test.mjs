// The conduct of staff: written in the house, read past it, never by whom it is about; four steps until she was told.
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { as, done } from '../lib/browser.mjs';
import { follow, says, send, text } from '../lib/page.mjs';
import { canary } from '../lib/run.mjs';
import { t } from '../lib/words.mjs';

after(done);

test('a monitora reports a colleague: the directors read it, the house and the colleague never do', async (s) => {
  const [blanca, carmen, sara] = await Promise.all(['blanca', 'carmen', 'sara'].map((who) => as(who)));
  const page = blanca.page;
  const words = canary('conduct');

  await s.test('from the page of incidents, with the keyboard, at 360 pixels', async () => {
    await page.setViewportSize({ width: 360, height: 740 });
    await page.goto('/casa/incidentes');
    await says(page, 'incident-staff');
    await page.locator('main a[href="/conducta"]').focus();
    await page.keyboard.press('Enter');
    await page.waitForURL(/conducta/);
    for (const key of ['conduct-first', 'conduct-who-reads', 'conduct-outside']) await says(page, key);
  });

  await s.test('what is missing is said, and nothing typed is lost', async () => {
    const bad = await send(page, '/conducta', { kind: 'humiliation', text: words, girl: 'Canela' });
    assert.equal(bad.status(), 422);
    assert.equal(await page.locator('[name=text]').inputValue(), words);
    assert.equal(await page.locator('[name=kind]').inputValue(), 'humiliation');
  });

  await s.test('it is received, and that is all its writer sees', async () => {
    const about = await page.locator('[name=about] option').filter({ hasText: 'Carmen' }).first().getAttribute('value');
    assert.equal(await page.locator('[name=about] option').filter({ hasText: 'Luz' }).count(), 0, 'a girl is on the list of staff');
    const sent = await send(page, '/conducta', { about, known: 'saw' });
    assert.equal(sent.status(), 200, await text(page));
    await says(page, 'conduct-received');
    assert.ok(!(await text(page)).includes(words));
    assert.equal((await page.goto('/supervision/conducta')).status(), 403);
  });

  await s.test('whom it is about sees nothing, wherever she looks', async () => {
    for (const path of ['/casa', '/casa/incidentes', '/conducta', '/recados', '/hoy']) {
      await carmen.page.goto(path);
      const shown = await text(carmen.page);
      assert.ok(!shown.includes(words), path);
      assert.ok(!shown.includes(t('notice-conduct')), path);
    }
    assert.equal((await carmen.page.goto('/supervision/conducta')).status(), 403);
  });

  await s.test('the director finds a notice, and takes the steps in order', async () => {
    const her = sara.page;
    await her.goto('/recados');
    await follow(her, () => her.getByRole('link', { name: t('notice-conduct') }).first().click());
    const card = () => her.locator('main .card').filter({ hasText: words });
    assert.match(await card().innerText(), /Carmen/);
    const step = async (key, note) => send(her, card().locator('form'), { note }, { button: key });
    assert.equal((await step('conduct-step-looked-into', '')).status(), 422);
    await says(her, 'problem-conduct-note');
    for (const key of ['conduct-step-looked-into', 'conduct-step-measures', 'conduct-step-told-her']) {
      const taken = await step(key, `Dicho y hecho: ${key}.`);
      assert.equal(taken.status(), 200, await text(her));
      assert.ok((await card().innerText()).includes(t(key)));
    }
    assert.equal(await card().locator('form').count(), 0, 'there is a step after the last');
  });

  await s.test('its writer still sees only that it was received', async () => {
    await page.goto('/conducta');
    const shown = await text(page);
    assert.ok(shown.includes(t('conduct-step-received')));
    for (const key of ['conduct-step-measures', 'conduct-step-told-her']) assert.ok(!shown.includes(t(key)), key);
  });
  await Promise.all([blanca, carmen, sara].map((v) => v.close()));
});
