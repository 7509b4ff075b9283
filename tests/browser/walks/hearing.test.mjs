// Scenario 10, «Hearing tomorrow»: what is missing, who knows of it, a sheet for her; measures; whose the numbers are.
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { as, done } from '../lib/browser.mjs';
import { day, follow, open, says, send, text } from '../lib/page.mjs';
import { canary } from '../lib/run.mjs';
import { like, t } from '../lib/words.mjs';

after(done);

test('scenario 10, «Hearing tomorrow»', async (s) => {
  const lucia = await as('lucia', { width: 360, height: 740 });
  const page = lucia.page;
  const code = await open(lucia, { chosen_name: `D'Ixchel ${canary('hearingname')}` });
  const path = `/casos/${code}/audiencias`;
  const company = canary('company');

  await s.test('an hour that is none is asked for again, and all that was typed is there', async () => {
    await page.goto(path);
    await says(page, 'hearings-none');
    const bad = await send(page, '/audiencias', { kind: 'statement', on: day(1), time: 'temprano', company, interpreter: 'asked', transport: 'missing' });
    assert.equal(bad.status(), 422);
    await says(page, 'problem-clinic-time');
    assert.equal(await page.locator('#company-new').inputValue(), company);
    const sent = await send(page, '/audiencias', { time: '8:30' });
    assert.equal(sent.status(), 200, await text(page));
  });

  await s.test('what is missing is named, until it is arranged', async () => {
    for (const key of ['hearing-missing-interpreter', 'hearing-missing-transport', 'hearing-missing-prepared']) await says(page, key);
    const arrange = page.locator('form[action*="/audiencias/"]').first();
    await send(page, arrange, { interpreter: 'confirmed', transport: 'arranged', prepared: ['yes'], place: 'gesell' });
    await says(page, 'hearing-ready');
  });

  await s.test('a sheet for her, without her name, fits the phone and says that she may stop', async () => {
    await follow(page, () => page.getByRole('link', { name: t('brief-link') }).first().click());
    const shown = await text(page);
    for (const key of ['brief-right-stop', 'brief-right-break', 'brief-interpreter', 'brief-place-gesell']) assert.match(shown, like(key));
    assert.ok(shown.includes(company) && !shown.includes('Ixchel') && !shown.includes(code));
  });

  await s.test('it stands in the calendar by code, also by keyboard', async () => {
    await page.goto('/audiencias');
    const link = page.getByRole('link', { name: new RegExp(code) });
    await link.focus();
    await page.keyboard.press('Enter');
    await page.waitForURL(/\/casos\//);
    assert.equal(new URL(page.url()).pathname, path);
    await page.goto('/audiencias?ver=mes');
    const all = await text(page);
    assert.ok(all.includes(code) && !all.includes('Ixchel'));
  });

  await s.test('what is still to come was not held; it can be suspended, and says why', async () => {
    await page.goto(path);
    const early = await send(page, '/fin', { how: 'held' });
    assert.equal(early.status(), 422);
    await says(page, 'problem-hearing-early');
    await send(page, '/fin', { how: 'suspended', outcome: 'No llegó el juez.' });
    await says(page, 'hearings-past');
  });

  await s.test('a measure is asked for, granted with its term, and looked after', async () => {
    await send(page, '/medidas', { kind: 'no_approach', asked: day(-3) });
    const id = (await page.locator('form[action*="/medidas/"]').first().getAttribute('action')).split('/').pop();
    const bad = await send(page, `/medidas/${id}`, { what: 'granted', decided: day(-5) });
    assert.equal(bad.status(), 422);
    await says(page, 'problem-measure-before');
    await send(page, `/medidas/${id}`, { decided: day(0), until: day(90) });
    await says(page, 'state-measure-granted');
    await send(page, `/medidas/${id}/cumple`, { kept: 'partly' });
    await says(page, 'measure-kept-partly');
  });
  await lucia.close();
});

test('the lawyer keeps numbers and court; the team sees how far it is', async () => {
  const julio = await as('julio');
  await julio.page.goto('/casos');
  const code = (await julio.page.locator('main table tr').filter({ hasText: /\bLuz\b/ }).locator('a[href^="/casos/C-"]').first().getAttribute('href')).split('/').pop();
  const path = `/casos/${code}/audiencias`;
  await julio.page.goto(path);
  const number = canary('number');
  const sent = await send(julio.page, '/procesos', { kind: 'reparation', stage: 'complaint', court_number: number, offences: ['0204'], purposes: ['GT01'] });
  assert.equal(sent.status(), 200, await text(julio.page));
  assert.ok((await text(julio.page)).includes(number));
  const lucia = await as('lucia');
  await lucia.page.goto(path);
  await says(lucia.page, 'proceeding-masked');
  assert.ok(!(await text(lucia.page)).includes(number), 'the social worker reads the number of the proceeding');
  await Promise.all([julio, lucia].map((v) => v.close()));
});
