// Two editors of one goal: both versions are shown, somebody chooses, nothing is lost.
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { as, done } from '../lib/browser.mjs';
import { form, go, open, says, send, text } from '../lib/page.mjs';
import { canary } from '../lib/run.mjs';

after(done);

test('two colleagues change one goal at the same time', async (s) => {
  const [lucia, nora] = [await as('lucia'), await as('nora')];
  const code = await open(lucia, { chosen_name: canary('planname') });
  const [first, hers, mine] = [canary('goal'), canary('goalhers'), canary('goalmine')];

  await s.test('a goal in her own words', async () => {
    await lucia.page.goto(`/casos/${code}/plan`);
    await send(lucia.page, `/casos/${code}/plan`, { domain: 'school', words: `Quiero terminar sexto. ${first}`, level: '-2', with_her: ['yes'], need: 'Útiles', strength: 'Lee bien', step: 'Ir a la escuela', step_who: 'Las dos' });
    assert.ok((await text(lucia.page)).includes(first));
  });

  await s.test('the second to save sees both, with who wrote which', async () => {
    await lucia.page.goto(`/casos/${code}/plan`);
    await go(lucia.page, 'goal-change');
    await nora.page.goto(lucia.page.url());
    const action = new URL(lucia.page.url()).pathname;
    await send(lucia.page, action, { words: `Quiero sexto y música. ${hers}`, level: '-1' });
    const second = await send(nora.page, action, { words: `Quiero sexto y costura. ${mine}`, level: '0' });
    assert.equal(second.status(), 409);
    const versions = await nora.page.locator('.versions > div').allInnerTexts();
    assert.equal(versions.length, 2);
    assert.ok(versions[0].includes(hers) && versions[0].includes('Lucía'), `the saved version: ${versions[0]}`);
    assert.ok(versions[1].includes(mine) && versions[1].includes('Nora'), `her own version: ${versions[1]}`);
    assert.equal(await nora.page.locator('[name=choice]:checked').count(), 0, 'something is chosen for her');
  });

  await s.test('without a choice nothing is overwritten', async () => {
    const action = new URL(nora.page.url()).pathname;
    await send(nora.page, action);
    await lucia.page.goto(`/casos/${code}/plan`);
    const shown = await text(lucia.page);
    assert.ok(shown.includes(hers) && !shown.includes(mine), 'she sent the form again without choosing, and the saved version is gone');
  });

  await s.test('she chooses hers; the former version stays in the history', async () => {
    await nora.page.goto(`/casos/${code}/plan`);
    await go(nora.page, 'goal-change');
    const action = new URL(nora.page.url()).pathname;
    await form(nora.page, action).locator('[name=version]').evaluate((e) => { e.value = '1'; });
    await send(nora.page, action, { words: `Quiero sexto y costura. ${mine}`, level: '0' });
    const saved = await send(nora.page, action, { choice: 'mine' });
    assert.equal(saved.status(), 200);
    assert.ok((await text(nora.page)).includes(mine));
    await nora.page.goto(action);
    await go(nora.page, 'history-title');
    const history = await text(nora.page);
    assert.ok(history.includes(first) && history.includes(hers), 'a former version is missing');
  });

  await s.test('undo brings the former version back', async () => {
    await send(nora.page, '/deshacer', {}, { button: 'undo' });
    await nora.page.goto(`/casos/${code}/plan`);
    const shown = await text(nora.page);
    assert.ok(shown.includes(hers) && !shown.includes(mine), shown.slice(0, 300));
  });
  await lucia.close();
  await nora.close();
});

test('Luz sees her goals and her permissions, nothing of the past', async () => {
  const luz = await as('luz', { width: 360 });
  await says(luz.page, 'my-plan-title');
  const shown = await text(luz.page);
  assert.match(shown, /Quiero terminar sexto/);
  assert.ok(!/patrón|tortillería|trata|víctima/i.test(shown), 'her page repeats what happened');
  assert.equal(await luz.page.locator('#exit').count(), 1, 'no quick exit');
  await luz.close();
});
