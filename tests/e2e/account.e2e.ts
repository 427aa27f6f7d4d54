import { describe, expect, it } from 'vitest';
import { enterAccountForm } from './pages/journeys.ts';
import { screens } from './pages/screens.ts';
import { launchApp } from './support/app.ts';
import { eventually } from './support/eventually.ts';
import { emptyKeychainAfterwards } from './support/keychain.ts';
import { LOGIN, testGateway } from './support/test-gateway.ts';

const ACCOUNT = { name: 'Our school', senders: 'MIMSCHOOL, 8801844000111' } as const;
const TEXT = 'প্রিয় অভিভাবক, আগামীকাল বিদ্যালয় বন্ধ। 😊 [ছুটি]';

/** Five people in every spelling, one of them twice, and a landline. */
const RECIPIENTS =
  '০১৭১২৩৪৫৬৭৮, 01812-345679; +880 1912 345680\n8801512345681 ০১৬১২-৩৪৫৬৮২,\n01712345678, 02-9876543';
const REACHED = ['8801712345678', '8801812345679', '8801912345680', '8801512345681', '8801612345682'];

const inTaka = (micros: number): string => `৳${(micros / 1_000_000).toFixed(2)}`;

describe('the main job, over an account', () => {
  it('connects, sends a Bangla text, shows its way and the cost, and keeps all of it', async () => {
    emptyKeychainAfterwards();
    const gateway = await testGateway();
    const running = await launchApp();
    const ui = screens(running.page);
    const { settings, compose, campaign, messages, frame } = ui;
    await enterAccountForm(ui);

    // The address is refused until the user says that nothing protects it.
    await settings.fill({
      ...ACCOUNT,
      serverAddress: gateway.url,
      userName: LOGIN.user,
      password: LOGIN.password,
    });
    await settings.test.click();
    await eventually(() => settings.serverAddress.getAttribute('aria-invalid')).toBe('true');
    expect(gateway.requests()).toEqual([]);

    await settings.allowHttp.check();
    await settings.test.click();
    await settings.works.waitFor();
    expect(await settings.works.innerText()).toContain('৳1,000.00');
    expect(gateway.journal()).toEqual([]);
    // The last one is a request for nobody, which tells whether the server takes ids of ours.
    expect(gateway.requests().map(({ method, path }) => `${method} ${path}`)).toEqual([
      'GET /account/1/balance',
      'GET /sms/1/logs',
      'GET /sms/1/inbox/logs',
      'POST /sms/1/text/advanced',
    ]);
    expect(gateway.stats()).toMatchObject({ accepted: 0, chargedMicros: 0 });
    await settings.save.click();
    await settings.saved(ACCOUNT.name).waitFor();
    await eventually(() => settings.card(ACCOUNT.name).innerText()).toContain('in the keychain');

    await frame.go('compose');
    await compose.write(RECIPIENTS, TEXT);
    await eventually(() => compose.to.innerText()).toMatch(
      /5 people[^]*1 duplicate removed[^]*1 cannot be used/,
    );
    expect(await compose.to.innerText()).toContain('A landline cannot get SMS.');
    await eventually(() => compose.send.innerText()).toMatch(/^Send 5 \(5 parts/);
    expect(await frame.practiceBar.count()).toBe(0);
    await compose.sendAndConfirm();

    await campaign.stands('finished').waitFor({ timeout: 60_000 });
    expect(await campaign.equation()).toBe('7 planned = 5 taken + 2 left out');
    expect((await campaign.rows()).map(([, state]) => state).sort()).toEqual([
      ...Array.from({ length: 5 }, () => 'Delivered'),
      'Left out',
      'Left out',
    ]);
    expect(gateway.journal().map(({ to, text, from, user }) => ({ to, text, from, user }))).toEqual(
      REACHED.map((to) => ({ to, text: TEXT, from: 'MIMSCHOOL', user: LOGIN.user })),
    );
    await eventually(frame.balanceAmount).toBe(inTaka(gateway.balanceMicros()));

    await frame.go('messages');
    await eventually(async () => (await messages.rows()).length).toBe(7);
    await messages.number.fill('৩৪৫৬৮০');
    await eventually(messages.rows).toEqual([expect.arrayContaining(['+880 1912-345680', 'Delivered'])]);
    await messages.number.fill('');
    await messages.sender.fill('mimsch');
    await messages.state('delivered').click();
    await eventually(async () => (await messages.rows()).length).toBe(5);
    await messages.search.fill('অভিভাবক বন্ধ');
    await eventually(async () => (await messages.rows()).length).toBe(5);
    await messages.state('delivered').click();
    await messages.state('undeliverable').click();
    await messages.nothingMatches.waitFor();

    // The same computer, another day.
    await running.close();
    const again = await launchApp({ userData: running.userData });
    const later = screens(again.page);
    await later.frame.go('messages');
    await later.messages.state('delivered').click();
    await eventually(async () => (await later.messages.rows()).length).toBe(5);
    gateway.setBalance(LOGIN.user, 777_770_000);
    await later.frame.balance.click();
    await eventually(later.frame.balanceAmount).toBe('৳777.77');
    await later.frame.go('settings');
    await eventually(() => later.settings.card(ACCOUNT.name).innerText()).toContain('in the keychain');
  });
});
