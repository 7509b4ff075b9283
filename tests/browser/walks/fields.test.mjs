// Something unique into every field of every form of a file, by everybody who has one: what the canary looks for.
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { as, done } from '../lib/browser.mjs';
import { follow, open, text } from '../lib/page.mjs';
import { canary } from '../lib/run.mjs';

after(done);

/** Fills every field of a form: a canary where something can be typed, else the second choice there is. */
async function fill(form, section) {
  for (const one of await form.locator('input:not([type=hidden]), select, textarea').all()) {
    const { tag, type, name, digits } = await one.evaluate((e) => ({ tag: e.tagName, type: e.type, name: e.name, digits: e.inputMode === 'numeric' }));
    if (tag === 'SELECT') {
      const last = await one.locator('option').count();
      if (last > 1) await one.selectOption({ index: 1 });
    } else if (type === 'radio') {
      if (!(await form.locator(`[name="${name}"]:checked`).count())) await one.check();
    } else if (type === 'checkbox') {
      if (!name.endsWith('@answer')) await one.check();
    } else if (type === 'file') {
      const inside = canary('filecontent');
      await one.setInputFiles({ name: `${canary('filename')}.txt`, mimeType: 'text/plain', buffer: Buffer.from(`Contenido de prueba ${inside}\n`) });
    } else if (!digits && !name.includes('@') && !['amount', 'case', 'years'].includes(name)) await one.fill(`${canary(section)} `);
  }
}

async function sweep(v, code, sections, { skip = /bloquear|tutela|equipo|cierre|deshacer|retirar/ } = {}) {
  const answered = [];
  for (const section of sections) {
    await v.page.goto(`/casos/${code}${section}`);
    const actions = await v.page.locator('main form[method=post]').evaluateAll((all) => [...new Set(all.map((f) => f.getAttribute('action')))]);
    for (const action of actions.filter((a) => !skip.test(a))) {
      await v.page.goto(`/casos/${code}${section}`);
      await v.page.locator('details').evaluateAll((all) => all.forEach((d) => { d.open = true; }));
      const form = v.page.locator(`form[action="${action}"]`).first();
      if (!(await form.count())) continue;
      await fill(form, section.replace('/', '') || 'summary');
      const response = await follow(v.page, () => form.locator('button').last().click());
      assert.ok(response.status() < 500, `${action}: ${response.status()}: ${(await text(v.page)).slice(0, 200)}`);
      answered.push(`${response.status()} ${action.split('/').slice(3).join('/') || 'summary'}`);
    }
  }
  return answered;
}

test('every field of a file takes a canary', async () => {
  const [lucia, nora] = [await as('lucia'), await as('nora')];
  const code = await open(lucia, { chosen_name: canary('chosen'), given: canary('given'), surnames: canary('surnames'), mother: canary('mother'), document: canary('document'), phone: canary('phone') });
  const answered = await sweep(lucia, code, ['', '/cronologia', '/plan', '/seguridad', '/servicios', '/red', '/permisos', '/documentos', '/identidad']);
  const kept = answered.filter((a) => a.startsWith('200'));
  assert.ok(kept.length >= 8, `few forms were kept: ${answered.join(' · ')}`);

  for (const who of ['julio', 'elena', 'irma']) {
    await nora.page.goto(`/casos/${code}/equipo`);
    const name = { julio: 'Julio', elena: 'Elena', irma: 'Irma' }[who];
    const form = nora.page.locator('form[action$="/equipo"]:has([name=what][value=name])').last();
    await form.locator('select').selectOption(await form.locator('option').filter({ hasText: name }).first().getAttribute('value'));
    await follow(nora.page, () => form.locator('button').click());
    const v = await as(who);
    const section = { julio: '/legal', elena: '/psicologia', irma: '/salud' }[who];
    const notes = await sweep(v, code, [section]);
    assert.ok(notes.some((a) => a.startsWith('200')), `${who}: ${notes.join(' · ') || 'no form'}`);
    await v.close();
  }
  await lucia.close();
  await nora.close();
});

test('a search and an alert by phone take canaries too', async () => {
  const lucia = await as('lucia');
  await lucia.page.goto('/casos');
  await lucia.page.fill('[name=words]', canary('searched'));
  await follow(lucia.page, () => lucia.page.locator('form[action="/casos/buscar"] button').click());
  await lucia.page.goto('/avisos/nuevo');
  const form = lucia.page.locator('form[action="/avisos/nuevo"]');
  await fill(form, 'phonealert');
  const response = await follow(lucia.page, () => form.locator('button').last().click());
  assert.ok(response.status() < 500);
  await lucia.close();
});
