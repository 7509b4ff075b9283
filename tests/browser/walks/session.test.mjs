// Locking, leaving and coming back: nothing typed is lost, nothing is left behind.
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { PASSWORD, as, done, visitor } from '../lib/browser.mjs';
import { ask, cookies } from '../lib/checks.mjs';
import { answer, day, follow, form, go, open, says, send, text } from '../lib/page.mjs';
import { canary, unique } from '../lib/run.mjs';
import { like, t } from '../lib/words.mjs';

after(done);

for (const [length, words] of [['long', 'Se acordó con ella volver el jueves con la intérprete, a las nueve. '], ['short', '']]) {
  test(`a ${length} text that is sent while another tab has locked the session is still there`, async () => {
    const lucia = await as('lucia');
    const code = await open(lucia, { chosen_name: canary('lockname') });
    const typed = `${words}${canary('kept')}`;
    await lucia.page.goto(`/casos/${code}/cronologia`);
    await answer(form(lucia.page, '/cronologia'), { kind: 'note', text: typed, on: day(0) });

    const other = await lucia.context.newPage();
    await other.goto('/hoy');
    await follow(other, () => other.getByRole('button', { name: t('shell-lock') }).click());
    assert.equal(new URL(other.url()).pathname, '/desbloquear');
    assert.ok(!(await text(other)).includes(code), 'the locked page shows a case');

    await send(lucia.page, '/cronologia');
    assert.equal(new URL(lucia.page.url()).pathname, '/desbloquear');
    assert.ok(!(await lucia.page.content()).includes(typed), 'the locked page has the text in it');

    const wrong = await send(lucia.page, '/desbloquear', { password: 'no es esta' });
    assert.equal(wrong.status(), 422);
    await send(lucia.page, '/desbloquear', { password: PASSWORD });
    await says(lucia.page, 'draft-title');
    const values = await lucia.page.locator('main [name=text]').evaluateAll((all) => all.map((e) => e.value));
    assert.deepEqual(values, [typed]);
    const shown = await lucia.page.locator('main textarea').count();
    if (length === 'long') assert.equal(shown, 1, 'the text cannot be seen');

    const sent = await send(lucia.page, '/cronologia', {}, { button: 'draft-send' });
    assert.equal(sent.status(), 200, `the draft cannot be sent: ${sent.status()}`);
    await lucia.page.goto(`/casos/${code}/cronologia`);
    assert.equal((await text(lucia.page)).split(typed).length - 1, 1);
    await lucia.close();
  });
}

test('a locked session opens nothing', async () => {
  const lucia = await as('lucia');
  await lucia.page.goto('/casos');
  const jar = await cookies(lucia);
  await follow(lucia.page, () => lucia.page.getByRole('button', { name: t('shell-lock') }).click());
  for (const path of ['/hoy', '/casos', '/avisos', '/inicio', '/cuenta']) {
    const answer = await ask(path, { cookies: jar });
    assert.deepEqual([answer.status, answer.headers.location], [303, '/desbloquear'], path);
  }
  await lucia.page.goBack();
  assert.equal(new URL(lucia.page.url()).pathname, '/desbloquear', 'Back shows the page from before');
  await lucia.close();
});

test('signing out ends the session for every copy of its cookie', async () => {
  const lucia = await as('lucia');
  const jar = await cookies(lucia);
  await lucia.page.goto('/cuenta');
  await send(lucia.page, '/salir', {}, { button: 'sign-out' });
  assert.equal(new URL(lucia.page.url()).pathname, '/entrar');
  const again = await ask('/casos', { cookies: jar });
  assert.deepEqual([again.status, again.headers.location], [303, '/entrar']);
  await lucia.page.goBack();
  assert.equal(new URL(lucia.page.url()).pathname, '/entrar', 'Back shows the page from before');
  await lucia.close();
});

test('a wrong password does not tell which part was wrong', async () => {
  const v = await visitor();
  const said = [];
  for (const username of ['nora', canary('username')]) {
    await v.page.goto('/entrar');
    const response = await send(v.page, '/entrar', { username, password: canary('password') });
    assert.equal(response.status(), 422);
    said.push((await v.page.locator('main .problems').innerText()).trim());
    assert.equal(await v.page.locator('[name=username]').inputValue(), username);
    assert.equal(await v.page.locator('[name=password]').inputValue(), '', 'the password came back in the page');
  }
  assert.equal(said[0], said[1]);
  await v.close();
});

test('a name that exists is answered as one that does not, try after try, and both come to wait', async () => {
  // An account of its own: whoever is in another walk must not come to wait.
  const [tomas, v, username] = [await as('tomas'), await visitor(), unique('guessed').slice(0, 20)];
  await tomas.page.goto('/ajustes/cuentas');
  const made = await send(tomas.page, tomas.page.locator('form[action="/ajustes/cuentas"]'), { name: 'Cuenta inventada', username, role: 'teacher', site: 'M1', password: canary('ownpassword') });
  assert.equal(made.status(), 200, await text(tomas.page));
  await tomas.close();
  const heard = [];
  for (const name of [username, canary('nobody')]) {
    const said = [];
    for (let n = 0; n < 7; n++) {
      await v.page.goto('/entrar');
      await send(v.page, '/entrar', { username: name, password: `no es esta ${n}` });
      const problem = await v.page.locator('main .problems').innerText();
      said.push(like('sign-in-wait').test(problem) ? t('sign-in-wait') : problem.trim());
    }
    heard.push(said);
  }
  assert.ok(heard[0].includes(t('sign-in-wait')), `passwords can be tried without end: ${heard[0].join(' / ')}`);
  assert.deepEqual(heard[1], heard[0], 'the answers tell which names exist');
  await v.close();
});

test('the way in for whoever has no card', async () => {
  const nora = await as('nora');
  assert.equal(new URL(nora.page.url()).pathname, '/hoy');
  await go(nora.page, 'supervision-link');
  await says(nora.page, 'supervision-title');
  await nora.close();
});
