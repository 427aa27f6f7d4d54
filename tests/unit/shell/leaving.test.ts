import { describe, expect, it } from 'vitest';
import type { SendingProgress } from '#shared/ipc/host.ts';
import { createLeaving } from '../../../main/shell/leaving.ts';

const NOTHING: SendingProgress = { fraction: null, waiting: 0, paused: 0, isPaused: false, nextAt: null };
const SENDING: SendingProgress = { fraction: 0.3, waiting: 2_796, paused: 0, isPaused: false, nextAt: null };
/** Messages that wait for the quiet hours to end, which no gateway keeps. */
const QUIET: SendingProgress = { fraction: null, waiting: 40, paused: 0, isPaused: false, nextAt: 1_000 };
const PLANNED: SendingProgress = { fraction: null, waiting: 0, paused: 0, isPaused: false, nextAt: 1_000 };

/** A desktop with one window; `done` tells in order what became of it. */
function desktop(
  now: SendingProgress,
  have: { platform?: NodeJS.Platform; tray?: boolean; setting?: boolean; answer?: 'quit' | 'stay' } = {},
) {
  const done: string[] = [];
  let settled = (): void => undefined;
  const said = (what: string): void => {
    done.push(what);
    settled();
  };
  const leaving = createLeaving({
    platform: have.platform ?? 'win32',
    now: () => now,
    staysInTray: () => have.setting ?? true,
    hasTray: async () => have.tray ?? true,
    window: () => ({
      hide: () => void done.push('hidden'),
      minimize: () => void done.push('minimized'),
      isDestroyed: () => false,
    }),
    onStayed: (where) => said(`stays: ${where}`),
    ask: async (tray) => {
      done.push(tray ? 'asked, with tray' : 'asked');
      return have.answer ?? 'stay';
    },
    quit: () => said('quit'),
  });
  /** Closes the window; gives whether it may go at once. */
  const close = (): boolean => {
    let goes = true;
    leaving.onClose({ preventDefault: () => (goes = false) });
    return goes;
  };
  const next = () => new Promise<void>((resolve) => (settled = resolve));
  return { leaving, close, next, done };
}

describe('closing the window', () => {
  it('ends the program when nothing is to be sent', () => {
    const { close, done } = desktop(NOTHING);
    expect(close()).toBe(true);
    expect(done).toEqual([]);
  });

  it.each([SENDING, PLANNED, QUIET])(
    'leaves the program in the tray while something is to be sent',
    async (now) => {
      const { close, done, next } = desktop(now);
      expect(close()).toBe(false);
      await next();
      expect(done).toEqual(['hidden', 'stays: tray']);
    },
  );

  it('only minimises it where no tray would show it', async () => {
    const { close, done, next } = desktop(SENDING, { platform: 'linux', tray: false });
    expect(close()).toBe(false);
    await next();
    expect(done).toEqual(['minimized', 'stays: minimized']);
  });

  it('asks the second time where it would only be minimised once more, and ends by no close alone', async () => {
    const { close, done, next } = desktop(QUIET, { platform: 'linux', tray: false });
    for (let time = 0; time < 3; time++) {
      const stayed = next();
      expect(close()).toBe(false);
      await stayed;
    }
    const again = ['asked', 'minimized', 'stays: minimized'];
    expect(done).toEqual(['minimized', 'stays: minimized', ...again, ...again]);
    const quits = desktop(QUIET, { platform: 'linux', tray: false, answer: 'quit' });
    const stayed = quits.next();
    quits.close();
    await stayed;
    const quit = quits.next();
    quits.close();
    await quit;
    expect(quits.done.at(-1)).toBe('quit');
  });

  it('stays in the tray each time that there is one', async () => {
    const { close, done, next } = desktop(QUIET);
    for (let time = 0; time < 2; time++) {
      const stayed = next();
      expect(close()).toBe(false);
      await stayed;
    }
    expect(done).toEqual(['hidden', 'stays: tray', 'hidden', 'stays: tray']);
  });

  it('asks when the user does not want it in the tray', async () => {
    const { close, done, next } = desktop(SENDING, { setting: false, answer: 'quit' });
    expect(close()).toBe(false);
    await next();
    expect(done).toEqual(['asked', 'quit']);
  });

  it('is never more than that on macOS', () => {
    expect(desktop(SENDING, { platform: 'darwin' }).close()).toBe(true);
  });

  it('holds nothing up once the program ends, as at the end of the session', async () => {
    const { leaving, close, done } = desktop(SENDING);
    leaving.ends();
    expect(close()).toBe(true);
    await leaving.quit();
    expect(done).toEqual([]);
  });

  it('does not hide the window when the end comes while the tray is looked for', async () => {
    const { leaving, close, done } = desktop(SENDING);
    close();
    leaving.ends();
    await new Promise((resolve) => setImmediate(resolve));
    expect(done).toEqual([]);
  });
});

describe('quitting', () => {
  it('never asks when nothing waits', async () => {
    const { leaving, done } = desktop(NOTHING);
    await leaving.quit();
    expect(done).toEqual(['quit']);
  });

  it('asks once while something waits, and does what the user says', async () => {
    const quits = desktop(SENDING, { answer: 'quit' });
    await Promise.all([quits.leaving.quit(), quits.leaving.quit()]);
    expect(quits.done).toEqual(['asked, with tray', 'quit']);

    const stays = desktop(PLANNED);
    await stays.leaving.quit();
    expect(stays.done).toEqual(['asked, with tray', 'hidden', 'stays: tray']);
  });

  it('leaves the window where it is when the user stays and wants no tray', async () => {
    const { leaving, done } = desktop(SENDING, { setting: false });
    await leaving.quit();
    expect(done).toEqual(['asked']);
  });
});
