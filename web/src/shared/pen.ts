// Follows a mouse, a pen or a finger over a canvas, whatever library the page around it is of.
import { paint, padRatio, type Point, type Stroke } from './signature';

export interface Pen {
  /** Shows these, and what is under the pen. */
  show: (strokes: readonly Stroke[]) => void;
  stop: () => void;
}

/** `drawn` is told of each stroke that is done, with those before it. */
export function followPen(canvas: HTMLCanvasElement, drawn: (strokes: readonly Stroke[]) => void): Pen {
  let held: readonly Stroke[] = [];
  let stroke: Point[] | null = null; // under the pen

  const draw = () => paint(canvas, stroke ? [...held, stroke] : held);

  function add(e: PointerEvent) {
    const { left, top, width } = canvas.getBoundingClientRect();
    const all = e.getCoalescedEvents?.() ?? [];
    for (const at of all.length > 0 ? all : [e]) {
      stroke!.push({ x: (at.clientX - left) / width, y: (at.clientY - top) / width });
    }
    draw();
  }

  function down(e: PointerEvent) {
    if (!e.isPrimary || e.button !== 0) return;
    e.preventDefault(); // no text gets selected
    canvas.setPointerCapture(e.pointerId); // a stroke may leave the pad
    stroke = [];
    add(e);
  }

  const move = (e: PointerEvent) => {
    if (stroke && e.isPrimary) add(e);
  };

  function up() {
    if (!stroke) return;
    held = [...held, stroke];
    stroke = null;
    drawn(held);
  }

  const sizes = new ResizeObserver(() => {
    canvas.width = Math.round(canvas.clientWidth * Math.max(devicePixelRatio, 1));
    canvas.height = Math.round(canvas.width * padRatio);
    draw();
  });
  sizes.observe(canvas); // calls at once, too
  const ended = new AbortController();
  const { signal } = ended;
  canvas.addEventListener('pointerdown', down, { signal });
  canvas.addEventListener('pointermove', move, { signal });
  canvas.addEventListener('pointerup', up, { signal });
  canvas.addEventListener('pointercancel', up, { signal });

  return {
    show(strokes) {
      held = strokes;
      draw();
    },
    stop() {
      sizes.disconnect();
      ended.abort();
    },
  };
}
