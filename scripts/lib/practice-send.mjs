/** @typedef {import('playwright').Page} Page */

const STEP_LIMIT_MS = 20_000;
const FINISH_LIMIT_MS = 180_000;

/**
 * Everything on the screen that the practice send touches, by role and accessible name (English): when a name
 * changes, it changes here. The names are promised to screen readers and automation.
 * @param {Page} page
 */
const onScreen = (page) => ({
  english: page.getByRole('button', { name: 'English' }).or(page.getByRole('radio', { name: 'English' })),
  tryItSafely: page.getByRole('button', { name: 'Try it safely' }),
  recipientsField: page.getByRole('textbox', { name: 'Recipients' }),
  message: page.getByRole('textbox', { name: 'Message', exact: true }),
  parts: page.getByRole('status', { name: 'Message parts' }),
  send: page.getByRole('main').getByRole('button', { name: /^Send/ }),
  confirmDialog: page.getByRole('dialog', { name: 'Confirm sending' }),
  typedCount: page.getByRole('textbox', { name: 'Type the number of recipients' }),
  confirm: page.getByRole('button', { name: 'Confirm' }),
  recipients: page.getByRole('table', { name: 'Recipients' }),
  progress: page.getByRole('progressbar', { name: 'Sending progress' }),
});

/**
 * Performs the practice send a newcomer makes in the first minute, through the real window: first run, the door
 * “Try it safely”, Compose as it is prefilled, send, confirm, and the campaign's page until it is finished.
 * @param {Page} page the app's window, just opened
 * @param {(step: string) => void} say called with each step as it begins
 * @returns {Promise<{ header: string[], rows: string[][] }>} the recipients' table as the screen shows it
 * @throws when a step does not come about within its time
 */
export async function practiceSend(page, say) {
  page.setDefaultTimeout(STEP_LIMIT_MS);
  const screen = onScreen(page);

  say('First run: choosing English');
  await screen.tryItSafely.or(screen.english).first().waitFor();
  if (await screen.english.first().isVisible()) await screen.english.first().click();

  say('Going through the door “Try it safely”');
  await screen.tryItSafely.click();

  await screen.message.waitFor();
  const text = (await screen.message.inputValue()).replace(/\s+/g, ' ').trim();
  say(`Compose is prefilled: “${text.length > 60 ? `${text.slice(0, 60)}…` : text}”`);
  say(`Message parts: ${(await screen.parts.innerText()).replace(/\s+/g, ' ').trim()}`);

  say(`Pressing “${(await screen.send.innerText()).replace(/\s+/g, ' ').trim()}”`);
  await screen.send.click();
  await screen.confirmDialog.or(screen.recipients).first().waitFor();
  if (await screen.confirmDialog.isVisible()) {
    say('Confirming');
    if (await screen.typedCount.isVisible()) {
      const count = /\d[\d,]*/.exec(await screen.confirmDialog.innerText())?.[0] ?? '';
      await screen.typedCount.fill(count.replaceAll(',', ''));
    }
    await screen.confirm.click();
  }

  say('Watching the campaign');
  await screen.recipients.waitFor();
  await watchProgress(screen.progress, say);
  return readTable(screen.recipients);
}

/**
 * Reports the progress bar each time it moves, until it is full.
 * @param {import('playwright').Locator} bar
 * @param {(step: string) => void} say
 */
async function watchProgress(bar, say) {
  await bar.waitFor();
  const until = Date.now() + FINISH_LIMIT_MS;
  let shown = '';
  while (Date.now() < until) {
    const [now, max, text] = await Promise.all(
      ['aria-valuenow', 'aria-valuemax', 'aria-valuetext'].map((name) => bar.getAttribute(name)),
    );
    const seen = text ?? `${now} of ${max}`;
    if (seen !== shown) say(`  ${seen}`);
    shown = seen;
    if (now !== null && now === max) return;
    // Resolves when the bar changes in any way, so that nothing is asked in vain.
    await bar.evaluate(
      (element) =>
        new Promise((resolve) => {
          const observer = new MutationObserver(() => (observer.disconnect(), resolve(undefined)));
          observer.observe(element, { attributes: true });
          setTimeout(() => (observer.disconnect(), resolve(undefined)), 1_000);
        }),
    );
  }
  throw new Error(
    `The campaign was not finished after ${FINISH_LIMIT_MS / 1000} s; the bar stood at “${shown}”`,
  );
}

/**
 * @param {import('playwright').Locator} element a table
 */
async function readTable(element) {
  const lines = await element
    .getByRole('row')
    .evaluateAll((rows) =>
      rows.map((row) =>
        [...row.querySelectorAll('th, td, [role=cell], [role=columnheader], [role=gridcell]')].map((cell) =>
          (cell.textContent ?? '').replace(/\s+/g, ' ').trim(),
        ),
      ),
    );
  const [header = [], ...rows] = lines;
  return { header, rows };
}
