import type { Component } from 'svelte';
import { render } from 'vitest-browser-svelte';
import type { Language } from '../../../renderer/i18n/format.ts';
import { Preferences } from '../../../renderer/lib/preferences.svelte.ts';
import { Router } from '../../../renderer/lib/navigation.svelte.ts';
import type { Route } from '../../../renderer/lib/routes.ts';
import { Session } from '../../../renderer/lib/session.svelte.ts';
import { feed, PRACTICE_ACCOUNT, type ScriptedLink } from './scripted-link.ts';
import WithLink from './WithLink.svelte';

/** What a test may set around the component. */
export type MountOptions = { readonly language?: Language; readonly route?: Route };

/**
 * Renders a component inside the app's contexts over a scripted link. Unless the script says otherwise there is one
 * account, the practice account.
 */
export async function mount<Props extends Record<string, unknown>>(
  scripted: ScriptedLink,
  component: Component<Props>,
  props: Props,
  { language = 'en', route }: MountOptions = {},
) {
  const preferences = new Preferences(scripted.link, {
    language,
    theme: 'light',
    firstRunDone: true,
    staysInTray: true,
  });
  const router = new Router();
  if (route) router.go(route);
  const session = new Session(scripted.link);
  if (!scripted.answers('accounts.watch')) {
    const accounts = feed([PRACTICE_ACCOUNT]);
    scripted.answer('accounts.watch', () => accounts.open());
  }
  const screen = await render(WithLink, {
    props: { link: scripted.link, component, props, router, session, preferences },
  });
  return { screen, router, session, preferences };
}
