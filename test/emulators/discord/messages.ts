/** The messages of the world: kept, changed and shown, with the history of what people saw. */

import { addressedPeople } from './mentions.ts';
import type { Snowflakes } from './snowflake.ts';
import type { Change, Mentions, StoredMessage } from './types.ts';
import { visibleText } from './visible-message.ts';
import type { World } from './world.ts';

export type Draft = Pick<StoredMessage, 'channelId' | 'authorId'> & Partial<Omit<StoredMessage, 'id' | 'notified' | 'history'>>;

export interface MessageStore {
	add(draft: Draft): StoredMessage;
	/** Includes deleted and ephemeral messages. */
	get(channelId: string, id: string): StoredMessage | undefined;
	/** Oldest first, deleted and ephemeral ones too. */
	list(channelId: string): StoredMessage[];
	/** To be called after every change of a message: records what people now read and tells the listeners. */
	changed(message: StoredMessage, type?: Change['type']): void;
	/** Gives the message these mentions and remembers who was addressed. */
	address(message: StoredMessage, mentions: Mentions): void;
}

export interface MessageStoreSettings {
	world: World;
	snowflakes: Snowflakes;
	now: () => number;
	notify: (change: Change) => void;
}

/** Creates an empty store; `notify` is called on every visible change. */
export function createMessageStore({ world, snowflakes, now, notify }: MessageStoreSettings): MessageStore {
	const channels = new Map<string, Map<string, StoredMessage>>();
	const store: MessageStore = {
		add(draft) {
			const message = completeDraft(draft, snowflakes.next(), now());
			const ofChannel = channels.get(draft.channelId) ?? new Map<string, StoredMessage>();
			channels.set(draft.channelId, ofChannel.set(message.id, message));
			store.address(message, message.mentions);
			const channel = world.channel(draft.channelId);
			if (channel !== undefined && message.ephemeralFor === undefined) channel.lastMessageId = message.id;
			store.changed(message, 'posted');
			return message;
		},
		get: (channelId, id) => channels.get(channelId)?.get(id),
		list: (channelId) => [...(channels.get(channelId)?.values() ?? [])],
		changed(message, type = 'changed') {
			const text = visibleText(message);
			if (message.history.at(-1)?.visibleText !== text) message.history.push({ atMs: now(), visibleText: text });
			notify({ type, channelId: message.channelId, id: message.id });
		},
		address(message, mentions) {
			message.mentions = mentions;
			const channel = world.channel(message.channelId);
			if (channel === undefined) return;
			const people = addressedPeople(world, channel, mentions, message.authorId);
			const seen = people.filter((userId) => message.ephemeralFor === undefined || message.ephemeralFor === userId);
			for (const userId of seen) message.notified.add(userId);
		},
	};
	return store;
}

function completeDraft(draft: Draft, id: string, nowMs: number): StoredMessage {
	return {
		type: 0,
		webhook: undefined,
		applicationId: undefined,
		nonce: undefined,
		reference: undefined,
		interaction: undefined,
		ephemeralFor: undefined,
		createdAtMs: nowMs,
		content: '',
		embeds: [],
		components: [],
		attachments: [],
		poll: undefined,
		stickers: [],
		snapshot: undefined,
		voiceSeconds: undefined,
		flags: 0,
		mentions: { users: [], roles: [], everyone: false },
		editedAtMs: null,
		deleted: false,
		reactions: [],
		...draft,
		id,
		notified: new Set(),
		history: [],
	};
}
