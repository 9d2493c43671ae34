/** Discord's refusals: `{code, message, errors?}` with an HTTP status (page "Opcodes and Status Codes"). */

import type { Json } from './types.ts';

/** Answers a REST call with an error. */
export class DiscordFailure extends Error {
	readonly status: number;
	readonly code: number;
	readonly errors: Json | undefined;

	constructor(status: number, code: number, message: string, errors?: Json) {
		super(message);
		this.name = 'DiscordFailure';
		this.status = status;
		this.code = code;
		this.errors = errors;
	}
}

const refusals = {
	10003: [404, 'Unknown Channel'],
	10004: [404, 'Unknown Guild'],
	10007: [404, 'Unknown Member'],
	10008: [404, 'Unknown Message'],
	10013: [404, 'Unknown User'],
	10015: [404, 'Unknown Webhook'],
	10062: [404, 'Unknown interaction'],
	10063: [404, 'Unknown application command'],
	20012: [403, 'You are not authorized to perform this action on this application'],
	30015: [400, 'Maximum number of attachments in a message reached (10)'],
	30034: [400, 'Maximum number of application command creates per day has been reached (200)'],
	40005: [413, 'Request entity too large'],
	40060: [400, 'Interaction has already been acknowledged.'],
	50001: [403, 'Missing Access'],
	50003: [403, 'Cannot execute action on a DM channel'],
	50005: [403, 'Cannot edit a message authored by another user'],
	50006: [400, 'Cannot send an empty message'],
	50007: [403, 'Cannot send messages to this user'],
	50008: [400, 'Cannot send messages in a non-text channel'],
	50013: [403, 'Missing Permissions'],
	50021: [403, 'Cannot execute action on a system message'],
	50024: [403, 'Cannot execute action on this channel type'],
	50027: [401, 'Invalid Webhook Token'],
	50033: [400, 'Invalid Recipient(s)'],
	50083: [400, 'Thread is archived'],
	50109: [400, 'The request body contains invalid JSON.'],
	50278: [403, 'Cannot send messages to this user due to having no mutual guilds'],
	160002: [400, 'Cannot reply without permission to read message history'],
	160004: [400, 'A thread has already been created for this message'],
	160005: [403, 'Thread is locked'],
	200000: [400, 'Message was blocked by automatic moderation'],
} as const satisfies Record<number, readonly [status: number, message: string]>;

/** One of Discord's refusals, by its code. */
export function refusal(code: keyof typeof refusals): DiscordFailure {
	const [status, message] = refusals[code];
	return new DiscordFailure(status, code, message);
}

/** What is wrong with one field: `path` leads to it, like `['embeds', 0, 'title']`. */
export interface FieldProblem {
	path: readonly (string | number)[];
	code: string;
	message: string;
}

/** "Invalid Form Body", with every problem nested at its place as Discord does it. */
export function invalidForm(problems: readonly FieldProblem[]): DiscordFailure {
	const errors: Json = {};
	for (const { path, code, message } of problems) {
		let place = errors;
		for (const key of path.map(String)) {
			const inner = (place[key] ?? {}) as Json;
			place[key] = inner;
			place = inner;
		}
		place._errors = [...((place._errors as unknown[] | undefined) ?? []), { code, message }];
	}
	return new DiscordFailure(400, 50035, 'Invalid Form Body', errors);
}

/** @throws DiscordFailure 50035 when there is a problem. */
export function refuseIfInvalid(problems: readonly FieldProblem[]): void {
	if (problems.length > 0) throw invalidForm(problems);
}
