// Changing who she is: a new name is found, a second writer sees both, the identity asks for a reason first.
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { as, done } from '../lib/browser.mjs';
import { open, says, send, text } from '../lib/page.mjs';
import { canary } from '../lib/run.mjs';

after(done);

test('her name, her language and her age are corrected', async (s) => {
  const [lucia, nora] = [await as('lucia'), await as('nora')];
  const code = await open(lucia, { chosen_name: canary('oldname') });
  const path = `/casos/${code}/persona`;
  const [hers, mine] = [`Ixk'at Ñá ${canary('newname')}`, `Alba ${canary('secondname')}`];
  const search = async (v, words) => {
    await v.page.goto('/casos');
    await send(v.page, '/buscar', { words });
    return text(v.page);
  };

  await s.test('what cannot be is told beside its field, and nothing typed is lost', async () => {
    await lucia.page.goto(path);
    const response = await send(lucia.page, path, { chosen_name: hers, known: 'date', birth: { month: 13, year: 2010 } });
    assert.equal(response.status(), 422);
    await says(lucia.page, 'problem-date-impossible');
    assert.equal(await lucia.page.locator('[name=chosen_name]').inputValue(), hers);
    assert.equal(await lucia.page.locator('[name="birth@month"]').inputValue(), '13');
  });

  await s.test('a colleague who had the page open sees both versions and chooses', async () => {
    await nora.page.goto(path);
    const first = await send(lucia.page, path, { birth: { month: 5, year: new Date().getFullYear() - 15 }, interpreter: ['yes'] });
    assert.equal(first.status(), 200, await text(lucia.page));
    assert.ok((await text(lucia.page)).includes(hers));
    const second = await send(nora.page, path, { chosen_name: mine });
    assert.equal(second.status(), 409);
    const versions = await nora.page.locator('.versions > div').allInnerTexts();
    assert.ok(versions[0].includes(hers) && versions[0].includes('Lucía'), versions[0]);
    assert.ok(versions[1].includes(mine) && versions[1].includes('Nora'), versions[1]);
    const undecided = await send(nora.page, path);
    assert.equal(undecided.status(), 409, 'without a choice something was written');
    await send(nora.page, path, { choice: 'theirs' });
    assert.ok((await text(nora.page)).includes(hers));
  });

  await s.test('a search finds the new name and not the old one', async () => {
    assert.ok((await search(lucia, hers)).includes(code));
  });
  await lucia.close();
  await nora.close();
});

test('the identity is corrected after a reason, and found by its document', async () => {
  const lucia = await as('lucia');
  const code = await open(lucia, { chosen_name: canary('paperhers') });
  const path = `/casos/${code}/identidad`;
  const number = `20${Date.now()}`;
  await lucia.page.goto(path);
  await send(lucia.page, path, { reason: 'document' });
  const saved = await send(lucia.page, `${path}/cambiar`, { given: 'Inventada', surnames: `D'Ejemplo ${canary('surname')}`, document: number });
  assert.equal(saved.status(), 200, await text(lucia.page));
  await lucia.page.goto('/casos');
  await send(lucia.page, '/buscar', { words: number });
  assert.ok((await text(lucia.page)).includes(code), 'her document does not find her');
  await lucia.page.goto(`/casos/${code}/accesos`);
  const log = await text(lucia.page);
  assert.ok(!log.includes('⟦'), log);
  await lucia.close();
});
