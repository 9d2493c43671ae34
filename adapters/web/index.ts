/** The web adapter: wiring only. What people do on the web comes in by the API (`src/api`), which knows who is signed in. */

import { BotError } from '#src/errors.ts';
import { conversationIdOf } from '#src/identity/place-id.ts';
import type { UploadStore } from '#src/knowledge/uploads/upload-store.ts';
import type { LivePublisher } from '#src/live/live-publisher.ts';
import { unknownAudience } from '#src/platform/audience.ts';
import type { ChatPlatform } from '#src/platform/chat-platform.ts';
import { webCapabilities } from './capabilities.ts';
import { noAccounts, throwIfCancelled, unsupported } from './errors.ts';
import { renderBlock } from './format.ts';
import { createOutbound } from './outbound.ts';

export interface WebAdapterDependencies {
	live: LivePublisher;
	/** What people give before they ask about it. */
	uploads: Pick<UploadStore, 'read'>;
}

/** @returns the adapter, which needs no start. */
export function createWebAdapter({ live, uploads }: WebAdapterDependencies): ChatPlatform {
	return {
		name: 'web',
		capabilities: webCapabilities,
		start: async () => {},
		stop: async () => {},
		health: () => ({ state: 'up' }),
		renderBlock,
		...createOutbound(live),
		fetchProfile: noAccountsHere,
		fetchGroups: noAccountsHere,
		async *fetchFile({ id, source }, place, maxBytes, signal) {
			throwIfCancelled(signal);
			// The channel of a conversation is its person.
			const bytes = await uploads.read(place.channelId, source ?? id, signal);
			if (bytes.length > maxBytes) throw new BotError('TOO_LARGE', 'an upload has more bytes than may be fetched');
			yield bytes;
		},
		async listFiles() {
			throw unsupported('lists of files');
		},
		readThread: async () => [],
		// Who the one person of a conversation is stands in the database.
		async fetchMembers(_place, _actor, signal) {
			throwIfCancelled(signal);
			return new Set();
		},
		fetchAudience: async () => unknownAudience,
		messageAt: () => null,
		permalink: async () => null,
		async readMessage(_reference, signal) {
			throwIfCancelled(signal);
			return null;
		},
		async findOwnMessages(place, afterMessageId, signal) {
			throwIfCancelled(signal);
			const shown = await live.shown(conversationIdOf(place));
			const after = shown.findIndex(({ messageId }) => messageId === afterMessageId) + 1;
			return shown.slice(after).map(({ messageId, answerId }) => ({ reference: { place, messageId }, replyId: answerId }));
		},
	};
}

async function noAccountsHere(_actor: unknown, _place: unknown, signal: AbortSignal): Promise<never> {
	throwIfCancelled(signal);
	throw noAccounts();
}
