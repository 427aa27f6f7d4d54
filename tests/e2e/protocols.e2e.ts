import { describe, expect, it } from 'vitest';
import { enterAccountForm } from './pages/journeys.ts';
import { screens } from './pages/screens.ts';
import { launchApp } from './support/app.ts';
import { eventually } from './support/eventually.ts';
import { emptyKeychainAfterwards } from './support/keychain.ts';
import { LOGIN, testGateway } from './support/test-gateway.ts';

const KEY = 'key-5f1c-of-the-school';
/** Two phones, and one that is switched off (GSM error 27). */
const RECIPIENTS = '8801711000001, 8801811000002, 8801999010027';
const DELIVERED_AND_FAILED = ['Delivered', 'Delivered', 'Undeliverable'];
/** An API without a call for reports: what it took is all that it ever tells. */
const TAKEN = ['Accepted', 'Accepted', 'Accepted'];

/** Every way to MiM SMS, as the form calls it, with what its reports can tell. */
const WAYS = [
  { name: 'Automatic', reports: DELIVERED_AND_FAILED },
  { name: 'REST (JSON)', reports: DELIVERED_AND_FAILED },
  { name: 'REST (XML)', reports: DELIVERED_AND_FAILED },
  { name: 'HTTP plain v1', reports: DELIVERED_AND_FAILED },
  { name: 'HTTP plain v3', reports: DELIVERED_AND_FAILED },
  { name: 'XML v1', reports: DELIVERED_AND_FAILED },
  { name: 'XML v3', reports: DELIVERED_AND_FAILED },
  { name: 'JSON v3', reports: DELIVERED_AND_FAILED },
  { name: 'SMPP 3.4', reports: DELIVERED_AND_FAILED },
  { name: 'API key V2', reports: DELIVERED_AND_FAILED },
  { name: 'API key V1', reports: TAKEN },
] as const;

describe('every protocol, in the real app', () => {
  it('sends over each of them and shows what its reports tell', async () => {
    emptyKeychainAfterwards();
    // A login each: reports are handed out once for a login, whoever asks first.
    const gateway = await testGateway({
      users: WAYS.map((_, index) => ({
        user: `${LOGIN.user}-${index}`,
        password: LOGIN.password,
        balanceMicros: 1_000_000_000,
        apiKey: KEY,
      })),
    });
    const { page, screenshot } = await launchApp();
    const ui = screens(page);
    const { settings, compose, campaign, campaigns, frame } = ui;
    await enterAccountForm(ui);

    for (const [index, { name }] of WAYS.entries()) {
      if (index > 0) {
        await frame.go('settings');
        await settings.add.click();
      }
      await settings.choose(name);
      const isSmpp = name.startsWith('SMPP');
      const isKey = name.startsWith('API key');
      await settings.fill({
        name: `By ${name}`,
        serverAddress: isSmpp ? gateway.smppUrl : gateway.url,
        userName: `${LOGIN.user}-${index}`,
        senders: 'MIMSCHOOL',
      });
      await (isKey ? settings.apiKey : settings.password).fill(isKey ? KEY : LOGIN.password);
      await (isSmpp ? settings.allowSmpp : settings.allowHttp).check();
      await settings.test.click();
      await settings.works.waitFor();
      if (isSmpp) await screenshot('protocol-smpp-form');
      await settings.save.click();
      await settings.saved(`By ${name}`).waitFor();

      await frame.go('compose');
      await compose.write(RECIPIENTS, `Fees are due (by ${name})`);
      await compose.sendAndConfirm();
      await campaign.table.waitFor();
    }

    for (const { name, reports } of WAYS) {
      await frame.go('campaigns');
      await campaigns.open(`(by ${name})`);
      await eventually(async () => (await campaign.rows()).map(([, state]) => state).sort(), 60_000).toEqual(
        reports,
      );
    }
    await screenshot('protocols-last-campaign');

    // Nothing was sent twice, and nothing by another way than the chosen one.
    const sent = gateway.journal().map(({ text, to }) => `${text} ${to}`);
    expect(new Set(sent).size).toBe(sent.length);
    expect(sent).toHaveLength(WAYS.length * 3);
  });
});
