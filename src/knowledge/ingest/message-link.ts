/** Where people open the message that a file was shared with: for citations, which can do without. */

import type { Pacer } from '../../pacing/pacer.ts';
import type { ChatPlatform, MessageReference } from '../../platform/chat-platform.ts';

/** Null where the message has no link, or the platform does not tell it now. Never rejects. */
export type FindMessageLink = (message: MessageReference, signal: AbortSignal) => Promise<string | null>;

export interface MessageLinkDependencies {
	platforms: ReadonlyMap<string, ChatPlatform>;
	pacers: (platform: ChatPlatform) => Pick<Pacer, 'run'>;
}

export function createFindMessageLink({ platforms, pacers }: MessageLinkDependencies): FindMessageLink {
	return async (message, signal) => {
		const { place } = message;
		const platform = platforms.get(place.platform);
		if (platform === undefined || !platform.capabilities.linksMessages.includes(place.kind)) return null;
		const call = { operation: 'look-up-link', place, priority: 'update' } as const;
		return await pacers(platform)
			.run(call, signal, () => platform.permalink(message, signal))
			.catch(() => null);
	};
}
