// Erasing takes two people, a typed code and no legal hold; afterwards there is nothing.
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { as, done } from '../lib/browser.mjs';
import { form, open, says, send, text } from '../lib/page.mjs';
import { canary } from '../lib/run.mjs';

after(done);

test('she asks to be forgotten', async (s) => {
  const [lucia, nora, julio, sara] = [await as('lucia'), await as('nora'), await as('julio'), await as('sara')];
  const name = canary('forgotten');
  const code = await open(lucia, { chosen_name: name });
  const path = `/casos/${code}/borrado`;

  await s.test('the social worker reads what it means, and who may ask', async () => {
    await lucia.page.goto(path);
    await says(lucia.page, 'erasure-who');
    await says(lucia.page, 'erasure-stays-1');
    assert.equal(await form(lucia.page, '/borrado').count(), 0);
  });

  await s.test('the coordinator asks, and must type the code', async () => {
    await nora.page.goto(path);
    const wrong = await send(nora.page, '/borrado', { basis: 'she_asked', code: 'C-00000' });
    assert.equal(wrong.status(), 422);
    await says(nora.page, 'problem-code-again');
    assert.ok(await nora.page.locator('[name=basis][value=she_asked]').isChecked(), 'her choice is lost');
    await send(nora.page, '/borrado', { code });
    await says(nora.page, 'erasure-asked');
  });

  await s.test('the lawyer keeps the file for a trial, and nothing can be erased', async () => {
    await nora.page.goto(`/casos/${code}/equipo`);
    const option = await nora.page.locator('[name=account] option', { hasText: 'Julio' }).first().getAttribute('value');
    await send(nora.page, nora.page.locator('form', { has: nora.page.locator('[name=what][value=name]') }), { account: option });
    await julio.page.goto(path);
    await send(julio.page, '/conservar', { reason: 'open_trial' });
    await says(julio.page, 'state-legal-hold');
    await sara.page.goto('/borrados');
    const card = sara.page.locator('section', { hasText: code });
    assert.equal(await card.locator('button[value=approve]').count(), 0);
    await send(julio.page, '/soltar', { why: 'trial_ended' });
  });

  await s.test('the director sees a code and a reason, never a name, and erases', async () => {
    await sara.page.goto('/borrados');
    assert.ok(!(await text(sara.page)).includes(name));
    const card = sara.page.locator('section', { hasText: code });
    const response = await send(sara.page, card.locator('form').first());
    assert.equal(response.status(), 200, await text(sara.page));
    assert.ok(!(await text(sara.page)).includes(code));
  });

  await s.test('afterwards there is nothing', async () => {
    for (const v of [lucia, nora, julio]) {
      const gone = await v.page.goto(`/casos/${code}`);
      assert.equal(gone.status(), 404);
      await v.page.goto('/casos');
      assert.ok(!(await text(v.page)).includes(code));
    }
  });
  for (const v of [lucia, nora, julio, sara]) await v.close();
});
