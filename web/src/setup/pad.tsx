import { useEffect, useRef } from 'preact/hooks';

import { followPen, type Pen } from '../shared/pen';
import type { Stroke } from '../shared/signature';
import { useSpeech } from './speech';

interface Props {
  strokes: readonly Stroke[];
  draw: (strokes: readonly Stroke[]) => void;
  describedBy: string;
}

/** Takes a signature from a mouse, a pen or a finger. Whoever has none of them types: that choice stands above this. */
export function SignaturePad({ strokes, draw, describedBy }: Props) {
  const { words } = useSpeech();
  const canvas = useRef<HTMLCanvasElement>(null);
  const pen = useRef<Pen | null>(null);
  const latest = useRef(draw);
  latest.current = draw;
  useEffect(() => {
    pen.current = followPen(canvas.current!, (all) => latest.current(all));
    return () => pen.current?.stop();
  }, []);
  useEffect(() => pen.current?.show(strokes), [strokes]);

  return (
    <div class="pad">
      <canvas
        ref={canvas}
        role="img"
        aria-label={strokes.length > 0 ? words.padDrawn : words.padEmpty}
        aria-describedby={describedBy}
      />
      <span class="line" aria-hidden="true" />
      <button type="button" onClick={() => draw([])}>
        {words.padClear}
      </button>
    </div>
  );
}
