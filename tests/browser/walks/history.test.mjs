// What a change made is told in words, and taken back; a second writer of a task sees both.
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { as, done } from '../lib/browser.mjs';
import { day, go, open, says, send, text } from '../lib/page.mjs';
import { canary } from '../lib/run.mjs';

after(done);

test('a name that was changed by mistake', async (s) => {
  const lucia = await as('lucia');
  const [first, second] = [canary('firstname'), canary('wrongname')];
  const code = await open(lucia, { chosen_name: first });
  await lucia.page.goto(`/casos/${code}/persona`);
  await send(lucia.page, '/persona', { chosen_name: second });

  await s.test('the history says what was before and what came after', async () => {
    await lucia.page.goto(`/casos/${code}/persona`);
    await go(lucia.page, 'history-title');
    const shown = await text(lucia.page);
    assert.ok(shown.includes(first) && shown.includes(second) && shown.includes('Lucía'), shown);
    assert.ok(!shown.includes('⟦'), shown);
  });

  await s.test('the change is undone, and undoing it is a change as well', async () => {
    const response = await send(lucia.page, '/deshacer');
    assert.equal(response.status(), 200, await text(lucia.page));
    await lucia.page.goto(`/casos/${code}`);
    assert.ok((await lucia.page.locator('main h1').innerText()).includes(first));
  });
  await lucia.close();
});

test('a task that two colleagues settle', async () => {
  const [lucia, nora] = [await as('lucia'), await as('nora')];
  const code = await open(lucia, { chosen_name: canary('taskname') });
  await lucia.page.goto(`/casos/${code}`);
  await send(lucia.page, `/casos/${code}/tareas`, { text: `Llamar ${canary('task')}`, due: day(2) });
  await lucia.page.goto(`/casos/${code}`);
  await nora.page.goto(`/casos/${code}`);
  const action = await lucia.page.locator('form[action*="/tareas/"]').first().getAttribute('action');
  await send(lucia.page, action);
  const second = await send(nora.page, action);
  assert.equal(second.status(), 409);
  await says(nora.page, 'changed-text');
  assert.ok((await nora.page.locator('.versions > div').first().innerText()).includes('Lucía'));
  await lucia.close();
  await nora.close();
});
