/** Who is in a channel, as `conversations.members` lists them. */

import { BotError } from '#src/errors.ts';
import type { ChatPlatform } from '#src/platform/chat-platform.ts';
import { refusalOf } from '#src/platform/refusal.ts';
import { asObject, textOf } from '#src/platform/untrusted-json.ts';
import type { SlackCall } from './client.ts';
import { readId } from './id.ts';

/** "conversations.members": 1,000 at most. */
const pageSize = 1_000;
/** Channels beyond are as good as open to everybody, and nobody waits for more calls than these; the method is of tier 4. */
const maxPages = 20;

export function createMembers(call: SlackCall): Pick<ChatPlatform, 'fetchMembers'> {
	async function readAll(channel: string, signal: AbortSignal): Promise<Set<string>> {
		const found = new Set<string>();
		let cursor = '';
		for (let page = 0; page < maxPages; page++) {
			const parameters = { channel, limit: pageSize, ...(cursor === '' ? {} : { cursor }) };
			const answer = await call('conversations.members', parameters, signal);
			for (const id of Array.isArray(answer['members']) ? answer['members'] : []) found.add(readId(id));
			cursor = textOf(asObject(answer['response_metadata'])['next_cursor']);
			if (cursor === '') return found;
		}
		throw new BotError('PLATFORM_REJECTED', 'Slack lists more members of a channel than are read', { reason: 'too-many' });
	}

	return {
		async fetchMembers({ channelId }, _actor, signal) {
			return await readAll(channelId, signal).catch((thrown) => {
				// A private channel that the bot is not in is not found.
				if (thrown instanceof BotError && refusalOf(thrown) === 'may-not-post') return new Set<string>();
				throw thrown;
			});
		},
	};
}
