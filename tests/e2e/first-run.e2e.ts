import { describe, expect, it } from 'vitest';
import { enterPractice } from './pages/journeys.ts';
import { screens } from './pages/screens.ts';
import { launchApp } from './support/app.ts';
import { eventually } from './support/eventually.ts';

/** Twelve texts of two parts for ৳0.35 a part; the one on the do-not-disturb list is refused and free. */
const CHARGED = 11 * 2 * 0.35;

describe('the first minute, without an account', () => {
  it('sends to twelve invented people and shows what became of each', async () => {
    const { page } = await launchApp();
    const { firstRun, compose, campaign, messages, frame } = screens(page);

    await firstRun.english.click();
    await firstRun.tryItSafely.click();
    await eventually(() => compose.message.inputValue()).toContain('প্রিয় অভিভাবক');
    expect((await compose.recipients.inputValue()).split('\n')).toHaveLength(12);
    await eventually(() => compose.parts.innerText()).toMatch(/বাংলা.* 2 parts/);
    await frame.practiceBar.waitFor();
    await eventually(() => compose.send.innerText()).toMatch(/^Send 12 for practice \(24 parts/);
    await frame.balance.click();
    await eventually(frame.balanceAmount).toBe('৳5,000.00');

    await compose.send.click();
    expect(await compose.dialog.innerText()).toContain('Nothing leaves this computer');
    await compose.confirm.click();

    await campaign.stands('held').waitFor();
    await campaign.undo.waitFor();
    expect(await campaign.equation()).toBe('12 planned = 12 held');

    // One answer is lost on the way; the log of the gateway shows that the message arrived.
    await campaign.chip('uncertain').waitFor();
    await campaign.lookingInLog.waitFor();
    await campaign.stands('finished').waitFor({ timeout: 60_000 });
    expect(await campaign.equation()).toBe('12 planned = 11 taken + 1 refused');

    const states = Object.fromEntries((await campaign.rows()).map(([number, state]) => [number, state]));
    expect(states).toMatchObject({
      '+880 1999-000010': 'Refused',
      '+880 1999-010027': 'Undeliverable',
      '+880 1999-020001': 'Delivered',
    });
    expect(Object.values(states).filter((state) => state === 'Delivered')).toHaveLength(10);
    expect(await campaign.progress.getAttribute('aria-valuenow')).toBe('12');

    await eventually(frame.balanceAmount).toBe(
      `৳${(5_000 - CHARGED).toLocaleString('en-IN', { minimumFractionDigits: 2 })}`,
    );
    expect(await page.getByRole('main').innerText()).toContain(`৳${CHARGED.toFixed(2)}`);

    await frame.go('messages');
    await eventually(async () => (await messages.rows()).length).toBe(12);
    expect(await messages.table.getAttribute('aria-rowcount')).toBe('13');
  });

  it('takes everything back when Undo is pressed in time', async () => {
    const { page } = await launchApp();
    const ui = screens(page);
    const { compose, campaign, campaigns, messages, frame } = ui;
    await enterPractice(ui);
    await eventually(() => compose.message.inputValue()).not.toBe('');
    await frame.balance.click();
    await eventually(frame.balanceAmount).toBe('৳5,000.00');
    const written = {
      recipients: await compose.recipients.inputValue(),
      text: await compose.message.inputValue(),
    };

    await compose.sendAndConfirm();
    await campaign.undo.click();

    await compose.restored.waitFor();
    expect(await compose.recipients.inputValue()).toBe(written.recipients);
    expect(await compose.message.inputValue()).toBe(written.text);

    await frame.go('campaigns');
    await campaigns.openFirst();
    await campaign.table.waitFor();
    expect(await campaign.equation()).toBe('12 planned = 12 cancelled');
    await frame.go('messages');
    await eventually(async () => (await messages.rows()).map((cells) => cells.includes('Cancelled'))).toEqual(
      Array.from({ length: 12 }, () => true),
    );
    await frame.balance.click();
    await eventually(() => frame.balance.getAttribute('aria-busy')).toBeNull();
    expect(await frame.balanceAmount()).toBe('৳5,000.00');
  });
});
