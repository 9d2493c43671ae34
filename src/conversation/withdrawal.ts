/** Takes an answer away whose question was taken back: its messages from the place, its text from the history. */

import { recoverMessages } from '../delivery/recovery.ts';
import { createReplyRecord } from '../delivery/reply-record.ts';
import { retryPlatformCall } from '../delivery/retry.ts';
import { toBotError } from '../errors.ts';
import type { MessageReference } from '../platform/chat-platform.ts';
import type { TurnDependencies, TurnOptions } from './turn-context.ts';

export type Withdrawn = Pick<TurnOptions, 'platform' | 'person' | 'question' | 'answerId'>;

/**
 * By the books on its messages, so that it is the same whether it was begun by this process or by one that died. Safe to repeat.
 * @throws BotError `STORE_UNAVAILABLE`, or the platform's when it does not answer for too long.
 */
export async function withdrawAnswer(deps: TurnDependencies, withdrawn: Withdrawn, signal: AbortSignal): Promise<void> {
	const { database, clock, store } = deps;
	const { platform, person, question, answerId: replyId } = withdrawn;
	const { place, messageId: questionMessageId } = question;
	const pacer = deps.pacers(platform);
	const record = createReplyRecord(deps, replyId, place);
	const left = await recoverMessages({ platform, pacer, clock, database, record, replyId, place, questionMessageId }, signal);
	for (const reference of left) await remove(reference);
	await store.withdraw(person, replyId);

	async function remove(reference: MessageReference): Promise<void> {
		const call = { operation: 'remove', place, priority: 'final' } as const;
		const removing = retryPlatformCall(clock, signal, () => pacer.run(call, signal, () => platform.remove(reference, signal)));
		await removing.catch((thrown) => {
			// Gone already, or out of our reach: no more can be done.
			if (toBotError(thrown).code !== 'PLATFORM_REJECTED') throw thrown;
		});
	}
}
