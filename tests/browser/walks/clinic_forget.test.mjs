// Somebody came without a case and wants nothing kept of her: it goes at once, and only after she was asked.
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { as, done } from '../lib/browser.mjs';
import { follow, form, says, send, text } from '../lib/page.mjs';
import { canary } from '../lib/run.mjs';
import { t } from '../lib/words.mjs';

after(done);

test('what she said at the clinic is erased on her word, and nothing of it comes back', async () => {
  const irma = await as('irma', { width: 360, height: 740 });
  const page = irma.page;
  const name = canary('forgotten');
  await page.goto('/clinica/recibir');
  await send(page, '/clinica/recibir', { desk: 'health', urgency: 'calm', chosen_name: name });
  const number = new URL(page.url()).searchParams.get('numero');
  await page.goto('/clinica');
  await send(page, page.locator('main .card').filter({ hasText: name }).locator('form'));
  const visit = new URL(page.url()).pathname;
  const remark = canary('forgottenremark');
  await send(page, '/nota', { text: remark });
  const unsure = await send(page, '/olvidar');
  assert.equal(unsure.status(), 422);
  await says(page, 'problem-visit-forget');
  assert.ok((await text(page)).includes(remark), 'it went before anybody said so');
  await send(page, '/olvidar', { sure: 'yes' });
  await says(page, 'clinic-erased');
  for (const shown of [await text(page), await page.title()]) assert.ok(![name, remark].some((w) => shown.includes(w)), shown);
  assert.equal(await form(page, '/nota').count() + await form(page, '/caso').count(), 0, 'somebody could write there again');
  // The queue still calls her number, until the visit ends.
  await page.goto('/clinica');
  const queue = await text(page);
  assert.ok(queue.includes(number) && !queue.includes(name));
  await page.goto(visit);
  await follow(page, () => page.getByRole('button', { name: t('clinic-done') }).click());
  await irma.close();
});
