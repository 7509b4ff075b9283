// Scenario 1, «The absence»: a teacher sends an alert without an account and without the girl's name, and comes
// back with her receipt; the team takes it, asks, and reads the answer.
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { as, done, visitor } from '../lib/browser.mjs';
import { alert, find, follow, form, go, says, send, text } from '../lib/page.mjs';
import { canary } from '../lib/run.mjs';
import { t } from '../lib/words.mjs';

after(done);

test('a teacher sends an alert, and comes back with her receipt', async (s) => {
  const teacher = await visitor({ width: 360 });
  const lucia = await as('lucia');
  const [words, contact, question, reply] = ['alertwords', 'contact', 'question', 'reply'].map(canary);
  const said = `Falta desde hace ocho días. D'Ejemplo Q'anil dice que está en una tortillería. ${words}`;
  let code, path;

  await s.test('from the first page, in at most nine questions, none of them her name', async () => {
    await teacher.page.goto('/');
    await go(teacher.page, 'demo-try-alert');
    await go(teacher.page, 'reporter-teacher');
    const names = await form(teacher.page, '/aviso').locator('[name]:not([type=hidden])').evaluateAll((all) => [...new Set(all.map((e) => e.name))]);
    assert.ok(names.length <= 9, `${names.length} questions: ${names}`);
    assert.ok(!names.some((n) => /name|nombre|dpi|document/.test(n)), `asks who she is: ${names}`);
    assert.equal(await form(teacher.page, '/aviso').locator('[required]').count(), 0);
    code = await alert(teacher.page, { words: said, contact: `Después de las 13 h. ${contact}` });
    assert.match(code, /^A[-\s]?[0-9A-Z -]{10,}$/);
    await says(teacher.page, 'receipt-saved');
  });

  await s.test('the code is in no address', async () => {
    assert.ok(!teacher.requests.some((u) => u.replaceAll('-', '').includes(code.replace(/[^0-9A-Z]/g, ''))));
  });

  await s.test('Lucía sees it on the board, with the words as they were typed', async () => {
    path = await find(lucia, words);
    await lucia.page.goto(path);
    const shown = await text(lucia.page);
    assert.ok(shown.includes(said), shown);
    assert.ok(shown.includes(contact));
    assert.ok(shown.includes(t('sign-absent_days')));
  });

  await s.test('the board itself shows no words and no contact', async () => {
    await lucia.page.goto('/avisos');
    const shown = await text(lucia.page);
    assert.ok(!shown.includes(words) && !shown.includes(contact));
  });

  await s.test('before anybody takes it, the receipt says that it arrived', async () => {
    await teacher.page.goto('/aviso/recibo');
    await send(teacher.page, '/aviso/recibo', { code });
    await says(teacher.page, 'receipt-received');
  });

  await s.test('she takes it and asks something', async () => {
    await lucia.page.goto(path);
    await send(lucia.page, '/tomar', {}, { button: 'alert-take' });
    await send(lucia.page, '/mensaje', { text: `¿A qué hora sale ella? ${question}` });
    assert.ok((await text(lucia.page)).includes(question));
  });

  await s.test('the teacher comes back another day, on another phone, and types the code carelessly', async () => {
    const later = await visitor({ width: 320 });
    await later.page.goto('/aviso');
    await go(later.page, 'alert-back');
    await send(later.page, '/aviso/recibo', { code: ` ${code.toLowerCase().replaceAll('-', ' ')} ` });
    await says(later.page, 'receipt-in-hands');
    const shown = await text(later.page);
    assert.ok(shown.includes(question), 'the question of the team is not there');
    assert.ok(!shown.includes(words), 'the receipt repeats what was told');
    assert.ok(!/Luc[ií]a/.test(shown), 'the receipt names a colleague');
    await send(later.page, '/aviso/mensaje', { text: `A mediodía. ${reply}` });
    await says(later.page, 'receipt-added');
    await later.close();
  });

  await s.test('Lucía reads the answer', async () => {
    await lucia.page.goto(path);
    assert.ok((await text(lucia.page)).includes(reply));
  });

  await s.test('a wrong code is answered as a code that never existed, and is kept', async () => {
    await teacher.page.goto('/aviso/recibo');
    const response = await send(teacher.page, '/aviso/recibo', { code: 'A-2345-6789-AB' });
    assert.equal(response.status(), 422);
    assert.equal(await teacher.page.locator('[name=code]').inputValue(), 'A-2345-6789-AB');
  });

  await s.test('an empty alert keeps what was typed and says what is missing', async () => {
    await teacher.page.goto('/aviso?quien=health');
    const response = await send(teacher.page, '/aviso', { contact: `solo esto ${contact}` });
    assert.equal(response.status(), 422);
    assert.equal(await teacher.page.locator('[name=contact]').inputValue(), `solo esto ${contact}`);
    const problem = teacher.page.locator('.problems a').first();
    const target = await problem.getAttribute('href');
    assert.equal(await teacher.page.locator(target.replace(/[/@]/g, '\\$&')).count(), 1, `the problem links to ${target}, which is not there`);
  });
  await teacher.close();
  await lucia.close();
});

test('two press «Tomar»: the second is told who has it', async () => {
  const words = canary('double');
  const teacher = await visitor();
  await alert(teacher.page, { words });
  const [lucia, abel] = [await as('lucia'), await as('abel')];
  const path = await find(lucia, words);
  await lucia.page.goto(path);
  await abel.page.goto(path);
  await send(lucia.page, '/tomar', {}, { button: 'alert-take' });
  const second = await send(abel.page, '/tomar', {}, { button: 'alert-take' });
  assert.equal(second.status(), 409);
  assert.match(await text(abel.page), /Lucía/);
  await says(abel.page, 'failure-taken-title');
  await abel.page.goto(path);
  assert.match(await text(abel.page), /Lucía/);
  assert.equal(await form(abel.page, '/tomar').count(), 0);
  assert.equal(await form(abel.page, '/decidir').count(), 0, 'she may decide about an alert that a colleague has');
  await Promise.all([teacher, lucia, abel].map((v) => v.close()));
});

test('a double click on «Enviar» makes one message', async () => {
  const [words, twice] = [canary('once'), canary('twice')];
  const teacher = await visitor();
  await alert(teacher.page, { words });
  const lucia = await as('lucia');
  await lucia.page.goto(await find(lucia, words));
  await send(lucia.page, '/tomar', {}, { button: 'alert-take' });
  await form(lucia.page, '/mensaje').locator('[name=text]').fill(twice);
  const fields = await form(lucia.page, '/mensaje').evaluate((f) => Object.fromEntries(new FormData(f)));
  const to = lucia.page.url();
  for (let n = 0; n < 2; n++) await lucia.context.request.post(`${to}/mensaje`, { form: fields });
  await follow(lucia.page, () => lucia.page.goto(to));
  assert.equal((await text(lucia.page)).split(twice).length - 1, 1);
  await teacher.close();
  await lucia.close();
});
