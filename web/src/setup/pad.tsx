import { useEffect, useRef } from 'preact/hooks';

import { paint, padRatio, type Point, type Stroke } from './signature';
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
  const stroke = useRef<Point[] | null>(null); // under the pen
  const latest = useRef(strokes);
  latest.current = strokes;

  function show() {
    if (!canvas.current) return; // the page has gone on
    paint(canvas.current, stroke.current ? [...latest.current, stroke.current] : latest.current);
  }

  useEffect(() => {
    const pad = canvas.current!;
    const fit = () => {
      pad.width = Math.round(pad.clientWidth * Math.max(devicePixelRatio, 1));
      pad.height = Math.round(pad.width * padRatio);
      show();
    };
    const sizes = new ResizeObserver(fit); // calls at once, too
    sizes.observe(pad);
    return () => sizes.disconnect();
  }, []);
  useEffect(show, [strokes]);

  function add(e: PointerEvent) {
    const { left, top, width } = canvas.current!.getBoundingClientRect();
    const all = e.getCoalescedEvents?.() ?? [];
    for (const at of all.length > 0 ? all : [e]) {
      stroke.current!.push({ x: (at.clientX - left) / width, y: (at.clientY - top) / width });
    }
    show();
  }

  function end() {
    if (!stroke.current) return;
    const done = [...latest.current, stroke.current];
    stroke.current = null;
    draw(done);
  }

  return (
    <div class="pad">
      <canvas
        ref={canvas}
        role="img"
        aria-label={strokes.length > 0 ? words.padDrawn : words.padEmpty}
        aria-describedby={describedBy}
        onPointerDown={(e) => {
          if (!e.isPrimary || e.button !== 0) return;
          e.preventDefault(); // no text gets selected
          e.currentTarget.setPointerCapture(e.pointerId); // a stroke may leave the pad
          stroke.current = [];
          add(e);
        }}
        onPointerMove={(e) => stroke.current && e.isPrimary && add(e)}
        onPointerUp={end}
        onPointerCancel={end}
      />
      <span class="line" aria-hidden="true" />
      <button type="button" onClick={() => draw([])}>
        {words.padClear}
      </button>
    </div>
  );
}
