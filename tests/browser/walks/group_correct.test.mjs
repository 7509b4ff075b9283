// A saved list of who came was wrong: it is corrected, says so, and the days count what is true.
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { as, done } from '../lib/browser.mjs';
import { follow, says, send } from '../lib/page.mjs';

after(done);

test('one who came is taken off a saved list, and put back', async () => {
  const lucia = await as('lucia', { width: 360, height: 740 });
  const page = lucia.page;
  const group = '/servicios/circulo-k1';
  /** The newest day of the group: its link, and how many came. */
  const newest = async () => {
    await page.goto(group);
    const row = page.locator('main table tbody tr').first();
    const cells = await row.locator('td, th').allInnerTexts();
    return { link: row.locator('a'), came: Number(cells[1].replace(/\D/g, '')) };
  };
  const form = () => page.locator(`main form[action^="${group}/"]`);
  const before = await newest();
  assert.ok(before.came > 0, 'nobody came on that day of the demonstration');
  await follow(page, () => before.link.click());
  const same = await send(page, form());
  assert.equal(same.status(), 422);
  await says(page, 'problem-care-same');
  const came = await page.locator('[name=came]:checked').first().getAttribute('value');
  const box = () => page.locator(`[name=came][value="${came}"]`);
  await box().uncheck();
  await send(page, form());
  const less = await newest();
  assert.equal(less.came, before.came - 1);
  await follow(page, () => less.link.click());
  assert.equal(await box().isChecked(), false);
  await box().check();
  await send(page, form());
  assert.equal((await newest()).came, before.came);
  await lucia.close();
});
