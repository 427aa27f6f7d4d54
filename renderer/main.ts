import { mount } from 'svelte';
import App from './app/App.svelte';
import { connectLink } from './lib/link.ts';
import './styles/index.css';

/** The skeleton in `index.html` stays until both the line to the main process and the settings are here. */
const link = await connectLink();
const settings = await link.shell.settings.get();
const target = document.querySelector('#app');
if (!target) throw new Error('index.html has no #app');
target.replaceChildren();
mount(App, { target, props: { link, settings } });
