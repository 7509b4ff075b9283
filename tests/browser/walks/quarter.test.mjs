// The end of a quarter: each figure has its definition, rule, target and explanation; one asks, another approves; small groups stay
// hidden, also from whoever looks behind a figure; and counting again gives the same.
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { as, done } from '../lib/browser.mjs';
import { form, says, send, text } from '../lib/page.mjs';
import { t } from '../lib/words.mjs';

after(done);

const SHEET = 'línea,nombre,presupuesto,gastado\nA1,Becas y útiles,60000,1250.50\nB1,Talleres,60000,0\n';

const sheet = (name, body) => ({ name, mimeType: 'text/csv', buffer: Buffer.from(body) });

test('a quarter, from figures to a signature', async (s) => {
  const [sofia, sara] = [await as('sofia', { width: 360 }), await as('sara')];
  const { page } = sofia;
  let here;

  await s.test('she opens the quarter that is over', async () => {
    await page.goto('/resultados');
    here = await page.locator('a[href^="/resultados/VOLCAN/2"]').nth(1).getAttribute('href');
    await page.goto(here);
    await says(page, 'result-not-open');
    await send(page, here, {}, { button: 'result-open' });
    await says(page, 'result-is-open');
  });

  await s.test('spending comes by sheet; a wrong row is named and nothing is kept', async () => {
    await page.goto(`${here}/gasto`);
    await page.locator('[name=file]').setInputFiles(sheet('gasto.csv', SHEET.replace('1250.50', '1.250,00')));
    const wrong = await send(page, `${here}/gasto`);
    assert.equal(wrong.status(), 422);
    await says(page, 'problem-sheet-amount-two-ways');
    await page.locator('[name=file]').setInputFiles(sheet('gasto.csv', SHEET));
    await send(page, `${here}/gasto`);
    await send(page, `${here}/gasto/si`);
    assert.equal(new URL(page.url()).pathname, here);
    assert.match(await text(page), /1,250\.50/);
  });

  await s.test('what is far from its target needs a word before anybody may approve', async () => {
    const refused = await send(page, here, {}, { button: 'result-ask' });
    assert.equal(refused.status(), 422);
    await says(page, 'problem-report-explain');
    const off = await page.locator(`tr:has-text("${t('result-off')}") a`).evaluateAll((all) => all.map((a) => a.getAttribute('href')));
    assert.ok(off.length > 0);
    for (const figure of off) {
      await page.goto(figure);
      await says(page, 'result-definition');
      await says(page, 'result-rule');
      await says(page, 'result-target-grant');
      await send(page, figure, { deviation: 'El taller empezó un trimestre después. Se recupera en el próximo.' });
    }
    await send(page, here, {}, { button: 'result-ask' });
    await says(page, 'result-is-asked');
    assert.equal(await form(page, `${here}/decidir`).count(), 0, 'whoever asked has a button to approve');
  });

  await s.test('direction sends it back with a remark, and approves it the second time', async () => {
    await sara.page.goto(here);
    const empty = await send(sara.page, `${here}/decidir`, {}, { button: 'result-refuse' });
    assert.equal(empty.status(), 422);
    await send(sara.page, `${here}/decidir`, { remark: 'Revise el gasto de talleres.' }, { button: 'result-refuse' });
    await page.goto(here);
    assert.match(await text(page), /Revise el gasto de talleres/);
    await send(page, here, {}, { button: 'result-ask' });
    await sara.page.goto(here);
    await send(sara.page, `${here}/decidir`, {}, { button: 'result-approve' });
    await says(sara.page, 'result-is-frozen');
  });

  await s.test('counting again gives the same, letter by letter', async () => {
    await page.goto(`${here}/comprobar/1`);
    for (const key of ['result-check-same-yes', 'result-check-signed-yes', 'result-check-ledger-yes']) await says(page, key);
  });

  await s.test('the frozen report and the dashboard tell one story: nobody reads nought where people were counted', async () => {
    await page.goto('/resultados');
    await page.goto(await page.locator('a[href^="/resultados/RAICES/2"]').nth(1).getAttribute('href'));
    for (const figure of ['G8', 'identified-by-trained', 'G9.families', 'G27.office', 'G27.clinic', 'G21.refused', 'G20', 'G3', 'G16', 'G18.interpreter', 'G19.paid', 'G23.safe6', 'G24.school']) {
      const row = page.locator(`main tr:has(a[href$="/cifras/${figure}"])`).first();
      const [period, date] = (await row.locator('td').allInnerTexts()).map((c) => c.trim());
      for (const cell of [period, date]) assert.match(cell, /[1-9]|ocult/i, `${figure}: «${period}», «${date}»`);
    }
  });

  await s.test('behind a figure are marks, no file; what is hidden stays hidden', async () => {
    await page.goto('/resultados');
    const frozen = await page.locator('a[href^="/resultados/RAICES/2"]').nth(1).getAttribute('href');
    await page.goto(`${frozen}/cifras/G9.all`);
    const hidden = await page.locator(`tr:has-text("${t('hidden')}") td:first-child, tr:has-text("${t('hidden')}") th`).allTextContents();
    await page.getByRole('link', { name: t('result-behind') }).click();
    await page.waitForURL(/detras/);
    await says(page, 'result-behind-same');
    for (const by of ['site', 'age_band', 'sex']) {
      await page.goto(`${frozen}/cifras/G9.all/detras?v=1&por=${by}`);
      const rows = await page.locator('tbody tr').allTextContents();
      for (const name of hidden.map((h) => h.trim()).filter(Boolean)) {
        assert.ok(!rows.some((r) => r.includes(name)), `«${name}» is hidden in the table and listed behind it`);
      }
    }
    assert.doesNotMatch(await text(page), /C-[A-Z0-9]{4}/);
    assert.ok([403, 404].includes((await sofia.context.request.get('/casos')).status()), 'she reaches files');
    assert.equal((await sofia.context.request.get(`${frozen}/cifras/G9.all/detras?v=9`)).status(), 404);
  });
});
