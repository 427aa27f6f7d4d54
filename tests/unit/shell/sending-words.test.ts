import { describe, expect, it } from 'vitest';
import { sendingWords } from '../../../main/shell/sending-words.ts';

const english = sendingWords('en');
const bangla = sendingWords('bn');
const NOTHING = { fraction: null, waiting: 0, paused: 0, isPaused: false, nextAt: null };
const NINE = new Date(2026, 11, 24, 9, 0).getTime();

describe('what the tray says', () => {
  it.each([
    [{ ...NOTHING, fraction: 0.996, waiting: 1 }, '1 message to go (99% done)'],
    [
      { ...NOTHING, fraction: 0.5, isPaused: true, waiting: 2_000, paused: 2_000 },
      'Paused: 2,000 messages to go',
    ],
    [{ ...NOTHING, waiting: 120_000 }, '1,20,000 messages to go'],
    [NOTHING, 'Nothing is waiting to be sent'],
  ])('of %o', (now, words) => {
    expect(english.state(now)).toBe(words);
  });

  it('when something is planned', () => {
    expect(english.state({ ...NOTHING, waiting: 3, nextAt: NINE })).toMatch(/^Next sending: .*24.*09:00/);
    expect(bangla.state({ ...NOTHING, nextAt: NINE })).toContain('০৯:০০');
  });
});

describe('the question before quitting', () => {
  it('gives the number, and what becomes of the messages', () => {
    expect(english.notLeft({ ...NOTHING, fraction: 0.2, waiting: 1_204 })).toEqual({
      title: '1,204 messages have not left.',
      body: 'They go on when the program is opened again.',
    });
    expect(bangla.notLeft({ ...NOTHING, fraction: 0.2, waiting: 1_204 }).title).toBe(
      '১,২০৪টি মেসেজ এখনো যায়নি।',
    );
    expect(english.notLeft({ ...NOTHING, waiting: 1, paused: 1, isPaused: true })).toEqual({
      title: '1 message has not left.',
      body: 'It stays paused until you resume it in the program.',
    });
  });

  it('tells what stays paused from what goes on by itself', () => {
    const now = { ...NOTHING, fraction: 0, waiting: 32, paused: 30, isPaused: true };
    expect(english.notLeft(now)).toEqual({
      title: '32 messages have not left.',
      body: '30 stay paused until you resume them in the program; 2 go out when the program is opened again.',
    });
    expect(english.notLeft({ ...now, waiting: 2, paused: 1, isPaused: false }).body).toBe(
      '1 stays paused until you resume it in the program; 1 goes out when the program is opened again.',
    );
    expect(bangla.notLeft(now).body).toBe(
      '৩০টি আপনি প্রোগ্রামে আবার না চালালে থেমেই থাকবে; ২টি প্রোগ্রাম আবার খুললে যাবে।',
    );
    const planned = { ...now, nextAt: NINE };
    expect(english.notLeft(planned).body).toMatch(/^30 stay paused .*; 2 go out .*09:00/);
    expect(bangla.notLeft(planned).body).toMatch(/^৩০টি .*০৯:০০/);
  });

  it('does not promise that a planned sending leaves while the program is closed', () => {
    expect(english.notLeft({ ...NOTHING, nextAt: NINE }).title).toMatch(/planned for .*09:00/);
    for (const waiting of [0, 5])
      expect(english.notLeft({ ...NOTHING, waiting, nextAt: NINE }).body).toContain('only while the program');
  });
});

it('says in each language which space, what happened and the three numbers', () => {
  const end = { campaignId: 1, name: 'ছুটি', sent: 12_345, failed: 6, uncertain: 0 };
  expect(bangla.ended({ ...end, space: 'practice', kind: 'sent' })).toEqual({
    title: 'অনুশীলন: “ছুটি” পাঠানো হয়েছে',
    body: '১২,৩৪৫টি গেছে, ৬টি ব্যর্থ, ০টি অনিশ্চিত',
  });
  expect(english.ended({ ...end, space: 'real', kind: 'paused' })).toEqual({
    title: '“ছুটি” stopped and needs you',
    body: '12,345 sent, 6 failed, 0 open or uncertain',
  });
});
