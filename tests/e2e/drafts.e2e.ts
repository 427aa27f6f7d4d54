import { once } from 'node:events';
import { describe, expect, it } from 'vitest';
import { enterPractice } from './pages/journeys.ts';
import { screens } from './pages/screens.ts';
import { launchApp, temporaryFolder } from './support/app.ts';
import { eventually } from './support/eventually.ts';
import { NO_KEYCHAIN } from './support/session-bus.ts';

const TEXT = 'প্রিয় {{নাম|গ্রাহক}}, শনিবার অফিস বন্ধ।';

describe('what is being written', () => {
  it('is there again after the whole program was killed, and a message that went out is not', async () => {
    const userData = temporaryFolder();
    const running = await launchApp({ userData, env: NO_KEYCHAIN });
    const ui = screens(running.page);
    await enterPractice(ui);
    const { compose, words } = ui;
    const begin = words.compose.draft.begin;
    await running.page.getByRole('button', { name: begin, exact: true }).click();
    await eventually(() => compose.message.inputValue()).toBe('');
    await compose.write('01712345678, 01812345679', TEXT);
    // The list reads what is on the disk.
    await running.page.getByRole('button', { name: words.drafts.open(2), exact: true }).click();
    await running.page.getByRole('dialog').getByText(TEXT).waitFor();
    const ended = once(running.child, 'exit');
    running.child.kill('SIGKILL');
    await ended;

    const again = await launchApp({ userData, env: NO_KEYCHAIN });
    const then = screens(again.page);
    await then.frame.go('compose');
    await eventually(() => then.compose.message.inputValue()).toBe(TEXT);
    expect(await then.compose.recipients.inputValue()).toBe('01712345678, 01812345679');
    await then.compose.sendAndConfirm();
    await then.campaign.undo.waitFor();
    const over = once(again.child, 'exit');
    again.child.kill('SIGKILL');
    await over;

    // Killed right after it was handed over: what went out is not offered to be sent again.
    const last = await launchApp({ userData, env: NO_KEYCHAIN });
    const after = screens(last.page);
    await after.frame.go('compose');
    await last.page.getByRole('button', { name: words.drafts.open(1), exact: true }).waitFor();
    expect(await after.compose.message.inputValue()).not.toBe(TEXT);
  });
});
