import { describe, expect, it } from 'vitest';
import { enterAccountForm, saveAccount, send } from './pages/journeys.ts';
import { screens } from './pages/screens.ts';
import { launchApp } from './support/app.ts';
import { eventually } from './support/eventually.ts';
import { emptyKeychainAfterwards } from './support/keychain.ts';
import { LOGIN, testGateway } from './support/test-gateway.ts';

/** The app hands over a hundred messages in one request, four requests at a time. */
const PEOPLE = 480;

describe('the engine dies while it sends', () => {
  it('comes back by itself, and every message was taken exactly once', async () => {
    emptyKeychainAfterwards();
    // The first few are answered. Then four requests are accepted without an answer in time; the rest has to wait for them.
    const gateway = await testGateway({
      pricePerPartMicros: 100_000,
      faults: { delayMs: 600_000, sendScript: ['none', 'delay', 'delay', 'delay', 'delay'] },
    });
    const running = await launchApp();
    const ui = screens(running.page);
    const { campaign, frame } = ui;
    await enterAccountForm(ui);
    await saveAccount(ui, {
      name: 'Our school',
      serverAddress: gateway.url,
      userName: LOGIN.user,
      password: LOGIN.password,
      senders: 'MIMSCHOOL',
    });
    const numbers = Array.from({ length: PEOPLE }, (_, index) => `88017${String(12_000_000 + index)}`);
    await send(ui, numbers.join('\n'), 'Classes begin at 10 tomorrow.');

    await eventually(campaign.equation).toBe('480 planned = 5 taken + 400 being handed over + 75 queued');
    expect(gateway.journal()).toHaveLength(405);
    await running.killEngine();
    await frame.restarting.waitFor();
    await frame.restarting.waitFor({ state: 'hidden' });

    // What was on its way is looked up in the log, half a minute later; what had not left goes now.
    await eventually(campaign.equation).toBe('480 planned = 80 taken + 400 uncertain');
    await campaign.lookingInLog.waitFor();
    await campaign.stands('finished').waitFor({ timeout: 80_000 });
    expect(await campaign.equation()).toBe('480 planned = 480 taken');
    expect(await campaign.progress.getAttribute('aria-valuenow')).toBe('480');
    expect(
      gateway
        .journal()
        .map(({ to }) => to)
        .sort(),
    ).toEqual(numbers);
    await eventually(frame.balanceAmount).toBe(`৳${(gateway.balanceMicros() / 1_000_000).toFixed(2)}`);
  });
});
