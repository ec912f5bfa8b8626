import { Button, Text } from '@mantine/core';
import { useEffect, useRef } from 'react';

import { followPen, type Pen } from '../shared/pen';
import type { Stroke } from '../shared/signature';
import classes from './counter.module.css';

interface Props {
  strokes: readonly Stroke[];
  draw: (strokes: readonly Stroke[]) => void;
  problem: string | undefined;
}

/** Takes a signature from a finger, a pen or a mouse. Whoever has none of them signs by typing: that choice stands below. */
export function SignaturePad({ strokes, draw, problem }: Props) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const pen = useRef<Pen | null>(null);
  const latest = useRef(draw);
  useEffect(() => {
    latest.current = draw;
  });
  useEffect(() => {
    const follows = followPen(canvas.current!, (all) => latest.current(all));
    pen.current = follows;
    return () => follows.stop();
  }, []);
  useEffect(() => pen.current?.show(strokes), [strokes]);
  return (
    <div>
      <Text fw={600} mb={4} aria-hidden>
        Signature
      </Text>
      <div className={classes.pad} data-invalid={problem ? '' : undefined}>
        <canvas
          ref={canvas}
          role="img"
          aria-label={strokes.length > 0 ? 'The signature, drawn' : 'The signature: nothing is drawn yet'}
          aria-describedby="padProblem"
        />
        <span className={classes.line} aria-hidden />
      </div>
      <Text id="padProblem" role="alert" c="var(--mantine-color-error)" fw={500}>
        {problem}
      </Text>
      <Button variant="default" mt="xs" disabled={strokes.length === 0} onClick={() => draw([])}>
        Clear and draw again
      </Button>
    </div>
  );
}
