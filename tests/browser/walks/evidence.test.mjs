// Evidence is kept as it came, with who had it and why; a demand for files has its scope, its basis and its decision.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import { after, test } from 'node:test';
import { as, done } from '../lib/browser.mjs';
import { form, go, says, send, text } from '../lib/page.mjs';
import { canary } from '../lib/run.mjs';
import { discover } from '../lib/screens.mjs';
import { t } from '../lib/words.mjs';

after(done);

test('what is shown to a court, and who wants the file', async (s) => {
  const { at } = await discover();
  const [julio, lucia] = [await as('julio', { width: 360 }), await as('lucia')];
  const page = julio.page;
  const here = `/casos/${at.luz}/evidencias`;
  const [title, source, words] = ['evidencetitle', 'evidencesource', 'evidencebytes'].map(canary);
  // A program with the name of a picture: whatever it is, it is bytes here.
  const file = (bytes) => ({ name: `foto-${words}.jpg`, mimeType: 'image/jpeg', buffer: Buffer.from(bytes) });
  let one;

  await s.test('a file of any kind is kept as it came; without who it came from the page says so and keeps what was typed', async () => {
    await page.goto(`/casos/${at.luz}/audiencias`);
    await go(page, 'evidence-title');
    const lacking = await send(page, here, { kind: 'message', title });
    assert.equal(lacking.status(), 422);
    await says(page, 'problem-evidence-source');
    assert.equal(await page.locator('[name=title]').inputValue(), title);
    await page.locator('[name=file]').setInputFiles(file(`MZ ${words} 0`));
    const sent = await send(page, here, { source: `Su tía, en la oficina. D'Ejemplo ${source}` });
    assert.equal(sent.status(), 200, await text(page));
    one = new URL(page.url()).pathname;
    assert.match(one, /evidencias\/[0-9a-f-]{36}$/);
    await says(page, 'custody-received');
    assert.match(await page.locator('code').first().innerText(), /^[0-9a-f]{64}$/);
  });

  await s.test('a copy asks who and what for, comes byte for byte, and is a link of the chain', async () => {
    const copy = form(page, '/copia');
    await copy.locator('[name=who]').fill('Fiscalía (inventada)');
    await copy.locator('[name=why]').fill('Oficio 7');
    const [download] = await Promise.all([page.waitForEvent('download'), copy.locator('button').last().click()]);
    assert.equal(fs.readFileSync(await download.path(), 'utf8'), `MZ ${words} 0`);
    assert.match(download.suggestedFilename(), /^C-[0-9A-Z]+-[0-9a-f]{8}\.bin$/);
    await page.goto(one);
    await says(page, 'custody-copied');
  });

  await s.test('a file with one byte changed is told from the one that is kept', async () => {
    for (const [last, key] of [['0', 'custody-same'], ['1', 'custody-other']]) {
      await form(page, '/comparar').locator('[name=file]').setInputFiles(file(`MZ ${words} ${last}`));
      await send(page, '/comparar', { who: 'Perita (inventada)' });
      await says(page, key);
    }
  });

  await s.test('a time stamp: a request to carry that holds a fingerprint, and an answer that is not its own is refused with the reason', async () => {
    const ask = form(page, '/sello');
    await ask.locator('[name=who]').fill('Autoridad inventada');
    const [download] = await Promise.all([page.waitForEvent('download'), ask.locator('button').last().click()]);
    assert.match(download.suggestedFilename(), /^sello-[0-9a-f]{8}\.tsq$/);
    const request = fs.readFileSync(await download.path());
    await page.goto(one);
    await says(page, 'custody-asked');
    const print = await page.locator('code').first().innerText();
    assert.ok(request.toString('hex').includes(print) && request.length < 80);
    const vectors = new URL('../../../crates/exchange/tests/vectors/rfc3161/', import.meta.url);
    for (const [name, key] of [['response.tsr', 'problem-stamp-file'], ['evidence.txt', 'problem-stamp-response']]) {
      await form(page, '/respuesta').locator('[name=response]').setInputFiles({ name, mimeType: 'application/timestamp-reply', buffer: fs.readFileSync(new URL(name, vectors)) });
      const refused = await send(page, '/respuesta');
      assert.equal(refused.status(), 422);
      await says(page, key);
    }
    assert.ok(!(await text(page)).includes(t('custody-stamped')));
  });

  await s.test('the social worker does not learn that there is any', async () => {
    for (const path of [here, one, `/casos/${at.luz}/requerimientos`]) {
      const response = await lucia.page.goto(path);
      assert.ok([403, 404].includes(response.status()), `${path}: ${response.status()}`);
      assert.ok(!(await lucia.page.content()).includes(title));
    }
  });

  await s.test('a demand for «the whole file»: a part is released, and it stands on the list of what went out', async () => {
    await page.goto(`/casos/${at.luz}/requerimientos`);
    const court = await page.locator('[name=from] option').filter({ hasText: 'Juzgado' }).getAttribute('value');
    await send(page, '/requerimientos', { from: court, scope: `Todo el expediente. ${canary('demand')}`, basis: 'Oficio inventado 12', days: '5' });
    const decide = page.locator('form[action*="/requerimientos/"]').first();
    await page.locator('summary', { hasText: t('demand-decide') }).first().click();
    const nothing = await send(page, decide, { what: 'partly', why: 'Solo lo que ordena el juez.' });
    assert.equal(nothing.status(), 422);
    await says(page, 'problem-demand-released');
    await send(page, page.locator('form[action*="/requerimientos/"]').first(), { released: ['needs'] });
    await says(page, 'state-demand-partly');
    await page.goto(`/casos/${at.luz}/permisos`);
    assert.ok((await text(page)).includes(t('disclosed-how-demand')));
  });
});
