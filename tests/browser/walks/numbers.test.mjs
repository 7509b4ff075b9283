// «Datos»: small cells are hidden, each figure says its rule, and nothing leads to anybody. The board: each figure says what it shows.
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

test('on the board each figure is titled with what it says', async (s) => {
  const { page } = await as('sofia');
  const views = ['referencias', 'ocupacion', 'plazos', 'metas', 'servicios', 'territorio', 'tendencias', 'capacitacion'];

  await s.test('the topic is small beneath, and nothing of one to four is said', async () => {
    let said = 0;
    for (const view of views) {
      await page.goto(`/datos/tablero/${view}`);
      const heads = await page.locator('main .fig').evaluateAll((all) => all.map((f) => [f.querySelector('h3').textContent.trim(), f.querySelector('.topic')?.textContent.trim()]));
      assert.ok(heads.length >= 1, view);
      for (const [title, topic] of heads) {
        assert.ok(topic && title !== topic, `${view}: «${title}» · «${topic}»`);
        assert.ok(!/\([1-4]\)/.test(title), `${view}: ${title}`);
        said += 1;
      }
    }
    assert.ok(said >= 18, `${said} figures`);
  });

  await s.test('months without anything stay on the axis', async () => {
    for (const [span, least] of [[3, 3], [12, 12], [36, 24]]) {
      await page.goto(`/datos/tablero/tendencias?meses=${span}`);
      const months = (await page.locator('main #fig-alerts table tbody th').allTextContents()).map((m) => m.split('-').map(Number)).map(([y, m]) => y * 12 + m);
      assert.ok(months.length >= least && months.length <= span, `${months.length} of ${span}`);
      assert.ok(months.every((m, n) => n === 0 || m === months[n - 1] + 1), `a month is left out: ${months}`);
    }
  });

  await s.test('the indicators are short on a telephone, and print on four pages at most', async () => {
    await page.setViewportSize({ width: 360, height: 740 });
    await page.goto('/datos/tablero/indicadores');
    const tall = await page.evaluate(() => document.documentElement.scrollHeight);
    assert.ok(tall < 2500, `${tall} pixels`);
    await page.locator('main .grant summary').first().click();
    assert.ok(await page.locator('main .grant td').first().isVisible());
    assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), 'wider than the phone');
    await page.setViewportSize({ width: 1280, height: 800 });
    for (const format of ['Letter', 'A4']) {
      const pages = (await page.pdf({ format })).toString('latin1').match(/\/Type\s*\/Page\b/g);
      assert.ok(pages.length <= 4, `${format}: ${pages.length} pages`);
    }
    // What is folded on the screen is on paper.
    await page.goto('/datos/tablero/indicadores');
    await page.emulateMedia({ media: 'print' });
    const seen = await page.locator('main .grant td').evaluateAll((all) => all.filter((td) => td.checkVisibility({ contentVisibilityAuto: true })).length);
    assert.ok(seen > 100, `${seen} cells are printed`);
  });
  await page.context().close();
});
