import { mount } from 'svelte';
import App from '../../../renderer/app/App.svelte';
import { Router } from '../../../renderer/lib/navigation.svelte.ts';
import type { Route } from '../../../renderer/lib/routes.ts';
import '../../../renderer/styles/index.css';
import { office, type Scene } from './world.ts';

/** The scene is in the address: `#{"route":{…},"language":"bn","theme":"dark","accounts":"practice"}`. */
type Wish = { route?: Route; first?: boolean } & Partial<Scene> & {
    language?: 'en' | 'bn' | null;
    theme?: 'light' | 'dark' | 'system';
  };

const wish = JSON.parse(decodeURIComponent(location.hash.slice(1)) || '{}') as Wish;
const settings = {
  language: wish.language === undefined ? ('en' as const) : wish.language,
  theme: wish.theme ?? ('light' as const),
  firstRunDone: wish.first !== true,
  staysInTray: true,
};
const { link } = office({
  accounts: wish.accounts ?? 'both',
  engine: wish.engine ?? 'running',
  settings,
  drafts: wish.drafts,
});
const router = new Router();
if (wish.route) router.go(wish.route);
const target = document.querySelector('#app');
if (target) mount(App, { target, props: { link, settings, router } });
