import { describe, expect, it } from 'vitest';
import { enterAccountForm, send } from './pages/journeys.ts';
import { screens } from './pages/screens.ts';
import { launchApp } from './support/app.ts';
import { eventually } from './support/eventually.ts';
import { emptyKeychainAfterwards } from './support/keychain.ts';
import { LOGIN, testGateway } from './support/test-gateway.ts';

const REFUSED = 'MiM SMS does not accept this user name and password.';

describe('a wrong password', () => {
  it('is said when it is tested and when it is used, and the sending goes on once it is right', async () => {
    emptyKeychainAfterwards();
    const gateway = await testGateway();
    const { page } = await launchApp();
    const ui = screens(page);
    const { settings, campaign, campaigns, frame } = ui;
    await enterAccountForm(ui);
    const account = {
      name: 'Our school',
      serverAddress: gateway.url,
      userName: LOGIN.user,
      senders: 'MIMSCHOOL',
    } as const;

    await settings.fill({ ...account, password: 'wrong-Horse-7' });
    await settings.allowHttp.check();
    await settings.test.click();
    await settings.alert.filter({ hasText: REFUSED }).waitFor();
    expect(await settings.alert.filter({ hasText: REFUSED }).innerText()).toContain(
      'Capital letters matter.',
    );
    await settings.save.click();
    await settings.saved(account.name).waitFor();

    await send(ui, '01712345678, 01812345679, 01912345680', 'Classes begin at 10 tomorrow.');
    await campaign.pausedFor('credentials').waitFor();
    expect(await campaign.pausedFor('credentials').innerText()).toContain('Nothing was lost.');
    expect(await campaign.equation()).toBe('3 planned = 3 queued');
    expect(gateway.journal()).toEqual([]);

    await campaign.openAccounts.click();
    await settings.edit(account.name).click();
    await settings.password.fill(LOGIN.password);
    await settings.save.click();
    await settings.saved(account.name).waitFor();
    await frame.go('campaigns');
    await campaigns.openFirst();
    await campaign.resume.click();

    await campaign.stands('finished').waitFor({ timeout: 60_000 });
    expect(await campaign.equation()).toBe('3 planned = 3 taken');
    expect(gateway.journal().map(({ to }) => to)).toEqual([
      '8801712345678',
      '8801812345679',
      '8801912345680',
    ]);
    await eventually(frame.balanceAmount).toBe('৳998.95');
  });
});
