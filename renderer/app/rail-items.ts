import ContactRound from '@lucide/svelte/icons/contact-round';
import Inbox from '@lucide/svelte/icons/inbox';
import Megaphone from '@lucide/svelte/icons/megaphone';
import MessagesSquare from '@lucide/svelte/icons/messages-square';
import SendHorizontal from '@lucide/svelte/icons/send-horizontal';
import Settings from '@lucide/svelte/icons/settings';
import SquarePen from '@lucide/svelte/icons/square-pen';
import type { Component } from 'svelte';
import type { Route, RouteName } from '../lib/routes.ts';

/** A screen that the rail leads to. */
export type RailItem = {
  readonly name: 'compose' | 'outbox' | 'campaigns' | 'messages' | 'inbox' | 'contacts' | 'settings';
  /** The number key; fixed per screen, also while screens in between do not exist yet. */
  readonly key: string;
  readonly icon: Component<{ size?: number | string }>;
  readonly route: Route;
};

/** The rail from top to bottom. */
export const RAIL_ITEMS: readonly RailItem[] = [
  { name: 'compose', key: '2', icon: SquarePen, route: { name: 'compose' } },
  { name: 'outbox', key: '3', icon: SendHorizontal, route: { name: 'outbox' } },
  { name: 'campaigns', key: '4', icon: Megaphone, route: { name: 'campaigns' } },
  { name: 'messages', key: '5', icon: MessagesSquare, route: { name: 'messages' } },
  { name: 'inbox', key: '6', icon: Inbox, route: { name: 'inbox' } },
  { name: 'contacts', key: '7', icon: ContactRound, route: { name: 'contacts' } },
  { name: 'settings', key: '8', icon: Settings, route: { name: 'settings' } },
];

/** The rail item that a place belongs to. */
export const railItemOf = (name: RouteName): RailItem['name'] => (name === 'campaign' ? 'campaigns' : name);
