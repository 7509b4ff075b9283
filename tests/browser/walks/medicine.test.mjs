// The nurse writes a prescription and an allergy by day; the house sees them at her bed, gives the dose, and sees what
// was stopped.
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { as, done } from '../lib/browser.mjs';
import { claim, depart } from '../lib/house.mjs';
import { says, send, text } from '../lib/page.mjs';
import { canary } from '../lib/run.mjs';
import { like, t } from '../lib/words.mjs';

after(done);

test('a prescription by day is a dose at night, and an allergy asks once more', async (s) => {
  const [blanca, carmen, irma] = [await as('blanca', { width: 360, height: 740 }), await as('carmen'), await as('irma')];
  const [house, nurse] = [blanca.page, irma.page];
  await house.goto('/casa/recibir');
  const [bed] = await claim(house);
  const girl = canary('medicinegirl');
  await send(house, '/casa/recibir', { chosen_name: girl, bedside: 'Penicilina: le salen ronchas.', bed, basis: 'pgn_brought' });
  const code = /C-[0-9A-Z]{5}/.exec(await house.locator('main .card').filter({ hasText: girl }).innerText())[0];
  await carmen.page.goto(`/casos/${code}/equipo`);
  const team = carmen.page.locator('form[action$="/equipo"]:has([name=what][value=name])').last();
  const account = await team.locator('option', { hasText: 'Irma' }).first().getAttribute('value');
  await send(carmen.page, team, { account });

  const prescribe = (values) => send(nurse, '/salud/medicinas', { dose: 'una cucharada', times: '', kind: 'usual', ...values });
  await s.test('what the house noted at night is asked about, and nothing typed is lost', async () => {
    await nurse.goto(`/casos/${code}/salud`);
    const asked = await prescribe({ name: 'Penicilina B' });
    assert.equal(asked.status(), 422);
    await says(nurse, 'problem-medicine-allergy');
    assert.equal(await nurse.locator('#new-name').inputValue(), 'Penicilina B');
    const why = canary('despite');
    const sent = await send(nurse, '/salud/medicinas', { despite: `La toleró en el hospital. ${why}` });
    assert.equal(sent.status(), 200);
    assert.match(await text(nurse), like('medicine-named-why'));
    await house.goto(`/casa/${code}`);
    assert.ok((await text(house)).includes(why), 'the house does not read why');
  });

  await s.test('the house gives a dose of what she prescribed, and says who prescribed it', async () => {
    const past = await prescribe({ name: 'Inventina', until: { day: '1', month: '1', year: '2020' } });
    assert.equal(past.status(), 422);
    await says(nurse, 'problem-medicine-until');
    assert.equal(await nurse.locator('[name="until@year"]').inputValue(), '2020');
    await send(nurse, '/salud/medicinas', { until: { day: '', month: '', year: '' } });
    await house.goto(`/casa/${code}`);
    const card = house.locator('main section').filter({ hasText: 'Inventina' }).last();
    assert.match(await card.innerText(), /Irma/);
    await send(house, card.locator('form').filter({ has: house.locator('[name=outcome]') }).first(), {}, { button: 'dose-given' });
    await nurse.goto(`/casos/${code}/salud`);
    await says(nurse, 'medicine-last');
  });

  await s.test('an allergy is added, and one is taken off with a reason that the house reads', async () => {
    const empty = await send(nurse, '/salud/alergias', { allergy: '' });
    assert.equal(empty.status(), 422);
    await says(nurse, 'problem-allergy');
    await send(nurse, '/salud/alergias', { allergy: 'Maní: se le cierra la garganta.' });
    const first = nurse.locator('form[action*="/salud/alergias/"]').last();
    const unsaid = await send(nurse, first, { why: '' });
    assert.equal(unsaid.status(), 422);
    await says(nurse, 'problem-allergy-why');
    const why = canary('retired');
    await send(nurse, nurse.locator('form[action*="/salud/alergias/"]').last(), { why: `Prueba negativa. ${why}` });
    await house.goto(`/casa/${code}`);
    const shown = await text(house);
    assert.ok(shown.includes('Maní') && shown.includes(why), shown);
    assert.ok(shown.includes(t('ended-bedside')) && !shown.includes(t('medicine-named')), shown);
  });

  await s.test('what she stops is not given any more, and the house reads who stopped it', async () => {
    const it = nurse.locator('main section').filter({ hasText: 'Inventina' }).last();
    await send(nurse, it.locator('form'), {}, { button: 'medicine-stop' });
    await house.goto(`/casa/${code}`);
    assert.match(await text(house), new RegExp(`${like('ended-medicine').source}\\s*Inventina.*Irma`));
    assert.equal(await house.locator('main section section').filter({ hasText: 'Inventina' }).count(), 0, 'it can still be given');
  });
  await depart(house, code);
  await Promise.all([blanca, carmen, irma].map((v) => v.close()));
});
