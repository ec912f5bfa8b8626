// Who does not come in, and who sees nothing of another's.
import { enter, sound, tell, url } from './people.mjs';

await tell(async ({ staff, visitor, phone }) => {
  const stranger = await visitor();
  await stranger.goto(`${url}/migrations/invitations/${process.env.FOREIGN}`);
  await sound(stranger, 'sign-in');
  await enter(stranger, 'toronto@example.com', 'not the password');
  await stranger.getByText(/email or password is wrong/i).waitFor();
  await sound(stranger, 'a wrong password');
  await enter(stranger, 'toronto@example.com', process.env.STORY_PASSWORD);
  // Signed in where they wanted to go, and that is another location's: as if there were none.
  await stranger.getByText('There is nothing here').waitFor();
  await sound(stranger, 'what is not there');
  await stranger.goto(`${url}/migrations/invitations`);
  await stranger.getByText('No invitations yet').waitFor();
  if (await stranger.getByText('Ana Pérez').count()) throw new Error('Toronto sees a tenant of Denver');

  // The line is cut: it is said, what was there stays, and it goes on once the line is back.
  await stranger.route('**/graphql', (route) => route.abort());
  await stranger.getByRole('searchbox').fill('ann');
  await stranger.getByText('The server could not be reached.').first().waitFor();
  await sound(stranger, 'a cut line');
  await stranger.unroute('**/graphql');
  await stranger.getByRole('button', { name: 'Try again' }).first().click();
  await stranger.getByText('Nobody matches').waitFor();

  const attendant = await staff('desk@example.com');
  await attendant.getByText('These pages are for managers').waitFor();
  await sound(attendant, 'no permission');

  const tenant = await phone();
  await tenant.goto(process.env.EXPIRED);
  await tenant.getByRole('heading', { level: 1 }).waitFor();
  await sound(tenant, 'an expired link');
  if (!/expired|time/i.test(await tenant.getByRole('main').innerText())) throw new Error('the page does not say that the link has expired');
  if (tenant.url().includes(process.env.EXPIRED.split('/').at(-1))) throw new Error('the token stays in the address');

  await tenant.goto(`${url}/setup/nobody-was-given-this`);
  await tenant.getByRole('heading', { level: 1 }).waitFor();
  await sound(tenant, 'an unknown link');
});
