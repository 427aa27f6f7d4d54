import type { MessageId, Space } from '#shared/ids.ts';
import type { EmptyFields, SendOptions, Source } from '#shared/ipc/plan.ts';
import type { MessageFilter } from '#shared/ipc/messages.ts';

/** Sections of the settings screen. */
export type SettingsSection =
  'accounts' | 'guards' | 'receiving' | 'appearance' | 'passwords' | 'diagnostics' | 'practice' | 'about';

/** Parts of the outbox. */
export type OutboxTab = 'now' | 'planned' | 'calendar' | 'series' | 'uncertain';

/** What Compose is filled with when it opens. */
export type ComposePrefill =
  | 'practice-sample'
  | {
      readonly accountId: string;
      readonly sender: string;
      readonly text: string;
      readonly recipients: string;
      readonly sendAt?: number | undefined;
      /** The zone in which that time was chosen. */
      readonly zone?: string | undefined;
      readonly options?: SendOptions | undefined;
      readonly sources?: Source[] | undefined;
      readonly includeDead?: boolean | undefined;
      readonly emptyFields?: EmptyFields | undefined;
      readonly leaveOutRepeats?: boolean | undefined;
      readonly ignoreQuiet?: boolean | undefined;
      readonly templateId?: number | undefined;
      /** The draft that the engine keeps it as already; absent: it becomes one. */
      readonly draftId?: string | undefined;
      /** A message begins, for example to a group; absent: a sending that was undone comes back. */
      readonly begins?: boolean | undefined;
    };

/** Every place in the program. A route is plain data; there is no address bar. */
export type Route =
  | { readonly name: 'compose'; readonly prefill?: ComposePrefill }
  | { readonly name: 'outbox'; readonly tab?: OutboxTab }
  | { readonly name: 'campaigns' }
  | {
      readonly name: 'campaign';
      readonly space: Space;
      readonly id: number;
      /** What the page asks at once: for another time. */
      readonly asks?: 'time';
    }
  | { readonly name: 'messages'; readonly filter?: MessageFilter }
  | { readonly name: 'inbox' }
  | {
      readonly name: 'contacts';
      /** The person whose page is open. */
      readonly contact?: number;
      /** Only people that this import made or changed. */
      readonly import?: number;
    }
  | {
      readonly name: 'settings';
      readonly section?: SettingsSection;
      readonly add?: 'account';
      /** Diagnostics shows only what was said about this message. */
      readonly messageId?: MessageId;
    };

/** The name of a place. */
export type RouteName = Route['name'];
