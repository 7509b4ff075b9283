// The directory: searched by whoever refers, kept by a coordinator, brought from a file that is looked at first.
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { as, done } from '../lib/browser.mjs';
import { follow, go, says, send, text } from '../lib/page.mjs';
import { unique } from '../lib/run.mjs';
import { t } from '../lib/words.mjs';

after(done);

const service = (id, name, more = {}) => ({
  id: `10000000-0000-4000-8000-${String(id).padStart(12, '0')}`, name, status: 'active', phones: [{ id: '20000000-0000-4000-8000-000000000001', number: '0000-0911' }],
  service_areas: [{ id: '20000000-0000-4000-8000-000000000002', extent: 'GT0920' }],
  attributes: [{ id: '20000000-0000-4000-8000-000000000003', link_id: `10000000-0000-4000-8000-${String(id).padStart(12, '0')}`, link_entity: 'service', taxonomy_term: { id: '20000000-0000-4000-8000-000000000004', name: 'x', code: 'psychology', description: 'service_types' } }],
  ...more,
});

test('an institution is found, kept and brought', async (s) => {
  const [lucia, nora] = await Promise.all(['lucia', 'nora'].map((who) => as(who)));
  const name = `Consultorio ${unique('directory')}`;
  const page = nora.page;

  await s.test('a social worker searches by service and place, with the keyboard, at 360 pixels', async () => {
    const her = lucia.page;
    await her.setViewportSize({ width: 360, height: 740 });
    await her.goto('/hoy');
    await follow(her, () => her.locator('main a[href="/directorio"]').click());
    await her.locator('[name=servicio]').selectOption('mental_health');
    await her.locator('[name=municipio]').selectOption('GT0920');
    await her.locator('[name=municipio]').focus();
    await her.keyboard.press('Tab');
    await her.keyboard.press('Enter');
    await her.waitForURL(/servicio=mental_health/);
    const found = await text(her);
    assert.match(found, /Hospital de Coatepeque/);
    assert.doesNotMatch(found, /Escuela taller/);
    assert.equal((await her.goto('/directorio/nueva')).status(), 403);
    assert.equal((await her.goto('/directorio/traer')).status(), 403);
  });

  await s.test('a coordinator adds one; what is wrong is said and nothing typed is lost', async () => {
    await page.goto('/directorio');
    await go(page, 'directory-new');
    const bad = await send(page, '/directorio', { name, kind: 'ngo', municipality: 'GT0920', phone: 'pregunte', services: ['psychology'], coverage: 'Coatepeque\nAquí cerca' });
    assert.equal(bad.status(), 422);
    await says(page, 'problem-directory-phone');
    await says(page, 'problem-directory-coverage');
    assert.equal(await page.locator('[name=coverage]').inputValue(), 'Coatepeque\nAquí cerca');
    assert.ok(await page.locator('[name=services][value=psychology]').isChecked());
    const good = await send(page, '/directorio', { phone: '0000-0910', coverage: 'coatepeque\nGT0901', units: 'Recepción; 0000-0912' });
    assert.equal(good.status(), 200, await text(page));
    await page.waitForURL(/directorio\/[0-9a-f-]{36}$/);
    assert.match(await text(page), /Quetzaltenango/);
  });

  await s.test('two people change it: the second sees both', async () => {
    const other = await page.context().newPage();
    await other.goto(page.url());
    const path = new URL(page.url()).pathname;
    await send(other, path, { hours: 'martes' });
    await other.close();
    const second = await send(page, path, { hours: 'jueves' });
    assert.equal(second.status(), 409);
    const both = await text(page);
    assert.ok(both.includes('martes') && both.includes('jueves'));
    await page.locator('[name=choice][value=mine]').check();
    await follow(page, () => page.locator('main form button').last().click());
    assert.match(await text(page), /jueves/);
  });

  await s.test('retired, it can be chosen no more and is not forgotten', async () => {
    const url = page.url();
    await send(page, '/estado', {}, { button: 'directory-retire' });
    await says(page, 'directory-retired');
    await lucia.page.goto('/directorio');
    assert.ok(!(await text(lucia.page)).includes(name));
    await lucia.page.goto('/directorio?retiradas=si');
    assert.ok((await text(lucia.page)).includes(name));
    await page.goto(url);
    await send(page, '/estado', {}, { button: 'directory-return' });
  });

  await s.test('a file is looked at before anything is written; two of the same are told', async () => {
    await page.goto('/directorio/traer');
    const bring = async (content) => {
      await page.locator('[name=file]').setInputFiles({ name: 'd.json', mimeType: 'application/json', buffer: Buffer.from(content) });
      return send(page, '/directorio/traer', {});
    };
    assert.equal((await bring('nombre;telefono')).status(), 422);
    await says(page, 'problem-bring-not-json');
    const brought = `Servicio ${unique('brought')}`;
    const rows = [service(1, brought), service(2, brought.toUpperCase()), service(3, 'Sin estado', { status: undefined }), service(4, 'Con lugar', { service_at_locations: [{ location: { latitude: 14.6 } }] }), service(5, 'Sin teléfono', { phones: [] })];
    assert.equal((await bring(JSON.stringify(rows))).status(), 200);
    for (const key of ['bring-new', 'bring-why-missing', 'bring-places']) await says(page, key);
    // What is wrong names its field, and the twin its row.
    assert.ok((await text(page)).includes(`${t('directory-phone')}: ${t('problem-directory-phone')}`));
    assert.match(await text(page), /la misma que la fila.*1/);
    await lucia.page.goto('/directorio');
    assert.ok(!(await text(lucia.page)).includes(brought), 'written before the yes');
    await send(page, '/directorio/traer/si', {});
    await page.waitForURL(/directorio$/);
    assert.ok((await text(page)).includes(brought));
  });

  await s.test('it leaves without a place', async () => {
    const file = await page.request.get('/directorio/hsds.json');
    assert.match(file.headers()['content-disposition'], /attachment/);
    const out = await file.text();
    assert.ok(out.includes(name));
    for (const word of ['latitude', 'address', 'location']) assert.ok(!out.includes(`"${word}`), word);
  });
});
