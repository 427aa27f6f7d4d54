import { describe, expect, it } from 'vitest';
import { openingBounds } from '../../../main/shell/bounds.ts';

const laptop = { x: 0, y: 0, width: 1366, height: 728 };
const monitor = { x: 1366, y: 0, width: 1920, height: 1040 };

describe('where the window opens', () => {
  it('is where it was, on any screen that is still there', () => {
    const was = { x: 1500, y: 100, width: 1300, height: 900 };
    expect(openingBounds(was, [laptop, monitor])).toEqual(was);
  });

  it('is centred on the first screen when its screen was unplugged', () => {
    const was = { x: 1500, y: 100, width: 1300, height: 900 };
    expect(openingBounds(was, [laptop])).toEqual({ width: 1300, height: 728 });
  });

  it('is centred when only a sliver of the title bar could be reached', () => {
    expect(openingBounds({ x: -1250, y: 10, width: 1300, height: 700 }, [laptop])).toEqual({
      width: 1300,
      height: 700,
    });
    expect(openingBounds({ x: 10, y: 720, width: 1300, height: 700 }, [laptop])).toEqual({
      width: 1300,
      height: 700,
    });
  });

  it('shrinks with the screen and never below what the screens need', () => {
    expect(openingBounds({ x: 0, y: 0, width: 300, height: 200 }, [laptop])).toMatchObject({
      width: 1024,
      height: 640,
    });
    expect(openingBounds(null, [{ x: 0, y: 0, width: 800, height: 560 }])).toEqual({
      width: 800,
      height: 560,
    });
  });

  it('works without any screen', () => {
    expect(openingBounds(null, [])).toEqual({ width: 1280, height: 800 });
  });
});
