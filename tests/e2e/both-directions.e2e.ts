import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { enterPractice, send } from './pages/journeys.ts';
import { screens } from './pages/screens.ts';
import { launchApp, temporaryFolder } from './support/app.ts';
import { eventually } from './support/eventually.ts';
import { emptyKeychainAfterwards } from './support/keychain.ts';
import { LOGIN, testGateway } from './support/test-gateway.ts';
import { startTour } from './support/tour.ts';

const QUESTION = 'আগামীকাল কি বিদ্যালয় খোলা?';
const ANSWER = 'হ্যাঁ, সকাল ১০টায় খোলা।';
/** In use, ported to another network, abroad, switched off, not in use. */
const NUMBERS = ['8801711000001', '8801999030001', '8801999030002', '8801999030003', '8801999030004'];
/** A tour takes many pictures; on a busy machine that is slow. */
const TOUR_LIMIT_MS = 300_000;

const SETTLED = {
  version: 1,
  value: { language: 'en', theme: 'light', firstRunDone: true, vaultMode: 'keychain' },
};

describe('later, back and forth, in practice', () => {
  it(
    'is scheduled and sent now, answered, replied to and looked up',
    async () => {
      const running = await launchApp();
      const ui = screens(running.page);
      const tour = await startTour(running);
      await enterPractice(ui);
      const { compose, campaign, inbox, lookup, receiving, messages, settings, frame } = ui;

      await eventually(() => compose.send.innerText()).toMatch(/12/);
      await compose.write('01711000001, 01811000002', 'Exam on Monday at 10');
      await compose.later.click();
      await compose.pick('tomorrow').click();
      await compose.heldBy('gateway').waitFor();
      await tour.shoot('compose-later', { small: true });
      await compose.send.click();
      await compose.confirm.click();
      await campaign.sendNow.waitFor({ timeout: 30_000 });
      await tour.shoot('campaign-scheduled', { small: true });
      await campaign.sendNow.click();
      await campaign.sendNowReally.click();
      await campaign.stands('finished').waitFor({ timeout: 60_000 });

      await frame.go('inbox');
      await inbox.nothingYet.waitFor();
      await tour.shoot('inbox-empty');
      await frame.go('settings');
      await receiving.section('practice').click();
      await receiving.simulateFrom.fill('8801711000001');
      await receiving.simulateText.fill(QUESTION);
      await receiving.receive.click();
      await receiving.openInbox.waitFor();
      await tour.shoot('settings-practice', { small: true });
      await receiving.openInbox.click();
      await inbox.line(QUESTION).click();
      await eventually(() => inbox.thread.innerText()).toContain('Exam on Monday at 10');
      await inbox.reply.fill(ANSWER);
      await tour.shoot('inbox-thread', { small: true });
      await inbox.send.click();
      await eventually(() => inbox.thread.innerText(), 60_000).toMatch(/হ্যাঁ[^]*Delivered/u);
      await tour.shoot('inbox-replied');

      await frame.go('contacts');
      await lookup.tab.click();
      await lookup.numbers.fill(NUMBERS.join('\n'));
      await tour.shoot('lookup-form', { small: true });
      await eventually(() => lookup.start.innerText()).toContain('5');
      await lookup.start.click();
      await eventually(async () => (await lookup.rows()).length).toBe(5);
      await eventually(async () => (await lookup.rows()).map((cells) => cells.join(' ')).join('\n')).toMatch(
        /No mobile network knows this number/,
      );
      await tour.shoot('lookup-results', { small: true });
      await lookup.known.click();
      await lookup.knownTable.waitFor();
      await tour.shoot('lookup-known');

      await frame.go('messages');
      await messages.openFirst();
      await receiving.show.click();
      await receiving.exchanges.getByRole('row').nth(1).click();
      await receiving.panel.waitFor();
      expect(await receiving.panel.innerText()).toContain('/sms/1/text/');
      await tour.shoot('diagnostics-exchange', { small: true });
      await settings.section('accounts').click();
      expect(tour.problems()).toEqual([]);
    },
    TOUR_LIMIT_MS,
  );
});

describe('the local receiver', () => {
  it(
    'takes pushed reports and an inbound SMS at its secret addresses, and nothing else',
    async () => {
      emptyKeychainAfterwards();
      const gateway = await testGateway();
      const userData = temporaryFolder();
      writeFileSync(path.join(userData, 'settings.json'), JSON.stringify(SETTLED));
      const running = await launchApp({ userData });
      const tour = await startTour(running);
      const ui = screens(running.page);
      const { inbox, receiving, settings, frame, campaign } = ui;
      await frame.go('settings');
      await settings.add.click();
      await settings.fill({
        name: 'Our school',
        serverAddress: gateway.url,
        userName: LOGIN.user,
        password: LOGIN.password,
        senders: 'MIMSCHOOL',
      });
      await settings.allowHttp.check();
      await settings.test.click();
      await settings.works.waitFor();
      await tour.shoot('account-form-tested', { small: true });
      await settings.save.click();
      await settings.saved('Our school').waitFor();
      await receiving.section('receiving').click();
      await tour.shoot('settings-receiving-off');
      await receiving.enable.click();
      await receiving.apply.click();
      await receiving.listening.waitFor();
      await receiving.test('Our school').click();
      await running.page.getByText(/It works/u).waitFor();
      await tour.shoot('settings-receiving', { small: true });
      const address = await receiving.address('inbound').innerText();
      expect(address).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/[\w-]{43}\/inbound$/);

      const asked = new URLSearchParams({ sender: '8801811000002', receiver: '16000', text: QUESTION });
      expect((await fetch(`${address}?${asked}`)).status).toBe(200);
      const guessed = address.replace(/\/[\w-]{43}\//, `/${'A'.repeat(43)}/`);
      expect((await fetch(`${guessed}?${asked}`)).status).toBe(404);

      await send(ui, '8801711000001', 'Fees are due');
      await campaign.stands('finished').waitFor({ timeout: 60_000 });
      await frame.go('inbox');
      await inbox.line(QUESTION).waitFor();
      expect(running.logs()).not.toContain(new URL(address).pathname.split('/')[1]);
      expect(tour.problems()).toEqual([]);
    },
    TOUR_LIMIT_MS,
  );
});
