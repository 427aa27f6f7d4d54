import { describe, expect, it } from 'vitest';
import { createSteps } from '../../../main/engine/steps.ts';
import { nullLog } from '../../../main/logging/log.ts';
import { manualClock } from '../../integration/accounts/manual-clock.ts';

const settled = () => new Promise<void>((resolve) => setImmediate(() => setImmediate(resolve)));

/** Steps on a disk that can be full. */
function onDisk() {
  const clock = manualClock();
  const disk = { full: false, errcode: 13, tries: 0 };
  const touched: (number | null)[] = [];
  const steps = createSteps({
    store: {
      step(work) {
        disk.tries++;
        if (disk.full) throw Object.assign(new Error('database or disk is full'), { errcode: disk.errcode });
        return work();
      },
    },
    clock,
    changes: { touched: (id) => touched.push(id) },
    log: nullLog,
  });
  return { steps, clock, disk, touched };
}

describe('a change in steps', () => {
  it('goes on until there is no more, one change of a campaign after the other', async () => {
    const { steps, touched } = onDisk();
    const done: string[] = [];
    const each = (name: string, times: number) => () => done.push(name) > 0 && --times > 0;
    const run = (id: number, name: string) => steps.run(id, 'deciding', each(name, 2));
    await Promise.all([run(1, 'a'), run(1, 'b'), run(2, 'c')]);
    expect(done.filter((name) => name !== 'c')).toEqual(['a', 'a', 'b', 'b']);
    expect(done.slice(0, 3)).toContain('c');
    expect(touched).toHaveLength(6);
    expect(steps.finish(1)).toBeNull();
  });

  it.each([
    ['the disk was full', 13],
    ['the file was locked', 5],
    ['the disk failed', 10],
  ])('is gone on with some time after %s, and keeps its turn until then', async (_, errcode) => {
    const { steps, clock, disk } = onDisk();
    const done: string[] = [];
    Object.assign(disk, { full: true, errcode });
    const run = steps.run(
      1,
      'deciding',
      () => done.push('step') < 2,
      () => done.push('end'),
    );
    await expect(run).rejects.toThrow('full');
    await expect(steps.finish(1)).rejects.toThrow('full');
    disk.full = false;
    expect(done).toEqual([]);
    clock.advance(5_000);
    await steps.finish(1);
    expect(done).toEqual(['step', 'step', 'end']);
    expect(steps.finish(1)).toBeNull();
  });

  it('is tried less and less often while it cannot be written', async () => {
    const { steps, clock, disk } = onDisk();
    const after = async (ms: number) => {
      clock.advance(ms);
      await settled();
      return disk.tries;
    };
    disk.full = true;
    await expect(steps.run(1, 'deciding', () => false)).rejects.toThrow('full');
    expect(await after(5_000)).toBe(2);
    expect(await after(5_000)).toBe(2);
    expect(await after(5_000)).toBe(3);
    expect(await after(15_000)).toBe(3);
    disk.full = false;
    expect(await after(5_000)).toBe(4);
    expect(steps.finish(1)).toBeNull();
  });

  it('holds up who waits for what is called off with that alone', async () => {
    const { steps } = onDisk();
    const done: string[] = [];
    const each = (name: string, times: number) => () => done.push(name) > 0 && --times > 0;
    const long = steps.run(1, 'deciding', each('decided', 20));
    expect(steps.calledOff()).toBeNull();
    void steps.run(2, 'calling-off', each('off', 3));
    await steps.calledOff();
    expect(done.filter((name) => name === 'off')).toHaveLength(3);
    expect(done.filter((name) => name === 'decided').length).toBeLessThan(20);
    await long;
  });

  it('ends with the program', async () => {
    const { steps } = onDisk();
    let done = 0;
    const running = steps.run(1, 'deciding', () => ++done > 0);
    await settled();
    await steps.stop();
    const before = done;
    await running;
    await settled();
    expect(done).toBe(before);
    // What waited for this to be finished must not take it for finished.
    await expect(steps.finish(1)).rejects.toThrow('ends');
    expect(steps.finish(2)).toBeNull();
  });
});
