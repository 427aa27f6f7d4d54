import * as v from 'valibot';

/** The smallest window in which every screen fits, in device independent pixels. */
export const MIN_WIDTH = 1024;
export const MIN_HEIGHT = 640;

const DEFAULT_WIDTH = 1280;
const DEFAULT_HEIGHT = 800;

/** Pixels of the title bar that must stay within reach, so that the window can be dragged back. */
const REACHABLE = 80;

const Pixels = v.pipe(v.number(), v.integer(), v.minValue(-100_000), v.maxValue(100_000));

/** A rectangle on the desktop, in device independent pixels. */
export const Rectangle = v.object({ x: Pixels, y: Pixels, width: Pixels, height: Pixels });
export type Rectangle = v.InferOutput<typeof Rectangle>;

/** Where the window was when it was last seen; `bounds` are those of the window when it is not maximised. */
export const WindowPlace = v.object({ bounds: v.nullable(Rectangle), maximized: v.boolean() });
export type WindowPlace = v.InferOutput<typeof WindowPlace>;

/** Where a window opens. Without `x` and `y` the system centres it. */
export type OpeningBounds = {
  readonly x?: number;
  readonly y?: number;
  readonly width: number;
  readonly height: number;
};

/**
 * Turns remembered bounds into bounds that the user can reach on the screens that are there now: a monitor may be
 * unplugged, a resolution lowered. Never larger than the screen, never smaller than the minimum unless the screen is.
 *
 * @param workAreas the screens without their task bars, the primary one first
 */
export function openingBounds(remembered: Rectangle | null, workAreas: readonly Rectangle[]): OpeningBounds {
  const home = remembered && workAreas.find((area) => isReachable(remembered, area));
  const area = home ?? workAreas[0];
  const fit = (wanted: number, smallest: number, room: number | undefined): number =>
    room === undefined ? Math.max(wanted, smallest) : Math.min(Math.max(wanted, smallest), room);
  const width = fit(remembered?.width ?? DEFAULT_WIDTH, MIN_WIDTH, area?.width);
  const height = fit(remembered?.height ?? DEFAULT_HEIGHT, MIN_HEIGHT, area?.height);
  return home ? { x: remembered.x, y: remembered.y, width, height } : { width, height };
}

function isReachable(window: Rectangle, area: Rectangle): boolean {
  const shared = Math.min(window.x + window.width, area.x + area.width) - Math.max(window.x, area.x);
  return shared >= REACHABLE && window.y >= area.y - 1 && window.y <= area.y + area.height - REACHABLE;
}
