import type { Screens } from './screens.ts';
import type { AccountFields } from './settings-page.ts';

/** Goes through the first run in English and out of the door with the practice account. */
export async function enterPractice({ firstRun, compose }: Screens): Promise<void> {
  await firstRun.english.click();
  await firstRun.tryItSafely.click();
  await compose.recipients.waitFor();
}

/** Goes through the first run in English and out of the door that leads to the account form. */
export async function enterAccountForm({ firstRun, settings }: Screens): Promise<void> {
  await firstRun.english.click();
  await firstRun.connect.click();
  await settings.name.waitFor();
}

/** Fills the account form for a gateway without encryption, with consent to that, and saves it. */
export async function saveAccount(
  { settings }: Screens,
  account: AccountFields & { readonly name: string },
): Promise<void> {
  await settings.fill(account);
  await settings.allowHttp.check();
  await settings.save.click();
  await settings.saved(account.name).waitFor();
}

/** Writes in Compose and sends; ends on the campaign's page. */
export async function send(
  { frame, compose, campaign }: Screens,
  recipients: string,
  text: string,
): Promise<void> {
  await frame.go('compose');
  await compose.write(recipients, text);
  await compose.sendAndConfirm();
  await campaign.table.waitFor();
}
