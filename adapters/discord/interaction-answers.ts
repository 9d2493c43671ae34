/** Answers to interactions: the first within three seconds, later ones for a quarter of an hour, all seen by one person alone. */

import { BotError } from '#src/errors.ts';
import type { DiscordCall } from './client.ts';
import type { Json } from './json.ts';
import { type PrivateMessage, quiet, quietly } from './outgoing.ts';

export interface InteractionAnswers {
	/**
	 * Says that the interaction arrived. `wait`: a private answer will follow; `done`: nothing will, or not there; `modal`: a form is opened; `choices`:
	 * what can be typed; else the private answer itself.
	 * @throws BotError as `ChatPlatform`, also when Discord does not wait any more.
	 */
	acknowledge(interaction: { id: string; token: string }, how: Acknowledgement): Promise<void>;
	/** Answers through a handle. False when the handle is used up or too old. @throws BotError as `ChatPlatform`. */
	answer(handle: string, message: PrivateMessage, signal: AbortSignal): Promise<boolean>;
}

export type Acknowledgement = { wait: true } | { done: true } | { modal: Json } | { choices: readonly string[] } | { text: string };

/** "Receiving and Responding": callback types. */
const messageCallback = 4;
const deferredMessage = 5;
const deferredUpdate = 6;
const choicesCallback = 8;
const modalCallback = 9;
/** "Message Flags". */
const ephemeral = 1 << 6;
/** Discord waits three seconds for the first answer, counted from when it sent the interaction. */
const acknowledgeLimitMs = 2_500;

/** What Discord says of an interaction that is over. Its token is a part of the address, so an unknown one is an unknown page too. */
const overReasons = new Set(['interaction-over', 'message-gone', 'unauthorised', 'http-404']);

/** Handles go through the inbox: whether the first answer is to fill the one that was promised, and the token. */
export function toHandle(kind: 'promised' | 'free', token: string): string {
	return `${kind}:${token}`;
}

export function createInteractionAnswers(call: DiscordCall, applicationId: string): InteractionAnswers {
	return {
		async acknowledge({ id, token }, how) {
			const route = `/interactions/${id}/${token}/callback` as const;
			const request = { method: 'POST', route, body: callbackOf(how), auth: false } as const;
			await call('acknowledge an interaction', request, AbortSignal.timeout(acknowledgeLimitMs));
		},
		async answer(handle, message, signal) {
			const [kind = '', token = ''] = handle.split(/:(.*)/s);
			const route = `/webhooks/${applicationId}/${token}` as const;
			const body = quietly(message);
			try {
				// How private an answer is was decided when it was promised.
				if (kind === 'promised') {
					await call('fill an answer', { method: 'PATCH', route: `${route}/messages/@original`, body, auth: false }, signal);
				} else {
					const hidden = { ...body, flags: body.flags | ephemeral };
					await call('answer privately', { method: 'POST', route, body: hidden, auth: false }, signal);
				}
				return true;
			} catch (thrown) {
				if (thrown instanceof BotError && thrown.code === 'PLATFORM_REJECTED' && overReasons.has(thrown.reason ?? '')) return false;
				throw thrown;
			}
		},
	};
}

function callbackOf(how: Acknowledgement): Json {
	if ('wait' in how) return { type: deferredMessage, data: { flags: ephemeral } };
	if ('done' in how) return { type: deferredUpdate };
	if ('modal' in how) return { type: modalCallback, data: how.modal };
	if ('choices' in how) return { type: choicesCallback, data: { choices: how.choices.map((choice) => ({ name: choice, value: choice })) } };
	return { type: messageCallback, data: { content: how.text, ...quiet, flags: quiet.flags | ephemeral } };
}
