import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { saveAccount, send } from './pages/journeys.ts';
import { screens } from './pages/screens.ts';
import { launchApp, temporaryFolder } from './support/app.ts';
import { eventually } from './support/eventually.ts';
import { emptyKeychainAfterwards } from './support/keychain.ts';
import { newerStore } from './support/newer-store.ts';
import { NO_KEYCHAIN } from './support/session-bus.ts';
import { LOGIN, testGateway } from './support/test-gateway.ts';
import { startTour } from './support/tour.ts';

const LONG_BANGLA = [
  'প্রিয় অভিভাবক, আগামী রবিবার সকাল ১০টায় বিদ্যালয়ের মিলনায়তনে বার্ষিক পুরস্কার বিতরণী ও সাংস্কৃতিক অনুষ্ঠান হবে।',
  'সন্তানের ফলাফল, নতুন ক্লাসের বই ও বেতনের রসিদ ওই দিনই দেওয়া হবে। সঙ্গে পরিচয়পত্র আনবেন।',
  'কোনো প্রশ্ন থাকলে অফিসে যোগাযোগ করুন। — প্রধান শিক্ষক, সোনার বাংলা উচ্চ বিদ্যালয়, কুমিল্লা',
].join('\n');

/** Every outcome of a message: do not disturb, switched off, expired, not allowed. */
const OUTCOMES = ['8801999000010', '8801999010027', '8801999000015', '8801999000006'];
const ORDINARY = Array.from({ length: 476 }, (_, index) => `88017${String(12_000_000 + index)}`);
/** The first five go ahead, and all of them are taken. */
const PEOPLE = [...ORDINARY.slice(0, 5), ...OUTCOMES, ...ORDINARY.slice(5)];

const SENTENCE = 'আগামীকাল সকাল ১০টায় ক্লাস শুরু হবে।';

/** A tour takes about a hundred pictures; on a busy machine that is slow. */
const TOUR_LIMIT_MS = 300_000;

/** As it is after the first run. */
const SETTLED = {
  version: 1,
  value: { language: 'en', theme: 'light', firstRunDone: true, vaultMode: 'keychain' },
};

describe('every screen, in both themes and both languages', () => {
  it(
    'from the first start to the settings, on a computer without a keychain',
    async () => {
      const running = await launchApp({ env: NO_KEYCHAIN });
      const tour = await startTour(running);
      const { firstRun, compose, campaigns, messages, settings, frame, outbox } = screens(running.page);

      await firstRun.english.waitFor();
      await tour.shoot('first-run-language', { small: true });
      await firstRun.english.click();
      await firstRun.tryItSafely.waitFor();
      await tour.shoot('first-run-doors', { small: true });
      await firstRun.tryItSafely.click();
      await eventually(() => compose.send.innerText()).toMatch(/^Send 12/);
      await tour.shoot('compose-practice', { small: true });
      await compose.send.click();
      await compose.confirm.waitFor();
      await tour.shoot('compose-confirm-practice');
      await compose.back.click();
      await frame.go('campaigns');
      await campaigns.nothingYet.waitFor();
      await tour.shoot('campaigns-empty');
      await frame.go('messages');
      await messages.nothingYet.waitFor();
      await tour.shoot('messages-empty');

      await frame.go('outbox');
      await outbox.empty.waitFor();
      await tour.shoot('outbox-empty', { small: true });
      await outbox.calendar.click();
      await tour.shoot('outbox-calendar', { small: true });

      await frame.go('settings');
      await settings.add.waitFor();
      await tour.shoot('settings-accounts-none');
      await settings.add.click();
      await settings.fill({ serverAddress: 'http://sms.example.com', senders: 'MIMSCHOOL, ab, বিদ্যালয়' });
      await settings.save.click();
      await eventually(() => settings.name.getAttribute('aria-invalid')).toBe('true');
      await tour.shoot('account-form-errors', { small: true });
      await settings.fill({ name: 'Our school', userName: 'school', password: 'x1', senders: 'MIMSCHOOL' });
      await settings.allowHttp.check();
      await settings.save.click();
      await settings.saveForSession.waitFor();
      await tour.shoot('account-form-no-keychain');
      await settings.section('appearance').click();
      await tour.shoot('settings-appearance');
      await settings.guards.click();
      await tour.shoot('settings-guards', { small: true });
      await settings.section('passwords').click();
      await settings.checkKeychain.click();
      await settings.alert.waitFor();
      await tour.shoot('settings-passwords-no-keychain');
      await settings.section('about').click();
      await settings.version.waitFor();
      await tour.shoot('settings-about');
      expect(tour.problems()).toEqual([]);
    },
    TOUR_LIMIT_MS,
  );

  it(
    'a sending over an account, from the empty page to the archive',
    async () => {
      emptyKeychainAfterwards();
      const gateway = await testGateway({
        pricePerPartMicros: 350_000,
        faults: {
          delayMs: 600_000,
          sendScript: [
            'none',
            'none',
            'delay',
            'delay',
            'delay',
            ...Array.from({ length: 600 }, () => 'http429' as const),
          ],
        },
      });
      const userData = temporaryFolder();
      writeFileSync(path.join(userData, 'settings.json'), JSON.stringify(SETTLED));
      const running = await launchApp({ userData });
      const tour = await startTour(running);
      const ui = screens(running.page);
      const { compose, campaign, campaigns, messages, settings, frame } = ui;

      await frame.go('settings');
      await settings.add.click();
      await saveAccount(ui, {
        name: 'Our school',
        serverAddress: gateway.url,
        userName: LOGIN.user,
        password: LOGIN.password,
        senders: 'MIMSCHOOL, 8801844000111',
      });
      await frame.balance.click();
      await eventually(frame.balanceAmount).toBe('৳1,000.00');
      await tour.shoot('settings-accounts');
      await settings.section('passwords').click();
      await settings.checkKeychain.click();
      await settings.keychainWorks.waitFor();
      await tour.shoot('settings-passwords');

      await frame.go('compose');
      await compose.recipients.waitFor();
      await tour.shoot('compose-empty', { small: true });
      await compose.write(
        '০১৭১২৩৪৫৬৭৮, 01812-345679, 8801912345680\n01712345678, 02-9876543, 12345',
        'Dear parents, the school is closed tomorrow – “Eid” – and opens on Sunday. Please tell your children’s friends… Headmaster, Sonar Bangla High School',
      );
      await eventually(() => compose.send.innerText()).toMatch(/^Send 3 \(9 parts/);
      await tour.shoot('compose-curly-quotes', { small: true });
      await compose.write(PEOPLE.slice(0, 40).join('\n'), LONG_BANGLA);
      await eventually(() => compose.send.innerText()).toMatch(/^Send 40/);
      await tour.shoot('compose-long-bangla', { small: true });

      await send(ui, [...PEOPLE, PEOPLE[0], '02-9876543'].join('\n'), SENTENCE);
      await campaign.undo.waitFor();
      await tour.freeze();
      await tour.shoot('campaign-held');
      await tour.thaw();

      // Three requests wait for their answers; the last one is shorter and may be among them.
      await eventually(campaign.equation).toMatch(
        /(300 being handed over \+ 75|275 being handed over \+ 100) queued/u,
      );
      await tour.freeze();
      await tour.shoot('campaign-sending', { small: true });
      await tour.thaw();
      await campaign.pause.click();
      await campaign.pausedFor('user').waitFor();
      await tour.shoot('campaign-paused');
      await campaign.cancelRest.click();
      await campaign.keepSending.waitFor();
      await tour.shoot('campaign-cancel-dialog');
      await campaign.keepSending.click();
      await running.killEngine();
      await campaign.lookingInLog.waitFor();
      await tour.freeze();
      await tour.shoot('campaign-uncertain');
      gateway.setFaults({});
      await tour.thaw();
      await campaign.resume.click();
      await campaign.stands('finished').waitFor({ timeout: 90_000 });
      await tour.shoot('campaign-finished', { small: true });

      await frame.go('compose');
      await compose.write(PEOPLE.slice(0, 40).join('\n'), SENTENCE);
      await compose.lookFirst.waitFor();
      // However much there is to look at, the times to send keep their room.
      expect(await compose.hiddenOfWhen()).toBe(0);
      await tour.shoot('compose-sent-already', { small: true });

      await frame.go('campaigns');
      await campaigns.table.waitFor();
      await tour.shoot('campaigns');
      await frame.go('messages');
      await eventually(async () => (await messages.rows()).length).toBeGreaterThan(10);
      await tour.shoot('messages', { small: true });
      await messages.state('undeliverable').click();
      await eventually(async () => (await messages.rows()).length).toBe(1);
      await messages.openFirst();
      await messages.detail.getByText('Message id at MiM SMS').waitFor();
      await tour.shoot('messages-detail', { small: true });
      await messages.sender.fill('NOBODY');
      await messages.nothingMatches.waitFor();
      await tour.shoot('messages-none-match');
      expect(tour.problems()).toEqual([]);
    },
    TOUR_LIMIT_MS,
  );

  it(
    'the words when the data come from a newer version',
    async () => {
      const userData = temporaryFolder();
      writeFileSync(path.join(userData, 'settings.json'), JSON.stringify(SETTLED));
      newerStore(userData);
      const running = await launchApp({ userData });
      const tour = await startTour(running);
      const { frame, words } = screens(running.page);
      await frame.alerts.filter({ hasText: words.errors.STORE_NEWER.next }).waitFor();
      await tour.shoot('engine-failed', { small: true });
      expect(tour.problems()).toEqual([]);
    },
    TOUR_LIMIT_MS,
  );
});
