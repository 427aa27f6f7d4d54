import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from 'playwright';
import { SHELL_PORT_MESSAGE } from '#shared/ipc/boot.ts';
import type { Language } from '../../../renderer/i18n/format.ts';
import type { RunningApp } from './app.ts';
import { ENGINE } from './app.ts';
import { eventually } from './eventually.ts';

type Theme = 'light' | 'dark';
type Look = { readonly language: Language; readonly theme: Theme };
type Size = { readonly width: number; readonly height: number };

/** The window as most people have it, and the smallest that the app is made for. */
const USUAL: Size = { width: 1280, height: 800 };
const SMALL: Size = { width: 1024, height: 640 };

const LIGHT_ENGLISH: Look = { language: 'en', theme: 'light' };
const DARK_BANGLA: Look = { language: 'bn', theme: 'dark' };
/** Colours depend on the theme alone and room on the language alone: two looks show both of each. */
const LOOKS: readonly Look[] = [LIGHT_ENGLISH, DARK_BANGLA];

declare global {
  interface Window {
    mimShellPort: MessagePort | undefined;
  }
}

/** Takes pictures of screens in every look, and checks about each what must hold on all of them. */
export type Tour = {
  /**
   * Pictures of what the window shows: both themes and both languages in the usual size, and with `small` in the
   * smallest one, too. What is wrong with them is kept for {@link problems}. Ends in light English.
   */
  shoot(name: string, options?: { readonly small?: boolean }): Promise<void>;
  /**
   * Everything that is wrong with the pictures so far, each with the name of its picture: a page larger than the window,
   * what axe finds serious, what the page has complained about (content policy, exceptions).
   */
  problems(): readonly string[];
  /** Stops the engine's process and the page's clock, so that a passing moment can be looked at from all sides. */
  freeze(): Promise<void>;
  /** Lets both go on. */
  thaw(): Promise<void>;
};

/**
 * Starts a tour of a running app. The page is loaded anew, so that its line to the main process can be listened in on: a
 * change of language or theme then comes to the open screen as it would from elsewhere in the program.
 */
export async function startTour(running: RunningApp): Promise<Tour> {
  const { app, page } = running;
  const complaints: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(String(error)));
  await page.addInitScript((name) => {
    window.addEventListener('message', (event) => {
      if (event.data === name) window.mimShellPort = event.ports[0];
    });
  }, SHELL_PORT_MESSAGE);
  await page.reload();
  await page.waitForFunction(() => window.mimShellPort !== undefined);
  const found: string[] = [];
  let frozen: number | null = null;

  const resize = async ({ width, height }: Size): Promise<void> => {
    await app.evaluate(
      ({ BrowserWindow }, [w, h]) => BrowserWindow.getAllWindows()[0]?.setContentSize(w, h),
      [width, height] as const,
    );
    await eventually(() => page.evaluate(() => `${innerWidth}×${innerHeight}`)).toBe(`${width}×${height}`);
  };
  const picture = async (name: string, size: Size, look: Look): Promise<void> => {
    // Not over anything that would look different for it.
    await page.mouse.move(size.width - 2, size.height - 2);
    await wear(page, look);
    const full = `${name}--${size.width}x${size.height}--${look.theme}--${look.language}`;
    await running.screenshot(full);
    const problems = [
      ...(await overflowOf(page)).map((element) => `larger than the window: ${element}`),
      ...(await problemsOfLook(page, look, size)),
      ...complaints.splice(0),
    ];
    found.push(...problems.map((problem) => `${full}: ${problem}`));
  };

  await resize(USUAL);
  return {
    async shoot(name, { small = false } = {}) {
      for (const look of LOOKS) await picture(name, USUAL, look);
      if (small) {
        await resize(SMALL);
        for (const look of LOOKS.toReversed()) await picture(name, SMALL, look);
        await resize(USUAL);
      }
      await wear(page, LIGHT_ENGLISH);
    },
    problems: () => found,
    async freeze() {
      const pid = (await running.processes()).get(ENGINE);
      if (pid === undefined) throw new Error('there is no engine to freeze');
      process.kill(pid, 'SIGSTOP');
      frozen = pid;
      await page.clock.setFixedTime(new Date());
    },
    async thaw() {
      if (frozen !== null) process.kill(frozen, 'SIGCONT');
      frozen = null;
      await page.clock.resume();
    },
  };
}

/** Changes language and theme of the open screen and waits until it is drawn. */
async function wear(page: Page, look: Look): Promise<void> {
  await page.evaluate((json) => {
    const request = { i: `tour-${performance.now()}`, p: { u: '/settings/update', b: { json } } };
    window.mimShellPort?.postMessage(JSON.stringify(request));
  }, look);
  await page.waitForFunction(
    ({ language, theme }) =>
      document.documentElement.lang === language && document.documentElement.dataset['theme'] === theme,
    look,
  );
  await page.evaluate(async () => {
    await document.fonts.ready;
    const ending = document
      .getAnimations()
      .filter((one) => Number.isFinite(one.effect?.getComputedTiming().endTime ?? Infinity));
    await Promise.allSettled(ending.map((one) => one.finished));
  });
}

/** What sticks out of the window: nothing, or the outermost elements that do. */
const overflowOf = (page: Page): Promise<string[]> =>
  page.evaluate(() => {
    const { scrollWidth, clientWidth, scrollHeight, clientHeight } = document.documentElement;
    // Every screen scrolls inside itself: a page that is higher than the window has a second scroll bar.
    if (scrollHeight > clientHeight) return [`the page itself, to ${scrollHeight} px of height`];
    if (scrollWidth <= clientWidth) return [];
    return [...document.querySelectorAll('body *')]
      .filter((one) => one.getBoundingClientRect().right > clientWidth + 1)
      .slice(0, 5)
      .map((one) => `${one.tagName.toLowerCase()}.${one.className}`);
  });

/** What can differ between two looks of one screen: colours, and what has to be scrolled. */
const RULES_OF_LOOKS = ['color-contrast', 'scrollable-region-focusable'];

/** What axe finds serious or critical, as rule and element: everything once for a screen, then what another look can change. */
async function problemsOfLook(page: Page, look: Look, size: Size): Promise<string[]> {
  if (look === LIGHT_ENGLISH && size === USUAL) return seriousProblems(page);
  return look === DARK_BANGLA ? seriousProblems(page, RULES_OF_LOOKS) : [];
}

async function seriousProblems(page: Page, rules?: string[]): Promise<string[]> {
  const axe = new AxeBuilder({ page })
    // Electron has no second page for axe to work in, as its usual mode wants; our policy lets it load no style sheets.
    .setLegacyMode(true)
    .options({ preload: false, resultTypes: ['violations'] });
  const { violations } = await (rules ? axe.withRules(rules) : axe).analyze();
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, nodes }) =>
      nodes.map((node) => `${id}: ${node.target.join(' ')} ${node.failureSummary ?? ''}`),
    );
}
