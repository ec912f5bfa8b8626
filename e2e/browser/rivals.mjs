// Two staff approve the same submission with different choices at the same instant: one wins, the other is told who and with what.
import { choose, openSubmission, says } from './console.mjs';
import { sound, tell, until } from './people.mjs';

await tell(async ({ staff }) => {
  const desks = [await staff('denver@example.com'), await staff('admin@example.com')]; // who signs in at the same moment may be asked to try again
  const starts = ['Current Month', 'Next Month'];
  const buttons = [];
  for (const [i, desk] of desks.entries()) {
    await openSubmission(desk, 'Ana Pérez', 'Ready for Approval');
    const dialog = await choose(desk, starts[i]);
    buttons.push(dialog.getByRole('button', { name: /^Approve( and charge|, nothing charged)/ }));
  }
  await Promise.all(buttons.map((button) => button.waitFor()));
  await Promise.all(buttons.map((button) => button.click()));

  const told = await until('one who is told of the other', async () => {
    for (const desk of desks) {
      const said = desk.getByRole('dialog').getByRole('alert');
      if (await said.count()) return { desk, said: await said.first().innerText() };
    }
  });
  const first = told.desk === desks[0] ? 'Staff admin@example.com' : 'Staff denver@example.com';
  if (!told.said.includes(first)) throw new Error(`it does not say that ${first} was first: ${told.said}`);
  await sound(told.desk, 'somebody else was first');
  for (const desk of desks) {
    await desk.reload();
    await says(desk, 'Approved');
  }
  console.log(told.desk === desks[0] ? 'NEXT_MONTH' : 'CURRENT_MONTH');
});
