/** @typedef {import('playwright').Page} Page */

const STEP_LIMIT_MS = 20_000;
const FINISH_LIMIT_MS = 180_000;
const REPORTS_LIMIT_MS = 60_000;

/** States in which a message still waits for news; all others are final. */
const WAITING = ['Held', 'Queued', 'Sending', 'Accepted', 'At operator', 'Uncertain'];

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
  send: page.getByRole('main').getByRole('button', { name: /^Send \d/ }),
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

  // The button carries the numbers as soon as everything on the page has been counted.
  await screen.send.waitFor();
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
  say('Everything is sent; waiting for delivery reports');
  return watchReports(screen.recipients, say);
}

/**
 * Waits until an element or something in it changes, at most a second.
 * @param {import('playwright').Locator} element
 */
const nextChange = (element) =>
  element.evaluate(
    (node) =>
      new Promise((resolve) => {
        const done = () => {
          observer.disconnect();
          resolve(undefined);
        };
        const observer = new MutationObserver(done);
        observer.observe(node, { attributes: true, childList: true, characterData: true, subtree: true });
        setTimeout(done, 1_000);
      }),
  );

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
    await nextChange(bar);
  }
  throw new Error(
    `The campaign was not finished after ${FINISH_LIMIT_MS / 1000} s; the bar stood at “${shown}”`,
  );
}

/**
 * Reports how many recipients are in which state, each time that changes, until all are final. Some telephones stay
 * switched off for longer than anybody watches: after a minute the table is taken as it stands.
 * @param {import('playwright').Locator} recipients
 * @param {(step: string) => void} say
 */
async function watchReports(recipients, say) {
  const until = Date.now() + REPORTS_LIMIT_MS;
  let shown = '';
  for (;;) {
    const result = await readTable(recipients);
    const column = result.header.indexOf('State');
    if (column < 0)
      throw new Error(`The table of recipients has no column “State”: ${result.header.join(', ')}`);
    const states = result.rows.map((row) => row[column] ?? '');
    const seen = [...new Set(states)]
      .map((state) => `${states.filter((s) => s === state).length} ${state}`)
      .join(', ');
    if (seen !== shown) say(`  ${seen}`);
    shown = seen;
    if (Date.now() > until || !states.some((state) => WAITING.includes(state))) return result;
    await nextChange(recipients);
  }
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
