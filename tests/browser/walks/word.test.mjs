// The court asks in five days, and wants it on the office's paper: a template is brought, somebody else publishes it, and the report
// comes as a Word file with what was agreed, and nothing else.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import { after, test } from 'node:test';
import { as, done } from '../lib/browser.mjs';
import { fileOfLuz } from '../lib/luz.mjs';
import { day, form, go, open, says, send, text } from '../lib/page.mjs';
import { canary } from '../lib/run.mjs';
import { t } from '../lib/words.mjs';
import { parts, words } from '../lib/zip.mjs';

after(done);

/** Follows a link that gives a file. */
async function taken(page, link) {
  const [download] = await Promise.all([page.waitForEvent('download'), link.click()]);
  return { name: download.suggestedFilename(), bytes: fs.readFileSync(await download.path()) };
}

const word = (page) => page.getByRole('link', { name: t('template-in-word') }).first();

test('the office’s own template, from Word to the court', async (s) => {
  const [julio, nora, lucia] = [await as('julio', { width: 360 }), await as('nora'), await as('lucia')];
  const letterhead = canary('letterhead');
  let draft;

  await s.test('one to begin with is taken, changed, and checked when it comes back', async () => {
    const { page } = julio;
    await page.goto('/plantillas');
    await page.locator('details > summary').first().click();
    const base = await taken(page, page.locator('a[href="/plantillas/base/court_report/es"]'));
    assert.equal(base.name, 'informe-base-es.docx');
    const sent = { name: `${letterhead}.docx`, mimeType: 'application/octet-stream', buffer: base.bytes };
    await page.locator('[name=file]').setInputFiles(sent);
    const wrong = await send(page, '/plantillas', { kind: 'statement_answer', language: 'es' });
    assert.equal(wrong.status(), 422);
    assert.match(await text(page), /#secciones no es un nombre que este papel conozca/);
    assert.equal(await page.locator('[name=kind]').inputValue(), 'statement_answer', 'what was chosen is lost');
    await page.locator('[name=file]').setInputFiles(sent);
    const brought = await send(page, '/plantillas', { kind: 'court_report' });
    assert.equal(brought.status(), 200, await text(page));
    draft = new URL(page.url()).pathname;
    await says(page, 'state-template-other-publishes');
    assert.match(await text(page), /EJEMPLO\. No es un documento\./);
    assert.equal(await form(page, draft).count(), 0, 'whoever may not publish has a button for it');
  });

  await s.test('somebody else publishes it', async () => {
    await nora.page.goto(draft);
    await send(nora.page, draft, {}, { button: 'template-publish' });
    assert.equal(new URL(nora.page.url()).pathname, '/plantillas');
  });

  const { page } = lucia;
  const [name, goal, note] = ['wordname', 'wordgoal', 'wordnote'].map(canary);
  const code = await open(lucia, { chosen_name: name });
  const path = `/casos/${code}/informe`;
  await s.test('the draft as a Word file says that it is one, and to whom, on every page', async () => {
    await page.goto(`/casos/${code}/plan`);
    await send(page, '/plan', { domain: 'school', words: `Quiero terminar sexto. ${goal}`, level: '-1', with_her: ['yes'], step: 'Ir a la escuela', step_who: 'Las dos' });
    await page.goto(`/casos/${code}/cronologia`);
    await send(page, '/cronologia', { text: `Lo que no va a ningún juzgado. ${note}` });
    await page.goto(`/casos/${code}/permisos`);
    const to = await form(page, '/permisos').locator('[name=recipient] option').filter({ hasText: 'Fiscalía' }).first().getAttribute('value');
    await send(page, '/permisos', { data: ['plan'], until: day(90), answer: 'yes', by: 'pgn', how: 'spoken', language: 'mam', assent: 'yes', purpose: 'share_named_partner', recipient: to });
    await page.goto(`${path}?para=${to}`);
    await send(page, page.locator('form[method=post][action$="/informe"]'), { sections: ['goals'], paragraph: 'Asiste y participa.' });
    const file = await taken(page, word(page));
    assert.match(file.name, new RegExp(`^${code}-informe-[0-9a-f]{8}-borrador\\.docx$`));
    const all = parts(file.bytes);
    const [body, foot] = [words(all['word/document.xml']), words(all['word/footer1.xml'])];
    assert.ok(body.includes(goal) && body.includes('Asiste y participa.'), body);
    assert.ok(foot.includes('Fiscalía contra la trata (inventada)') && foot.includes(t('care-foot-draft')), foot);
    const whole = Object.values(all).join(' ');
    for (const kept of [name, note, letterhead, 'Salud', '{{']) assert.ok(!whole.includes(kept), `the file holds «${kept}»`);
    assert.deepEqual(Object.keys(all).filter((n) => n.startsWith('docProps')), []);
  });

  await s.test('released, it says to whom and by whom; after her no, no file is made', async () => {
    await page.goto(path);
    await send(page, '/firmar', {}, { button: 'care-report-sign' });
    await send(page, '/entregar', {}, { button: 'care-report-release' });
    const file = await taken(page, word(page));
    assert.match(words(parts(file.bytes)['word/footer1.xml']), /Entregado a Fiscalía contra la trata \(inventada\) el .{5,60} por Lucía, versión 2, con permiso\./);
    const link = await word(page).getAttribute('href');
    await page.goto(`/casos/${code}/permisos`);
    await send(page, '/retirar');
    assert.equal((await lucia.context.request.get(link)).status(), 403);
  });

  await s.test('the letter to an institution that asks again comes the same way', async () => {
    await page.goto(`${await fileOfLuz()}/relatos`);
    await go(page, 'request-letter');
    const letter = parts((await taken(page, word(page))).bytes);
    assert.match(words(letter['word/footer1.xml']), /Solo para /);
    assert.ok(words(letter['word/document.xml']).includes(t('letter-harm')));
  });
  await Promise.all([julio, nora, lucia].map((v) => v.close()));
});
