import type { Page } from 'playwright';
import { startingWith, type Words } from './words.ts';

/** What stands around every screen: rail, top bar, banners. */
export function frame(page: Page, words: Words) {
  const { app } = words;
  const rail = page.getByRole('navigation', { name: app.main, exact: true });
  const topBar = page.getByRole('banner');
  const balance = topBar.getByRole('button', { name: startingWith(app.balance.label) });
  return {
    rail,
    balance,
    account: topBar.getByRole('button', { name: app.account, exact: true }).or(topBar.getByRole('combobox')),
    practiceBar: page.getByRole('region', { name: app.practice, exact: true }),
    restarting: page.getByRole('alert').filter({ hasText: app.engine.restarting }),
    alerts: page.getByRole('alert'),
    /** Goes to a screen by the rail. */
    go: (screen: keyof Words['app']['screens']) =>
      rail.getByRole('link', { name: app.screens[screen], exact: true }).click(),
    /** The balance as it stands in the top bar, such as `৳4,992.30`; empty while it is not known. */
    async balanceAmount(): Promise<string> {
      const name = (await balance.getAttribute('aria-label')) ?? '';
      return /[^\s]*৳[\d,.০-৯]*[\d০-৯]/u.exec(name)?.[0] ?? '';
    },
  };
}
