// A signature drawn by hand: strokes that can be shown at any size, and the picture of them that is handed in.

/** Where the pen was, in widths of the pad, so that a turned phone keeps what is drawn. */
export interface Point {
  x: number;
  y: number;
}

export type Stroke = readonly Point[];

/** Height of the pad for its width; setup.css and counter.module.css have the same. */
export const padRatio = 0.4;

const pictureWidth = 900;
// Ink on paper in every theme: whoever looks at the evidence later may have another one.
const [ink, paper] = ['#14213d', '#ffffff'];
const penWidth = 0.006;
const leastInk = 0.2; // widths of the pad; a dot or a slip of the finger is no signature

/** Whether there is enough to be a signature. */
export function isSignature(strokes: readonly Stroke[]): boolean {
  let length = 0;
  for (const stroke of strokes) {
    for (let i = 1; i < stroke.length; i++) {
      length += Math.hypot(stroke[i]!.x - stroke[i - 1]!.x, stroke[i]!.y - stroke[i - 1]!.y);
    }
  }
  return length >= leastInk;
}

/** Draws on white. Curves go through the middles between points, which takes the corners out of a quick hand. */
export function paint(canvas: HTMLCanvasElement, strokes: readonly Stroke[]): void {
  const pen = canvas.getContext('2d');
  if (!pen) return;
  pen.setTransform(1, 0, 0, 1, 0, 0);
  pen.fillStyle = paper;
  pen.fillRect(0, 0, canvas.width, canvas.height);
  pen.scale(canvas.width, canvas.width);
  pen.strokeStyle = ink;
  pen.lineWidth = penWidth;
  pen.lineCap = pen.lineJoin = 'round';
  for (const stroke of strokes) {
    const [first, ...rest] = stroke;
    if (!first) continue;
    pen.beginPath();
    pen.moveTo(first.x, first.y);
    rest.forEach((point, i) => {
      const next = rest[i + 1] ?? point;
      pen.quadraticCurveTo(point.x, point.y, (point.x + next.x) / 2, (point.y + next.y) / 2);
    });
    if (rest.length === 0) pen.lineTo(first.x, first.y);
    pen.stroke();
  }
}

/** The picture that is handed in: a PNG as base64, the same size from every screen and far below the 200 kB that are taken. */
export function picture(strokes: readonly Stroke[]): string {
  const canvas = document.createElement('canvas');
  canvas.width = pictureWidth;
  canvas.height = pictureWidth * padRatio;
  paint(canvas, strokes);
  return canvas.toDataURL('image/png').replace('data:image/png;base64,', '');
}
