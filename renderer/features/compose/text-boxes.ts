/** A place on the editor's surface, in CSS pixels from its upper left corner. */
export type Box = {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
};

/** Where a part begins: at the left edge of its first visible character. `part` counts from 1. */
export type BoundaryBox = Box & { readonly part: number };

const graphemes = new Intl.Segmenter(undefined, { granularity: 'grapheme' });

/**
 * The boxes that the characters `start` to `end` (UTF-16 indexes) of a laid-out text take, one for each line they are on.
 * `surface` is the element whose corner the boxes are measured from.
 */
export function boxesOf(text: Text, start: number, end: number, surface: Element): Box[] {
  const range = document.createRange();
  range.setStart(text, Math.min(start, text.length));
  range.setEnd(text, Math.min(end, text.length));
  const origin = surface.getBoundingClientRect();
  return [...range.getClientRects()].map((rect) => ({
    left: rect.left - origin.left,
    top: rect.top - origin.top,
    width: rect.width,
    height: rect.height,
  }));
}

/**
 * Where the parts after the first one begin. A boundary that falls inside a visible character (a Bangla letter with its
 * vowel sign is one) is drawn before that character, because a phone joins the parts before it draws them.
 *
 * @param starts UTF-16 indexes at which parts begin, without the first part's 0
 */
export function boundaryBoxes(text: Text, starts: readonly number[], surface: Element): BoundaryBox[] {
  const clusters = graphemes.segment(text.data);
  return starts.flatMap((start, index) => {
    const cluster = clusters.containing(start);
    if (!cluster) return [];
    const boxes = boxesOf(text, cluster.index, cluster.index + cluster.segment.length, surface);
    /* A space that hangs at a line's end has its box there; the last box is where the character really stands. */
    const box = boxes.at(-1);
    return box ? [{ ...box, part: index + 2 }] : [];
  });
}
