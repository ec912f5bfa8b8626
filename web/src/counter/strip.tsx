// Who it is and what they pay, beside every step.
import { IconShieldCheck } from '@tabler/icons-react';

import { day } from '../console/parts/words';
import type { Session } from './acting';
import classes from './counter.module.css';
import { summaryOf } from './standing';
import { nothingToday } from './words';

export function Strip({ session }: { session: Session }) {
  const { name, plate, plan, price, nextBill } = summaryOf(session);
  const fact = (label: string, value: string) =>
    value && (
      <div>
        <dt>{label}</dt>
        <dd>{value}</dd>
      </div>
    );
  return (
    <aside className={classes.strip} aria-label="Customer">
      <p className={classes.who}>{name || 'Customer'}</p>
      <dl className={classes.facts}>
        {fact('Plate', plate)}
        {fact('Tag', plate ? '' : session.rfid)}
        {fact('Plan', plan)}
        {fact('Price', price)}
        {fact('Next bill', nextBill ? day(nextBill) : '')}
      </dl>
      <p className={classes.calm}>
        <IconShieldCheck size={20} aria-hidden />
        {nothingToday}
      </p>
    </aside>
  );
}
