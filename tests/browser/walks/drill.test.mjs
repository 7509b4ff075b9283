// A drill: heads are counted outside, and nobody is seen by it. Visitors have their hours.
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { as, done } from '../lib/browser.mjs';
import { says, send, text } from '../lib/page.mjs';
import { canary } from '../lib/run.mjs';
import { t } from '../lib/words.mjs';

after(done);

test('a drill is written down with the keyboard alone: how many, how long, what to mend; nobody is noted as seen', async (s) => {
  const blanca = await as('blanca', { width: 360, height: 740 });
  const page = blanca.page;
  await page.goto('/casa/lista');
  const counted = await text(page);
  await page.getByRole('link', { name: t('drill-link') }).click();
  await page.waitForURL(/simulacro/);

  await s.test('what cannot be read is said at the field, and nothing typed is lost', async () => {
    const mend = canary('mend');
    const boxes = page.locator('[name=outside]');
    await boxes.first().check();
    const bad = await send(page, '/casa/simulacro', { minutes: 'seis', mend });
    assert.equal(bad.status(), 422);
    await says(page, 'problem-drill-minutes');
    assert.equal(await page.locator('[name=mend]').inputValue(), mend);
    assert.ok(await page.locator('[name=outside]').first().isChecked());
  });

  await s.test('it stays with its day, and the next is due', async () => {
    const mend = `La llave de atrás no gira. ${canary('key')}`;
    const field = page.locator('[name=minutes]');
    await field.focus();
    await field.fill('6');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Control+A');
    await page.keyboard.type(mend);
    await page.keyboard.press('Tab');
    const sent = page.waitForEvent('response', { predicate: (r) => r.request().isNavigationRequest() && r.status() === 200 });
    await page.keyboard.press('Enter');
    await sent;
    await page.waitForLoadState('load');
    const shown = await text(page);
    assert.ok(shown.includes(mend));
    assert.match(shown, / en 6 min/);
    assert.ok(shown.includes(t('drill-due')), shown.slice(0, 300));
  });

  await s.test('the sheet of who is in says what it said before', async () => {
    await page.goto('/casa/lista');
    const lines = (all) => all.split('\n').filter((line) => !/\d{1,2}:\d{2}/.test(line)).join('\n');
    assert.equal(lines(await text(page)), lines(counted));
  });

  await s.test('the hours of visit stand on the page of the house and at the door', async () => {
    for (const path of ['/casa', '/casa/puerta']) {
      await page.goto(path);
      await says(page, 'visit-hours-title');
      await says(page, 'weekday-sat');
    }
  });
  await blanca.close();
});
