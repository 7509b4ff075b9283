// A place in a course, a list ticked by keyboard, and how she is over time: the table first.
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { as, done } from '../lib/browser.mjs';
import { day, follow, open, says, send, text } from '../lib/page.mjs';
import { canary } from '../lib/run.mjs';
import { like, t } from '../lib/words.mjs';

after(done);

test('how she is, by domain and day, with a mark of whether she was there', async (s) => {
  const lucia = await as('lucia', { width: 360 });
  const { page } = lucia;
  const code = await open(lucia, { chosen_name: canary('scale') });
  await page.goto(`/casos/${code}/avance`);

  await s.test('nothing is chosen for her, and nothing chosen is refused', async () => {
    assert.equal(await page.locator('[name^="d-"]:checked:not([value=""])').count(), 0);
    const empty = await send(page, '/avance');
    assert.equal(empty.status(), 422);
    await says(page, 'problem-care-scale-empty');
  });

  await s.test('twice, the second time without her and with a domain left out', async () => {
    await send(page, '/avance', { on: day(-20), 'd-safety': '1', 'd-mind': '2' });
    const box = page.locator('[name=with_her]');
    await box.uncheck();
    await send(page, '/avance', { on: day(0), 'd-safety': '3' });
    const rows = await page.locator('main table tbody tr').evaluateAll((all) => all.map((r) => [...r.children].map((c) => c.textContent.trim())));
    assert.equal(rows.length, 6);
    assert.deepEqual(rows[0].slice(1), ['1 de 4', '3 de 4']);
    assert.deepEqual(rows[2].slice(1), ['2 de 4', t('care-scale-left-out')]);
    const heads = await page.locator('main table thead th').allInnerTexts();
    assert.ok(heads[1].includes(t('care-scale-with')) && heads[2].includes(t('care-scale-without')), heads.join());
  });

  await s.test('each line says in words what it draws', async () => {
    const lines = await page.locator('main svg[role=img][aria-label]').evaluateAll((all) => all.map((e) => e.getAttribute('aria-label')));
    assert.equal(lines.length, 2, 'a domain without an answer has a line');
    assert.match(lines[0], /: 1; .*: 3$/);
  });
  await lucia.close();
});

test('a teacher ticks her list with Tab and the space bar, and sees nothing but names', async (s) => {
  const [abel, amalia] = [await as('abel'), await as('amalia', { width: 360 })];
  const name = canary('baker');
  const code = await open(abel, { chosen_name: name, years: '17', site: 'M1', municipality: 'GT0108' });

  await s.test('a place, or a turn on the list', async () => {
    await abel.page.goto(`/casos/${code}/cursos`);
    await send(abel.page, '/cursos', { service: 'pan-m1' });
    await says(abel.page, 'state-enrolment-in');
    const again = await send(abel.page, '/cursos', { service: 'pan-m1' });
    assert.equal(again.status(), 422);
    await says(abel.page, 'problem-care-enrolled');
  });

  await s.test('she came: ticked and sent without a mouse', async () => {
    const { page } = amalia;
    await page.goto('/servicios/pan-m1');
    const mine = page.locator('fieldset').filter({ hasText: name });
    assert.equal(await mine.count(), 1);
    const came = mine.locator('[name=came]');
    for (let n = 0; n < 200 && !(await came.evaluate((e) => e === document.activeElement)); n++) await page.keyboard.press('Tab');
    await page.keyboard.press('Space');
    assert.ok(await came.isChecked());
    const button = page.getByRole('button', { name: t('care-hold-send') });
    for (let n = 0; n < 200 && !(await button.evaluate((e) => e === document.activeElement)); n++) await page.keyboard.press('Tab');
    await follow(page, () => page.keyboard.press('Enter'));
    await says(page, 'care-days');
    const again = await send(page, '/servicios/pan-m1', { on: day(0) });
    assert.equal(again.status(), 422);
    await says(page, 'problem-care-held');
  });

  await s.test('it is a service of hers, and the teacher opens no file by it', async () => {
    await abel.page.goto(`/casos/${code}/servicios`);
    assert.match(await text(abel.page), /Capacitación técnica/);
    const closed = await amalia.page.goto(`/casos/${code}`);
    assert.equal(closed.status(), 404);
    const other = await amalia.page.goto('/servicios/circulo-k1');
    assert.equal(other.status(), 404);
  });

  await s.test('the part of the course that she reached', async () => {
    await abel.page.goto(`/casos/${code}/cursos`);
    await send(abel.page, abel.page.locator('form:has([name=module])'), { module: '2' });
    assert.match(await text(abel.page), like('care-module-reached'));
  });
  await Promise.all([abel, amalia].map((v) => v.close()));
});
