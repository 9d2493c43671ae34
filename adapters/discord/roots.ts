/** Which conversation a message belongs to: the first message of its chain of replies. */

import { BotError } from '#src/errors.ts';
import type { DiscordCall } from './client.ts';
import { readMark } from './format.ts';
import { asId, asObject, type Json } from './json.ts';
import type { MessageMemory } from './message-memory.ts';
import { parentOf } from './references.ts';

export interface Roots {
	/**
	 * The first message of the chain that ends with `message`, which is remembered for all messages on the way. A message that is gone, or
	 * may not be read, counts as the first one.
	 * @throws BotError when Discord cannot be asked.
	 */
	rootOf(channelId: string, message: Json, signal: AbortSignal): Promise<string>;
	/** The same as far as it is known without asking; null when it is not. */
	knownRootOf(message: Json): string | null;
}

/** Answers of the bot carry their root in their buttons, so that longer ways are rare: chains between people, after a restart. */
const maxSteps = 10;

export function createRoots(deps: { call: DiscordCall; memory: MessageMemory; botUserId: () => string }): Roots {
	const { call, memory } = deps;

	function knownRootOf(message: Json): string | null {
		const id = asId(message['id']);
		const known = memory.get(id)?.rootId;
		if (known !== undefined && known !== '') return known;
		const isOwn = asId(asObject(message['author'])['id']) === deps.botUserId();
		const marked = isOwn ? readMark(message['components'])?.rootId : undefined;
		if (marked !== undefined && marked !== '') return marked;
		const parentId = parentOf(message);
		return parentId === null ? id : memory.get(parentId)?.rootId || null;
	}

	/** Null when it cannot be read any more. */
	async function fetchMessage(channelId: string, messageId: string, signal: AbortSignal): Promise<Json | null> {
		try {
			return asObject(await call('get message', { method: 'GET', route: `/channels/${channelId}/messages/${messageId}` }, signal));
		} catch (thrown) {
			if (thrown instanceof BotError && thrown.code === 'PLATFORM_REJECTED') return null;
			throw thrown;
		}
	}

	/** For a message whose root is not known it has a parent. */
	async function findRoot(channelId: string, message: Json, stepsLeft: number, signal: AbortSignal): Promise<string> {
		const known = knownRootOf(message);
		const parentId = parentOf(message);
		if (known !== null || parentId === null) return known ?? asId(message['id']);
		const brought = asObject(message['referenced_message']);
		const isBrought = asId(brought['id']) === parentId;
		const parent = isBrought ? brought : stepsLeft === 0 ? null : await fetchMessage(channelId, parentId, signal);
		const rootId = parent === null ? parentId : await findRoot(channelId, parent, Math.max(stepsLeft - 1, 0), signal);
		memory.remember(asId(message['id']), { authorId: asId(asObject(message['author'])['id']), rootId });
		return rootId;
	}

	return { knownRootOf, rootOf: (channelId, message, signal) => findRoot(channelId, message, maxSteps, signal) };
}
