import { mount } from 'svelte';
import { connectLink } from './lib/link.ts';
import './styles/index.css';

/*
 * The line to the main process is asked for before the screens are loaded, so that both come about at the same time.
 * The skeleton in `index.html` stays until they and the settings are here.
 */
const connecting = connectLink();
const loading = import('./app/App.svelte');
const link = await connecting;
const settings = await link.shell.settings.get();
const { default: App } = await loading;
const target = document.querySelector('#app');
if (!target) throw new Error('index.html has no #app');
target.replaceChildren();
mount(App, { target, props: { link, settings } });
