/** What all parts of the emulator share: who the app is, the world, the messages and the ways to tell about changes. */

import type { Commands } from './commands.ts';
import type { Events } from './events.ts';
import type { Files } from './files.ts';
import type { Gateway } from './gateway.ts';
import type { Interactions } from './interactions.ts';
import type { MessageStore } from './messages.ts';
import type { Snowflakes } from './snowflake.ts';
import type { Change } from './types.ts';
import type { Typing } from './typing.ts';
import type { World } from './world.ts';

export interface Identity {
	/** Origin of the emulator, without a slash at the end. */
	url: string;
	applicationId: string;
	botUserId: string;
	botToken: string;
}

/** What the developer portal says about the app. A live object. */
export interface Portal {
	/** Whether the app may read what people write, and may ask for the intent. */
	messageContentIntent: boolean;
	/** Whether the app may be told about members coming and going. */
	guildMembersIntent: boolean;
}

export interface Core {
	readonly identity: Identity;
	/** Epoch milliseconds with fractions. */
	readonly now: () => number;
	readonly portal: Portal;
	readonly snowflakes: Snowflakes;
	readonly world: World;
	readonly messages: MessageStore;
	readonly files: Files;
	readonly commands: Commands;
	readonly interactions: Interactions;
	readonly gateway: Gateway;
	readonly events: Events;
	readonly typing: Typing;
	readonly notify: (change: Change) => void;
}
