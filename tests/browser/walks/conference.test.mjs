// A case conference: only what she allows, what she does not want, who came, what was decided, and each institution's own part.
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { as, done } from '../lib/browser.mjs';
import { fileOfLuz } from '../lib/luz.mjs';
import { answer, day, form, go, open, says, send, text } from '../lib/page.mjs';
import { canary } from '../lib/run.mjs';

after(done);

/** The value of the choice whose label holds a text. */
const value = (page, name, label) => page.locator('label.choice', { hasText: label }).locator(`input[name="${name}"]`).first().getAttribute('value');

test('a conference is prepared, she is told, and what she does not want is not done', async (s) => {
  const lucia = await as('lucia');
  const code = await open(lucia, { chosen_name: canary('met') });
  const file = `/casos/${code}/reuniones`;
  await lucia.page.goto(`/casos/${code}/permisos`);
  const to = await form(lucia.page, '/permisos').locator('[name=recipient] option').filter({ hasText: 'Fiscalía' }).first().getAttribute('value');
  const yes = { purpose: 'share_named_partner', recipient: to, data: ['legal'], answer: 'yes', assent: 'yes', by: 'pgn', how: 'spoken', language: 'spa', until: day(90) };
  assert.equal((await send(lucia.page, '/permisos', yes)).status(), 200, await text(lucia.page));
  const prepare = () => lucia.page.locator('main form[action$="/reuniones"]');

  await s.test('only what she allowed that institution can be ticked', async () => {
    await lucia.page.goto(file);
    await says(lucia.page, 'conferences-none');
    const share = lucia.page.locator(`input[name=share][value^="${to}:"]`);
    assert.equal(await share.count(), 6);
    assert.ok(await lucia.page.locator(`input[name=share][value="${to}:health"]`).isDisabled());
    assert.ok(await lucia.page.locator(`input[name=share][value="${to}:legal"]`).isEnabled());
  });

  await s.test('a story is no agenda, and nothing typed is lost', async () => {
    const story = `La llevaron de noche al bar ${canary('story')}. Después la dejaron con el tío`;
    const response = await send(lucia.page, prepare(), { on: day(2), time: '10:00', place: 'our_office', 'point-1': 'protection', 'words-1': story, institutions: [to], share: [`${to}:legal`] });
    assert.equal(response.status(), 422);
    await says(lucia.page, 'problem-conference-words');
    assert.equal(await lucia.page.locator('[name=words-1]').inputValue(), story);
    assert.ok(await lucia.page.locator(`input[name=share][value="${to}:legal"]`).isChecked());
    assert.equal((await send(lucia.page, prepare(), { 'words-1': 'Que dure más' })).status(), 200, await text(lucia.page));
  });

  await s.test('she is told, and does not want the prosecutor to hear of her', async () => {
    await lucia.page.locator('main ul.tasks a').first().click();
    await says(lucia.page, 'conference-tell-text');
    assert.equal((await send(lucia.page, '/dicho')).status(), 200);
    await says(lucia.page, 'conference-told');
    assert.equal((await send(lucia.page, '/objecion', { to })).status(), 200, await text(lucia.page));
    await says(lucia.page, 'conference-keeps-from');
    await says(lucia.page, 'conference-objected');
  });

  await s.test('it is respected: the institution is off the list', async () => {
    assert.equal((await send(lucia.page, '/objecion/fin', { how: 'followed' })).status(), 200, await text(lucia.page));
    await says(lucia.page, 'conference-objection-followed');
    assert.doesNotMatch(await lucia.page.locator('main ul.tasks').first().innerText(), /Fiscalía/);
  });

  await s.test('another day: she is told again; or it is called off', async () => {
    assert.equal((await send(lucia.page, '/otro-dia', { on: day(9), time: '9:30' })).status(), 200, await text(lucia.page));
    await says(lucia.page, 'conference-tell-text');
    await says(lucia.page, 'conference-was');
    assert.equal((await send(lucia.page, '/cancelar')).status(), 200);
    await says(lucia.page, 'state-conference-cancelled');
  });
  await lucia.close();
});

test('one that was held: who came, decisions as tasks, and one institution’s own minutes', async (s) => {
  const nora = await as('nora');
  const lucia = await as('lucia');
  const luz = await fileOfLuz();
  const words = `Ir con ella ${canary('task')}`;
  let page;

  await s.test('Nora notes who came', async () => {
    await nora.page.goto(`${luz}/reuniones`);
    const all = await nora.page.locator('main ul.tasks a').evaluateAll((links) => links.map((a) => a.getAttribute('href')));
    for (const one of all) {
      await nora.page.goto(one);
      if (await form(nora.page, '/hecha').count()) { page = one; break; }
    }
    assert.ok(page, 'a conference whose hour has come');
    const none = await send(nora.page, '/hecha');
    assert.equal(none.status(), 422);
    await says(nora.page, 'problem-conference-came');
    const came = await value(nora.page, 'came', 'Centro');
    assert.equal((await send(nora.page, '/hecha', { came: [came] })).status(), 200, await text(nora.page));
    await says(nora.page, 'state-conference-held');
  });

  await s.test('what was decided is Lucía’s task, and somebody’s follow-up', async () => {
    const decide = () => form(nora.page, '/decisiones');
    const empty = await send(nora.page, decide(), { kind: 'accompany' });
    assert.equal(empty.status(), 422);
    await says(nora.page, 'problem-conference-whose');
    const whose = async (name) => decide().locator('[name=whose] option').filter({ hasText: name }).first().getAttribute('value');
    const what = { kind: 'accompany', point: 'safety', words, until: day(3) };
    assert.equal((await send(nora.page, decide(), { ...what, whose: await whose('Lucía') })).status(), 200, await text(nora.page));
    const theirs = { ...what, kind: 'make_appointment', words: 'Una cita', whose: await whose('Centro') };
    assert.equal((await send(nora.page, decide(), theirs)).status(), 200, await text(nora.page));
    await lucia.page.goto(luz);
    assert.ok((await text(lucia.page)).includes(words), 'it is a task of the case');
    const answered = nora.page.locator('main form[action*="/decisiones/"]').first();
    await answer(answered, { how: ['kept'], done: day(0) });
    assert.equal((await send(nora.page, answered)).status(), 200, await text(nora.page));
    await says(nora.page, 'state-conference_decision-kept');
  });

  await s.test('the institution reads only its part; what went out is on her list', async () => {
    await lucia.page.goto(page);
    await go(lucia.page, 'conference-minutes-open');
    const sheet = lucia.page.locator('main table');
    assert.match(await sheet.locator('tfoot').innerText(), /Centro/, 'each page says for whom it is');
    const said = await sheet.innerText();
    assert.match(said, /Una cita/);
    assert.ok(!said.includes(words), 'what is ours is not on it');
    assert.equal((await send(lucia.page, `/acta/${lucia.page.url().split('/').at(-1)}`)).status(), 200, await text(lucia.page));
    await says(lucia.page, 'conference-handed');
    await lucia.page.goto(`${luz}/permisos`);
    await says(lucia.page, 'disclosed-how-minutes');
    await says(lucia.page, 'disclosed-how-conference');
  });
  await nora.close();
  await lucia.close();
});

test('numbers of conferences hide few people', async () => {
  const sofia = await as('sofia');
  await sofia.page.goto('/datos/procesos?meses=12');
  for (const key of ['figure-conferences', 'figure-conference-tasks']) await says(sofia.page, key);
  await sofia.close();
});
