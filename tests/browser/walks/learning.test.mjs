// Scenario 16, its second half: a test on a telephone, what the group learnt, a certificate that a stranger checks without learning
// whose it is, and the questions of six months later.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { after, test } from 'node:test';
import { as, done, visitor } from '../lib/browser.mjs';
import { day, follow, form, says, send, text } from '../lib/page.mjs';
import { t } from '../lib/words.mjs';

after(done);

test('from the test on the wall to a certificate that a stranger checks', async (s) => {
  const [diego, stranger] = [await as('diego'), await visitor({ width: 360 })];
  const { page } = diego;
  const phone = stranger.page;
  let course, link;

  await s.test('the finished course says what was learnt, and which item nobody understood', async () => {
    await page.goto('/capacitacion');
    const row = page.locator('main a[href^="/capacitacion/cursos/F-"]').filter({ hasText: 'Investigación centrada' }).nth(2);
    course = await row.getAttribute('href');
    await page.goto(`${course}/prueba`);
    await says(page, 'gain-more');
    await says(page, 'items-missed');
    assert.match(await text(page), /documentos falsos/);
  });

  await s.test('a telephone hands in a sheet behind the code, once; an open question is named and nothing is lost', async () => {
    await send(page, page.locator(`form[action="${course}/prueba"]`).nth(1), {}, { button: 'test-do-open' });
    await page.locator('main details > summary').first().click();
    link = new URL(await page.locator('main p.code').first().innerText()).pathname;
    await phone.goto(link);
    const items = await phone.locator('main form fieldset').count();
    assert.equal(items, 10);
    const answers = Object.fromEntries([...Array(items).keys()].map((n) => [`i${n}`, 'b']));
    const { i9, ...some } = answers;
    const bad = await send(phone, link, { who: 'tucán 77', ...some });
    assert.equal(bad.status(), 422);
    assert.equal(await phone.locator('[name=who]').inputValue(), 'tucán 77');
    await send(phone, link, { i9 });
    await says(phone, 'test-thanks-text');
    await phone.goto(link);
    const taken = await send(phone, link, { who: 'TUCAN 77', ...answers, i0: 'a' });
    assert.equal(taken.status(), 422);
    await says(phone, 'problem-test-mark-taken');
    assert.ok(await phone.evaluate(() => document.documentElement.scrollWidth <= innerWidth), 'wider than the phone');
  });

  await s.test('sheets of paper are typed by keyboard; a slip of the finger is taken back', async () => {
    await page.goto(`${course}/prueba/post/hoja`);
    await page.locator('[name=who]').focus();
    await page.keyboard.type('colibrí 31');
    await page.keyboard.press('Tab');
    await page.keyboard.type('c b d a b c a d c b');
    await page.keyboard.press('Enter');
    await page.locator('main table code').waitFor();
    assert.equal(await page.locator('main table code').innerText(), 'cbdabcadcb');
    await send(page, page.locator('main table form').first());
    assert.equal(await page.locator('main table code').count(), 0);
  });

  await s.test('a certificate: the paper, and a stranger who compares a name', async () => {
    await page.goto(`${course}/constancias`);
    const row = page.locator('main tbody tr').filter({ has: page.locator('a[href*="/constancias/"]') }).first();
    const one = row.locator('a[href*="/constancias/"]');
    const [name, code] = [(await row.locator('th, td').first().innerText()).trim(), (await one.innerText()).trim()];
    await follow(page, () => one.click());
    const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('link', { name: t('paper-pdf') }).click()]);
    assert.equal(download.suggestedFilename(), `constancia-${code}.pdf`);
    const paper = execFileSync('pdftotext', ['-raw', await download.path(), '-'], { encoding: 'utf8' }).replace(/\s+/g, ' ');
    for (const says of [name, code, 'Con gratitud por su tiempo', '/constancia']) assert.ok(paper.includes(says), `${says} is not on the paper`);
    await phone.goto('/constancia');
    await send(phone, form(phone, '/constancia'), { codigo: code.toLowerCase().replace('-', ' ') });
    await says(phone, 'check-valid');
    assert.ok(!(await phone.content()).includes(name.split(' ')[0]), 'the stranger reads a name');
    const other = await send(phone, `/constancia/${code}`, { name: 'Nadie Conocido' });
    assert.equal(other.status(), 422);
    await send(phone, `/constancia/${code}`, { name });
    await says(phone, 'check-same');
    const wrong = `${code.slice(0, -2)}${code.at(-2) === 'A' ? 'B' : 'A'}${code.at(-1)}`;
    assert.equal((await phone.goto(`/constancia/${wrong}`)).status(), 422);
    // The badge: genuine as it is, refused with one byte changed.
    const badge = await (await stranger.context.request.get(`/constancia/${code}.json`)).text();
    await phone.goto('/constancia');
    await send(phone, '/constancia/insignia', { badge });
    await says(phone, 'check-badge-valid');
    await phone.goto('/constancia');
    const at = badge.length >> 1;
    const changed = badge.slice(0, at) + (badge[at] === 'A' ? 'B' : 'A') + badge.slice(at + 1);
    const refused = await send(phone, '/constancia/insignia', { badge: changed });
    assert.equal(refused.status(), 422);
    await says(phone, 'check-badge-changed');
    // Revoked: the stranger sees it at once, and the badge is handed out no more.
    await send(page, new URL(page.url()).pathname, { reason: 'by_her_wish' }, { button: 'certificate-revoke' });
    await phone.goto(`/constancia/${code}`);
    await says(phone, 'check-revoked');
    assert.equal((await stranger.context.request.get(`/constancia/${code}.json`)).status(), 404);
    assert.equal((await (await stranger.context.request.get('/constancia/revocadas.json')).json()).revokedCredential.some((r) => r.revoked), true);
  });

  await s.test('practice is said in words, also when nothing can be said', async () => {
    await page.goto('/capacitacion/practica');
    const said = await text(page);
    for (const words of [/Se ve una mejora/, /No se ve diferencia/, /son muy pocas instituciones/]) assert.match(said, words);
    await page.goto('/capacitacion/seguimiento');
    assert.match(await text(page), /Prueba a los tres meses/);
  });
});

test('scenario 16, its end: six months later', async (s) => {
  const [diego, sofia, stranger] = [await as('diego'), await as('sofia'), await visitor({ width: 360 })];
  const { page } = diego, phone = stranger.page;
  let course, code;

  await s.test('what is due says so, and the code of the test goes on the wall', async () => {
    await page.goto('/capacitacion/seguimiento');
    const row = page.locator('main tbody tr').filter({ hasText: t('phase-month6') }).first();
    course = await row.locator('a').first().getAttribute('href');
    await follow(page, () => row.getByRole('button', { name: t('test-do-open') }).click());
    code = new URL(await page.locator('main p.code').first().textContent()).pathname;
  });

  await s.test('a telephone answers the same questions, and what of it she does now', async () => {
    await phone.goto(code);
    const items = await phone.locator('main form fieldset:has([name^="i"])').count();
    const asked = await phone.locator('main form [name^="t-"]').evaluateAll((all) => [...new Set(all.map((e) => e.name))]);
    assert.ok(asked.length >= 2, 'nothing is asked of practice');
    assert.equal(await phone.locator('[name=sex], [name=post], [name=name]').count(), 0, 'more than a mark');
    const answers = Object.fromEntries([...Array(items).keys()].map((n) => [`i${n}`, 'b']));
    await send(phone, code, { who: 'colibrí 93', ...answers, [asked[0]]: 'yes' });
    await says(phone, 'test-thanks-text');
    await page.goto('/capacitacion/seguimiento');
    assert.equal(await page.locator('main tbody tr').filter({ has: page.locator(`a[href="${course}"]`) }).count(), 0, 'it is due still');
  });

  await s.test('a year later the course is due again: its refresher is planned from there', async () => {
    const link = page.locator('main a[href*="/cursos/nuevo?de="]').first();
    await follow(page, () => link.click());
    assert.ok(await page.locator('[name=curriculum][value=investigation]').isChecked());
    await send(page, '/cursos/nuevo', { from: day(7) });
    assert.match(new URL(page.url()).pathname, /cursos\/F-[0-9A-Z]{5}$/, await text(page));
  });

  await s.test('G1 to G3 have filled themselves in the report that was frozen', async () => {
    await sofia.page.goto('/resultados');
    const frozen = await sofia.page.locator('a[href^="/resultados/RAICES/2"]').nth(1).getAttribute('href');
    await sofia.page.goto(frozen);
    for (const figure of ['G1', 'G2.gain', 'G2.passed', 'G2.kept', 'G3']) {
      const cells = await sofia.page.locator(`main tr:has(a[href$="/cifras/${figure}"])`).first().locator('td').allInnerTexts();
      assert.ok(cells.slice(0, 2).some((c) => /\d|ocult/i.test(c)), `${figure}: ${cells}`);
    }
  });
});
