// The donor calls: what leaves from a frozen quarter says the same everywhere, fits on one page, and nobody outside sees it before two
// people have let it out.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import { after, test } from 'node:test';
import { as, done, visitor } from '../lib/browser.mjs';
import { says, send, text } from '../lib/page.mjs';
import { t } from '../lib/words.mjs';

after(done);

/** Follows a link that gives a file. */
async function taken(page, name) {
  const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('link', { name, exact: true }).first().click()]);
  return { name: download.suggestedFilename(), bytes: fs.readFileSync(await download.path()) };
}

/** The cells of a line of CSV. */
const cells = (line) => [...line.matchAll(/("(?:[^"]|"")*"|[^,]*)(?:,|$)/g)].map((m) => m[1].replace(/^"|"$/g, '').replaceAll('""', '"'));

test('from a frozen quarter to the ambassador', async (s) => {
  const [sofia, sara] = [await as('sofia', { width: 360 }), await as('sara')];
  const { page } = sofia;
  await page.goto('/resultados');
  const quarter = await page.locator('a[href^="/resultados/RAICES/2"]').nth(1).getAttribute('href');
  const here = `${quarter}/entregas`;

  await s.test('each file is a download with the grant, the quarter and the version in its name', async () => {
    await page.goto(quarter);
    await page.getByRole('link', { name: t('out-whole') }).click();
    await page.waitForURL(`**${here}`);
    for (const [label, ending, begins] of [['out-sheet-pdf-es', '.pdf', '%PDF-1.7'], ['out-report-pdf', '.pdf', '%PDF-1.7'], ['out-book', '.xlsx', 'PK'], ['out-iati', '.xml', '<?xml']]) {
      const file = await taken(page, t(label));
      assert.match(file.name, /^RAICES-\d{4}-Q\d-v\d+-/, file.name);
      assert.ok(file.name.endsWith(ending) && file.bytes.subarray(0, begins.length).toString() === begins, file.name);
    }
    const table = await taken(page, t('out-table-figures'));
    assert.match(table.bytes.toString(), /^G1,/m);
    // Every value by which the demonstration's figures are divided has a name: no code is left raw.
    const parts = (await taken(page, t('out-table-parts'))).bytes.toString().trim().split(/\r?\n/).slice(1).map(cells);
    assert.ok(parts.length > 100, `${parts.length} rows`);
    const raw = parts.flatMap((r) => [[r[0], r[2], r[3]], [r[0], r[4], r[5]], [r[0], r[6], r[7]], [r[0], r[8], r[9]]]).filter(([, code, label]) => code && code === label);
    assert.deepEqual(raw, [], 'codes without words');
  });

  await s.test('the sheet shows what the facts say, in both languages, and prints on one page', async () => {
    for (const [language, dollars] of [['es', 'dólares de los Estados Unidos'], ['en', 'US dollars']]) {
      await page.goto(`${here}/ficha/${language}`);
      const said = await text(page);
      for (const what of ['750,000', dollars]) assert.ok(said.includes(what), `${what} in ${language}`);
      // The summary that the donor made public, from the demonstration's own facts: budget, officials, partners, one office, one clinic.
      const big = await page.locator('section.n li strong').allTextContents();
      assert.deepEqual(big.slice(0, 5), ['750,000', '400', '78', '1', '1'], language);
      assert.ok(Number(big[5]) > 100, `${big[5]} adolescents`);
      const pages = (await page.pdf({ preferCSSPageSize: true, printBackground: true })).toString('latin1').match(/\/Type\s*\/Page\b/g);
      assert.equal(pages?.length, 1, 'printed on more than one page');
    }
  });

  await s.test('one asks, another lets it out, and then everybody sees it without a cookie', async () => {
    const outside = await visitor();
    assert.equal((await outside.page.goto('/ficha/RAICES/es')).status(), 404);
    await page.goto(here);
    await send(page, `${here}/ficha/publicar`, {}, { button: 'out-ask' });
    await says(page, 'state-sheet-other-publishes');
    assert.equal((await outside.page.goto('/ficha/RAICES/es')).status(), 404, 'asked for is not out');
    await sara.page.goto(here);
    await send(sara.page, `${here}/ficha/decidir`, {}, { button: 'out-publish' });
    const out = await outside.page.goto('/ficha/RAICES/es');
    assert.equal(out.status(), 200);
    assert.ok((await text(outside.page)).includes('750,000'));
    assert.equal((await outside.page.context().cookies()).length, 0, 'a cookie');
    await sara.page.goto(here);
    await send(sara.page, `${here}/ficha/decidir`, {}, { button: 'out-retire' });
    assert.equal((await outside.page.goto('/ficha/RAICES/es')).status(), 404);
  });
});
