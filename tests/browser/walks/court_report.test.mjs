// The court asks in five days: a report of what was agreed only, and every page says to whom it was released.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import { after, test } from 'node:test';
import { as, done } from '../lib/browser.mjs';
import { fileOfLuz } from '../lib/luz.mjs';
import { day, form, go, open, says, send, text } from '../lib/page.mjs';
import { canary, folder } from '../lib/run.mjs';
import { like, t } from '../lib/words.mjs';

after(done);

const YES = { data: ['plan', 'needs'], until: day(90), answer: 'yes', by: 'pgn', how: 'spoken', language: 'mam', assent: 'yes' };

/** The text of each page as a printer gets it. */
async function printed(page) {
  const file = folder(`print-${Math.random().toString(36).slice(2)}.pdf`);
  fs.writeFileSync(file, await page.pdf({ format: 'A4' }));
  const all = execFileSync('pdftotext', ['-layout', file, '-'], { encoding: 'utf8' });
  fs.rmSync(file);
  return all.split('\f').slice(0, -1).map((p) => p.replace(/\s+/g, ' '));
}

test('a report for the court, from agreed sections only', async (s) => {
  const lucia = await as('lucia');
  const { page } = lucia;
  const name = canary('courtname');
  const code = await open(lucia, { chosen_name: name });
  const path = `/casos/${code}/informe`;
  const goal = canary('courtgoal');
  await page.goto(`/casos/${code}/plan`);
  await send(page, '/plan', { domain: 'school', words: `Quiero terminar sexto. ${goal}`, level: '-1', with_her: ['yes'], step: 'Ir a la escuela', step_who: 'Las dos' });
  await page.goto(`/casos/${code}/permisos`);
  const to = await form(page, '/permisos').locator('[name=recipient] option').filter({ hasText: 'Fiscalía' }).first().getAttribute('value');

  await s.test('without her permission every part is off and says why', async () => {
    await page.goto(`${path}?para=${to}`);
    assert.equal(await page.locator('[name=sections]').count(), 0);
    assert.equal((await text(page)).split(t('care-report-not-covered')).length - 1, 5);
    await says(page, 'care-report-no-therapy');
  });

  await s.test('with it, what it covers can be ticked; what she did not allow cannot be sent past the page', async () => {
    await page.goto(`/casos/${code}/permisos`);
    const kept = await send(page, '/permisos', { ...YES, purpose: 'share_named_partner', recipient: to });
    assert.equal(kept.status(), 200, (await page.locator('.wrong').allInnerTexts()).join());
    await page.goto(`${path}?para=${to}`);
    const offered = await page.locator('[name=sections]').evaluateAll((all) => all.map((e) => e.value));
    assert.deepEqual(offered, ['goals', 'services', 'attendance', 'school']);
    const tokens = await page.locator('form[method=post][action$="/informe"]').evaluate((f) => ({ csrf: f.csrf.value, once: f.once.value }));
    const past = await lucia.context.request.post(path, { form: { ...tokens, recipient: to, sections: 'health', paragraph: 'x' } });
    assert.equal(past.status(), 422);
  });

  const long = Array.from({ length: 60 }, (_, n) => `Párrafo ${n + 1}. Asiste y participa; pide declarar una vez.`).join('\n\n');
  await s.test('a draft says that it is one, on paper too', async () => {
    await page.goto(`${path}?para=${to}`);
    const post = page.locator(`form[method=post][action$="/informe"]`);
    const kept = await send(page, post, { sections: ['goals', 'services'], paragraph: long });
    assert.equal(kept.status(), 200, (await page.locator('.wrong').allInnerTexts()).join());
    await says(page, 'state-court_report-draft');
    assert.equal(await form(page, '/entregar').count(), 0, 'a draft can be released');
    await go(page, 'care-report-open');
    const sheets = await printed(page);
    assert.ok(sheets.length >= 3, `it takes ${sheets.length} pages: too few to prove anything`);
    for (const sheet of sheets) assert.ok(sheet.includes(t('care-foot-draft')), sheet.slice(-300));
  });

  await s.test('signed by its author, released, and every page says to whom, when and by whom', async () => {
    await page.goto(path);
    await send(page, '/firmar', {}, { button: 'care-report-sign' });
    await says(page, 'state-court_report-signed');
    await send(page, '/entregar', {}, { button: 'care-report-release' });
    await says(page, 'state-court_report-released');
    await go(page, 'care-report-open');
    const sheets = await printed(page);
    assert.ok(sheets.length >= 3);
    sheets.forEach((sheet, n) => {
      assert.match(sheet, /Entregado a Fiscalía contra la trata \(inventada\) el .{5,60} por Lucía, versión 2, con permiso\./, `page ${n + 1}: …${sheet.slice(-300)}`);
      assert.ok(!sheet.includes(t('care-foot-draft')));
    });
    const whole = sheets.join(' ');
    assert.ok(whole.includes(goal) && whole.includes('Párrafo 1.') && whole.includes('Párrafo 60.'), 'something was lost on the way to paper');
    assert.ok(!whole.includes(name), 'the report names her');
  });

  await s.test('she says no: it cannot be released again', async () => {
    await page.goto(`/casos/${code}/permisos`);
    await send(page, '/retirar');
    await page.goto(path);
    const again = await send(page, '/entregar', {}, { button: 'care-report-release' });
    assert.equal(again.status(), 403);
  });
  await lucia.close();
});

test('the report on Luz’s case is released, with what health agreed to say', async () => {
  const [lucia, elena] = [await as('lucia'), await as('elena')];
  const luz = await fileOfLuz();
  await lucia.page.goto(`${luz}/informe`);
  await go(lucia.page, 'care-report-open');
  const sheets = await printed(lucia.page);
  for (const sheet of sheets) assert.match(sheet, /Entregado a Fiscalía/);
  assert.match(sheets.join(' '), /Sus controles de salud están al día/);
  await elena.page.goto(`${luz}/informe`);
  assert.equal(await form(elena.page, '/firmar').count() + await form(elena.page, '/entregar').count(), 0);
  await lucia.close();
  await elena.close();
});

test('a long plan is still one sheet, and says what did not fit; her life project stands on top', async () => {
  const lucia = await as('lucia');
  const { page } = lucia;
  const code = await open(lucia, { chosen_name: canary('longplan') });
  const dream = canary('dream');
  await page.goto(`/casos/${code}/plan`);
  await send(page, '/proyecto', { dream: `Quiero una panadería con mi abuela. ${dream}` });
  const words = 'Quiero terminar mis estudios y que mi abuela lo vea, aunque tarde. '.repeat(12).trim();
  for (const domain of ['safety', 'health', 'mind', 'school', 'work', 'family', 'papers', 'home']) {
    await page.goto(`/casos/${code}/plan`);
    await send(page, '/plan', { domain, words, level: '-1', with_her: ['yes'], step: 'Preguntar en la escuela y anotar qué piden. '.repeat(8).trim(), step_who: 'Ella y Lucía', by: day(20) });
  }
  await page.goto(`/casos/${code}/plan`);
  await go(page, 'plan-print-link');
  const sheets = await printed(page);
  assert.equal(sheets.length, 1, `it takes ${sheets.length} sheets`);
  assert.ok(sheets[0].includes(dream));
  assert.match(sheets[0], /metas más no cupieron en esta hoja/);
  assert.ok(sheets[0].includes(t('care-print-cut')));
  await lucia.close();
});

test('a review that is late says so, and when she agrees again it does not', async () => {
  const lucia = await as('lucia');
  const luz = await fileOfLuz();
  await lucia.page.goto(`${luz}/plan`);
  assert.match(await text(lucia.page), like('care-review-title'));
  await lucia.close();
});
