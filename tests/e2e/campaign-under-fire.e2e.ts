import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { enterAccountForm, saveAccount } from './pages/journeys.ts';
import { screens } from './pages/screens.ts';
import { launchApp, temporaryFolder } from './support/app.ts';
import { breakableLine } from './support/breakable-line.ts';
import { eventually } from './support/eventually.ts';
import { emptyKeychainAfterwards } from './support/keychain.ts';
import { LOGIN, testGateway, type TestGateway } from './support/test-gateway.ts';

const PEOPLE = 3_000;
const LONG = { timeout: 90_000 };
/** GSM errors that may pass, and those that never do (API document, "GSM Error Codes"). */
const PASSING = [6, 27, 31, 32, 33, 34];
const LASTING = [1, 9, 11];
/** Numbers whose report is a GSM error; they stand last, so that the first messages go well. */
const failing = (error: number) => `0199901${String(error).padStart(4, '0')}`;

/** A list of people with what each one owes. */
function writeList(file: string): Map<string, string> {
  const texts = new Map<string, string>();
  const lines = ['নাম,মোবাইল,বকেয়া'];
  const errors = [...PASSING, ...LASTING];
  for (let index = 0; index < PEOPLE; index++) {
    const error = errors[index - PEOPLE + errors.length];
    const number = error === undefined ? `017${String(10_000_000 + index * 13)}` : failing(error);
    const [name, due] = [`সদস্য ${index}`, String(100 + ((index * 37) % 4_900))];
    lines.push(`${name},${number},${due}`);
    texts.set(`88${number}`, `প্রিয় ${name}, আপনার বকেয়া ${due} টাকা। ৩০ তারিখের মধ্যে পরিশোধ করুন।`);
  }
  writeFileSync(file, `\ufeff${lines.join('\r\n')}\r\n`);
  return texts;
}

const handedOver = (gateway: TestGateway) => gateway.journal().length;

describe('a campaign of 3,000 personalised Bangla messages on a bad line', () => {
  it('survives faults, a pause, a cut cable and a kill; each message arrives once, and what failed is sent again', async () => {
    emptyKeychainAfterwards();
    const userData = temporaryFolder();
    const file = path.join(temporaryFolder(), 'বকেয়া.csv');
    const texts = writeList(file);
    const gateway = await testGateway();
    gateway.setBalance(LOGIN.user, 10_000_000_000);
    gateway.setFaults({
      seed: 7,
      send: {
        resetBefore: 0.03,
        http429: 0.03,
        http503Before: 0.03,
        dropAfter: 0.05,
        http500After: 0.03,
        truncated: 0.03,
      },
      read: { http500: 0.05, drop: 0.03, truncate: 0.03, repeat: 0.05 },
    });
    const line = await breakableLine(gateway.url);

    const running = await launchApp({ userData });
    const ui = screens(running.page);
    await enterAccountForm(ui);
    await ui.settings.openPace.click();
    // Slow enough to be stopped in the middle.
    await ui.settings.perSecond.fill('400');
    await saveAccount(ui, {
      name: 'Our school',
      senders: 'MIMSCHOOL',
      serverAddress: line.url,
      userName: LOGIN.user,
      password: LOGIN.password,
    });
    await running.app.evaluate(({ dialog }, chosen) => {
      dialog.showOpenDialog = () => Promise.resolve({ canceled: false, filePaths: [chosen] });
    }, file);

    await ui.frame.go('compose');
    await ui.compose.addFromFile.click();
    await ui.listImport.choose.click();
    await ui.listImport.check.click();
    await ui.listImport.use(PEOPLE).click(LONG);
    await ui.listImport.ready(PEOPLE).waitFor(LONG);
    await ui.listImport.close.click();
    await ui.compose.message.fill('প্রিয় {{নাম}}, আপনার বকেয়া {{বকেয়া}} টাকা। ৩০ তারিখের মধ্যে পরিশোধ করুন।');
    await eventually(() => ui.compose.send.innerText()).toMatch(/^Send 3,000 \(5,730 parts/u);
    await running.screenshot('fire-compose');
    await ui.compose.send.click();
    await ui.compose.typedCount.fill('3000');
    await running.screenshot('fire-confirm');
    await ui.compose.confirm.click();

    await eventually(() => handedOver(gateway)).toBeGreaterThan(600);
    await running.screenshot('fire-running');
    await ui.campaign.pause.click();
    await ui.campaign.pausedFor('user').waitFor();
    await running.screenshot('fire-paused');
    line.cut();
    await ui.campaign.resume.click();
    await ui.campaign.pausedFor('network').waitFor(LONG);
    await running.screenshot('fire-no-network');
    line.mend();
    await eventually(() => handedOver(gateway), LONG.timeout).toBeGreaterThan(1_600);
    const ended = once(running.child, 'exit');
    running.child.kill('SIGKILL');
    await ended;
    expect(handedOver(gateway)).toBeLessThan(PEOPLE);

    const again = await launchApp({ userData });
    const then = screens(again.page);
    await then.frame.go('campaigns');
    await then.campaigns.openFirst();
    gateway.setFaults({});
    await then.campaign.stands('finished').waitFor(LONG);
    await again.screenshot('fire-finished');
    expect(await then.campaign.equation()).toBe('3,000 planned = 3,000 taken');
    const sent = gateway.journal();
    expect(new Map(sent.map(({ to, text }) => [to, text]))).toEqual(texts);
    expect(sent).toHaveLength(PEOPLE);
    const cost = sent.reduce((sum, { priceMicros }) => sum + priceMicros, 0) / 1_000_000;
    await again.page
      .getByText(`৳${cost.toLocaleString('en-US', { minimumFractionDigits: 2 })}`)
      .first()
      .waitFor();

    await then.campaign.retry.open.click();
    await then.campaign.retry.send(PASSING.length).waitFor();
    await again.screenshot('fire-retry');
    await then.campaign.retry.send(PASSING.length).click();
    await then.campaign.retry.isRetry.waitFor();
    await then.campaign.stands('finished').waitFor(LONG);
    await again.screenshot('fire-retried');
    const twice = gateway.journal().slice(PEOPLE);
    expect(new Set(twice.map(({ to }) => to))).toEqual(
      new Set(PASSING.map((error) => `88${failing(error)}`)),
    );
    expect(gateway.journal()).toHaveLength(PEOPLE + PASSING.length);
  }, 300_000);
});
