import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { enterAccountForm, saveAccount } from './pages/journeys.ts';
import { screens } from './pages/screens.ts';
import { launchApp, temporaryFolder } from './support/app.ts';
import { writeDamagedList } from './support/damaged-list.ts';
import { eventually } from './support/eventually.ts';
import { freePort } from './support/free-port.ts';
import { emptyKeychainAfterwards } from './support/keychain.ts';
import { LOGIN, testGateway } from './support/test-gateway.ts';

const ROWS = 100_000;
const ACCOUNT = { name: 'Our school', senders: 'MIMSCHOOL' } as const;
const LONG = { timeout: 90_000 };

describe('a list of 100,000 people with every kind of damage, without a network', () => {
  it('is imported, mended, undone, imported again, and a smart group of it is written to', async () => {
    emptyKeychainAfterwards();
    const file = path.join(temporaryFolder(), 'সদস্য তালিকা.csv');
    const list = writeDamagedList(file, ROWS);
    const port = await freePort();
    const running = await launchApp();
    const { page } = running;
    const ui = screens(page);
    const { frame, contacts, imports, compose, campaign } = ui;
    await enterAccountForm(ui);
    // Nothing listens there yet: this office has no network today.
    const serverAddress = `http://127.0.0.1:${port}`;
    await saveAccount(ui, { ...ACCOUNT, serverAddress, userName: LOGIN.user, password: LOGIN.password });
    await running.app.evaluate(({ dialog }, chosen) => {
      dialog.showOpenDialog = () => Promise.resolve({ canceled: false, filePaths: [chosen] });
    }, file);

    await frame.go('contacts');
    await contacts.import.click();
    await imports.choose.click();
    await imports.check.waitFor();
    await running.screenshot('import-columns');
    await imports.check.click();
    await imports.rowsOf('rejected', list.rejected).waitFor(LONG);
    await imports.rowsOf('new', list.good).waitFor();
    await imports.rowsOf('duplicate', list.duplicate).waitFor();
    await running.screenshot('import-result');

    // Ten rows are put right by keyboard alone.
    await imports.lines.nth(1).focus();
    await page.keyboard.press('Enter');
    for (let row = 0; row < 10; row++) {
      await imports.correcting.waitFor();
      const name = await imports.correcting.getAttribute('aria-label');
      await imports.correcting.fill(`0139${String(1_000_000 + row)}`);
      await page.keyboard.press('Enter');
      await eventually(() => imports.correcting.getAttribute('aria-label')).not.toBe(name);
    }
    await imports.rowsOf('rejected', list.rejected - 10).waitFor();
    await page.keyboard.press('Escape');
    await imports.commit(list.good + 10).click();
    await imports.done.waitFor(LONG);
    await running.screenshot('import-done');
    await imports.close.click();
    await contacts.count(list.good + 10).waitFor();
    await running.screenshot('contacts-many');

    await contacts.tab('imports').click();
    await imports.undo.click();
    await imports.undoReally.click();
    await imports.undone({ removed: list.good + 10, restored: 0, kept: 0 }).waitFor(LONG);
    await running.screenshot('import-undone');

    await page.getByRole('tab', { name: ui.words.lookups.people, exact: true }).click();
    await contacts.importFirst.click();
    await imports.choose.click();
    await imports.check.click();
    await imports.commit(list.good).click(LONG);
    await imports.done.waitFor(LONG);
    await imports.close.click();

    await contacts.addSmart.click();
    await contacts.rule.name.fill('সান্ধ্য শাখা');
    await contacts.rule.about('Section');
    await contacts.rule.value.fill('evening');
    await contacts.rule.finds(list.evening).waitFor(LONG);
    await running.screenshot('smart-group');
    await contacts.rule.save.click();
    await contacts.place('সান্ধ্য শাখা').waitFor();
    await contacts.search.fill('রহিমা 99007');
    await contacts.row('রহিমা 99007').waitFor();

    await frame.go('compose');
    await compose.finder.fill('সান্ধ্য');
    await page.getByRole('option').filter({ hasText: 'সান্ধ্য শাখা' }).click();
    await compose.message.fill('প্রিয় {{নাম}}, আপনার বকেয়া {{Due|০}} টাকা।');
    await eventually(() => compose.send.innerText()).toMatch(/^Send 100 \(100 parts/);
    await running.screenshot('compose-smart-group');
    await compose.sendAndConfirm();
    await campaign.pausedFor('network').waitFor(LONG);
    await running.screenshot('held-without-network');

    const gateway = await testGateway({ port });
    await campaign.stands('finished').waitFor(LONG);
    expect(await campaign.equation()).toBe('100 planned = 100 taken');
    const sent = gateway.journal().filter(({ to }) => to === '8801320000007');
    expect(sent.map(({ text }) => text)).toEqual(['প্রিয় রহিমা 7, আপনার বকেয়া 259 টাকা।']);
    expect(new Set(gateway.journal().map(({ to }) => to)).size).toBe(list.evening);
    expect(gateway.journal()).toHaveLength(list.evening);
  }, 300_000);
});
