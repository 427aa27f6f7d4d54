import { describe, expect, it } from 'vitest';
import type { SendingEnd, SendingProgress } from '#shared/ipc/host.ts';
import { nullLog } from '../../../main/logging/log.ts';
import type { Notice } from '../../../main/shell/sending-words.ts';
import { createSendingWatch } from '../../../main/shell/sending-watch.ts';
import { sendingWords } from '../../../main/shell/sending-words.ts';
import { createWanted } from '../../../main/shell/wanted.ts';

const SENDING: SendingProgress = { fraction: 0.3, waiting: 2_796, paused: 0, isPaused: false, nextAt: null };
const END: SendingEnd = {
  ...{ space: 'real', campaignId: 7, name: 'Holiday', kind: 'sent' },
  ...{ sent: 3_987, failed: 12, uncertain: 1 },
};

function desktop(platform: NodeJS.Platform = 'linux') {
  const seen = {
    bar: [] as string[],
    tray: null as string | null,
    notices: [] as { notice: Notice; press: () => void }[],
    due: null as number | null,
    shown: 0,
    focused: false,
    hasWindow: true,
    toExplain: true,
  };
  const wanted = createWanted();
  const watch = createSendingWatch({
    window: () =>
      seen.hasWindow
        ? {
            setProgressBar: (fraction, { mode }) => void seen.bar.push(`${mode} ${fraction}`),
            isFocused: () => seen.focused,
            isDestroyed: () => false,
          }
        : null,
    show: () => {
      seen.shown++;
      watch.windowShown(true);
    },
    tray: { show: ({ state }) => void (seen.tray = state), hide: () => void (seen.tray = null) },
    notify: (notice, press) => void seen.notices.push({ notice, press }),
    dueSoon: { next: (at) => void (seen.due = at) },
    wanted,
    words: () => sendingWords('en'),
    quitWord: () => 'Quit',
    staysInTray: () => true,
    explainsStaying() {
      const { toExplain } = seen;
      seen.toExplain = false;
      return toExplain;
    },
    platform,
    log: nullLog,
  });
  return { watch, seen, wanted };
}

describe('the state of sending', () => {
  it('stands on the taskbar while it moves, and nowhere when it has ended', () => {
    const { watch, seen } = desktop();
    watch.progress(SENDING);
    watch.progress({ ...SENDING, isPaused: true });
    watch.progress({ ...SENDING, fraction: null, waiting: 0, nextAt: 99 });
    expect(seen.bar).toEqual(['normal 0.3', 'paused 0.3', 'none -1']);
    expect(seen.due).toBe(99);
    expect(seen.tray).toBeNull();
  });

  it('stands in the tray while the window is hidden, explained once', () => {
    const { watch, seen } = desktop();
    watch.progress(SENDING);
    watch.stayed('tray');
    expect(seen.tray).toBe('2,796 messages to go (30% done)');
    watch.progress({ ...SENDING, fraction: null, waiting: 0 });
    expect(seen.tray).toBe('Nothing is waiting to be sent');
    watch.windowShown(true);
    expect(seen.tray).toBeNull();
    watch.stayed('tray');
    expect(seen.notices.map(({ notice }) => notice.title)).toEqual(['MiM SMS Desktop is still running']);
  });

  it('stands in the menu bar of macOS without a window, until everything is sent', () => {
    const { watch, seen } = desktop('darwin');
    watch.progress(SENDING);
    seen.hasWindow = false;
    watch.windowShown(false);
    expect(seen.tray).toContain('2,796');
    watch.progress({ ...SENDING, fraction: null, waiting: 0 });
    expect(seen.tray).toBeNull();
  });

  it('stops moving with the engine, and brings the window back when the engine is given up', () => {
    const { watch, seen } = desktop();
    watch.progress(SENDING);
    watch.stayed('tray');
    watch.engineGone();
    expect(seen.bar.at(-1)).toBe('none -1');
    expect(watch.now().waiting).toBe(2_796);
    watch.engineFailed();
    expect(watch.now().waiting).toBe(0);
    expect(seen.shown).toBe(1);
    // Out of a minimised window nobody would see why nothing leaves.
    watch.progress(SENDING);
    watch.stayed('minimized');
    watch.engineFailed();
    expect(seen.shown).toBe(2);
    watch.engineFailed();
    expect(seen.shown).toBe(2);
  });
});

describe('the end of a campaign', () => {
  it('is told with the three numbers, and a press leads to it', () => {
    const { watch, seen, wanted } = desktop();
    watch.ended(END);
    expect(seen.notices.map(({ notice }) => notice)).toEqual([
      { title: '“Holiday” has been sent', body: '3,987 sent, 12 failed, 1 uncertain' },
    ]);
    expect(wanted.take()).toBeNull();
    seen.notices[0]?.press();
    expect(seen.shown).toBe(1);
    expect(wanted.take()).toEqual({ kind: 'campaign', space: 'real', id: 7 });
    expect(wanted.take()).toBeNull();
  });

  it('of a series that stopped by itself is told also to somebody who is looking, and leads to it', () => {
    const { watch, seen, wanted } = desktop();
    seen.focused = true;
    watch.repeatStopped({ space: 'practice', name: 'Fees', reason: 'balance' });
    expect(seen.notices.map(({ notice }) => notice)).toEqual([
      {
        title: 'Practice: “Fees” has stopped and needs you',
        body: 'The balance is too low. Nothing more of it goes out until you decide.',
      },
    ]);
    seen.notices[0]?.press();
    expect(seen.shown).toBe(1);
    expect(wanted.take()).toEqual({ kind: 'repeated', space: 'practice' });
  });

  it('is not told to somebody who is looking at the window', () => {
    const { watch, seen } = desktop();
    seen.focused = true;
    watch.ended(END);
    expect(seen.notices).toEqual([]);
  });
});
