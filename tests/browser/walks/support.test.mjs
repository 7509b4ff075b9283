// Twenty quetzales: asked for by one person, decided by another, shared by two donors, and she is counted once.
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { as, done } from '../lib/browser.mjs';
import { day, form, open, says, send, text } from '../lib/page.mjs';
import { canary } from '../lib/run.mjs';
import { like, t } from '../lib/words.mjs';

after(done);

/** What a line holds, in cents, by the heads of the columns. */
async function line(v, code) {
  await v.page.goto('/presupuesto');
  const cells = await v.page.locator('main table tbody tr').filter({ hasText: code }).locator('td').allInnerTexts();
  const [, granted, committed, paid, left] = cells.map((c) => Math.round(Number(c.replace(/[^0-9.]/g, '')) * 100));
  return { granted, committed, paid, left };
}

test('a voucher of twenty quetzales from two donors', async (s) => {
  const [lucia, nora, sara] = [await as('lucia', { width: 360 }), await as('nora'), await as('sara')];
  const name = canary('voucher');
  const code = await open(lucia, { chosen_name: name });
  const path = `/casos/${code}/apoyo`;

  await s.test('what could be two amounts is refused with a sentence, and what was typed stays', async () => {
    await lucia.page.goto(path);
    for (const amount of ['12,50', 'veinte', '-20', '']) {
      const refused = await send(lucia.page, '/apoyo', { kind: 'voucher', amount, purpose: 'Levadura' });
      assert.equal(refused.status(), 422, amount);
      await says(lucia.page, 'problem-care-amount');
      assert.equal(await lucia.page.locator('[name=purpose]').inputValue(), 'Levadura');
    }
  });

  await s.test('she asks, and has no button to decide', async () => {
    const purpose = canary('yeast');
    const asked = await send(lucia.page, '/apoyo', { kind: 'voucher', amount: 'Q 20.00', purpose: `Levadura. ${purpose}` });
    assert.equal(asked.status(), 200, await text(lucia.page));
    await says(lucia.page, 'state-support-asked');
    assert.equal(await form(lucia.page, '/decidir').count(), 0);
  });

  await s.test('a donor puts money on a line', async () => {
    const before = await line(sara, 'JAC-EMPRENDE');
    await send(sara.page, '/presupuesto', { line: 'JAC-EMPRENDE', amount: '1,250.50' });
    const now = await line(sara, 'JAC-EMPRENDE');
    assert.equal(now.granted - before.granted, 125_050);
    assert.equal(now.left - before.left, 125_050);
    const shown = await text(sara.page);
    assert.ok(!shown.includes(name) && !shown.includes(code), 'the budget leads to her');
  });

  await s.test('it waits on the coordinator’s page; parts that are not the whole are refused', async () => {
    await nora.page.goto('/hoy');
    assert.ok(await nora.page.locator(`main a[href="${path}"]`).count() > 0, 'nothing waits on her page');
    await nora.page.goto(path);
    const half = await send(nora.page, '/decidir', { 'line-JAC-EMPRENDE': '12.50', 'line-VOL-ARRANQUE': '5' }, { button: 'care-approve' });
    assert.equal(half.status(), 422);
    await says(nora.page, 'problem-care-parts');
    const none = await send(nora.page, '/decidir', {}, { button: 'care-refuse' });
    assert.equal(none.status(), 422);
    await says(nora.page, 'problem-care-refuse-why');
  });

  await s.test('two donors share it; the money is promised, then handed over', async () => {
    const [jac, vol] = [await line(sara, 'JAC-EMPRENDE'), await line(sara, 'VOL-ARRANQUE')];
    await nora.page.goto(path);
    await send(nora.page, '/decidir', { 'line-JAC-EMPRENDE': '12.50', 'line-VOL-ARRANQUE': '7.5' }, { button: 'care-approve' });
    await says(nora.page, 'state-support-approved');
    assert.equal((await line(sara, 'JAC-EMPRENDE')).left, jac.left - 1_250);
    await lucia.page.goto(path);
    const without = await send(lucia.page, '/entregar', { receipt: '' }, { button: 'care-deliver' });
    assert.equal(without.status(), 422);
    await says(lucia.page, 'problem-care-receipt');
    await send(lucia.page, '/entregar', { receipt: 'R-0020' }, { button: 'care-deliver' });
    await says(lucia.page, 'state-support-delivered');
    const [jacNow, volNow] = [await line(sara, 'JAC-EMPRENDE'), await line(sara, 'VOL-ARRANQUE')];
    assert.equal(jacNow.paid - jac.paid, 1_250);
    assert.equal(volNow.paid - vol.paid, 750);
    for (const l of [jacNow, volNow]) assert.equal(l.granted, l.left + l.committed + l.paid);
  });

  await s.test('somebody looks later, and the former versions are there', async () => {
    const seen = canary('seen');
    await send(lucia.page, '/visto', { remark: `Horneó tres veces. ${seen}`, on: day(0) });
    assert.ok((await text(lucia.page)).includes(seen));
    await lucia.page.goto(`/casos/${code}/cronologia`);
    assert.match(await text(lucia.page), like('entry-support'));
  });

  await s.test('a part comes back to the line it came from, with why and a receipt', async () => {
    const before = await line(sara, 'JAC-EMPRENDE');
    await lucia.page.goto(path);
    const more = await send(lucia.page, '/devolver', { 'line-JAC-EMPRENDE': '12.51', why: 'Sobró harina.' }, { button: 'care-back' });
    assert.equal(more.status(), 422);
    for (const key of ['problem-care-back-more', 'problem-care-back-receipt']) await says(lucia.page, key);
    assert.equal(await form(lucia.page, '/devolver').locator('[name=why]').inputValue(), 'Sobró harina.');
    const why = canary('flour');
    await send(lucia.page, '/devolver', { 'line-JAC-EMPRENDE': '2.50', why: `Sobró harina. ${why}`, receipt: 'D-0020' }, { button: 'care-back' });
    await says(lucia.page, 'state-support-delivered');
    assert.ok((await text(lucia.page)).includes(why));
    const now = await line(sara, 'JAC-EMPRENDE');
    assert.deepEqual([before.paid - now.paid, now.left - before.left], [250, 250]);
  });
  await Promise.all([lucia, nora, sara].map((v) => v.close()));
});

test('the bakery of the demonstration: two donors, one person, receipts and what was seen', async () => {
  const carmen = await as('carmen');
  await carmen.page.goto('/hoy');
  const href = await carmen.page.locator('main a[href$="/apoyo"]').first().getAttribute('href');
  await carmen.page.goto(href);
  const shown = await text(carmen.page);
  for (const words of ['Espiga', 'JAC-EMPRENDE', 'VOL-ARRANQUE', t('care-kind-seed_capital'), 'R-2']) assert.ok(shown.includes(words), words);
  await carmen.close();
});
