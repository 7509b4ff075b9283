// «Datos»: small cells are hidden, each figure says its rule, and nothing leads to anybody.
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { as, done } from '../lib/browser.mjs';
import { text } from '../lib/page.mjs';
import { t } from '../lib/words.mjs';

after(done);

test('Sofía sees numbers and nobody', async (s) => {
  const sofia = await as('sofia');
  assert.equal(new URL(sofia.page.url()).pathname, '/datos');

  for (const query of ['', '?meses=3', '?meses=36', '?meses=3&sede=K1', '?meses=12&sede=M1']) {
    await s.test(`no cell of one to four: /datos${query}`, async () => {
      await sofia.page.goto(`/datos${query}`);
      await sofia.page.locator('details').evaluateAll((all) => all.forEach((d) => { d.open = true; }));
      const cells = await sofia.page.locator('main figure td, main table td').allInnerTexts();
      assert.ok(cells.length > 20, `only ${cells.length} cells`);
      const small = cells.map((c) => c.trim()).filter((c) => /^[1-4]$/.test(c));
      assert.deepEqual(small, []);
      const drawn = await sofia.page.locator('main svg text').allTextContents();
      assert.deepEqual(drawn.map((d) => d.trim()).filter((d) => /^[1-4]$/.test(d) ), [], 'a picture shows a small number');
    });
  }

  await s.test('hidden cells say so', async () => {
    await sofia.page.goto('/datos?meses=3&sede=K1');
    await sofia.page.locator('details').evaluateAll((all) => all.forEach((d) => { d.open = true; }));
    assert.ok((await text(sofia.page)).includes(t('hidden')));
  });

  await s.test('every picture has a name and a table with the same numbers', async () => {
    await sofia.page.goto('/datos');
    const figures = sofia.page.locator('main figure');
    const count = await figures.count();
    assert.ok(count >= 5, `${count} figures`);
    for (let n = 0; n < count; n++) {
      const figure = figures.nth(n);
      const title = await figure.locator('figcaption, h2, h3').first().innerText();
      assert.ok(title.trim(), `figure ${n} has no name`);
      const empty = (await figure.innerText()).includes(t('figure-empty'));
      assert.ok(empty || await figure.locator('table').count() >= 1, `«${title}» has no table`);
    }
  });

  await s.test('no code of a case, no name, no link to a file', async () => {
    const html = await sofia.page.content();
    assert.ok(!/C-[0-9A-Z]{5}\b/.test(html));
    assert.equal(await sofia.page.locator('main a[href*="/casos/"]').count(), 0);
  });
  await sofia.close();
});
