import { IconCheck } from '@tabler/icons-react';

import type { CounterStep } from '../gql/graphql';
import classes from './counter.module.css';
import { stepNames, steps } from './words';

/** The steps, and at which one it is. */
export function Rail({ step }: { step: CounterStep }) {
  const at = steps.indexOf(step);
  return (
    <ol className={classes.rail} aria-label="Steps">
      {steps.map((each, i) => (
        <li key={each} aria-current={i === at ? 'step' : undefined} data-done={i < at || undefined}>
          <span className={classes.dot} aria-hidden>
            {i < at || step === 'DONE' ? <IconCheck size={14} stroke={3} /> : i + 1}
          </span>
          <span className={classes.stepname}>
            {stepNames[each]}
            {i < at && <span className={classes.hidden}>, done</span>}
          </span>
        </li>
      ))}
    </ol>
  );
}
