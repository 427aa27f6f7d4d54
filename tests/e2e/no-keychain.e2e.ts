import { describe, expect, it } from 'vitest';
import { enterAccountForm } from './pages/journeys.ts';
import { screens } from './pages/screens.ts';
import { launchApp } from './support/app.ts';
import { eventually } from './support/eventually.ts';
import { filesHolding } from './support/secret-search.ts';
import { NO_KEYCHAIN } from './support/session-bus.ts';
import { LOGIN, testGateway } from './support/test-gateway.ts';

describe('a computer without a keychain', () => {
  it('says so with the way out, works for a session when the user wants that, and asks again after a start', async () => {
    const gateway = await testGateway();
    const running = await launchApp({ env: NO_KEYCHAIN });
    const ui = screens(running.page);
    const { settings, frame } = ui;
    await enterAccountForm(ui);
    await settings.fill({
      name: 'Our school',
      serverAddress: gateway.url,
      userName: LOGIN.user,
      password: LOGIN.password,
      senders: 'MIMSCHOOL',
    });
    await settings.allowHttp.check();
    await settings.save.click();

    const problem = settings.alert.filter({ hasText: 'This computer has no working keychain.' });
    await problem.waitFor();
    expect(await problem.innerText()).toContain('Install the package “gnome-keyring”');
    expect(await frame.account.innerText()).toContain('Practice');

    await settings.saveForSession.click();
    await settings.saved('Our school').waitFor();
    await eventually(() => settings.card('Our school').innerText()).toContain(
      'only until the program closes',
    );
    await frame.balance.click();
    await eventually(frame.balanceAmount).toBe('৳1,000.00');
    expect(filesHolding(running.userData, LOGIN)).toEqual([]);
    await running.close();
    expect(filesHolding(running.userData, LOGIN)).toEqual([]);

    const again = await launchApp({ userData: running.userData, env: NO_KEYCHAIN });
    const later = screens(again.page);
    await later.frame.balance.click();
    const missing = later.frame.alerts.filter({ hasText: 'There is no password for this account.' });
    await missing.waitFor();
    expect(await missing.innerText()).toContain('Type the password in Settings, Accounts.');
    await later.frame.go('settings');
    await eventually(() => later.settings.card('Our school').innerText()).toContain('missing, type it again');
    await later.settings.edit('Our school').click();
    await later.settings.password.fill(LOGIN.password);
    await later.settings.save.click();
    await later.settings.saved('Our school').waitFor();
    gateway.setBalance(LOGIN.user, 500_000_000);
    await later.frame.balance.click();
    await eventually(later.frame.balanceAmount).toBe('৳500.00');
  });
});
