// A tenant who reads Spanish pays from a bank account typed in, signs with a finger, and enters the code of the deposit days later. Nothing
// but the page itself learns the link.
import { linkInMail, sound, tell, until, url } from './people.mjs';

const { LINK, EMAIL } = process.env;
const token = LINK.split('/').at(-1);

await tell(async ({ phone, visitor }) => {
  const tenant = await phone({ locale: 'es-US' });
  const told = [];
  tenant.on('request', async (request) => {
    const { referer = '' } = await request.allHeaders();
    if (request.url() !== LINK && request.url().includes(token)) told.push(`asked for ${request.url()}`);
    if (referer.includes(token)) told.push(`told ${request.url()} where it came from`);
  });
  await tenant.goto(LINK);
  await tenant.getByRole('heading', { level: 1, name: /^Hola, Ana/ }).waitFor();
  if (tenant.url().includes(token)) throw new Error('the token stays in the address');
  await sound(tenant, 'the offer in Spanish');

  await tenant.getByLabel(/^Desde una cuenta bancaria/).check();
  await tenant.getByText('440.00').first().waitFor();
  await tenant.getByText('Se confirma con el código').click();
  await tenant.getByLabel('Nombre completo del titular').fill('Ana Pérez');
  await tenant.getByLabel('Autorizo estos cargos').check();
  await sound(tenant, 'the bank account in Spanish');
  await tenant.getByRole('button', { name: 'Guardar esta cuenta' }).click();
  await tenant.getByText('Su cuenta bancaria está guardada.').waitFor();

  await tenant.getByLabel('Dibujar mi firma').check();
  await tenant.getByLabel('Su nombre completo, junto a su firma').fill('Ana Pérez');
  await tenant.getByLabel(/^He leído/).check();
  const send = tenant.getByRole('button', { name: 'Aceptar y enviar' });
  await send.click();
  await tenant.getByText('Dibuje su firma en el campo blanco').waitFor();
  await sound(tenant, 'an empty drawing');
  await byFinger(tenant, tenant.getByRole('img', { name: /^Su firma/ }));
  await tenant.getByRole('img', { name: 'Su firma, dibujada' }).waitFor();
  await sound(tenant, 'a drawing');
  await send.click();
  await tenant.getByRole('heading', { name: /^Gracias, Ana/ }).waitFor();
  await tenant.getByText('Su cuenta bancaria se está confirmando').waitFor();
  await sound(tenant, 'the end in Spanish');
  if (told.length > 0) throw new Error(told.join('\n'));

  const desk = await visitor();
  await desk.goto(`${url}/sandbox/`);
  for (let day = 1; day <= 5; day++) {
    const before = await desk.locator('header time').getAttribute('datetime');
    await desk.getByRole('button', { name: '+1 day' }).click();
    await until('the clock to move', async () => (await desk.locator('header time').getAttribute('datetime')) !== before);
  }
  const again = await linkInMail(desk, EMAIL, 'REVISAR Y CONTINUAR');
  await tenant.goto(again);
  await tenant.getByRole('heading', { level: 1 }).waitFor();
  await tenant.getByRole('link', { name: 'Ingresar el código' }).click();
  await tenant.getByRole('heading', { name: 'Test bank' }).waitFor();
  await sound(tenant, 'the bank’s page');
  await tenant.getByLabel('Code').fill('SM00XX');
  await tenant.getByRole('button', { name: 'Confirm' }).click();
  await tenant.getByRole('alert').waitFor();
  await tenant.getByLabel('Code').fill('SM11AA');
  await tenant.getByRole('button', { name: 'Confirm' }).click();
  await tenant.getByText('Nothing is waiting for you here').waitFor();
  await sound(tenant, 'the bank’s page afterwards');
  await until('the page to know of the code', async () => {
    await tenant.goto(again);
    await tenant.getByRole('heading', { level: 1, name: /^Gracias, Ana/ }).waitFor();
    return (await tenant.getByText('Su cuenta bancaria se está confirmando').count()) === 0;
  });
  await sound(tenant, 'a link that was used');
});

/** Draws with one finger, as a touch screen reports it. */
async function byFinger(page, pad) {
  await pad.scrollIntoViewIfNeeded();
  const { x, y, width, height } = await pad.boundingBox();
  const screen = await page.context().newCDPSession(page);
  const scrolled = await page.evaluate(() => scrollY);
  const at = (part) => ({ x: x + width * (0.15 + 0.7 * part), y: y + height * (0.5 + 0.3 * Math.sin(part * 20)) });
  await screen.send('Input.dispatchTouchEvent', { type: 'touchStart', touchPoints: [at(0)] });
  for (let i = 1; i <= 40; i++) await screen.send('Input.dispatchTouchEvent', { type: 'touchMove', touchPoints: [at(i / 40)] });
  await screen.send('Input.dispatchTouchEvent', { type: 'touchEnd', touchPoints: [] });
  if ((await page.evaluate(() => scrollY)) !== scrolled) throw new Error('the page scrolls under a finger that draws');
}
