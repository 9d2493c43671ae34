/** The web adapter: wiring only. What people do on the web comes in by the API (`src/api`), which knows who is signed in. */

import { BotError } from '#src/errors.ts';
import { conversationIdOf } from '#src/identity/place-id.ts';
import type { WebAccounts } from '#src/identity/web-accounts.ts';
import type { UploadStore } from '#src/knowledge/uploads/upload-store.ts';
import { unknownAudience } from '#src/platform/audience.ts';
import type { ChatPlatform } from '#src/platform/chat-platform.ts';
import { webCapabilities } from './capabilities.ts';
import { throwIfCancelled, unsupported } from './errors.ts';
import { renderBlock } from './format.ts';
import { createOutbound, type OutboundDependencies } from './outbound.ts';

export interface WebAdapterDependencies extends OutboundDependencies {
	/** What people give before they ask about it. */
	uploads: Pick<UploadStore, 'read'>;
	/** Those that no chat platform knows. */
	accounts: Pick<WebAccounts, 'profileOf'>;
}

/** @returns the adapter, which needs no start. */
export function createWebAdapter({ live, notices, uploads, accounts }: WebAdapterDependencies): ChatPlatform {
	return {
		name: 'web',
		capabilities: webCapabilities,
		start: async () => {},
		stop: async () => {},
		health: () => ({ state: 'up' }),
		renderBlock,
		...createOutbound({ live, notices }),
		async fetchProfile(actor, _place, signal) {
			throwIfCancelled(signal);
			return await accounts.profileOf(actor);
		},
		// What an account follows is known with it (`src/identity/web-accounts.ts`).
		async fetchGroups(_actor, _place, signal) {
			throwIfCancelled(signal);
			return null;
		},
		async *fetchFile({ id, source }, _place, maxBytes, signal) {
			throwIfCancelled(signal);
			const bytes = await uploads.read(source ?? id, signal);
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
