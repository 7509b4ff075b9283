// From an alert through a screening to a case: words and signs, never a verdict; and a warning when she is known.
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { as, done, visitor } from '../lib/browser.mjs';
import { alert, find, form, go, says, send, text } from '../lib/page.mjs';
import { canary } from '../lib/run.mjs';
import { t } from '../lib/words.mjs';

after(done);

test('an alert is screened and becomes a case', async (s) => {
  const [teacher, lucia] = [await visitor(), await as('lucia')];
  const words = canary('screened');
  const name = canary('chosen');
  await alert(teacher.page, { words });
  const path = await find(lucia, words);
  const id = path.split('/').pop();
  let code;

  await s.test('only whoever took it decides', async () => {
    await lucia.page.goto(path);
    assert.equal(await form(lucia.page, '/decidir').count(), 0);
    await send(lucia.page, '/tomar', {}, { button: 'alert-take' });
    assert.equal(await form(lucia.page, '/decidir').count(), 1);
  });

  await s.test('every question can be left out, and each says why it is asked', async () => {
    await go(lucia.page, 'alert-screen-now');
    const guide = form(lucia.page, '/conversation-guide');
    assert.equal(await guide.locator('[required]').count(), 0);
    const questions = await guide.locator('fieldset').count();
    const ways = await guide.locator('[value=declined]').count();
    assert.ok(questions > 10 && ways >= questions, `${questions} questions, ${ways} can be declined`);
  });

  await s.test('looking again keeps what was answered', async () => {
    await send(lucia.page, '/conversation-guide', { 'before/private_place': 'yes', 'before/agrees': 'yes', 'means/debt': 'yes' }, { button: 'screening-look' });
    assert.ok(await lucia.page.locator('[name="means/debt"][value=yes]').isChecked());
  });

  await s.test('the result is words and signs: no number, no verdict', async () => {
    await send(lucia.page, '/conversation-guide', { 'before/age_group': 'child', 'safety/moved_soon': 'yes', 'means/papers_kept': 'yes', 'means/hurt@answer': ['declined'] }, { button: 'screening-keep' });
    assert.match(new URL(lucia.page.url()).pathname, new RegExp(`/deteccion/${id}/resultado/`));
    await says(lucia.page, 'outcome-never-verdict');
    await says(lucia.page, 'screening-not-validated');
    await says(lucia.page, 'screening-declined');
    const shown = (await text(lucia.page)).toLowerCase();
    assert.ok(!/puntaje|puntos|\d+ ?%|\d+ de \d+|positiv[oa]|es víctima|confirmad/.test(shown), shown);
  });

  await s.test('the alert keeps the result beside it', async () => {
    await lucia.page.goto(path);
    await says(lucia.page, 'screening-done');
    await says(lucia.page, 'outcome-never-verdict');
  });

  await s.test('it becomes a case, with the municipality already there', async () => {
    await lucia.page.goto(path);
    await go(lucia.page, 'alert-to-case');
    assert.equal(await lucia.page.locator('[name=municipality]').inputValue(), 'GT0920');
    await send(lucia.page, '/casos/nuevo', { chosen_name: name, years: '13', language: 'mam', interpreter: ['yes'], given: `Inventina ${name}`, surnames: 'Q’uento Noexiste', mother: 'Fabulina Q’uento', origin: 'GT0920' }, { button: 'case-new-send' });
    code = new URL(lucia.page.url()).pathname.split('/').pop();
    assert.match(code, /^C-/, await text(lucia.page));
    const shown = await text(lucia.page);
    assert.ok(shown.includes(name) && shown.includes(code));
    assert.ok(!shown.includes('Inventina'), 'the real identity stands on the file');
  });

  await s.test('the alert says that it became a case, and the receipt still says nothing about her', async () => {
    await lucia.page.goto(path);
    await says(lucia.page, 'alert-became-case');
    await go(lucia.page, 'alert-open-case');
    assert.ok(lucia.page.url().endsWith(code));
  });

  await s.test('the same girl a second time: the warning says why, before a second file is opened', async () => {
    await lucia.page.goto('/casos/nuevo');
    // Spelled otherwise, with another apostrophe.
    const again = { chosen_name: name, years: '14', given: `Inventina ${name}`, surnames: "Q'uento Noexiste", mother: "Fabulina Q'uento", origin: 'GT0920' };
    await send(lucia.page, '/casos/nuevo', again, { button: 'case-new-send' });
    await says(lucia.page, 'met-text');
    const shown = await text(lucia.page);
    assert.ok(shown.includes(code), shown);
    assert.equal(await lucia.page.locator('[name=surnames]').inputValue(), "Q'uento Noexiste", 'what was typed is gone');
  });

  await s.test('a colleague elsewhere learns only that there is one, not which', async () => {
    const teresa = await as('teresa');
    await teresa.page.goto('/casos/nuevo');
    await send(teresa.page, '/casos/nuevo', { chosen_name: name, years: '13', given: `Inventina ${name}`, surnames: "Q'uento Noexiste", mother: "Fabulina Q'uento", origin: 'GT0920', municipality: 'GT0108' }, { button: 'case-new-send' });
    await says(teresa.page, 'met-elsewhere');
    const shown = await teresa.page.locator('main .notice').innerText();
    assert.ok(!shown.includes(code) && !shown.includes('Lucía') && !shown.includes('K1'), shown);
    await teresa.close();
  });

  await s.test('she is found by her chosen name and by her code, never through an address', async () => {
    for (const [n, words] of [name, code.toLowerCase()].entries()) {
      await lucia.page.goto('/casos');
      await send(lucia.page, '/buscar', { words });
      assert.ok((await text(lucia.page)).includes(code), n ? `not found by ${words}` : 'not found by her name');
    }
    assert.ok(!lucia.requests.some((u) => u.includes(name)));
    assert.notEqual(t('cases-search'), '');
  });
  await teacher.close();
  await lucia.close();
});
