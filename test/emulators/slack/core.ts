/** What all parts of the emulator share: who the app is, the workspace, the messages and the ways to tell about changes. */

import type { EventDelivery } from './events.ts';
import type { Handles } from './handles.ts';
import type { MessageStore } from './messages.ts';
import type { Surface } from './surface.ts';
import type { Change } from './types.ts';
import type { Uploads } from './uploads.ts';
import type { Workspace } from './workspace.ts';

export interface Identity {
	/** Origin of the emulator, without a slash at the end. */
	url: string;
	/** Where people have the workspace, as `auth.test` tells it: with a slash at the end. */
	workspaceUrl: string;
	teamId: string;
	/** Of the Enterprise Grid that the workspace belongs to; undefined for a workspace of its own. */
	enterpriseId: string | undefined;
	botUserId: string;
	botId: string;
	appId: string;
	signingSecret: string;
	botToken: string;
	appToken: string;
}

export interface Core {
	readonly identity: Identity;
	/** Epoch milliseconds with fractions. */
	readonly now: () => number;
	/** What the app was granted. */
	readonly scopes: () => readonly string[];
	readonly workspace: Workspace;
	readonly messages: MessageStore;
	readonly surface: Surface;
	readonly handles: Handles;
	readonly uploads: Uploads;
	readonly events: EventDelivery;
	readonly notify: (change: Change) => void;
}
