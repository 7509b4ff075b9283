// Scenario 17, a leak: who opened the file, another code and other keys decided by a second person, and a report without content.
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { as, done, visitor } from '../lib/browser.mjs';
import { ADULT, allows, hands } from '../lib/packets.mjs';
import { open, says, send, text } from '../lib/page.mjs';
import { canary } from '../lib/run.mjs';

after(done);

test('scenario 17, a leak', async (s) => {
  const lucia = await as('lucia');
  const sara = await as('sara');
  const name = canary('leaked');
  const code = await open(lucia, { chosen_name: name, ...ADULT });
  await lucia.page.goto(`/casos/${code}/permisos`);
  const to = await allows(lucia, code, 1, ['contact', 'needs']);
  const packet = await hands(lucia, code, to, ['age'], 'Una consulta');
  const file = `/casos/${code}/filtracion`;

  await s.test('she sees who opened the file, and says that something came out', async () => {
    await lucia.page.goto(file);
    assert.match(await lucia.page.locator('main table').innerText(), /Lucía/);
    const empty = await send(lucia.page, '/filtracion', { kind: 'name' });
    assert.equal(empty.status(), 422);
    assert.equal(await lucia.page.locator('[name=kind]').inputValue(), 'name', 'nothing typed is lost');
    assert.equal((await send(lucia.page, '/filtracion', { place: 'social_network' })).status(), 200, await text(lucia.page));
    await says(lucia.page, 'leak-waits');
    await lucia.page.goto(`/casos/${code}`);
    await says(lucia.page, 'task-leak-safety');
  });

  await s.test('direction reads what kind, where and by which functions, and nothing of the file', async () => {
    await sara.page.goto('/recados');
    await says(sara.page, 'notice-leak');
    await sara.page.goto('/supervision/filtraciones');
    const [href] = await sara.page.locator('main a[href^="/supervision/filtraciones/"]').evaluateAll((all) => all.map((a) => a.getAttribute('href')));
    await sara.page.goto(href);
    const report = await text(sara.page);
    for (const secret of [name, code, 'Lucía']) assert.ok(!report.includes(secret), `the report says ${secret}`);
    assert.match(report, /Trabajo social|Trabajadora social/i);
  });

  let now;
  await s.test('the second person decides: the old code leads nowhere, for anybody', async () => {
    await sara.page.goto('/supervision/filtraciones');
    const approve = sara.page.locator('main form:has(button[value=approve])').first();
    assert.equal((await send(sara.page, approve)).status(), 200, await text(sara.page));
    await says(sara.page, 'leak-state-changed');
    for (const v of [lucia, sara]) assert.equal((await v.page.goto(`/casos/${code}`)).status(), 404);
    await lucia.page.goto('/recados');
    const link = lucia.page.locator('main a[href^="/casos/C-"]').first();
    now = (await link.getAttribute('href')).split('/').at(-1);
    assert.notEqual(now, code);
    assert.equal((await lucia.page.goto(`/casos/${now}`)).status(), 200);
    assert.ok((await text(lucia.page)).includes(name), 'the file is whole');
    assert.equal((await lucia.page.goto(`/casos/${now}/accesos`)).status(), 200);
    await says(lucia.page, 'access-act-key-renew');
  });

  await s.test('the link that was sent opens no more', async () => {
    const nobody = await visitor();
    assert.equal((await nobody.page.goto(packet.link)).status(), 410);
    await nobody.close();
  });
  await lucia.close();
  await sara.close();
});
