// One walk in English: the switch, an alert, a case, a note; never two languages on one page.
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { as, done, visitor } from '../lib/browser.mjs';
import { alert, day, find, follow, open, says, send, text } from '../lib/page.mjs';
import { canary } from '../lib/run.mjs';
import { t } from '../lib/words.mjs';

after(done);

const SPANISH = /\b(Guardar|Casos|Hoy|Avisos|Expediente|Registrar|Buscar|Bloquear|Seguridad|Permisos|Servicios|Nota|Enviar|Ninguna|persona|vence|mañana|días|Meta|Edad|todavía|aún)\b/;

async function english(page) {
  assert.equal(await page.locator('html').getAttribute('lang'), 'en');
  // The names of languages and what people typed are what they are; the link to the other language too.
  const shown = await page.evaluate(() => {
    const copy = document.body.cloneNode(true);
    copy.querySelectorAll('[lang], bdi, option, style, script, .typed').forEach((e) => e.remove());
    return copy.textContent;
  });
  const found = SPANISH.exec(shown);
  assert.ok(!found, `«${found?.[0]}» on ${new URL(page.url()).pathname}: …${shown.slice(Math.max(0, (found?.index ?? 0) - 40), (found?.index ?? 0) + 40)}…`);
}

test('in English from the first page to a note', async () => {
  const v = await visitor();
  await v.page.goto('/aviso?quien=teacher');
  const words = canary('english');
  await alert(v.page, { words });
  await v.page.goto('/');
  await follow(v.page, () => v.page.locator('a[hreflang=en]').click());
  await english(v.page);
  await v.page.goto('/aviso?quien=health');
  await english(v.page);
  const problem = await send(v.page, '/aviso', { contact: 'after one' });
  assert.equal(problem.status(), 422);
  await english(v.page);
  await v.close();

  const lucia = await as('lucia', { lang: 'en' });
  const how = { lang: 'en' };
  // Where she lands depends on a draft that another file may have left her.
  await lucia.page.goto('/hoy');
  await says(lucia.page, 'today-title', 'en');
  for (const path of ['/hoy', '/avisos', '/registrar', '/casos', '/casos/nuevo', '/emergencia', '/cuenta']) {
    await lucia.page.goto(path);
    await english(lucia.page);
  }
  await lucia.page.goto(await find(lucia, words));
  await send(lucia.page, '/tomar', {}, { ...how, button: 'alert-take' });
  await english(lucia.page);
  const code = await open(lucia, { chosen_name: canary('englishname') });
  for (const section of ['', '/plan', '/seguridad', '/servicios', '/red', '/documentos', '/permisos', '/equipo', '/accesos', '/cierre', '/identidad']) {
    await lucia.page.goto(`/casos/${code}${section}`);
    await english(lucia.page);
  }
  await lucia.page.goto(`/casos/${code}/cronologia`);
  const note = canary('englishnote');
  await send(lucia.page, '/cronologia', { kind: 'note', text: note, on: day(0) }, { ...how, button: 'save' });
  assert.ok((await text(lucia.page)).includes(note));
  assert.notEqual(t('save', 'en'), t('save', 'es'));
  await english(lucia.page);
  await lucia.close();
});
