import { describe, expect, it } from 'vitest';
import { enterPractice } from './pages/journeys.ts';
import { screens } from './pages/screens.ts';
import { launchApp } from './support/app.ts';
import { eventually } from './support/eventually.ts';
import { NO_KEYCHAIN } from './support/session-bus.ts';
import { startTour } from './support/tour.ts';

const PASTED = [
  'নাম\tমোবাইল\tএলাকা\tবকেয়া',
  'রহিমা খাতুন\t০১৭১২৩৪৫৬৭৮\tমিরপুর\t1250',
  'Md. Abdul Karim Chowdhury\t1812345679\tউত্তরা\t',
  'সুমাইয়া আক্তার\t8801912345680.0\tমিরপুর\t40',
  'Rahima Khatun\t01512345681 / 02-9876543\tসাভার\t75000',
  'রহিমা খাতুন\t+880 1612-345682\tমিরপুর\t90',
  'আবুল হোসেন\t8.8017E+12\tউত্তরা\t10',
  'নাসরিন\t02-9123456\tমিরপুর\t20',
  'জসিম\t01712345678\tসাভার\t30',
].join('\n');

describe('the screens of people and words', () => {
  it('from pasted cells to a text for each person', async () => {
    const running = await launchApp({ env: NO_KEYCHAIN });
    const ui = screens(running.page);
    const { words, frame, contacts, imports, compose } = ui;
    await enterPractice(ui);
    await eventually(() => compose.send.innerText()).toMatch(/^Send 12/);
    const tour = await startTour(running);
    const { page } = running;
    const main = page.getByRole('main');

    await frame.go('contacts');
    await contacts.importFirst.waitFor();
    await tour.shoot('contacts-empty', { small: true });
    await contacts.import.click();
    await imports.choose.waitFor();
    await tour.shoot('import-source', { small: true });
    await imports.pasted.fill(PASTED);
    await imports.takePasted.click();
    await imports.check.waitFor();
    await tour.shoot('import-columns', { small: true });
    await imports.check.click();
    await imports.rowsOf('rejected', 2).waitFor();
    await tour.shoot('import-rejected', { small: true });
    await imports.rowsOf('new', 5).click();
    await tour.shoot('import-new');
    await imports.commit(5).click();
    await imports.done.waitFor();
    await tour.shoot('import-done');
    await imports.close.click();
    await contacts.count(5).waitFor();
    await contacts.row('সুমাইয়া আক্তার').getByRole('checkbox').check();
    await tour.shoot('contacts-chosen', { small: true });
    await contacts.row('সুমাইয়া আক্তার').getByRole('checkbox').uncheck();
    await contacts.addSmart.click();
    await contacts.rule.name.fill('মিরপুরের গ্রাহক');
    await contacts.rule.about('এলাকা');
    await contacts.rule.value.fill('মিরপুর');
    await contacts.rule.finds(3).waitFor();
    await tour.shoot('contacts-smart-group', { small: true });
    await contacts.rule.save.click();
    await contacts.place('মিরপুরের গ্রাহক').waitFor();
    await contacts.row('সুমাইয়া আক্তার').dblclick();
    await main.getByRole('button', { name: words.contacts.person.back, exact: true }).waitFor();
    await tour.shoot('contacts-person', { small: true });
    await contacts.tab('duplicates').click();
    await main.getByRole('row').filter({ hasText: 'রহিমা খাতুন' }).click();
    await tour.shoot('contacts-duplicates', { small: true });
    await contacts.tab('doNotMessage').click();
    await main.getByText(words.groups.doNotMessage.empty.title).waitFor();
    await tour.shoot('contacts-do-not-message');
    await contacts.tab('imports').click();
    await imports.undo.waitFor();
    await tour.shoot('contacts-imports', { small: true });

    await frame.go('compose');
    await main.getByRole('button', { name: words.compose.draft.begin, exact: true }).click();
    await compose.finder.fill('মিরপুর');
    await page.getByRole('option').filter({ hasText: 'মিরপুরের গ্রাহক' }).click();
    await compose.message.fill(
      'প্রিয় {{নাম}}, {{এলাকা}} এলাকার বকেয়া {{বকেয়া}} টাকা। অনুগ্রহ করে রবিবারের মধ্যে পরিশোধ করুন। {{রোল}}',
    );
    await eventually(() => compose.send.isDisabled()).toBe(true);
    await main.getByText(words.compose.fields.unknown('রোল')).waitFor();
    await tour.shoot('compose-unknown-field', { small: true });
    await compose.message.fill('প্রিয় {{নাম}}, {{এলাকা}} এলাকার বকেয়া {{বকেয়া|০}} টাকা।');
    await eventually(() => compose.send.innerText()).toMatch(/^Send 3 for practice/);
    await tour.shoot('compose-merged', { small: true });
    await main.getByRole('button', { name: words.templates.open, exact: true }).click();
    await page.getByRole('dialog').getByText(words.templates.empty.title).waitFor();
    await tour.shoot('compose-templates');
    await page.keyboard.press('Escape');
    await main.getByRole('button', { name: words.drafts.open(2), exact: true }).click();
    await page.getByRole('dialog', { name: words.drafts.title, exact: true }).waitFor();
    await tour.shoot('compose-drafts', { small: true });
    expect(tour.problems()).toEqual([]);
  }, 300_000);
});
