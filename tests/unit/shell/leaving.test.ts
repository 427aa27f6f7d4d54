import { describe, expect, it } from 'vitest';
import type { SendingProgress } from '#shared/ipc/host.ts';
import { createLeaving } from '../../../main/shell/leaving.ts';

const NOTHING: SendingProgress = { fraction: null, waiting: 0, isPaused: false, nextAt: null };
const SENDING: SendingProgress = { fraction: 0.3, waiting: 2_796, isPaused: false, nextAt: null };
const PLANNED: SendingProgress = { fraction: null, waiting: 0, isPaused: false, nextAt: 1_000 };

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

  it.each([SENDING, PLANNED])('leaves the program in the tray while something is to be sent', async (now) => {
    const { close, done, next } = desktop(now);
    expect(close()).toBe(false);
    await next();
    expect(done).toEqual(['hidden', 'stays: tray']);
  });

  it('only minimises it where no tray would show it', async () => {
    const { close, done, next } = desktop(SENDING, { platform: 'linux', tray: false });
    expect(close()).toBe(false);
    await next();
    expect(done).toEqual(['minimized', 'stays: minimized']);
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
