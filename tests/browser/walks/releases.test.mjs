// «Publicaciones»: Sofía asks, Sara sees exactly what would leave and decides; both read the log.
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { as, done } from '../lib/browser.mjs';
import { follow, says, send, text } from '../lib/page.mjs';
import { t } from '../lib/words.mjs';

after(done);

test('what goes outside is asked by one and let go by another', async (s) => {
  const [sofia, sara] = [await as('sofia'), await as('sara')];
  // Of alerts: other walks join two files of one person, after which people are counted otherwise.
  let at;
  await s.test('nothing typed is lost when something is missing', async () => {
    await sofia.page.goto('/resultados/publicaciones');
    const sent = await send(sofia.page, '/resultados/publicaciones', { measure: 'alerts', months: '36', audience: 'public', recipient: '' }, sofia);
    assert.equal(sent.status(), 422);
    await says(sofia.page, 'problem-release-recipient');
    assert.equal(await sofia.page.locator('[name=measure]').inputValue(), 'alerts');
    assert.equal(await sofia.page.locator('[name=months]').inputValue(), '36');
  });
  await s.test('Sofía asks, and does not decide', async () => {
    await send(sofia.page, '/resultados/publicaciones', { recipient: 'Mesa de ejemplo' }, sofia);
    at = new URL(sofia.page.url()).pathname;
    assert.match(at, /^\/resultados\/publicaciones\/[0-9a-f-]{36}$/);
    assert.equal(await sofia.page.locator('[name=decision]').count(), 0);
    const cells = (await sofia.page.locator('main table td').allInnerTexts()).map((c) => c.trim());
    assert.deepEqual(cells.filter((c) => /^[1-9]$/.test(c)), [], 'a group of fewer than ten');
    assert.equal((await sofia.page.goto(`${at}/tabla.csv`)).status(), 404, 'not before it was decided');
  });
  await s.test('Sara lets it go, and it can be taken along', async () => {
    await sara.page.goto(at);
    await says(sara.page, 'release-decide-text');
    await follow(sara.page, () => sara.page.locator('button[value=let]').click());
    await says(sara.page, 'release-state-released');
    const csv = await sara.page.request.get(`${at}/tabla.csv`);
    assert.match(await csv.text(), /^row,column,count\n/);
    await sofia.page.goto('/resultados/publicaciones');
    assert.ok((await text(sofia.page)).includes('Mesa de ejemplo'));
    assert.ok((await text(sofia.page)).includes(t('release-refused-too_fine')), 'what did not leave is there too');
  });
  await s.test('a number is corrected with a reason, and only when it comes out otherwise', async () => {
    await sofia.page.goto(at);
    const sent = await send(sofia.page, `${at}/corregir`, { reason: 'import', note: '' }, sofia);
    assert.equal(sent.status(), 422);
    await says(sofia.page, 'problem-release-note');
    assert.equal(await sofia.page.locator('[name=reason]').inputValue(), 'import');
    await send(sofia.page, `${at}/corregir`, { reason: 'import', note: 'Una hoja se cargó dos veces' }, sofia);
    await says(sofia.page, 'state-release-unchanged');
  });
  await s.test('every number that a page showed has a name, and so have its rows and columns', async () => {
    for (const view of ['programa', 'ocupacion', 'plazos', 'territorio', 'tendencias', 'capacitacion']) await sofia.page.goto(`/datos/tablero/${view}`);
    for (const page of ['', '/casas', '/servicios', '/oficina', '/procesos']) await sofia.page.goto(`/datos${page}`);
    await sofia.page.goto('/resultados/publicaciones');
    assert.ok(!(await text(sofia.page)).includes(t('release-other')), await text(sofia.page));
    const all = [...new Set(await sofia.page.locator('main td a[href^="/resultados/publicaciones/"], main th a[href^="/resultados/publicaciones/"]').evaluateAll((links) => links.map((a) => a.getAttribute('href'))))];
    assert.ok(all.length > 40, `${all.length} answers`);
    const missing = [];
    for (const one of all) {
      const html = await (await sofia.page.request.get(one)).text();
      missing.push(...(html.match(/⟦[^⟧]*⟧/g) ?? []));
    }
    assert.deepEqual([...new Set(missing)], []);
  });
  await Promise.all([sofia.close(), sara.close()]);
});
